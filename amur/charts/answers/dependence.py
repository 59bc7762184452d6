"""Who needs whom: sectors both ways as dots, what a cut costs each by quarter, and leverage through time beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts import room
from amur.charts.dots import Dot, Dots, dots, paged
from amur.charts.fans import Fan, fans
from amur.charts.panels import Line, Lines, finish, lines
from amur.charts.style import COLOURS
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

NAN = float("nan")
RECORD, MODEL = "the record, latest", "the model's books, with 90%"
TWO, GAP = 640, 24
"""Width of a page from which costs and leverage stand side by side, and the pixels between."""
TOLD = {
    "sectors-russia": ("Russia on China: China's share of what Russia sells and buys", "Percent"),
    "sectors-china": ("China on Russia: Russia's share of what China sells and buys", "Percent"),
    "leverage": ("Beijing's leverage over Moscow", "Index, with the middle 50% and 90% of futures"),
}
"""What a part is called, and what is said under it."""
PAGE = 720
"""Width of a part that no width is told for."""
SHOWN = 26
"""Measures drawn at most of a pair that the record alone answers for."""


def draw(answer: Answer, width: int | None = None) -> Any:
    """Sectors both ways, cost by quarter and leverage; of the record alone, the sectors or measures both ways."""
    import altair as alt

    told = [_sources(answer)]
    if width is not None:
        parts = _parts(answer, width)
        beside = [name for name in ("costs", "leverage") if name in parts]
        drawn = [draws() for name, draws in parts.items() if name not in beside]
        if width >= TWO and len(beside) == 2:
            half = _parts(answer, (width - GAP) // 2)
            drawn.append(room.stack([half[name]() for name in beside], columns=2, spacing=GAP))
        else:
            drawn += [parts[name]() for name in beside]
        title = answer.title if "paths" not in answer.tables else _title(answer)
        more = _cost_in_words(answer) if "paths" in answer.tables else []
        return finish(room.stack(drawn), title, [*more, *told])
    if "paths" not in answer.tables:
        whole = alt.concat(*_recorded(answer), columns=1, spacing=14)
        return finish(whole, answer.title, told)
    left = alt.vconcat(*(_sectors(answer.tables["sectors"], who) for who in ("Russia", "China")), spacing=16)
    right = alt.vconcat(_costs(answer), _leverage(answer), spacing=16)
    whole = alt.concat(left, right, columns=2, spacing=28).resolve_scale(
        color="independent", shape="independent"
    )
    return finish(whole, _title(answer), [*_cost_in_words(answer), *told])


def more(answer: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Each part as a chart of its own: the sectors of each side, what a cut costs, leverage."""

    def part(name: str) -> Any:
        title, under = answer.title, ""
        if name == "costs":
            title, under = " ".join(_title(answer)), " ".join(_cost_in_words(answer))
        elif name in TOLD:
            title, under = TOLD[name]
        drawn = _parts(answer, width or PAGE)[name]()
        return finish(
            room.stack([drawn if name in ("costs", "leverage") else room.untitled(drawn)]), title, under
        )

    return {name: partial(part, name) for name in _parts(answer, width or PAGE)}


def _parts(answer: Answer, width: int) -> dict[str, Callable[[], Any]]:
    """What draws the parts for a page."""
    tables = answer.tables
    if "sectors" in tables:
        made: dict[str, Callable[[], Any]] = {
            f"sectors-{who.lower()}": partial(_sectors, tables["sectors"], who, width)
            for who in ("Russia", "China")
        }
        if "paths" in tables:
            made |= {"costs": partial(_costs, answer, width), "leverage": partial(_leverage, answer, width)}
        return made
    dyads = dict.fromkeys(str(row["dyad"]) for row in _shares(answer))
    return {dyad.lower(): partial(_measures, answer, dyad, width) for dyad in dyads}


def _title(answer: Answer) -> Any:
    """The finding, in as many lines as the picture is wide."""
    import textwrap

    return textwrap.wrap(answer.title, 100)


def _bare(chart: Any) -> Any:
    """A part without heading and theme: the whole picture has one of each."""
    import altair as alt

    chart.title = chart.usermeta = chart.config = alt.Undefined
    return chart


def _number(value: Any) -> float:
    return NAN if value is None else float(value)


def _sectors(rows: tuple[Row, ...], who: str, width: int | None = None) -> Any:
    drawn = []
    for row in rows:
        if row["who"] != who:
            continue
        name = f"{row['does'].split()[0]} {row['sector']}" if row["does"] else row["sector"]  # type: ignore[union-attr]
        when = f" ({row['period']})" if row["period"] else ""
        drawn.append(Dot(f"{name}{when}", RECORD, _number(row["share"])))
        if "model" in row:
            drawn.append(
                Dot(f"{name}{when}", MODEL, _number(row["model"]), _number(row["model_low"]), _number(row["model_high"]))
            )  # fmt: skip
    other = "China" if who == "Russia" else "Russia"
    panel = Dots(f"{who} on {other}: {other}'s share", drawn, domain=(0.0, 100.0), zero=False, unit="percent")
    return _bare(dots([panel], columns=1, width=250)) if width is None else _panel(panel, width)


