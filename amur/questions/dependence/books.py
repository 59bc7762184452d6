"""The books of trade in dollars, by sector: what a run sold and bought, at which prices, and what a cut takes from each.

All rates are US$ bn a year, (quarters, members). The values follow :mod:`amur.system.flows`; a test holds them against
the totals that the model itself keeps.

A cut's **cost to Russia** is what it sells less, after all that it sells elsewhere, and what it could pay for and is not
delivered. **Cost to China** is what it sells less, and the discount that it forgoes: it buys the same crude and gas from
others at the market's price (unmet need is valued at that price too, so the sum does not change with what is unmet).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from amur.system.flows import BARRELS, MMBTU

type Numbers = NDArray[np.float64]

GOODS_PART, TECH_PART = 0.3, 0.1
"""How much less easily goods and technology find another supplier at once than crude another buyer, as in the flows."""
SECTORS = ("oil", "gas", "lng", "coal", "food", "raw", "arms")


class Kept(Protocol):
    """What a run keeps, by name: (quarters, members)."""

    def __getitem__(self, name: str, /) -> NDArray[Any]: ...


class Books(NamedTuple):
    """Sales of Russia to China and to all others by sector, US$ bn/yr; volumes; the price of a unit elsewhere."""

    to_china: dict[str, Numbers]
    to_others: dict[str, Numbers]
    volume_china: dict[str, Numbers]
    volume_others: dict[str, Numbers]
    discount: Numbers
    """What China pays less for Russia's crude and gas than others would ask, US$ bn/yr."""
    exports: Numbers
    imports: Numbers
    budget: Numbers
    """What Russia can pay for; where it imports less, the rest was not delivered."""
    from_china: Numbers


def books(run: Kept, parameters: Mapping[str, NDArray[Any]], first: int, many: int) -> Books:
    """The books of quarters ``first`` to ``first + many`` of a run."""

    def of(name: str) -> Numbers:
        return np.asarray(run[name][first : first + many], np.float64)

    p = {name: np.asarray(values, np.float64) for name, values in parameters.items()}
    oil_price, lng = of("oil_price"), of("gas_price") * MMBTU / 1000
    crude = BARRELS / 1000 * np.maximum(oil_price - of("crude_concession"), 0.2 * oil_price)
    coal = p["coal_price"] * (oil_price / 70) ** p["coal_oil"] / 1000
    food = p["food_price"] / 1000 + 0 * oil_price
    arms = p["arms_price"] + 0 * oil_price
    volume_china = {name: of(f"{name}_chn") for name in SECTORS}
    volume_others = {
        "oil": of("oil_wst") + of("oil_sou"),
        "gas": of("gas_wst"),
        "lng": of("lng_wst") + of("lng_sou"),
        "coal": of("coal_wst") + of("coal_sou"),
        "food": of("food_oth"),
        "raw": of("raw_wst") + of("raw_sou"),
        "arms": of("arms_ind") + of("arms_vnm") + of("arms_oth"),
    }
    here: dict[str, Numbers] = {
        "oil": crude, "gas": of("gas_price_chn") / 1000, "lng": lng, "coal": coal, "food": food, "raw": np.ones_like(lng),
        "arms": arms,
    }  # fmt: skip
    to_china = {name: volume_china[name] * here[name] for name in SECTORS}
    there = here | {"gas": lng * p["gas_contract"]}
    to_others = {name: volume_others[name] * there[name] for name in SECTORS if name != "oil"}
    # The model keeps what all energy earns; crude elsewhere, whose discount it does not keep, is what is left of it.
    known = _total(to_china, ("oil", "gas", "lng", "coal")) + _total(to_others, ("gas", "lng", "coal"))
    to_others["oil"] = np.maximum(of("energy_revenue") - known, 0.0)
    market = BARRELS / 1000 * oil_price
    discount = volume_china["oil"] * (market - crude) + volume_china["gas"] * (lng - here["gas"])
    return Books(
        to_china, to_others, volume_china, volume_others, discount, of("exports_rus"), of("imports_rus"),
        of("import_budget"), of("exports_chn_rus"),
    )  # fmt: skip


def _total(values: Mapping[str, Numbers], names: tuple[str, ...]) -> Numbers:
    return np.asarray(np.sum([values[name] for name in names], axis=0))


class Costs(NamedTuple):
    """What a cut costs in each quarter, US$ bn in the quarter, (quarters, members), and what Russia regains of it.

    ``turned`` is Russia's cost if what finds no partner at once does so at the speed at which its trade turned in the
    record; pipe gas does not. ``lost`` is what the cut itself takes from Russia: its sales to China and, where these are
    cut, its purchases there.
    """

    russia: Numbers
    turned: Numbers
    china: Numbers
    lost: Numbers


def costs(base: Books, cut: Books, parameters: Mapping[str, NDArray[Any]], buying: bool = False) -> Costs:
    """The cost of a cut to each side, quarter by quarter: twins compared. ``buying``: what Russia buys is cut too."""
    sold_less = base.exports - cut.exports
    unspent = (cut.budget - cut.imports) - (base.budget - base.imports)
    russia = sold_less + unspent
    china = (base.from_china - cut.from_china) + (base.discount - cut.discount)
    lost = _total(base.to_china, SECTORS) - _total(cut.to_china, SECTORS)
    if buying:
        lost = lost + np.maximum(base.from_china - cut.from_china, 0)
    turned = russia - _turning(base, cut, parameters, unspent)
    return Costs(russia / 4, turned / 4, china / 4, lost / 4)


def _turning(base: Books, cut: Books, parameters: Mapping[str, NDArray[Any]], unspent: Numbers) -> Numbers:
    """What would be regained besides, US$ bn/yr, if the rest of each flow turned at the speeds of the record."""
    quarters = np.arange(len(unspent))[:, None]
    speeds = {
        "oil": "turn_oil", "lng": "turn_exports", "coal": "turn_exports", "raw": "turn_exports",
    }  # fmt: skip
    more = np.zeros_like(unspent)
    for name, speed in speeds.items():
        unsold = unsold_volume(base, cut, name)
        price = cut.to_others[name] / np.maximum(cut.volume_others[name], 1e-9)
        more += gone(parameters[speed], quarters) * unsold * price
    return more + gone(parameters["turn_imports"], quarters) * np.maximum(unspent, 0)


def gone(speed: NDArray[Any], quarters: NDArray[Any]) -> Numbers:
    """The part of what was left that has turned after so many quarters."""
    return np.asarray(1 - (1 - np.asarray(speed, np.float64)) ** quarters)


def unsold_volume(base: Books, cut: Books, name: str) -> Numbers:
    """What China no longer takes of a sector and no other does, in the sector's unit a year."""
    left = base.volume_china[name] - cut.volume_china[name]
    found = cut.volume_others[name] - base.volume_others[name]
    return np.maximum(left - found, 0.0)


def break_even(
    cost_rus: Numbers, cost_chn: Numbers, gdp: tuple[float, float], barrels: tuple[Numbers, Numbers]
) -> Numbers:
    """The rise of the world's crude price, US$/bbl, at which a year of the cut costs both the same part of their output.

    Costs in US$ bn a year; ``gdp`` of Russia and China in US$ bn; ``barrels`` are those that Russia still sells and
    those that China buys, bn a year. The books leave the world's price alone; this says how far that would have to be
    wrong. Negative where China loses more already.
    """  # fmt: skip
    (rus, chn), (sold, bought) = gdp, barrels
    return np.asarray((cost_rus / rus - cost_chn / chn) / (bought / chn + sold / rus))
