"""Whatever is wrong with a file, a name, a date or a disk: one clear AmurError, and nothing lost."""

import errno
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import amur.record
from amur.errors import AmurError
from amur.record import asof
from amur.record.own import overlay
from amur.record.own.add import plan
from amur.record.own.overlay import Evidence
from amur.record.own.sheets import read_sheet
from amur.record.record import DATA, Record, built_in
from amur.record.schema import Event, Observation, Series, Source

SERIES = "trade.total.chn-rus"


@pytest.fixture(autouse=True)
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def evidence(value=1.5):
    source = Source("own.mine", "Ministry", "A table, of ours", "2024-05", "https://a.example", "mine")
    series = Series("own.x", "X", "US$ bn", "Q", "observable", "CHN", "RUS", 'The "X".', "trade", "mine")
    rows = (
        Observation(SERIES, "2021", value, "own.mine", "", "mine"),
        Observation("own.x", "2021-Q1", value, "own.mine", "said, twice", "mine"),
    )
    event = Event(
        "2030-01.summit", "2030-01", "summit", "CHN;RUS", "They meet.", "own.mine", "", "trade", "mine"
    )
    return Evidence("mine", (source,), (series,), rows, (event,))


@contextmanager
def nothing_or_one_error(*words):
    """Anything but an AmurError goes through and fails the test."""
    told = ""
    try:
        yield
    except AmurError as error:
        told = str(error)
    assert not told or all(word in told for word in words)


def one_error(caught):
    text = str(caught.value)
    assert "\n" not in text
    assert len(text) > 10
    return text


# Names and dates


def test_an_unknown_series_offers_the_nearest():
    with pytest.raises(
        AmurError, match=r"'trade.total.chn-rsu' is not in the record. Did you mean .*chn-rus"
    ) as caught:
        amur.record.load().timeseries("trade.total.chn-rsu")
    one_error(caught)


@pytest.mark.parametrize(
    "date", ["yesterday", "2021-02-30", "21-12-31", "2021-13", "2021-1-1", "", "٢٠٢١", "2021-12-31 "]
)
def test_a_bad_date(date):
    with pytest.raises(AmurError, match="is not a date") as caught:
        amur.record.load(date)
    one_error(caught)


def test_a_date_before_everything():
    record = amur.record.load("1900-01-01")
    assert record.observations == []
    assert record.summary()["first_year"] is None
    assert record.timeseries(SERIES).latest is None


# A package whose files are broken


@pytest.fixture
def copy(tmp_path):
    """A small record with the shape of the real one, to be broken."""
    topics = [
        line for line in (DATA / "topics.csv").read_text().splitlines() if line.startswith(("topic,", "trade,"))
    ]
    (tmp_path / "record" / "trade").mkdir(parents=True)
    (tmp_path / "record" / "topics.csv").write_text("\n".join(topics) + "\n")
    for name in ("units", "releases", "sources", "trade/series", "trade/observations", "trade/events"):
        lines = (DATA / f"{name}.csv").read_text().splitlines(keepends=True)
        (tmp_path / "record" / f"{name}.csv").write_text("".join(lines))
    return tmp_path / "record"


def load_all(folder):
    """Read a record and touch everything that is worked out from its rows."""
    record = Record(built_in.__wrapped__(folder))
    record.summary()
    for name in list(record.series)[:40]:
        record.timeseries(name)
    return record.cut("2015-06-30").observations


@pytest.mark.parametrize(
    "missing", ["topics.csv", "sources.csv", "releases.csv", "trade/series.csv", "trade/events.csv"]
)
def test_a_missing_file_of_the_package(copy, missing):
    (copy / missing).unlink()
    with pytest.raises(AmurError, match="there is no such file") as caught:
        load_all(copy)
    assert missing.split("/")[-1] in one_error(caught)


