"""Interventions: what a what-if or a lever may change, from when to when, and how fast.

Each is a small frozen object, usable from Python (``Hold("oil_price", 150, start="2027-Q1", ramp=2)``) and from
files (:mod:`amur.system.scenario_files`). :mod:`amur.system.schedule` turns a list of them into arrays that are laid
over the quarters of a run; nothing is recompiled, except that :class:`Freeze` changes what a run carries along.

``start`` is the first quarter in force (empty: the first quarter ahead), ``end`` the last (empty: for ever), ``ramp``
the quarters it takes to full force and ``fade`` the quarters it takes to vanish after the end. Later interventions in
a list are laid over earlier ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar

from amur.errors import AmurError, nearest
from amur.system import quarters
from amur.system.decisions import OPTIONS
from amur.system.declare import MECHANISMS, Quantity, table
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.lines import OPERATING, STAGES, lines
from amur.system.model import GIVEN
from amur.system.state import QUANTITIES

OUTSIDE: dict[str, Quantity] = table(Forcings)
HOWS = ("multiply", "add")
GREAT = 1e300
"""Numbers from here up count as infinite: a whole number in a file may have more digits than a float can hold."""


@dataclass(frozen=True, kw_only=True)
class Timed:
    """What all interventions share: when they are in force and how fast they come and go."""

    start: str = ""
    end: str = ""
    ramp: int = 0
    fade: int = 0

    def check_time(self) -> None:
        """Raise AmurError where the times do not make sense."""
        first = quarters.number(self.start, field="start") if self.start else None
        last = quarters.number(self.end, last=True, field="end") if self.end else None
        if first is not None and last is not None and last < first:
            raise AmurError(
                f"ends ({self.end}) before it starts ({self.start})", field="end", mend="Swap the two."
            )
        for name in ("ramp", "fade"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 400:
                raise AmurError(
                    f"'{value}' is not a number of quarters",
                    field=name,
                    mend="Give a whole number from 0 to 400.",
                )
        if self.fade and not self.end:
            raise AmurError(
                "fades after an end that is not given", field="fade", mend="Add the last quarter in force, end."
            )


@dataclass(frozen=True)
class Hold(Timed):
    """Hold a forcing, or a state that may be given, at a value.

    A forcing ramps from what it would have been; a state ramps from ``begin`` (without it, there at once).
    """

    word: ClassVar[str] = "hold"
    quantity: str
    value: float
    begin: float | None = None

    def __post_init__(self) -> None:
        declared = _holdable(self.quantity)
        _within(self.value, declared, "value")
        if self.begin is not None:
            _within(self.begin, declared, "begin")
            if self.quantity in OUTSIDE:
                raise AmurError(
                    "a forcing ramps from what it would have been", field="begin", mend="Leave begin out."
                )
        self.check_time()


@dataclass(frozen=True)
class Change(Timed):
    """Multiply a forcing by a factor or add an amount to it."""

    word: ClassVar[str] = "change"
    quantity: str
    by: float
    how: str = "multiply"

    def __post_init__(self) -> None:
        _one_of(self.quantity, OUTSIDE, "forcing", "quantity")
        _one_of(self.how, HOWS, "way to change", "how")
        _number(self.by, "by", 0.0 if self.how == "multiply" else -math.inf)
        self.check_time()


@dataclass(frozen=True)
class Force(Timed):
    """Force a decision: the option is in force whatever the actors would have chosen."""

    word: ClassVar[str] = "force"
    decision: str
    option: str

    def __post_init__(self) -> None:
        _one_of(self.decision, OPTIONS, "decision", "decision")
        _one_of(_option(self.option), _options(self.decision), f"option of '{self.decision}'", "option")
        self.check_time()
        if self.ramp or self.fade:
            raise AmurError(
                "a decision cannot ramp", field="ramp" if self.ramp else "fade", mend="Leave it out."
            )

    @property
    def code(self) -> int:
        """The option's code."""
        return _options(self.decision)[_option(self.option)]


