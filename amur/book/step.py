"""The page of the step: its equations as text that runs, beside the template ``step.md``."""

from __future__ import annotations

from pathlib import Path

from amur.book.formulas import latex
from amur.system import equations
from amur.system.decisions import Kremlin, Zhongnanhai
from amur.system.lines import STAGES

TEMPLATE = Path(__file__).with_name("step.md")

SPLITS = {
    "oil": ("oil_supply_rus * exp(pull_oil_supply)", "share_oil_chn", "share_oil_wst", "reroute"),
    "lng": ("can_lng", "share_lng_chn", "share_lng_wst", "reroute"),
    "coal": ("coal_supply_rus", "share_coal_chn", "share_coal_wst", "reroute"),
    "raw": (
        "raw_base * (world_trade / 3800) ** raw_trade * (oil_price / 19) ** raw_oil * exp(pull_raw_supply)",
        "share_raw_chn",
        "share_raw_wst",
        "0.3 * reroute",
    ),
    "goods": ("import_budget * (1 - tech_share)", "share_goods_chn", "share_goods_wst", "0.3 * reroute"),
    "tech": ("import_budget * tech_share", "share_tech_chn", "share_tech_wst", "0.1 * reroute"),
}
"""By good: its supply, the two shares and what part of a cut flow finds another buyer."""

