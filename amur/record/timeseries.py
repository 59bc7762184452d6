"""A quantity through time as everything above the record sees it: recorded, derived or measured,
always with its unit, definition and the sources of every value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.record.schema import Source

if TYPE_CHECKING:
    import pandas
    import pint
    import xarray


class Point(NamedTuple):
    """One value: its period, the sources it rests on, notes, the overlay it came from (empty: built in),
    and whether it is of a later vintage than was known at the time."""

    period: str
    value: float
    sources: tuple[str, ...]
    note: str = ""
    origin: str = ""
    revised: bool = False


@dataclass(frozen=True)
class TimeSeries:
    """A series with its points in time order. ``kind`` is recorded, derived or measure; a derived series
    and a measure carry the ``formula`` that made them and, where there is one, the ``literature``."""

    series: str
    title: str
    unit: str
    frequency: str
    definition: str
    points: tuple[Point, ...]
    topic: str = ""
    role: str = ""
    reporter: str = ""
    partner: str = ""
    kind: str = "recorded"
    formula: str = ""
    literature: str = ""
    why: str = ""
    sources: dict[str, Source] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.points)

    @property
    def values(self) -> dict[str, float]:
        """Value by period, in time order."""
        return {point.period: point.value for point in self.points}

    @property
    def latest(self) -> Point | None:
        """The last point, or None where the series is empty (as it may be after a cut)."""
        return self.points[-1] if self.points else None

    def at(self, period: str) -> Point | None:
        """The point of one period, or None where the record has none."""
        return next((point for point in self.points if point.period == period), None)

    @property
    def origins(self) -> tuple[str, ...]:
        """Names of the overlays that any point rests on."""
        return tuple(name for name in merged_origin(self.points).split(";") if name)

    def cited(self) -> list[Source]:
        """The sources the points rest on, in order of first use."""
        names = dict.fromkeys(name for point in self.points for name in point.sources)
        return [self.sources[name] for name in names if name in self.sources]

    def as_json(self) -> dict[str, Any]:
        """Everything about the series, ready for JSON."""
        described = {
            name: getattr(self, name)
            for name in [
                "series",
                "title",
                "unit",
                "frequency",
                "definition",
                "topic",
                "role",
                "reporter",
                "partner",
                "kind",
                "formula",
                "literature",
                "why",
            ]
        }
        return described | {
            "points": [point._asdict() for point in self.points],
            "sources": [source._asdict() for source in self.cited()],
            "overlays": list(self.origins),
        }

    def to_pandas(self) -> pandas.Series:
        """Values over a period index; ``attrs`` holds unit, title, definition and citations.

        >>> from amur import record
        >>> trade = record.load(overlay=False).timeseries("trade.total.chn-rus").to_pandas()
        >>> float(trade["2021"]), trade.attrs["units"], trade.index.freqstr
        (146.887, 'US$ bn', 'Y-DEC')
        """
        import pandas

        freq = {"A": "Y", "Q": "Q", "M": "M"}[self.frequency]
        index = pandas.PeriodIndex([p.period.replace("-Q", "Q") for p in self.points], freq=freq, name="period")
        result = pandas.Series([p.value for p in self.points], index=index, name=self.series, dtype="float64")
        result.attrs.update(self._attributes())
        return result

    def to_xarray(self) -> xarray.DataArray:
        """Values over ``period`` (first day of each) with coordinates ``source`` and ``revised``.

        >>> from amur import record
        >>> trade = record.load(overlay=False).timeseries("trade.total.chn-rus").to_xarray()
        >>> float(trade.sel(period="2021-01-01")), trade.attrs["units"]
        (146.887, 'US$ bn')
        """
        import numpy
        import xarray

        from amur.record import periods

        days = numpy.array([periods.start(p.period) for p in self.points], dtype="datetime64[ns]")
        return xarray.DataArray(
            numpy.array([p.value for p in self.points], dtype="float64"),
            dims="period",
            coords={
                "period": days,
                "source": ("period", numpy.array([";".join(p.sources) for p in self.points], dtype=object)),
                "revised": ("period", numpy.array([p.revised for p in self.points], dtype=bool)),
            },
            name=self.series,
            attrs=self._attributes(),
        )

    def to_pint(self) -> dict[str, pint.Quantity[float]]:
        """Values by period as pint quantities of :func:`amur.units.registry`, which knows the record's units.

        >>> from amur import record
        >>> price = record.load(overlay=False).timeseries("energy.price.brent").to_pint()["2021"]
        >>> print(f"{price.to('USD / bbl').magnitude:.2f}")
        70.86
        """
        from amur import units

        unit = units.unit(self.unit)
        return {point.period: units.registry().Quantity(point.value, unit) for point in self.points}

    def _attributes(self) -> dict[str, Any]:
        """What pandas and xarray carry along; ``units`` and ``long_name`` are the names that plots look for."""
        return {
            "long_name": self.title,
            "units": self.unit,
            "frequency": self.frequency,
            "definition": self.definition,
            "formula": self.formula,
            "literature": self.literature,
            "citations": [source.citation() for source in self.cited()],
            "overlays": list(self.origins),
        }


def resting_on(period: str, value: float, points: Sequence[Point], note: str = "") -> Point:
    """A value made of several points: the sources and overlays of all, revised where any is."""
    sources = dict.fromkeys(source for point in points for source in point.sources)
    revised = any(point.revised for point in points)
    return Point(period, value, tuple(sources), note, merged_origin(points), revised)


def merged_origin(points: Iterable[Point]) -> str:
    """The overlays that a value made of several points rests on, parted by semicolons."""
    names = (name for point in points for name in point.origin.split(";") if name)
    return ";".join(dict.fromkeys(names))
