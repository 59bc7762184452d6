"""The pictures of where things stand: small, from plain rows, each for a width in pixels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from amur.charts.style import COLOURS, GRID, INK, MUTED, theme
from amur.errors import AmurError
from amur.record import periods

HEIGHT = 210
"""Pixels of a chart through time."""
LANE, STRIP, GAP = 34, 16, 30
"""Pixels from lane to lane of a time line; the height of a strip, and from one strip to the next less that."""
BESIDE, HEAD = 460, 16
"""Width from which names of lanes stand beside them; the room that they take above them."""
NEAR = 4.2
"""Days, for each hundred pixels less than a thousand of width, within which events of a lane would cover each other."""


class Course(NamedTuple):
    """One quantity through time: ``bands`` are its low90, low50, middle, high50 and high90 by year, ``seen`` what the
    record shows (None: nothing)."""

    name: str
    colour: str
    years: Sequence[int]
    bands: Mapping[str, Sequence[float]]
    seen: Sequence[float | None] = ()


class Span(NamedTuple):
    """A time in which a decision was as it was: from a quarter to another, both within; ``level`` from 0 to 1."""

    first: str
    last: str
    value: str
    level: float


class Strip(NamedTuple):
    """A decision through time."""

    name: str
    colour: str
    spans: Sequence[Span]


class Dated(NamedTuple):
    """An event on a time line: its lane, its day, what it was, and whether it counts among the main ones."""

    lane: str
    date: str
    what: str
    main: bool


def courses(
    shown: Sequence[Course], width: int, title: str = "", share: bool = False, citations: Sequence[str] = ()
) -> Any:
    """Quantities of one unit through time: the middle 90% and 50% as bands, the median as a line, the record as dots.

    AmurError where there is nothing to draw.
    """
    import altair as alt

    if not shown:
        raise AmurError("there is nothing to draw", mend="Give at least one course.")
    names, colours = [each.name for each in shown], [each.colour for each in shown]
    rows: list[dict[str, Any]] = [
        {"name": each.name, "year": year, **{band: values[place] for band, values in each.bands.items()}}
        for each in shown
        for place, year in enumerate(each.years)
    ]
    dots = [
        {"name": each.name, "year": year, "value": value}
        for each in shown
        for year, value in zip(each.years, each.seen, strict=False)
        if value is not None
    ]
    least = min(row["low90"] for row in rows)
    form = "%" if share else "~g"
    years = sorted({row["year"] for row in rows})
    along = alt.X("year:Q", title=None, scale=alt.Scale(domain=[years[0], years[-1]], nice=False)).axis(
        format="d", tickCount=min(7, width // 70), grid=False
    )
    scale = alt.Scale(domainMin=0) if least >= 0 else alt.Scale()
    colour = alt.Color(
        "name:N",
        scale=alt.Scale(domain=names, range=colours),
        legend=alt.Legend(orient="top", direction="horizontal", offset=6, symbolType="stroke", symbolOpacity=1)
        if len(names) > 1
        else None,
    )
    base = alt.Chart({"values": rows}).encode(x=along, color=colour)

    def up(name: str) -> Any:
        return alt.Y(f"{name}:Q", title=None, scale=scale).axis(format=form, tickCount=5)

    layers = [
        base.mark_area(opacity=0.14).encode(y=up("low90"), y2="high90:Q"),
        base.mark_area(opacity=0.26).encode(y=up("low50"), y2="high50:Q"),
        base.mark_line(strokeWidth=2.2).encode(y=up("middle")),
    ]
    if least < 0:
        nought = alt.Chart({"values": [{"at": 0}]}).mark_rule(color=MUTED, strokeDash=[3, 3])
        layers.insert(0, nought.encode(y=alt.Y("at:Q", scale=scale)))
    if dots:
        seen = alt.Chart({"values": dots}).mark_point(filled=True, size=15, opacity=1)
        layers.append(
            seen.encode(x=along, y=alt.Y("value:Q", scale=scale), color=colour, shape=alt.value("diamond"))
        )
    # One wide mark for each year, unseen, tells its values.
    layers.append(
        base.mark_bar(width=max(6, width // len(years)), opacity=0).encode(
            y=up("low90").stack(None),
            y2="high90:Q",
            tooltip=[
                alt.Tooltip("name:N", title="what"),
                alt.Tooltip("year:Q"),
                alt.Tooltip("middle:Q", title="median", format=".1%" if share else ".2f"),
                alt.Tooltip("low90:Q", title="90% from", format=".1%" if share else ".2f"),
                alt.Tooltip("high90:Q", title="to", format=".1%" if share else ".2f"),
            ],
        )
    )
    return _made(alt.layer(*layers).properties(width=_plot(width), height=HEIGHT), title, citations)


def weights(
    rows: Sequence[Mapping[str, Any]], colours: Mapping[str, str], width: int, title: str = "", legend: bool = False,
    citations: Sequence[str] = (),
) -> Any:  # fmt: skip
    """Weights of the readings through time as stacked areas, the first of ``colours`` at the foot.

    ``rows`` have year, name and weight. AmurError where there are none.
    """
    import altair as alt

    if not rows:
        raise AmurError("there is nothing to draw", mend="Give at least one weight.")
    place = {name: number for number, name in enumerate(colours)}
    told = [{**row, "place": -place[str(row["name"])]} for row in rows]
    years = sorted({row["year"] for row in rows})
    chart = (
        alt.Chart({"values": told})
        .mark_area(line=False, stroke="white", strokeWidth=0.6)
        .encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(domain=[years[0], years[-1]], nice=False)).axis(
                format="d", tickCount=min(7, width // 70)
            ),
            y=alt.Y("weight:Q", title=None, stack="zero", scale=alt.Scale(domain=[0, 1])).axis(
                format="%", tickCount=5
            ),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(orient="right", direction="vertical", columns=1, offset=10)
                if legend
                else None,
            ),
            order=alt.Order("place:Q", sort="descending"),
            tooltip=[
                alt.Tooltip("name:N", title="reading"),
                alt.Tooltip("year:Q"),
                alt.Tooltip("weight:Q", format=".1%"),
            ],
        )
        .properties(width=_plot(width), height=HEIGHT + 60)
    )
    return _made(chart, title, citations)


def strips(shown: Sequence[Strip], width: int, title: str = "", citations: Sequence[str] = ()) -> Any:
    """Decisions through time as strips, darker the further a decision goes, with their names above and the last value at
    the end. AmurError where there is nothing to draw."""
    import altair as alt

    if not any(each.spans for each in shown):
        raise AmurError("there is nothing to draw", mend="Give at least one decision.")
    whole = STRIP + GAP
    rows: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    first = min(_year(span.first) for each in shown for span in each.spans)
    last = max(_year(span.last, True) for each in shown for span in each.spans)
    room = (width - 8) / max(last - first, 0.25)
    for place, each in enumerate(shown):
        top = place * whole
        names.append({"text": each.name, "now": each.spans[-1].value, "y": top + 9})
        for span in each.spans:
            start, end = _year(span.first), _year(span.last, True)
            text = span.value if (end - start) * room > 6.4 * len(span.value) + 8 else ""
            rows.append({
                "decision": each.name, "value": span.value, "from": span.first, "to": span.last, "text": text,
                "start": start, "end": end, "middle": (start + end) / 2,
                "low": top + GAP - 11, "high": top + GAP - 11 + STRIP, "centre": top + GAP - 11 + STRIP / 2,
                "level": 0.12 + 0.88 * span.level, "colour": each.colour, "dark": span.level > 0.7,
            })  # fmt: skip
    up = alt.Scale(domain=[0, whole * len(shown)], reverse=True, nice=False, zero=False)
    along = alt.Scale(domain=[first, last], nice=False, zero=False)
    axis = alt.Axis(
        format="d", tickCount=min(12, width // 60), grid=True, gridColor=GRID, domain=False, ticks=False
    )
    base = alt.Chart({"values": rows})
    tooltip = ["decision:N", "value:N", "from:N", "to:N"]
    found = dict.fromkeys(each.colour for each in shown)
    bars = [
        base.transform_filter(f"datum.colour == '{colour}'")
        .mark_rect(color=colour, stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("start:Q", title=None, scale=along, axis=axis), x2="end:Q",
            y=alt.Y("low:Q", scale=up, axis=None), y2="high:Q",
            opacity=alt.Opacity("level:Q", scale=None, legend=None), tooltip=tooltip,
        )
        for colour in found
    ]  # fmt: skip
    said = base.mark_text(fontSize=11.5, baseline="middle", tooltip=None).encode(
        x=alt.X("middle:Q", scale=along), y=alt.Y("centre:Q", scale=up, axis=None), text="text:N",
        color=alt.condition("datum.dark", alt.value("white"), alt.value(INK)),
    )  # fmt: skip
    heads = alt.Chart({"values": names}).encode(y=alt.Y("y:Q", scale=up, axis=None))
    left = heads.mark_text(align="left", baseline="middle", fontSize=12.5, color=INK).encode(
        x=alt.value(0), text="text:N"
    )
    chart = alt.layer(*bars, said, left).properties(width=width - 8, height=whole * len(shown))
    return _made(chart, title, citations)


def timeline(
    events: Sequence[Dated],
    first: str,
    last: str,
    width: int,
    lanes: Sequence[str] = (),
    title: str = "",
    citations: Sequence[str] = (),
) -> Any:
    """Events as dots on lanes through time; those that would cover each other stand side by side, the main ones in colour.

    ``first`` and ``last`` are days. AmurError where there are none.
    """
    import altair as alt

    if not events:
        raise AmurError("there is nothing to draw", mend="Give at least one event.")
    order = list(lanes) or list(dict.fromkeys(each.lane for each in events))
    near = dt.timedelta(days=NEAR * max(1.0, 10 - width / 100))
    beside = width >= BESIDE
    # Where names have no room beside the lanes, they stand above them.
    head = 0 if beside else HEAD
    tall = LANE + head
    rows: list[dict[str, Any]] = []
    for place, lane in enumerate(order):
        taken: list[dt.date] = []
        for each in sorted(
            (one for one in events if one.lane == lane), key=lambda one: (one.date, not one.main)
        ):
            day = periods.start(each.date)
            spot = next((at for at, then in enumerate(taken) if day - then >= near), len(taken))
            taken[spot : spot + 1] = [day]
            # 0, up one, down one, up two: from the middle of the lane.
            step = (spot + 1) // 2 * (1 if spot % 2 else -1)
            rows.append({
                "lane": lane, "day": day.isoformat(), "date": each.date, "what": each.what,
                "kind": "between the two" if each.main else "about them",
                "y": place * tall + head + LANE / 2 - min(max(step, -2), 2) * 6.2,
            })  # fmt: skip
    up = alt.Scale(domain=[0, tall * len(order)], reverse=True, nice=False, zero=False)
    along = alt.Scale(domain=[first, last], nice=False)
    names = [
        {
            "lane": lane,
            "y": place * tall + (LANE / 2 if beside else HEAD / 2),
            "line": place * tall + head + LANE / 2,
        }
        for place, lane in enumerate(order)
    ]
    told = alt.Chart({"values": names})
    guide = told.mark_rule(color=GRID).encode(y=alt.Y("line:Q", scale=up, axis=None))
    text = told.mark_text(
        align="right" if beside else "left", baseline="middle", fontSize=12, color=MUTED
    ).encode(y=alt.Y("y:Q", scale=up, axis=None), x=alt.value(-8 if beside else 0), text="lane:N")
    kinds = ["between the two", "about them"]
    dots = (
        alt.Chart({"values": rows})
        .mark_circle(size=64, opacity=0.9, stroke="white", strokeWidth=0.8)
        .encode(
            x=alt.X("day:T", title=None, scale=along).axis(
                format="%b", tickCount={"interval": "month", "step": 1 if beside else 2}, grid=True,
                gridColor=GRID, domain=False, ticks=False,
            ),
            y=alt.Y("y:Q", scale=up, axis=None),
            color=alt.Color(
                "kind:N", scale=alt.Scale(domain=kinds, range=[COLOURS["CHN"], "#9aa1a9"]),
                legend=alt.Legend(orient="top", direction="horizontal", offset=4, symbolType="circle"),
            ),
            tooltip=["date:N", "lane:N", "what:N"],
        )
    )  # fmt: skip
    chart = alt.layer(guide, text, dots).properties(
        width=width - (96 if beside else 8), height=tall * len(order)
    )
    return _made(chart, title, citations)


def _plot(width: int) -> int:
    """Pixels of the plot when labels of numbers stand to its left."""
    return width - 46


def _year(quarter: str, after: bool = False) -> float:
    """When a quarter begins, or (``after``) has ended, in years."""
    year, _, place = quarter.partition("-Q")
    return int(year) + (int(place) - 1 + after) / 4


def _made(chart: Any, title: str, citations: Sequence[str]) -> Any:
    about = {
        "title": title, "citations": list(citations),
        "series": [{"series": "", "title": title, "unit": "", "definition": "", "formula": ""}],
    }  # fmt: skip
    over: dict[str, Any] = {"title": {"text": title, "anchor": "start"}} if title else {}
    return chart.properties(usermeta={"amur": about}, **over).configure(**theme())
