"""Watch: what would tell us, and where the record stands."""

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
USUAL = {**SHARED, "target": "reading", "ahead": 8, "miss_costs": 0.0}


class Watch(AskedOfFutures):
    """What is to be told, how far ahead, and what a miss costs."""

    target: Words | None = Field(
        None,
        description="What to tell about: reading, endstate, one of either, lethal-aid, guarantee, rear, ...",
    )
    ahead: int | None = Field(None, ge=4, le=12, description="Quarters in which indicators are read")
    miss_costs: float | None = Field(
        None, ge=0, le=1e6, description="False alarms that a miss costs; 0 weighs both by how often they can be"
    )


async def ask(request: Request, asked: Annotated[Watch, Query()]) -> Answer:
    """The answer, worked out if need be."""
    return await asking.answer(request, "watch", plainly(asked, USUAL).told())


async def watch(request: Request, asked: Annotated[Watch, Query()]) -> dict[str, Any]:
    """Indicators by the information each would give, their thresholds and errors, and where the record stands."""
    answer = await ask(request, asked)
    return {
        "asked": plainly(asked, USUAL).model_dump(),
        "usual": USUAL,
        "answer": answer.as_json(),
        "indicators": {
            str(row["indicator"]): of(str(row["indicator"])) for row in answer.tables.get("indicators", ())
        },
    }


def of(name: str) -> dict[str, Any]:
    """Why an indicator is watched, and where the record has it."""
    from amur.questions.watch.indicators import indicators

    found = indicators().get(name)
    if found is None:
        return {"why": "", "series": [], "coding": ""}
    return {"why": found.why, "series": [*found.series, *found.otherwise], "coding": found.coding}


offered(router, "/watch", ask, "watch")
shown(router, "/watch", watch, "watch.html.j2", "Watch", "What would tell us?")
