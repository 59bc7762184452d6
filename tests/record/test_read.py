"""Reading a table: every fault is one error that names file, line, field and the mend."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.record import read, schema

HEAD = "series,period,value,source,note\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "observations.csv"


def fault(path: Path) -> AmurError:
    with pytest.raises(AmurError) as raised:
        read.read_table(path, schema.OBSERVATIONS)
    assert "\n" not in str(raised.value)
    assert raised.value.mend
    return raised.value


@pytest.mark.parametrize(
    ("content", "line", "field", "told"),
    [
        ("", 1, "series", "the column 'series' is missing"),
        ("series,period,value,source\n", 1, "note", "the first line must be series,period"),
        ("series,period,value,source,note,notes\n", 1, "notes", "Did you mean note"),
        ("series,period,value,source,note,note\n", 1, "note", "is there twice"),
        (HEAD + "a,2000,1,s\n", 2, None, "the row has 4 fields, the header 5"),
        (HEAD + "a,2000,1,s,x,y\n", 2, None, "the row has 6 fields, the header 5"),
        (HEAD + "a,2000,12 bn,s,\n", 2, "value", "'12 bn' is not a number. Write a decimal number"),
        (HEAD + "a,2000,1,s,\n\na,2000,2,s,\n", 4, "period", "a 2000 is already on line 2"),
        (HEAD + "a,99,1,s,\n", 2, "period", "'99' is not a period. Write 2019"),
        (HEAD + "a,2000,1,,\n", 2, "source", "is not an identifier"),
        (HEAD + 'a,2000,1,s,"x" y\n', 2, None, "is not CSV"),
    ],
)
def test_a_fault_says_where_and_what_to_do(path: Path, content: str, line: int, field: str, told: str) -> None:
    path.write_text(content)
    error = fault(path)
    assert (error.file, error.line, error.field) == (str(path), line, field)
    assert told.lower() in str(error).lower()


def test_what_cannot_be_read_at_all(path: Path) -> None:
    assert "no such file" in str(fault(path))
    path.write_bytes(HEAD.encode() + b"a,2000,1,s,caf\xe9\n")
    assert "is not UTF-8" in str(fault(path))
    path.unlink()
    path.mkdir()
    assert "is a folder" in str(fault(path))


def test_a_mark_of_the_byte_order_does_no_harm(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode() + b"a,2000,1,s,\n")
    ((line, row),) = read.read_table(path, schema.OBSERVATIONS)
    assert (line, row.series, row.value) == (2, "a", 1.0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), max_size=6
    )
)
def test_any_note_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, notes: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(schema.OBSERVATIONS.columns)
    writer.writerows(["a", 1000 + n, n, "s", note] for n, note in enumerate(notes))
    path = tmp_path_factory.mktemp("any") / "observations.csv"
    path.write_bytes(out.getvalue().encode())
    assert [row.note for _, row in read.read_table(path, schema.OBSERVATIONS)] == notes
