"""Prior distributions of parameters: sampled on the host, scored in JAX, bounded where the quantity is.

Each is given by what an analyst can judge: a middle and a spread. ``sample`` draws with NumPy (the same seed,
the same draws), ``log_density`` is differentiable, ``quantile`` is exact; ``to_real``/``from_real`` map the
support to the real line and back for samplers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy import stats
from numpy.typing import NDArray

type Array = jax.Array
type Numbers = NDArray[np.float64]


class Prior(Protocol):
    """What every prior can do."""

    @property
    def low(self) -> float:
        """The lowest value possible."""
        ...

    @property
    def high(self) -> float:
        """The highest value possible."""
        ...

    @property
    def words(self) -> str:
        """The distribution as printed."""
        ...

    def quantile(self, at: Numbers) -> Numbers:
        """The value below which the share ``at`` of the prior lies."""
        ...

    def log_density(self, value: Array) -> Array:
        """Log density at a value inside the support."""
        ...

    def to_real(self, value: Array) -> Array:
        """The value on the real line."""
        ...

    def from_real(self, real: Array) -> tuple[Array, Array]:
        """The value for a point of the real line, and the log of the derivative there."""
        ...


@dataclass(frozen=True)
class Normal:
    """A normal prior on the whole line: ``middle`` plus or minus ``spread`` (one standard deviation)."""

    middle: float
    spread: float
    low: float = float("-inf")
    high: float = float("inf")

    @property
    def words(self) -> str:
        """The distribution as printed."""
        return f"normal, {self.middle:g} ± {self.spread:g}"

    def quantile(self, at: Numbers) -> Numbers:
        """The value below which the share ``at`` of the prior lies."""
        from scipy.special import ndtri

        return np.asarray(self.middle + self.spread * ndtri(at))

    def log_density(self, value: Array) -> Array:
        """Log density."""
        return stats.norm.logpdf(value, self.middle, self.spread)

    def to_real(self, value: Array) -> Array:
        """Standardised."""
        return (value - self.middle) / self.spread

    def from_real(self, real: Array) -> tuple[Array, Array]:
        """Back from standardised."""
        return self.middle + self.spread * real, jnp.full_like(real, np.log(self.spread))


@dataclass(frozen=True)
class LogNormal:
    """A positive number: its median, and ``factor``, by which one standard deviation multiplies or divides it."""

    median: float
    factor: float
    low: float = 0.0
    high: float = float("inf")

    @property
    def words(self) -> str:
        """The distribution as printed."""
        return f"lognormal, median {self.median:g}, times or divided by {self.factor:g}"

    def quantile(self, at: Numbers) -> Numbers:
        """The value below which the share ``at`` of the prior lies."""
        from scipy.special import ndtri

        return np.asarray(self.median * self.factor ** ndtri(at))

    def log_density(self, value: Array) -> Array:
        """Log density of a positive value."""
        spread = float(np.log(self.factor))
        return stats.norm.logpdf(jnp.log(value), float(np.log(self.median)), spread) - jnp.log(value)

    def to_real(self, value: Array) -> Array:
        """Standardised logarithm."""
        return (jnp.log(value) - float(np.log(self.median))) / float(np.log(self.factor))

    def from_real(self, real: Array) -> tuple[Array, Array]:
        """Back from the standardised logarithm."""
        spread = float(np.log(self.factor))
        value = self.median * jnp.exp(spread * real)
        return value, jnp.log(value) + float(np.log(spread))


@dataclass(frozen=True)
class Beta:
    """A number between ``low`` and ``high``: its mean as a share of the way, and ``weight``, how firmly it is held.

    ``weight`` is the sum of the two shape parameters: 4 is loose, 40 firm.
    """

    mean: float
    weight: float
    low: float = 0.0
    high: float = 1.0

    @property
    def words(self) -> str:
        """The distribution as printed."""
        middle = self.low + self.mean * (self.high - self.low)
        return f"beta on {self.low:g} to {self.high:g}, mean {middle:g}, weight {self.weight:g}"

    @property
    def _shapes(self) -> tuple[float, float]:
        return self.mean * self.weight, (1 - self.mean) * self.weight

    def quantile(self, at: Numbers) -> Numbers:
        """The value below which the share ``at`` of the prior lies."""
        from scipy.special import betaincinv

        share = betaincinv(*self._shapes, at)
        return np.asarray(self.low + (self.high - self.low) * share)

    def log_density(self, value: Array) -> Array:
        """Log density of a value between the bounds."""
        share = (value - self.low) / (self.high - self.low)
        return stats.beta.logpdf(share, *self._shapes) - float(np.log(self.high - self.low))

    def to_real(self, value: Array) -> Array:
        """Log-odds of the share of the way."""
        share = (value - self.low) / (self.high - self.low)
        return jnp.log(share) - jnp.log1p(-share)

    def from_real(self, real: Array) -> tuple[Array, Array]:
        """Back from the log-odds."""
        share = jax.nn.sigmoid(real)
        slope = jax.nn.log_sigmoid(real) + jax.nn.log_sigmoid(-real) + float(np.log(self.high - self.low))
        return self.low + (self.high - self.low) * share, slope


def sample(prior: Prior, uniforms: Any) -> Numbers:
    """Draws of a prior from uniform numbers between 0 and 1 (by inversion, so that draws can be paired)."""
    return prior.quantile(np.asarray(uniforms, dtype=float))
