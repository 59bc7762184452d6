"""The pictures of the brief: small charts in the house style with their lines labelled where they end.

The finding and the sources stand in the document around a picture, so a picture holds only what is drawn:
data, axes with their unit, and names. Every function returns a Vega-Lite specification.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from amur.charts import COLOURS, GRID, INK, MUTED, VEGA_LITE, segments, theme
from amur.record import periods
from amur.record.timeseries import TimeSeries

FONT = "Source Sans Pro"
"""It comes with the package (``fonts/``), so a brief looks the same on every machine."""

CHINA, RUSSIA, OTHER, THIRD = COLOURS["CHN"], COLOURS["RUS"], COLOURS["EUU"], COLOURS["USA"]
GREY = "#9aa1a9"

SIZES = {"half": (325, 142), "full": (668, 190)}
"""Width and height in pixels at 96 to the inch: half a column and the whole column of the A4 page."""


class Line(NamedTuple):
    """A line: its name, points as (decimal year, value) in unbroken runs, its colour and dashes."""

    name: str
    runs: tuple[tuple[tuple[float, float], ...], ...]
    colour: str
    dash: tuple[int, ...] = (1, 0)


class Mark(NamedTuple):
    """A dated event drawn as a thin upright line; ``at`` is a decimal year."""

    at: float
    label: str


def line(
    name: str,
    series: TimeSeries,
    colour: str,
    dash: Sequence[int] = (1, 0),
    bridge: float = 0,
    since: float = 0,
) -> Line:
    """A series as a line; ``bridge`` joins readings up to so many years apart; ``since`` leaves out earlier ones."""
    runs: list[list[tuple[float, float]]] = []
    for run in segments(series):
        points = [(year(p.period), p.value) for p in run if year(p.period) >= since]
        if runs and points and points[0][0] - runs[-1][-1][0] <= bridge:
            runs[-1] += points
        elif points:
            runs.append(points)
    return Line(name, tuple(map(tuple, runs)), colour, tuple(dash))


def year(period: str) -> float:
    """Where a period stands on a time axis: its middle as a decimal year; a whole year at its own number."""
    if len(period) == 4:
        return float(period)
    first, last = periods.start(period), periods.end(period)
    middle = first + (last - first) / 2
    return round(middle.year + (middle.timetuple().tm_yday - 1) / 365.25, 3)


def lines(
    drawn: Iterable[Line],
    *,
    unit: str,
    marks: Sequence[Mark] = (),
    zero: bool = True,
    width: str = "half",
    height: int = 0,
    step: bool = False,
    levels: Mapping[float, str] | None = None,
    top: float | None = None,
    until: float | None = None,
) -> dict[str, Any]:
    """Lines through time, each named at its end. ``levels`` names the values of a coded scale."""
    import altair as alt

    shown = [one for one in drawn if one.runs]
    points = [point for one in shown for run in one.runs for point in run]
    left, right = (
        math.floor(min(x for x, _ in points)),
        max([x for x, _ in points] + ([until] if until else [])),
    )
    if step and not until:
        # The last period's value holds to the end of its year.
        right = math.floor(right) + 1
    ticks = sorted(levels) if levels else nice([y for _, y in points], zero, top)
    bottom, highest = (ticks[0] - 0.4, ticks[-1] + 0.4) if levels else (ticks[0], ticks[-1])
    named = [one for one in shown if one.name]
    # Room for the names at the right, in years, from the width of the longest.
    pixels = SIZES[width][0] - (24 + 6 * max(map(len, levels.values())) if levels else 40)
    room = (max([len(one.name) for one in named] + [0]) * 5.3 + 8) / pixels
    end = left + (right - left) / max(0.45, 1 - room)
    x = alt.X("x:Q", scale=alt.Scale(domain=[left, end], nice=False)).axis(
        title=None,
        format="d",
        grid=False,
        values=year_ticks(left, right, pixels * (1 - room)),
        labelFlush=False,
        domain=False,
    )
    y_axis: dict[str, Any] = {"title": None, "values": ticks, "format": ",.3~f", "grid": False}
    if levels:
        pairs = ", ".join(f"'{level:g}': '{name}'" for level, name in levels.items())
        y_axis |= {
            "labelExpr": f"({{{pairs}}})[datum.value]",
            "labelLimit": 200,
            "minExtent": round(5.6 * max(map(len, levels.values()))),
        }
    y = alt.Y("y:Q", scale=alt.Scale(domain=[bottom, highest], nice=False, zero=False)).axis(**y_axis)
    layers: list[Any] = [_grid(ticks, left, right, x, y, bottom), *_marks(marks, left, right, x)]
    for one in shown:
        rows = [
            {"x": a, "y": b, "run": number, "alone": len(run) == 1}
            for number, run in enumerate(one.runs)
            for a, b in _held(run, right, step)
        ]
        base = alt.Chart(_data(rows)).encode(x=x, y=y)
        layers.append(
            base.mark_line(
                color=one.colour,
                strokeDash=list(one.dash),
                interpolate="step-after" if step else "linear",
                strokeWidth=1.9,
            ).encode(detail="run:N")
        )
        if len(rows) <= 16 and not step:
            layers.append(base.mark_circle(color=one.colour, size=16, opacity=1))
        elif any(row["alone"] for row in rows):
            layers.append(
                base.transform_filter("datum.alone").mark_circle(color=one.colour, size=16, opacity=1)
            )
    size = height or SIZES[width][1]
    gap = (highest - bottom) * 12.5 / (size - 45)
    ends = spread([one.runs[-1][-1][1] for one in named], gap, bottom, highest)
    for one, place in zip(named, ends, strict=True):
        at = _held(one.runs[-1], right, step)[-1][0]
        # Names of lines that end near the right edge stand below each other.
        row = [{"x": right if right - at < 0.07 * (right - left) else at, "y": place, "t": one.name}]
        layers.append(
            alt.Chart(_data(row))
            .mark_text(align="left", dx=5, color=one.colour, fontSize=10.5, fontWeight=600, font=FONT)
            .encode(x=x, y=y, text="t:N")
        )
    return _finish(alt.layer(*layers), unit, width, height)


def bars(
    stacks: Sequence[tuple[str, Mapping[int, float], str]],
    *,
    unit: str,
    width: str = "half",
    height: int = 0,
    beside: bool = False,
) -> dict[str, Any]:
    """Counts or flows by year; each (name, values by year, colour) named in a row above the bars.

    Stacked, or ``beside`` each other where the counts are of different things.
    """
    import altair as alt

    rows, years = [], sorted({year for _, values, _ in stacks for year in values})
    tops = dict.fromkeys(years, 0.0)
    room = 0.8 / len(stacks) if beside else 0.68
    for place, (name, values, _) in enumerate(stacks):
        shift = (place - (len(stacks) - 1) / 2) * room if beside else 0
        for year_, value in sorted(values.items()):
            below = 0 if beside else tops[year_]
            rows.append({"x": year_ + shift, "from": below, "to": below + value, "name": name})
            tops[year_] = max(tops[year_], value) if beside else below + value
    ticks = nice([*tops.values(), 0], True, None)
    pixels = SIZES[width][0] - 40
    names = [name for name, _, _ in stacks]
    x_scale = alt.Scale(domain=[years[0] - 0.6, years[-1] + 0.6], nice=False)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("x:Q", scale=x_scale).axis(
            title=None, format="d", grid=False, values=year_ticks(years[0], years[-1], pixels), labelFlush=False
        ),
        y=alt.Y("from:Q", scale=alt.Scale(domain=[ticks[0], ticks[-1]], nice=False)).axis(
            title=None, values=ticks
        ),
        y2="to:Q",
        color=alt.Color(
            "name:N",
            sort=names,
            scale=alt.Scale(domain=names, range=[colour for _, _, colour in stacks]),
            legend=alt.Legend(direction="horizontal", symbolType="square", symbolSize=70, columnPadding=10)
            if len(names) > 1
            else None,
        ),
    )
    bar = base.mark_bar(size=max(2.5, pixels / len(range(years[0], years[-1] + 1)) * room))
    return _finish(alt.layer(bar), unit, width, height)


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], int | None],
    *,
    strong: str,
) -> dict[str, Any]:
    """Which (row, column) holds: 1 a full disc, 0 an empty ring, None (not coded) a dash. ``strong``: a row."""
    import altair as alt

    values = [
        {
            "row": row,
            "column": column,
            "state": {1: "yes", 0: "no", None: "open"}[cells.get((row, column))],
            "strong": row == strong,
        }
        for row in rows
        for column in columns
    ]
    base = alt.Chart(_data(values)).encode(
        x=alt.X("column:N", sort=list(columns)).axis(
            title=None,
            orient="top",
            domain=False,
            ticks=False,
            labelAngle=0,
            labelLimit=120,
            labelPadding=19,
            labelExpr="split(datum.label, '|')",
            labelLineHeight=12,
        ),
        y=alt.Y("row:N", sort=list(rows)).axis(title=None, domain=False, ticks=False, labelLimit=160),
    )
    held = alt.condition("datum.strong", alt.value(CHINA), alt.value(RUSSIA))
    layers = [
        base.transform_filter("datum.state == 'yes'").mark_circle(size=120, opacity=1).encode(color=held),
        base.transform_filter("datum.state == 'no'")
        .mark_point(size=95, strokeWidth=1.4, filled=False, opacity=1)
        .encode(color=held),
        base.transform_filter("datum.state == 'open'").mark_text(text="–", fontSize=12, color=GREY),
    ]
    return _finish(alt.layer(*layers), "", "full", 44 + 19 * len(rows))


def ranking(values: Sequence[tuple[str, float, str]], *, unit: str, width: str = "half") -> dict[str, Any]:
    """Names and values as horizontal bars with the values written on, in the order given."""
    import altair as alt

    rows = [
        {"name": name, "value": value, "text": f"{value:.2f}", "colour": colour}
        for name, value, colour in values
    ]
    highest = nice([value for _, value, _ in values], True, None)[-1]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("name:N", sort=[name for name, _, _ in values]).axis(
            title=None, domain=False, ticks=False, labelLimit=160, labelPadding=6
        ),
        x=alt.X("value:Q", scale=alt.Scale(domain=[0, highest * 1.08], nice=False)).axis(None),
    )
    bar = base.mark_bar(height={"band": 0.62}).encode(color=alt.Color("colour:N", scale=None))
    text = base.mark_text(align="left", dx=5, fontSize=10.5, color=INK, font=FONT).encode(text="text:N")
    return _finish(alt.layer(bar, text), unit, width, SIZES[width][1])


# Parts ----------------------------------------------------------------------------------------------------


def _held(run: Sequence[tuple[float, float]], right: float, step: bool) -> list[tuple[float, float]]:
    """A run's points; a step holds its last value to the right end."""
    return [*run, (right, run[-1][1])] if step else list(run)


