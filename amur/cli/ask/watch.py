"""``amur ask watch``: what would tell us?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, Force, said

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

SHOWN = 14
"""Indicators printed; the table of all is in --json."""


def command(
    target: Annotated[
        str,
        typer.Option(
            "--target",
            metavar="NAME",
            help="What to tell about: reading, endstate, one of either, lethal-aid, guarantee, rear, ...",
            callback=said,
        ),
    ] = "reading",
    ahead: Annotated[int, typer.Option("--ahead", help="Quarters in which it is read, 4 to 12")] = 8,
    miss_costs: Annotated[
        float,
        typer.Option(
            "--miss-costs", help="False alarms that a miss costs; 0 weighs both by how often they can be"
        ),
    ] = 0.0,
    futures: common.Futures = 2048,
    seed: common.Seed = 1,
    weights: common.Weights = "stacking",
    json: AsJson = False,
    save: common.Save = "",
    force: Force = False,
) -> None:
    """What would tell us? Indicators by the information each would give, their thresholds, and where the record stands."""
    asked = {
        "target": target,
        "ahead": ahead,
        "miss_costs": float(miss_costs),
        "futures": futures,
        "seed": seed,
        "weights": weights,
    }
    common.answer("watch", asked, json, save, force, more=_more)


def _more(made: Answer) -> None:
    """The indicators with what they tell, their thresholds and the present state, as a table."""
    from amur.cli import output

    rows = made.tables.get("indicators", ())
    if not rows:
        return
    output.say()
    binary = any(row.get("false_alarm") is not None for row in rows)
    heads = ["indicator", "bits", "error", "now", "of", "unit"]
    heads += (
        ["trips", "state", "false alarms", "misses", "if tripped", "if quiet"]
        if binary
        else ["low speaks for", "high speaks for"]
    )
    output.say(
        output.table(
            heads, [_line(row, binary) for row in rows[:SHOWN]],
            right=("bits", "error", "now", "false alarms", "misses", "if tripped", "if quiet"), wrap=("unit",),
        )
    )  # fmt: skip
    if len(rows) > SHOWN:
        output.say(f"... and {len(rows) - SHOWN} more indicators (--json)")


def _line(row: Row, binary: bool) -> Sequence[str]:
    from amur.questions.watch.figures import plain
    from amur.questions.words import percent

    def share(name: str) -> str:
        value: Any = row.get(name)
        return "" if value is None else percent(float(value))

    def told(name: str) -> str:
        value: Any = row.get(name)
        return "" if value is None else plain(float(value))

    bits = "" if row["bits"] is None else f"{row['bits']:.3f}"
    error = "" if row["error"] is None else f"{row['error']:.3f}"
    cells = [str(row["indicator"]), bits, error, told("now"), str(row["period"]), str(row["unit"])]
    if binary:
        state = "" if row.get("tripped") is None else "tripped" if row["tripped"] else "not"
        trips = "" if row.get("threshold") is None else f"{row['trips']} {told('threshold')}"
        return [*cells, trips, state, share("false_alarm"), share("miss"), share("p_tripped"), share("p_quiet")]
    sides = [
        f"{row[f'{side}_speaks_for']} {share(before)} to {share(f'{side}_chance')}"
        if row.get(f"{side}_speaks_for")
        else ""
        for side, before in (("low", "low_chance_before"), ("high", "chance_before"))
    ]
    return [*cells, *sides]
