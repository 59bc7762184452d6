"""Events on a line of time, one row to a group, each group's name above its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from amur.charts.style import COLOURS, GRID, INK, MUTED, theme
from amur.errors import AmurError
from amur.record import periods

if TYPE_CHECKING:
    import altair

    from amur.charts.drawing import Picture
    from amur.record.schema import Event, Source

ROW, WORDS = 42, 16
"""Pixels of a row, and of the name above its marks."""
MOST = 16
"""Rows that a picture has at most: those with the most events; the rest share one."""
PALETTE = (*COLOURS.values(), "#8a5a2b", "#7fa650")


def timeline(
    events: Iterable[Event],
    groups: Mapping[str, str],
    *,
    names: Mapping[str, str] | None = None,
    sources: Iterable[Source] = (),
    title: str = "",
    width: int = 620,
) -> Picture:
    """Events as dots in time. ``groups`` names the row of each event by its identifier; ``names`` are the rows in order.

    An event known to the month stands at its first day. AmurError where there is none.
    """
    import altair as alt

    shown = list(events)
    if not shown:
        raise AmurError("there is nothing to draw", mend="Ask for other words, kinds or dates.")
    rows = [
        {
            "day": periods.start(each.date).isoformat(), "date": each.date, "kind": each.kind.replace("-", " "),
            "what": each.what, "group": groups[each.event], "own": bool(each.origin),
        }
        for each in shown
    ]  # fmt: skip
    order = _order([str(row["group"]) for row in rows], list(names or ()))
    for row in rows:
        row["group"] = row["group"] if row["group"] in order else order[-1]
        row["y"] = order.index(str(row["group"])) * ROW + WORDS + (ROW - WORDS) / 2
    height = ROW * len(order)
    texts = [{"text": _named(name, names), "y": place * ROW + WORDS - 6} for place, name in enumerate(order)]
    lines = [{"y": place * ROW + WORDS + (ROW - WORDS) / 2} for place in range(len(order))]
    up = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False))
    along = alt.X("day:T", scale=alt.Scale(type="utc")).axis(
        title=None, tickCount=max(2, width // 80), format=_format(rows), labelOverlap="greedy", grid=True
    )
    scale = alt.Scale(domain=order, range=[PALETTE[at % len(PALETTE)] for at in range(len(order))])
    told = [alt.Tooltip("date:N"), alt.Tooltip("kind:N"), alt.Tooltip("what:N")]
    base = alt.Chart({"values": rows}).encode(x=along, y=up, tooltip=told)
    ruled = alt.Chart({"values": lines}).mark_rule(color=GRID).encode(y=up)
    named = (
        alt.Chart({"values": texts})
        .mark_text(align="left", baseline="middle", fontSize=12, color=INK)
        .encode(y=up, x=alt.value(0), text="text:N")
    )
    dots = base.mark_point(filled=True, size=70, opacity=0.62).encode(
        color=alt.Color("group:N", sort=order, scale=scale, legend=None)
    )
    layers: list[Any] = [ruled, dots, named]
    if any(row["own"] for row in rows):
        layers.append(base.transform_filter("datum.own").mark_point(filled=False, size=170, color=MUTED))
    about = {
        "title": title, "citations": [source.citation() for source in sources],
        "series": [{"series": "", "title": title, "unit": "", "definition": "Dated events.", "formula": ""}],
    }  # fmt: skip
    made = alt.layer(*layers).properties(width=width, height=height, usermeta={"amur": about}, config=theme())
    if title:
        made = made.properties(title={"text": title})
    return cast("altair.LayerChart", made)


def _order(groups: list[str], wanted: list[str]) -> list[str]:
    many = {name: groups.count(name) for name in dict.fromkeys(groups)}
    order = [name for name in wanted if name in many] or sorted(many, key=lambda name: (-many[name], name))
    return order if len(order) <= MOST else [*order[: MOST - 1], "other"]


def _named(name: str, names: Mapping[str, str] | None) -> str:
    return (names or {}).get(name, name).replace("-", " ")


def _format(rows: list[dict[str, Any]]) -> str:
    days = [str(row["day"]) for row in rows]
    return "%Y" if int(max(days)[:4]) - int(min(days)[:4]) > 3 else "%b %Y"
