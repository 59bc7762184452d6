"""One quarter: motives, choices, pulls and changes, the books, the accounts. One function for history and futures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

from amur.system.accounts import account
from amur.system.decisions import OPTIONS, Decisions
from amur.system.declare import Array, Change, Mechanism, Parameters
from amur.system.flows import CUTTABLE, Limits, Pulls, settle
from amur.system.forcings import Forcings
from amur.system.lines import advance, capacities
from amur.system.model import DECISIONS, GIVEN, NOISY, Model, places
from amur.system.state import QUANTITIES, State


class Quarter(NamedTuple):
    """What comes to the model from outside in one quarter; each a vector, some per member.

    ``outside`` (forcings[, members]); ``fixed`` (decisions) the option in force, -1 where free; ``given``
    (given quantities) a value, NaN where free; ``stages`` (lines) a stage, NaN where free; ``strength``
    (mechanisms) in [0, 2]; ``cut`` and ``add`` (flows); ``at`` the quarter's number; ``open`` (lines) what a line can
    carry over its capacity as built, None where all can carry that.
    """

    outside: Array
    fixed: Array
    given: Array
    stages: Array
    strength: Array
    cut: Array
    add: Array
    at: Array
    open: Array | None = None


class Luck(NamedTuple):
    """The chances of one quarter, drawn beforehand: Gumbel numbers by option, normals by noisy quantity, uniforms by line.

    Shapes (options, members), (noisy quantities, members), (lines, members).
    """

    options: Array
    noise: Array
    lines: Array


type Held = dict[str, tuple[Array, dict[str, Array]]]


TOGETHER = 8
"""Mechanisms compiled together; see :func:`apart`."""


def apart[T](at: Array, work: Callable[[], T]) -> T:
    """The same as ``work()``, compiled apart from what comes before and after.

    The compiler would merge a quarter into a few enormous loops that compute the same things many times over. A
    condition that it cannot foresee (the number of a quarter is never negative) keeps it from that: a third of the
    time to compile and to run.
    """
    shapes = jax.eval_shape(work)
    made: T = jax.lax.cond(
        at >= 0, work, lambda: jax.tree.map(lambda like: jnp.zeros(like.shape, like.dtype), shapes)
    )
    return made


def changed(at: Array, before: State, work: Callable[[], State]) -> State:
    """The state that ``work()`` makes of the one before, compiled apart; what it leaves alone is not copied."""

    def new() -> dict[str, Array]:
        return {name: value for name, value in work()._asdict().items() if value is not getattr(before, name)}

    return before._replace(**apart(at, new))


def contributions(
    model: Model, stage: str, reads: tuple[object, ...], strength: Array, held: Held, at: Array
) -> tuple[Change, Held]:
    """The sum of what the mechanisms of a stage contribute, each times its strength; a held one as it once was."""
    total = Change()
    kept: Held = {}
    mechanisms = model.mechanisms(stage)
    for first in range(0, len(mechanisms), TOGETHER):
        some = mechanisms[first : first + TOGETHER]
        part, more = apart(at, partial(_of_some, some, reads, strength, held, at))
        kept |= more
        for name, value in part.items():
            total[name] = total[name] + value if name in total else value
    return total, kept


def _of_some(
    mechanisms: tuple[Mechanism, ...], reads: tuple[object, ...], strength: Array, held: Held, at: Array
) -> tuple[dict[str, Array], Held]:
    total: dict[str, Array] = {}
    kept: Held = {}
    for made in mechanisms:
        change = made.function(*reads)
        _check(made, change)
        how_much = strength[places()[home(made)]]
        for name in made.signs:
            value = how_much * change[name]
            if made.name in held:
                when, before = held[made.name]
                value = jnp.where(at <= when, value, before[name])
                kept.setdefault(made.name, (when, {}))[1][name] = jnp.broadcast_to(
                    value, jnp.shape(before[name])
                )
            total[name] = total[name] + value if name in total else value
    return total, kept


def home(made: Mechanism) -> str:
    """The name of the mechanism for which this is the default or another equation."""
    from amur.system.declare import MECHANISMS

    if made.name in MECHANISMS:
        return made.name
    return next(name for name, default in MECHANISMS.items() if made in default.rivals.values())


def _check(made: Mechanism, change: Change) -> None:
    if set(change) != set(made.signs):
        raise ValueError(f"{made.name} writes {sorted(change)} but declares {sorted(made.signs)}")


def log_odds(was: Decisions, utilities: Change, p: Parameters) -> dict[str, list[Array]]:
    """For each decision the logit of each option: precision times utility, with inertia for the present one."""
    logits: dict[str, list[Array]] = {}
    for name, options in OPTIONS.items():
        precision, inertia = getattr(p, f"precision_{name}"), getattr(p, f"inertia_{name}")
        present = getattr(was, name)
        logits[name] = [
            precision * (utilities.get(f"{name}__{option.name.lower()}", 0.0) + inertia * (present == option))
            for option in options
        ]
    return logits


def choose(logits: dict[str, list[Array]], fixed: Array, luck: Array | None) -> Decisions:
    """Draw each decision by its Gumbel numbers (without luck the likeliest), unless it is fixed."""
    chosen, place = {}, 0
    for number, (name, options) in enumerate(logits.items()):
        scores = [logit if luck is None else logit + luck[place + k] for k, logit in enumerate(options)]
        place += len(options)
        best, pick = scores[0], jnp.zeros_like(scores[0], jnp.int32)
        for k, score in enumerate(scores[1:], start=1):
            best, pick = jnp.maximum(best, score), jnp.where(score > best, k, pick)
        chosen[name] = jnp.where(fixed[number] >= 0, fixed[number], pick)
    return Decisions(**chosen)


def odds(logits: dict[str, list[Array]]) -> dict[str, Array]:
    """Log probabilities of the options of each decision, shape (options, members)."""
    return {
        name: jax.nn.log_softmax(jnp.stack(jnp.broadcast_arrays(*each)), axis=0)
        for name, each in logits.items()
    }


def step(
    model: Model,
    now: State,
    p: Parameters,
    quarter: Quarter,
    luck: Luck | None = None,
    held: Held | None = None,
    motives: bool = True,
) -> tuple[State, dict[str, Array], Held]:
    """The state a quarter later, the log probabilities of the options (if ``motives``), and what is held."""
    outside = Forcings(*quarter.outside)
    held = held or {}
    log_probabilities: dict[str, Array] = {}
    kept: Held = {}
    if motives:
        utilities, kept = contributions(model, "motive", (now, outside, p), quarter.strength, held, quarter.at)
        logits = log_odds(now.was, utilities, p)
        log_probabilities = odds(logits)
        chosen = apart(quarter.at, lambda: choose(logits, quarter.fixed, luck.options if luck else None))
    else:
        chosen = Decisions(*quarter.fixed)
    changes, more = contributions(
        model, "change", (now, chosen, outside, p), quarter.strength, held, quarter.at
    )
    pulls = Pulls(**{name: changes.get(name, jnp.zeros_like(now.trust_rus)) for name in Pulls._fields})
    adjusting, last = contributions(
        model, "settle", (now, chosen, outside, p, pulls), quarter.strength, held, quarter.at
    )
    for name, value in adjusting.items():
        changes[name] = changes[name] + value if name in changes else value
    moved = changed(quarter.at, now, lambda: _moved(now, changes, p, quarter, luck))
    ready = jnp.broadcast_to(pulls.pull_lines, now.line_stage.shape)
    after = changed(
        quarter.at, moved, lambda: advance(moved, ready, luck.lines if luck else None, quarter.stages)
    )
    can = capacities(after, quarter.open)
    limits = Limits(
        dict(zip(CUTTABLE, quarter.cut, strict=True)), dict(zip(CUTTABLE, quarter.add, strict=True))
    )
    settled = changed(quarter.at, after, lambda: settle(after, pulls, outside, p, limits, can))
    done = changed(quarter.at, settled, lambda: account(settled, outside, p, can))
    was = Decisions(*(jnp.broadcast_to(code, now.trust_rus.shape) for code in chosen))
    return done._replace(was=was), log_probabilities, {**kept, **more, **last}


def _moved(now: State, changes: Change, p: Parameters, quarter: Quarter, luck: Luck | None) -> State:
    """The state with changes, noise and given values, inside its bounds."""
    moved: dict[str, Array] = {}
    noise = dict(zip(NOISY, luck.noise, strict=True)) if luck else {}
    given = dict(zip(GIVEN, quarter.given, strict=True))
    for name, declared in QUANTITIES.items():
        if name not in changes and name not in noise and name not in given:
            continue
        value = getattr(now, name)
        if name in changes:
            value = value + changes[name]
        if name in noise:
            value = value + getattr(p, declared.noise) * noise[name]
        value = jnp.clip(value, declared.low, declared.high)
        if name in given:
            value = jnp.where(jnp.isnan(given[name]), value, jnp.nan_to_num(given[name]))
        moved[name] = value
    return now._replace(**moved)


__all__ = ["DECISIONS", "Luck", "Quarter", "choose", "contributions", "log_odds", "odds", "step"]
