"""What the numbers of the whole answer say: title, statement and what to distrust."""

from __future__ import annotations

from collections.abc import Mapping

from amur.questions.answer import Number, Row, in_words
from amur.questions.dependence.asked import Asked
from amur.questions.dependence.cuts import CUTS
from amur.questions.dependence.needs import CHINA, RUSSIA
from amur.questions.dependence.recorded import highest
from amur.questions.dependence.simulated import Gdp
from amur.questions.words import figure, percent, spread

type Tables = Mapping[str, tuple[Row, ...]]


def get(numbers: tuple[Number, ...], name: str, **keys: str) -> Number | None:
    """The first number of a name with these keys, or None."""
    return next(
        (
            each
            for each in numbers
            if each.name == name and all(each.keys.get(key) == told for key, told in keys.items())
        ),
        None,
    )


def title(numbers: tuple[Number, ...], tables: Tables, asked: Asked) -> str:
    """The finding in a line, from the asymmetry of the first cut."""
    told = numbers[0]
    if told.value == 0:
        return "Nothing is cut: it costs neither side anything"
    cut = f"{CUTS[asked.cuts[0]].title}{_part(asked)}"
    more, less = (RUSSIA, CHINA) if told.value > 1 else (CHINA, RUSSIA)
    times = told.value if told.value > 1 else 1 / told.value
    return f"If {cut}, it costs {more} {figure(times)} times what it costs {less}, for their size"


def _part(asked: Asked) -> str:
    return "" if asked.share == 1 else f" ({percent(asked.share)} of the flows)"


def statement(numbers: tuple[Number, ...], tables: Tables, asked: Asked) -> str:
    """Who needs whom more, where most, what the first cut costs each, how fast it heals, and the leverage."""
    parts = [_trade(numbers), *(highest(tables["sectors"], who) for who in (RUSSIA, CHINA)), *_cut(numbers, asked),
             *_cuts(numbers), *_healing(numbers), *_gap(numbers), _leverage(numbers)]  # fmt: skip
    return " ".join(part for part in parts if part)


def _trade(numbers: tuple[Number, ...]) -> str:
    rus, chn = (
        get(numbers, "trade.dependence", dyad="RUS-CHN"),
        get(numbers, "trade.dependence", dyad="CHN-RUS"),
    )
    if not rus or not chn:
        return ""
    times = rus.value / chn.value
    verdict = (
        f"Russia needs China more than China needs Russia, {figure(times)} times by trade"
        if times > 1
        else f"China needs Russia more than Russia needs China, {figure(1 / times)} times by trade"
    )
    return (
        f"{verdict}: {figure(rus.value)}% of Russia's goods trade is with China and {figure(chn.value)}% of China's "
        f"with Russia ({rus.keys['period']})."
    )


def _cut(numbers: tuple[Number, ...], asked: Asked) -> list[str]:
    name = asked.cuts[0]
    cost = {
        (side, way): get(numbers, "cost", cut=name, side=side, way=way, over="4 quarters")
        for side, way in ((RUSSIA, "books"), (RUSSIA, "turning"), (CHINA, "books"))
    }
    part_rus, part_chn = (
        get(numbers, "cost-gdp", cut=name, side=side, way="books", over="4 quarters")
        for side in (RUSSIA, CHINA)
    )
    ratio, regained = numbers[0], get(numbers, "regained", cut=name, quarter="1", way="books")
    rus, turned, chn = cost.values()
    if not (rus and turned and chn and part_rus and part_chn):
        return []
    if not asked.share:
        return ["Nothing is cut, so it costs neither side anything."]
    told = [
        (
            f"If {CUTS[name].title}{_part(asked)}, the first four quarters cost Russia {spread(rus)}, "
            f"{figure(part_rus.value)}% of its GDP, and China {spread(chn)}, {figure(part_chn.value)}%: "
            f"{_size(ratio)}"
        )
    ]
    if regained and rus.value:
        told.append(
            f"Other partners make good {figure(regained.value)}% of what Russia loses within the quarter."
        )
    low, high = (
        min(rus.by_reading, key=rus.by_reading.__getitem__),
        max(rus.by_reading, key=rus.by_reading.__getitem__),
    )
    if rus.value:
        told.append(
            f"By reading Russia's cost runs from {figure(rus.by_reading[low])} ({low}) to {figure(rus.by_reading[high])} "
            f"US$ bn ({high}); the figure is {in_words(rus.data_share)}."
        )
    return told


def _cuts(numbers: tuple[Number, ...]) -> list[str]:
    """How the asymmetry differs between the cuts."""
    found = {
        each.keys["cut"]: each
        for each in numbers
        if each.name == "asymmetry" and each.keys["over"] == "4 quarters" and each.value
    }
    if len(found) < 2:
        return []
    low, *_, high = sorted(found.values(), key=lambda each: each.value)
    return [
        (
            f"Of {len(found)} cuts tried, that ratio is lowest where {CUTS[low.keys['cut']].title} "
            f"({figure(low.value)}) and highest where {CUTS[high.keys['cut']].title} ({figure(high.value)})."
        )
    ]