def _data(rows: list[dict[str, Any]]) -> Any:
    """Rows as the data of a layer, as text until the specification is made: Altair copies lists over and over."""
    import altair as alt

    return alt.Data(values=json.dumps(rows))  # type: ignore[no-untyped-call]


def _grid(ticks: Sequence[float], left: float, right: float, x: Any, y: Any, bottom: float) -> Any:
    """Level lines as far as the data go, so that none runs through the names at the right."""
    import altair as alt

    rows = [{"x": left, "to": right, "y": tick, "colour": GRID} for tick in ticks]
    rows.append({"x": left, "to": right, "y": bottom, "colour": MUTED})
    if bottom < 0 <= ticks[-1]:
        rows.append({"x": left, "to": right, "y": 0, "colour": GREY})
    base = alt.Chart(_data(rows)).encode(x=x, x2="to:Q", y=y)
    return base.mark_rule(strokeWidth=0.8).encode(color=alt.Color("colour:N", scale=None))


def _marks(marks: Sequence[Mark], left: float, right: float, x: Any) -> list[Any]:
    import altair as alt

    rows = [{"x": mark.at, "t": mark.label} for mark in marks if left < mark.at < right]
    if not rows:
        return []
    base = alt.Chart(_data(rows)).encode(x=x)
    return [
        base.mark_rule(color=GREY, strokeDash=[2, 2], strokeWidth=0.8),
        base.mark_text(align="right", baseline="top", dx=-3, fontSize=9, color=MUTED, font=FONT).encode(
            text="t:N", y=alt.value(-4)
        ),
    ]


