"""How good a forecast was: scores of samples against what came, for many forecasts at a time.

All take ``observed`` (forecasts,) and ``samples`` (forecasts, samples) **on the scale of comparison** and give
(forecasts,); NaN where nothing was observed or a sample is missing. The scale is the log of flows and prices (an error
of a tenth weighs the same in 1995 and in 2025), the log odds of shares, and the number itself for counts: a veto more or
less is what the reader asks about, the counts here are small, and skill is taken by series, so that a series with
larger counts weighs no more. Lower is better for CRPS, log score and Brier score.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]

LEVELS = {"in50": 0.5, "in80": 0.8, "in90": 0.9}
"""The central intervals whose coverage is told."""
NARROWEST = 0.01
"""The least width of a kernel of the log score: a hundredth on the scale, which is one percent of a flow."""
TAIL = 10.0
"""The one wide kernel of the log score is so many times as wide as the samples scatter."""


def scores(
    observed: NDArray[Any], samples: NDArray[Any], link: str, rng: np.random.Generator
) -> dict[str, NDArray[Any]]:
    """Every score of every forecast, by column: crps, log, pit, and in50, in80, in90 as 0 or 1."""
    counts = link == "count"
    where = pit(observed, samples, rng)
    return {
        "crps": crps(observed, samples),
        "log": log_score(observed, samples, counts=counts),
        "pit": where,
        **{name: covered(where, level) for name, level in LEVELS.items()},
    }


def crps(observed: NDArray[Any], samples: NDArray[Any]) -> Numbers:
    """Continuous ranked probability score, in units of the scale; of a single number it is the absolute error.

    The estimator by probability-weighted moments is the fair one: its mean does not depend on how many samples there
    are, so that an ensemble of 200 and one of 2,000 compare.
    """
    import scoringrules

    seen, drawn = _checked(observed, samples)
    made = scoringrules.crps_ensemble(seen, drawn, estimator="pwm", backend="numpy")
    return _silent(np.asarray(made, np.float64), seen, drawn)


def log_score(observed: NDArray[Any], samples: NDArray[Any], *, counts: bool = False) -> Numbers:
    """Minus the log density (nats) that the samples give to what came; for counts, minus the log probability.

    Numbers: normal kernels at the samples, as wide as Silverman's rule says and at least :data:`NARROWEST`, and one
    more of the weight of a single sample, at the median and :data:`TAIL` times as wide as the samples scatter, so that
    what no sample came near is unlikely and not impossible. Counts: the share of samples with that count, with half
    a sample added to every count from 0 to one beyond the largest sampled or seen.
    """
    seen, drawn = _checked(observed, samples)
    told = np.isfinite(_silent(np.zeros(len(seen)), seen, drawn))
    made = np.full(len(seen), np.nan)
    made[told] = (_log_of_counts if counts else _log_of_numbers)(seen[told], drawn[told])
    return made


def _log_of_numbers(seen: Numbers, drawn: Numbers) -> Numbers:
    many = drawn.shape[-1]
    low, middle, high = np.quantile(drawn, [0.25, 0.5, 0.75], axis=-1)
    deviation = drawn.std(axis=-1)
    scatter = np.where(high > low, np.minimum(deviation, (high - low) / 1.34), deviation)
    width = np.maximum(0.9 * scatter * many**-0.2, NARROWEST)
    near = _normal((seen[:, None] - drawn) / width[:, None]) - np.log(width)[:, None]
    wide = TAIL * np.maximum(deviation, NARROWEST)
    far = _normal((seen - middle) / wide) - np.log(wide)
    every = np.concatenate([near, far[:, None]], axis=-1)
    return np.asarray(np.log(many + 1) - np.logaddexp.reduce(every, axis=-1))


def _log_of_counts(seen: Numbers, drawn: Numbers) -> Numbers:
    most = np.fmax(drawn.max(axis=-1, initial=0.0), seen) + 1
    same = (drawn == seen[:, None]).sum(axis=-1)
    return np.asarray(-np.log((same + 0.5) / (drawn.shape[-1] + 0.5 * (most + 1))))


def pit(observed: NDArray[Any], samples: NDArray[Any], rng: np.random.Generator) -> Numbers:
    """Where in the forecast distribution the observation came, between 0 and 1; uniform if the forecasts are right.

    It is one of ``samples + 1`` ranks and a chance place within it; the chance also spreads counts and other ties over
    the probability that they have.
    """
    seen, drawn = _checked(observed, samples)
    below = (drawn < seen[:, None]).sum(axis=-1)
    same = (drawn == seen[:, None]).sum(axis=-1)
    made = (below + rng.random(len(seen)) * (same + 1)) / (drawn.shape[-1] + 1)
    return _silent(made, seen, drawn)


def covered(where: NDArray[Any], level: float) -> Numbers:
    """1 where the PIT lies in the central interval of that probability, else 0.

    For numbers it says that the observation is between the two quantiles. A count on the edge of the interval is
    inside by chance, as often as makes the interval hold its probability exactly: whole counts cannot, and closed
    intervals of them hold more.
    """
    place = np.asarray(where, np.float64)
    return np.where(np.isfinite(place), (np.abs(place - 0.5) <= level / 2).astype(float), np.nan)


def brier(happened: NDArray[Any], chance: NDArray[Any]) -> Numbers:
    """Brier score: the squared distance of the probability from 1 if the event came and from 0 if not; NaN if open."""
    came, given = np.asarray(happened, np.float64), np.asarray(chance, np.float64)
    if np.any((given < 0) | (given > 1)) or np.any(np.isfinite(came) & (came != 0) & (came != 1)):
        raise ValueError("a chance is from 0 to 1, and what happened is 0, 1 or NaN")
    return np.asarray((given - came) ** 2)


def event_log_score(happened: NDArray[Any], chance: NDArray[Any], least: float = 1e-3) -> Numbers:
    """Minus the log (nats) of the probability given to what came; probabilities count as at least ``least``."""
    came, given = np.asarray(happened, np.float64), np.clip(np.asarray(chance, np.float64), least, 1 - least)
    return -np.log(np.where(np.isnan(came), np.nan, np.where(came == 1, given, 1 - given)))


def _normal(away: Numbers) -> Numbers:
    """Log density of the standard normal."""
    return np.asarray(-0.5 * away**2 - 0.5 * np.log(2 * np.pi))


def _checked(observed: NDArray[Any], samples: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Both as floats. Raises ValueError where their shapes do not belong together."""
    seen, drawn = np.asarray(observed, np.float64), np.asarray(samples, np.float64)
    if seen.ndim != 1 or drawn.ndim != 2 or len(seen) != len(drawn) or drawn.shape[1] < 2:
        raise ValueError(
            f"observed {seen.shape} and samples {drawn.shape}: (forecasts,) and (forecasts, 2 or more)"
        )
    return seen, drawn


def _silent(score: Numbers, seen: Numbers, drawn: Numbers) -> Numbers:
    """NaN wherever the observation or a sample is missing."""
    return np.where(np.isfinite(seen) & np.isfinite(drawn).all(axis=-1), score, np.nan)


DESCRIPTIONS: dict[str, str] = {
    "crps": "Continuous ranked probability score: how far the whole forecast lay from what came, on the scale of"
    " comparison; of a single number it is the absolute error. Lower is better.",
    "log": "Log score: minus the log of the probability density given to what came, in nats. Lower is better; it"
    " punishes surprise hard.",
    "pit": "Probability integral transform: where in the forecast distribution the observation came; evenly spread"
    " from 0 to 1 if the forecasts are right.",
    "coverage": "Share of observations inside the central 50, 80 and 90 percent intervals.",
    "brier": "Brier score of an event: the squared distance of its probability from what happened, 0 or 1. Half and half"
    " always scores 0.25; lower is better.",
    "skill": "One minus the mean CRPS over that of the baseline, for each series, then the mean over series: 0 is as"
    " good as the baseline, 1 is perfect, below 0 is worse.",
}
"""What each score says, in words for the published page."""
