"""The application: pages, their JSON, files and jobs, behind one guard."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from amur import __version__
from amur.web import problems
from amur.web.pages import PROBLEM
from amur.web.security import Guard
from amur.web.settings import Settings

if TYPE_CHECKING:
    from fastapi import APIRouter

PARTS = (
    "files", "jobs", "standing", "arguments", "whatif", "reading", "dependence", "outlook", "watch", "levers", "drivers",
    "record", "quality", "system", "readings", "api",
)  # fmt: skip
ABOUT = (
    "Amur, an executable, evidence-scored model of the China–Russia relationship. Every page has its JSON here, with the"
    " same parameters. What takes long answers 202 with `events` to follow: repeat the request until it answers 200."
)


def create(settings: Settings | None = None, desk: Any = None) -> FastAPI:
    """The application. ``desk`` hands out work; without one it is made, and what first requests need is read beforehand.

    It is started and stopped with the application.
    """
    asked = settings or Settings()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.desk = desk or _desk()
        await app.state.desk.start()
        if desk is None:
            # A thread that is not waited for when the server stops.
            threading.Thread(target=_warm, daemon=True, name="amur-warm").start()
        try:
            yield
        finally:
            await app.state.desk.stop()

    # FastAPI's own pages of the interface load their scripts from elsewhere; /api is ours.
    app = FastAPI(
        title="Amur", version=__version__, description=ABOUT, lifespan=life, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", redirect_slashes=False, responses={422: PROBLEM},
    )  # fmt: skip
    app.state.settings = asked
    problems.register(app)
    for name in PARTS:
        app.include_router(_router(name))
    app.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=5)
    app.add_middleware(Guard, settings=asked)
    return app


def _warm() -> None:
    """Read beforehand what first requests need: each part may have a function ``warm``."""
    for name in PARTS:
        warm = getattr(import_module(f"amur.web.parts.{name}"), "warm", None)
        # What is wrong is told to the request that meets it.
        with contextlib.suppress(Exception):
            if warm:
                warm()


def _desk() -> Any:
    from amur.web.work import Desk

    return Desk()


def _router(part: str) -> APIRouter:
    made: APIRouter = import_module(f"amur.web.parts.{part}").router
    return made
