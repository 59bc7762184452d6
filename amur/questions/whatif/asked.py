"""What a what-if is asked: the worlds compared, the quantities and dates looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.errors import AmurError, nearest
from amur.questions.ensembles import FUTURES, Common

if TYPE_CHECKING:
    from amur.system.declare import Quantity
    from amur.system.interventions import Intervention

AT = ("2030", "2036", "2046")
UNTIL = "2046-Q4"

type Names = str | Sequence[str]
type Done = Sequence[Intervention | Mapping[str, Any]]


class World(NamedTuple):
    """One side of a what-if: a title, what is done, and the claims it bears on."""

    title: str
    interventions: tuple[Intervention, ...]
    claims: tuple[str, ...] = ()


def lookable() -> dict[str, Quantity]:
    """The quantities that a what-if can look at: states and forcings, one number to a member and quarter."""
    from amur.system.declare import table
    from amur.system.forcings import Forcings
    from amur.system.state import QUANTITIES

    states = {name: each for name, each in QUANTITIES.items() if each.kind != "lines"}
    return {**states, **table(Forcings)}


@dataclass(frozen=True)
class Asked:
    """``scenario``, ``do`` and ``interventions`` are laid over each other in this order; so for ``against``.

    A scenario is a built-in name or a file of one's own (NAME.toml). ``do`` are interventions in one line each
    (:mod:`.compact`). ``quantity``: names, or "all"; without any, the strongest effects. ``at``: years (their last
    quarter) or quarters. ``made`` is what a shared file says it was made with; a difference is told in a note.
    """

    scenario: Names = ()
    do: Names = ()
    interventions: Done = ()
    against: Names = ()
    against_do: Names = ()
    against_interventions: Done = ()
    title: str = ""
    against_title: str = ""
    claims: Sequence[str] = ()
    quantity: Names = ()
    at: Names = AT
    futures: int = FUTURES
    seed: int = 1
    weights: str = "stacking"
    made: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _ = self.common, self.world, self.other, self.quantities, self.dates

    @cached_property
    def common(self) -> Common:
        """The options that all questions share."""
        return Common(self.futures, self.seed, self.weights)

    @cached_property
    def world(self) -> World:
        """The world that is asked about."""
        made = _world(self.scenario, self.do, self.interventions, self.title, "scenario")
        return made._replace(claims=tuple(dict.fromkeys((*self.claims, *made.claims))))

    @cached_property
    def other(self) -> World | None:
        """The world it is compared with; None: only with the baseline."""
        told = _world(self.against, self.against_do, self.against_interventions, self.against_title, "against")
        return told if told.interventions else None

    @cached_property
    def quantities(self) -> tuple[str, ...]:
        """The quantities asked for; none: the strongest effects."""
        known, told = lookable(), words(self.quantity)
        if told == ("all",):
            return tuple(known)
        for name in told:
            if name not in known:
                mend = nearest(name, list(known)) or "`amur why` lists quantities by what they rest on."
                raise AmurError(f"there is no quantity '{name}' to look at", field="quantity", mend=mend)
        return told

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The quarters looked at, in order."""
        from amur.system import quarters

        last = quarters.number(UNTIL)
        told = words(self.at)
        if not told:
            raise AmurError("names no date", field="at", mend="Write, say, 2030,2036,2046.")
        numbers = sorted({quarters.number(each, last=True, field="at") for each in told})
        if numbers[0] < _ahead():
            raise AmurError(
                f"{quarters.label(numbers[0])} was not run",
                field="at",
                mend=f"Ask from {quarters.label(_ahead())} to {UNTIL}.",
            )
        if numbers[-1] > last:
            raise AmurError(
                f"{quarters.label(numbers[-1])} is not run", field="at", mend=f"Ask until {UNTIL[:4]}."
            )
        return tuple(quarters.label(each) for each in numbers)

    def as_json(self) -> dict[str, Any]:
        """The options in full: what is done is told itself, so that it does not rest on names or files."""
        from amur.system.interventions import as_json as plainly

        other = self.other or World("", ())
        return {
            "title": self.world.title,
            "interventions": plainly(self.world.interventions),
            "claims": list(self.world.claims),
            "against_title": other.title,
            "against_interventions": plainly(other.interventions),
            "quantity": list(self.quantities),
            "at": list(self.dates),
            "made": dict(self.made),
            **self.common.as_json(),
        }


def words(told: Names) -> tuple[str, ...]:
    """Names told as a sequence or as one text with commas between them."""
    parts = told.split(",") if isinstance(told, str) else [each for one in told for each in one.split(",")]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _ahead() -> int:
    """The first quarter that has not happened."""
    from amur.system.history import history

    return len(history().labels)


def _in_time(done: Sequence[Intervention], file: str = "") -> None:
    """Refuse what begins after the last quarter run or ended before the first: it would change nothing."""
    from amur.system import quarters
    from amur.system.interventions import Timed

    for each in done:
        if not isinstance(each, Timed):
            continue
        if each.start and quarters.number(each.start) > quarters.number(UNTIL):
            raise AmurError(f"{each.start} is not run", file=file, field="start", mend=f"Start by {UNTIL}.")
        if each.end and quarters.number(each.end, last=True) + each.fade < _ahead():
            raise AmurError(
                f"{each.end} is past",
                file=file,
                field="end",
                mend=f"End in {quarters.label(_ahead())} or later.",
            )


def _world(names: Names, do: Names, more: Done, title: str, field: str) -> World:
    from amur.questions.whatif.compact import intervention
    from amur.system.interventions import from_json
    from amur.system.scenario_files import read, scenario

    laid: list[Intervention] = []
    titles: list[str] = []
    claims: list[str] = []
    for name in words(names):
        try:
            found = read(Path(name)) if name.endswith(".toml") else scenario(name)
        except AmurError as error:
            if error.field != "scenario" or error.file:
                raise
            mend = f"{error.mend or ''} A file of your own ends in .toml.".strip()
            raise AmurError(error.problem, field=field, mend=mend) from None
        _in_time(found.interventions, name if name.endswith(".toml") else "")
        laid.extend(found.interventions)
        titles.append(found.title)
        claims.extend(found.claims)
    for text in [do] if isinstance(do, str) else do:
        for line in filter(None, (part.strip() for part in text.split(";"))):
            laid.append(intervention(line))
            titles.append(line)
    for each in more:
        laid.extend(from_json([each]) if isinstance(each, Mapping) else [each])
    if more and not title:
        titles.append(f"{len(more)} intervention{'s' if len(more) > 1 else ''}")
    _in_time(laid)
    return World(title or " + ".join(titles), tuple(laid), tuple(dict.fromkeys(claims)))
