"""What can be done, by whom? Gain against cost of every portfolio, regret by reading, and what the best does to each aim."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, INK, MUTED

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

MOST = 9
"""Portfolios named; all are in the table."""
LETTERS = "ABCDEFGHIJKL"
WIDTH = 430
FRONT, REST, BEST = COLOURS["RUS"], "#c4c9cf", COLOURS["CHN"]


def draw(answer: Answer, width: int | None = None) -> Any:
    """Three panels: the front of portfolios, named by letters; their regret under each reading; effects by aim."""
    import altair as alt

    named = _named(answer)
    parts = [_front(alt, answer, named), _regret(alt, answer, named)]
    if any(row["best"] and row["portfolio"] != "nothing" for row in answer.tables["aims"]):
        parts.append(_aims(alt, answer))
    whole = alt.concat(*parts, columns=1, spacing=24).resolve_scale(color="independent", shape="independent")
    return finish(whole, _title(answer), _told(answer))


def _named(answer: Answer) -> dict[str, str]:
    """Letters of the portfolios that are named, by their levers: the front from dear to cheap, with best and robust."""
    rows = [row for row in answer.tables["portfolios"] if row["not dominated"] or row["robust"] or row["best"]]
    first = [row for row in rows if row["best"] or row["robust"]]
    rest = [row for row in rows if row not in first]
    chosen = sorted([*first, *rest][:MOST], key=lambda row: -float(row["net"] or 0))
    return {str(row["levers"]): letter for row, letter in zip(chosen, LETTERS, strict=False)}


def _front(alt: Any, answer: Answer, named: dict[str, str]) -> Any:
    rows: list[dict[str, Any]] = [
        dict(row) | {"kind": _kind(row), "letter": named.get(str(row["levers"]), "")}
        for row in answer.tables["portfolios"]
    ]
    kinds = ["best", "no other betters it", "bettered by another"]
    x = alt.X("cost:Q", title="cost, points", scale=alt.Scale(zero=True, nice=False, padding=22))
    y = alt.Y("gain:Q", title="gain for the aims, points", scale=alt.Scale(zero=True, nice=False, padding=22))
    line = (
        alt.Chart(
            {"values": sorted([row for row in rows if row["not dominated"]], key=lambda row: row["cost"])}
        )
        .mark_line(color=FRONT, strokeWidth=1, opacity=0.5, interpolate="step-after")
        .encode(x=x, y=y, order="cost:Q")
    )
    dots = (
        alt.Chart({"values": rows[::-1]})
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "kind:N",
                sort=kinds,
                scale=alt.Scale(domain=kinds, range=[BEST, FRONT, REST]),
                legend=alt.Legend(orient="top", direction="horizontal"),
            ),
            shape=alt.Shape(
                "kind:N", scale=alt.Scale(domain=kinds, range=["diamond", "circle", "circle"]), legend=None
            ),
            size=alt.Size("kind:N", scale=alt.Scale(domain=kinds, range=[130, 60, 24]), legend=None),
            tooltip=["levers:N", alt.Tooltip("gain:Q", format=".2f"), alt.Tooltip("cost:Q", format=".2f")],
        )
    )
    letters = (
        alt.Chart({"values": [row for row in rows if row["letter"]]})
        .mark_text(dx=-11, dy=-4, fontSize=11, fontWeight="bold", color=INK)
        .encode(x=x, y=y, text="letter:N")
    )
    nought = alt.Chart({"values": [{"at": 0}]}).mark_rule(color=MUTED, strokeDash=[3, 3])
    told = "Every portfolio: what it gains for the aims and what it costs (up and to the left is better)"
    layers = (
        nought.encode(x=alt.X("at:Q", title="cost, points")),
        nought.encode(y="at:Q"),
        line,
        dots,
        letters,
    )
    return alt.layer(*layers).properties(width=WIDTH, height=250, title=heading(told, WIDTH))


def _kind(row: Row) -> str:
    if row["best"]:
        return "best"
    return "no other betters it" if row["not dominated"] else "bettered by another"


def _regret(alt: Any, answer: Answer, named: dict[str, str]) -> Any:
    """Rows of portfolios, columns of readings; the names of the rows are the key to the letters above."""
    rows: list[dict[str, Any]] = []
    for row in answer.tables["regret"]:
        levers = str(row["levers"])
        if levers in named:
            rows.append({**row, "name": f"{named[levers]}  {levers.replace(', ', ' + ') or 'nothing'}"})
    order = sorted({row["name"] for row in rows})
    weight = {str(row["reading"]): float(row["weight"] or 0) for row in rows}
    readings = sorted(weight, key=lambda name: -weight[name])
    for row in rows:
        row["under"] = f"{row['reading']} {weight[str(row['reading'])]:.0%}"
        row["shown"] = f"{float(row['regret'] or 0):.2f}"
    sort = [f"{name} {weight[name]:.0%}" for name in readings]
    top = max(float(row["regret"] or 0) for row in rows) or 1.0
    for row in rows:
        row["dark"] = float(row["regret"] or 0) > 0.55 * top
    base = alt.Chart({"values": rows}).encode(
        x=alt.X(
            "under:N",
            sort=sort,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-35, ticks=False, domain=False),
        ),
        y=alt.Y(
            "name:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelExpr=_broken(order), labelLimit=320, ticks=False, domain=False),
        ),
    )
    cells = base.mark_rect(stroke="white").encode(
        color=alt.Color(
            "regret:Q", scale=alt.Scale(range=["#f4f5f7", COLOURS["CHN"]], domain=[0, top]), legend=None
        )
    )
    text = base.mark_text(fontSize=10).encode(
        text="shown:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )
    told = "Regret by reading, in points: what each loses beside the best under that reading (weights of the readings in percent)"
    return alt.layer(cells, text).properties(
        width=WIDTH, height=_step(order, 30) * len(order), title=heading(told, WIDTH)
    )


def _lines(name: str, width: int = 50) -> list[str]:
    return textwrap.wrap(name, width, subsequent_indent="     ", break_on_hyphens=False)


def _broken(names: Sequence[str]) -> str:
    """An expression that breaks long names of rows over lines."""
    return f"({json.dumps({name: _lines(name) for name in names})})[datum.label]"


def _step(names: Sequence[str], least: int) -> int:
    """The height of a row that holds the longest of the names."""
    return max(least, 6 + 13 * max(len(_lines(name)) for name in names))


def _aims(alt: Any, answer: Answer) -> Any:
    rows: list[dict[str, Any]] = []
    for row in answer.tables["aims"]:
        if row["best"]:
            factor = (1 if row["want"] == "more" else -1) * float(row["weight"] or 0) / float(row["scale"] or 1)
            ends = sorted(factor * float(row[end] or 0) for end in ("low", "high"))
            rows.append(
                {
                    **row,
                    "from": ends[0],
                    "to": ends[1],
                    "name": f"{row['about']}{' (cost)' if row['kind'] == 'cost' else ''}",
                }
            )
    kept = [row for row in rows if float(row["weight"] or 0) > 0]
    names = list(dict.fromkeys(row["name"] for row in kept))
    dates = list(dict.fromkeys(row["when"] for row in kept))
    domain = _domain(kept)
    x = {"scale": alt.Scale(domain=domain, clamp=True), "title": "points; to the right is what the actor wants"}
    axis = alt.Axis(
        labelExpr=_broken(names), labelLimit=320, grid=True, gridColor=GRID, ticks=False, domain=False
    )
    base = alt.Chart({"values": kept}).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=axis),
        yOffset=alt.YOffset("when:N", sort=dates, scale=alt.Scale(domain=dates, paddingOuter=0.35)),
        color=alt.Color(
            "when:N", sort=dates, scale=alt.Scale(domain=dates, range=[COLOURS["USA"], FRONT, COLOURS[""], COLOURS["EUU"]][: len(dates)]),
            legend=alt.Legend(orient="top", direction="horizontal"),
        ),
    )  # fmt: skip
    lines = base.mark_rule(strokeWidth=1.6).encode(x=alt.X("from:Q", **x), x2="to:Q")
    dots = base.mark_point(filled=True, size=40, opacity=1).encode(
        x=alt.X("points:Q", **x), tooltip=["name:N", "when:N", alt.Tooltip("change:Q", format=".3g"), "unit:N"]
    )
    nought = (
        alt.Chart({"values": [{"at": 0}]})
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(x=alt.X("at:Q", **x))
    )
    told = "What A does to each aim and cost, with 90% intervals over parameter sets and readings"
    return alt.layer(nought, lines, dots).properties(
        width=WIDTH, height=_step(names, 24) * len(names), title=heading(told, WIDTH)
    )


def _domain(rows: Sequence[Row]) -> list[float]:
    """Wide enough for every value and most intervals; the longest are cut off."""
    points = [abs(float(row["points"] or 0)) for row in rows]
    ends = sorted(abs(float(row[end] or 0)) for row in rows for end in ("from", "to"))
    far = max(1.15 * max(points), ends[int(0.9 * (len(ends) - 1))], 0.05)
    return [-far, far]


def _title(answer: Answer) -> str:
    from amur.questions.words import figure

    best = next(row for row in answer.tables["portfolios"] if row["best"])
    if not best["levers"]:
        return f"{answer.title} None of its levers pays by its own aims"
    net, low, high = (figure(float(best[name] or 0)) for name in ("net", "low", "high"))
    return f"{answer.title} A pays best: net {net} points (90%: {low} to {high})"


def _told(answer: Answer) -> list[str]:
    text = (
        f"{len(answer.tables['portfolios'])} portfolios, each run as a twin of {answer.made.futures:,} futures. A point is one"
        " standard deviation of an aim among futures in which nothing is done, or ten percentage points of a probability,"
        " times its weight. Aims, weights and political costs are assumptions and open to change."
    )
    return textwrap.wrap(text, 84)
