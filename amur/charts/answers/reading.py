"""The chart of the readings: their weights through time, at the end with intervals, and what moved the leading one."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts import room
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
TWO, ROOMY = 640, 900
"""Widths of a page from which weights stand side by side, and names on the free side of nought."""
WRITTEN = 44
"""Pixels for a percentage written beside a row."""
MOVERS = 7
"""Observations drawn on each side."""


def draw(of: Answer, width: int | None = None) -> Any:
    """An Altair chart, from the answer's tables alone."""
    import altair as alt

    if width is not None:
        made = [
            *(part for kind in _kinds(of.made.weighed) for part in _pair(of, kind, width)),
            _moved(of, width),
        ]
        return finish(room.stack(made), *_told(of))
    kind = of.made.weighed
    rows = of.tables["readings"]
    titles = {str(row["reading"]): str(row["title"]) for row in rows}
    colours = {titles[name]: colour for name, colour in colours_of(titles).items()}
    last = max(int(str(row["year"])) for row in of.tables["weights"])
    pairs = [
        alt.hconcat(
            _ends(alt, rows, each, colours, last), _through(alt, of, each, titles, colours), spacing=GAP
        )
        for each in _kinds(kind)
    ]
    parts = [*pairs, _movers(alt, of, titles)]
    return finish(alt.vconcat(*parts, spacing=22).resolve_scale(color="independent"), *_told(of))


def more(of: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Each part as a chart of its own: the weights of each kind, and what moved the leading reading."""

    pixels = width or WHOLE

    def weighed(kind: str) -> Any:
        return finish(room.stack(_pair(of, kind, pixels)), *_told(of, kind))

    def movers() -> Any:
        leader = str(of.tables["readings"][0]["title"])
        told = "Bits against the mixture of all readings; one bit doubles a reading's weight"
        moved = room.stack([room.untitled(_moved(of, pixels))])
        return finish(moved, f"What spoke most for {leader}, and against it", told)

    return {kind: partial(weighed, kind) for kind in _kinds(of.made.weighed)} | {"movers": movers}


def _told(of: Answer, kind: str = "") -> tuple[str, str]:
    """Title and subtitle."""
    kind = kind or of.made.weighed
    rows = of.tables["readings"]
    first = max(rows, key=lambda row: float(str(row[kind])))
    last = max(int(str(row["year"])) for row in of.tables["weights"])
    share = float(str(first[kind]))
    low, high = float(str(first[f"{kind}_low90"])), float(str(first[f"{kind}_high90"]))
    title = f"{first['title']} has most weight at the end of {last}: {percent(share)} (90%: {percent(low)} to {percent(high)})"
    under = f"Weights of {len(rows)} readings by how well each foretold the record, year by year; intervals over a bootstrap of the years"
    return title, under


def _pair(of: Answer, kind: str, width: int) -> list[Any]:
    """For a page: weights at the end beside weights through time, or one above the other."""
    import altair as alt

    rows = of.tables["readings"]
    titles = {str(row["reading"]): str(row["title"]) for row in rows}
    colours = {titles[name]: colour for name, colour in colours_of(titles).items()}
    last = max(int(str(row["year"])) for row in of.tables["weights"])
    if width < TWO:
        return [
            _ends(alt, rows, kind, colours, last, width),
            _through(alt, of, kind, titles, colours, width, 190),
        ]
    left = round(0.5 * (width - GAP))
    return [
        room.stack(
            [
                _ends(alt, rows, kind, colours, last, left),
                _through(alt, of, kind, titles, colours, width - left - GAP),
            ],
            columns=2,
            spacing=GAP,
        )
    ]


def _moved(of: Answer, width: int) -> Any:
    import altair as alt

    return _movers(alt, of, {str(row["reading"]): str(row["title"]) for row in of.tables["readings"]}, width)


def _kinds(leading: str) -> tuple[str, ...]:
    return (leading, *(kind for kind in KINDS if kind != leading))


def colours_of(readings: Iterable[str]) -> dict[str, str]:
    """Those of the page on conditioning; a reading of one's own, the eleventh, is in ink."""
    from amur.conditioning.shipped import shipped

    known = sorted(shipped().readings, key=lambda name: (name == LAST, shipped().readings.index(name)))
    of = palette(known)
    return {name: of.get(name, INK) for name in readings}


def _through(
    alt: Any,
    of: Answer,
    kind: str,
    titles: Mapping[str, str],
    colours: Mapping[str, str],
    width: int | None = None,
    high: int = 0,
) -> Any:
    """Stacked areas of one kind of weights. ``width`` on a page is that of all of it."""
    wide = WIDE if width is None else width
    place = {name: number for number, name in enumerate(titles)}
    rows = [
        {**row, "title": titles[str(row["reading"])], "place": place[str(row["reading"])]}
        for row in of.tables["weights"]
        if row["kind"] == kind
    ]
    return (
        alt.Chart({"values": tuple(rows)})
        .mark_area(line=False, **({} if width is None else {"stroke": "white", "strokeWidth": 0.6}))
        .encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False)).axis(format="d", tickCount=6)
            if width is None
            else room.along(alt, "year:Q", width),
            y=alt.Y("weight:Q", title=None, stack="zero", scale=alt.Scale(domain=[0, 1])).axis(
                format="%", tickCount=4, **({} if width is None else {"offset": -room.AXIS})
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
            width=wide,
            height=high or 19 * len(titles),
            title=heading("The same at the end of each year", wide)
            if width is None
            else room.heading("The same at the end of each year", wide),
        )
    )


