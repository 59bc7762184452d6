"""The chart of the readings: their weights through time, at the end with intervals, and what moved the leading one."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, INK, MUTED
from amur.conditioning.pictures import palette
from amur.questions.words import percent

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

WIDE, GAP = 330, 24
WHOLE = 2 * WIDE + GAP
KINDS = {
    "stacking": "in the mixture that would have foretold best (stacking)",
    "prequential": "if one reading is true (prequential)",
}
LAST = "persistence"
MOVERS = 7
"""Observations drawn on each side."""


def draw(of: Answer, width: int | None = None) -> Any:
    """An Altair chart, from the answer's tables alone."""
    import altair as alt

    kind = of.made.weighed
    rows = of.tables["readings"]
    titles = {str(row["reading"]): str(row["title"]) for row in rows}
    colours = {titles[name]: colour for name, colour in _colours(titles).items()}
    first = rows[0]
    last = max(int(str(row["year"])) for row in of.tables["weights"])
    pairs = [
        alt.hconcat(
            _ends(alt, rows, each, colours, last), _through(alt, of, each, titles, colours), spacing=GAP
        )
        for each in _kinds(kind)
    ]
    parts = [*pairs, _movers(alt, of, titles)]
    share = float(str(first[kind]))
    low, high = float(str(first[f"{kind}_low90"])), float(str(first[f"{kind}_high90"]))
    title = f"{first['title']} has most weight at the end of {last}: {percent(share)} (90%: {percent(low)} to {percent(high)})"
    under = f"Weights of {len(rows)} readings by how well each foretold the record, year by year; intervals over a bootstrap of the years"
    return finish(alt.vconcat(*parts, spacing=22).resolve_scale(color="independent"), title, under)


def _kinds(leading: str) -> tuple[str, ...]:
    return (leading, *(kind for kind in KINDS if kind != leading))


def _colours(titles: Mapping[str, str]) -> dict[str, str]:
    """Those of the page on conditioning; a reading of one's own, the eleventh, is in ink."""
    from amur.conditioning.shipped import shipped

    known = sorted(shipped().readings, key=lambda name: (name == LAST, shipped().readings.index(name)))
    of = palette(known)
    return {name: of.get(name, INK) for name in titles}


def _through(alt: Any, of: Answer, kind: str, titles: Mapping[str, str], colours: Mapping[str, str]) -> Any:
    """Stacked areas of one kind of weights."""
    place = {name: number for number, name in enumerate(titles)}
    rows = [
        {**row, "title": titles[str(row["reading"])], "place": place[str(row["reading"])]}
        for row in of.tables["weights"]
        if row["kind"] == kind
    ]
    return (
        alt.Chart({"values": rows})
        .mark_area(line=False)
        .encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False)).axis(format="d", tickCount=6),
            y=alt.Y("weight:Q", title=None, stack="zero", scale=alt.Scale(domain=[0, 1])).axis(
                format="%", tickCount=4
            ),
            color=alt.Color(
                "title:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=None,
            ),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("title:N", title="reading"), "year:Q", alt.Tooltip("weight:Q", format=".1%")],
        )
        .properties(
            width=WIDE, height=19 * len(titles), title=heading("The same at the end of each year", WIDE)
        )
    )


