"""Round coordinates learnt from members and their slopes, where the posterior's shape is known."""

import numpy as np

from amur.conditioning.metric import FEWEST, _above, crossed, metric

MEMBERS = 512


def members_of(covariance, seed=1):
    """Members of a normal posterior, and the slopes of its log density at them."""
    rng = np.random.default_rng(seed)
    at = np.linalg.cholesky(covariance) @ rng.standard_normal((len(covariance), MEMBERS))
    return at, -np.linalg.solve(covariance, at)


def test_uphill_is_the_transpose_of_onward():
    at, slope = members_of(np.eye(5) + 0.97 * (np.ones((5, 5)) - np.eye(5)))
    made = metric(at, slope)
    assert made.along.shape[1] > 0
    one, other = np.random.default_rng(2).standard_normal((2, 5, 1))
    np.testing.assert_allclose(np.sum(made.onward(one) * other), np.sum(one * made.uphill(other)))


def test_parameters_that_the_record_ties_together_become_rounder():
    """Two parameters of which only the sum is known well, and one of a small scale of its own."""
    tied = np.array([[1.0, -0.995, 0.0], [-0.995, 1.0, 0.0], [0.0, 0.0, 0.01]])
    made = metric(*members_of(tied))
    way = made.onward(np.eye(3))  # a unit of momentum in each round coordinate, as a way through the parameters
    rounded = np.linalg.eigvalsh(np.linalg.solve(way, np.linalg.solve(way, tied).T))
    plain = np.linalg.eigvalsh(tied / np.sqrt(np.outer(np.diag(tied), np.diag(tied))))
    assert plain.max() / plain.min() > 300
    assert rounded.max() / rounded.min() < 0.1 * plain.max() / plain.min()


def test_what_is_round_already_is_left_alone():
    rng = np.random.default_rng(3)
    at = rng.standard_normal((200, MEMBERS))
    made = metric(at, -at)
    np.testing.assert_allclose(made.scale, 1, atol=0.15)
    assert made.along.shape[1] <= 2


def test_members_that_all_stand_at_one_place_give_a_finite_metric():
    made = metric(np.ones((4, 8)), np.zeros((4, 8)))
    assert np.isfinite(made.onward(np.ones((4, 8)))).all()


def drawn(members=200, seed=4):
    """Members of a posterior with one narrow direction, their slopes, and the places of those that go on, which rise."""
    tied = np.eye(6) + 0.97 * (np.ones((6, 6)) - np.eye(6))
    picked = np.sort(np.random.default_rng(seed).integers(0, members, members))
    return *(each[:, :members] for each in members_of(tied)), picked


def test_no_half_is_moved_by_what_its_own_ancestors_say():
    at, slope, picked = drawn()
    half = picked.size // 2
    own, others = picked[:half], picked[half:]
    way = np.random.default_rng(5).standard_normal((6, picked.size))
    before = crossed(at, slope, picked).onward(way)
    for told, silent, spoken in (
        (own, slice(half), slice(half, None)),
        (others, slice(half, None), slice(half)),
    ):
        louder = slope.copy()
        louder[:, np.unique(told)] *= np.array([[5.0], [1], [1], [1], [1], [1]])
        after = crossed(at, louder, picked).onward(way)
        np.testing.assert_array_equal(after[:, silent], before[:, silent])
        assert np.abs(after[:, spoken] - before[:, spoken]).max() > 0.01


def test_each_half_has_the_metric_that_the_other_shows():
    at, slope, picked = drawn()
    half = picked.size // 2
    made = crossed(at, slope, picked)
    way = np.random.default_rng(6).standard_normal((6, picked.size))
    beyond = metric(at[:, picked[half - 1] + 1 :], slope[:, picked[half - 1] + 1 :])
    before = metric(at[:, : picked[half]], slope[:, : picked[half]])
    expected = np.hstack([beyond.onward(way[:, :half]), before.onward(way[:, half:])])
    np.testing.assert_allclose(made.onward(way), expected)
    some = slice(half - 20, half + 20)
    np.testing.assert_allclose(made.of(some).uphill(way[:, some]), made.uphill(way)[:, some])


def test_where_too_few_others_are_left_all_are_asked():
    at, slope, _ = drawn()
    picked = np.full(200, 199 - FEWEST // 2)  # one family, and hardly any member beyond it
    made, every = crossed(at, slope, picked), metric(at, slope)
    np.testing.assert_array_equal(made.scale[:, :1], every.scale)
    assert not np.array_equal(made.scale[:, -1:], every.scale)


def test_narrow_directions_are_the_same_from_few_members_and_from_many():
    """More parameters than members or fewer: the smaller matrix of products has the same values above chance."""
    off = np.random.default_rng(7).standard_normal((60, 40)) + 3
    for each in (off, off.T):
        moments, along = _above(each, 200.0)
        exact, every = np.linalg.eigh(each @ each.T)
        assert moments.size == (exact > 200).sum() > 0
        np.testing.assert_allclose(moments, exact[exact > 200])
        np.testing.assert_allclose(abs(np.sum(along * every[:, exact > 200], axis=0)), 1)
