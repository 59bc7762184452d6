"""Dots with their intervals, one line of names under the other: skill by series, forecasts beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.charts import room
from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, MUTED
from amur.errors import AmurError

if TYPE_CHECKING:
    import altair

PALETTE = (COLOURS["RUS"], COLOURS["USA"], COLOURS[""])
SEEN = COLOURS["CHN"]
STEP = 11
"""Pixels from one kind to the next in a row of a page."""
TWO, SHORT, LEAST = 620, 10, 220
"""On a page: the width from which panels stand beside the one that names their rows; letters of names that are short
enough to be said in every panel; and the least width of such a panel."""


class Dot(NamedTuple):
    """One estimate: on which line, of which kind (its colour), value and interval (NaN: none), and what came (NaN: none).

    ``colour`` is for charts laid out for a page: it stands for what the line is about, where all are of one kind.
    """

    name: str
    kind: str
    value: float
    low: float = float("nan")
    high: float = float("nan")
    seen: float = float("nan")
    colour: str = ""


class Dots(NamedTuple):
    """One panel: ``labels`` False leaves the names to the panel on its left; ``domain`` cuts the axis off."""

    title: str
    dots: Sequence[Dot]
    labels: bool = True
    domain: tuple[float, float] | None = None
    zero: bool = True
    unit: str = ""


def dots(
    panels: Sequence[Dots],
    title: str = "",
    subtitle: str | Sequence[str] = "",
    columns: int = 2,
    width: int = 230,
    apart: bool = False,
    total: int | None = None,
) -> altair.ConcatChart:
    """Panels of dots with 90% intervals; a line at nought if asked, what came as a cross. AmurError for nothing to draw.

    What lies beyond the domain is drawn at its edge. ``apart``: panels have kinds, colours and legends of their own.
    ``width`` is that of a panel; ``total`` that of the whole on a page, for which panels stand one under the other.
    """
    import altair as alt

    if not panels or not any(panel.dots for panel in panels):
        raise AmurError("there is nothing to draw", mend="Give at least one dot.")
    kinds = list(dict.fromkeys(dot.kind for panel in panels for dot in panel.dots))
    if total is not None:
        over = [list(dict.fromkeys(dot.kind for dot in each.dots)) if apart else kinds for each in panels]
        return finish(_on_a_page(alt, panels, over, total), title, subtitle)
    drawn = [
        _panel(alt, panel, list(dict.fromkeys(dot.kind for dot in panel.dots)) if apart else kinds, width)
        for panel in panels
    ]
    whole = alt.concat(*drawn, columns=columns, spacing=10, align="each")
    if apart:
        whole = whole.resolve_scale(
            color="independent", shape="independent", y="independent", yOffset="independent"
        )
    return finish(whole, title, subtitle)


def _on_a_page(alt: Any, panels: Sequence[Dots], kinds: Sequence[list[str]], total: int) -> Any:
    """Panels in as many columns as there is room for: those that leave their names to the panel before it stand beside it,
    and those whose names are short beside each other; the rest under each other."""
    names = [dot.name for panel in panels for dot in panel.dots]
    # Panels of the same kinds share a legend, unless a panel has colours of its own.
    alike = all(each == kinds[0] for each in kinds) and not any(
        dot.colour for panel in panels for dot in panel.dots
    )
    rows: list[list[int]] = []
    for place, panel in enumerate(panels):
        if panel.labels or total < TWO:
            rows.append([place])
        else:
            rows[-1].append(place)
    most = max(map(len, rows))
    if most == 1 and len(panels) > 3 and max(map(len, names)) <= SHORT and total >= room.BESIDE:
        columns = total // LEAST
        width = (total - room.GAP * (columns - 1)) // columns
        beside = room.column(names, width)
        told = [paged(panel, of, width, beside, over=total) for panel, of in zip(panels, kinds, strict=True)]
        return room.stack(told, columns=columns, alike=alike)
    beside = room.column(names, total, 0.42 if most == 1 else 0.32)
    plot = (total - beside - room.GAP * (most - 1)) // most
    told = []
    for row in rows:
        own = room.rows(
            list(dict.fromkeys(dot.name for place in row for dot in panels[place].dots)),
            beside + plot if most > 1 else total,
            block=_block(kinds[row[0]]),
            beside=beside,
        )
        for number, place in enumerate(row):
            of = own if number == 0 else own.bare(plot)
            told.append(paged(panels[place], kinds[place], of.width, of=of, over=total))
    return room.stack(told, columns=most, alike=alike)


def _block(kinds: Sequence[str]) -> int:
    return max(14, STEP * len(kinds))


def paged(
    panel: Dots,
    kinds: Sequence[str],
    width: int,
    beside: int | None = None,
    palette: Sequence[str] = PALETTE,
    of: room.Rows | None = None,
    over: int | None = None,
) -> Any:
    """A panel for a page: names beside its rows, or above them where it is narrow. ``width`` is that of all of it.

    ``beside`` is the width of the names' column, ``of`` the rows where they are laid out already;
    ``over`` the width of the legend where it is another.
    """
    import altair as alt

    if of is None:
        names = list(dict.fromkeys(dot.name for dot in panel.dots))
        of = room.rows(names, width, block=_block(kinds), beside=beside)
    rows = _data(panel)
    for row in rows:
        row["y"] = of.centres[row["name"]] + STEP * (list(kinds).index(row["kind"]) - (len(kinds) - 1) / 2)
    reach = (
        float(row[name]) for row in rows for name in ("value", "low", "high", "seen") if row[name] is not None
    )
    scale = alt.Scale(domain=list(panel.domain or room.span(reach)), nice=False, range=of.reach)
    axis = alt.Axis(tickCount=room.ticks(of.plot), title=panel.unit or None, grid=False, titleAnchor="start")
    across: dict[str, Any] = {"scale": scale, "axis": axis}
    own = any(dot.colour for dot in panel.dots)
    colour = (
        alt.Color("colour:N", scale=None)
        if own
        else alt.Color(
            "kind:N",
            sort=list(kinds),
            scale=alt.Scale(domain=list(kinds), range=list(palette[: len(kinds)])),
            legend=room.legend(alt, kinds, over or width),
        )
    )
    shapes = alt.Scale(domain=list(kinds), range=["circle", "square", "diamond"][: len(kinds)])
    base = alt.Chart({"values": tuple(rows)}).encode(y=room.up(alt, of), color=colour)
    layers = room.named(alt, of)
    if panel.zero:
        layers.append(room.upright(alt, of, across, block=_block(kinds)))
    layers.append(base.mark_rule(strokeWidth=1.8).encode(x=alt.X("low:Q", **across), x2="high:Q"))
    layers.append(
        base.mark_point(filled=True, size=44, opacity=1).encode(
            x=alt.X("value:Q", **across),
            shape=alt.Shape("kind:N", scale=shapes, legend=room.legend(alt, kinds, over or width)),
            tooltip=_hints(alt, panel, kinds),
        )
    )
    if any(row["seen"] is not None for row in rows):
        came = base.mark_point(shape="cross", filled=True, size=52, opacity=1, color=SEEN)
        layers.append(came.encode(x=alt.X("seen:Q", **across), color=alt.value(SEEN)))
    drawn = alt.layer(*layers).properties(width=width, height=of.height)
    return drawn.properties(title=room.heading(panel.title, of)) if panel.title else drawn


def _hints(alt: Any, panel: Dots, kinds: Sequence[str]) -> list[Any]:
    spread = any(dot.low == dot.low for dot in panel.dots)
    ends = [("low", "90% from"), ("high", "90% to")] if spread else []
    return [
        alt.Tooltip("name:N", title="what"),
        *([alt.Tooltip("kind:N", title="of")] if len(kinds) > 1 else []),
        *(alt.Tooltip(f"{name}:Q", title=title, format=".3~g") for name, title in [("value", panel.unit or "value"), *ends]),
    ]  # fmt: skip


def _data(panel: Dots) -> list[dict[str, Any]]:
    low, high = panel.domain or (float("-inf"), float("inf"))

    def inside(value: float) -> float | None:
        return min(max(float(value), low), high) if value == value else None

    rows = [dot._asdict() for dot in panel.dots]
    for row in rows:
        row |= {name: inside(row[name]) for name in ("value", "low", "high", "seen")}
        if not row["colour"]:
            del row["colour"]
    return rows


def _panel(alt: Any, panel: Dots, kinds: list[str], width: int) -> Any:
    rows = _data(panel)
    names = list(dict.fromkeys(dot.name for dot in panel.dots))
    scale = alt.Scale(domain=list(panel.domain)) if panel.domain else alt.Scale(zero=False, padding=8)
    axis = alt.Axis(labelLimit=480, labels=panel.labels, grid=True, gridColor=GRID, ticks=False, domain=False)
    lines = alt.Chart({"values": tuple(rows)}).encode(y=alt.Y("name:N", sort=names, title=None, axis=axis))
    base = lines
    if len(kinds) > 1:
        base = base.encode(
            yOffset=alt.YOffset("kind:N", sort=kinds, scale=alt.Scale(domain=kinds, paddingOuter=0.35))
        )
    colour = alt.Color(
        "kind:N",
        sort=kinds,
        scale=alt.Scale(domain=kinds, range=list(PALETTE[: len(kinds)])),
        legend=alt.Legend(orient="top", direction="horizontal") if len(kinds) > 1 else None,
    )
    across = {"scale": scale, "title": panel.unit or None}
    layers = []
    if panel.zero:
        mark = alt.Chart({"values": [{"at": 0}]}).mark_rule(color=MUTED, strokeDash=[3, 3])
        layers.append(mark.encode(x=alt.X("at:Q", **across)))
    layers.append(base.mark_rule(strokeWidth=1.6).encode(x=alt.X("low:Q", **across), x2="high:Q", color=colour))
    layers.append(
        base.mark_point(filled=True, size=34, opacity=1).encode(
            x=alt.X("value:Q", **across),
            color=colour,
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "square", "diamond"])),
            tooltip=["name:N", "kind:N", alt.Tooltip("value:Q", format=".3g")],
        )
    )
    if any(row["seen"] is not None for row in rows):
        layers.append(
            lines.mark_point(shape="cross", color=SEEN, filled=True, size=46, opacity=1).encode(
                x=alt.X("seen:Q", **across)
            )
        )
    high_as = max(len(names) * (11 * len(kinds) + 4), 40)
    return alt.layer(*layers).properties(width=width, height=high_as, title=heading(panel.title, width))
