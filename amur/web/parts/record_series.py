"""One series, measure or decision: its chart, definition, values with their sources, what it rests on and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amur import claims
from amur.book.uses import uses
from amur.charts import number
from amur.record import periods, terms
from amur.record.derived.recipes import describe, recipes
from amur.record.export import Extract
from amur.record.measures import catalogue
from amur.web.pages import WRONG, shown
from amur.web.parts.record_asked import Name, OfMeasure, OfMeasureWide, Over, OverWide
from amur.web.parts.record_figures import PICTURES, TABLES, WORDS, drawn, picture, rendered, table
from amur.web.parts.record_held import FREQUENCIES, Held, held, link_of, loaded
from amur.web.parts.record_places import names_of
from amur.web.parts.record_rows import course, said
from amur.web.problems import API
from amur.web.views import link

if TYPE_CHECKING:
    from amur.record.timeseries import Point, TimeSeries

router = APIRouter()
SIBLINGS = 6
"""Series that are offered to be drawn beside one."""


# ---------------------------------------------------------------- pages


def series(request: Request, name: Name, asked: Annotated[Over, Query()]) -> dict[str, Any]:
    """A recorded or derived series: values with their sources, definition, recipe, and what rests on it."""
    now = held(request).at(asked.as_of, asked.strict)
    return _told(now, "series", name, now.series(name), asked)


def measure(request: Request, name: Name, asked: Annotated[OfMeasure, Query()]) -> dict[str, Any]:
    """A measure for two countries: values with their sources, definition, formula, and the latest for every other two."""
    now = held(request).at(asked.as_of, asked.strict)
    found = now.measure(name, asked.dyad)
    return _told(now, "measures", name, found, asked) | {"elsewhere": _elsewhere(now, name, found)}


def decision(request: Request, name: Name, asked: Annotated[Over, Query()]) -> dict[str, Any]:
    """A coded decision: the rule it is coded by, each change with the events it rests on, and where coders may differ."""
    now = held(request).at(asked.as_of, asked.strict)
    coding = now.decision(name)
    told = coding.as_json()
    spells = [each | {"title": now.record.event[each["event"]].what} for each in _events(now, told)]
    return _told(now, "decisions", name, now.coded(name), asked) | {"coding": told, "events": spells}


# ---------------------------------------------------------------- files


def _offer(folder: str, kind: type[Over], wide: type[Over], summary: str) -> None:
    """Offer the charts and files of what lies in a folder, before its JSON: names hold dots."""

    def specification(request: Request, name: Name, asked: Over) -> Response:
        every, levels = _drawn_together(request, folder, name, asked)
        told = drawn(every, getattr(asked, "width", "wide"), levels, since=asked.since, until=asked.until)
        return JSONResponse(told)

    def file(ending: str) -> Callable[..., Response]:
        def made(request: Request, name: Name, asked: Over) -> Response:
            if ending in PICTURES:
                every, levels = _drawn_together(request, folder, name, asked)
                return picture(every, ending, name, levels, since=asked.since, until=asked.until)
            now = held(request).at(asked.as_of, asked.strict)
            return table(Extract(now.record, tuple(_every(now, folder, name, asked))), ending, name)

        return made

    def offered(ending: str, doing: Callable[..., Response], asked: type[Over], what: str, media: str) -> None:
        doing.__annotations__ = {"request": Request, "name": Name, "asked": Annotated[asked, Query()]}
        router.add_api_route(
            f"{API}/record/{folder}/{{name}}.{ending}", doing, name=f"record-{folder}-{ending}", tags=["Files"],
            operation_id=f"get-record-{folder}-{ending.replace('.', '-')}", response_model=None,
            summary=f"{summary} as {what}", responses=WRONG | {200: {"content": {media.partition(";")[0]: {}}}},
        )  # fmt: skip

    offered("vl.json", specification, wide, "a chart's Vega-Lite specification", "application/json")
    for ending, media in (TABLES | PICTURES).items():
        offered(ending, file(ending), kind, f"a file (.{ending})", media)


_offer("series", Over, OverWide, "A series")
_offer("measures", OfMeasure, OfMeasureWide, "A measure")
_offer("decisions", Over, OverWide, "A coded decision")


@router.get(
    f"{API}/record/measures/{{name}}/dyads.svg", response_model=None, tags=["Files"],
    operation_id="get-record-measures-dyads-svg", responses=WRONG | {200: {"content": {"image/svg+xml": {}}}},
)  # fmt: skip
def dyads(request: Request, name: Name) -> Response:
    """A measure for every two countries as a picture (.svg): the latest value of each."""
    return rendered(_ranking(held(request), name), "svg", f"{name}-dyads")


@router.get(
    f"{API}/record/measures/{{name}}/dyads.vl.json", response_model=None, tags=["Files"],
    operation_id="get-record-measures-dyads-chart", responses=WRONG,
)  # fmt: skip
def dyads_chart(request: Request, name: Name, asked: Annotated[OverWide, Query()]) -> Response:
    """A measure for every two countries as a chart's Vega-Lite specification."""
    from amur.web.drawn import WIDTHS, specification

    now = held(request).at(asked.as_of, asked.strict)
    return JSONResponse(specification(_ranking(now, name, WIDTHS[asked.width] - 130, caption=""), asked.width))


