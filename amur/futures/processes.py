"""The outside world ahead: every forcing as a stated stochastic process from its last historical value.

Prices return to a level that is itself unsure; economies and trade grow on trends of their own, with lasting shocks;
China's fossil imports rise to a peak of uncertain year and fall; populations follow the United Nations' projections;
straits stay open and Western measures stay as they are, unless an intervention changes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.futures import shocks
from amur.futures.outside import drawn
from amur.record import Record
from amur.system.declare import table
from amur.system.forcings import Forcings
from amur.system.priors import Prior

type Numbers = NDArray[Any]


class Swing(NamedTuple):
    """A disturbance: its persistence per quarter (1 lasts for ever) and its standard deviation per quarter."""

    persistence: float
    size: float


SWINGS = {
    "oil_price": Swing(0.94, 1.0), "gas_price": Swing(0.9, 1.0),
    "world_trade": Swing(0.97, 0.035), "growth_chn": Swing(0.85, 0.6), "gdp_chn": Swing(1.0, 0.012),
    "gdp_wst": Swing(1.0, 0.015), "gdp_sou": Swing(1.0, 0.02), "exports_chn": Swing(0.95, 0.03),
    "imports_chn": Swing(0.95, 0.035), "trade_chn_wst": Swing(0.97, 0.025), "price_level_rus": Swing(0.97, 0.05),
    "oil_supply_rus": Swing(0.95, 0.01), "coal_supply_rus": Swing(0.95, 0.025), "food_supply_rus": Swing(0.7, 0.09),
    "oil_demand_chn": Swing(0.97, 0.015), "gas_demand_chn": Swing(0.97, 0.02), "coal_demand_chn": Swing(0.9, 0.06),
    "food_demand_chn": Swing(0.9, 0.035), "oil_cas": Swing(0.95, 0.02), "gas_cas": Swing(0.95, 0.03),
    "stress_chn": Swing(0.8, 0.4), "stress_rus": Swing(0.85, 0.45), "democracy_chn": Swing(1.0, 0.02),
    "democracy_rus": Swing(1.0, 0.03), "espionage": Swing(0.3, 0.8), "exposure": Swing(0.5, 0.7),
    "grievance_spark": Swing(0.2, 0.9), "western_coordination": Swing(0.97, 0.02),
}  # fmt: skip
"""By forcing; in logs unless the process below says otherwise. Sizes of prices are parameters, so 1 here."""

AHEAD = 15.0
"""Years over which ``transition`` looks ahead."""
TURN = 2.0
"""Years that half the turn from rising to falling demand takes."""
LEVELS = {"stress_chn": 0.6, "stress_rus": 0.8}
"""What domestic stress returns to: the record's mean codes since 2012, rounded."""


@cache
def _bounds() -> tuple[Numbers, Numbers]:
    declared = table(Forcings).values()
    low = np.array([one.low for one in declared], np.float32)
    return low[None, :, None], np.array([one.high for one in declared], np.float32)[None, :, None]


class Start(NamedTuple):
    """Where the processes start: the last values, means of the last five years, the year, and the populations.

    ``swings`` and ``levels`` are the disturbances and what stress returns to, for a world other than that of 2025.
    """

    last: Mapping[str, float]
    recent: Mapping[str, float]
    year: float
    people: Mapping[str, tuple[tuple[float, float], ...]]
    swings: Mapping[str, Swing] = SWINGS
    levels: Mapping[str, float] = LEVELS


def projections(record: Record) -> dict[str, tuple[tuple[float, float], ...]]:
    """The United Nations' projected populations by year, relative to 2024: China, Russia."""
    told = {}
    for who in ("chn", "rus"):
        base = record.timeseries(f"society.pop.{who}").points[-1].value
        years = (2030, 2040, 2050, 2060)
        points = [
            (float(year), record.timeseries(f"society.pop.proj{year}.{who}").points[-1].value / base)
            for year in years
        ]
        told[who] = ((2024.5, 1.0), *points)
    return told


