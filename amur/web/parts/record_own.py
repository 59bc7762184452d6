"""The owner's evidence: which sets lie over the record, and what each changed, beside what the record says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request

from amur.charts import number
from amur.errors import AmurError
from amur.web.pages import shown
from amur.web.parts.record_held import held, loaded

if TYPE_CHECKING:
    from amur.record.record import Record

router = APIRouter()
MOST = 200
"""Rows of a set that are shown; the rest are counted."""


def own(request: Request) -> dict[str, Any]:
    """The evidence of one's own that lies over the record: what it adds, and what it puts in place of which built-in value."""
    if request.app.state.settings.read_only:
        return {"read_only": True, "sets": [], "folder": "", "problem": ""}
    from amur.record.own import overlay

    listed = overlay.listing()
    problem = ""
    try:
        record, built = held(request).record, loaded(own=False).record
    except AmurError as error:
        record = built = loaded(own=False).record
        problem = str(error)
    return {
        "read_only": False, "folder": str(overlay.data_dir()), "problem": problem,
        "sets": [vars(each) | _changed(each.name, record, built) for each in listed],
    }  # fmt: skip


def _changed(name: str, record: Record, built: Record) -> dict[str, Any]:
    before = {(row.series, row.period): row for row in built.observations}
    values = [
        {
            "series": row.series, "title": record.series[row.series].title, "unit": record.series[row.series].unit,
            "period": row.period, "value": row.value, "said": number(row.value, 10), "source": row.source, "note": row.note,
            "built_in": old.value if old else None, "built_said": number(old.value, 10) if old else "",
            "built_source": old.source if old else "",
        }
        for row in record.observations
        if row.origin == name
        for old in (before.get((row.series, row.period)),)
    ]  # fmt: skip
    happened = [
        {
            "event": row.event,
            "date": row.date,
            "kind": row.kind,
            "what": row.what,
            "replaces": row.event in built.event,
        }
        for row in record.events
        if row.origin == name
    ]
    return {
        "replaced": sum(row["built_in"] is not None for row in values), "added_values": sum(row["built_in"] is None for row in values),
        "values": values[:MOST], "more": max(0, len(values) - MOST),
        "new_series": [
            {"series": row.series, "title": row.title, "unit": row.unit, "new": row.series not in built.series}
            for row in record.series.values()
            if row.origin == name
        ],
        "events": happened[:MOST], "more_events": max(0, len(happened) - MOST),
    }  # fmt: skip


shown(router, "/record/own", own, "record_own.html.j2", "Your own evidence", "What you laid over the record")