shown(router, "/record/series/{name}", series, "record_series.html.j2", "Series", "One series of the record")
shown(
    router, "/record/measures/{name}", measure, "record_series.html.j2", "Measure", "One measure on the record"
)
shown(router, "/record/decisions/{name}", decision, "record_series.html.j2", "Decision", "One coded decision")


# ---------------------------------------------------------------- what is told


def _told(now: Held, folder: str, name: str, one: TimeSeries, asked: Over) -> dict[str, Any]:
    also = [_other(now, other) for other in dict.fromkeys(asked.also)]
    return {
        "asked": asked.model_dump(by_alias=True), "address": asked.address(), "folder": folder, "name": name,
        "page": f"/record/{folder}/{name}", "series": one.series,
        "title": one.title, "unit": one.unit, "frequency": FREQUENCIES[one.frequency], "topic": _topic(now, one),
        "kind": one.kind, "role": one.role, "definition": one.definition, "formula": one.formula,
        "literature": one.literature, "why": one.why, "between": _between(one),
        "as_of": str(now.record.as_of or ""), "strict": now.record.strict, "unknown": len(_now(now, one).points) - len(one.points),
        "overlays": list(one.origins), "latest": _latest(now, name, one),
        "points": _points(now, name, one), "gaps": _gaps(one), "notes": _notes(one),
        "sources": _sources(now, one), "charts": _charts(now, folder, name, one, asked, also),
        "with": also, "siblings": _siblings(now, name, one, also), "files": _files(folder, name, asked),
        "recipe": describe(recipes()[name]) if one.kind == "derived" else [],
        "made_from": [_brief(now, each) for each in recipes()[name].inputs] if one.kind == "derived" else [],
        "used_by": [_brief(now, each) for each in _used_by(name)], "model": _model(name), "claims": _claims(name, folder),
        "command": _command(folder, name, one, asked), "course": course(one),
    }  # fmt: skip


def _topic(now: Held, one: TimeSeries) -> dict[str, str]:
    topic = now.record.topics.get(one.topic)
    if topic:
        return {"topic": topic.topic, "title": topic.title, "dimension": topic.dimension}
    dimension = next((m.dimension for m in catalogue().values() if one.series.startswith(f"{m.name}.")), "")
    return {"topic": "", "title": "", "dimension": dimension}


def _between(one: TimeSeries) -> str:
    told = [names_of(each) for each in (one.reporter, one.partner) if each]
    return " and ".join(told)


def _now(now: Held, one: TimeSeries) -> TimeSeries:
    """The same series as it is known now."""
    if now.whole is now:
        return one
    if one.kind == "measure":
        name = next(m for m in catalogue() if one.series.startswith(f"{m}.") and len(one.series) == len(m) + 8)
        return now.whole.measure(name, f"{one.reporter}-{one.partner}")
    return now.whole.any(one.series.removeprefix("decision.") if one.kind == "coded" else one.series)


