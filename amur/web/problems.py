"""What is wrong, told as a JSON problem (RFC 9457) to a program and as a page to a reader; and what is not ready yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

    from amur.web.work import Job

API = "/api"
KIND = "application/problem+json"
SOON = 1
"""Seconds after which to ask again for what is being worked out."""
TITLES = {
    403: "This is not allowed", 404: "There is no such page", 405: "This cannot be done here", 413: "Too much at once",
    414: "Too much at once", 421: "Another name", 429: "Busy", 500: "Something went wrong", 503: "Busy",
}  # fmt: skip


class PendingError(Exception):
    """An answer is being worked out by a job; ask again."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.key)
        self.job = job


class RefusedError(Exception):
    """What was asked cannot be had, with the status that says why: 403, 404, 429 ..."""

    def __init__(self, status: int, told: AmurError, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(told))
        self.status, self.told, self.headers = status, told, dict(headers or {})


def missing(problem: str, mend: str = "") -> RefusedError:
    """There is no such thing: 404."""
    return RefusedError(404, AmurError(problem, mend=mend))


def there(name: str, known: Collection[str], problem: str, otherwise: str) -> None:
    """Refuse a name that is not known: 404, with the names nearest to it, or ``otherwise`` the way on."""
    if name not in known:
        raise missing(problem, nearest(name, list(known)) or otherwise)


def busy(seconds: int) -> RefusedError:
    """More is asked than can be worked out: 429, and when to ask again."""
    told = AmurError("too much is being worked out already", mend=f"Ask again in {seconds} seconds.")
    return RefusedError(429, told, {"retry-after": str(seconds)})


def broken(told: AmurError, seconds: int) -> RefusedError:
    """The work broke off, not for what was asked: 503, and when to ask again."""
    return RefusedError(503, told, {"retry-after": str(seconds)})


def register(app: FastAPI) -> None:
    """Answer every fault in its own words, never with a traceback."""

    @app.exception_handler(AmurError)
    async def of_input(request: Request, error: AmurError) -> Response:
        return response(request, error, 400)

    @app.exception_handler(RefusedError)
    async def refused(request: Request, error: RefusedError) -> Response:
        return response(request, error.told, error.status, error.headers)

    @app.exception_handler(RequestValidationError)
    async def of_parameters(request: Request, error: RequestValidationError) -> Response:
        return response(request, _parameter(error), 422)

    @app.exception_handler(HTTPException)
    async def of_address(request: Request, error: HTTPException) -> Response:
        told = AmurError(TITLES.get(error.status_code, str(error.detail)).lower(), mend=_way_on(error))
        return response(request, told, error.status_code, error.headers)

    @app.exception_handler(PendingError)
    async def not_ready(request: Request, error: PendingError) -> Response:
        return pending(request, error.job)

    @app.exception_handler(Exception)
    async def of_ours(request: Request, error: Exception) -> Response:
        told = AmurError("the server failed to answer", mend="Please report this with the address of the page.")
        return response(request, told, 500)


def response(
    request: Request, told: AmurError, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """A fault as the one who asked can read it."""
    if for_programs(request):
        problem = told.as_problem() | {"status": status, "instance": request.url.path}
        return JSONResponse(problem, status, headers=dict(headers or {}), media_type=KIND)
    from amur.web.views import rendered

    title = TITLES.get(status, "This cannot be answered")
    return rendered(request, "problem.html.j2", {"told": told.as_problem(), "title": title}, status, headers)


def pending(request: Request, job: Job) -> Response:
    """What is being worked out: for a program 202 and where to follow it, for a reader a page that fills itself."""
    told = job.as_json() | {"events": f"{API}/jobs/{job.key}/events"}
    headers = {"retry-after": str(SOON)}
    if for_programs(request):
        return JSONResponse(told, 202, headers=headers)
    from amur.web.views import rendered

    return rendered(request, "working.html.j2", {"job": told, "title": "Working it out"}, 202, headers)


def for_programs(request: Request) -> bool:
    """Whether a program asks rather than a reader."""
    path = request.url.path
    return path.startswith(f"{API}/") or "text/html" not in request.headers.get("accept", "text/html")


def _parameter(error: RequestValidationError) -> AmurError:
    """The first parameter that is wrong, as one sentence, with the way out."""
    first = error.errors()[0]
    where = [str(each) for each in first["loc"] if each not in ("query", "path", "body", "header")]
    said = str(first["msg"]).removeprefix("Value error, ")
    problem, _, mend = said.partition("; ")
    if first["type"] == "extra_forbidden":
        problem, mend = "is not known here", "Leave it out, or see /api for what may be asked."
    return AmurError(problem[:1].lower() + problem[1:], field=".".join(where) or None, mend=mend)


def _way_on(error: HTTPException) -> str:
    if error.status_code == 404:
        return "Start from the first page."
    return "See /api for what may be asked."
