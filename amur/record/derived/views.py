"""Ways along time: longer periods from shorter ones, years spread or repeated over their quarters, windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from amur import units
from amur.errors import AmurError
from amur.record import periods
from amur.record.derived import denton
from amur.record.derived.methods import PER_YEAR, Method, Target, by_period, combined, expect, scale
from amur.record.timeseries import Point, TimeSeries


@dataclass(frozen=True)
class View(Method):
    """A longer period from the shorter ones inside it: their sum, their mean, the last of them, or (``ytd``)
    the differences of figures cumulated from January. A part of a period gives no point, unless ``enough`` says
    how many shorter periods suffice for a mean, or ``exceptions`` for a named period."""

    input: str
    how: str
    enough: int | None = None
    exceptions: Mapping[str, int] | None = None

    HOWS: ClassVar = ("sum", "mean", "last", "ytd")

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        source = series[self.input]
        shorter = [f for f in ("Q", "M") if PER_YEAR[f] > PER_YEAR[target.frequency]]
        expect(source, *(["M"] if self.how == "ytd" else shorter))
        if self.how == "sum" and not units.may_be_summed(source.unit):
            raise AmurError(
                f"adding values in {source.unit} of successive periods means nothing",
                field="how",
                mend="Take the mean or the last.",
            )
        by, rows = scale(source, target), by_period(source)
        longer = dict.fromkeys(periods.inside(point.period, target.frequency) for point in source.points)
        result = []
        for period in longer:
            parts = periods.parts(period, source.frequency)
            seen = [(p, rows[p]) for p in parts if p in rows]
            point = self._from_ytd(period, rows) if self.how == "ytd" else self._point(period, parts, seen)
            if point:
                result.append(point._replace(value=point.value * by))
        return result

    def _point(self, period: str, parts: list[str], seen: list[tuple[str, Point]]) -> Point | None:
        if self.how == "last":
            return combined(period, seen[-1][1].value, seen[-1:]) if seen[-1][0] == parts[-1] else None
        enough = (self.exceptions or {}).get(period, self.enough or len(parts))
        if len(seen) < enough:
            return None
        note = "" if len(seen) == len(parts) else f"{len(seen)} of {len(parts)} periods"
        total = sum(point.value for _, point in seen)
        return combined(period, total / len(seen) if self.how == "mean" else total, seen, note)

    def _from_ytd(self, period: str, rows: Mapping[str, Point]) -> Point | None:
        months = periods.parts(period, "M")
        before = periods.from_ordinal(periods.ordinal(months[0]) - 1, "M")
        ends = [months[-1]] if months[0].endswith("-01") else [months[-1], before]
        if not all(month in rows for month in ends):
            return None
        value = rows[ends[0]].value - (rows[ends[1]].value if len(ends) > 1 else 0.0)
        return combined(period, value, [(month, rows[month]) for month in ends])

    def formula(self) -> str:
        if self.how == "ytd":
            return f"differences of {self.input}, which is cumulated from January"
        what = {"sum": "sum over", "mean": "mean of", "last": "last value of"}[self.how]
        return f"{what} the shorter periods of {self.input}"

    def lines(self) -> list[str]:
        rule = "a part of a period gives no point"
        if self.enough:
            rule = f"{self.enough} of the shorter periods are enough"
        also = [f"{period}: {n} are enough" for period, n in (self.exceptions or {}).items()]
        return [self.formula(), "; ".join([rule, *also])]


@dataclass(frozen=True)
class Repeat(Method):
    """The annual value in each of its quarters: for a rate or share that is only known by the year."""

    input: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        source = series[self.input]
        expect(source, "A")
        if units.may_be_summed(source.unit) and units.known(source.unit).kind != "count":
            raise AmurError(
                f"a year's amount in {source.unit} is not the amount of each quarter",
                field="how",
                mend="Spread it with how = 'denton'.",
            )
        by = scale(source, target)
        return [
            combined(quarter, point.value * by, [(point.period, point)], "value of the year")
            for point in source.points
            for quarter in periods.parts(point.period, "Q")
        ]

    def formula(self) -> str:
        return f"{self.input} of the year, repeated in its quarters"


@dataclass(frozen=True)
class Denton(Method):
    """Annual values spread over quarters, after an indicator or flat (see :mod:`amur.record.derived.denton`); every
    unbroken run of years by itself. Each quarter rests on the whole run, and cites it."""

    input: str
    hold: str
    indicator: str = ""

    HOLDS: ClassVar = ("sum", "mean", "last")

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input, self.indicator) if self.indicator else (self.input,)

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        source = series[self.input]
        expect(source, "A")
        guide: dict[str, Point] = {}
        if self.indicator:
            expect(series[self.indicator], "Q", field="indicator")
            guide = by_period(series[self.indicator])
        by = scale(source, target)
        return [
            point._replace(value=point.value * by)
            for run in self._runs(source, guide)
            for point in self._spread(run, guide)
        ]

    def _runs(self, source: TimeSeries, guide: Mapping[str, Point]) -> Iterator[list[Point]]:
        run: list[Point] = []
        for point in source.points:
            if self.indicator and not all(q in guide for q in periods.parts(point.period, "Q")):
                continue
            if run and periods.ordinal(point.period) != periods.ordinal(run[-1].period) + 1:
                yield run
                run = []
            run.append(point)
        if run:
            yield run

    def _spread(self, run: list[Point], guide: Mapping[str, Point]) -> Iterator[Point]:
        quarters = [q for point in run for q in periods.parts(point.period, "Q")]
        followed = [guide[q] for q in quarters] if self.indicator else []
        try:
            values = denton.spread([p.value for p in run], [p.value for p in followed] or None, self.hold)
        except ValueError as error:
            raise AmurError(
                f"'{self.indicator}' cannot guide the quarters: {error}",
                field="indicator",
                mend="Leave it out.",
            ) from None
        rests_on = combined("", 0.0, [(p.period, p) for p in (*run, *followed)])
        own = {q: point for point in run for q in periods.parts(point.period, "Q")}
        for quarter, value in zip(quarters, values, strict=True):
            note = f"interpolated; {own[quarter].note}" if own[quarter].note else "interpolated"
            yield rests_on._replace(period=quarter, value=value, note=note)

    def formula(self) -> str:
        guide = f"following {self.indicator}" if self.indicator else "as smoothly as can be"
        tie = {
            "sum": "quarters add up to the year",
            "mean": "quarters average to the year",
            "last": "the last quarter is the year's value",
        }[self.hold]
        return f"{self.input} spread over quarters {guide} (proportional Denton; {tie})"


@dataclass(frozen=True)
class Window(Method):
    """Sum or mean over the years ending in the period; no point where one is missing."""

    input: str
    how: str
    years: int

    HOWS: ClassVar = ("sum", "mean")

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.input,)

    def points(self, target: Target, series: Mapping[str, TimeSeries]) -> list[Point]:
        source = series[self.input]
        expect(source, target.frequency)
        if self.how == "sum" and not units.may_be_summed(source.unit):
            raise AmurError(
                f"adding values in {source.unit} of successive periods means nothing",
                field="how",
                mend="Take the mean.",
            )
        by, rows = scale(source, target), by_period(source)
        many = self.years * PER_YEAR[target.frequency]
        result = []
        for point in source.points:
            last = periods.ordinal(point.period)
            window = [periods.from_ordinal(n, target.frequency) for n in range(last - many + 1, last + 1)]
            if not all(period in rows for period in window):
                continue
            total = sum(rows[period].value for period in window) * by
            parts = [(period, rows[period]) for period in window]
            result.append(combined(point.period, total / many if self.how == "mean" else total, parts))
        return result

    def formula(self) -> str:
        return f"{self.how} of {self.input} over the {self.years} years to the period"
