"""The quick reading of a table gives what the reading row by row gives, and leaves every fault to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from amur.errors import AmurError
from amur.record import read, schema
from amur.record.record import DATA

OBSERVATIONS = "series,period,value,source,note\n"
TABLES = {
    "series": schema.SERIES,
    "observations": schema.OBSERVATIONS,
    "events": schema.EVENTS,
    "sources": schema.SOURCES,
}
FILES = [path for path in sorted(DATA.rglob("*.csv")) if path.stem in TABLES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_readings_agree_on_every_table_of_the_record(path: Path) -> None:
    table, content = TABLES[path.stem], read.read_text(path)
    slowly = list(read._rows(content, path, table, {"origin": "x"}))
    assert slowly
    assert read._quickly(content, table, {"origin": "x"}) == slowly


@pytest.mark.parametrize(
    "rows",
    [
        'a,2000,1,s,"over\ntwo lines"\nb,2000,1,s,\n',
        "a,2000,1,s,\n\nb,2000,1,s,\n",
        "a,2000,1,s,\r\nb,2001,2,s,\r\n",
        "a,2000,1,s,\nb,2001,2,s,",
        "",
        'a,2000,1,s,"with ""quotes"", and commas"\n',
    ],
)
def test_both_readings_agree_on_odd_but_sound_tables(rows: str, tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    path.write_bytes((OBSERVATIONS + rows).encode())
    slowly = list(read._rows(read.read_text(path), path, schema.OBSERVATIONS, {}))
    assert read.read_table(path, schema.OBSERVATIONS) == slowly


def test_columns_in_another_order_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    path.write_text("note,source,value,period,series\nn,s,1.5,2000,a\n")
    ((line, row),) = read.read_table(path, schema.OBSERVATIONS, origin="mine")
    assert (line, tuple(row)) == (2, ("a", "2000", 1.5, "s", "n", "mine"))


@pytest.mark.parametrize(
    ("rows", "line", "field"),
    [
        ("a,2000,1,s,\nb,2000,much,s,\n", 3, "value"),
        ("a,2000,1,s,\nb,2000,nan,s,\n", 3, "value"),
        ("a,2000,1,s,\na,2000,2,s,\n", 3, "period"),
        ("a,2000,1,s,\nb,20x0,2,s,\n", 3, "period"),
        ("a,2000,1,s,\nb,2000,2,s\n", 3, None),
        ('a,2000,1,s,"two\nlines"\nb,2000,2,not a source,\n', 4, "source"),
        ('a,2000,1,s,"never closed\n', 2, None),
    ],
)
def test_a_fault_is_found_where_it_is(rows: str, line: int, field: str | None, tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    path.write_text(OBSERVATIONS + rows)
    with pytest.raises(AmurError) as raised:
        read.read_table(path, schema.OBSERVATIONS)
    assert (raised.value.file, raised.value.line, raised.value.field) == (str(path), line, field)
