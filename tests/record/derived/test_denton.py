"""Spreading years over quarters: the quick solution is the one of the textbook, whatever the years and guide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.record.derived import denton

TIES = {"sum": (1.0, 1.0, 1.0, 1.0), "mean": (0.25, 0.25, 0.25, 0.25), "last": (0.0, 0.0, 0.0, 1.0)}


def by_the_textbook(annual: list[float], guide: list[float], hold: str) -> np.ndarray:
    """The whole system of first-order conditions with a multiplier a year (Cholette 1984)."""
    many = len(guide)
    tie = np.kron(np.eye(len(annual)), np.array(TIES[hold])) * guide
    change = np.diff(np.eye(many), axis=0)
    system = np.block([[change.T @ change, tie.T], [tie, np.zeros((len(annual),) * 2)]])
    return np.linalg.solve(system, np.append(np.zeros(many), annual))[:many] * guide


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    years = draw(st.integers(1, 12))
    annual = draw(st.lists(st.floats(0.1, 10), min_size=years, max_size=years))
    guide = draw(st.lists(st.floats(0.2, 5), min_size=4 * years, max_size=4 * years))
    return annual, guide


@pytest.mark.parametrize("hold", list(TIES))
@settings(max_examples=40, deadline=None)
@given(cases())
def test_the_solution_is_that_of_the_textbook(hold: str, case: tuple[list[float], list[float]]) -> None:
    annual, guide = case
    found = denton.spread(annual, guide, hold)
    assert found == pytest.approx(by_the_textbook(annual, guide, hold), rel=1e-7, abs=1e-7)
    tied = np.reshape(found, (-1, 4)) @ np.array(TIES[hold])
    assert tied == pytest.approx(annual, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(cases(), st.sampled_from([1e-9, 1e6, 1e12]))
def test_the_unit_does_not_matter(case: tuple[list[float], list[float]], by: float) -> None:
    annual, guide = case
    small = denton.spread(annual, guide)
    assert denton.spread([value * by for value in annual], guide) == pytest.approx([v * by for v in small])
