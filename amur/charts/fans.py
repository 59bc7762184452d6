"""Fans: the middle and the ranges of an ensemble through time, with what the record shows on top."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from amur.charts import room
from amur.charts.style import COLOURS, INK, MUTED, theme
from amur.errors import AmurError

if TYPE_CHECKING:
    import altair

Numbers = Sequence[float]
SPACE = 18
"""Pixels between panels."""


class Fan(NamedTuple):
    """One panel: ``times`` as years (1992.125 is the middle of a quarter), ``bands`` and the record's values (NaN: none).

    ``bands`` are the 5th, 25th, 50th, 75th and 95th percentiles, each along the times.
    """

    title: str
    unit: str
    times: Numbers
    bands: Sequence[Numbers]
    shown: Numbers = ()


def fans(
    panels: Sequence[Fan],
    title: str = "",
    subtitle: str = "",
    caption: str = "",
    columns: int = 3,
    width: int = 190,
    height: int = 110,
    total: int | None = None,
) -> altair.ConcatChart:
    """Panels of fans in rows: the middle 90% and 50% of the draws as bands, their median as a line, the record as dots.

    ``width`` is that of a panel, ``total`` that of all of them on a page, which says how many stand in a row.

    AmurError where there is nothing to draw.
    """
    import altair as alt

    if not panels:
        raise AmurError("there is nothing to draw", mend="Give at least one fan.")
    if total is not None:
        columns = room.columns(len(panels), 4 if total >= 1000 else 3 if total >= 620 else 2)
        each = (total - SPACE * (columns - 1)) // columns
        width, height = each, max(110, min(260, round(0.55 * each)))
    drawn = [_panel(alt, panel, width, height, total is not None) for panel in panels]
    heading: dict[str, Any] = {"text": title or "Fans", "anchor": "start"}
    if subtitle or caption:
        heading["subtitle"] = [text for text in (subtitle, caption) if text]
    series = [
        {"series": panel.title, "title": panel.title, "unit": panel.unit, "definition": subtitle, "formula": ""}
        for panel in panels
    ]
    about = {"title": title, "series": series, "citations": [caption] if caption else []}
    if total is not None:
        stacked: Any = room.stack(drawn, columns, SPACE)
        return cast(
            "altair.ConcatChart", stacked.properties(title=heading, usermeta={"amur": about}, config=theme())
        )
    drawing: altair.ConcatChart = (
        alt.concat(*drawn, columns=columns, spacing=SPACE)
        .properties(title=heading, usermeta={"amur": about}, config=theme())
        .resolve_scale(x="shared")
    )
    return drawing


def _panel(alt: Any, panel: Fan, width: int, height: int, paged: bool = False) -> Any:
    rows = [
        dict(zip(("time", "low90", "low50", "middle", "high50", "high90"), values, strict=True))
        for values in zip(*(map(float, each) for each in (panel.times, *panel.bands)), strict=True)
    ]
    dots = [
        {"time": float(time), "value": float(value)}
        for time, value in zip(panel.times, panel.shown or (), strict=False)
        if value == value
    ]
    axis = alt.X(
        "time:Q",
        title=None,
        scale=alt.Scale(nice=False, zero=False),
        axis=alt.Axis(format="d", tickCount=4),
    )
    up: dict[str, Any] = {"title": None}
    if paged:
        axis = room.along(alt, "time:Q", width, 3 if width < 200 else 0)
        up["axis"] = room.beside(alt, tickCount=4, format=",.4~g")
    colour = COLOURS["RUS"]
    base = alt.Chart(alt.Data(values=tuple(rows))).encode(x=axis)

    def band(low: str, high: str, opacity: float) -> Any:
        return base.mark_area(color=colour, opacity=opacity).encode(y=alt.Y(f"{low}:Q", **up), y2=f"{high}:Q")

    layers = [
        band("low90", "high90", 0.16),
        band("low50", "high50", 0.28),
        base.mark_line(color=colour, strokeWidth=1.6).encode(y="middle:Q"),
    ]
    if dots:
        seen = alt.Chart(alt.Data(values=tuple(dots)))
        layers.append(
            seen.mark_circle(color=COLOURS["CHN"], size=16, opacity=1).encode(
                x="time:Q",
                y="value:Q",
                tooltip=[alt.Tooltip("time:Q", format=".2f"), alt.Tooltip("value:Q", format=",.4g")],
            )
        )
    heading = {
        "text": textwrap.wrap(panel.title, width // 6 - paged),
        "subtitle": panel.unit,
        "fontSize": 11,
        "subtitleFontSize": 10,
        "color": INK,
        "subtitleColor": MUTED,
    }
    return alt.layer(*layers).properties(width=width, height=height, title=heading)
