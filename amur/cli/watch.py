"""``amur watch``: indicators against the record, and what has tripped since a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from amur.cli.options import AsJson, AsOf, NoOverlay, loaded, said
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.watch.check import Checked, Trip

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def watch(
    check: Annotated[bool, typer.Option("--check", help="What has tripped since a date")] = False,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="With --check: since this day", callback=said)
    ] = "",
    target: Annotated[
        str, typer.Option("--target", metavar="NAME", help="Only tripwires of this target", callback=said)
    ] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Also indicators that tell nothing sure, and what is quiet")
    ] = False,
    fail_on_trip: Annotated[
        bool, typer.Option("--fail-on-trip", help="Exit with 1 if anything tripped, for scripts; else always 0")
    ] = False,
    as_of: AsOf = "",
    no_overlay: NoOverlay = False,
    json: AsJson = False,
) -> None:
    """Indicators as the record has them now; with --check --since DATE those that have tripped since.

    Thresholds are those published for readings of eight quarters, of the posteriors named; `amur ask watch` ranks indicators
    anew. Your own evidence counts unless --no-overlay is given. The exit code is 0 whatever has tripped, unless
    --fail-on-trip is given: then it is 1 if something has.
    """
    for name, told in (("since", since), ("target", target), ("all", every), ("fail-on-trip", fail_on_trip)):
        if told and not check:
            raise AmurError(
                f"--{name} says nothing without --check", field=name, mend="Add --check --since DATE."
            )
    if not check:
        _list(as_of, no_overlay, json)
        return
    if not since:
        raise AmurError("is missing", field="since", mend="Say since when, such as --since 2025-01-01.")
    from amur.cli import output
    from amur.questions.watch.check import check as against

    found = against(loaded(as_of, no_overlay=no_overlay), since, target, every)
    if json:
        output.print_json(found.as_json())
    else:
        _say(found, every)
    if fail_on_trip and found.tripped:
        raise typer.Exit(1)


def _say(found: Checked, every: bool) -> None:
    from amur.cli import output
    from amur.questions.watch.check import MEANS, QUIET, SILENT, STANDING

    told = [each for each in found.trips if every or each.status not in (QUIET, SILENT, STANDING)]
    many = {status: sum(each.status == status for each in found.trips) for status in MEANS}
    if told:
        rows = [_line(each) for each in told]
        columns = (
            "since",
            "indicator",
            "state",
            "reading",
            "of",
            "trips",
            "tells about",
            "if tripped",
            "if quiet",
        )
        output.say(
            output.table(columns, rows, right=("reading", "if tripped", "if quiet"), wrap=("tells about",))
        )
        output.say()
    counted = ", ".join(f"{number} {status}" for status, number in many.items() if number)
    end = f", as known on {found.as_of}" if found.as_of else ""
    output.say(output.paragraph(f"{len(found.trips)} tripwires since {found.since}{end}: {counted}."))
    output.say(
        output.paragraph(
            f"Thresholds for readings of {found.ahead} quarters ahead, stamp {found.stamp}. Beyond a threshold a target is likelier "
            "than short of it, seldom likely: see both probabilities. --all shows every tripwire, --json all there is to each."
        )
    )
    own = sorted({each.own for each in found.trips if each.own})
    output.tell_overlays(own)


def _line(each: Trip) -> tuple[str, ...]:
    from amur.questions.watch.figures import plain
    from amur.questions.words import percent

    value = each.value if each.value is not None else each.now
    return (
        each.date, each.indicator, each.status, "" if value is None else f"{plain(value)} {each.unit}",
        each.period or each.now_period, f"{each.trips} {plain(each.threshold)}" if not each.by_hand else f"from {plain(each.threshold)}",
        each.about, "" if each.p_tripped is None else percent(each.p_tripped), "" if each.p_quiet is None else percent(each.p_quiet),
    )  # fmt: skip


def _list(as_of: str, no_overlay: bool, json: bool) -> None:
    """Every indicator with its last reading."""
    from dataclasses import asdict

    from amur.cli import output
    from amur.questions.watch.figures import plain
    from amur.questions.watch.indicators import indicators
    from amur.questions.watch.publish import AHEAD
    from amur.questions.watch.recorded import latest

    record = loaded(as_of, no_overlay=no_overlay)
    found = [(each, latest(record, each, AHEAD)) for each in indicators().values()]
    if json:
        output.print_json(
            [asdict(each) | {"now": now._asdict() | {"known": now.known.isoformat()} if now else None} for each, now in found]
        )  # fmt: skip
        return
    rows = [
        (each.name, each.title, plain(now.value) if now else "", now.period if now else "", each.unit, " ".join(each.claims))
        for each, now in found
    ]  # fmt: skip
    output.say(
        output.table(
            ("indicator", "what is read", "now", "of", "unit", "claims"),
            rows,
            right=("now",),
            wrap=("what is read",),
        )
    )
    output.say()
    output.say(
        f"{len(rows)} indicators. `amur watch --check --since DATE` tells what has tripped; `amur ask watch` what each would tell."
    )
