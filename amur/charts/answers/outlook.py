"""Where is it heading? Fans joined to history, shares of end states through time, and what the spread comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts import room
from amur.charts.fans import Fan, fans
from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, INK, MUTED

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

MOST = 6
"""Fans drawn; all are in the table."""
WIDE = 640
"""Width of a page from which a legend stands beside its chart."""
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
    names = _quantities(answer)[:MOST]
    if names:
        parts.append(_fans(alt, answer, names, width))
    parts += _decisions(alt, answer, width).values()
    parts += [_states(alt, answer, width), _spread(alt, answer, width)]
    if width is not None:
        return finish(room.stack(parts), _title(answer), _told(answer))
    whole = alt.concat(*parts, columns=1, spacing=22).resolve_scale(color="independent")
    return finish(whole, _title(answer), _told(answer))


def more(answer: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Each part as a chart of its own, and one of each quantity (``fan-NAME``)."""
    import altair as alt

    about = {each.name: (each.about, each.unit) for each in answer.numbers}
    names = _quantities(answer)

    def fans() -> Any:
        told = "Quantities to come, joined to history"
        return finish(_fans(alt, answer, names, width), told, _told(answer))

    def fan(name: str) -> Any:
        title = f"{_short(about[name][0])}, {about[name][1]}"
        return finish(_fans(alt, answer, [name], width or 640), title, _told(answer))

    def decision(name: str) -> Any:
        return finish(
            room.stack([room.untitled(_decisions(alt, answer, width)[name])]),
            f"Decision: {name}",
            "Shares of futures",
        )

    def endstates() -> Any:
        told = "Shares of futures, by the rules of the end states"
        return finish(room.stack([room.untitled(_states(alt, answer, width))]), _title(answer), told)

    def spread() -> Any:
        drawn = room.stack([room.untitled(_spread(alt, answer, width))])
        return finish(
            drawn,
            f"What the spread at the end of {answer.numbers[0].keys['year']} comes from",
            "Shares of the variance",
        )

    return {
        **({"fans": fans} if names else {}),
        **{f"fan-{name}": partial(fan, name) for name in names},
        **{f"decision-{name}": partial(decision, name) for name in _decided(answer)},
        "endstates": endstates,
        "spread": spread,
    }


def _quantities(answer: Answer) -> list[str]:
    return list(dict.fromkeys(str(row["quantity"]) for row in answer.tables["fans"]))


def _decided(answer: Answer) -> list[str]:
    return list(dict.fromkeys(str(row["decision"]) for row in answer.tables["decisions"]))[:2]


def _decisions(alt: Any, answer: Answer, width: int | None) -> dict[str, Any]:
    made = {}
    for name in _decided(answer):
        shown = [dict(row) for row in answer.tables["decisions"] if row["decision"] == name]
        told = f"Decision: {name}; shares of futures"
        made[name] = _stack(alt, shown, "option", told, list(COLOURS.values()), width)
    return made


def _states(alt: Any, answer: Answer, width: int | None) -> Any:
    states = [dict(row) for row in answer.tables["endstates"]]
    return _stack(alt, states, "endstate", "End state; shares of members", STATES, width)


def _spread(alt: Any, answer: Answer, width: int | None) -> Any:
    outcomes = [*_quantities(answer)[:MOST], *_decided(answer), "endstate"]
    rows, year = answer.tables["spread"], answer.numbers[0].keys["year"]
    return (
        _bars(alt, rows, outcomes, year) if width is None else _bars_in_rows(alt, rows, outcomes, year, width)
    )


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


def _fans(alt: Any, answer: Answer, names: list[str], width: int | None = None) -> Any:
    about = {each.name: (each.about, each.unit) for each in answer.numbers}
    drawn = []
    for name in names:
        rows = [row for row in answer.tables["fans"] if row["quantity"] == name]
        seen = [float("nan") if row["seen"] is None else float(row["seen"]) for row in rows]
        bands = [[float(row[band] or 0) for row in rows] for band in BANDS]
        title, unit = about[name]
        drawn.append(Fan(_short(title), unit, [float(row["year"] or 0) + 0.5 for row in rows], bands, seen))
    chart = fans(drawn, width=190, height=104) if width is None else fans(drawn, total=width)
    for panel in chart.concat:
        line = alt.Chart(alt.Data(values=[{"at": NOW + 0.5}]))
        panel.layer.append(line.mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="at:Q"))
    # The whole picture has one heading, one theme and one account of what it rests on.
    chart.title = chart.usermeta = chart.config = alt.Undefined
    return chart


