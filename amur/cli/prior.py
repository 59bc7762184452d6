"""``amur prior``: does the prior bracket the record?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amur.cli.options import AsJson, said
from amur.errors import AmurError

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def prior(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Run the check anew and publish it (some minutes)")
    ] = False,
    members: Annotated[
        int | None,
        typer.Option("--members", min=50, max=100_000, help="With --rebuild: draws of the prior (1000)"),
    ] = None,
    save: Annotated[
        str,
        typer.Option(
            "--save", metavar="FILE", help="Save the picture: .svg, .png, .html or .pdf", callback=said
        ),
    ] = "",
    json: AsJson = False,
) -> None:
    """The prior predictive check: how often the record lies inside what the model expects before seeing it."""
    from amur.cli import options, output
    from amur.futures import prior_page

    if members and not rebuild:
        raise AmurError("--members says nothing without --rebuild", field="members", mend="Add --rebuild.")
    options.check_picture(save)
    if rebuild:
        from amur.futures.prior import prior_check

        def tell(done: int, many: int) -> None:
            if sys.stderr.isatty():
                print(
                    f"\r\033[K{done:,} of {many:,} members",
                    end="\n" if done == many else "",
                    file=sys.stderr,
                    flush=True,
                )

        docs = Path(__file__).parents[2] / "docs"
        prior_page.publish(prior_check(members=members or 1000, progress=tell), docs if docs.is_dir() else None)
    check = prior_page.published()
    if save:
        options.save_chart(prior_page.picture(check), save)
    if json:
        output.print_json(check.as_json())
        return
    rows = [
        [
            each.title,
            each.unit,
            str(each.values),
            f"{each.inside50:.0%}",
            f"{each.inside90:.0%}",
            "fitted" if each.fitted else "checked",
        ]
        for each in sorted(check.brackets, key=lambda bracket: bracket.inside90)
    ]
    output.print_table(["observable", "unit", "values", "inside 50%", "inside 90%", ""], rows)
    wild = ", ".join(f"{name} ({share:.2%})" for name, share in check.nonsense.items()) or "none"
    output.say()
    output.say(
        output.paragraph(
            f"{check.inside90:.1%} of the record's values lie inside the middle 90% of {check.members:,} draws of the prior (seed"
            f" {check.seed}). Quantities with draws outside all sense to 2046: {wild}."
        )
    )
