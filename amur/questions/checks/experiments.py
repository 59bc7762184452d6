"""Natural experiments of the record: what changed, what the model says that one cause did to it."""

from __future__ import annotations

from typing import Any, NamedTuple

from amur.questions.checks.verdicts import beside, change, part
from amur.questions.checks.worlds import Histories, Years, unit_of
from amur.record import load
from amur.record.record import Record

REAL = "as it happened"


class Shown(NamedTuple):
    """A quantity before and after: the series that shows it, with what turns it into the model's unit; "": unseen.

    ``growth``: the change is told in percent of what was before.
    """

    quantity: str
    about: str
    first: int
    last: int
    series: str = ""
    times: float = 1.0
    growth: bool = False


class Experiment(NamedTuple):
    """One change in the world: the twin history without it, and what is looked at."""

    name: str
    title: str
    what: str
    without: str
    caution: str
    shown: tuple[Shown, ...]
    events: tuple[str, ...] = ()
    also: tuple[tuple[str, str, str], ...] = ()
    """Further numbers of the record: words, series, two periods with a slash between them."""
    told: tuple[str, float, str] | None = None
    """A size of the effect that was told of: the quantity, the size, and what it is."""


TRADE, DISCOUNT = "trade.share.chn-in-rus-total.calc", "energy.price.crude-vs-brent.rus-chn"
SETTLED = "finance.settle.natcur.chn-rus.spliced"


def _sanctions(first: int, last: int, settled: tuple[int, int]) -> tuple[Shown, ...]:
    return (
        Shown("dependence_rus", "China's share of Russia's trade", first, last, TRADE, 0.01),
        Shown("crude_concession", "Discount on Russian crude in China", first, last, DISCOUNT, -1.0),
        Shown("yuan_share", "Trade settled in the two currencies", *settled, SETTLED, 0.01),
    )


EXPERIMENTS = (
    Experiment(
        "sanctions-of-2014", "The sanctions of 2014", "Sanctions came in March and July of 2014.", "no sanctions of 2014",
        "The oil price halved in the same year; the twin history has that too, so that only what differs is told as an effect.",
        _sanctions(2013, 2017, (2013, 2017)),
    ),
    Experiment(
        "sanctions-of-2022", "The sanctions of 2022", "Comprehensive sanctions came in February 2022.", "sanctions as in 2021",
        "The twin history has the war, China's support and its threats to banks as they were: only the sanctions are those of 2021.",
        _sanctions(2021, 2024, (2020, 2023)),
    ),
    Experiment(
        "banks", "Chinese banks after December 2023",
        "An order of 22 December 2023 threatened foreign banks; from February 2024 on large Chinese banks were reported to refuse payments.",
        "no threat to banks",
        "The record has no monthly values of China's exports for the first half of 2024, only sums from January on.",
        (
            Shown("payment_friction", "Friction in payments", 2023, 2024),
            Shown("exports_chn_rus", "China's exports to Russia", 2023, 2024, "trade.exports.chn-rus.spliced", 1.0, True),
        ),
        ("2023-12-22.secondary-sanction", "2024-02-21.payments", "2024-08.customs-shock"),
        (
            ("China's exports to Russia, January to February", "trade.exports-ytd.chn-rus", "2023-02/2024-02"),
            ("China's exports to Russia, January to June", "trade.exports-ytd.chn-rus", "2023-06/2024-06"),
            ("China's exports to Russia, January to October", "trade.exports-ytd.chn-rus", "2023-10/2024-10"),
        ),
    ),
    Experiment(
        "tariff-of-2011", "The tariff dispute of 2011",
        "From January 2011 on CNPC paid less than was billed; in February 2012 a discount of $1.50 a barrel was agreed.",
        "no squeeze of 2011",
        "The discount was on crude by pipe under one contract. Unit values of customs lag prices by weeks and swing by several dollars.",
        (
            Shown("crude_concession", "Discount on Russian crude in China", 2010, 2012, DISCOUNT, -1.0),
            Shown("trust_rus", "Trust of Moscow in Beijing", 2010, 2012),
            Shown("leverage_chn", "Beijing's leverage over Moscow", 2010, 2012),
            Shown("oil_chn", "Russian crude to China", 2010, 2012, "energy.crude.volume.rus-chn"),
        ),
        ("2011-03-21.price-dispute", "2012-02-28.price-dispute"),
        (),
        ("crude_concession", 1.5, "the discount agreed, $1.50 a barrel"),
    ),
    Experiment(
        "power-of-siberia", "The start of Power of Siberia", "Gas began to flow in December 2019, under a contract of May 2014.",
        "no Power of Siberia",
        "The price is a formula of the contract; the model has a price at the border also where no gas flows.",
        (
            Shown("gas_chn", "Pipeline gas to China", 2019, 2025, "energy.gas.pos1.rus-chn"),
            Shown("gas_price_chn", "Price of that gas", 2020, 2024, "energy.price.gas.rus-chn"),
            Shown("dependence_rus", "China's share of Russia's trade", 2019, 2025, TRADE, 0.01),
        ),
    ),
)  # fmt: skip


