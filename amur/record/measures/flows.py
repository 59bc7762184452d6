"""Goods flows between two states: which statistics are read for which years, and whose they are.

Dependence is read from the dependent state's own statistics where the record has them, because its total
trade comes from the same counting; every point says whose statistics it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from amur.record.measures.points import (
    since,
    splice,
    total,
    where,
)
from amur.record.measures.registry import Dyad
from amur.record.record import Record
from amur.record.timeseries import Point


class Reading(NamedTuple):
    """One way to read a flow of goods: the sum of recorded series (US$ bn), whose statistics, and when it holds."""

    series: tuple[str, ...]
    note: str
    first: str = ""
    last: str = ""


Readings = Mapping[tuple[str, str], tuple[Reading, ...]]

_COW = "importer-reported, Correlates of War"
_GACC = "China customs"
_FCS = "Russian customs"
_SWITCH = "numerator from China customs: Russia published none after 2021; about 4 percent higher"
_FISCAL = "Indian fiscal year that starts in April"
_EU = "as the EU reports it"
_BEFORE_HONG_KONG = "1998"
"""From 1999 Correlates of War counts Hong Kong with China. Half of China's exports would then seem to go to the United
States, since China's own total leaves Hong Kong out: so 1999 and 2000 are a gap for China's trade with it."""


def _cow(*flows: str, last: str = "") -> Reading:
    return Reading(tuple(f"trade.{flow}.cow" for flow in flows), _COW, last=last)


def _both_ways(a: str, b: str, suffix: str, note: str, first: str = "", last: str = "") -> Reading:
    names = (f"trade.exports.{a}-{b}.{suffix}".rstrip("."), f"trade.exports.{b}-{a}.{suffix}".rstrip("."))
    return Reading(names, note, first, last)


TRADE: Readings = {
    ("RUS", "CHN"): (
        Reading(("trade.total.chn-rus.imf-rus",), "as Russia reports it to the IMF"),
        _both_ways("rus", "chn", "fcs", _FCS, "2020", "2021"),
        Reading(("trade.total.chn-rus",), _SWITCH, "2022"),
    ),
    ("CHN", "RUS"): (
        Reading(("trade.total.chn-rus.imf",), "as China reports it to the IMF"),
        Reading(("trade.total.chn-rus",), _GACC, "2020"),
    ),
    ("RUS", "BLR"): (
        _cow("total.rus-blr"),
        Reading(("trade.total.rus-blr",), "as the Russian side states it"),
        Reading(("trade.total.rus-blr.belstat",), "as the Belarusian side states it; may include services"),
    ),
    ("RUS", "EUU"): (_cow("exports.rus-euu", "exports.euu-rus"),),
    ("EUU", "RUS"): (_cow("exports.rus-euu", "exports.euu-rus"),),
    ("RUS", "IND"): (
        _cow("total.ind-rus"),
        Reading(("trade.total.ind-rus",), "Indian figures"),
        Reading(("trade.total.ind-rus.fy",), _FISCAL),
    ),
    ("IND", "RUS"): (
        _cow("total.ind-rus"),
        Reading(("trade.total.ind-rus",), "Indian figures"),
        Reading(("trade.total.ind-rus.fy",), _FISCAL),
    ),
    ("CHN", "USA"): (
        _both_ways("chn", "usa", "", _GACC),
        _cow("exports.chn-usa", "exports.usa-chn", last=_BEFORE_HONG_KONG),
    ),
    ("USA", "CHN"): (
        _both_ways("usa", "chn", "usrep", "as the United States reports it"),
        _both_ways("usa", "chn", "census", "US Census basis"),
        _cow("exports.chn-usa", "exports.usa-chn"),
    ),
    ("CHN", "EUU"): (
        Reading(("trade.total.chn-euu",), _GACC),
        _both_ways("chn", "euu", "eurep", _EU),
        _cow("exports.chn-euu", "exports.euu-chn"),
    ),
    ("EUU", "CHN"): (
        _both_ways("chn", "euu", "eurep", _EU),
        _cow("exports.chn-euu", "exports.euu-chn"),
        Reading(("trade.total.chn-euu",), _GACC),
    ),
    ("CHN", "KAZ"): (
        Reading(("trade.total.chn-kaz",), _GACC),
        _both_ways("chn", "kaz", "kazrep", "as Kazakhstan reports it"),
        _cow("total.chn-kaz"),
    ),
    ("CHN", "IRN"): (
        Reading(
            ("trade.total.chn-irn",), f"{_GACC}; from 2019 most Iranian oil is not recorded as Iranian", "2019"
        ),
        Reading(("trade.total.chn-irn",), _GACC, last="2018"),
        _cow("total.chn-irn"),
    ),
    ("CHN", "PRK"): (Reading(("trade.total.chn-prk",), _GACC), _cow("total.chn-prk")),
}
"""Goods trade of a with b, exports plus imports, as a's statistics count it where the record has them."""

