"""Runs of many coalitions side by side: every lane of a run has its own parameter set and its own families at work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.questions.drivers.families import FAMILIES, home
from amur.system.declare import MECHANISMS, Array, Parameters
from amur.system.flows import CUTTABLE
from amur.system.model import Model, places
from amur.system.run import holding, in_chunks
from amur.system.state import State
from amur.system.step import Held, Luck, Quarter, step

LANES = 1024
"""Lanes of a run, whatever is asked (coalitions times parameter sets), so that one compilation serves all."""
MODEL = Model()
ALL = (1 << len(FAMILIES)) - 1
"""The coalition of all families."""
NEVER, FOREVER = -1, 10**6
"""Up to which quarter a mechanism contributes of itself, where its contributions are held from then on."""

type Numbers = NDArray[Any]


class Course(NamedTuple):
    """What comes to the lanes from outside in some quarters, time first.

    ``outside`` (quarters, forcings, lanes), ``fixed`` (quarters, decisions, lanes), ``given`` (quarters, given, lanes),
    ``stages`` (quarters, lines), ``noise`` (quarters, noisy, lanes), ``lines`` (quarters, lines, lanes), ``at`` (quarters).
    """

    outside: Array
    fixed: Array
    given: Array
    stages: Array
    noise: Array
    lines: Array
    at: Array


class Window(NamedTuple):
    """Some quarters: where the lanes start, their parameters, and what comes to them.

    ``held`` are the contributions that take the place of those of a family that is off; empty: nothing does.
    """

    start: State
    p: Parameters
    course: Course
    held: dict[str, dict[str, Array]]


@jax.jit
def _through(window: Window, strength: Array, held: Held) -> tuple[State, Held]:
    """The state after a window, and what was held: ``strength`` is (mechanisms, lanes)."""
    cut, add = jnp.ones(len(CUTTABLE)), jnp.zeros(len(CUTTABLE))

    def one(carry: tuple[State, Held], now: Course) -> tuple[tuple[State, Held], None]:
        before, kept = carry
        quarter = Quarter(now.outside, now.fixed, now.given, now.stages, strength, cut, add, now.at)
        luck = Luck(now.noise[:0], now.noise, now.lines)
        after, _, kept = step(MODEL, before, window.p, quarter, luck, kept, False)
        return (after, kept), None

    last: tuple[State, Held] = jax.lax.scan(one, (window.start, held), window.course)[0]
    return last


def values(
    window: Window,
    sets: int,
    coalitions: Sequence[int],
    names: Iterable[str],
    done: Callable[[int], None] | None = None,
) -> dict[int, Numbers]:
    """What each coalition leaves at the end of a window: (names, sets) by coalition, not-a-number where it ran away.

    A coalition is a number whose bit k says that family k of :data:`~.families.FAMILIES` is at work.
    """
    together = LANES // sets
    chunks = [coalitions[first : first + together] for first in range(0, len(coalitions), together)]
    wanted = tuple(names)

    def work(some: Sequence[int]) -> Numbers:
        padded = [*some, *[ALL] * (together - len(some))]
        on = np.repeat(_at_work(tuple(padded)), sets, axis=1)
        on = np.pad(on, ((0, 0), (0, LANES - on.shape[1])), constant_values=1)
        last, _ = _run(window, on)
        found = np.stack([np.asarray(getattr(last, name)) for name in wanted])[:, : together * sets]
        kept = np.where(np.isfinite(found), found, np.nan).astype(np.float64)
        return kept.reshape(len(wanted), together, sets)[:, : len(some)].transpose(1, 0, 2)

    found = np.concatenate(list(in_chunks(work, chunks, done, alone=True)))
    return dict(zip(coalitions, found, strict=True))


def contributions(window: Window, at: int) -> dict[str, dict[str, Array]]:
    """What every mechanism that can be switched off contributes in one quarter of a window, by lane."""
    # From that quarter on each is held at what it was in it: what is held at the end is what it was then.
    empty = holding(MODEL, dict.fromkeys(home(), at), window.start)
    lanes = {name: (jnp.full(LANES, at, jnp.int32), none) for name, (_, none) in empty.items()}
    after: tuple[State, Held] = _through(window, jnp.ones((len(MECHANISMS), LANES)), lanes)
    return {name: contributed for name, (_, contributed) in after[1].items()}


def _run(window: Window, on: Numbers) -> tuple[State, Held]:
    """A window with mechanisms (mechanisms, lanes) at work (1) or off (0)."""
    held: Held = {
        name: (jnp.asarray(np.where(on[places()[name]] > 0, FOREVER, NEVER), jnp.int32), contributed)
        for name, contributed in window.held.items()
    }
    strength = np.ones_like(on) if held else on
    after: tuple[State, Held] = _through(window, jnp.asarray(strength, jnp.float32), held)
    return after


def _at_work(coalitions: tuple[int, ...]) -> Numbers:
    """1 where a mechanism is at work, 0 where its family is off: (mechanisms, coalitions)."""
    inside = np.array([[each >> k & 1 for each in coalitions] for k in range(len(FAMILIES))], np.float32)
    whose = _family_of_each()
    return np.where(whose[:, None] >= 0, inside[whose], np.float32(1))


@cache
def _family_of_each() -> NDArray[np.int64]:
    """The number of the family of every mechanism, -1 for one that is never off."""
    number = {family.name: place for place, family in enumerate(FAMILIES)}
    return np.array([number.get(home().get(name, ""), -1) for name in MECHANISMS])
