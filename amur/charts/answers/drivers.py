"""The chart of drivers and limits: what each family adds to each outcome, a column of bars to every year."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amur.charts.panels import finish
from amur.charts.style import COLOURS, GRID, INK, MUTED
from amur.questions.words import figure

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

SUPPORT, LIMIT = COLOURS["RUS"], COLOURS["CHN"]
STEP = 13
"""Pixels to a family."""
SMALL = 0.03
"""Part of the largest value below which a family is drawn with the others."""
WIDTH, NARROW = 700, 108
"""Pixels for all years together, and the least for one."""


def draw(of: Answer, width: int | None = None) -> Any:
    """An Altair chart, from the answer's tables alone."""
    import altair as alt

    parts, levels = of.tables["parts"], of.tables["levels"]
    years = sorted({_whole(row["year"]) for row in parts})
    width = max(WIDTH // len(years), NARROW)
    panels = []
    for outcome in dict.fromkeys(str(row["outcome"]) for row in levels):
        own = _gathered([row for row in parts if row["outcome"] == outcome])
        level = {_whole(row["year"]): row for row in levels if row["outcome"] == outcome}
        sides = ("adds", "low90", "high90")
        reach = 1.05 * max(abs(_number(row[side])) for row in own for side in sides) or 1.0
        panels += [
            _panel(alt, [row for row in own if row["year"] == year], level[year], reach, width, year == years[0])
            for year in years
        ]  # fmt: skip
    if of.asked.get("held"):
        off = f"contributions since {of.asked['held']}: values are what their change adds"
    else:
        off = "contributions"
    under = (
        f"What each family of mechanisms adds by its {off}, over the {of.asked['span']} years to the year shown, averaged"
        " over the orders in which families may come in (Shapley). Blue raises, red lowers; lines: 90% of parameter sets."
        " Under each year: the outcome, and what it would be without all of them."
    )
    grid = alt.concat(*panels, columns=len(years), spacing={"row": 12, "column": 12}, align="each")
    return finish(grid, _title(parts, levels), textwrap.wrap(under, 125))


def _gathered(rows: Sequence[Row]) -> list[Row]:
    """The families that count for an outcome, the strongest first, and the rest of them as one."""
    top = max(abs(_number(row["adds"])) for row in rows)
    size: dict[str, float] = {}
    for row in rows:
        title = str(row["title"])
        size[title] = max(size.get(title, 0.0), abs(_number(row["adds"])))
    shown = sorted((title for title in size if size[title] >= SMALL * top), key=lambda title: -size[title])
    made: list[Row] = [row for title in shown for row in rows if row["title"] == title]
    for year in dict.fromkeys(row["year"] for row in rows):
        rest = [_number(row["adds"]) for row in rows if row["year"] == year and row["title"] not in shown]
        if rest:
            whole = sum(rest)
            made.append({"title": f"{len(rest)} other families", "year": year, "adds": whole, "low90": whole, "high90": whole})  # fmt: skip
    return made


def _panel(alt: Any, rows: Sequence[Row], level: Row, reach: float, width: int, first: bool) -> Any:
    told = [
        dict(row) | {"side": "support" if _number(row["adds"]) > 0 else "limit", "nought": 0.0} for row in rows
    ]
    families = [str(row["title"]) for row in rows]
    axis = alt.Axis(labels=first, labelLimit=230, ticks=False, domain=False, grid=False, labelPadding=6)
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    digits = ",.0f" if reach > 5 else "~f"
    along = alt.Axis(tickCount=4, gridColor=GRID, grid=True, domain=False, format=digits, labelFontSize=10)
    x = {"scale": scale, "title": None, "axis": along}
    base = alt.Chart({"values": told}).encode(y=alt.Y("title:N", sort=families, title=None, axis=axis))
    colour = alt.Color(
        "side:N", scale=alt.Scale(domain=["support", "limit"], range=[SUPPORT, LIMIT]), legend=None
    )
    hints = [alt.Tooltip(f"{name}:Q", format=".3g") for name in ("adds", "low90", "high90")]
    bars = base.mark_bar(height=STEP - 4).encode(
        x=alt.X("adds:Q", **x), x2="nought:Q", color=colour, tooltip=["title:N", *hints]
    )
    spread = base.mark_rule(color=MUTED, strokeWidth=1.2).encode(x=alt.X("low90:Q", **x), x2="high90:Q")
    nought = alt.Chart({"values": [{"at": 0}]}).mark_rule(color=MUTED).encode(x=alt.X("at:Q", **x))
    heads = [f"{level['label']}, {level['unit']}" if first else " "]
    heads += [
        f"{level['year']}",
        f"{figure(_number(level['whole']))} ({figure(_number(level['rest']))} without)",
    ]
    title = {"text": heads, "fontSize": 11, "color": INK, "anchor": "start", "limit": 400, "offset": 3}
    return alt.layer(bars, spread, nought).properties(width=width, height=STEP * len(families), title=title)


def _title(parts: Sequence[Row], levels: Sequence[Row]) -> str:
    """The strongest support and the strongest limit for the size of what they move."""
    now = {str(row["outcome"]): row for row in levels if row["now"]}

    def size(row: Row) -> float:
        level = now[str(row["outcome"])]
        whole = 1.0 if "-1" in str(level["unit"]) else abs(_number(level["whole"]))
        return _number(row["adds"]) / max(whole, 1e-9)

    year = next(iter(now.values()))["year"]
    own = [row for row in parts if row["year"] == year]
    best, worst = max(own, key=size), min(own, key=size)

    def told(row: Row, verb: str) -> str:
        title, level = str(row["title"]), now[str(row["outcome"])]
        amount = f"{_signed(_number(row['adds']))} of {figure(_number(level['whole']))}"
        return f"{title} {verb} ({_low(str(level['label']))}: {amount})"

    said = []
    if size(best) > 0:
        said.append(told(best, "adds most"))
    if size(worst) < 0:
        said.append(_low(told(worst, "takes most")))
    return f"{year}: {'; '.join(said)}" if said else f"{year}: no family moves these outcomes"


def _low(text: str) -> str:
    return text if text.startswith(("Russia", "Moscow", "Beijing")) else text[0].lower() + text[1:]


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−'}{figure(abs(value))}"


def _number(value: Any) -> float:
    return float(value)


def _whole(value: Any) -> int:
    return int(value)
