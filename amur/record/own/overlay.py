"""The user's own evidence: named sets of rows in the user's data directory that shadow or extend the record.

    evidence.csv                  which sets there are, in the order they were added
    sets/<folder>/sources.csv     the rows of one set, in the shapes of the record
                  series.csv, observations.csv, events.csv

The rows of a set are written first, to a folder nothing points to yet; one atomic write of
``evidence.csv`` then takes them in. A kill at any moment leaves the old evidence or the new.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from amur import atomic
from amur.errors import AmurError, nearest
from amur.record import schema
from amur.record.read import read_table
from amur.record.record import Tables, built_in, check_frequency, check_known
from amur.record.schema import Event, Observation, Series, Source

CODINGS = "codings"
"""The name under which the user's codings of decisions are listed and removed."""

PATIENCE = 10.0
"""Seconds to wait for another amur that is writing to the same data directory."""


class Entry(NamedTuple):
    """A line of ``evidence.csv``: a set, its folder, when it was added, and from which file."""

    name: str
    folder: str
    added: str
    file: str
    checksum: str


@dataclass(frozen=True)
class Evidence:
    """The rows of one set; ``name`` is the ``origin`` of each of them."""

    name: str
    sources: tuple[Source, ...] = ()
    series: tuple[Series, ...] = ()
    observations: tuple[Observation, ...] = ()
    events: tuple[Event, ...] = ()
    codings: str = ""
    file: str = ""
    checksum: str = ""

    def counts(self) -> dict[str, int]:
        """How many rows of each kind the set holds."""
        return {name: len(getattr(self, name)) for name in TABLES}


@dataclass(frozen=True)
class Listed:
    """A set as ``amur record remove`` and the listing show it; ``problem`` is what is wrong with it, if anything."""

    name: str
    added: str
    file: str
    checksum: str
    counts: dict[str, int] = field(default_factory=dict)
    problem: str = ""


_TOPIC: dict[str, schema.Check] = {"topic": schema.identifier}
TABLES = {
    "sources": schema.SOURCES,
    "series": replace(schema.SERIES, columns=schema.SERIES.columns | _TOPIC),
    "observations": schema.OBSERVATIONS,
    "events": replace(schema.EVENTS, columns=schema.EVENTS.columns | _TOPIC),
}
ENTRIES = schema.Table(
    "evidence",
    Entry,
    {
        "name": schema.identifier,
        "folder": schema.identifier,
        "added": schema.text,
        "file": schema.anything,
        "checksum": schema.anything,
    },
    ("name",),
)


def data_dir() -> Path:
    """Where the user's evidence is kept: ``$AMUR_DATA_DIR``, else the system's place for user data."""
    chosen = os.environ.get("AMUR_DATA_DIR", "")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError:
            raise AmurError(
                f"AMUR_DATA_DIR is '{chosen}', but there is no such user", mend="Write the path of a folder."
            ) from None
    import platformdirs

    return Path(platformdirs.user_data_dir("amur", appauthor=False))


def merged(tables: Tables, *, before: str = "") -> Tables:
    """The record with the user's evidence laid over it; the very same tables where there is none.

    A set added later shadows an earlier one. ``before`` leaves out the set of that name and all later ones.
    AmurError where a file of the evidence is broken.
    """
    entries = _entries()
    while entries:
        try:
            result = tables
            for entry in takewhile(lambda entry: entry.name != before, entries):
                result = _laid_over(result, entry)
            return result
        except AmurError:
            # Another amur may have replaced or removed a set between the two readings.
            seen, entries = entries, _entries()
            if entries == seen:
                raise
    return tables


def laid_over(tables: Tables, evidence: Evidence) -> Tables:
    """The tables with one set over them: its rows shadow those of the same key and extend the rest."""
    observations = {(row.series, row.period): row for row in evidence.observations}
    events = {row.event: row for row in evidence.events}
    return replace(
        tables,
        sources=tables.sources | {row.source: row for row in evidence.sources},
        series=tables.series | {row.series: row for row in evidence.series},
        observations=[observations.pop((row.series, row.period), row) for row in tables.observations]
        + list(observations.values()),
        events=[events.pop(row.event, row) for row in tables.events] + list(events.values()),
    )


