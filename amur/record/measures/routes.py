"""The ways by which Russian and other crude reaches China."""

from __future__ import annotations

from amur.record.measures.points import (
    ratio,
    recorded,
)
from amur.record.measures.registry import Dyad, declare
from amur.record.measures.trade import HIRSCHMAN
from amur.record.record import Record
from amur.record.timeseries import Point

malacca_share = declare(
    name="energy.malacca-share",
    title="Share of China's oil imports through the Strait of Malacca",
    unit="percent",
    dimension="economic",
    definition="Published estimates (US Department of Defense, EIA); some count the South China Sea with it, so they "
    "do not make a trend.",
    formula="as recorded",
    literature="Erickson and Collins 2010, Naval War College Review 63(2), on the limits of the pipeline answer",
    claims=("P17",),
    dyads=("CHN-WLD",),
)(recorded("energy.dep.malacca-share.chn"))

overland_share = declare(
    name="energy.crude-overland-share",
    title="Share of China's crude imports arriving overland",
    unit="percent",
    dimension="economic",
    definition="All overland crude (Russia, Kazakhstan) as percent of China's crude imports; one published estimate.",
    formula="as recorded",
    literature="Erickson and Collins 2010, Naval War College Review 63(2)",
    claims=("P17",),
    dyads=("CHN-WLD",),
)(recorded("energy.dep.crude-overland-share.chn"))


@declare(
    name="energy.crude-pipeline-share",
    title="Russian crude by pipeline in China's crude imports",
    unit="percent",
    dimension="economic",
    definition="Crude that Transneft delivered by Skovorodino-Mohe and across Kazakhstan as percent of China's crude "
    "imports by tonnage: Russia's part of what avoids the Strait of Malacca by land.",
    formula="100 Q_pipeline / Q_a",
    literature="Erickson and Collins 2010, Naval War College Review 63(2)",
    claims=("P17", "G18"),
    dyads=("CHN-RUS",),
    directed=True,
)
def crude_pipeline_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.crude.pipeline-total.rus-chn"), record.timeseries("energy.crude.imports.chn")
    )


@declare(
    name="energy.crude-by-pipeline",
    title="Share of Russia's crude to China that goes by pipeline",
    unit="percent",
    dimension="economic",
    definition="Crude by pipeline (Transneft) as percent of all Russian crude reaching China (China customs): the part "
    "that has one possible buyer.",
    formula="100 Q_pipeline / Q_ab",
    literature=HIRSCHMAN,
    claims=("G18",),
    dyads=("RUS-CHN",),
    directed=True,
)
def crude_by_pipeline(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.crude.pipeline-total.rus-chn"),
        record.timeseries("energy.crude.volume.rus-chn"),
    )


@declare(
    name="energy.spur-capacity-share",
    title="Capacity of the Skovorodino-Mohe line against China's crude imports",
    unit="percent",
    dimension="economic",
    definition="Annual capacity of the line as percent of China's crude imports of the year: what could come overland "
    "from Russia by that line at most.",
    formula="100 K / Q_a",
    literature="Erickson and Collins 2010, Naval War College Review 63(2)",
    claims=("P17", "G18"),
    dyads=("CHN-RUS",),
    directed=True,
)
def spur_capacity_share(record: Record, dyad: Dyad) -> list[Point]:
    return ratio(
        record.timeseries("energy.crude.spur-capacity.rus-chn"), record.timeseries("energy.crude.imports.chn")
    )
