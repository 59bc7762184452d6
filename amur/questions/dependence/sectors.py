"""The sectors in which the two may need each other, both ways, and what the record has on each."""

from __future__ import annotations

from amur.questions.answer import Row
from amur.questions.dependence.needs import (
    BUYS,
    CHINA,
    RUSSIA,
    SELLS,
    Need,
    arms_partners,
    bounds,
    of_measure,
    of_parts,
    of_series,
    other_goods,
    piped,
    row,
)
from amur.questions.dependence.needs import Figure as _Figure
from amur.record.record import Record

ALL = "all goods"
GOODS = ("goods_chn", "tech_chn")
NOT_FOOD = "the record has Russia's food sales to China, not those to all"

NEEDS = (
    Need(RUSSIA, SELLS, ALL, (of_measure("trade.export-dependence", "RUS-CHN", "of Russia's goods exports"),),
        bounds("trade.concentration", "RUS-WLD", "partners of Russia's trade"),
        (("exports_rus_chn",), ("exports_rus",))),
    Need(RUSSIA, SELLS, "crude oil", (
        of_measure("energy.oil-export-dependence", "RUS-CHN", "of Russia's sales of crude and oil products by value"),
        of_measure("energy.crude-export-dependence", "RUS-CHN", "of Russia's crude exports by tonnage"),
        of_measure("energy.oil-earnings-dependence", "RUS-CHN", "of Russia's oil export earnings")),
        bounds("energy.crude-export-concentration", "RUS-WLD", "buyers of Russia's crude"),
        (("oil_chn",), ("oil_chn", "oil_wst", "oil_sou"))),
    Need(RUSSIA, SELLS, "pipeline gas", (
        _Figure("of Russia's gas by pipe to Europe, Türkiye and China", "energy.gas.pos1.rus-chn", piped),
        of_measure("energy.gas-export-dependence", "RUS-CHN", "of Russia's gas exports, pipe and ship")),
        bounds("energy.gas-export-concentration", "RUS-WLD", "buyers of Russia's gas"),
        (("gas_chn",), ("gas_chn", "gas_wst"))),
    Need(RUSSIA, SELLS, "liquefied gas", (
        of_measure("energy.lng-export-dependence", "RUS-CHN", "of Russia's exports of liquefied gas"),), None,
        (("lng_chn",), ("lng_chn", "lng_wst", "lng_sou"))),
    Need(RUSSIA, SELLS, "coal", (
        of_measure("energy.coal-export-dependence", "RUS-CHN", "of Russia's coal sales by value"),), None,
        (("coal_chn",), ("coal_chn", "coal_wst", "coal_sou"))),
    Need(RUSSIA, SELLS, "food", (), None, (("food_chn",), ("food_chn", "food_oth")), NOT_FOOD),
    Need(RUSSIA, SELLS, "arms", (
        of_series("security.arms.share5.chn-in-rus-exports", "of Russia's arms exports, five years"),),
        of_parts("buyers of Russia's arms", arms_partners),
        (("arms_chn",), ("arms_chn", "arms_ind", "arms_vnm", "arms_oth"))),
    Need(RUSSIA, SELLS, "other goods", (
        _Figure("of Russia's exports other than fuels", "trade.export-dependence", other_goods),), None,
        (("raw_chn",), ("raw_chn", "raw_wst", "raw_sou"))),
    Need(RUSSIA, BUYS, ALL, (of_measure("trade.import-dependence", "RUS-CHN", "of Russia's goods imports"),),
        None, (("exports_chn_rus",), ("imports_rus",))),
    Need(RUSSIA, BUYS, "technology", (
        of_measure("trade.high-priority-dependence", "RUS-CHN", "of Russia's imports of high-priority dual-use goods"),),
        None, (("tech_chn",), ("tech_chn", "tech_wst", "tech_sou"))),
    Need(RUSSIA, BUYS, "machine tools", (
        of_measure("trade.machine-tool-dependence", "RUS-CHN", "of Russia's imports of machine tools"),
        of_measure("trade.cnc-dependence.m", "RUS-CHN", "of Russia's imports of computer-controlled machine tools"))),
    Need(RUSSIA, BUYS, "cars", (
        of_measure("trade.chinese-car-share", "RUS-CHN", "of new cars sold in Russia"),)),
    Need(CHINA, BUYS, ALL, (of_measure("trade.import-dependence", "CHN-RUS", "of China's goods imports"),),
        None, (("exports_rus_chn",), ("imports_chn",))),
    Need(CHINA, BUYS, "crude oil", (
        of_measure("energy.crude-import-dependence", "CHN-RUS", "of China's crude imports by tonnage"),),
        bounds("energy.crude-import-concentration", "CHN-WLD", "origins of China's crude"),
        (("oil_chn",), ("oil_demand_chn",))),
    Need(CHINA, BUYS, "pipeline gas", (
        of_measure("energy.pipeline-gas-value-dependence", "CHN-RUS", "of China's pipeline gas imports by value"),
        of_measure("energy.pipeline-gas-import-dependence", "CHN-RUS", "of China's pipeline gas imports by volume")),
        bounds("energy.gas-import-concentration", "CHN-WLD", "origins of China's gas, pipe and ship"),
        (("gas_chn",), ("chn_gas_overland",))),
    Need(CHINA, BUYS, "liquefied gas", (
        of_measure("energy.lng-import-dependence", "CHN-RUS", "of China's imports of liquefied gas"),), None,
        (("lng_chn",), ("lng_chn", "chn_gas_sea"))),
    Need(CHINA, BUYS, "coal", (
        of_measure("energy.coal-import-dependence", "CHN-RUS", "of China's coal imports by tonnage"),), None,
        (("coal_chn",), ("coal_demand_chn",))),
    Need(CHINA, BUYS, "food", (), None, (("food_chn",), ("food_demand_chn",)),
        "the record has soya from Brazil and the United States only"),
    Need(CHINA, BUYS, "arms", (
        of_series("security.arms.share5.rus-in-chn-imports", "of China's arms imports, five years"),)),
    Need(CHINA, SELLS, ALL, (of_measure("trade.export-dependence", "CHN-RUS", "of China's goods exports"),),
        None, (("exports_chn_rus",), ("exports_chn",))),
)  # fmt: skip
"""Everything asked, both ways."""


def table(record: Record) -> tuple[Row, ...]:
    """The latest of every sector."""
    return tuple(row(record, need) for need in NEEDS)
