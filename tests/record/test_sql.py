"""SQL on the record: right answers, nothing else within reach, one clear error for every fault."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from amur.errors import AmurError
from amur.record import load, sql
from amur.record.record import Record


@pytest.fixture(autouse=True)
def no_evidence_of_the_users_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


def test_the_tables_hold_the_whole_record(record: Record) -> None:
    for table in ("sources", "series", "observations", "events", "topics", "units"):
        answer = sql.query(record, f"SELECT count(*) FROM {table}")
        assert answer.rows == [(len(getattr(record, table)),)]


def test_values_dates_and_vintages_are_those_of_the_record(record: Record) -> None:
    answer = sql.query(
        record,
        "SELECT period, value, ends, known_since, revised FROM observations "
        "WHERE series = 'trade.total.chn-rus' ORDER BY period",
    )
    series = record.timeseries("trade.total.chn-rus")
    assert [(row[0], row[1], row[4]) for row in answer.rows] == [
        (p.period, p.value, p.revised) for p in series.points
    ]
    assert answer.rows[0][2] == "1996-12-31"
    known = {row.period: record.known(row) for row in record.observations if row.series == series.series}
    assert [row[3] for row in answer.rows] == [known[row[0]].since.isoformat() for row in answer.rows]


def test_a_cut_holds_in_sql_too(record: Record) -> None:
    cut = record.cut("2010-06-30")
    assert sql.query(cut, "SELECT max(known_since) <= DATE '2010-06-30' FROM observations").rows == [(True,)]
    assert sql.query(cut, "SELECT count(*) FROM events").rows == [(len(cut.events),)]


def test_events_can_be_asked_by_actor(record: Record) -> None:
    answer = sql.query(record, "SELECT event FROM events WHERE list_contains(actor_list, 'PRK')")
    assert {row[0] for row in answer.rows} == {event.event for event in record.find_events(actor="PRK")}
    assert answer.rows


def test_a_connection_for_python_has_every_table_filled_with_what_the_record_gives(record: Record) -> None:
    connection = sql.connect(record)
    for table in sql.TABLES:
        (many,) = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
        assert many > 0, table.name

    def value(of: str, where: str) -> object:
        ((found,),) = connection.execute(f"SELECT value FROM {of} WHERE {where}").fetchall()
        return found

    spliced = record.timeseries("trade.total.chn-rus.spliced").at("2021")
    assert value("derived", "series = 'trade.total.chn-rus.spliced' AND period = '2021'") == spliced.value
    from amur.record.coded.codings import coding

    support = coding(record, "china-support").at("2023-Q1")
    assert value("codings", "decision = 'china-support' AND quarter = '2023-Q1'") == support.value
    from amur.record.measures import measure

    share = measure(record, "trade.dependence").at("2021")
    where = "measure = 'trade.dependence' AND dyad = 'RUS-CHN' AND period = '2021'"
    assert value("measures", where) == share.value


def test_computed_tables_are_computed_when_named(record: Record) -> None:
    (many,) = sql.query(record, "SELECT count(DISTINCT series) FROM Derived").rows[0]
    from amur.record.derived.recipes import recipes

    assert many == len(recipes())


def test_pivot_and_describe_work(record: Record) -> None:
    assert sql.query(record, "DESCRIBE series").rows[0][0] == "series"
    answer = sql.query(record, "PIVOT (SELECT topic, role FROM series) ON role USING count(*)")
    assert set(answer.columns) == {"topic", "observable", "forcing", "comparator"}


def test_what_is_described_is_what_is_there(record: Record) -> None:
    for table in sql.TABLES:
        answer = sql.query(record, f"DESCRIBE {table.name}")
        assert [(row[0], row[1]) for row in answer.rows] == [(c.name, c.type) for c in table.columns]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM series", 'column "nothing" not found'),
        ("SELECT * FROM obs", "obs does not exist. Did you mean"),
        ("", "no SQL statement"),
        ("-- only a remark", "no SQL statement"),
        ("SELECT 1; SELECT 2", "2 SQL statements"),
        ("DROP TABLE series", "does more than read"),
        ("DELETE FROM series", "does more than read"),
        ("CREATE TABLE x AS SELECT 1", "does more than read"),
        ("SET threads = 8", "does more than read"),
        ("PRAGMA database_list", "does more than read"),
        ("INSTALL httpfs", "does more than read"),
        ("SELECT current_timestamp", "time zone"),
    ],
)
def test_a_fault_is_one_line_that_says_what_to_do(record: Record, text: str, told: str) -> None:
    with pytest.raises(AmurError) as raised:
        sql.query(record, text)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.mend


def test_files_can_neither_be_read_nor_written(record: Record, tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("a\n1\n")
    for text in (
        f"SELECT * FROM '{there}'",
        f"SELECT * FROM read_csv('{there}')",
        f"SELECT * FROM read_text('{there}')",
        f"SELECT * FROM glob('{tmp_path}/*')",
        f"COPY series TO '{tmp_path}/out.csv'",
        f"ATTACH '{tmp_path}/out.db'",
        f"EXPORT DATABASE '{tmp_path}/out'",
        "SELECT * FROM 'https://example.org/x.csv'",
    ):
        with pytest.raises(AmurError):
            sql.query(record, text)
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]


def test_python_variables_are_out_of_reach(record: Record) -> None:
    secret = {"a": [1]}
    assert secret
    with pytest.raises(AmurError, match="secret does not exist"):
        sql.query(record, "SELECT * FROM secret")


def test_a_question_that_takes_too_long_is_stopped(record: Record) -> None:
    with pytest.raises(AmurError, match=r"longer than 0\.2 seconds"):
        sql.query(record, "SELECT count(*) FROM range(100000000) a, range(100000) b", seconds=0.2)
    for limit in (0, -1, float("nan")):
        with pytest.raises(AmurError, match="no time limit"):
            sql.query(record, "SELECT 1", seconds=limit)


def test_an_endless_answer_is_cut_and_says_so(record: Record) -> None:
    answer = sql.query(record, "SELECT * FROM range(1000000000000)", most=3)
    assert answer.rows == [(0,), (1,), (2,)]
    assert answer.more
    assert not sql.query(record, "SELECT * FROM range(3)", most=3).more


def test_every_value_can_be_said_in_json(record: Record) -> None:
    answer = sql.query(
        record,
        "SELECT 'nan'::DOUBLE a, 'inf'::DOUBLE a, 1.50::DECIMAL(4,2) c, 10::HUGEINT d, DATE '2020-01-02' e, "
        "[1, 2] f, {'x': 1.5} g, NULL h, INTERVAL 1 DAY i, TIME '10:00' j, true k",
    )
    (row,) = answer.as_json()["rows"]
    text = json.dumps(row, allow_nan=False)
    assert json.loads(text) == row
    assert row["a"] is None
    assert row["a_2"] is None
    assert (row["c"], row["d"], row["e"], row["f"], row["g"]) == (1.5, 10, "2020-01-02", [1, 2], {"x": 1.5})


@pytest.mark.parametrize("seconds", [float("inf"), 1e300, float("nan"), 0.0, -1.0])
def test_a_time_limit_that_is_none(record: Record, seconds: float) -> None:
    with pytest.raises(AmurError, match="no time limit"):
        sql.query(record, "SELECT 1", seconds=seconds)


def test_an_answer_that_would_fill_the_memory(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "MOST_TEXT", 1_000_000)
    with pytest.raises(AmurError, match="1 million characters"):
        sql.query(record, "SELECT repeat('x', 1000) FROM range(2000)")
    monkeypatch.setattr(sql, "MOST_ROWS", 5_000)
    with pytest.raises(AmurError, match="more than 5,000 rows"):
        sql.query(record, "SELECT * FROM range(6000)")
    assert len(sql.query(record, "SELECT * FROM range(5000)").rows) == 5000


def test_more_rows_than_a_number_can_say(record: Record) -> None:
    assert sql.query(record, "SELECT 1", most=10**30).rows == [(1,)]


def test_taking_over_a_long_answer_ends_at_the_time_limit(record: Record) -> None:
    begun = time.monotonic()
    with pytest.raises(AmurError, match="longer than 0.5 seconds"):
        sql.query(record, "SELECT repeat('x', 90) FROM range(4900000)", seconds=0.5)
    assert time.monotonic() - begun < 5


def test_a_question_that_is_no_text(record: Record) -> None:
    with pytest.raises(AmurError, match="not UTF-8 text"):
        sql.query(record, "SELECT '\udcff'")
