"""Sources: where numbers and events were seen, their terms, and what rests on each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request

from amur.record import periods, terms
from amur.web.pages import shown
from amur.web.parts import record_events
from amur.web.parts.record_asked import Name, Sources
from amur.web.parts.record_held import held, link_of
from amur.web.parts.record_rows import paged
from amur.web.problems import there

router = APIRouter()
EVENTS = 60
"""Events of a source that are listed; the rest are counted."""


def sources(request: Request, asked: Annotated[Sources, Query()]) -> dict[str, Any]:
    """Where the numbers and events were seen, and how much rests on each: the most used first."""
    now = held(request)
    wanted = asked.q.lower().split()
    every = [
        each
        for each in now.record.sources.values()
        if all(word in " ".join(each[:5]).lower() for word in wanted)
    ]
    used = now.resting
    every.sort(key=lambda each: (-len(used[each.source][0]) - used[each.source][1], each.source))
    rows, where = paged(every, asked.page, asked.each)
    return {
        "asked": asked.model_dump(), "where": where,
        "rows": [
            {
                "source": each.source, "page": f"/record/sources/{each.source}", "publisher": each.publisher, "title": each.title,
                "published": each.published, "url": link_of(each), "citation": each.citation(), "own": each.origin,
                "observations": len(used[each.source][0]), "series": len(set(used[each.source][0])), "events": used[each.source][1],
            }
            for each in rows
        ],
        "families": [family._asdict() for family in terms.families()],
    }  # fmt: skip


def source(request: Request, name: Name) -> dict[str, Any]:
    """One source: its citation, its terms, and the series and events that rest on it."""
    now = held(request)
    there(name, now.record.sources, f"there is no source '{name[:80]}' in the record", "See /record/sources.")
    one = now.record.sources[name]
    used: dict[str, list[str]] = {}
    for row in now.record.observations:
        if row.source == name:
            used.setdefault(row.series, []).append(row.period)
    happened = [each for each in now.record.events if each.source == name]
    return {
        "source": name, "publisher": one.publisher, "title": one.title, "published": one.published, "url": link_of(one),
        "citation": one.citation(), "own": one.origin, "terms": terms.terms_of(name, one.origin)._asdict(),
        "observations": sum(map(len, used.values())),
        "series": [
            {"name": each, "title": now.record.series[each].title, "unit": now.record.series[each].unit,
             "page": f"/record/series/{each}", "many": len(when), "when": periods.ranges(sorted(when))}
            for each, when in sorted(used.items())
        ],
        "many_events": len(happened), "events": [record_events.told(now, each) for each in happened[:EVENTS]],
    }  # fmt: skip


shown(
    router,
    "/record/sources",
    sources,
    "record_sources.html.j2",
    "Sources",
    "Where numbers and events were seen",
)
shown(router, "/record/sources/{name}", source, "record_source.html.j2", "Source", "One source of the record")
