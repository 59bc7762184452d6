"""Ablations: a group whose loss hurts earns its place, one whose loss helps does not."""

from __future__ import annotations

import numpy as np
import pytest
from made_up import MEMBERS, made_up

from amur.system.declare import MECHANISMS
from amur.system.observe import observed
from amur.system.parameters import NAMES
from amur.validation import ablations
from amur.validation.ablations import GROUPS, WHOLE, ablate, worth


@pytest.fixture
def rows(monkeypatch):
    seen = observed()
    off = {(): 0.5, ("price",): 1.5, ("trust",): 0.1, ("war",): 0.5}

    def fake(at, sets, seed, without):
        sure = 0.5 if without == ("trust",) else 0.9
        return made_up(seen, at.setting, at.origin, off=off[without], sure=sure)

    monkeypatch.setattr(ablations, "forecast", fake)
    sets = {name: np.ones(MEMBERS) for name in NAMES}
    origins = ("2006", "2008", "2010", "2012", "2014", "2016")
    told = []
    made = ablate(
        {"one": dict.fromkeys(origins, sets)}, lambda origin: {"one": 1.0}, origins=origins,
        groups=("price", "trust", "war"), members=MEMBERS, progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told[-1] == (24, 24)
    return made


def test_worth_is_what_is_lost_without(rows):
    table = worth(rows).set_index("mechanisms")
    assert list(table.index) == ["price", "war", "trust"]
    assert table.earns["price"]
    assert table.harms["trust"]
    assert table["skill"]["war"] == pytest.approx(0)
    assert not table.earns["war"]
    assert {"flows", "politics", "security", "decisions"} <= set(table.columns)
    assert table.decisions["trust"] > 0.5  # the fake without trust is unsure of what was decided
    assert set(rows.forecaster) == {WHOLE, "price", "trust", "war"}


def test_every_group_of_mechanisms_is_asked_for():
    assert set(GROUPS) == {made.group for made in MECHANISMS.values()}
