"""Reading: what the relationship is; ten readings weighed by the record."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from amur.questions.answer import Answer
from amur.web import asking
from amur.web.asked import Asked, Words
from amur.web.offers import offered
from amur.web.pages import shown
from amur.web.said import plainly

router = APIRouter()
USUAL = {"seed": 1, "weights": "stacking"}


class Reading(Asked):
    """Which weights lead, at the end of which year, and what moved which readings."""

    reading: list[Words] | None = Field(
        None, max_length=10, description="Readings whose movers are told too, by name"
    )
    as_of: int | None = Field(
        None,
        ge=1992,
        le=2100,
        description="The weights at the end of this year, from evidence to then; none: the last",
    )
    weights: Literal["stacking", "prequential"] | None = Field(
        None,
        description="Which weights lead: of the best mixture (stacking), or if one reading is true (prequential)",
    )
    seed: int | None = Field(None, ge=0, le=2**53, description="Seed of the bootstrap")


async def ask(request: Request, asked: Annotated[Reading, Query()]) -> Answer:
    """The answer, worked out if need be."""
    told = plainly(asked, USUAL).told()
    if asked.reading and "reading" in told:
        told["reading"] = ",".join(asked.reading)
    if asked.as_of:
        told["as_of"] = str(asked.as_of)
    return await asking.answer(request, "reading", told)


async def reading(request: Request, asked: Annotated[Reading, Query()]) -> dict[str, Any]:
    """Ten readings weighed by how well each foretold the record, what moved them, and how like other pairs the two are."""
    answer = await ask(request, asked)
    named = {each for row in answer.tables["movers"] for each in str(row["events"]).split()}
    return {
        "asked": plainly(asked, USUAL).model_dump(),
        "usual": USUAL,
        "answer": answer.as_json(),
        "years": years(),
        "events": await run_in_threadpool(events, frozenset(named)),
    }


@cache
def years() -> list[str]:
    """Years at whose end there are weights, the latest first."""
    from amur.conditioning.shipped import shipped
    from amur.questions.reading.asked import LEAST_YEARS

    return list(reversed(shipped().years[LEAST_YEARS - 1 :]))


def events(named: frozenset[str]) -> dict[str, dict[str, str]]:
    """What happened on what day, of the events named."""
    from amur.record.record import built_in

    return {
        each.event: {"date": each.date, "what": each.what} for each in built_in().events if each.event in named
    }


offered(router, "/reading", ask, "reading")
shown(router, "/reading", reading, "reading.html.j2", "Reading", "What is this relationship?")
