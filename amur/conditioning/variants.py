"""The readings judged again with one choice changed: the seed, the width of the priors, the evidence.

What changes hands between them says how far the weights hang on that choice. Each is published as it is done, so that a
stopped run goes on with the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from amur.conditioning import diagnosed, store
from amur.conditioning.condition import Progress
from amur.conditioning.evidence import BLOCKS, Evidence
from amur.conditioning.result import Conditioned
from amur.conditioning.rivals import take
from amur.errors import AmurError
from amur.readings import Reading

MEMBERS = 256
"""Members of each run: half of those published, since there are fourteen of each reading."""
SEEDS = (2, 3)
"""Seeds of the runs made again, beside 1."""
SEED = "seed {}"


class Change(NamedTuple):
    """What is changed: the seed, what every prior's spread is multiplied by, blocks of evidence left out."""

    seed: int = 1
    width: float = 1.0
    without: tuple[str, ...] = ()


CHANGES: dict[str, Change] = {
    **{SEED.format(seed): Change(seed) for seed in SEEDS},
    "priors narrower": Change(width=0.7),
    "priors wider": Change(width=1.4),
    **{f"without {block}": Change(without=(block,)) for block in BLOCKS},
}
"""Every variant by name, in the order in which they are made and shown."""


def variant(
    name: str,
    readings: Iterable[Reading],
    seen: Evidence,
    members: int = MEMBERS,
    progress: Progress | None = None,
) -> dict[str, Conditioned]:
    """Each reading through the evidence with one choice changed, by name. KeyError for a variant there is none of."""
    change = CHANGES[name]

    def tell(what: str, done: int, many: int) -> None:
        if progress:
            progress(f"{name}, {what}", done, many)

    return take(readings, seen.without(*change.without), members, change.seed, tell, change.width)


def publish(readings: Iterable[Reading], seen: Evidence, progress: Progress | None = None) -> Iterator[str]:
    """Work out and publish what is missing, and give the name of each variant once it is there; three minutes each.

    Runs with other seeds come first, and with them how far the published runs agree with them. AmurError where those are
    of another record, reading or code.
    """
    every, made_of = tuple(readings), store.stamp(seen)
    if store.published().stamp != made_of:
        raise AmurError("the published posteriors are stale", file=store.FILE, mend="Run: amur condition")
    told = diagnosed.published()
    if not told.agreement:
        again = [variant(SEED.format(seed), every, seen, MEMBERS, progress) for seed in SEEDS]
        runs = store.published().runs
        found = [
            diagnosed.agreed(name, [run, *(each[name] for each in again)])
            for name, run in runs.items()
            if run.members
        ]
        diagnosed.publish(replace(told, agreement=tuple(found)))
    known = store.variants(made_of, MEMBERS)
    for name in CHANGES:
        if name not in known:
            made = variant(name, every, seen, MEMBERS, progress)
            store.publish_variant(name, {each: run.increments for each, run in made.items()}, made_of, MEMBERS)
            yield name


__all__ = ["CHANGES", "Change", "publish", "variant"]
