"""From the path of the model to what can be seen, and the same from the record, aligned period by period.

``observed(record)`` and ``predict(path, p)`` give arrays over the same years and quarters by the names of
:data:`~amur.system.observables.OBSERVABLES`; ``replicate`` adds the scatter that the measurement models declare, so
that a prior or posterior predictive check can ask how often the record lies inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.record import periods
from amur.system import measurement
from amur.system.declare import Array, Parameters
from amur.system.history import CODED, RULES, history, present
from amur.system.observables import FREEDOM, KEEP, OBSERVABLES, Observable

if TYPE_CHECKING:
    from amur.record.coded.codings import Reading
    from amur.record.record import Record

type Numbers = NDArray[np.float64]

__all__ = ["CATEGORIES", "FREEDOM", "KEEP", "OBSERVABLES", "Category", "Observed", "coverage", "linked", "observed", "odds", "predict", "replicate", "unlinked", "years_of"]  # fmt: skip


class Category(NamedTuple):
    """A coded decision as something seen: its log odds come from the run (``Setting(odds=True)``)."""

    name: str
    source: str
    options: tuple[str, ...]


class Observed(NamedTuple):
    """What the record shows: values by observable, NaN where it is silent, and options by decision.

    ``values`` are over ``years`` or ``quarters`` as each observable's frequency says; ``options`` over quarters.
    """

    values: dict[str, Numbers]
    options: dict[str, NDArray[np.int32]]
    years: tuple[str, ...]
    quarters: tuple[str, ...]


def _categories() -> dict[str, Category]:
    from amur.system.decisions import OPTIONS

    return {
        name: Category(name, RULES[name], tuple(option.name.lower() for option in options))
        for name, options in OPTIONS.items()
        if name in CODED or name in ("taiwan", "wedge", "treaty")
    }


CATEGORIES: dict[str, Category] = _categories()


def observed(record: Record | None = None, until: str | None = None, reading: Reading = "main") -> Observed:
    """What the record shows of every observable, aligned to the years and quarters of its history.

    A year counts once it is over. On a record that is cut nothing of later is seen.
    """
    from amur.system.decisions import Decisions

    record = record or present()
    quarters, labels = history(record, until, reading)
    years = years_of(labels)
    values = {name: _aligned(made, record, years, labels) for name, made in OBSERVABLES.items()}
    fixed = np.asarray(quarters.fixed)
    options = {name: fixed[:, Decisions._fields.index(name)] for name in CATEGORIES}
    return Observed(values, options, years, labels)


def years_of(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The years of which all four quarters are there."""
    return tuple(label[:4] for label in labels if label.endswith("Q4") and f"{label[:4]}-Q1" in labels)


def _aligned(made: Observable, record: Record, years: tuple[str, ...], quarters: tuple[str, ...]) -> Numbers:
    """The record's values along the years or quarters; shorter periods are averaged into the observable's."""
    parts: dict[str, list[float]] = {}
    for period, value in made.read(record).items():
        short = periods.frequency_of(period) != made.frequency
        parts.setdefault(periods.inside(period, made.frequency) if short else period, []).append(value)
    along = years if made.frequency == "A" else quarters
    kept = {period: float(np.mean(values)) for period, values in parts.items() if period not in made.without}
    return np.array([kept.get(period, np.nan) for period in along])


def predict(path: Any, p: Parameters, labels: tuple[str, ...]) -> dict[str, Array]:
    """What the model gives for every observable: name to (years or quarters, members), in the unit of the observable.

    ``path`` is what :func:`~amur.system.run.run` returned, or its kept quantities by name (at least :data:`KEEP`);
    ``labels`` name its quarters. Counts are expected counts, an ordered observable is its place on the latent scale.
    """
    kept: Mapping[str, Array] = path if isinstance(path, Mapping) else path.kept
    now = SimpleNamespace(**{name: kept[name] for name in KEEP})
    many = len(years_of(labels))
    first = labels.index(f"{years_of(labels)[0]}-Q1") if many else 0
    made: dict[str, Array] = {}
    for name, each in OBSERVABLES.items():
        value = each.predict(now, p)
        if each.frequency == "A":
            quarters = value[first : first + 4 * many].reshape(many, 4, *value.shape[1:])
            value = quarters.mean(axis=1) if each.gather == "mean" else quarters[:, 3]
        made[name] = value
    return made


