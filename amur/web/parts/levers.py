"""Levers: what can be done, by whom, at what cost. Every side is asked the same way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, model_validator
from starlette.requests import Request

from amur.questions.answer import Answer
from amur.questions.choices import choices
from amur.web import asking
from amur.web.asked import AskedOfFutures, Words
from amur.web.offers import offered
from amur.web.pages import shown
from amur.web.said import SHARED, plainly

router = APIRouter()
USUAL = {**SHARED, "actor": "washington", "when": "2030-Q4,2036-Q4", "most": 4}
SLIDER = "weight."
"""What the names of sliders begin with, one to an aim or cost: ``weight.NAME=2`` is ``weight=NAME=2``."""


class Levers(AskedOfFutures):
    """Whose levers, by when, how many at once, and how its aims and costs are weighed."""

    actor: Words | None = Field(None, description="washington, brussels, coalition, beijing or moscow")
    when: Words | None = Field(
        None, description="Dates at which aims are judged: years or quarters with commas between, 2027 to 2046"
    )
    most: int | None = Field(None, ge=1, le=6, description="Levers in a portfolio at most")
    weight: list[Words] | None = Field(
        None,
        max_length=40,
        description="Weigh an aim or cost otherwise: NAME=N, repeated or with commas between",
    )

    @model_validator(mode="before")
    @classmethod
    def _sliders(cls, told: Any) -> Any:
        """Sliders joined with what is written out; what is said last counts."""
        if not isinstance(told, dict):
            return told
        slid = {name: value for name, value in told.items() if name.startswith(SLIDER)}
        rest = {name: value for name, value in told.items() if name not in slid}
        if not slid:
            return rest
        before = rest.get("weight") or []
        joined = [f"{name.removeprefix(SLIDER)}={_last(value)}" for name, value in slid.items()]
        return rest | {"weight": [*([before] if isinstance(before, str) else before), *joined]}


async def ask(request: Request, asked: Annotated[Levers, Query()]) -> Answer:
    """The answer, worked out if need be."""
    plain = weighed(asked)
    told = plain.told()
    return await asking.answer(
        request, "levers", told | ({"weight": ",".join(plain.weight)} if plain.weight else {})
    )


async def levers(request: Request, asked: Annotated[Levers, Query()]) -> dict[str, Any]:
    """An actor's levers, alone and together, against that actor's own aims and costs; and when the best fails."""
    plain = weighed(asked)
    sliders = {
        f"{SLIDER}{name}": weight for name, weight in declared(plain.actor or str(USUAL["actor"])).items()
    }
    answer = await ask(request, asked)
    return {"asked": plain.model_dump(), "usual": {**USUAL, **sliders}, "answer": answer.as_json()}


def weighed(asked: Levers) -> Levers:
    """The same without what goes without saying: each weight once, and only those that are not the actor's own."""
    plain = plainly(asked, USUAL)
    if not plain.weight:
        return plain
    parts = [part.strip() for each in plain.weight for part in each.split(",") if part.strip()]
    said = {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in parts)}
    own = declared(plain.actor or str(USUAL["actor"]))
    told = sorted(f"{name}={value}" for name, value in said.items() if not _same(own.get(name), value))
    return type(asked)(**{**plain.model_dump(exclude_unset=True), "weight": told or None})


def declared(name: str) -> Mapping[str, float]:
    """The weights of an actor's aims and costs as they are declared; none for an actor that there is none of."""
    return {
        str(aim["name"]): float(aim["weight"])
        for actor in choices()["actors"]
        if actor["name"] == name
        for aim in actor["aims"]
    }


def _same(own: float | None, told: str) -> bool:
    try:
        return own is not None and float(told) == own
    except ValueError:
        return False


def _last(told: Any) -> str:
    return str(told[-1] if isinstance(told, list) else told)


offered(router, "/levers", ask, "levers")
shown(router, "/levers", levers, "levers.html.j2", "Levers", "What can be done, by whom?")
