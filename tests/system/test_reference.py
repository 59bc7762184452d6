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
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from reference.lines import LINES
from reference.maths import Names
from reference.step import contributions, step

from amur.system import examples
from amur.system.decisions import OPTIONS, Decisions
from amur.system.declare import MECHANISMS
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.history import history
from amur.system.model import GIVEN, NOISY, Model, places
from amur.system.parameters import NAMES, Parameters, draw
from amur.system.run import Setting, holding, run
from amur.system.start import initial
from amur.system.state import QUANTITIES, State
from amur.system.step import Luck, Quarter
from amur.system.step import step as model_step

MANY = 256
"""States in a batch."""
BATCHES = 8
BY_LINE = ("stages", "open")
"""What a quarter is given for each line, the same for all members."""
CLOSE = 1e-6
"""Relative difference allowed: all is in double precision but the options' codes."""

type Numbers = NDArray[np.float64]


class Told(NamedTuple):
    """What the model gives for one batch: every contribution by mechanism, and the whole step."""

    contributions: dict[str, dict[str, Any]]
    log_odds: dict[str, Any]
    chosen: dict[str, Any]
    after: dict[str, Any]


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
def ours(equations: tuple[tuple[str, str], ...] = ()) -> Any:
    """One step of the model on a batch, compiled, with all that its mechanisms contribute."""

    def told(now: State, p: Parameters, quarter: Quarter, luck: Luck) -> Told:
        model = Model(dict(equations))
        # Held at a quarter yet to come, mechanisms go on as they are and what each contributes comes back.
        held = holding(model, dict.fromkeys(MECHANISMS, 1), now)
        after, log_odds, kept = model_step(model, now, p, quarter, luck, held)
        state = {name: getattr(after, name) for name in QUANTITIES}
        return Told({name: change for name, (_, change) in kept.items()}, log_odds, after.was._asdict(), state)

    # Compiled once and run a few times: better quick to compile than quick to run.
    return jax.jit(told, compiler_options={"xla_backend_optimization_level": 0})


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
        "stages": some((len(LINES),), generator.integers(0, 7, len(LINES)), math.nan),
        "strength": some((len(MECHANISMS), MANY), generator.uniform(0, 2, (len(MECHANISMS), MANY)), 1.0),
        "cut": some((flows, *many), generator.uniform(0, 1, (flows, *many)), 1.0),
        "open": some((len(LINES),), generator.uniform(0, 1.5, len(LINES)), 1.0),
        "add": some((flows, *many), generator.normal(0, 20, (flows, *many)), 0.0),
    }
    luck = {
        "options": generator.gumbel(size=(sum(map(len, OPTIONS.values())), MANY)),
        "noise": generator.normal(size=(len(NOISY), MANY)),
        "lines": generator.random((len(LINES), MANY)),
    }
    return Batch(points, quarter, luck)


def asked(batch: Batch) -> Told:
    """What the model says of the batch, as numbers of NumPy."""

    def real(values: dict[str, Numbers]) -> dict[str, Any]:
        return {name: jnp.asarray(value) for name, value in values.items()}

    points = batch.points
    was = Decisions(**{name: jnp.asarray(value, jnp.int32) for name, value in points.was.items()})
    quarter = real(batch.quarter)
    quarter["fixed"] = quarter["fixed"].astype(jnp.int32)
    now = State(**real(points.state), was=was)
    told = ours()(
        now,
        Parameters(**real(points.p)),
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
    stages = [None if math.isnan(stage) else stage for stage in quarter["stages"].tolist()]
    return {
        "fixed": fixed,
        "given": values,
        "stages": stages,
        "strength": named(tuple(MECHANISMS), "strength"),
        "cut": named(CUTTABLE, "cut"),
        "add": named(CUTTABLE, "add"),
        "opened": quarter["open"].tolist() if "open" in quarter else None,
    }


def same(where: str, model: Numbers, reference: list[Any], units: Numbers | float = 0.0) -> None:
    """Fail, naming quantity, member and both values, unless the two agree.

    ``units`` is the size of what was added up to get there: large terms that cancel lose digits.
    """
    again = np.asarray(reference, float).T
    model = np.broadcast_to(model, again.shape)
    scale = np.maximum(np.maximum(np.abs(model), np.abs(again)), units)
    apart = ~(np.abs(model - again) <= CLOSE * scale + 1e-12)
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
    phases=[Phase.generate],  # a smaller seed is no simpler state
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@DRIVEN
@given(**SEEDS)
def test_mechanisms_and_the_whole_step_agree(seed: int, edges: float, meddling: float) -> None:
    drawn = batch(seed, edges, meddling)
    model = asked(drawn)
    points = drawn.points
    told: list[dict[str, Any]] = [{} for _ in range(MANY)]
    ends = []
    for at in range(MANY):
        now, was, p = member(points.state, at), whole(points.was, at), member(points.p, at)
        luck = Names(
            options=by_decision(drawn.luck["options"][:, at].tolist()),
            noise=dict(zip(NOISY, drawn.luck["noise"][:, at].tolist(), strict=True)),
            lines=drawn.luck["lines"][:, at].tolist(),
        )
        outside, meddled = member(points.outside, at), interference(drawn.quarter, at)
        ends.append(step(now, was, p, outside, luck=luck, told=told[at], **meddled))

    # In the order of the step, so that the first difference is the one to blame.
    assert {*told[0]} == {*model.contributions}
    for stage in ("motive", "change", "settle"):
        for name, place in places().items():
            if MECHANISMS[name].stage != stage:
                continue
            for target, value in model.contributions[name].items():
                times = drawn.quarter["strength"][place]
                again = [np.multiply(one[name][target], much) for one, much in zip(told, times, strict=True)]
                # A change toward a goal is a difference from the state: where the two nearly meet, digits are lost.
                state = points.state.get(target, 0.0)
                same(f"{name} on {target}", value, again, 1e-3 * np.abs(state))
        if stage == "motive":
            for name in OPTIONS:
                same(f"log odds of {name}", model.log_odds[name], [log_odds[name] for _, _, log_odds in ends])
                same(f"choice of {name}", model.chosen[name], [options[name] for _, options, _ in ends])
    for name in QUANTITIES:
        again = [after[name] for after, _, _ in ends]
        same(f"next {name}", model.after[name], again, np.abs(points.state[name]))


def test_history_agrees_to_its_end() -> None:
    many = 3
    p = draw(many, seed=20, real=jnp.float64)
    quarters = history().quarters
    last = run(Setting(motives=False), initial(p), p, jax.tree.map(_double, quarters)).last

    through = {
        name: np.asarray(value, float) for name, value in quarters._asdict().items() if value is not None
    }
    for at in range(many):
        own = Names({name: float(getattr(p, name)[at]) for name in NAMES})
        now, was = start(own)
        for quarter in range(len(through["fixed"])):
            here = {name: value[quarter] for name, value in through.items() if name != "at"}
            here = {name: value if name in BY_LINE else value[:, None] for name, value in here.items()}
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
