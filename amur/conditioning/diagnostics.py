"""How conditioning went: stages, what the record taught about each parameter, whether repeated runs agree.

Names are those that users of ArviZ know. Members of a run are draws; runs with other seeds stand for chains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from amur.conditioning.condition import BEFORE
from amur.conditioning.coordinates import draws
from amur.conditioning.evidence import FITTED, QUARTERS, YEARS
from amur.conditioning.result import Conditioned
from amur.errors import AmurError
from amur.system.observables import OBSERVABLES
from amur.system.parameters import NAMES, Parameters

if TYPE_CHECKING:
    from xarray import DataTree

    from amur.conditioning.evidence import Evidence

type Numbers = NDArray[np.float64]
type Word = Literal["data-driven", "informed", "prior-driven"]

DRIVEN, INFORMED = 0.5, 0.1
"""Contraction above which a parameter is data-driven, and above which it is at least informed."""
PRIOR_DRAWS = 4096


class Health(NamedTuple):
    """A run in a line: the least effective sample size and share of unique members of any year, mean acceptance and
    squared jump a year, the temperatures of all years together, and the year of the least effective sample size."""

    reading: str
    members: int
    ess: float
    unique: float
    acceptance: float
    moved: float
    temperatures: int
    worst: str


def stages(run: Conditioned) -> tuple[dict[str, Any], ...]:
    """A row per year: log evidence, number of temperatures, ESS, unique members, acceptance, step size, jump."""
    return tuple({**stage._asdict(), "temperatures": len(stage.temperatures)} for stage in run.stages)


def health(run: Conditioned) -> Health:
    """The rows of :func:`stages` in one. AmurError for a run without stages (a reading without parameters)."""
    if not run.stages:
        raise AmurError(f"'{run.reading}' was not sampled", field="reading", mend="Name one with parameters.")
    worst = min(run.stages, key=lambda stage: stage.ess)
    return Health(
        run.reading,
        run.members,
        worst.ess,
        min(stage.unique for stage in run.stages),
        float(np.mean([stage.acceptance for stage in run.stages])),
        float(np.mean([stage.moved for stage in run.stages])),
        sum(len(stage.temperatures) for stage in run.stages),
        worst.year,
    )


def contraction(run: Conditioned, year: str = "") -> dict[str, float]:
    """How far the record narrowed each parameter: one less its posterior variance over its prior's, in coordinates.

    At the end of ``year`` (the last unless told). 1: known exactly; 0: as wide as before; below 0: wider than before.
    With m members the error is about (1 - contraction) * sqrt(2 / m).
    """
    last = year or run.posterior.years[-1]
    now = run.posterior.coordinates(last).astype(float).var(axis=1, ddof=1)
    before = draws(PRIOR_DRAWS, 0, run.posterior.through).var(axis=1, ddof=1)
    return dict(zip(NAMES, (1 - now / before).tolist(), strict=True))


def word(contracted: float) -> Word:
    """What a contraction says in a word."""
    if contracted > DRIVEN:
        return "data-driven"
    return "informed" if contracted >= INFORMED else "prior-driven"


def agreement(runs: Sequence[Conditioned], year: str = "") -> dict[str, float]:
    """Rank-normalised split R-hat of each parameter over runs of one reading with different seeds; 1: they agree.

    The larger of that of the ranks and of the folded ranks (Vehtari and others 2021), so that runs that differ in
    location or in spread are both seen. AmurError for fewer than two runs.
    """
    if len(runs) < 2:
        raise AmurError("one run cannot disagree with itself", field="runs", mend="Give two seeds or more.")
    points = np.stack(
        [run.posterior.coordinates(year or run.posterior.years[-1]).astype(float).T for run in runs]
    )
    return dict(zip(NAMES, rhat(points).tolist(), strict=True))


def rhat(chains: Numbers) -> Numbers:
    """Rank-normalised split R-hat, (quantities,), of (chains, draws, quantities)."""
    half = chains.shape[1] // 2
    split = np.concatenate([chains[:, :half], chains[:, -half:]])
    folded = np.abs(split - np.median(split, axis=(0, 1)))
    return np.maximum(_rhat_of_ranks(split), _rhat_of_ranks(folded))


def _rhat_of_ranks(chains: Numbers) -> Numbers:
    many = chains.shape[0] * chains.shape[1]
    ranks = stats.rankdata(chains.reshape(many, -1), axis=0)
    normal = special.ndtri((ranks - 0.375) / (many + 0.25)).reshape(chains.shape)
    draws_of = chains.shape[1]
    within = normal.var(axis=1, ddof=1).mean(axis=0)
    between = draws_of * normal.mean(axis=1).var(axis=0, ddof=1)
    safe = np.where(within > 0, within, 1.0)
    found = np.sqrt(((draws_of - 1) / draws_of * within + between / draws_of) / safe)
    return np.asarray(np.where(within > 0, found, 1.0))


def posterior_predictive(run: Conditioned, seen: Evidence, seed: int = 1) -> dict[str, Numbers]:
    """What the record might have shown under the last posterior: draws by fitted observable, (periods, members).

    Discrepancies are drawn anew and take nothing from the record, so that this checks mechanisms and scatter together.
    """
    from amur.conditioning.forward import parameters, predictions
    from amur.system.observe import replicate

    p = parameters(run.posterior.coordinates(run.posterior.years[-1]), run.posterior.through)
    made = predictions(p, seen.quarters)
    p = Parameters(**{name: np.asarray(getattr(p, name)) for name in NAMES})
    return replicate({name: made[name] for name in FITTED}, p, seed)


def to_datatree(run: Conditioned, seen: Evidence, predictive: Mapping[str, Numbers] | None = None) -> DataTree:
    """A run as ArviZ takes it: posterior, prior, posterior predictive, observed data, and the stages of the sampler.

    Members are draws of one chain. The predictive is drawn by :func:`posterior_predictive` unless it is given. AmurError
    where ArviZ is missing.
    """
    try:
        from arviz_base import from_dict
    except ImportError:
        raise AmurError(
            "a DataTree for ArviZ needs the package arviz", mend="Install it: pip install 'arviz>=1'."
        ) from None
    import xarray as xr

    last = run.posterior.years[-1]
    first = {name: values[None] for name, values in _prior(run).items()}
    drawn = posterior_predictive(run, seen) if predictive is None else predictive
    periods = {name: "quarter" if OBSERVABLES[name].frequency == "Q" else "year" for name in FITTED}
    tree: DataTree = from_dict(
        {
            "posterior": {name: values[None] for name, values in run.posterior[last].items()},
            "prior": first,
            "posterior_predictive": {name: drawn[name].T[None] for name in FITTED},
            "observed_data": {name: seen.shown[name] for name in FITTED},
        },
        dims={name: [period] for name, period in periods.items()},
        coords={"year": list(YEARS), "quarter": list(QUARTERS)},
    )
    rows = stages(run)
    told = {key: ("stage", [row[key] for row in rows]) for key in rows[0] if key != "year"}
    tree["sample_stats"] = xr.DataTree(xr.Dataset(told, coords={"stage": [row["year"] for row in rows]}))
    tree.attrs |= {"reading": run.reading, "seed": run.seed, "until": last}
    return tree


def _prior(run: Conditioned) -> dict[str, NDArray[np.float32]]:
    """Prior draws of a run: its own members at the start if it has them, otherwise as many drawn anew."""
    from amur.conditioning.posterior import Posterior

    if BEFORE in run.posterior.years:
        return run.posterior[BEFORE]
    points = draws(run.posterior.members, run.seed, run.posterior.through).astype(np.float16)
    return Posterior((BEFORE,), points[None], run.posterior.through)[BEFORE]
