"""Series and measures as charts, in one house style: Vega-Altair charts that look the same in a
terminal's saved file, a notebook, a page and a printed brief, and that carry their sources.

Every chart has its unit on the axis, and under it a caption naming the publishers. The full citations
travel in the chart's ``usermeta`` and from there into the ``<metadata>`` of an SVG file, a text chunk of
a PNG file and the notes of an HTML page. Nothing is ever loaded from a network.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import struct
import textwrap
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from amur import atomic
from amur.errors import AmurError
from amur.record import periods
from amur.record.schema import Source
from amur.record.terms import publisher_of
from amur.record.timeseries import Point, TimeSeries

if TYPE_CHECKING:
    import altair

    Picture = altair.LayerChart

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

FORMATS = (".svg", ".png", ".html", ".pdf")
VEGA_LITE = "6.1"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
)
"""What a saved page may load: nothing. (Vega turns its expressions into functions, hence 'unsafe-eval'.)"""


CODED = ("code", "0/1")

_DYAD = re.compile(r"\.([a-z]{3})-([a-z]{3})(\.|$)")


class Mark(NamedTuple):
    """A dated event drawn as a thin upright line with a short label."""

    date: str
    label: str


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


def line(
    series: Iterable[TimeSeries],
    *,
    title: str = "",
    subtitle: str = "",
    labels: Sequence[str] | None = None,
    width: int = 460,
    height: int = 240,
    zero: bool | None = None,
    since: str = "",
    until: str = "",
    marks: Sequence[Mark] = (),
    caption: str | None = None,
) -> Picture:
    """Series of one unit as lines through time; years without a value are left open, not bridged.

    ``labels`` name the lines (default: the titles); ``zero`` makes the axis start at nought (default:
    unless the values stay far from it); ``since`` and ``until`` are periods; ``caption`` replaces the
    line of publishers. AmurError if there is nothing to draw or the units differ.
    """
    shown = _prepare(series, since, until)
    return _through_time(shown, "linear", title, subtitle, labels, width, height, zero, marks, caption)


def steps(
    series: Iterable[TimeSeries],
    *,
    levels: Mapping[float, str] | None = None,
    title: str = "",
    subtitle: str = "",
    labels: Sequence[str] | None = None,
    width: int = 460,
    height: int = 200,
    since: str = "",
    until: str = "",
    marks: Sequence[Mark] = (),
    caption: str | None = None,
) -> Picture:
    """Coded series (ordinal values that hold until they change) as steps; ``levels`` names the codes."""
    shown = _prepare(series, since, until)
    return _through_time(
        shown, "step-after", title, subtitle, labels, width, height, False, marks, caption, levels
    )


def bars(
    series: Iterable[TimeSeries],
    *,
    stacked: bool = False,
    title: str = "",
    subtitle: str = "",
    labels: Sequence[str] | None = None,
    width: int = 460,
    height: int = 240,
    since: str = "",
    until: str = "",
    caption: str | None = None,
) -> Picture:
    """Series of one unit and frequency as bars, side by side or stacked: for flows and counts."""
    import altair as alt

    shown = _prepare(series, since, until)
    if len({s.frequency for s in shown}) > 1:
        raise AmurError("the series have different frequencies", mend="Draw them as lines.")
    names = _names(shown, labels)
    rows: list[dict[str, Any]] = [
        {"period": p.period, "value": p.value, "name": name, "note": p.note}
        for s, name in zip(shown, names, strict=True)
        for p in s.points
    ]
    every = sorted({row["period"] for row in rows})
    axis = [period for period in every if _ticked(period, every, width)]
    encoding: dict[str, Any] = {
        "x": alt.X(
            "period:O", sort=_filled(every), scale=alt.Scale(domain=_filled(every), paddingInner=0.2)
        ).axis(values=axis, labelAngle=0, title=_caption(shown, caption, width), **_caption_style()),
        "y": alt.Y("value:Q", stack="zero" if stacked else None).axis(**_unit_axis(shown)),
        "color": _colour(names, colours(shown), "square"),
        "tooltip": _tooltip(),
    }
    if not stacked and len(shown) > 1:
        encoding["xOffset"] = alt.XOffset("name:N", sort=names)
    chart = alt.layer(alt.Chart({"values": rows}).mark_bar().encode(**encoding))
    return _finish(chart, shown, title, subtitle, width, height)


def ranking(
    values: Mapping[str, float],
    *,
    unit: str,
    sources: Iterable[Source] = (),
    highlight: str = "",
    title: str = "",
    subtitle: str = "",
    width: int = 460,
    caption: str | None = None,
) -> Picture:
    """Names and values as horizontal bars with the numbers written on, in the order given."""
    import altair as alt

    if not values:
        raise AmurError("there is nothing to draw", mend="Ask for something the record holds.")
    rows = [
        {"name": name, "value": value, "text": number(value, 3), "on": name == highlight or not highlight}
        for name, value in values.items()
    ]
    cited = list(sources)
    text = caption if caption is not None else f"Source: {_publishers(cited)}." if cited else ""
    base = alt.Chart({"values": rows}).encode(
        y=alt.Y("name:N", sort=list(values), title=None).axis(labelLimit=220),
        x=alt.X("value:Q").axis(
            title=_wrapped(text, width), grid=False, domain=False, ticks=False, labels=False, **_caption_style()
        ),
    )
    bar = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.condition("datum.on", alt.value(COLOURS["RUS"]), alt.value("#9aa7b8"))
    )
    written = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(text="text:N")
    told = (title, subtitle or unit) if title else (unit, subtitle)
    return _finish(alt.layer(bar, written), [], *told, width, 22 * len(rows), cited)


def chart(series: Iterable[TimeSeries], **options: Any) -> Picture:
    """The chart that suits the series: steps for codes, lines for the rest."""
    shown = list(series)
    coded = bool(shown) and all(s.unit.startswith(CODED) for s in shown)
    return steps(shown, **options) if coded else line(shown, **options)


def number(value: float, digits: int = 4) -> str:
    """A number for reading: thousands parted, so many significant digits at most (but the whole of a whole
    number), no trailing noughts."""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - int(f"{abs(value):e}".partition("e")[2]))
    text = f"{value:,.{min(places, 8)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−") if text.startswith("-") else text


# ---------------------------------------------------------------- drawing


def _prepare(series: Iterable[TimeSeries], since: str, until: str) -> list[TimeSeries]:
    """The series cut to the asked-for time, checked: something to draw, and one unit."""
    shown = [_between(s, since, until) for s in series]
    if not shown or not any(s.points for s in shown):
        names = ", ".join(s.series for s in shown)
        raise AmurError(
            f"there is nothing to draw{': no values in ' + names if names else ''}",
            mend="Ask for another series or a later date.",
        )
    units = dict.fromkeys(s.unit for s in shown)
    if len(units) > 1:
        raise AmurError(f"the series have different units: {', '.join(units)}", mend="Draw one chart for each.")
    return shown


def _between(series: TimeSeries, since: str, until: str) -> TimeSeries:
    from dataclasses import replace

    first = periods.start(since) if since else dt.date.min
    last = periods.end(until) if until else dt.date.max
    kept = tuple(p for p in series.points if first <= periods.start(p.period) and periods.end(p.period) <= last)
    return replace(series, points=kept)


def segments(series: TimeSeries) -> list[list[Point]]:
    """The points in runs without a missing period."""
    runs: list[list[Point]] = [list(series.points[:1])] if series.points else []
    for before, after in pairwise(series.points):
        if periods.ordinal(after.period) - periods.ordinal(before.period) == 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _day(period: str, mixed: bool) -> str:
    """Where a period stands on the axis: at its start, or in its middle where frequencies are mixed."""
    first, last = periods.start(period), periods.end(period)
    return (first + (last - first) / 2 if mixed else first).isoformat()


def _through_time(
    shown: list[TimeSeries],
    interpolate: Literal["linear", "step-after"],
    title: str,
    subtitle: str,
    labels: Sequence[str] | None,
    width: int,
    height: int,
    zero: bool | None,
    marks: Sequence[Mark],
    caption: str | None,
    levels: Mapping[float, str] | None = None,
) -> Picture:
    import altair as alt

    names = _names(shown, labels)
    mixed = len({s.frequency for s in shown}) > 1
    rows: list[dict[str, Any]] = []
    for s, name in zip(shown, names, strict=True):
        sparse = len(s.points) <= SPARSE and interpolate == "linear"
        for number_of, run in enumerate(segments(s)):
            for p in run:
                rows.append(
                    {
                        "period": p.period,
                        "day": _day(p.period, mixed),
                        "value": p.value,
                        "name": name,
                        "run": f"{name} {number_of}",
                        "dot": sparse or len(run) == 1,
                        "note": p.note,
                        "own": p.origin,
                    }
                )
            if interpolate == "step-after":
                rows.append(_to_the_end(run[-1], name, number_of))
    values = [row["value"] for row in rows]
    # Where most points stand alone there is no line to tell apart by dashes: the markers do it.
    alone = sum(len(run) == 1 for s in shown for run in segments(s))
    scattered = len(names) > 1 and alone * 2 > sum(map(len, shown))
    if zero is None:
        zero = min(values) >= 0 and min(values) < 0.6 * max(values)
    y_axis = _unit_axis(shown)
    if levels:
        named = "{" + ", ".join(f"{json.dumps(f'{k:g}')}: {json.dumps(v)}" for k, v in levels.items()) + "}"
        y_axis |= {
            "values": sorted(levels),
            "labelExpr": f"({named})[datum.value]",
            "title": None,
            "labelLimit": 240,
        }
    elif interpolate == "step-after":
        y_axis |= {"values": sorted(set(values)), "format": "~g"}
    first, last = min(r["day"] for r in rows), max(r["day"] for r in rows)
    stepped = bool(levels) or interpolate == "step-after"
    y_scale = alt.Scale(zero=zero, nice=not levels, padding=8 if stepped else 0)
    if levels:
        y_scale = alt.Scale(domain=[min(*levels, *values), max(*levels, *values)], nice=False, padding=8)
    encoding: dict[str, Any] = {
        "x": alt.X("day:T", scale=alt.Scale(type="utc")).axis(
            title=_caption(shown, caption, width),
            tickCount=max(2, width // 60),
            **_time_axis(first, last),
            **_caption_style(),
        ),
        "y": alt.Y("value:Q", scale=y_scale).axis(**y_axis),
        "color": _colour(names, colours(shown), "" if scattered else "stroke"),
    }
    base = alt.Chart({"values": rows}).encode(**encoding)
    dash = alt.StrokeDash(
        "name:N",
        sort=names,
        legend=None if len(names) == 1 else alt.Undefined,
        scale=alt.Scale(domain=names, range=[DASHES[i % len(DASHES)] for i in range(len(names))]),
    )
    dashed = {} if scattered else {"strokeDash": dash}
    lines = base.mark_line(interpolate=interpolate).encode(detail="run:N", **dashed)
    marker: dict[str, Any] = {"tooltip": _tooltip()}
    if scattered:
        scale = alt.Scale(domain=names, range=[SHAPES[i % len(SHAPES)] for i in range(len(names))])
        marker["shape"] = alt.Shape("name:N", sort=names, scale=scale)
    dots = (
        base.transform_filter("datum.dot")
        .mark_point(filled=True, shape="circle", size=24, opacity=1)
        .encode(**marker)
    )
    reach = base.transform_filter("!datum.dot").mark_circle(size=60, opacity=0).encode(tooltip=_tooltip())
    # Unseen marks that the pointer can find; only a page has use for them.
    layers: list[Any] = [*_marks(marks, first, last), lines, dots, reach]
    if any(row.get("own") for row in rows):
        # The user's own evidence is seen in the picture, not only told under it.
        layers.append(
            base.transform_filter("datum.own").mark_point(filled=False, shape="circle", size=85, opacity=1)
        )
    return _finish(alt.layer(*layers), shown, title, subtitle, width, height)


def _to_the_end(point: Point, name: str, run: int) -> dict[str, Any]:
    """The value of a step held to the end of its last period."""
    return {
        "period": point.period,
        "day": (periods.end(point.period) + dt.timedelta(days=1)).isoformat(),
        "value": point.value,
        "name": name,
        "run": f"{name} {run}",
        "dot": False,
        "note": point.note,
    }


def _marks(marks: Sequence[Mark], first: str, last: str) -> list[Any]:
    """Dated events inside the chart's time as thin upright lines, labelled above."""
    import altair as alt

    rows = [
        {"day": periods.start(mark.date).isoformat(), "label": mark.label}
        for mark in marks
        if first <= periods.start(mark.date).isoformat() <= last
    ]
    if not rows:
        return []
    base = alt.Chart({"values": rows}).encode(x=alt.X("day:T", scale=alt.Scale(type="utc")))
    return [
        base.mark_rule(color=MUTED, strokeDash=[2, 3], strokeWidth=1),
        base.mark_text(align="center", baseline="bottom", fontSize=10, color=MUTED).encode(
            text="label:N", y=alt.value(-4)
        ),
    ]


