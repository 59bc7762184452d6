"""Exports: every row with its citation and terms, nothing lost, nothing overwritten, all or nothing."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest

from amur.errors import AmurError
from amur.record import Observation, Source, export, load, terms
from amur.record.record import Record

SERIES = "trade.total.chn-rus"
DERIVED = "trade.total.chn-rus.spliced"


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_file_carries_citation_and_terms_in_every_row(record: Record, tmp_path: Path) -> None:
    (path,) = export.write(export.select(record, [SERIES, DERIVED]), tmp_path / "out.csv")
    rows = rows_of(path)
    for name in (SERIES, DERIVED):
        series = record.timeseries(name)
        mine = [row for row in rows if row["series"] == name]
        assert [(row["period"], float(row["value"])) for row in mine] == list(series.values.items())
        for row, point in zip(mine, series.points, strict=True):
            assert row["citation"] == " | ".join(record.sources[s].citation() for s in point.sources)
            assert row["terms"]
            assert row["revised"] == str(point.revised).lower()


def test_a_folder_holds_everything_of_a_topic(record: Record, tmp_path: Path) -> None:
    written = export.write(export.select(record, topics=["trade"]), tmp_path / "new" / "trade")
    assert {path.name for path in written} == {
        "observations.csv",
        "series.csv",
        "events.csv",
        "sources.csv",
        "terms.csv",
        "NOTICE.txt",
    }
    recorded = [row for row in record.observations if record.series[row.series].topic == "trade"]
    exported = {(row["series"], row["period"]): float(row["value"]) for row in rows_of(written[0])}
    assert {(row.series, row.period): row.value for row in recorded}.items() <= exported.items()
    assert DERIVED in {row["series"] for row in rows_of(tmp_path / "new" / "trade" / "series.csv")}
    assert len(rows_of(tmp_path / "new" / "trade" / "events.csv")) == sum(
        e.topic == "trade" for e in record.events
    )
    cited = {source for row in rows_of(written[0]) for source in row["source"].split(";")}
    assert cited <= {row["source"] for row in rows_of(tmp_path / "new" / "trade" / "sources.csv")}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["trade"]


def test_json_parquet_and_workbook_hold_the_same(record: Record, tmp_path: Path) -> None:
    extract = export.select(record, [SERIES])
    series = record.timeseries(SERIES)
    values = list(series.values.items())
    (path,) = export.write(extract, tmp_path / "out.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    assert [(row["period"], row["value"]) for row in told["observations"]] == values
    assert {row["source"] for row in told["sources"]} == {source.source for source in series.cited()}
    assert told["terms"]
    assert "cite" in told["notice"]

    (path,) = export.write(extract, tmp_path / "out.parquet")
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT period, value, citation FROM '{path}'").fetchall()
        about = dict(connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall())
    assert [(period, value) for period, value, _ in found] == values
    assert all(citation for _, _, citation in found)
    assert json.loads(about[b"sources"]) == told["sources"]

    (path,) = export.write(extract, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["observations", "series", "sources", "terms", "notice"]
    rows = list(book["observations"].iter_rows(values_only=True))
    at = [rows[0].index(name) for name in ("period", "value")]
    assert [tuple(row[i] for i in at) for row in rows[1:]] == values


def test_a_text_that_looks_like_a_formula_stays_a_text(record: Record, tmp_path: Path) -> None:
    series = record.timeseries(SERIES)
    points = tuple(p._replace(note='=HYPERLINK("https://example.org")\x07') for p in series.points)
    extract = export.Extract(record, (replace(series, points=points),))
    (path,) = export.write(extract, tmp_path / "out.xlsx")
    cell = next(c for c in openpyxl.load_workbook(path)["observations"][2] if str(c.value).startswith("=HYPER"))
    assert cell.data_type == "s"


def test_a_cut_record_exports_only_what_was_known(record: Record, tmp_path: Path) -> None:
    (path,) = export.write(export.select(record.cut("2015-06-30"), [SERIES]), tmp_path / "out.csv")
    assert rows_of(path)[-1]["period"] == "2014"


def test_nothing_is_overwritten_unless_asked(record: Record, tmp_path: Path) -> None:
    extract = export.select(record, [SERIES])
    (tmp_path / "out.csv").write_text("mine")
    with pytest.raises(AmurError, match="already there"):
        export.write(extract, tmp_path / "out.csv")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "terms.csv").write_text("mine")
    (tmp_path / "folder" / "other.csv").write_text("mine")
    with pytest.raises(AmurError, match=r"terms\.csv: is already there"):
        export.write(extract, tmp_path / "folder")
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["other.csv", "terms.csv"]
    assert (tmp_path / "out.csv").read_text() == "mine"
    export.write(extract, tmp_path / "out.csv", force=True)
    export.write(extract, tmp_path / "folder", force=True)
    assert len(rows_of(tmp_path / "out.csv")) == len(record.timeseries(SERIES))
    assert (tmp_path / "folder" / "other.csv").read_text() == "mine"


def test_a_folder_that_cannot_be_finished_does_not_appear(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amur import atomic

    written = []

    def full(path: Path, data: bytes) -> Path:
        if written:
            raise AmurError("cannot be written: the disk is full", file=path)
        written.append(path)
        return path

    monkeypatch.setattr(atomic, "write_bytes", full)
    with pytest.raises(AmurError, match="disk is full"):
        export.write(export.select(record, [SERIES]), tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_something_and_a_known_kind_of_file(record: Record, tmp_path: Path) -> None:
    with pytest.raises(AmurError, match="nothing to export"):
        export.write(export.select(record.cut("1950-01-01"), [SERIES]), tmp_path / "out.csv")
    with pytest.raises(AmurError, match=r"out\.txt"):
        export.write(export.select(record, [SERIES]), tmp_path / "out.txt")
    with pytest.raises(AmurError, match="not in the record"):
        export.select(record, ["trade.nothing"])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".csv", ".json", ".parquet", ".xlsx"])
def test_the_users_own_rows_are_marked_and_carry_no_terms_of_others(
    record: Record, tmp_path: Path, ending: str
) -> None:
    mine = Source("mine", "Me", "My count", "2022", "", origin="notebook")
    rows = [*record.tables.observations, Observation(SERIES, "2031", 1.0, "mine", "", origin="notebook")]
    own = Record(replace(record.tables, sources=record.sources | {"mine": mine}, observations=rows))
    (path,) = export.write(export.select(own, [SERIES]), tmp_path / f"out{ending}")
    if ending == ".csv":
        found = rows_of(path)
    elif ending == ".json":
        found = json.loads(path.read_text(encoding="utf-8"))["observations"]
    elif ending == ".parquet":
        with duckdb.connect() as connection:
            found = connection.execute(f"SELECT * FROM '{path}'").df().to_dict("records")
    else:
        head, *body = openpyxl.load_workbook(path)["observations"].iter_rows(values_only=True)
        found = [dict(zip(head, row, strict=True)) for row in body]
    (last,) = [row for row in found if row["period"] == "2031"]
    assert (last["overlay"], last["citation"], last["terms"]) == (
        "notebook",
        "Me: My count (2022).",
        terms.OWN.terms,
    )
    assert not any(row["terms"] == terms.OWN.terms for row in found if row["period"] != "2031")
