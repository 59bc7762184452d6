"""Small panels side by side: lines with bands, and columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.charts import room
from amur.charts.style import COLOURS, INK, MUTED, theme
from amur.errors import AmurError

if TYPE_CHECKING:
    import altair

Numbers = Sequence[float]
PALETTE = (COLOURS["RUS"], COLOURS["USA"], COLOURS[""], COLOURS["EUU"])


class Line(NamedTuple):
    """One line: its name (the same name has the same colour in all panels), points, and a band (empty: none)."""

    name: str
    x: Numbers
    y: Numbers
    low: Numbers = ()
    high: Numbers = ()


class Lines(NamedTuple):
    """One panel of lines."""

    title: str
    lines: Sequence[Line]


def lines(
    panels: Sequence[Lines],
    title: str = "",
    subtitle: str | Sequence[str] = "",
    columns: int = 3,
    x: str = "",
    domain: tuple[float, float] | None = None,
    zero: bool = False,
    share: bool = False,
    width: int = 180,
    height: int = 120,
    total: int | None = None,
) -> altair.ConcatChart:
    """Panels of lines on one scale; ``zero`` draws a line at nought, ``share`` writes percent. AmurError for nothing to draw.

    ``width`` is that of a panel, ``total`` that of all of them on a page, which says how many stand in a row.
    """
    import altair as alt

    if not panels:
        raise AmurError("there is nothing to draw", mend="Give at least one panel.")
    names = list(dict.fromkeys(line.name for panel in panels for line in panel.lines))
    if total is not None:
        columns, width = _shared(len(panels), total)
    scale = alt.Scale(domain=list(domain), clamp=True) if domain else alt.Scale()
    up = alt.Axis(format="%", tickCount=4) if share else alt.Axis(tickCount=5)
    along = alt.X(
        "x:Q", title=x or None, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format="d", tickCount=5)
    )
    legend = alt.Legend(orient="top", direction="horizontal", symbolOpacity=1) if len(names) > 1 else None
    if total is not None:
        legend = room.legend(alt, names, total)
        up["offset"] = -room.AXIS
        along["scale"]["range"] = [room.AXIS, width - 12]
        along["axis"]["tickCount"] = room.ticks(width - room.AXIS)
    colour = alt.Color(
        "name:N",
        sort=names,
        scale=alt.Scale(domain=names, range=list(PALETTE[: len(names)])),
        legend=legend,
    )

    def panel(each: Lines) -> Any:
        rows = [row for line in each.lines for row in _rows(line)]
        base = alt.Chart({"values": tuple(rows)}).encode(x=along, color=colour)
        layers = []
        if any("low" in row for row in rows):
            layers.append(
                base.mark_area(opacity=0.13).encode(y=alt.Y("low:Q", title=None, scale=scale), y2="high:Q")
            )
        if zero:
            mark = alt.Chart({"values": [{"y": 0}]}).mark_rule(color=MUTED, strokeDash=[3, 3])
            ends = {} if total is None else {"x": alt.value(room.AXIS), "x2": alt.value(width - 12)}
            layers.append(mark.encode(y="y:Q", **ends))
        layers.append(
            base.mark_line(point=alt.OverlayMarkDef(size=18) if len(rows) < 40 else False).encode(
                y=alt.Y("y:Q", title=None, scale=scale, axis=up)
            )
        )
        return alt.layer(*layers).properties(width=width, height=height, title=heading(each.title, width))

    drawn = [panel(each) for each in panels]
    whole = (
        alt.concat(*drawn, columns=columns, spacing=14)
        if total is None
        else room.stack(drawn, columns, 14, alike=True)
    )
    return finish(whole, title, subtitle)


def columns_of(
    panels: Sequence[tuple[str, Numbers]],
    level: float,
    title: str = "",
    subtitle: str | Sequence[str] = "",
    columns: int = 3,
    width: int = 180,
    height: int = 80,
    total: int | None = None,
) -> altair.ConcatChart:
    """Panels of columns of shares over equal bins of 0 to 1, with a line at the ``level`` at which they should all stand.

    ``width`` is that of a panel, ``total`` that of all of them on a page, which says how many stand in a row.
    """
    import altair as alt

    if not panels:
        raise AmurError("there is nothing to draw", mend="Give at least one panel.")
    far: dict[str, Any] = {}
    reach: dict[str, Any] = {}
    if total is not None:
        columns, width = _shared(len(panels), total)
        far, reach = {"offset": -room.AXIS}, {"scale": alt.Scale(domain=[0, 1], range=[room.AXIS, width - 12])}
    top = max(max(shares) for _, shares in panels)

    def panel(told: str, shares: Numbers) -> Any:
        many = len(shares)
        rows = [
            {"from": place / many, "to": (place + 1) / many, "share": float(share), "foot": 0.0}
            for place, share in enumerate(shares)
        ]
        scale = alt.Scale(domain=[0, top])
        bars = alt.Chart({"values": tuple(rows)}).mark_bar(color=COLOURS["RUS"], stroke="white")
        shown = bars.encode(
            x=alt.X(
                "from:Q",
                title=None,
                axis=alt.Axis(tickCount=5 if total is None else room.ticks(width)),
                **reach,
            ),
            x2="to:Q",
            y=alt.Y("share:Q", title=None, scale=scale, axis=alt.Axis(format="%", tickCount=3, **far)),
            y2="foot:Q",
        )
        line = alt.Chart({"values": [{"level": level}]}).mark_rule(color=COLOURS["CHN"], strokeDash=[4, 3])
        return alt.layer(shown, line.encode(y="level:Q")).properties(
            width=width, height=height, title=heading(told, width)
        )

    drawn = [panel(told, shares) for told, shares in panels]
    whole = alt.concat(*drawn, columns=columns, spacing=14) if total is None else room.stack(drawn, columns, 14)
    return finish(whole, title, subtitle)


def _shared(many: int, total: int) -> tuple[int, int]:
    """How many panels stand in a row of a page, and the width of each."""
    most = min(many, 4 if total >= 1000 else 3 if total >= 620 else 2)
    # As few rows as that makes, filled evenly.
    columns = -(-many // -(-many // most))
    return columns, (total - 14 * (columns - 1)) // columns


def finish(chart: Any, title: str, subtitle: str | Sequence[str]) -> altair.ConcatChart:
    """Title, theme and what travels with the picture."""
    told = [subtitle] if isinstance(subtitle, str) else list(subtitle)
    about = {
        "title": title,
        "series": [{"series": "", "title": title, "unit": "", "definition": " ".join(told), "formula": ""}],
        "citations": [],
    }
    over = {"text": title or "Panels", "anchor": "start", "subtitle": [text for text in told if text]}
    made: altair.ConcatChart = chart.properties(title=over, usermeta={"amur": about}, config=theme())
    return made


def heading(text: str, width: int) -> dict[str, Any]:
    """The title of a panel, as many lines as its width needs."""
    return {"text": textwrap.wrap(text, width // 6), "fontSize": 11, "color": INK, "anchor": "start"}


def _rows(line: Line) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for place, (x, y) in enumerate(zip(line.x, line.y, strict=True)):
        if y != y:
            continue
        row: dict[str, Any] = {"name": line.name, "x": float(x), "y": float(y)}
        if line.low and line.low[place] == line.low[place]:
            row |= {"low": float(line.low[place]), "high": float(line.high[place])}
        rows.append(row)
    return rows
