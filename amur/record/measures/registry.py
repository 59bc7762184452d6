"""How a measure is declared and asked for.

A measure is one pure function of the record and a dyad that returns points, declared with its title,
unit, definition, formula and literature. Modules of this folder hold them by theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import NamedTuple

from amur.errors import AmurError, nearest
from amur.record import periods
from amur.record.record import Record
from amur.record.timeseries import Point, TimeSeries

MODULES: tuple[str, ...] = (
    "trade",
    "goods",
    "energy",
    "fossil",
    "routes",
    "concentration",
    "prices",
    "finance",
    "votes",
    "council",
    "security",
    "markers",
    "society",
    "bci",
    "ladder",
    "influence",
    "profiles",
)
"""Modules of this folder that declare measures."""


class Dyad(NamedTuple):
    """An ordered pair of states by ISO3 code: in 'dependence', how much ``a`` relies on ``b``."""

    a: str
    b: str

    @classmethod
    def parse(cls, text: str) -> Dyad:
        """``RUS-CHN`` (any case); AmurError otherwise."""
        a, dash, b = text.upper().partition("-")
        if not dash or len(a) != 3 or len(b) != 3 or a == b:
            raise AmurError(
                f"'{text}' is not a dyad", field="dyad", mend="Write two ISO3 codes such as RUS-CHN."
            )
        return cls(a, b)

    def __str__(self) -> str:
        return f"{self.a}-{self.b}"

    @property
    def swapped(self) -> Dyad:
        return Dyad(self.b, self.a)


Compute = Callable[[Record, Dyad], Iterable[Point]]


@dataclass(frozen=True)
class Measure:
    """A declared measure. ``dyads`` are those the record can serve; ``directed`` says that a-b differs from b-a."""

    name: str
    title: str
    unit: str
    frequency: str
    dimension: str
    definition: str
    formula: str
    literature: str
    claims: tuple[str, ...]
    dyads: tuple[Dyad, ...]
    directed: bool
    compute: Compute

    @property
    def usual(self) -> Dyad:
        """The dyad that is meant where none is named: Russia and China, else the first that can be served."""
        return next((d for d in (Dyad("RUS", "CHN"), Dyad("CHN", "RUS")) if d in self.dyads), self.dyads[0])

    def of(self, record: Record, dyad: Dyad) -> TimeSeries:
        """The measure for one dyad through time. AmurError where the record cannot serve the dyad."""
        if not self.directed and dyad not in self.dyads and dyad.swapped in self.dyads:
            dyad = dyad.swapped
        if dyad not in self.dyads:
            served = ", ".join(map(str, self.dyads))
            raise AmurError(
                f"the record cannot serve {self.name} for {dyad}", field="dyad", mend=f"It can for {served}."
            )
        points = sorted(self.compute(record, dyad), key=lambda point: point.period)
        if record.as_of is not None:  # A sum or mean of the first months would pass for that of the year.
            points = [point for point in points if periods.end(point.period) <= record.as_of]
        return TimeSeries(
            f"{self.name}.{str(dyad).lower()}",
            f"{self.title}, {dyad}",
            self.unit,
            self.frequency,
            self.definition,
            tuple(points),
            kind="measure",
            reporter=dyad.a,
            partner=dyad.b,
            formula=self.formula,
            literature=self.literature,
            sources=record.sources,
        )


def declare(
    *,
    name: str,
    title: str,
    unit: str,
    dimension: str,
    definition: str,
    formula: str,
    literature: str,
    dyads: Iterable[str],
    claims: tuple[str, ...] = (),
    directed: bool = False,
    frequency: str = "A",
) -> Callable[[Compute], Measure]:
    """Decorator that makes a measure of a function of (record, dyad)."""

    def make(compute: Compute) -> Measure:
        pairs = tuple(Dyad.parse(text) for text in dyads)
        return Measure(
            name,
            title,
            unit,
            frequency,
            dimension,
            definition.strip(),
            formula,
            literature,
            claims,
            pairs,
            directed,
            compute,
        )

    return make


@cache
def catalogue() -> dict[str, Measure]:
    """All declared measures by name."""
    found: dict[str, Measure] = {}
    for module in MODULES:
        for thing in vars(import_module(f"amur.record.measures.{module}")).values():
            if isinstance(thing, Measure):
                found[thing.name] = thing
    return found


def measure(record: Record, name: str, dyad: str | Dyad | None = None) -> TimeSeries:
    """A measure by name for a dyad (None: its usual one). AmurError names the nearest for an unknown measure."""
    known = catalogue()
    if name not in known:
        hint = nearest(name, list(known))
        raise AmurError(
            f"there is no measure '{name}'",
            mend=hint or "See `amur measure list`.",
        )
    asked = known[name]
    return asked.of(record, Dyad.parse(dyad) if isinstance(dyad, str) else dyad or asked.usual)
