"""Which observation moved which reading: bits per observation.

The bits of an observation for a reading are the base-2 logarithm of the reading's predictive density over that of the
weighted mixture of all readings, with the weights of the end of the year before. Positive bits drew weight to the reading;
one bit doubles it against the mixture. Observations of one year are scored each alone, so that they do not add up to what
the year did as a whole; ``together`` is the rest (what they say jointly, beyond one by one). With prequential weights
singles and rest sum over years to the log of the weight at the end over that at the start, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.conditioning.cells import Cells, Observation, title, value_in_words
from amur.conditioning.evidence import BLOCKS
from amur.conditioning.weights import Weights, over_mixture
from amur.errors import AmurError
from amur.system.observe import CATEGORIES

type Numbers = NDArray[np.float64]
type Key = Literal["series", "year", "block"]


class Bits(NamedTuple):
    """Bits by observation and reading, and of each year as a whole; ``rows`` are those of the cells they come from."""

    readings: tuple[str, ...]
    years: tuple[str, ...]
    rows: tuple[Observation, ...]
    values: Numbers
    joint: Numbers

    @property
    def together(self) -> Numbers:
        """What the observations of a year said jointly, beyond one by one, (years, readings)."""
        each = self.sums("year")
        nothing = np.zeros(len(self.readings))
        return np.asarray(self.joint - [list(each[y].values()) if y in each else nothing for y in self.years])

    def sums(self, by: Key) -> dict[str, dict[str, float]]:
        """Bits summed by series, year or block: key to bits by reading."""
        block = {name: theme for theme, names in BLOCKS.items() for name in names}
        made: dict[str, Numbers] = {}
        for row, values in zip(self.rows, self.values, strict=True):
            key = {"series": row.name, "year": row.year, "block": block.get(row.name, "other")}[by]
            made[key] = made.get(key, np.zeros(len(self.readings))) + values
        return {key: dict(zip(self.readings, values.tolist(), strict=True)) for key, values in made.items()}


class Mover(NamedTuple):
    """An observation and the bits it gave a reading, in words; a decision's quarters of staying are one, without period."""

    name: str
    period: str
    bits: float
    words: str


def bits(of: Cells, weights: Weights, increments: Mapping[str, Numbers]) -> Bits:
    """Bits of every observation for every reading, with the weights at the end of the year before it.

    ``increments`` are the log evidence of each year (nats), by reading, over the years of the weights. AmurError where
    weights and cells are of other readings or years.
    """
    if weights.readings != of.readings or set(increments) != set(of.readings):
        raise AmurError(
            "weights, evidence and cells are of different readings",
            field="readings",
            mend="Use one run for all.",
        )
    place = {year: number for number, year in enumerate(weights.years)}
    if missing := sorted({row.year for row in of.rows} - set(place)):
        raise AmurError(f"there are no weights for {missing[0]}", field="weights", mend="Use one run for all.")
    before = weights.before[[place[row.year] for row in of.rows]]
    joint = np.stack([np.asarray(increments[reading], float) for reading in of.readings], axis=1)
    return Bits(
        of.readings,
        weights.years,
        of.rows,
        over_mixture(of.densities, before),
        over_mixture(joint, weights.before),
    )


def movers(of: Bits, reading: str, many: int = 10) -> tuple[tuple[Mover, ...], tuple[Mover, ...]]:
    """The observations that spoke most for a reading and most against it, strongest first.

    A decision counts by its quarters of change; all its quarters of staying are one mover together.
    """
    if reading not in of.readings:
        raise AmurError(
            f"there is no reading '{reading}' in these bits",
            field="reading",
            mend=f"There are {', '.join(of.readings)}.",
        )
    column = of.values[:, of.readings.index(reading)]
    found, staying = [], dict.fromkeys(CATEGORIES, 0.0)
    for row, value in zip(of.rows, column.tolist(), strict=True):
        if row.stays:
            staying[row.name] += value
        else:
            found.append(Mover(row.name, row.period, value, f"{title(row.name)}: {value_in_words(row)}"))
    found += [
        Mover(name, "", value, f"{title(name)}: all quarters in which it stayed")
        for name, value in staying.items()
        if value
    ]
    found.sort(key=lambda mover: mover.bits)
    return (
        tuple(mover for mover in reversed(found[-many:]) if mover.bits > 0),
        tuple(mover for mover in found[:many] if mover.bits < 0),
    )