def _names(shown: Sequence[TimeSeries], labels: Sequence[str] | None) -> list[str]:
    names = list(labels) if labels is not None else [s.title for s in shown]
    if len(names) != len(shown):
        raise AmurError(f"{len(shown)} series but {len(names)} labels", mend="Give each series a label.")
    # Two lines must not share a name: the series id tells them apart.
    return [
        name if names.count(name) == 1 else f"{name} ({s.series})" for name, s in zip(names, shown, strict=True)
    ]


def _colour(names: list[str], palette: list[str], symbol: str) -> Any:
    """Colour by name; the legend lists long names under each other, short ones in rows."""
    import altair as alt

    long = max(map(len, names)) > 28
    legend = alt.Legend(
        symbolType=symbol or alt.Undefined,
        symbolSize=alt.Undefined if symbol else 50,
        direction="vertical" if long else "horizontal",
        columns=1 if long else 3,
    )
    return alt.Color(
        "name:N",
        sort=names,
        scale=alt.Scale(domain=names, range=palette),
        legend=legend if len(names) > 1 else None,
    )


def _tooltip() -> list[Any]:
    import altair as alt

    return [
        alt.Tooltip("name:N", title="series"),
        alt.Tooltip("period:N"),
        alt.Tooltip("value:Q", format=",.4~g"),
        alt.Tooltip("note:N"),
    ]


