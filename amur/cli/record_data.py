"""``amur record sql``, ``export`` and ``check``: the record as tables, taken along, and proved sound."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from amur.cli import options, output
from amur.cli.options import AsJson, AsOf, Force, NoOverlay, Strict
from amur.errors import AmurError

PRINTED = 1000
"""Rows of an answer that are printed as a table unless more are asked for."""


def sql(
    question: Annotated[str, typer.Argument(metavar="SELECT", help="One SQL statement, in quotes")] = "",
    tables: Annotated[bool, typer.Option("--schema", help="Print the tables and their columns")] = False,
    rows: Annotated[int, typer.Option(help=f"At most so many rows (a table: {PRINTED}; else all)")] = 0,
    seconds: Annotated[float, typer.Option(help="Time limit")] = 10.0,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV")] = False,
    as_json: AsJson = False,
    as_of: AsOf = "",
    strict: Strict = False,
    no_overlay: NoOverlay = False,
) -> None:
    """Ask the record in SQL (DuckDB); nothing but the record can be read, and nothing written."""
    from amur.record import sql as asked

    if tables:
        _show_schema(as_json)
        return
    if as_csv and as_json:
        raise AmurError("--csv and --json exclude each other", mend="Choose one.")
    if rows < 0:
        raise AmurError(f"there are no {rows} rows", field="rows", mend="Give a positive number.")
    most = rows or (None if as_csv or as_json else PRINTED)
    record = options.loaded(as_of, strict, no_overlay)
    answer = asked.query(record, question, seconds=seconds, most=most, own_codings=not no_overlay)
    if as_json:
        output.print_json(answer.as_json())
    elif as_csv:
        output.print_csv(answer.columns, answer.rows)
    else:
        numeric = [
            name for name, kind in zip(answer.columns, answer.types, strict=True) if kind.startswith(_NUMBERS)
        ]
        widest = sorted(answer.columns, key=lambda name: -_widest(answer.columns.index(name), answer.rows))
        output.say(output.table(answer.columns, answer.rows, right=numeric, cut=widest))
    output.tell_overlays(sorted(record.overlays()))
    if answer.more:
        print(f"amur: only the first {len(answer.rows):,} rows are shown (--rows)", file=sys.stderr)


_NUMBERS = ("BIGINT", "INTEGER", "DOUBLE", "FLOAT", "DECIMAL", "HUGEINT", "SMALLINT", "TINYINT", "U")


def _widest(at: int, rows: list[tuple[Any, ...]]) -> int:
    return max((len(str(row[at])) for row in rows), default=0)


def _show_schema(as_json: bool) -> None:
    from amur.record.sql import TABLES

    if as_json:
        output.print_json(
            [
                {"table": t.name, "meaning": t.meaning, "columns": [c._asdict() for c in t.columns]}
                for t in TABLES
            ]
        )
        return
    for table in TABLES:
        output.say(f"{output.heading(table.name)}: {table.meaning}")
        rows = [(f"  {column.name}", column.type, column.meaning) for column in table.columns]
        output.say(output.table(("  column", "type", "meaning"), rows, wrap=("meaning",)) + "\n")


def export(
    series: Annotated[list[str] | None, typer.Argument(help="Series to take along", show_default=False)] = None,
    to: Annotated[
        str, typer.Option(metavar="PATH", help="A .csv, .parquet, .json or .xlsx file, or a folder")
    ] = "",
    topic: Annotated[list[str] | None, typer.Option(help="All series and events of a topic")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All there is")] = False,
    force: Force = False,
    as_json: AsJson = False,
    as_of: AsOf = "",
    strict: Strict = False,
    no_overlay: NoOverlay = False,
) -> None:
    """Write series and events to a file or folder, with the citation and terms of every row."""
    from amur.cli.record import check_choice
    from amur.record import export as taking

    if not to:
        raise AmurError("nothing says where to", field="to", mend="Add --to DIR or --to FILE.csv.")
    if not (series or topic or everything):
        raise AmurError("nothing says what to export", mend="Name series, a --topic, or --all.")
    record = options.loaded(as_of, strict, no_overlay)
    for name in topic or ():
        check_choice("topic", name, list(record.topics))
    extract = taking.select(record, series or (), topic or (), everything)
    written = taking.write(extract, to, force=force)
    counts = {
        "series": len(extract.series),
        "observations": sum(map(len, extract.series)),
        "events": len(extract.events),
        "sources": len(extract.cited()),
    }
    if as_json:
        output.print_json(counts | {"files": [str(path) for path in written]})
        return
    output.say(f"Wrote {output.counted(counts)} to {to}")
    output.tell_overlays(dict.fromkeys(name for each in extract.series for name in each.origins))


def check(
    path: Annotated[
        str, typer.Argument(metavar="[PATH]", help="A file or folder of your own; else the record")
    ] = "",
    as_json: AsJson = False,
    no_overlay: NoOverlay = False,
) -> None:
    """Check all of the record, your own evidence, recipes, codings, measures and claims; or a file or folder."""
    told = _check_path(Path(path)) if path else _check_all(no_overlay)
    if as_json:
        output.print_json({"sound": True} | told)
        return
    for name, many in told.items():
        output.say(f"{many:>8,}  {name}" if isinstance(many, int) else f"{'':>8}  {name}: {many}")
    output.say("No fault found.")


def _check_all(no_overlay: bool) -> dict[str, Any]:
    from amur import claims, numbers
    from amur.record.coded import codings
    from amur.record.derived import recipes
    from amur.record.measures import catalogue
    from amur.record.own import overlay

    record = options.loaded(no_overlay=no_overlay)
    told = record.summary()
    return {name: told[name] for name in ("sources", "series", "observations", "events")} | {
        "recipes": recipes.check(record),
        "codings": len(codings.codings(record, user=not no_overlay)),
        "measures": len(catalogue()),
        "claims": claims.validate(record),
        "numbers of the essays": numbers.validate(record),
        "sets of your own evidence": 0 if no_overlay else len(overlay.listing()),
    }


def _check_path(path: Path) -> dict[str, Any]:
    """What a file or folder holds, once every row of it has passed."""
    from amur.record import record as rows

    if not path.exists():
        raise AmurError("there is no such file or folder", file=path, mend="Check the path.")
    if path.is_dir():
        whole = (path / "topics.csv").exists()
        tables = rows.built_in(path) if whole else _with_topic(path)
        return {
            "sources": len(tables.sources),
            "series": len(tables.series),
            "observations": len(tables.observations),
            "events": len(tables.events),
        }
    if path.suffix == ".toml":
        from amur.record.derived import recipes

        return {"recipes": recipes.check(rows.Record(rows.built_in()), recipes.read(path))}
    from amur.record.own import add

    plan = add.plan(path)
    return {name: many for name, many in plan.counts().items() if many} | {
        "remarks": "; ".join(plan.remarks) or "none"
    }


def _with_topic(path: Path) -> Any:
    """One topic's folder on its own: its rows checked with the record's sources and units, and its own."""
    from dataclasses import replace

    from amur.record import record as rows
    from amur.record import schema
    from amur.record.read import read_table

    built = rows.built_in()
    sources = dict(built.sources)
    if (path / "sources.csv").exists():
        sources |= {row.source: row for _, row in read_table(path / "sources.csv", schema.SOURCES)}
    tables = replace(built, sources=sources, series={}, observations=[], events=[])
    rows.add_rows(tables, path, topic=path.name)
    return tables
