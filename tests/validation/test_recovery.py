"""Model recovery: what is counted, on outcomes made by hand; and a record drawn by a reading."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from amur.conditioning import store
from amur.conditioning.evidence import evidence
from amur.errors import AmurError
from amur.readings import reading
from amur.system.model import DECISIONS
from amur.system.observe import CATEGORIES
from amur.validation import calibration, recovery, recovery_page
from amur.validation.forecasts_of_model import FREE
from amur.validation.recovery import Attributed

DOCS = Path(__file__).parents[2] / "docs"


def outcome(made_by, a, b, again=None):
    values = {"a": a, "b": b}
    stacking = {"a": 0.5, "b": 0.5}
    return Attributed(made_by, 0, values, values[made_by] if again is None else again, stacking)


def test_confusion_is_the_mean_probability():
    found = [outcome("a", 0.0, 0.0), outcome("a", np.log(3), 0.0), outcome("b", 0.0, np.log(9))]
    table = recovery.confusion(found)
    assert table["a"]["a"] == pytest.approx((0.5 + 0.75) / 2)
    assert table["b"] == pytest.approx({"a": 0.1, "b": 0.9})
    assert recovery.right(found) == 1.0


def test_a_pair_that_cannot_be_told_apart_is_first():
    found = [outcome("a", 1.0, 2.0), outcome("b", 1.0, 3.0)]
    (pair,) = recovery.pairs(found)
    assert (pair.right, pair.nats, pair.records) == (0.5, 0.5, 2)


def test_noise_is_the_spread_of_one_run():
    found = [outcome("a", 1.0, 0.0, again=3.0), outcome("b", 0.0, 1.0, again=-1.0)]
    assert recovery.noise(found) == pytest.approx(np.sqrt(2))


def test_a_reading_without_a_model_draws_no_record():
    with pytest.raises(AmurError, match="no mechanism"):
        recovery.records(reading("persistence"), evidence())


def test_a_record_is_the_readings_own_where_it_was_drawn_and_the_real_one_elsewhere():
    """No model is run: the choices and values of a member are put in."""
    real = evidence()
    quarters = len(real.labels)
    chosen = {name: np.full((quarters, 3), 1) for name in FREE}
    shown = {name: np.full((len(values), 3), 0.25) for name, values in real.shown.items()}
    made = recovery._as_evidence(2, shown, chosen, real)
    for name, values in real.shown.items():
        np.testing.assert_array_equal(np.isnan(made.shown[name]), np.isnan(values))
    for name in CATEGORIES:
        assert set(made.options[name].tolist()) == ({1} if name in FREE else {-1})
    fixed, before = np.asarray(made.quarters.fixed), np.asarray(real.quarters.fixed)
    for place, name in enumerate(DECISIONS):
        assert (fixed[:, place] == (1 if name in FREE else before[:, place])).all()
    assert made.stamp != real.stamp


def test_only_chance_of_decisions_is_drawn():
    luck = recovery._luck(1)
    assert float(np.abs(luck.noise).max()) == 0 == float(np.abs(luck.lines).max())
    assert luck.options.shape[2] == recovery.DRAWN
    assert float(np.asarray(luck.options).std()) == pytest.approx(np.pi / np.sqrt(6), rel=0.05)


def test_summary_and_json_tell_the_same():
    found = [outcome("a", 3.0, 0.0), outcome("b", 1.0, 0.9)]
    told = recovery.as_json(found, {"members": 256})
    assert told["right"] == 0.5
    assert told["records"][1]["said"] == "a"
    assert "50% were attributed" in recovery_page.summary(found)
    assert "a and b" in recovery_page.summary(found)


@pytest.fixture(scope="module")
def published():
    if not recovery.FILE.exists():
        pytest.skip("nothing is published")
    return recovery.published()


def test_the_page_is_that_of_the_published_numbers(published):
    found, told = published
    assert (DOCS / "recovery.md").read_text(encoding="utf-8") == recovery_page.page(found, told)


def test_recovery_is_of_the_published_readings(published):
    found, told = published
    assert told["stamp"] == store.published().stamp, "the records were attributed with other code"
    assert {each.reading for each in found} | {"persistence"} == set(store.published().runs)


def test_records_and_calibration_of_other_readings_are_said_to_be(published):
    found, told = published
    now, before = store.published().stamp, "0" * 16

    def page_of(records, ranks):
        of_ranks = {**told["calibration"], "stamp": ranks}
        return recovery_page.page(found, {**told, "stamp": records, "calibration": of_ranks})

    said = {each: page_of(*each).count("Made before") for each in ((now, now), (before, now), (before, before))}
    assert list(said.values()) == [0, 1, 2]
    assert before in page_of(before, now)
    assert now in page_of(before, now)
    assert "before the readings were last changed" in recovery_page.summary(found, told | {"stamp": before})


def test_calibration_is_of_the_published_readings(published):
    _, told = published
    assert told["calibration"]["stamp"] == store.published().stamp, "the sampler was calibrated with other code"


@pytest.fixture
def aside(published, tmp_path, monkeypatch):
    """What is published, where a test may write."""
    file = tmp_path / "recovery.json"
    file.write_bytes(recovery.FILE.read_bytes())
    monkeypatch.setattr(recovery, "FILE", file)
    recovery.published.cache_clear()
    yield file
    recovery.published.cache_clear()


def test_records_are_attributed_anew_and_the_sampler_is_calibrated_where_it_was_not(
    aside, published, monkeypatch
):
    found, told = published
    monkeypatch.setattr(recovery, "recover", lambda progress: found[:1])
    monkeypatch.setattr(calibration, "calibrate", lambda progress: SimpleNamespace(until="1999"))
    monkeypatch.setattr(calibration, "as_json", vars)
    recovery_page.rebuild()
    again, after = recovery.published()
    assert again == found[:1]
    assert after["calibration"] == told["calibration"]

    aside.write_text(json.dumps({"records": [], "calibration": {**told["calibration"], "stamp": "0" * 16}}))
    for nothing_kept in (False, True):
        if nothing_kept:
            aside.unlink()
        recovery.published.cache_clear()
        recovery_page.rebuild()
        again, after = recovery.published()
        assert again == found[:1]
        assert after["calibration"] == {"until": "1999", "stamp": after["stamp"]}


def test_calibration_is_published_beside_the_records_there_are(aside, published):
    found, told = published
    recovery.publish_calibration({**told["calibration"], "until": "1999", "stamp": "0" * 16})
    again, after = recovery.published()
    assert again == found
    assert after["calibration"]["until"] == "1999"
    assert {name: after[name] for name in after if name != "calibration"} == {
        name: told[name] for name in told if name != "calibration"
    }
