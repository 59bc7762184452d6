"""What the record shows of an indicator: each reading with its period, the day it was known from, and its sources.

Nothing here needs the model, so that checking takes no time. A cut record gives no reading that was not known then.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import weakref
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from amur.questions.watch.indicators import Indicator
from amur.record import asof, periods
from amur.record.schema import last_day

if TYPE_CHECKING:
    from amur.record.coded.codings import Coding
    from amur.record.record import Record

LINES = Path(__file__).parents[2] / "system" / "lines.csv"
HALTED = 6
FIRST = "1992-Q1"


class Shown(NamedTuple):
    """A reading: ``known`` is the day from which it could be read, ``cited`` are sources or events, ``origin`` an overlay."""

    period: str
    value: float
    known: dt.date
    cited: tuple[str, ...] = ()
    origin: str = ""


def readings(record: Record, of: Indicator, ahead: int) -> tuple[Shown, ...]:
    """All readings of an indicator in time order, shaped as it is watched; counts are over ``ahead`` quarters."""
    raw = _RAW[of.source](record, of)
    if of.shape == "change":
        return _changes(raw)
    if of.shape in ("count", "most"):
        many = ahead if of.quarterly else ahead // 4
        if of.source == "events":
            many = 4 * (ahead // 4)
        return _over(raw, many, sum if of.shape == "count" else max)
    return raw


def latest(record: Record, of: Indicator, ahead: int) -> Shown | None:
    """The last reading, or None where the record has none."""
    found = readings(record, of, ahead)
    return found[-1] if found else None


def told_by(record: Record, of: Indicator, last: str) -> dt.date:
    """The day by which the reading of a period is usually out."""
    if of.source != "series":
        return periods.end(last)
    return periods.end(last) + max(_delay(record, name) for name in of.series)


def _changes(raw: Sequence[Shown]) -> tuple[Shown, ...]:
    """Percent over the period a year before."""
    before = {each.period: each for each in raw}
    made = []
    for each in raw:
        frequency = periods.frequency_of(each.period)
        back = {"A": 1, "Q": 4, "M": 12}[frequency]
        was = before.get(periods.from_ordinal(periods.ordinal(each.period) - back, frequency))
        if was is not None and was.value > 0:
            made.append(_joined(each.period, 100 * (each.value / was.value - 1), (was, each)))
    return tuple(made)


def _over(raw: Sequence[Shown], many: int, gather: Callable[[list[float]], float]) -> tuple[Shown, ...]:
    """The sum or the highest of so many periods in a row, all of which must be there."""
    made = []
    for place in range(many - 1, len(raw)):
        part = raw[place - many + 1 : place + 1]
        if periods.ordinal(part[-1].period) - periods.ordinal(part[0].period) == many - 1:
            made.append(_joined(part[-1].period, gather([each.value for each in part]), part))
    return tuple(made)


def _joined(period: str, value: float, parts: Sequence[Shown]) -> Shown:
    cited = tuple(dict.fromkeys(name for part in parts for name in part.cited))
    origin = ";".join(dict.fromkeys(part.origin for part in parts if part.origin))
    return Shown(period, value, max(part.known for part in parts), cited, origin)


def _series(record: Record, of: Indicator) -> tuple[Shown, ...]:
    """The sum of the series, and where one of them is silent what stands in ``otherwise``."""
    found = _added(record, of.series)
    for name in of.otherwise:
        found = {each.period: each for each in _known(record, name)} | found
    return tuple(found[period]._replace(value=found[period].value * of.times) for period in sorted(found))


def _added(record: Record, names: Sequence[str]) -> dict[str, Shown]:
    each = [{point.period: point for point in _known(record, name)} for name in names]
    return {
        period: _joined(period, sum(part[period].value for part in each), [part[period] for part in each])
        for period in each[0]
        if all(period in part for part in each)
    }


def _known(record: Record, name: str) -> list[Shown]:
    """The points of a series with the day each was known; a derived one after the usual delay of its kind."""
    delay = _delay(record, name)
    made = []
    for point in record.timeseries(name).points:
        out = [
            last_day(record.sources[source].published) for source in point.sources if source in record.sources
        ]
        dates = [date for date in out if date is not None]
        ended = periods.end(point.period)
        known = max(ended, min([*dates[:1], ended + delay])) if len(dates) == 1 else ended + delay
        made.append(Shown(point.period, point.value, known, point.sources, point.origin))
    return made


def _delay(record: Record, name: str) -> dt.timedelta:
    if name in record.series:
        return asof.delay_of(record.series[name], record.tables.releases)
    frequency = record.timeseries(name).frequency
    fitting = [
        each for each in record.tables.releases if each.frequency == frequency and name.startswith(each.prefix)
    ]
    return dt.timedelta(days=max(fitting, key=lambda each: len(each.prefix)).days)


def _events(record: Record, of: Indicator) -> tuple[Shown, ...]:
    """Events by quarter, those not full yet included once something has happened in them; the observable's years at need."""
    kinds, actors = of.events["kinds"], set(of.events["actors"])
    words = re.compile(of.events.get("words", ""))
    found: dict[str, list[str]] = {}
    for event in record.events:
        if event.kind in kinds and actors <= set(event.actors.split(";")) and words.search(event.what):
            found.setdefault(_quarter(periods.end(event.date)), []).append(event.event)
    made = []
    for quarter in _quarters(record):
        names = found.get(quarter, [])
        dates = [periods.end(record.event[name].date) for name in names]
        known = max([*dates]) if dates else periods.end(quarter)
        origin = ";".join(
            dict.fromkeys(record.event[name].origin for name in names if record.event[name].origin)
        )
        made.append(Shown(quarter, float(len(names)), known, tuple(names), origin))
    return tuple(made)


