"""``amur claims``: the claims of the essays and where each lives."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def claims(
    words: Annotated[
        list[str] | None, typer.Argument(help="Show only claims that hold all these words.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="All fields as JSON.")] = False,
) -> None:
    """The 88 claims of the five essays, each with its home so far, its status and its test."""
    from amur import claims as table
    from amur.cli import output

    wanted = [word.lower() for word in words or []]
    rows = [
        claim
        for claim in table.load()
        if all(word in " ".join(map(str, claim.as_json().values())).lower() for word in wanted)
    ]
    if json:
        output.print_json([claim.as_json() for claim in rows])
        return
    if not rows:
        output.none_fit("claim")
        return
    output.print_table(
        ["claim", "kind", "says", "home so far", "status"],
        [[c.claim, c.kind, c.statement, "; ".join(c.home), c.status] for c in rows],
    )
    many = {status: sum(claim.status == status for claim in rows) for status in ("here", "partly", "to come")}
    print(f"\n{len(rows)} claims: " + ", ".join(f"{number} {status}" for status, number in many.items()) + ".")
    output.say(output.paragraph("They are the essays' views, under test here and not endorsed."))