def _unit_axis(shown: Sequence[TimeSeries]) -> dict[str, Any]:
    """The unit, written level above the axis; whole steps where all values are whole."""
    whole = all(p.value.is_integer() for s in shown for p in s.points)
    return ({"tickMinStep": 1} if whole else {}) | {
        "title": shown[0].unit,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -10,
        "titleBaseline": "bottom",
        "tickCount": 5,
    }


def _time_axis(first: str, last: str) -> dict[str, Any]:
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
    return {"format": "%Y" if days > 3 * 366 else "%b %Y", "labelFlush": False, "labelOverlap": "greedy"}


def _caption_style() -> dict[str, Any]:
    """The caption is the title of the lower axis: it always stands under the chart, at its left edge."""
    return {
        "titleAnchor": "start",
        "titleAlign": "left",
        "titleFontSize": 9,
        "titleColor": MUTED,
        "titlePadding": 8,
        "titleLineHeight": 11,
    }


def _caption(shown: Sequence[TimeSeries], caption: str | None, width: int) -> list[str]:
    """What stands under the chart: who published the numbers, vintages, and what a user added."""
    if caption is not None:
        return _wrapped(caption, width)
    notes = [f"Source: {_publishers(_cited(shown))}."]
    if any(p.revised for s in shown for p in s.points):
        notes.append("Some values are of a later vintage than first published.")
    overlays = dict.fromkeys(name for s in shown for name in s.origins)
    if overlays:
        notes.append(f"Includes the user's own evidence (ringed in lines): {', '.join(overlays)}.")
    return _wrapped(" ".join(notes), width)


