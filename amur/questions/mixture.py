"""Which reading, which parameter set and which luck each member of an ensemble has, and what it weighs.

Every reading gives as many parameter sets as any other, and each set is run with as many lucks (rounds). So every
answer can be split by reading, and readings can be weighed anew without running anything again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest

WEIGHED = ("stacking", "prequential", "even")


@dataclass(frozen=True)
class Mixture:
    """Members in the order round, reading, set: ``share`` is the weight of each reading, in the order of ``readings``."""

    readings: tuple[str, ...]
    sets: int
    rounds: int
    share: Mapping[str, float] = field(hash=False)

    @property
    def members(self) -> int:
        """All members: readings * sets * rounds."""
        return len(self.readings) * self.sets * self.rounds

    @cached_property
    def reading(self) -> NDArray[np.int64]:
        """The place of each member's reading, (members,)."""
        return np.tile(np.repeat(np.arange(len(self.readings)), self.sets), self.rounds)

    @cached_property
    def set(self) -> NDArray[np.int64]:
        """The number of each member's parameter set among those of its reading, (members,)."""
        return np.tile(np.arange(self.sets), len(self.readings) * self.rounds)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The weight of each member; they sum to 1."""
        each = np.array([self.share[name] for name in self.readings]) / (self.sets * self.rounds)
        return np.asarray(each[self.reading])

    @property
    def effective(self) -> float:
        """As how many equal members the weighted ones count (Kish)."""
        return float(1 / np.sum(self.weights**2))

    def batch(self, many: int) -> NDArray[np.int64]:
        """A number from 0 to ``many`` - 1 for each member; a parameter set is in one batch with all its lucks."""
        return np.asarray(self.set % many)

    def table(self, values: NDArray[Any], place: int) -> NDArray[Any]:
        """Values (members,) of one reading as (sets, rounds)."""
        cube = np.asarray(values).reshape(self.rounds, len(self.readings), self.sets)
        return cube[:, place].T

    def parted(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values (..., members) by reading: (..., readings, rounds * sets)."""
        cube = np.asarray(values).reshape(*np.shape(values)[:-1], self.rounds, len(self.readings), self.sets)
        return np.moveaxis(cube, -2, -3).reshape(*np.shape(values)[:-1], len(self.readings), -1)

    def means(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values (..., members) with those of each parameter set replaced by their mean over lucks."""
        cube = np.asarray(values).reshape(*np.shape(values)[:-1], self.rounds, -1)
        return np.broadcast_to(cube.mean(axis=-2, keepdims=True), cube.shape).reshape(np.shape(values))


def shares(told: str, readings: tuple[str, ...]) -> dict[str, float]:
    """The weights of the readings that have a model: ``stacking``, ``prequential``, ``even``, or NAME=WEIGHT,...

    They sum to 1. Persistence has no model; its weight goes to the others. AmurError for anything else.
    """
    if not isinstance(told, str):
        raise AmurError(
            f"{told!r} does not say how to weigh the readings",
            field="weights",
            mend="Give a text such as proxy=2,concert=1.",
        )
    if told == "even":
        return dict.fromkeys(readings, 1 / len(readings))
    mass = _published(told) if told in ("stacking", "prequential") else _own(told, readings)
    whole = sum(mass.get(name, 0.0) for name in readings)
    return {name: mass.get(name, 0.0) / whole for name in readings}


@cache
def _published(kind: str) -> Mapping[str, float]:
    from amur.conditioning.shipped import shipped

    return shipped().weights(kind)  # type: ignore[arg-type]


def _own(told: str, readings: tuple[str, ...]) -> dict[str, float]:
    if "=" not in told and told not in readings:
        mend = nearest(told, [*WEIGHED, *readings]) or f"Choose {', '.join(WEIGHED)}, or NAME=WEIGHT,..."
        raise AmurError(f"'{told}' does not say how to weigh the readings", field="weights", mend=mend)
    made: dict[str, float] = {}
    for part in told.split(","):
        name, _, weight = (word.strip() for word in part.partition("="))
        if name not in readings:
            mend = nearest(name, list(readings)) or f"There are {', '.join(readings)}."
            raise AmurError(f"there is no reading '{name}' to weigh", field="weights", mend=mend)
        if name in made:
            raise AmurError(f"'{name}' is weighed twice", field="weights", mend="Weigh it once.")
        try:
            made[name] = float(weight or 1)
        except ValueError:
            made[name] = -1.0
        if not 0 <= made[name] < 1e9:
            raise AmurError(
                f"'{weight}' is no weight of '{name}'",
                field="weights",
                mend="Give numbers from 0 to below 1000000000.",
            )
    if sum(made.values()) <= 0:
        raise AmurError("no reading has any weight", field="weights", mend="Weigh at least one above 0.")
    return made
