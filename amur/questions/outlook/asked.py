"""What the outlook can be asked: which quantities, how far, by whose rules of end states."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError, nearest
from amur.questions.ensembles import Common

if TYPE_CHECKING:
    from amur.system.endstates import Rules

SHOWN = ("dependence_rus", "leverage_chn", "trust_rus", "trust_chn", "oil_chn", "gas_chn")
"""Quantities whose course is told unless others are asked for."""
MOST = 24
FIRST, LAST = 2026, 2046
YEARS = (2030, 2036, 2046)
"""Years whose ends the numbers are of."""


@dataclass(frozen=True)
class Asked:
    """``quantities`` are states, flows, forcings or decisions by name; ``until`` the last year; ``endstates`` a file of rules.

    ``rules`` is the fingerprint of that file; left empty it is taken from it, and given it must match.
    """

    quantities: tuple[str, ...] = ()
    until: str = str(LAST)
    endstates: str = ""
    rules: str = ""
    futures: int = Common.futures
    seed: int = Common.seed
    weights: str = Common.weights

    def __post_init__(self) -> None:
        object.__setattr__(self, "quantities", _quantities(self.quantities))
        object.__setattr__(self, "until", _year(self.until))
        if not isinstance(self.endstates, str | Path):
            raise AmurError(
                f"{self.endstates!r} is no file", field="endstates", mend="Give the path of a file."
            )
        object.__setattr__(self, "endstates", str(self.endstates))
        held = ""
        if self.endstates and self.by:
            held = hashlib.sha256(Path(self.endstates).read_bytes()).hexdigest()[:16]
        if self.rules not in ("", held):
            raise AmurError(
                "is not what it was when this was asked",
                file=self.endstates or "endstates.toml",
                field="rules",
                mend="Leave out rules, to ask by the file as it is.",
            )
        object.__setattr__(self, "rules", held)
        assert self.common

    @cached_property
    def common(self) -> Common:
        """The options that all questions share."""
        return Common(self.futures, self.seed, self.weights)

    @cached_property
    def by(self) -> Rules:
        """The rules of the end states. AmurError for a file that does not hold any."""
        from amur.system import endstates

        return endstates.rules(self.endstates or None)

    @property
    def years(self) -> tuple[str, ...]:
        """The years that numbers are given for: 2030, 2036, 2046 as far as they are asked for, and the last."""
        return tuple(
            dict.fromkeys([*(str(year) for year in YEARS if year <= int(self.until)), str(self.until)])
        )

    def as_json(self) -> Mapping[str, Any]:
        """The options by name."""
        return {
            "quantities": list(self.quantities),
            "until": self.until,
            "endstates": self.endstates,
            "rules": self.rules,
            **self.common.as_json(),
        }


def _quantities(told: object) -> tuple[str, ...]:
    names = [told] if isinstance(told, str) else list(told or SHOWN) if isinstance(told, tuple | list) else None
    if names is None or not all(isinstance(name, str) for name in names):
        raise AmurError(f"{told!r} are no quantities", field="quantities", mend="Give names of quantities.")
    # Only names of one's own need the model to be looked up.
    if not set(names) <= set(SHOWN):
        _check(names)
    return tuple(dict.fromkeys(names))


def _check(names: list[str]) -> None:
    from amur.system.decisions import OPTIONS
    from amur.system.declare import table
    from amur.system.forcings import Forcings
    from amur.system.state import QUANTITIES

    known = [name for name, each in QUANTITIES.items() if each.kind != "lines"]
    known += [*OPTIONS, *table(Forcings)]
    for name in names:
        if name not in known:
            mend = nearest(name, known) or "`amur book` lists states, flows, forcings and decisions by name."
            raise AmurError(f"there is no quantity '{name}'", field="quantities", mend=mend)
    if len(set(names)) > MOST:
        raise AmurError(
            f"{len(set(names))} quantities are too many at once",
            field="quantities",
            mend=f"Ask for up to {MOST}.",
        )


def _year(told: object) -> str:
    text = str(told).removesuffix("-Q4")
    if isinstance(told, bool) or not text.isdecimal() or len(text) != 4 or not FIRST <= int(text) <= LAST:
        raise AmurError(
            f"'{told}' is not a year ahead", field="until", mend=f"Give one from {FIRST} to {LAST}."
        )
    return text
