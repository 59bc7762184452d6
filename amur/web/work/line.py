"""The line before a lane: first come, first served among the jobs of one client, in turn among clients."""

from __future__ import annotations

from collections import OrderedDict, deque
from itertools import zip_longest

from amur.web.work.job import Job


class Line:
    """Jobs that wait. A client with many does not hold up one with few: each has its turn."""

    def __init__(self) -> None:
        self._first: deque[Job] = deque()
        self._of: OrderedDict[str, deque[Job]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._first) + sum(map(len, self._of.values()))

    def many(self, client: str) -> int:
        """How many jobs of a client wait."""
        return len(self._of.get(client, ()))

    def add(self, job: Job, first: bool = False) -> None:
        """Let a job wait; ``first`` before all others, where it has waited already."""
        if first:
            self._first.appendleft(job)
        else:
            self._of.setdefault(job.client, deque()).append(job)

    def remove(self, job: Job) -> bool:
        """Take a job out; whether it was there."""
        for jobs in (self._first, self._of.get(job.client, deque())):
            if job in jobs:
                jobs.remove(job)
                if not self._of.get(job.client, True):
                    del self._of[job.client]
                return True
        return False

    def next(self) -> Job:
        """The job whose turn it is, taken out. IndexError where none waits."""
        if self._first:
            return self._first.popleft()
        if not self._of:
            raise IndexError("nobody waits")
        client, jobs = next(iter(self._of.items()))
        job = jobs.popleft()
        if jobs:
            self._of.move_to_end(client)
        else:
            del self._of[client]
        return job

    def order(self) -> list[Job]:
        """All that wait, in the order of their turns."""
        turns = zip_longest(*self._of.values())
        return [*self._first, *(job for turn in turns for job in turn if job is not None)]
