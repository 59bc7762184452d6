"""``amur ask outlook``: where is it heading?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, Force, all_said, said

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row


def command(
    quantity: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUANTITY", help="States, flows, forcings or decisions to follow", callback=all_said
        ),
    ] = None,
    quantities: Annotated[
        str,
        typer.Option("--quantity", metavar="NAMES", help="The same, with commas between them", callback=said),
    ] = "",
    until: Annotated[str, typer.Option("--until", metavar="YEAR", help="The last year, to 2046")] = "2046",
    endstates: Annotated[
        str,
        typer.Option(
            "--endstates", metavar="FILE", help="Rules of end states of your own (.toml)", callback=said
        ),
    ] = "",
    futures: common.Futures = 2048,
    seed: common.Seed = 1,
    weights: common.Weights = "stacking",
    json: AsJson = False,
    save: common.Save = "",
    force: Force = False,
) -> None:
    """Where is it heading? Fans to 2046, how likely each end state is and when it comes, and what the spread comes from."""
    names = [*(quantity or []), *(each.strip() for each in quantities.split(",") if each.strip())]
    asked = {
        "quantities": tuple(names),
        "until": until,
        "endstates": endstates,
        "futures": futures,
        "seed": seed,
        "weights": weights,
    }
    common.answer("outlook", asked, json, save, force, more=_more)


def _more(made: Answer) -> None:
    """What comes when, and what the spread comes from, as tables."""
    from amur.cli import output

    output.say()
    output.say(output.heading("How likely each end state is reached at all, and when first"))
    columns = ("end state", "ever", "90% interval", "first entered", "half of them", "nine in ten")
    output.say(output.table(columns, _passages(made), right=columns[1:]))
    output.say()
    year = made.numbers[0].keys["year"]
    output.say(output.heading(f"What the spread in {year} comes from"))
    heads = list(dict.fromkeys(str(row["what"]) for row in made.tables["spread"]))
    output.say(output.table(("outcome", *heads), _sources(made.tables["spread"], year, heads), right=heads))
    output.say(
        output.paragraph("Shapley effects: shares of the variance, which sum to 100%; ± one Monte Carlo error.")
    )


def _passages(made: Answer) -> list[tuple[str, ...]]:
    rows = []
    entered = {each.keys["endstate"]: each for each in made.numbers if each.name.endswith(" entered")}
    for each in sorted(made.numbers, key=lambda each: -each.value):
        if each.name.endswith(" ever"):
            when = entered.get(each.keys["endstate"])
            dates = (
                [str(int(each)) for each in (when.low50, when.high50, when.low90, when.high90)] if when else []
            )
            rows.append(
                (
                    each.about.partition(" at some time")[0], common.value(each), common.interval(each),
                    common.value(when) if when else "", *([f"{dates[0]} to {dates[1]}", f"{dates[2]} to {dates[3]}"] if dates else ["", ""]),
                )
            )  # fmt: skip
    return rows


def _sources(rows: tuple[Row, ...], year: str, heads: list[str]) -> list[tuple[str, ...]]:
    made: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["year"] == year and row["kind"] in ("quantity", "endstates"):
            cell = f"{max(float(row['share'] or 0), 0):.0%} ±{float(row['error'] or 0):.0%}"
            made.setdefault(str(row["outcome"]), {})[str(row["what"])] = cell
    return [(name, *(cells[head] for head in heads)) for name, cells in made.items()]
