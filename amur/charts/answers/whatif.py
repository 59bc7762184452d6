"""The chart of a what-if: effects as dots with intervals, and the paths of the two strongest."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts import room
from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, INK, MUTED
from amur.questions.words import figure

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

DATES = ("#a3c4e8", "#e39b1f", "#16325c", "#7d6ba8", "#3a9a94", "#b5302a")
WORLDS = {"baseline": MUTED, "against": COLOURS["RUS"], "under": COLOURS["CHN"]}
WIDE, HIGH = 330, 150
TWO = 500
"""Width of a page from which paths stand side by side."""
FAR = 6.0
"""Standard deviations from which the axis is drawn together toward its ends."""


def draw(of: Answer, width: int | None = None) -> Any:
    """An Altair chart, from the answer's tables alone."""
    import altair as alt

    worlds = _worlds(of)
    if width is not None:
        whole = room.stack([*_parts(of, width).values()] or [_nothing(alt)])
        return finish(
            whole, _title(_ranked(of), worlds.get("under", "Nothing done")), textwrap.wrap(_under(of), 120)
        )
    told = _ranked(of)
    parts = []
    if told:
        parts.append(_effects(alt, told))
    fans = _fans(alt, of, worlds)
    if fans:
        parts.append(alt.concat(*fans, columns=2, spacing=30))
    if not parts:
        parts = [_nothing(alt)]
    title = _title(told, worlds.get("under", "Nothing done"))
    return finish(
        alt.vconcat(*parts, spacing=24).resolve_scale(color="independent"),
        title,
        textwrap.wrap(_under(of), 120),
    )


