"""The table of forecasts and the skill read off it, against small examples worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from amur.validation.skill import (
    COLUMNS,
    best_baseline,
    coverage,
    interval,
    pairs,
    scored,
    significantly_worse,
    skill,
    tables,
    weights,
    wide,
)


def line(
    series: str, forecaster: str, origin: int, horizon: int, crps: float, setting: str = ""
) -> dict[str, object]:
    return {
        "series": series, "group": "flows", "setting": setting, "origin": origin, "horizon": horizon,
        "target": origin + horizon, "forecaster": forecaster, "crps": crps, "log": crps, "pit": 0.5,
        "in50": 1.0, "in80": 1.0, "in90": float(crps < 3),
    }  # fmt: skip


@pytest.fixture
def rows() -> pd.DataFrame:
    """Two series, two origins, two horizons; the model is best at a's horizon 1 and worst at b."""
    by_name = {
        "a": {"model": [1, 2, 1, 2], "drift": [2, 2, 2, 2], "walk": [4, 1, 4, 1]},
        "b": {"model": [30, 30, 30, 30], "drift": [20, 20, 20, 20], "walk": [10, 10, 10, 10]},
    }
    cells = [(2010, 1), (2010, 2), (2011, 1), (2011, 2)]
    return pd.DataFrame(
        line(series, name, *cell, crps, "given" if name == "model" else "")
        for series, names in by_name.items()
        for name, values in names.items()
        for cell, crps in zip(cells, values, strict=True)
    )


def one(table: pd.DataFrame, **where: object) -> pd.Series:
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_skill_is_the_mean_of_the_skills_of_series(rows: pd.DataFrame) -> None:
    """Of a: 1 - 1.5/2 = 0.25; of b: 1 - 30/20 = -0.5; of both -0.125, whatever their units."""
    by_series = skill(rows, "model", "drift", ["series"])
    assert list(by_series["skill"]) == pytest.approx([0.25, -0.5])
    assert list(by_series["forecasts"]) == [4, 4]
    whole = one(skill(rows, "model", "drift"))
    assert whole["skill"] == pytest.approx(-0.125)
    assert (whole["forecasts"], whole["many"]) == (8, 2)
    rescaled = rows.assign(crps=np.where(rows["series"] == "b", rows["crps"] / 100, rows["crps"]))
    assert one(skill(rescaled, "model", "drift"))["skill"] == pytest.approx(-0.125)


def test_the_best_baseline_is_picked_by_series_over_everything(rows: pd.DataFrame) -> None:
    """Walk is better at a's horizon 2 but worse in all (2.5 against 2)."""
    assert best_baseline(rows, ["drift", "walk"]) == {"a": "drift", "b": "walk"}
    by_horizon = skill(rows, "model", "best", ["horizon"], baselines=["drift", "walk"])
    # Horizon 1: a 1 - 1/2, b 1 - 30/10; horizon 2: a 1 - 2/2, b the same.
    assert list(by_horizon["skill"]) == pytest.approx([(0.5 - 2) / 2, (0 - 2) / 2])
    with pytest.raises(ValueError, match="which baselines"):
        pairs(rows, "model", "best")


def test_pooled_skill_weighs_by_the_whole_series(rows: pd.DataFrame) -> None:
    """A lucky zero of a baseline makes no infinite ratio: a's unit is drift's mean, here 1.5."""
    lucky = rows.copy()
    hit = (lucky["series"] == "a") & (lucky["forecaster"] == "drift") & (lucky["horizon"] == 1)
    lucky.loc[hit & (lucky["origin"] == 2010), "crps"] = 0.0
    table = skill(lucky[lucky["series"] == "a"], "model", "drift", ["origin"], pooled=True)
    assert list(table["skill"]) == pytest.approx([1 - 3 / 2, 1 - 3 / 4])
    both = skill(lucky, "model", "drift", ["origin"], pooled=True)
    ours, theirs = 3 / 1.5 + 60 / 20, 2 / 1.5 + 40 / 20
    assert both["skill"].iloc[0] == pytest.approx(1 - ours / theirs)


def test_only_forecasts_that_both_made_are_compared(rows: pd.DataFrame) -> None:
    fewer = rows[~((rows["forecaster"] == "drift") & (rows["horizon"] == 2))]
    assert one(skill(fewer, "model", "drift", ["series"]), series="a")["skill"] == pytest.approx(0.5)
    broken = rows.copy()
    broken.loc[(broken["forecaster"] == "model") & (broken["horizon"] == 2), "crps"] = np.nan
    assert one(skill(broken, "model", "drift", ["series"]), series="a")["skill"] == pytest.approx(0.5)


