"""What the ledger of forecasts asks: a fixed list of targets, each with its question, its dates and how it is resolved.

The list is data (``ledger_targets.toml``). A target is a quantity, a count or an event; each of its periods or windows
is one :class:`Entry` of the ledger, named ``TARGET.PERIOD``. An event's ``TARGET.2027`` asks about the two years to the
end of 2027.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from amur.errors import AmurError, nearest
from amur.record import periods
from amur.record.toml import read_toml
from amur.system.decisions import OPTIONS
from amur.system.forcings import Forcings
from amur.system.lines import STAGES, lines
from amur.system.observables import OBSERVABLES

FILE = Path(__file__).with_name("ledger_targets.toml")
FIRST, LAST = "2026-Q1", "2027-Q4"
YEARS = ("2026", "2027")
QUARTERS = tuple(f"{year}-Q{number}" for year in YEARS for number in range(1, 5))
SOURCES = ("observable", "quarters_of", "total", "outside", "decision", "line", "code")
EVENTS = ("decision", "line", "code")
TYPES = ("quantity", "count", "event")
MODES = ("ever", "end")
PRICE_FLOOR = 1.0  # US$ a barrel, below which prices are as one on the scale of logs

_TEXTS = ("name", "theme", "question", "unit", "series", "coding", "rule", "when", "frequency")
_FIELDS = (*_TEXTS, *SOURCES, "values", "factor")


class Target(NamedTuple):
    """What is asked, whatever the date.

    ``source`` is one of :data:`SOURCES` and ``of`` the names it uses. ``frequency`` is A or Q; an event's is A, its
    window. ``link`` and ``floor`` are the scale on which a forecast is scored. ``codes`` and ``when`` say what counts
    as the event; ``coding`` or ``series`` resolve it, or else ``rule``, by hand. ``factor``: see the file.
    """

    name: str
    theme: str
    question: str
    type: str
    unit: str
    frequency: str
    source: str
    of: tuple[str, ...]
    series: tuple[str, ...] = ()
    link: str = "identity"
    floor: float = 0.0
    codes: tuple[int, ...] = ()
    when: str = ""
    coding: str = ""
    rule: str = ""
    factor: float = 1.0

    @property
    def by_hand(self) -> bool:
        """Whether only a person with a source can resolve it."""
        return self.type == "event" and not self.coding and not self.series

    @property
    def resolution(self) -> str:
        """How it is resolved, in words."""
        if self.by_hand:
            return self.rule
        named = f"coding {self.coding}" if self.coding else f"series {', '.join(self.series)}"
        if self.type != "event":
            if not self.series:
                return "Dated events of the record, counted once the year is over."
            return f"The record's value of {named}."
        time = "in any quarter of the window" if self.when == "ever" else "in the last quarter of the window"
        return f"Yes if {named} has code {' or '.join(map(str, self.codes))} {time}."


class Entry(NamedTuple):
    """One forecast to be made: a target in a period, or over a window that ends with it."""

    target: Target
    period: str

    @property
    def id(self) -> str:
        """Its name in the ledger."""
        return f"{self.target.name}.{self.period}"

    @property
    def quarters(self) -> tuple[str, ...]:
        """The quarters it is about."""
        if self.target.type == "event":
            return tuple(quarter for quarter in QUARTERS if quarter[:4] <= self.period)
        return tuple(quarter for quarter in QUARTERS if quarter.startswith(self.period))

    @property
    def due(self) -> str:
        """The day on which its period is over."""
        return periods.end(self.period).isoformat()


@cache
def targets(path: Path = FILE) -> dict[str, Target]:
    """The targets of a file by name. AmurError names the target and the field that is wrong."""
    _, told = read_toml(path)
    if set(told) != {"target"} or not isinstance(told["target"], list):
        raise AmurError("holds something other than [[target]] tables", file=path)
    made: dict[str, Target] = {}
    for each in told["target"]:
        target = _target(each, path)
        if target.name in made:
            raise AmurError(f"target '{target.name}' stands twice", file=path, field="name")
        made[target.name] = target
    return made


def entries(path: Path = FILE) -> tuple[Entry, ...]:
    """Every forecast to be made, target after target, in time order."""
    return tuple(
        Entry(target, period)
        for target in targets(path).values()
        for period in (YEARS if target.frequency == "A" else QUARTERS)
    )


def _target(told: dict[str, Any], path: Path) -> Target:
    name = told.get("name", "")

    def fault(field: str, problem: str, mend: str = "") -> AmurError:
        return AmurError(f"target '{name}': {problem}", file=path, field=field, mend=mend)

    for field, value in told.items():
        if field not in _FIELDS:
            raise fault(field, "no such field", nearest(field, _FIELDS) or f"Known: {', '.join(_FIELDS)}.")
        if field in _TEXTS and (not isinstance(value, str) or not value.strip()):
            raise fault(field, "is not a text")
    for field in ("name", "theme", "question"):
        if field not in told:
            raise fault(field, "is missing")
    given = [source for source in SOURCES if source in told]
    if len(given) != 1:
        raise fault("name", "needs exactly one source", f"Give one of: {', '.join(SOURCES)}.")
    source = given[0]
    of = tuple(told[source]) if source == "total" else (told[source],)
    known = _known(source)
    for each in of:
        if each not in known:
            raise fault(source, f"no '{each}'", nearest(str(each), known))
    common = {"name": name, "theme": told["theme"], "question": told["question"], "source": source, "of": of}
    series = (told["series"],) if "series" in told else ()
    if source in EVENTS:
        return Target(
            **common, type="event", unit="probability", frequency="A", **_event(told, source, series, fault)
        )
    if source == "outside":
        declared = Forcings._field_defaults[of[0]]
        if not series or told.get("frequency") not in ("A", "Q"):
            raise fault("series", "something from outside needs a series and a frequency (A or Q)")
        scale = {"link": "log", "floor": PRICE_FLOOR, "unit": declared.unit, "frequency": told["frequency"]}
        return Target(**common, type="quantity", series=series, **scale)
    made = [OBSERVABLES[each] for each in of]
    if source == "quarters_of" and (not series or made[0].frequency != "A"):
        raise fault("series", "quarters of a year need the quarterly series that resolves them")
    unit = told.get("unit", made[0].unit)
    scale = {
        "link": "identity" if made[0].link == "count" else made[0].link,
        "floor": made[0].floor,
        "unit": unit,
    }
    scale["frequency"] = "Q" if source == "quarters_of" else made[0].frequency
    whole = tuple(dict.fromkeys(name for each in made for name in each.series))
    kind = "count" if made[0].link == "count" else "quantity"
    return Target(**common, type=kind, series=series or whole, factor=float(told.get("factor", 1.0)), **scale)


def _known(source: str) -> tuple[str, ...]:
    if source == "decision":
        return tuple(OPTIONS)
    if source == "line":
        return tuple(row.line for row in lines().rows)
    return Forcings._fields if source == "outside" else tuple(OBSERVABLES)


def _event(told: dict[str, Any], source: str, series: tuple[str, ...], fault: Any) -> dict[str, Any]:
    """What counts as the event and how it is resolved."""
    names: tuple[str, ...] = STAGES if source == "line" else ()
    if source == "decision":
        names = tuple(option.name.lower() for option in OPTIONS[told[source]])
    values = told.get("values")
    if not isinstance(values, list) or not values:
        raise fault("values", "an event needs the values that count")
    for value in values:
        if names and value not in names:
            raise fault(
                "values", f"no value '{value}'", nearest(str(value), names) or f"Known: {', '.join(names)}."
            )
        if not names and (isinstance(value, bool) or not isinstance(value, int)):
            raise fault("values", f"'{value}' is not a code")
    if told.get("when") not in MODES:
        raise fault("when", "says when it counts", f"Choose one of: {', '.join(MODES)}.")
    coding = told.get("coding", "")
    if source == "line":
        row = next(row for row in lines().rows if row.line == told[source])
        if not row.coding:
            raise fault("line", "has no coding in the record that could resolve it")
        coding = f"project-stage.{row.coding}"
    rule = told.get("rule", "")
    if bool(coding) + bool(series) + bool(rule) != 1:
        raise fault("rule", "needs one way to be resolved", "Give a coding, a series or a rule.")
    codes = tuple(names.index(value) if names else value for value in values)
    return {"codes": codes, "when": told["when"], "coding": coding, "rule": rule, "series": series}


__all__ = ["FILE", "FIRST", "LAST", "QUARTERS", "YEARS", "Entry", "Target", "entries", "targets"]
