"""Questions and arguments as pages ask them: read where the answer is at hand, worked out by the worker where it is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from amur.errors import AmurError
from amur.web.problems import PendingError, broken, busy
from amur.web.work import Busy, Task
from amur.web.work.doing.names import FILES

if TYPE_CHECKING:
    from starlette.requests import Request

    from amur.questions.answer import Answer
    from amur.web.work import Job

PATIENCE = 0.8
"""Seconds that a request waits for an answer before it says that it is being worked out."""
AGAIN = 30
"""Seconds after which work that broke off may be tried again."""


async def answer(request: Request, question: str, asked: Mapping[str, Any]) -> Answer:
    """The answer to a question. PendingError while it is worked out, AmurError where the question cannot be put."""
    from amur.questions import at_hand

    told = _told(asked)
    return await _had(
        request, lambda: at_hand(question, **told), Task("ask", {"question": question, "asked": told})
    )


async def argument(request: Request, name: str, asked: Mapping[str, Any] | None = None) -> Answer:
    """The answer to an argument. PendingError while it is worked out, AmurError for a name there is none of."""
    from amur.questions.arguments import at_hand

    told = _told(asked or {})
    return await _had(request, lambda: at_hand(name, **told), Task("argue", {"name": name, "asked": told}))


async def done(request: Request, task: Task, patience: float = PATIENCE) -> Any:
    """What a task gave, as a plain object. PendingError while it runs, AmurError where it failed, 429 where too much runs."""
    job = submitted(request, task)
    if not await job.wait(patience):
        raise PendingError(job)
    if job.result is None:
        raise broken(problem_of(job), AGAIN) if job.passing else problem_of(job)
    return await run_in_threadpool(json.loads, job.result)


def submitted(request: Request, task: Task) -> Job:
    """The job that works on a task, begun now or before. RefusedError (429) where too much runs."""
    client = request.client.host if request.client else ""
    try:
        job: Job = request.app.state.desk.submit(task, client)
    except Busy as error:
        raise busy(error.retry_after) from None
    job.touch()
    return job


def problem_of(job: Job) -> AmurError:
    """Why a job gave nothing."""
    told = job.problem or {"title": "it was stopped, as nobody waited for it", "mend": "Ask again."}
    return AmurError(
        told["title"], mend=told.get("mend") or "", file=told.get("file"), line=told.get("line"), field=told.get("field")
    )  # fmt: skip


async def _had(request: Request, at_hand: Callable[[], Answer | None], task: Task) -> Answer:
    from amur.questions.answer import from_json

    found = await run_in_threadpool(at_hand)
    return found or from_json(await done(request, task))


def _told(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from nothing said, without what a stranger may not say."""
    for name in FILES:
        if asked.get(name):
            raise AmurError("names a file of this machine", field=name, mend="Leave it out.")
    return {name: value for name, value in asked.items() if value not in (None, "", [], ())}