def _size(ratio: Number) -> str:
    sure = (
        ""
        if (ratio.low90 > 1) == (ratio.high90 > 1)
        else ", though the interval allows either side to lose more"
    )
    who = "Russia" if ratio.value > 1 else "China"
    times, low, high = ratio.value, ratio.low90, ratio.high90
    if times < 1:
        times, low, high = 1 / times, 1 / high, 1 / low
    return (
        f"for its size {who} loses {figure(times)} times as much (90%: {figure(low)} to {figure(high)}){sure}."
    )


def _healing(numbers: tuple[Number, ...]) -> list[str]:
    half = {
        each.keys["sector"]: each
        for each in numbers
        if each.name == "half-replaced" and each.keys["side"] == RUSSIA
    }
    if not half:
        return []
    ordered = sorted(half.values(), key=lambda each: each.value)
    fast, slow = ordered[0], ordered[-1]
    return [
        (
            f"At the model's speeds of adjustment, half of a cut flow is replaced soonest in {fast.keys['sector']} "
            f"({_quarters(fast.value)}) and latest in {slow.keys['sector']} ({_quarters(slow.value)}); gas by pipe has no "
            "other way out."
        )
    ]


def _quarters(value: float) -> str:
    return "within the quarter" if value < 1 else f"{figure(value)} quarters"


def _gap(numbers: tuple[Number, ...]) -> list[str]:
    found = [each for each in numbers if each.name == "gap" and each.keys["quarter"] == "1"]
    if not found:
        return []
    worst = max(found, key=lambda each: each.value)
    later = get(numbers, "gap", sector=worst.keys["sector"], quarter="4")
    after = f", and {figure(later.value)}% after a year" if later else ""
    return [
        (
            f"China buys elsewhere; if others added no faster than in their best recorded year, it would lack "
            f"{figure(worst.value)}% of its {worst.keys['sector']} at first{after}."
        )
    ]


def _leverage(numbers: tuple[Number, ...]) -> str:
    then, now, ahead = (get(numbers, "leverage", year=year) for year in ("2013", "2025", "2036"))
    if not (then and now and ahead):
        return ""
    went = "rose" if now.value > then.value else "fell"
    goes = "rise" if ahead.value > now.value else "fall"
    return (
        f"Beijing's leverage index {went} from {figure(then.value)} in 2013 to {figure(now.value)} in 2025 and would "
        f"{goes} to {figure(ahead.value)} by 2036 (90%: {figure(ahead.low90)} to {figure(ahead.high90)})."
    )


def notes(gdp: Gdp, numbers: tuple[Number, ...], tables: Tables) -> tuple[str, ...]:
    """What to distrust."""
    return (
        *_level(numbers, tables),
        (
            "Russia's cost is exports lost after what others buy, and imports it could pay for that are not delivered. "
            "China's is exports to Russia lost, and the discount forgone: barrels and cubic metres from Russia times the "
            "market's price less Russia's. Lost sales count in full, though what is not sold is not used up."
        ),
        (
            "The books let China buy elsewhere at once and leave world prices alone, so its cost is a lower bound for crude "
            "and gas; 'break-even' is the price rise at which both would lose the same share of GDP. They have no other "
            "buyer for what China does not sell to Russia, so there its cost is an upper bound."
        ),
        (
            "In the books a cut flow finds as many other buyers in the last quarter as in the first; 'turning' lets the rest "
            "go at the speeds at which shares move in the model. Food and other goods that China would replace at the same price "
            "count as no cost to it."
        ),
        (
            "The books do not know who closes a valve: Russia stopping energy alone would cost both what China stopping it "
            "does. Payments stop as the model knows it, by listing of China's large banks; policy banks go on."
        ),
        f"GDP at market rates in {gdp.year}: Russia US$ {gdp.russia:,.0f} bn, China {gdp.china:,.0f} bn ({gdp.source}).",
    )


def _level(numbers: tuple[Number, ...], tables: Tables) -> list[str]:
    """Where the books of the model start beside the record: costs lean the same way."""
    told = []
    for row in tables["sectors"]:
        if row["sector"] != "all goods" or row["share"] is None or row["model"] is None:
            continue
        seen, starts = float(str(row["share"])), float(str(row["model"]))
        side = "above" if starts > seen else "below"
        told.append(
            f"{figure(starts)}% {row['about']} ({side} the record's {figure(seen)}% of {row['period']})"
        )
    if not told:
        return []
    return [f"The model starts the cut from shares of the other of {', '.join(told)}; costs lean with them."]
