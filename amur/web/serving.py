"""The server: where it listens, how it stops, and the browser it opens."""

from __future__ import annotations

import errno
import gc
import logging
import socket
import sys
import threading
import webbrowser
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from amur.errors import AmurError
from amur.web.connections import Bounded, Bounds, Doors

if TYPE_CHECKING:
    from fastapi import FastAPI

    from amur.web.settings import Settings

GRACE = 3
"""Seconds that requests under way may take when the server stops."""
ANY = ("0.0.0.0", "::", "")


def serve(app: FastAPI, settings: Settings, *, browser: bool = False, bounds: Bounds | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM; then what runs is ended, and this returns.

    AmurError where the address cannot be listened on. ``browser`` opens the page once there is one.
    """
    listening = listen(settings.host, settings.port)
    # Requests that are no HTTP are the business of those who send them.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    try:
        server(app, address_of(listening, settings.host), bounds, browser=browser).run(sockets=[listening])
    finally:
        listening.close()
        # The process ends now: to look through all it holds for garbage would take seconds.
        gc.freeze()


def server(app: Any, address: str, bounds: Bounds | None = None, *, browser: bool = False) -> Server:
    """A server of an application, which says that it is at the address."""
    doors = Doors(bounds or Bounds())
    config = uvicorn.Config(
        app,
        http=cast("Any", partial(Bounded, doors=doors)),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        # What a proxy says of whom it speaks for could be said by anybody.
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=doors.bounds.idle,
        timeout_graceful_shutdown=GRACE,
    )
    return Server(config, address, browser)


class Server(uvicorn.Server):
    """A server that says where it is, and whose followers of work hear when it stops."""

    def __init__(self, config: uvicorn.Config, address: str, browser: bool) -> None:
        super().__init__(config)
        self._address, self._browser = address, browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets=sockets)
        if self.should_exit:
            return
        print(f"Amur is at {self._address} (Ctrl-C stops it)", flush=True)
        if self._browser:
            # Some browsers are waited for.
            threading.Thread(target=_open, args=(self._address,), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is followed, so that nobody waits for it; answer what is asked already; stop."""
        desk = getattr(getattr(self.config.app, "state", None), "desk", None)
        if desk is not None:
            desk.close()
        await super().shutdown(sockets=sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C or SIGTERM: stop; the second time, without waiting for anybody."""
        self.force_exit = self.should_exit
        self.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 is any that is free. AmurError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError, UnicodeError) as error:
        raise _cannot(host, port, error) from None


def address_of(listening: socket.socket, host: str) -> str:
    """The address by which a browser of this machine finds it."""
    port = listening.getsockname()[1]
    name = "localhost" if host in ANY else host
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _cannot(host: str, port: int, error: Exception) -> AmurError:
    number = getattr(error, "errno", None)
    if number in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
        other = port + 1 if port < 65535 else 8400
        mend = f"Stop what listens there, or choose another: amur serve --port {other}"
        return AmurError(f"port {port} of {host} is in use", field="port", mend=mend)
    if number in (errno.EACCES, errno.EPERM):
        mend = "Choose one from 1024: amur serve --port 8400"
        return AmurError(f"port {port} may not be listened on by you", field="port", mend=mend)
    if isinstance(error, OverflowError):
        return AmurError(f"{port} is no port", field="port", mend="Give a number from 0 to 65535.")
    return AmurError(
        f"'{host}' is no address of this machine",
        field="host",
        mend="Leave it out to be reached from here only, or give 0.0.0.0 to be reached from everywhere.",
    )


def _open(address: str) -> None:
    try:
        opened = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        print(f"No browser could be opened; open {address} yourself.", file=sys.stderr, flush=True)
