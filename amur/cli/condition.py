"""``amur condition``: the readings taken through the record."""

from __future__ import annotations

from typing import Annotated

import typer

from amur.cli.options import AsJson, said
from amur.cli.telling import teller
from amur.errors import AmurError

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def condition(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[READING]...", help="Names of readings, or files of your own", show_default=False
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print the published weights; nothing is computed")
    ] = False,
    until: Annotated[
        str,
        typer.Option("--until", metavar="YEAR", help="Only evidence to the end of this year", callback=said),
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="Only what was known on this date", callback=said)
    ] = "",
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="NAME", help="Leave out a block, observable or decision; may be repeated"
        ),
    ] = None,
    members: Annotated[
        int, typer.Option("--members", min=256, max=65_536, help="Members, in whole chunks of 256")
    ] = 512,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed")] = 1,
    variants: Annotated[
        bool,
        typer.Option(
            "--variants", help="Also other seeds, prior widths and blocks left out (three quarters of an hour)"
        ),
    ] = False,
    matrix: Annotated[
        str,
        typer.Option(
            "--matrix",
            metavar="FILE",
            help="Save the matrix of competing hypotheses: .csv or .json",
            callback=said,
        ),
    ] = "",
    json: AsJson = False,
) -> None:
    """Take the readings through the record, year by year, and weigh them.

    Without arguments all ten are taken through the whole record and published with the package. With readings, a date or
    something left out the outcome is printed and nothing is published. Runs that were finished are kept and not done
    again, so that a stopped command goes on where it was; so do variants, each published when it is done.
    """
    from amur.cli import conditioned

    if matrix and not matrix.endswith((".csv", ".json")):
        raise AmurError(
            f"'{matrix}' is no kind of file for a table", field="matrix", mend="End it in .csv or .json."
        )
    own = bool(names or until or as_of or without or members != 512 or seed != 1)
    if show and (own or variants):
        raise AmurError(
            "--show prints what is published and takes no other options", field="show", mend="Leave them out."
        )
    if variants and own:
        raise AmurError(
            "--variants belongs to the published run", field="variants", mend="Leave the other options out."
        )
    tell = teller(" years")
    if show or (variants and conditioned.fresh()):
        runs, seen = conditioned.published()
    else:
        runs, seen = conditioned.work(names or (), until, as_of, tuple(without or ()), members, seed, tell)
        if not own:
            conditioned.publish(runs, seen, tell)
    if variants:
        conditioned.publish_variants(seen, tell)
    if matrix:
        conditioned.save_matrix(runs, seen, matrix)
    conditioned.say(runs, seen, json)
