"""``amur numbers``: the numbers the essays give, checked against the record."""

from __future__ import annotations

from typing import Annotated

import typer

from amur.cli.options import AsOf

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def numbers(
    as_of: AsOf = "",
    no_overlay: Annotated[bool, typer.Option("--no-overlay", help="Without your own evidence.")] = False,
    json: Annotated[bool, typer.Option("--json", help="All fields as JSON.")] = False,
) -> None:
    """Each number of the essays beside the record's: confirmed, close, contradicted, or not covered."""
    from amur import numbers as table
    from amur.cli import output
    from amur.record import load

    rows = table.check(load(as_of or None, overlay=not no_overlay))
    own = dict.fromkeys(name for row in rows for e in row.evidence for name in e.overlay.split(";") if name)
    if json:
        output.print_json([row.as_json() for row in rows])
        output.tell_overlays(own)
        return
    shown = [
        [
            row.claim,
            row.statement,
            row.wording,
            "" if row.record_value is None else output.number(row.record_value, 6),
            row.unit,
            row.period,
            row.verdict,
        ]
        for row in rows
    ]
    output.print_table(["claim", "what", "the essay", "the record", "unit", "period", "verdict"], shown)
    print("\n" + ", ".join(f"{sum(r.verdict == v for r in rows)} {v}" for v in table.VERDICTS) + ".")
    output.tell_overlays(own)
