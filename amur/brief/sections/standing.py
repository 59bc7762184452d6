"""Where things stand: one paragraph made of the numbers, and a table of the key ones."""

from __future__ import annotations

from typing import NamedTuple

from amur.brief import words
from amur.brief.document import Block, Column, Paragraph, Runs, Table
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
    elif ratio.value > 0.5:
        words_ = "It weighs about as much for each"
    else:
        words_ = "It weighs more for China"
    return say(
        words_ + ": {now} of Russia’s goods trade{then}, {back} of China’s.",
        now=now,
        then=say(" ({before} ten years earlier)", before=before) or "",
        back=back,
    )


def energy(facts: Facts) -> Runs:
    gap = facts.number(facts.measure("price.gas-concession-share"), decimals=0)
    crude = facts.number(facts.measure("energy.crude-import-dependence", "CHN-RUS"), decimals=0)
    return say(
        "Russia supplies {crude} of China’s crude imports ({year}){gas}.",
        crude=crude,
        year=words.when(crude.period) if crude else None,
        gas=say(
            " and sells it pipeline gas {gap} {word} than it sells to Europe ({when})",
            gap=gap._replace(text=gap.text.removeprefix(words.MINUS)) if gap else None,
            word="cheaper" if gap and gap.value > 0 else "dearer",
            when=words.when(gap.period) if gap else None,
        )
        or "",
    )


def politics(facts: Facts) -> Runs:
    met = facts.number(facts.measure("meetings.leaders", "CHN-RUS"))
    agree = facts.measure("votes.ga.agreement.contested", "CHN-RUS")
    now, before = facts.number(agree, decimals=0), facts.since(agree, 10)
    return say(
        "{met}hey vote alike in {now} of contested roll calls in the UN ({year}){then}.",
        met=say(
            "The presidents met {n} in {when}; t",
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
    from amur.brief.sections.alignment import LEVELS, RUNGS
    from amur.record.coded.codings import coding

    rung = facts.number(facts.measure("alignment.rung", "CHN-RUS"))
    defence = facts.series("alliance.marker.mutual-defence-treaty.chn-rus")
    bound = facts.number(defence)
    aid = coding(facts.record, "china-support")
    series = aid.series()
    facts.used[series.series] = series
    level = facts.number(series)
    return say(
        "They {bound} ({year}); the ladder of alignment stands at {rung}{aid}.",
        bound=bound._replace(
            text="have a treaty of mutual defence" if bound.value else "have no treaty of mutual defence"
        )
        if bound
        else None,
        year=words.when(bound.period) if bound else None,
        rung=rung._replace(text=RUNGS.get(int(rung.value), "no rung")) if rung else None,
        aid=say(
            ", and China’s support of Russia against the West is coded as {level}",
            level=level._replace(text=LEVELS[int(level.value)]) if level else None,
        )
        or "",
    )


def people(facts: Facts) -> Runs:
    good = facts.number(facts.measure("attitudes.levada.good"), decimals=0)
    return say(
        "{good} of Russians hold a good opinion of China ({month}).",
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
    Key("Discount of Russian crude in China to Brent", "price.crude-concession", "RUS-CHN"),
    Key("Trade settled in yuan and roubles", "finance.own-currency-settlement", "CHN-RUS"),
    Key("Agreement on contested UN votes", "votes.ga.agreement.contested", "CHN-RUS"),
    Key("The same beyond chance (kappa)", "votes.ga.kappa.contested", "CHN-RUS", 2),
    Key("Russia in China’s arms imports, five years", "arms.share-of-imports.5y", "CHN-RUS"),
    Key("Joint exercises and patrols", "brief.drills"),
    Key("Cooperation intensity (rebuilt index)", "cooperation-intensity", "CHN-RUS", 2),
    Key("Russians with a good opinion of China", "attitudes.levada.good.annual", "RUS-CHN", 0),
)


def key_figures(facts: Facts) -> Table | None:
    rows = []
    for key in KEYS:
        series = series_of(facts, key)
        now = facts.number(series, decimals=key.decimals)
        if now is None:
            continue
        rows.append(
            (
                (key.name,),
                say("{now} ({year})", now=now, year=words.short(now.period)),
                earlier(facts, series, key, 1),
                earlier(facts, series, key, 10),
                facts.spark(series),
            )
        )
    if not rows:
        return None
    return Table(
        "key-figures",
        ("Key figures: latest value known, the year before, ten years before, and the whole course",),
        (
            Column("Measure"),
            Column("Latest", "right"),
            Column("Year before", "right"),
            Column("Ten years before", "right"),
            Column("Course"),
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
