"""Readings: the ten, each with its priors set apart and why; and one of the reader's own, made and scored here."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, UploadFile
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amur import claims as essays
from amur.book.published import published
from amur.charts.answers.saving import plain
from amur.charts.quality import own_evidence
from amur.errors import AmurError
from amur.questions.answer import Answer, from_json
from amur.readings import readings
from amur.web import asking, own, strips, uploads
from amur.web.drawn import WIDTHS, Width, specification
from amur.web.offers import offered
from amur.web.own import OwnReading
from amur.web.pages import WRONG, shown
from amur.web.problems import API, PendingError, RefusedError, there
from amur.web.views import link, rendered
from amur.web.work import Task

router = APIRouter()

type Plain = dict[str, Any]

HERE = "/system/readings"
NEW = f"{HERE}/new"
SCORE = f"{HERE}/score"
SOON = 0.5
"""Seconds that the page waits for a check, before it is told without one."""
READ = "reading_file"
"""The task that reads a file."""


async def all_of_them(request: Request) -> Plain:
    """The ten readings: what each says, what it bets on, and the weight that the record gives it now, both ways."""
    answer = await asking.answer(request, "reading", {})
    weights = {str(row["reading"]): row for row in answer.tables["readings"]}
    rows = [
        {
            "name": name, "title": each.title, "says": each.says, "claims": list(each.claims), "apart": len(each.apart),
            "predicts": [one.as_json() for one in each.predicts],
            **{key: weights[name][key] for kind in ("stacking", "prequential") for key in (kind, f"{kind}_low90", f"{kind}_high90")},
            "behind": weights[name]["behind"],
        }
        for name, each in readings().items()
    ]  # fmt: skip
    rows.sort(key=lambda row: -float(str(row["stacking"])))
    return {"readings": rows, "statement": answer.statement}


async def one(
    request: Request,
    name: Annotated[str, InPath(max_length=40, pattern="^[a-z-]+$", description="A reading, by name")],
) -> Plain:
    """One reading: its priors beside the base priors and what the record left of them, with reasons, claims and bets."""
    known = readings()
    there(name, known, f"there is no reading '{name}'", f"There are {', '.join(known)}.")
    made = known[name]
    answer = await asking.answer(request, "reading", {})
    row = next(each for each in answer.tables["readings"] if each["reading"] == name)
    statements = {each.claim: each.statement for each in essays.load()}
    return {
        **made.as_json(), "apart": await run_in_threadpool(strips.apart_of, name), "weights": dict(row),
        "claims": [{"claim": each, "statement": statements[each]} for each in made.claims],
        "movers": [dict(each) for each in answer.tables["movers"] if each["reading"] == name],
        "others": [{"name": each, "title": other.title} for each, other in known.items()],
    }  # fmt: skip


async def new(request: Request, asked: Annotated[OwnReading, Query()]) -> Plain:
    """A reading of one's own: each parameter that it sets apart, between which bounds, and how far that moves it."""
    if asked.add or (asked.drop and not asked.base):
        asked = OwnReading(**own.address(asked))
    made = await run_in_threadpool(own.shown, asked)
    text, at = own.text(asked), own.address(asked)
    for each in made:
        each["leave"] = _left(at, each["name"], asked.base)
    told = published()["parameters"]
    return {
        "asked": at, "title": own.title(asked), "says": asked.says, "base": asked.base, "name": own.name(asked),
        "sets": made, "text": text, "checked": await _checked(request, asked), "width": own.WIDTH,
        "bases": [{"name": name, "title": each.title, "apart": len(each.apart)} for name, each in readings().items() if each.structure == "model"],
        "groups": _groups(), "parameters": {name: each["why"] for name, each in told.items() if not each["idle"]},
        "dropped": [each for each in asked.drop or [] if each not in {one["name"] for one in made}],
        "may_score": not request.app.state.settings.read_only,
    }  # fmt: skip


async def scored(request: Request, asked: OwnReading) -> Plain:
    """What the worker made of a reading of one's own: the answer about the readings, with it among them."""
    if request.app.state.settings.read_only:
        raise RefusedError(
            403,
            AmurError(
                "readings of one's own are not scored on this server: it takes minutes of both cores",
                mend="Take the file away and run `amur ask reading --own FILE`, or `amur serve`, on your own machine.",
            ),
        )
    if not own.sets(asked):
        raise AmurError(
            "sets nothing apart, so there is nothing to score", mend="Set a parameter apart first, at /system/readings/new."
        )  # fmt: skip
    told: Plain = await asking.done(
        request, Task("own_reading", {"text": own.text(asked), "name": own.name(asked), "asked": {}})
    )
    return told


async def ask(request: Request, asked: Annotated[OwnReading, Query()]) -> Answer:
    """The answer about the readings, with one more."""
    told = await scored(request, asked)
    return from_json({key: value for key, value in told.items() if key != "evidence"})


async def score(request: Request, asked: Annotated[OwnReading, Query()]) -> Plain:
    """A reading of one's own taken through the record and weighed with the ten: minutes, and kept."""
    told = dict(await scored(request, asked))
    evidence = told.pop("evidence", [])
    name = own.name(asked).removesuffix(".toml")
    return {
        "asked": own.address(asked), "title": own.title(asked), "name": name, "answer": told, "evidence": evidence,
        "readings": told["tables"]["readings"], "movers": [each for each in told["tables"]["movers"] if each["reading"] == name],
    }  # fmt: skip


