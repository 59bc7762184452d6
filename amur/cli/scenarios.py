"""``amur scenarios``: what may be done to the world, and by whom."""

from __future__ import annotations

from typing import Annotated

import typer

from amur.cli import options, output
from amur.cli.options import AsJson

app = options.new_app()


@app.callback()
def about() -> None:
    """Scenarios and levers that come with amur; `amur simulate --scenario NAME` runs one beside its baseline."""


@app.command("list", short_help="The scenarios and levers, all or those that hold some words.")
def list_scenarios(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that must all occur", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The scenarios and levers, all or those that hold some words."""
    from amur.system.scenario_files import scenarios

    wanted = [word.lower() for word in words or []]
    found = [
        each
        for each in scenarios().values()
        if all(
            word in " ".join((*each[:4], *each.claims, each.kind, each.actor, *each.also)).lower()
            for word in wanted
        )
    ]
    if as_json:
        output.print_json([each.as_json() for each in found])
        return
    if not found:
        output.none_fit("scenario")
        return
    rows = [(each.name, each.actor or each.kind, " ".join(each.claims), each.title) for each in found]
    output.say(output.table(("scenario", "by", "claims", "title"), rows, wrap=("title", "claims")))


@app.command(
    short_help="One scenario: what is done, why, and its interventions as text for a file of your own."
)
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The name of a scenario; see `amur scenarios list`")
    ],
    as_json: AsJson = False,
) -> None:
    """One scenario: what is done, why, and its interventions as text for a file of your own."""
    from amur.system.interventions import as_toml
    from amur.system.scenario_files import scenario

    found = scenario(name)
    if as_json:
        output.print_json(found.as_json())
        return
    by = f", {found.actor}" if found.actor else ""
    output.say(f"{found.title} ({found.kind}{by}; claims {', '.join(found.claims)})\n")
    output.say(output.paragraph(found.what))
    output.say(output.paragraph(found.why))
    output.say(f"\n{as_toml(found.interventions)}".rstrip())
