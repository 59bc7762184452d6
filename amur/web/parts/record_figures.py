"""Pictures and files of the record: charts laid out for the page, and what may be taken away."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from amur.errors import AmurError
from amur.web.drawn import WIDTHS, Width, specification
from amur.web.problems import busy

if TYPE_CHECKING:
    from amur.record.export import Extract
    from amur.record.timeseries import TimeSeries

TABLES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
"""Files with the numbers, each with citation and terms."""
PICTURES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
WORDS = {
    "csv": "CSV",
    "json": "JSON",
    "xlsx": "Excel",
    "parquet": "Parquet",
    "svg": "SVG",
    "png": "PNG",
    "pdf": "PDF",
}
HEIGHTS: dict[Width, int] = {"narrow": 210, "half": 250, "wide": 310, "full": 380}
MARGIN = 64
"""Pixels left of a plot for the numbers of its axis."""
FILE_WIDTH, FILE_HEIGHT = 640, 320
PATIENCE = 15.0
"""Seconds that a file waits for its turn."""
_turns = BoundedSemaphore(2)


def drawn(
    series: Sequence[TimeSeries], width: Width, levels: dict[float, str] | None = None, **told: Any
) -> dict[str, Any]:
    """The specification of series of one unit in one chart, for the page."""
    room = WIDTHS[width] - MARGIN
    size = {"width": room, "height": HEIGHTS[width]}
    spec = specification(_chart(series, levels, caption="", **size, **told), width)
    # Names that are longer than the picture is wide are cut there; they stand in full under it.
    spec["config"]["legend"] = spec["config"]["legend"] | {"labelLimit": WIDTHS[width] - 60, "offset": 22}
    return spec


def _chart(series: Sequence[TimeSeries], levels: dict[float, str] | None, **told: Any) -> Any:
    from amur import charts

    return charts.steps(series, levels=levels, **told) if levels else charts.chart(series, **told)


def picture(
    series: Sequence[TimeSeries], ending: str, name: str, levels: dict[float, str] | None = None, **told: Any
) -> Response:
    """Series of one unit in one chart as a file, with its sources."""
    return rendered(_chart(series, levels, width=FILE_WIDTH, height=FILE_HEIGHT, **told), ending, name)


def rendered(chart: Any, ending: str, name: str) -> Response:
    """A chart as a file. 429 where too many are being made."""
    from amur.charts import render

    if not _turns.acquire(timeout=PATIENCE):
        raise busy(5)
    try:
        content = render(chart, f".{ending}")
    finally:
        _turns.release()
    return _file(content, PICTURES[ending], name, ending, "inline")


def table(extract: Extract, ending: str, name: str) -> Response:
    """Series and events as a file, with the citation and terms of every row. AmurError where there is nothing to take."""
    from amur.record.export import write

    with tempfile.TemporaryDirectory(prefix="amur-") as folder:
        try:
            file, *_ = write(extract, Path(folder) / f"taken.{ending}")
        except AmurError as error:
            raise AmurError(error.problem, mend="Ask for a later day, or for other words.") from None
        content = file.read_bytes()
    return _file(content, TABLES[ending], name, ending, "attachment")


def _file(content: bytes, kind: str, name: str, ending: str, where: str) -> Response:
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "-" for sign in name)[:80]
    told = {"content-disposition": f'{where}; filename="amur-{plain}.{ending}"'}
    return Response(content, media_type=kind, headers=told)
