"""A model as chosen by its user: which equation each mechanism uses, what is free, what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from amur.errors import AmurError, nearest
from amur.system import mechanisms as _declared  # noqa: F401  importing declares every mechanism
from amur.system.decisions import OPTIONS
from amur.system.declare import MECHANISMS, Mechanism, known
from amur.system.state import QUANTITIES


@dataclass(frozen=True)
class Model:
    """Which equation each mechanism uses: ``Model(equations={"price.monopsony": "G19"})``; others their default."""

    equations: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, by in self.equations.items():
            made = MECHANISMS[known(name, MECHANISMS, "mechanism")]
            if by != made.by and by not in made.rivals:
                choices = [made.by, *made.rivals]
                mend = nearest(by, choices) or f"Choose one of: {', '.join(choices)}."
                raise AmurError(f"mechanism '{name}' has no equation by '{by}'", mend=mend)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.equations.items())))

    def mechanisms(self, stage: str) -> tuple[Mechanism, ...]:
        """The mechanisms of a stage ('motive' or 'change'), in the order declared, each with the equation chosen."""
        chosen = []
        for name, made in MECHANISMS.items():
            by = self.equations.get(name, made.by)
            if made.stage == stage:
                chosen.append(made if by == made.by else made.rivals[by])
        return tuple(chosen)


@cache
def places() -> dict[str, int]:
    """Where each mechanism stands in an array of strengths."""
    return {name: place for place, name in enumerate(MECHANISMS)}


GIVEN = tuple(name for name, declared in QUANTITIES.items() if declared.given and declared.kind != "lines")
NOISY = tuple(name for name, declared in QUANTITIES.items() if declared.noise)
DECISIONS = tuple(OPTIONS)
