"""What if: change the world and see what follows, at once."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amur import __version__
from amur.charts.answers.saving import plain
from amur.errors import AmurError
from amur.questions.whatif import possible
from amur.questions.whatif.sharing import differs
from amur.web.offers import offered
from amur.web.pages import WRONG
from amur.web.parts import whatif_files, whatif_told
from amur.web.parts.whatif_answer import ask, lively
from amur.web.parts.whatif_asked import LONGEST, MOST, WhatIf, address, reproduced, stamp
from amur.web.problems import API, SOON, PendingError
from amur.web.views import environment, rendered

router = APIRouter()
router.include_router(whatif_files.router)
TITLE, ABOUT = "What if", "Change the world and see what follows, beside the same futures without it"


class Lively(WhatIf):
    """A what-if of a lever that moves."""

    instead: str = Field(
        "", pattern="^[0-9a-f]{0,64}$", description="The key of the wish before, to be dropped"
    )


class Added(WhatIf):
    """A what-if, and one more intervention told in fields."""

    what: str = Field("", max_length=140, description="Kind and target: hold oil_price")
    value: str = Field("", max_length=40, description="How much, or which option")
    start: str = Field("", max_length=10)
    end: str = Field("", max_length=10)
    ramp: str = Field("", max_length=4)


async def whatif(request: Request, asked: Annotated[WhatIf, Query()]) -> Response:
    """Effects of a world made of scenarios and interventions on quantities, end states and decisions, with their spread,
    beside twins without it or in another world. Where nothing is done: what there is to do, and what each does most."""
    if not asked.anything:
        return JSONResponse(plain({"asked": asked.model_dump(), "answer": None, **_offer()}))
    answer = await ask(request, asked)
    told = {
        "asked": asked.model_dump(),
        "worlds": whatif_told.worlds(asked),
        "answer": answer.as_json(),
        **_made(asked),
    }
    return JSONResponse(await run_in_threadpool(plain, told))


async def page(request: Request, asked: Annotated[WhatIf, Query()]) -> Response:
    """The page: levers, and what they do; where that is still worked out, the levers with its progress."""
    if not asked.anything:
        return await run_in_threadpool(_page, request, asked)
    try:
        answer = await ask(request, asked)
    except PendingError as error:
        return await run_in_threadpool(_page, request, asked, None, error.job)
    except AmurError as error:
        return await run_in_threadpool(_page, request, asked, None, None, error)
    return await run_in_threadpool(_page, request, asked, answer)


async def results(request: Request, asked: Annotated[Lively, Query()]) -> Response:
    """Only what the levers do, for the script of the page: its part of the page, and the rows and layouts of charts."""
    wish = WhatIf(**asked.model_dump(exclude={"instead"}, exclude_unset=True))
    answer = await lively(request, wish, asked.instead)
    return JSONResponse(
        await run_in_threadpool(_results, request, wish, answer), headers={"cache-control": "no-store"}
    )


async def added(request: Request, asked: Annotated[Added, Query()]) -> Response:
    """One more intervention, told in fields where no script runs: goes to the address that has it."""
    kind, _, target = asked.what.partition(" ")
    words = [
        kind,
        target,
        asked.value,
        *(f"{name}={getattr(asked, name)}" for name in ("start", "end", "ramp")),
    ]
    if kind == "freeze":
        words = [kind, target, asked.value or asked.start]
    line = " ".join(each for each in words if each and not each.endswith("="))
    possible.plain(line)
    told = asked.model_dump(exclude={"what", "value", "start", "end", "ramp", "v", "stamp"}, exclude_unset=True)
    return RedirectResponse(address(WhatIf(**told | {"do": [*(asked.do or []), line]}), made=False), 303)


def there_is(request: Request) -> Response:
    """What can be done in a what-if: kinds of interventions with their fields, quantities with bounds and where they
    usually run, decisions with options, mechanisms, lines and their stages, and the built-in scenarios and levers."""
    return JSONResponse(
        {**possible.possible(), "order": whatif_told.KINDS, "fresh": possible.fresh()}, headers={"cache-control": "no-cache"}
    )  # fmt: skip


def warm() -> None:
    """Read and lay out beforehand what the first page and the first lever need."""
    possible.possible()
    possible.fresh()
    whatif_told.warm()


def _offer() -> dict[str, Any]:
    return {"presets": whatif_told.presets()}


def _made(asked: WhatIf) -> dict[str, Any]:
    return {"differs": differs(asked.made), "address": address(asked), "again": reproduced(asked)}


def _page(request: Request, asked: WhatIf, answer: Any = None, job: Any = None, error: AmurError | None = None) -> Response:  # fmt: skip
    told: dict[str, Any] = {
        "asked": asked.model_dump(), "worlds": whatif_told.worlds(asked), **_offer(), "doable": whatif_told.doable(),
        "most": MOST, "longest": LONGEST, "ahead": possible.possible()["ahead"], "until": possible.possible()["until"],
        "results": None, "job": None, "problem": error.as_problem() if error else None,
        "made": {"version": __version__, "stamp": stamp()}, "quantities": possible.possible()["quantities"],
    }  # fmt: skip
    if answer is not None:
        told["results"] = _told(asked, answer)
    if job is not None:
        told["job"] = {
            "key": job.key, "what": job.what, "done": job.done, "of": job.of, "events": f"{API}/jobs/{job.key}/events",
        }  # fmt: skip
    headers = {"retry-after": str(SOON)} if job else {}
    status = 202 if job else 400 if error else 200
    return rendered(request, "whatif.html.j2", {"page": told, "title": TITLE, "about": ABOUT}, status, headers)


def _results(request: Request, asked: WhatIf, answer: Any) -> dict[str, Any]:
    told = _told(asked, answer)
    html = environment().get_template("whatif_results.html.j2").render(results=told, request=request)
    return {"html": html, **{name: told[name] for name in ("charts", "address", "shown", "headline")}}


def _told(asked: WhatIf, answer: Any) -> dict[str, Any]:
    worlds = whatif_told.worlds(asked)
    against = f"'{worlds[1]['title']}'" if worlds[1]["rows"] else "the baseline"
    return {
        "asked": asked.model_dump(exclude={"v", "stamp"}), "answer": answer.as_json(), "worlds": worlds,
        "charts": plain(whatif_told.charts(answer)), "figures": whatif_told.figures(answer),
        "effects": whatif_told.effects(answer), "headline": whatif_told.headline(answer), "against": bool(worlds[1]["rows"]),
        "shown": f"'{worlds[0]['title'] or 'nothing done'}' against {against}, {answer.made.futures:,} futures.",
        **_made(asked),
    }  # fmt: skip


offered(router, "/whatif", ask, "whatif")
router.add_api_route("/whatif", page, name="whatif", response_class=HTMLResponse, include_in_schema=False)
router.add_api_route(
    "/whatif/results", results, name="whatif-results", include_in_schema=False, response_model=None
)
router.add_api_route("/whatif/add", added, name="whatif-add", include_in_schema=False, response_model=None)
router.add_api_route(
    f"{API}/whatif", whatif, name="whatif-json", operation_id="get-api-whatif", summary=TITLE, response_model=None,
    responses=WRONG, tags=[TITLE],
)  # fmt: skip
router.add_api_route(
    f"{API}/whatif/possible", there_is, name="whatif-possible", operation_id="get-api-whatif-possible",
    summary="What can be done in a what-if", response_model=None, tags=[TITLE],
)  # fmt: skip
