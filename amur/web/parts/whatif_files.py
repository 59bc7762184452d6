"""What-ifs as files: a scenario file to take away, and one that is brought back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from amur.web import uploads
from amur.web.pages import WRONG
from amur.web.parts import whatif_answer
from amur.web.parts.whatif_asked import WhatIf, address, of_file
from amur.web.problems import API

router = APIRouter()
KIND = "application/toml"
READ = "scenario_file"
"""The task that reads a file."""


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
    job = await uploads.brought(request, file, READ, "scenario.toml")
    return RedirectResponse(f"/whatif/file/{job.key}", 303)


@router.get("/whatif/file/{key}", include_in_schema=False)
async def read(request: Request, key: uploads.Key) -> Response:
    """Goes on to the address that says what the file says, once it is read."""
    asked = await uploads.read(request, key, READ, of_file)
    # The versions are those that the file was made with, so that the page can say when they are others here.
    return RedirectResponse(address(asked, made=False, v=asked.v, stamp=asked.stamp), 303)