@dataclass(frozen=True)
class Scale(Timed):
    """Scale a mechanism, or all of a group (``common-rival``), by a strength from 0, off, to 2, double."""

    word: ClassVar[str] = "scale"
    mechanism: str
    strength: float

    def __post_init__(self) -> None:
        mechanisms_of(self.mechanism)
        _number(self.strength, "strength", 0.0, 2.0)
        self.check_time()


@dataclass(frozen=True)
class Cut(Timed):
    """Cut a flow by a share of it; what is cut finds other buyers as far as the model lets it."""

    word: ClassVar[str] = "cut"
    flow: str
    share: float

    def __post_init__(self) -> None:
        _one_of(self.flow, CUTTABLE, "flow that can be cut", "flow")
        _number(self.share, "share", 0.0, 1.0)
        self.check_time()


@dataclass(frozen=True)
class Add(Timed):
    """Add an amount a year to a flow, in its own unit, as far as there is supply and capacity."""

    word: ClassVar[str] = "add"
    flow: str
    amount: float

    def __post_init__(self) -> None:
        _one_of(self.flow, CUTTABLE, "flow that can be added to", "flow")
        _number(self.amount, "amount")
        self.check_time()


@dataclass(frozen=True)
class Line(Timed):
    """Put a line or project at a stage: ``built`` (operating, and then filled by time), ``cancelled`` or any stage."""

    word: ClassVar[str] = "line"
    line: str
    stage: str

    def __post_init__(self) -> None:
        _one_of(self.line, lines().names, "line", "line")
        _one_of(self.stage, WORDS_OF_STAGES, "stage", "stage")
        self.check_time()
        if self.ramp or self.fade:
            raise AmurError(
                "a stage cannot ramp",
                field="ramp" if self.ramp else "fade",
                mend="Leave it out; lines fill by time.",
            )

    @property
    def code(self) -> int:
        """The stage's code."""
        return WORDS_OF_STAGES[self.stage]


@dataclass(frozen=True)
class Capacity(Timed):
    """Multiply the capacity of a line by a factor, or add an amount to it in its own unit (less, if negative).

    It counts as far as the line operates and is filled: one that is not built yet carries nothing all the same.
    """

    word: ClassVar[str] = "capacity"
    line: str
    by: float
    how: str = "multiply"

    def __post_init__(self) -> None:
        _one_of(self.line, lines().names, "line", "line")
        if not lines().capacity[lines().names.index(self.line)]:
            raise AmurError(
                f"'{self.line}' has no capacity that is counted",
                field="line",
                mend="Add to the flow that it would carry.",
            )
        _one_of(self.how, HOWS, "way to change", "how")
        _number(self.by, "by", 0.0 if self.how == "multiply" else -math.inf)
        self.check_time()


@dataclass(frozen=True)
class Freeze:
    """Hold what a mechanism, or all of a group, contributes at what it was in a past quarter, from then on."""

    word: ClassVar[str] = "freeze"
    mechanism: str
    at: str

    def __post_init__(self) -> None:
        mechanisms_of(self.mechanism)
        quarters.number(self.at, last=True, field="at")


type Intervention = Hold | Change | Force | Scale | Cut | Add | Line | Capacity | Freeze

KINDS: dict[str, type[Any]] = {
    kind.word: kind for kind in (Hold, Change, Force, Scale, Cut, Add, Line, Capacity, Freeze)
}
WORDS_OF_STAGES = {name: code for code, name in enumerate(STAGES)} | {"built": OPERATING, "cancelled": 0}


def mechanisms_of(name: str) -> tuple[str, ...]:
    """The mechanisms that a name means: itself, or those of the group."""
    if name in MECHANISMS:
        return (name,)
    found = tuple(each for each, made in MECHANISMS.items() if made.group == name)
    if not found:
        groups = list(dict.fromkeys(made.group for made in MECHANISMS.values()))
        _one_of(name, [*groups, *MECHANISMS], "mechanism or group", "mechanism")
    return found


