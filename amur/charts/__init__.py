"""Series and measures as charts, in one house style: Vega-Altair charts that look the same in a
terminal's saved file, a notebook, a page and a printed brief, and that carry their sources.

Every chart has its unit on the axis, and under it a caption naming the publishers. The full citations
travel in the chart's ``usermeta`` and from there into the ``<metadata>`` of an SVG file, a text chunk of
a PNG file and the notes of an HTML page. Nothing is ever loaded from a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amur.charts.drawing import Mark, bars, chart, line, number, ranking, segments, steps
from amur.charts.fans import Fan, fans
from amur.charts.saving import FORMATS, VEGA_LITE, format_of, page, pdf, png, render, save, specification, svg
from amur.charts.style import COLOURS, FONT, GRID, INK, MUTED, colours, theme

if TYPE_CHECKING:
    from amur.charts.drawing import Picture as Picture

__all__ = [
    "COLOURS",
    "FONT",
    "FORMATS",
    "GRID",
    "INK",
    "MUTED",
    "VEGA_LITE",
    "Fan",
    "Mark",
    "bars",
    "chart",
    "colours",
    "fans",
    "format_of",
    "line",
    "number",
    "page",
    "pdf",
    "png",
    "ranking",
    "render",
    "save",
    "segments",
    "specification",
    "steps",
    "svg",
    "theme",
]
