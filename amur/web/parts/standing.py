"""Where things stand: the relationship at a glance, from what is published and what is in the record."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amur.errors import AmurError
from amur.web.asked import Asked
from amur.web.drawn import WIDTHS, Width, ready, specification
from amur.web.glance import Whole, whole
from amur.web.glance.pictures import NAMES, Name, picture, table, titles
from amur.web.pages import STANDING, WRONG, shown
from amur.web.parts.record_held import Held, held
from amur.web.problems import missing

router = APIRouter()
FIRST = dt.date(1993, 1, 1)
"""The first day with a year of the record before it."""
ALONE = 860
"""Pixels that a chart is wide as a file."""
ENDINGS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


class Standing(Asked):
    """As it was known on which day."""

    as_of: str | None = Field(
        None, pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day, YYYY-MM-DD: the record as it was known then"
    )


class StandingChart(Standing):
    """And how wide a chart is."""

    width: Width = Field("wide", description="How wide the chart is")


def of(request: Request, asked: Standing) -> Held:
    """The record that is asked for. AmurError for a day that there is none of, or before the record begins."""
    now = held(request)
    cut = now.at(asked.as_of or "")
    if cut.record.as_of is None:
        return now
    if cut.record.as_of < FIRST:
        raise AmurError(
            f"nothing stood as of {asked.as_of}: the record begins in 1992",
            field="as_of",
            mend="Give a day from 1993 on.",
        )
    # Of a day that the record does not reach, it says what it says now.
    return now if cut.record.as_of.isoformat() >= whole(now).told["end"] else cut


def standing(request: Request, asked: Annotated[Standing, Query()]) -> dict[str, Any]:
    """Facts of the record, the readings weighed, the quantities followed, decisions as coded, lights that are on, what
    happened lately, and the verdicts of the twelve arguments. Of a past day, only what the record held then."""
    found = whole(of(request, asked))
    return {
        "asked": asked.model_dump(), **found.told, "titles": titles(found.told), "sources": list(found.sources["all"]),
    }  # fmt: skip


@lru_cache(maxsize=64)
def drawn(known: Held, name: str, width: Width) -> dict[str, Any]:
    """A chart's specification. 404 for one that is not drawn of a past day."""
    ready()
    return specification(picture(_with(known, name), name, WIDTHS[width]), width)


@lru_cache(maxsize=24)
def still(known: Held, name: str, ending: str) -> bytes:
    """A chart as a file."""
    from amur.charts.saving import render

    ready()
    return render(picture(_with(known, name), name, ALONE, alone=True), f".{ending}")


def _with(known: Held, name: str) -> Whole:
    found = whole(known)
    if name not in found.sources:
        raise missing(f"there is no chart '{name}' of a past day", "Leave out as_of.")
    return found


@router.get(
    f"{STANDING}/{{chart}}.vl.json", name="standing-chart", operation_id="get-standing-chart", response_model=None,
    summary="A chart of where things stand as a Vega-Lite specification", responses=WRONG, tags=["Files"],
)  # fmt: skip
def chart_specification(request: Request, chart: Name, asked: Annotated[StandingChart, Query()]) -> Response:
    """The chart laid out for a width, on the page's own ground."""
    return JSONResponse(drawn(of(request, asked), chart, asked.width))


@router.get(
    f"{STANDING}/{{chart}}.{{ending}}", name="standing-file", operation_id="get-standing-file", response_model=None,
    summary="A chart of where things stand as a picture, or its numbers as a table", tags=["Files"],
    responses=WRONG | {200: {"content": {kind.partition(";")[0]: {} for kind in ENDINGS.values()}}},
)  # fmt: skip
def file(
    request: Request, chart: Name, ending: Literal["svg", "png", "csv"], asked: Annotated[Standing, Query()]
) -> Response:
    """The chart with its title and sources, or its rows with the sources below them."""
    known = of(request, asked)
    content = table(_with(known, chart), chart).encode() if ending == "csv" else still(known, chart, ending)
    where = "attachment" if ending == "csv" else "inline"
    name = f"amur-{chart}{f'-{asked.as_of}' if asked.as_of else ''}.{ending}"
    return Response(
        content, media_type=ENDINGS[ending], headers={"content-disposition": f'{where}; filename="{name}"'}
    )


def warm() -> None:
    """Read beforehand what the first request needs."""
    from amur.web.parts.record_held import loaded

    known = loaded(own=True)
    whole(known)
    for name in NAMES:
        drawn(known, name, "half")


shown(router, "/", standing, "standing.html.j2", "Where things stand", "The relationship at a glance")
