"""The answer to a what-if as the page asks it: at hand, or worked out; dropped when the one who asked has moved on."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Query
from starlette.requests import Request

from amur.errors import AmurError
from amur.questions.answer import Answer
from amur.web import asking
from amur.web.parts.whatif_asked import WhatIf, of_question
from amur.web.work import Task

LOOK = 0.1
"""Seconds between two looks whether the one who asked is still there."""


async def ask(request: Request, asked: Annotated[WhatIf, Query()]) -> Answer:
    """The answer. AmurError where nothing is done in either world, PendingError while it is worked out."""
    if not asked.anything:
        raise AmurError(
            "says nothing of what happens",
            field="scenario",
            mend="Name a scenario, or write an intervention in do=.",
        )
    return await asking.answer(request, "whatif", of_question(asked))


async def lively(request: Request, asked: WhatIf, instead: str = "") -> Answer:
    """The same for a lever that moves: ``instead`` is the job of the wish before, which is dropped if nobody else waits
    for it; and so is this one where the one who asked moves on before it is done."""
    desk = request.app.state.desk
    if instead:
        drop(desk, instead)
    answering = asyncio.ensure_future(ask(request, asked))
    try:
        while not (await asyncio.wait({answering}, timeout=LOOK))[0]:
            if await request.is_disconnected():
                answering.cancel()
                await asyncio.wait({answering})
                drop(desk, Task("ask", {"question": "whatif", "asked": of_question(asked)}).key)
                break
    finally:
        if not answering.done():
            answering.cancel()
    return await answering


def drop(desk: object, key: str) -> None:
    """Drop a what-if that nobody watches."""
    job = desk.job(key)  # type: ignore[attr-defined]
    if job is not None and job.task.kind == "ask" and not job.finished and not job.watchers:
        desk.cancel(key)  # type: ignore[attr-defined]
