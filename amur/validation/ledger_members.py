"""What each member of an ensemble says of each forecast of the ledger, and its oil price over the same time.

A year (or quarter) is what would be *seen*: the model's value with its discrepancy carried on from the record. The
quarters of a year are that year as seen, parted by the member's own quarters, the season, and scatter about it; season
and scatter are the record's (:func:`season`). So four quarters always make the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.system.observables import OBSERVABLES
from amur.validation.ledger_outcomes import values
from amur.validation.ledger_targets import FIRST, LAST, QUARTERS, Entry, Target, targets

if TYPE_CHECKING:
    import xarray as xr

    from amur.record import Record

type Numbers = NDArray[np.float64]

SINCE = 2015
"""The first year of which season and scatter are taken: older years had other goods, and few of them."""
SHRINK = 1.0
"""Seasons are shrunk as if so many quarters without any season had been seen as well."""


class Season(NamedTuple):
    """Log of a quarter over a quarter of its year: mean by quarter of the year (4,), and what is left (any number)."""

    mean: Numbers
    scatter: Numbers


def season(record: Record, target: Target) -> Season:
    """Season and scatter of a quarterly series of the record since 2015, against the years that it belongs to."""
    year = target._replace(source="observable", frequency="A")
    annual, found = values(record, year), values(record, target)
    logs: list[list[float]] = [[], [], [], []]
    for quarter, value in found.items():
        whole = annual.get(quarter[:4], 0.0)
        if int(quarter[:4]) >= SINCE and value > 0 and whole > 0:
            logs[int(quarter[-1]) - 1].append(float(np.log(4 * value * target.factor / whole)))
    means = np.array([sum(each) / (len(each) + SHRINK) for each in logs])
    left = np.concatenate([np.array(each) - mean for each, mean in zip(logs, means, strict=True)])
    # Four means were taken out of what is left, and the quarters of a year have their sum given.
    wider = np.sqrt(len(left) / max(len(left) - 4, 1)) if len(left) else 1.0
    return Season(means, np.append(left, 0.0) if not len(left) else wider * left)


def parted(year: Numbers, flow: Numbers, of: Season, chance: np.random.Generator) -> Numbers:
    """A year (members,) in its quarters (4, members), by the flow of each quarter (4, members), season and scatter."""
    scatter = chance.choice(of.scatter, size=flow.shape)
    weight = np.maximum(flow, 1e-9) * np.exp(of.mean[:, None] + scatter)
    return np.asarray(year * weight / weight.sum(axis=0))


def asked_of_model() -> dict[str, Any]:
    """What a simulation must keep and look at for the ledger: arguments of :func:`amur.futures.simulate.simulate`."""
    all_of = targets().values()
    seen = [
        name
        for each in all_of
        if each.source in ("observable", "quarters_of", "total", "code")
        for name in each.of
    ]
    states = [
        name for each in all_of if each.source == "quarters_of" for name in OBSERVABLES[each.of[0]].states
    ]
    keep = dict.fromkeys([*states, "oil_price", "line_stage"])
    return {"until": LAST, "keep": list(keep), "observables": list(dict.fromkeys(seen))}


def members_of(
    futures: xr.Dataset, record: Record, asked: tuple[Entry, ...], seed: int
) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """By forecast: what each member says (an event: 1 or 0), and its mean oil price over the forecast's time."""
    seasons = {each.name: season(record, each) for each in targets().values() if each.source == "quarters_of"}
    said, oil = {}, {}
    for entry in asked:
        said[entry.id] = _said(futures, entry, seasons, seed)
        oil[entry.id] = _along(futures, "oil_price", entry.quarters).mean(axis=0)
    return said, oil


def _said(futures: xr.Dataset, entry: Entry, seasons: dict[str, Season], seed: int) -> Numbers:
    target, window = entry.target, entry.quarters
    if target.type == "event":
        return _came(futures, target, window)
    if target.source == "outside":
        return _along(futures, target.of[0], window).mean(axis=0)
    if target.source == "quarters_of":
        year = entry.period[:4]
        quarters = [quarter for quarter in QUARTERS if quarter.startswith(year)]
        # One chance to a year, so that its four quarters are parted once.
        chance = np.random.default_rng([seed, int(year), *target.name.encode()])
        name = target.of[0]
        flow = _along(futures, OBSERVABLES[name].states[0], quarters)
        whole = _seen(futures, name, year) / target.factor
        return np.asarray(parted(whole, flow, seasons[target.name], chance)[quarters.index(entry.period)])
    return np.asarray(sum(_seen(futures, name, entry.period) for name in target.of))


def _came(futures: xr.Dataset, target: Target, window: tuple[str, ...]) -> Numbers:
    name = target.of[0]
    if target.source == "line":
        stages = futures["line_stage"].sel(line=name, quarter=list(window))
        codes = stages.transpose("quarter", "member").values
    else:
        codes = _along(futures, f"seen_{name}" if target.source == "code" else name, window)
    came = np.isin(np.round(codes), target.codes)
    return np.asarray(came.any(axis=0) if target.when == "ever" else came[-1], np.float64)


def _seen(futures: xr.Dataset, name: str, period: str) -> Numbers:
    seen = futures[f"seen_{name}"]
    one = seen.sel(year=int(period)) if "year" in seen.dims else seen.sel(quarter=period)
    return np.asarray(one.values, np.float64)


def _along(futures: xr.Dataset, name: str, quarters: tuple[str, ...] | list[str]) -> Numbers:
    """A variable over some quarters, (quarters, members)."""
    chosen = futures[name].sel(quarter=list(quarters)).transpose("quarter", "member")
    return np.asarray(chosen.values, np.float64)


def with_learnt_scales(
    parameters: Mapping[str, Any], members: int, seed: int, record: Record
) -> dict[str, NDArray[Any]]:
    """Parameters of the members (repeated over and over if there are fewer), with the scales that conditioning never saw.

    A ratio of fitted series is not conditioned on, so that the scale of its discrepancy is still its prior; it is drawn
    anew given how far the record lay off each member's own history (:func:`amur.validation.scales.learnt`).
    """
    from amur.futures.simulate import simulate
    from amur.system.parameters import NAMES, Parameters
    from amur.validation.scales import learnt

    at = np.arange(members) % len(np.atleast_1d(parameters[NAMES[0]]))
    p = Parameters(**{name: np.atleast_1d(np.asarray(parameters[name]))[at] for name in NAMES})
    asked = asked_of_model() | {"start": "1992-Q1", "until": f"{int(FIRST[:4]) - 1}-Q4"}
    past = simulate(members, seed=seed, parameters=p, record=record, **asked)
    for name in asked["observables"]:
        made = OBSERVABLES[name]
        if made.model == "student" and not made.fitted:
            predicted = past[f"seen_{name}"].values.T
            p = learnt(made, np.asarray(past[f"record_{name}"].values, np.float64), predicted, p, seed)
    return {name: np.asarray(getattr(p, name)) for name in NAMES}
