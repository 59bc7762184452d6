"""Simulations: twins, chunks, interventions in force, files that are whole or not there."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import amur
from amur.errors import AmurError
from amur.futures import simulate as simulating
from amur.futures import store
from amur.futures.pair import pair
from amur.futures.plan import plan
from amur.system.decisions import OPTIONS, Taiwan
from amur.system.interventions import Change, Force, Freeze, Hold, Scale
from amur.system.state import QUANTITIES

SMALL = {"members": 300, "until": "2027-Q4", "seed": 11, "keep": ["oil_price", "exports_rus_chn", "momentum"]}


@pytest.fixture(scope="module", autouse=True)
def small_chunks():
    """One block to a chunk, so that little code is compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simulating, "CHUNK", 1)
        yield


@pytest.fixture(scope="module")
def futures(small_chunks):
    return amur.simulate(**SMALL)


def same(one, other):
    for name in one.data_vars:
        assert np.array_equal(one[name].to_numpy(), other[name].to_numpy(), equal_nan=True), name


def test_all_is_there_and_told(futures):
    assert dict(futures.sizes) == {"member": 300, "quarter": 8}
    assert set(OPTIONS) | {"oil_price", "exports_rus_chn", "endstate"} <= set(futures.data_vars)
    for name, values in futures.data_vars.items():
        assert {"units", "long_name"} <= set(values.attrs), name
        assert np.isfinite(values).all(), name
        if name in QUANTITIES:
            assert (values >= QUANTITIES[name].low - 1e-6).all(), name
            assert (values <= QUANTITIES[name].high * (1 + 1e-6)).all(), name
    assert {"seed", "record", "version", "interventions"} <= set(futures.attrs)
    assert len(futures["taiwan"].attrs["flag_meanings"].split()) == len(Taiwan)


def test_members_differ(futures):
    assert futures["exports_rus_chn"].isel(quarter=-1).std() > 0


def test_the_size_of_the_chunks_does_not_matter(futures, monkeypatch):
    assert [part.members for part in simulating.chunks(plan(**SMALL))] == [256, 44]
    monkeypatch.setattr(simulating, "CHUNK", 2)
    assert [part.members for part in simulating.chunks(plan(**SMALL))] == [300]
    other = amur.simulate(**SMALL)
    for name in futures.data_vars:
        np.testing.assert_allclose(futures[name], other[name], rtol=1e-4, atol=1e-4, err_msg=name)


def test_twins_are_the_same_until_something_is_done_to_one_of_them():
    twins = pair(
        **SMALL,
        interventions=[Change("oil_price", 2.0, start="2027-Q1"), Force("taiwan", "war", start="2027-Q1")],
    )
    difference = twins.difference
    before, after = difference.sel(quarter="2026-Q4"), difference.sel(quarter="2027-Q1")
    assert all((before[name] == 0).all() for name in difference.data_vars)
    ratio = twins.under["oil_price"].sel(quarter="2027-Q1") / twins.without["oil_price"].sel(quarter="2027-Q1")
    np.testing.assert_allclose(ratio, 2.0, rtol=1e-5)
    assert (twins.under["taiwan"].sel(quarter="2027-Q2") == Taiwan.WAR).all()
    assert (after["exports_rus_chn"] > 0).mean() > 0.9


def test_a_state_that_is_held_is_at_its_value_and_free_again_after():
    held = amur.simulate(**SMALL, interventions=[Hold("momentum", -0.5, end="2026-Q4")])["momentum"]
    assert (held.sel(quarter=slice("2026-Q1", "2026-Q4")) == -0.5).all()
    assert held.sel(quarter="2027-Q4").std() > 0


def test_switching_a_group_off_changes_the_futures(futures):
    off = amur.simulate(**SMALL, interventions=[Scale("trade", 0.0)])
    assert (off["exports_rus_chn"] != futures["exports_rus_chn"]).any()


def test_a_mechanism_held_at_a_past_quarter_differs_from_one_that_goes_on(futures):
    frozen = amur.simulate(**SMALL, interventions=[Freeze("trade", "2013-Q4")])
    assert np.isfinite(frozen["exports_rus_chn"]).all()
    assert (frozen["exports_rus_chn"] != futures["exports_rus_chn"]).any()


def test_years_are_the_fourth_quarters(futures):
    years = amur.simulate(**SMALL, annual=True)
    assert years["quarter"].to_numpy().tolist() == ["2026-Q4", "2027-Q4"]
    kept = futures.sel(quarter=years["quarter"])
    for name in years.data_vars:
        np.testing.assert_allclose(years[name], kept[name], rtol=1e-4, atol=1e-4, err_msg=name)


def test_double_precision_agrees(futures):
    double = amur.simulate(**(SMALL | {"members": 64}), precision=64)
    assert double["exports_rus_chn"].dtype == np.float64
    one = futures["exports_rus_chn"].isel(member=slice(0, 64), quarter=0)
    np.testing.assert_allclose(one, double["exports_rus_chn"].isel(quarter=0), rtol=2e-3)


@pytest.mark.parametrize("suffix", [".nc", ".zarr"])
def test_a_file_holds_the_same_as_memory(futures, tmp_path, suffix):
    if suffix == ".nc":
        pytest.importorskip("h5py")
    file = tmp_path / f"futures{suffix}"
    saved = amur.simulate(**SMALL, save=str(file))
    with saved:
        same(futures, saved)
        assert saved["quarter"].to_numpy().tolist() == futures["quarter"].to_numpy().tolist()
        assert saved["exports_rus_chn"].attrs["units"] == "US$ bn/yr"
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_parquet_has_a_row_for_each_member_and_quarter(futures, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(store.save(plan(**SMALL), tmp_path / "futures.parquet"))
    assert table.num_rows == 300 * 8
    assert np.array_equal(table["exports_rus_chn"].to_numpy(), futures["exports_rus_chn"].to_numpy().ravel())
    assert set(table["taiwan"].unique().to_pylist()) <= {"calm", "coercion", "crisis", "blockade", "war"}


def test_a_run_that_was_stopped_goes_on_and_other_arguments_are_refused(futures, tmp_path):
    file = tmp_path / "futures.zarr"

    def stop(done, _):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.save(plan(**SMALL), file, progress=stop)
    assert not file.exists()
    work = tmp_path / "futures.zarr.amur-part"
    assert json.loads((work / "manifest.json").read_text())["seed"] == 11
    with pytest.raises(AmurError, match="--resume"):
        store.save(plan(**SMALL), file)
    with pytest.raises(AmurError, match="other seed"):
        store.save(plan(**(SMALL | {"seed": 12})), file, resume=True)
    store.save(plan(**SMALL), file, resume=True)
    with store.open_lazily(file) as saved:
        same(futures, saved)
    with pytest.raises(AmurError, match="exists"):
        store.save(plan(**SMALL), file)


def test_the_record_has_one_fingerprint_in_every_process():
    """A part without numbers would be fingerprinted by where it lies in memory."""
    asked = plan(**SMALL)
    other = asked.past._replace(quarters=asked.past.quarters._replace(open=None))
    assert asked.record_hash == replace(asked, past=other).record_hash
    line = np.ones((len(asked.past.labels), 22), np.float32)
    cut = asked.past._replace(quarters=asked.past.quarters._replace(open=line))
    assert replace(asked, past=cut).record_hash != asked.record_hash
    assert all(part is None or np.asarray(part).dtype != object for part in asked.past.quarters)


def test_too_much_for_memory_is_refused():
    with pytest.raises(AmurError, match="memory"):
        amur.simulate(members=10_000_000)