def test_the_usual_delay_must_be_there(copy):
    lines = (copy / "releases.csv").read_text().splitlines()
    (copy / "releases.csv").write_text("\n".join(line for line in lines if not line.startswith(",Q")))
    with pytest.raises(AmurError, match="the usual delay of series of frequency Q is missing"):
        load_all(copy)
    for days in ("-1", "1e3", "99999999999999", "²", ""):
        with pytest.raises(ValueError, match=".; write"):
            asof.days(days)


MUTATION = st.tuples(
    st.sampled_from(["flip", "insert", "delete", "cut", "repeat"]),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(
        [bytes([n]) for n in range(256)] + [b"\r\n", b'"', b",", b"\xd9\xa2", b"0000", b"\xef\xbb\xbf", b"\x00"]
    ),
)


def mutated(data, mutations):
    for kind, where, what in mutations:
        at = int(where * len(data))
        if kind == "flip":
            data = data[:at] + what + data[at + 1 :]
        elif kind == "insert":
            data = data[:at] + what + data[at:]
        elif kind == "delete":
            data = data[:at] + data[at + 1 :]
        elif kind == "cut":
            data = data[: max(at, 1)]
        else:
            data = data[:at] + data[max(0, at - 40) :]
    return data


FILES = ["topics.csv", "units.csv", "releases.csv", "sources.csv", "trade/series.csv", "trade/events.csv"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from([*FILES, "trade/observations.csv"]),
    mutations=st.lists(MUTATION, min_size=1, max_size=3),
)
def test_a_mutated_file_of_the_package_loads_or_is_one_error(copy, name, mutations):
    path = copy / name
    whole = path.read_bytes()
    # Near its beginning a small table is broken more tellingly than somewhere in a long one.
    head, rest = whole[:4000], whole[4000:]
    path.write_bytes(mutated(head, mutations) + rest)
    with nothing_or_one_error():
        load_all(copy)
    path.write_bytes(whole)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["evidence", "sources", "series", "observations", "events"]),
    mutations=st.lists(MUTATION, min_size=1, max_size=3),
)
def test_mutated_evidence_loads_or_is_one_error_with_a_way_out(data_dir, name, mutations):
    if not data_dir.exists():
        overlay.add(evidence())
    (path,) = [data_dir / "evidence.csv"] if name == "evidence" else data_dir.glob(f"sets/*/{name}.csv")
    whole = path.read_bytes()
    path.write_bytes(mutated(whole, mutations))
    try:
        with nothing_or_one_error("--no-overlay"):
            record = amur.record.load()
            record.summary()
            record.cut("2031-01-01").timeseries(SERIES)
    finally:
        path.write_bytes(whole)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    ending=st.sampled_from(["csv", "xlsx", "parquet"]),
)
def test_any_bytes_as_a_users_file(tmp_path, data, ending):
    path = tmp_path / f"any.{ending}"
    path.write_bytes(data)
    with nothing_or_one_error("any."):
        read_sheet(path)
        plan(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations=st.lists(MUTATION, min_size=1, max_size=4))
def test_a_mutated_users_table(tmp_path, mutations):
    path = tmp_path / "any.csv"
    text = f"series,period,value,source,note\n{SERIES},2021,150.5,Ministry,x\n{SERIES},2031-12-31,9,,\n"
    path.write_bytes(mutated(text.encode(), mutations))
    with nothing_or_one_error("any.csv"):
        overlay.add(plan(path), replacing=True)
        assert amur.record.load().overlays() == {"any"}


# Disks and folders