EXPORTS: Readings = {
    ("RUS", "CHN"): (
        Reading(("trade.exports.rus-chn.imf-rus",), "as Russia reports it to the IMF"),
        Reading(("trade.exports.rus-chn.fcs",), _FCS),
        Reading(("trade.exports.rus-chn",), _SWITCH, "2022"),
    ),
    ("CHN", "RUS"): (
        Reading(("trade.exports.chn-rus",), _GACC),
        Reading(("trade.exports.chn-rus.imf",), "as China reports its total to the IMF, less its imports"),
    ),
    ("RUS", "EUU"): (_cow("exports.rus-euu"),),
    ("RUS", "IND"): (_cow("exports.rus-ind"), Reading(("trade.exports.rus-ind.fy",), _FISCAL)),
    ("IND", "RUS"): (_cow("exports.ind-rus"), Reading(("trade.exports.ind-rus.fy",), _FISCAL)),
    ("CHN", "USA"): (
        Reading(("trade.exports.chn-usa",), _GACC),
        _cow("exports.chn-usa", last=_BEFORE_HONG_KONG),
    ),
    ("USA", "CHN"): (
        Reading(("trade.exports.usa-chn.usrep",), "as the United States reports it"),
        Reading(("trade.exports.usa-chn.census",), "US Census basis"),
        _cow("exports.usa-chn"),
    ),
    ("CHN", "EUU"): (Reading(("trade.exports.chn-euu.eurep",), _EU), _cow("exports.chn-euu")),
    ("CHN", "KAZ"): (Reading(("trade.exports.chn-kaz.kazrep",), "as Kazakhstan reports it"),),
}
"""Goods a sells to b."""

IMPORTS: Readings = {
    ("RUS", "CHN"): (
        Reading(("trade.exports.chn-rus.cow",), _COW, last="2013"),
        Reading(("trade.exports.chn-rus.fcs",), _FCS),
        Reading(("trade.exports.chn-rus",), _SWITCH, "2022"),
    ),
    ("CHN", "RUS"): (Reading(("trade.exports.rus-chn",), _GACC), _cow("exports.rus-chn")),
    ("RUS", "EUU"): (_cow("exports.euu-rus"),),
    ("RUS", "IND"): EXPORTS["IND", "RUS"],
    ("IND", "RUS"): EXPORTS["RUS", "IND"],
    ("CHN", "USA"): (
        Reading(("trade.exports.usa-chn",), _GACC),
        _cow("exports.usa-chn", last=_BEFORE_HONG_KONG),
    ),
    ("USA", "CHN"): (
        Reading(("trade.exports.chn-usa.usrep",), "as the United States reports it"),
        Reading(("trade.exports.chn-usa.census",), "US Census basis"),
        _cow("exports.chn-usa"),
    ),
    ("CHN", "EUU"): (Reading(("trade.exports.euu-chn.eurep",), _EU), _cow("exports.euu-chn")),
    ("CHN", "KAZ"): (Reading(("trade.exports.kaz-chn.kazrep",), "as Kazakhstan reports it"),),
}
"""Goods a buys from b."""

FACTBOOK = ("BLR-RUS", "KAZ-RUS", "KAZ-CHN", "IRN-CHN", "PRK-CHN", "MNG-CHN", "RUS-DEU")
"""Dyads whose two shares the record has only as the CIA World Factbook published them."""

_MIRRORED = "Factbook shares for 2022-2023 are mirror data and too high"


def flow(record: Record, readings: tuple[Reading, ...]) -> list[Point]:
    """The best reading of each year, with a note that says which it is."""
    return splice(
        *(
            (since(total(*map(record.timeseries, one.series)), one.first, one.last), one.note)
            for one in readings
        )
    )


def trade_between(record: Record, dyad: Dyad) -> list[Point]:
    """Goods exports plus imports of ``dyad.a`` with ``dyad.b``, US$ bn a year."""
    return flow(record, TRADE[dyad])


def world(record: Record, what: str, state: str) -> list[Point]:
    """A state's ``exports`` to or ``imports`` from all partners, US$ bn a year (WTO in World Bank WDI)."""
    return list(record.timeseries(f"trade.{what}.{state.lower()}-wld").points)


def total_trade(record: Record, state: str) -> list[Point]:
    """A state's goods exports plus imports, US$ bn a year."""
    return total(world(record, "exports", state), world(record, "imports", state))


def factbook(record: Record, what: str, dyad: Dyad) -> list[Point]:
    """The CIA World Factbook's percent of b in a's ``exports`` or ``imports``."""
    series = record.timeseries(f"trade.share.{dyad.b.lower()}-in-{dyad.a.lower()}-{what}.cia")
    late = where(series, lambda point: point.period >= "2022")
    return splice((late, _MIRRORED), series)
