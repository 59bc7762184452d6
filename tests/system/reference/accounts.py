"""What is read off the books: dependence, leverage and the two rears."""

from __future__ import annotations

from math import exp, log

from reference.books import BARRELS
from reference.maths import Names, clip


def accounts(moved: Names, made: Names, carries: Names, outside: Names, p: Names) -> Names:
    """The accounts of the quarter, from the moved state, the flows, what the lines carry and the world."""
    return Names(
        {
            **_dependence(moved, made, carries, outside, p),
            **_rear_of_china(made, carries, outside, p),
            **_rear_of_russia(moved, made),
            "oil_pipe_capacity": carries.can_oil_pipe,
            "gas_pipe_capacity": carries.can_gas_pipe,
            "lng_capacity": carries.can_lng,
            "land_capacity": carries.can_land,
            "energy_revenue": made.energy_revenue,
        }
    )


def _dependence(moved: Names, made: Names, carries: Names, outside: Names, p: Names) -> dict[str, float]:
    both = made.exports_rus_chn + made.exports_chn_rus
    dependence_rus = both / max(made.exports_rus + made.imports_rus, 1e-6)
    on_russia = both / max(outside.exports_chn + outside.imports_chn, 1e-6)
    relative = on_russia / max(dependence_rus, 1e-6)
    tech_dependence = made.tech_chn / max(made.tech_chn + made.tech_wst + made.tech_sou, 1e-6)

    price = max(outside.oil_price - moved.crude_concession, 0.2 * outside.oil_price)
    bound_oil = min(made.oil_chn, carries.can_oil_pipe) * price * BARRELS / 1000
    bound_gas = made.gas_chn * moved.gas_price_chn / 1000
    single_buyer = clip((bound_oil + bound_gas) / max(made.energy_revenue, 1e-6), 0, 1)

    exits = (moved.share_raw_wst + moved.share_oil_wst) / 2
    weight = (
        p.leverage_trade * dependence_rus
        + p.leverage_tech * tech_dependence
        + p.leverage_pipe * single_buyer
        + p.leverage_cover * moved.cover
    )
    return {
        "dependence_rus": dependence_rus,
        "dependence_chn": min(on_russia, 1),
        "asymmetry": -log(clip(relative, 0.006738, 148.41)),
        "tech_dependence": tech_dependence,
        "single_buyer": single_buyer,
        "leverage_chn": (1 - exp(-weight)) * clip(1 - exits, 0, 1) * (1 - clip(relative, 0, 1)),
        "west_over_rus": min(outside.trade_chn_wst / max(both, 1e-6), 1000),
    }


def _rear_of_china(made: Names, carries: Names, outside: Names, p: Names) -> dict[str, float]:
    oil = made.chn_oil_overland + made.chn_oil_pacific
    oil_room = max(carries.can_oil_pipe + p.pacific_port * carries.can_port + outside.oil_cas - oil, 0)
    oil_more = min(oil_room, max(outside.oil_supply_rus - made.oil_chn, 0))
    gas = made.chn_gas_overland + made.chn_gas_pacific
    gas_more = max(carries.can_gas_pipe + outside.gas_cas + carries.can_lng - gas, 0)
    food = made.chn_food_overland
    food_more = max(min(carries.can_land, outside.food_supply_rus) - food, 0)

    def covered(has: float, more: float, at_risk: float) -> float:
        return clip((has + more) / max(has + at_risk, 1e-6), 0, 1)

    rear_oil = covered(oil, oil_more, made.chn_oil_malacca + made.chn_oil_unmet)
    rear_gas = covered(gas, gas_more, made.chn_gas_sea + made.chn_gas_unmet)
    rear_food = covered(food, food_more, made.chn_food_sea + made.chn_food_unmet)
    return {
        "rear_oil": rear_oil,
        "rear_gas": rear_gas,
        "rear_food": rear_food,
        "rear_chn": (rear_oil + rear_gas + rear_food) / 3,
    }


def _rear_of_russia(moved: Names, made: Names) -> dict[str, float]:
    tech = made.tech_chn / max(made.tech_chn + made.tech_wst + made.tech_sou, 1e-6)
    goods = made.goods_chn / max(made.goods_chn + made.goods_wst + made.goods_sou, 1e-6)
    return {"rear_rus": clip((tech + goods + moved.yuan_share + moved.plants) / 4, 0, 1)}
