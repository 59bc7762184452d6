"""Where things stand: one paragraph made of the numbers, and a table of the key ones."""

from __future__ import annotations

from typing import NamedTuple

from amur.brief import words
from amur.brief.document import NOTES, Block, Column, Paragraph, Runs, Table, noted
from amur.brief.facts import Facts
from amur.brief.sections.diplomacy import times
from amur.brief.sections.trade import two_way
from amur.brief.words import say, sentences
from amur.record.timeseries import TimeSeries


def opening(facts: Facts) -> tuple[Block, ...]:
    """The paragraph and the table that open the brief."""
    blocks: list[Block] = []
    runs = where_things_stand(facts)
    if runs:
        blocks.append(Paragraph(runs, "lead"))
    table = key_figures(facts)
    if table is not None:
        blocks.append(table)
    return tuple(blocks)


def where_things_stand(facts: Facts) -> Runs:
    """Economic, political, security and societal, each in a sentence whose verbs follow from its numbers."""
    return sentences(economy(facts), leaning(facts), energy(facts), politics(facts), arms(facts), people(facts))


def economy(facts: Facts) -> Runs:
    _, _, both = two_way(facts)
    now, before = facts.number(both), facts.since(both, 1)
    return say(
        "Trade between China and Russia {verb} {to} {now} in {year}, from {before} the year before.",
        verb=words.change(before.value, now.value) if now and before else None,
        to="at" if now and before and words.change(before.value, now.value) == "was little changed" else "to",
        now=now,
        year=words.when(now.period) if now else None,
        before=before,
    ) or say(
        "Trade between China and Russia came to {now} in {year}.",
        now=now,
        year=words.when(now.period) if now else None,
    )


def leaning(facts: Facts) -> Runs:
    ours, theirs = facts.measure("trade.dependence"), facts.measure("trade.dependence", "CHN-RUS")
    now, back, before = facts.number(ours), facts.number(theirs), facts.since(ours, 10)
    ratio = facts.number(facts.measure("trade.asymmetry"))
    if now is None or back is None or ratio is None:
        return ()
    if ratio.value >= 2:
        words_ = "It weighs far more for Russia" if ratio.value >= 4 else "It weighs more for Russia"
    elif ratio.value > 1.25:
        words_ = "It weighs somewhat more for Russia"
    elif ratio.value > 0.5:
        words_ = "It weighs about as much for each"
    else:
        words_ = "It weighs more for China"
    return say(
        words_ + ": {now} of Russia’s goods trade{then}, {back} of China’s{year}.",
        now=now,
        then=say(" ({before} ten years earlier)", before=before) or "",
        year=f" ({words.when(now.period)})" if now.period != trade_year(facts) else "",
        back=back,
    )


def trade_year(facts: Facts) -> str:
    """The year that the sentence before speaks of."""
    latest = two_way(facts)[2].latest
    return latest.period if latest else ""


def energy(facts: Facts) -> Runs:
    gap = facts.number(facts.measure("price.gas-concession-share"), decimals=0)
    crude = facts.number(facts.measure("energy.crude-import-dependence", "CHN-RUS"), decimals=1)
    return say(
        "Russia supplied {crude} of China’s crude imports in {year}{gas}.",
        crude=crude,
        year=words.when(crude.period) if crude else None,
        gas=say(
            "; by Moscow’s own outlook China pays {gap} {word} for its pipeline gas than Europe and Türkiye ({when})",
            gap=gap._replace(text=gap.text.removeprefix(words.MINUS)) if gap else None,
            word="less" if gap and gap.value > 0 else "more",
            when=words.when(gap.period) if gap else None,
        )
        or "",
    )


def politics(facts: Facts) -> Runs:
    met = facts.number(facts.measure("meetings.leaders", "CHN-RUS"))
    agree = facts.measure("votes.ga.agreement.contested", "CHN-RUS")
    now, before = facts.number(agree, decimals=0), facts.since(agree, 10)
    return say(
        "{met}he two cast the same vote in {now} of contested roll calls in the UN General Assembly ({year}){then}.",
        met=say(
            "The presidents met {n} in {when}, video included; t",
            n=met._replace(text=times(met.value)),
            when=words.when(met.period),
        )
        if met
        else "T",
        now=now,
        year=words.when(now.period) if now else None,
        then=say(
            ", {before} ten years earlier",
            before=before._replace(text=words.figure(before.value, "percent", 0)) if before else None,
        )
        or "",
    )


