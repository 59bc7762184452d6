"""A reading of the user's own, taken through the record and set beside the ten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from amur.conditioning.shipped import Shipped

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress

type Numbers = NDArray[np.float64]


def conditioned(file: str | Path, progress: Progress | None = None) -> tuple[Numbers, Numbers]:
    """Log evidence by year, and log densities by item of the evidence (NaN: nothing seen), nats.

    A run takes some minutes and is kept: the same file asked again is read, and a run that was stopped goes on.
    """
    from amur.conditioning.condition import condition
    from amur.conditioning.evidence import evidence
    from amur.readings import reading
    from amur.record import load

    # The ten were taken through the record as it is shipped: so is this one.
    run = condition(reading(file), evidence(load(overlay=False)), progress=progress)
    return np.asarray(run.increments, np.float64), np.concatenate(list(run.predictive.values()))


def joined(known: Shipped, name: str, increments: Numbers, densities: Numbers) -> Shipped:
    """What is published with one reading more.

    It was run with one seed; what another seed would change is taken from the published reading whose log evidence
    changed by the middle amount.
    """
    again = {}
    if known.again:
        model = {each: known.again[each] for each in known.able}
        by_size = sorted(model, key=lambda each: float(np.std(model[each].sum(axis=1))))
        like = model[by_size[len(by_size) // 2]]
        again = known.again | {name: increments + like - like[:1]}
    return replace(
        known,
        readings=(*known.readings, name),
        able=(*known.able, name),
        increments=known.increments | {name: increments},
        densities=known.densities | {name: densities},
        again=again,
    )
