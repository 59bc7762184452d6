"""The ladder of alignment, after Korolev: an ordinal scale whose every rung names the dated events behind it.

The criteria, the events and both views of what is contested are data (``data/ladder.toml``), checked on load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from amur.errors import AmurError, nearest
from amur.record import periods
from amur.record.measures.answers import Answer
from amur.record.measures.points import counted
from amur.record.measures.registry import Measure, declare
from amur.record.record import DATA, Record
from amur.record.schema import Event
from amur.record.timeseries import Point
from amur.record.toml import read_toml

RULES = DATA / "ladder.toml"
FIRST = "1992-Q1"
STAGES = ("none", "early", "moderate", "deep")

Status = Literal["met", "contested", "not met"]


# The rules as data


@dataclass(frozen=True)
class Justification:
    """An event that meets a criterion, and why."""

    event: str
    why: str


@dataclass(frozen=True)
class Contested:
    """An event that some hold to meet a criterion: the view that it does, and the view that it does not."""

    event: str
    view: str
    counterview: str


@dataclass(frozen=True)
class Awaited:
    """What would justify a rung, with an event of another dyad as example where the record has one."""

    what: str
    example: str = ""


@dataclass(frozen=True)
class Rung:
    """One rung: its criterion, and what meets it, contests it, ends it or is still awaited."""

    rung: int
    stage: str
    name: str
    criterion: str
    events: tuple[Justification, ...]
    needs: int = 1
    within_years: int | None = None
    contested: tuple[Contested, ...] = ()
    ended: tuple[Justification, ...] = ()
    awaits: tuple[Awaited, ...] = ()


@dataclass(frozen=True)
class Rules:
    """The ladder of one dyad: rungs from the lowest to the highest."""

    dyad: str
    about: str
    literature: str
    rungs: tuple[Rung, ...]
    file: str = ""

    def names(self) -> Iterator[tuple[str, str]]:
        """Every event the rules name, with the field it stands in."""
        for rung in self.rungs:
            yield from ((one.event, "event") for one in (*rung.events, *rung.ended))
            yield from ((one.event, "event") for one in rung.contested)
            for awaited in rung.awaits:
                if awaited.example:
                    yield awaited.example, "example"


@cache
def read_rules(path: Path = RULES) -> Rules:
    """The rules of a ladder file. AmurError names file, line, field and mend of the first fault."""
    text, raw = read_toml(path)
    reader = _Reader(path, text)
    rungs = reader.rungs(raw)
    return Rules(
        reader.text_of(raw, "dyad"),
        reader.text_of(raw, "about"),
        reader.text_of(raw, "literature"),
        rungs,
        str(path),
    )


@dataclass(frozen=True)
class _Reader:
    """Turns TOML tables into rules and says where a fault is."""

    path: Path
    text: str

    def fault(self, problem: str, field: str, mend: str, near: str = "") -> AmurError:
        return AmurError(problem, file=self.path, line=self.line_of(near or field), field=field, mend=mend)

    def line_of(self, words: str) -> int | None:
        found = self.text.find(words)
        return self.text.count("\n", 0, found) + 1 if found >= 0 else None

    def text_of(self, table: dict[str, Any], key: str, near: str = "") -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"'{key}' is missing or not a text", key, f'Write {key} = "…".', near)
        return value

    def whole(self, table: dict[str, Any], key: str, default: int | None, near: str) -> int | None:
        value = table.get(key, default)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.fault(f"'{key}' is not a whole number above 0", key, f"Write {key} = 1 or more.", near)
        return value

    def tables(self, table: dict[str, Any], key: str, near: str = "") -> list[dict[str, Any]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault(f"'{key}' is not a list of tables", key, f"Write {key} = [{{ … }}].", near)
        return value

    def rungs(self, raw: dict[str, Any]) -> tuple[Rung, ...]:
        tables = self.tables(raw, "rung")
        if not tables:
            raise self.fault("there is no rung", "rung", "Write at least one [[rung]].")
        return tuple(self.rung(number, table) for number, table in enumerate(tables, 1))

    def rung(self, number: int, table: dict[str, Any]) -> Rung:
        near = f"rung = {table.get('rung')}"
        if table.get("rung") != number:
            raise self.fault(
                f"rung {number} is numbered {table.get('rung')}",
                "rung",
                "Number the rungs 1, 2, 3 … in order.",
                near,
            )
        stage = self.text_of(table, "stage", near)
        if stage not in STAGES[1:]:
            raise self.fault(f"'{stage}' is no stage", "stage", f"Write one of {', '.join(STAGES[1:])}.", near)
        unknown = sorted(set(table) - set(Rung.__dataclass_fields__))
        if unknown:
            hint = nearest(unknown[0], list(Rung.__dataclass_fields__))
            raise self.fault(
                f"'{unknown[0]}' is not a field of a rung",
                unknown[0],
                hint or "Leave it out.",
            )
        pairs = {
            key: tuple(
                Justification(self.text_of(one, "event", near), self.text_of(one, "why", near))
                for one in self.tables(table, key, near)
            )
            for key in ("events", "ended")
        }
        contested = tuple(
            Contested(*(self.text_of(one, key, near) for key in ("event", "view", "counterview")))
            for one in self.tables(table, "contested", near)
        )
        awaits = tuple(
            Awaited(self.text_of(one, "what", near), str(one.get("example", "")))
            for one in self.tables(table, "awaits", near)
        )
        return Rung(
            number,
            stage,
            self.text_of(table, "name", near),
            self.text_of(table, "criterion", near),
            pairs["events"],
            self.whole(table, "needs", 1, near) or 1,
            self.whole(table, "within_years", None, near),
            contested,
            pairs["ended"],
            awaits,
        )


def check_rules(rules: Rules, record: Record) -> None:
    """Every event named must be in the record (before any cut). AmurError at the first that is not."""
    known = {event.event for event in record.tables.events}
    for name, where in rules.names():
        if name not in known:
            path = Path(rules.file)
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            hint = nearest(name, sorted(known))
            raise AmurError(
                f"the event '{name}' is not in the record",
                file=rules.file,
                line=text.count("\n", 0, text.find(f'"{name}"')) + 1 if f'"{name}"' in text else None,
                field=where,
                mend=hint or "See `amur record events`.",
            )


# The ladder through time


@dataclass(frozen=True)
class RungState:
    """One rung at the end of a period: its status, the events behind it, and what is contested or awaited."""

    rung: int
    stage: str
    name: str
    criterion: str
    status: Status
    since: str
    events: tuple[Justification, ...]
    contested: tuple[Contested, ...]
    awaits: tuple[Awaited, ...]


@dataclass(frozen=True)
class LadderState(Answer):
    """The ladder at the end of a period.

    ``rung`` counts what is met (strict); ``wide`` also counts what is contested. 0 is below the first rung.
    """

    period: str
    rung: int
    stage: str
    wide: int
    wide_stage: str
    rungs: tuple[RungState, ...] = field(repr=False)

    def justified_by(self, wide: bool = False) -> tuple[str, ...]:
        """The events that justify the rungs reached, lowest rung first."""
        reached = [state for state in self.rungs if state.rung <= (self.wide if wide else self.rung)]
        names = [one.event for state in reached for one in state.events]
        if wide:
            names += [one.event for state in reached for one in state.contested]
        return tuple(dict.fromkeys(names))


def ladder_at(record: Record, period: str, rules: Rules | None = None) -> LadderState:
    """The ladder at the end of a year, quarter or month, by the events dated up to it (and to the cut)."""
    rules = rules or read_rules()
    check_rules(rules, record)
    return _state(rules, _named(rules, record), period)


def ladder(record: Record, frequency: str = "Q", rules: Rules | None = None) -> tuple[LadderState, ...]:
    """The ladder by quarter (``Q``) or year (``A``), 1992 to the last period that had ended by the cut."""
    rules = rules or read_rules()
    check_rules(rules, record)
    events = _named(rules, record)
    return tuple(_state(rules, events, period) for period in _periods(record, frequency))


def _named(rules: Rules, record: Record) -> dict[str, Event]:
    """The events that the rules name, as far as they are known in the record."""
    return {name: record.event[name] for name, _ in rules.names() if name in record.event}


def _periods(record: Record, frequency: str) -> list[str]:
    first = periods.ordinal(periods.inside(FIRST, frequency))
    if record.as_of is None:
        last = periods.ordinal(periods.inside(record.events[-1].date[:7], frequency))
    else:
        day_after = record.as_of + dt.timedelta(days=1)
        last = periods.ordinal(periods.inside(day_after.isoformat()[:7], frequency)) - 1
    return [periods.from_ordinal(number, frequency) for number in range(first, last + 1)]


def _state(rules: Rules, events: dict[str, Event], period: str) -> LadderState:
    end = periods.end(period)
    happened = {name: event for name, event in events.items() if periods.end(event.date) <= end}
    states = tuple(_rung_state(rung, happened) for rung in rules.rungs)
    strict = _reached(states, ("met",))
    wide = _reached(states, ("met", "contested"))
    return LadderState(period, strict, _stage(states, strict), wide, _stage(states, wide), states)


def _reached(states: tuple[RungState, ...], enough: tuple[Status, ...]) -> int:
    """The highest rung up to which every one is good enough."""
    for state in states:
        if state.status not in enough:
            return state.rung - 1
    return len(states)


def _stage(states: tuple[RungState, ...], rung: int) -> str:
    return states[rung - 1].stage if rung else STAGES[0]


def _rung_state(rung: Rung, happened: dict[str, Event]) -> RungState:
    shown = tuple(one for one in rung.events if one.event in happened)
    contested = tuple(one for one in rung.contested if one.event in happened)
    since = _met_since(rung, happened)
    status: Status = "met" if since else "contested" if contested else "not met"
    begun = since or min((happened[one.event].date for one in contested), default="")
    return RungState(
        rung.rung,
        rung.stage,
        rung.name,
        rung.criterion,
        status,
        begun,
        shown,
        contested,
        () if status == "met" else rung.awaits,
    )


def _met_since(rung: Rung, happened: dict[str, Event]) -> str:
    """The date from which the criterion is met and has not ended since, or an empty text."""
    ends = [happened[one.event].date for one in rung.ended if one.event in happened]
    dates = sorted(
        date
        for one in rung.events
        if one.event in happened and (date := happened[one.event].date) > max(ends, default="")
    )
    for last in range(rung.needs - 1, len(dates)):
        first = dates[last - rung.needs + 1]
        apart = periods.start(dates[last]) - periods.start(first)
        if rung.within_years is None or apart.days <= 365.25 * rung.within_years:
            return dates[last]
    return ""


# As measures


def _points(record: Record, frequency: str, wide: bool) -> Iterable[Point]:
    for state in ladder(record, frequency):
        names = state.justified_by(wide)
        rung = state.wide if wide else state.rung
        note = (
            f"{state.wide_stage if wide else state.stage}: {', '.join(names)}"
            if names
            else "no criterion met in order"
        )
        yield counted(state.period, float(rung), [record.event[name] for name in names], note)


DEFINITION = (
    "Highest rung of the ladder of alignment up to which every criterion is met at the end of the quarter: "
    "1 confidence-building measures, 2 regular consultation, 3 military-technical cooperation, 4 regular joint "
    "exercises, 5 joint command, 6 joint deployment or exchange of bases, 7 common defence policy; 0 below. "
    "The note names the events. An ordinal scale: distances between rungs mean nothing. "
)
LITERATURE = (
    "Korolev 2019, International Politics, doi 10.1057/s41311-019-00178-8; Korolev 2022, Amsterdam University "
    "Press; Korolev 2024, European Journal of International Security"
)


def _rung(name: str, title: str, counts: str, formula: str, wide: bool) -> Measure:
    return declare(
        name=name,
        title=f"Rung on the ladder of alignment, {title}",
        unit="rung 0-7",
        dimension="security",
        frequency="Q",
        definition=f"{DEFINITION}Contested fulfilment {counts}.",
        formula=f"number of criteria {formula} in unbroken order from the first, by the events of ladder.toml",
        literature=LITERATURE,
        dyads=["CHN-RUS"],
        claims=("T13", "R9", "B1"),
    )(lambda record, dyad: _points(record, "Q", wide))


alignment_rung = _rung("alignment.rung", "strict", "does not count", "met", wide=False)
alignment_rung_wide = _rung(
    "alignment.rung-wide", "contested fulfilment counted", "counts", "met or contested", wide=True
)
