"""Outlook: where the relationship is heading, to 2046."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from amur.questions.answer import Answer
from amur.questions.outlook.asked import SHOWN
from amur.web import asking
from amur.web.asked import AskedOfFutures, Words
from amur.web.offers import offered
from amur.web.pages import shown
from amur.web.said import SHARED, plainly

router = APIRouter()
USUAL = {**SHARED, "until": 2046, "quantities": list(SHOWN)}


class Outlook(AskedOfFutures):
    """How far to look, and at what."""

    until: int | None = Field(None, ge=2027, le=2046, description="The last year looked at")
    quantities: list[Words] | None = Field(
        None, max_length=24, description="Quantities or decisions to follow, by name; none: the usual ones"
    )


async def ask(request: Request, asked: Annotated[Outlook, Query()]) -> Answer:
    """The answer, worked out if need be."""
    told = plainly(asked, USUAL).told()
    return await asking.answer(
        request, "outlook", told | ({"until": str(told["until"])} if "until" in told else {})
    )


async def outlook(request: Request, asked: Annotated[Outlook, Query()]) -> dict[str, Any]:
    """End states year by year with their spread, when each is first reached, what parts them, and what is yet unknown."""
    return {
        "asked": plainly(asked, USUAL).model_dump(),
        "usual": USUAL,
        "answer": (await ask(request, asked)).as_json(),
    }


offered(router, "/outlook", ask, "outlook")
shown(router, "/outlook", outlook, "outlook.html.j2", "Outlook", "Where is it heading?")
