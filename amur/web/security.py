"""What stands before every page: whom a request is addressed to, where it comes from, how much it may hold, and what
the browser may do with the answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from amur.errors import AmurError
from amur.web.problems import response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from amur.web.settings import Settings

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
"""What a page may load: its own files. No script or style stands in a page itself, and nothing is evaluated."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
READING = ("GET", "HEAD", "OPTIONS")
BODY_SECONDS = 15.0
"""How long a client may take to send what it has to say."""


class Guard:
    """Refuses what is addressed to another name, comes from another page, or is too large; adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with what is wrong."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        request = Request(scope, receive)
        refused = self._refused(request)
        if refused is None and request.method not in READING:
            try:
                receive = await self._whole(receive)
            except _RefusedError as error:
                refused = (error.status, error.told)
        if refused is not None:
            status, told = refused
            await response(request, told, status)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _refused(self, request: Request) -> tuple[int, AmurError] | None:
        headers, settings = request.headers, self.settings
        if _name(headers) not in settings.known_hosts:
            mend = "Open the address that `amur serve` printed, or start it with --allow-host NAME."
            return 421, AmurError("this server does not go by that name", field="Host", mend=mend)
        if len(request.scope["query_string"]) + len(request.scope.get("raw_path", b"")) > settings.query:
            return 414, AmurError("the address is too long", mend="Ask for less, or send it as a file.")
        if request.method not in READING and _from_elsewhere(headers):
            return 403, AmurError("this was sent from another page", field="Origin", mend="Send it from here.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > settings.body:
            return 413, _too_large(settings.body)
        return None

    async def _whole(self, receive: Receive) -> Receive:
        """The body, read in bounded time and size, to be handed on at once."""
        parts: list[bytes] = []
        size, more = 0, True
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _RefusedError(400, AmurError("the request broke off", mend="Send it again."))
                    parts.append(message.get("body", b""))
                    size, more = size + len(parts[-1]), message.get("more_body", False)
                    if size > self.settings.body:
                        raise _RefusedError(413, _too_large(self.settings.body))
        except TimeoutError:
            raise _RefusedError(408, AmurError("the request took too long", mend="Send it again.")) from None
        told: list[Message] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

        async def again() -> Message:
            return told.pop() if told else await receive()

        return again


class _RefusedError(Exception):
    def __init__(self, status: int, told: AmurError) -> None:
        self.status, self.told = status, told


def _name(headers: Headers) -> str:
    try:
        return (urlsplit(f"//{headers.get('host', '')}").hostname or "").lower()
    except ValueError:
        return ""


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another page sent the request; a program says nothing of the kind."""
    site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin")
    if site not in ("same-origin", "none"):
        return True
    # A page that tells no referrer, as ours do, tells no origin with a form either.
    if origin == "null" and site == "same-origin":
        return False
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def _too_large(most: int) -> AmurError:
    return AmurError("the request is too large", mend=f"Send at most {most // 1024:,} KiB.")
