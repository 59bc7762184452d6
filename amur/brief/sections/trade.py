"""Trade, and who depends on whom."""

from __future__ import annotations

from amur.brief import figures, words
from amur.brief.document import NOTES, Column, Figure, Number, Run, Runs, Section, Table, noted, text_of
from amur.brief.facts import Facts
from amur.brief.sections.parts import caption, drawn_or_said, lacking, section, span
from amur.brief.words import say, sentences
from amur.record.timeseries import TimeSeries


def trade(facts: Facts) -> Section | None:
    both = two_way(facts)
    return section(
        "trade",
        "Trade, and who depends on whom",
        "economic",
        [
            drawn_or_said(flows(facts), facts.series("trade.total.chn-rus.spliced")),
            drawn_or_said(dependence(facts), facts.measure("trade.dependence")),
            by_good(facts),
        ],
        lacking(
            facts,
            {
                "goods trade between the two": both[2],
                "each side’s trade dependence": facts.measure("trade.dependence"),
            },
        ),
    )


def two_way(facts: Facts) -> tuple[TimeSeries, TimeSeries, TimeSeries]:
    """China's exports to Russia, Russia's to China, and the sum, as China reports them."""
    names = ("trade.exports.chn-rus.spliced", "trade.exports.rus-chn.spliced", "trade.total.chn-rus.spliced")
    out, back, both = (facts.series(name) for name in names)
    return out, back, both


def flows(facts: Facts) -> Figure | None:
    out, back, both = two_way(facts)
    now, before, earlier = facts.number(both), facts.since(both, 1), facts.since(both, 10)
    if now is None or not (out.points and back.points):
        return None
    return Figure(
        "trade-flows",
        headline(now, before, earlier),
        caption(facts, f"Goods trade by direction, US$ bn a year, {span([out, back])}.", out, back),
        f"Two lines, {span([out, back])}. {text_of(says(facts, out, back, both))}",
        figures.lines(
            [figures.line("from Russia", back, figures.RUSSIA), figures.line("from China", out, figures.CHINA)],
            unit="US$ bn a year",
            marks=[figures.Mark(2014.2, "Crimea"), figures.Mark(2022.15, "invasion")],
        ),
        text=says(facts, out, back, both),
    )


def headline(now: Number, before: Number | None, earlier: Number | None) -> Runs:
    if before is not None and earlier is not None:
        return say(
            "Trade {verb} to {now} in {year}" + "; ten years before it was {earlier}",
            verb=words.change(before.value, now.value),
            now=now,
            year=words.when(now.period),
            earlier=earlier,
        )
    return say("Trade came to {now} in {year}", now=now, year=words.when(now.period))


def says(facts: Facts, out: TimeSeries, back: TimeSeries, both: TimeSeries) -> Runs:
    """Change on the year, the balance, and what the trade is made of."""
    now, before = facts.number(both), facts.since(both, 1)
    growth = None
    if now is not None and before is not None:
        rate = (now.value / before.value - 1) * 100
        growth = facts.made(words.figure(abs(rate), "percent", 1), rate, "percent", now, before)
    sold, bought = facts.number(back), facts.number(out)
    balance = None
    if sold is not None and bought is not None and sold.period == bought.period:
        gap = sold.value - bought.value
        balance = facts.made(words.figure(abs(gap), "US$ bn", 1), gap, "US$ bn", sold, bought)
    cars = facts.measure("trade.chinese-car-share")
    return sentences(
        say(
            "The total {rose} by {growth} on the year before.",
            rose=("rose" if growth.value >= 0 else "fell") if growth else None,
            growth=growth,
        ),
        say(
            "As China reports it, Russia sold goods for {sold} (freight included) and bought for {bought} in {year}: a Russian {kind} of {balance}.",
            sold=sold,
            bought=bought,
            year=words.when(sold.period) if sold else None,
            kind=("surplus" if balance.value >= 0 else "deficit") if balance else None,
            balance=balance,
        ),
        say(
            "Chinese brands had {cars} of new car sales in Russia in {year} ({first} in {began}).",
            cars=facts.number(cars),
            year=words.when(cars.latest.period) if cars.latest else None,
            first=facts.number(cars, cars.points[0].period) if len(cars) > 1 else None,
            began=words.when(cars.points[0].period) if cars.points else None,
        ),
        for_scale(facts),
    )


