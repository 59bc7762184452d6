"""Connections that cannot be held for nothing: a request must come in time, its head must be small, an answer be taken.

One address may hold only so many connections, so that one client cannot take the places of the others.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from amur.web.work.clients import client_of


@dataclass(frozen=True)
class Bounds:
    """How long a client may take, in seconds, and how much of the server it may hold.

    ``head`` is for the head of a request, ``whole`` for head and body, ``idle`` between two requests, ``taken`` for an
    answer that the client does not read on. ``bytes`` bound a head; ``one`` and ``all`` count connections.
    """

    head: float = 10.0
    whole: float = 30.0
    idle: int = 5
    taken: float = 30.0
    bytes: int = 2**16
    one: int = 64
    all: int = 400


@dataclass
class Doors:
    """Who holds how many connections."""

    bounds: Bounds = field(default_factory=Bounds)
    held: Counter[str] = field(default_factory=Counter)

    def enter(self, client: str) -> bool:
        """Whether one connection more of a client is let in; if so, it is counted."""
        if self.held[client] >= self.bounds.one or self.held.total() >= self.bounds.all:
            return False
        self.held[client] += 1
        return True

    def leave(self, client: str) -> None:
        """A connection of a client has ended."""
        self.held[client] -= 1
        if self.held[client] <= 0:
            del self.held[client]


class Bounded(HttpToolsProtocol):
    """A connection within bounds."""

    def __init__(self, *arguments: Any, doors: Doors, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._doors, self._bounds = doors, doors.bounds
        self._who: str | None = None
        self._reading: TimerHandle | None = None
        self._writing: TimerHandle | None = None
        self._in_head = True
        self._head = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A client has come: it is let in, or told that there is no room."""
        super().connection_made(transport)
        who = client_of(self.client[0]) if self.client else ""
        if not self._doors.enter(who):
            self._refuse(b"503 Service Unavailable", b"retry-after: 5\r\n")
            return
        self._who = who
        self._expect(self._bounds.head)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        if self._who is not None:
            self._doors.leave(self._who)
            self._who = None
        for timer in (self._reading, self._writing):
            if timer:
                timer.cancel()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """More of a request."""
        if self.transport.is_closing():
            return
        if self._reading is None:
            # Something that may not even begin a request, such as an empty line.
            self._expect(self._bounds.head)
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > self._bounds.bytes and not self.transport.is_closing():
            self._refuse(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._in_head = True
        self._expect(self._bounds.head)

    def on_headers_complete(self) -> None:
        """Its head is here; a body may come."""
        super().on_headers_complete()
        self._in_head, self._head = False, 0
        self._expect(self._bounds.whole)

    def on_message_complete(self) -> None:
        """All of it is here."""
        super().on_message_complete()
        self._in_head, self._head = True, 0
        self._expect(None)

    def pause_writing(self) -> None:
        """The client does not take what it is sent."""
        super().pause_writing()
        self._writing = self.loop.call_later(self._bounds.taken, self.transport.abort)

    def resume_writing(self) -> None:
        """It takes it again."""
        super().resume_writing()
        if self._writing:
            self._writing.cancel()
            self._writing = None

    def _expect(self, seconds: float | None) -> None:
        """Something must come within so many seconds, or (None) nothing need."""
        if self._reading:
            self._reading.cancel()
        self._reading = self.loop.call_later(seconds, self._too_late) if seconds is not None else None

    def _too_late(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self.transport.abort()
        elif self._head:
            self._refuse(b"408 Request Timeout")
        else:
            self.transport.close()

    def _refuse(self, status: bytes, more: bytes = b"") -> None:
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n" + more + b"\r\n"
        )
        self.transport.close()
