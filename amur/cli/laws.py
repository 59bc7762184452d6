"""``amur laws``: check the laws of the model over sets of runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amur.cli.options import AsJson, said

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def laws(
    names: Annotated[list[str] | None, typer.Argument(help="Only the laws of these names.")] = None,
    members: Annotated[int, typer.Option("--members", min=1, max=100_000, help="Members of each run.")] = 64,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the luck.")] = 1,
    file: Annotated[
        str, typer.Option("--file", metavar="FILE", help="Laws of your own (.toml).", callback=said)
    ] = "",
    save: Annotated[
        str, typer.Option("--save", metavar="FILE", help="Write the report: .md or .html.", callback=said)
    ] = "",
    json: AsJson = False,
) -> int:
    """Check what must hold in every run; exit code 1 where a law is broken."""
    import sys

    from amur import atomic
    from amur.cli import output
    from amur.errors import AmurError, nearest
    from amur.system import laws as module

    known = {law.name: law for law in module.read(Path(file) if file else None)}
    for name in names or ():
        if name not in known:
            raise AmurError(
                f"there is no law '{name}'",
                mend=nearest(name, list(known)) or f"Known: {', '.join(list(known)[:12])}.",
            )
    if save and Path(save).suffix not in (".md", ".html"):
        raise AmurError(f"a report cannot be saved as '{save}'", mend="End the name in .md or .html.")

    def tell(name: str) -> None:
        if sys.stderr.isatty():
            print(f"\r\033[K{name}", end="", file=sys.stderr, flush=True)

    verdicts = module.check([known[name] for name in names or known], members, seed, tell)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if save:
        text = module.report(verdicts)
        if Path(save).suffix == ".html":
            from amur.book.build import as_html

            text = as_html(text)
        atomic.write_text(save, text)
    if json:
        output.print_json([module.as_json(each) for each in verdicts])
    else:
        cells = [
            [
                "holds" if each.holds else "BROKEN",
                each.law.name,
                f"{each.share:.1%}",
                each.law.it,
                f"{each.worst} by {each.excess:.3g} (member {each.member}, {each.quarter})"
                if each.worst
                else "",
            ]
            for each in verdicts
        ]
        output.print_table(["", "law", "holds in", "it says", "broken most"], cells)
        held = sum(each.holds for each in verdicts)
        output.say(f"\n{held} of {len(verdicts)} laws hold in {members} members.")
    return 0 if all(each.holds for each in verdicts) else 1
