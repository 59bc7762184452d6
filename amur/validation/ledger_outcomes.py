"""What the record, or a user's table, tells of the targets of the ledger: past values, codes by quarter, outcomes."""

from __future__ import annotations

import datetime as dt
import math
import re
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from amur.errors import AmurError, nearest
from amur.record import periods, schema
from amur.record.coded.codings import Coding, codings
from amur.record.read import read_table
from amur.system.decisions import Decisions
from amur.system.history import history
from amur.system.observables import OBSERVABLES
from amur.validation.ledger_targets import FIRST, Entry, Target, targets

if TYPE_CHECKING:
    from amur.record import Record

type Values = dict[str, float]
type Codes = dict[str, int]

LARGEST_COUNT = 1000


class Outcome(NamedTuple):
    """What came: a value in the unit of the target (an event: 1 or 0), when it was settled, and the source."""

    id: str
    value: float
    date: str
    source: str


def values(record: Record, target: Target) -> Values:
    """What the record has of a quantity or count, by year or quarter, in the unit of the target.

    Values of shorter periods are averaged. Of a total only the periods that all its parts have are there.
    """
    if target.source in ("outside", "quarters_of"):
        return dict(record.timeseries(target.series[0]).values)
    parts = [_observed(record, name, target.frequency) for name in target.of]
    common = set(parts[0]).intersection(*parts[1:])
    return {period: sum(part[period] for part in parts) for period in sorted(common)}


def _observed(record: Record, name: str, frequency: str) -> Values:
    found: dict[str, list[float]] = {}
    for period, value in OBSERVABLES[name].read(record).items():
        short = periods.frequency_of(period) != frequency
        found.setdefault(periods.inside(period, frequency) if short else period, []).append(value)
    return {period: float(np.mean(each)) for period, each in found.items()}


def codes(record: Record, target: Target) -> Codes:
    """The code in force by quarter, by the coding or series that resolves an event; of one resolved by hand, what the
    model's history has."""
    if target.coding:
        return _coded(record)[target.coding].codes()
    if target.series:
        return {quarter: int(value) for quarter, value in record.timeseries(target.series[0]).values.items()}
    quarters, labels = history(record)
    column = np.asarray(quarters.fixed)[:, Decisions._fields.index(target.of[0])]
    return dict(zip(labels, map(int, column), strict=True))


_kept: dict[int, dict[str, Coding]] = {}


def _coded(record: Record) -> dict[str, Coding]:
    """The codings of a record, made once: every event asks for them."""
    if id(record) not in _kept:
        _kept[id(record)] = codings(record)
        weakref.finalize(record, _kept.pop, id(record), None)
    return _kept[id(record)]


def known_after_2025(record: Record) -> list[str]:
    """The series and codings of the targets that already hold something of 2026 or later."""
    found: dict[str, None] = {}
    for target in targets().values():
        if target.by_hand:
            continue
        held = codes(record, target) if target.type == "event" else values(record, target)
        if any(period >= FIRST[:4] for period in held):
            found |= dict.fromkeys([target.coding] if target.coding else target.series or [target.name])
    return list(found)


def outcome(record: Record, entry: Entry, day: dt.date) -> Outcome | None:
    """What the record tells of a forecast on a day, or None while it is open.

    A period counts once it is over. An event that has come is settled at once, one that has not when every quarter
    of its window is coded. Events that the record counts itself wait until it holds one of a later year.
    """
    target = entry.target
    if target.by_hand:
        return None
    if target.type == "event":
        return _settled(entry, codes(record, target), day)
    if dt.date.fromisoformat(entry.due) > day:
        return None
    if not target.series and not any(event.date > entry.due for event in record.events):
        return None
    value = values(record, target).get(entry.period)
    if value is None or not math.isfinite(value):
        return None
    return Outcome(entry.id, value, entry.due, ", ".join(target.series) or "events of the record")


def _settled(entry: Entry, coded: Codes, day: dt.date) -> Outcome | None:
    target, window = entry.target, entry.quarters
    known = {q: coded[q] in target.codes for q in window if q in coded and periods.start(q) <= day}
    source = target.coding or target.series[0]
    came = next((quarter for quarter in window if known.get(quarter)), None)
    if target.when == "ever" and came:
        return Outcome(entry.id, 1.0, min(periods.end(came), day).isoformat(), source)
    if dt.date.fromisoformat(entry.due) > day or window[-1] not in known:
        return None
    if target.when == "end":
        return Outcome(entry.id, float(known[window[-1]]), entry.due, source)
    return Outcome(entry.id, 0.0, entry.due, source) if len(known) == len(window) else None


class _Row(NamedTuple):
    target: str
    value: float
    date: str
    source: str


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"'{text}' is not a day; write 2027-01-18")
    periods.parse_date(text)
    return text


TABLE = schema.Table(
    "outcomes",
    _Row,
    {"target": schema.text, "value": schema.number, "date": _day, "source": schema.text},
    ("target",),
)


def read_outcomes(path: Path, asked: dict[str, Entry], day: dt.date) -> dict[str, Outcome]:
    """The outcomes in a CSV file (target, value, date, source) by forecast.

    AmurError names file, line and field of a row that does not fit: an unknown forecast, a value that the target
    cannot have, a day before the period is over (or, of an event that came, before it could), or after ``day``.
    """
    found = {}
    for line, row in read_table(path, TABLE):

        def fault(field: str, problem: str, mend: str = "", line: int = line) -> AmurError:
            return AmurError(problem, file=path, line=line, field=field, mend=mend)

        if row.target not in asked:
            raise fault(
                "target", f"the ledger has no forecast '{row.target}'", nearest(row.target, list(asked))
            )
        entry = asked[row.target]
        if wrong := _impossible(entry.target, row.value):
            raise fault("value", f"{row.value:g} {wrong}")
        early = entry.target.type == "event" and entry.target.when == "ever" and row.value == 1.0
        first = periods.start(entry.quarters[0]).isoformat() if early else entry.due
        if row.date < first:
            raise fault("date", f"{row.date} is too early to know", f"Not before {first}.")
        if row.date > day.isoformat():
            raise fault("date", f"{row.date} is after {day}", "Give a later --as-of, or wait.")
        found[row.target] = Outcome(row.target, row.value, row.date, row.source)
    return found


def _impossible(target: Target, value: float) -> str:
    """Why a target cannot have a value, or nothing."""
    if target.type == "event":
        return "" if value in (0.0, 1.0) else "is neither 1 (it came) nor 0 (it did not)"
    if target.type == "count":
        return "" if value == int(value) and 0 <= value <= LARGEST_COUNT else "is not a count"
    if target.link == "logit":
        return "" if 0 <= value <= 1 else "is not a share from 0 to 1"
    return "is negative" if target.link == "log" and value < 0 else ""