def more(of: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Effects and paths as charts of their own, and those that follow a lever (:mod:`amur.charts.twins`)."""

    from amur.charts import twins

    titles = {
        "effects": _title(_ranked(of), _worlds(of).get("under", "Nothing done")),
        "paths": "The strongest effects through time",
    }

    def part(name: str) -> Any:
        drawn = room.stack([_parts(of, width or 2 * WIDE)[name]])
        return finish(drawn, titles[name], textwrap.wrap(_under(of), 120))

    there = {"effects": bool(_ranked(of)), "paths": bool(of.tables["paths"])}
    return {name: partial(part, name) for name in titles if there[name]} | twins.charts(of, width)


def _parts(of: Answer, width: int) -> dict[str, Any]:
    """The parts for a page."""
    import altair as alt

    made = {}
    if told := _ranked(of):
        made["effects"] = _effects_in_rows(alt, told, width)
    columns = 2 if width >= TWO else 1
    if fans := _fans(alt, of, _worlds(of), (width - 24 * (columns - 1)) // columns):
        made["paths"] = room.stack(fans, columns, alike=True)
    return made


def _nothing(alt: Any) -> Any:
    return alt.Chart({"values": [{"x": 0}]}).mark_text(text="Nothing differs", color=MUTED)


def _worlds(of: Answer) -> dict[str, str]:
    return {str(row["side"]): str(row["title"]) for row in of.tables["worlds"]}


def _ranked(of: Answer) -> list[Row]:
    """Effects that have a rank, the strongest first."""
    return sorted((row for row in of.tables["effects"] if row["rank"]), key=lambda row: _number(row["rank"]))


def _under(of: Answer) -> str:
    worlds = _worlds(of)
    against = f"'{worlds['against']}'" if "against" in worlds else "the baseline"
    return f"Differences of twins, {'under' if worlds else 'nothing done'} less {against}: means over futures, 90% and 50% of parameter sets"


def _title(told: list[Row], world: str) -> str:
    if not told:
        return f"{world}: no effect to be seen"
    first = [row for row in told if row["rank"] == 1]
    row = max(first, key=lambda each: abs(_number(each["relative"])))
    return f"{world}: {row['about']} {_signed(row)} in {_year(row)}"


def _effects(alt: Any, told: list[Row]) -> Any:
    """Effects over the standard deviation of the baseline, so that one axis fits them all."""
    names = list(dict.fromkeys(_label(row) for row in told))
    dates = sorted({_year(row) for row in told})
    rows = [_scaled(row) for row in told]
    wide = 1.05 * max(abs(_number(row[key])) for row in rows for key in ("low90", "high90"))
    scale = alt.Scale(domain=[-wide, wide], type="symlog" if wide > FAR else "linear", nice=False)
    x = {"scale": scale, "title": "standard deviations of the baseline's futures"}
    axis = alt.Axis(labelLimit=330, ticks=False, domain=False, grid=True, gridColor=GRID, labelPadding=8)
    base = alt.Chart({"values": tuple(rows)}).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=axis),
        yOffset=alt.YOffset("date:N", sort=dates, scale=alt.Scale(domain=dates, paddingOuter=0.4)),
        color=alt.Color(
            "date:N",
            sort=dates,
            scale=alt.Scale(domain=dates, range=_colours(len(dates))),
            legend=alt.Legend(orient="top", direction="horizontal", title=None),
        ),
    )
    zero = (
        alt.Chart({"values": [{"at": 0}]})
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(x=alt.X("at:Q", **x))
    )
    tips = ["name:N", "date:N", "told:N"]
    layers = [
        zero,
        base.mark_rule(strokeWidth=1.4).encode(x=alt.X("low90:Q", **x), x2="high90:Q"),
        base.mark_rule(strokeWidth=3.6).encode(x=alt.X("low50:Q", **x), x2="high50:Q"),
        base.mark_point(filled=True, size=42, opacity=1, stroke="white", strokeWidth=0.7).encode(
            x=alt.X("value:Q", **x), tooltip=tips
        ),
        base.mark_text(align="left", dx=6, fontSize=10, color=INK).encode(
            x=alt.value(WIDE + 6), text="told:N", color=alt.value(INK)
        ),
    ]
    high = len(names) * (14 * len(dates) + 10)
    over = heading("Effects, strongest for their usual spread first; figures in their own units", 2 * WIDE)
    return alt.layer(*layers).properties(width=WIDE, height=max(high, 60), title=over)


def _effects_in_rows(alt: Any, told: list[Row], width: int) -> Any:
    """For a page: the figures stand at the right, in a column of their own."""
    dates = sorted({_year(row) for row in told})
    rows = [_scaled(row) for row in told]
    for row, of in zip(rows, told, strict=True):
        row["name"] = str(of["about"])
    names = list(dict.fromkeys(row["name"] for row in rows))
    step = 15
    figures = int(max(len(row["told"]) for row in rows) * room.LETTER) + 12
    inner = width - figures
    beside = room.column(names, inner, 0.4) if width >= room.BESIDE else 0
    place = room.rows(names, inner, step * len(dates), beside=beside, gap=9, spare=6, whole=width)
    for row in rows:
        row["y"] = place.centres[row["name"]] + step * (dates.index(row["date"]) - (len(dates) - 1) / 2)
    low, high = room.span((row[key] for row in rows for key in ("low90", "high90")), zero=True)
    far = max(-low, high) > FAR
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[low, high], type="symlog" if far else "linear", nice=False, range=place.reach),
        "axis": alt.Axis(
            title="standard deviations of the baseline's futures", titleAnchor="start", grid=False, tickCount=room.ticks(place.plot)
        ),
    }  # fmt: skip
    base = alt.Chart({"values": tuple(rows)}).encode(
        y=room.up(alt, place),
        color=alt.Color(
            "date:N",
            sort=dates,
            scale=alt.Scale(domain=dates, range=_colours(len(dates))),
            legend=room.legend(alt, dates, width, "circle"),
        ),
    )
    layers = [
        *room.named(alt, place),
        room.upright(alt, place, x, block=step * len(dates)),
        base.mark_rule(strokeWidth=1.4).encode(x=alt.X("low90:Q", **x), x2="high90:Q"),
        base.mark_rule(strokeWidth=3.6).encode(x=alt.X("low50:Q", **x), x2="high50:Q"),
        base.mark_point(filled=True, size=48, opacity=1, stroke="white", strokeWidth=0.7).encode(
            x=alt.X("value:Q", **x), tooltip=["name:N", "date:N", "told:N"]
        ),
        base.mark_text(align="left", baseline="middle", fontSize=12).encode(
            x=alt.value(inner + 6), text="told:N", color=alt.value(INK)
        ),
    ]
    over = room.heading("Effects, strongest for their usual spread first; figures in their own units", width)
    return alt.layer(*layers).properties(width=width, height=place.height, title=over)


def _scaled(row: Row) -> dict[str, Any]:
    effect, relative = _number(row["effect"]), _number(row["relative"])
    scale = effect / relative if relative else max(_number(row["baseline_sd"]), 1e-9)

    def over(key: str) -> float:
        return _number(row[key]) / scale

    made = {key: over(key) for key in ("low90", "low50", "high50", "high90")}
    return made | {"name": _label(row), "date": _year(row), "value": over("effect"), "told": _signed(row)}


def _fans(alt: Any, of: Answer, worlds: dict[str, str], width: int | None = None) -> list[Any]:
    """One panel to each of the strongest quantities: the baseline's futures and those of the worlds.

    On a page, ``width`` is that of a panel.
    """
    names = {"baseline": "Baseline"} | {
        side: textwrap.shorten(worlds[side], 44, placeholder="…") for side in worlds
    }
    rows = [row for row in of.tables["paths"] if str(row["world"]) in names]
    order = [names[side] for side in ("baseline", "against", "under") if side in names]
    colours = [WORLDS[side] for side in ("baseline", "against", "under") if side in names]
    drawn = []
    along = alt.X("year:Q", title=None, scale=alt.Scale(nice=False, zero=False)).axis(format="d", tickCount=5)
    legend: Any = alt.Legend(orient="top", direction="horizontal", title=None, labelLimit=300, symbolOpacity=1)
    up: dict[str, Any] = {}
    if width is not None:
        along = room.along(alt, "year:Q", width)
        legend = room.legend(alt, order, width)
        up = {"axis": room.beside(alt, tickCount=5, format=",.4~g")}
    for place, quantity in enumerate(dict.fromkeys(str(row["quantity"]) for row in rows)):
        own = [{**row, "name": names[str(row["world"])]} for row in rows if row["quantity"] == quantity]
        base = alt.Chart({"values": tuple(own)}).encode(
            x=along,
            color=alt.Color(
                "name:N",
                sort=order,
                scale=alt.Scale(domain=order, range=colours),
                legend=legend if place == 0 else None,
            ),
        )
        y = alt.Y("low90:Q", title=None, scale=alt.Scale(zero=False), **up)
        layers = [
            base.mark_area(opacity=0.1).encode(y=y, y2="high90:Q"),
            base.mark_area(opacity=0.2).encode(y=alt.Y("low50:Q", title=None), y2="high50:Q"),
            base.mark_line(strokeWidth=1.9).encode(y=alt.Y("middle:Q", title=None)),
        ]
        over = heading(f"{own[0]['about']}, {own[0]['unit']}", WIDE)
        size = {"width": WIDE - 30, "height": HIGH, "title": over}
        if width is not None:
            size = {"width": width, "height": max(HIGH, min(220, width // 2))}
            size["title"] = room.heading(f"{own[0]['about']}, {own[0]['unit']}", width)
        drawn.append(alt.layer(*layers).properties(**size))
    return drawn


def _colours(many: int) -> list[str]:
    return [DATES[place % len(DATES)] for place in range(many)]


def _label(row: Row) -> str:
    return textwrap.shorten(str(row["about"]), 58, placeholder="…")


def _signed(row: Row) -> str:
    value = _number(row["effect"])
    return f"{'+' if value > 0 else ''}{figure(value)} {row['unit']}"


def _year(row: Row) -> str:
    return str(row["when"]).removesuffix("-Q4")


def _number(value: object) -> float:
    return float(str(value)) if value is not None else 0.0