def forcings(
    start: Start, seed: int, block: int, quarters: int, priors: dict[str, Prior] | None = None
) -> Numbers:
    """The forcings of one block of members: (quarters, forcings, members)."""
    p = drawn(seed, block, priors)
    swing = swings(shocks.drawn("swing", start.swings, shocks.normals, seed, block, quarters), start.swings)
    years = (np.arange(1, quarters + 1, dtype=np.float32) / np.float32(4))[:, None]
    values = _prices(start, p, swing, years)
    values |= _economies(start, p, swing, years, values)
    values |= _supplies(start, p, swing, years)
    values |= _demands(start, p, swing, years)
    values |= _societies(start, p, swing, years)
    shape = (quarters, shocks.BLOCK)
    rows = [np.broadcast_to(values.get(name, np.float32(start.last[name])), shape) for name in Forcings._fields]
    held: Numbers = np.clip(np.stack(rows, axis=1), *_bounds(), dtype=np.float32)
    return held


def swings(normal: Numbers, of: Mapping[str, Swing] = SWINGS) -> dict[str, Numbers]:
    """Every disturbance through time: an autoregression of order one, or a random walk."""
    persistence = np.array([swing.persistence for swing in of.values()], np.float32)[:, None]
    size = np.array([swing.size for swing in of.values()], np.float32)[:, None]
    path = np.empty_like(normal)
    now = np.zeros_like(normal[0])
    for quarter, fresh in enumerate(normal):
        now = persistence * now + size * fresh
        path[quarter] = now
    return {name: path[:, place] for place, name in enumerate(of)}


type By = dict[str, Numbers]


def _prices(start: Start, p: By, swing: By, years: Numbers) -> By:
    """Oil and gas: back to a level in about four years, with gas following a part of oil's swings."""
    oil, gas = (np.log(p[f"{good}_level"] / max(start.last[f"{good}_price"], 0.1)) for good in ("oil", "gas"))
    back = 1 - start.swings["oil_price"].persistence ** (4 * years)
    moved = p["oil_volatility"] * swing["oil_price"]
    with_oil = 0.3 * moved + p["gas_volatility"] * swing["gas_price"]
    return {
        "oil_price": start.last["oil_price"] * np.exp(oil * back + moved),
        "gas_price": start.last["gas_price"] * np.exp(gas * back + with_oil),
    }


def _economies(start: Start, p: By, swing: By, years: Numbers, prices: By) -> By:
    """Economies and trade on trends with lasting shocks; China's growth slows down."""
    last = start.last
    slow = np.exp(-years / p["chn_slowdown"])
    growth = p["chn_growth_later"] + (last["growth_chn"] - p["chn_growth_later"]) * slow + swing["growth_chn"]
    china = np.cumsum(growth / 400, axis=0) + p["chn_prices"] * years + swing["gdp_chn"]
    trade = china + p["chn_openness"] * years
    with_west = trade + p["west_trade_drift"] * years + 0.5 * (swing["exports_chn"] + swing["imports_chn"])
    oil = np.log(prices["oil_price"] / last["oil_price"])
    return {
        "growth_chn": growth,
        "gdp_chn": last["gdp_chn"] * np.exp(china),
        "exports_chn": last["exports_chn"] * np.exp(trade + swing["exports_chn"]),
        "imports_chn": last["imports_chn"] * np.exp(trade + swing["imports_chn"]),
        "trade_chn_wst": last["trade_chn_wst"] * np.exp(with_west + swing["trade_chn_wst"]),
        "gdp_wst": last["gdp_wst"] * np.exp(p["wst_growth"] * years + swing["gdp_wst"]),
        "gdp_sou": last["gdp_sou"] * np.exp(p["sou_growth"] * years + swing["gdp_sou"]),
        "world_trade": last["world_trade"] * np.exp(p["world_trade_growth"] * years + swing["world_trade"]),
        "price_level_rus": last["price_level_rus"]
        * np.exp(p["rus_prices"] * years + p["rus_prices_oil"] * oil + swing["price_level_rus"]),
    }


