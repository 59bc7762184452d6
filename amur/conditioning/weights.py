"""Weights of rival readings through time, from the log evidence that each year brought.

Two kinds stand side by side because no reading is true. *Prequential* weights are posterior probabilities: prior times
evidence to date. They answer which reading would be right if one were, they run to one reading as data grow, and they
feel how wide priors are. *Stacking* weights (Yao, Vehtari, Simpson and Gelman 2018) are those with which the mixture of
readings would have foretold the years so far best. Every increment is a forecast made before its year, so this is
stacking that leaves the future out. The mean log score is concave in the weights: Newton's method finds its one maximum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from amur.errors import AmurError, nearest

type Numbers = NDArray[np.float64]
type Kind = Literal["prequential", "stacking"]

KINDS: tuple[Kind, ...] = ("prequential", "stacking")
STRENGTH = 1.0
"""The Dirichlet prior of stacking weights counts as much as this many years in which every reading did equally well."""


class Weights(NamedTuple):
    """Weights by year: ``values`` (years, readings) at the end of each year, ``start`` (readings,) before the first."""

    readings: tuple[str, ...]
    years: tuple[str, ...]
    values: Numbers
    start: Numbers

    @property
    def before(self) -> Numbers:
        """The weights at the end of the year before each, (years, readings)."""
        return np.vstack([self.start, self.values[:-1]]) if len(self.values) else self.values

    def at(self, year: str) -> dict[str, float]:
        """The weights at the end of a year; before the first year those at the start. AmurError after the last."""
        if self.years and year < self.years[0]:
            return dict(zip(self.readings, self.start.tolist(), strict=True))
        if year not in self.years:
            mend = f"The last is {self.years[-1]}." if self.years else ""
            raise AmurError(f"there are no weights for '{year}'", field="origin", mend=mend)
        return dict(zip(self.readings, self.values[self.years.index(year)].tolist(), strict=True))


def prequential(
    increments: Mapping[str, Numbers], years: Sequence[str], prior: Mapping[str, float] | None = None
) -> Weights:
    """Posterior probabilities of the readings at the end of each year; ``prior`` is even unless given.

    >>> weights = prequential({"a": np.log([0.5, 0.5]), "b": np.log([0.25, 0.25])}, ("2000", "2001"))
    >>> weights.values.round(2).tolist()
    [[0.67, 0.33], [0.8, 0.2]]
    """
    scores, start = _checked(increments, years, prior)
    return Weights(
        tuple(increments),
        tuple(years),
        special.softmax(np.log(start) + np.cumsum(scores, axis=0), axis=1),
        start,
    )


def stacking(
    increments: Mapping[str, Numbers],
    years: Sequence[str],
    prior: Mapping[str, float] | None = None,
    strength: float = STRENGTH,
) -> Weights:
    """Weights at the end of each year that maximise the log score of the mixture over the years to then.

    A Dirichlet prior worth ``strength`` years (above 0) around ``prior`` (even unless given) is added, so that the maximum
    is one and inside, and the first years do not decide alone.
    """
    scores, start = _checked(increments, years, prior)
    made, now = np.empty_like(scores), start
    for last in range(len(scores)):
        made[last] = now = stack(scores[: last + 1], start, strength, guess=now)
    return Weights(tuple(increments), tuple(years), made, start)


def stack(
    scores: Numbers,
    prior: Numbers,
    strength: float = STRENGTH,
    guess: Numbers | None = None,
    often: Numbers | None = None,
) -> Numbers:
    """Weights (readings,) that maximise ``sum log(exp(scores) @ w) + strength * prior @ log(w)`` over the simplex.

    ``scores`` are (items, readings) log densities: of years, or of single observations; each counts ``often`` times (items,),
    once unless told. The answer is within 1e-8 of the maximum, which the gradient proves. AmurError where an item is
    impossible under every reading.
    """
    top = scores.max(axis=1, keepdims=True)
    if not np.isfinite(top).all() or strength <= 0 or (prior <= 0).any():
        raise AmurError(
            "an observation is impossible under every reading, or the prior has no weight somewhere",
            field="weights",
            mend="Give every reading a weight above 0, and leave out what no reading allows.",
        )
    likely, counts = np.exp(scores - top), strength * prior
    each = np.ones(len(scores)) if often is None else often

    def value(w: Numbers) -> float:
        return float(each @ np.log(likely @ w) + counts @ np.log(w))

    w = prior / prior.sum() if guess is None else guess
    mass = each.sum() + counts.sum()
    for _ in range(200):
        share = likely / (likely @ w)[:, None]
        slope = each @ share + counts / w
        if slope.max() - mass < 1e-8:
            break
        bend = (each[:, None] * share).T @ share + np.diag(counts / w**2)
        toward = np.linalg.solve(bend, np.column_stack([slope, np.ones_like(w)]))
        step = toward[:, 0] - toward[:, 1] * toward[:, 0].sum() / toward[:, 1].sum()
        size = min(1.0, 0.99 / max(float((-step / w).max()), 1e-12))
        while size > 1e-12 and value(w + size * step) < value(w) + 1e-4 * size * float(slope @ step):
            size /= 2
        w = w + size * step
        w = w / w.sum()
    return w


def over_mixture(densities: Numbers, weights: Numbers) -> Numbers:
    """Log densities (rows, readings) in nats over that of their mixture with weights (rows, readings), in bits."""
    if not len(densities):
        return np.zeros_like(densities)
    return np.asarray((densities - special.logsumexp(densities, axis=1, b=weights, keepdims=True)) / np.log(2))


def pseudo_bma(
    increments: Mapping[str, Numbers], years: Sequence[str], draws: int = 1000, seed: int = 0
) -> dict[str, float]:
    """Pseudo-BMA+ over all years: softmax of the total log score, averaged over a Bayesian bootstrap of the years."""
    scores, _ = _checked(increments, years, None)
    shares = np.random.default_rng(seed).dirichlet(np.ones(len(scores)), draws)
    return dict(
        zip(increments, special.softmax(len(scores) * shares @ scores, axis=1).mean(0).tolist(), strict=True)
    )


def at_origin(
    increments: Mapping[str, Numbers],
    years: Sequence[str],
    origin: str,
    kind: Kind = "stacking",
    prior: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Weights of the forecast mixture at the end of the year ``origin``, from the years to then and nothing after."""
    many = sum(year <= origin for year in years)
    made = _rule(kind)({name: each[:many] for name, each in increments.items()}, tuple(years)[:many], prior)
    return made.at(origin) if many else dict(zip(made.readings, made.start.tolist(), strict=True))


