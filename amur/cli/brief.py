"""``amur brief``: write the brief, as a page and as a print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli.options import AsOf

if TYPE_CHECKING:
    from pathlib import Path

    from amur.brief.make import Made

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=False, pretty_exceptions_enable=False
)


@app.command()
def brief(
    as_of: AsOf = "",
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for brief.html and brief.pdf")] = ".",
    strict: Annotated[
        bool, typer.Option("--strict", help="With --as-of: leave out values we have only in a later vintage")
    ] = False,
    no_overlay: Annotated[bool, typer.Option("--no-overlay", help="Without your own evidence")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the summary and the whole document as JSON")
    ] = False,
) -> None:
    """Write the state of the relationship in a few pages: brief.html and brief.pdf, with every number sourced."""
    from pathlib import Path

    from amur.brief import make
    from amur.cli.options import loaded

    make.check_extras()
    folder = Path(out)
    make.check_folder(folder)
    made = make.make(loaded(as_of, strict, no_overlay), _progress)
    page, print_ = make.write(made, folder)
    if json:
        from amur.cli import output

        output.print_json(summary(made, page, print_) | {"document": made.view})
    else:
        print("\n".join(lines(made, page, print_)))


def _progress(step: str) -> None:
    """A line per step, for whoever watches; nothing in a pipe or a log."""
    if sys.stderr.isatty():
        print(f"… {step}", file=sys.stderr)


def summary(made: Made, page: Path, print_: Path) -> dict[str, Any]:
    """Where the files are, what is in them, and the key numbers with unit, date and sources."""
    return {
        "html": str(page.resolve()),
        "pdf": str(print_.resolve()),
        "as_of": made.brief.as_of.removeprefix("As of ").replace("\N{NO-BREAK SPACE}", " "),
        "version": made.brief.version,
        "record_hash": made.brief.record_hash,
        "overlays": list(made.brief.overlays),
        "counts": {
            "sections": len(made.brief.sections),
            "figures": len(made.brief.figures()),
            "tables": len(made.brief.tables()),
            "numbers": len(made.brief.numbers()),
            "notes": len(made.brief.notes),
        },
        "headline": made.headline(),
    }


def lines(made: Made, page: Path, print_: Path) -> list[str]:
    """The summary for a terminal: about a dozen lines."""
    width = max((len(row["name"]) for row in made.headline()), default=0)
    told = [
        f"{made.brief.title}: {made.brief.as_of[:1].lower()}{made.brief.as_of[1:]}, record {made.brief.record_hash}"
    ]
    told += [f"  {row['name']:<{width}}  {row['text']} ({row['period']})" for row in made.headline()[:9]]
    told.append(
        f"{len(made.brief.figures())} figures, {len(made.brief.tables())} tables, {len(made.brief.numbers())} numbers, "
        f"{len(made.brief.notes)} notes."
    )
    if made.brief.overlays:
        told.append(f"Includes your own evidence: {', '.join(made.brief.overlays)}.")
    told.append(f"Written: {page} and {print_}")
    return told