def dependence(facts: Facts) -> Figure | None:
    russia, china = facts.measure("trade.dependence"), facts.measure("trade.dependence", "CHN-RUS")
    ratio = facts.measure("trade.asymmetry")
    ours, theirs = facts.number(russia), facts.number(china)
    if ours is None or theirs is None:
        return None
    gdp, gdp_back = facts.measure("trade.dependence-gdp"), facts.measure("trade.dependence-gdp", "CHN-RUS")
    low, high = (
        facts.measure("trade.concentration-low", "RUS-WLD"),
        facts.measure("trade.concentration-high", "RUS-WLD"),
    )
    text = sentences(
        say(
            "Russia’s dependence is {ratio} China’s ({then} in {year}), a gap that follows the size of China’s trade.",
            ratio=facts.number(
                ratio, text=f"{ratio.latest.value:.1f}{words.FIXED}times" if ratio.latest else ""
            ),
            then=number_then(facts, ratio),
            year=words.years_before(ratio.latest.period, 10) if ratio.latest else None,
        ),
        say(
            "Their trade is {gdp} of Russia’s GDP and {back} of China’s ({year}).",
            gdp=facts.number(gdp),
            back=facts.number(gdp_back),
            year=words.when(gdp.latest.period) if gdp.latest else None,
        ),
        concentrated(facts, low, high),
    )
    return Figure(
        "trade-dependence",
        say(
            "China makes up {ours} of Russia’s goods trade, Russia {theirs} of China’s ({year})",
            ours=ours,
            theirs=theirs,
            year=words.when(ours.period),
        ),
        caption(
            facts,
            f"The partner’s share of own goods trade, percent, {span([russia, china])}{switch(russia)}.",
            russia,
            china,
        ),
        f"Two lines, {span([russia, china])}: Russia’s dependence on China ends at {ours.text}, China’s on Russia at {theirs.text}.",
        figures.lines(
            [
                figures.line("Russia on China", russia, figures.RUSSIA),
                figures.line("China on Russia", china, figures.CHINA),
            ],
            unit="percent of own goods trade",
            marks=[figures.Mark(2014.2, "Crimea"), figures.Mark(2022.15, "invasion")],
        ),
        text=text,
    )


def switch(russia: TimeSeries) -> str:
    """Whose statistics Russia's share rests on, where it changes within the line."""
    if not any("China customs" in point.note for point in russia.points):
        return ""
    return "; Russia’s since 2022 by Chinese customs, about four percent higher"


def concentrated(facts: Facts, low: TimeSeries, high: TimeSeries) -> Runs:
    """The bounds of the Herfindahl index; a direction only where the two ranges do not overlap."""
    latest = low.latest
    if latest is None:
        return ()
    then = words.years_before(latest.period, 10)
    before, ceiling = facts.together(low, high, period=then, decimals=0)
    now, most = facts.together(low, high, period=latest.period, decimals=0)
    if now is None or most is None:
        return ()
    if before is None or ceiling is None:
        verdict: Runs = ()
    elif now.value > ceiling.value or most.value < before.value:
        word = "more" if now.value > ceiling.value else "less"
        verdict = say(f", {word} than ten years before ({{low}} to {{high}})", low=before, high=ceiling)
    else:
        verdict = say(
            ", too wide to tell a change from ten years before ({low} to {high})", low=before, high=ceiling
        )
    return say(
        "Russia’s partners have a Herfindahl index (ten thousand: a single one) between {low} and {high} in {year}{verdict}.",
        low=now,
        high=most,
        year=words.when(latest.period),
        verdict=verdict or "",
    )


