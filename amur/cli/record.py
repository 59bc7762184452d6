"""``amur record``: what the evidence holds, and how to take it along, question it and add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli import options, output, record_data, record_own, record_show
from amur.cli.options import AsJson, AsOf, NoOverlay, Strict
from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from amur.record import Record, Series

app = options.new_app()

NARROW = 70
"""In a terminal with fewer columns the summary leaves out what can be read in `--json`."""


@app.callback()
def about() -> None:
    """The evidence: what happened between China and Russia and around them, 1992 to now, with sources."""


Words = Annotated[list[str] | None, typer.Argument(help="Words that must all occur", show_default=False)]


@app.command()
def summary(
    as_json: AsJson = False, as_of: AsOf = "", strict: Strict = False, no_overlay: NoOverlay = False
) -> None:
    """How much the record holds, in all and by topic."""
    record = options.loaded(as_of, strict, no_overlay)
    told = record.summary()
    if as_json:
        output.print_json(told)
        return
    when = f", as known on {told['as_of']}" if told["as_of"] else ""
    years = f", {told['first_year']}–{told['last_year']}" if told["first_year"] else ""
    counted = (
        f"{told['sources']:,} sources, {told['series']:,} series, {told['observations']:,} observations, "
        f"{told['events']:,} events{years}{when}"
    )
    output.say((counted if len(counted) <= output.width() else output.paragraph(counted)) + "\n")
    numbers = ("series", "observations", "events")
    texts = ("title", "dimension") if output.width() >= NARROW else ("title",)
    rows = [
        (name, *(topic[column] for column in texts), *(f"{topic[column]:,}" for column in numbers))
        for name, topic in told["topics"].items()
    ]
    output.say(output.table(("topic", *texts, *numbers), rows, right=numbers, wrap=("title",)))
    output.tell_overlays(told["overlays"])


@app.command("list", short_help="The series, all or those that hold some words.")
def list_series(
    words: Words = None,
    topic: Annotated[str, typer.Option(help="Only this topic, such as trade", callback=options.said)] = "",
    role: Annotated[str, typer.Option(help="observable, forcing or comparator", callback=options.said)] = "",
    frequency: Annotated[
        str, typer.Option(help="A (annual), Q (quarterly) or M (monthly)", callback=options.said)
    ] = "",
    derived: Annotated[
        bool, typer.Option("--derived", help="Only series made by a recipe, with their periods")
    ] = False,
    measures: Annotated[bool, typer.Option("--measures", help="Measures instead of series")] = False,
    as_json: AsJson = False,
    as_of: AsOf = "",
    strict: Strict = False,
    no_overlay: NoOverlay = False,
) -> None:
    """The series, all or those whose name, title, definition or countries hold some words."""
    if measures:
        from amur.cli import measure

        measure.show_list(" ".join(words or ()), as_json)
        return
    record = options.loaded(as_of, strict, no_overlay)
    check_choice("topic", topic, list(record.topics))
    check_choice("role", role, ["observable", "forcing", "comparator"])
    check_choice("frequency", frequency.upper(), ["A", "Q", "M"])
    asked = (" ".join(words or ()), topic, role, frequency.upper())
    found = [] if derived else list(_recorded(record, record.find(*asked)))
    found += _derived(record, asked, making=derived or bool(as_of))
    if as_of:
        found = [series for series in found if series["observations"]]
    if as_json:
        output.print_json(found)
        return
    if not found:
        output.none_fit("series")
        return
    rows = [(s["series"], s["unit"], s["frequency"], _span(s), s["observations"], s["title"]) for s in found]
    columns = ("series", "unit", "freq", "period", "n", "title")
    output.say(output.entries(columns, rows, right=("n",)))
    output.tell_overlays(sorted(record.overlays()))


def _recorded(record: Record, found: list[Series]) -> list[dict[str, Any]]:
    """The found series as rows, with how many values they have and from when to when."""
    seen: dict[str, list[str]] = {series.series: [] for series in found}
    for row in record.observations:
        if row.series in seen:
            seen[row.series].append(row.period)
    return [_row(series, "recorded", seen[series.series]) for series in found]


def _derived(record: Record, asked: tuple[str, str, str, str], making: bool) -> list[dict[str, Any]]:
    """The same for the series that recipes make. Making them takes time, so it is done where it was asked for;
    otherwise how many values there are, from when to when, stays open."""
    from amur.record.derived import recipes

    every = [recipe.as_series() for recipe in recipes.recipes().values()]
    fitting = record.find(*asked, among=every)
    made = recipes.derive_all(record, [series.series for series in fitting] if making else [])
    return [_row(series, "derived", list(made[series.series].values) if making else None) for series in fitting]


def _row(series: Series, kind: str, known: list[str] | None) -> dict[str, Any]:
    told: dict[str, Any] = series._asdict()
    told["overlay"] = told.pop("origin")
    return told | {
        "kind": kind,
        "observations": None if known is None else len(known),
        "first": min(known or (), default=None),
        "last": max(known or (), default=None),
    }


def _span(row: dict[str, Any]) -> str:
    if not row["first"]:
        return "derived" if row["kind"] == "derived" else ""
    return row["first"] if row["first"] == row["last"] else f"{row['first']}–{row['last']}"


@app.command()
def events(
    words: Words = None,
    kind: Annotated[str, typer.Option(help="Only this kind, such as summit", callback=options.said)] = "",
    actor: Annotated[
        str, typer.Option(help="Only with this actor (ISO3), such as USA", callback=options.said)
    ] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="From this date on", callback=options.said)] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Up to this date", callback=options.said)] = "",
    as_json: AsJson = False,
    as_of: AsOf = "",
    no_overlay: NoOverlay = False,
) -> None:
    """What happened: dated events, all or those that hold some words."""
    from amur.record.record import as_date

    record = options.loaded(as_of, no_overlay=no_overlay)
    check_choice("kind", kind, sorted({event.kind for event in record.tables.events}))
    actors = {name for event in record.tables.events for name in event.actors.split(";") if name}
    check_choice("actor", actor.upper(), sorted(actors))
    for name, date in (("since", since), ("until", until)):
        as_date(date or None, field=name)
    found = record.find_events(" ".join(words or ()), kind, actor, since, until)
    if as_json:
        output.print_json(
            [
                event._asdict()
                | {"actors": event.actors.split(";"), "citation": record.sources[event.source].citation()}
                for event in found
            ]
        )
        return
    if not found:
        output.none_fit("event")
        return
    rows = [(event.date, event.kind, event.actors, event.event, event.what) for event in found]
    output.say(output.entries(("date", "kind", "actors", "event", "what"), rows, whole="event"))
    output.tell_overlays(dict.fromkeys(event.origin for event in found if event.origin))


@app.command(short_help="Where numbers and events were seen.")
def sources(
    words: Words = None, as_json: AsJson = False, as_of: AsOf = "", no_overlay: NoOverlay = False
) -> None:
    """Where the numbers and events were seen, and how many rows rest on each source."""
    record = options.loaded(as_of, no_overlay=no_overlay)
    used = _used(record)
    wanted = " ".join(words or ()).lower().split()
    found = [
        source
        for source in record.sources.values()
        if all(word in " ".join(source[:5]).lower() for word in wanted)
    ]
    if as_json:
        output.print_json(
            [s._asdict() | {"observations": len(used[s.source][0]), "events": used[s.source][1]} for s in found]
        )
        return
    if not found:
        output.none_fit("source")
        return
    rows = [
        (s.source, s.publisher, s.published, f"{len(used[s.source][0]) + used[s.source][1]:,}", s.title)
        for s in found
    ]
    columns = ("source", "publisher", "published", "rows", "title")
    output.say(output.entries(columns, rows, right=("rows",)))


@app.command()
def source(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="The name of a source")],
    as_json: AsJson = False,
    as_of: AsOf = "",
    no_overlay: NoOverlay = False,
) -> None:
    """One source: its citation, its terms, and what rests on it."""
    from amur.record import terms

    record = options.loaded(as_of, no_overlay=no_overlay)
    if name not in record.sources:
        hint = nearest(name, list(record.sources))
        raise AmurError(
            f"the source '{name}' is not in the record",
            mend=hint or "See `amur record sources`.",
        )
    found = record.sources[name]
    family = terms.terms_of(name, found.origin)
    used, many_events = _used(record)[name]
    series = sorted(set(used))
    if as_json:
        output.print_json(
            found._asdict()
            | {"citation": found.citation(), "terms": family._asdict(), "series": series}
            | {"observations": len(used), "events": many_events}
        )
        return
    output.say(output.heading(name))
    output.say(output.paragraph(found.citation()))
    output.say(
        output.paragraph(f"\nTerms ({family.holder}): {family.terms}. Cite as: {family.citation}.".strip())
    )
    output.say(f"\n{len(used):,} observations of {len(series)} series, {many_events} events")
    for each in series:
        output.say(f"  {each}")


def _used(record: Record) -> dict[str, tuple[list[str], int]]:
    """For each source the series of the observations, and the number of events, that rest on it."""
    observed: dict[str, list[str]] = {name: [] for name in record.sources}
    happened = dict.fromkeys(record.sources, 0)
    for row in record.observations:
        observed[row.source].append(row.series)
    for event in record.events:
        happened[event.source] += 1
    return {name: (observed[name], happened[name]) for name in record.sources}


def check_choice(field: str, value: str, known: list[str]) -> None:
    """Refuse a value that is none of the known ones, naming the nearest."""
    if value and value not in known:
        hint = nearest(value, known) or f"It can be {', '.join(known[:12])}{' …' if len(known) > 12 else '.'}"
        raise AmurError(f"there is no {field} '{value}'", field=field, mend=hint)


app.command("show", short_help="One series: chart, definition, last values, sources.")(record_show.show)
app.command("sql", short_help="Ask the record in SQL; nothing is written.")(record_data.sql)
app.command("export", short_help="Write series and events to a file, with citations.")(record_data.export)
app.command("check", short_help="Check the record and all that rests on it, or a file.")(record_data.check)
app.command("add", short_help="Lay a table of your own over the record.")(record_own.add)
app.command("remove")(record_own.remove)
app.command("overlays")(record_own.overlays)
app.command("codings", short_help="Coded decisions: the rule, each change, its events.")(record_own.codings)
