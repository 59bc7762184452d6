"""What-ifs as files: a scenario file to take away, and one that is brought back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from amur.errors import AmurError
from amur.web import asking
from amur.web.pages import WRONG
from amur.web.parts import whatif_answer
from amur.web.parts.whatif_asked import WhatIf, address, of_file
from amur.web.problems import API, PendingError, RefusedError, missing
from amur.web.work import Task

router = APIRouter()
MOST = 2**18
"""Bytes of a file that is brought back."""
KIND = "application/toml"
Key = Annotated[str, InPath(pattern="^[0-9a-f]{8,64}$")]


@router.get(
    f"{API}/whatif.toml", tags=["Files"], operation_id="get-whatif-toml", name="whatif-toml", response_model=None,
    summary="A what-if as a scenario file (.toml)", responses=WRONG | {200: {"content": {KIND: {}}}},
)  # fmt: skip
async def taken(request: Request, asked: Annotated[WhatIf, Query()]) -> Response:
    """The what-if as a file that can be handed on, asked again on the command line, or brought back to the page."""
    from amur.questions.whatif.sharing import text

    told = await run_in_threadpool(text, await whatif_answer.ask(request, asked))
    return Response(told, media_type=KIND, headers={"content-disposition": 'attachment; filename="amur-whatif.toml"'})  # fmt: skip


@router.post("/whatif/file", include_in_schema=False)
async def brought(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """A scenario file, or a what-if that was handed on: read in a process of its own, then shown."""
    if request.app.state.settings.read_only:
        told = AmurError(
            "this server takes no files", field="file", mend="Run `amur serve` on your own machine, or write what is done."
        )  # fmt: skip
        raise RefusedError(403, told)
    name = (file.filename or "scenario.toml")[-80:]
    content = await file.read(MOST + 1)
    if len(content) > MOST:
        raise RefusedError(
            413, AmurError("is too large", file=name, mend=f"Give a file of at most {MOST >> 10} KiB.")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AmurError("is not text", file=name, mend="Save it as UTF-8.") from None
    job = asking.submitted(request, Task("scenario_file", {"text": text, "name": name}))
    return RedirectResponse(f"/whatif/file/{job.key}", 303)


@router.get("/whatif/file/{key}", include_in_schema=False)
async def read(request: Request, key: Key) -> Response:
    """Goes on to the address that says what the file says, once it is read."""
    job = request.app.state.desk.job(key)
    if job is None or job.task.kind != "scenario_file":
        raise missing("that file is not here any more", "Choose it again.")
    job.touch()
    if not await job.wait(asking.PATIENCE):
        raise PendingError(job)
    if job.result is None:
        raise asking.problem_of(job)
    try:
        asked = of_file(await asking.done(request, job.task))
    except AmurError as error:
        name = job.task.told.get("name")
        raise AmurError(error.problem, file=name, field=error.field, mend=error.mend) from None
    # The versions are those that the file was made with, so that the page can say when they are others here.
    return RedirectResponse(address(asked, made=False, v=asked.v, stamp=asked.stamp), 303)
