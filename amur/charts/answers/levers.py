"""What can be done, by whom? Gain against cost of every portfolio, regret by reading, and what the best does to each aim."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts import room
from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, INK, MUTED

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

MOST = 9
"""Portfolios named; all are in the table."""
LETTERS = "ABCDEFGHIJKL"
TOLD = {
    "front": "Every portfolio: what it gains for the aims and what it costs",
    "regret": "Regret by reading: what each portfolio loses beside the best under that reading",
    "aims": "What the best portfolio does to each aim and cost",
}
"""What a panel is called that stands alone."""
WIDTH = 430
PAGE, TALL = 720, 640
"""Width of a panel on a page that none is told for, and from which the front is drawn taller."""
FRONT, REST, BEST = COLOURS["RUS"], "#c4c9cf", COLOURS["CHN"]


def draw(answer: Answer, width: int | None = None) -> Any:
    """Three panels: the front of portfolios, named by letters; their regret under each reading; effects by aim."""
    import altair as alt

    named = _named(answer)
    if width is not None:
        return finish(
            room.stack([draws() for draws in _parts(answer, width).values()]),
            _title(answer),
            _told(answer),
        )
    parts = [_front(alt, answer, named), _regret(alt, answer, named)]
    if any(row["best"] and row["portfolio"] != "nothing" for row in answer.tables["aims"]):
        parts.append(_aims(alt, answer))
    whole = alt.concat(*parts, columns=1, spacing=24).resolve_scale(color="independent", shape="independent")
    return finish(whole, _title(answer), _told(answer))


def more(answer: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Each panel as a chart of its own."""

    def part(name: str) -> Any:
        return finish(room.stack([_parts(answer, width or PAGE)[name]()]), TOLD[name], _told(answer))

    return {name: partial(part, name) for name in _parts(answer, width or PAGE)}


def _parts(answer: Answer, width: int) -> dict[str, Callable[[], Any]]:
    """What draws the panels for a page."""
    import altair as alt

    named = _named(answer)
    made: dict[str, Callable[[], Any]] = {
        "front": partial(_front, alt, answer, named, width),
        "regret": partial(_regret_in_rows, alt, answer, named, width),
    }
    if any(row["best"] and row["portfolio"] != "nothing" for row in answer.tables["aims"]):
        made["aims"] = partial(_aims_in_rows, alt, answer, width)
    return made


def _named(answer: Answer) -> dict[str, str]:
    """Letters of the portfolios that are named, by their levers: the front from dear to cheap, with best and robust."""
    rows = [row for row in answer.tables["portfolios"] if row["not dominated"] or row["robust"] or row["best"]]
    first = [row for row in rows if row["best"] or row["robust"]]
    rest = [row for row in rows if row not in first]
    chosen = sorted([*first, *rest][:MOST], key=lambda row: -float(row["net"] or 0))
    return {str(row["levers"]): letter for row, letter in zip(chosen, LETTERS, strict=False)}


