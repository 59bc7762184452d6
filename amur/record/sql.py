"""Questions to the record in SQL: DuckDB in memory over the rows, closed to the rest of the machine.

The tables are filled from a :class:`~amur.record.record.Record`, so the user's own evidence and a cut at a
date apply. Only those that a question names are filled; what has to be computed (``derived``, ``codings``,
``measures``) is computed only then. DuckDB is the engine, never the storage.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.errors import AmurError
from amur.record import periods
from amur.record.record import Record

if TYPE_CHECKING:
    from amur.record.timeseries import TimeSeries

SECONDS = 10.0
"""How long a question may take unless the user allows more."""

LONGEST = 86_400.0
"""The longest time limit in seconds: a day."""

MEMORY = "1GB"
MOST_ROWS = 5_000_000
"""More rows than this no question to a record of thirty thousand observations needs; they would fill the memory."""

MOST_TEXT = 500_000_000
"""The same for the characters in the answer."""

BATCH = 100
"""Rows taken over at a time; between two of them the time limit and the size are looked at."""

ALLOWED = {"SELECT", "EXPLAIN", "MULTI"}
"""Statements that only read. MULTI is what DuckDB makes of PIVOT."""


class Column(NamedTuple):
    """A column of a table: its name, DuckDB type and meaning."""

    name: str
    type: str
    meaning: str


class TableOf(NamedTuple):
    """A table the record offers to SQL: what it holds, its columns, and the rows of a record (with the
    user's own codings or without)."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Record, bool], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class Answer:
    """What a question gave: column names, their types, the rows, and whether there are more than these."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: bool = False

    def as_json(self) -> dict[str, Any]:
        """Columns and rows ready for JSON, each row an object."""
        return {
            "columns": [{"name": n, "type": t} for n, t in zip(self.columns, self.types, strict=True)],
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
            "more": self.more,
        }


class _TooLongError(Exception):
    """The time limit has passed."""


def query(
    record: Record, text: str, *, seconds: float = SECONDS, most: int | None = None, own_codings: bool = True
) -> Answer:
    """The answer to one SELECT over the record, at most ``most`` rows of it.

    ``own_codings`` says whether the user's own codings of decisions apply.

    AmurError for a fault in the SQL, a statement that does not read, files or settings touched, and a
    question that takes longer than ``seconds``.
    """
    if not 0 < seconds <= LONGEST:
        raise AmurError(
            f"{seconds:g} seconds are no time limit",
            field="seconds",
            mend=f"Give a positive number, up to {LONGEST:g}.",
        )
    if not text.isprintable() and any("\ud800" <= character <= "\udfff" for character in text):
        raise AmurError("the question is not UTF-8 text", field="sql", mend="Write it in UTF-8.")
    import duckdb

    connection = _opened(record, text, own_codings)
    try:
        _check_reads(connection.extract_statements(text))
        names, types, rows = _within(seconds, connection, text, most)
    except (duckdb.InterruptException, _TooLongError):
        raise AmurError(
            f"the question took longer than {seconds:g} seconds",
            mend="Ask for less, or give it more `--seconds`.",
        ) from None
    except duckdb.Error as error:
        raise _fault(str(error)) from None
    finally:
        connection.close()
    kept = rows if most is None else rows[:most]
    return Answer(
        tuple(_distinct(names)), tuple(types), [tuple(map(_plain, row)) for row in kept], len(kept) < len(rows)
    )


def connect(record: Record, *, own_codings: bool = True) -> Any:
    """A DuckDB connection with every table of the record filled; for use from Python."""
    return _opened(record, " ".join(table.name for table in TABLES), own_codings)


def _opened(record: Record, text: str, own_codings: bool) -> Any:
    """A connection in memory with the tables that a text names, closed to files, network and settings."""
    import duckdb

    connection = duckdb.connect(
        ":memory:", config={"temp_directory": "", "memory_limit": MEMORY, "threads": "2"}
    )
    only_described = re.match(r"\s*(describe|desc|show)\b", text, re.IGNORECASE)
    for table in TABLES:
        # A table that the question does not read stays empty: it is there to be described.
        wanted = not only_described and re.search(rf"\b{table.name}\b", text, re.IGNORECASE)
        _fill(connection, table, table.rows(record, own_codings) if wanted else [])
    for setting in ("enable_external_access = false", "python_enable_replacements = false"):
        connection.execute(f"SET {setting}")
    connection.execute("SET lock_configuration = true")
    return connection


def _fill(connection: Any, table: TableOf, rows: Iterable[Sequence[Any]]) -> None:
    columns = list(map(list, zip(*rows, strict=True))) or [[] for _ in table.columns]
    chosen = ", ".join(f'unnest(${at}::{c.type}[]) AS "{c.name}"' for at, c in enumerate(table.columns, 1))
    connection.execute(f"CREATE TABLE {table.name} AS SELECT {chosen}", columns)


def _check_reads(statements: Sequence[Any]) -> None:
    if len(statements) != 1:
        problem = (
            "there is no SQL statement" if not statements else f"there are {len(statements)} SQL statements"
        )
        raise AmurError(problem, field="sql", mend="Write one SELECT.")
    kind = statements[0].type.name
    if kind not in ALLOWED:
        raise AmurError(
            f"a statement of the kind {kind} does more than read",
            field="sql",
            mend="The record is read-only: write a SELECT.",
        )


def _within(
    seconds: float, connection: Any, text: str, most: int | None
) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
    """Names, types and rows of the answer. DuckDB works in a thread of its own, so that this one can stop it
    at the time limit and at Ctrl-C, which DuckDB itself hears only between two pieces of work."""

    stop = Event()

    def ask() -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
        answered = connection.execute(text)
        columns = answered.description or []
        rows: list[tuple[Any, ...]] = []
        size, wanted = 0, MOST_ROWS + 1 if most is None else min(most, MOST_ROWS) + 1
        while len(rows) < wanted and not stop.is_set():
            batch = answered.fetchmany(min(BATCH, wanted - len(rows)))
            if not batch:
                break
            rows += batch
            size += sum(len(cell) for row in batch for cell in row if isinstance(cell, str | bytes | list))
            if size > MOST_TEXT or len(rows) > MOST_ROWS:
                raise AmurError(
                    f"the answer has more than {MOST_ROWS:,} rows or {MOST_TEXT // 1_000_000} million characters",
                    field="sql",
                    mend="Ask for less: add conditions or a LIMIT.",
                )
        return [column[0] for column in columns], [str(column[1]) for column in columns], rows

    with ThreadPoolExecutor(1) as workers:
        asked = workers.submit(ask)
        try:
            return asked.result(timeout=seconds)
        except (TimeoutError, KeyboardInterrupt) as stopped:
            stop.set()
            connection.interrupt()
            if isinstance(stopped, KeyboardInterrupt):
                raise
            # What it says when it has stopped; an answer that was only half taken over is none.
            asked.result()
            raise _TooLongError from None


def _fault(message: str) -> AmurError:
    """DuckDB's message in one line, without the picture of the statement."""
    if "pytz" in message:
        return AmurError("the answer holds times with a time zone", field="sql", mend="Cast them to VARCHAR.")
    told = re.split(r"\n\s*LINE \d+:|\nStack Trace", message)[0]
    told = re.sub(r"^(Parser|Binder|Catalog|Conversion|Invalid Input|Permission|Syntax) Error: ", "", told)
    told = re.sub(r"\s+", " ", told).strip()
    told = told[:1].lower() + told[1:] if told[1:2].islower() else told
    problem, asked, rest = told.partition(" Did you mean ")
    mend = f"Did you mean {rest}" if asked else "See `amur record sql --schema`."
    return AmurError(problem.rstrip("!"), field="sql", mend=mend)


def _plain(value: Any) -> Any:
    """A value that a table, CSV and JSON can show."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)


def _distinct(names: Sequence[str]) -> Iterator[str]:
    """Column names, a repeated one numbered, so that no column is lost in JSON."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}_{seen[name]}"


# ---------------------------------------------------------------- the tables


def _observations(record: Record, _: bool) -> Iterator[tuple[Any, ...]]:
    for row in record.observations:
        known = record.known(row)
        yield (
            row.series,
            row.period,
            row.value,
            row.source,
            row.note,
            row.origin,
            periods.start(row.period),
            periods.end(row.period),
            known.since,
            known.revised,
        )


def _events(record: Record, _: bool) -> Iterator[tuple[Any, ...]]:
    for row in record.events:
        yield (*row, periods.start(row.date), row.actors.split(";") if row.actors else [])


def _derived(record: Record, _: bool) -> Iterator[tuple[Any, ...]]:
    from amur.record.derived import recipes

    for series in recipes.derive_all(record).values():
        yield from _points(series)


def _measures(record: Record, _: bool) -> Iterator[tuple[Any, ...]]:
    from amur.record.measures import catalogue

    for measure in catalogue().values():
        for dyad in measure.dyads:
            for point in _points(measure.of(record, dyad)):
                yield (measure.name, str(dyad), *point[1:])


def _points(series: TimeSeries) -> Iterator[tuple[Any, ...]]:
    for p in series.points:
        yield (
            series.series,
            p.period,
            p.value,
            list(p.sources),
            p.note,
            p.origin,
            p.revised,
            series.title,
            series.unit,
            series.frequency,
        )


def _codings(record: Record, own: bool) -> Iterator[tuple[Any, ...]]:
    from amur.record.coded import codings

    for coding in codings.codings(record, user=own).values():
        for quarter in coding.quarters.values():
            yield (
                coding.name,
                coding.title,
                quarter.quarter,
                quarter.value,
                quarter.code,
                list(quarter.events),
                list(quarter.sources),
                quarter.reason,
                quarter.contested,
                quarter.origin,
            )


def _columns(*described: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in described)


_OVERLAY = ("overlay", "VARCHAR", "the user's evidence the row came from; empty if built in")
_POINT = (
    ("period", "VARCHAR", "2019, 2019-Q3 or 2019-07"),
    ("value", "DOUBLE", "in the unit given"),
    ("sources", "VARCHAR[]", "the sources the value rests on"),
    ("note", "VARCHAR", "what is to be known about the value"),
    _OVERLAY,
    ("revised", "BOOLEAN", "of a later vintage than first published"),
    ("title", "VARCHAR", "what it is"),
    ("unit", "VARCHAR", "unit of the values"),
    ("frequency", "VARCHAR", "A, Q or M"),
)

TABLES: tuple[TableOf, ...] = (
    TableOf(
        "topics",
        "the folders of the record",
        _columns(
            ("topic", "VARCHAR", "name"),
            ("title", "VARCHAR", "what it is called"),
            ("dimension", "VARCHAR", "economic, political, security, societal or outside"),
            ("about", "VARCHAR", "what it holds"),
        ),
        lambda record, _: record.topics.values(),
    ),
    TableOf(
        "units",
        "units as written in the record",
        _columns(
            ("unit", "VARCHAR", "as written"),
            ("pint", "VARCHAR", "the same for the pint library"),
            ("kind", "VARCHAR", "share, count, money, price …"),
        ),
        lambda record, _: record.units.values(),
    ),
    TableOf(
        "sources",
        "where numbers and events were seen",
        _columns(
            ("source", "VARCHAR", "name"),
            ("publisher", "VARCHAR", "who published it"),
            ("title", "VARCHAR", "its title"),
            ("published", "VARCHAR", "year, month or day; may be empty"),
            ("url", "VARCHAR", "its address"),
            _OVERLAY,
        ),
        lambda record, _: record.sources.values(),
    ),
    TableOf(
        "series",
        "quantities followed through time",
        _columns(
            ("series", "VARCHAR", "name"),
            ("title", "VARCHAR", "what it is"),
            ("unit", "VARCHAR", "unit of the values"),
            ("frequency", "VARCHAR", "A, Q or M"),
            ("role", "VARCHAR", "observable, forcing or comparator"),
            ("reporter", "VARCHAR", "first country (ISO3)"),
            ("partner", "VARCHAR", "second country (ISO3)"),
            ("definition", "VARCHAR", "how it is defined"),
            ("topic", "VARCHAR", "the topic it belongs to"),
            _OVERLAY,
        ),
        lambda record, _: record.series.values(),
    ),
    TableOf(
        "observations",
        "one value of a series in one period",
        _columns(
            ("series", "VARCHAR", "the series"),
            ("period", "VARCHAR", "2019, 2019-Q3 or 2019-07"),
            ("value", "DOUBLE", "in the unit of the series"),
            ("source", "VARCHAR", "where it was seen"),
            ("note", "VARCHAR", "what is to be known about the value"),
            _OVERLAY,
            ("starts", "DATE", "first day of the period"),
            ("ends", "DATE", "last day of the period"),
            ("known_since", "DATE", "when a value for the period was first known"),
            ("revised", "BOOLEAN", "of a later vintage than first published"),
        ),
        _observations,
    ),
    TableOf(
        "events",
        "what happened on a day or in a month",
        _columns(
            ("event", "VARCHAR", "name"),
            ("date", "VARCHAR", "2022-02-04 or 2022-02"),
            ("kind", "VARCHAR", "visit, sanction, exercise …"),
            ("actors", "VARCHAR", "ISO3 codes parted by semicolons"),
            ("what", "VARCHAR", "what happened"),
            ("source", "VARCHAR", "where it was seen"),
            ("note", "VARCHAR", "what is to be known about it"),
            ("topic", "VARCHAR", "the topic it belongs to"),
            _OVERLAY,
            ("day", "DATE", "the date, its first day if only the month is known"),
            ("actor_list", "VARCHAR[]", "the actors as a list"),
        ),
        _events,
    ),
    TableOf(
        "derived",
        "values of the derived series (computed when named)",
        _columns(("series", "VARCHAR", "the derived series"), *_POINT),
        _derived,
    ),
    TableOf(
        "measures",
        "values of every measure for every dyad (computed when named)",
        _columns(("measure", "VARCHAR", "the measure"), ("dyad", "VARCHAR", "such as RUS-CHN"), *_POINT),
        _measures,
    ),
    TableOf(
        "codings",
        "coded decisions by quarter (computed when named)",
        _columns(
            ("decision", "VARCHAR", "name of the decision"),
            ("title", "VARCHAR", "what it is"),
            ("quarter", "VARCHAR", "such as 2022-Q1"),
            ("value", "VARCHAR", "the value coded"),
            ("code", "INTEGER", "its place in the order of values, from 0"),
            ("events", "VARCHAR[]", "the events it rests on"),
            ("sources", "VARCHAR[]", "the sources it rests on"),
            ("reason", "VARCHAR", "why"),
            ("contested", "VARCHAR", "the other value that may be held; empty if none"),
            _OVERLAY,
        ),
        _codings,
    ),
)
"""All tables. The rows come in the order of the columns."""
