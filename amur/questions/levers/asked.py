"""What the question of levers may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from amur.errors import AmurError
from amur.questions.ensembles import FUTURES, Common
from amur.questions.levers.actors import Actor, actor, read
from amur.system import quarters

MOST_LEVERS = 4
WHEN = "2030-Q4,2036-Q4"
FIRST, LAST = "2027-Q1", "2046-Q4"


@dataclass(frozen=True)
class Asked:
    """Whose levers; ``when`` the dates at which aims are judged, each alike; ``most`` levers in a portfolio.

    ``weight`` changes weights of aims and costs (``NAME=2,...``); ``aims`` is a file whose sections replace the actor's.
    """

    actor: str = "washington"
    when: str = WHEN
    most: int = MOST_LEVERS
    weight: str = ""
    aims: str = ""
    futures: int = FUTURES
    seed: int = 1
    weights: str = "stacking"

    def __post_init__(self) -> None:
        if isinstance(self.most, bool) or not isinstance(self.most, int) or not 1 <= self.most <= 6:
            raise AmurError(
                f"{self.most!r} is not allowed", field="most", mend="Give a whole number from 1 to 6."
            )
        first, last = quarters.number(FIRST), quarters.number(LAST)
        for each in self.dates:
            if not first <= quarters.number(each, field="when") <= last:
                raise AmurError(
                    f"{each} was not run", field="when", mend=f"Name quarters from {FIRST} to {LAST}."
                )
        # Made here so that what is wrong with them is said at once.
        _ = (self.common, self.who)

    @cached_property
    def common(self) -> Common:
        """What every question is asked."""
        return Common(self.futures, self.seed, self.weights)

    @property
    def dates(self) -> tuple[str, ...]:
        """The quarters at which aims are judged, in order; a year means its last."""
        told = [each.strip() for each in self.when.split(",") if each.strip()]
        if not told:
            raise AmurError("no date is given", field="when", mend="Write it like 2030-Q4,2036-Q4.")
        numbers = sorted({quarters.number(each, last=True, field="when") for each in told})
        return tuple(quarters.label(each) for each in numbers)

    @cached_property
    def who(self) -> Actor:
        """The actor, with the aims and the weights asked for."""
        told = actor(self.actor)
        return (read(self.aims, told) if self.aims else told).weighed(_weights(self.weight))

    def as_json(self) -> dict[str, Any]:
        """The options by name; what is in the file of aims is told too, as it may change."""
        told: dict[str, Any] = {
            "actor": self.actor,
            "when": ",".join(self.dates),
            "most": self.most,
            "weight": self.weight,
        }
        if self.aims:
            told |= {"aims": self.aims, "aims_text": Path(self.aims).read_text(encoding="utf-8")}
        return told | self.common.as_json()


def _weights(told: str) -> Mapping[str, float]:
    made: dict[str, float] = {}
    for part in (each.strip() for each in told.split(",") if each.strip()):
        name, _, value = (word.strip() for word in part.partition("="))
        try:
            made[name] = float(value)
        except ValueError:
            made[name] = -1.0
        if not 0 <= made[name] < 1e6:
            raise AmurError(
                f"'{part}' is no weight", field="weight", mend="Write it like war-capacity=2, from 0 up."
            )
    return made
