"""What may be asked about the readings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest

KINDS = ("stacking", "prequential")
LEAST_YEARS = 5
"""Weights from fewer years have no spread worth telling: a bootstrap of years has too few to draw."""


@dataclass(frozen=True)
class Asked:
    """``weights`` says which kind leads the answer; ``as_of`` is a year whose end is looked back from (empty: the last).

    ``reading`` names readings, with commas between, whose movers are told beside those of the one that leads. ``own`` is a
    file of a reading of one's own, weighed with the ten; ``own_is`` is the fingerprint of its content, filled in.
    """

    weights: str = "stacking"
    as_of: str = ""
    reading: str = ""
    own: str = ""
    seed: int = 1
    own_is: str = ""

    def __post_init__(self) -> None:
        if self.weights not in KINDS:
            mend = nearest(str(self.weights), list(KINDS)) or "Choose stacking or prequential."
            raise AmurError(f"'{self.weights}' is no way to weigh readings", field="weights", mend=mend)
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or not 0 <= self.seed < 2**63:
            raise AmurError(
                f"{self.seed!r} is not allowed",
                field="seed",
                mend=f"Give a whole number from 0 to {2**63 - 1}.",
            )
        object.__setattr__(self, "as_of", _year(self.as_of))
        self._check_own()
        for name in self.named:
            _known(name, self.own_name)

    def _check_own(self) -> None:
        if not self.own:
            if self.own_is:
                raise AmurError(
                    "belongs to a file of one's own", field="own_is", mend="Leave it out, or give own."
                )
            return
        from amur.readings import reading

        if not self.own.endswith(".toml"):
            raise AmurError(
                f"'{self.own}' is no file of a reading", field="own", mend="Give a file that ends in .toml."
            )
        own = reading(self.own)
        if own.structure != "model":
            raise AmurError(
                "has no structure: it would be persistence over again",
                file=self.own,
                field="structure",
                mend="Write model.",
            )
        found = hashlib.sha256(Path(self.own).read_bytes()).hexdigest()[:12]
        if self.own_is not in ("", found):
            raise AmurError(
                "has changed since this was asked", file=self.own, field="own_is", mend="Leave own_is out."
            )
        object.__setattr__(self, "own_is", found)

    @property
    def named(self) -> tuple[str, ...]:
        """The readings named."""
        return tuple(dict.fromkeys(name.strip() for name in self.reading.split(",") if name.strip()))

    @property
    def own_name(self) -> str:
        """The name of the own reading: that of its file."""
        return Path(self.own).stem if self.own else ""

    def as_json(self) -> dict[str, Any]:
        """The options by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _year(told: object) -> str:
    from amur.conditioning.shipped import shipped

    if told == "":
        return ""
    allowed = shipped().years[LEAST_YEARS - 1 :]
    if str(told) not in allowed:
        raise AmurError(
            f"there are no weights at the end of '{told}'",
            field="as_of",
            mend=f"Give a year from {allowed[0]} to {allowed[-1]}.",
        )
    return str(told)


def _known(name: str, own: str) -> None:
    from amur.conditioning.shipped import shipped

    names = [*shipped().readings, *([own] if own else [])]
    if name not in names:
        raise AmurError(
            f"there is no reading '{name}'",
            field="reading",
            mend=nearest(name, names) or f"There are {', '.join(names)}.",
        )
