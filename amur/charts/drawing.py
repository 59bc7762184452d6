"""Lines, steps, bars and rankings of series, each with its unit, its caption and its citations."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from amur.charts.style import COLOURS, DASHES, INK, MUTED, SHAPES, SPARSE, colours, theme
from amur.errors import AmurError
from amur.record import periods
from amur.record.schema import Source
from amur.record.terms import publisher_of
from amur.record.timeseries import Point, TimeSeries

if TYPE_CHECKING:
    import altair

    Picture = altair.LayerChart

CODED = ("code", "0/1")


class Mark(NamedTuple):
    """A dated event drawn as a thin upright line with a short label."""

    date: str
    label: str


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
