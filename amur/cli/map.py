"""``amur map``: draw the causal map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def map(
    save: Annotated[Path, typer.Option("--save", help="The file: .svg, .png or .html.")] = Path("map.svg"),
    group: Annotated[str, typer.Option("--group", help="Only one group of mechanisms, such as trust.")] = "",
    around: Annotated[
        str, typer.Option("--around", help="Only what drives one name, and what it drives.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="The edges as JSON; no picture.")] = False,
) -> None:
    """Draw who drives whom: quantities, forcings and decisions, with the sign of each effect."""
    from amur.book import maps
    from amur.cli import output
    from amur.errors import AmurError
    from amur.system import causes
    from amur.system.declare import known

    if group and around:
        raise AmurError("--group and --around exclude each other", mend="Choose one.")
    if json:
        edges = causes.edges()
        if around:
            known(around, causes.nodes(), "quantity, forcing or decision")
            edges = tuple(edge for edge in edges if around in (edge.source, edge.target))
        if group:
            edges = tuple(edge for edge in edges if edge.by.startswith(f"{group}."))
        output.print_json(edges)
        return
    maps.check_name(save)
    picture = maps.group(group) if group else maps.around(around) if around else maps.whole()
    maps.save(picture, save)
    output.say(f"Wrote {save}.")
