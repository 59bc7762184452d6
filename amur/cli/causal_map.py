"""``amur map``: draw the causal map."""

from __future__ import annotations

from typing import Annotated

import typer

from amur.cli.options import said

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def map(
    save: Annotated[
        str, typer.Option("--save", metavar="FILE", help="The file: .svg, .png or .html.", callback=said)
    ] = "map.svg",
    group: Annotated[
        str,
        typer.Option(
            "--group", metavar="GROUP", help="Only one group of mechanisms, such as trust.", callback=said
        ),
    ] = "",
    around: Annotated[
        str,
        typer.Option(
            "--around", metavar="NAME", help="Only what drives one name, and what it drives.", callback=said
        ),
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", help="Print the edges as one JSON document; no picture.")
    ] = False,
) -> None:
    """Draw who drives whom: quantities, forcings and decisions, with the sign of each effect."""
    from amur.book import maps
    from amur.cli import output
    from amur.errors import AmurError
    from amur.system import causes
    from amur.system.declare import MECHANISMS, known

    if group and around:
        raise AmurError("--group and --around exclude each other", mend="Choose one.")
    if json:
        edges = causes.edges()
        if around:
            known(around, causes.nodes(), "quantity, forcing or decision")
            edges = tuple(edge for edge in edges if around in (edge.source, edge.target))
        if group:
            known(group, {made.group: made for made in MECHANISMS.values()}, "group of mechanisms")
            edges = tuple(edge for edge in edges if edge.by.startswith(f"{group}."))
        output.print_json(edges)
        return
    maps.check_name(save)
    picture = maps.group(group) if group else maps.around(around) if around else maps.whole()
    maps.save(picture, save)
    output.say(f"Wrote {save}.")
