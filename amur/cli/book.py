"""``amur book``: build the system book from the declarations of the model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amur.cli.options import said
from amur.errors import AmurError

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def book(
    to: Annotated[
        str, typer.Option("--to", metavar="FOLDER", help="The folder to write to.", callback=said)
    ] = "docs/book",
    html: Annotated[bool, typer.Option("--html", help="As pages for a browser instead of Markdown.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 where the folder is out of date.")
    ] = False,
) -> int:
    """Write the system book: every mechanism, its equation and claims, the tables, the step and the causal map."""
    from amur.book import build
    from amur.cli import output

    if check and html:
        raise AmurError("--check and --html exclude each other", field="check", mend="Leave --html out.")
    if check:
        wrong = build.differences(to)
        for name in wrong:
            output.say(f"{Path(to) / name} is not as the model has it")
        return 1 if wrong else 0
    paths = build.write(to, "html" if html else "md")
    output.say(f"Wrote {len(paths)} files to {to}.")
    return 0