def _supplies(start: Start, p: By, swing: By, years: Numbers) -> By:
    """What Russia and Central Asia can sell: slow trends and harvests."""
    trends = {
        "oil_supply_rus": "oil_supply_trend", "coal_supply_rus": "coal_supply_trend", "food_supply_rus": "food_supply_trend",
        "oil_cas": "oil_cas_trend", "gas_cas": "gas_cas_trend",
    }  # fmt: skip
    return {name: start.last[name] * np.exp(p[trend] * years + swing[name]) for name, trend in trends.items()}


def _demands(start: Start, p: By, swing: By, years: Numbers) -> By:
    """China's fossil imports to their peaks and down; how much will be gone in fifteen years; food."""
    last = start.last
    path = {good: _peaked(p, p[f"peak_{good}"] - start.year, years) for good in ("oil", "gas", "coal")}
    later = {good: _peaked(p, p[f"peak_{good}"] - start.year, years + AHEAD) for good in path}
    weights = {good: last[f"{good}_demand_chn"] for good in path}
    left: Numbers = sum(
        weight * np.exp(np.minimum(later[good] - path[good], 0)) for good, weight in weights.items()
    )
    expected = 1 - left / max(sum(weights.values()), 1e-6)
    fading = np.exp(-years / 5)
    values = {
        f"{good}_demand_chn": last[f"{good}_demand_chn"] * np.exp(path[good] + swing[f"{good}_demand_chn"])
        for good in path
    }
    food = last["food_demand_chn"] * np.exp(p["food_demand_growth"] * years + swing["food_demand_chn"])
    return values | {"transition": expected + (last["transition"] - expected) * fading, "food_demand_chn": food}


def _peaked(p: By, peak: Numbers, years: Numbers) -> Numbers:
    """Log of demand against now: rising before its peak (years from now), falling after, turning smoothly."""
    up, down = p["rise_before_peak"], p["fall_after_peak"]
    turned = TURN * (np.logaddexp(0, (years - peak) / TURN) - np.logaddexp(0, -peak / TURN))
    return (up * years - (up + down) * turned).astype(np.float32)


def _societies(start: Start, p: By, swing: By, years: Numbers) -> By:
    """Populations, ages, stress, democracy, and incidents: spies, exposures, sparks of grievance."""
    last = start.last
    values: By = {}
    for name, top in (("stress_chn", 2), ("stress_rus", 3)):
        kept = start.swings[name].persistence ** (4 * years)
        level = start.levels[name]
        values[name] = np.round(np.clip(level + (last[name] - level) * kept + swing[name], 0, top))
    for name in ("democracy_chn", "democracy_rus"):
        share = np.clip(last[name], 0.01, 0.99)
        values[name] = 1 / (1 + (1 - share) / share * np.exp(-swing[name]))
    for name in ("espionage", "exposure", "grievance_spark"):
        swinging = start.swings[name]
        spread = swinging.size**2 / (1 - swinging.persistence**2)
        values[name] = np.minimum(start.recent[name] * np.exp(swing[name] - spread / 2), 1)
    values["western_coordination"] = np.clip(last["western_coordination"] + swing["western_coordination"], 0, 1)
    for name in ("age_chn", "age_rus"):
        values[name] = last[name] + years
    china, russia = (_projected(start, who, years) for who in ("chn", "rus"))
    values["population_chn"] = last["population_chn"] * china * np.exp(p["population_error"] * years)
    values["population_rfe"] = (
        last["population_rfe"] * russia * np.exp((p["rfe_drift"] + p["population_error"]) * years)
    )
    return values


def _projected(start: Start, who: str, years: Numbers) -> Numbers:
    at, ratio = zip(*start.people[who], strict=True)
    told = np.interp(start.year + years, at, ratio) / np.interp(start.year, at, ratio)
    ratio_then: Numbers = told.astype(np.float32)
    return ratio_then
