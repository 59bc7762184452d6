"""The user's own evidence: kept apart, laid over the record, taken in and out all or nothing."""

import csv
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import filelock
import pytest

import amur.record
from amur.errors import AmurError
from amur.record.own import overlay
from amur.record.own.overlay import Evidence
from amur.record.record import DATA, built_in
from amur.record.schema import Event, Observation, Series, Source

SERIES = "trade.total.chn-rus"


@pytest.fixture(autouse=True)
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def evidence(name="mine", value=1.5, period="2021", series=SERIES, **rest):
    source = Source(f"own.{name}", "Ministry", "A table", "2024", "", name)
    row = Observation(series, period, value, source.source, "", name)
    return Evidence(name, sources=(source,), observations=(row,), **rest)


def own_series(name="mine", series="own.trade", unit="US$ bn"):
    new = Series(series, "Trade", unit, "A", "observable", "CHN", "RUS", "Trade.", "trade", name)
    return replace(evidence(name, series=series), series=(new,))


# Where it is kept


def test_the_data_directory_is_the_users(monkeypatch):
    monkeypatch.setenv("AMUR_DATA_DIR", "")
    told = overlay.data_dir()
    assert "amur" in told.parts
    assert DATA not in told.parents


def test_a_home_that_is_not_there(monkeypatch):
    monkeypatch.setenv("AMUR_DATA_DIR", "~nobody-of-that-name/data")
    with pytest.raises(AmurError, match="no such user"):
        overlay.data_dir()


def test_reading_makes_nothing(data_dir):
    assert overlay.merged(built_in()) is built_in()
    assert overlay.listing() == []
    assert overlay.names() == []
    assert not data_dir.exists()


# Shadow and extend


def test_a_row_shadows_the_built_in_one_and_says_so():
    before = amur.record.load()
    overlay.add(evidence())
    record = amur.record.load()
    point = record.timeseries(SERIES).at("2021")
    assert (point.value, point.origin, point.sources) == (1.5, "mine", ("own.mine",))
    assert record.timeseries(SERIES).origins == ("mine",)
    assert record.timeseries(SERIES).cited()
    assert len(record.observations) == len(before.observations)
    assert record.overlays() == {"mine"}
    assert before.timeseries(SERIES).at("2021").value == 146.887
    assert amur.record.load(overlay=False).timeseries(SERIES).at("2021").value == 146.887


def test_new_series_periods_and_events_extend():
    event = Event(
        "2030-01.summit", "2030-01", "summit", "CHN;RUS", "They meet.", "own.mine", "", "diplomacy", "mine"
    )
    overlay.add(replace(own_series(), events=(event,)))
    overlay.add(evidence("later", period="2031"))
    record = amur.record.load()
    assert record.series["own.trade"].origin == "mine"
    assert record.timeseries("own.trade").at("2021").origin == "mine"
    assert record.timeseries(SERIES).latest.period == "2031"
    assert record.event["2030-01.summit"].origin == "mine"
    assert record.summary()["overlays"] == ["later", "mine"]


def test_a_later_set_shadows_an_earlier_one_and_keeps_doing_so_when_that_is_replaced():
    overlay.add(evidence("first", 1.0))
    overlay.add(evidence("second", 2.0))
    assert amur.record.load().timeseries(SERIES).at("2021").origin == "second"
    overlay.add(evidence("first", 3.0), replacing=True)
    assert amur.record.load().timeseries(SERIES).at("2021").value == 2.0
    overlay.remove("second")
    assert amur.record.load().timeseries(SERIES).at("2021").value == 3.0


def test_what_is_written_is_what_is_read():
    told = replace(own_series(), file="table, one.csv", checksum="ab")
    row = Observation("own.trade", "2020", 0.1 + 0.2, "own.mine", 'said "so", twice', "mine")
    told = replace(told, observations=(*told.observations, row))
    overlay.add(told)
    (entry,) = overlay._entries()
    assert overlay.read(entry, built_in()) == told


def test_the_package_is_never_written(data_dir):
    before = {path: path.stat().st_mtime_ns for path in DATA.rglob("*.csv")}
    overlay.add(own_series())
    assert {path: path.stat().st_mtime_ns for path in DATA.rglob("*.csv")} == before
    assert sorted(path.name for path in data_dir.glob("sets/*/*")) == [
        "events.csv",
        "observations.csv",
        "series.csv",
        "sources.csv",
    ]


