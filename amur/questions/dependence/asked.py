"""What may be asked about dependence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from amur.errors import AmurError, nearest
from amur.questions.dependence.cuts import CUTS
from amur.questions.ensembles import Common
from amur.record.measures.registry import Dyad

MODELLED = (Dyad("RUS", "CHN"), Dyad("CHN", "RUS"))


@dataclass(frozen=True)
class Asked:
    """The pair, the cut, and how much of the flows it takes; with a day, only what the record held then.

    ``cut`` names one of :data:`~amur.questions.dependence.cuts.CUTS`; empty: all of them. AmurError names the field.
    """

    dyad: str = "RUS-CHN"
    cut: str = ""
    share: float = 1.0
    as_of: str = ""
    futures: int = Common.futures
    seed: int = Common.seed
    weights: str = Common.weights

    def __post_init__(self) -> None:
        pair = Dyad.parse(self.dyad)
        if self.as_of:
            from amur.record.record import as_date

            object.__setattr__(self, "as_of", str(as_date(self.as_of)))
        if self.cut and self.cut not in CUTS:
            mend = nearest(self.cut, list(CUTS)) or f"Choose from {', '.join(CUTS)}."
            raise AmurError(f"there is no cut '{self.cut}'", field="cut", mend=mend)
        if isinstance(self.share, bool) or not isinstance(self.share, int | float) or not 0 <= self.share <= 1:
            raise AmurError(
                f"{self.share!r} is no share of a flow", field="share", mend="Give a number from 0 to 1."
            )
        if self.cut and self.share < 1 and not CUTS[self.cut].flows:
            raise AmurError(
                f"'{self.cut}' cannot be done in part", field="share", mend="Leave the share out, or at 1."
            )
        object.__setattr__(self, "dyad", str(pair))
        if self.record_only and (self.cut or self.share < 1):
            raise AmurError(
                "a cut can be tried for China and Russia only, and not as of a past day",
                field="cut" if self.cut else "share",
                mend="Leave out the pair and the day, or the cut.",
            )
        # Refuses what no question can be asked with.
        _ = self.common

    @property
    def pair(self) -> Dyad:
        """The two states, in the order asked."""
        return Dyad.parse(self.dyad)

    @property
    def common(self) -> Common:
        """The options that all questions share."""
        return Common(self.futures, self.seed, self.weights)

    @property
    def record_only(self) -> bool:
        """Whether the record alone can answer: the model holds one pair, and what it learned it learned from all years."""
        return bool(self.as_of) or self.pair not in MODELLED

    @property
    def cuts(self) -> tuple[str, ...]:
        """Names of the cuts asked for; what cannot be done in part is left out where a part is asked for."""
        if self.cut:
            return (self.cut,)
        return tuple(name for name, made in CUTS.items() if self.share == 1 or made.flows)

    def as_json(self) -> dict[str, Any]:
        """The options by name."""
        return {
            name: getattr(self, name)
            for name in ("dyad", "cut", "share", "as_of", "futures", "seed", "weights")
        }

    def but(self, **changes: Any) -> Asked:
        """The same question with some options changed."""
        return replace(self, **changes)
