"""Reading a CSV table of the record: every row is checked on the way in, and the first broken one
raises one :class:`~amur.errors.AmurError` that names file, line, field and the mend."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest
from amur.record.schema import Table


def read_text(path: Path) -> str:
    """The whole of a UTF-8 file, or one clear error."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise AmurError("there is no such file", file=path, mend="Check the path.") from None
    except IsADirectoryError:
        raise AmurError("this is a folder", file=path, mend="Name a file in it.") from None
    except UnicodeDecodeError as error:
        raise AmurError(
            f"byte {error.start} is not UTF-8 text", file=path, mend="Save the file as UTF-8."
        ) from None
    except OSError as error:
        raise AmurError(f"cannot be read: {error.strerror}", file=path) from None


def read_table(path: Path, table: Table, **constant: str) -> list[tuple[int, Any]]:
    """All rows of a CSV file as the table's row type, each with its line number.

    ``constant`` fills fields that are not columns of the file (``topic``, ``origin``).
    Raises AmurError for missing or unknown columns, a field that fails its check, or a repeated key.
    """
    return list(_rows(read_text(path), path, table, constant))


def _rows(content: str, path: Path, table: Table, constant: dict[str, str]) -> Iterator[tuple[int, Any]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    names = list(table.columns)
    checks = list(table.columns.values())
    seen: dict[tuple[str, ...], int] = {}
    key_at = [names.index(name) for name in table.key]
    try:
        header = next(reader, [])
        _check_header(header, names, path)
        same_order = header == names
        order = [header.index(name) for name in names]
        ends = reader.line_num
        for cells in reader:
            # A quoted field may span lines: a row is named by the line it begins on.
            line, ends = ends + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                raise AmurError(
                    f"the row has {len(cells)} fields, the header {len(header)}",
                    file=path,
                    line=line,
                    mend="Put fields that hold a comma in double quotes and give every column a field.",
                )
            fields = cells if same_order else [cells[i] for i in order]
            key = tuple(fields[i] for i in key_at)
            if key in seen:
                raise AmurError(
                    f"{' '.join(key)} is already on line {seen[key]}",
                    file=path,
                    line=line,
                    field=table.key[-1],
                    mend="Keep one of the two rows.",
                )
            seen[key] = line
            try:
                values = [check(field) for check, field in zip(checks, fields, strict=True)]
            except ValueError:
                _blame(names, checks, fields, path, line)
                raise
            yield line, table.row(*values, **constant)
    except csv.Error as error:
        raise AmurError(
            f"is not CSV: {error}", file=path, line=reader.line_num, mend="Close every double quote."
        ) from None


def _check_header(header: list[str], names: list[str], path: Path) -> None:
    for name in names:
        if name not in header:
            raise AmurError(
                f"the column '{name}' is missing",
                file=path,
                line=1,
                field=name,
                mend=f"The first line must be {','.join(names)}.",
            )
    for name in header:
        if name not in names or header.count(name) > 1:
            problem = f"the column '{name}' is " + ("there twice" if name in names else "not known")
            raise AmurError(problem, file=path, line=1, field=name, mend=nearest(name, names))


def _blame(names: list[str], checks: list[Any], fields: list[str], path: Path, line: int) -> None:
    """Find the field whose check failed and say so; its message reads 'problem; mend'."""
    for name, check, field in zip(names, checks, fields, strict=True):
        try:
            check(field)
        except ValueError as error:
            problem, _, mend = str(error).partition("; ")
            raise AmurError(
                problem,
                file=path,
                line=line,
                field=name,
                mend=mend[:1].upper() + mend[1:] + "." if mend else "",
            ) from None
