"""Round coordinates learnt from members and their slopes, where the posterior's shape is known."""

import numpy as np

from amur.conditioning.metric import metric

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