def _ends(alt: Any, rows: Sequence[Row], kind: str, colours: Mapping[str, str], last: int) -> Any:
    """The weights at the end as dots with their 50% and 90% intervals; the colours are those of the areas above."""
    shown = [
        {
            "title": str(row["title"]),
            "text": percent(float(str(row[kind]))),
            **{name: row[f"{kind}{name}"] for name in ("", "_low50", "_high50", "_low90", "_high90")},
        }
        for row in rows
    ]
    for each in shown:
        each["value"] = each.pop("")
    names = list(colours)
    across = alt.Scale(domain=[0, 1])
    axis = alt.Axis(labelLimit=190, labelPadding=9, ticks=False, domain=False, grid=True, gridColor=GRID)
    base = alt.Chart({"values": shown}).encode(
        y=alt.Y("title:N", sort=names, title=None, axis=axis),
        color=alt.Color("title:N", scale=alt.Scale(domain=names, range=list(colours.values())), legend=None),
    )
    x = alt.X("_low90:Q", title=None, scale=across, axis=alt.Axis(format="%", tickCount=4))
    layers = [
        base.mark_rule(strokeWidth=1.4).encode(x=x, x2="_high90:Q"),
        base.mark_rule(strokeWidth=5, opacity=0.45).encode(x=alt.X("_low50:Q", scale=across), x2="_high50:Q"),
        base.mark_point(filled=True, size=60, opacity=1).encode(
            x=alt.X("value:Q", scale=across),
            tooltip=[
                "title:N",
                "text:N",
                *(alt.Tooltip(f"{name}:Q", format=".1%") for name in ("_low90", "_high90")),
            ],
        ),
    ]
    many = len(names)
    told = f"Weight at the end of {last} {KINDS[kind]}"
    return alt.layer(*layers).properties(width=WIDE, height=19 * many, title=heading(told, WIDE))


def _movers(alt: Any, of: Answer, titles: Mapping[str, str]) -> Any:
    """Bits of the observations that spoke most for and against the leading reading."""
    leader = next(iter(titles))
    rows: list[dict[str, Any]] = []
    for side in ("for", "against"):
        found = [row for row in of.tables["movers"] if row["reading"] == leader and row["side"] == side][
            :MOVERS
        ]
        rows += [_labelled(row) for row in (found if side == "for" else reversed(found))]
    names = [row["label"] for row in rows]
    most = max((abs(row["bits"]) for row in rows), default=1.0)
    scale = alt.Scale(domain=[-1.1 * most, 1.1 * most], nice=False)
    axis = alt.Axis(
        tickCount=7, title="bits against the mixture of all readings; one bit doubles a reading's weight"
    )
    base = alt.Chart({"values": rows}).encode(
        y=alt.Y("label:N", sort=names, title=None, axis=None), x=alt.X("bits:Q", scale=scale, axis=axis)
    )
    sides = alt.Scale(domain=["for", "against"], range=[COLOURS["RUS"], COLOURS["CHN"]])
    bars = base.mark_bar(height=11).encode(
        color=alt.Color("side:N", scale=sides, legend=None),
        tooltip=["label:N", alt.Tooltip("bits:Q", format="+.2f")],
    )
    layers = [bars]
    for side, here, there in (("for", "left", "right"), ("against", "right", "left")):
        of_side = base.transform_filter(f"datum.side == '{side}'")
        away = 4 if side == "for" else -4
        layers.append(of_side.mark_text(align=here, dx=away, fontSize=10, color=MUTED).encode(text="text:N"))
        # The name stands on the free side of nought.
        layers.append(
            of_side.mark_text(align=there, dx=-away, color=INK).encode(
                x=alt.X("nought:Q", scale=scale), text="label:N"
            )
        )
    layers.append(
        alt.Chart({"values": [{"at": 0}]}).mark_rule(color=MUTED).encode(x=alt.X("at:Q", scale=scale))
    )
    told = f"What spoke most for {titles[leader]} (right), and against it (left)"
    return alt.layer(*layers).properties(
        width=WHOLE, height=max(17 * len(rows), 30), title=heading(told, WHOLE)
    )


def _labelled(row: Row) -> dict[str, Any]:
    when = f", {row['period']}" if row["period"] else ""
    title = textwrap.shorten(str(row["title"]), 46, placeholder=" …")
    bits = float(str(row["bits"]))
    label = f"{title}: {textwrap.shorten(str(row['words']), 40, placeholder=' …')}{when}"
    return {
        "label": label,
        "bits": bits,
        "nought": 0,
        "side": row["side"],
        "text": f"{bits:+.1f}".replace("-", "−"),
    }
