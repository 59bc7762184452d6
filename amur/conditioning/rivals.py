"""All readings through the same evidence, and the same again under other seeds, priors and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from amur.conditioning.cells import Cells, cells
from amur.conditioning.condition import MEMBERS, Progress, condition
from amur.conditioning.evidence import BLOCKS, Evidence
from amur.conditioning.result import Conditioned, Numbers
from amur.readings import Reading

SEEDS = (2, 3)
"""Seeds of the runs made again, beside 1."""
WIDTHS = {"priors narrower": 0.7, "priors wider": 1.4}
"""What every prior's spread is multiplied by."""
SEED = "seed {}"
UNSEEN = "without {}"


def take(
    readings: Iterable[Reading],
    seen: Evidence,
    members: int = MEMBERS,
    seed: int = 1,
    progress: Progress | None = None,
) -> dict[str, Conditioned]:
    """Each reading through the evidence, by name."""
    return {each.name: condition(each, seen, members, seed, progress=progress) for each in readings}


def variants(
    readings: Iterable[Reading],
    seen: Evidence,
    members: int = MEMBERS,
    progress: Progress | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, dict[str, Numbers]]:
    """Increments of evidence by variant and reading: other seeds, narrower and wider priors, each block left out."""
    every = tuple(readings)
    wanted = set(only) if only is not None else None
    made: dict[str, dict[str, Numbers]] = {}

    def of(name: str, evidence: Evidence, seed: int = 1, width: float = 1.0) -> None:
        if wanted is None or name in wanted:
            made[name] = {
                each.name: condition(
                    each, evidence, members, seed, width, progress=_named(progress, name)
                ).increments
                for each in every
            }

    for seed in SEEDS:
        of(SEED.format(seed), seen, seed=seed)
    for name, width in WIDTHS.items():
        of(name, seen, width=width)
    for block in BLOCKS:
        of(UNSEEN.format(block), seen.without(block))
    return made


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


def _named(progress: Progress | None, variant: str) -> Progress | None:
    if progress is None:
        return None
    return lambda what, done, many: progress(f"{variant}, {what}", done, many)


__all__ = ["table", "take", "unscored", "variants"]
