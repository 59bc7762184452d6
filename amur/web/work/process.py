"""A worker process as the desk sees it: started, spoken to through a pipe, and ended for certain."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from amur.web.work import child, messages
from amur.web.work.job import Job
from amur.web.work.messages import Message
from amur.web.work.tasks import Lane

CONTEXT = multiprocessing.get_context("spawn")
GENTLE = 3.0
"""Seconds between asking a process to end and ending it."""

type Heard = Callable[["Process", Message, bytes | None], None]
type Gone = Callable[["Process"], None]


class Process:
    """A process and its pipe. A thread reads it and hands what it says to the event loop, to which all else belongs.

    ``ready`` is True once it takes tasks; ``job`` is what it works on; ``unwanted`` when that was cancelled (seconds of
    the monotonic clock); ``ending`` that it takes no more tasks. ``evidence`` is a fingerprint of what it has read.
    """

    def __init__(self, lane: Lane, evidence: str, most: int, heard: Heard, gone: Gone) -> None:
        self.evidence = evidence
        self.ready = self.ending = False
        self.job: Job | None = None
        self.unwanted: float | None = None
        self.warming = ("starting", 0, 0)
        self.began = time.monotonic()
        self._run = 0
        self._most = most
        self._heard, self._gone = heard, gone
        self._loop = asyncio.get_running_loop()
        self._pipe, theirs = CONTEXT.Pipe()
        told = (theirs, os.getpid(), lane.warm, lane.nice, lane.lasting, most)
        self._process = CONTEXT.Process(target=child.main, args=told, daemon=True, name="amur-worker")
        try:
            self._process.start()
        finally:
            theirs.close()
        self._reader = threading.Thread(target=self._read, daemon=True, name="amur-worker-reader")
        self._reader.start()

    @property
    def pid(self) -> int | None:
        """Its number in the system."""
        return self._process.pid

    @property
    def exitcode(self) -> int | None:
        """How it ended: 0, or minus the number of a signal; None while it runs."""
        self._process.join(1.0)
        return self._process.exitcode

    def begin(self, job: Job, doing: str, seconds: float, memory: int) -> None:
        """Give it a job."""
        self._run += 1
        self.job, self.unwanted = job, None
        self._send({
            "is": "task", "run": self._run, "doing": doing, "told": dict(job.task.told), "seconds": seconds,
            "memory": memory,
        })  # fmt: skip

    def cancel(self) -> None:
        """Say that its job is not wanted any more."""
        self.unwanted = time.monotonic()
        self._send({"is": "cancel", "run": self._run})

    def about(self, message: Message) -> bool:
        """Whether a message is about what it was given last."""
        return message.get("run") == self._run

    def end(self, gently: bool = True) -> None:
        """End it: asked first, and killed if it does not follow; or killed at once."""
        if self.ending and gently:
            return
        self.ending = True
        with contextlib.suppress(OSError, ValueError):
            if gently:
                self._process.terminate()
                self._loop.call_later(GENTLE, self.end, False)
            else:
                self._process.kill()

    def join(self, seconds: float) -> bool:
        """Wait for its end, blocking; whether it has come."""
        self._process.join(seconds)
        self._reader.join(seconds)
        return not self._process.is_alive()

    def _send(self, message: Message) -> None:
        # A process that has just died is told of by the reader.
        with contextlib.suppress(OSError):
            messages.send(self._pipe, message)

    def _read(self) -> None:
        with contextlib.suppress(EOFError, OSError, ValueError):
            while True:
                self._hand_over(self._heard, *messages.receive(self._pipe, self._most + 1))
        if not wait([self._process.sentinel], timeout=GENTLE):
            with contextlib.suppress(OSError, ValueError):
                self._process.kill()
        self._hand_over(Process._left)

    def _left(self) -> None:
        self._pipe.close()
        self._gone(self)

    def _hand_over(self, to: Callable[..., Any], *told: Any) -> None:
        # The loop is closed where the server stopped without stopping the desk.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(to, self, *told)
