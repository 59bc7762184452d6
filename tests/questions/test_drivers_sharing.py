"""Shapley values by orders and by all coalitions, on games whose values are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from amur.questions.drivers import shapley

type Game = Callable[[set[int]], float]


def worth(players: int, game: Game) -> dict[int, np.ndarray]:
    """The value of every coalition, as (1,)."""
    return {
        inside: np.array([game({each for each in range(players) if inside >> each & 1})])
        for inside in range(1 << players)
    }


def gloves(inside: set[int]) -> float:
    """Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1."""
    return float(0 in inside and bool(inside & {1, 2}))


def airport(inside: set[int]) -> float:
    """Runways as long as the largest aeroplane needs: 1, 2, 3, 4."""
    return float(max((each + 1 for each in inside), default=0))


def pairwise(inside: set[int]) -> float:
    """Four players with effects of their own and of every two together, and none of three."""
    alone = sum((each + 1) ** 2 for each in inside)
    return float(alone + sum(3 * a - 2 * b for a in inside for b in inside if a < b))


@pytest.mark.parametrize(
    ("players", "game", "values"),
    [
        (3, gloves, [2 / 3, 1 / 6, 1 / 6]),
        (4, airport, [1 / 4, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3 + 1 / 2, 1 / 4 + 1 / 3 + 1 / 2 + 1]),
    ],
)
def test_all_coalitions_give_the_known_values(players: int, game: Game, values: list[float]) -> None:
    """Of the glove game (Shapley 1953) and of the airport game (Littlechild and Owen 1973)."""
    assert shapley.exact(players, worth(players, game))[:, 0] == pytest.approx(values)


def test_orders_come_near_the_known_values_and_their_error_says_how_near() -> None:
    """Many orders of the airport game, whose effects are of all players at once."""
    worths = worth(4, airport)
    found = shapley.shared(shapley.orders(4, 400, seed=3), worths)
    exact = shapley.exact(4, worths)
    error = found.error(np.ones(1))
    assert 0 < error.max() < 0.05
    assert np.abs(found.values - exact)[:, 0] == pytest.approx(0, abs=4 * error.max())


def test_one_order_and_its_reverse_are_enough_where_no_three_act_together() -> None:
    """What two players do to each other cancels between an order and its reverse."""
    worths = worth(4, pairwise)
    for seed in range(3):
        found = shapley.shared(shapley.orders(4, 1, seed), worths)
        assert found.values == pytest.approx(shapley.exact(4, worths))
        assert np.isnan(found.error(np.ones(1))).all()


@pytest.mark.parametrize("pairs", [1, 2, 5])
def test_values_sum_to_all_less_none(pairs: int) -> None:
    """Whatever the game and however few the orders."""
    rng = np.random.default_rng(pairs)
    worths = {inside: rng.normal(size=(2, 7)) for inside in range(1 << 5)}
    found = shapley.shared(shapley.orders(5, pairs, seed=1), worths)
    assert found.values.sum(axis=0) == pytest.approx(worths[31] - worths[0])
    assert shapley.exact(5, worths).sum(axis=0) == pytest.approx(worths[31] - worths[0])


def test_a_player_who_adds_nothing_gets_nothing_and_two_alike_get_the_same() -> None:
    """Player 3 stands idle; players 1 and 2 do the same."""
    worths = worth(4, lambda inside: gloves(inside - {3}) + 2 * len(inside & {1, 2}))
    found = shapley.shared(shapley.orders(4, 12, seed=2), worths)
    assert found.values[3, 0] == 0
    exact = shapley.exact(4, worths)
    assert exact[3, 0] == 0
    assert exact[1] == pytest.approx(exact[2])


def test_only_what_the_orders_need_is_run() -> None:
    """Every order starts from none and ends with all; each pair is an order and its reverse."""
    told = shapley.orders(6, 3, seed=9)
    wanted = shapley.coalitions(told)
    assert wanted[0] == 0
    assert wanted[-1] == 63
    assert len(wanted) <= 2 + 6 * 5
    for first, second in zip(told[::2], told[1::2], strict=True):
        assert first == second[::-1]
        assert sorted(first) == list(range(6))
    assert shapley.orders(6, 3, seed=9) == told != shapley.orders(6, 3, seed=10)