def _ends(
    alt: Any, rows: Sequence[Row], kind: str, colours: Mapping[str, str], last: int, width: int | None = None
) -> Any:
    """The weights at the end as dots with their 50% and 90% intervals; the colours are those of the areas above.

    On a page, ``width`` is that of all of it, and the weights are written beside the dots.
    """
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
    beside = int(max(map(len, names)) * room.LETTER) + room.EDGE
    wide = WIDE if width is None else width
    if width is not None:
        across = alt.Scale(domain=[0, 1], range=[beside, width - WRITTEN])
    far = {} if width is None else {"offset": -beside, "labelLimit": beside}
    axis = alt.Axis(
        **{"labelLimit": 190} | far, labelPadding=9, ticks=False, domain=False, grid=True, gridColor=GRID
    )
    base = alt.Chart({"values": tuple(shown)}).encode(
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
    over = heading(told, WIDE)
    if width is not None:
        layers.append(
            base.mark_text(align="right", fontSize=12).encode(
                x=alt.value(width), text="text:N", color=alt.value(INK)
            )
        )
        over = room.heading(told, width)
    return alt.layer(*layers).properties(width=wide, height=19 * many, title=over)


def _movers(alt: Any, of: Answer, titles: Mapping[str, str], width: int | None = None) -> Any:
    """Bits of the observations that spoke most for and against the leading reading."""
    if width is not None and width < ROOMY:
        return _movers_in_rows(alt, of, titles, width)
    whole = WHOLE if width is None else width - 20
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
    base = alt.Chart({"values": tuple(rows)}).encode(
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
        width=whole, height=max(17 * len(rows), 30), title=heading(told, whole)
    )


def _movers_in_rows(alt: Any, of: Answer, titles: Mapping[str, str], width: int) -> Any:
    """The same where there is no room for names on the free side of nought."""
    leader = next(iter(titles))
    found = [row for row in of.tables["movers"] if row["reading"] == leader]
    chosen = [
        row for side in ("for", "against") for row in [each for each in found if each["side"] == side][:MOVERS]
    ]
    rows = [_labelled(row, 200) for row in chosen]
    rows = [
        row for place, row in enumerate(rows) if row["label"] not in [each["label"] for each in rows[:place]]
    ]
    place = room.rows([row["label"] for row in rows], width, 13, gap=7)
    for row in rows:
        row["y"] = place.centres[row["label"]]
    least, most = (end([0.0, *(row["bits"] for row in rows)]) for end in (min, max))
    reach = most - least or 1.0
    # Room for the figures beside the bars.
    over = 42 / max(place.plot - 84, 60) * reach
    scale = alt.Scale(
        domain=[least - over if least < 0 else 0, most + over if most > 0 else 0], nice=False, range=place.reach
    )
    axis = alt.Axis(tickCount=room.ticks(place.plot), title="bits", grid=False, titleAnchor="start")
    base = alt.Chart({"values": tuple(rows)}).encode(y=room.up(alt, place))
    sides = alt.Scale(domain=["for", "against"], range=[COLOURS["RUS"], COLOURS["CHN"]])
    x = alt.X("bits:Q", scale=scale, axis=axis)
    layers = [
        *room.named(alt, place),
        base.mark_bar(height=11).encode(
            x=x,
            x2="nought:Q",
            color=alt.Color("side:N", scale=sides, legend=None),
            tooltip=["label:N", alt.Tooltip("bits:Q", format="+.2f")],
        ),
        room.upright(alt, place, {"scale": scale, "axis": axis}, block=13, dash=False),
    ]
    for side, align, away in (("for", "left", 4), ("against", "right", -4)):
        written = base.transform_filter(f"datum.side == '{side}'")
        layers.append(
            written.mark_text(align=align, dx=away, fontSize=12, color=INK).encode(x=x, text="text:N")
        )
    told = f"What spoke most for {titles[leader]}, and against it"
    return alt.layer(*layers).properties(width=width, height=place.height, title=room.heading(told, place))


def _labelled(row: Row, letters: int = 46) -> dict[str, Any]:
    when = f", {row['period']}" if row["period"] else ""
    title = textwrap.shorten(str(row["title"]), letters, placeholder=" …")
    bits = float(str(row["bits"]))
    label = f"{title}: {textwrap.shorten(str(row['words']), max(letters - 6, 40), placeholder=' …')}{when}"
    return {
        "label": label,
        "bits": bits,
        "nought": 0,
        "side": row["side"],
        "text": f"{bits:+.1f}".replace("-", "−"),
    }