class Error(NamedTuple):
    """Monte Carlo error of pooled runs: of each reading's log evidence (nats) and of the weights at each year's end."""

    evidence: dict[str, float]
    spread: dict[str, float]
    weights: dict[Kind, Numbers]


def pooled(runs: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Increments of several runs, (seeds, years), in one: the evidence to date is the mean of the runs' (unbiased)."""
    made = {}
    for name, each in runs.items():
        totals = np.cumsum(each, axis=1)
        whole = special.logsumexp(totals, axis=0) - np.log(len(each))
        made[name] = np.diff(whole, prepend=0.0)
    return made


def monte_carlo(
    runs: Mapping[str, Numbers],
    years: Sequence[str],
    prior: Mapping[str, float] | None = None,
    draws: int = 100,
    seed: int = 0,
) -> Error:
    """How far pooled results would move if the runs, (seeds, years) by reading, were made again.

    ``spread`` is the standard deviation of one run's log evidence and ``evidence`` the standard error of the mean of the
    runs. Errors of the weights come from a bootstrap of the seeds within each reading, corrected for their small number.
    AmurError for fewer than two runs of a reading.
    """
    for name, each in runs.items():
        if len(each) < 2:
            raise AmurError(f"{name} has one run only", field="runs", mend="Give two seeds or more.")
    spread = {name: float(each.sum(1).std(ddof=1)) for name, each in runs.items()}
    rng = np.random.default_rng(seed)
    found: dict[Kind, list[Numbers]] = {"prequential": [], "stacking": []}
    for _ in range(draws):
        again = pooled({name: each[rng.integers(len(each), size=len(each))] for name, each in runs.items()})
        for kind, list_ in found.items():
            list_.append(_rule(kind)(again, years, prior).values)
    seeds = min(len(each) for each in runs.values())
    small = np.sqrt(seeds / (seeds - 1))
    return Error(
        {name: float(spread[name] / np.sqrt(len(each))) for name, each in runs.items()},
        spread,
        {kind: small * np.std(each, axis=0) for kind, each in found.items()},
    )


class Variant(NamedTuple):
    """Weights at the end under other priors or less evidence: how far they lie from the base, and who leads.

    ``evidence`` is each reading's log evidence (nats); ``moved`` is the weight that changed hands (total variation).
    """

    name: str
    kind: Kind
    weights: dict[str, float]
    evidence: dict[str, float]
    leader: str
    moved: float


def sensitivity(
    base: Mapping[str, Numbers],
    others: Mapping[str, Mapping[str, Numbers]],
    years: Sequence[str],
    prior: Mapping[str, float] | None = None,
) -> tuple[Variant, ...]:
    """Weights at the end of the last year for the base run and each other (wider priors, a block left out), both kinds.

    All must have the readings of the base. Log evidence of different variants is not on one scale when data were left out.
    """
    rows = []
    for kind in KINDS:
        start: dict[str, float] = {}
        for name, increments in {"base": base, **others}.items():
            if set(increments) != set(base):
                raise AmurError(
                    f"'{name}' has other readings than the base",
                    field="readings",
                    mend="Run the same readings.",
                )
            ordered = {reading: increments[reading] for reading in base}
            weights = _rule(kind)(ordered, years, prior).at(years[-1])
            start = start or weights
            moved = sum(abs(weights[reading] - start[reading]) for reading in base) / 2
            evidence = {reading: float(np.sum(each)) for reading, each in ordered.items()}
            rows.append(Variant(name, kind, weights, evidence, max(weights, key=lambda r: weights[r]), moved))
    return tuple(rows)


def _rule(kind: str) -> Callable[..., Weights]:
    rules: dict[str, Callable[..., Weights]] = {"prequential": prequential, "stacking": stacking}
    if kind not in rules:
        raise AmurError(
            f"there are no weights of the kind '{kind}'",
            field="kind",
            mend=nearest(kind, KINDS) or f"Choose one of: {', '.join(KINDS)}.",
        )
    return rules[kind]


def _checked(
    increments: Mapping[str, Numbers], years: Sequence[str], prior: Mapping[str, float] | None
) -> tuple[Numbers, Numbers]:
    """Increments as (years, readings) and the prior weights (readings,), summing to one."""
    for name, each in increments.items():
        if len(each) != len(years) or np.isnan(each).any() or np.isposinf(each).any():
            raise AmurError(
                f"the evidence of {name} is not one number for each of {len(years)} years",
                field="increments",
                mend="Condition the reading again.",
            )
    start = np.array([1.0 if prior is None else prior.get(name, 0.0) for name in increments])
    if not len(start) or (start <= 0).any() or not np.isfinite(start).all():
        raise AmurError(
            "every reading needs a prior weight above 0", field="prior", mend="Leave out the readings without."
        )
    scores = np.stack([np.asarray(each, float) for each in increments.values()], axis=1)
    return scores.reshape(len(years), len(start)), start / start.sum()
