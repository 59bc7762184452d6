"""``amur why``: what a quantity rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from amur.cli.options import AsJson

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def why(
    names: Annotated[list[str], typer.Argument(help="Quantities or decisions, such as trust_rus or support.")],
    steps: Annotated[
        int | None,
        typer.Option(
            "--steps", min=0, help="Only mechanisms at most so many links away; 0 is what moves it itself."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """The mechanisms, parameters, series and claims that quantities rest on, nearest first."""
    from amur.cli import output
    from amur.system.why import why as rests_on

    found = rests_on(names, steps)
    if json:
        output.print_json(found.as_json())
    else:
        output.say(str(found))
