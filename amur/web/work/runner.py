"""A lane at work: its line of jobs, its processes, and what becomes of either when the other fails."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping
from typing import Any

from amur.errors import AmurError
from amur.web.work import faults
from amur.web.work.job import Job
from amur.web.work.limits import Limits
from amur.web.work.line import Line
from amur.web.work.messages import Message
from amur.web.work.process import Process
from amur.web.work.tasks import Kind, Lane

SXCPU = -int(getattr(signal, "SIGXCPU", 0))
STARTS = 3
"""Processes in a row that end before they are ready; then those who wait are told."""
LONGEST = 60.0
"""Seconds between two starts, at most."""


class Runner:
    """Runs the jobs of one lane. All of it belongs to the event loop's thread."""

    def __init__(
        self, name: str, lane: Lane, kinds: Mapping[str, Kind], limits: Limits, evidence: Callable[[], str]
    ) -> None:
        self.name, self.lane, self.line = name, lane, Line()
        self._kinds, self._limits, self._evidence = kinds, limits, evidence
        self._processes: list[Process] = []
        self._failed = self._ended = 0
        self._not_before = 0.0
        self._stopping = False
        self._took: list[float] = []

    # ------------------------------------------------------------ what the desk asks

    def full(self, client: str) -> bool:
        """Whether one job more of a client is too many."""
        room = self._limits.queue if self.lane.queue is None else self.lane.queue
        spared = min(self._limits.spared, room // 2)
        left = room - len(self.line)
        return left <= 0 or (left <= spared and self.line.many(client) > 0)

    def wait_for(self) -> int:
        """Seconds after which there may be room."""
        one = sum(self._took) / len(self._took) if self._took else 2.0
        return int(min(max(one * len(self.line) / self.lane.slots / 4, 1), 120))

    def add(self, job: Job) -> None:
        """Take a job on."""
        self.line.add(job)
        self.pump()

    def cancel(self, job: Job) -> None:
        """Drop a job, whether it waits or runs."""
        self._drop(job, "cancelled")

    def start(self) -> None:
        """Keep spares from now on."""
        self.pump()

    def sweep(self, now: float) -> None:
        """End what has run for too long, and processes that do not notice that their job was cancelled."""
        for process in list(self._processes):
            job = process.job
            if job is None:
                continue
            if not job.finished and job.seconds > (allowed := self._kinds[job.task.kind].seconds):
                self._drop(job, "failed", faults.too_long(allowed))
            patience = self._limits.patience if len(self.line) else self._limits.stuck
            if process.unwanted is not None and now - process.unwanted > patience:
                process.end(gently=False)
        self.pump()

    def close(self) -> None:
        """Drop all jobs and take no more."""
        self._stopping = True
        for job in (*self.line.order(), *(each.job for each in self._processes if each.job)):
            job.end("cancelled")

    async def stop(self) -> None:
        """End all processes; none is left when this returns."""
        self.close()
        for process in self._processes:
            process.end()
        for gently in (True, False):
            if not gently:
                for process in self._processes:
                    process.end(gently=False)
            joined = [asyncio.to_thread(each.join, 2.0) for each in self._processes]
            if all(await asyncio.gather(*joined)):
                break

    def health(self) -> dict[str, Any]:
        """How the lane is: jobs that wait and run, its processes, and how many ended by themselves."""
        states = [_state(each) for each in self._processes]
        warming = next((each.warming for each in self._processes if not each.ready), None)
        told = {
            "waiting": len(self.line), "running": self._running(), "workers": states, "died": self._ended,
            "warm": any(each.ready for each in self._processes) or not self.lane.spares,
        }  # fmt: skip
        if warming and self.lane.warm:
            told["warming"] = dict(zip(("what", "done", "of"), warming, strict=True))
        return told

    @property
    def pids(self) -> list[int]:
        """The numbers of its processes in the system."""
        return [each.pid for each in self._processes if each.pid]

    # ------------------------------------------------------------ jobs to processes

    def pump(self) -> None:
        """Give waiting jobs to ready processes, and start the processes that are lacking."""
        if self._stopping:
            return
        free = [each for each in self._processes if each.ready and not each.job and not each.ending]
        if len(self.line) and free and (now := self._evidence()) != free[0].evidence:
            # What it has read of the user's own evidence is not so any more.
            for process in free:
                if process.evidence != now:
                    process.end()
            free = [each for each in free if not each.ending]
        while len(self.line) and free and self._running() < self.lane.slots:
            self._begin(free.pop(), self.line.next())
        self._hire()
        self._tell()

    def _begin(self, process: Process, job: Job) -> None:
        kind = self._kinds[job.task.kind]
        job.start()
        process.begin(job, kind.doing, kind.seconds, kind.memory)

    def _running(self) -> int:
        return sum(each.job is not None for each in self._processes)

    def _hire(self) -> None:
        here = [each for each in self._processes if not each.ending]
        idle = sum(each.job is None for each in here)
        busy = self._running()
        wanted = max(self.lane.spares, min(len(self.line), self.lane.slots - busy))
        if self.lane.lasting:
            wanted = min(wanted, self.lane.slots - sum(each.job is not None for each in here))
        if idle >= wanted:
            return
        if (pause := self._not_before - time.monotonic()) > 0:
            asyncio.get_running_loop().call_later(pause + 0.01, self.pump)
            return
        for _ in range(wanted - idle):
            self._processes.append(
                Process(self.lane, self._evidence(), self._limits.answer, self._hear, self._gone)
            )

    def _tell(self) -> None:
        """Say to all who wait how many are before them, and what the process is at while it gets warm."""
        running = self._running()
        coming = next((each for each in self._processes if not each.ready and not each.ending), None)
        for place, job in enumerate(self.line.order()):
            if coming and self.lane.warm and running < self.lane.slots:
                _, done, of = coming.warming
                job.tell("warming up", done, of, place)
            else:
                job.tell("waiting", 0, 0, place + running)

    def _drop(self, job: Job, state: Any, problem: AmurError | None = None) -> None:
        if job.finished:
            return
        self.line.remove(job)
        job.end(state, problem=problem.as_problem() if problem else None)
        process = next((each for each in self._processes if each.job is job), None)
        if process and self.lane.lasting:
            process.cancel()
        elif process:
            process.end()
        self.pump()

    # ------------------------------------------------------------ what processes say

    def _hear(self, process: Process, message: Message, result: bytes | None) -> None:
        what, job = message.get("is"), process.job
        if what == "ready":
            process.ready, self._failed, self._not_before = True, 0, 0.0
        elif what == "warming":
            process.warming = (str(message["what"]), int(message["done"]), int(message["of"]))
        elif job is None or not process.about(message):
            return
        elif what == "progress":
            job.tell(str(message["what"]), int(message["done"]), int(message["of"]))
            return
        else:
            self._answered(process, job, message, result)
        self.pump()

    def _answered(self, process: Process, job: Job, message: Message, result: bytes | None) -> None:
        process.job = process.unwanted = None
        if not self.lane.lasting:
            # It ends by itself.
            process.ending = True
        if message["is"] == "result":
            job.end("done", result=result)
            self._took = [*self._took[-19:], job.seconds]
            if self.lane.lasting and int(message.get("memory", 0)) > self.lane.memory > 0:
                process.end()
        elif message["is"] == "problem":
            job.passing = bool(message.get("passing"))
            job.end("failed", problem=message["problem"])
        else:
            job.end("cancelled")

    def _gone(self, process: Process) -> None:
        with contextlib.suppress(ValueError):
            self._processes.remove(process)
        code = process.exitcode  # Asking is what takes it out of the system's table.
        job, process.job = process.job, None
        meant, process.ending = process.ending, True
        if not meant:
            self._ended += 1
        if not process.ready and not meant:
            self._failed += 1
            self._not_before = time.monotonic() + min(0.25 * 2**self._failed, LONGEST)
            if self._failed >= STARTS:
                self._give_up()
        if job is not None and not job.finished:
            self._died(job, code)
        self.pump()

    def _died(self, job: Job, exitcode: int | None) -> None:
        """The process of a job ended before the job: try again once, unless it was ended for what it took."""
        if exitcode == SXCPU and SXCPU:
            job.end("failed", problem=faults.too_long(self._kinds[job.task.kind].seconds).as_problem())
        elif job.tries < 2 and not self._stopping:
            job.again()
            self.line.add(job, first=True)
        else:
            job.passing = True
            job.end("failed", problem=faults.crashed().as_problem())

    def _give_up(self) -> None:
        for job in self.line.order():
            self.line.remove(job)
            job.passing = True
            job.end("failed", problem=faults.no_start().as_problem())


def _state(process: Process) -> str:
    if process.ending:
        return "ending"
    if not process.ready:
        return "starting"
    if process.unwanted is not None:
        return "stopping"
    return "working" if process.job else "ready"