def _cited(shown: Iterable[TimeSeries]) -> list[Source]:
    return list(dict.fromkeys(source for s in shown for source in s.cited()))


def _publishers(cited: Iterable[Source], most: int = 5) -> str:
    """The names of the publishers, those most used first; past ``most`` the rest are counted."""
    names: dict[str, int] = {}
    for source in cited:
        name = publisher_of(source)
        names[name] = names.get(name, 0) + 1
    ordered = sorted(names, key=lambda name: -names[name])
    text = "; ".join(ordered[:most])
    return text + (f"; and {len(ordered) - most} more" if len(ordered) > most else "")


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(30, int(width / 4.5))) if text else []


def _filled(every: list[str]) -> list[str]:
    """All periods from the first to the last, so that a missing one leaves its place empty."""
    frequency = periods.frequency_of(every[0])
    first, last = periods.ordinal(every[0]), periods.ordinal(every[-1])
    return [periods.from_ordinal(n, frequency) for n in range(first, last + 1)]


def _ticked(period: str, every: list[str], width: int) -> bool:
    """Whether a bar's period is written on the axis: as many as fit, at even distances from the last."""
    last = periods.ordinal(every[-1])
    many = last - periods.ordinal(every[0]) + 1
    stride = -(-many * (40 if len(period) == 4 else 62) // width)
    return (last - periods.ordinal(period)) % stride == 0


def _finish(
    layered: altair.LayerChart | altair.FacetChart,
    shown: Sequence[TimeSeries],
    title: str,
    subtitle: str,
    width: int,
    height: int,
    cited: Sequence[Source] = (),
) -> Picture:
    """Size, title, theme, and the citations that travel with the chart."""
    sources = [*cited, *_cited(shown)]
    title = title or (shown[0].title if len(shown) == 1 else "")
    heading: dict[str, Any] = {"text": textwrap.wrap(title, int(width / 6.6))}
    if subtitle:
        heading["subtitle"] = _wrapped(subtitle, int(width * 0.85))
    about = {
        "title": title,
        "series": [
            {
                "series": s.series,
                "title": s.title,
                "unit": s.unit,
                "definition": s.definition,
                "formula": s.formula,
            }
            for s in shown
        ],
        "citations": [source.citation() for source in sources],
    }
    chart = cast("altair.LayerChart", layered)
    if title:
        chart = chart.properties(title=heading)
    return chart.properties(width=width, height=height, usermeta={"amur": about}, config=theme())


# ---------------------------------------------------------------- saving


def save(chart: Picture, path: str | Path) -> Path:
    """Write a chart as .svg, .png, .html or .pdf, whole or not at all; the path.

    AmurError for another ending and where the file cannot be written.
    """
    path = Path(path)
    return atomic.write_bytes(path, render(chart, format_of(path)))


def format_of(path: str | Path) -> str:
    """The ending of a picture's name, checked: AmurError for one that cannot be drawn."""
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        raise AmurError(
            f"a chart cannot be saved as '{Path(path).name}'", mend=f"End the name in {', '.join(FORMATS)}."
        )
    return ending


def render(chart: Picture, ending: str) -> bytes:
    """The chart as the bytes of an .svg, .png, .html or .pdf file.

    They are the same for the same chart; only the parts of a PDF may come in another order.
    """
    spec = specification(chart)
    return _RENDERERS[ending](spec)


def specification(chart: Picture) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    spec: dict[str, Any] = chart.to_dict()
    spec["$schema"] = f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.partition('.')[0]}.json"
    return spec


