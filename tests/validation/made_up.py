"""Forecasts made up for tests, that need no model."""

from __future__ import annotations

import numpy as np

from amur.system.observe import CATEGORIES
from amur.validation.forecasts_of_model import HORIZON, Forecast
from amur.validation.targets import TARGETS

MEMBERS = 200


def made_up(seen, setting, origin, spread=0.1, off=0.0, members=MEMBERS, seed=0, sure=0.9):
    """A forecast about what came: so far off and so wide on the scale of comparison, so sure of the right decisions."""
    rng = np.random.default_rng([seed, int(origin)])
    first = seen.years.index(origin) + 1
    samples = np.full((len(TARGETS), HORIZON, members), np.nan, np.float32)
    for place, target in enumerate(TARGETS.values()):
        came = np.nan_to_num(target.shown(seen)[first : first + HORIZON], nan=1.0)[:, None]
        noise = off + spread * rng.standard_normal((len(came), members))
        match target.link:
            case "log":
                made = np.maximum(came, target.observable.floor) * np.exp(noise)
            case "logit":
                made = 1 / (1 + (1 - came) / came * np.exp(-noise))
            case "count":
                made = np.maximum(np.round(came + 3 * noise), 0)
            case _:
                made = came + noise
        samples[place, : len(came)] = made
    chances, chosen = {}, {}
    for name, declared in CATEGORIES.items():
        codes = seen.options[name][4 * first : 4 * (first + HORIZON)]
        many = len(declared.options)
        chances[name] = np.full((len(codes), many), (1 - sure) / (many - 1), np.float32)
        chances[name][np.arange(len(codes)), codes] = sure
        chosen[name] = np.repeat(codes[:, None], members, axis=1).astype(np.int8)
    return Forecast(setting, origin, samples, chances, chosen)
