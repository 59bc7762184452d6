"""Dependence: who needs whom, where, and what a cut would cost."""

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
USUAL = {**SHARED, "dyad": "RUS-CHN", "share": 1.0}


class Dependence(AskedOfFutures):
    """Which pair of states, which cut, how much of it, and what was known when."""

    dyad: str | None = Field(
        None, pattern="^[A-Za-z]{3}-[A-Za-z]{3}$", max_length=7,
        description="Two ISO3 codes; pairs other than RUS-CHN are answered from the record alone",
    )  # fmt: skip
    cut: Words | None = Field(
        None,
        description="One cut: china-stops-buying, russia-stops-selling, china-stops-selling, payments-stop, all-trade; none: all",
    )
    share: float | None = Field(None, ge=0, le=1, description="The part of the flows that is cut, 0 to 1")
    as_of: str | None = Field(
        None, pattern=r"^\d{4}-\d{2}-\d{2}$", max_length=10, description="A day: only what the record held then"
    )


async def ask(request: Request, asked: Annotated[Dependence, Query()]) -> Answer:
    """The answer, worked out if need be."""
    return await asking.answer(request, "dependence", plainly(asked, USUAL).told())


async def dependence(request: Request, asked: Annotated[Dependence, Query()]) -> dict[str, Any]:
    """Who needs whom by sector and both ways, what a cut would cost each, and how fast it heals."""
    return {
        "asked": plainly(asked, USUAL).model_dump(),
        "usual": USUAL,
        "answer": (await ask(request, asked)).as_json(),
    }


offered(router, "/dependence", ask, "dependence")
shown(
    router, "/dependence", dependence, "dependence.html.j2", "Dependence",
    "Who needs whom, where, and what would a cut cost?",
)  # fmt: skip
