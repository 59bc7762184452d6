"""Members of an ensemble: which reading, set and luck each has, and what readings weigh."""

from __future__ import annotations

import numpy as np
import pytest

from amur.conditioning.store import published
from amur.errors import AmurError
from amur.questions.ensembles import Common, able
from amur.questions.mixture import Mixture, shares
from amur.questions.spread import quantity

THREE = ("a", "b", "c")


def mixture(**share: float) -> Mixture:
    return Mixture(THREE, 5, 2, {name: share.get(name, 0.0) for name in THREE})


def test_weights_sum_to_one_and_to_the_share_of_each_reading():
    of = mixture(a=0.5, b=0.3, c=0.2)
    assert of.members == 30 == len(of.weights)
    assert of.weights.sum() == pytest.approx(1)
    for place, share in enumerate((0.5, 0.3, 0.2)):
        assert of.weights[of.reading == place].sum() == pytest.approx(share)


def test_even_weights_count_as_all_members_and_one_reading_as_its_own():
    assert mixture(a=1 / 3, b=1 / 3, c=1 / 3).effective == pytest.approx(30)
    assert mixture(b=1).effective == pytest.approx(10)


def test_a_set_keeps_its_reading_and_batch_in_every_round():
    of = mixture(a=1)
    rounds = of.reading.reshape(2, -1), of.set.reshape(2, -1), of.batch(4).reshape(2, -1)
    for each in rounds:
        assert (each[0] == each[1]).all()


def test_tables_and_means_take_members_apart_by_set_and_round():
    of = mixture(a=1)
    luck = np.repeat([0, 1], 15)
    values = 100 * of.reading + 10 * of.set + luck
    assert of.table(values, 2).tolist() == [[200 + 10 * each, 201 + 10 * each] for each in range(5)]
    np.testing.assert_allclose(of.means(values), 100 * of.reading + 10 * of.set + 0.5)
    assert of.parted(values)[1].tolist() == values[of.reading == 1].tolist()
    np.testing.assert_allclose(of.means(np.stack([values, 2 * values]))[1], 2 * of.means(values))


def test_weighing_anew_moves_a_number_and_leaves_each_reading_as_it_is(few, futures):
    values = futures["trust_rus"][-1]
    by = {
        weights: Common(few.futures, weights=weights).mixture
        for weights in ("even", "concert", "proxy=3,concert=1")
    }
    made = {weights: quantity("x", "", "", values, of) for weights, of in by.items()}
    for name, value in made["even"].by_reading.items():
        assert made["concert"].by_reading[name] == pytest.approx(value)
    assert made["concert"].value == pytest.approx(made["even"].by_reading["concert"], abs=1e-6)
    assert by["proxy=3,concert=1"].share["proxy"] == pytest.approx(0.75)


def test_published_weights_leave_out_persistence_and_keep_the_proportions(few):
    whole = published().weights("stacking")
    share = shares("stacking", able())
    assert "persistence" in whole
    assert "persistence" not in share
    assert sum(share.values()) == pytest.approx(1)
    assert share["concert"] / share["proxy"] == pytest.approx(whole["concert"] / whole["proxy"])


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("concerted", "does not say how to weigh"),
        ("concert=1,proxi=2", "no reading 'proxi'"),
        ("concert=-1", "is no weight"),
        ("concert=nan", "is no weight"),
        ("concert=much", "is no weight"),
        ("concert=0", "no reading has any weight"),
        ("concert=1,concert=2", "weighed twice"),
        ("persistence", "does not say how to weigh"),
        ({"concert": 1}, "does not say how to weigh"),
    ],
)
def test_weights_that_say_nothing_are_refused(told, says):
    with pytest.raises(AmurError, match=says) as caught:
        Common(weights=told)
    assert caught.value.field == "weights"
    assert caught.value.mend


@pytest.mark.parametrize("field", ["futures", "seed"])
@pytest.mark.parametrize("value", [-1, 2**80, "300", 300.0, True, None])
def test_numbers_out_of_bounds_are_refused(field, value):
    with pytest.raises(AmurError) as caught:
        Common(**{field: value})
    assert caught.value.field == field
