"""``amur book``: build the system book from the declarations of the model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def book(
    to: Annotated[Path, typer.Option("--to", help="The folder to write to.")] = Path("docs/book"),
    html: Annotated[bool, typer.Option("--html", help="As pages for a browser instead of Markdown.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 where the folder is out of date.")
    ] = False,
) -> int:
    """Write the system book: every mechanism, its equation and claims, the tables, the step and the causal map."""
    from amur.book import build
    from amur.cli import output

    if check:
        wrong = build.differences(to)
        for name in wrong:
            output.say(f"{to / name} is not as the model has it")
        return 1 if wrong else 0
    paths = build.write(to, "html" if html else "md")
    output.say(f"Wrote {len(paths)} files to {to}.")
    return 0
