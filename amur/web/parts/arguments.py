"""Arguments: twelve points on which the essays contradict each other, each with a number, a verdict and its positions."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from amur.claims import essays
from amur.questions.answer import Answer
from amur.questions.arguments import ARGUMENTS, moving
from amur.questions.words import figure
from amur.web import asking
from amur.web.asked import Asked, AskedOfFutures
from amur.web.glance import argued
from amur.web.offers import offered
from amur.web.pages import WRONG, shown
from amur.web.problems import API, there
from amur.web.said import SHARED, plainly
from amur.web.shapes import held

router = APIRouter()
type Verdict = Literal["supported", "contradicted", "undecided"]
type Essay = Literal["poita-2023", "carnegie-2022", "cyfirma-2023", "moscow-gains", "natural-or-necessity-2022"]
type Order = Literal["given", "moved", "data", "title"]
ORDERS = {
    "given": "As they are numbered", "moved": "By how far the record moved a position", "data": "By how much is data",
    "title": "By title",
}  # fmt: skip


class Arguments(Asked):
    """Which arguments, and in what order."""

    verdict: Verdict | None = Field(None, description="Those in which a position has this verdict")
    essay: Essay | None = Field(None, description="Those in which a claim of this essay is tried")
    order: Order | None = Field(None, description="Their order: as given, or what comes first")


class Argued(AskedOfFutures):
    """How an argument is put."""


type Named = Annotated[
    str, Path(max_length=60, description="The name of an argument, as /api/arguments lists them")
]


def arguments(request: Request, asked: Annotated[Arguments, Query()]) -> dict[str, Any]:
    """The arguments as they are published: question, number with its spread and data share, verdict, and what the record
    makes of each position."""
    every = argued.cards()
    return {
        "asked": asked.model_dump(), "arguments": chosen(every, asked), "of": len(every),
        "essays": [{"name": each.essay, "title": each.title} for each in essays().values()],
        "orders": ORDERS, "verdicts": list(argued.VERDICTS), "counts": _counts(every),
        "made": every[0]["made"],
    }  # fmt: skip


def chosen(every: list[dict[str, Any]], asked: Arguments) -> list[dict[str, Any]]:
    """The cards that are asked for, in the order asked for."""
    found = [
        each
        for each in every
        if (not asked.verdict or any(one["short"] == asked.verdict for one in each["positions"]))
        and (not asked.essay or asked.essay in each["essays"])
    ]
    if asked.order == "moved":
        return sorted(found, key=lambda each: -max(abs(one["bits"] or 0) for one in each["positions"]))
    if asked.order == "data":
        return sorted(found, key=lambda each: -(each["data_share"] or 0))
    return sorted(found, key=lambda each: str(each["title"])) if asked.order == "title" else found


async def ask(request: Request, name: Named, asked: Annotated[Argued, Query()]) -> Answer:
    """The answer to an argument, worked out if need be. 404 for a name there is none of."""
    there(name, ARGUMENTS, f"there is no argument '{name}'", "See /arguments for all of them.")
    return await asking.argument(request, name, plainly(asked, SHARED).told())


async def argument(request: Request, name: Named, asked: Annotated[Argued, Query()]) -> dict[str, Any]:
    """One argument: its number, each position before and after the record with the claims that hold it, what the record
    says of the readings that it rests on, and what stands before and after it in the list."""
    answer = await ask(request, name, asked)
    return await run_in_threadpool(_told, name, answer, plainly(asked, SHARED))


def _told(name: str, answer: Answer, asked: Argued) -> dict[str, Any]:
    from amur.charts.answers import more

    place = ARGUMENTS.index(name)
    number = answer.numbers[0]
    return {
        "asked": asked.model_dump(), "name": name, "card": argued.card(answer), "answer": answer.as_json(),
        "moved": [_mover(dict(row), number.unit) for row in moving.rows(answer)],
        "charts": sorted(more(answer)), "place": place + 1, "of": len(ARGUMENTS),
        "previous": _beside(place - 1), "next": _beside(place + 1),
    }  # fmt: skip


def _mover(row: dict[str, Any], unit: str) -> dict[str, Any]:
    """What moved the readings, with its links: to the decision, the series and the events."""
    series, events = str(row["series"]).split(), str(row["events"]).split()
    links = [held(each) for each in series]
    size = figure(
        abs(float(row["by"])), "probability" if unit in ("probability", "share") else "quantity", unit
    )
    points = " points" if unit in ("probability", "share") else f" {unit}"
    sign = "+" if float(row["by"]) > 0 else "−"
    return row | {
        "text": f"{sign}{size.replace('%', '')}{points}", "links": links, "events": events,
        "series": series, "sources": str(row["sources"]).split(),
    }  # fmt: skip


def _beside(place: int) -> dict[str, str] | None:
    if not 0 <= place < len(ARGUMENTS):
        return None
    from amur.questions.published import published

    name = ARGUMENTS[place]
    return {"name": name, "title": published(f"argue:{name}").title, "link": f"/arguments/{name}"}


def _counts(every: list[dict[str, Any]]) -> dict[str, int]:
    """How many positions have each verdict."""
    positions = [one["short"] for each in every for one in each["positions"]]
    return {verdict: positions.count(verdict) for verdict in ("supported", "contradicted", "undecided")}


@router.get(
    f"{API}/arguments.csv", name="arguments-csv", operation_id="get-arguments-csv", response_model=None, tags=["Files"],
    summary="The arguments and their positions as a table (.csv)", responses=WRONG | {200: {"content": {"text/csv": {}}}},
)  # fmt: skip
def sheet(asked: Annotated[Arguments, Query()]) -> Response:
    """One row a position: the argument with its number, the position, its probability before and after, the verdict."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    numbers = ("number", "about", "unit", "low90", "high90", "data_share")
    positions = ("says", "before", "after", "bits", "verdict", "by")
    made = ("version", "stamp", "seed")
    writer.writerow(["argument", "title", *numbers, "claims", *positions, *made])
    for each in chosen(argued.cards(), asked):
        for one in each["positions"]:
            claims = " ".join(claim["claim"] for claim in one["claims"])
            writer.writerow([
                each["name"], each["title"], *(each[name] for name in numbers), claims, *(one[name] for name in positions),
                *(each["made"][name] for name in made),
            ])  # fmt: skip
    return Response(
        text.getvalue(), media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="amur-arguments.csv"'},
    )  # fmt: skip


offered(router, "/arguments/{name}", ask, "argument")
shown(
    router, "/arguments", arguments, "arguments.html.j2", "Arguments",
    "Twelve points on which the essays contradict each other or commit themselves",
)  # fmt: skip
shown(router, "/arguments/{name}", argument, "argument.html.j2", "Argument")
