"""Worker processes: jobs are followed, dropped, tried again and limited; none outlives the server. No model is loaded."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import work_toys

from amur.errors import AmurError
from amur.web.work import Busy, Desk, Job, Limits, Task

SOON = 60.0
"""Seconds after which something that must come has not come."""
QUICK = Limits(unwatched=0.4, patience=0.3, stuck=0.6)
STEADY = Limits(unwatched=60, patience=60, stuck=60)
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of POSIX")


@asynccontextmanager
async def desk(limits: Limits = STEADY, *kinds: str, **other: Any) -> AsyncGenerator[Desk]:
    """A desk with some of the toys; when it is left, it stops and leaves no process."""
    chosen = {name: work_toys.KINDS[name] for name in kinds}
    made = Desk(limits, chosen, work_toys.LANES, **{"evidence": lambda: "", **other})
    await made.start()
    try:
        yield made
    finally:
        pids = [
            pid
            for lane in ("model", "small", "long")
            if lane in made.health()["lanes"]
            for pid in made.pids(lane)
        ]
        await made.stop()
        assert [pid for pid in pids if there(pid)] == []


def there(pid: int) -> bool:
    """Whether a process runs; one that has ended, of which nobody has taken notice, does not."""
    try:
        os.kill(pid, 0)
        stat = Path(f"/proc/{pid}/stat")
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


async def until(seen: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(SOON):
        while not seen():
            await asyncio.sleep(0.01)


async def ended(job: Job) -> Job:
    assert await job.wait(SOON)
    return job


def run(made: Coroutine[Any, Any, None]) -> None:
    asyncio.run(made)


def test_the_same_task_asked_twice_is_done_once_and_kept(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(STEADY, "echo") as made:
            task = Task("echo", {"log": str(tmp_path / "log"), "name": "once"})
            first, second = made.submit(task, "a"), made.submit(task, "b")
            assert first is second
            await ended(first)
            assert made.submit(task, "c") is first
            assert (tmp_path / "log").read_text() == "once\n"
            assert made.job(first.key) is first
            told = json.loads(first.result or b"")
            assert told["told"] == dict(task.told)
            assert told["not"] is None, "what is not a number is null"
            assert not told["jax"]
            other = await ended(made.submit(Task("echo"), "a"))
            assert json.loads(other.result or b"")["pid"] == told["pid"], "a process that lasts does both"

    run(follow())


def test_new_evidence_makes_the_same_task_another_and_the_process_a_new_one() -> None:
    async def follow() -> None:
        now = "one"
        async with desk(STEADY, "echo", evidence=lambda: now) as made:
            first = await ended(made.submit(Task("echo")))
            now = "two"
            second = await ended(made.submit(Task("echo")))
            pids = [json.loads(each.result or b"")["pid"] for each in (first, second)]
            assert second is not first
            assert pids[0] != pids[1]

    run(follow())


def test_progress_is_told_and_then_the_end(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(STEADY, "steps") as made:
            job = made.submit(Task("steps", {"until": str(tmp_path / "go")}))
            seen = []
            async for event in job.events():
                seen.append(event)
                if event["done"] >= 3:
                    (tmp_path / "go").touch()
            assert {each["event"] for each in seen[:-1]} == {"progress"}
            assert seen[0]["what"] == "warming up"
            assert seen[-1]["event"] == "done"
            assert int(job.result or b"") >= 3

    run(follow())


def test_a_job_that_nobody_watches_is_dropped_and_one_that_is_asked_after_goes_on(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(QUICK, "steps", "echo") as made:
            left = made.submit(Task("steps", {"until": str(tmp_path / "never")}))
            async for event in left.events():
                if event["state"] == "running":
                    break
            await until(lambda: left.state == "cancelled")
            pid = made.pids("model")
            assert json.loads((await ended(made.submit(Task("echo")))).result or b"")["pid"] == pid[0]
            polled = made.submit(Task("steps", {"until": str(tmp_path / "go")}))
            for _ in range(8):
                await asyncio.sleep(QUICK.unwatched / 4)
                polled.touch()
            assert not polled.finished
            (tmp_path / "go").touch()
            await ended(polled)
            assert polled.state == "done"
            assert made.submit(Task("steps", {"until": str(tmp_path / "never")})) is not left

    run(follow())


def test_a_process_that_does_not_notice_is_replaced_for_those_who_wait() -> None:
    async def follow() -> None:
        async with desk(replace(QUICK, unwatched=60), "deaf", "echo") as made:
            deaf, other = made.submit(Task("deaf"), "a"), made.submit(Task("echo"), "b")
            await until(lambda: deaf.what == "deaf")  # before that it would notice
            assert deaf.state == "running"
            (pid,) = made.pids("model")
            assert other.ahead == 1
            made.cancel(deaf.key)
            assert deaf.state == "cancelled"
            await ended(other)
            assert other.state == "done"
            assert made.pids("model") != [pid]
            assert not there(pid)

    run(follow())


def test_what_takes_longer_than_its_kind_may_fails_and_says_so() -> None:
    async def follow() -> None:
        async with desk(replace(QUICK, unwatched=60), "short", "echo", "sleep") as made:
            slow, asleep = made.submit(Task("short")), made.submit(Task("sleep"))
            for job, seconds in ((slow, "0.3"), (asleep, "0.5")):
                await ended(job)
                assert job.state == "failed"
                assert job.problem
                assert f"longer than {seconds} seconds" in job.problem["title"]
            assert (await ended(made.submit(Task("echo")))).state == "done"

    run(follow())


@POSIX
def test_a_job_whose_process_dies_is_tried_once_more(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(STEADY, "crash", "echo") as made:
            once = await ended(made.submit(Task("crash", {"marker": str(tmp_path / "died")})))
            assert (once.state, once.result, once.tries) == ("done", b'"at last"', 2)
            always = await ended(made.submit(Task("crash")))
            assert (always.state, always.tries) == ("failed", 2)
            assert always.problem
            assert "ended twice" in always.problem["title"]
            assert made.submit(Task("crash")) is always, "it is told to those who ask again at once"
            assert (await ended(made.submit(Task("echo")))).state == "done"
            assert made.health()["lanes"]["model"]["died"] == 3

    run(follow())


@POSIX
def test_an_idle_process_that_is_killed_is_replaced() -> None:
    async def follow() -> None:
        async with desk(STEADY, "echo") as made:
            await until(lambda: made.health()["lanes"]["model"]["warm"])
            (pid,) = made.pids("model")
            os.kill(pid, signal.SIGKILL)
            await until(lambda: made.pids("model") not in ([pid], []))
            assert (await ended(made.submit(Task("echo")))).state == "done"

    run(follow())


@pytest.mark.skipif(sys.platform != "linux", reason="needs to know what a process holds")
def test_a_process_that_holds_too_much_is_replaced() -> None:
    async def follow() -> None:
        lanes = {"model": replace(work_toys.LANES["model"], memory=1)}
        made = Desk(STEADY, {"echo": work_toys.KINDS["echo"]}, lanes, lambda: "")
        await made.start()
        try:
            jobs = [await ended(made.submit(Task("echo", {"name": name}))) for name in range(2)]
            assert len({json.loads(job.result or b"")["pid"] for job in jobs}) == 2
            assert made.health()["lanes"]["model"]["died"] == 0
        finally:
            await made.stop()

    run(follow())


def test_a_process_that_cannot_start_fails_those_who_wait() -> None:
    async def follow() -> None:
        broken = {"model": replace(work_toys.LANES["model"], warm="work_toys:leave")}
        made = Desk(STEADY, {"echo": work_toys.KINDS["echo"]}, broken, lambda: "")
        await made.start()
        try:
            job = await ended(made.submit(Task("echo")))
            assert job.problem
            assert "does not start" in job.problem["title"]
        finally:
            await made.stop()

    run(follow())


def test_faults_are_told_as_problems_and_ours_without_what_is_nobodys_business(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async def follow() -> None:
        async with desk(STEADY, "fail", "odd") as made:
            theirs, ours = await ended(made.submit(Task("fail"))), await ended(made.submit(Task("odd")))
            assert theirs.problem == AmurError("it is wrong", field="what", mend="Put it right.").as_problem()
            assert ours.problem
            assert "KeyError" in ours.problem["title"]
            assert "nobody's business" not in json.dumps(ours.problem)

    run(follow())
    assert "nobody's business" in capfd.readouterr().err


def test_a_full_line_says_busy_and_its_last_places_are_for_others(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(replace(STEADY, queue=6, spared=2), "steps") as made:

            def submit(name: int, client: str) -> Job:
                return made.submit(Task("steps", {"until": str(tmp_path / "go"), "name": name}), client)

            running = submit(0, "a")
            await until(lambda: running.state == "running")
            for name in range(1, 5):
                submit(name, "a")
            with pytest.raises(Busy) as refused:
                submit(5, "a")
            assert 1 <= refused.value.retry_after <= 120
            jobs = [submit(6, "b"), submit(7, "c")]
            with pytest.raises(Busy):
                submit(8, "d")
            assert submit(0, "d") is running, "what runs already takes no place"
            assert [job.ahead for job in jobs] == [2, 3], "each client has its turn"
            (tmp_path / "go").touch()
            for job in jobs:
                assert (await ended(job)).state == "done"

    run(follow())


@POSIX
def test_small_tasks_have_processes_of_their_own_with_limits() -> None:
    async def follow() -> None:
        async with desk(STEADY, "pid", "hog", "spin", "big") as made:
            two = [made.submit(Task("pid", {"name": name})) for name in range(2)]
            assert len({(await ended(job)).result for job in two}) == 2
            hog, spin = made.submit(Task("hog")), made.submit(Task("spin"))
            assert (await ended(hog)).state == "failed"
            assert hog.problem
            assert "memory" in hog.problem["title"]
            await ended(spin)
            assert spin.problem
            assert "longer than 1 seconds" in spin.problem["title"]
            large = await ended(made.submit(Task("big", {"size": STEADY.answer + 1})))
            assert large.problem
            assert "MB" in large.problem["title"]
            ok = await ended(made.submit(Task("big", {"size": 2**22})))
            assert len(ok.result or b"") == 2**22 + 2

    run(follow())


@POSIX
def test_a_long_task_stands_back_and_is_killed_when_it_is_dropped(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(STEADY, "nice", "long") as made:
            assert (await ended(made.submit(Task("nice")))).result == b"10"
            first = made.submit(Task("long", {"until": str(tmp_path / "never")}))
            second = made.submit(Task("long", {"until": str(tmp_path)}))
            await until(lambda: first.state == "running")
            assert second.state == "waiting"
            pids = made.pids("long")
            made.cancel(first.key)
            assert (await ended(second)).state == "done"
            assert not any(map(there, pids))

    run(follow())


def test_what_is_kept_is_bounded() -> None:
    async def follow() -> None:
        async with desk(replace(STEADY, most=3, room=3000), "big", "echo") as made:
            jobs = [await ended(made.submit(Task("big", {"size": size}))) for size in (1200, 1201, 1202)]
            _ = made.submit(Task("echo"))
            assert [made.job(job.key) is job for job in jobs] == [False, True, True]

    run(follow())


def test_what_is_no_task_or_too_long_is_refused() -> None:
    async def follow() -> None:
        async with desk(replace(STEADY, told=100), "echo") as made:
            with pytest.raises(AmurError, match="no work of the kind 'steal'"):
                made.submit(Task("steal"))
            with pytest.raises(AmurError, match="too long"):
                made.submit(Task("echo", {"name": "x" * 100}))

    run(follow())


def test_stopping_ends_what_runs_and_those_who_watch_hear_of_it(tmp_path: Path) -> None:
    async def follow() -> None:
        async with desk(STEADY, "steps", "deaf") as made:
            jobs = [made.submit(Task("steps", {"until": str(tmp_path / "never")})), made.submit(Task("deaf"))]
            await until(lambda: jobs[0].state == "running")
            watching = [asyncio.ensure_future(job.wait(SOON)) for job in jobs]
            await asyncio.sleep(0)
            made.close()
            assert await asyncio.gather(*watching) == [True, True]
            assert {job.state for job in jobs} == {"cancelled"}
            with pytest.raises(Busy):
                made.submit(Task("steps"))
            assert not made.health()["open"]

    run(follow())


ORPHANS = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
import work_toys
from amur.web.work import Desk, Limits, Task

async def main():
    desk = Desk(Limits(unwatched=60), {name: work_toys.KINDS[name] for name in (sys.argv[2], "pid", "long")}, work_toys.LANES, lambda: "")
    await desk.start()
    jobs = [desk.submit(Task(sys.argv[2])), desk.submit(Task("long"))]
    while not all(job.state == "running" for job in jobs) or not desk.health()["lanes"]["small"]["warm"]:
        await asyncio.sleep(0.01)
    print(*(pid for lane in ("model", "small", "long") for pid in desk.pids(lane)), flush=True)
    await asyncio.sleep(600)

if __name__ == "__main__":
    asyncio.run(main())
"""


@POSIX
@pytest.mark.parametrize(
    "kind",
    [
        "deaf",
        pytest.param(
            "locked", marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends such")
        ),
    ],
)
def test_no_process_outlives_a_server_that_is_killed(kind: str, tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(ORPHANS, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, Path(__file__).parent, kind], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        pids = [int(each) for each in server.stdout.readline().split()]
        server.kill()
    assert len(pids) == 3
    before = time.monotonic()
    while any(map(there, pids)):
        assert time.monotonic() - before < SOON
        time.sleep(0.05)
