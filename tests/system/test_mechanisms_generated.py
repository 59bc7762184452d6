"""What every mechanism declares of itself holds: signs, names, strengths, and what it can reach.

Generated from the declarations: a new mechanism is tested by being declared.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from amur.system import causes, examples
from amur.system.decisions import OPTIONS
from amur.system.declare import MECHANISMS, Mechanism, table
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.model import GIVEN, NOISY, Model, places
from amur.system.reads import every
from amur.system.run import Setting, run
from amur.system.state import QUANTITIES
from amur.system.step import Luck, Quarter, contributions

MANY, QUARTERS = 512, 6
ALL = every()
NAMES = [f"{made.name}-{made.by}" for made in ALL]
DEFAULTS = list(MECHANISMS.values())
MODEL = Model()
# These functions run once: what the compiler saves by hurrying is more than what the run loses.
QUICKLY = {"xla_backend_optimization_level": 0, "xla_llvm_disable_expensive_passes": True}


@pytest.fixture(scope="module")
def given() -> dict[str, tuple[Any, ...]]:
    return examples.arguments(examples.points(MANY, seed=11, edges=0.3))


@pytest.mark.parametrize("made", ALL, ids=NAMES)
def test_contributions_are_finite_named_and_of_the_sign_declared(
    made: Mechanism, given: dict[str, tuple[Any, ...]]
) -> None:
    change = made.function(*given[made.stage])
    assert set(change) == set(made.signs)
    for name, sign in made.signs.items():
        value = np.asarray(change[name])
        assert np.isfinite(value).all(), f"{name} is not finite"
        least = 1e-6 * max(1.0, float(np.abs(value).max()))
        if sign == "+":
            assert value.min() >= -least, f"{name} is declared never negative"
        if sign == "-":
            assert value.max() <= least, f"{name} is declared never positive"
        assert np.abs(value).max() > 0, f"{name} is always nought"


@pytest.mark.parametrize("made", ALL, ids=NAMES)
def test_every_name_written_is_declared(made: Mechanism) -> None:
    assert set(causes.writes(made)) <= set(causes.nodes())
    assert made.says.endswith(".")
    assert made.claims, "a mechanism implements a claim"


class Effects(NamedTuple):
    """By node, how far each run is from the run with every mechanism on; the last run is that one."""

    by_node: dict[str, np.ndarray]


@pytest.fixture(scope="module")
def effects() -> Effects:
    """One batch of runs from random states under random choices: run k has mechanism k switched off."""
    runs = len(DEFAULTS) + 1
    members = 48
    points = examples.points(members, seed=23)
    now, outside, p = examples.arguments(points)["motive"]
    random = np.random.default_rng(5)
    # The outside world wanders about the point that each member starts from.
    start = np.stack([np.asarray(each) for each in outside])
    bounds = [(declared.low, declared.high) for declared in table(Forcings).values()]
    low, high = (np.array(each)[:, None] for each in zip(*bounds, strict=True))
    forcings = np.clip(start * (1 + 0.2 * random.normal(size=(QUARTERS, *start.shape))), low, high)
    options = [random.integers(0, len(each), (QUARTERS, members)) for each in OPTIONS.values()]
    stages = points.state["line_stage"].shape[0]
    quarters = Quarter(
        outside=jnp.asarray(forcings, jnp.float32),
        fixed=jnp.asarray(np.stack(options, axis=1), jnp.int32),
        given=jnp.full((QUARTERS, len(GIVEN)), jnp.nan),
        stages=jnp.full((QUARTERS, stages), jnp.nan),
        strength=jnp.ones((QUARTERS, len(DEFAULTS))),
        cut=jnp.ones((QUARTERS, len(CUTTABLE))),
        add=jnp.zeros((QUARTERS, len(CUTTABLE))),
        at=jnp.arange(QUARTERS),
    )
    luck = Luck(
        options=jnp.zeros((QUARTERS, sum(map(len, OPTIONS.values())), members)),
        noise=jnp.zeros((QUARTERS, len(NOISY), members)),
        lines=jnp.asarray(random.random((QUARTERS, stages, members)), jnp.float32),
    )
    strengths = np.ones((runs, len(DEFAULTS)), np.float32)
    for number, made in enumerate(DEFAULTS):
        strengths[number, places()[made.name]] = 0
    setting = Setting(keep=tuple(QUANTITIES), motives=True, odds=True)

    def path(strength: jax.Array) -> tuple[dict[str, jax.Array], dict[str, jax.Array]]:
        each = quarters._replace(strength=jnp.broadcast_to(strength, quarters.strength.shape))
        done = run(setting, now, p, each, luck)
        return done.kept, done.odds

    kept, odds = jax.jit(jax.vmap(path), compiler_options=QUICKLY)(jnp.asarray(strengths))
    return Effects({name: _difference(np.asarray(value)) for name, value in (kept | odds).items()})


def _difference(values: np.ndarray) -> np.ndarray:
    """The greatest difference of each run from the last, relative to the size of the values."""
    assert np.isfinite(values).all()
    size = np.maximum(np.abs(values[-1]), 1e-3)
    away = np.abs(values - values[-1]) / size
    return away.reshape(len(values), -1).max(axis=1)


@pytest.mark.parametrize("number", range(len(DEFAULTS)), ids=[made.name for made in DEFAULTS])
def test_switching_off_changes_what_it_should_and_nothing_it_cannot_reach(
    number: int, effects: Effects
) -> None:
    made = DEFAULTS[number]
    # The choices are given in these runs, so that a motive moves odds and nothing beyond them.
    edges = causes.edges(MODEL)
    reach = causes.reached(causes.writes(made), edges, through=lambda name: name not in OPTIONS)
    changed = {name for name, away in effects.by_node.items() if away[number] > 1e-4}
    assert changed, "switching it off changes nothing"
    assert changed <= reach
    direct = {name for name in causes.writes(made) if name in effects.by_node}
    pulled = {edge.target for edge in edges if edge.source in causes.writes(made)}
    assert changed & (direct | pulled), f"it moves none of {sorted(direct | pulled)}"


class Stage(NamedTuple):
    """The sum of what the mechanisms of a stage contribute, compiled, and a table of what they are held at."""

    total: Any
    nothing: Any


@pytest.fixture(scope="module")
def stages(given: dict[str, tuple[Any, ...]]) -> dict[str, Stage]:
    def of(stage: str) -> Stage:
        def total(reads: Any, strength: Any, held: Any, at: Any) -> Any:
            told, kept = contributions(MODEL, stage, reads, strength, held, at)
            return dict(told), {name: (when, dict(change)) for name, (when, change) in kept.items()}

        here = MODEL.mechanisms(stage)
        shapes = jax.eval_shape(lambda: {made.name: dict(made.function(*given[stage])) for made in here})
        nothing = {
            made: (jnp.int32(4), {k: jnp.zeros(v.shape) for k, v in change.items()})
            for made, change in shapes.items()
        }
        return Stage(jax.jit(total, compiler_options=QUICKLY), nothing)

    return {stage: of(stage) for stage in ("motive", "change", "settle")}


@pytest.mark.parametrize("made", DEFAULTS, ids=[made.name for made in DEFAULTS])
def test_strength_scales_what_it_contributes(
    made: Mechanism, stages: dict[str, Stage], given: dict[str, tuple[Any, ...]]
) -> None:
    reads, stage = given[made.stage], stages[made.stage]
    alone = np.zeros(len(MECHANISMS), np.float32)
    alone[places()[made.name]] = 1
    once, _ = stage.total(reads, alone, stage.nothing, jnp.int32(0))
    twice, _ = stage.total(reads, 2 * alone, stage.nothing, jnp.int32(0))
    change = made.function(*reads)
    for name in made.signs:
        one = np.asarray(once[name])
        told = np.broadcast_to(change[name], one.shape)
        np.testing.assert_allclose(one, told, rtol=1e-3, atol=1e-5 * max(1.0, np.abs(one).max()))
        np.testing.assert_allclose(np.asarray(twice[name]), 2 * one, rtol=1e-6)
    assert not any(np.asarray(once[name]).any() for name in set(once) - set(made.signs))


@pytest.mark.parametrize("stage", ["motive", "change", "settle"])
def test_held_at_a_past_value(stage: str, stages: dict[str, Stage], given: dict[str, tuple[Any, ...]]) -> None:
    """A mechanism held at a quarter goes on with what it contributed then, whatever has happened since."""
    total, nothing = stages[stage]
    later = examples.arguments(examples.points(MANY, seed=12))[stage]
    strength = np.ones(len(MECHANISMS), np.float32)
    then, kept = total(given[stage], strength, nothing, jnp.int32(4))
    after, _ = total(later, strength, kept, jnp.int32(5))
    before, _ = total(later, strength, kept, jnp.int32(3))
    assert set(kept) == {made.name for made in MODEL.mechanisms(stage)}
    for name in then:
        np.testing.assert_allclose(after[name], then[name], rtol=1e-4, atol=1e-4)
    assert any(not np.allclose(before[name], then[name]) for name in then)
