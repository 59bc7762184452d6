"""Hindcasts: all forecasters side by side, pieces kept and used again, and the better one scored better."""

from __future__ import annotations

import numpy as np
import pytest
from made_up import MEMBERS, made_up

from amur.system.observe import observed
from amur.system.parameters import NAMES
from amur.validation import baselines, hindcasts
from amur.validation.hindcasts import MEAN, MIXTURE, PERSISTENCE, READING, of_persistence, run_all, score_all
from amur.validation.skill import COLUMNS, skill
from amur.validation.targets import TARGETS, places

ORIGIN = "2015"


@pytest.fixture(scope="module")
def seen():
    return observed()


@pytest.fixture
def few(monkeypatch):
    """Only the quick baselines."""
    quick = {name: baselines.BASELINES[name] for name in ("persistence", "drift")}
    monkeypatch.setattr(baselines, "BASELINES", quick)


def test_everyone_is_scored_on_the_same_forecasts_and_the_good_one_wins(seen, few):
    by_reading = {"good": made_up(seen, "given", ORIGIN), "bad": made_up(seen, "given", ORIGIN, off=2.0)}
    rows, _ = score_all({("given", ORIGIN): by_reading}, lambda origin: {"good": 0.9, "bad": 0.1})
    assert tuple(rows.columns) == COLUMNS
    sizes = rows.groupby("forecaster").size()
    assert set(sizes.index) == {MIXTURE, MEAN, f"{READING}good", f"{READING}bad", "persistence", "drift"}
    assert sizes.nunique() == 1
    mean = rows.groupby("forecaster").crps.mean()
    assert mean[f"{READING}good"] < mean[MIXTURE] < mean[MEAN] < mean[f"{READING}bad"]
    assert skill(rows, f"{READING}good", "drift").skill[0] > 0.3
    assert set(rows[rows.forecaster == "drift"].setting) == {""}
    assert set(rows[rows.forecaster == MIXTURE].setting) == {"given"}


def test_weights_are_those_of_the_origin(seen, few):
    asked = []

    def weights(origin):
        asked.append(origin)
        return {"one": 1.0}

    forecasts = {("given", origin): {"one": made_up(seen, "given", origin)} for origin in ("2014", "2016")}
    score_all(forecasts, weights)
    assert asked == ["2014", "2016"]


def test_a_reading_without_structure_forecasts_by_itself(seen):
    alone = hindcasts._alone(None, seen)
    made = of_persistence(alone, "given", ORIGIN, 50)
    assert made.samples.shape == (len(TARGETS), hindcasts.HORIZON, 50)
    ratio = places()["dependence_rus"]  # a ratio that conditioning does not look at
    assert np.isfinite(made.samples[ratio]).all()
    assert np.isnan(made.samples[places()["gas_chn"]]).all()  # nothing had been seen of it
    last = TARGETS["exports_rus_chn"].shown(seen)[seen.years.index(ORIGIN)]
    assert 0.5 < np.median(made.samples[places()["exports_rus_chn"], 0]) / last < 2
    late = of_persistence(alone, "given", "2023", 50)
    assert np.isnan(late.samples[0, 2:]).all()
    for chances in made.chances.values():
        np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)


@pytest.fixture
def counted(seen, monkeypatch):
    """Runs of the model, counted and made up."""
    calls = []

    def fake(at, sets, seed):
        calls.append((at.setting, at.origin))
        return made_up(seen, at.setting, at.origin, seed=int(sets[NAMES[0]][0]))

    monkeypatch.setattr(hindcasts, "forecast", fake)
    return calls


def posteriors(value=1.0, many=MEMBERS):
    return {"one": {"2010": {name: np.full(many, value) for name in NAMES}} | {
        "2011": {name: np.full(many, value) for name in NAMES}
    }}  # fmt: skip


def test_what_was_done_is_not_done_again_and_what_changed_is(tmp_path, counted):
    asked = {"settings": ("given",), "origins": ("2010", "2011"), "members": MEMBERS, "folder": tmp_path}
    told = []
    first = run_all(posteriors(), **asked, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
    assert len(counted) == 2
    assert set(first["given", "2010"]) == {"one", PERSISTENCE}
    again = run_all(posteriors(), **asked)
    assert len(counted) == 2
    for piece, by_reading in first.items():
        for name, each in by_reading.items():
            np.testing.assert_array_equal(again[piece][name].samples, each.samples)
            np.testing.assert_array_equal(again[piece][name].chances["support"], each.chances["support"])
    (tmp_path / "given-2011.npz").write_bytes(b"half a file")
    run_all(posteriors(), **asked)
    assert len(counted) == 3
    run_all(posteriors(2.0), **asked)
    assert len(counted) == 5
    run_all(posteriors(2.0), **asked, stamp="another code")
    assert len(counted) == 7


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, counted, monkeypatch):
    asked = {"settings": ("given",), "members": MEMBERS, "folder": tmp_path}
    run_all(posteriors(), origins=("2010",), **asked)
    run_all(posteriors(), origins=("2010", "2011"), **asked)
    assert counted == [("given", "2010"), ("given", "2011")]
    assert not list(tmp_path.glob("*.amur-tmp"))