# Names


def test_a_name_is_not_taken_twice_unless_asked():
    overlay.add(evidence(value=1.0))
    with pytest.raises(AmurError, match="already evidence named 'mine'.*--replace"):
        overlay.add(evidence(value=2.0))
    assert amur.record.load().timeseries(SERIES).at("2021").value == 1.0
    overlay.add(evidence(value=2.0), replacing=True)
    assert amur.record.load().timeseries(SERIES).at("2021").value == 2.0
    assert overlay.names() == ["mine"]


def test_listing_and_removing(data_dir):
    overlay.add(replace(own_series(), file="a.csv", checksum="ff"))
    (listed,) = overlay.listing()
    assert (listed.name, listed.file, listed.checksum, listed.problem) == ("mine", "a.csv", "ff", "")
    assert listed.counts == {"sources": 1, "series": 1, "observations": 1, "events": 0}
    with pytest.raises(AmurError, match="no evidence named 'mime'.*Did you mean mine"):
        overlay.remove("mime")
    overlay.remove("mine")
    assert overlay.listing() == []
    assert overlay.merged(built_in()) is built_in()
    assert list(data_dir.glob("sets/*")) == []
    with pytest.raises(AmurError, match="No evidence of your own"):
        overlay.remove("mine")


def test_what_others_rest_on_is_not_taken_away():
    overlay.add(own_series("base"))
    overlay.add(evidence("update", series="own.trade", period="2022"))
    with pytest.raises(AmurError, match="'update' rests on"):
        overlay.remove("base")
    with pytest.raises(AmurError, match="'update' rests on"):
        overlay.add(evidence("base"), replacing=True)
    assert amur.record.load().timeseries("own.trade").values == {"2021": 1.5, "2022": 1.5}
    overlay.remove("update")
    overlay.remove("base")


def test_codings_are_kept_as_one_file(data_dir):
    overlay.add(Evidence("codings", codings="decision,quarter,value,reason\n"))
    with pytest.raises(AmurError, match="already evidence named 'codings'"):
        overlay.add(Evidence("codings", codings="x"))
    assert overlay.names() == ["codings"]
    assert [row.name for row in overlay.listing()] == ["codings"]
    assert overlay.codings_file().read_text() == "decision,quarter,value,reason\n"
    overlay.remove("codings")
    assert not overlay.codings_file().exists()


# Broken evidence


def edit(data_dir, name, old, new):
    (path,) = data_dir.glob(f"sets/*/{name}.csv")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return path


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("observations", "1.5", "one", "line 2, field 'value': 'one' is not a number"),
        ("observations", "2021", "2021-Q1", "line 2, field 'period': the series is annual"),
        (
            "observations",
            "own.trade",
            "own.trades",
            "line 2, field 'series': the series 'own.trades' is not known",
        ),
        (
            "observations",
            "own.mine",
            "own.yours",
            "line 2, field 'source': the source 'own.yours' is not known",
        ),
        ("observations", "note", "notes", "line 1, field 'note': the column 'note' is missing"),
        ("observations", ",note", ",note,more", "line 1, field 'more': the column 'more' is not known"),
        ("observations", "2021", '"2021', "is not CSV"),
        ("series", "US$ bn", "US$ bnn", "line 2, field 'unit': the unit 'US. bnn' is not known"),
        ("series", ",trade", ",trading", "line 2, field 'topic': the topic 'trading' is not known"),
        ("series", ",A,", ",Y,", "line 2, field 'frequency'"),
        ("sources", "Ministry", "", "line 2, field 'publisher': is empty"),
        (
            "sources",
            "own.mine",
            "trade-tass-2025fy",
            "the source 'trade-tass-2025fy' is another one in the record",
        ),
    ],
)
def test_a_broken_file_is_one_error_with_a_way_out(data_dir, name, old, new, words):
    overlay.add(own_series())
    path = edit(data_dir, name, old, new)
    with pytest.raises(AmurError, match=words) as caught:
        amur.record.load()
    assert str(path.parent) in str(caught.value)
    assert "`amur record remove mine`" in str(caught.value)
    assert "--no-overlay" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert amur.record.load(overlay=False).timeseries(SERIES)
    assert words.split(":")[0] in overlay.listing()[0].problem
    overlay.remove("mine")
    assert amur.record.load().overlays() == set()