def experiments(of: Histories) -> list[dict[str, Any]]:
    """Each natural experiment: the record's change, the model's, the effect of the cause, and a verdict in words."""
    record = load()
    return [_told(each, of, record) for each in EXPERIMENTS]


def _told(each: Experiment, of: Histories, record: Record) -> dict[str, Any]:
    rows = [_row(shown, each.without, of, record) for shown in each.shown]
    verdicts = [f"{row['about']}: {row['verdict']}" for row in rows]
    against = ""
    if each.told:
        name, size, words = each.told
        effect = next(row["effect"] for row in rows if row["quantity"] == name)
        against = f"Effect against {words}: {beside(size, effect['value'], effect['low90'], effect['high90'])}"
        verdicts.append(against)
    return {
        "name": each.name, "kind": "experiment", "title": each.title, "what": each.what, "without": each.without,
        "caution": each.caution, "rows": rows, "also": [_also(record, *told) for told in each.also],
        "events": [f"{event}: {record.event[event].what}" for event in each.events],
        "sources": list(_cited(each, record)), "against": against, "verdict": "; ".join(verdicts),
    }  # fmt: skip


def _cited(each: Experiment, record: Record) -> dict[str, None]:
    """The sources of the values that are shown, and of no others."""
    wanted = [(shown.series, {str(shown.first), str(shown.last)}) for shown in each.shown if shown.series]
    wanted += [(series, set(periods.split("/"))) for _, series, periods in each.also]
    found: dict[str, None] = {}
    for name, periods in wanted:
        series = record.timeseries(name)
        for point in series.points:
            if point.period in periods:
                found |= {
                    series.sources[each].citation(): None for each in point.sources if each in series.sources
                }
    return found


def _row(shown: Shown, without: str, of: Histories, record: Record) -> dict[str, Any]:
    real = [of.year(REAL, shown.quantity, year) for year in (shown.first, shown.last)]
    other = of.year(without, shown.quantity, shown.last)
    unit = "percent" if shown.growth else unit_of(shown.quantity)
    changed = of.number(
        f"{shown.quantity}:change", f"{shown.about}: change", unit, _less(real[1], real[0], shown.growth)
    )
    effect = of.number(
        f"{shown.quantity}:effect", f"{shown.about}: effect", unit, _less(real[1], other, shown.growth)
    )
    seen = _seen(shown, record)
    words = [part(effect.value, effect.low90, effect.high90, changed.value)]
    if seen is not None:
        words.insert(0, change(seen["change"], changed.low90, changed.high90))
    return {
        "quantity": shown.quantity, "about": shown.about, "unit": unit, "from": shown.first, "to": shown.last,
        "series": shown.series, "record": seen, "model": changed.as_json(), "effect": effect.as_json(),
        "verdict": ", and ".join(words),
    }  # fmt: skip


def _less(after: Years, before: Years, growth: bool) -> Years:
    pairs = zip(after, before, strict=True)
    return Years(*(100 * (a / b - 1) if growth else a - b for a, b in pairs))


def _seen(shown: Shown, record: Record) -> dict[str, float] | None:
    if not shown.series:
        return None
    values = {point.period: point.value * shown.times for point in record.timeseries(shown.series).points}
    first, last = values[str(shown.first)], values[str(shown.last)]
    return {"first": first, "last": last, "change": 100 * (last / first - 1) if shown.growth else last - first}


def _also(record: Record, about: str, series: str, periods: str) -> dict[str, Any]:
    values = {point.period: point.value for point in record.timeseries(series).points}
    first, last = periods.split("/")
    return {
        "about": about, "series": series, "from": first, "to": last, "first": values[first], "last": values[last],
        "growth": 100 * (values[last] / values[first] - 1),
    }  # fmt: skip


def ratio(told: list[dict[str, Any]], quantity: str) -> dict[str, float]:
    """How many times the response to 2022 was that to 2014: in the record, in the model, and of the effect of sanctions."""
    by = {each["name"]: {row["quantity"]: row for row in each["rows"]} for each in told}
    first, second = by["sanctions-of-2014"][quantity], by["sanctions-of-2022"][quantity]
    return {
        "record": second["record"]["change"] / first["record"]["change"],
        "model": second["model"]["value"] / first["model"]["value"],
        "effect": second["effect"]["value"] / first["effect"]["value"],
    }
