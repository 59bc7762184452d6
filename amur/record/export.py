"""Taking the record along: series and events as CSV, Parquet, JSON or a workbook, never without citations.

A single file carries the citation and the terms of use of every row in the row; a folder and a workbook
hold them as tables of their own as well. Nothing is overwritten unless that is asked for, and a file is
written whole or not at all.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amur import atomic
from amur.errors import AmurError
from amur.record import terms
from amur.record.record import Record
from amur.record.schema import Event
from amur.record.timeseries import TimeSeries

Row = dict[str, Any]

NOTICE = (
    "Taken from Amur's record. Every number is a fact found in the source it names; cite that source, and keep "
    "to its terms. Values marked 'revised' are of a later vintage than was first published."
)
FILES = (".csv", ".parquet", ".json", ".xlsx")


@dataclass(frozen=True)
class Extract:
    """What is taken along: series with their points, events, and the record they are from."""

    record: Record
    series: tuple[TimeSeries, ...]
    events: tuple[Event, ...] = ()

    def cited(self) -> list[str]:
        """The sources that anything here rests on, in order of first use."""
        names = [name for series in self.series for point in series.points for name in point.sources]
        return list(dict.fromkeys([*names, *(event.source for event in self.events)]))

    def tables(self) -> dict[str, list[Row]]:
        """The tables by name: observations, series, events, sources, terms. Empty ones are left out."""
        families = terms.terms_for(self.record.sources[name] for name in self.cited())
        found: dict[str, list[Row]] = {
            "observations": [row for series in self.series for row in _observations(series)],
            "series": [_described(series) for series in self.series],
            "events": [_event(event, self.record) for event in self.events],
            "sources": [_source(name, self.record) for name in self.cited()],
            "terms": [family._asdict() for family in families],
        }
        return {name: rows for name, rows in found.items() if rows}


def select(
    record: Record, names: Iterable[str] = (), topics: Iterable[str] = (), everything: bool = False
) -> Extract:
    """The named series (recorded or derived), and series and events of whole topics, or all there is."""
    from amur.record.derived import recipes

    wanted = dict.fromkeys(names)
    chosen = set(record.topics) if everything else set(topics)
    derived = recipes.derive_all(record) if chosen else {}
    wanted |= dict.fromkeys(s.series for s in record.series.values() if s.topic in chosen)
    wanted |= dict.fromkeys(name for name, series in derived.items() if series.topic in chosen)
    events = tuple(event for event in record.events if event.topic in chosen)
    return Extract(record, tuple(derived.get(name) or record.timeseries(name) for name in wanted), events)


def write(extract: Extract, to: str | Path, *, force: bool = False) -> list[Path]:
    """Write the extract to a file (by its ending) or, without one, to a folder; the paths written.

    AmurError for another ending, for something that is already there unless ``force``, and where the place
    cannot be written.
    """
    path = Path(to)
    tables = extract.tables()
    if "observations" not in tables and "events" not in tables:
        raise AmurError("there is nothing to export", mend="Name series that have values, or a later --as-of.")
    if path.suffix == "" or path.is_dir():
        return _folder(tables, path, force)
    ending = path.suffix.lower()
    if ending not in FILES:
        raise AmurError(
            f"'{path.name}' is no kind of file that is written",
            field="to",
            mend=f"End the name in {', '.join(FILES)}, or name a folder.",
        )
    _refuse(path, force)
    if ending in (".csv", ".parquet") and "observations" not in tables:
        tables["observations"] = tables.pop("events")
    return [atomic.write_bytes(path, _WRITERS[ending](tables))]


def _refuse(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise AmurError(
            "is already there", file=path, mend="Choose another name, or say --force to overwrite it."
        )


def _folder(tables: dict[str, list[Row]], path: Path, force: bool) -> list[Path]:
    """CSV tables in a folder; a new folder appears with all of them or not at all."""
    files = {f"{name}.csv": _csv(rows) for name, rows in tables.items()} | {
        "NOTICE.txt": NOTICE.encode() + b"\n"
    }
    if path.exists():
        for name in files:
            _refuse(path / name, force)
        return [atomic.write_bytes(path / name, content) for name, content in files.items()]
    atomic.make_folder(path.resolve().parent)
    try:
        aside = Path(
            tempfile.mkdtemp(prefix=f".{path.name}.", suffix=atomic.TEMPORARY, dir=path.resolve().parent)
        )
    except OSError as error:
        raise atomic.cannot_write(path, error) from None
    try:
        for name, content in files.items():
            atomic.write_bytes(aside / name, content)
        aside.chmod(0o755)
        aside.rename(path)
    except OSError as error:
        raise atomic.cannot_write(path, error) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return [path / name for name in files]


# ---------------------------------------------------------------- rows


def _observations(series: TimeSeries) -> Iterable[Row]:
    for p in series.points:
        cited = [series.sources[name] for name in p.sources if name in series.sources]
        yield {
            "series": series.series,
            "period": p.period,
            "value": p.value,
            "unit": series.unit,
            "note": p.note,
            "revised": p.revised,
            "overlay": p.origin,
            "title": series.title,
            "source": ";".join(p.sources),
            "citation": " | ".join(source.citation() for source in cited),
            "terms": " | ".join(t.terms for t in terms.terms_for(cited)),
        }


def _described(series: TimeSeries) -> Row:
    names = (
        "series",
        "title",
        "unit",
        "frequency",
        "role",
        "reporter",
        "partner",
        "definition",
        "topic",
        "kind",
    )
    return {name: getattr(series, name) for name in (*names, "formula", "why")}


def _event(event: Event, record: Record) -> Row:
    told = event._asdict()
    told["overlay"] = told.pop("origin")
    return told | {
        "citation": record.sources[event.source].citation(),
        "terms": terms.terms_of(event.source, record.sources[event.source].origin).terms,
    }


def _source(name: str, record: Record) -> Row:
    told = record.sources[name]._asdict()
    told["overlay"] = told.pop("origin")
    family = terms.terms_of(name, record.sources[name].origin)
    return told | {"citation": record.sources[name].citation(), "family": family.family, "terms": family.terms}


# ---------------------------------------------------------------- files


def _csv(rows: list[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_text(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()


def _text(value: object) -> object:
    """The shortest text that reads back as the same value."""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value).removesuffix(".0") if isinstance(value, float) else value


def _json(tables: dict[str, list[Row]]) -> bytes:
    return (
        json.dumps({"notice": NOTICE} | tables, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    ).encode()


def _parquet(tables: dict[str, list[Row]]) -> bytes:
    """The observations (or events) as Parquet; notice, sources and terms are in the file's metadata too."""
    import duckdb

    rows = tables["observations"]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    kinds = {float: "DOUBLE", bool: "BOOLEAN", str: "VARCHAR"}
    chosen = ", ".join(
        f'unnest(${at}::{kinds[type(values[0])]}[]) AS "{name}"'
        for at, (name, values) in enumerate(columns.items(), 1)
    )
    told = {
        "notice": NOTICE,
        "sources": json.dumps(tables["sources"], ensure_ascii=False),
        "terms": json.dumps(tables["terms"], ensure_ascii=False),
    }
    metadata = ", ".join(f"{name}: {_quoted(text)}" for name, text in told.items())
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE taken AS SELECT {chosen}", list(columns.values()))
        aside = Path(folder) / "taken.parquet"
        try:
            connection.execute(
                f"COPY taken TO {_quoted(str(aside))} (FORMAT parquet, KV_METADATA {{{metadata}}})"
            )
        except duckdb.IOException as error:
            raise AmurError(f"cannot be written: {str(error).splitlines()[0]}", file=aside) from None
        return aside.read_bytes()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _workbook(tables: dict[str, list[Row]]) -> bytes:
    try:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
    except ImportError:
        raise AmurError("Excel files need openpyxl", mend="Run: pip install 'amur[files]'") from None
    book = openpyxl.Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
            line = []
            for value in cells:
                # Control characters cannot stand in a workbook; a text that begins with '=' is no formula.
                cell = WriteOnlyCell(
                    sheet,
                    re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", value) if isinstance(value, str) else value,
                )
                if isinstance(value, str) and value:
                    cell.data_type = "s"
                line.append(cell)
            sheet.append(line)
    notice = book.create_sheet("notice")
    notice.append([NOTICE])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WRITERS: dict[str, Callable[[dict[str, list[Row]]], bytes]] = {
    ".csv": lambda tables: _csv(tables["observations"]),
    ".parquet": _parquet,
    ".json": _json,
    ".xlsx": _workbook,
}
