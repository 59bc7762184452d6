"""The world as it could be seen from the end of a year: the record to that day, and processes set by it alone.

The priors of :mod:`amur.futures.outside` are set for the world of 2025 and know what came before it. For a hindcast
each is derived anew, by one rule, from the ten years to the origin:

- **Trends** go on as straight lines: each year adds the mean yearly increase of those years, as a share of the present
  level (a growth rate would let what came out of nothing explode). They are as unsure as a mean of ten changes is.
- **China's growth** starts from its mean of three years: one year may be a slump or the rebound from it.
- **Disturbances** keep the persistence they have in futures; their size is the standard deviation of the yearly
  changes (over two: a quarter's part of a random walk). Gaps that the rule leaves keep the size of futures.
- **Prices** return to a level half way, in logarithms, between their mean of ten years and that of the last: nobody
  knew which of the two would hold. The level is unsure by half the distance and by the error of the mean.
- **Domestic stress** returns to its mean of those years.
- **No peak of China's demand is in sight** within the five years of a hindcast, and nobody expects the transition to
  displace more than was expected at the origin.
- **What is not out yet** (points of a series placed at mid-year) goes on at the trend from the last point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.futures import processes
from amur.futures.outside import OUTSIDE
from amur.futures.processes import LEVELS, SWINGS, Start, Swing
from amur.futures.shocks import BLOCK, stream
from amur.record.asof import Release
from amur.record.record import Record
from amur.system.forcings import Forcings
from amur.system.history import History, history
from amur.system.priors import LogNormal, Normal, Prior

type Numbers = NDArray[np.float64]

WINDOW = 10
"""Years that trends, levels and sizes are taken from."""
SETTLED = 3
"""Years over which China's growth is averaged at the origin."""
LEAST_SIZE, LEAST_SPREAD = 0.005, 0.005
"""Below this a size (log per quarter) or a trend's error (per year) is that of interpolated points, not of the world."""
TRENDING = (
    "gdp_chn", "gdp_wst", "gdp_sou", "world_trade", "exports_chn", "imports_chn", "trade_chn_wst", "price_level_rus",
    "oil_supply_rus", "coal_supply_rus", "food_supply_rus", "oil_demand_chn", "gas_demand_chn", "coal_demand_chn",
    "food_demand_chn", "population_chn", "population_rfe",
)  # fmt: skip
"""Forcings that grow: each is a line in logarithms through points at mid-year."""
DEMANDS = ("oil_demand_chn", "gas_demand_chn", "coal_demand_chn")
FLAT = 1e-4
"""The trend of demand that the processes are given, so small that the trend of each good can be laid over it."""


class World(NamedTuple):
    """The world seen from an origin: where its processes start, their priors, and trends of demand laid over them."""

    start: Start
    priors: dict[str, Prior]
    demand: dict[str, Normal]


def known_by(record: Record, year: int) -> Record:
    """The record to the end of a year, as if every value had been out on the last day of its period.

    Values are those of today's vintage; only what they are about is cut. Assumed points of later years go too.
    """
    at_once = [Release("", frequency, 0, "known when its period ends") for frequency in ("A", "Q", "M")]
    return replace(record, tables=replace(record.tables, releases=at_once), as_of=dt.date(year, 12, 31))


def past_of(record: Record, year: int) -> History:
    """History to the end of a year from :func:`known_by`, with what is not out yet carried on at its trend."""
    past = history(known_by(record, year))
    outside = np.asarray(past.quarters.outside, np.float64).copy()
    for name in TRENDING:
        place = Forcings._fields.index(name)
        outside[:, place] = carried_on(outside[:, place])
    quarters = past.quarters._replace(outside=jnp.asarray(outside, jnp.float32))
    return past._replace(quarters=quarters)


def carried_on(line: Numbers) -> Numbers:
    """A line whose end is held flat after its last point, with its straight trend of ten years instead of the flat end."""
    last = int(np.flatnonzero(line != line[-1])[-1]) + 1 if (line != line[-1]).any() else 0
    back = last - 4 * WINDOW
    if back < 0 or line[last] <= 0:
        return line
    yearly = (line[last] - line[back]) / WINDOW
    made = line.copy()
    # The first quarter of the flat end stands an eighth of a year after the point at mid-year.
    made[last:] += yearly * (0.125 + np.arange(len(line) - last) / 4)
    return made


def world_at(past: History) -> World:
    """The world ahead of a history: rules above, from its last ten years."""
    outside = np.asarray(past.quarters.outside, np.float64)
    by = {name: outside[:, place] for place, name in enumerate(Forcings._fields)}
    changes = {name: _changes(by[name]) for name in Forcings._fields}
    last = {name: float(line[-1]) for name, line in by.items()}
    last["growth_chn"] = float(by["growth_chn"][-4 * SETTLED :].mean())
    year = 1992 + len(past.labels) / 4
    start = Start(
        last,
        {name: float(line[-20:].mean()) for name, line in by.items()},
        year,
        {
            who: _people(year, changes[name])
            for who, name in (("chn", "population_chn"), ("rus", "population_rfe"))
        },
        _swings(by, changes),
        {name: float(by[name][-4 * WINDOW :].mean()) for name in LEVELS},
    )
    return World(start, _priors(by, changes, year), {name: _trend(changes[name]) for name in DEMANDS})


def forcings(world: World, seed: int, block: int, quarters: int) -> NDArray[np.float32]:
    """The forcings of one block of members: (quarters, forcings, members), as :func:`amur.futures.processes.forcings`."""
    made = processes.forcings(world.start, seed, block, quarters, world.priors)
    years = np.arange(1, quarters + 1)[:, None] / 4
    for name, trend in world.demand.items():
        yearly = trend.quantile(stream(seed, block, f"trend:{name}").random(BLOCK))
        made[:, Forcings._fields.index(name)] *= np.exp(yearly * years)
    made[:, Forcings._fields.index("transition")] = world.start.last["transition"]
    return made


