"""The coding rules and judgements of ``data/codings.toml``, read and checked.

A broken rule or judgement raises one AmurError that names file, line, field and the mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from amur.errors import nearest
from amur.record import periods
from amur.record.coded.source import Source
from amur.record.record import DATA

RULES = DATA / "codings.toml"
STAGE = "project-stage"
"""A project is a coding named ``project-stage.NAME``."""

STATE, ACTS, VIEW, REFERENCE = "state", "acts", "view", "reference"
"""A state holds until it changes; an act counts in its quarter only; a view is a coarser reading of another
coding; a reference is a coded series that the record already carries."""

RULE_PARTS = ("asks", "counts", "excludes", "begins", "ends", "ties")
DECISION_FIELDS = ("title", "kind", "convention", "values", "claims", "lapse", *RULE_PARTS, "change")
CHANGE_FIELDS = ("at", "value", "events", "reason", "held", "observations", "contested")
CONTESTED_FIELDS = ("value", "why", "until")
TOP_FIELDS = ("from", "until", "decisions", "views", "references", "stage", "projects")


class Rule(NamedTuple):
    """A coding rule in words: the question, what counts for each value, what does not, when a spell begins
    and ends, and what to do where two values hold."""

    asks: str
    counts: str
    excludes: str
    begins: str
    ends: str
    ties: str


class Contest(NamedTuple):
    """The other value that a reasonable coder may take, why, and the last quarter for which (empty: to the
    end of the spell)."""

    value: str
    why: str
    until: str


class Change(NamedTuple):
    """One judgement: from this quarter (of an act: in this quarter) the value, for these events.

    ``held`` are later events that renewed it, ``observations`` (series, period) what else it rests on.
    """

    quarter: str
    value: str
    events: tuple[str, ...]
    reason: str
    held: tuple[str, ...] = ()
    observations: tuple[tuple[str, str], ...] = ()
    contested: Contest | None = None


@dataclass(frozen=True)
class Definition:
    """A decision as declared: its rule, its values in order and its judgements in time order.

    ``lapse`` is the number of quarters after which a spell ends without a new act (0: never). ``of`` is the
    coding that a view reads, or the series that a reference is; ``join`` maps its values to the view's.
    """

    name: str
    title: str
    kind: str
    convention: str
    values: tuple[str, ...]
    claims: tuple[str, ...]
    rule: Rule
    changes: tuple[Change, ...] = ()
    lapse: int = 0
    of: str = ""
    join: tuple[tuple[str, str], ...] = ()
    where: tuple[str, ...] = ()

    def code(self, value: str) -> int:
        """The number of a value: its place in the order, from 0."""
        return self.values.index(value)

    @property
    def unit(self) -> str:
        """The unit of the codes as ``units.csv`` writes it."""
        return "0/1" if len(self.values) == 2 else f"code 0-{len(self.values) - 1}"


@dataclass(frozen=True)
class Rules:
    """All definitions by name, and the first and last quarter they are coded for."""

    first: str
    last: str
    definitions: dict[str, Definition]
    source: Source


def quarter_of(at: str) -> str:
    """The quarter of a quarter (as it is), month or day; ValueError for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", at):
        periods.end(at)
        at = at[:7]
    if not re.fullmatch(r"\d{4}-(Q[1-4]|0[1-9]|1[0-2])", at):
        raise ValueError(f"'{at}' is not a quarter or date")
    return periods.inside(at, "Q")


def quarters(first: str, last: str) -> list[str]:
    """All quarters from the first to the last, both included."""
    return [periods.from_ordinal(n, "Q") for n in range(periods.ordinal(first), periods.ordinal(last) + 1)]


def back(quarter: str, many: int) -> str:
    """The quarter that many quarters earlier."""
    return periods.from_ordinal(periods.ordinal(quarter) - many, "Q")


@cache
def read(path: Path = RULES) -> Rules:
    """The rules and judgements of a file, each checked by itself. AmurError at the first that is broken."""
    source = Source(path)
    return _Reader(source).rules()