def add(evidence: Evidence, *, replacing: bool = False) -> None:
    """Take a set into the user's evidence, all or nothing.

    A set of the same name is replaced if ``replacing``; otherwise that is an AmurError, and so are a data
    directory that cannot be written, a full disk, and another amur that does not finish its writing.
    """
    with _writing() as folder:
        if evidence.codings:
            if (folder / "codings.csv").exists() and not replacing:
                raise _taken(CODINGS)
            atomic.write_text(folder / "codings.csv", evidence.codings)
            return
        entries = _entries()
        if evidence.name in [entry.name for entry in entries] and not replacing:
            raise _taken(evidence.name)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        entry = Entry(
            evidence.name, f"{evidence.name}-{secrets.token_hex(4)}", now, evidence.file, evidence.checksum
        )
        for name, table in TABLES.items():
            rows = getattr(evidence, name)
            atomic.write_text(folder / "sets" / entry.folder / f"{name}.csv", _as_csv(table, rows))
        atomic.sync_folder(folder / "sets")
        # A set that is replaced keeps its place: what was added after it still shadows it.
        after = [entry if old.name == entry.name else old for old in entries]
        _switch(folder, entries, after if entry in after else [*entries, entry])


def remove(name: str) -> None:
    """Take a set out of the user's evidence, even a broken one. AmurError where there is none of that name."""
    known = names()
    if name not in known:
        hint = nearest(name, known) or (
            f"There is {', '.join(known)}." if known else "No evidence of your own has been added."
        )
        raise AmurError(f"there is no evidence named '{name}'", mend=hint)
    with _writing() as folder:
        if name == CODINGS:
            try:
                (folder / "codings.csv").unlink(missing_ok=True)
            except OSError as error:
                raise atomic.cannot_write(folder / "codings.csv", error) from None
        else:
            entries = _entries()
            _switch(folder, entries, [entry for entry in entries if entry.name != name])


def names() -> list[str]:
    """The names of the sets of evidence in the order they were added; codings of decisions come last."""
    return [entry.name for entry in _entries()] + ([CODINGS] if codings_file().exists() else [])


def listing() -> list[Listed]:
    """The sets of evidence in the order they were added, with their counts; broken ones say what is wrong."""
    result, tables = [], built_in()
    for entry in _entries():
        told = (entry.name, entry.added, entry.file, entry.checksum)
        try:
            evidence = read(entry, tables)
            tables = laid_over(tables, evidence)
            result.append(Listed(*told, counts=evidence.counts()))
        except AmurError as error:
            result.append(Listed(*told, problem=str(error)))
    codings = codings_file()
    if codings.exists():
        added = dt.datetime.fromtimestamp(codings.stat().st_mtime, dt.UTC).isoformat(timespec="seconds")
        result.append(Listed(CODINGS, added, str(codings), ""))
    return result


def codings_file() -> Path:
    """Where the user's own codings of decisions are kept; it need not exist."""
    return data_dir() / "codings.csv"


def read(entry: Entry, tables: Tables) -> Evidence:
    """The rows of a set, each checked by itself and against the tables it is to be laid over."""
    folder = data_dir() / "sets" / entry.folder
    rows = {
        name: read_table(folder / f"{name}.csv", table, origin=entry.name) for name, table in TABLES.items()
    }
    _check_sources(rows["sources"], folder / "sources.csv", tables)
    _check_series(rows["series"], folder / "series.csv", tables)
    of: dict[str, Any] = {name: tuple(row for _, row in rows[name]) for name in TABLES}
    evidence = Evidence(entry.name, **of, file=entry.file, checksum=entry.checksum)
    series = tables.series | {row.series: row for row in evidence.series}
    sources = tables.sources | {row.source: row for row in evidence.sources}
    path = folder / "observations.csv"
    for line, row in rows["observations"]:
        check_known(row.series, series, "series", path, line, "series.csv")
        check_known(row.source, sources, "source", path, line, "sources.csv")
        check_frequency(row, series[row.series], path, line)
    path = folder / "events.csv"
    for line, row in rows["events"]:
        check_known(row.source, sources, "source", path, line, "sources.csv")
        check_known(row.topic, tables.topics, "topic", path, line, "the topics of the record")
    return evidence


def _check_sources(rows: Iterable[tuple[int, Source]], path: Path, tables: Tables) -> None:
    for line, row in rows:
        known = tables.sources.get(row.source)
        if known and known._replace(origin=row.origin) != row:
            raise AmurError(
                f"the source '{row.source}' is another one in the record",
                file=path,
                line=line,
                field="source",
                mend="Give it another name, here and in the rows that cite it.",
            )


