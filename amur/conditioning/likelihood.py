"""How likely each observation is, given parameters: one row per item of the evidence, one column per member.

Series differ from the model by Student-t discrepancies that last (AR(1)); over a gap of k periods they keep the
persistence to the power k. Counts are negative binomial given those before, codes are ordered logits, and a coded decision has
the probability that the quantal response gave to what was chosen. What is missing has no row that counts.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from amur.conditioning.coordinates import Coordinates, log_prior, values
from amur.conditioning.evidence import FITTED, QUARTERS, Evidence, link_of
from amur.system import measurement
from amur.system.declare import Array
from amur.system.model import Model
from amur.system.observables import FREEDOM, OBSERVABLES, Observable
from amur.system.observe import CATEGORIES, KEEP, linked, odds, predict
from amur.system.parameters import Parameters
from amur.system.run import Path, Setting, run
from amur.system.start import initial
from amur.system.step import Quarter, apart


class Shown(NamedTuple):
    """An observable's record on its scale of comparison: values (0 where silent: not ``there``), and where the last was.

    ``before`` and ``after`` are the places of the observations before and after (its own where there is none), ``gap``
    the periods since (0 at the first) and ``ends`` 1 at the last.
    """

    value: Array
    there: Array
    before: Array
    after: Array
    gap: Array
    ends: Array


class Data(NamedTuple):
    """The evidence as arrays; every piece of evidence has the same shapes, so that nothing is compiled twice."""

    quarters: Quarter
    shown: dict[str, Shown]
    options: dict[str, Array]
    there: Array


def data(of: Evidence) -> Data:
    """Evidence as arrays on the device."""
    shown = {name: _shown(name, values) for name, values in of.shown.items()}
    options = {name: jnp.asarray(np.maximum(codes, 0)) for name, codes in of.options.items()}
    quarters = jax.tree.map(jnp.asarray, of.quarters)
    return Data(quarters, shown, options, jnp.asarray(of.there, jnp.float32))


def _shown(name: str, values: Any) -> Shown:
    there = np.isfinite(values)
    known = np.flatnonzero(there)
    before, after = np.arange(len(values)), np.arange(len(values))
    gap, ends = np.zeros((2, len(values)))
    before[known[1:]], after[known[:-1]], gap[known[1:]] = known[:-1], known[1:], np.diff(known)
    ends[known[-1:]] = 1
    scaled = np.nan_to_num(link_of(name, np.where(there, values, np.nan)))
    floats = (jnp.asarray(each, jnp.float32) for each in (gap, ends))
    return Shown(
        jnp.asarray(scaled, jnp.float32), jnp.asarray(there), jnp.asarray(before), jnp.asarray(after), *floats
    )


@jax.custom_vjp
def last_seen(off: Array, shown: Shown) -> Array:
    """The rows of the observations before; a first observation gets its own, which is not to be counted."""
    return off[shown.before]


def _last_forward(off: Array, shown: Shown) -> tuple[Array, Shown]:
    return off[shown.before], shown


def _last_back(shown: Shown, slope: Array) -> tuple[Array, None]:
    # Every observation is the one before of one other at most, so that slopes are looked up too and need not be added.
    follows = (shown.there & (shown.ends == 0))[:, None]
    return jnp.where(follows, slope[shown.after], 0.0), None


last_seen.defvjp(_last_forward, _last_back)


def item_densities(path: Path, p: Parameters, seen: Data, upto: Array) -> Array:
    """Log densities of all items, (items, members); 0 where there is no observation.

    ``upto`` is the last quarter run: any number, which keeps the compiler from merging all of it into one loop.
    """
    predicted = predict(path, p, QUARTERS)
    rows = [
        apart(upto, partial(observable_density, OBSERVABLES[name], predicted[name], seen.shown[name], p))
        for name in FITTED
    ]
    chances = odds(path)
    for name in CATEGORIES:
        picked = jax.nn.one_hot(seen.options[name], chances[name].shape[1])
        rows.append(jnp.sum(picked[..., None] * chances[name], axis=1))
    return jnp.where(seen.there[:, None] > 0, jnp.concatenate(rows), 0.0)


def observable_density(made: Observable, predicted: Array, shown: Shown, p: Parameters) -> Array:
    """Log density of each value of an observable given the one before it, (periods, members)."""
    value = shown.value[:, None]
    match made.model:
        case "student":
            # In units of the scale of its own time a discrepancy is stationary.
            scale, gap = measurement.scale(made, p, len(shown.value)), shown.gap[:, None]
            off = (value - linked(made, predicted)) / scale
            kept = jnp.where(gap > 0, jnp.exp(gap * jnp.log(measurement.lasting(made, p))), 0.0)
            left = jnp.sqrt(1 - kept**2)
            last = last_seen(off, shown)
            return student((off - kept * last) / left) - jnp.log(left * scale)
        case "count":
            return measurement.count_densities(made, shown.value, shown.there, predicted, p)
        case "ordered":
            first, apart = (getattr(p, name) for name in made.scales)
            return ordered(predicted, value, first, apart, int(made.unit.rpartition("-")[2]))
    raise ValueError(f"no density for {made.model}")


def student(standard: Array) -> Array:
    """Log density of a Student-t with :data:`FREEDOM` degrees of freedom."""
    n = FREEDOM
    constant = float(np.log(1 / np.sqrt(n * np.pi)) + _log_gamma((n + 1) / 2) - _log_gamma(n / 2))
    return constant - (n + 1) / 2 * jnp.log1p(standard**2 / n)


def _log_gamma(at: float) -> float:
    from math import lgamma

    return lgamma(at)


def ordered(latent: Array, code: Array, first: Array, apart: Array, top: int) -> Array:
    """Log probability of a code between 0 and ``top`` when logistic noise on ``latent`` is cut at equal steps."""
    upper = jnp.where(code >= top, jnp.inf, first + apart * code - latent)
    lower = jnp.where(code <= 0, -jnp.inf, first + apart * (code - 1) - latent)
    high = jnp.where(jnp.isinf(upper), 0.0, jax.nn.log_sigmoid(jnp.where(jnp.isinf(upper), 0.0, upper)))
    # log(F(upper) - F(lower)), stable: both from the logistic distribution function
    low = jnp.where(jnp.isinf(lower), -jnp.inf, jax.nn.log_sigmoid(jnp.where(jnp.isinf(lower), 0.0, lower)))
    return high + jnp.log1p(-jnp.exp(jnp.minimum(jnp.where(jnp.isinf(low), -1e9, low - high), -1e-6)))


SETTING = Setting(keep=KEEP, odds=True, slopes=True)
OPTIONS: dict[str, Any] = {"xla_llvm_disable_expensive_passes": True}
"""For the compiler: passes that take long and gain nothing here are left out."""


def _log_likelihood(
    model: Model, p: Parameters, seen: Data, weights: Array, upto: Array
) -> tuple[Array, tuple[Array, Array]]:
    path = run(SETTING._replace(model=model), initial(p), p, seen.quarters, upto=upto)
    items = item_densities(path, p, seen, upto)
    by_member = jnp.sum(jnp.where(weights[:, None] > 0, weights[:, None] * items, 0.0), axis=0)
    return jnp.sum(by_member), (by_member, items)


def _slopes(
    model: Model, at: Array, through: Coordinates, seen: Data, weights: Array, upto: Array
) -> tuple[Array, Array, Array]:
    made, back = jax.vjp(lambda point: values(point, through), at)
    # Slopes are taken by parameter and stacked after: those of a row of a matrix would each be as large as the matrix.
    (_, (likely, items)), by_parameter = jax.value_and_grad(partial(_log_likelihood, model), has_aux=True)(
        Parameters(*made), seen, weights, upto
    )
    prior, of_prior = jax.vjp(lambda point: log_prior(point, through), at)
    slope = back(jnp.stack(by_parameter))[0] + of_prior(jnp.ones_like(prior))[0]
    return prior + likely, slope, items


def slopes(
    model: Model, at: Array, through: Coordinates, seen: Data, weights: Array, upto: Array
) -> tuple[Array, Array, Array]:
    """The log target by member, its slopes (parameters, members), and the log densities of the items (items, members).

    ``at`` are points in coordinates (parameters, members). ``weights`` (items) temper: 1 counts in full, 0 not at all.
    ``upto`` is the number of the last quarter run.
    """
    found: tuple[Array, Array, Array] = _compiled(model)(at, through, seen, weights, upto)
    return found


@cache
def _compiled(model: Model) -> Any:
    """The slopes of a model, compiled once."""
    return jax.jit(partial(_slopes, model), compiler_options=OPTIONS)
