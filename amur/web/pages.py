"""Pages: each is shown to readers as HTML and to programs as JSON, from one function that gathers what is said."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi.responses import HTMLResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from amur.charts.answers.saving import plain
from amur.web.problems import API
from amur.web.views import rendered

if TYPE_CHECKING:
    from fastapi import APIRouter
    from starlette.responses import Response

STANDING = f"{API}/standing"
"""The JSON of the first page, which has no name of its own."""
PROBLEM = {"description": "What is wrong, where, and the way out", "content": {"application/problem+json": {}}}
WRONG: dict[int | str, dict[str, Any]] = {
    202: {"description": "It is being worked out: ask again, or follow `events`"},
    **dict.fromkeys((400, 403, 404, 408, 413, 414, 421, 422, 429, 500, 503), PROBLEM),
}
"""What a program may be answered beside what it asked for."""


class Page(NamedTuple):
    """A page: where it is, what it is called, what it is about."""

    path: str
    title: str
    about: str


NAVIGATION = (
    Page("/", "Where things stand", "The relationship at a glance"),
    Page("/arguments", "Arguments", "Twelve points on which the essays differ"),
    Page("/whatif", "What if", "Change the world and see what follows"),
    Page("/reading", "Reading", "What is this relationship?"),
    Page("/dependence", "Dependence", "Who needs whom, where, and what would a cut cost?"),
    Page("/outlook", "Outlook", "Where is it heading?"),
    Page("/watch", "Watch", "What would tell us?"),
    Page("/levers", "Levers", "What can be done, by whom?"),
    Page("/drivers", "Drivers", "What holds it together, and what limits it?"),
    Page("/record", "Record", "What happened since 1992, sourced"),
    Page("/quality", "How good is it", "Forecasts scored, weaknesses told"),
    Page("/system", "System", "The causal map, the mechanisms, the readings"),
)

type Data = Callable[..., Any]


def shown(router: APIRouter, path: str, data: Data, template: str, title: str, summary: str = "") -> None:
    """Show a page at ``path`` and the same as JSON under ``/api``.

    ``data`` takes the ``request`` and what may be asked, as FastAPI reads its signature, and gives a plain object: the
    template's ``page``, and the JSON. It may be asynchronous; if it is not, it runs beside other requests.
    """

    @wraps(data)
    async def as_page(**told: Any) -> Response:
        page = await _gathered(data, told)
        return rendered(told["request"], template, {"page": page, "title": title, "about": summary})

    @wraps(data)
    async def as_json(**told: Any) -> Response:
        return JSONResponse(await run_in_threadpool(plain, await _gathered(data, told)))

    name = data.__name__
    under = STANDING if path == "/" else f"{API}{path}"
    doc = inspect.getdoc(data) or summary
    router.add_api_route(path, as_page, name=name, response_class=HTMLResponse, include_in_schema=False)
    router.add_api_route(
        under, as_json, name=f"{name}-json", operation_id=f"get-{under.strip('/').replace('/', '-')}", summary=title,
        description=doc, response_model=None, responses=WRONG, tags=[title],
    )  # fmt: skip


async def _gathered(data: Data, told: dict[str, Any]) -> Any:
    if inspect.iscoroutinefunction(data):
        return await data(**told)
    return await run_in_threadpool(data, **told)
