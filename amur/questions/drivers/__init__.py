"""What holds it together, and what limits it: Shapley values of the families of mechanisms that the essays name.

**The counterfactual.** To ask what holds something *together* is to ask what would come loose if a support ceased. So for
each year a family is off during the eleven years that end with it (1993-2003, 2003-2013, ..., 2026-2036), everything
before being as it was. Off since 1992 would ask another thing, what *made* it so, and would give later years longer to
fall apart; ``span`` asks that too (``span=34`` is all of history for 2025). Eleven years are those from now to 2036, so
that past and future answer one question. What the two and the world chose and went through is the same with and
without: decisions, rivalries, the course of the war and lines that the record has built (:mod:`.world`). With ``held``
a family is not off but goes on contributing what it did in the last quarter of that year: the values are then what the
change of its contributions since has added.

**The sharing out.** A family's value is what it adds on average over the orders in which the families may come in, so
that the values of all sum exactly to the outcome with all of them less the outcome with none (:mod:`.shapley`). Beside
it stands what goes when that family alone is off: where the two differ, families work together or stand in for each
other.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError
from amur.questions import ensembles
from amur.questions.answer import Answer
from amur.questions.drivers.families import FAMILIES, members
from amur.questions.drivers.worth import SPAN, Without, known_outcome, lanes_of, parts_of, without
from amur.questions.ensembles import Common

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress

OUTCOMES = ("coordination", "trade", "integration", "trust_rus", "trust_chn", "dependence_rus")
YEARS = ("2003", "2013", "2021", "now", "2036")
FIRST, LAST = 1993, 2046


@dataclass(frozen=True)
class Asked:
    """What may be asked: ``outcome`` and ``year`` (none: the usual ones; "now" is the last year of the record), ``held``
    (a past year; "" switches families off), ``span`` (years off), ``pairs`` of orders, and the common options.

    ``futures`` counts two lucks to a parameter set as elsewhere, but a set is run with one of them only.
    """

    outcome: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    held: str = ""
    span: int = SPAN
    pairs: int = 6
    futures: int = 512
    seed: int = 1
    weights: str = "stacking"

    def __post_init__(self) -> None:
        now = _now()
        for name in ("outcome", "year"):
            told = getattr(self, name)
            several = (told,) if isinstance(told, str) else tuple(told)
            object.__setattr__(self, name, tuple(dict.fromkeys(str(each) for each in several)))
        for outcome in self.outcome:
            known_outcome(outcome)
        _whole("span", self.span, 1, LAST - FIRST + 2)
        _whole("pairs", self.pairs, 2, 64)
        if self.held:
            _year("held", self.held, 1992, now - 1)
        for year in self.year:
            _year("year", "now" if year == "now" else year, FIRST, LAST, now)
            if self.held and _number(year, now) <= int(self.held):
                raise AmurError(
                    f"{year} is not after {self.held}, the year held",
                    field="year",
                    mend="Ask for later years, or hold an earlier one.",
                )
        lanes_of(self.common)

    @cached_property
    def common(self) -> Common:
        """The options that all questions share."""
        return Common(self.futures, self.seed, self.weights)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What is decomposed."""
        return self.outcome or OUTCOMES

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        after = int(self.held or 0)
        told = {_number(year, _now()) for year in self.year or YEARS}
        return tuple(sorted(year for year in told if year > after))

    def as_json(self) -> dict[str, Any]:
        """The options by name."""
        return asdict(self) | {"outcome": list(self.outcome), "year": list(self.year)}


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """The families' Shapley values by outcome and year, what stands without any, and single switch-offs."""
    from amur.questions.drivers import numbers, said

    worlds = 2 * len(asked.years)
    parts = []
    for place, prior in enumerate((False, True)):
        for turn, year in enumerate(asked.years):
            if progress:
                told = f"Families on and off, to {year}" + (", before the record" if prior else "")
                progress(told, place * len(asked.years) + turn, worlds)
            parts.append(numbers.parts(asked, year, prior))
    if progress:
        progress("Families on and off", worlds, worlds)
    after, before = parts[: len(asked.years)], parts[len(asked.years) :]
    found = numbers.numbers(asked, after, before)
    quantities = tuple(dict.fromkeys(name for outcome in asked.outcomes for name in parts_of(outcome)))
    claims = tuple(dict.fromkeys(claim for family in FAMILIES for claim in family.claims))
    rests = ensembles.rests(quantities, steps=2, claims=claims)
    made = replace(ensembles.made(asked.common), futures=lanes_of(asked.common).sets)
    lost = sum(each.lost for each in parts)
    return Answer(
        "drivers",
        said.title(asked),
        asked.as_json(),
        said.statement(asked, found, _now()),
        numbers.ordered(asked, found, _now()),
        numbers.tables(found, {each: said.label(each) for each in asked.outcomes}, _now()),
        rests,
        made,
        said.notes(asked, lost),
    )


def _now() -> int:
    """The last year of the record that is whole."""
    from amur.system.history import history

    return int(history().labels[-1][:4])


def _number(year: str, now: int) -> int:
    return now if year == "now" else int(year)


def _year(field: str, told: str, first: int, last: int, now: int | None = None) -> None:
    if now is not None and told == "now":
        return
    if not (told.isascii() and told.isdigit() and len(told) == 4 and first <= int(told) <= last):
        also = ', or "now"' if now is not None else ""
        raise AmurError(
            f"'{told}' is not a year to ask about",
            field=field,
            mend=f"Give one from {first} to {last}{also}.",
        )


def _whole(field: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise AmurError(
            f"{value!r} is not allowed", field=field, mend=f"Give a whole number from {low} to {high}."
        )


__all__ = ["FAMILIES", "Asked", "Without", "answer", "members", "without"]
