"""The charts of a what-if for a page that follows a lever: futures with and without, end states, decisions.

Each is laid out once for a width; only its rows change with what is asked, so that a page can put new rows into a picture
that is there already. The rows are the dataset :data:`ROWS` of the specification.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.charts.style import COLOURS, GRID, INK, MUTED, theme
from amur.questions.words import figure, percent

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

ROWS = "twins"
"""The name of the rows in a specification."""
BASELINE, AGAINST, UNDER = "Baseline", "Against", "What if"
WORLDS = {"baseline": BASELINE, "against": AGAINST, "under": UNDER}
SHADES = {BASELINE: MUTED, AGAINST: COLOURS["RUS"], UNDER: COLOURS["CHN"]}
MOST = 3
"""Dates that end states are drawn for."""
CHANGED = 8
"""Options of decisions that are drawn."""
SMALL = 290
"""The least width of futures, two of which stand side by side in a column."""
PERCENT: dict[str, Any] = {"format": "%", "tickCount": 4, "title": None}


class Laid(NamedTuple):
    """A chart that is laid out already."""

    spec: Mapping[str, Any]

    def to_dict(self, validate: bool = False) -> dict[str, Any]:
        """The specification."""
        return dict(self.spec)


def charts(of: Answer, width: int | None = None) -> dict[str, Callable[[], Laid]]:
    """What draws each, by name: ``paths-QUANTITY`` for each quantity whose paths are told, ``endstates``, ``decisions``."""

    def laid(name: str, told: list[dict[str, Any]]) -> Laid:
        shape = layouts(of, width or 520)[name.partition("-")[0]]
        return Laid({**shape, "data": {"name": ROWS, "values": told}})

    return {name: partial(laid, name, told) for name, told in rows(of).items()}


def layouts(of: Answer, width: int) -> dict[str, dict[str, Any]]:
    """The specifications without their rows: of ``paths``, ``endstates`` and ``decisions``."""
    return {
        "paths": _fan(SMALL if width < 400 else width),
        "endstates": _states(width, len(shown_dates(of)), _order(of)),
        "decisions": _decisions(width),
    }


def warm(width: int) -> None:
    """Lay out beforehand what does not depend on an answer."""
    _fan(SMALL if width < 400 else width)
    _decisions(width)


def rows(of: Answer) -> dict[str, list[dict[str, Any]]]:
    """The rows of each chart by its name; charts without any are left out."""
    made = {f"paths-{name}": fan_rows(of, name) for name in drawn(of)}
    made |= {"endstates": state_rows(of, shown_dates(of)), "decisions": decision_rows(of)}
    return {name: told for name, told in made.items() if told}


def drawn(of: Answer) -> tuple[str, ...]:
    """The quantities whose paths are told, the strongest first."""
    return tuple(dict.fromkeys(str(row["quantity"]) for row in of.tables["paths"]))


def shown_dates(of: Answer) -> tuple[str, ...]:
    """The dates that end states are drawn for: all, or the first, the middle and the last."""
    dates = tuple(dict.fromkeys(str(row["when"]) for row in of.tables["endstates"]))
    return dates if len(dates) <= MOST else (dates[0], dates[len(dates) // 2], dates[-1])


def fan_rows(of: Answer, quantity: str) -> list[dict[str, Any]]:
    """A row to each world and year, with what is said where it is pointed at."""
    return [
        {
            "year": row["year"], "world": WORLDS[str(row["world"])],
            **{name: row[name] for name in ("middle", "low50", "high50", "low90", "high90")},
            "median": _figure(row, "middle"), "90%": f"{_figure(row, 'low90')} to {_figure(row, 'high90')}",
        }
        for row in of.tables["paths"]
        if row["quantity"] == quantity
    ]  # fmt: skip


def state_rows(of: Answer, dates: Sequence[str]) -> list[dict[str, Any]]:
    """Two rows to each end state and date: its probability without and with what is done."""
    without = AGAINST if _against(of) else BASELINE
    return [
        {
            "state": row["title"], "when": str(row["when"]).removesuffix("-Q4"), "world": world, "share": row[name],
            "told": percent(_number(row[name])), "order": place,
        }
        for row in of.tables["endstates"]
        if row["when"] in dates
        for place, (world, name) in enumerate(((without, "without"), (UNDER, "under")))
    ]  # fmt: skip


def decision_rows(of: Answer) -> list[dict[str, Any]]:
    """A row to each option whose probability changes most: where it was, where it is."""
    rows = {(f"{row['decision']}:{row['option']}", str(row["when"])): row for row in of.tables["decisions"]}
    told = [
        (each, rows[each.name, each.keys["when"]])
        for each in of.numbers
        if (each.name, each.keys.get("when", "")) in rows
    ]
    return [
        {
            "name": f"{each.about}, {each.keys['when'].removesuffix('-Q4')}", "without": row["without"], "under": row["under"],
            "told": f"{percent(_number(row['without']))} to {percent(_number(row['under']))}",
            "place": place, "world": UNDER, "other": AGAINST if _against(of) else BASELINE,
        }
        for place, (each, row) in enumerate(told[:CHANGED])
    ]  # fmt: skip


# ---------------------------------------------------------------- layouts


@cache
def _fan(width: int) -> dict[str, Any]:
    import altair as alt

    base = alt.Chart(_empty()).encode(
        x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False)).axis(format="d", tickCount=5, grid=False),
        color=_colour(alt),
    )
    up: dict[str, Any] = {
        "title": None,
        "scale": alt.Scale(zero=False),
        "axis": alt.Axis(tickCount=5, format=",.6~g"),
    }
    tips = [alt.Tooltip(name) for name in ("world:N", "year:Q", "median:N", "90%:N")]
    made = alt.layer(
        base.mark_area(opacity=0.12).encode(y=alt.Y("low90:Q", **up), y2="high90:Q"),
        base.mark_area(opacity=0.22).encode(y=alt.Y("low50:Q", **up), y2="high50:Q"),
        base.mark_line(strokeWidth=2.2).encode(y=alt.Y("middle:Q", **up)),
        base.mark_point(size=90, filled=True, opacity=0).encode(y=alt.Y("middle:Q", **up), tooltip=tips),
    ).properties(width="container", height=_high(width))
    return _told(made, width - 52)


@cache
def _states(width: int, dates: int, order: tuple[str, ...]) -> dict[str, Any]:
    import altair as alt

    columns = 1 if width < 500 else max(dates, 1)
    names = 118
    room = int((width - names - 26 * columns) / columns) - (16 if columns > 1 else 0)
    base = alt.Chart(_empty()).encode(
        y=alt.Y(
            "state:N", sort=list(order), title=None,
            axis=alt.Axis(labelLimit=names, ticks=False, domain=False, labelPadding=6, minExtent=names, maxExtent=names),
        ),
        yOffset=alt.YOffset("order:O"),
    )  # fmt: skip
    x = alt.X("share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(**PERCENT, grid=True, gridColor=GRID))
    bars = base.mark_bar(height=alt.RelativeBandSize(0.86)).encode(x=x, color=_colour(alt))
    words = base.mark_text(align="left", dx=4, fontSize=12, color=INK).encode(x=x, text="told:N")
    made = (
        alt.layer(bars, words)
        .properties(width=room, height=alt.Step(13))
        .facet(
            facet=alt.Facet(
                "when:N", title=None, header=alt.Header(labelFontWeight=600, labelFontSize=13, labelColor=INK)
            ),
            columns=columns,
            spacing=16,
        )
    )
    return _told(made)


@cache
def _decisions(width: int) -> dict[str, Any]:
    import altair as alt

    above = width < 500
    names = 0 if above else min(300, int(width * 0.5))
    y = alt.Y("name:N", sort=alt.EncodingSortField("place"), title=None)
    axis = alt.Axis(labelLimit=max(names, 1), ticks=False, domain=False, labelPadding=6, grid=False)
    y = y.axis(None) if above else y.axis(axis)
    base = alt.Chart(_empty()).encode(y=y)
    scale = alt.Scale(domain=[0, 1])
    x: dict[str, Any] = {"scale": scale, "axis": alt.Axis(**PERCENT, grid=True, gridColor=GRID)}
    colour = alt.Color("other:N", scale=_scale(alt), legend=None)
    dots = [
        base.mark_rule(strokeWidth=2.4, color=MUTED).encode(x=alt.X("without:Q", **x), x2="under:Q"),
        base.mark_point(filled=True, size=80, opacity=1).encode(x=alt.X("without:Q", **x), color=colour, tooltip=["name:N", "told:N"]),
        base.mark_point(filled=True, size=110, opacity=1).encode(x=alt.X("under:Q", **x), color=_colour(alt), tooltip=["name:N", "told:N"]),
    ]  # fmt: skip
    if above:
        dots.append(base.mark_text(align="left", baseline="bottom", dy=-8, fontSize=12, color=INK).encode(x=alt.value(0), text="name:N"))  # fmt: skip
    room = width - names - 30
    made = alt.layer(*dots).properties(width=room, height=alt.Step(42 if above else 26))
    return _told(made)


def _told(chart: Any, width: int | None = None) -> dict[str, Any]:
    made: dict[str, Any] = chart.properties(config=theme()).to_dict(validate=False)
    if width is not None:
        made["width"] = width
    return made


def _empty() -> Any:
    import altair as alt

    return alt.NamedData(ROWS)


def _colour(alt: Any) -> Any:
    return alt.Color("world:N", scale=_scale(alt), legend=None)


def _scale(alt: Any) -> Any:
    return alt.Scale(domain=list(SHADES), range=list(SHADES.values()))


def _high(width: int) -> int:
    return 170 if width < 400 else 190 if width < 700 else 240


def _order(of: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row["title"]) for row in of.tables["endstates"]))


def _against(of: Answer) -> bool:
    return any(row["side"] == "against" for row in of.tables["worlds"])


def _figure(row: Row, name: str) -> str:
    return f"{figure(_number(row[name]))} {row['unit']}"


def _number(value: object) -> float:
    return float(str(value)) if value is not None else 0.0