def _finish(chart: Any, unit: str, width: str, height: int) -> dict[str, Any]:
    wide, high = SIZES[width]
    look = theme()
    look["font"] = FONT
    look["padding"] = {"left": 2, "right": 2, "top": 2, "bottom": 2}
    look["title"] = {
        "anchor": "start",
        "frame": "bounds",
        "color": MUTED,
        "fontSize": 10.5,
        "fontWeight": "normal",
        "offset": 7,
        "font": FONT,
    }
    look["axis"] |= {"labelFontSize": 10.5, "labelPadding": 4, "tickSize": 3, "gridWidth": 0.7}
    look["legend"] = {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 10.5,
        "offset": 4,
        "padding": 0,
    }
    named = {"title": unit} if unit else {}
    spec: dict[str, Any] = chart.properties(
        **named, width=wide, height=height or high, autosize={"type": "fit", "contains": "padding"}, config=look
    ).to_dict(validate=False)  # checked by the tests; three seconds of every run otherwise
    for part in (spec, *spec["layer"]):  # what all layers share stands at the top
        if "data" in part:
            part["data"]["values"] = json.loads(part["data"]["values"])
    spec["config"]["background"] = None  # the page shows through, light or dark
    spec["$schema"] = f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.partition('.')[0]}.json"
    return spec


