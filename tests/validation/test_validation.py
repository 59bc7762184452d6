"""The published validation: fresh, complete, told by its page as its numbers say; made-up forecasts come out as they should."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from made_up import made_up

from amur.charts import render
from amur.charts.dots import Dot, Dots, dots
from amur.charts.panels import columns_of, lines
from amur.cli import main
from amur.errors import AmurError
from amur.system.observe import observed
from amur.validation import baselines, hindcasts, published, summaries, validate
from amur.validation.aims import THIN, aims
from amur.validation.decisions_scored import decision_chances
from amur.validation.hindcasts import MEAN, MIXTURE, PERSISTENCE, READING, score_all
from amur.validation.page import page
from amur.validation.pictures import PICTURES
from amur.validation.turning import turning_points
from amur.validation.validate import PREQUENTIAL, Validation, mixture_rows
from amur.validation.weak import weaknesses

ORIGINS = ("2008", "2011", "2013", "2016", "2019", "2021")
SETTINGS = ("given", "nothing")
YEARS = tuple(map(str, range(1992, 2026)))
SOME = (
    "exports_rus_chn", "exports_chn_rus", "dependence_rus", "gas_wst", "oil_chn", "agreement", "vetoes", "influence",
    "opinion_good", "arms_chn", "exercises", "military_share",
)  # fmt: skip
"""The targets of the made-up validation, opinion a thin one: fewer are quicker."""
QUICK = {name: baselines.BASELINES[name] for name in ("persistence", "drift")}


def weights(origin):
    return {"one": 1.0}


@pytest.fixture(scope="module")
def made():
    """A validation of made-up forecasts: near with forcings given, far with nothing; one series is hopeless."""
    seen = observed()
    off = {"given": 0.02, "nothing": 3.0}
    forecasts = {
        (setting, origin): {
            name: made_up(seen, setting, origin, off=off[setting], members=100, seed=place)
            for place, name in enumerate(("one", PERSISTENCE))
        }
        for setting in SETTINGS
        for origin in ORIGINS
    }
    able = hindcasts.forecastable

    def some(origin, seen):
        return tuple(name for name in able(origin, seen) if name in SOME)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(baselines, "BASELINES", QUICK)
        for module in (hindcasts, validate):
            patch.setattr(module, "forecastable", some)
        rows, fell = score_all(forecasts, weights)
        also = mixture_rows(forecasts, weights, PREQUENTIAL, seen)
    rows = pd.concat([rows, also], ignore_index=True)
    bad = (rows.series == "vetoes") & (rows.forecaster == MIXTURE)
    rows.loc[bad, "crps"] = 50.0
    whole = rows[rows.forecaster == MIXTURE]
    ablated = pd.concat(
        [
            whole.assign(forecaster=name, crps=whole.crps * times)
            for name, times in (("whole", 1.0), ("price", 2.0), ("trust", 0.5))
        ]
    )
    increments = {"one": np.full(len(YEARS), -1.0), PERSISTENCE: np.full(len(YEARS), -2.0)}
    return Validation(
        rows, turning_points(forecasts, weights), decision_chances(forecasts, weights), ablated, increments, YEARS,
        dict(fell), SETTINGS, ORIGINS, 100, 1, "0" * 16, "0.0",
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(made):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summaries, "BASELINES", QUICK)
        made = summaries.as_json(made)
    return json.loads(json.dumps(made, allow_nan=False))


@pytest.fixture
def file(told, tmp_path, monkeypatch):
    """The made-up validation in the place of the published one."""
    path = tmp_path / "validation.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.setattr(published, "FILE", path)
    return path


def test_skill_of_a_series_is_one_minus_the_ratio_of_mean_scores(made, told):
    rows = made.rows[made.rows.series == "exports_rus_chn"]
    mean = rows.groupby(["forecaster", "setting"]).crps.mean()
    best = min(QUICK, key=lambda name: mean[name, ""])
    each = told["series"]["exports_rus_chn"]
    assert each["best_baseline"] == best
    for setting in SETTINGS:
        cell = each["settings"][setting]
        assert cell["skill_drift"] == pytest.approx(1 - mean[MIXTURE, setting] / mean["drift", ""], rel=1e-3)
        assert cell["skill_best"] == pytest.approx(1 - mean[MIXTURE, setting] / mean[best, ""], rel=1e-3)
        ahead = rows[(rows.forecaster == MIXTURE) & (rows.setting == setting)].horizon
        assert set(cell["horizons"]) == set(map(str, ahead))


def test_groups_are_means_over_their_series(told):
    for group in ("flows", "politics", "security"):
        of_group = [each for each in told["series"].values() if each["group"] == group]
        assert told[group]["many"] == len(of_group)
        solid = [each for each in of_group if each["settings"]["given"]["forecasts"] >= THIN]
        found = np.mean([each["settings"]["given"]["skill_best"] for each in solid]) if solid else None
        assert told[group]["many_without_thin"] == len(solid)
        assert told[group]["skill_best_without_thin"] == (found and pytest.approx(found, rel=1e-3))
        found = np.mean([each["settings"]["given"]["skill_best"] for each in of_group])
        assert told[group]["skill_best"] == pytest.approx(found, rel=1e-3, abs=1e-3)
    both = [each for each in told["series"].values() if each["group"] != "flows"]
    found = np.mean([each["settings"]["given"]["skill_best"] for each in both])
    assert told["politics_security"]["skill_best"] == pytest.approx(found, rel=1e-3)
    assert told["flows"]["skill_best"] > 0 > told["by_setting"]["nothing"]["flows"]["skill_best"]


def test_coverage_is_that_of_the_mixture(made, told):
    ours = made.rows[(made.rows.forecaster == MIXTURE) & (made.rows.setting == "given")]
    assert told["coverage90"] == pytest.approx(ours.in90.mean(), rel=1e-3)
    assert told["security"]["coverage90"] == pytest.approx(ours[ours.group == "security"].in90.mean(), rel=1e-3)
    for each in told["pit"]:
        assert sum(each["shares"]) == pytest.approx(1, abs=1e-3)


def test_one_and_two_years_ahead_are_judged_by_the_same_baselines(made, told):
    rows = made.rows[(made.rows.group == "flows") & (made.rows.horizon <= 2)]
    skills = []
    for name, cell in rows.groupby("series"):
        best = told["series"][name]["best_baseline"]
        ours = cell[(cell.forecaster == MIXTURE) & (cell.setting == "nothing")].crps.mean()
        skills.append(1 - ours / cell[cell.forecaster == best].crps.mean())
    assert told["near"]["nothing"]["skill_best"] == pytest.approx(np.mean(skills), rel=1e-3)


def test_forecasters_stand_side_by_side(told):
    names = {each["forecaster"] for each in told["forecasters"]}
    assert names == {MIXTURE, PREQUENTIAL, MEAN, f"{READING}one", f"{READING}{PERSISTENCE}", *QUICK}
    drift = [each["skill_drift"] for each in told["forecasters"] if each["forecaster"] == "drift"]
    assert drift == [0] * 6


def test_targets_are_met_or_missed_by_so_much(told):
    by = {each["aim"]: each for each in told["targets"]}
    assert len(by) == len(told["targets"]) == 14
    (worst,) = (each for name, each in by.items() if "no series of politics" in name)
    assert not worst["met"]
    assert worst["which"][0] == "vetoes"
    assert worst["found"] == told["series"]["vetoes"]["settings"]["given"]["skill_best"]
    (near,) = (each for name, each in by.items() if "one and two years" in name)
    assert not near["met"]
    assert near["by"] == pytest.approx(near["found"] - 0.1, abs=1e-3)
    (cells,) = (each for each in told["targets"] if each["kind"] == "cells")
    assert cells["found"] == len(cells["which"]) > 0
    easy = json.loads(json.dumps(told))
    easy["by_setting"]["given"]["flows"] |= {"skill_drift": 0.45, "coverage90": 0.951}
    again = {each["aim"]: each for each in aims(easy)}
    assert next(each for name, each in again.items() if "against drift" in name)["met"]
    wide = next(each for name, each in again.items() if "Forcings given: 90% intervals, flows" in name)
    assert not wide["met"]
    assert wide["by"] == pytest.approx(-0.001)


def test_the_page_tells_what_is_poor(told):
    text = page(told)
    for each in told["series"].values():
        assert each["title"] in text
    for each in told["targets"]:
        assert each["aim"] in text
    poor = weaknesses(told)
    assert told["series"]["vetoes"]["title"] in next(each for each in poor if each.startswith("**Series, forc"))
    assert "Forecasts are better without: trust" in text
    assert all(paragraph in text for paragraph in poor)
    assert "nan" not in text.lower().replace("finan", "")


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_drawn_from_the_numbers(told, name):
    assert render(PICTURES[name](told), ".svg").startswith(b"<svg")


def test_what_lies_beyond_the_axis_is_drawn_at_its_edge():
    spec = json.dumps(dots([Dots("t", [Dot("a", "k", -7.0, -9.0, 0.5)], domain=(-1.0, 1.0))]).to_dict())
    assert '"value": -1.0' in spec
    assert "-7" not in spec
    for nothing in (lambda: dots([]), lambda: lines([]), lambda: columns_of([], 0.1)):
        with pytest.raises(AmurError, match="nothing to draw"):
            nothing()


def test_a_stopped_validation_goes_on_where_it_was(tmp_path, monkeypatch, made):
    calls = []

    class Run:
        members, posterior, years = 100, {}, YEARS
        increments = np.full(len(YEARS), -1.0)

    def scored(*_):
        calls.append("scores")
        return made.rows[made.rows.forecaster != PREQUENTIAL], {"arima": 3}

    def ablated(*_, **__):
        calls.append("ablations")
        if calls.count("ablations") == 1:
            raise KeyboardInterrupt
        return made.ablated

    monkeypatch.setattr(validate.rivals, "take", lambda *_, **__: {"one": Run})
    monkeypatch.setattr(validate, "run_all", lambda *_, **__: {})
    monkeypatch.setattr(validate, "score_all", scored)
    monkeypatch.setattr(
        validate, "mixture_rows", lambda *_, **__: made.rows[made.rows.forecaster == PREQUENTIAL]
    )
    monkeypatch.setattr(validate.ablations, "ablate", ablated)
    with pytest.raises(KeyboardInterrupt):
        validate.validate(folder=tmp_path)
    again = validate.validate(folder=tmp_path)
    assert calls == ["scores", "ablations", "ablations"]
    assert again.fell == {"arima": 3}
    both = [
        table.sort_values(list(table.columns[:7])).reset_index(drop=True) for table in (again.rows, made.rows)
    ]
    pd.testing.assert_frame_equal(*both, check_dtype=False)
    validate.validate(folder=tmp_path, seed=2)
    assert calls[3:] == ["scores", "ablations"]


# The command


def ran(capsys, *words):
    code = main(["validate", *words])
    written = capsys.readouterr()
    return code, written.out, written.err


def test_what_is_published_is_shown(file, told, capsys):
    assert json.loads(ran(capsys, "--show", "--json")[1]) == told
    code, out, _ = ran(capsys, "--show")
    assert code == 0
    assert all(each["aim"] in out for each in told["targets"])
    code, out, _ = ran(capsys, "--show", "--series", "gas_wst")
    assert code == 0
    assert told["series"]["gas_wst"]["title"] in out
    assert json.loads(ran(capsys, "--show", "--series", "gas_wst", "--json")[1]) == told["series"]["gas_wst"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--series", "gas_wst"), "--show"),
        (("--show", "--series", ""), "--series"),
        (("--show", "--series", "gas_wts"), "gas_wst"),
        (("--show", "--series", "stance"), "not scored"),
        (("--show", "--recovery", "--series", "gas_wst"), "--recovery"),
        (("--show", "--calibration", "--series", "gas_wst"), "--calibration"),
        (("--show", "--page"), "--page"),
        (("--members", "3"), "--members"),
        (("everything",), "unexpected"),
    ],
)
def test_a_fault_is_one_line_and_code_2(file, capsys, words, says):
    code, out, err = ran(capsys, *words)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_without_a_published_one_it_says_what_to_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(published, "FILE", tmp_path / "none.json")
    code, _, err = ran(capsys, "--show")
    assert code == 2
    assert "Run: amur validate" in err


def test_showing_loads_no_model():
    code = (
        "import sys; from amur.cli import main; main(['validate', '--show', '--json']);"
        " sys.exit(any(m in sys.modules for m in ('jax', 'scipy', 'altair')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0


# What is shipped


@pytest.fixture(scope="module")
def shipped():
    if not published.FILE.exists():
        pytest.skip("no validation has been published: run `amur validate`")
    return published.published()


def test_the_published_validation_is_of_this_record_these_readings_and_this_code(shipped):
    from amur.validation.stamp import stamp

    assert shipped["stamp"] == stamp(), "run `amur validate`"


def test_the_published_validation_is_whole(shipped):
    assert {"skill_drift", "skill_best"} <= set(shipped["flows"])
    assert "skill_best" in shipped["politics"]
    assert 0 < shipped["coverage90"] < 1
    assert len(shipped["series"]) >= 20
    assert shipped["origins"] == list(map(str, range(2005, 2025)))
    assert shipped["settings"] == ["given", "given-lines", "nothing"]
    for each in shipped["series"].values():
        assert set(each["settings"]) == set(shipped["settings"])
        assert each["best_baseline"] in baselines.BASELINES
    for key in ("turning_points", "decisions", "ablations", "targets", "horizons", "by_origin", "by_target"):
        assert shipped[key], key


def test_the_page_and_its_pictures_are_what_the_numbers_give(shipped):
    from pathlib import Path

    docs = Path(__file__).parents[2] / "docs"
    assert (docs / "validation.md").read_text(encoding="utf-8") == page(shipped), "run `amur validate --page`"
    for name, picture in PICTURES.items():
        assert (docs / f"{name}.svg").read_bytes() == render(picture(shipped), ".svg"), (
            "run `amur validate --page`"
        )
