"""``amur record show``: one series with its chart, last values, notes and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli import options, output
from amur.cli.options import AsJson, AsOf, NoOverlay, Save, Strict
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.record import Record, TimeSeries

LAST = 8
MOST_NOTES = 12
MOST_SOURCES = 15


def show(
    name: Annotated[str, typer.Argument(metavar="SERIES", help="The name of a recorded or derived series")],
    everything: Annotated[bool, typer.Option("--all", help="All values, notes and sources")] = False,
    save: Save = "",
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the values as CSV, with their citations")
    ] = False,
    as_json: AsJson = False,
    as_of: AsOf = "",
    strict: Strict = False,
    no_overlay: NoOverlay = False,
) -> None:
    """One series: definition, chart, last values, notes, how it was made, sources."""
    from amur.record.derived import recipes

    if as_csv and as_json:
        raise AmurError("--csv and --json exclude each other", mend="Choose one.")
    options.check_picture(save)
    record = options.loaded(as_of, strict, no_overlay)
    if name not in record and name not in recipes.recipes():
        from amur.cli import elsewhere

        raise elsewhere.no_series(record, name)
    series = record.timeseries(name)
    if save:
        from amur import charts

        options.save_chart(charts.chart([series]), save)
    if as_json:
        output.print_json(as_json_of(record, series))
    elif as_csv:
        output.print_csv(
            ("series", "period", "value", "unit", "note", "revised", "overlay", "citation"), _rows(series)
        )
    elif not save:
        output.say("\n".join(describe(record, series, everything)))


def as_json_of(record: Record, series: TimeSeries) -> dict[str, Any]:
    """A series ready for JSON, with the cut it was read at and, if derived, its recipe."""
    cut = {"as_of": record.as_of.isoformat() if record.as_of else None, "strict": record.strict}
    return series.as_json() | cut | {"recipe": _recipe(series)}


def _rows(series: TimeSeries) -> Iterator[tuple[Any, ...]]:
    for p in series.points:
        cited = " | ".join(series.sources[name].citation() for name in p.sources if name in series.sources)
        yield (
            series.series,
            p.period,
            repr(p.value),
            series.unit,
            p.note,
            str(p.revised).lower(),
            p.origin,
            cited,
        )


def _recipe(series: TimeSeries) -> list[str]:
    if series.kind != "derived":
        return []
    from amur.record.derived import recipes

    return recipes.describe(recipes.recipes()[series.series])


def describe(record: Record, series: TimeSeries, everything: bool = False) -> Iterator[str]:
    """A series for a reader, line by line: also serves measures."""
    from amur.record import periods

    yield output.heading(series.title)
    of = "-".join(name for name in (series.reporter, series.partner) if name)
    kind = series.kind if series.kind != "recorded" else series.role
    facts = (series.series, series.unit, periods.FREQUENCIES[series.frequency], series.topic, kind, of)
    yield output.paragraph(" · ".join(fact for fact in facts if fact))
    if record.as_of:
        without = ", without later vintages" if record.strict else ""
        yield f"As known on {record.as_of.isoformat()}{without}"
    yield ""
    if series.points:
        yield output.plot(series, output.readable())
    else:
        yield "No values" + (" were known then." if record.as_of else ".")
    yield ""
    yield output.paragraph(series.definition)
    yield from _made(series)
    if series.points:
        yield from _values(series, everything)
        yield from _notes(series, everything)
        yield from _sources(series, everything)


def _made(series: TimeSeries) -> Iterator[str]:
    """How a derived series or a measure is computed, and after whom."""
    recipe = _recipe(series)
    if recipe:
        yield "\nRecipe"
        for step in recipe:
            yield output.paragraph(step, "  ")
    elif series.formula:
        yield ""
        yield output.paragraph(f"Formula: {series.formula}")
    if series.literature:
        yield output.paragraph(f"Literature: {series.literature}")


def _values(series: TimeSeries, everything: bool) -> Iterator[str]:
    shown = series.points if everything else series.points[-LAST:]
    many = len(series.points)
    yield f"\n{'Values' if len(shown) == many else f'Last {len(shown)} of {many} values'} ({series.unit})"
    digits = 10 if series.kind == "recorded" else output.COMPUTED
    rows = [
        (
            p.period,
            output.number(p.value, digits),
            "revised" if p.revised else "",
            p.origin,
            ", ".join(p.sources),
            p.note,
        )
        for p in shown
    ]
    columns = ("period", "value", "vintage", "yours", "source", "note")
    kept = [at for at in range(6) if at < 2 or any(row[at] for row in rows)]
    yield output.table(
        [columns[at] for at in kept],
        [[row[at] for at in kept] for row in rows],
        right=("value",),
        wrap=("note", "source") if everything else (),
        cut=("note", "source"),
    )


def _notes(series: TimeSeries, everything: bool) -> Iterator[str]:
    """Gaps, later vintages, the user's own values, and what the notes say of which periods."""
    from amur.record import periods

    lines = []
    there = {periods.ordinal(p.period) for p in series.points}
    gaps = [n for n in range(min(there), max(there)) if n not in there]
    if gaps:
        missing = periods.ranges([periods.from_ordinal(n, series.frequency) for n in gaps])
        lines.append(f"No value for {missing}.")
    revised = [p.period for p in series.points if p.revised]
    if revised:
        lines.append(
            f"Later vintage than first published: {periods.ranges(revised)}. What was known at the time may differ."
        )
    for name in series.origins:
        own = periods.ranges([p.period for p in series.points if name in p.origin.split(";")])
        lines.append(f"From your own evidence '{name}': {own} (--no-overlay leaves it out).")
    said: dict[str, list[str]] = {}
    for p in series.points:
        if p.note:
            said.setdefault(p.note, []).append(p.period)
    told = [f"{periods.ranges(when)}: {note}" for note, when in said.items()]
    if not everything and len(told) > MOST_NOTES:
        hidden = len(told) - MOST_NOTES
        told = [*told[-MOST_NOTES:], f"… and {hidden} more notes on earlier values (--all)."]
    if lines or told:
        yield "\nNotes"
    for line in (*lines, *told):
        yield output.paragraph(line, "  ", hanging=2)


def _sources(series: TimeSeries, everything: bool) -> Iterator[str]:
    cited = series.cited()
    shown = cited if everything else cited[-MOST_SOURCES:]
    yield f"\nSources ({len(cited)})"
    for source in shown:
        yield output.paragraph(f"{source.source}: {source.citation()}", "  ", hanging=2)
    if len(shown) < len(cited):
        yield f"  … and {len(cited) - len(shown)} more for earlier values (--all)"
