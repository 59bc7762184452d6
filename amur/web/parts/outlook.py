"""Outlook: where the relationship is heading, to 2046."""

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

router = APIRouter()


class Outlook(AskedOfFutures):
    """How far to look, and at what."""

    until: int | None = Field(None, ge=2027, le=2046, description="The last year looked at")
    quantities: list[Words] | None = Field(
        None, max_length=12, description="Quantities or decisions to show, by name; none: the usual ones"
    )


async def ask(request: Request, asked: Annotated[Outlook, Query()]) -> Answer:
    """The answer, worked out if need be."""
    told = asked.told()
    return await asking.answer(request, "outlook", told | ({"until": str(asked.until)} if asked.until else {}))


async def outlook(request: Request, asked: Annotated[Outlook, Query()]) -> dict[str, Any]:
    """End states year by year with their spread, when each is first reached, what parts them, and what is yet unknown."""
    return {"asked": asked.model_dump(), "answer": (await ask(request, asked)).as_json()}


offered(router, "/outlook", ask, "outlook")
shown(router, "/outlook", outlook, "outlook.html.j2", "Outlook", "Where is it heading?")
