"""A job: a task on its way, as those who wait for it see it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Any, Literal

from amur.web.work.tasks import Task

type State = Literal["waiting", "running", "done", "failed", "cancelled"]


class Job:
    """A task that was handed in. All of it belongs to the event loop's thread.

    ``state`` is waiting, running, done, failed or cancelled. ``what``, ``done`` and ``of`` say how far it is (``of`` 0:
    nobody knows how much there is); ``ahead`` how many jobs come before it. ``result`` is JSON text, ``problem`` what
    :meth:`amur.errors.AmurError.as_problem` says. Times are seconds of the monotonic clock.
    """

    def __init__(self, task: Task, client: str = "") -> None:
        self.task, self.key, self.client = task, task.key, client
        self.state: State = "waiting"
        self.what, self.done, self.of, self.ahead = "", 0, 0, 0
        self.asked = self.seen = time.monotonic()
        self.started: float | None = None
        self.ended: float | None = None
        self.result: bytes | None = None
        self.problem: dict[str, Any] | None = None
        self.tries = 0
        self.passing = False
        self.watchers = 0
        self._changed = asyncio.Event()

    @property
    def finished(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed", "cancelled")

    @property
    def seconds(self) -> float:
        """How long it has been at work, or was."""
        if self.started is None:
            return 0.0
        return (time.monotonic() if self.ended is None else self.ended) - self.started

    def touch(self) -> None:
        """Somebody asked after it: it goes on some seconds more."""
        self.seen = time.monotonic()

    def as_json(self) -> dict[str, Any]:
        """How far it is, as a plain object; what came of it is not in it, but a problem is."""
        told = {
            "key": self.key, "kind": self.task.kind, "state": self.state, "what": self.what, "done": self.done,
            "of": self.of, "ahead": self.ahead, "seconds": round(self.seconds, 1),
        }  # fmt: skip
        return told | ({"problem": self.problem} if self.problem else {})

    async def wait(self, seconds: float) -> bool:
        """Wait for its end, but not longer than that; whether it has come. Waiting counts as watching."""
        self.watchers += 1
        try:
            async with asyncio.timeout(seconds):
                while not self.finished:
                    await self._changed.wait()
        except TimeoutError:
            pass
        finally:
            self.watchers -= 1
            self.touch()
        return self.finished

    async def events(self) -> AsyncGenerator[dict[str, Any]]:
        """What :meth:`as_json` says at every change, with ``event``: progress ..., then done, failed or cancelled.

        Leaving it counts as moving on.
        """
        self.watchers += 1
        try:
            while not self.finished:
                changed = self._changed
                yield {"event": "progress", **self.as_json()}
                await changed.wait()
            yield {"event": self.state, **self.as_json()}
        finally:
            self.watchers -= 1
            self.touch()

    def tell(self, what: str, done: int, of: int, ahead: int = 0) -> None:
        """How far it is now."""
        if (what, done, of, ahead) != (self.what, self.done, self.of, self.ahead):
            self.what, self.done, self.of, self.ahead = what, done, of, ahead
            self._wake()

    def start(self) -> None:
        """It is at work."""
        self.state, self.started, self.ahead, self.tries = "running", time.monotonic(), 0, self.tries + 1
        self._wake()

    def again(self) -> None:
        """It waits again: the process that had it ended."""
        self.state, self.started, self.what = "waiting", None, "starting again"
        self._wake()

    def end(self, state: State, result: bytes | None = None, problem: dict[str, Any] | None = None) -> None:
        """It is done, has failed or was cancelled."""
        if not self.finished:
            self.state, self.result, self.problem, self.ended = state, result, problem, time.monotonic()
            self.ahead = 0
            self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