def _front(alt: Any, answer: Answer, named: dict[str, str], width: int | None = None) -> Any:
    rows: list[dict[str, Any]] = [
        dict(row) | {"kind": _kind(row), "letter": named.get(str(row["levers"]), "")}
        for row in answer.tables["portfolios"]
    ]
    kinds = ["best", "no other betters it", "bettered by another"]
    sorting: dict[str, Any] = {} if width is None else {"sort": kinds}
    x = alt.X("cost:Q", title="cost, points", scale=alt.Scale(zero=True, nice=False, padding=22))
    y = alt.Y("gain:Q", title="gain for the aims, points", scale=alt.Scale(zero=True, nice=False, padding=22))
    legend = alt.Legend(orient="top", direction="horizontal")
    if width is not None:
        for row in rows:
            row["big"] = 150 if row["best"] else 60 if row["not dominated"] else 28
            row["strong"] = 1.0 if row["best"] or row["not dominated"] else 0.65
        cost = room.span((float(row["cost"]) for row in rows), zero=True)
        x["axis"] = alt.Axis(titleAnchor="start", grid=False, tickCount=room.ticks(width))
        x["scale"] = alt.Scale(
            domain=[cost[0] - 0.06 * (cost[1] - cost[0]), cost[1]], nice=False, range=[room.AXIS, width - 12]
        )
        y["axis"] = room.beside(alt, tickCount=6)
        y["title"] = None
        legend = room.legend(alt, kinds, width)
    line = (
        alt.Chart(
            {
                "values": tuple(
                    sorted([row for row in rows if row["not dominated"]], key=lambda row: row["cost"])
                )
            }
        )
        .mark_line(color=FRONT, strokeWidth=1, opacity=0.5, interpolate="step-after")
        .encode(x=x, y=y, order="cost:Q")
    )
    dots = (
        alt.Chart({"values": tuple(rows[::-1])})
        .mark_point(filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "kind:N",
                sort=kinds,
                scale=alt.Scale(domain=kinds, range=[BEST, FRONT, REST]),
                legend=legend,
            ),
            shape=alt.Shape(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=["diamond", "circle", "circle"]),
                legend=None if width is None else legend,
                **sorting,
            ),
            size=alt.Size("kind:N", scale=alt.Scale(domain=kinds, range=[130, 60, 24]), legend=None, **sorting)
            if width is None
            else alt.Size("big:Q", scale=None, legend=None),
            **({} if width is None else {"opacity": alt.Opacity("strong:Q", scale=None, legend=None)}),
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
    over = {} if width is None else {"x": alt.value(room.AXIS), "x2": alt.value(width - 12)}
    layers = (
        nought.encode(x=alt.X("at:Q", title="cost, points")),
        nought.encode(y="at:Q", **over),
        line,
        dots,
        letters,
    )
    if width is not None:
        told = "Every portfolio: gain for the aims (upright) and cost (across), in points; up and to the left is better"
        high = 250 if width < TALL else 320
        return alt.layer(*layers).properties(width=width, height=high, title=room.heading(told, width))
    return alt.layer(*layers).properties(width=WIDTH, height=250, title=heading(told, WIDTH))


def _kind(row: Row) -> str:
    if row["best"]:
        return "best"
    return "no other betters it" if row["not dominated"] else "bettered by another"


def _regrets(answer: Answer, named: dict[str, str]) -> tuple[list[dict[str, Any]], list[str], list[str], float]:
    """Cells of portfolios by readings, the names of the portfolios, those of the readings, and the most regret."""
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
    return rows, order, sort, top


