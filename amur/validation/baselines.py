"""Simple forecasters that the model has to beat: probabilistic forecasts of one series from its own past.

    BASELINES["drift"](history, horizons, samples, rng, link)  # (horizons, samples)

**Scale.** ``history`` is on the scale of comparison (``linked`` in :mod:`amur.system.observe`: the log of a flow, the
log odds of a share, a count as it is) and the samples come back on it. ``link`` says which scale that is; it matters
for ``count``, whose series go to forecasters of their own (:mod:`amur.validation.baselines_counts`) and give whole
numbers. A weak baseline would flatter the model, so each is given what makes it good: parameters are as unsure as a
short series leaves them, and variants were compared on the record itself (how many counts make a mean was chosen so,
with hindsight; spreads from the last ten changes alone would lower the CRPS of persistence by two percent, but its 90%
intervals would cover four points less, so that all changes count).

**Time.** ``history`` ends at the origin; horizon 1 is the period after. NaN marks a period without a value. Periods
without a value before the first are dropped; where the last ones are missing, the forecast starts at the last value
and reaches further. Gaps inside are used as they are (a change over two periods counts as one over two) by persistence,
drift and conflictology; ``ar1``, ``ets`` and ``arima`` need every period and get the gaps filled by straight lines on
the scale. Seasons are not modelled: these are series of years.

**Short series.** Fewer than :data:`LEAST` values are an error. From fewer than ten no model is fitted: ``ar1``, ``ets``
and ``arima`` fall back to drift, and so does any fit that fails; ``fell`` counts both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.validation import baselines_counts as counts
from amur.validation import baselines_numbers as numbers
from amur.validation.baselines_counts import COUNTED, TREND
from amur.validation.baselines_numbers import ENOUGH, RECENT, Forecaster, Numbers, UnfitError

LEAST = 5
"""Values that a history needs for any forecast."""


@dataclass(frozen=True)
class Baseline:
    """A simple forecaster: its name, what it does in words, and how it forecasts numbers and counts."""

    name: str
    description: str
    numbers: Forecaster
    counts: Forecaster

    def __call__(
        self,
        history: NDArray[Any],
        horizons: int,
        samples: int,
        rng: np.random.Generator,
        link: str = "identity",
        *,
        lowest: float = -np.inf,
        fell: Counter[str] | None = None,
    ) -> Numbers:
        """Samples (horizons, samples) of the periods after the history, on the scale of the history.

        ``lowest`` is the floor of the scale, where it has one (the log of the observable's floor): lower samples
        count as the floor, as lower observations do. ``fell`` counts the fits that fell back to drift, by baseline.
        Raises :class:`~amur.errors.AmurError` where the history has fewer than :data:`LEAST` values.
        """
        past, late = known(history)
        reach = late + horizons
        drifting = BASELINES["drift"]
        make, instead = (self.counts, drifting.counts) if link == "count" else (self.numbers, drifting.numbers)
        try:
            drawn = make(past, reach, samples, rng)
            if not np.isfinite(drawn).all():
                raise UnfitError
        except UnfitError:
            if fell is not None:
                fell[self.name] += 1
            drawn = instead(past, reach, samples, rng)
        return np.maximum(drawn[late:], lowest)


def known(history: NDArray[Any]) -> tuple[Numbers, int]:
    """The history from its first value to its last, and how many periods without a value follow the last."""
    values = np.asarray(history, np.float64)
    there = np.flatnonzero(np.isfinite(values))
    if len(there) < LEAST:
        problem = f"a forecast from {len(there)} values"
        raise AmurError(problem, mend=f"A baseline needs at least {LEAST}; start at a later origin.")
    return values[there[0] : there[-1] + 1], len(values) - 1 - int(there[-1])


DESCRIPTIONS: dict[str, str] = {
    "persistence": "The last value stays. Spreads are those of past changes over as many years. Counts: negative"
    f" binomial about the mean of the last {COUNTED}.",
    "drift": "A random walk with drift: the mean yearly change of the past goes on, with unsure step and spread."
    f" Counts: the mean of the last {COUNTED} moves on along the trend of the last {TREND}.",
    "conflictology": f"Draws from the last {RECENT} values themselves, as the baseline of that name of VIEWS does for"
    " months.",
    "ar1": f"First-order autoregression by least squares, with unsure parameters; from {ENOUGH} values on. Counts:"
    " Poisson with a mean that follows the last count.",
    "ets": "Exponential smoothing (AutoETS of statsforecast, additive errors, trend or none, by AICc); from"
    f" {ENOUGH} values on. Counts: the same on the square-root scale, rounded.",
    "arima": "ARIMA of orders up to two (AutoARIMA of statsforecast, by AICc); from"
    f" {ENOUGH} values on. Counts: the same on the square-root scale, rounded.",
}
"""What each baseline does, in words for the published page."""

BASELINES: dict[str, Baseline] = {
    name: Baseline(name, DESCRIPTIONS[name], of_numbers, of_counts)
    for name, of_numbers, of_counts in (
        ("persistence", numbers.persistence, counts.persistence),
        ("drift", numbers.drift, counts.drift),
        ("conflictology", numbers.conflictology, numbers.conflictology),
        ("ar1", numbers.ar1, counts.ar1),
        ("ets", numbers.ets, counts.on_roots(numbers.ets)),
        ("arima", numbers.arima, counts.on_roots(numbers.arima)),
    )
}
