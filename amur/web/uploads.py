"""Files that are brought to the page: bounded, refused by a shared server, and read in a process of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path

from amur.errors import AmurError
from amur.web import asking
from amur.web.problems import PendingError, RefusedError, missing
from amur.web.work import Task
from amur.web.work.doing.given import MOST

if TYPE_CHECKING:
    from fastapi import UploadFile
    from starlette.requests import Request

    from amur.web.work import Job

Key = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$")]


def allowed(request: Request) -> None:
    """RefusedError (403) where the server is shared."""
    if request.app.state.settings.read_only:
        told = AmurError(
            "this server takes no files", field="file", mend="Run `amur serve` on your own machine."
        )
        raise RefusedError(403, told)


async def brought(request: Request, file: UploadFile, kind: str, unnamed: str) -> Job:
    """The job of the kind that reads a file. RefusedError where it is too large or not wanted, AmurError where it is no text."""
    allowed(request)
    name = (file.filename or unnamed)[-80:]
    content = await file.read(MOST + 1)
    if len(content) > MOST:
        told = AmurError("is too large", file=name, mend=f"Give a file of at most {MOST >> 10} KiB.")
        raise RefusedError(413, told)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AmurError("is not text", file=name, mend="Save it as UTF-8.") from None
    return asking.submitted(request, Task(kind, {"text": text, "name": name}))


async def read[T](request: Request, key: str, kind: str, told: Callable[[Any], T]) -> T:
    """What ``told`` makes of what was read. PendingError while it is read; faults name the file."""
    job = request.app.state.desk.job(key)
    if job is None or job.task.kind != kind:
        raise missing("that file is not here any more", "Choose it again.")
    job.touch()
    if not await job.wait(asking.PATIENCE):
        raise PendingError(job)
    if job.result is None:
        raise asking.problem_of(job)
    try:
        return told(await asking.done(request, job.task))
    except AmurError as error:
        name = job.task.told.get("name")
        raise AmurError(error.problem, file=name, field=error.field, mend=error.mend) from None
