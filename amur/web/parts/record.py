"""Record: what happened since 1992: series, measures, decisions, events and sources, looked up; and questions in SQL."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request

from amur.errors import AmurError, nearest
from amur.web.pages import shown
from amur.web.parts import record_events, record_own, record_series, record_sources, record_sql
from amur.web.parts.record_asked import Events, Series
from amur.web.parts.record_held import FREQUENCIES, KINDS, held, loaded
from amur.web.parts.record_places import choices
from amur.web.parts.record_rows import Sought, found, paged, row
from amur.web.problems import API

router = APIRouter()
BESIDE = 5
"""Events and sources shown beside the series that were found."""
HINTS = 10
OFTEN = (
    "trade.total.chn-rus", "trade.dependence", "finance.settle.natcur.chn-rus", "energy.crude.volume.rus-chn",
    "energy.gas-import-dependence", "price.crude-concession", "votes.ga.agreement", "exercises.tally", "cooperation-intensity",
    "attitudes.levada.good", "china-support", "russia-concession",
)  # fmt: skip
"""What is looked up often: shown while nothing is asked."""


def record(request: Request, asked: Annotated[Series, Query()]) -> dict[str, Any]:
    """Series, measures and decisions by words, topic, countries and kind, each with its last value; and events that fit."""
    now = held(request)
    known = {
        "topic": list(now.record.topics),
        "dimension": sorted({each.dimension for each in now.entries if each.dimension}),
    }
    for field, names in known.items():
        check(field, getattr(asked, field), names)
    sought = Sought(
        asked.q,
        asked.topic,
        asked.dimension,
        asked.country,
        asked.partner,
        asked.kind,
        asked.frequency,
        asked.role,
    )
    every = found(now.entries, sought)
    rows, where = paged(every, asked.page, asked.each)
    looking = any(sought)
    told = {name: getattr(asked, name) for name in ("q", "topic", "dimension", "country", "partner")}
    events = record_events.find(now, Events.model_validate(told)) if looking else []
    return {
        "asked": asked.model_dump(), "looking": looking, "summary": now.summary, "where": where,
        "rows": [row(now, each) for each in rows],
        "often": [] if looking or asked.page > 1 else [row(now, each) for each in now.entries if each.name in OFTEN],
        "events": {"total": len(events), "rows": [record_events.told(now, each) for each in events[:BESIDE]]},
        "topics": [topic._asdict() for topic in now.record.topics.values()],
        "choices": {
            "dimension": known["dimension"], "kind": KINDS, "frequency": FREQUENCIES,
            "country": choices({place for each in now.entries for place in each.places}),
        },
        "own": now.summary["overlays"],
    }  # fmt: skip


@router.get(f"{API}/record/names", tags=["Record"], operation_id="get-record-names", response_model=None)
def names(request: Request, asked: Annotated[Series, Query()]) -> list[dict[str, str]]:
    """Names that fit some words, for a reader who is writing one: at most ten."""
    every = found(held(request).entries, Sought(asked.q, kind=asked.kind))
    return [{"name": each.name, "title": each.title, "unit": each.unit} for each in every[:HINTS]]


def check(field: str, value: str, known: list[str]) -> None:
    """Refuse a value that is none of the known ones, naming the nearest."""
    if value and value not in known:
        hint = nearest(value, known) or f"It can be {', '.join(known[:12])}{' …' if len(known) > 12 else '.'}"
        raise AmurError(f"there is no {field} '{value}'", field=field, mend=hint)


def warm() -> None:
    """Read beforehand what the first page of the record needs: what can be looked up, and what is looked up often."""
    known = loaded(own=True)
    for each in known.entries:
        if each.name in OFTEN:
            row(known, each)


shown(router, "/record", record, "record.html.j2", "Record", "What happened since 1992, sourced")
for part in (record_events, record_sources, record_own, record_sql, record_series):
    router.include_router(part.router)
