"""Drivers: what holds the relationship together, and what limits it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from amur.questions.answer import Answer
from amur.web import asking
from amur.web.asked import AskedOfFutures, Words
from amur.web.offers import offered
from amur.web.pages import shown
from amur.web.said import SHARED, plainly

router = APIRouter()
OUTCOMES = ("coordination", "trade", "integration", "trust_rus", "trust_chn", "dependence_rus")
YEARS = ("2003", "2013", "2021", "now", "2036")
USUAL = {**SHARED, "outcome": list(OUTCOMES), "year": list(YEARS), "span": 11, "pairs": 6, "futures": 512}


class Drivers(AskedOfFutures):
    """What is taken apart, in which years, and how a family is set aside."""

    outcome: list[Words] | None = Field(
        None,
        max_length=12,
        description="What is decomposed: any quantity, or trade (both ways); none: the usual six",
    )
    year: list[Annotated[str, Field(pattern=r"^(|now|\d{4})$")]] | None = Field(
        None, max_length=12, description="Years from 1993 to 2046, or now; none: 2003, 2013, 2021, now, 2036"
    )
    held: int | None = Field(
        None, ge=1992, le=2045,
        description="Hold a family at what it contributed in this year instead of switching it off",
    )  # fmt: skip
    span: int | None = Field(
        None, ge=1, le=55, description="Years up to the year shown during which a family is off"
    )
    pairs: int | None = Field(
        None, ge=2, le=64, description="Orders of the families to average over, each with its reverse"
    )


async def ask(request: Request, asked: Annotated[Drivers, Query()]) -> Answer:
    """The answer, worked out if need be."""
    told = plainly(asked, USUAL).told()
    return await asking.answer(request, "drivers", told | ({"held": str(asked.held)} if asked.held else {}))


async def drivers(request: Request, asked: Annotated[Drivers, Query()]) -> dict[str, Any]:
    """What each family of mechanisms adds to each outcome in each year, and what goes when it alone is off."""
    return {
        "asked": plainly(asked, USUAL).model_dump(),
        "usual": USUAL,
        "answer": (await ask(request, asked)).as_json(),
    }


offered(router, "/drivers", ask, "drivers")
shown(router, "/drivers", drivers, "drivers.html.j2", "Drivers", "What holds it together, and what limits it?")