@dataclass(frozen=True)
class _Reader:
    source: Source

    def rules(self) -> Rules:
        data = self.source.data
        self._only(data, TOP_FIELDS)
        first, last = (self._quarter(data, key) for key in ("from", "until"))
        span = (first, last)
        definitions: dict[str, Definition] = {}
        for name, table in self._tables(data, "decisions"):
            definitions[name] = self._decision(name, table, ("decisions", name), span)
        for name, table in self._tables(data, "projects"):
            shared = {**self._table(data, "stage"), **table}
            full = f"{STAGE}.{name}"
            definitions[full] = self._decision(full, shared, ("projects", name), span)
        for name, table in self._tables(data, "views"):
            definitions[name] = self._view(name, table, definitions)
        for name, table in self._tables(data, "references"):
            definitions[name] = self._reference(name, table)
        return Rules(first, last, definitions, self.source)

    def _decision(
        self, name: str, table: dict[str, Any], where: tuple[str, ...], span: tuple[str, str]
    ) -> Definition:
        self._only(table, DECISION_FIELDS, *where)
        kind = self._choice(table, "kind", (STATE, ACTS), *where)
        lapse = table.get("lapse", 0)
        if not isinstance(lapse, int) or lapse < 0:
            raise self.source.fault(
                "lapse is not a number of quarters", *where, "lapse", mend="Write a whole number."
            )
        definition = Definition(
            name,
            self._text(table, "title", *where),
            kind,
            self._choice(table, "convention", ("end", "peak"), *where),
            self._list(table, "values", *where),
            self._list(table, "claims", *where),
            Rule(*(" ".join(self._text(table, part, *where).split()) for part in RULE_PARTS)),
            lapse=lapse,
            where=where,
        )
        rows = table.get("change", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.source.fault(
                "change is not a list of tables", *where, "change", mend="Write [[…change]] before each."
            )
        changes = [
            self._change(definition, row, (*where, "change", str(n)), span) for n, row in enumerate(rows)
        ]
        return self._in_order(definition, changes, span[1])

    def _change(
        self, definition: Definition, row: dict[str, Any], where: tuple[str, ...], span: tuple[str, str]
    ) -> Change:
        self._only(row, CHANGE_FIELDS, *where)
        quarter = self._quarter(row, "at", *where)
        if not span[0] <= quarter <= span[1]:
            raise self.source.fault(
                f"{quarter} is outside the coded time",
                *where,
                "at",
                mend=f"Write a quarter from {span[0]} to {span[1]}.",
            )
        contested = None
        if "contested" in row:
            other = self._table(row, "contested", *where)
            inside = (*where, "contested")
            self._only(other, CONTESTED_FIELDS, *inside)
            until = self._quarter(other, "until", *inside) if "until" in other else ""
            contested = Contest(
                self._value(definition, other, *inside), self._text(other, "why", *inside), until
            )
        return Change(
            quarter,
            self._value(definition, row, *where),
            self._list(row, "events", *where),
            self._text(row, "reason", *where),
            self._list(row, "held", *where) if "held" in row else (),
            tuple(self._observation(text, where) for text in self._list(row, "observations", *where))
            if "observations" in row
            else (),
            contested,
        )

    def _in_order(self, definition: Definition, changes: list[Change], last: str) -> Definition:
        """The definition with its changes, checked against each other."""
        for n, change in enumerate(changes):
            where = (*definition.where, "change", str(n))
            earlier = changes[n - 1].quarter if n else ""
            if change.quarter < earlier:
                raise self.source.fault(
                    f"{change.quarter} comes after {earlier}: out of order",
                    *where,
                    "at",
                    mend="Put the changes in time order.",
                )
            if change.quarter == earlier and definition.kind == STATE:
                raise self.source.fault(
                    f"there are two changes in {change.quarter}",
                    *where,
                    "at",
                    mend="Keep the one that holds at the end of the quarter.",
                )
        for n, change in enumerate(changes):
            if change.contested:
                end = back(changes[n + 1].quarter, 1) if n + 1 < len(changes) else last
                end = change.quarter if definition.kind == ACTS else end
                where = (*definition.where, "change", str(n), "contested")
                self._check_contest(change, change.contested, end, where)
        return replace(definition, changes=tuple(changes))

    def _check_contest(self, change: Change, contest: Contest, end: str, where: tuple[str, ...]) -> None:
        """The contested value must be another, and its last quarter must lie before the next change."""
        if contest.value == change.value:
            raise self.source.fault(
                f"the contested value is the value itself, '{change.value}'",
                *where,
                "value",
                mend="Write the other value, or leave contested out.",
            )
        if contest.until and not change.quarter <= contest.until <= end:
            raise self.source.fault(
                f"{contest.until} is outside the spell, {change.quarter} to {end}",
                *where,
                "until",
                mend="Write a quarter within it, or add a change for the rest.",
            )

    def _view(self, name: str, table: dict[str, Any], known: dict[str, Definition]) -> Definition:
        where = ("views", name)
        self._only(table, ("of", "title", "values", "join"), *where)
        of = self._text(table, "of", *where)
        if of not in known:
            raise self.source.fault(f"there is no decision '{of}'", *where, "of", mend=nearest(of, list(known)))
        base = known[of]
        values = self._list(table, "values", *where)
        join = self._table(table, "join", *where)
        if set(join) != set(base.values) or not set(join.values()) <= set(values):
            raise self.source.fault(
                "join does not give every value of the decision one of the view",
                *where,
                "join",
                mend=f"Give each of {', '.join(base.values)} one of {', '.join(values)}.",
            )
        return Definition(
            name,
            self._text(table, "title", *where),
            VIEW,
            base.convention,
            values,
            base.claims,
            base.rule,
            of=of,
            join=tuple(join.items()),
            where=where,
        )

    def _reference(self, name: str, table: dict[str, Any]) -> Definition:
        where = ("references", name)
        self._only(table, ("series", "title", "values", "claims"), *where)
        series = self._text(table, "series", *where)
        rule = Rule(
            f"See the definition of the series {series}.", "As in the series.", "", "", "", "As in the series."
        )
        return Definition(
            name,
            self._text(table, "title", *where),
            REFERENCE,
            "",
            self._list(table, "values", *where),
            self._list(table, "claims", *where),
            rule,
            of=series,
            where=where,
        )

    # Single fields

    def _only(self, table: dict[str, Any], fields: tuple[str, ...], *where: str) -> None:
        for key in table:
            if key not in fields:
                raise self.source.fault(
                    f"'{key}' is not known here",
                    *where,
                    key,
                    mend=nearest(key, fields) or f"Use {', '.join(fields)}.",
                )

    def _tables(self, data: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
        tables = self._table(data, key) if key in data else {}
        return [(name, self._table(tables, name, key)) for name in tables]

    def _table(self, table: dict[str, Any], key: str, *where: str) -> dict[str, Any]:
        value = table.get(key)
        if not isinstance(value, dict):
            raise self.source.fault(
                f"'{key}' is missing or not a table", *where, key, mend=f"Add a table [{key}]."
            )
        return value

    def _text(self, table: dict[str, Any], key: str, *where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.source.fault(
                f"'{key}' is missing, empty or not a text", *where, key, mend=f'Write {key} = "…".'
            )
        return value

    def _list(self, table: dict[str, Any], key: str, *where: str) -> tuple[str, ...]:
        value = table.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise self.source.fault(
                f"'{key}' is missing, empty or not a list of texts", *where, key, mend=f'Write {key} = ["…"].'
            )
        if len(set(value)) < len(value):
            raise self.source.fault(f"'{key}' names one thing twice", *where, key, mend="Leave one out.")
        return tuple(value)

    def _choice(self, table: dict[str, Any], key: str, allowed: tuple[str, ...], *where: str) -> str:
        value = self._text(table, key, *where)
        if value not in allowed:
            raise self.source.fault(
                f"'{value}' is not a {key}", *where, key, mend=f"Write one of {', '.join(allowed)}."
            )
        return value

    def _value(self, definition: Definition, table: dict[str, Any], *where: str) -> str:
        value = self._text(table, "value", *where)
        if value not in definition.values:
            raise self.source.fault(
                f"'{value}' is not a value of {definition.name}",
                *where,
                "value",
                mend=f"Write one of {', '.join(definition.values)}.",
            )
        return value

    def _quarter(self, table: dict[str, Any], key: str, *where: str) -> str:
        text = self._text(table, key, *where)
        try:
            return quarter_of(text)
        except ValueError:
            raise self.source.fault(
                f"'{text}' is not a quarter or a date of the calendar",
                *where,
                key,
                mend='Write "2014-Q2", "2014-05" or "2014-05-21".',
            ) from None

    def _observation(self, text: str, where: tuple[str, ...]) -> tuple[str, str]:
        series, at, period = text.partition("@")
        if not (series and at and period):
            raise self.source.fault(
                f"'{text}' is not an observation", *where, "observations", mend='Write "SERIES@PERIOD".'
            )
        return series, period


def labels(values: Iterable[str]) -> str:
    """The legend of the codes: ``0 neutral; 1 economic-political; …``."""
    return "; ".join(f"{code} {value}" for code, value in enumerate(values))
