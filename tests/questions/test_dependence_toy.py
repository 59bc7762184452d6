"""Arithmetic of dependence on small numbers whose answers are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from amur.questions.dependence import needs, replace, times
from amur.questions.dependence.books import Books, break_even, costs
from amur.questions.dependence.modelled import missing
from amur.questions.dependence.needs import Figure, Need
from amur.record import load
from amur.record.measures.points import herfindahl, points_of
from amur.record.timeseries import Point


def test_half_is_replaced_when_the_speed_says_so() -> None:
    """A tenth a quarter from nothing: half is left after ln(1/2)/ln(9/10) quarters."""
    assert replace.turning(0.5, np.array([0.0]), np.array([0.1]))[0] == pytest.approx(
        math.log(0.5) / math.log(0.9)
    )
    assert replace.turning(0.5, np.array([0.6]), np.array([0.1]))[0] == 0.0
    assert replace.turning(0.5, np.array([0.2]), np.array([0.0]))[0] == math.inf


def test_turning_and_what_is_replaced_are_inverses() -> None:
    at_once, speed = np.array([0.1, 0.3]), np.array([0.2, 0.05])
    for quarter in (1, 4, 11):
        part = replace.replaced(quarter, at_once, speed)
        for place in range(2):
            took = replace.turning(float(part[place]), at_once[[place]], speed[[place]])
            assert took[0] == pytest.approx(quarter)


def test_pace_and_halving() -> None:
    assert replace.at_pace(30, [100, 110, 125, 120]) == pytest.approx(8)
    assert replace.at_pace(30, [100, 90]) == math.inf
    assert replace.halving(40, 10, 2) == pytest.approx(4)
    assert replace.halving(40, 40, 2) == math.inf


def test_what_is_missing_shrinks_as_others_add() -> None:
    lost, need = np.array([20.0]), np.array([100.0])
    found = [float(missing(lost, 40.0, quarter, need)[0]) for quarter in (1, 2, 3)]
    assert found == pytest.approx([10.0, 0.0, 0.0])


def test_concentration_of_known_and_unknown_partners() -> None:
    """Shares of 50 and 30 of a hundred: 3,400 if the rest is dust, 3,800 if it is one more partner."""
    fixed = {"A": [Point("2020", 50.0, ("s",))], "B": [Point("2020", 30.0, ("s",))]}
    spread = needs.of_parts("partners", lambda record: fixed)
    record = load(overlay=False)
    low, high = (points_of(each(record))[0].value for each in (spread.low, spread.high))
    assert (low, high) == pytest.approx((herfindahl({"A": 50, "B": 30}), 3800.0))


def test_the_latest_figure_is_taken_and_the_day_respected() -> None:
    def points(*years: str) -> Figure:
        return Figure(years[0], years[0], lambda record: [Point(year, float(year), ()) for year in years])

    need = Need("Russia", "sells to", "x", (points("2019", "2020"), points("2018", "2022")))
    found = needs.row(load(overlay=False), need)
    assert (found["period"], found["about"]) == ("2022", "2018")
    cut = needs.row(load("2021-06-30", overlay=False), need)
    assert (cut["period"], cut["about"]) == ("2020", "2019")


def test_a_year_that_is_missing_makes_no_rise() -> None:
    series = load(overlay=False)
    part, whole = (series.timeseries(name) for name in (times.PACES[0].part, times.PACES[0].whole))
    rest = times.others(part, whole)
    assert rest["2025"] == pytest.approx(whole.values["2025"] - part.values["2025"])
    row = next(row for row in times.paces(series) if row["sector"] == "crude oil")
    rises = [rest[str(y + 1)] - rest[str(y)] for y in range(2015, 2025)]
    assert row["pace"] == pytest.approx(max(rises))
    assert row["quarters"] == pytest.approx(4 * part.values["2025"] / max(rises))


def _books(oil: float, others: float, discount: float, exports: float) -> Books:
    def of(value: float) -> np.ndarray:
        return np.full((2, 1), value)

    nothing = {name: of(0.0) for name in ("gas", "lng", "coal", "food", "raw", "arms")}
    return Books(
        {"oil": of(oil), **nothing}, {"oil": of(others), **nothing}, {"oil": of(oil), **nothing},
        {"oil": of(others), **nothing}, of(discount), of(exports), of(40.0), of(40.0), of(20.0),
    )  # fmt: skip


def test_the_cost_of_a_small_cut_by_hand() -> None:
    """Ten no longer sold, four of them sold to others, a discount of one forgone; half the rest turns each quarter."""
    base, cut = _books(10.0, 30.0, 1.0, 40.0), _books(0.0, 34.0, 0.0, 34.0)
    speeds = {name: np.array([0.5]) for name in ("turn_oil", "turn_exports", "turn_imports")}
    found = costs(base, cut, speeds)
    assert found.russia.ravel() == pytest.approx([6 / 4, 6 / 4])
    assert found.turned.ravel() == pytest.approx([6 / 4, 3 / 4])
    assert found.china.ravel() == pytest.approx([1 / 4, 1 / 4])
    assert found.lost.ravel() == pytest.approx([10 / 4, 10 / 4])
    none = costs(base, base, speeds)
    assert not any(np.any(part) for part in none)


def test_at_break_even_both_lose_the_same_share() -> None:
    cost_rus, cost_chn, sold, bought = (np.array([each]) for each in (40.0, 10.0, 1.0, 4.0))
    rise = break_even(cost_rus, cost_chn, (2000.0, 20000.0), (sold, bought))
    left, right = (cost_rus - rise * sold) / 2000, (cost_chn + rise * bought) / 20000
    assert left == pytest.approx(right)
    assert rise[0] > 0
