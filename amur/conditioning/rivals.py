"""All readings through the same evidence.

Two go through it at the same time: where the members of one are being weighed, those of the other move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from functools import cache
from threading import Event, Lock

import jax.numpy as jnp
import numpy as np
from threadpoolctl import threadpool_limits

from amur.conditioning.cells import Cells, cells
from amur.conditioning.condition import CHUNK, MEMBERS, Progress, condition
from amur.conditioning.coordinates import coordinates
from amur.conditioning.evidence import BLOCKS, Evidence
from amur.conditioning.likelihood import data, slopes
from amur.conditioning.result import Conditioned, Numbers
from amur.readings import Reading
from amur.system.model import Model
from amur.system.parameters import NAMES
from amur.system.run import YEAR

AT_ONCE = 2
"""Readings under way at the same time."""


class _StoppedError(Exception):
    """What ends a reading under way once the work as a whole was stopped."""


def take(
    readings: Iterable[Reading],
    seen: Evidence,
    members: int = MEMBERS,
    seed: int = 1,
    progress: Progress | None = None,
    width: float = 1.0,
) -> dict[str, Conditioned]:
    """Each reading through the evidence, by name; ``width`` scales every prior's spread.

    ``progress`` is told the reading, the years done and all, from the thread of that reading. Ctrl-C ends each reading after
    its year, which is kept.
    """
    every, alone, stopped = tuple(readings), Lock(), Event()
    faults: list[BaseException] = []

    @cache
    def compile_slopes() -> None:
        # Else each thread that moves members would compile the same code, for minutes, at the same time.
        nowhere, nothing = jnp.zeros((len(NAMES), CHUNK), jnp.float32), jnp.zeros(len(seen.year), jnp.float32)
        slopes(Model(), nowhere, coordinates(), data(seen), nothing, jnp.int32(YEAR - 1))

    def tell(what: str, done: int, many: int) -> None:
        with alone:
            compile_slopes()
        if stopped.is_set():
            raise _StoppedError
        if progress:
            progress(what, done, many)

    def one(each: Reading) -> Conditioned:
        try:
            return condition(each, seen, members, seed, width, progress=tell)
        except BaseException as fault:
            faults.append(fault)
            stopped.set()
            raise

    # Held for all: a reading that ends would give the threads of linear algebra back while others move.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(AT_ONCE, "reading") as pool:
        # The one without structure moves no members, and needs what the others have compiled.
        found = {
            each.name: pool.submit(one, each)
            for each in sorted(every, key=lambda each: each.structure == "none")
        }
        try:
            wait(found.values(), return_when=FIRST_EXCEPTION)
            if faults:
                raise faults[0]
            return {each.name: found[each.name].result() for each in every}
        except BaseException:
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def unscored(runs: Mapping[str, Conditioned], seen: Evidence) -> dict[str, dict[str, Numbers]]:
    """Increments without what each block's observations say one by one, by variant and reading: learnt from, not scored."""
    made = {}
    for block, names in BLOCKS.items():
        gone = {
            name: sum(
                (_by_year(run.predictive[each], len(run.years)) for each in names), np.zeros(len(run.years))
            )
            for name, run in runs.items()
        }
        made[f"not scored on {block}"] = {name: run.increments - gone[name] for name, run in runs.items()}
    return made


def table(runs: Mapping[str, Conditioned], seen: Evidence) -> Cells:
    """Observations against readings."""
    return cells({name: run.predictive for name, run in runs.items()}, seen)


def _by_year(densities: Numbers, years: int) -> Numbers:
    """Sums of log densities by year; nothing where there is no observation."""
    each = np.nan_to_num(densities)
    periods = 4 if len(each) % 4 == 0 and len(each) > 100 else 1
    return each.reshape(-1, periods).sum(axis=1)[:years]


__all__ = ["table", "take", "unscored"]
