"""What would be seen ahead: it goes on from the record, forgets it, and spreads as far as the record would."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import amur
from amur.errors import AmurError
from amur.futures import simulate as simulating
from amur.futures import store
from amur.futures.discrepancies import discrepancy, scattered
from amur.futures.pair import pair
from amur.futures.plan import plan
from amur.futures.shocks import BLOCK
from amur.system import measurement
from amur.system.interventions import Change
from amur.system.observables import FREEDOM, OBSERVABLES
from amur.system.observe import observed

ASKED = {
    "members": 256,
    "until": "2027-Q4",
    "seed": 11,
    "keep": ["oil_price"],
    "start": "1992-Q1",
    "observables": True,
}
PERSISTENCE, SCALE = 0.7, 0.2


@pytest.fixture(scope="module")
def twins():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulating, "CHUNK", 1)
        yield pair(**ASKED, interventions=[Change("oil_price", 2.0, start="2027-Q1")])


def parameters(made, scale, members):
    """A discrepancy of this scale at all times."""
    each = {made.scales[0]: scale, made.lasting: PERSISTENCE, "rough_start": 0.0, "rough_years": 1.0}
    return SimpleNamespace(**{name: np.full(members, value) for name, value in each.items()})


def off(residual, periods, seed=1, blocks=tuple(range(8)), name="exports_rus_chn"):
    """Discrepancies of an observable whose record last lay off the model by so much, in logs."""
    made = OBSERVABLES[name]
    p = parameters(made, SCALE, BLOCK * len(blocks))
    before = np.ones((10, BLOCK * len(blocks)))
    shown = np.full(10, np.exp(residual))
    return discrepancy(made, shown, before, p, seed, blocks, 10 + periods)


def test_it_dies_out_with_its_persistence():
    path = off(1.0, 6)
    expected = PERSISTENCE ** np.arange(1, 7)
    error = SCALE * np.sqrt(FREEDOM / (FREEDOM - 2) / path.shape[1])
    assert (abs(path.mean(axis=1) - expected) < 4 * error).all()


def test_the_spread_far_ahead_is_that_of_a_record_never_seen():
    far = off(3.0, 40)[-1]
    assert far.std() == pytest.approx(SCALE * np.sqrt(FREEDOM / (FREEDOM - 2)), rel=0.1)
    assert abs(far.mean()) < 0.02


def test_shocks_are_shared_by_seed_block_and_name_and_a_longer_horizon_keeps_them():
    assert np.array_equal(off(1.0, 5)[:3], off(1.0, 3))
    assert np.array_equal(off(1.0, 3)[:, :BLOCK], off(1.0, 3, blocks=(0,)))
    for other in (
        off(1.0, 3, seed=2),
        off(1.0, 3, name="exports_chn_rus"),
        off(1.0, 3, blocks=tuple(range(8, 16))),
    ):
        assert abs(np.corrcoef(off(1.0, 3)[0], other[0])[0, 1]) < 0.1


def test_a_record_that_ends_early_has_been_forgotten_in_part():
    made = OBSERVABLES["exports_rus_chn"]
    p = parameters(made, 1e-9, BLOCK)
    shown = np.array([np.e, np.nan, np.nan])
    path = discrepancy(made, shown, np.ones((3, BLOCK)), p, 1, (0,), 4)
    np.testing.assert_allclose(path, PERSISTENCE**3, rtol=1e-6)


def test_counts_scatter_about_what_is_expected_and_more_is_not_fewer():
    made = OBSERVABLES["vetoes"]
    blocks = tuple(range(8))
    p = SimpleNamespace(**{made.scales[0]: np.full(8 * BLOCK, 2.0), made.lasting: np.full(8 * BLOCK, 0.0)})
    few, many = (scattered(made, np.full((4, 8 * BLOCK), mean), p, 3, blocks) for mean in (3.0, 6.0))
    assert (few <= many).all()  # nothing lasts, so each period is by itself
    assert few.mean() == pytest.approx(3, rel=0.06)
    assert few.var() == pytest.approx(3 + 9 / 2, rel=0.12)


def test_counts_go_on_from_what_was_seen():
    made = OBSERVABLES["vetoes"]
    p = SimpleNamespace(**{made.scales[0]: np.full(BLOCK, 3.0), made.lasting: np.full(BLOCK, 0.8)})
    means = []
    for last in (0.0, 6.0):
        now = measurement.factor_after(made, np.array([last, last]), np.full((2, BLOCK), 2.0), p)
        means.append(scattered(made, np.full((5, BLOCK), 2.0), p, 1, (0,), now).mean(axis=1))
    assert (means[0][:2] < 2).all()
    assert (means[1][:2] > 2).all()
    assert means[1][0] - means[0][0] > means[1][-1] - means[0][-1]


def test_codes_are_codes():
    made = OBSERVABLES["stance"]
    p = SimpleNamespace(**dict(zip(made.scales, (0.0, 1.0), strict=True)))
    codes = scattered(made, np.zeros((4, BLOCK)), p, 3, (0,))
    assert set(np.unique(codes)) == {0, 1, 2, 3, 4}
    assert (codes > 0).mean() == pytest.approx(0.5, abs=0.06)


def test_the_first_year_ahead_starts_near_the_last_value_of_the_record(twins):
    shown = observed()
    for name in ("exports_rus_chn", "oil_chn", "dependence_rus"):
        last = shown.values[name][-1]
        ahead = twins.without[f"seen_{name}"].sel(year=2026)
        assert np.quantile(ahead, 0.1) < last < np.quantile(ahead, 0.9), name
        assert float(ahead.median()) == pytest.approx(last, rel=0.2), name


def test_history_has_the_decisions_of_the_record_and_its_values_beside_the_predictions(twins):
    past = twins.without
    assert past.sizes == {"member": 256, "quarter": 144, "year": 36}
    assert (past["ukraine"].sel(quarter="2022-Q4") == 3).all()
    np.testing.assert_allclose(past["record_oil_chn"].sel(year=2013), observed().values["oil_chn"][21])
    assert np.isnan(past["record_oil_chn"].sel(year=2026))
    model = past["seen_oil_chn"].sel(year=slice(2015, 2024))
    assert (
        float(abs(np.log(model.median("member") / past["record_oil_chn"].sel(year=slice(2015, 2024)))).mean())
        < 0.5
    )
    for name, made in OBSERVABLES.items():
        values = past[f"seen_{name}"]
        assert values.attrs["units"] == made.unit
        assert made.title in values.attrs["long_name"]
        assert values.attrs["series"].split() == list(made.series)
        assert np.isfinite(values).all(), name


def test_twins_share_the_shocks_and_differ_where_something_was_done(twins):
    difference = twins.difference
    assert (difference["seen_fuel_earnings"].sel(year=slice(1992, 2026)) == 0).all()
    ratio = twins.under["seen_fuel_earnings"].sel(year=2027) / twins.without["seen_fuel_earnings"].sel(
        year=2027
    )
    assert float((ratio > 1.1).mean()) > 0.9
    assert float(np.log(ratio).std()) < 0.3


def test_a_file_keeps_what_is_seen(twins, tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulating, "CHUNK", 1)
        saved = amur.simulate(**ASKED, save=str(tmp_path / "seen.zarr"))
        table = store.save(plan(**ASKED), tmp_path / "seen.parquet")
    for name in ("seen_oil_chn", "seen_concession", "record_oil_chn"):
        assert np.array_equal(saved[name], twins.without[name], equal_nan=True), name
    rows = pytest.importorskip("pyarrow.parquet").read_table(table).to_pandas()
    ends = rows[rows["quarter"] == "2027-Q4"]["seen_oil_chn"].to_numpy()
    assert np.array_equal(ends, twins.without["seen_oil_chn"].sel(year=2027))
    assert rows[rows["quarter"] == "2027-Q3"]["seen_oil_chn"].isna().all()


def test_an_unknown_observable_is_named():
    with pytest.raises(AmurError, match="oil_chn"):
        plan(observables=["oil_chm"])
