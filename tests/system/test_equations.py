"""The text of every equation says what its function does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from amur.errors import AmurError
from amur.system import equations, examples
from amur.system.declare import Mechanism
from amur.system.reads import every, reads

MANY = 400
ALL = every()
NAMES = [f"{made.name}-{made.by}" for made in ALL]


@pytest.fixture(scope="module")
def points() -> examples.Points:
    return examples.points(MANY, seed=7)


@pytest.fixture(scope="module")
def given(points: examples.Points) -> dict[str, tuple[Any, ...]]:
    return examples.arguments(points)


@pytest.mark.parametrize("made", ALL, ids=NAMES)
def test_equation_names_what_the_function_reads_and_writes(made: Mechanism) -> None:
    equation = equations.parse(made.equation)
    assert set(equation.targets) == set(made.signs)
    touched = reads(made)
    known = {*touched.state, *touched.decisions, *touched.forcings, *touched.parameters, *touched.pulls}
    known |= {f"was.{name}" for name in touched.was}
    named = {name for name in equation.names if name not in equations.constants()}
    assert named == known


@pytest.mark.parametrize("made", ALL, ids=NAMES)
def test_equation_gives_what_the_function_gives(
    made: Mechanism, points: examples.Points, given: dict[str, tuple[Any, ...]]
) -> None:
    contributions = made.function(*given[made.stage])
    told = equations.parse(made.equation).evaluate(points.by_name())
    assert set(told) == set(contributions)
    for name, contribution in contributions.items():
        shape = np.broadcast_shapes(np.shape(contribution), (MANY,))
        value, text = np.broadcast_to(contribution, shape), np.broadcast_to(told[name], shape)
        assert np.isfinite(value).all(), name
        scale = np.maximum(np.abs(value), np.abs(text))
        # Single precision loses digits where large terms cancel: compare with the usual size too.
        np.testing.assert_array_less(
            np.abs(text - value), 1e-4 * scale + 2e-5 * max(1.0, float(np.median(scale))), err_msg=name
        )


def test_grammar() -> None:
    equation = equations.parse(
        "gap = max(a - b, 0)\nx += k * gap ** 2 * (support == Support.LETHAL)\nx += -was.support; y += where((a > b) | (b > 3), 1, -1)"
    )
    values = {
        "a": np.array([3.0, 1.0]),
        "b": np.array([1.0, 2.0]),
        "k": 0.5,
        "support": np.array([3, 3]),
        "was.support": np.array([0, 2]),
    }
    told = equation.evaluate(values)
    np.testing.assert_allclose(told["x"], [2.0, -2.0])
    np.testing.assert_allclose(told["y"], [1.0, -1.0])
    assert equation.targets == ("x", "y")
    assert set(equation.names) == {"a", "b", "k", "support", "Support.LETHAL", "was.support"}


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "x += import_budget[0]",
        "x += open('f')",
        "x += lambda: 1",
        "x *= 2",
        "x +=",
        "x += 'a'",
        "x += a if b else c",
        "x += a > 1 & b > 2",
    ],
)
def test_what_the_grammar_refuses(text: str) -> None:
    with pytest.raises(AmurError):
        equations.parse(text)


def test_unknown_name_is_told() -> None:
    with pytest.raises(AmurError, match="trust_russ"):
        equations.parse("x += trust_russ").evaluate({"trust_rus": 1.0})


def test_reads_are_the_names_touched() -> None:
    made = next(each for each in ALL if each.name == "trust.forbearance_builds_trust")
    touched = reads(made)
    assert "trust_rus" in touched.state
    assert touched.decisions == ("leverage", "risk")
    assert touched.was == ("risk",)
