"""Where is it heading? Fans joined to history, shares of end states through time, and what the spread comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amur.charts.fans import Fan, fans
from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, INK, MUTED

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

MOST = 6
"""Fans drawn; all are in the table."""
NOW = 2025.5
SINCE = 2010
"""From where the shares of end states are drawn."""
BANDS = ("low90", "low50", "middle", "high50", "high90")
STATES = (
    COLOURS["CHN"],
    COLOURS["RUS"],
    COLOURS["USA"],
    COLOURS[""],
    COLOURS["EUU"],
    "#9aa1a9",
    COLOURS["IND"],
)
"""Colours of end states, in the order of the rules."""
SOURCES = (COLOURS["CHN"], COLOURS["USA"], COLOURS["EUU"], COLOURS["RUS"], COLOURS["IND"])


def draw(answer: Answer, width: int | None = None) -> Any:
    """Fans of up to six quantities (or shares of a decision), end states through time, and the parts of the spread."""
    import altair as alt

    parts: list[Any] = []
    rows = answer.tables["fans"]
    names = list(dict.fromkeys(str(row["quantity"]) for row in rows))[:MOST]
    if names:
        parts.append(_fans(alt, answer, names))
    decided = list(dict.fromkeys(str(row["decision"]) for row in answer.tables["decisions"]))[:2]
    for name in decided:
        shown = [dict(row) for row in answer.tables["decisions"] if row["decision"] == name]
        parts.append(
            _stack(alt, shown, "option", f"Decision: {name}; shares of futures", list(COLOURS.values()))
        )
    states = [dict(row) for row in answer.tables["endstates"]]
    stack = _stack(alt, states, "endstate", "End state; shares of members", STATES)
    bars = _bars(alt, answer.tables["spread"], [*names, *decided, "endstate"], answer.numbers[0].keys["year"])
    parts += [stack, bars]
    whole = alt.concat(*parts, columns=1, spacing=22).resolve_scale(color="independent")
    return finish(whole, _title(answer), _told(answer))


def _title(answer: Answer) -> str:
    from amur.questions.words import percent

    first, second, *_ = answer.numbers
    year = first.keys["year"]
    names = [each.about.partition(" at the end")[0] for each in (first, second)]
    return f"{names[0]} is the likeliest end state in {year} ({percent(first.value)}), then {names[1].lower()} ({percent(second.value)})"


def _told(answer: Answer) -> list[str]:
    return [
        "Fans: yearly means, bands of 50% and 90% of futures, median as a line; red: the record, where a series is of the quantity itself.",
        f"{answer.made.futures:,} futures, readings weighed by {answer.made.weighed}; left of the dashed line, history. Amur {answer.made.version}.",
    ]


def _fans(alt: Any, answer: Answer, names: list[str]) -> Any:
    about = {each.name: (each.about, each.unit) for each in answer.numbers}
    drawn = []
    for name in names:
        rows = [row for row in answer.tables["fans"] if row["quantity"] == name]
        seen = [float("nan") if row["seen"] is None else float(row["seen"]) for row in rows]
        bands = [[float(row[band] or 0) for row in rows] for band in BANDS]
        title, unit = about[name]
        drawn.append(Fan(_short(title), unit, [float(row["year"] or 0) + 0.5 for row in rows], bands, seen))
    chart = fans(drawn, width=190, height=104)
    for panel in chart.concat:
        line = alt.Chart(alt.Data(values=[{"at": NOW + 0.5}]))
        panel.layer.append(line.mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="at:Q"))
    # The whole picture has one heading, one theme and one account of what it rests on.
    chart.title = chart.usermeta = chart.config = alt.Undefined
    return chart


def _short(about: str) -> str:
    """What a quantity is, without what explains it."""
    return about.partition(" (")[0].partition(":")[0]


def _stack(alt: Any, rows: list[dict[str, Any]], by: str, title: str, palette: Sequence[str]) -> Any:
    names = list(dict.fromkeys(str(row[by]) for row in rows))
    shown = [
        row | {by: str(row[by]).replace("-", " "), "order": names.index(str(row[by]))}
        for row in rows
        if row["year"] >= SINCE
    ]
    words = [name.replace("-", " ") for name in names]
    colours = [palette[place % len(palette)] for place in range(len(names))]
    base = alt.Chart(alt.Data(values=shown))
    area = base.mark_area(opacity=0.9, stroke="white", strokeWidth=0.5).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=8), scale=alt.Scale(nice=False, zero=False)),
        y=alt.Y("share:Q", title=None, stack="zero", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            f"{by}:N", sort=words, scale=alt.Scale(domain=words, range=colours), legend=alt.Legend(orient="right", symbolType="square")
        ),
        order=alt.Order("order:Q", sort="descending"),
        tooltip=[f"{by}:N", "year:Q", alt.Tooltip("share:Q", format=".1%")],
    )  # fmt: skip
    line = alt.Chart(alt.Data(values=[{"at": NOW}])).mark_rule(color=INK, strokeDash=[3, 3]).encode(x="at:Q")
    return alt.layer(area, line).properties(width=440, height=150, title=heading(title, 440))


def _bars(alt: Any, rows: tuple[Row, ...], outcomes: list[str], year: str) -> Any:
    shown = []
    named = {str(row["outcome"]): _short(str(row["about"])) for row in rows}
    what = list(dict.fromkeys(str(row["what"]) for row in rows))
    for outcome in outcomes:
        mine = [row for row in rows if row["outcome"] == outcome and row["year"] == year]
        total = sum(max(float(row["share"] or 0), 0.0) for row in mine) or 1.0
        shown += [
            {"outcome": named[outcome], "what": row["what"], "order": place, "share": max(float(row["share"] or 0), 0.0) / total}
            for place, row in enumerate(mine)
        ]  # fmt: skip
    scale = alt.Scale(domain=what, range=list(SOURCES[: len(what)]))
    bars = (
        alt.Chart(alt.Data(values=shown))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            y=alt.Y("outcome:N", sort=[named[each] for each in outcomes], title=None, axis=alt.Axis(orient="right", labelLimit=300, grid=False)),
            x=alt.X("share:Q", stack="zero", title=None, axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("what:N", sort=what, scale=scale, legend=alt.Legend(orient="top", direction="horizontal", symbolType="square", offset=6)),
            order=alt.Order("order:Q"),
            tooltip=["outcome:N", "what:N", alt.Tooltip("share:Q", format=".0%")],
        )
    )  # fmt: skip
    return bars.properties(
        width=440,
        height=22 * len(outcomes),
        title=heading(f"What the spread at the end of {year} comes from (shares of the variance)", 500),
    )
