"""The runs behind the spread: every choice of two versions of what is not known, so that its parts can be told apart.

What is not known comes in five inputs (:data:`INPUTS`). Members are drawn by the weights of the readings, so that all
weigh the same. A parameter set is known by its place among those of its reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions.ensembles import Common, Progress

type Numbers = NDArray[Any]
type Piece = dict[str, Numbers]

INPUTS = {
    "reading": "which reading holds",
    "parameters": "parameters within readings",
    "world": "the world outside",
    "choices": "chance in decisions",
    "chance": "other chance",
}
"""Inputs by name, in the order of the bits of a run's number, and what they are called."""
AFTER = {1: 0}
"""Parameters count after the reading that they belong to."""
STREAMS = {"world": "world", "choices": "options", "chance": "noise"}
"""The streams of chances (:data:`amur.futures.plan.STREAMS`) behind the inputs."""


class Drawn(NamedTuple):
    """Which reading each member has, and at which level (0 to 1) of its parameter sets it stands: versions A and B."""

    reading: tuple[NDArray[np.int64], NDArray[np.int64]]
    level: tuple[NDArray[np.float64], NDArray[np.float64]]


def drawn(weights: Sequence[float], members: int, seed: int) -> Drawn:
    """Two independent versions of readings, as often as they weigh, and of levels."""
    draw = np.random.default_rng([seed, 31])
    cuts = np.cumsum(weights) / np.sum(weights)
    even = (np.arange(members) + 0.5) / members

    def reading() -> NDArray[np.int64]:
        return np.minimum(np.searchsorted(cuts, draw.permutation(even), side="right"), len(weights) - 1)

    return Drawn((reading(), reading()), (draw.permutation(even), draw.permutation(even)))


def other(seed: int) -> int:
    """The seed of version B of the chances."""
    return int(np.random.SeedSequence([seed, 37]).generate_state(1, np.uint64)[0] >> np.uint64(1))


def runs(
    common: Common, reduce: Callable[[Piece], Piece], progress: Progress | None = None
) -> tuple[Piece, int]:
    """What is left of each of the 32 runs by name, (32, ..., members), and the number of members.

    ``reduce`` takes a chunk of a run, quantities by name as (quarters, members), to what is wanted of it.
    """
    from amur.futures.plan import plan
    from amur.futures.simulate import pieces_of

    members = common.mixture.members
    versions = drawn([common.mixture.share[name] for name in common.mixture.readings], members, common.seed)
    seeds = (common.seed, other(common.seed))
    sets = {(a, b): _parameters(common, versions, a, b) for a in (0, 1) for b in (0, 1)}
    found: list[Piece] = []
    for run in range(2 ** len(INPUTS)):
        if progress:
            progress("Where the spread comes from", run, 2 ** len(INPUTS))
        bit = {name: (run >> place) & 1 for place, name in enumerate(INPUTS)}
        asked = plan(
            members=members,
            seed=common.seed,
            keep="all",
            parameters=sets[bit["reading"], bit["parameters"]],
            seeds={stream: seeds[bit[name]] for name, stream in STREAMS.items()},
        )
        pieces = [reduce(piece) for piece in pieces_of(asked)]
        found.append({name: np.concatenate([piece[name] for piece in pieces], axis=-1) for name in pieces[0]})
    if progress:
        progress("Where the spread comes from", len(found), len(found))
    return {name: np.stack([each[name] for each in found]) for name in found[0]}, members


def _parameters(common: Common, versions: Drawn, reading: int, level: int) -> dict[str, Numbers]:
    which, at = versions.reading[reading], versions.level[level]
    made: dict[str, Numbers] = {}
    for place, name in enumerate(common.mixture.readings):
        mine = np.flatnonzero(which == place)
        for key, values in _posterior(name).items():
            row = np.minimum((at[mine] * len(values)).astype(np.int64), len(values) - 1)
            made.setdefault(key, np.empty(len(which), values.dtype))[mine] = values[row]
    return made


@cache
def _posterior(reading: str) -> dict[str, Numbers]:
    """All published parameter sets of a reading."""
    from amur.conditioning.store import published

    run = published().runs[reading]
    return {name: np.asarray(values) for name, values in run.posterior[run.years[-1]].items()}