def odds(path: Any) -> dict[str, Array]:
    """Log probabilities of the options of each coded decision, (quarters, options, members), from a run with odds."""
    return {name: path.odds[name] for name in CATEGORIES}


def linked(made: Observable, shown: Any) -> Array:
    """A value on the scale on which record and model are compared; NaN stays NaN."""
    value: Array = jnp.asarray(shown)
    if made.link == "log":
        return jnp.log(jnp.maximum(value, made.floor))
    if made.link == "logit":
        inside = jnp.clip(value, made.floor, 1 - made.floor)
        return jnp.log(inside / (1 - inside))
    return value


def replicate(predicted: Mapping[str, Any], p: Parameters, seed: int) -> dict[str, Numbers]:
    """Draws of what the record might have shown: predictions with the scatter of their measurement models.

    Each observable has a stream of its own, keyed by seed and name. Codes of an ordered observable come out as codes.
    """
    made: dict[str, Numbers] = {}
    for name, value in predicted.items():
        draw = np.random.default_rng([seed, *name.encode()])
        made[name] = _scattered(OBSERVABLES[name], np.asarray(value, float), p, draw)
    return made


def _scattered(made: Observable, value: Numbers, p: Parameters, draw: np.random.Generator) -> Numbers:
    if made.model == "count":
        return measurement.draw_counts(
            made, value, measurement.unseen(made, p), p, (draw.random(value.shape), draw.random(value.shape))
        )
    if made.model == "ordered":
        return codes(made, value + draw.logistic(size=value.shape), p)
    kept = np.asarray(measurement.lasting(made, p), float)
    shocks = draw.standard_t(FREEDOM, value.shape)
    off = np.empty_like(value)
    for step in range(len(value)):
        off[step] = shocks[step] if step == 0 else kept * off[step - 1] + np.sqrt(1 - kept**2) * shocks[step]
    scale = np.asarray(measurement.scale(made, p, len(value)), float)
    return unlinked(made, np.asarray(linked(made, value), float) + scale * off)


def codes(made: Observable, latent: Numbers, p: Parameters) -> Numbers:
    """Codes of an ordered observable from where it stands on the latent scale, noise included."""
    first, step = (np.asarray(getattr(p, name), float) for name in made.scales)
    cuts = [first + step * place for place in range(int(made.unit.rpartition("-")[2]))]
    return np.sum([latent > cut for cut in cuts], axis=0).astype(float)


def unlinked(made: Observable, value: Numbers) -> Numbers:
    """A value back from the scale of comparison."""
    if made.link == "log":
        return np.exp(np.minimum(value, 50.0))
    if made.link == "logit":
        return np.asarray(1 / (1 + np.exp(-value)))
    return value


def coverage(shown: Numbers, drawn: Any, inside: float = 0.9, name: str = "") -> tuple[float, int]:
    """Share of the record's values inside the middle range of the draws (periods, members), and how many there are.

    With the ``name`` of the observable both are put on its scale of comparison first, so that values below its floor
    count as the floor. The share is NaN where the record is silent.
    """
    there = np.isfinite(shown)
    if not there.any():
        return float("nan"), 0
    recorded, draws = shown[there], np.asarray(drawn, float)[there]
    if name:
        made = OBSERVABLES[name]
        recorded, draws = (np.asarray(linked(made, value), float) for value in (recorded, draws))
    low, high = np.quantile(draws, [(1 - inside) / 2, (1 + inside) / 2], axis=1)
    return float(np.mean((recorded >= low) & (recorded <= high))), int(there.sum())
