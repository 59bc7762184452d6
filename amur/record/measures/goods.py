"""Goods that matter more than their value: cars, machine tools, soya beans, food."""

from __future__ import annotations

from amur.record.measures.flows import EXPORTS, flow
from amur.record.measures.points import (
    ratio,
    recorded,
)
from amur.record.measures.registry import Dyad, declare
from amur.record.measures.trade import HIRSCHMAN
from amur.record.record import Record
from amur.record.timeseries import Point

chinese_car_share = declare(
    name="trade.chinese-car-share",
    title="Share of Chinese brands in new car sales in Russia",
    unit="percent",
    dimension="economic",
    definition="Share of Chinese brands in sales of new passenger cars, Autostat; local brands that assemble "
    "Chinese models excluded.",
    formula="as recorded",
    literature="Autostat",
    claims=("T6", "P16"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("society.auto.chinese-share"))

chinese_car_share_monthly = declare(
    name="trade.chinese-car-share.m",
    title="Share of Chinese brands in new car sales in Russia, monthly",
    unit="percent",
    dimension="economic",
    definition="As trade.chinese-car-share, single months as quoted.",
    formula="as recorded",
    literature="Autostat",
    claims=("T6",),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)(recorded("society.auto.chinese-share.m"))

high_priority_share = declare(
    name="trade.high-priority-dependence",
    title="China's share of Russia's imports of high-priority dual-use goods",
    unit="percent",
    dimension="economic",
    definition="Share of China in Russia's imports of the fifty items on the Common High Priority List of the G7, "
    "estimate of the Carnegie Endowment; one year.",
    formula="as recorded",
    literature="Carnegie Endowment 2024",
    claims=("P1", "P14", "G9"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("trade.share.chn-in-rus-chpl-imports", "security.dualuse.chpl-share.chn-rus"))

machine_tool_share = declare(
    name="trade.machine-tool-dependence",
    title="China's share of Russia's imports of machine tools",
    unit="percent",
    dimension="economic",
    definition="Share of China in Russia's imports of machine tools by value, as quoted; 2024 is the middle of a "
    "range for 2023 and early 2024.",
    formula="as recorded",
    literature="Economic Security Council of Ukraine; bne IntelliNews",
    claims=("P14", "G9"),
    dyads=("RUS-CHN",),
    directed=True,
)(recorded("security.dualuse.machine-tools-share.chn-rus"))

cnc_share_monthly = declare(
    name="trade.cnc-dependence.m",
    title="China's share of Russia's imports of computer-controlled machine tools",
    unit="percent",
    dimension="economic",
    definition="Share by value of Chinese-made devices in Russia's imports of computer-controlled machine tools in "
    "the month, Russian customs records reported by the Financial Times; two months.",
    formula="as recorded",
    literature="Financial Times 2024",
    claims=("P14", "G9"),
    dyads=("RUS-CHN",),
    directed=True,
    frequency="M",
)(recorded("security.dualuse.cnc-share.chn-rus"))


@declare(
    name="trade.cars-share",
    title="Cars in China's exports to Russia",
    unit="percent",
    dimension="economic",
    definition="Passenger cars as percent of the value of China's goods exports to Russia, both China customs.",
    formula="100 X_cars / X_CHN,RUS",
    literature=HIRSCHMAN,
    claims=("T6",),
    dyads=("CHN-RUS",),
    directed=True,
)
def cars_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(record.timeseries("trade.cars-value.chn-rus"), record.timeseries("trade.exports.chn-rus"))


@declare(
    name="trade.soya-dependence",
    title="Soya import dependence of China",
    unit="percent",
    dimension="economic",
    definition="Tonnes of soya beans China bought from b as percent of its soya imports, China customs. The record "
    "has no tonnes from Russia: see trade.soya-share for their weight in Russia's sales.",
    formula="100 Q_b / Q_world",
    literature=HIRSCHMAN,
    claims=("P18", "P21"),
    dyads=("CHN-USA", "CHN-BRA"),
    directed=True,
)
def soya_dependence(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries(f"trade.soya-volume.{dyad.b.lower()}-chn"),
        record.timeseries("trade.soya-volume.wld-chn"),
    )


@declare(
    name="trade.soya-share",
    title="Soya beans in Russia's exports to China",
    unit="percent",
    dimension="economic",
    definition="Soya beans (HS 120190) as percent of the value of Russia's goods exports to China, both as Russian "
    "customs reports them to UN Comtrade.",
    formula="100 X_soya / X_RUS,CHN",
    literature=HIRSCHMAN,
    claims=("P18", "P21"),
    dyads=("RUS-CHN",),
    directed=True,
)
def soya_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("trade.exports.soya.rus-chn.fcs"), record.timeseries("trade.exports.rus-chn.fcs")
    )


@declare(
    name="trade.food-share",
    title="Farm and food goods in Russia's exports to China",
    unit="percent",
    dimension="economic",
    definition="Agro-industrial exports to China (Agroexport centre) as percent of Russia's goods exports to China "
    "(Russian customs, else China customs); one year.",
    formula="100 X_agri / X_RUS,CHN",
    literature=HIRSCHMAN,
    claims=("P18", "P21"),
    dyads=("RUS-CHN",),
    directed=True,
)
def food_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(record.timeseries("trade.exports.agri.rus-chn"), flow(record, EXPORTS["RUS", "CHN"]))
