"""Effects, shifts and the compact way of writing interventions, on small made-up cases."""

from __future__ import annotations

import numpy as np
import pytest

from amur.errors import AmurError
from amur.questions.mixture import Mixture
from amur.questions.spread import shift
from amur.questions.whatif import intervention
from amur.questions.whatif.effects import leaders, sizes
from amur.questions.whatif.telling import side
from amur.system.interventions import Change, Cut, Hold, as_json
from amur.system.scenario_files import scenarios


def test_an_effect_is_measured_against_the_spread_of_the_baseline():
    weights = np.array([0.25, 0.75])
    found = sizes(np.array([[0.0, 4.0], [5.0, 5.0]]), np.array([[1.0, 3.0], [0.1, 0.1]]), weights)
    assert found.baseline[0] == 3
    assert found.effect[0] == 2.5
    assert found.spread[0] == pytest.approx(np.sqrt(3))
    assert found.relative[0] == pytest.approx(2.5 / np.sqrt(3))
    assert found.spread[1] == 0
    assert found.relative[1] == pytest.approx(0.1 / 0.01), "what does not vary is not moved infinitely"


def test_leaders_leave_out_what_says_the_same_as_a_stronger_one():
    luck = np.random.default_rng(3)
    first, other = luck.normal(size=(2, 500))
    effects = np.stack([first, -2 * first, other, luck.normal(size=500)])
    found, under = leaders(effects, [1.0, 3.0, 2.0, 0.001], np.full(500, 1 / 500), 8)
    assert found == [1, 2], "strongest first, and none that is too small"
    assert under == {0: 1}
    assert leaders(effects, [1.0, 3.0, 2.0, 0.5], np.full(500, 1 / 500), 1)[0] == [1]


def test_a_shift_tells_what_sets_differ_in_from_luck():
    sets, rounds = 400, 2
    of = Mixture(("one",), sets, rounds, {"one": 1.0})
    luck = np.random.default_rng(5)
    nothing = shift("a", "a", np.zeros(of.members), of)
    assert (nothing.value, nothing.low90, nothing.high90, nothing.error) == (0, 0, 0, 0)
    by_luck = shift("a", "a", luck.integers(0, 2, of.members), of)
    half = np.tile(np.repeat([0, 1], sets // 2), rounds)
    by_sets = shift("a", "a", half, of)
    assert by_luck.value == pytest.approx(50, abs=6)
    assert by_sets.value == 50
    assert by_luck.high90 - by_luck.low90 < 30, "luck averages out over lucks"
    assert by_sets.high90 - by_sets.low90 > 95, "half of the sets always change, half never"


def test_a_shift_weighs_readings():
    of = Mixture(("one", "two"), 50, 2, {"one": 0.9, "two": 0.1})
    found = shift("a", "a", (of.reading == 1).astype(np.int8), of, keys={"when": "2036"})
    assert found.value == pytest.approx(10)
    assert found.by_reading == {"one": 0, "two": 100}
    assert found.unit == "percentage points"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("hold oil_price 150 start=2027-Q1 ramp=2", Hold("oil_price", 150.0, start="2027-Q1", ramp=2)),
        ("cut gas_chn 0.5", Cut("gas_chn", 0.5)),
        ("change world_trade by=0.8 end=2030-Q4", Change("world_trade", 0.8, end="2030-Q4")),
    ],
)
def test_one_line_tells_an_intervention(text, made):
    assert intervention(text) == made


def test_every_intervention_of_every_scenario_can_be_written_in_one_line():
    told = [each for found in scenarios().values() for each in found.interventions]
    assert len(told) > 60
    for each in told:
        assert intervention(side(as_json([each])[0])) == each


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "do"),
        ("holt oil_price 1", "do"),
        ("hold oil_price 1 2", "do"),
        ("hold oil_price much", "value"),
        ("hold oil_price 1 ramp=x", "ramp"),
        ("hold oil_price 1 value=2", "do"),
        ("hold oil_prise 1", "quantity"),
        ("hold oil_price 1 colour=red", "colour"),
        ("cut gas_chn", "share"),
    ],
)
def test_a_line_that_says_nothing_known_is_refused_with_its_field(text, field):
    with pytest.raises(AmurError) as refused:
        intervention(text)
    assert refused.value.field == field
