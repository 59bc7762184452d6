"""What conditioning leaves of a reading: how well it foretold each year, and what the record taught it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from amur.conditioning.posterior import Posterior

type Numbers = NDArray[Any]


class Stage(NamedTuple):
    """One year of a run: its log evidence (nats), temperatures gone through, effective sample sizes, moves.

    ``ess`` is the smallest effective sample size when the year's weights were applied, as a share of the members, and
    ``unique`` the share of different members after the last resampling, before they moved; ``acceptance`` the mean
    acceptance of the moves, ``step`` their size in units of the members' own spread, ``moved`` the mean squared jump
    over twice the variance (1 would be an independent draw).
    """

    year: str
    evidence: float
    temperatures: tuple[float, ...]
    ess: float
    unique: float
    acceptance: float
    step: float
    moved: float


class Conditioned(NamedTuple):
    """A reading taken through the record.

    ``increments`` (years): log evidence of each year given those before, nats. ``predictive``: by observable or decision,
    (periods), the log predictive density of each observation by itself given everything to the end of the year before
    (NaN where there is none). ``posterior``: by year, then parameter, (members,) values of equal weight; "1991" is the prior.
    """

    reading: str
    years: tuple[str, ...]
    increments: Numbers
    predictive: dict[str, Numbers]
    stages: tuple[Stage, ...]
    posterior: Posterior
    seed: int
    members: int

    @property
    def evidence(self) -> float:
        """Log evidence of all years, nats."""
        return float(np.sum(self.increments))
