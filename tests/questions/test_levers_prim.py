"""PRIM finds boxes that were planted, none where there is none, and agrees with the usual library."""

from __future__ import annotations

import numpy as np
import pytest

from amur.questions.levers import prim

MANY = 1200


def planted(seed: int = 1, noise: float = 0.1, features: int = 60) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Features of which two make cases: x3 above 0.6 together with x7 below 0.5, some of them told wrong."""
    random = np.random.default_rng(seed)
    made = {f"x{place}": random.random(MANY) for place in range(features)}
    cases = (made["x3"] > 0.6) & (made["x7"] < 0.5)
    return made, np.where(random.random(MANY) < noise, ~cases, cases).astype(float)


def test_a_planted_box_is_found() -> None:
    features, cases = planted()
    found = prim.box(features, cases, np.ones(MANY))
    assert set(found.limits) == {"x3", "x7"}
    assert found.limits["x3"][0] == pytest.approx(0.6, abs=0.06)
    assert found.limits["x7"][1] == pytest.approx(0.5, abs=0.06)
    assert found.density > 0.8
    assert found.coverage > 0.6
    assert found.mass == pytest.approx(0.2, abs=0.05)


def test_what_it_says_of_a_box_is_a_count() -> None:
    features, cases = planted()
    weights = np.random.default_rng(2).random(MANY)
    told = prim.measure({"x3": (0.6, np.inf)}, features, cases, weights)
    inside = features["x3"] >= 0.6
    assert told.density == pytest.approx(np.average(cases[inside], weights=weights[inside]))
    assert told.coverage == pytest.approx(weights[inside] @ cases[inside] / (weights @ cases))
    assert told.mass == pytest.approx(weights[inside].sum() / weights.sum())


def test_weights_count_as_repeated_cases() -> None:
    features, cases = planted()
    many = np.random.default_rng(3).integers(0, 4, MANY)
    weighted = prim.box(features, cases, many.astype(float))
    repeated = prim.box(
        {name: np.repeat(each, many) for name, each in features.items()},
        np.repeat(cases, many),
        np.ones(many.sum()),
    )
    assert weighted.limits.keys() == repeated.limits.keys()
    assert weighted.density == pytest.approx(repeated.density, abs=0.03)


def test_classes_are_peeled_whole() -> None:
    random = np.random.default_rng(4)
    reading = random.integers(0, 4, MANY)
    features = {f"reading {place}": (reading == place).astype(float) for place in range(4)} | {
        "x": random.random(MANY)
    }
    cases = ((reading == 3) & (features["x"] > 0.6)).astype(float)
    found = prim.box(features, cases, np.ones(MANY))
    assert found.limits["reading 3"][0] == 1
    assert found.density == pytest.approx(1.0, abs=0.05)


def test_what_is_found_in_noise_does_not_hold_elsewhere() -> None:
    random = np.random.default_rng(7)
    features = {f"x{place}": random.random(MANY) for place in range(60)}
    cases = (random.random(MANY) < 0.3).astype(float)
    first = np.arange(MANY) < MANY // 2
    found = prim.box(features, cases, first.astype(float))
    judged = prim.measure(found.limits, features, cases, (~first).astype(float))
    assert found.density - found.base > 0.02
    assert abs(judged.density - judged.base) < 0.06


def test_no_case_gives_no_box() -> None:
    features, cases = planted()
    assert prim.box(features, 0 * cases, np.ones(MANY)).limits == {}
    assert prim.box(features, 0 * cases + 1, np.ones(MANY)).limits == {}
    assert prim.box({}, cases, np.ones(MANY)).limits == {}


@pytest.mark.filterwarnings("ignore")
def test_it_catches_as_much_as_the_usual_library() -> None:
    """The boxes that the EMA Workbench peels on the way, judged by the same measure, are no better than ours."""
    import pandas as pd
    from ema_workbench.analysis import prim as usual

    features, cases = planted()
    way = (
        usual.Prim(pd.DataFrame(features), cases.astype(bool), peel_alpha=prim.PEEL)
        .find_box()
        .peeling_trajectory
    )
    theirs = (way.mass * (way.density - cases.mean()))[way.mass >= prim.LEAST].max()
    ours = prim.box(features, cases, np.ones(MANY))
    assert ours.beyond >= 0.95 * theirs
    # Both find about as many cases as the planted box itself holds.
    true = prim.measure({"x3": (0.6, np.inf), "x7": (-np.inf, 0.5)}, features, cases, np.ones(MANY))
    assert ours.beyond == pytest.approx(true.beyond, rel=0.1)
