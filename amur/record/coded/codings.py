"""Coded decisions: what each side chose, quarter by quarter, by a written rule from the dated events.

The rules and judgements are data (``data/codings.toml``, explained in ``docs/codings.md``). A user may
put any of them right in a CSV file; what comes from there says so in the ``origin`` of its points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

from amur.errors import AmurError, nearest
from amur.record import periods, schema
from amur.record.coded import evidence
from amur.record.coded import rules as coding_rules
from amur.record.coded.rules import ACTS, REFERENCE, RULES, VIEW, Change, Definition, Rule, Rules
from amur.record.read import read_table
from amur.record.record import Record
from amur.record.schema import Source
from amur.record.timeseries import Point, TimeSeries

Reading = Literal["main", "lower", "higher"]
"""The coding as it is, or with every contested value taken that is lower, or higher."""


class Coded(NamedTuple):
    """One quarter of a decision: its value and code, the events and sources it rests on, the reason, and the
    file of the user's that set it (empty: built in).

    ``lower`` and ``higher`` are the codes when contested values are taken, ``contested`` is the other value
    and ``why`` its reason. ``acts`` counts the acts of the quarter in the lower, main and higher reading.
    """

    quarter: str
    value: str
    code: int
    events: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reason: str = ""
    origin: str = ""
    lower: int = 0
    higher: int = 0
    contested: str = ""
    why: str = ""
    acts: tuple[int, int, int] = (0, 0, 0)


class Contested(NamedTuple):
    """An interval for which another value may be held: from, until, the coded and the other value, and why."""

    first: str
    last: str
    value: str
    other: str
    why: str


class Override(NamedTuple):
    """A user's own value for a decision in a quarter or a range of quarters, and why."""

    decision: str
    quarter: str
    value: str
    reason: str


