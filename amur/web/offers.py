"""What a page with an answer offers to take away: table, pictures, print, page, and the specification of each chart."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import Query
from pydantic import Field, create_model
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from amur.web.asked import Asked
from amur.web.drawn import Width
from amur.web.pages import WRONG
from amur.web.problems import API

if TYPE_CHECKING:
    from fastapi import APIRouter

    from amur.questions.answer import Answer

ENDINGS = {
    "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}  # fmt: skip
WORDS = {
    "csv": "table (CSV)",
    "svg": "picture (SVG)",
    "png": "picture (PNG)",
    "pdf": "print (PDF)",
    "html": "page (HTML)",
}


def offered(router: APIRouter, path: str, ask: Callable[..., Any], name: str) -> None:
    """Offer what ``ask(request, asked)``, which answers a question, gives at ``/api{path}.csv`` and so on, and its charts'
    specifications at ``/api{path}.vl.json``. ``name`` begins the names of files."""
    doc = f"The answer of {path} as a file"
    for ending in ENDINGS:
        router.add_api_route(
            f"{API}{path}.{ending}", _file(ask, ending, name), name=f"{name}-{ending}", response_model=None, tags=["Files"],
            operation_id=f"get-{name}-{ending}", summary=f"{doc} (.{ending})",
            responses=WRONG | {200: {"content": {ENDINGS[ending].partition(";")[0]: {}}}},
        )  # fmt: skip
    router.add_api_route(
        f"{API}{path}.vl.json", _specification(ask), name=f"{name}-chart", response_model=None, tags=["Files"],
        operation_id=f"get-{name}-chart", summary=f"A chart of {path} as a Vega-Lite specification", responses=WRONG,
    )  # fmt: skip


def _file(ask: Callable[..., Any], ending: str, name: str) -> Callable[..., Any]:
    @wraps(ask)
    async def made(**told: Any) -> Response:
        from amur.charts.answers.saving import render

        answer: Answer = await ask(**told)
        content = await run_in_threadpool(render, answer, f".{ending}")
        stem = answer.question.replace(":", "-") or name
        # A page of ours keeps its own policy, in which its script may stand: it is taken away, never shown from here.
        where = "inline" if ending in ("svg", "png", "pdf") else "attachment"
        return Response(
            content, media_type=ENDINGS[ending],
            headers={"content-disposition": f'{where}; filename="amur-{stem}.{ending}"'},
        )  # fmt: skip

    return made


def _specification(ask: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(ask)
    hints = get_type_hints(ask, include_extras=True)
    # Parameters of an address are one model: which chart, and how wide, join those of the question.
    at, plainly = next((name, get_args(hint)[0]) for name, hint in hints.items() if _is_asked(hint))
    more = create_model(
        f"{plainly.__name__}Chart", __base__=plainly, width=(Width, _WIDTH), part=(str, _PART)
    )

    async def made(**told: Any) -> Response:
        from amur.web.drawn import specification

        asked = told[at]
        told[at] = plainly(**asked.model_dump(exclude={"width", "part"}, exclude_unset=True))
        answer: Answer = await ask(**told)
        spec = await run_in_threadpool(specification, answer, asked.width, asked.part)
        return JSONResponse(spec)

    parameters = [
        each.replace(annotation=Annotated[more, Query()] if name == at else hints[name])
        for name, each in signature.parameters.items()
    ]  # fmt: skip
    made.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return made


_WIDTH = Field("wide", description="How wide the chart is")
_PART = Field("", max_length=60, description="Which chart; none: the main one")


def _is_asked(hint: Any) -> bool:
    kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return isinstance(kind, type) and issubclass(kind, Asked)
