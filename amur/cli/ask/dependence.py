"""``amur ask dependence``: who needs whom, where, and what would a cut cost?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, AsOf, Force, said

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row


def command(
    dyad: Annotated[
        str,
        typer.Option(help="Two ISO3 codes; other pairs are answered from the record alone", callback=said),
    ] = "RUS-CHN",
    cut: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="One cut: china-stops-buying, russia-stops-selling, china-stops-selling, payments-stop, all-trade",
            callback=said,
        ),
    ] = "",
    share: Annotated[float, typer.Option(help="The part of the flows that is cut, 0 to 1")] = 1.0,
    as_of: AsOf = "",
    futures: common.Futures = 2048,
    seed: common.Seed = 1,
    weights: common.Weights = "stacking",
    save: common.Save = "",
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Who needs whom, by sector and both ways, what a cut would cost each, and how fast it heals."""
    asked = {
        "dyad": dyad,
        "cut": cut,
        "share": share,
        "as_of": as_of,
        "futures": futures,
        "seed": seed,
        "weights": weights,
    }
    common.answer("dependence", asked, json, save, force, more=tables)


def tables(made: Answer) -> None:
    """The sectors, the cost of every cut, and the time to replace, as tables."""
    from amur.cli import output

    for title, columns, right, rows in (
        ("Who needs whom, by sector", SECTORS, SECTORS_RIGHT, [_sector(row) for row in made.tables.get("sectors", ())]),
        ("What a cut costs, four quarters", COSTS, COSTS_RIGHT, _costs(made.tables.get("costs", ()))),
        ("Time to replace the other", TIMES, TIMES_RIGHT, [_time(row) for row in made.tables.get("times", ())]),
    ):  # fmt: skip
        if rows:
            output.say()
            output.say(output.heading(title))
            output.say(output.table(columns, rows, right=right, wrap=columns[-1:]))


SECTORS = ("who", "sector", "share", "when", "in the model", "concentration", "what, source")
SECTORS_RIGHT = ("share", "in the model", "concentration")
COSTS = ("cut", "Russia", "% of GDP", "China", "% of GDP of China", "for their size")
COSTS_RIGHT = COSTS[1:]
TIMES = ("who", "sector", "half", "most", "found by", "how, source")
TIMES_RIGHT = ("half", "most")


def _sector(row: Row) -> Sequence[object]:
    told = f"{row['about']} ({row['source']})" if row["source"] else row["about"]
    spread = f"{_number(row['low'], 0)}-{_number(row['high'], 0)}" if row["low"] is not None else ""
    return (
        f"{row['who']} {row['does']}", row["sector"], f"{_number(row['share'])}%" if row["share"] is not None else "-",
        row["period"], f"{_number(row.get('model'))}%" if row.get("model") is not None else "", spread, told,
    )  # fmt: skip


def _costs(rows: Sequence[Row]) -> list[Sequence[object]]:
    made: list[Sequence[object]] = []
    for name in dict.fromkeys(str(row["cut"]) for row in rows):
        own = {
            (row["name"], row["side"]): row
            for row in rows
            if row["cut"] == name and row["quarters"] == 4 and row["way"] in ("", "books")
        }
        russia, china = own["cost", "Russia"], own["cost", "China"]
        made.append(
            (
                name,
                _dollars(russia),
                f"{_number(own['cost-gdp', 'Russia']['value'], 2)}%",
                _dollars(china),
                f"{_number(own['cost-gdp', 'China']['value'], 2)}%",
                f"{_number(own['asymmetry', '']['value'])} : 1",
            )
        )
    return made


def _dollars(row: Row) -> str:
    return f"US$ {_number(row['value'], 0)} bn ({_number(row['low90'], 0)}-{_number(row['high90'], 0)})"


def _time(row: Row) -> Sequence[object]:
    most = _number(row["quarters"])
    if row["low"] is not None and row["high"] is not None:
        most += f" ({_number(row['low'])}-{_number(row['high'])})"
    return (f"{row['who']} {row['does']}", row["sector"], _number(row["half"]), most, row["basis"], f"{row['how']} ({row['source']})")  # fmt: skip


def _number(value: object, digits: int = 1) -> str:
    return "-" if not isinstance(value, int | float) else f"{value:,.{digits}f}"