def _regret_in_rows(alt: Any, answer: Answer, named: dict[str, str], width: int) -> Any:
    """For a page: cells are one colour, more or less of it, so that they are right on a dark ground too."""
    rows, order, sort, top = _regrets(answer, named)
    beside = room.column(order, width, 0.34) if width >= room.BESIDE else 0
    # The last heading leans over the edge.
    place = room.rows(order, width, 22, beside=beside, gap=4, spare=74 if beside else 0)
    cell = place.plot / len(sort)
    for row in rows:
        at = sort.index(row["under"])
        row["y"], row["x"] = place.centres[row["name"]], place.column + (at + 0.5) * cell
        row["from"], row["to"] = row["x"] - cell / 2 + 1, row["x"] + cell / 2 - 1
        row["top"], row["foot"] = row["y"] - 11, row["y"] + 11
        row["much"] = float(row["regret"] or 0) / top
    heads = [{"x": place.column + (at + 0.5) * cell, "text": text} for at, text in enumerate(sort)]
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False),
        "axis": None,
    }
    base = alt.Chart({"values": tuple(rows)})
    cells = base.mark_rect(color=COLOURS["CHN"]).encode(
        x=alt.X("from:Q", **x),
        x2="to:Q",
        y=room.up(alt, place, "top"),
        y2="foot:Q",
        opacity=alt.Opacity("much:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 1]), legend=None),
        tooltip=["name:N", "under:N", alt.Tooltip("regret:Q", format=".2f")],
    )
    text = base.mark_text(fontSize=12, baseline="middle").encode(
        x=alt.X("x:Q", **x),
        y=room.up(alt, place),
        text="shown:N",
        color=alt.condition("datum.much > 0.6", alt.value("white"), alt.value(INK)),
    )
    head = alt.Chart({"values": tuple(heads)}).mark_text(
        fontSize=12, color=INK, align="left", baseline="middle", angle=310 if beside else 270, dx=2
    )
    told = "Regret by reading, in points: what each loses beside the best under that reading (weights of the readings in percent)"
    layers = [
        cells,
        text,
        *room.named(alt, place)[1:],
        head.encode(x=alt.X("x:Q", **x), y=alt.value(-8), text="text:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=place.height, title=room.heading(told, width))


def _regret(alt: Any, answer: Answer, named: dict[str, str]) -> Any:
    """Rows of portfolios, columns of readings; the names of the rows are the key to the letters above."""
    rows, order, sort, top = _regrets(answer, named)
    base = alt.Chart({"values": tuple(rows)}).encode(
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


def _aimed(answer: Answer) -> list[dict[str, Any]]:
    """What the best portfolio does to each aim that has a weight, in points."""
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
    return [row for row in rows if float(row["weight"] or 0) > 0]


def _aims_in_rows(alt: Any, answer: Answer, width: int) -> Any:
    """For a page."""
    kept = _aimed(answer)
    names, dates = (list(dict.fromkeys(str(row[key]) for row in kept)) for key in ("name", "when"))
    step = 12
    place = room.rows(names, width, step * len(dates))
    low, high = _domain(kept)
    for row in kept:
        row["y"] = place.centres[row["name"]] + step * (dates.index(row["when"]) - (len(dates) - 1) / 2)
        row["from"], row["to"] = max(row["from"], low), min(row["to"], high)
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[low, high], nice=False, clamp=True, range=place.reach),
        "axis": alt.Axis(
            title="points; to the right is what the actor wants", titleAnchor="start", grid=False,
            tickCount=room.ticks(place.plot),
        ),
    }  # fmt: skip
    base = alt.Chart({"values": tuple(kept)}).encode(
        y=room.up(alt, place),
        color=alt.Color(
            "when:N", sort=dates, scale=alt.Scale(domain=dates, range=[COLOURS["USA"], FRONT, COLOURS[""], COLOURS["EUU"]][: len(dates)]),
            legend=room.legend(alt, dates, width, "circle"),
        ),
    )  # fmt: skip
    layers = [
        *room.named(alt, place),
        room.upright(alt, place, x, block=step * len(dates)),
        base.mark_rule(strokeWidth=1.8).encode(x=alt.X("from:Q", **x), x2="to:Q"),
        base.mark_point(filled=True, size=44, opacity=1).encode(
            x=alt.X("points:Q", **x),
            tooltip=["name:N", "when:N", alt.Tooltip("change:Q", format=".3g"), "unit:N"],
        ),
    ]
    told = "What A does to each aim and cost, with 90% intervals over parameter sets and readings"
    return alt.layer(*layers).properties(width=width, height=place.height, title=room.heading(told, width))


def _aims(alt: Any, answer: Answer) -> Any:
    kept = _aimed(answer)
    names = list(dict.fromkeys(row["name"] for row in kept))
    dates = list(dict.fromkeys(row["when"] for row in kept))
    domain = _domain(kept)
    x = {"scale": alt.Scale(domain=domain, clamp=True), "title": "points; to the right is what the actor wants"}
    axis = alt.Axis(
        labelExpr=_broken(names), labelLimit=320, grid=True, gridColor=GRID, ticks=False, domain=False
    )
    base = alt.Chart({"values": tuple(kept)}).encode(
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