def _changes(line: Numbers) -> Numbers:
    """Yearly changes of the logarithm over the window, from mid-year to mid-year; none where it was nothing."""
    middle = line.reshape(-1, 4)[:, 1:3].mean(axis=1)[-WINDOW - 1 :]
    if not (middle > 0).all():
        middle = middle[int(np.flatnonzero(middle <= 0)[-1]) + 1 :]
    return np.diff(np.log(middle))


def _line(changes: Numbers) -> float:
    """The mean yearly increase over the window as a share of the last level, from yearly changes of the logarithm."""
    return float(-np.expm1(-changes.sum())) / max(len(changes), 1)


def _trend(changes: Numbers) -> Normal:
    return _less(changes, np.zeros_like(changes))


def _less(whole: Numbers, part: Numbers) -> Normal:
    """The trend of one line less that of another, as unsure as the mean of the difference of their changes."""
    many = min(len(whole), len(part))
    if many < 2:
        return Normal(0.0, LEAST_SPREAD)
    unsure = float((whole[-many:] - part[-many:]).std(ddof=1)) / np.sqrt(many)
    return Normal(_line(whole) - _line(part), max(unsure, LEAST_SPREAD))


def _swings(by: Mapping[str, Numbers], changes: Mapping[str, Numbers]) -> dict[str, Swing]:
    """The disturbances of futures with sizes of the window; prices and incidents have theirs elsewhere."""
    made = dict(SWINGS)
    for name in TRENDING:
        if name in made and len(changes[name]) > 2:
            size = max(float(changes[name].std(ddof=1)) / 2, LEAST_SIZE)
            made[name] = Swing(SWINGS[name].persistence, size)
    growth = by["growth_chn"].reshape(-1, 4).mean(axis=1)[-WINDOW - 1 :]
    made["growth_chn"] = Swing(SWINGS["growth_chn"].persistence, float(np.diff(growth).std(ddof=1)) / 2)
    return made


def _priors(by: Mapping[str, Numbers], changes: Mapping[str, Numbers], year: float) -> dict[str, Prior]:
    trade = (changes["exports_chn"] + changes["imports_chn"]) / 2
    real = by["growth_chn"].reshape(-1, 4).mean(axis=1)[-WINDOW:]
    follows = _elasticity(changes["price_level_rus"], _changes(by["oil_price"]))
    russian = changes["price_level_rus"] - follows * _changes(by["oil_price"])
    quarterly = float(np.diff(np.log(by["oil_price"][-4 * WINDOW :])).std(ddof=1))
    return {
        "oil_level": _level(by["oil_price"]),
        "gas_level": _level(by["gas_price"]),
        "oil_volatility": LogNormal(quarterly, 1.25),
        "gas_volatility": LogNormal(max(float(changes["gas_price"].std(ddof=1)) / 2, LEAST_SIZE), 1.3),
        "world_trade_growth": _trend(changes["world_trade"]),
        "wst_growth": _trend(changes["gdp_wst"]),
        "sou_growth": _trend(changes["gdp_sou"]),
        "chn_growth_later": Normal(float(real.mean()), float(real.std(ddof=1)) / np.sqrt(WINDOW)),
        "chn_prices": _less(changes["gdp_chn"], np.log1p(real / 100)),
        "chn_openness": _less(trade, changes["gdp_chn"]),
        "west_trade_drift": _less(changes["trade_chn_wst"], trade),
        "rus_prices": _trend(russian),
        "rus_prices_oil": LogNormal(follows, 1.4),
        "oil_supply_trend": _trend(changes["oil_supply_rus"]),
        "coal_supply_trend": _trend(changes["coal_supply_rus"]),
        "food_supply_trend": _trend(changes["food_supply_rus"]),
        "food_demand_growth": _trend(changes["food_demand_chn"]),
        "rise_before_peak": LogNormal(FLAT, 1.01),
        "fall_after_peak": LogNormal(FLAT, 1.01),
        **{f"peak_{good}": Normal(year + 100, 1.0) for good in ("oil", "gas", "coal")},
    }


def _level(price: Numbers) -> LogNormal:
    yearly = np.log(price).reshape(-1, 4).mean(axis=1)[-WINDOW:]
    apart = (yearly[-1] - yearly.mean()) / 2
    unsure = np.hypot(apart, yearly.std(ddof=1) / np.sqrt(WINDOW))
    return LogNormal(float(np.exp(yearly.mean() + apart)), float(np.exp(unsure)))


def _elasticity(of: Numbers, on: Numbers) -> float:
    """The slope of yearly changes on those of the oil price, not below a twentieth (a lognormal needs a sign)."""
    return max(float(np.cov(of, on)[0, 1] / np.var(on, ddof=1)), 0.05)


def _people(year: float, changes: Numbers) -> tuple[tuple[float, float], ...]:
    """Population ahead, relative to the origin: it goes on as in the window."""
    yearly = float(changes.mean())
    return tuple((year + ahead, float(np.exp(yearly * ahead))) for ahead in range(11))


def told(world: World) -> dict[str, Any]:
    """What the world of an origin rests on, for a page: medians of the priors that were derived."""
    derived = {name: prior for name, prior in world.priors.items() if name in OUTSIDE}
    return {name: float(prior.quantile(np.array(0.5))) for name, prior in derived.items()} | {
        f"trend_{name}": trend.middle for name, trend in world.demand.items()
    }