def _panel(panel: Dots, width: int) -> Any:
    """A panel for a page; the record and the model have the same two colours everywhere."""
    return paged(panel, [RECORD, MODEL] if any(dot.kind == MODEL for dot in panel.dots) else [RECORD], width)


def _costs(answer: Answer, width: int | None = None) -> Any:
    import altair as alt

    cut = answer.numbers[0].keys["cut"]
    rows = [row for row in answer.tables["paths"] if row["cut"] == cut]
    drawn = []
    for side, name in (
        ("Russia", "Russia"),
        ("China", "China"),
        ("Russia, turning", "Russia, if the rest turns"),
    ):
        own = [row for row in rows if row["side"] == side]
        if not own:
            continue
        quarters, middle, low, high = (
            [_number(row[key]) for row in own] for key in ("quarter", "middle", "low90", "high90")
        )
        band = (low, high) if side != "Russia, turning" else ((), ())
        drawn.append(Line(name, quarters, middle, *band))
    title = next(str(row["title"]) for row in answer.tables["costs"] if row["cut"] == cut)
    panel = Lines(f"Cost in percent of GDP, with 90%, if {title}", drawn)
    size: dict[str, Any] = {"width": 330} if width is None else {"total": width}
    chart = _bare(lines([panel], x="quarters after the cut", zero=True, columns=1, height=190, **size))
    for layer in chart.concat[0].layer:
        # One colour a country, as everywhere.
        if layer.encoding.color is not alt.Undefined:
            layer.encoding.color["scale"]["range"] = [COLOURS["RUS"], COLOURS["CHN"], COLOURS["IND"]][
                : len(drawn)
            ]
    return chart


def _leverage(answer: Answer, width: int | None = None) -> Any:
    rows = answer.tables["leverage"]
    bands = [
        [_number(row[f"leverage_chn_{level}"]) for row in rows]
        for level in ("low90", "low50", "middle", "high50", "high90")
    ]
    fan = Fan(
        "Beijing's leverage over Moscow, with 50% and 90%",
        "index",
        [_number(row["year"]) + 0.875 for row in rows],
        bands,
    )
    if width is not None:
        return _bare(fans([fan], total=width, height=190))
    return _bare(fans([fan], columns=1, width=330, height=190))


def _recorded(answer: Answer) -> list[Any]:
    if "sectors" in answer.tables:
        return [_sectors(answer.tables["sectors"], who) for who in ("Russia", "China")]
    return [_measures(answer, dyad) for dyad in dict.fromkeys(str(row["dyad"]) for row in _shares(answer))]


def _shares(answer: Answer) -> list[Row]:
    """Measures that are shares. AmurError where there is none."""
    rows = [row for row in answer.tables["measures"] if row["unit"] == "percent"][:SHOWN]
    if not rows:
        raise AmurError(
            "nothing of this pair is a share that could be drawn",
            field="save",
            mend="Save it as .csv or .json.",
        )
    return rows


def _measures(answer: Answer, dyad: str, width: int | None = None) -> Any:
    rows = _shares(answer)
    top = 1.05 * max(_number(row["value"]) for row in rows)
    own = [row for row in rows if row["dyad"] == dyad]
    drawn = [Dot(f"{row['title']} ({row['period']})", RECORD, _number(row["value"])) for row in own]
    panel = Dots(f"{dyad[:3]} on {dyad[4:]}", drawn, domain=(0.0, top), zero=False, unit="percent")
    return _bare(dots([panel], columns=1, width=300)) if width is None else _panel(panel, width)


def _cost_in_words(answer: Answer) -> list[str]:
    from amur.questions.words import spread

    cut = answer.numbers[0].keys["cut"]
    own = [
        each
        for each in answer.numbers
        if each.name == "cost" and each.keys.get("cut") == cut and each.keys.get("over") == "4 quarters"
        and each.keys.get("way") == "books"
    ]  # fmt: skip
    return ["First four quarters: " + "; ".join(f"{each.keys['side']} {spread(each)}" for each in own) + "."]


def _sources(answer: Answer) -> str:
    made = answer.made
    if not made.futures:
        return f"The record alone; sources with each figure in the answer. Amur {made.version}."
    return (
        f"{made.futures:,} futures, readings weighed by {made.weighed}; sources of the record with each figure in the "
        f"answer. Amur {made.version}."
    )
