"""``amur ask levers``: what can be done, by whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, Force, all_said, said

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

SHOWN = 10
"""Portfolios printed; all are in --json."""


def command(
    actor: Annotated[
        str,
        typer.Option(
            "--actor", metavar="WHO", help="washington, brussels, coalition, beijing or moscow", callback=said
        ),
    ] = "washington",
    when: Annotated[
        str, typer.Option("--when", metavar="QUARTERS", help="Dates at which aims are judged", callback=said)
    ] = "2030-Q4,2036-Q4",
    most: Annotated[int, typer.Option("--most", help="Levers in a portfolio at most")] = 4,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            "--weight",
            metavar="NAME=N",
            help="Weigh an aim or cost otherwise; may be given again",
            callback=all_said,
        ),
    ] = None,
    aims: Annotated[
        str,
        typer.Option("--aims", metavar="FILE", help="Aims, costs or levers of your own (.toml)", callback=said),
    ] = "",
    futures: common.Futures = 2048,
    seed: common.Seed = 1,
    weights: common.Weights = "stacking",
    json: AsJson = False,
    save: common.Save = "",
    force: Force = False,
) -> None:
    """What can be done, by whom? An actor's levers, alone and together, against that actor's own aims and costs."""
    asked = {
        "actor": actor,
        "when": when,
        "most": most,
        "weight": ",".join(weight or []),
        "aims": aims,
        "futures": futures,
        "seed": seed,
        "weights": weights,
    }
    common.answer("levers", asked, json, save, force, more=_more)


def _more(made: Answer) -> None:
    """Levers alone, portfolios that no other betters, aims and when the best fails, as tables."""
    from amur.cli import output

    output.say()
    output.say(output.heading("Each lever alone, in points"))
    columns: tuple[str, ...] = ("lever", "gain", "90% interval", "cost", "net", "error")
    rows: list[tuple[object, ...]] = [
        (row["title"], _two(row, "gain"), f"{_two(row, 'low')} to {_two(row, 'high')}", _two(row, "cost"),
         _two(row, "net"), _two(row, "net error"))
        for row in made.tables["levers"]
    ]  # fmt: skip
    output.say(output.table(columns, rows, right=columns[1:], wrap=("lever",)))
    output.say()
    output.say(output.heading("Portfolios that none betters in gain and cost, and the most robust"))
    columns = ("levers", "gain", "cost", "net", "error", "worst regret", "under")
    shown = [row for row in made.tables["portfolios"] if row["not dominated"] or row["robust"]]
    rows = [
        (row["levers"] or "none", _two(row, "gain"), _two(row, "cost"), _two(row, "net"), _two(row, "error"),
         _two(row, "worst regret"), row["worst reading"] if row["worst regret"] else "")
        for row in shown[:SHOWN]
    ]  # fmt: skip
    output.say(output.table(columns, rows, right=columns[1:-1], wrap=("levers",)))
    output.say()
    last = made.tables["aims"][-1]["when"]
    output.say(
        output.heading(
            f"The aims and costs, what the best portfolio does to them by {last}, and why they count"
        )
    )
    columns = ("", "kind", "wanted", "weight", "points", "why")
    rows = [
        (
            row["about"],
            row["kind"],
            row["want"],
            f"{row['weight']:g}",
            _two(row, "points"),
            row["why"],
        )
        for row in made.tables["aims"]
        if row["best"] and row["when"] == last
    ]
    output.say(output.table(columns, rows, right=("weight", "points"), wrap=("", "why")))


def _two(row: Row, name: str) -> str:
    from amur.questions.words import figure

    return figure(float(row[name] or 0))
