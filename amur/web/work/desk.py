"""The desk: takes tasks, keeps their jobs, and hands them to the lanes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from amur.errors import AmurError
from amur.questions.kept import evidence_of_ones_own
from amur.web.work.clients import client_of
from amur.web.work.job import Job
from amur.web.work.limits import Limits
from amur.web.work.runner import Runner
from amur.web.work.tasks import KINDS, LANES, Kind, Lane, Task


class Busy(Exception):  # noqa: N818  a state, not an error
    """As much is asked already as can be worked out; try again after ``retry_after`` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


class Desk:
    """Where work is handed in. All of it belongs to the thread of the event loop that started it."""

    def __init__(
        self,
        limits: Limits | None = None,
        kinds: Mapping[str, Kind] = KINDS,
        lanes: Mapping[str, Lane] = LANES,
        evidence: Callable[[], str] = evidence_of_ones_own,
    ) -> None:
        self.limits = limits or Limits()
        self._kinds, self._evidence = kinds, evidence
        self._jobs: dict[str, Job] = {}
        self._read: dict[str, str] = {}
        used = {each.lane for each in kinds.values()}
        self._lanes = {
            name: Runner(name, lane, kinds, self.limits, evidence)
            for name, lane in lanes.items()
            if name in used
        }
        self._sweeper: asyncio.Task[None] | None = None
        self._closed = False

    async def start(self) -> None:
        """Start the processes that are kept ready, and look after jobs."""
        for lane in self._lanes.values():
            lane.start()
        self._sweeper = asyncio.create_task(self._sweep_for_ever())

    async def stop(self) -> None:
        """End all jobs and all processes."""
        self.close()
        if self._sweeper:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
        await asyncio.gather(*(lane.stop() for lane in self._lanes.values()))

    def close(self) -> None:
        """End all jobs, so that nobody waits for them any more, and take no more. Processes are ended by :meth:`stop`."""
        self._closed = True
        for lane in self._lanes.values():
            lane.close()

    def submit(self, task: Task, client: str = "") -> Job:
        """The job of a task: a new one, or that which was begun for the same task and is under way, or came to an end.

        Busy where too many wait. AmurError for a task of no kind, or one that is told too much.
        """
        if task.kind not in self._kinds:
            raise AmurError(f"there is no work of the kind '{task.kind}'")
        if len(task.text) > self.limits.told:
            raise AmurError("what was given is too long", mend=f"Give less than {self.limits.told >> 10} KB.")
        known, evidence = self._jobs.get(task.key), self._evidence()
        if known and self._good(known, evidence):
            known.touch()
            return known
        lane = self._lanes[self._kinds[task.kind].lane]
        who = client_of(client)
        if self._closed or lane.full(who):
            raise Busy(lane.wait_for())
        job = Job(task, who)
        self._jobs[job.key], self._read[job.key] = job, evidence
        self._forget()
        lane.add(job)
        return job

    def job(self, key: str) -> Job | None:
        """The job of that key; None where there is none, or it is forgotten."""
        return self._jobs.get(key)

    def cancel(self, key: str) -> None:
        """Drop a job, whoever watches it."""
        if job := self._jobs.get(key):
            self._lanes[self._kinds[job.task.kind].lane].cancel(job)

    def health(self) -> dict[str, Any]:
        """Whether work is taken, and how each lane is."""
        lanes = {name: lane.health() for name, lane in self._lanes.items()}
        return {
            "open": not self._closed, "lanes": lanes, "waiting": sum(each["waiting"] for each in lanes.values()),
            "jobs": len(self._jobs),
        }  # fmt: skip

    def pids(self, lane: str) -> list[int]:
        """The processes of a lane."""
        return self._lanes[lane].pids

    def _good(self, job: Job, evidence: str) -> bool:
        """Whether a job still is the job of its task."""
        if job.state == "cancelled" or self._read[job.key] != evidence:
            return False
        return not (job.passing and self._old(job, self.limits.passing))

    def _old(self, job: Job, seconds: float) -> bool:
        return job.ended is not None and time.monotonic() - job.ended > seconds

    def _unwatched(self, job: Job) -> float:
        return max(self.limits.unwatched, self._kinds[job.task.kind].unwatched)

    def _forget(self) -> None:
        """Forget finished jobs that are old, or more than can be kept: the oldest first."""
        finished = sorted((job for job in self._jobs.values() if job.finished), key=lambda job: job.ended or 0)
        room = sum(len(job.result or b"") for job in finished)
        many = len(finished)
        for job in finished:
            if many > self.limits.most or room > self.limits.room or self._old(job, self.limits.kept):
                del self._jobs[job.key], self._read[job.key]
                many -= 1
                room -= len(job.result or b"")

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(min(1.0, self.limits.unwatched / 4))
            now = time.monotonic()
            for job in list(self._jobs.values()):
                if not (job.finished or job.watchers) and now - job.seen > self._unwatched(job):
                    self.cancel(job.key)
            for lane in self._lanes.values():
                lane.sweep(now)
            self._forget()
