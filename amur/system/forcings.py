"""The outside world: what drives the relationship and is not driven by it. History as it was, futures as processes."""

from __future__ import annotations

from typing import NamedTuple

from amur.system.declare import Array, quantity


# fmt: off
class Forcings(NamedTuple):
    """One value per quarter (history) or per quarter and member (futures)."""

    oil_price: Array = quantity("US$/bbl", "Brent crude", 1, 500, claims="P7 G24")
    gas_price: Array = quantity("US$/mmbtu", "Gas in Europe", 0.2, 200, claims="R5")
    world_trade: Array = quantity("US$ bn/yr", "World goods exports", 100, 1e6)
    gdp_chn: Array = quantity("US$ bn/yr", "China's gross domestic product at market rates", 10, 1e6, claims="G16")
    gdp_wst: Array = quantity("US$ bn/yr", "Gross domestic product of the United States and the European Union", 100, 1e6)
    gdp_sou: Array = quantity("US$ bn/yr", "Gross domestic product of the world outside China, Russia and the West", 100, 1e6)
    growth_chn: Array = quantity("percent/yr", "Growth of China's real output", -30, 40, claims="R6")
    price_level_rus: Array = quantity("US$ bn/yr", "Russia's gross domestic product in dollars per unit of real output", 1, 1e5)
    exports_chn: Array = quantity("US$ bn/yr", "China's goods exports to the world", 1, 1e5, claims="T4")
    imports_chn: Array = quantity("US$ bn/yr", "China's goods imports from the world", 1, 1e5, claims="T4")
    trade_chn_wst: Array = quantity("US$ bn/yr", "China's goods trade with the United States and the European Union", 1, 1e5, claims="T4")
    oil_supply_rus: Array = quantity("Mt/yr", "Crude oil that Russia can export", 1, 500)
    coal_supply_rus: Array = quantity("Mt/yr", "Coal that Russia can export", 1, 500)
    food_supply_rus: Array = quantity("Mt/yr", "Grain, oilseeds and other food that Russia can export", 0.1, 300)
    gas_west_capacity: Array = quantity("bcm/yr", "Capacity of gas pipes from Russia to Europe and Türkiye", 0, 400, claims="R5")
    oil_demand_chn: Array = quantity("Mt/yr", "Crude oil that China needs to import", 0, 2000, claims="P17 G4")
    gas_demand_chn: Array = quantity("bcm/yr", "Gas that China needs to import", 0, 1000, claims="P17 G4")
    coal_demand_chn: Array = quantity("Mt/yr", "Coal that China needs to import", 0, 2000, claims="G4")
    food_demand_chn: Array = quantity("Mt/yr", "Grain and oilseeds that China needs to import", 0, 1000, claims="P18")
    oil_cas: Array = quantity("Mt/yr", "Central Asian crude that can reach China by pipe", 0, 200, claims="G21 P18")
    gas_cas: Array = quantity("bcm/yr", "Central Asian and Burmese gas that can reach China by pipe", 0, 300, claims="G21 P18")
    transition: Array = quantity("share", "Share of fossil import demand that the energy transition will have displaced fifteen years ahead, as then expected", 0, 1, claims="G4")
    malacca_open: Array = quantity("share", "Share of the passage through Malacca that is open", 0, 1, 1.0, claims="P17 P18")
    hormuz_open: Array = quantity("share", "Share of the passage through Hormuz that is open", 0, 1, 1.0, claims="P21")
    opensea_open: Array = quantity("share", "Share of the open-sea routes to China that is open", 0, 1, 1.0, claims="P18")
    stress_chn: Array = quantity("code 0-2", "Domestic stress in China", 0, 2, claims="R6")
    stress_rus: Array = quantity("code 0-3", "Domestic stress in Russia", 0, 3, claims="G24")
    democracy_chn: Array = quantity("index 0-1", "Liberal democracy in China", 0, 1, claims="G5")
    democracy_rus: Array = quantity("index 0-1", "Liberal democracy in Russia", 0, 1, claims="G5")
    population_rfe: Array = quantity("million", "Population of the Russian Far East", 0.1, 50, claims="G2 T16")
    population_chn: Array = quantity("million", "Population of China", 100, 3000, claims="T16")
    age_rus: Array = quantity("years", "Age of the Russian leader", 18, 120, claims="T11")
    age_chn: Array = quantity("years", "Age of the Chinese leader", 18, 120, claims="G6")
    espionage: Array = quantity("index", "Spy cases made public this quarter", 0, 1, claims="G12 T14")
    exposure: Array = quantity("index", "Covert transfers exposed by the West this quarter", 0, 1, claims="P23")
    grievance_spark: Array = quantity("index", "Historical incidents that stir the public this quarter", 0, 1, claims="G23")
    link_controls: Array = quantity("index", "Western measures against energy, transport and food links of the two", 0, 1, claims="P21")
    production_controls: Array = quantity("index", "Western measures against moving Chinese production to Russia and Belarus", 0, 1, claims="P22")
    western_coordination: Array = quantity("index", "How far Western measures are coordinated", 0, 1, 0.5, claims="P24")
    embargo: Array = quantity("index", "Western embargo on Russian energy beyond what sanctions imply, - is a return to buying", -1, 1, claims="T6 R5")
# fmt: on