@pytest.mark.parametrize(
    ("function", "number", "words"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.EDQUOT, "the disk is full"),
        ("open", errno.EACCES, "you may not write there"),
        ("open", errno.EROFS, "you may not write there"),
        ("mkdir", errno.EROFS, "you may not write there"),
        ("mkdir", errno.ENOSPC, "the disk is full"),
        ("replace", errno.EACCES, "you may not write there"),
    ],
)
@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("calls", [0, 1, 3])
def test_a_disk_that_refuses(monkeypatch, function, number, words, before, calls):
    if before:
        overlay.add(evidence(2.0))
    allowed, real, left = os.getpid(), getattr(os, function), [calls]

    def refuse(*arguments, **named):
        writes = function != "open" or (len(arguments) > 1 and arguments[1] & os.O_CREAT)
        if writes and os.getpid() == allowed:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(number, os.strerror(number))
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, function, refuse)
        done = False
        with nothing_or_one_error(words, "nothing was changed"):
            overlay.add(evidence(3.0), replacing=True)
            done = True
    value = amur.record.load().timeseries(SERIES).at("2021").value
    assert value == (3.0 if done else 2.0 if before else 146.887)
    # What is there already need not be made, and the folder is forced to the disk only as far as it can be.
    assert not done or calls or (before and function == "mkdir")
    overlay.add(evidence(4.0), replacing=True)
    assert amur.record.load().timeseries(SERIES).at("2021").value == 4.0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_permission_to_write(data_dir):
    overlay.add(evidence(2.0))
    folders = [data_dir, *data_dir.rglob("*")]
    for path in folders:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with pytest.raises(AmurError, match="you may not write there"):
            overlay.add(evidence(3.0), replacing=True)
        assert amur.record.load().timeseries(SERIES).at("2021").value == 2.0
    finally:
        for path in folders:
            path.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("bash"), reason="needs a file size limit")
def test_a_real_refusal_to_write_more(data_dir):
    """A limit on the size of files is a full disk in small: the kernel itself refuses the write."""
    overlay.add(evidence(2.0))
    script = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))\n"
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_bad_input import evidence, overlay, AmurError\n"
        "try:\n"
        "    overlay.add(evidence(3.0), replacing=True)\n"
        "except AmurError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-B", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"AMUR_DATA_DIR": str(data_dir)},
    )
    assert told.returncode == 0, told.stderr
    assert "cannot be written: File too large" in told.stdout
    assert amur.record.load().timeseries(SERIES).at("2021").value == 2.0


def test_the_command_line_shows_one_line_and_exits_with_two(data_dir, tmp_path):
    overlay.add(evidence())
    next(data_dir.glob("sets/*/series.csv")).write_text("nonsense\n")
    told = subprocess.run(
        [sys.executable, "-m", "amur", "record", "show", SERIES],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"AMUR_DATA_DIR": str(data_dir)},
    )
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.startswith("amur: ")
    assert told.stderr.count("\n") == 1
    assert "`amur record remove mine`" in told.stderr


# What a hostile table may hold


def table(tmp_path, text, name="mine.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("value", ["1e308", "-1e19", "9" * 300])
def test_a_value_whose_sums_would_not_be_finite(tmp_path, value):
    with pytest.raises(AmurError, match="is beyond 1e\\+18") as caught:
        plan(table(tmp_path, f"series,period,value\n{SERIES},2025,{value}\n"))
    assert caught.value.line == 2


def test_characters_that_steer_a_terminal_are_left_out(tmp_path):
    told = plan(
        table(
            tmp_path,
            "series,period,value,source,note,unit,title,topic\n"
            "own.x,2020,1,\x1b[31msrc\x07,a\x00b\x0bc,percent,T\x1b]0;x\x07,trade\n",
        )
    )
    (row,), (series,), (source,) = told.observations, told.series, told.sources
    assert all(text.isprintable() for text in (row.note, series.title, source.title))
    assert (row.note, source.title) == ("ab c", "[31msrc")


def test_a_name_too_long_for_a_folder(tmp_path, data_dir):
    path = table(tmp_path, f"series,period,value\n{SERIES},2025,1\n")
    with pytest.raises(AmurError, match="has 300 characters") as caught:
        plan(path, name="a" * 300)
    assert "at most 80" in str(caught.value)
    assert plan(path, name="a" * 80).name == "a" * 80
    assert not data_dir.exists()


def test_evidence_that_may_not_be_seen_is_not_taken_for_none(data_dir, monkeypatch):
    overlay.add(evidence())

    def refused(self, **_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    monkeypatch.setattr(Path, "exists", lambda self, **_: False)
    with pytest.raises(AmurError, match="cannot be read: Permission denied"):
        overlay.merged(built_in())
