"""Charts of published numbers, offered for a width, as pictures, and as tables: one set of routes for a whole page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Path as InPath
from fastapi import Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from amur.web.asked import Asked
from amur.web.drawn import WIDTHS, Width, specification
from amur.web.pages import WRONG
from amur.web.problems import API, missing

if TYPE_CHECKING:
    from fastapi import APIRouter

    from amur.charts.quality import Chart

Name = Annotated[str, InPath(max_length=80, pattern=r"^[A-Za-z0-9_.-]+$", description="Which chart")]
KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}
KEPT = 256
"""Specifications and pictures kept: what they are of is published and does not change."""
_drawing = Lock()
"""Charts are drawn one at a time: two at once take as long, and everybody else waits for both."""


class AskedOfChart(Asked):
    """How wide a chart is laid out."""

    width: Width = "wide"


def offer(router: APIRouter, path: str, charts: Callable[[], Mapping[str, Chart]], name: str) -> None:
    """Offer every chart that ``charts`` names at ``/api{path}/NAME.vl.json``, ``.svg``, ``.png`` and ``.csv``."""

    @lru_cache(KEPT)
    def spec(which: str, width: Width) -> dict[str, Any]:
        with _drawing:
            return specification(_known(charts(), which).draw(WIDTHS[width]))

    @lru_cache(KEPT)
    def still(which: str, ending: str) -> bytes:
        from amur.charts.saving import render

        with _drawing:
            return render(_known(charts(), which).draw(None), f".{ending}")

    async def as_specification(which: Name, asked: Annotated[AskedOfChart, Query()]) -> Response:
        return JSONResponse(await run_in_threadpool(spec, which, asked.width))

    async def as_file(which: Name, ending: Literal["svg", "png", "csv"]) -> Response:
        content: bytes | str
        if ending == "csv":
            content = await run_in_threadpool(lambda: table(_known(charts(), which).rows()))
        else:
            content = await run_in_threadpool(still, which, ending)
        where = "attachment" if ending == "csv" else "inline"
        return Response(
            content,
            media_type=KINDS[ending] + ("; charset=utf-8" if ending == "csv" else ""),
            headers={"content-disposition": f'{where}; filename="amur-{name}-{which}.{ending}"'},
        )

    router.add_api_route(
        f"{API}{path}/{{which}}.vl.json", as_specification, name=f"{name}-chart", operation_id=f"get-{name}-chart",
        summary=f"A chart of {path} as a Vega-Lite specification", response_model=None, responses=WRONG, tags=["Files"],
    )  # fmt: skip
    router.add_api_route(
        f"{API}{path}/{{which}}.{{ending}}", as_file, name=f"{name}-file", operation_id=f"get-{name}-file",
        summary=f"A chart of {path} as a picture or a table", response_model=None, tags=["Files"],
        responses=WRONG | {200: {"content": {kind: {} for kind in KINDS.values()}}},
    )  # fmt: skip


def files(path: str, which: str) -> list[tuple[str, str]]:
    """What can be taken away of a chart: addresses and words."""
    return [(f"{API}{path}/{which}.{ending}", ending.upper()) for ending in KINDS]


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV; the columns are those of all rows, in order."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _known(charts: Mapping[str, Chart], which: str) -> Chart:
    if which not in charts:
        raise missing(f"there is no chart '{which}'", f"There are {', '.join(list(charts)[:20])}.")
    return charts[which]


__all__ = ["files", "offer", "table"]
