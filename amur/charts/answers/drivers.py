"""The chart of drivers and limits: what each family adds to each outcome, a column of bars to every year."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts import room
from amur.charts.panels import finish
from amur.charts.style import COLOURS, GRID, INK, MUTED
from amur.questions.words import figure

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

SUPPORT, LIMIT = COLOURS["RUS"], COLOURS["CHN"]
STEP = 13
"""Pixels to a family."""
SPACE, LEAST = 12, 76
"""Pixels between the years on a page, and the least for one."""
SMALL = 0.03
"""Part of the largest value below which a family is drawn with the others."""
WIDTH, NARROW = 700, 108
"""Pixels for all years together, and the least for one."""


def draw(of: Answer, width: int | None = None) -> Any:
    """An Altair chart, from the answer's tables alone."""
    import altair as alt

    parts, levels = of.tables["parts"], of.tables["levels"]
    if width is not None:
        grid: Any = room.stack([_outcome(of, name, width) for name in _outcomes(of)], spacing=18)
        return finish(grid, _title(parts, levels), textwrap.wrap(_under(of), 125))
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
    grid = alt.concat(*panels, columns=len(years), spacing={"row": 12, "column": 12}, align="each")
    return finish(grid, _title(parts, levels), textwrap.wrap(_under(of), 125))


