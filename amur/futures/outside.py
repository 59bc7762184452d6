"""What is not known about the world ahead: one prior for each number of its processes, with the reason.

These are no parameters of the relationship: history has the world as it was, so the record's verdict on the model
cannot teach them. They are declared as those are, and drawn beside them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amur.futures.shocks import BLOCK, stream
from amur.system.declare import Parameter
from amur.system.priors import LogNormal, Normal, Prior, sample

OUTSIDE: dict[str, Parameter] = {}


def uncertain(name: str, prior: Prior, unit: str, why: str, claims: str = "") -> None:
    """Declare a number of the world ahead."""
    OUTSIDE[name] = Parameter(name, prior, unit, why, tuple(claims.split()), "outside")


def drawn(seed: int, block: int, priors: dict[str, Prior] | None = None) -> dict[str, NDArray[np.float32]]:
    """Draws of all of them for the members of a block, each with a stream of its own."""
    values = {}
    for name, declared in OUTSIDE.items():
        prior = (priors or {}).get(name, declared.prior)
        values[name] = sample(prior, stream(seed, block, f"outside:{name}").random(BLOCK)).astype(np.float32)
    return values


uncertain(
    "oil_level",
    LogNormal(72, 1.3),
    "US$/bbl",
    "Brent returns to a level near its mean of 2015-2025; the level itself is unsure.",
    "P7 G24",
)
uncertain(
    "oil_volatility",
    LogNormal(0.14, 1.25),
    "log/quarter",
    "Quarterly changes of energy.price.brent.m had a standard deviation of 0.15.",
    "P7",
)
uncertain(
    "gas_level",
    LogNormal(9, 1.35),
    "US$/mmbtu",
    "European gas settles above its price before 2021, when pipes set it, and below that of 2022.",
    "R5",
)
uncertain(
    "gas_volatility",
    LogNormal(0.18, 1.3),
    "log/quarter",
    "energy.price.ttf moved by 0.56 a year in logs, with 2021-2022 in it.",
    "R5",
)
uncertain(
    "world_trade_growth",
    Normal(0.037, 0.012),
    "1/yr",
    "trade.exports.wld-wld grew by 0.059 a year since 1992 and by 0.046 in the last ten years; slower ahead.",
)
uncertain(
    "chn_growth_later",
    Normal(2.6, 1.0),
    "percent/yr",
    "Where trade.gdp-growth.chn heads: forecasts for the 2030s and 2040s run from 1 to 4.",
    "R6 G16",
)
uncertain(
    "chn_slowdown",
    LogNormal(7, 1.4),
    "yr",
    "Time in which China's growth goes most of the way from today's rate to the later one.",
    "R6",
)
uncertain(
    "chn_prices",
    Normal(0.015, 0.012),
    "1/yr",
    "Prices and the real exchange rate added two points to trade.gdp.chn in dollars, of late less.",
)
uncertain(
    "wst_growth",
    Normal(0.040, 0.007),
    "1/yr",
    "trade.gdp.usa and trade.gdp.euu grew by 0.044 to 0.052 a year in dollars in the last ten years.",
)
uncertain(
    "sou_growth", Normal(0.047, 0.011), "1/yr", "The rest of trade.gdp.wld grows a little faster than the West."
)
uncertain(
    "chn_openness",
    Normal(-0.008, 0.010),
    "1/yr",
    "China's trade has grown more slowly than its economy since 2006.",
    "T4",
)
uncertain(
    "west_trade_drift",
    Normal(-0.015, 0.015),
    "1/yr",
    "Trade of China with the West against China's trade with all: tariffs and sorting of supply chains.",
    "T4",
)
uncertain(
    "rus_prices",
    Normal(0.005, 0.012),
    "1/yr",
    "Russian prices in dollars: inflation less depreciation, near nothing over a decade.",
    "G24",
)
uncertain("rus_prices_oil", LogNormal(0.3, 1.4), "elasticity", "The rouble follows the oil price.", "G24")
uncertain(
    "oil_supply_trend",
    Normal(-0.010, 0.008),
    "1/yr",
    "Russian fields age; energy.crude.exports.rus fell by 0.03 a year in 2019-2022.",
    "P7",
)
uncertain(
    "coal_supply_trend", Normal(-0.015, 0.015), "1/yr", "Rail capacity and losses hold Russian coal back."
)
uncertain(
    "food_supply_trend",
    Normal(0.012, 0.008),
    "1/yr",
    "Harvests rose with yields for twenty years and now rise less.",
    "P19",
)
uncertain(
    "peak_oil",
    Normal(2028.5, 3.0),
    "year",
    "China's crude imports flatten as cars turn electric; agencies put the peak between 2025 and 2032.",
    "G4",
)
uncertain(
    "peak_gas",
    Normal(2036, 4.5),
    "year",
    "Gas replaces coal until renewables and batteries replace gas; the peak is put between 2030 and 2045.",
    "G4",
)
uncertain(
    "peak_coal",
    Normal(2025, 2.5),
    "year",
    "China's coal use is at its peak; imports swing with domestic output.",
    "G4",
)
uncertain(
    "rise_before_peak",
    LogNormal(0.018, 1.5),
    "1/yr",
    "energy.crude.imports.chn rose by 0.054 a year in 2015-2025, and hardly since 2020.",
    "G4",
)
uncertain(
    "fall_after_peak",
    LogNormal(0.030, 1.5),
    "1/yr",
    "Fall of fossil imports after the peak: two to five per cent a year in scenarios that follow policy.",
    "G4",
)
uncertain(
    "food_demand_growth",
    Normal(0.004, 0.008),
    "1/yr",
    "China's imports of grain and oilseeds: richer but fewer people.",
    "P18 T16",
)
uncertain("oil_cas_trend", Normal(0.0, 0.02), "1/yr", "Kazakh oil to China has been flat.", "G21")
uncertain(
    "gas_cas_trend",
    Normal(0.0, 0.02),
    "1/yr",
    "Turkmen gas waits for a fourth line while Uzbek and Kazakh gas stays at home.",
    "G21",
)
uncertain(
    "rfe_drift",
    Normal(-0.002, 0.003),
    "1/yr",
    "The Far East loses people a little faster than Russia as a whole (society.pop.rfe.new).",
    "G2 T16",
)
uncertain(
    "population_error",
    Normal(0.0, 0.001),
    "1/yr",
    "How far the United Nations' projections of ten and twenty years have missed.",
    "T16",
)
