"""Posteriors as they are kept: points in a reading's coordinates, in half precision, turned into parameters when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.conditioning.coordinates import Coordinates, values
from amur.errors import AmurError
from amur.system.parameters import NAMES

type Parameters = dict[str, NDArray[np.float32]]


class Posterior(Mapping[str, Parameters]):
    """Posterior parameter sets by year, ``posterior["2013"]["trust_gain"]`` (members,); "1991" is the prior.

    ``points`` are (years, parameters, members) of equal weight. Half precision keeps three digits of a coordinate that
    is measured in standard deviations of the prior: far finer than the members stand apart.
    """

    def __init__(self, years: tuple[str, ...], points: NDArray[np.float16], through: Coordinates) -> None:
        self.years, self.points, self.through = years, points, through

    def __getitem__(self, year: str) -> Parameters:
        if year not in self.years:
            mend = f"There are {self.years[0]} to {self.years[-1]}." if self.years else ""
            raise AmurError(f"there is no posterior at the end of '{year}'", field="year", mend=mend)
        made = values(jnp.asarray(self.coordinates(year), jnp.float32), self.through)
        return dict(zip(NAMES, np.asarray(made), strict=True))

    def coordinates(self, year: str) -> NDArray[np.float16]:
        """The points of a year, (parameters, members)."""
        return np.asarray(self.points[self.years.index(year)])

    def __iter__(self) -> Iterator[str]:
        return iter(self.years)

    def __len__(self) -> int:
        return len(self.years)

    @cached_property
    def members(self) -> int:
        """How many sets there are of each year."""
        return int(self.points.shape[-1]) if self.points.size else 0