def nice(values: Sequence[float], zero: bool, top: float | None) -> list[float]:
    """Round values for an axis that cover the data: about five, from nought if ``zero``."""
    low, high = min([*values, 0] if zero else values), max([*values, 0] if zero else values)
    high = max(high, top) if top is not None else high
    span = (high - low) or abs(high) or 1.0
    raw = span / 4.5
    power = 10 ** math.floor(math.log10(raw))
    stride = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first, last = math.floor(low / stride + 1e-9), math.ceil(high / stride - 1e-9)
    return [round(i * stride, 10) for i in range(first, max(last, first + 1) + 1)]


def year_ticks(left: float, right: float, pixels: float) -> list[float]:
    """Years for an axis: every one, or every second, fifth or tenth, as many as fit."""
    first, last = math.ceil(left), math.floor(right)
    for stride in (1, 2, 5, 10, 20):
        if (right - left) / stride * 34 <= pixels:
            break
    return [float(y) for y in range(first, last + 1) if y % stride == 0] or [float(first)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels as near as can be to those wanted, at least ``gap`` apart and between the ends."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = list(wanted)
    for _ in range(60):
        for below, above in pairwise(order):
            lack = gap - (places[above] - places[below])
            if lack > 1e-12:
                places[below] -= lack / 2
                places[above] += lack / 2
        for i in order:
            places[i] = min(max(places[i], low + gap * 0.3), high - gap * 0.1)
    return places


def svg(spec: dict[str, Any]) -> str:
    """The picture as SVG text, drawn with the font that comes with the package."""
    import vl_convert

    from amur.brief import FONTS

    if str(FONTS) not in _registered:
        vl_convert.register_font_directory(str(FONTS))
        _registered.add(str(FONTS))
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn


_registered: set[str] = set()

__all__ = [
    "CHINA",
    "FONT",
    "GREY",
    "GRID",
    "OTHER",
    "RUSSIA",
    "THIRD",
    "Line",
    "Mark",
    "bars",
    "line",
    "lines",
    "matrix",
    "svg",
]