SCALE = {"BLR-RUS": "Belarus on Russia", "IRN-CHN": "Iran on China", "KAZ-CHN": "Kazakhstan on China"}
"""Other pairs, for scale."""


def number_then(facts: Facts, series: TimeSeries) -> Number | None:
    number = facts.since(series, 10)
    return number._replace(text=f"{number.value:.1f}") if number else None


def for_scale(facts: Facts) -> Runs:
    """The dependence of other pairs, where the record has it to within three years."""
    runs: list[Run] = []
    for pair, name in SCALE.items():
        series = facts.measure("trade.dependence", pair)
        number = facts.number(series)
        if number is not None and facts.fresh(series, 3):
            runs += [
                ", " if runs else "For scale, dependence elsewhere: ",
                f"{name} ",
                number,
                f" ({words.when(number.period)})",
            ]
    return (*runs, ".") if runs else ()


GOODS: tuple[tuple[str, str, tuple[str, str] | None, tuple[str, str] | None], ...] = (
    (
        "Exports",
        "share of each one’s goods exports",
        ("trade.export-dependence", "RUS-CHN"),
        ("trade.export-dependence", "CHN-RUS"),
    ),
    (
        "Imports",
        "share of each one’s goods imports",
        ("trade.import-dependence", "RUS-CHN"),
        ("trade.import-dependence", "CHN-RUS"),
    ),
    (
        "Crude oil",
        "purchases over Russia’s oil earnings (rough); of China’s crude imports",
        ("energy.oil-earnings-dependence", "RUS-CHN"),
        ("energy.crude-import-dependence", "CHN-RUS"),
    ),
    (
        "Gas",
        "of Russia’s gas exports; of China’s pipeline gas; both by value",
        ("energy.gas-export-value-dependence", "RUS-CHN"),
        ("energy.pipeline-gas-value-dependence", "CHN-RUS"),
    ),
    (
        "Liquefied gas",
        "of Russia’s exports; of China’s imports; by quantity",
        ("energy.lng-export-dependence", "RUS-CHN"),
        ("energy.lng-import-dependence", "CHN-RUS"),
    ),
    (
        "Coal",
        "of Russia’s exports, by value; of China’s imports, by weight",
        ("energy.coal-export-dependence", "RUS-CHN"),
        ("energy.coal-import-dependence", "CHN-RUS"),
    ),
    ("Machine tools", "of Russia’s imports (an estimate)", ("trade.machine-tool-dependence", "RUS-CHN"), None),
    (
        "Dual-use goods",
        "of Russia’s imports of high-priority items (an estimate)",
        ("trade.high-priority-dependence", "RUS-CHN"),
        None,
    ),
    (
        "Arms",
        "of Russia’s exports; of China’s imports, five years to the year",
        ("arms.share-of-exports.5y", "RUS-CHN"),
        ("arms.share-of-imports.5y", "CHN-RUS"),
    ),
)
"""Each good, what is measured, and the measure of Russia's and of China's dependence on the other for it."""


def by_good(facts: Facts) -> Table | None:
    rows = []
    for name, about, ours, theirs in GOODS:
        cells = [dated(facts, facts.measure(*one) if one else None) for one in (ours, theirs)]
        if any(cells):
            rows.append(((name,), (about,), *(cell or ("–",) for cell in cells), noted(*cells)))
    if not rows:
        return None
    return Table(
        "dependence-by-good",
        ("Who depends on whom, good by good: share of the partner, latest year known",),
        (
            Column("Good"),
            Column("Share"),
            Column("Russia on China", "right"),
            Column("China on Russia", "right"),
            Column(NOTES, "right"),
        ),
        tuple(rows),
        "goods",
    )


def dated(facts: Facts, series: TimeSeries | None) -> Runs:
    number = facts.number(series) if series is not None else None
    return say("{number} ({year})", number=number, year=words.short(number.period) if number else None)
