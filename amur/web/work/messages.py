"""Messages between the desk and a worker process: JSON, so that neither runs what the other sends.

To the process: task, cancel. From it: warming, ready, progress, result (its bytes follow), problem, cancelled.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

type Message = dict[str, Any]
MOST = 2**23
"""Bytes of a message; a result, which is bounded by itself, is none."""


def send(connection: Connection[Any, Any], message: Message, result: bytes | None = None) -> None:
    """Send a message, and the result that belongs to it. OSError where nobody listens any more."""
    connection.send_bytes(json.dumps(message, ensure_ascii=True).encode())
    if result is not None:
        connection.send_bytes(result)


def receive(connection: Connection[Any, Any], most: int = MOST) -> tuple[Message, bytes | None]:
    """The next message, with its result. EOFError or OSError where there are no more, ValueError for what is none."""
    message = json.loads(connection.recv_bytes(MOST))
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message, connection.recv_bytes(most) if message.get("is") == "result" else None