@dataclass(frozen=True)
class Coding:
    """A decision coded by quarter, as far as its events are known in a record.

    ``values`` are in order, the first is the base; ``changes`` are the judgements that are known, ``rule``
    says how they were made, ``claims`` which claims they serve. ``quarters`` holds every coded quarter.
    """

    name: str
    title: str
    kind: str
    convention: str
    values: tuple[str, ...]
    claims: tuple[str, ...]
    rule: Rule
    changes: tuple[Change, ...]
    quarters: dict[str, Coded]
    unit: str
    sources: dict[str, Source] = field(default_factory=dict, repr=False)
    of: str = ""

    def at(self, quarter: str) -> Coded:
        """The coding of a quarter. AmurError where it is not coded (outside the time, or after a cut)."""
        if quarter not in self.quarters:
            known = list(self.quarters)
            mend = (
                f"Ask for a quarter from {known[0]} to {known[-1]}."
                if known
                else "Cut the record at a later day."
            )
            raise AmurError(f"{self.name} is not coded for '{quarter}'", field="quarter", mend=mend)
        return self.quarters[quarter]

    @property
    def latest(self) -> Coded | None:
        """The last coded quarter, or None after a cut before the first."""
        return next(reversed(self.quarters.values()), None)

    def codes(self, reading: Reading = "main") -> dict[str, int]:
        """Code by quarter, as coded or with the lower or higher contested values taken."""
        name = "code" if reading == "main" else reading
        return {quarter: getattr(coded, name) for quarter, coded in self.quarters.items()}

    @property
    def contested(self) -> tuple[Contested, ...]:
        """The intervals for which another value may be held, in time order."""
        groups = groupby(self.quarters.values(), key=lambda q: (q.contested, q.why, q.value))
        spans = [(key, list(group)) for key, group in groups if key[0]]
        return tuple(Contested(g[0].quarter, g[-1].quarter, key[2], key[0], key[1]) for key, g in spans)

    @property
    def origins(self) -> tuple[str, ...]:
        """Names of the files and overlays that any quarter rests on."""
        return tuple(dict.fromkeys(coded.origin for coded in self.quarters.values() if coded.origin))

    def series(self, reading: Reading = "main") -> TimeSeries:
        """The codes as a quarterly series, unit 'code 0-n'; the value and its reason stand in each note."""
        suffix = "" if reading == "main" else f".{reading}"
        codes = self.codes(reading)
        points = tuple(
            Point(q.quarter, codes[q.quarter], q.sources, _note(self.values[codes[q.quarter]], q), q.origin)
            for q in self.quarters.values()
        )
        return self._series(f"decision.{self.name}{suffix}", self.title, self.unit, points, self.definition)

    def count(self, reading: Reading = "main") -> TimeSeries:
        """Acts of any value above the first since the start, cumulative count. AmurError for a decision that
        is a state and not a list of acts."""
        if self.kind != ACTS:
            raise AmurError(f"{self.name} is coded as a state, not as acts", mend="Use its series.")
        place = ("lower", "main", "higher").index(reading)
        suffix = "" if reading == "main" else f".{reading}"
        total, points = 0, []
        for q in self.quarters.values():
            total += q.acts[place]
            points.append(Point(q.quarter, total, q.sources, q.reason if q.acts[place] else "", q.origin))
        title = f"{self.title}, cumulative count"
        about = f"Number of acts coded above '{self.values[0]}' since the first quarter. {self.definition}"
        return self._series(f"decision.{self.name}.count{suffix}", title, "count", tuple(points), about)

    @property
    def definition(self) -> str:
        """The legend of the codes and the rule in one text."""
        parts = [
            self.rule.asks,
            f"Codes: {coding_rules.labels(self.values)}.",
            self.rule.counts,
            self.rule.ties,
        ]
        return " ".join(part for part in parts if part)

    def _series(
        self, name: str, title: str, unit: str, points: tuple[Point, ...], definition: str
    ) -> TimeSeries:
        return TimeSeries(
            name, title, unit, "Q", definition, points, kind="coded", role="decision", sources=self.sources
        )

    def as_json(self) -> dict[str, Any]:
        """Everything about the coding, ready for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "kind": self.kind,
            "unit": self.unit,
            "values": list(self.values),
            "claims": list(self.claims),
            "rule": self.rule._asdict(),
            "changes": [
                change._asdict() | {"contested": change.contested._asdict() if change.contested else None}
                for change in self.changes
            ],
            "contested": [span._asdict() for span in self.contested],
            "quarters": [coded._asdict() for coded in self.quarters.values()],
            "overlays": list(self.origins),
        }


def _note(value: str, coded: Coded) -> str:
    """The label, the reason and what is contested, for the note of a point."""
    reason = f": {coded.reason}" if coded.reason else ""
    contested = f" (contested: {coded.contested}. {coded.why})" if coded.contested else ""
    return f"{value}{reason}{contested}"


def codings(
    record: Record, overrides: Path | None = None, *, user: bool = True, rules: Path = RULES
) -> dict[str, Coding]:
    """All coded decisions by name, as far as their events are known in the record.

    ``overrides`` is a CSV file (decision, quarter or range 2022-Q1..2022-Q4, value, reason) whose rows take
    precedence; without one the user's own ``codings.csv`` is honoured unless ``user`` is false. AmurError
    names file, line, field and mend of a broken rule, judgement or override.
    """
    declared = coding_rules.read(rules)
    evidence.check_against(declared, record)
    last = declared.last
    if record.as_of is not None:
        last = min(last, periods.inside(record.as_of.isoformat()[:7], "Q"))
    time = coding_rules.quarters(declared.first, last) if last >= declared.first else []
    chosen = _overrides(declared, overrides if overrides is not None else _users_file() if user else None)
    result: dict[str, Coding] = {}
    for name, definition in declared.definitions.items():
        if definition.kind == VIEW:
            result[name] = _viewed(definition, result[definition.of])
            continue
        known = tuple(change for change in definition.changes if _is_known(record, change))
        if definition.kind == REFERENCE:
            quarters = _referred(record, definition, time)
        else:
            quarters = {q: _coded(record, definition, known, q) for q in time}
        for quarter, (row, origin) in chosen.get(name, {}).items():
            if quarter in quarters:
                quarters[quarter] = _overridden(definition, row, quarter, origin)
        result[name] = _coding(record, definition, known, quarters)
    return result


def _coding(
    record: Record, definition: Definition, changes: tuple[Change, ...], quarters: dict[str, Coded]
) -> Coding:
    return Coding(
        definition.name,
        definition.title,
        definition.kind,
        definition.convention,
        definition.values,
        definition.claims,
        definition.rule,
        changes,
        quarters,
        definition.unit,
        record.sources,
        definition.of,
    )


def _is_known(record: Record, change: Change) -> bool:
    """Whether everything a change rests on is known in the record as it is cut."""
    return all(event in record.event for event in change.events) and all(
        record.timeseries(series).at(period) is not None for series, period in change.observations
    )


def _coded(record: Record, definition: Definition, known: tuple[Change, ...], quarter: str) -> Coded:
    if definition.kind == ACTS:
        return _acts(record, definition, [change for change in known if change.quarter == quarter], quarter)
    change = next((change for change in reversed(known) if change.quarter <= quarter), None)
    if change is None:
        return Coded(quarter, definition.values[0], 0, reason="no change coded yet")
    code = definition.code(change.value)
    other = change.contested
    if other and other.until and quarter > other.until:
        other = None
    taken = definition.code(other.value) if other else code
    return Coded(
        quarter,
        change.value,
        code,
        change.events,
        *_evidence(record, (change,)),
        lower=min(code, taken),
        higher=max(code, taken),
        contested=other.value if other else "",
        why=other.why if other else "",
    )


def _acts(record: Record, definition: Definition, acts: list[Change], quarter: str) -> Coded:
    """The highest act of a quarter; acts weighed and left uncounted show in the other readings."""
    if not acts:
        return Coded(quarter, definition.values[0], 0)
    main = [definition.code(act.value) for act in acts]
    other = [definition.code(act.contested.value if act.contested else act.value) for act in acts]
    lower = [min(pair) for pair in zip(main, other, strict=True)]
    higher = [max(pair) for pair in zip(main, other, strict=True)]
    level = max(main)
    taken = max(lower) if max(lower) != level else max(higher)
    why = "; ".join(act.contested.why for act in acts if act.contested) if taken != level else ""
    return Coded(
        quarter,
        definition.values[level],
        level,
        tuple(event for act in acts for event in act.events),
        *_evidence(record, acts),
        lower=max(lower),
        higher=max(higher),
        contested=definition.values[taken] if taken != level else "",
        why=why,
        acts=(_above(lower), _above(main), _above(higher)),
    )


def _above(codes: list[int]) -> int:
    return sum(code > 0 for code in codes)


def _evidence(record: Record, changes: list[Change] | tuple[Change, ...]) -> tuple[tuple[str, ...], str, str]:
    """Sources, reasons and overlays of the events and observations that changes rest on."""
    events = [record.event[name] for change in changes for name in change.events]
    points = [
        point
        for change in changes
        for series, period in change.observations
        if (point := record.timeseries(series).at(period))
    ]
    sources = [event.source for event in events] + [name for point in points for name in point.sources]
    origins = [event.origin for event in events] + [point.origin for point in points]
    return (
        tuple(dict.fromkeys(sources)),
        " ".join(change.reason for change in changes),
        ";".join(dict.fromkeys(origin for origin in origins if origin)),
    )


def _referred(record: Record, definition: Definition, time: list[str]) -> dict[str, Coded]:
    """The codes of a series that the record carries, named."""
    result = {}
    for point in record.timeseries(definition.of).points:
        code = int(point.value)
        if code != point.value or not 0 <= code < len(definition.values):
            raise AmurError(
                f"{definition.of} is {point.value:g} in {point.period}, which is no code",
                file=point.origin or None,
                field="value",
                mend=f"Write one of {coding_rules.labels(definition.values)}.",
            )
        if point.period in time:
            value = definition.values[code]
            result[point.period] = Coded(
                point.period, value, code, (), point.sources, point.note, point.origin, code, code
            )
    return result


def _viewed(definition: Definition, base: Coding) -> Coding:
    """A coarser reading of another coding."""
    join = {base.values.index(old): definition.code(new) for old, new in definition.join}

    def seen(q: Coded) -> Coded:
        code, lower, higher = join[q.code], join[q.lower], join[q.higher]
        other = lower if lower != code else higher
        return q._replace(
            value=definition.values[code],
            code=code,
            lower=lower,
            higher=higher,
            contested=definition.values[other] if other != code else "",
            why=q.why if other != code else "",
        )

    return replace(
        base,
        name=definition.name,
        title=definition.title,
        kind=VIEW,
        values=definition.values,
        unit=definition.unit,
        quarters={quarter: seen(q) for quarter, q in base.quarters.items()},
        of=definition.of,
    )


# The user's own codings

ONE_OR_RANGE = re.compile(r"(\d{4}-Q[1-4])(?:\.\.(\d{4}-Q[1-4]))?")


def _quarters_text(value: str) -> str:
    if not (match := ONE_OR_RANGE.fullmatch(value)):
        raise ValueError(f"'{value}' is not a quarter; write 2022-Q1, or 2022-Q1..2022-Q4 for a range")
    if match[2] and match[2] < match[1]:
        raise ValueError(f"'{value}' ends before it begins; write the earlier quarter first")
    return value


OVERRIDES = schema.Table(
    "codings",
    Override,
    {
        "decision": schema.identifier,
        "quarter": _quarters_text,
        "value": schema.text,
        "reason": schema.text,
    },
    ("decision", "quarter"),
)


def check_user_file(path: Path, rules: Path = RULES) -> int:
    """Check a file of the user's own codings; the number of quarters it sets. AmurError where it is broken."""
    return sum(len(rows) for rows in _overrides(coding_rules.read(rules), path).values())