def test_a_forecaster_without_a_setting_stands_beside_every_setting(rows: pd.DataFrame) -> None:
    blind = rows[rows["forecaster"] == "model"].assign(setting="nothing", crps=lambda each: each["crps"] * 2)
    table = skill(pd.concat([rows, blind]), "model", "drift", ["setting", "series"])
    assert one(table, setting="given", series="a")["skill"] == pytest.approx(0.25)
    assert one(table, setting="nothing", series="a")["skill"] == pytest.approx(-0.5)
    assert len(wide(rows)) == 8
    with pytest.raises(ValueError, match="two rows"):
        wide(pd.concat([rows, rows]))


def test_a_forecast_becomes_rows() -> None:
    place = {"series": "a", "group": "flows", "setting": "given", "forecaster": "model"}
    samples = np.random.default_rng(1).normal(size=(3, 200))
    made = scored(place, 2010, np.array([0.1, np.nan, 0.3]), samples, "log", np.random.default_rng(2))
    assert tuple(made.columns) == COLUMNS
    assert list(made["horizon"]) == [1, 3]
    assert list(made["target"]) == [2011, 2013]
    assert list(made["in90"]) == [1.0, 1.0]
    assert list(made["setting"]) == ["given", "given"]


def test_blocks_are_of_three_neighbours_and_keep_the_number_of_origins() -> None:
    drawn = weights(9, 500)
    assert drawn.shape == (500, 9)
    np.testing.assert_array_equal(drawn.sum(axis=1), 9)
    np.testing.assert_allclose(drawn.mean(axis=0), 1.0, atol=0.15)
    # Drawn together, neighbours are alike; in blocks of three two thirds of a draw come with the next origin.
    together = np.corrcoef(drawn[:, 4], drawn[:, 5])[0, 1]
    apart = np.corrcoef(drawn[:, 1], drawn[:, 5])[0, 1]
    assert together > 0.4 > 0.1 > apart
    np.testing.assert_array_equal(drawn, weights(9, 500))


def test_interval_of_a_skill_that_never_changes_is_a_point(rows: pd.DataFrame) -> None:
    """The two origins of the example, four times over: b is always -0.5, a goes from 0.5 to 0 and back."""
    later = [
        rows.assign(origin=rows["origin"] + 2 * more, target=rows["target"] + 2 * more) for more in range(4)
    ]
    table = pd.concat(later).astype({"crps": float})
    mixed = (table["series"] == "a") & (table["forecaster"] == "model") & (table["origin"] % 4 == 2)
    table.loc[mixed, "crps"] = 2.5
    told = skill(table, "model", "drift", ["series"])
    steady, moving = one(told, series="b"), one(told, series="a")
    assert (steady["low"], steady["high"]) == pytest.approx((-0.5, -0.5))
    assert steady["worse"]
    assert moving["low"] < moving["skill"] < moving["high"]
    assert not moving["worse"]


def test_few_origins_have_no_interval(rows: pd.DataFrame) -> None:
    """Two blocks at least: with fewer every draw is nearly the whole and the interval a lie."""
    whole = one(skill(rows, "model", "drift"))
    assert np.isnan([whole["low"], whole["high"]]).all()
    assert not whole["worse"]
    assert significantly_worse(-0.01)
    assert not significantly_worse(0.0)


def test_interval_covers_the_true_skill() -> None:
    """Errors that last (AR(1), 0.4) over 20 origins in three series; the true skill is 0.25."""
    draw = np.random.default_rng(3)
    inside, runs = 0, 80
    for _ in range(runs):
        common = np.zeros((20, 2))
        for step in range(1, 20):
            common[step] = 0.4 * common[step - 1] + 0.2 * draw.normal(size=2)
        own = 0.2 * draw.normal(size=(3, 20, 2))
        errors = np.exp(common + own) * np.array([0.75, 1.0])
        cell = pd.DataFrame(
            {
                "series": np.repeat(["a", "b", "c"], 20), "setting": "", "origin": np.tile(np.arange(20), 3),
                "ours": errors[..., 0].ravel(), "theirs": errors[..., 1].ravel(),
            }
        )  # fmt: skip
        low, high = interval(cell, resamples=400)
        inside += low <= 0.25 <= high
    assert 0.75 <= inside / runs <= 0.98


def test_tables_and_coverage(rows: pd.DataFrame) -> None:
    made = tables(rows, "model", "best", ["drift", "walk"])
    assert list(made) == ["group", "series", "horizon", "origin", "target"]
    assert list(made["target"]["target"]) == [2011, 2012, 2013]
    assert list(made["target"]["forecasts"]) == [2, 4, 2]
    assert one(made["group"])["skill"] == pytest.approx((0.25 - 2) / 2)
    told = coverage(rows, ["forecaster", "series"])
    assert one(told, forecaster="walk", series="a")["in90"] == 0.5
    assert one(told, forecaster="model", series="b")["in90"] == 0.0
    assert one(told, forecaster="model", series="a")["forecasts"] == 4
