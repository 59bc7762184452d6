"""``amur ask reading``: what is this relationship?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, Force, all_said, said

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row


def command(
    reading: Annotated[
        list[str] | None,
        typer.Option(
            "--reading",
            metavar="NAME",
            help="Also tell what moved this reading; may be repeated",
            show_default=False,
            callback=all_said,
        ),
    ] = None,
    own: Annotated[
        str,
        typer.Option(
            "--own",
            metavar="FILE",
            help="Weigh a reading of your own (.toml) with the ten; minutes, once",
            callback=said,
        ),
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="YEAR",
            help="The weights at the end of this year, from evidence to then",
            callback=said,
        ),
    ] = "",
    weights: Annotated[
        str,
        typer.Option(
            "--weights", metavar="HOW", help="Which weights lead: stacking or prequential", callback=said
        ),
    ] = "stacking",
    seed: Annotated[int, typer.Option("--seed", help="Seed of the bootstrap")] = 1,
    json: AsJson = False,
    save: common.Save = "",
    force: Force = False,
) -> None:
    """What is this relationship? Ten readings weighed by how well each foretold the record, and what moved them.

    Two kinds of weights stand side by side: those of the mixture that would have foretold the years best (stacking), and
    probabilities if one reading is true (prequential).
    """
    asked = {"reading": ",".join(reading or ()), "own": own, "as_of": as_of, "weights": weights, "seed": seed}
    common.answer("reading", asked, json, save, force, tables=tables)


def tables(made: Answer) -> None:
    """Weights, what moved the leading reading and those named, and comparators."""
    from amur.cli import output
    from amur.questions.words import percent

    rows = made.tables["readings"]
    kinds = [made.made.weighed, *(kind for kind in ("stacking", "prequential") if kind != made.made.weighed)]
    heads = ("reading", *(each for kind in kinds for each in (f"{kind} ± error", f"{kind} 90%")))

    def share(row: Row, name: str) -> str:
        value = row[name]
        return "unknown" if value is None else percent(float(str(value)))

    body = [
        (
            row["reading"],
            *(
                cell
                for kind in kinds
                for cell in (
                    f"{share(row, kind)} ± {share(row, f'{kind}_error')}",
                    f"{share(row, f'{kind}_low90')} to {share(row, f'{kind}_high90')}",
                )
            ),
        )
        for row in rows
    ]
    output.say(output.table(heads, body, right=heads[1:]))
    for name in dict.fromkeys(str(row["reading"]) for row in made.tables["movers"]):
        _movers(made, name)
    _comparators(made)


def _movers(made: Answer, name: str) -> None:
    from amur.cli import output

    output.say()
    output.say(output.heading(f"What moved '{name}' (bits against the mixture of all readings)"))
    found = [row for row in made.tables["movers"] if row["reading"] == name]
    body = [
        (f"{float(str(row['bits'])):+.1f}", row["period"] or "over time", f"{row['title']}: {row['words']}")
        for row in found
    ]
    output.say(output.table(("bits", "when", "what"), body, right=("bits",), wrap=("what",)))


def _comparators(made: Answer) -> None:
    from amur.cli import output

    found = made.tables["comparators"]
    if not found:
        return
    output.say()
    output.say(
        output.heading(f"How like others China–Russia was in {found[0]['year']} (distance 0 alike to 1)")
    )
    body = [
        (
            row["title"], f"{float(str(row['on_common'])):.2f}", f"{float(str(row['distance'])):.2f}",
            f"{float(str(row['low'])):.2f} to {float(str(row['high'])):.2f}", row["components"],
            "" if row["markers_held"] is None else f"{row['markers_held']} of {row['markers_known']}",
        )
        for row in found
    ]  # fmt: skip
    heads = (
        "beside", f"on the {found[0]['components_common']} shared by all", "on all it has", "without any one", "components",
        "alliance markers",
    )  # fmt: skip
    output.say(output.table(heads, body, right=heads[1:]))
