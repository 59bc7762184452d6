"""Trade, and who depends on whom."""

from __future__ import annotations

from amur.brief import figures, words
from amur.brief.document import Column, Figure, Number, Run, Runs, Section, Table, text_of
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
        growth = facts.made(words.figure(rate, "percent", 1, sign=True), rate, "percent", now, before)
    sold, bought = facts.number(back), facts.number(out)
    balance = None
    if sold is not None and bought is not None and sold.period == bought.period:
        gap = sold.value - bought.value
        balance = facts.made(words.figure(abs(gap), "US$ bn", 1), gap, "US$ bn", sold, bought)
    cars = facts.measure("trade.chinese-car-share")
    return sentences(
        say(
            "The total changed by {growth} on the year before.",
            growth=growth,
        ),
        say(
            "Russia sold goods for {sold} and bought for {bought} in {year}: a Russian {kind} of {balance}.",
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
            "Russia’s dependence is {ratio} China’s ({then} in {year}).",
            ratio=facts.number(
                ratio, text=f"{ratio.latest.value:.1f}{words.FIXED}times" if ratio.latest else ""
            ),
            then=number_then(facts, ratio),
            year=words.years_before(ratio.latest.period, 10) if ratio.latest else None,
        ),
        say(
            "Against the size of each economy their trade is {gdp} of Russia’s GDP and {back} of China’s ({year}).",
            gdp=facts.number(gdp),
            back=facts.number(gdp_back),
            year=words.when(gdp.latest.period) if gdp.latest else None,
        ),
        say(
            "Russia’s partners are {word} concentrated than ten years before: a Herfindahl index of {low} to {high} in {year}, then {low0} to {high0}.",
            word="more" if rising(low, 10) else "less",
            low=facts.number(low, decimals=0),
            high=facts.number(high, decimals=0),
            year=words.when(low.latest.period) if low.latest else None,
            low0=facts.number(low, words.years_before(low.latest.period, 10), decimals=0)
            if low.latest
            else None,
            high0=facts.number(high, words.years_before(high.latest.period, 10), decimals=0)
            if high.latest
            else None,
        )
        if rising(low, 10) == rising(high, 10)
        else say(
            "The Herfindahl index of Russia’s partners lies between {low} and {high} ({year}).",
            low=facts.number(low, decimals=0),
            high=facts.number(high, decimals=0),
            year=words.when(low.latest.period) if low.latest else None,
        ),
    )
    return Figure(
        "trade-dependence",
        say(
            "China is {ours} of Russia’s goods trade, Russia {theirs} of China’s ({year})",
            ours=ours,
            theirs=theirs,
            year=words.when(ours.period),
        ),
        caption(
            facts,
            f"Share of the partner in each country’s own goods trade, percent, {span([russia, china])}.",
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


SCALE = {"BLR-RUS": "Belarus on Russia", "IRN-CHN": "Iran on China", "KAZ-CHN": "Kazakhstan on China"}
"""Other pairs, for scale."""


def number_then(facts: Facts, series: TimeSeries) -> Number | None:
    number = facts.since(series, 10)
    return number._replace(text=f"{number.value:.1f}") if number else None


def rising(series: TimeSeries, years: int) -> bool:
    latest = series.latest
    before = series.at(words.years_before(latest.period, years)) if latest else None
    return latest is not None and before is not None and latest.value > before.value


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
        "of Russia’s oil earnings; of China’s crude imports",
        ("energy.oil-earnings-dependence", "RUS-CHN"),
        ("energy.crude-import-dependence", "CHN-RUS"),
    ),
    (
        "Pipeline gas",
        "of Russia’s gas exports; of China’s pipeline gas, by value",
        ("energy.gas-export-value-dependence", "RUS-CHN"),
        ("energy.pipeline-gas-value-dependence", "CHN-RUS"),
    ),
    (
        "Liquefied gas",
        "of Russia’s exports; of China’s imports",
        ("energy.lng-export-dependence", "RUS-CHN"),
        ("energy.lng-import-dependence", "CHN-RUS"),
    ),
    (
        "Coal",
        "of Russia’s exports, by value; of China’s imports",
        ("energy.coal-export-dependence", "RUS-CHN"),
        ("energy.coal-import-dependence", "CHN-RUS"),
    ),
    ("Machine tools", "of Russia’s imports", ("trade.machine-tool-dependence", "RUS-CHN"), None),
    (
        "Dual-use goods",
        "of Russia’s imports of high-priority items",
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
            rows.append(((name,), (about,), *(cell or ("–",) for cell in cells)))
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
        ),
        tuple(rows),
        "goods",
    )


def dated(facts: Facts, series: TimeSeries | None) -> Runs:
    number = facts.number(series) if series is not None else None
    return say("{number} ({year})", number=number, year=words.short(number.period) if number else None)
