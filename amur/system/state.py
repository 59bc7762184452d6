"""The state of the relationship: one field per quantity, each an array over the members of an ensemble.

Flows are annual rates (a quarter adds a quarter of them). Indices run from 0 to 1 unless said otherwise.
``CHN`` China, ``RUS`` Russia, ``WST`` the sanctioning West (USA, EU, UK, Japan and others), ``SOU`` the markets
that do not sanction (India, Türkiye and others).
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, NamedTuple

from amur.system.declare import Array, Quantity, quantity, table

if TYPE_CHECKING:
    from amur.system.decisions import Decisions

BIG = 1e6


# One line a quantity, so that the tables can be read as tables.
# fmt: off
class Flows(NamedTuple):
    """What is traded and carried. Written by :mod:`amur.system.flows` alone, so that the books close."""

    oil_chn: Array = quantity("Mt/yr", "Russian crude oil delivered to China, all routes", 0, 400, 1.0, "G3 B3", "flow")
    oil_wst: Array = quantity("Mt/yr", "Russian crude oil delivered to the West", 0, 400, 110.0, "R5", "flow")
    oil_sou: Array = quantity("Mt/yr", "Russian crude oil delivered to other markets", 0, 400, 14.0, "T6", "flow")
    gas_chn: Array = quantity("bcm/yr", "Russian pipeline gas delivered to China", 0, 300, 0.0, "G4 R4", "flow")
    gas_wst: Array = quantity("bcm/yr", "Russian pipeline gas delivered to Europe and Türkiye", 0, 300, 180.0, "R5", "flow")
    lng_chn: Array = quantity("bcm/yr", "Russian liquefied gas delivered to China", 0, 200, 0.0, "B3 G22", "flow")
    lng_wst: Array = quantity("bcm/yr", "Russian liquefied gas delivered to the West", 0, 200, 0.0, "G22", "flow")
    lng_sou: Array = quantity("bcm/yr", "Russian liquefied gas delivered to other markets", 0, 200, 0.0, "", "flow")
    coal_chn: Array = quantity("Mt/yr", "Russian coal delivered to China", 0, 400, 0.3, "G3", "flow")
    coal_wst: Array = quantity("Mt/yr", "Russian coal delivered to the West", 0, 400, 15.0, "", "flow")
    coal_sou: Array = quantity("Mt/yr", "Russian coal delivered to other markets", 0, 400, 4.0, "", "flow")
    food_chn: Array = quantity("Mt/yr", "Russian grain, oilseeds and other food delivered to China", 0, 200, 0.3, "P18 P19", "flow")
    food_oth: Array = quantity("Mt/yr", "Russian food delivered to all other markets", 0, 300, 2.0, "", "flow")
    raw_chn: Array = quantity("US$ bn/yr", "Russia's other exports (oil products, metals, timber, machinery) to China", 0, 2000, 2.7, "G3 P4", "flow")
    raw_wst: Array = quantity("US$ bn/yr", "Russia's other exports to the West", 0, 3000, 16.0, "", "flow")
    raw_sou: Array = quantity("US$ bn/yr", "Russia's other exports to other markets", 0, 3000, 8.0, "", "flow")
    goods_chn: Array = quantity("US$ bn/yr", "Russia's imports of consumer and general goods from China", 0, 2000, 1.2, "G3 T6", "flow")
    goods_wst: Array = quantity("US$ bn/yr", "Russia's imports of consumer and general goods from the West", 0, 2000, 13.0, "", "flow")
    goods_sou: Array = quantity("US$ bn/yr", "Russia's imports of consumer and general goods from others", 0, 2000, 13.0, "", "flow")
    tech_chn: Array = quantity("US$ bn/yr", "Russia's imports of machinery, electronics and dual-use technology from China", 0, 2000, 0.5, "G9 P1", "flow")
    tech_wst: Array = quantity("US$ bn/yr", "Russia's imports of machinery, electronics and dual-use technology from the West", 0, 2000, 9.0, "G9", "flow")
    tech_sou: Array = quantity("US$ bn/yr", "Russia's imports of machinery, electronics and dual-use technology from others", 0, 2000, 4.0, "", "flow")
    arms_chn: Array = quantity("TIV mn/yr", "Deliveries of major Russian arms to China", 0, 2e4, 1000.0, "B4", "flow")
    arms_ind: Array = quantity("TIV mn/yr", "Deliveries of major Russian arms to India", 0, 2e4, 550.0, "G20", "flow")
    arms_vnm: Array = quantity("TIV mn/yr", "Deliveries of major Russian arms to Vietnam", 0, 2e4, 50.0, "G20", "flow")
    arms_oth: Array = quantity("TIV mn/yr", "Deliveries of major Russian arms to all others", 0, 2e4, 1200.0, "B4", "flow")
    chn_oil_overland: Array = quantity("Mt/yr", "China's crude imports by pipe from Russia and Central Asia", 0, BIG, 0.0, "P17", "flow")
    chn_oil_pacific: Array = quantity("Mt/yr", "China's crude imports from Russia's Pacific ports", 0, BIG, 0.0, "P17", "flow")
    chn_oil_malacca: Array = quantity("Mt/yr", "China's crude imports through the Strait of Malacca", 0, BIG, 8.0, "P17", "flow")
    chn_oil_opensea: Array = quantity("Mt/yr", "China's crude imports by sea that avoid Malacca", 0, BIG, 3.0, "P17", "flow")
    chn_gas_overland: Array = quantity("bcm/yr", "China's gas imports by pipe", 0, BIG, 0.0, "P17", "flow")
    chn_gas_pacific: Array = quantity("bcm/yr", "China's liquefied gas from Russia", 0, BIG, 0.0, "P17", "flow")
    chn_gas_sea: Array = quantity("bcm/yr", "China's liquefied gas from others by sea", 0, BIG, 0.0, "P17", "flow")
    chn_food_overland: Array = quantity("Mt/yr", "China's food imports overland from Russia and Central Asia", 0, BIG, 0.3, "P18", "flow")
    chn_food_sea: Array = quantity("Mt/yr", "China's food imports by sea", 0, BIG, 10.0, "P18", "flow")
    chn_oil_unmet: Array = quantity("Mt/yr", "China's crude demand left unmet", 0, BIG, 0.0, "P18", "flow")
    chn_gas_unmet: Array = quantity("bcm/yr", "China's gas import demand left unmet", 0, BIG, 0.0, "P18", "flow")
    chn_food_unmet: Array = quantity("Mt/yr", "China's food import demand left unmet", 0, BIG, 0.0, "P18", "flow")
    exports_rus_chn: Array = quantity("US$ bn/yr", "Russia's goods exports to China, value", 0, 5000, 2.8, "G3 T6", "flow")
    exports_rus: Array = quantity("US$ bn/yr", "Russia's goods exports to the world, value", 0, 10000, 42.0, "P7", "flow")
    exports_chn_rus: Array = quantity("US$ bn/yr", "China's goods exports to Russia, value", 0, 5000, 1.7, "G3 T6", "flow")
    imports_rus: Array = quantity("US$ bn/yr", "Russia's goods imports from the world, value", 0, 10000, 41.0, "", "flow")
    dualuse_chn: Array = quantity("US$ bn/yr", "China's supply of high-priority dual-use goods to Russia", 0, 500, 0.05, "P1 G9", "flow")


class Stocks(NamedTuple):
    """What accumulates or adjusts: shares, capacities, prices, the economy, war and politics."""

    # Shares of Russia's trade by destination and origin; the rest goes to or comes from SOU.
    share_oil_chn: Array = quantity("share", "China's share of Russian crude exports", 0, 1, 0.008, "G3")
    share_oil_wst: Array = quantity("share", "The West's share of Russian crude exports", 0, 1, 0.88, "R5")
    share_lng_chn: Array = quantity("share", "China's share of Russian liquefied gas exports", 0, 1, 0.05, "B3")
    share_lng_wst: Array = quantity("share", "The West's share of Russian liquefied gas exports", 0, 1, 0.85, "")
    share_coal_chn: Array = quantity("share", "China's share of Russian coal exports", 0, 1, 0.02, "G3")
    share_coal_wst: Array = quantity("share", "The West's share of Russian coal exports", 0, 1, 0.75, "")
    share_food_chn: Array = quantity("share", "China's share of Russian food exports", 0, 1, 0.1, "P19")
    share_raw_chn: Array = quantity("share", "China's share of Russia's other exports", 0, 1, 0.13, "P4")
    share_raw_wst: Array = quantity("share", "The West's share of Russia's other exports", 0, 1, 0.6, "")
    share_goods_chn: Array = quantity("share", "China's share of Russia's goods imports", 0, 1, 0.07, "T6")
    share_goods_wst: Array = quantity("share", "The West's share of Russia's goods imports", 0, 1, 0.48, "")
    share_tech_chn: Array = quantity("share", "China's share of Russia's technology imports", 0, 1, 0.06, "G9")
    share_tech_wst: Array = quantity("share", "The West's share of Russia's technology imports", 0, 1, 0.65, "G9")
    gas_wst_share: Array = quantity("share", "Share of the westward gas pipes' capacity in use", 0, 1, 0.85, "R5")
    gas_chn_use: Array = quantity("share", "Share of the eastward gas lines' capacity in use", 0, 1, 0.95, "G4")
    import_budget: Array = quantity("US$ bn/yr", "What Russia spends on goods imports, following its revenue", 0, 10000, 41.0, "")
    orders_chn: Array = quantity("TIV mn/yr", "Russian arms on order for delivery to China", 0, 2e4, 1000.0, "B4")
    orders_ind: Array = quantity("TIV mn/yr", "Russian arms on order for delivery to India", 0, 2e4, 550.0, "G20")
    orders_vnm: Array = quantity("TIV mn/yr", "Russian arms on order for delivery to Vietnam", 0, 2e4, 50.0, "G20")
    orders_oth: Array = quantity("TIV mn/yr", "Russian arms on order for delivery to all others", 0, 2e4, 1200.0, "B4")
    crude_concession: Array = quantity("US$/bbl", "Price concession on Russian crude at the Chinese border, below Brent", -15, 40, 0.0, "G18 B9", noise="noise_concession")
    gas_price_chn: Array = quantity("US$/1000 m3", "Price of Russian pipeline gas at the Chinese border", 20, 1500, 100.0, "G4 G18")
    # Capacities.
    line_stage: Array = quantity("stage", "Stage of each line or project: none, idea, memorandum, contract, building, operating, halted", 0, 6, 0.0, "P16 R4", "lines", given=True)
    line_progress: Array = quantity("share", "Share built of each line or project", 0, 1, 0.0, "P16 R4", "lines")
    line_ramp: Array = quantity("share", "Share of each operating line's capacity that is filled", 0, 1, 0.0, "P16 R4", "lines")
    # Money.
    yuan_share: Array = quantity("share", "Share of China-Russia trade settled in the two currencies", 0, 1, 0.02, "G15")
    payment_friction: Array = quantity("index", "Friction in payments between the two", 0, 1, 0.3, "G14 G15")
    chn_capital: Array = quantity("US$ bn", "Stock of Chinese direct investment in Russia", 0, 1000, 0.1, "G13 B6")
    plants: Array = quantity("index", "Chinese production moved to Russia and Belarus; 1 is a full set of critical goods", 0, 1, 0.0, "P16 P22")
    # Russia's economy and war.
    output_rus: Array = quantity("index, 1992-Q1 = 1", "Russia's real output", 0.1, 20, 1.0, "G24", given=True)
    reform: Array = quantity("index", "Reform of the Russian economy: diversification and investment climate", 0, 1, 0.3, "G24 G13", given=True)
    fiscal_strain: Array = quantity("index", "Strain on Russia's budget", 0, 1, 0.5, "P7")
    war_capacity: Array = quantity("index", "Russia's capacity to wage war", 0, 1, 0.4, "P7", noise="noise_war_capacity", given=True)
    momentum: Array = quantity("index", "Battlefield momentum in Ukraine, + is Russia advancing", -1, 1, 0.0, "P11", noise="noise_momentum", given=True)
    collapse: Array = quantity("index", "Nearness of a collapse of the Russian military", 0, 1, 0.0, "T9 P12", given=True)
    aid_ukr: Array = quantity("EUR bn/yr", "Western aid to Ukraine", 0, 1000, 0.0, "P9", given=True)
    # Confrontation.
    rivalry_usa_chn: Array = quantity("code 0-4", "Rivalry of the United States and China", 0, 4, 1.0, "G7", noise="noise_rivalry_chn", given=True)
    rivalry_wst_rus: Array = quantity("code 0-4", "Rivalry of the West and Russia", 0, 4, 0.0, "G7", noise="noise_rivalry_rus", given=True)
    threat_chn: Array = quantity("index", "Threat from the West as Beijing sees it", 0, 1, 0.25, "G7 R12")
    threat_rus: Array = quantity("index", "Threat from the West as Moscow sees it", 0, 1, 0.05, "G7 R12")
    cohesion_wst: Array = quantity("index", "Cohesion of the Western coalition", 0, 1, 0.35, "P9 P15 T8", noise="noise_cohesion")
    europe_tie: Array = quantity("index", "China's standing in Europe", 0, 1, 0.5, "P10 T8")
    # The bond.
    trust_chn: Array = quantity("index -1 to 1", "Trust of Beijing in Moscow", -1, 1, -0.1, "P10 B9", noise="noise_trust", given=True)
    trust_rus: Array = quantity("index -1 to 1", "Trust of Moscow in Beijing", -1, 1, -0.1, "P10 B9", noise="noise_trust", given=True)
    coordination: Array = quantity("index", "Diplomatic coordination: votes, vetoes, common positions", 0, 1, 0.15, "G5 R3", noise="noise_coordination")
    rhetoric: Array = quantity("index", "Warmth of the official words", 0, 1, 0.2, "R2 T1", noise="noise_rhetoric")
    integration: Array = quantity("index", "Military integration: exercises, patrols, shared command and bases", 0, 1, 0.0, "T13 R9", noise="noise_integration")
    intelligence: Array = quantity("index", "Sharing of intelligence", 0, 1, 0.05, "T14")
    bond: Array = quantity("index", "Personal bond of the two leaders", 0, 1, 0.1, "G6")
    status: Array = quantity("index", "Great-power status that Beijing accords Moscow", 0, 1, 0.5, "B8")
    cover: Array = quantity("index", "Diplomatic cover that China gives Russia", 0, 1, 0.05, "B10", given=True)
    alarm: Array = quantity("index", "Alarm over espionage between the services", 0, 1, 0.1, "G12 T14")
    grievance: Array = quantity("index", "Historical grievance and nationalism directed at the other", 0, 1, 0.35, "G23")
    border_worry: Array = quantity("index", "Fear about the border and migration in Russia's Far East", 0, 1, 0.6, "G1 G2 R10")
    assertiveness: Array = quantity("index", "Assertiveness of Beijing", 0, 1, 0.1, "G24", noise="noise_assertiveness")
    orientation: Array = quantity("index -1 to 1", "Russia's orientation, - West and + East", -1, 1, -0.6, "T11 G24", noise="noise_orientation")
    capture: Array = quantity("index", "Friends that Chinese money has bought in the Russian elite", 0, 1, 0.05, "B7")
    autonomy_worry: Array = quantity("index", "Moscow's worry about its strategic autonomy", 0, 1, 0.3, "P8 G10 T10")
    divergence: Array = quantity("index", "Divergence of security interests", 0, 1, 0.4, "G11 R7 R8")
    casia_friction: Array = quantity("index", "Friction over Central Asia", 0, 1, 0.05, "G21")
    arctic_access: Array = quantity("index", "China's access to the Russian Arctic", 0, 1, 0.0, "G22")
    eurasia: Array = quantity("index", "Linking of the Eurasian Union and Belt and Road", 0, 1, 0.0, "B5")
    resentment: Array = quantity("index", "Resentment in Moscow of Chinese pressure", 0, 1, 0.1, "G19 G20")


class Accounts(NamedTuple):
    """Read off the books each quarter by :mod:`amur.system.accounts`."""

    dependence_rus: Array = quantity("share", "China's share of Russia's goods trade (trade dependence)", 0, 1, 0.055, "G16", "account")
    dependence_chn: Array = quantity("share", "Russia's share of China's goods trade (trade dependence)", 0, 1, 0.035, "G16 T4", "account")
    asymmetry: Array = quantity("log ratio", "Log of Russia's trade dependence over China's", -5, 5, 0.0, "G16", "account")
    tech_dependence: Array = quantity("share", "China's share of Russia's technology imports", 0, 1, 0.035, "G9", "account")
    single_buyer: Array = quantity("share", "Share of Russian energy exports (value) that China alone can take", 0, 1, 0.0, "G18", "account")
    leverage_chn: Array = quantity("index", "Beijing's leverage over Moscow: dependence times the lack of exits", 0, 1, 0.02, "G17 B10 B2", "account")
    oil_pipe_capacity: Array = quantity("Mt/yr", "Capacity of oil pipelines from Russia to China", 0, 500, 0.0, "P16 G18", "account")
    gas_pipe_capacity: Array = quantity("bcm/yr", "Capacity of gas pipelines from Russia to China, as far as ramped up", 0, 500, 0.0, "P16 G4", "account")
    lng_capacity: Array = quantity("bcm/yr", "Capacity of Russian liquefied gas plants", 0, 500, 0.0, "G22", "account")
    land_capacity: Array = quantity("Mt/yr", "Capacity of rail, bridges and terminals for food between the two", 0, 500, 3.0, "P16 P19", "account")
    rear_oil: Array = quantity("share", "Crude that Russia and Central Asia bring or could at once bring to China, over that plus what comes past Malacca", 0, 1, 0.0, "P17 P18", "account")
    rear_gas: Array = quantity("share", "Gas that Russia and Central Asia bring or could at once bring to China, over that plus what comes by sea", 0, 1, 0.0, "P17 P18", "account")
    rear_food: Array = quantity("share", "Food that comes or could at once come to China overland, over that plus what comes by sea", 0, 1, 0.0, "P18", "account")
    rear_chn: Array = quantity("index", "Russia's capacity as China's rear", 0, 1, 0.0, "P14 P18", "account")
    rear_rus: Array = quantity("index", "China's capacity as Russia's rear", 0, 1, 0.05, "P14 P16", "account")
    energy_revenue: Array = quantity("US$ bn/yr", "Russia's revenue from oil, gas and coal exports", 0, 5000, 20.0, "P7 B3", "account")
    west_over_rus: Array = quantity("ratio", "China's trade with the West over its trade with Russia", 0, 1000, 20.0, "T4", "account")


# fmt: on
if TYPE_CHECKING:

    class State:
        """Everything that one quarter hands to the next; ``was`` holds the decisions of the quarter before."""

        was: Decisions

        def __getattr__(self, name: str) -> Array: ...

        def _replace(self, **fields: object) -> State: ...

        def _asdict(self) -> dict[str, Array]: ...

else:
    _fields = {**Flows._field_defaults, **Stocks._field_defaults, **Accounts._field_defaults}
    State = namedtuple("State", [*_fields, "was"])
    State.__doc__ = (
        "Everything that one quarter hands to the next; ``was`` holds the decisions of the quarter before."
    )

QUANTITIES: dict[str, Quantity] = {**table(Flows), **table(Stocks), **table(Accounts)}
