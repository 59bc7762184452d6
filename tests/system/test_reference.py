"""The model agrees with the one written a second time, in plain Python from the book alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from reference.lines import LINES
from reference.maths import Names
from reference.step import contributions, step

from amur.system import examples
from amur.system.decisions import OPTIONS, Decisions
from amur.system.declare import MECHANISMS
from amur.system.flows import CUTTABLE, Pulls
from amur.system.forcings import Forcings
from amur.system.history import history
from amur.system.model import GIVEN, NOISY, Model
from amur.system.parameters import NAMES, Parameters, draw
from amur.system.run import Setting, run
from amur.system.start import initial
from amur.system.state import QUANTITIES, State
from amur.system.step import Luck, Quarter
from amur.system.step import step as model_step

MANY = 256
"""States in a batch."""
BATCHES = 10
STAGES = {"motives": "motive", "changes": "change", "settles": "settle"}
CLOSE = 1e-9
"""Relative difference allowed in double precision."""

type Numbers = NDArray[np.float64]


class Told(NamedTuple):
    """What the model gives for one batch."""

    motives: dict[str, Any]
    changes: dict[str, Any]
    settles: dict[str, Any]
    after: dict[str, Any]
    chosen: dict[str, Any]
    log_odds: dict[str, Any]


class Batch(NamedTuple):
    """One batch of states and of all that a quarter is given."""

    points: examples.Points
    quarter: dict[str, Numbers]
    luck: dict[str, Numbers]


@pytest.fixture(autouse=True)
def double() -> Iterator[None]:
    """Both in double precision, so that a difference is a difference of equations."""
    with jax.enable_x64(True):
        yield


@cache
def ours(model: Model) -> Any:
    """The model on a batch, compiled: every mechanism for itself, and the whole step."""

    def told(now: State, chosen: Decisions, p: Parameters, pulls: Pulls, quarter: Quarter, luck: Luck) -> Told:
        outside = Forcings(*quarter.outside)
        reads = {
            "motives": (now, outside, p),
            "changes": (now, chosen, outside, p),
            "settles": (now, chosen, outside, p, pulls),
        }
        single = {
            stage: {made.name: dict(made.function(*reads[stage])) for made in model.mechanisms(ours)}
            for stage, ours in STAGES.items()
        }
        after, log_odds, _ = model_step(model, now, p, quarter, luck)
        state = {name: getattr(after, name) for name in QUANTITIES}
        return Told(**single, after=state, chosen=after.was._asdict(), log_odds=log_odds)

    return jax.jit(told)


def batch(seed: int, edges: float, meddling: float) -> Batch:
    """A batch of states; ``meddling`` is the share of options, values, stages, strengths and flows interfered with."""
    points = examples.points(MANY, seed, edges)
    generator = np.random.default_rng([seed, 1])

    def some(shape: tuple[int, ...], values: Numbers, otherwise: float) -> Numbers:
        return np.where(generator.random(shape) < meddling, values, otherwise)

    bounds = [QUANTITIES[name] for name in GIVEN]
    inside = np.stack([generator.uniform(each.low, each.high, MANY) for each in bounds])
    codes = np.stack([generator.integers(0, len(options), MANY) for options in OPTIONS.values()])
    flows, many = len(CUTTABLE), (MANY,)
    quarter = {
        "outside": np.stack([points.outside[name] for name in Forcings._fields]),
        "fixed": some(codes.shape, codes, -1),
        "given": some(inside.shape, inside, math.nan),
        "stages": some((len(LINES), MANY), generator.integers(0, 7, (len(LINES), MANY)), math.nan),
        "strength": some((len(MECHANISMS), MANY), generator.uniform(0, 2, (len(MECHANISMS), MANY)), 1.0),
        "cut": some((flows, *many), generator.uniform(0, 1, (flows, *many)), 1.0),
        "add": some((flows, *many), generator.normal(0, 20, (flows, *many)), 0.0),
    }
    luck = {
        "options": generator.gumbel(size=(sum(map(len, OPTIONS.values())), MANY)),
        "noise": generator.normal(size=(len(NOISY), MANY)),
        "lines": generator.random((len(LINES), MANY)),
    }
    return Batch(points, quarter, luck)


def asked(batch: Batch, model: Model) -> Told:
    """What the model says of the batch, as numbers of NumPy."""

    def real(values: dict[str, Numbers]) -> dict[str, Any]:
        return {name: jnp.asarray(value) for name, value in values.items()}

    def codes(values: dict[str, Numbers]) -> Decisions:
        return Decisions(**{name: jnp.asarray(value, jnp.int32) for name, value in values.items()})

    points = batch.points
    quarter = real(batch.quarter)
    quarter["fixed"] = quarter["fixed"].astype(jnp.int32)
    now = State(**real(points.state), was=codes(points.was))
    told = ours(model)(
        now,
        codes(points.chosen),
        Parameters(**real(points.p)),
        Pulls(**real(points.pulls)),
        Quarter(**quarter, at=jnp.asarray(0, jnp.int32)),
        Luck(**real(batch.luck)),
    )
    return jax.tree.map(np.asarray, told)


def member(values: dict[str, Numbers], at: int) -> Names:
    """One member of values by name: floats, and lists over the lines."""
    return Names({name: value[..., at].tolist() for name, value in values.items()})


def whole(values: dict[str, Numbers], at: int) -> Names:
    """One member of options by name."""
    return Names({name: int(value[at]) for name, value in values.items()})


def by_decision(values: list[float]) -> dict[str, list[float]]:
    """Numbers of all options in a row, by decision."""
    row = iter(values)
    return {name: [next(row) for _ in options] for name, options in OPTIONS.items()}


def interference(quarter: dict[str, Numbers], at: int) -> dict[str, Any]:
    """What the reference is given beside the state: only what is in force."""

    def named(names: tuple[str, ...], kind: str) -> dict[str, float]:
        return dict(zip(names, quarter[kind][:, at].tolist(), strict=True))

    fixed = {name: int(code) for name, code in named(tuple(OPTIONS), "fixed").items() if code >= 0}
    values = {name: value for name, value in named(GIVEN, "given").items() if not math.isnan(value)}
    stages = [None if math.isnan(stage) else stage for stage in quarter["stages"][:, at].tolist()]
    return {
        "fixed": fixed,
        "given": values,
        "stages": stages,
        "strength": named(tuple(MECHANISMS), "strength"),
        "cut": named(CUTTABLE, "cut"),
        "add": named(CUTTABLE, "add"),
    }


def same(where: str, model: Numbers, reference: list[Any], units: Numbers | float = 0.0) -> None:
    """Fail, naming quantity, member and both values, unless the two agree.

    ``units`` is the size of what was added up to get there: large terms that cancel lose digits.
    """
    again = np.asarray(reference, float).T
    model = np.broadcast_to(model, again.shape)
    scale = np.maximum(np.maximum(np.abs(model), np.abs(again)), np.maximum(units, 1.0))
    apart = ~(np.abs(model - again) <= CLOSE * scale)
    if apart.any():
        place = tuple(np.argwhere(apart)[0])
        line = f" of {LINES[place[0]].name}" if len(place) > 1 and model.shape[0] == len(LINES) else ""
        raise AssertionError(
            f"{where}{line}, member {place[-1]}: the model says {model[place]:.12g}, "
            f"the reference {again[place]:.12g} ({int(apart.sum())} of {apart.size} differ)"
        )


def test_every_mechanism_is_written_again() -> None:
    nothing = examples.points(1, seed=3)
    now, was, chosen = member(nothing.state, 0), whole(nothing.was, 0), whole(nothing.chosen, 0)
    outside, p, pulls = member(nothing.outside, 0), member(nothing.p, 0), member(nothing.pulls, 0)
    told = {
        **contributions("motives", now, was, outside, p),
        **contributions("changes", now, was, chosen, outside, p),
        **contributions("settles", now, was, chosen, outside, p, pulls),
    }
    assert {name: set(change) for name, change in told.items()} == {
        name: set(made.signs) for name, made in MECHANISMS.items()
    }


SEEDS = {
    "seed": st.integers(0, 2**32 - 1),
    "edges": st.floats(0, 1),
    "meddling": st.sampled_from([0.0, 0.1, 0.5, 1.0]),
}
DRIVEN = settings(
    max_examples=BATCHES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@DRIVEN
@given(**SEEDS)
def test_mechanisms_and_the_whole_step_agree(seed: int, edges: float, meddling: float) -> None:
    drawn = batch(seed, edges, meddling)
    told = asked(drawn, Model())
    points, each = drawn.points, range(MANY)
    now, was, chosen = (
        [make(of, at) for at in each]
        for make, of in ((member, points.state), (whole, points.was), (whole, points.chosen))
    )
    outside, p, pulls = ([member(of, at) for at in each] for of in (points.outside, points.p, points.pulls))

    single = {
        "motives": [contributions("motives", *reads) for reads in zip(now, was, outside, p, strict=True)],
        "changes": [
            contributions("changes", *reads) for reads in zip(now, was, chosen, outside, p, strict=True)
        ],
        "settles": [
            contributions("settles", *reads) for reads in zip(now, was, chosen, outside, p, pulls, strict=True)
        ],
    }
    for stage, again in single.items():
        for name, change in getattr(told, stage).items():
            for target, value in change.items():
                same(f"{name} on {target}", value, [one[name][target] for one in again])

    ends = []
    for at in each:
        luck = Names(
            options=by_decision(drawn.luck["options"][:, at].tolist()),
            noise=dict(zip(NOISY, drawn.luck["noise"][:, at].tolist(), strict=True)),
            lines=drawn.luck["lines"][:, at].tolist(),
        )
        ends.append(step(now[at], was[at], p[at], outside[at], luck=luck, **interference(drawn.quarter, at)))
    for name in OPTIONS:
        same(f"log odds of {name}", told.log_odds[name], [log_odds[name] for _, _, log_odds in ends])
        same(f"choice of {name}", told.chosen[name], [options[name] for _, options, _ in ends])
    for name in QUANTITIES:
        same(
            f"next {name}", told.after[name], [after[name] for after, _, _ in ends], np.abs(points.state[name])
        )


def test_history_agrees_to_its_end() -> None:
    many = 3
    p = draw(many, seed=20, real=jnp.float64)
    quarters = history().quarters
    last = run(Setting(motives=False), initial(p), p, jax.tree.map(_double, quarters)).last

    through = {name: np.asarray(value, float) for name, value in quarters._asdict().items()}
    for at in range(many):
        own = Names({name: float(getattr(p, name)[at]) for name in NAMES})
        now, was = start(own)
        for quarter in range(len(through["fixed"])):
            here = {name: value[quarter][:, None] for name, value in through.items() if name != "at"}
            outside = Names(zip(Forcings._fields, here["outside"][:, 0].tolist(), strict=True))
            now, was, _ = step(now, was, own, outside, luck=None, **interference(here, 0))
        for name in QUANTITIES:
            value = np.asarray(getattr(last, name))[..., at]
            np.testing.assert_allclose(value, now[name], rtol=1e-6, atol=1e-9, err_msg=f"{name} of member {at}")
        assert {name: int(value[at]) for name, value in last.was._asdict().items()} == was


def start(p: Names) -> tuple[Names, Names]:
    """The state and the options of 1992-Q1."""
    now = Names()
    for name, declared in QUANTITIES.items():
        value = p[declared.start] if isinstance(declared.start, str) else float(declared.start)
        now[name] = [value] * len(LINES) if declared.kind == "lines" else value
    was = Names(dict.fromkeys(OPTIONS, 0))
    was.update(kremlin=int(OPTIONS["kremlin"]["WESTERN"]), zhongnanhai=int(OPTIONS["zhongnanhai"]["CAREFUL"]))
    return now, was


def _double(values: Any) -> Any:
    values = np.asarray(values)
    return jnp.asarray(values, jnp.float64 if values.dtype.kind == "f" else jnp.int32)
