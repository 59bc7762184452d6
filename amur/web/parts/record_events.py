"""Events: what happened, dated and sourced."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amur import claims
from amur.errors import AmurError, nearest
from amur.record.export import Extract
from amur.web.pages import WRONG, shown
from amur.web.parts.record_asked import Events, EventsWide, Name
from amur.web.parts.record_figures import PICTURES, TABLES, WORDS, rendered, table
from amur.web.parts.record_held import Held, held, link_of
from amur.web.parts.record_places import choices, names_of
from amur.web.parts.record_rows import paged
from amur.web.problems import API, there
from amur.web.views import link

if TYPE_CHECKING:
    from amur.record.schema import Event

router = APIRouter()
FEW = 8
"""Kinds up to so many have a row each in the picture; with more, topics have."""


def events(request: Request, asked: Annotated[Events, Query()]) -> dict[str, Any]:
    """What happened: dated events by words, kind, countries and time, each with its source."""
    now = held(request)
    every = find(now, asked)
    rows, where = paged(every, asked.page, asked.each)
    address = _address(asked)
    return {
        "asked": asked.model_dump(), "address": address, "where": where,
        "years": [[year, [told(now, each) for each in each_year]] for year, each_year in groupby(rows, key=lambda each: each.date[:4])],
        "first": min((each.date for each in every), default=""), "last": max((each.date for each in every), default=""),
        "kinds": _counted(every), "own": sum(bool(each.origin) for each in every),
        "by": "kind" if len(_groups(every)[1]) == 0 else "topic",
        "choices": {
            "kind": sorted({each.kind for each in now.record.events}),
            "topic": [[each.topic, each.title] for each in now.record.topics.values()],
            "country": choices({actor for each in now.record.events for actor in each.actors.split(";") if actor}),
        },
        "files": [[link(f"{API}/record/events.{ending}", address), WORDS[ending]] for ending in (*TABLES, *PICTURES)],
        "src": link(f"{API}/record/events.vl.json", address), "still": link(f"{API}/record/events.svg", address),
    }  # fmt: skip


def event(request: Request, name: Name) -> dict[str, Any]:
    """One event: what happened, its source, the decisions coded on it, and the claims that name it."""
    now = held(request)
    there(name, now.record.event, f"there is no event '{name[:80]}' in the record", "See /record/events.")
    one = now.record.event[name]
    source = now.record.sources[one.source]
    decisions = [
        {"name": coding.name, "title": coding.title, "quarters": [at for at, each in coding.quarters.items() if name in each.events]}
        for coding in now.decisions.values()
    ]  # fmt: skip
    return told(now, one) | {
        "citation": source.citation(), "url": link_of(source), "publisher": source.publisher,
        "decisions": [each for each in decisions if each["quarters"]],
        "claims": [
            {"claim": each.claim, "says": each.statement, "essay": claims.essays()[each.essay].title}
            for each in claims.load()
            if f"event:{name}" in each.home
        ],
    }  # fmt: skip


def _offer() -> None:
    def specification(request: Request, asked: EventsWide) -> Response:
        from amur.web.drawn import WIDTHS, specification as laid_out  # noqa: I001

        return JSONResponse(laid_out(_chart(held(request), asked, WIDTHS[asked.width] - 24), asked.width))

    def file(ending: str) -> Any:
        def made(request: Request, asked: Events) -> Response:
            now = held(request)
            if ending in PICTURES:
                return rendered(_chart(now, asked, 640, "Events of the record"), ending, "events")
            return table(Extract(now.record, (), tuple(find(now, asked))), ending, "events")

        return made

    def offered(ending: str, doing: Any, asked: type[Events], media: str) -> None:
        doing.__annotations__ = {"request": Request, "asked": Annotated[asked, Query()]}
        router.add_api_route(
            f"{API}/record/events.{ending}", doing, name=f"record-events-{ending}", tags=["Files"], response_model=None,
            operation_id=f"get-record-events-{ending.replace('.', '-')}", summary=f"Events as a file (.{ending})",
            responses=WRONG | {200: {"content": {media.partition(";")[0]: {}}}},
        )  # fmt: skip

    offered("vl.json", specification, EventsWide, "application/json")
    for ending, media in (TABLES | PICTURES).items():
        offered(ending, file(ending), Events, media)


_offer()
shown(router, "/record/events", events, "record_events.html.j2", "Events", "What happened, dated and sourced")
shown(router, "/record/events/{name}", event, "record_event.html.j2", "Event", "One event of the record")


def find(now: Held, asked: Events) -> list[Event]:
    """The events that fit, in the order asked for. AmurError for a kind, topic or date there is none of."""
    known = {
        "kind": sorted({each.kind for each in now.record.events}), "topic": list(now.record.topics),
        "dimension": sorted({each.dimension for each in now.record.topics.values()}),
    }  # fmt: skip
    for field, names in known.items():
        value = getattr(asked, field)
        if value and value not in names:
            raise AmurError(
                f"there is no {field} '{value}'", field=field,
                mend=nearest(value, names) or f"It can be {', '.join(names[:12])}{' …' if len(names) > 12 else '.'}",
            )  # fmt: skip
    fitting = [
        each
        for each in now.record.find_events(asked.q, asked.kind, asked.country, asked.since, asked.until)
        if asked.topic in ("", each.topic)
        and asked.dimension in ("", now.record.topics[each.topic].dimension)
        and (not asked.partner or asked.partner in each.actors.split(";"))
    ]
    return fitting[::-1] if asked.order == "newest" else fitting


def told(now: Held, one: Event) -> dict[str, Any]:
    """An event for a list: with its actors, its topic and its source."""
    source = now.record.sources[one.source]
    said = one._asdict()
    said["own"] = said.pop("origin")
    return said | {
        "page": f"/record/events/{one.event}", "countries": names_of(one.actors), "actors": one.actors.split(";") if one.actors else [],
        "topic_title": now.record.topics[one.topic].title, "published": now.publishers((one.source,)), "citation": source.citation(),
    }  # fmt: skip


def _address(asked: Events) -> dict[str, Any]:
    told = asked.model_dump(exclude_defaults=True, exclude={"page", "each", "width"})
    return {name: value for name, value in told.items() if value}


def _counted(every: list[Event]) -> list[list[Any]]:
    many: dict[str, int] = {}
    for each in every:
        many[each.kind] = many.get(each.kind, 0) + 1
    return [[kind, count] for kind, count in sorted(many.items(), key=lambda each: (-each[1], each[0]))]


def _groups(every: list[Event]) -> tuple[dict[str, str], list[str]]:
    """The row of each event in the picture, and the rows in order where they are topics."""
    if len({each.kind for each in every}) <= FEW:
        return {each.event: each.kind for each in every}, []
    return {each.event: each.topic for each in every}, list(dict.fromkeys(each.topic for each in every))


def _chart(now: Held, asked: Events, width: int, title: str = "") -> Any:
    from amur.charts.timeline import timeline

    every = find(now, asked)
    groups, rows = _groups(every)
    names = {name: topic.title for name, topic in now.record.topics.items()} if rows else {}
    cited = {each.source: now.record.sources[each.source] for each in every}
    return timeline(every, groups, names=names, sources=cited.values(), title=title, width=width)
