"""``amur measure``: what the field computes from such a record, for China–Russia and for scale elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli import elsewhere, options, output
from amur.cli.options import AsJson, AsOf, NoOverlay, Save, Strict

if TYPE_CHECKING:
    from amur.record import Record
    from amur.record.measures import Measure
    from amur.record.timeseries import TimeSeries

app = options.new_app()


@app.callback()
def about() -> None:
    """Measures on the record: dependence, agreement, alignment and others, for any dyad it can serve."""


Name = Annotated[str, typer.Argument(metavar="MEASURE", help="The name of a measure; see `amur measure list`")]


@app.command("list", short_help="The measures, all or those that hold some words.")
def list_measures(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that must all occur", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The measures, all or those whose name, title or definition hold some words."""
    show_list(" ".join(words or ()), as_json)


def show_list(words: str, as_json: bool) -> None:
    """Print the measures that hold all the words."""
    from amur.record.measures import catalogue

    wanted = words.lower().split()
    found = [
        m
        for m in catalogue().values()
        if all(word in f"{m.name} {m.title} {m.definition} {m.dimension}".lower() for word in wanted)
    ]
    if as_json:
        output.print_json([_described(m) for m in found])
        return
    if not found:
        output.none_fit("measure")
        return
    rows = [(m.name, m.title, m.unit, m.dimension, len(m.dyads)) for m in found]
    columns = ("measure", "title", "unit", "dimension", "dyads")
    output.say(output.table(columns, rows, right=("dyads",), wrap=("title", "unit", "measure")))


def _described(m: Measure) -> dict[str, Any]:
    names = (
        "name",
        "title",
        "unit",
        "frequency",
        "dimension",
        "definition",
        "formula",
        "literature",
        "directed",
    )
    told = {name: getattr(m, name) for name in names}
    return told | {"claims": list(m.claims), "dyads": [str(dyad) for dyad in m.dyads]}


def _declared(record: Record, name: str) -> Measure:
    """The measure of a name; else an error that says what else it may be."""
    from amur.record.measures import catalogue

    if name not in catalogue():
        raise elsewhere.no_measure(record, name)
    return catalogue()[name]


@app.command(short_help="One measure for one dyad (Russia and China unless told otherwise).")
def show(
    name: Name,
    dyad: Annotated[
        str, typer.Option(help="Two ISO3 codes; in dependence the first relies on the second")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="All values, notes and sources")] = False,
    save: Save = "",
    as_json: AsJson = False,
    as_of: AsOf = "",
    strict: Strict = False,
    no_overlay: NoOverlay = False,
) -> None:
    """One measure for one dyad (Russia and China unless told otherwise) through time."""
    from amur.cli.record_show import as_json_of, describe
    from amur.record.measures import measure

    options.check_picture(save)
    record = options.loaded(as_of, strict, no_overlay)
    _declared(record, name)
    series = measure(record, name, dyad or None)
    if save:
        from amur import charts

        options.save_chart(charts.chart([series]), save)
    if as_json:
        output.print_json(as_json_of(record, series))
    elif not save:
        output.say("\n".join(describe(record, series, everything)))


@app.command(short_help="One measure for every dyad: the latest value of each.")
def compare(
    name: Name,
    save: Save = "",
    as_json: AsJson = False,
    as_of: AsOf = "",
    strict: Strict = False,
    no_overlay: NoOverlay = False,
) -> None:
    """One measure for every dyad the record can serve: the latest value of each, largest first."""
    from amur.record.measures import measure

    options.check_picture(save)
    record = options.loaded(as_of, strict, no_overlay)
    asked = _declared(record, name)
    each = {str(dyad): measure(record, name, dyad) for dyad in asked.dyads}
    there = {dyad: series for dyad, series in each.items() if series.points}
    order = sorted(there, key=lambda dyad: -there[dyad].points[-1].value)
    missing = [dyad for dyad in each if dyad not in there]
    if save:
        _save(asked, {dyad: there[dyad] for dyad in order}, save)
    if as_json:
        rows = [{"dyad": dyad} | there[dyad].points[-1]._asdict() for dyad in order]
        output.print_json(_described(asked) | {"latest": rows, "missing": missing})
    elif not save:
        _show_comparison(asked, {dyad: there[dyad] for dyad in order}, missing)


def _save(m: Measure, there: dict[str, TimeSeries], path: str) -> None:
    from amur import charts

    values = {f"{dyad} ({series.points[-1].period})": series.points[-1].value for dyad, series in there.items()}
    cited = {
        source: series.sources[source]
        for series in there.values()
        for source in series.points[-1].sources
        if source in series.sources
    }
    ours = next((label for label in values if label.startswith(("RUS-CHN", "CHN-RUS"))), "")
    picture = charts.ranking(values, unit=m.unit, title=m.title, highlight=ours, sources=cited.values())
    options.save_chart(picture, path)


def _show_comparison(m: Measure, there: dict[str, TimeSeries], missing: list[str]) -> None:
    output.say(output.heading(m.title))
    output.say(output.paragraph(f"{m.name} · {m.unit}"))
    output.say()
    rows = [
        (
            dyad,
            output.number(series.points[-1].value, output.COMPUTED),
            series.points[-1].period,
            "revised" if series.points[-1].revised else "",
            output.sparkline(series.points[-24:]),
        )
        for dyad, series in there.items()
    ]
    output.say(output.table(("dyad", "value", "period", "vintage", "the last values"), rows, right=("value",)))
    output.tell_overlays(dict.fromkeys(name for series in there.values() for name in series.origins))
    if missing:
        output.say(output.paragraph(f"\nNo value for {', '.join(missing)}."))
    output.say()
    output.say(output.paragraph(m.definition))
    output.say(output.paragraph(f"Formula: {m.formula}"))
    if m.literature:
        output.say(output.paragraph(f"Literature: {m.literature}"))