def _latest(now: Held, name: str, one: TimeSeries) -> dict[str, Any] | None:
    last = one.latest
    if last is None:
        return None
    before = _year_before(one, last)
    return {
        "period": last.period, "value": last.value, "said": said(now, name, last.value), "sources": list(last.sources),
        "published": now.publishers(last.sources), "revised": last.revised, "note": last.note,
        "before": {"period": before.period, "value": before.value, "said": said(now, name, before.value)} if before else None,
        "highest": _extreme(now, name, one, max), "lowest": _extreme(now, name, one, min),
    }  # fmt: skip


def _year_before(one: TimeSeries, last: Point) -> Point | None:
    many = {"A": 1, "Q": 4, "M": 12}[one.frequency]
    return one.at(periods.from_ordinal(periods.ordinal(last.period) - many, one.frequency))


def _extreme(now: Held, name: str, one: TimeSeries, which: Callable[..., Any]) -> dict[str, Any]:
    point = which(one.points, key=lambda each: each.value)
    return {"period": point.period, "value": point.value, "said": said(now, name, point.value)}


def _points(now: Held, name: str, one: TimeSeries) -> list[dict[str, Any]]:
    """The values, newest first, each with the day since which one was known and, under the owner's own, the built-in one."""
    since = {
        row.period: now.record.known(row).since.isoformat()
        for row in now.record.observations
        if row.series == name
    }
    beneath: dict[str, float] = {}
    if one.origins:
        built = loaded(own=False)
        if name in built.record.series:
            beneath = built.record.timeseries(name).values
    return [
        point._asdict()
        | {"said": said(now, name, point.value), "known": since.get(point.period), "built_in": beneath.get(point.period) if point.origin else None}
        for point in reversed(one.points)
    ]  # fmt: skip


def _gaps(one: TimeSeries) -> str:
    there = {periods.ordinal(point.period) for point in one.points}
    missing = [each for each in range(min(there, default=0), max(there, default=0)) if each not in there]
    return periods.ranges([periods.from_ordinal(each, one.frequency) for each in missing])


def _notes(one: TimeSeries) -> list[dict[str, str]]:
    said_of: dict[str, list[str]] = {}
    for point in one.points:
        if point.note and one.kind != "coded":
            said_of.setdefault(point.note, []).append(point.period)
    return [{"when": periods.ranges(when), "note": note} for note, when in reversed(said_of.items())]


def _sources(now: Held, one: TimeSeries) -> list[dict[str, Any]]:
    """What the values rest on, most used first, with the terms of each."""
    many: dict[str, list[str]] = {}
    for point in one.points:
        for source in point.sources:
            many.setdefault(source, []).append(point.period)
    told = []
    for name, when in sorted(many.items(), key=lambda each: -len(each[1])):
        if name in one.sources:
            seen = one.sources[name]
            family = terms.terms_of(name, seen.origin)
            told.append({
                "source": name, "citation": seen.citation(), "publisher": seen.publisher, "title": seen.title,
                "published": seen.published, "url": link_of(seen), "holder": family.holder, "terms": family.terms,
                "many": len(when), "when": periods.ranges(when), "own": seen.origin,
            })  # fmt: skip
    return told


