"""Freezing a ledger from a small simulation: one run of 64 members serves every test here."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from amur.errors import AmurError
from amur.record import Record, load
from amur.record.schema import Observation
from amur.system.parameters import NAMES, draw
from amur.validation import baselines
from amur.validation.ledger import as_text, freeze, from_posteriors, ledger
from amur.validation.ledger_file import read_ledger
from amur.validation.ledger_resolve import resolve
from amur.validation.ledger_targets import entries, targets

MEMBERS = 64


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


@pytest.fixture(scope="module")
def told(record: Record) -> dict[str, Any]:
    """The ledger of 64 draws of the prior, beside the two quickest baselines."""
    drawn = draw(MEMBERS, 5)
    parameters = {name: np.asarray(getattr(drawn, name)) for name in NAMES}
    quick = {name: baselines.BASELINES[name] for name in ("persistence", "drift")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(baselines, "BASELINES", quick)
        return ledger(MEMBERS, 3, record=record, parameters=parameters)


@pytest.fixture
def path(told: dict[str, Any], tmp_path: Path) -> Path:
    frozen = tmp_path / "ledger.json"
    frozen.write_text(as_text(told), encoding="utf-8")
    return frozen


def by_id(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in told["forecasts"]}


def test_every_target_has_a_forecast_that_can_be_read_again(told: dict[str, Any], path: Path) -> None:
    assert list(read_ledger(path).forecasts) == [entry.id for entry in entries()]
    assert json.loads(as_text(told)) == told
    assert told["stamp"]["members"] == MEMBERS
    assert (len(told["stamp"]["record"]), len(told["stamp"]["parameters"])) == (16, 16)


def test_forecasts_begin_where_the_record_ends(told: dict[str, Any]) -> None:
    made, middle = by_id(told), told["levels"].index(0.5)
    # A year on, what the posterior is like matters little: the discrepancy starts from the last value.
    assert 90 < made["exports_rus_chn.2026"]["quantiles"][middle] < 170
    assert 0.9 < made["yuan_share.2026"]["quantiles"][middle] < 1
    assert 50 < made["brent_quarter.2026-Q1"]["quantiles"][middle] < 80


def test_uncertainty_grows_and_what_has_come_has_come(told: dict[str, Any]) -> None:
    made = by_id(told)
    wide = [np.ptp(np.log(made[f"brent.{year}"]["quantiles"])) for year in (2026, 2027)]
    assert wide[1] > wide[0]
    for target in targets().values():
        if target.when == "ever":
            first, both = (made[f"{target.name}.{year}"]["probability"] for year in (2026, 2027))
            assert 0 < first <= both < 1, target.name


def test_quarters_add_up_to_about_their_year(told: dict[str, Any]) -> None:
    made, middle = by_id(told), told["levels"].index(0.5)
    for name in ("exports_rus_chn", "oil_chn", "coal_chn"):
        quarters = sum(made[f"{name}_quarter.2026-Q{q}"]["quantiles"][middle] for q in (1, 2, 3, 4))
        assert quarters == pytest.approx(made[f"{name}.2026"]["quantiles"][middle], rel=0.1)


def test_an_oil_price_with_too_few_members_says_so(told: dict[str, Any]) -> None:
    made = by_id(told)
    for each in told["forecasts"]:
        for at in each.get("at_oil", {}).values():
            assert ("note" in at) == (at["members"] < 50)
    assert "at_oil" not in made["brent.2026"]
    assert set(made["gas_chn.2026"]["at_oil"]) == {"50", "60", "70", "80", "90", "100"}


def test_counts_are_whole(told: dict[str, Any]) -> None:
    for each in told["forecasts"]:
        if each["type"] == "count":
            whole = np.array([each["quantiles"], *(one["quantiles"] for one in each["baselines"].values())])
            assert (whole == whole.round()).all()


def test_baselines_stand_beside_the_model(told: dict[str, Any], record: Record) -> None:
    made = by_id(told)
    assert set(made["oil_chn_quarter.2026-Q1"]["baselines"]) == {"persistence", "drift", "seasonal"}
    assert set(made["lethal_aid.2026"]["baselines"]) == {"base_rate"}
    assert made["transit.2026"]["baselines"] == {}  # four values are too few
    middle, last = told["levels"].index(0.5), record.timeseries("energy.gas.pos1.rus-chn").values["2025"]
    assert made["gas_chn.2026"]["baselines"]["persistence"]["quantiles"][middle] == pytest.approx(last, rel=0.1)


def test_nothing_is_resolved_by_the_record_to_2025(path: Path, record: Record) -> None:
    scored = resolve(path, record)
    assert (scored["resolved"], len(scored["open"])) == ([], len(entries()))


def test_a_record_with_an_outcome_is_refused_by_name(record: Record, tmp_path: Path) -> None:
    source = record.observations[0].source
    added = Observation("energy.gas.pos1.rus-chn", "2026", 40.0, source, "invented")
    tables = dataclasses.replace(record.tables, observations=[*record.tables.observations, added])
    with pytest.raises(AmurError, match=r"outcomes of 2026.*energy\.gas\.pos1\.rus-chn"):
        freeze(tmp_path / "new.json", MEMBERS, record=Record(tables), parameters={})
    assert not (tmp_path / "new.json").exists()


def test_a_frozen_file_is_never_changed(path: Path, record: Record) -> None:
    before = path.read_bytes()
    with pytest.raises(AmurError, match="never changed"):
        freeze(path, MEMBERS, record=record, parameters={})
    link = path.with_name("link.json")
    link.symlink_to(path.with_name("not-there.json"))
    with pytest.raises(AmurError, match="never changed"):
        freeze(link, MEMBERS, record=record, parameters={})
    assert path.read_bytes() == before


def test_too_few_members_are_refused(tmp_path: Path, record: Record) -> None:
    with pytest.raises(AmurError, match="too few"):
        freeze(tmp_path / "new.json", 10, record=record, parameters={})


def test_the_stamp_says_of_which_posteriors_the_members_are(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from amur.conditioning import store

    weighed = SimpleNamespace(
        stamp="0123456789abcdef", weights=lambda kind: {"vassalage": 0.123456, "concert": 0.876544}
    )
    monkeypatch.setattr(store, "published", lambda: weighed)
    monkeypatch.setattr(store, "fresh", lambda record: False)
    monkeypatch.setattr(
        store, "ensemble", lambda members, seed, weights: {"trust_gain": [members, seed, weights]}
    )
    parameters, told = from_posteriors(70, 4, record)
    assert parameters == {"trust_gain": [70, 4, "stacking"]}
    assert told == {
        "posterior": weighed.stamp,
        "fits": False,
        "weights": {"vassalage": 0.1235, "concert": 0.8765},
    }
