"""From a user's file to rows of the record: what would be added and what it would shadow.

    addition = plan("ministry.xlsx", "ministry.toml")     # reads and checks everything, writes nothing
    overlay.add(addition)                                 # takes it in, all or nothing

A file with the record's own columns needs no mapping; for another one ``amur.record.own.questions`` asks what is what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from amur.errors import AmurError, problem_and_mend
from amur.record import schema
from amur.record.own import overlay
from amur.record.own.cells import as_text, looks_like_period
from amur.record.own.mapping import COLUMNS, Mapping, SeriesPart, read_mapping
from amur.record.own.questions import answer, questions
from amur.record.own.sheets import Sheet, read_sheet
from amur.record.own.taking import DESCRIPTION, Addition, Taking, checksum_of
from amur.record.read import read_text
from amur.record.record import built_in

__all__ = ["Addition", "answer", "own_shape", "plan", "questions"]

LONGEST_NAME = 80
"""Characters of the name of a set, which becomes the name of a folder."""

CODING_COLUMNS = {"decision", "quarter", "value", "reason"}


def plan(path: str | Path, mapping: str | Path | Mapping | None = None, *, name: str = "") -> Addition:
    """What adding a file would do. Nothing is written.

    ``mapping`` is a mapping or the path of its TOML file; a file with the record's own columns needs none.
    ``name`` (by default from the file's name) is the ``origin`` of every row. AmurError names the file,
    line and field of the first cell that cannot be taken.
    """
    path = Path(path)
    name = name_of(path, name)
    if isinstance(mapping, str | Path):
        mapping = read_mapping(Path(mapping))
    sheet = read_sheet(path, mapping.sheet, mapping.header) if mapping else read_sheet(path)
    if mapping is None and set(sheet.header) >= CODING_COLUMNS:
        return _codings(sheet)
    mapping = _with_units(mapping) if mapping else own_shape(sheet)
    if mapping is None:
        raise sheet.error(
            f"the columns {', '.join(sheet.header[:8])} are not the record's own",
            1,
            mend="Say what they are with `--mapping FILE.toml`, or name them series,period,value (source, note) "
            "or date,kind,what (actors, source, note).",
        )
    tables = overlay.merged(built_in(), before=name)
    return replace(Taking(sheet, mapping, tables, name).all(), replaces=name in overlay.names())


def own_shape(sheet: Sheet) -> Mapping | None:
    """The mapping of a file that has the record's own columns already, or None.

    Those are series, period and value; or series and a column for each period; or date, kind and what.
    """
    header = set(sheet.header)
    wide = "series" in header and "period" not in header and any(map(looks_like_period, sheet.header))
    if wide or header >= {"series", "period", "value"}:
        kind, parts = "observations", tuple(_descriptions(sheet))
    elif header >= {"date", "kind", "what"}:
        kind, parts = "events", ()
    else:
        return None
    ours = {column: column for column in COLUMNS[kind] if column in header}
    return Mapping(kind=kind, wide=wide, columns=ours, series=parts)


def name_of(path: Path, name: str = "") -> str:
    """The name of a set of evidence: the one given, else one made from the file's name."""
    if name:
        try:
            schema.identifier(name)
        except ValueError as error:
            problem, mend = problem_and_mend(error)
            raise AmurError(problem, field="name", mend=mend) from None
        if len(name) > LONGEST_NAME:
            raise AmurError(
                f"the name has {len(name)} characters",
                field="name",
                mend=f"Choose one of at most {LONGEST_NAME}.",
            )
    else:
        plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Za-z0-9._+-]+", "-", plain).strip("-._+")[:LONGEST_NAME] or "evidence"
    if name == overlay.CODINGS:
        raise AmurError(
            f"the name '{name}' is kept for your own codings of decisions",
            field="name",
            mend="Choose another with `--name`.",
        )
    return name


def _descriptions(sheet: Sheet) -> Iterator[SeriesPart]:
    """One part for each series of a file with our columns, described by the columns that do so, if any."""
    at = {column: sheet.header.index(column) for column in ("series", *DESCRIPTION) if column in sheet.header}
    seen: dict[str, dict[str, str]] = {}
    for line, cells in sheet.rows:
        told = {column: as_text(cells[index]) for column, index in at.items()}
        first = seen.setdefault(told["series"], told)
        for column in at:
            if told[column] != first[column]:
                raise sheet.error(
                    f"the series '{told['series']}' has '{first[column]}' further up, '{told[column]}' here",
                    line,
                    column,
                    "Describe a series in the same way on each of its rows.",
                )
    return (SeriesPart(**told) for told in seen.values() if told["series"])


def _with_units(mapping: Mapping) -> Mapping:
    """A mapping must say the unit of every series it names: a number without one may be off a thousandfold."""
    for part in mapping.series:
        if not part.unit and mapping.kind == "observations":
            raise AmurError(
                f"the unit of '{part.series}' is not said",
                file=mapping.file or None,
                field="unit",
                mend='Write unit = "US$ bn", or what the file is in, under its [[series]].',
            )
    return mapping


def _codings(sheet: Sheet) -> Addition:
    """The user's own codings of decisions: checked by their own rules, kept as one file as it is."""
    from amur.record.coded import codings

    if sheet.file.suffix.lower() != ".csv":
        raise sheet.error("codings of decisions are read from CSV only", mend="Save the table as .csv.")
    many = codings.check_user_file(sheet.file)
    return Addition(
        overlay.CODINGS,
        codings=read_text(sheet.file),
        file=str(sheet.file),
        checksum=checksum_of(sheet.file),
        replaces=overlay.CODINGS in overlay.names(),
        remarks=(f"your own codings of decisions, for {many} quarters",),
    )