def _users_file() -> Path | None:
    """The user's ``codings.csv`` in the data directory, if there is one."""
    from amur.record.own import overlay

    path = overlay.codings_file()
    return path if path.exists() else None


def _overrides(declared: Rules, path: Path | None) -> dict[str, dict[str, tuple[Override, str]]]:
    """By decision and quarter, the user's row and the name of the file."""
    result: dict[str, dict[str, tuple[Override, str]]] = {}
    lines: dict[tuple[str, str], int] = {}
    for line, row in read_table(path, OVERRIDES) if path else []:
        definition = declared.definitions.get(row.decision)
        if definition is None:
            raise AmurError(
                f"there is no coded decision '{row.decision}'",
                file=path,
                line=line,
                field="decision",
                mend=_mend(row.decision, list(declared.definitions)),
            )
        if definition.kind == VIEW:
            raise AmurError(
                f"'{row.decision}' is read from {definition.of}",
                file=path,
                line=line,
                field="decision",
                mend=f"Set {definition.of} instead.",
            )
        if row.value not in definition.values:
            hint = nearest(row.value, definition.values)
            raise AmurError(
                f"'{row.value}' is not a value of {row.decision}",
                file=path,
                line=line,
                field="value",
                mend=f"Write one of {', '.join(definition.values)}. {hint}".rstrip(),
            )
        for quarter in _quarters_of(row.quarter):
            where: dict[str, Any] = {"file": path, "line": line, "field": "quarter"}
            if not declared.first <= quarter <= declared.last:
                raise AmurError(
                    f"{quarter} is outside the coded time",
                    **where,
                    mend=f"Write quarters from {declared.first} to {declared.last}.",
                )
            if (row.decision, quarter) in lines:
                other = lines[row.decision, quarter]
                raise AmurError(
                    f"{quarter} is already set on line {other}", **where, mend="Let the ranges not overlap."
                )
            lines[row.decision, quarter] = line
            result.setdefault(row.decision, {})[quarter] = (row, path.name if path else "")
    return result


def _quarters_of(text: str) -> list[str]:
    first, _, last = text.partition("..")
    return coding_rules.quarters(first, last or first)


def _mend(word: str, known: list[str]) -> str:
    hint = nearest(word, known)
    return hint or f"There are {', '.join(known)}."


def _overridden(definition: Definition, row: Override, quarter: str, origin: str) -> Coded:
    """A user's value: nothing contested in it, no source but the user."""
    code = definition.code(row.value)
    acts = (int(code > 0),) * 3 if definition.kind == ACTS else (0, 0, 0)
    return Coded(quarter, row.value, code, (), (), row.reason, origin, code, code, acts=acts)


def coding(record: Record, name: str, overrides: Path | None = None, *, user: bool = True) -> Coding:
    """One coded decision by name. AmurError names the nearest for an unknown one."""
    known = codings(record, overrides, user=user)
    if name not in known:
        raise AmurError(f"there is no coded decision '{name}'", field="decision", mend=_mend(name, list(known)))
    return known[name]
