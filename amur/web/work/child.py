"""What runs in a worker process: it takes tasks from the desk, one at a time, and tells how far they are.

A thread listens for the desk: for tasks, and for which are not wanted any more. Where the desk is gone, however it
ended, the process ends too.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from amur.web.work import faults, messages
from amur.web.work.bounds import bound, memory, not_without, stand_back
from amur.web.work.messages import Message

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

type Progress = Callable[[str, int, int], None]
EVERY = 0.1
"""Seconds between two words about how far a task is."""


class CancelledError(BaseException):
    """The task is not wanted any more. No Exception, so that nothing on the way takes it for a fault."""


class Told:
    """The desk's end of the pipe, as the process hears it."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.tasks: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.unwanted: set[int] = set()
        threading.Thread(target=self._listen, daemon=True, name="desk").start()

    def say(self, message: Message, result: bytes | None = None) -> None:
        """Tell the desk; the process ends where the desk is gone."""
        try:
            with self._lock:
                messages.send(self._connection, message, result)
        except OSError:
            leave()

    def _listen(self) -> None:
        while True:
            try:
                message, _ = messages.receive(self._connection)
            except (EOFError, OSError, ValueError):
                leave()
            if message["is"] == "cancel":
                self.unwanted.add(message["run"])
            else:
                self.tasks.put(message)


def main(connection: Connection[Any, Any], parent: int, warm: str, nice: int, lasting: bool, most: int) -> None:
    """Be a worker of a parent process: get warm, then do tasks; only one unless ``lasting``. ``most`` bytes may be in a result."""
    # Ctrl-C is for the server, which then ends its processes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    not_without(parent)
    stand_back(nice)
    desk = Told(connection)
    if warm:
        try:
            _named(warm)(
                lambda what, done, of: desk.say({"is": "warming", "what": what, "done": done, "of": of})
            )
        except Exception as error:
            # Whoever asks first hears of it.
            desk.say({"is": "warming", "what": f"failed: {error}", "done": 0, "of": 0})
    desk.say({"is": "ready"})
    while True:
        _do(desk, desk.tasks.get(), most)
        if not lasting:
            leave()


def _do(desk: Told, task: Message, most: int) -> None:
    run = task["run"]
    bound(task["seconds"] if task["memory"] else 0, task["memory"])
    last = ("", 0.0)

    def progress(what: str, done: int, of: int) -> None:
        nonlocal last
        if run in desk.unwanted:
            raise CancelledError
        now = time.monotonic()
        if what != last[0] or done == of or now - last[1] >= EVERY:
            last = (what, now)
            desk.say({"is": "progress", "run": run, "what": str(what), "done": int(done), "of": int(of)})

    try:
        result = _as_bytes(_named(task["doing"])(task["told"], progress))
        if len(result) > most:
            raise faults.too_large(most)
        desk.say({"is": "result", "run": run, "memory": memory()}, result)
    except CancelledError:
        desk.say({"is": "cancelled", "run": run})
    except BaseException as error:
        told = faults.told(error)
        desk.say({"is": "problem", "run": run, "problem": told.as_problem(), "passing": told is not error})
    finally:
        desk.unwanted.discard(run)


def leave() -> NoReturn:
    """End the process at once."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(0)


def _as_bytes(made: Any) -> bytes:
    if isinstance(made, bytes):
        return made
    try:
        return _dumped(made)
    except ValueError:
        from amur.charts.answers.saving import plain

        return _dumped(plain(made))


def _dumped(made: Any) -> bytes:
    return json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def _named(told: str) -> Callable[..., Any]:
    module, _, name = told.partition(":")
    made: Callable[..., Any] = getattr(import_module(module), name)
    return made
