"""The few ways in which a series is derived from others, each a pure function from series to points.

A method knows the series it reads (``inputs``), computes its points, and says in words what it does. Every
point keeps the sources of all the values it rests on, the overlays among them, and whether any was revised.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from amur import units
from amur.errors import AmurError
from amur.record import periods
from amur.record.derived import expression
from amur.record.timeseries import Point, TimeSeries, resting_on

PER_YEAR = {"A": 1, "Q": 4, "M": 12}


class Target(NamedTuple):
    """What the derived series is to be: its unit label and frequency."""

    unit: str
    frequency: str


class Method(ABC):
    """How a series is derived. AmurErrors name the field of the recipe; the recipe adds file and line."""

    @property
    @abstractmethod
    def inputs(self) -> tuple[str, ...]:
        """The series it reads, recorded or derived."""

    @abstractmethod
    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        """The derived points, in time order."""

    @abstractmethod
    def formula(self) -> str:
        """What it does, in one line."""

    def lines(self) -> list[str]:
        """What it does and what was chosen, for a reader."""
        return [self.formula()]


def combined(period: str, value: float, parts: Sequence[tuple[str, Point]], note: str = "") -> Point:
    """A point that rests on others: sources and overlays of all, notes once each, said to be revised if any is.

    ``parts`` are labelled (by series or period), so that a note that is not true of all says where it belongs;
    an empty label marks notes that already say so.
    """
    if len(parts) == 1:  # as most are; the same as below, without the bookkeeping
        point = parts[0][1]
        notes = "; ".join(filter(None, (note, point.note)))
        return Point(period, value, point.sources, notes, point.origin, point.revised)
    labels: dict[str, list[str]] = {}
    for label, point in parts:
        if point.note:
            labels.setdefault(point.note, []).append(label)
    told = [note] if note else []
    for text, where in labels.items():
        said = len(where) == len(parts) or not all(where)
        told.append(text if said else f"{', '.join(where)}: {text}")
    return resting_on(period, value, [point for _, point in parts], "; ".join(told))


def by_period(series: TimeSeries) -> dict[str, Point]:
    return {point.period: point for point in series.points}


def label(series: TimeSeries) -> str:
    """What the notes of an input are marked with: notes of a derived series name their own inputs."""
    return series.series if series.kind == "recorded" else ""


def expect(series: TimeSeries, *frequencies: str, field: str = "frequency") -> None:
    """The series has one of these frequencies, or one AmurError."""
    if series.frequency not in frequencies:
        allowed = " or ".join(periods.FREQUENCIES[f] for f in frequencies)
        raise AmurError(
            f"'{series.series}' is {periods.FREQUENCIES[series.frequency]}, and this method needs {allowed}",
            field=field,
            mend="Take a quarterly or annual view of it first.",
        )


def scale(series: TimeSeries, target: Target) -> float:
    """The factor from the unit of a series to that of the target; pint is not asked where they are the same."""
    if series.unit == target.unit:
        return 1.0
    return units.factor(units.product(series.unit), units.product(target.unit))


class Part(NamedTuple):
    """One input of a splice, with the span it may serve and the periods left out of it."""

    series: str
    since: str = ""
    until: str = ""
    without: tuple[str, ...] = ()

    def serves(self, period: str) -> bool:
        """Whether the splice may take this period from this input."""
        return (
            period not in self.without
            and (not self.since or periods.end(period) >= periods.start(self.since))
            and (not self.until or periods.start(period) <= periods.end(self.until))
        )

    def __str__(self) -> str:
        limits = [f"since {self.since}"] if self.since else []
        limits += [f"until {self.until}"] if self.until else []
        limits += [f"without {', '.join(self.without)}"] if self.without else []
        return f"{self.series} ({', '.join(limits)})" if limits else self.series


@dataclass(frozen=True)
class Splice(Method):
    """For each period the first input that has it. With ``adjust`` the levels of a later input in the list are
    multiplied by the ratio of means over the periods it shares with those before it (those between ``overlap``
    if given); where none is shared, as may be after a cut, it is left as it is and the note says so."""

    parts: tuple[Part, ...]
    adjust: bool = False
    overlap: tuple[str, str] | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.series for part in self.parts))

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        result: dict[str, Point] = {}
        for part in self.parts:
            source = series[part.series]
            expect(source, target.frequency)
            by, ratio = scale(source, target), None
            if self.adjust and part is not self.parts[0]:
                ratio = self._ratio(result, by_period(source), by)
            note = self._note(part, ratio)
            for point in source.points:
                if point.period not in result and part.serves(point.period):
                    value = point.value * by * (ratio or 1.0)
                    result[point.period] = combined(point.period, value, [("", point)], note)
        return [result[period] for period in sorted(result)]

    def _ratio(self, newer: Mapping[str, Point], older: Mapping[str, Point], by: float) -> float | None:
        first, last = self.overlap or ("", "9999-12")
        shared = [p for p in newer if p in older and first <= p and periods.start(p) <= periods.end(last)]
        below = sum(older[p].value * by for p in shared)
        return sum(newer[p].value for p in shared) / below if below else None

    def _note(self, part: Part, ratio: float | None) -> str:
        if not self.adjust or part is self.parts[0]:
            return f"from {part.series}"
        if ratio is None:
            return f"from {part.series}, level not adjusted for want of an overlap"
        return f"from {part.series}, times {ratio:.4g}"

    def formula(self) -> str:
        levels = (
            "later inputs scaled to the ones before at the overlap" if self.adjust else "levels as they are"
        )
        return f"splice of {', then '.join(map(str, self.parts))} ({levels})"

    def lines(self) -> list[str]:
        if self.adjust:
            where = f"{self.overlap[0]} to {self.overlap[1]}" if self.overlap else "all periods they share"
            levels = f"a later input is multiplied by the ratio of means over {where}"
        else:
            levels = "levels are not adjusted"
        first = f"splice: for each period the first input that has it; {levels}"
        return [first, *(f"{i}. {part}" for i, part in enumerate(self.parts, 1))]


@dataclass(frozen=True)
class Formula(Method):
    """Arithmetic over series of one frequency, with units checked: a value wherever all inputs have one and no
    divisor is zero. ``zero_before`` holds inputs that are nothing before a period (a pipeline not yet built):
    a stated fact, unlike a missing value."""

    text: str
    names: Mapping[str, str]
    bridges: Mapping[str, str]
    zero_before: Mapping[str, str]
    kind: str = "formula"

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.names.values()))

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        for name in self.names.values():
            expect(series[name], target.frequency)
        compute = expression.compiled(self.text, self._units(series), units.product(target.unit))
        constants = {name: units.bridge(bridge).value for name, bridge in self.bridges.items()}
        points = {name: by_period(series[of]) for name, of in self.names.items()}
        result = []
        for period in sorted(set().union(*points.values())):
            at = {name: rows[period] for name, rows in points.items() if period in rows}
            absent = [name for name in self.names if name not in at]
            if not all(self._is_zero(name, period) for name in absent):
                continue
            values = dict.fromkeys(absent, 0.0) | {n: p.value for n, p in at.items()} | constants
            try:
                value = compute(values)
            except ZeroDivisionError:
                continue
            note = "; ".join(f"{self.names[name]}: none before {self.zero_before[name]}" for name in absent)
            parts = [(label(series[self.names[n]]), p) for n, p in at.items()]
            result.append(combined(period, value, parts, note))
        return result

    def _units(self, series: Mapping[str, TimeSeries]) -> dict[str, units.Product]:
        of_series = {name: units.product(series[of].unit) for name, of in self.names.items()}
        return of_series | {name: ((units.bridge(b).unit, 1),) for name, b in self.bridges.items()}

    def _is_zero(self, name: str, period: str) -> bool:
        return name in self.zero_before and periods.end(period) < periods.start(self.zero_before[name])

    def formula(self) -> str:
        bridges = [f"{n} = {units.bridge(b).value:g} {units.bridge(b).unit}" for n, b in self.bridges.items()]
        where = [f"{name} = {of}{self._zero(name)}" for name, of in self.names.items()]
        return f"{self.text}, where {', '.join([*where, *bridges])}"

    def lines(self) -> list[str]:
        return [
            f"{self.kind}: {self.text}",
            *(f"{name} = {of}{self._zero(name)}" for name, of in self.names.items()),
            *(f"{name} = {bridge_line(bridge)}" for name, bridge in self.bridges.items()),
        ]

    def _zero(self, name: str) -> str:
        return f" (nothing before {self.zero_before[name]})" if name in self.zero_before else ""


def bridge_line(name: str) -> str:
    """A bridge for a reader: its factor, what it holds for, and the standard."""
    step = units.bridge(name)
    return f"{step.value:g} {step.unit} ({name}, {step.of}; {step.standard})"


@dataclass(frozen=True)
class Convert(Method):
    """Another unit, by way of named bridges, a series of rates of the same periods, or the length of the
    period: ``days`` -1 turns an amount in a period into one a day, 1 the other way."""

    input: str
    bridges: tuple[str, ...] = ()
    by: str = ""
    days: int = 0

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input, self.by) if self.by else (self.input,)

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        source = series[self.input]
        expect(source, target.frequency)
        unit = units.times(units.product(source.unit), (("day", 1),), self.days)
        steps: list[units.Product] = [((units.bridge(name).unit, 1),) for name in self.bridges]
        rates: dict[str, Point] = {}
        if self.by:
            expect(series[self.by], target.frequency, field="by")
            rates = by_period(series[self.by])
            steps.append(units.product(series[self.by].unit))
        powers = units.powers_to(unit, units.product(target.unit), steps)
        constant = 1.0
        for step, power in zip(steps, powers, strict=True):
            unit = units.times(unit, step, power)
        for name, power in zip(self.bridges, powers, strict=False):
            constant *= units.bridge(name).value ** power
        constant *= units.factor(unit, units.product(target.unit))
        result = []
        for point in source.points:
            parts, value = [(label(source), point)], point.value * constant
            if self.days:
                value *= float(days_in(point.period) ** self.days)
            if self.by:
                rate = rates.get(point.period)
                if rate is None or not rate.value:
                    continue
                parts.append((label(series[self.by]), rate))
                value *= rate.value ** powers[-1]
            result.append(combined(point.period, value, parts))
        return result

    def formula(self) -> str:
        ways = [*self.bridges, *([self.by] if self.by else [])]
        ways += {-1: ["the days of the period (divided)"], 1: ["the days of the period (multiplied)"]}.get(
            self.days, []
        )
        return f"{self.input} converted" + (f" by way of {', '.join(ways)}" if ways else "")

    def lines(self) -> list[str]:
        return [self.formula(), *(bridge_line(name) for name in self.bridges)]


def days_in(period: str) -> int:
    """Days of a period: 29 for 2024-02, 366 for 2024."""
    return (periods.end(period) - periods.start(period)).days + 1
