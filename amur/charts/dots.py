"""Dots with their intervals, one line of names under the other: skill by series, forecasts beside what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, MUTED
from amur.errors import AmurError

if TYPE_CHECKING:
    import altair

PALETTE = (COLOURS["RUS"], COLOURS["USA"], COLOURS[""])
SEEN = COLOURS["CHN"]


class Dot(NamedTuple):
    """One estimate: on which line, of which kind (its colour), value and interval (NaN: none), and what came (NaN: none)."""

    name: str
    kind: str
    value: float
    low: float = float("nan")
    high: float = float("nan")
    seen: float = float("nan")


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
) -> altair.ConcatChart:
    """Panels of dots with 90% intervals; a line at nought if asked, what came as a cross. AmurError for nothing to draw.

    What lies beyond the domain is drawn at its edge. ``apart``: panels have kinds, colours and legends of their own.
    """
    import altair as alt

    if not panels or not any(panel.dots for panel in panels):
        raise AmurError("there is nothing to draw", mend="Give at least one dot.")
    kinds = list(dict.fromkeys(dot.kind for panel in panels for dot in panel.dots))
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


def _panel(alt: Any, panel: Dots, kinds: list[str], width: int) -> Any:
    low, high = panel.domain or (float("-inf"), float("inf"))

    def inside(value: float) -> float | None:
        return min(max(float(value), low), high) if value == value else None

    rows = [dot._asdict() for dot in panel.dots]
    for row in rows:
        row |= {name: inside(row[name]) for name in ("value", "low", "high", "seen")}
    names = list(dict.fromkeys(dot.name for dot in panel.dots))
    scale = alt.Scale(domain=list(panel.domain)) if panel.domain else alt.Scale(zero=False, padding=8)
    axis = alt.Axis(labelLimit=480, labels=panel.labels, grid=True, gridColor=GRID, ticks=False, domain=False)
    lines = alt.Chart({"values": rows}).encode(y=alt.Y("name:N", sort=names, title=None, axis=axis))
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