def _still(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without the marks that only a pointer can find."""
    layers = [layer for layer in spec.get("layer", []) if layer["mark"].get("opacity") != 0]
    return spec | {"layer": layers} if layers else spec


def svg(spec: dict[str, Any]) -> bytes:
    """An SVG picture with the citations in its ``<title>``, ``<desc>`` and ``<metadata>``."""
    import vl_convert

    about = _about(spec)
    picture: str = vl_convert.vegalite_to_svg(_still(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    told = (
        f"<title>{html.escape(about['title'], quote=False)}</title>"
        f"<desc>{html.escape(_in_words(about), quote=False)}</desc>"
        f"<metadata>{html.escape(json.dumps(about, ensure_ascii=False), quote=False)}</metadata>"
    )
    return re.sub(r"(<svg[^>]*>)", lambda m: m[1] + told, picture, count=1).encode()


def png(spec: dict[str, Any]) -> bytes:
    """A PNG picture at 192 dpi with the citations in its 'Description' text."""
    import vl_convert

    picture: bytes = vl_convert.vegalite_to_png(
        _still(spec), vl_version=VEGA_LITE, scale=2, allowed_base_urls=[]
    )
    header_ends = 8 + 4 + 4 + 13 + 4
    text = b"Description\0\0\0\0\0" + _in_words(_about(spec)).encode()
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    return picture[:header_ends] + chunk + picture[header_ends:]


def pdf(spec: dict[str, Any]) -> bytes:
    """A one-page PDF of the picture, its font inside: for setting into a document."""
    import vl_convert

    result: bytes = vl_convert.vegalite_to_pdf(_still(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    return result


def page(spec: dict[str, Any]) -> bytes:
    """A page that stands alone: the chart with values under the pointer, definitions and full citations.

    All scripts are inside and a content policy forbids the browser to load anything.
    """
    import vl_convert

    about = _about(spec)
    # '<' cannot end the script it stands in when written as JSON's own escape.
    chart = json.dumps(spec | {"usermeta": {}}, ensure_ascii=False).replace("<", "\\u003c")
    defined = "".join(
        f"<p><b>{html.escape(s['title'])}</b> ({html.escape(s['unit'])}): {html.escape(s['definition'])}"
        + (f" Formula: {html.escape(s['formula'])}" if s["formula"] else "")
        + "</p>\n"
        for s in about["series"]
    )
    cited = "".join(f"<li>{html.escape(citation)}</li>\n" for citation in about["citations"])
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(about["title"] or "Chart")}</title>
<style>
body {{ font: 14px/1.5 {FONT}; color: {INK}; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }}
section {{ font-size: 12px; color: {MUTED}; overflow-wrap: anywhere }}
</style>
<script>{vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VEGA_LITE)}</script>
</head>
<body>
<div id="chart"></div>
<section>
{defined}<p>Sources</p>
<ol>
{cited}</ol>
</section>
<script>
vegaEmbed("#chart", {chart}, {{renderer: "svg", actions: false}});
</script>
</body>
</html>
""".encode()


_RENDERERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    ".svg": svg,
    ".png": png,
    ".html": page,
    ".pdf": pdf,
}


def _about(spec: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = spec.get("usermeta", {}).get("amur", {"title": "", "series": [], "citations": []})
    return about


def _in_words(about: dict[str, Any]) -> str:
    defined = [f"{s['title']} ({s['unit']}): {s['definition']}" for s in about["series"]]
    return "\n".join([*defined, "Sources:", *about["citations"]])
