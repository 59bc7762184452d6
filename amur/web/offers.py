"""What a page with an answer offers to take away: table, pictures, print, page, and the specification of each chart."""

from __future__ import annotations

import inspect
from collections.abc import Callable
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
PICTURES = ("svg", "png")
"""Files that show one chart: which, can be chosen."""


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
    async def made(answer: Answer, part: str = "") -> Response:
        from amur.charts.answers.saving import render
        from amur.web.drawn import ready

        await run_in_threadpool(ready)
        content = await run_in_threadpool(_picture, answer, ending, part) if part else await run_in_threadpool(
            render, answer, f".{ending}"
        )  # fmt: skip
        stem = "-".join(filter(None, (answer.question.replace(":", "-") or name, part)))
        # A page of ours keeps its own policy, in which its script may stand: it is taken away, never shown from here.
        where = "inline" if ending in ("svg", "png", "pdf") else "attachment"
        return Response(
            content, media_type=ENDINGS[ending],
            headers={"content-disposition": f'{where}; filename="amur-{stem}.{ending}"'},
        )  # fmt: skip

    return _asking(ask, made, {"part": (str, _PART)} if ending in PICTURES else {})


def _picture(answer: Answer, ending: str, part: str) -> bytes:
    """One further chart of an answer as a file that carries the answer's sources."""
    from amur.charts import png, specification, svg
    from amur.charts.answers.saving.pictures import cited
    from amur.web.drawn import chart_of

    spec = cited(specification(chart_of(answer, part)), answer)
    return svg(spec) if ending == "svg" else png(spec)


def _specification(ask: Callable[..., Any]) -> Callable[..., Any]:
    async def made(answer: Answer, width: Width, part: str) -> Response:
        from amur.web.drawn import specification

        return JSONResponse(await run_in_threadpool(specification, answer, width, part))

    return _asking(ask, made, {"width": (Width, _WIDTH), "part": (str, _PART)})


def _asking(ask: Callable[..., Any], show: Callable[..., Any], more: dict[str, Any]) -> Callable[..., Any]:
    """Ask, then ``show(answer, **more)``; parameters of an address are one model, so ``more`` joins those of the question."""
    signature, hints = inspect.signature(ask), get_type_hints(ask, include_extras=True)
    at, plainly = next((name, get_args(hint)[0]) for name, hint in hints.items() if _is_asked(hint))
    model = (
        create_model(f"{plainly.__name__}{''.join(map(str.title, more))}", __base__=plainly, **more)
        if more
        else plainly
    )

    async def made(**told: Any) -> Any:
        asked = told[at]
        told[at] = plainly(**asked.model_dump(exclude=set(more), exclude_unset=True))
        return await show(await ask(**told), **{name: getattr(asked, name) for name in more})

    parameters = [
        each.replace(annotation=Annotated[model, Query()] if name == at else hints[name])
        for name, each in signature.parameters.items()
    ]  # fmt: skip
    made.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    made.__doc__ = ask.__doc__
    return made


_WIDTH = Field("wide", description="How wide the chart is")
_PART = Field("", max_length=60, description="Which chart; none: the main one")


def _is_asked(hint: Any) -> bool:
    kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return isinstance(kind, type) and issubclass(kind, Asked)