def _check_series(rows: Iterable[tuple[int, Series]], path: Path, tables: Tables) -> None:
    for line, row in rows:
        check_known(row.unit, tables.units, "unit", path, line, "the units of the record")
        check_known(row.topic, tables.topics, "topic", path, line, "the topics of the record")
        known = tables.series.get(row.series)
        for name in ("unit", "frequency"):
            if known and getattr(known, name) != getattr(row, name):
                raise AmurError(
                    f"the series '{row.series}' has {name} '{getattr(known, name)}' in the record, "
                    f"'{getattr(row, name)}' here",
                    file=path,
                    line=line,
                    field=name,
                    mend="Give your series another name.",
                )


def _laid_over(tables: Tables, entry: Entry) -> Tables:
    try:
        return laid_over(tables, read(entry, tables))
    except AmurError as error:
        raise error.also(
            f"`amur record remove {entry.name}` takes this evidence out; "
            "`--no-overlay` reads the record without it."
        ) from None


def _entries() -> list[Entry]:
    path = data_dir() / "evidence.csv"
    try:
        if not _is_there(path):
            return []
        return [entry for _, entry in read_table(path, ENTRIES)]
    except OSError as error:
        raise AmurError(f"cannot be read: {error.strerror}", file=path, mend=_WITHOUT) from None
    except AmurError as error:
        afresh = f"Deleting the file starts afresh; the rows stay in {path.parent / 'sets'}."
        raise error.also(f"{_WITHOUT} {afresh}") from None


def _is_there(path: Path) -> bool:
    """Whether a file of the data directory is there. OSError where one may not look: evidence that is left out
    in silence would be a wrong answer, and some versions of Python take what may not be seen for missing."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


_WITHOUT = "`--no-overlay` reads the record without your own evidence."


def _switch(folder: Path, before: list[Entry], after: list[Entry]) -> None:
    """The one moment at which evidence is taken in or out; then folders nothing points to are cleared away.

    AmurError, and nothing changed, where a set that can be read now could not be read afterwards.
    """
    broken = [name for name in _broken(after) if name not in _broken(before)]
    if broken:
        raise AmurError(
            f"the evidence '{broken[0]}' rests on series or sources that would be gone",
            mend=f"First take it out: `amur record remove {broken[0]}`; nothing was changed.",
        )
    atomic.write_text(folder / "evidence.csv", _as_csv(ENTRIES, after))
    kept = {entry.folder for entry in after}
    for path in (folder / "sets").glob("*"):
        if path.name not in kept and re.search(r"-[0-9a-f]{8}$", path.name):
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f".*{atomic.TEMPORARY}"):
        with suppress(OSError):
            path.unlink()


def _broken(entries: list[Entry]) -> list[str]:
    """The names of the sets that cannot be read over the record and those before them."""
    names, tables = [], built_in()
    for entry in entries:
        try:
            tables = laid_over(tables, read(entry, tables))
        except AmurError:
            names.append(entry.name)
    return names


@contextmanager
def _writing() -> Iterator[Path]:
    """The data directory, made if missing and held against every other amur that would write to it."""
    import filelock

    folder = atomic.make_folder(data_dir())
    lock = filelock.FileLock(folder / "evidence.lock", timeout=PATIENCE)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise AmurError(
            f"another amur has been writing here for {PATIENCE:g} seconds",
            file=folder,
            mend="Wait for it to finish, or end it, and run the command again; nothing was changed.",
        ) from None
    except OSError as error:
        raise atomic.cannot_write(folder, error) from None
    try:
        yield folder
    finally:
        lock.release()


def _taken(name: str) -> AmurError:
    return AmurError(
        f"there is already evidence named '{name}'",
        mend="Choose another `--name`, or say `--replace` to put the new rows in its place.",
    )


def _as_csv(table: schema.Table, rows: Iterable[Any]) -> str:
    return csv_text(table.columns, ([getattr(row, name) for name in table.columns] for row in rows))


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[str | float]]) -> str:
    """A CSV table with these column names over these rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_as_text(value) for value in row] for row in rows)
    return out.getvalue()


def _as_text(value: str | float) -> str:
    """The shortest text that reads back as the same value."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else value
