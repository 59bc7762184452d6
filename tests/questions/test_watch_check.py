"""``amur watch``: published thresholds are fresh, and what tripped since a date is told from the record alone."""

import datetime as dt
import json
import subprocess
import sys

import pytest

from amur.errors import AmurError
from amur.questions.watch.check import BACK, CLEARED, QUIET, SILENT, STANDING, TRIPPED, check, since
from amur.questions.watch.indicators import indicators
from amur.questions.watch.publish import published, stamp
from amur.questions.watch.recorded import Shown
from amur.record import load

DAY = dt.date(2020, 1, 1)


def shown(*values):
    """Readings of years from 2018 on, each known at its end."""
    return [
        Shown(str(2018 + place), value, dt.date(2018 + place, 12, 31)) for place, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "status", "when"),
    [
        ((0, 0, 1, 1), TRIPPED, "2020"),
        ((0, 0, 1, 0), BACK, "2020"),
        ((1, 1, 1, 1), STANDING, None),
        ((1, 1, 0, 0), CLEARED, None),
        ((0, 0, 0, 0), QUIET, None),
        ((1, 0, 0, 1), TRIPPED, "2021"),
        ((0, 1, 1, 1), STANDING, None),
        ((), SILENT, None),
    ],
)
def test_what_tripped_since_a_day(values, status, when):
    rows = shown(*values)
    found, first = since(rows, [each.value > 0.5 for each in rows], DAY)
    assert found == status
    assert (first.period if first else None) == when


def test_the_published_thresholds_are_fresh_and_whole():
    told = published()
    assert told["stamp"] == stamp(), "Run: python -m amur.questions.watch.publish"
    names = {row["indicator"] for row in told["rows"]}
    assert names == {name for name, each in indicators().items() if each.modelled}
    for row in told["rows"]:
        low, high = row["false_alarm"][1:]
        assert 0 <= low <= row["false_alarm"][0] <= high <= 1
        assert row["trips"] in ("above", "below")


def test_what_is_known_later_does_not_trip_a_record_that_is_cut():
    day, later = "2024-06-01", load(overlay=False)
    now = check(later, day)
    cut = check(later.cut("2025-03-31"), day)
    for each in cut.trips:
        assert each.date <= "2025-03-31"
        assert each.known <= "2025-03-31"
    early = {(each.indicator, each.target) for each in cut.tripped}
    assert early <= {(each.indicator, each.target) for each in now.tripped}
    assert len(now.tripped) > len(early)
    assert all(each.date >= day for each in now.tripped)
    assert not check(later, "2040-01-01").tripped


def test_your_own_evidence_trips_too(amur, tmp_path, monkeypatch):
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    since_ = ("watch", "--check", "--since", "2026-06-30", "--all", "--json")
    before = json.loads(amur(*since_).out)
    assert not before["tripped"]
    file = tmp_path / "mine.csv"
    file.write_text(
        "series,period,value,source\nenergy.price.crude-vs-brent.rus-chn,2026,-40,me\n"
        # Once on either side of the threshold, wherever the model of the day has it: so it is crossed, and does not stand.
        "energy.gas.pos1.rus-chn,2026,60,me\nenergy.gas.pos1.rus-chn,2027,20,me\n"
    )
    assert amur("record", "add", file, "--yes").code == 0
    told = json.loads(amur(*since_).out)
    mine = [each for each in told["trips"] if each["status"] == TRIPPED]
    assert {each["indicator"] for each in mine} == {"pipeline-gas"}
    assert mine[0]["own"] == "mine"
    assert mine[0]["value"] == {"above": 60, "below": 20}[mine[0]["trips"]]


def test_the_command_answers_in_json_and_words(amur):
    ran = amur("watch", "--check", "--since", "2024-06-01", "--json", "--no-overlay")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["tripped"] == sum(each["status"] in (TRIPPED, BACK) for each in told["trips"]) > 0
    assert {"indicator", "target", "threshold", "value", "date", "cited"} <= set(told["trips"][0])
    words = amur("watch", "--check", "--since", "2024-06-01", "--no-overlay")
    assert told["trips"][0]["indicator"] in words.out
    assert "tripwires since 2024-06-01" in words.out
    every = json.loads(amur("watch", "--json", "--no-overlay").out)
    assert [each["name"] for each in every] == list(indicators())
    assert "recognition" in amur("watch", "--no-overlay").out


def test_the_exit_code_tells_scripts_only_when_asked(amur):
    since_ = ("watch", "--check", "--since", "2024-06-01", "--no-overlay")
    assert amur(*since_).code == 0
    assert amur(*since_, "--fail-on-trip").code == 1
    assert amur("watch", "--check", "--since", "2040-01-01", "--fail-on-trip").code == 0


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--check",), "since"),
        (("--since", "2024"), "since"),
        (("--check", "--since", "soon"), "since"),
        (("--check", "--since", "2024", "--target", "lethal"), "target"),
        (("--fail-on-trip",), "fail-on-trip"),
    ],
)
def test_bad_input_is_one_line(refused, words, field):
    assert f"'{field}'" in refused("watch", *words)


def test_checking_does_not_load_the_model():
    code = (
        "import sys; from amur.cli import main; main(['watch', '--check', '--since', '2025-01-01', '--no-overlay']);"
        "sys.exit('jax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_a_damaged_file_of_thresholds_is_one_error(tmp_path):
    (tmp_path / "thresholds.json").write_text("[")
    with pytest.raises(AmurError, match="cannot be read"):
        published(tmp_path / "thresholds.json")
