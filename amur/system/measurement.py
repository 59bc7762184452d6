"""How record and model lie apart: discrepancies that last, on the scale of comparison, and counts about what is expected.

A series' discrepancy over its scale is an autoregression of order one with Student-t shocks; the scale falls from
the rough statistics of 1992 to that of today. A count is Poisson about its expectation times a factor that is gamma
about 1 and lasts: each count seen moves it (the gamma's shape grows by the count, its rate by the expectation), and each
period takes it back toward 1 by what does not last. Such a factor can be filtered exactly.

Events that are kept on a calendar scatter less than Poisson. They are counted as Winkelmann (1995) does: an event is the last
of ``regular`` steps, the steps are Poisson and a period begins anywhere between two events; each event seen counts as that
many steps of the filter. With one step it is Poisson.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
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
HALF_LOG_TAU = float(0.5 * np.log(2 * np.pi))


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


def seen(now: Factor, count: Any, expected: Any, regular: int = 1) -> Factor:
    """The factor once a count is seen."""
    return Factor(now.shape + regular * count, now.rate + regular * expected)


def later(now: Factor, made: Observable, p: Any) -> Factor:
    """The factor a period later."""
    kept, first = lasting(made, p), unseen(made, p)
    return Factor(*(kept * value + (1 - kept) * begin for value, begin in zip(now, first, strict=True)))


def count_densities(made: Observable, counts: Array, there: Array, expected: Array, p: Any) -> Array:
    """Log density of each count given those before it, (periods, members).

    ``counts`` and ``there`` are (periods,), ``expected`` (periods, members). Steps are negative binomial; the gamma of the
    factor is what its filter leaves.
    """
    mean = jnp.clip(expected, SMALL, MOST)

    def a_period_on(now: Factor, each: tuple[Array, Array, Array]) -> tuple[Factor, Factor]:
        count, known, about = each
        after = seen(now, jnp.where(known, count, 0.0), jnp.where(known, about, 0.0), made.regular)
        return later(after, made, p), now

    _, (shape, rate) = jax.lax.scan(a_period_on, unseen(made, p), (counts, there, mean))
    counts, mean = counts[:, None], made.regular * mean
    first = jnp.maximum(made.regular * (counts - 1) + 1, 0.0)
    fewest = (
        log_gamma(first + shape) - log_gamma(shape) - log_gamma(first + 1)
        - shape * jnp.log1p(mean / rate) + first * jnp.log(mean / (rate + mean))
    )  # fmt: skip
    return fewest + jnp.log(_over_steps(counts, first, shape, mean / (rate + mean), made.regular))  # type: ignore[no-any-return]


def log_gamma(at: Any) -> Any:
    """The logarithm of the gamma function of a positive number, to 1e-8 of its size.

    Stirling's series four further on, and the way back: a tenth of the work of the library's, which also holds for
    negative numbers, and that of its slope with it.
    """
    far = at + 4
    less = 1 / far
    series = less * (1 / 12 - less**2 * (1 / 360 - less**2 / 1260))
    return (
        (far - 0.5) * jnp.log(far) - far + HALF_LOG_TAU + series - jnp.log(at * (at + 1) * (at + 2) * (at + 3))
    )


def _over_steps(count: Any, first: Any, shape: Any, more: Any, regular: int) -> Any:
    """The probability of a count over that of the fewest steps that make it; ``more`` is the chance of one step more.

    Steps ``regular`` times the count make it wherever the period began, others in proportion to how near they are.
    """
    total: Any = 0.0
    steps, chance = first, 1.0
    for _ in range(2 * regular - 1):
        total = total + chance * jnp.maximum(1 - abs(steps - regular * count) / regular, 0.0)
        chance = chance * (shape + steps) / (steps + 1) * more
        steps = steps + 1
    return total


def factor_after(made: Observable, counts: Numbers, expected: Numbers, p: Any) -> Factor:
    """The factor for the period after the last, given counts (periods,) (NaN: none) and expectations (periods, members)."""
    now = Factor(*(np.asarray(each, np.float64) for each in unseen(made, p)))
    for count, mean in zip(counts, np.clip(expected[: len(counts)], SMALL, MOST), strict=True):
        now = later(seen(now, count, mean, made.regular) if np.isfinite(count) else now, made, p)
    return now


def at_most(made: Observable, count: float, expected: Numbers, now: Factor) -> Numbers:
    """The probability of no more than ``count``, (members), from what is known of the factor."""
    share = now.rate / (now.rate + made.regular * expected)
    return _by_phase(lambda steps: special.betainc(now.shape, steps + 1, share), count, made.regular)


def draw_counts(
    made: Observable, expected: Numbers, now: Factor, p: Any, chances: tuple[Numbers, Numbers]
) -> Numbers:
    """Counts about what is expected, (periods, members), from what is known of the factor; each count drawn moves it on.

    ``chances`` are two arrays of uniform numbers in the shape of ``expected``; a greater one gives no smaller a count.
    """
    drawn = np.empty(expected.shape)
    for period, mean in enumerate(np.clip(expected, SMALL, MOST)):
        factor = special.gammaincinv(now.shape, chances[0][period]) / now.rate
        drawn[period] = count_quantile(chances[1][period], np.clip(mean * factor, SMALL, MOST), made.regular)
        now = later(seen(now, drawn[period], mean, made.regular), made, p)
    return drawn


def count_quantile(chance: Numbers, mean: Numbers, regular: int = 1) -> Numbers:
    """The smallest count whose distribution function reaches ``chance``, given its mean and steps to an event."""
    steps = poisson_quantile(chance, regular * mean)
    fewer = np.floor(steps / regular)
    # The quantile for each beginning of the period is this or one more, and so is that of all of them.
    reached = _by_phase(lambda most: special.pdtr(most, regular * mean), fewer, regular)
    return np.asarray(np.where(reached >= chance, fewer, fewer + 1)) if regular > 1 else steps


def _by_phase(no_more: Callable[[Any], Numbers], count: Any, regular: int) -> Numbers:
    """The distribution function at a count from that of steps (none below 0), wherever between two events the period began."""
    most = [regular * (count + 1) - 1 - begun for begun in range(regular)]
    return np.mean([np.where(each < 0, 0.0, no_more(np.maximum(each, 0))) for each in most], axis=0)


def poisson_quantile(chance: Numbers, mean: Numbers) -> Numbers:
    """The smallest count whose distribution function reaches ``chance``."""
    found = np.maximum(np.ceil(special.pdtrik(chance, mean)), 0)
    fewer = np.maximum(found - 1, 0)
    return np.asarray(np.where(special.pdtr(fewer, mean) >= chance, fewer, found))