@router.get(SCORE, include_in_schema=False, name="own-score")
async def as_page(request: Request, asked: Annotated[OwnReading, Query()]) -> Response:
    """The same as a page; while it is worked out, one that says how far it is and loads itself again."""
    try:
        page = await score(request, asked)
    except PendingError as pending:
        told = {
            "asked": own.address(asked),
            "title": own.title(asked),
            "sets": own.sets(asked),
            "job": pending.job,
        }
        return rendered(
            request, "readings_working.html.j2", {"page": told, "title": "Your reading is taken through the record"}, 202,
            {"retry-after": "1"},
        )  # fmt: skip
    return rendered(
        request, "readings_score.html.j2", {"page": page, "title": "Your reading, judged by the record"}
    )


async def as_json(request: Request, asked: Annotated[OwnReading, Query()]) -> Response:
    return JSONResponse(await run_in_threadpool(plain, await score(request, asked)))


class AskedOfEvidence(OwnReading):
    """A reading, and how wide a chart of it is laid out."""

    width: Width = "wide"


@router.get(
    f"{API}{SCORE}/evidence.vl.json", tags=["Files"], name="own-evidence-chart", operation_id="get-own-evidence-chart",
    response_model=None, summary="Log evidence of a reading of one's own, year by year, over each of the others", responses=WRONG,
)  # fmt: skip
async def evidence(request: Request, asked: Annotated[AskedOfEvidence, Query()]) -> Response:
    """Log evidence to date of the reading over that of each other, as a Vega-Lite specification."""
    plainly = OwnReading(**asked.model_dump(exclude={"width"}, exclude_unset=True))
    told = await scored(request, plainly)
    titles = {name: each.title for name, each in readings().items()}
    drawn = partial(
        own_evidence, told["evidence"], own.name(plainly).removesuffix(".toml"), titles, WIDTHS[asked.width]
    )
    return JSONResponse(await run_in_threadpool(lambda: specification(drawn())))


@router.get(
    f"{API}{NEW}.toml", tags=["Files"], name="own-reading-toml", operation_id="get-own-reading-toml", response_model=None,
    summary="A reading of one's own as a file", responses=WRONG | {200: {"content": {"application/toml": {}}}},
)  # fmt: skip
def taken(asked: Annotated[OwnReading, Query()]) -> Response:
    """The reading as a file: for `amur readings check`, `amur ask reading --own`, or to be brought back here."""
    named = {"content-disposition": f'attachment; filename="{own.name(asked)}"'}
    return Response(own.text(asked), media_type="application/toml", headers=named)


@router.post(f"{HERE}/file", include_in_schema=False)
async def brought(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """A reading in a file: read in a process of its own, then shown as an address."""
    job = await uploads.brought(request, file, READ, "reading.toml")
    return RedirectResponse(f"{HERE}/file/{job.key}", 303)


@router.get(f"{HERE}/file/{{key}}", include_in_schema=False)
async def read(request: Request, key: uploads.Key) -> Response:
    """Goes on to the address that says what the file says, once it is read."""
    told = await uploads.read(request, key, READ, _told)
    return RedirectResponse(link(NEW, told), 303)


async def _checked(request: Request, asked: OwnReading) -> Plain:
    """What the model says of the reading: how far it moves each parameter; or where the check can be followed."""
    task = Task("reading_check", {"text": own.text(asked), "name": own.name(asked)})
    try:
        job = asking.submitted(request, task)
    except RefusedError:
        return {"state": "busy"}
    if not await job.wait(SOON):
        return {"state": "waiting", "events": f"{API}/jobs/{job.key}/events"}
    if job.result is None:
        return {"state": "failed", "problem": asking.problem_of(job).as_problem()}
    return {"state": "done", **await asking.done(request, task)}


def _told(content: Any) -> Plain:
    """The address that says what a file says. AmurError where a slider cannot."""
    told = own.of_file(content)
    own.sets(OwnReading(**told))  # type: ignore[arg-type]
    return told


def _left(at: Plain, name: str, base: str) -> str:
    """The address of the same reading with one parameter left at its base prior."""
    rest = {key: value for key, value in at.items() if key not in (name, f"{name}{own.WIDTH}")}
    theirs = {each.parameter for each in readings()[base].apart} if base else set()
    return link(NEW, rest, drop=[*at.get("drop", []), *([name] if name in theirs else [])])


def _groups() -> list[Plain]:
    """Parameters by the group that declares them, as they can be set apart."""
    made: dict[str, list[str]] = {}
    for name, each in published()["parameters"].items():
        if not each["idle"]:
            made.setdefault(each["group"], []).append(name)
    return [{"name": name, "parameters": members} for name, members in made.items()]


offered(router, SCORE, ask, "own-reading")
shown(router, HERE, all_of_them, "readings.html.j2", "Readings", "Ten answers to what this relationship is")
shown(router, NEW, new, "readings_new.html.j2", "Make your own reading", "Say what the relationship is, and let the record judge it")  # fmt: skip
router.add_api_route(
    f"{API}{SCORE}", as_json, name="own-score-json", operation_id="get-api-system-readings-score", response_model=None,
    summary="A reading of one's own, judged by the record", description=score.__doc__, responses=WRONG, tags=["Readings"],
)  # fmt: skip
shown(router, f"{HERE}/{{name}}", one, "readings_one.html.j2", "Reading")
