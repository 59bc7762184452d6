"""Computed measures beside the figures that others published for the same thing: where they differ is a finding."""

from __future__ import annotations

from typing import NamedTuple

from amur.record.measures.registry import measure
from amur.record.record import Record

PUBLISHED: tuple[tuple[str, str, str, int], ...] = (
    ("trade.dependence", "RUS-CHN", "trade.share.chn-in-rus-total.calc", 1),
    ("trade.dependence", "RUS-CHN", "trade.share.chn-in-rus-total", 1),
    ("trade.dependence", "RUS-EUU", "trade.share.euu-in-rus-total", 1),
    ("trade.dependence", "CHN-RUS", "trade.share.rus-in-chn-total.calc", 1),
    ("trade.dependence", "CHN-RUS", "trade.share.rus-in-chn-total", 1),
    ("trade.export-dependence", "RUS-CHN", "trade.share.chn-in-rus-exports.calc", 1),
    ("trade.export-dependence", "RUS-CHN", "trade.share.chn-in-rus-exports", 1),
    ("trade.export-dependence", "RUS-CHN", "trade.share.chn-in-rus-exports.cia", 1),
    ("trade.export-dependence", "RUS-IND", "trade.share.ind-in-rus-exports.cia", 1),
    ("trade.import-dependence", "RUS-CHN", "trade.share.chn-in-rus-imports.calc", 1),
    ("trade.import-dependence", "RUS-CHN", "trade.share.chn-in-rus-imports", 1),
    ("trade.import-dependence", "RUS-CHN", "trade.share.chn-in-rus-imports.cia", 1),
    ("energy.crude-import-dependence", "CHN-RUS", "energy.dep.crude-share.rus-chn", 1),
    ("energy.crude-export-dependence", "RUS-CHN", "energy.dep.crude-exports-to-chn.rus", 1),
    ("energy.pipeline-gas-import-dependence", "CHN-RUS", "energy.dep.pipegas-share.rus-chn", 1),
    ("energy.pipeline-gas-value-dependence", "CHN-RUS", "energy.dep.pipegas-value-share.rus-chn", 1),
    ("energy.gas-import-dependence", "CHN-RUS", "energy.dep.gas-share.rus-chn", 1),
    ("energy.lng-import-dependence", "CHN-RUS", "energy.dep.lng-share.rus-chn", 1),
    ("energy.coal-import-dependence", "CHN-RUS", "energy.dep.coal-share.rus-chn", 1),
    ("energy.crude-pipeline-share", "CHN-RUS", "energy.dep.crude-russian-pipeline-share.chn", 1),
    ("energy.share-of-exports", "RUS-CHN", "trade.share.energy-in-rus-chn", 1),
    ("price.crude-concession", "RUS-CHN", "energy.price.crude-vs-brent.rus-chn", -1),
    ("price.crude-concession.m", "RUS-CHN", "energy.price.crude-vs-brent.rus-chn.m", -1),
    ("price.urals-concession", "RUS-WLD", "energy.price.urals-vs-brent", -1),
    ("price.urals-concession.m", "RUS-WLD", "energy.price.urals-vs-brent.m", -1),
    ("price.russian-crude-concession.m", "RUS-WLD", "energy.price.russian-crude-vs-brent.m", -1),
    ("price.gas-implied", "RUS-CHN", "energy.price.gas.rus-chn", 1),
    ("finance.investment-dependence", "RUS-CHN", "finance.invest.fdi-share.chn-rus.cbr", 1),
)
"""Measure, dyad, the recorded series to compare it with, and -1 where that series has the opposite sign."""


class Comparison(NamedTuple):
    """One period of a measure and of the figure published for it; ``difference`` is computed less published."""

    measure: str
    dyad: str
    series: str
    period: str
    unit: str
    computed: float
    published: float
    difference: float
    note: str


def compare(record: Record) -> list[Comparison]:
    """Every period that a computed measure shares with a published figure it does not itself rest on."""
    found = []
    for name, dyad, series, sign in PUBLISHED:
        computed = measure(record, name, dyad)
        for point in record.timeseries(series).points:
            mine = computed.at(point.period)
            if mine is None or (mine.value == sign * point.value and mine.sources == point.sources):
                continue
            value = sign * point.value
            found.append(
                Comparison(
                    name,
                    dyad,
                    series,
                    point.period,
                    computed.unit,
                    mine.value,
                    value,
                    mine.value - value,
                    point.note,
                )
            )
    return found