def as_json(interventions: tuple[Intervention, ...] | list[Intervention]) -> list[dict[str, Any]]:
    """The list as plain objects: ``do`` names the kind; what is at its default is left out."""
    return [
        {"do": each.word}
        | {
            field.name: getattr(each, field.name)
            for field in fields(each)
            if getattr(each, field.name) != field.default
        }
        for each in interventions
    ]


def from_json(plain: list[Mapping[str, Any]]) -> tuple[Intervention, ...]:
    """The list back from plain objects. AmurError names the place and the nearest known name."""
    return tuple(
        made(str(each.get("do", "")), {name: value for name, value in each.items() if name != "do"})
        for each in plain
    )


def made(word: str, values: Mapping[str, Any]) -> Intervention:
    """One intervention from its kind and fields, each checked for its name and type."""
    kind = KINDS[_one_of(word, KINDS, "kind of intervention", "do")]
    declared = {field.name: field for field in fields(kind)}
    for name, value in values.items():
        _one_of(name, declared, f"field of '{word}'", name)
        wanted = str(declared[name].type)
        if wanted == "str" and not isinstance(value, str):
            raise AmurError(
                f"{value!r} is not text", field=name, mend=f'Write it in quotes: {name} = "{value}".'
            )
        if wanted.startswith("float") and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise AmurError(f"{value!r} is not a number", field=name, mend="Write a number without quotes.")
    missing = [name for name, field in declared.items() if field.default is _MISSING and name not in values]
    if missing:
        raise AmurError(
            f"'{word}' lacks {' and '.join(missing)}", field=missing[0], mend=f"Add {missing[0]} = …."
        )
    return kind(**values)  # type: ignore[no-any-return]


def as_toml(interventions: tuple[Intervention, ...] | list[Intervention]) -> str:
    """The list as TOML, one table each, which :mod:`amur.system.scenario_files` reads back."""
    import json

    blocks = []
    for plain in as_json(interventions):
        rows = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in plain.items()]
        blocks.append("\n".join(["[[interventions]]", *rows]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _missing() -> object:
    from dataclasses import MISSING

    return MISSING


_MISSING = _missing()


@cache
def _options(decision: str) -> dict[str, int]:
    return {_option(option.name): int(option) for option in OPTIONS[decision]}


def _option(name: str) -> str:
    return name.lower().replace("_", "-")


def _holdable(name: str) -> Quantity:
    if name in OUTSIDE:
        return OUTSIDE[name]
    if name in QUANTITIES and name not in GIVEN:
        raise AmurError(
            f"'{name}' follows from the others and cannot be held",
            field="quantity",
            mend=f"These can: {', '.join(GIVEN)}, and every forcing.",
        )
    _one_of(name, [*OUTSIDE, *GIVEN], "forcing or state that can be held", "quantity")
    return QUANTITIES[name]


def _one_of[T: (str)](name: T, names: Any, what: str, field: str) -> T:
    known = list(names)
    if name not in known:
        mend = nearest(str(name), known) or f"Known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}."
        raise AmurError(f"there is no {what} named '{name}'", field=field, mend=mend)
    return name


def _number(value: float, field: str, low: float = -math.inf, high: float = math.inf) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < GREAT:
        raise AmurError(f"{value!r} is not a number", field=field, mend="Give a finite number.")
    if not low <= value <= high:
        span = f"from {low:g} to {high:g}" if math.isfinite(high) else f"of at least {low:g}"
        raise AmurError(f"{value:g} is out of range", field=field, mend=f"Give a number {span}.")


def _within(value: float, declared: Quantity, field: str) -> None:
    _number(value, field)
    if not declared.low <= value <= declared.high:
        raise AmurError(
            f"{value:g} {declared.unit} is out of range for '{declared.name}'",
            field=field,
            mend=f"Give a number from {declared.low:g} to {declared.high:g}.",
        )
