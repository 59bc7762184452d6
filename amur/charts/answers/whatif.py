"""The chart of a what-if: effects as dots with intervals, and the paths of the two strongest."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, INK, MUTED
from amur.questions.words import figure

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

DATES = ("#a3c4e8", "#e39b1f", "#16325c", "#7d6ba8", "#3a9a94", "#b5302a")
WORLDS = {"baseline": MUTED, "against": COLOURS["RUS"], "under": COLOURS["CHN"]}
WIDE, HIGH = 330, 150
FAR = 6.0
"""Standard deviations from which the axis is drawn together toward its ends."""


def draw(of: Answer, width: int | None = None) -> Any:
    """An Altair chart, from the answer's tables alone."""
    import altair as alt

    worlds = {str(row["side"]): str(row["title"]) for row in of.tables["worlds"]}
    against = f"'{worlds['against']}'" if "against" in worlds else "the baseline"
    told = sorted((row for row in of.tables["effects"] if row["rank"]), key=lambda row: _number(row["rank"]))
    under = f"Differences of twins, {'under' if worlds else 'nothing done'} less {against}: means over futures, 90% and 50% of parameter sets"
    parts = []
    if told:
        parts.append(_effects(alt, told))
    fans = _fans(alt, of, worlds)
    if fans:
        parts.append(alt.concat(*fans, columns=2, spacing=30))
    if not parts:
        parts = [alt.Chart({"values": [{"x": 0}]}).mark_text(text="Nothing differs", color=MUTED)]
    title = _title(told, worlds.get("under", "Nothing done"))
    return finish(
        alt.vconcat(*parts, spacing=24).resolve_scale(color="independent"), title, textwrap.wrap(under, 120)
    )


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
    base = alt.Chart({"values": rows}).encode(
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


def _scaled(row: Row) -> dict[str, Any]:
    effect, relative = _number(row["effect"]), _number(row["relative"])
    scale = effect / relative if relative else max(_number(row["baseline_sd"]), 1e-9)

    def over(key: str) -> float:
        return _number(row[key]) / scale

    made = {key: over(key) for key in ("low90", "low50", "high50", "high90")}
    return made | {"name": _label(row), "date": _year(row), "value": over("effect"), "told": _signed(row)}


def _fans(alt: Any, of: Answer, worlds: dict[str, str]) -> list[Any]:
    """One panel to each of the strongest quantities: the baseline's futures and those of the worlds."""
    names = {"baseline": "Baseline"} | {
        side: textwrap.shorten(worlds[side], 44, placeholder="…") for side in worlds
    }
    rows = [row for row in of.tables["paths"] if str(row["world"]) in names]
    order = [names[side] for side in ("baseline", "against", "under") if side in names]
    colours = [WORLDS[side] for side in ("baseline", "against", "under") if side in names]
    drawn = []
    for place, quantity in enumerate(dict.fromkeys(str(row["quantity"]) for row in rows)):
        own = [{**row, "name": names[str(row["world"])]} for row in rows if row["quantity"] == quantity]
        base = alt.Chart({"values": own}).encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False, zero=False)).axis(
                format="d", tickCount=5
            ),
            color=alt.Color(
                "name:N",
                sort=order,
                scale=alt.Scale(domain=order, range=colours),
                legend=alt.Legend(
                    orient="top", direction="horizontal", title=None, labelLimit=300, symbolOpacity=1
                )
                if place == 0
                else None,
            ),
        )
        y = alt.Y("low90:Q", title=None, scale=alt.Scale(zero=False))
        layers = [
            base.mark_area(opacity=0.1).encode(y=y, y2="high90:Q"),
            base.mark_area(opacity=0.2).encode(y=alt.Y("low50:Q", title=None), y2="high50:Q"),
            base.mark_line(strokeWidth=1.9).encode(y=alt.Y("middle:Q", title=None)),
        ]
        over = heading(f"{own[0]['about']}, {own[0]['unit']}", WIDE)
        drawn.append(alt.layer(*layers).properties(width=WIDE - 30, height=HIGH, title=over))
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