def arms(facts: Facts) -> Runs:
    from amur.brief.sections.alignment import LEVELS_SAID, RUNGS
    from amur.record.coded.codings import coding

    rung = facts.number(facts.measure("alignment.rung", "CHN-RUS"))
    defence = facts.series("alliance.marker.mutual-defence-treaty.chn-rus")
    bound = facts.number(defence)
    aid = coding(facts.record, "china-support")
    series = aid.series()
    facts.used[series.series] = series
    level = facts.number(series)
    return say(
        "{bound} binds them (last coded for {year}); on Korolev’s ladder of alignment the events that are not contested reach {rung}{aid}.",
        bound=bound._replace(
            text="A treaty of mutual defence" if bound.value else "No treaty of mutual defence"
        )
        if bound
        else None,
        year=words.when(bound.period) if bound else None,
        rung=rung._replace(text=rung_said(int(rung.value), RUNGS)) if rung else None,
        aid=say(
            ", and China’s support of Russia against the West is coded as {level}",
            level=level._replace(text=LEVELS_SAID[int(level.value)]) if level else None,
        )
        or "",
    )


def rung_said(rung: int, names: dict[float, str]) -> str:
    """'rung four of seven (regular exercises)', or that none is reached."""
    return f"rung {words.in_words(rung)} of seven ({names[rung]})" if rung else "no rung"


def people(facts: Facts) -> Runs:
    good = facts.number(facts.measure("attitudes.levada.good"), decimals=0)
    return say(
        "{good} of Russians have a good opinion of China (Levada poll, {month}).",
        good=good,
        month=words.when(good.period) if good else None,
    )


class Key(NamedTuple):
    """A row of the key figures: name, the measure or series it shows, its dyad, decimals."""

    name: str
    series: str
    dyad: str = ""
    decimals: int | None = None


KEYS = (
    Key("Goods trade", "trade.total.chn-rus.spliced"),
    Key("Russia’s trade dependence on China", "trade.dependence", "RUS-CHN"),
    Key("China’s trade dependence on Russia", "trade.dependence", "CHN-RUS"),
    Key("Russia in China’s crude imports", "energy.crude-import-dependence", "CHN-RUS", 1),
    Key("Gas through Power of Siberia", "energy.gas.pos1.rus-chn"),
    Key("Russian crude in China below Brent (−: above)", "price.crude-concession", "RUS-CHN"),
    Key("Trade settled in yuan and roubles", "finance.own-currency-settlement", "CHN-RUS"),
    Key("Agreement on contested UN votes", "votes.ga.agreement.contested", "CHN-RUS"),
    Key("The same beyond chance (kappa; one is full)", "votes.ga.kappa.contested", "CHN-RUS", 2),
    Key("Russia in China’s arms imports, five years", "arms.share-of-imports.5y", "CHN-RUS"),
    Key("Joint exercises and patrols on record", "brief.drills"),
    Key("Cooperation intensity (our rebuilt index)", "cooperation-intensity", "CHN-RUS", 2),
    Key("Russians with a good opinion of China (mean)", "attitudes.levada.good.annual", "RUS-CHN", 0),
)


def key_figures(facts: Facts) -> Table | None:
    rows = []
    for key in KEYS:
        series = series_of(facts, key)
        now = facts.number(series, decimals=key.decimals)
        if now is None:
            continue
        cells = (
            say("{now} ({year})", now=now, year=words.short(now.period)),
            earlier(facts, series, key, 1),
            earlier(facts, series, key, 10),
        )
        rows.append(((key.name,), *cells, facts.spark(series), noted(*cells)))
    if not rows:
        return None
    return Table(
        "key-figures",
        (
            "Key figures: latest value known, the year before, ten years before (dash: not in the record), and the whole course",
        ),
        (
            Column("Measure"),
            Column("Latest", "right"),
            Column("Year before", "right"),
            Column("Ten years before", "right"),
            Column("Course"),
            Column(NOTES, "right"),
        ),
        tuple(rows),
        "key",
    )


def earlier(facts: Facts, series: TimeSeries, key: Key, years: int) -> Runs:
    latest = series.latest
    period = words.years_before(latest.period, years) if latest else ""
    number = facts.number(series, period, decimals=key.decimals) if period else None
    return (number,) if number else ("–",)


def series_of(facts: Facts, key: Key) -> TimeSeries:
    if key.series == "brief.drills":
        from amur.record.measures.points import total

        tally, patrols = facts.measure("exercises.tally", "CHN-RUS"), facts.measure("patrols.all", "CHN-RUS")
        points = total(tally, patrols)
        return facts.derived(
            key.series,
            "Joint exercises and patrols of China and Russia",
            "count",
            points,
            "exercises identified and patrols",
            tally,
        )
    return facts.measure(key.series, key.dyad) if key.dyad else facts.series(key.series)