def more(of: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Each outcome as a chart of its own."""

    def one(name: str) -> Any:
        level = next(row for row in of.tables["levels"] if row["outcome"] == name)
        part = room.stack([_outcome(of, name, width or WIDTH, headed=False)])
        return finish(part, f"{level['label']}, {level['unit']}", textwrap.wrap(_under(of), 125))

    return {name: partial(one, name) for name in _outcomes(of)}


def _outcomes(of: Answer) -> list[str]:
    return list(dict.fromkeys(str(row["outcome"]) for row in of.tables["levels"]))


def _outcome(of: Answer, name: str, width: int, headed: bool = True) -> Any:
    """One outcome for a page: the families beside (or above) their bars, a column of bars to every year.

    Years for which there is no room are left to the table: this year stays, then the last, then the first.
    """
    import altair as alt

    rows = _gathered([row for row in of.tables["parts"] if row["outcome"] == name])
    level = {_whole(row["year"]): row for row in of.tables["levels"] if row["outcome"] == name}
    families = list(dict.fromkeys(str(row["title"]) for row in rows))
    # All outcomes share a column of names, so that their years stand under each other.
    names = [str(row["title"]) for row in of.tables["parts"]]
    beside = room.column(names, width, 0.3) if width >= room.BESIDE else 0
    place = room.rows(families, width, STEP, gap=4 if beside else 7, spare=0, beside=beside)
    years = _fitting(level, place.plot)
    each = (place.plot - SPACE * (len(years) - 1)) / len(years)
    rows = [row for row in rows if _whole(row["year"]) in years]
    low, high = room.span(
        (_number(row[side]) for row in rows for side in ("adds", "low90", "high90")), zero=True
    )

    def across(year: Any, value: float) -> float:
        """A value in pixels of the view: the years stand side by side on one scale."""
        left = place.column + years.index(_whole(year)) * (each + SPACE)
        return left + each * (value - low) / (high - low)

    told = [
        {
            **row,
            "y": place.centres[str(row["title"])],
            "side": "support" if _number(row["adds"]) > 0 else "limit",
            **{f"at_{key}": across(row["year"], _number(row[key])) for key in ("adds", "low90", "high90")},
            "nought": across(row["year"], 0.0),
        }
        for row in rows
    ]
    marks: list[dict[str, Any]] = [
        {
            "x": across(year, value),
            "text": figure(value) if value else "0",
            "value": value,
            "foot": place.height + 14,
        }
        for year in years
        for value in _steps(low, high, each)
    ]
    half = STEP / 2 + (2 if beside else 0)
    pieces = [(0.0, float(place.height))] if beside else [(y - half, y + half) for y in place.centres.values()]
    rules = [mark | {"from": top, "to": end} for mark in marks for top, end in pieces]
    heads: list[dict[str, Any]] = [
        {"x": place.column + number * (each + SPACE), "y": y, "text": text, "bold": bold}
        for number, year in enumerate(years)
        for y, text, bold in _heads(level[year], each)
    ]
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False),
        "axis": None,
    }
    base = alt.Chart({"values": tuple(told)}).encode(y=room.up(alt, place))
    sides = alt.Scale(domain=["support", "limit"], range=[SUPPORT, LIMIT])
    hints = [alt.Tooltip(f"{name}:Q", format=".3g") for name in ("adds", "low90", "high90")]

    def ruled(of: str, colour: str) -> Any:
        drawn = alt.Chart({"values": tuple(rules)}).transform_filter(of).mark_rule(color=colour)
        return drawn.encode(x=alt.X("x:Q", **x), y=room.up(alt, place, "from"), y2="to:Q")

    def written(
        rows: list[dict[str, Any]], up: str, colour: str, weight: Any = 400, align: Any = "left"
    ) -> Any:
        text = alt.Chart({"values": tuple(rows)}).mark_text(
            fontSize=12, color=colour, align=align, baseline="middle", fontWeight=weight
        )
        return text.encode(x=alt.X("x:Q", **x), y=room.up(alt, place, up), text="text:N")

    layers = [
        ruled("datum.value != 0", GRID),
        *room.named(alt, place)[1:],
        base.mark_bar(height=STEP - 3).encode(
            x=alt.X("at_adds:Q", **x),
            x2="nought:Q",
            color=alt.Color("side:N", scale=sides, legend=None),
            tooltip=["title:N", "year:Q", *hints],
        ),
        base.mark_rule(color=MUTED, strokeWidth=1.2).encode(x=alt.X("at_low90:Q", **x), x2="at_high90:Q"),
        ruled("datum.value == 0", MUTED),
        written(marks, "foot", INK, align="center"),
        written([head for head in heads if head["bold"]], "y", INK, 600),
        written([head for head in heads if not head["bold"]], "y", MUTED),
    ]
    drawn = alt.layer(*layers).properties(width=width, height=place.height)
    first = level[years[0]]
    return (
        drawn.properties(title=room.heading(f"{first['label']}, {first['unit']}", place)) if headed else drawn
    )


def _fitting(level: Mapping[int, Row], width: int) -> list[int]:
    """The years there is room for."""
    every = sorted(level)
    now = next((year for year in every if level[year]["now"]), every[-1])
    order = list(dict.fromkeys((now, every[-1], every[0], *reversed(every))))
    return sorted(order[: max(1, (width + SPACE) // (LEAST + SPACE))])


def _heads(level: Row, width: float) -> list[tuple[float, str, bool]]:
    """What stands over a year's bars: pixels from the top of the bars, text, whether bold."""
    year, whole = f"{level['year']}", figure(_number(level["whole"]))
    one = f"{year}: {whole}"
    lines = [(one, True)] if len(one) * room.LETTER <= width else [(year, True), (whole, True)]
    lines.append((f"{figure(_number(level['rest']))} without", False))
    return [(-10.0 - room.LINE * (len(lines) - 1 - at), text, bold) for at, (text, bold) in enumerate(lines)]


def _steps(low: float, high: float, width: float) -> list[float]:
    """Nought and a round value on each side of it that has room for its label."""
    reach = max(high, -low)
    power = 10.0 ** math.floor(math.log10(reach))
    step = max(each * power for each in (0.5, 1.0, 2.0, 5.0) if each * power <= 0.85 * reach)
    apart = step / (high - low) * width
    wide = len(figure(step)) * room.LETTER + 10
    return [
        value
        for value in (-step, 0.0, step)
        if value == 0 or (low <= value <= high and apart >= 0.5 * wide + 6)
    ]


def _under(of: Answer) -> str:
    """What the picture shows and how it was found."""
    if of.asked.get("held"):
        off = f"contributions since {of.asked['held']}: values are what their change adds"
    else:
        off = "contributions"
    return (
        f"What each family of mechanisms adds by its {off}, over the {of.asked['span']} years to the year shown, averaged"
        " over the orders in which families may come in (Shapley). Blue raises, red lowers; lines: 90% of parameter sets."
        " Under each year: the outcome, and what it would be without all of them."
    )


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
    base = alt.Chart({"values": tuple(told)}).encode(y=alt.Y("title:N", sort=families, title=None, axis=axis))
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