def _charts(
    now: Held, folder: str, name: str, one: TimeSeries, asked: Over, also: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A chart for each unit: the series and those beside it, in the order in which they were asked for."""
    groups: dict[str, list[tuple[str, str, str]]] = (
        {one.unit: [(folder, name, one.title)]} if one.points else {}
    )
    for other in also:
        if other["many"]:
            groups.setdefault(other["unit"], []).append((other["folder"], other["asked"], other["title"]))
    told = []
    for unit, ((first, what, title), *rest) in groups.items():
        plain, _, dyad = what.partition(":")
        more = asked.address() | {"with": [each for _, each, _ in rest]}
        if first == "measures":
            more["dyad"] = dyad or (f"{one.reporter}-{one.partner}" if what == name else "")
        else:
            more.pop("dyad", None)
        where = f"{API}/record/{first}/{plain}"
        told.append({
            "src": link(f"{where}.vl.json", more), "still": link(f"{where}.svg", more), "unit": unit,
            "titles": [title, *(each for _, _, each in rest)],
            "files": [[link(f"{where}.{ending}", more), WORDS[ending]] for ending in PICTURES],
        })  # fmt: skip
    return told


def _files(folder: str, name: str, asked: Over) -> list[list[str]]:
    where = f"{API}/record/{folder}/{name}"
    return [[link(f"{where}.{ending}", asked.address()), WORDS[ending]] for ending in TABLES]


def _other(now: Held, name: str) -> dict[str, Any]:
    one = now.any(name)
    folder = {"measure": "measures", "coded": "decisions"}.get(one.kind, "series")
    plain, _, dyad = name.partition(":")
    return {
        "asked": name, "name": plain, "folder": folder, "page": link(f"/record/{folder}/{plain}", {"dyad": dyad}),
        "title": one.title, "unit": one.unit, "many": len(one.points),
    }  # fmt: skip


def _siblings(now: Held, name: str, one: TimeSeries, also: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Series of the same unit and of the same family of names, to be drawn beside it."""
    taken = {name, *(each["asked"] for each in also)}
    if one.kind == "measure":
        which = next(m for m in catalogue().values() if m.name == name)
        return [
            {"name": f"{name}:{dyad}", "title": str(dyad)}
            for dyad in which.dyads
            if f"{name}:{dyad}" not in taken and str(dyad) != f"{one.reporter}-{one.partner}"
        ][:SIBLINGS]
    parts = name.split(".")
    near = [
        each
        for each in now.whole.entries
        if each.kind in ("recorded", "derived") and each.unit == one.unit and each.name not in taken
        and each.name.split(".")[:1] == parts[:1] and each.topic == one.topic and one.kind != "coded"
    ]  # fmt: skip
    mine = set(parts)
    mirror = ".".join("-".join(reversed(part.split("-"))) for part in parts)
    near.sort(
        key=lambda each: (
            each.name != mirror,
            -len(mine & set(each.name.split("."))),
            each.frequency != one.frequency,
            each.name,
        )
    )
    return [{"name": each.name, "title": each.title} for each in near[:SIBLINGS]]


def _brief(now: Held, name: str) -> dict[str, Any]:
    """A series that another is made of, in a few words."""
    known = now.record.series.get(name) or (recipes()[name].as_series() if name in recipes() else None)
    return {"name": name, "title": known.title if known else name, "page": f"/record/series/{name}"}


def _used_by(name: str) -> list[str]:
    return [each.series for each in recipes().values() if name in each.inputs]


def _model(name: str) -> dict[str, Any]:
    """What the model does with a series, itself or through the series that recipes make of it."""
    told = uses()
    reach, waiting = {name: ""}, [name]
    for each in waiting:
        for further in _used_by(each):
            if further not in reach:
                reach[further] = further
                waiting.append(further)
    given: dict[str, dict[str, Any]] = {}
    seen: dict[str, dict[str, Any]] = {}
    read: dict[str, dict[str, Any]] = {}
    for each, through in reach.items():
        of = told["series"].get(each, {})
        for forcing in of.get("given", ()):
            given.setdefault(forcing, told["forcings"][forcing] | {"name": forcing, "through": through})
            for mechanism in told["forcings"][forcing]["mechanisms"]:
                read.setdefault(mechanism, told["mechanisms"][mechanism] | {"name": mechanism, "by": forcing})
        for observable in of.get("seen", ()):
            seen.setdefault(
                observable, told["observables"][observable] | {"name": observable, "through": through}
            )
        for mechanism in of.get("named", ()):
            read.setdefault(mechanism, told["mechanisms"][mechanism] | {"name": mechanism, "by": ""})
    return {"given": list(given.values()), "seen": list(seen.values()), "mechanisms": list(read.values())}


def _claims(name: str, folder: str) -> list[dict[str, str]]:
    """The claims of the essays that name it as what they are tested on."""
    home = f"{ {'series': 'series', 'measures': 'measure', 'decisions': 'coding'}[folder] }:{name}"
    named = catalogue()[name].claims if folder == "measures" else ()
    essays = claims.essays()
    return [
        {"claim": each.claim, "says": each.statement, "essay": essays[each.essay].title}
        for each in claims.load()
        if home in each.home or each.claim in named
    ]


def _command(folder: str, name: str, one: TimeSeries, asked: Over) -> dict[str, str]:
    when = f" --as-of {asked.as_of}" + (" --strict" if asked.strict else "") if asked.as_of else ""
    load = (
        f'amur.record.load("{asked.as_of}"{", strict=True" if asked.strict else ""})'
        if asked.as_of
        else "amur.record.load()"
    )
    if folder == "measures":
        dyad = f"{one.reporter}-{one.partner}"
        return {
            "shell": f"amur measure show {name} --dyad {dyad}{when}",
            "python": f'import amur\nfrom amur.record.measures import measure\n\nmeasure({load}, "{name}", "{dyad}").to_pandas()',
        }
    if folder == "decisions":
        return {
            "shell": f"amur record codings {name}{when}",
            "python": f'import amur\nfrom amur.record.coded.codings import coding\n\ncoding({load}, "{name}").series().to_pandas()',
        }
    return {
        "shell": f"amur record show {name}{when}",
        "python": f'import amur\n\n{load}.timeseries("{name}").to_pandas()',
    }


def _elsewhere(now: Held, name: str, one: TimeSeries) -> list[dict[str, Any]]:
    """The latest value for every two countries, largest first."""
    which = catalogue()[name]
    each = {str(dyad): now.measure(name, str(dyad)) for dyad in which.dyads}
    told = [
        {
            "dyad": dyad, "page": link(f"/record/measures/{name}", {"dyad": dyad}), "period": last.period, "value": last.value,
            "said": number(last.value), "countries": " and ".join(map(names_of, dyad.split("-"))),
            "this": dyad == f"{one.reporter}-{one.partner}", "course": course(found), "own": list(found.origins),
        }
        for dyad, found in each.items() if (last := found.latest)
    ]  # fmt: skip
    return sorted(told, key=lambda row: -cast("float", row["value"]))


def _ranking(now: Held, name: str, width: int = 460, caption: str | None = None) -> Any:
    from amur import charts

    now.measure(name)
    which = catalogue()[name]
    there = {str(dyad): one for dyad in which.dyads if (one := now.measure(name, str(dyad))).points}
    order = sorted(there, key=lambda dyad: -there[dyad].points[-1].value)
    values = {f"{dyad} ({there[dyad].points[-1].period})": there[dyad].points[-1].value for dyad in order}
    ours = next((label for label in values if label.startswith(("RUS-CHN", "CHN-RUS"))), "")
    cited = {
        source: one.sources[source]
        for one in there.values()
        for source in one.points[-1].sources
        if source in one.sources
    }
    return charts.ranking(
        values,
        unit=which.unit,
        title=which.title,
        highlight=ours,
        sources=cited.values(),
        width=width,
        caption=caption,
    )


def _events(now: Held, told: dict[str, Any]) -> list[dict[str, str]]:
    names = dict.fromkeys(event for quarter in told["quarters"] for event in quarter["events"])
    return [{"event": name, "date": now.record.event[name].date} for name in names if name in now.record.event]


def _every(now: Held, folder: str, name: str, asked: Over) -> list[TimeSeries]:
    if folder == "measures":
        one = now.measure(name, getattr(asked, "dyad", ""))
    else:
        one = now.series(name) if folder == "series" else now.coded(name)
    return [one, *(now.any(other) for other in dict.fromkeys(asked.also))]


def _drawn_together(
    request: Request, folder: str, name: str, asked: Over
) -> tuple[list[TimeSeries], dict[float, str] | None]:
    """The series of one chart, and the words of their codes where a decision is drawn alone."""
    now = held(request).at(asked.as_of, asked.strict)
    every = _every(now, folder, name, asked)
    alone = folder == "decisions" and len(every) == 1
    return every, {float(at): word for at, word in enumerate(now.decision(name).values)} if alone else None
