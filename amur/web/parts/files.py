"""The files that pages load: styles, scripts, fonts and Vega, all from installed packages."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from amur.brief import FONTS
from amur.web import vega
from amur.web.problems import missing
from amur.web.views import STATIC, static

router = APIRouter(include_in_schema=False)
KINDS = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
    ".woff2": "font/woff2", ".png": "image/png",
}  # fmt: skip
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
async def file(request: Request, name: str) -> Response:
    """A file by its name; one asked for with its fingerprint may be kept for ever."""
    kind = KINDS.get(Path(name).suffix)
    found = (FONTS if name.endswith(".woff2") else STATIC) / name
    if name == "vega.js":
        script = await run_in_threadpool(vega.script)
        return Response(script, media_type=KINDS[".js"], headers=_kept(request, name))
    # A name is one step of a path: nothing outside the folder can be asked for.
    if kind is None or Path(name).name != name or not found.is_file():
        raise missing(f"there is no file '{name[:80]}'")
    return FileResponse(found, media_type=kind, headers=_kept(request, name))


@router.get("/favicon.ico")
async def icon(request: Request) -> Response:
    """The sign of the page, where a browser asks for it unbidden."""
    return await file(request, "favicon.svg")


def warm() -> None:
    """Make the script that draws charts, if it was not made before, and load what lays them out."""
    import altair  # noqa: F401

    vega.script()


def _kept(request: Request, name: str) -> dict[str, str]:
    return {
        "cache-control": FOR_EVER if f"{request.url.path}?{request.url.query}" == static(name) else "no-cache"
    }
