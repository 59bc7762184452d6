"""Claims that are readings (P4 to P6, P13, P14, T2, B1, R1): what each expects of the record before it has seen it.

Each reading sets priors apart from the essay alone. Here history is run under every reading and under the base prior
with one seed, and each is asked whether it differs from its rivals where its essay says. Nothing is compared with the
record: whether the record bears a reading out is for the weights to say.
"""

from itertools import combinations

import numpy as np
import pytest

from amur.readings import readings
from amur.readings.predictive import expected, outcomes

RIVALS = [name for name, each in readings().items() if each.structure == "model"]


@pytest.fixture(scope="module")
def base():
    return expected()


@pytest.fixture(scope="module")
def under():
    return {name: expected(readings()[name]) for name in RIVALS}


def middle(world, name, start, end):
    """The mean over years and members, on the scale of comparison."""
    inside = (world.years[name] >= start) & (world.years[name] <= end)
    return float(world.values[name][inside].mean())


def order(under, name, start, end):
    """The readings from the one that expects least of a thing to the one that expects most."""
    return sorted(RIVALS, key=lambda reading: middle(under[reading], name, start, end))


@pytest.mark.parametrize("name", RIVALS)
def test_every_prediction_comes_out(name, base, under):
    failed = [each for each in outcomes(readings()[name], under[name], base) if not each.holds]
    assert not failed


def test_no_two_readings_expect_the_same(under):
    """Of what any reading predicts, every pair differs somewhere by more than half the spread among all readings."""
    asked = {(each.of, each.start, each.end) for name in RIVALS for each in readings()[name].predicts}
    told = {one: np.array([middle(under[name], *one) for name in RIVALS]) for one in asked}
    for first, second in combinations(range(len(RIVALS)), 2):
        most = max(abs(each[first] - each[second]) / np.ptp(each) for each in told.values())
        assert most > 0.5, (RIVALS[first], RIVALS[second])


def test_p4_a_vassal_sells_cheapest_and_is_pressed_most(base, under):
    """P4: of all readings the lowest price and the most squeezes; concessions of strategy well above the base prior."""
    assert order(under, "concession", 2014, 2025)[-1] == "vassalage"
    assert order(under, "leverage.squeeze", 2014, 2025)[-1] == "vassalage"
    given = [middle(world, "answer.strategic", 2014, 2025) for world in (base, under["vassalage"])]
    assert given[1] > 2 * given[0]


def test_p5_a_proxy_is_armed_and_serves(base, under):
    """P5: of all readings the most weapons for the war, the most concessions and the most trouble in the strait."""
    for name in ("support.lethal", "answer.strategic", "taiwan.crisis"):
        assert order(under, name, 2022, 2025)[-1] == "proxy"


def test_p6_a_concert_votes_as_one_and_moves_at_the_same_time(base, under):
    """P6: of all readings the most agreement and vetoes, and more crises over Taiwan while the other is at war."""
    for name in ("agreement", "vetoes"):
        assert order(under, name, 2014, 2025)[-1] == "concert"
    assert middle(under["concert"], "taiwan.crisis", 2022, 2025) > middle(base, "taiwan.crisis", 2022, 2025)


def test_p13_an_iran_is_bought_from_and_not_armed(base, under):
    """P13: of all readings the least dual-use support and the fewest machine tools, and the most oil for China."""
    assert order(under, "support.dual_use", 2022, 2025)[0] == "iranization"
    assert order(under, "machine_tools", 2023, 2025)[0] == "iranization"
    assert order(under, "oil_chn", 2022, 2025)[-1] == "iranization"


def test_p14_a_rear_supplies_and_leaves_the_deciding_to_the_front(base, under):
    """P14: of all readings the most goods and machine tools; no weapons, and fewer concessions than the base prior."""
    assert order(under, "machine_tools", 2023, 2025)[-1] == "strategic-rear"
    assert order(under, "exports_chn_rus", 2022, 2025)[-1] == "strategic-rear"
    for name in ("support.lethal", "answer.strategic"):
        assert middle(under["strategic-rear"], name, 2022, 2025) < middle(base, name, 2022, 2025)


def test_t2_near_rivals_agree_little_and_hush_their_words(base, under):
    """T2: of all readings the least agreement under pressure, and words that cool once there is a war."""
    assert order(under, "agreement", 2014, 2025)[0] == "transactional"
    assert order(under, "statements", 2023, 2025)[0] == "transactional"
    assert middle(under["transactional"], "exercises", 2014, 2025) < middle(base, "exercises", 2014, 2025)


def test_b1_allies_train_together_and_are_not_pressed(base, under):
    """B1: of all readings the most exercises and patrols and the fewest squeezes; the price is left to Moscow."""
    assert order(under, "exercises", 2005, 2025)[-1] == "alliance"
    assert order(under, "patrols", 2019, 2025)[-1] == "alliance"
    assert order(under, "leverage.squeeze", 2005, 2025)[0] == "alliance"
    assert order(under, "concession", 2012, 2021)[0] == "alliance"


def test_r1_necessity_draws_them_together_only_under_pressure(base, under):
    """R1: the least agreement of all before there is pressure, the steepest rise when it comes, the most words."""
    assert order(under, "agreement", 1998, 2007)[0] == "necessity"

    def rise(world):
        return middle(world, "agreement", 2018, 2025) - middle(world, "agreement", 1998, 2007)

    assert max(RIVALS, key=lambda name: rise(under[name])) == "necessity"
    assert rise(under["necessity"]) > rise(base)
    assert order(under, "statements", 2014, 2025)[-1] == "necessity"
