"""Several readings as one forecaster: samples drawn from each by its weight, members kept whole.

A member of a mixture is a member of one reading with all its targets, years and decisions, so that what goes together in
a reading goes together in the mixture. A target that a reading does not forecast is taken from the others there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.system.parameters import NAMES
from amur.validation.forecasts_of_model import Forecast

type Weights = Mapping[str, float]
type Places = NDArray[np.int64]


def even(names: Any) -> dict[str, float]:
    """The same weight for every reading."""
    every = tuple(names)
    return dict.fromkeys(every, 1 / len(every))


def picks(
    weights: Weights, members: Mapping[str, int], size: int, rng: np.random.Generator
) -> dict[str, Places]:
    """Which members to take of each reading for a mixture of ``size``: as even as whole numbers allow.

    Numbers by reading are those of systematic sampling; members are drawn without replacement as long as there are
    enough. AmurError where no reading has weight.
    """
    mass = np.array([max(weights.get(name, 0.0), 0.0) for name in members])
    if mass.sum() <= 0:
        raise AmurError("no reading in the mixture has any weight", field="weights", mend="Weigh at least one.")
    until = np.floor(np.cumsum(mass) / mass.sum() * size + rng.random()).astype(int)
    until[-1] = size if mass[-1] > 0 else until[-1]
    counts = np.diff(np.minimum(until, size), prepend=0)
    counts[np.argmax(mass)] += size - counts.sum()
    return {
        name: rng.choice(many, count, replace=count > many)
        for (name, many), count in zip(members.items(), counts, strict=True)
    }


def mixed(forecasts: Mapping[str, Forecast], weights: Weights, size: int, seed: int = 1) -> Forecast:
    """The mixture of the forecasts of several readings from one origin in one setting, ``size`` members."""
    some = next(iter(forecasts.values()))
    rng = np.random.default_rng([seed, int(some.origin)])
    many = {name: each.samples.shape[-1] for name, each in forecasts.items()}
    taken = picks(weights, many, size, rng)
    samples = np.concatenate([each.samples[..., taken[name]] for name, each in forecasts.items()], axis=-1)
    for place in range(len(samples)):
        able = {
            name: many[name] for name, each in forecasts.items() if np.isfinite(each.samples[place, 0]).any()
        }
        if len(able) < len(many) and sum(weights.get(name, 0.0) for name in able) > 0:
            some_taken = picks(weights, able, size, rng)
            samples[place] = np.concatenate(
                [forecasts[name].samples[place][:, some_taken[name]] for name in able], axis=-1
            )
    total = sum(weights.get(name, 0.0) for name in forecasts)
    chances = {
        name: np.asarray(
            sum(weights.get(reading, 0.0) / total * each.chances[name] for reading, each in forecasts.items())
        )
        for name in some.chances
    }
    chosen = {
        name: np.concatenate(
            [each.chosen[name][:, taken[reading]] for reading, each in forecasts.items()], axis=1
        )
        for name in some.chosen
    }
    return Forecast(some.setting, some.origin, samples, chances, chosen)


def pooled(
    posteriors: Mapping[str, Mapping[str, Any]], weights: Weights, members: int, seed: int = 1
) -> dict[str, NDArray[np.float32]]:
    """Parameter sets of the mixture: (members,) by parameter, from the readings' posteriors by weight."""
    many = {name: len(np.asarray(sets[NAMES[0]])) for name, sets in posteriors.items()}
    taken = picks(weights, many, members, np.random.default_rng([seed, members]))
    return {
        name: np.concatenate(
            [np.asarray(sets[name], np.float32)[taken[reading]] for reading, sets in posteriors.items()]
        )
        for name in NAMES
    }


def thinned(sets: Any, members: int) -> dict[str, NDArray[np.float32]]:
    """So many of the equally weighted sets of a posterior, evenly spread over them (over again where it has fewer)."""
    values = sets._asdict() if hasattr(sets, "_asdict") else sets
    many = len(np.asarray(values[NAMES[0]]))
    at = np.arange(members) * max(many // members, 1) % many
    return {name: np.asarray(values[name], np.float32)[at] for name in NAMES}