def _short(about: str) -> str:
    """What a quantity is, without what explains it."""
    return about.partition(" (")[0].partition(":")[0]


def _stack(
    alt: Any, rows: list[dict[str, Any]], by: str, title: str, palette: Sequence[str], width: int | None = None
) -> Any:
    names = list(dict.fromkeys(str(row[by]) for row in rows))
    shown = [
        row | {by: str(row[by]).replace("-", " "), "order": names.index(str(row[by]))}
        for row in rows
        if row["year"] >= SINCE
    ]
    words = [name.replace("-", " ") for name in names]
    colours = [palette[place % len(palette)] for place in range(len(names))]
    legend, wide, high = alt.Legend(orient="right", symbolType="square"), 440, 150
    if width is not None:
        beside = int(max(map(len, words)) * room.LETTER) + 36
        high = 210
        wide = width - (beside if width >= WIDE else 0)
        if width < WIDE:
            legend = room.legend(alt, words, wide, "square")
        else:
            legend = alt.Legend(orient="right", symbolType="square", symbolSize=90, rowPadding=3)
    base = alt.Chart(alt.Data(values=tuple(shown)))
    area = base.mark_area(opacity=0.9, stroke="white", strokeWidth=0.5).encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=8), scale=alt.Scale(nice=False, zero=False))
        if width is None else room.along(alt, "year:Q", wide),
        y=alt.Y("share:Q", title=None, stack="zero", axis=alt.Axis(format="%", tickCount=5, **({} if width is None else {"offset": -room.AXIS})), scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            f"{by}:N", sort=words, scale=alt.Scale(domain=words, range=colours), legend=legend
        ),
        order=alt.Order("order:Q", sort="descending"),
        tooltip=[f"{by}:N", "year:Q", alt.Tooltip("share:Q", format=".1%")],
    )  # fmt: skip
    line = alt.Chart(alt.Data(values=[{"at": NOW}])).mark_rule(color=INK, strokeDash=[3, 3]).encode(x="at:Q")
    over = heading(title, 440) if width is None else room.heading(title, wide)
    return alt.layer(area, line).properties(width=wide, height=high, title=over)


def _parts(
    rows: tuple[Row, ...], outcomes: list[str], year: str
) -> tuple[list[dict[str, Any]], dict[str, str], list[str]]:
    """Parts of the spread of each outcome as shares of all, the outcomes' names, and those of the parts."""
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
    return shown, named, what


def _bars_in_rows(alt: Any, rows: tuple[Row, ...], outcomes: list[str], year: str, width: int) -> Any:
    """For a page."""
    shown, named, what = _parts(rows, outcomes, year)
    place = room.rows([named[each] for each in outcomes], width, 18, gap=6)
    reached: dict[str, float] = {}
    for row in shown:
        row["y"] = place.centres[row["outcome"]]
        row["from"] = reached.get(row["outcome"], 0.0)
        row["to"] = reached[row["outcome"]] = row["from"] + row["share"]
    colour = alt.Color(
        "what:N",
        sort=what,
        scale=alt.Scale(domain=what, range=list(SOURCES[: len(what)])),
        legend=room.legend(alt, what, width, "square"),
    )
    bars = (
        alt.Chart(alt.Data(values=tuple(shown)))
        .mark_bar(height=17, stroke="white", strokeWidth=0.5)
        .encode(
            y=room.up(alt, place),
            x=alt.X(
                "from:Q", title=None, axis=alt.Axis(format="%", tickCount=room.ticks(place.plot), grid=False),
                scale=alt.Scale(domain=[0, 1], range=place.reach),
            ),
            x2="to:Q",
            color=colour,
            tooltip=["outcome:N", "what:N", alt.Tooltip("share:Q", format=".0%")],
        )
    )  # fmt: skip
    told = f"What the spread at the end of {year} comes from (shares of the variance)"
    return alt.layer(*room.named(alt, place), bars).properties(
        width=width, height=place.height, title=room.heading(told, place)
    )


def _bars(alt: Any, rows: tuple[Row, ...], outcomes: list[str], year: str) -> Any:
    shown, named, what = _parts(rows, outcomes, year)
    scale = alt.Scale(domain=what, range=list(SOURCES[: len(what)]))
    bars = (
        alt.Chart(alt.Data(values=tuple(shown)))
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
