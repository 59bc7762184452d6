"""What would tell us? Indicators by how much each would tell about a target over the next one to three years.

Each indicator is read off the futures as it would be read in the record, with the noise of its measurement; how many bits that
reading tells about the target is its expected information. Then which second and third indicator add most to the first,
the threshold at which each trips and how often that would be wrong, and where the record stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer
    from amur.questions.ensembles import Common, Progress

LEAST, MOST = 4, 12
"""Quarters ahead that a window may have."""


@dataclass(frozen=True)
class Asked:
    """What may be asked: about which target, from readings of how many quarters ahead.

    ``miss_costs`` places thresholds where a loss is least in which a miss costs so many false alarms; 0 places them where
    informedness is greatest.
    """

    target: str = "reading"
    ahead: int = 8
    miss_costs: float = 0.0
    futures: int = 2048
    seed: int = 1
    weights: str = "stacking"

    def __post_init__(self) -> None:
        from amur.questions.watch.targets import target

        if isinstance(self.ahead, bool) or not isinstance(self.ahead, int) or not LEAST <= self.ahead <= MOST:
            raise AmurError(
                f"{self.ahead!r} is not allowed",
                field="ahead",
                mend=f"Give a whole number of quarters from {LEAST} to {MOST}.",
            )
        costs = self.miss_costs
        if isinstance(costs, bool) or not isinstance(costs, int | float) or not 0 <= costs <= 1e6:
            raise AmurError(
                f"{costs!r} is not a cost", field="miss_costs", mend="Give a number from 0 to 1000000."
            )
        target(self.target)
        _ = self.common

    @cached_property
    def common(self) -> Common:
        """The options that all questions share."""
        from amur.questions.ensembles import Common

        return Common(self.futures, self.seed, self.weights)

    def as_json(self) -> dict[str, Any]:
        """The options by name."""
        return {
            "target": self.target, "ahead": self.ahead, "miss_costs": float(self.miss_costs), **self.common.as_json(),
        }  # fmt: skip


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """Indicators ranked by expected information about a target, their thresholds, and where the record stands."""
    from amur.questions.watch.told import answered

    return answered(asked, progress)


__all__ = ["Asked", "answer"]
