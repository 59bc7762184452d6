"""What would be seen of the futures: observables ahead, with what the model leaves out carried on from its last value.

Model and record lie apart. How far they last did, each member by its own parameters and its own history, is where
its discrepancy goes on from: an autoregression of order one on the scale of comparison, with the persistence and the
Student-t shocks of its parameters. Counts go on from what is known of their factor; codes scatter anew in each period. All of it has luck of its own, by
seed, block and name, so that twins differ only by what was done to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur.futures.shocks import BLOCK, stream
from amur.system import measurement
from amur.system.observables import FREEDOM, OBSERVABLES, Observable
from amur.system.observe import codes, linked, predict, unlinked, years_of

if TYPE_CHECKING:
    from amur.futures.plan import Plan

SEEN, RECORD = "seen_", "record_"
"""What the names of observables and of their values in the record begin with, among those of states."""

type Numbers = NDArray[np.float64]
type Draws = Mapping[str, Any]


def seen(asked: Plan, whole: Draws, factual: Draws, p: Any, blocks: tuple[int, ...]) -> dict[str, Numbers]:
    """The observables asked for over all years or quarters from 1992 on, (periods, members), by name.

    In history they are what the model predicts, ahead what would be seen. ``whole`` is the path of history and
    future, ``factual`` that of history as it was, from which the last discrepancy is taken, by quantity.
    """
    from amur.system import quarters

    predicted = predict(whole, p, quarters.labels(0, asked.until + 1))
    before = predicted if factual is whole else predict(factual, p, asked.past.labels)
    made = {}
    for name in asked.observables:
        one = OBSERVABLES[name]
        value = np.array(predicted[name], np.float64)
        first = len(asked.shown[name])
        if one.model == "student":
            off = discrepancy(
                one, asked.shown[name], np.asarray(before[name]), p, asked.seed, blocks, len(value)
            )
            value[first:] = unlinked(one, np.asarray(linked(one, value[first:]), np.float64) + off)
        else:
            now = None
            if one.model == "count":
                now = measurement.factor_after(one, asked.shown[name], np.asarray(before[name], np.float64), p)
            value[first:] = scattered(one, value[first:], p, asked.seed, blocks, now)
        made[name] = value
    return made


def discrepancy(
    made: Observable, shown: Numbers, before: Any, p: Any, seed: int, blocks: tuple[int, ...], until: int
) -> Numbers:
    """How far the record will lie off the model, on the scale of comparison: (periods ahead, members).

    It goes on from the last period that the record has; without one it starts anywhere in its spread. ``until`` is
    the number of all periods.
    """
    first = len(shown)
    there = np.flatnonzero(np.isfinite(shown))
    scale = np.asarray(measurement.scale(made, p, max(until, 1)), np.float64)
    lasting = np.asarray(measurement.lasting(made, p), np.float64)
    begin = int(there[-1]) + 1 if len(there) else first
    steps = until - begin
    drawn = [
        stream(seed, block, f"discrepancy:{made.name}").standard_t(FREEDOM, (steps + 1, BLOCK))
        for block in blocks
    ]
    fresh = np.concatenate(drawn, axis=-1)[:, : scale.shape[-1]]
    if len(there):
        last = np.asarray(linked(made, shown[begin - 1])) - np.asarray(linked(made, before[begin - 1]))
        now = np.asarray(last, np.float64) / scale[begin - 1]
    else:
        now = fresh[0]
    path = np.empty((steps, fresh.shape[-1]))
    for step in range(steps):
        now = lasting * now + np.sqrt(1 - lasting**2) * fresh[step + 1]
        path[step] = scale[begin + step] * now
    return path[first - begin :]


def scattered(
    made: Observable,
    value: Numbers,
    p: Any,
    seed: int,
    blocks: tuple[int, ...],
    now: measurement.Factor | None = None,
) -> Numbers:
    """Counts and codes drawn about what is expected; the same chance gives no fewer where more is expected.

    ``now`` is what is known of the factor on a count (:func:`amur.system.measurement.factor_after`).
    """

    def chances(of: str) -> Numbers:
        drawn = [stream(seed, block, f"{of}:{made.name}").random((len(value), BLOCK)) for block in blocks]
        return np.clip(np.concatenate(drawn, axis=-1)[:, : value.shape[1]], 1e-12, 1 - 1e-12)

    chance = chances("scatter")
    if made.model == "ordered":
        return codes(made, value + np.log(chance / (1 - chance)), p)
    factor = measurement.unseen(made, p) if now is None else now
    factor = measurement.Factor(*(np.asarray(each, np.float64) for each in factor))
    return measurement.draw_counts(made, value, factor, p, (chances("breadth"), chance))


def along(asked: Plan, name: str, values: Any) -> Any:
    """The periods kept of an observable, from values over all of them: the years that end in the run, or its quarters."""
    if OBSERVABLES[name].frequency == "A":
        return values[len(years_to(asked)) - len(asked.years) :]
    return values[asked.first :][asked.every - 1 :: asked.every]


def recorded(asked: Plan, name: str) -> Numbers:
    """What the record has of an observable over the periods kept; NaN where it is silent, and ahead."""
    shown = asked.shown[name]
    annual = OBSERVABLES[name].frequency == "A"
    periods = len(years_to(asked)) if annual else asked.until + 1
    padded = np.concatenate([shown, np.full(max(periods - len(shown), 0), np.nan)])[:periods]
    return np.asarray(along(asked, name, padded))


def years_to(asked: Plan) -> tuple[str, ...]:
    """All whole years from 1992 to the end of the run."""
    from amur.system import quarters

    return years_of(quarters.labels(0, asked.until + 1))