def _quarters(record: Record) -> list[str]:
    """The quarters from 1992 to the last of which the record tells."""
    last = _quarter(periods.end(record.events[-1].date)) if record.events else FIRST
    if record.as_of is not None and periods.end(last) > record.as_of:
        last = periods.from_ordinal(periods.ordinal(last) - 1, "Q")
    return [
        periods.from_ordinal(number, "Q") for number in range(periods.ordinal(FIRST), periods.ordinal(last) + 1)
    ]


def _quarter(day: dt.date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _codes(record: Record, name: str, scale: Sequence[float] = ()) -> tuple[Shown, ...]:
    coding = _coded(record)[name]
    made = []
    for quarter, coded in coding.quarters.items():
        value = scale[coded.code] if scale else coded.code
        dates = [periods.end(record.event[name].date) for name in coded.events if name in record.event]
        inside = [date for date in dates if periods.start(quarter) <= date <= periods.end(quarter)]
        known = min(inside) if inside else periods.end(quarter)
        made.append(Shown(quarter, float(value), known, coded.events or coded.sources, coded.origin))
    return tuple(made)


_KEPT: dict[int, dict[str, Coding]] = {}


def _coded(record: Record) -> dict[str, Coding]:
    """The codings of a record, made once as long as it lives."""
    from amur.record.coded.codings import codings

    if id(record) not in _KEPT:
        _KEPT[id(record)] = codings(record)
        weakref.finalize(record, _KEPT.pop, id(record), None)
    return _KEPT[id(record)]


@cache
def _table() -> tuple[dict[str, str], ...]:
    with LINES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _stages(record: Record, cargo: Sequence[str] = ()) -> list[tuple[Shown, ...]]:
    """The stage of each line of the model by quarter, as the record has it."""
    stages = _coded(record)["project-stage.power-of-siberia-2"].values
    made = []
    for row in _table():
        if cargo and row["cargo"] not in cargo:
            continue
        if row["coding"]:
            made.append(_codes(record, f"project-stage.{row['coding']}"))
        elif row["since"]:
            code = stages.index(row["stage"])
            made.append(
                tuple(
                    Shown(each, float(code if each >= row["since"] else 0), periods.end(each), (row["source"],))
                    for each in _coded(record)["project-stage.power-of-siberia-2"].quarters
                )
            )
    return made


def _lines(record: Record, of: Indicator) -> tuple[Shown, ...]:
    """How many lines stand at a stage or beyond, or reach it in the quarter for the first time."""
    at = of.lines.get("at", of.lines.get("reached"))
    every = [{each.period: each for each in line} for line in _stages(record, tuple(of.lines.get("cargo", ())))]
    made = []
    reached = [False] * len(every)
    for place, quarter in enumerate(every[0]):
        cited: list[str] = []
        known = [dt.date.min]
        count = 0
        for which, line in enumerate(every):
            stands = at <= line[quarter].value < HALTED
            new = stands and not reached[which]
            reached[which] = reached[which] or stands
            count += stands if "at" in of.lines else new and place > 0
            if new:
                cited.extend(line[quarter].cited)
                known.append(line[quarter].known)
        day = max(known) if max(known) > dt.date.min else periods.end(quarter)
        made.append(Shown(quarter, float(count), day, tuple(cited)))
    return tuple(made)


def _conditions(record: Record, of: Indicator) -> tuple[Shown, ...]:
    """How many of the conditions hold."""
    held = []
    for each in of.conditions:
        name = each.get("coding") or f"project-stage.{each['line']}"
        values = _codes(record, name)
        top = HALTED if "line" in each else float("inf")
        held.append([one._replace(value=float(each["at"] <= one.value < top)) for one in values])
    return tuple(
        _joined(parts[0].period, sum(part.value for part in parts), parts) for parts in zip(*held, strict=True)
    )


_RAW: dict[str, Callable[[Record, Indicator], tuple[Shown, ...]]] = {
    "series": _series,
    "events": _events,
    "coding": lambda record, of: _codes(record, of.coding, of.scale),
    "line": lambda record, of: _codes(record, f"project-stage.{of.line}", of.scale),
    "lines": _lines,
    "conditions": _conditions,
}
