"""A user's table as it stands in the file: a header and rows of cells, from CSV, Excel or Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import glob
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest
from amur.record.read import read_text

Cell = str | int | float | bool | dt.date | None
"""What a cell may hold; an empty one holds None, whatever the file made of it."""

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
MOST_ROWS = 1_000_000
"""More rows than this are not evidence somebody wrote down, and would not fit the record's tables."""


@dataclass(frozen=True)
class Sheet:
    """A header (trimmed names) and the rows under it, each with the line it stands on in the file."""

    file: Path
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    def error(
        self, problem: str, line: int | None = None, field: str | None = None, mend: str = ""
    ) -> AmurError:
        """An error that names this file and sheet."""
        where = f"{self.file} (sheet '{self.name}')" if self.name else self.file
        return AmurError(problem, file=where, line=line, field=field, mend=mend)


def read_sheet(path: Path, sheet: str = "", header: int = 1) -> Sheet:
    """The table of a file; ``sheet`` chooses one of several, ``header`` is the line of the column names.

    AmurError for a file that cannot be read, an unknown or undecided sheet, or columns without a name.
    """
    ending = path.suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        name, rows = _excel(path, sheet)
    elif ending == ".parquet":
        name, rows = "", _parquet(path)
    elif ending in (".csv", ".tsv", ".txt"):
        name, rows = "", list(_csv(path))
    else:
        raise AmurError(
            f"files of the kind '{ending or path.name}' are not read",
            file=path,
            mend=f"Save it as one of {', '.join(ENDINGS)}.",
        )
    if sheet and not name:
        raise AmurError(
            f"there is no sheet '{sheet}': the file is one table", file=path, mend="Leave `sheet` out."
        )
    return _with_header(path, name, rows, header)


def sheet_names(path: Path) -> list[str]:
    """The sheets of an Excel file that hold anything; an empty list for other files."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return []
    return [name for name, rows in _workbook(path).items() if rows]


Rows = list[tuple[int, list[Cell]]]


def _with_header(path: Path, name: str, rows: Rows, header: int) -> Sheet:
    blank = Sheet(path, name, (), ())
    names = next((cells for line, cells in rows if line == header), None)
    if names is None:
        raise blank.error(
            "there is no row of column names", header, mend="Say `header = N` for the line it is on."
        )
    titles = [_title(cell) for cell in names]
    while titles and not titles[-1]:
        titles.pop()
    for title in titles:
        if title and titles.count(title) > 1:
            raise blank.error(f"two columns are called '{title}'", header, title, "Give each its own name.")
    body = []
    for line, cells in rows:
        if line <= header or all(cell is None for cell in cells):
            continue
        if any(cell is not None for cell in cells[len(titles) :]):
            raise blank.error(
                f"the row has more fields than the {len(titles)} of the header",
                line,
                mend="Put fields that hold a comma in double quotes, or name the columns.",
            )
        body.append((line, tuple(cells[: len(titles)] + [None] * (len(titles) - len(cells)))))
    if len(body) > MOST_ROWS:
        raise blank.error(f"there are more than {MOST_ROWS:,} rows", mend="Add a smaller table.")
    return Sheet(path, name, tuple(titles), tuple(body))


def _title(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _csv(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    content = _text(path)
    first = next((line for line in content.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=lambda mark: _outside_quotes(first, mark))
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    ends = 0
    try:
        for cells in reader:
            # A quoted field may span lines: a row is named by the line it begins on.
            line, ends = ends + 1, reader.line_num
            yield line, [cell.strip() or None for cell in cells]
    except csv.Error as error:
        raise AmurError(
            f"is not CSV: {error}", file=path, line=reader.line_num, mend="Close every double quote."
        ) from None


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError:
        return read_text(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        # What Excel calls 'Unicode text'.
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise AmurError("is not UTF-16 text", file=path, mend="Save the file as UTF-8.") from None
    return read_text(path)


def _excel(path: Path, sheet: str) -> tuple[str, Rows]:
    book = {name: rows for name, rows in _workbook(path).items() if rows}
    if sheet and sheet not in book:
        hint = nearest(sheet, list(book)) or f"There is {', '.join(book)}." if book else ""
        raise AmurError(f"there is no sheet '{sheet}' with anything on it", file=path, mend=hint)
    if not book:
        raise AmurError("the workbook is empty", file=path, mend="Name a file with a table.")
    if not sheet and len(book) > 1:
        raise AmurError(
            f"there are {len(book)} sheets: {', '.join(book)}",
            file=path,
            field="sheet",
            mend='Say which in the mapping file: sheet = "…".',
        )
    name = sheet or next(iter(book))
    return name, book[name]


def _workbook(path: Path) -> dict[str, Rows]:
    """Every sheet of a workbook, values as last computed. A formula that was never computed is an error."""
    try:
        import openpyxl
    except ImportError:
        raise AmurError("Excel files need openpyxl", file=path, mend="Run: pip install 'amur[files]'") from None
    data = _bytes(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations it does not keep; the cells are all we read.
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            return {sheet.title: _excel_rows(path, sheet, formulas[sheet.title]) for sheet in values.worksheets}
    except AmurError:
        raise
    except Exception as error:
        # A damaged workbook fails inside zipfile, the XML parser or openpyxl, in more ways than can be listed.
        raise AmurError(
            f"is not a readable Excel workbook ({type(error).__name__})",
            file=path,
            mend="Open it in a spreadsheet program and save it as .xlsx again, or as CSV.",
        ) from None


def _excel_rows(path: Path, values: Any, formulas: Any) -> Rows:
    rows: Rows = []
    pairs = zip_longest(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), fillvalue=())
    for line, (cells, written) in enumerate(pairs, start=1):
        for cell, formula in zip(cells, written, strict=False):
            if cell is None and isinstance(formula, str) and formula.startswith("="):
                raise AmurError(
                    f"the formula {formula} has no computed value",
                    file=f"{path} (sheet '{values.title}')",
                    line=line,
                    mend="Open and save the file in a spreadsheet program, or paste the values.",
                )
        row = [_cell(cell) for cell in cells]
        if any(cell is not None for cell in row):
            rows.append((line, row))
    return rows


def _parquet(path: Path) -> Rows:
    """The rows of a Parquet file; the names of its columns stand on line 1 and the rows from line 2 on."""
    _bytes(path)
    import duckdb

    try:
        with duckdb.connect(":memory:") as connection:
            table = connection.execute("SELECT * FROM read_parquet(?)", [glob.escape(str(path))])
            names = [column[0] for column in table.description or []]
            rows = table.fetchmany(MOST_ROWS + 1)
    except duckdb.Error as error:
        raise AmurError(
            f"is not a readable Parquet file ({type(error).__name__})",
            file=path,
            mend="Write it anew, or as CSV.",
        ) from None
    header: list[Cell] = [*names]
    return [(1, header), *((line, [_cell(cell) for cell in row]) for line, row in enumerate(rows, start=2))]


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | dt.date):
        return value
    return str(value)


def _bytes(path: Path) -> bytes:
    """The whole of a file, or the same errors as for text."""
    try:
        return path.read_bytes()
    except OSError:
        read_text(path)
        raise