BLOCKS = {
    "advance": """
pace = where(stage == MEMORANDUM, -4.2, -3.4)
steps = luck * (1 + exp(-clip(pace + pull_lines, -30, 30))) < 1
finished = progress >= 1
ready = finished & (needed(stage == OPERATING) | alone)
drawn = where(steps & (stage < BUILDING), stage + 1, stage)
drawn = where(steps & (stage == HALTED), where(finished, OPERATING, BUILDING), drawn)
drawn = where((stage == BUILDING) & ready, OPERATING, drawn)
line_stage = where(told, stage_told, drawn)
line_progress = where(line_stage == OPERATING, 1, min(progress + (line_stage == BUILDING) / (4 * lines.build), 1))
line_ramp = min(ramp + (line_stage == OPERATING) / (4 * lines.ramp), 1)
""",
    "capacities": """
carried = line_ramp * ((line_stage == OPERATING) & needed(line_stage == OPERATING)) * lines.capacity
can_oil_pipe = total(lines.oil * carried)
can_gas_pipe = total(lines.gas * carried)
can_lng = total(lines.lng * carried)
can_land = 3 + total((lines.food + 0.1 * lines.goods) * carried)
can_port = total(lines.port * carried)
""",
    "split": """
to_chn = max(share_chn * supply + add_chn, 0)
to_wst = max(share_wst * supply + add_wst, 0)
to_sou = max(max(1 - share_chn - share_wst, 0) * supply + add_sou, 0)
fit = min(1, supply / max(to_chn + to_wst + to_sou, 1e-9))
lost_west_and_china = fit * (to_chn * (1 - cut_chn) + to_wst * (1 - cut_wst))
flow_chn = to_chn * fit * cut_chn + regain * to_sou * fit * (1 - cut_sou) * cut_chn
flow_wst = to_wst * fit * cut_wst
flow_sou = to_sou * fit * cut_sou + regain * lost_west_and_china * cut_sou
""",
    "bounded": """
gas_chn = min(clip(gas_chn_use * can_gas_pipe * cut_gas_chn + add_gas_chn, 0, can_gas_pipe), gas_demand_chn)
oil_sou = oil_sou + max(oil_chn - oil_demand_chn, 0) * reroute * cut_oil_sou
oil_chn = min(oil_chn, oil_demand_chn)
room = max(gas_demand_chn - gas_chn, 0)
lng_sou = lng_sou + max(lng_chn - room, 0) * reroute * cut_lng_sou
lng_chn = min(lng_chn, room)
coal_chn = min(coal_chn, coal_demand_chn)
""",
    "unsplit": """
gas_wst = clip(gas_wst_share * gas_west_capacity * cut_gas_wst + add_gas_wst, 0, gas_west_capacity)
food_wanted = clip(share_food_chn * food_supply_rus * cut_food_chn + add_food_chn, 0, food_supply_rus)
food_chn = min(food_wanted, can_land + 5, food_demand_chn)
food_oth = clip((food_supply_rus - food_chn) * cut_food_oth + add_food_oth, 0, food_supply_rus - food_chn)
arms_chn = max(orders_chn * cut_arms_chn + add_arms_chn, 0)
arms_ind = max(orders_ind * cut_arms_ind + add_arms_ind, 0)
arms_vnm = max(orders_vnm * cut_arms_vnm + add_arms_vnm, 0)
arms_oth = max(orders_oth * cut_arms_oth + add_arms_oth, 0)
dualuse_chn = tech_chn * min(dualuse_share * exp(pull_dualuse), 0.6)
""",
    "routes": """
piped = min(oil_chn, can_oil_pipe)
pacific = min(oil_chn - piped, pacific_port)
rest = max(oil_demand_chn - oil_chn, 0)
asia = min(oil_cas, rest)
by_opensea = (rest - asia) * opensea_share
by_malacca = (rest - asia) * (1 - opensea_share) + oil_chn - piped - pacific
chn_oil_overland = piped + asia
chn_oil_pacific = pacific
passing = malacca_open * (1 - gulf_share * (1 - hormuz_open))
chn_oil_malacca = by_malacca * passing
chn_oil_opensea = by_opensea * opensea_open
chn_oil_unmet = by_malacca * (1 - passing) + by_opensea * (1 - opensea_open)
chn_gas_pacific = lng_chn
chn_gas_overland = min(gas_chn + gas_cas, gas_demand_chn - chn_gas_pacific)
gas_sea = max(gas_demand_chn - chn_gas_overland - chn_gas_pacific, 0)
gas_open = 0.5 * malacca_open * (0.5 + 0.5 * hormuz_open) + 0.5 * opensea_open
chn_gas_sea = gas_sea * gas_open
chn_gas_unmet = gas_sea * (1 - gas_open)
chn_food_overland = min(food_chn, can_land)
food_sea = max(food_demand_chn - chn_food_overland, 0)
chn_food_sea = food_sea * opensea_open
chn_food_unmet = food_sea * (1 - opensea_open)
""",
    "values": """
price_in_china = max(oil_price - crude_concession, 0.2 * oil_price)
price_elsewhere = max(oil_price - pull_urals_gap, 0.2 * oil_price)
lng_price = gas_price * 35.7 / 1000
coal_tonne = coal_price * (oil_price / 70) ** coal_oil / 1000
energy_chn = oil_chn * 7.33 * price_in_china / 1000 + gas_chn * gas_price_chn / 1000 + lng_chn * lng_price + coal_chn * coal_tonne
oil_else = (oil_wst + oil_sou) * 7.33 * price_elsewhere / 1000
gas_else = gas_wst * lng_price * gas_contract + (lng_wst + lng_sou) * lng_price
energy_else = oil_else + gas_else + (coal_wst + coal_sou) * coal_tonne
arms_else = (arms_ind + arms_vnm + arms_oth) * arms_price
exports_rus_chn = energy_chn + food_chn * food_price / 1000 + raw_chn + arms_chn * arms_price
exports_rus = exports_rus_chn + energy_else + food_oth * food_price / 1000 + raw_wst + raw_sou + arms_else
exports_chn_rus = goods_chn + tech_chn
imports_rus = exports_chn_rus + goods_wst + goods_sou + tech_wst + tech_sou
energy_revenue = energy_chn + energy_else
""",
    "accounts": """
both = exports_rus_chn + exports_chn_rus
dependence_rus = both / max(exports_rus + imports_rus, 1e-6)
on_russia = both / max(exports_chn + imports_chn, 1e-6)
dependence_chn = min(on_russia, 1)
relative = on_russia / max(dependence_rus, 1e-6)
asymmetry = -log(clip(relative, 0.006738, 148.41))
tech_dependence = tech_chn / max(tech_chn + tech_wst + tech_sou, 1e-6)
price = max(oil_price - crude_concession, 0.2 * oil_price)
piped = min(oil_chn, can_oil_pipe) * price * 7.33 / 1000 + gas_chn * gas_price_chn / 1000
single_buyer = clip(piped / max(energy_revenue, 1e-6), 0, 1)
exits = 0.5 * (share_raw_wst + share_oil_wst)
weight = leverage_trade * dependence_rus + leverage_tech * tech_dependence + leverage_pipe * single_buyer + leverage_cover * cover
leverage_chn = (1 - exp(-weight)) * clip(1 - exits, 0, 1) * (1 - clip(relative, 0, 1))
oil_pipe_capacity = can_oil_pipe
gas_pipe_capacity = can_gas_pipe
lng_capacity = can_lng
land_capacity = can_land
oil = chn_oil_overland + chn_oil_pacific
oil_free = max(can_oil_pipe + pacific_port * can_port + oil_cas - oil, 0)
oil_more = min(oil_free, max(oil_supply_rus - oil_chn, 0))
gas = chn_gas_overland + chn_gas_pacific
gas_more = max(can_gas_pipe + gas_cas + can_lng - gas, 0)
food = chn_food_overland
food_more = max(min(can_land, food_supply_rus) - food, 0)
rear_oil = clip((oil + oil_more) / max(oil + chn_oil_malacca + chn_oil_unmet, 1e-6), 0, 1)
rear_gas = clip((gas + gas_more) / max(gas + chn_gas_sea + chn_gas_unmet, 1e-6), 0, 1)
rear_food = clip((food + food_more) / max(food + chn_food_sea + chn_food_unmet, 1e-6), 0, 1)
rear_chn = (rear_oil + rear_gas + rear_food) / 3
goods = goods_chn / max(goods_chn + goods_wst + goods_sou, 1e-6)
rear_rus = clip((tech_dependence + goods + yuan_share + plants) / 4, 0, 1)
west_over_rus = min(trade_chn_wst / max(both, 1e-6), 1000)
""",
}
"""The equations of the books by the name of their place in the template; each is held against the code by a test."""


def page() -> str:
    """The page of the step in Markdown."""
    from amur.book.pages import INTRODUCTION, rows

    splits = rows(
        ["good", "supply", "regain"],
        [[f"`{good}`", f"`{supply}`", f"`{regain}`"] for good, (supply, _, _, regain) in SPLITS.items()],
    )
    return TEMPLATE.read_text(encoding="utf-8").format(
        introduction=INTRODUCTION.strip(),
        stages=", ".join(f"{number} {name}" for number, name in enumerate(STAGES)),
        splits=splits,
        start=f"`kremlin` ({Kremlin.WESTERN.name.lower()}) and `zhongnanhai` ({Zhongnanhai.CAREFUL.name.lower()})",
        **{name: _block(text) for name, text in BLOCKS.items()},
    )


def _block(text: str) -> str:
    parsed = equations.parse(text, defines=True)
    return f"```\n{parsed.text}\n```\n\n<details><summary>Set as mathematics</summary>\n\n```math\n{latex(parsed)}\n```\n\n</details>"
