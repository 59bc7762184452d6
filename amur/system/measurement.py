"""How record and model lie apart: discrepancies that last, on the scale of comparison, and counts about what is expected.

A series' discrepancy over its scale is an autoregression of order one with Student-t shocks; the scale falls from
the rough statistics of 1992 to that of today. A count is Poisson about its expectation times a factor that is gamma
about 1 and lasts: each count seen moves it (the gamma's shape grows by the count, its rate by the expectation), and each
period takes it back toward 1 by what does not last. Such a factor can be filtered exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax.scipy.special import gammaln
from numpy.typing import NDArray
from scipy import special

from amur.system.declare import Array

if TYPE_CHECKING:
    from amur.system.observables import Observable

type Numbers = NDArray[np.float64]

SMALL = 1e-6
"""No count is expected to be smaller."""
MOST = 1e4
"""None is expected to be larger."""


class Factor(NamedTuple):
    """What is known of the factor on a count: the shape and rate of its gamma, (members)."""

    shape: Any
    rate: Any


def lasting(made: Observable, p: Any) -> Any:
    """The share of a discrepancy that is left a period later, (members)."""
    return getattr(p, made.lasting)


def scale(made: Observable, p: Any, periods: int) -> Any:
    """The scale of the discrepancy by period from 1992 on, (periods, members)."""
    since = np.arange(periods)[:, None] / (1.0 if made.frequency == "A" else 4.0)
    return getattr(p, made.scales[0]) * (1 + p.rough_start * jnp.exp(-since / p.rough_years))


def unseen(made: Observable, p: Any) -> Factor:
    """The factor on a count before anything is seen."""
    breadth = getattr(p, made.scales[0])
    return Factor(breadth, breadth)


def seen(now: Factor, count: Any, expected: Any) -> Factor:
    """The factor once a count is seen."""
    return Factor(now.shape + count, now.rate + expected)


def later(now: Factor, made: Observable, p: Any) -> Factor:
    """The factor a period later."""
    kept, first = lasting(made, p), unseen(made, p)
    return Factor(*(kept * value + (1 - kept) * begin for value, begin in zip(now, first, strict=True)))


def count_densities(made: Observable, counts: Array, there: Array, expected: Array, p: Any) -> Array:
    """Log density of each count given those before it, (periods, members).

    ``counts`` and ``there`` are (periods,), ``expected`` (periods, members). The predictive is negative binomial; the gamma
    of the factor is what its filter leaves, all periods at once: its beginning and what lasts of all that was seen.
    """
    since = np.arange(len(counts))[:, None] - np.arange(len(counts))
    remembered = jnp.where(since > 0, there, False)[..., None]  # (now, then, 1)
    left = jnp.exp(jnp.maximum(since, 0)[..., None] * jnp.log(lasting(made, p)))
    memory = jnp.where(remembered, left, 0.0)
    mean = jnp.clip(expected, SMALL, MOST)
    shape, rate = (
        first + jnp.sum(memory * then, axis=1)
        for first, then in zip(unseen(made, p), (counts[:, None], mean), strict=True)
    )
    counts = counts[:, None]
    return (  # type: ignore[no-any-return]
        gammaln(counts + shape) - gammaln(shape) - gammaln(counts + 1)
        - shape * jnp.log1p(mean / rate) + counts * jnp.log(mean / (rate + mean))
    )  # fmt: skip


def factor_after(made: Observable, counts: Numbers, expected: Numbers, p: Any) -> Factor:
    """The factor for the period after the last, given counts (periods,) (NaN: none) and expectations (periods, members)."""
    now = Factor(*(np.asarray(each, np.float64) for each in unseen(made, p)))
    for count, mean in zip(counts, np.clip(expected[: len(counts)], SMALL, MOST), strict=True):
        now = later(seen(now, count, mean) if np.isfinite(count) else now, made, p)
    return now


def draw_counts(
    made: Observable, expected: Numbers, now: Factor, p: Any, chances: tuple[Numbers, Numbers]
) -> Numbers:
    """Counts about what is expected, (periods, members), from what is known of the factor; each count drawn moves it on.

    ``chances`` are two arrays of uniform numbers in the shape of ``expected``; a greater one gives no smaller a count.
    """
    drawn = np.empty(expected.shape)
    for period, mean in enumerate(np.clip(expected, SMALL, MOST)):
        factor = special.gammaincinv(now.shape, chances[0][period]) / now.rate
        drawn[period] = poisson_quantile(chances[1][period], np.clip(mean * factor, SMALL, MOST))
        now = later(seen(now, drawn[period], mean), made, p)
    return drawn


def poisson_quantile(chance: Numbers, mean: Numbers) -> Numbers:
    """The smallest count whose distribution function reaches ``chance``."""
    found = np.maximum(np.ceil(special.pdtrik(chance, mean)), 0)
    fewer = np.maximum(found - 1, 0)
    return np.asarray(np.where(special.pdtr(fewer, mean) >= chance, fewer, found))
