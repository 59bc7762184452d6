"""The house style: fonts, inks, one colour a country, and what every chart has in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from amur.record.timeseries import TimeSeries

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first comes with the renderer, so a saved picture is the same on every machine."""

INK, MUTED, GRID = "#22262b", "#5f666d", "#e1e4e8"

COLOURS = {
    "RUS": "#16325c",
    "CHN": "#b5302a",
    "USA": "#e39b1f",
    "EUU": "#3a9a94",
    "IND": "#a3c4e8",
    "": "#7d6ba8",
}
"""One colour a country, told apart by people with any colour blindness and, by lightness, in grey print."""

DASHES: tuple[list[int], ...] = ([1, 0], [1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4])
"""A second sign beside the colour, from the third line of a chart on."""

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
"""The markers of the lines of a chart, one each."""

SPARSE = 36
"""A series of at most so many points shows each as a marker."""

_DYAD = re.compile(r"\.([a-z]{3})-([a-z]{3})(\.|$)")


def theme() -> dict[str, Any]:
    """The house style as a Vega-Lite configuration: fonts, sizes, colours, few lines."""
    return {
        "background": "white",
        "font": FONT,
        "padding": 6,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "group",
            "color": INK,
            "fontSize": 13,
            "fontWeight": "bold",
            "subtitleColor": MUTED,
            "subtitleFontSize": 11,
            "subtitlePadding": 4,
            "offset": 8,
        },
        "axis": {
            "labelColor": INK,
            "labelFontSize": 11,
            "titleColor": MUTED,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domainColor": MUTED,
            "tickColor": MUTED,
            "tickSize": 4,
            "labelPadding": 4,
        },
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "orient": "top",
            "direction": "vertical",
            "labelColor": INK,
            "labelFontSize": 11,
            "labelLimit": 460,
            "title": None,
            "symbolStrokeWidth": 2.4,
            "symbolSize": 220,
            "offset": 26,
            "rowPadding": 1,
        },
        "line": {"strokeWidth": 2, "strokeCap": "round", "strokeJoin": "round"},
        "range": {"category": list(COLOURS.values())},
    }


def colours(series: Sequence[TimeSeries]) -> list[str]:
    """A colour for each series: its country's where that tells them apart, else one after the other.

    The country of a flow such as ``trade.exports.rus-chn`` is where it comes from.
    """
    origin = [match[1].upper() if (match := _DYAD.search(s.series)) else s.reporter for s in series]
    for country in (origin, [s.reporter for s in series], [s.partner for s in series]):
        if len(series) > 1 and len(set(country)) == len(country) and set(country) <= set(COLOURS) - {""}:
            return [COLOURS[name] for name in country]
    palette = list(COLOURS.values())
    return [palette[i % len(palette)] for i in range(len(series))]
