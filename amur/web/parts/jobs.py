"""What is being worked out: its state, its progress as server-sent events, and the health of the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as InPath
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from amur import __version__
from amur.web.pages import PROBLEM
from amur.web.problems import API, missing
from amur.web.work import Job

router = APIRouter(tags=["Jobs"])
BEAT = 5.0
"""Seconds after which a silent stream says that it is alive."""
Key = Annotated[str, InPath(pattern="^[0-9a-f]{8,64}$", description="The key that a 202 told")]


@router.get(f"{API}/jobs/{{key}}", responses={404: PROBLEM}, response_model=None)
async def state(request: Request, key: Key) -> Response:
    """How far a piece of work is. Asking keeps it alive for some seconds."""
    job = _job(request, key)
    job.touch()
    return JSONResponse(job.as_json())


@router.get(
    f"{API}/jobs/{{key}}/events", responses={200: {"content": {"text/event-stream": {}}}, 404: PROBLEM}, response_model=None
)  # fmt: skip
async def events(request: Request, key: Key) -> Response:
    """Progress as server-sent events (`progress`, then `done`, `failed` or `cancelled`). Leaving ends work nobody else follows."""
    return StreamingResponse(
        _stream(_job(request, key)), media_type="text/event-stream", headers={"cache-control": "no-store"}
    )


@router.get(f"{API}/health", response_model=None)
async def health(request: Request) -> Response:
    """Whether the server works: its lanes, its queue, the version and the posteriors it answers from."""
    from amur.conditioning.shipped import shipped

    return JSONResponse({"version": __version__, "stamp": shipped().stamp, **request.app.state.desk.health()})


async def _stream(job: Job) -> AsyncIterator[str]:
    told = job.events()
    waiting: asyncio.Future[Any] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(anext(told, None))
            ready, _ = await asyncio.wait({waiting}, timeout=BEAT)
            if not ready:
                yield ": alive\n\n"
                continue
            event, waiting = waiting.result(), None
            if event is None:
                return
            yield f"event: {event['event']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
    finally:
        if waiting:
            waiting.cancel()
            await asyncio.wait({waiting})
        await told.aclose()


def _job(request: Request, key: str) -> Job:
    found: Job | None = request.app.state.desk.job(key)
    if found is None:
        raise missing("nothing of that key is being worked out", "Ask again for what you wanted.")
    return found
