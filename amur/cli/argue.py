"""``amur argue``: the points on which the essays contradict each other, each with a number and a verdict."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli.ask.common import Futures, Save, Seed, Weights
from amur.cli.options import AsJson, Force, said
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def argue(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="An argument; without one they are listed", show_default=False, callback=said
        ),
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="All twelve, a line or an object each")] = False,
    weights: Weights = "stacking",
    futures: Futures = 2048,
    seed: Seed = 1,
    again: Annotated[
        bool, typer.Option("--again", help="Compute anew, whatever is published or was answered before")
    ] = False,
    save: Save = "",
    force: Force = False,
    json: AsJson = False,
) -> None:
    """Put an argument to the model and the record: its number, its spread, and what becomes of each essay's position.

    With the usual options the published answers are printed at once; other weights, seeds or numbers of futures are
    computed, a quarter of a minute each.
    """
    from amur.cli import output
    from amur.cli.ask import common
    from amur.questions.arguments import ARGUMENTS, entry

    if everything and (name or save):
        raise AmurError(
            "--all takes no name and is not saved", field="all", mend="Leave one of them out, or use --json."
        )
    if not (name or everything):
        for option, given in (
            ("save", save), ("again", again), ("futures", futures != 2048), ("seed", seed != 1), ("weights", weights != "stacking")
        ):  # fmt: skip
            if given:
                raise AmurError(
                    f"--{option} says nothing without an argument", field=option, mend="Name one, or add --all."
                )
        _list(json)
        return
    common.check(save, force)
    asked = {"futures": futures, "seed": seed, "weights": weights}
    if not everything:
        made = _answer(name, asked, again)
        if save or json:
            common.show(made, json, save)
            return
        common.say(made)
        _positions(made)
        return
    found = []
    tell = common.tell()
    for place, each in enumerate(ARGUMENTS):
        if tell:
            tell("arguments", place, len(ARGUMENTS))
        found.append(_answer(each, asked, again))
    if tell:
        tell("arguments", len(ARGUMENTS), len(ARGUMENTS))
    if json:
        output.print_json([entry(made) for made in found])
        return
    _table(found)


def _answer(name: str, asked: dict[str, Any], again: bool) -> Answer:
    from amur.questions.arguments import argue

    return argue(name, cached=not again, **asked)


def _list(json: bool) -> None:
    from amur.cli import output
    from amur.questions.arguments import ARGUMENTS, argument

    known = {name: argument(name) for name in ARGUMENTS}
    if json:
        output.print_json(
            [
                {"name": name, "title": each.title, "asks": each.asks, "claims": list(each.claims)}
                for name, each in known.items()
            ]
        )
        return
    rows = [(name, " ".join(each.claims), each.asks) for name, each in known.items()]
    output.say(output.entries(("argument", "claims", "asks"), rows))
    print("amur: `amur argue NAME` puts one; `amur argue --all` all twelve", file=sys.stderr)


def _table(found: list[Answer]) -> None:
    """All arguments, a row each."""
    from amur.cli import output
    from amur.cli.ask.common import interval, share, value

    rows = []
    for made in found:
        number, judged = made.numbers[0], made.tables["verdict"][0]
        unit = "" if number.kind == "probability" else number.unit
        rows.append(
            (
                made.question.removeprefix("argue:"), number.about, value(number), interval(number), unit, share(number),
                f"{judged['on']}: {judged['verdict']}",
            )
        )  # fmt: skip
    columns = ("argument", "number", "value", "90% interval", "unit", "data share", "verdict")
    output.say(output.table(columns, rows, right=("value", "90% interval"), wrap=("number", "verdict")))


def _positions(made: Answer) -> None:
    """The essays' positions side by side."""
    from amur.cli import output
    from amur.questions.words import percent

    rows = [
        (
            row["claims"], row["essays"], row["tested"],
            "" if row["before"] is None else percent(float(str(row["before"]))), percent(float(str(row["after"]))), row["verdict"],
        )
        for row in made.tables["positions"]
    ]  # fmt: skip
    output.say()
    columns = ("claims", "essays", "tested", "before", "after", "verdict")
    output.say(output.table(columns, rows, right=("before", "after"), wrap=("tested", "essays", "verdict")))
