"""``amur ask drivers``: what holds it together, and what limits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, Force, all_said, said

if TYPE_CHECKING:
    from amur.questions.answer import Answer


def command(
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            "--outcome",
            metavar="NAME",
            help="What to decompose: any quantity, or trade (both ways); may be repeated",
            show_default="coordination, trade, integration, trust both ways, dependence",
            callback=all_said,
        ),
    ] = None,
    year: Annotated[
        list[str] | None,
        typer.Option(
            "--year",
            metavar="YEAR",
            help="A year from 1993 to 2046, or now; may be repeated",
            show_default="2003, 2013, 2021, now, 2036",
            callback=all_said,
        ),
    ] = None,
    held: Annotated[
        str,
        typer.Option(
            "--held",
            metavar="YEAR",
            help="Hold a family at what it contributed in this year (1992, say) instead of switching it off",
            callback=said,
        ),
    ] = "",
    span: Annotated[
        int, typer.Option("--span", help="Years up to the year shown during which a family is off")
    ] = 11,
    pairs: Annotated[
        int, typer.Option("--pairs", help="Orders of the families to average over, each with its reverse")
    ] = 6,
    families: Annotated[
        bool, typer.Option("--families", help="List the families and their mechanisms too")
    ] = False,
    futures: Annotated[int, typer.Option("--futures", help="Parameter sets, counted twice")] = 512,
    seed: common.Seed = 1,
    weights: common.Weights = "stacking",
    save: common.Save = "",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """What holds it together, and what limits it: what families of mechanisms add to each outcome."""
    asked: dict[str, Any] = {
        "outcome": tuple(outcome or ()), "year": tuple(year or ()), "held": held, "span": span, "pairs": pairs,
        "futures": futures, "seed": seed, "weights": weights,
    }  # fmt: skip
    made = common.answer("drivers", asked, as_json, save, force, more=_alone)
    if families and not (as_json or save):
        _families(made)


def _alone(made: Answer) -> None:
    """What families add beside what goes when one alone is off, in the year that the statement is about."""
    from amur.cli import output
    from amur.questions.words import figure

    levels = [row for row in made.tables["levels"] if row["now"]]
    year = levels[0]["year"]
    own = {(row["outcome"], row["family"]): row for row in made.tables["parts"] if row["year"] == year}
    heads = [str(row["outcome"]) for row in levels]

    def cell(row: dict[str, object]) -> str:
        return f"{figure(_number(row['adds']))} | {figure(_number(row['alone']))}"

    rows = [
        (each["title"], *(cell(dict(own[head, each["family"]])) for head in heads))
        for each in made.tables["families"]
    ]
    output.say()
    output.say(output.table((f"{year}: adds | goes if off alone", *heads), rows, right=heads))


def _families(made: Answer) -> None:
    from amur.cli import output

    for row in made.tables["families"]:
        output.say()
        output.say(output.heading(f"{row['title']} ({row['family']}): {row['claims']}"))
        output.say(output.paragraph(str(row["about"])))
        output.say(output.paragraph(str(row["mechanisms"])))


def _number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]
