"""Interventions as arrays over quarters, laid over what comes to the model from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.system import quarters as numbering
from amur.system.declare import MECHANISMS, Array
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.interventions import (
    OUTSIDE,
    Add,
    Capacity,
    Change,
    Cut,
    Force,
    Freeze,
    Hold,
    Intervention,
    Line,
    Scale,
    Timed,
    mechanisms_of,
)
from amur.system.lines import lines
from amur.system.model import DECISIONS, GIVEN, places
from amur.system.step import Quarter

LOW = np.array([one.low for one in OUTSIDE.values()], np.float32)
HIGH = np.array([one.high for one in OUTSIDE.values()], np.float32)


class Schedule(NamedTuple):
    """What interventions do in each quarter, time first: forcings are ``scale``\\ d and ``shift``\\ ed, and the rest
    as in :class:`~amur.system.step.Quarter`, -1 or NaN where nothing is laid over."""

    scale: Array
    shift: Array
    fixed: Array
    given: Array
    stages: Array
    strength: Array
    cut: Array
    add: Array
    open: Array

    def between(self, first: int, after: int) -> Schedule:
        """The part for some of the quarters."""
        return Schedule(*(each[first:after] for each in self))


def schedule(interventions: Sequence[Intervention], quarters: int, ahead: int) -> Schedule:
    """The arrays for quarters 0 up to ``quarters``; ``ahead`` is the first that has not happened."""
    mechanisms, flows = len(MECHANISMS), len(CUTTABLE)
    made = Schedule(
        *(
            np.full((quarters, many), value, kind)  # type: ignore[arg-type]
            for many, value, kind in (
                (len(Forcings._fields), 1, np.float32),
                (len(Forcings._fields), 0, np.float32),
                (len(DECISIONS), -1, np.int32),
                (len(GIVEN), np.nan, np.float32),
                (len(lines().names), np.nan, np.float32),
                (mechanisms, 1, np.float32),
                (flows, 1, np.float32),
                (flows, 0, np.float32),
                (len(lines().names), 1, np.float32),
            )
        )
    )
    for each in interventions:
        if not isinstance(each, Freeze):
            _lay(made, each, weight(each, quarters, ahead))
    return made


def freezes(interventions: Sequence[Intervention]) -> dict[str, int]:
    """The mechanisms that are frozen, with the quarter whose contribution stays."""
    return {
        name: numbering.number(each.at, last=True)
        for each in interventions
        if isinstance(each, Freeze)
        for name in mechanisms_of(each.mechanism)
    }


def weight(each: Timed, quarters: int, ahead: int) -> NDArray[np.float32]:
    """How far an intervention is in force in each quarter, from 0 to 1."""
    at = np.arange(quarters)
    first = numbering.number(each.start) if each.start else ahead
    rising = np.clip((at - first + 1) / (each.ramp + 1), 0, 1)
    if not each.end:
        return rising.astype(np.float32)
    last = numbering.number(each.end, last=True)
    falling = np.clip(1 - (at - last) / (each.fade + 1), 0, 1)
    return (rising * falling).astype(np.float32)


def _lay(made: Schedule, each: Intervention, force: NDArray[np.float32]) -> None:
    """Lay one intervention over the arrays (which are still NumPy arrays, changed in place)."""
    on = force > 0
    if isinstance(each, Hold) and each.quantity in OUTSIDE:
        _affine(made, each.quantity, 1 - force, force * each.value)
    elif isinstance(each, Hold):
        begin = each.value if each.begin is None else each.begin
        path = begin + (each.value - begin) * force
        _put(made.given, GIVEN.index(each.quantity), on, path)
    elif isinstance(each, Change) and each.how == "add":
        _affine(made, each.quantity, np.ones_like(force), force * each.by)
    elif isinstance(each, Change):
        _affine(made, each.quantity, 1 + (each.by - 1) * force, 0 * force)
    elif isinstance(each, Force):
        _put(made.fixed, DECISIONS.index(each.decision), on, np.full(len(on), each.code))
    elif isinstance(each, Line):
        _put(made.stages, lines().names.index(each.line), on, np.full(len(on), each.code))
    elif isinstance(each, Scale):
        for name in mechanisms_of(each.mechanism):
            _put(made.strength, places()[name], on, 1 + (each.strength - 1) * force)
    elif isinstance(each, Cut):
        made.cut[:, CUTTABLE.index(each.flow)] *= 1 - each.share * force
    elif isinstance(each, Add):
        made.add[:, CUTTABLE.index(each.flow)] += each.amount * force
    elif isinstance(each, Capacity):
        _open(made, each, force)


def _affine(made: Schedule, forcing: str, scale: NDArray[np.float32], shift: NDArray[np.float32]) -> None:
    place = Forcings._fields.index(forcing)
    made.scale[:, place] *= scale
    made.shift[:, place] = made.shift[:, place] * scale + shift


def _open(made: Schedule, each: Capacity, force: NDArray[np.float32]) -> None:
    place = lines().names.index(each.line)
    if each.how == "multiply":
        made.open[:, place] *= 1 + (each.by - 1) * force
    else:
        more = made.open[:, place] + force * each.by / lines().capacity[place]
        made.open[:, place] = np.maximum(more, 0)


def _put(table: Array, place: int, on: NDArray[np.bool_], values: NDArray[np.float32]) -> None:
    table[on, place] = values[on]


def over(quarter: Quarter, laid: Schedule) -> Quarter:
    """One quarter with the interventions of that quarter laid over it."""
    members = quarter.outside.ndim > 1
    low, high, scale, shift = (
        each[:, None] if members else each
        for each in (jnp.asarray(LOW), jnp.asarray(HIGH), laid.scale, laid.shift)
    )
    outside = jnp.clip(quarter.outside * scale + shift, low, high)
    return quarter._replace(
        outside=outside,
        fixed=jnp.where(laid.fixed >= 0, laid.fixed, quarter.fixed),
        given=jnp.where(jnp.isnan(laid.given), quarter.given, laid.given),
        stages=jnp.where(jnp.isnan(laid.stages), quarter.stages, laid.stages),
        strength=quarter.strength * laid.strength,
        cut=quarter.cut * laid.cut,
        add=quarter.add + laid.add,
        open=laid.open if quarter.open is None else quarter.open * laid.open,
    )
