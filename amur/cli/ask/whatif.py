"""``amur ask whatif``: what happens if something is done, beside the same futures without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli.ask import common
from amur.cli.options import AsJson, Force, all_said, said
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer

STEPS = 4
"""Options shown of each table beside the numbers."""


def command(
    scenario: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SCENARIO",
            help="Scenarios or levers (`amur scenarios list`), or files of your own (.toml), laid one over the other",
            show_default=False,
            callback=all_said,
        ),
    ] = None,
    scenario_file: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario-file",
            metavar="FILE",
            help="A scenario file of your own, or one that was shared",
            show_default=False,
            callback=all_said,
        ),
    ] = None,
    do: Annotated[
        list[str] | None,
        typer.Option(
            "--do",
            metavar="TEXT",
            help='One intervention, such as "hold oil_price 150 start=2027-Q1 ramp=2"',
            show_default=False,
            callback=all_said,
        ),
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar="SCENARIO",
            help="Compare with this scenario or file instead of the baseline",
            callback=said,
        ),
    ] = "",
    quantity: Annotated[
        list[str] | None,
        typer.Option(
            "--quantity",
            metavar="NAME",
            help="Quantities to look at, or 'all'; else the strongest effects",
            show_default=False,
            callback=all_said,
        ),
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="DATES", help="Years or quarters, with commas between them", callback=said
        ),
    ] = "",
    share: Annotated[
        str,
        typer.Option(
            "--share",
            metavar="FILE",
            help="Write the what-if to a file that can be asked again (.toml)",
            callback=said,
        ),
    ] = "",
    checks: Annotated[
        bool, typer.Option("--checks", help="How such effects stand beside published studies and the record")
    ] = False,
    futures: Annotated[
        int | None, typer.Option("--futures", help="Futures to run", show_default="2048")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Seed", show_default="1")] = None,
    weights: Annotated[
        str,
        typer.Option(
            "--weights",
            metavar="HOW",
            help="How readings are weighed: stacking, prequential, even, or NAME=WEIGHT,...",
            show_default="stacking",
            callback=said,
        ),
    ] = "",
    save: common.Save = "",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """What happens if something is done: effects on quantities, end states and decisions, beside twins without it."""
    names = [*(scenario or []), *(scenario_file or [])]
    if checks:
        more = (*names, *(do or ()), against, *(quantity or ()), at, share, futures, seed, weights, save)
        _checks(any(each not in (None, "") for each in more), as_json)
        return
    if not names and not do:
        raise AmurError(
            "says nothing of what happens",
            field="scenario",
            mend="Name a scenario (`amur scenarios list`), or use --do.",
        )
    given = {"at": at, "quantity": quantity, "futures": futures, "seed": seed, "weights": weights}
    asked = _asked(names, do or [], against) | {
        name: value for name, value in given.items() if value not in (None, "", [])
    }
    if share:
        from amur.questions.whatif.sharing import check

        check(share, force)
    common.check(save, force)
    from amur.questions import ask

    made = ask("whatif", progress=common.tell(), **asked)
    _share(made, share, force)
    common.show(made, as_json, save)
    if not (as_json or save):
        _tables(made)


def _asked(names: list[str], do: list[str], against: str) -> dict[str, Any]:
    """The options of the question: those that a shared file holds where it is all that is asked."""
    if len(names) == 1 and names[0].endswith(".toml") and not do and not against:
        from amur.questions.whatif.sharing import shared

        found = shared(names[0])
        if found is not None:
            return found
    return {"scenario": names, "do": do, "against": against}


def _share(made: Answer, share: str, force: bool) -> None:
    import sys

    if share:
        from amur.questions.whatif.sharing import write

        print(f"Saved {write(made, share, force)}", file=sys.stderr)


def _tables(made: Answer) -> None:
    """End states at all dates, and the decisions that change most."""
    from amur.cli import output

    rows = made.tables["endstates"]
    dates = list(dict.fromkeys(str(row["when"]) for row in rows))
    by = {(row["title"], row["when"]): row for row in rows}
    against = "against | under" if made.asked["against_interventions"] else "baseline | under"
    lines = [
        (title, *(_pair(by[title, date]) for date in dates))
        for title in dict.fromkeys(row["title"] for row in rows)
    ]
    output.say()
    output.say(output.table((f"end state, {against}", *dates), lines, right=dates))
    changed = sorted(made.tables["decisions"], key=lambda row: -abs(_number(row["change"])))
    told: Sequence[Any] = [row for row in changed if abs(_number(row["change"])) >= 1 and not row["forced"]][
        : 2 * STEPS
    ]
    if told:
        lines = [(row["who"], f"{row['decision']}: {row['option']}", row["when"], _pair(row)) for row in told]
        output.say()
        output.say(output.table(("who", "decision", "when", against), lines, right=(against,)))


def _pair(row: Any) -> str:
    from amur.questions.words import percent

    return f"{percent(row['without'])} | {percent(row['under'])}"


def _number(value: Any) -> float:
    return float(value or 0)


def _checks(more: bool, as_json: bool) -> None:
    from amur.cli import output
    from amur.questions import checks
    from amur.questions.checks.page import here, there

    if more:
        raise AmurError("--checks stands alone", field="checks", mend="Leave the rest out.")
    found = checks.published()
    if as_json:
        output.print_json(found)
        return
    for each in found["checks"]:
        output.say(output.heading(each["title"]))
        output.say(output.paragraph(f"There: {there(each)}"))
        output.say(output.paragraph(f"Here: {here(each)}"))
        output.say(output.paragraph(f"Verdict: {each['verdict']}."))
        output.say()