def test_a_missing_file(data_dir):
    overlay.add(own_series())
    next(data_dir.glob("sets/*/events.csv")).unlink()
    with pytest.raises(AmurError, match="events.csv: there is no such file.*record remove mine"):
        amur.record.load()


def test_a_broken_list_of_sets_can_be_read_around(data_dir):
    overlay.add(own_series())
    (data_dir / "evidence.csv").write_text("name,folder\nmine,x\n")
    with pytest.raises(AmurError, match="the column 'added' is missing.*--no-overlay.*Deleting the file"):
        amur.record.load()
    assert amur.record.load(overlay=False)
    assert list(data_dir.glob("sets/*/series.csv"))


def test_a_set_is_checked_against_a_record_that_has_since_changed(data_dir):
    overlay.add(own_series(unit="US$ mn"))
    known = {"own.trade": built_in().series[SERIES]._replace(series="own.trade")}
    with pytest.raises(AmurError, match="has unit 'US\\$ bn' in the record, 'US\\$ mn' here.*another name"):
        overlay.merged(replace(built_in(), series=built_in().series | known))


# Where writing is refused


def test_a_file_in_place_of_the_directory(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("kept")
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(AmurError, match="part of the path is a file"):
        overlay.add(evidence())
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "file" / "deeper"))
    with pytest.raises(AmurError, match="part of the path is a file"):
        overlay.add(evidence())
    assert amur.record.load().overlays() == set()
    assert (tmp_path / "file").read_text() == "kept"


def test_another_that_is_writing(data_dir, monkeypatch):
    monkeypatch.setattr(overlay, "PATIENCE", 0.1)
    overlay.add(evidence())
    with (
        filelock.FileLock(data_dir / "evidence.lock"),
        pytest.raises(AmurError, match="another amur has been writing here for 0.1 seconds"),
    ):
        overlay.remove("mine")
    assert overlay.names() == ["mine"]


def add_in_turn(name):
    for number in range(4):
        overlay.add(evidence(f"{name}{number}", float(number)))


def test_two_that_add_at_once_both_survive():
    context = multiprocessing.get_context("spawn")
    pair = [context.Process(target=add_in_turn, args=(name,)) for name in "ab"]
    for process in pair:
        process.start()
    for process in pair:
        process.join(60)
        assert process.exitcode == 0
    assert sorted(overlay.names()) == [f"{name}{number}" for name in "ab" for number in range(4)]
    assert amur.record.load().overlays()


def test_a_reader_beside_a_writer_sees_the_old_or_the_new():
    overlay.add(evidence(value=0.0))
    done = threading.Event()

    def write():
        for number in range(1, 15):
            overlay.add(evidence(value=float(number)), replacing=True)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    while not done.is_set():
        tables = overlay.merged(built_in())
        seen.append(next(row.value for row in tables.observations if row.origin == "mine"))
    writer.join()
    assert seen == sorted(seen)


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from test_overlay import evidence, overlay
overlay.add(evidence("kept", 7.0), replacing=True)
print("begun", flush=True)
for number in range(10_000):
    overlay.add(evidence("mine", float(number)), replacing=True)
    overlay.add(evidence(f"set{number % 5}", 1.0, "2019"), replacing=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(data_dir):
    chance = random.Random(20220204)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, os.path.dirname(__file__)],  # noqa: PTH120
            stdout=subprocess.PIPE,
            env=os.environ | {"AMUR_DATA_DIR": str(data_dir)},
        ) as process:
            assert process.stdout.readline() == b"begun\n"
            time.sleep(chance.uniform(0.01, 0.25))
            process.kill()
        record = amur.record.load()
        assert {"mine", "kept"} & record.overlays()
        assert not [listed.problem for listed in overlay.listing() if listed.problem]
        assert record.timeseries(SERIES).at("2021").value in range(10_000)
    overlay.add(evidence("after", 9.0))
    assert amur.record.load().timeseries(SERIES).at("2021").value == 9.0
    with (data_dir / "evidence.csv").open() as file:
        kept = {row["folder"] for row in csv.DictReader(file)}
    assert {path.name for path in (data_dir / "sets").iterdir()} == kept
