"""The line before a lane, clients, tasks and jobs: what needs no process."""

from __future__ import annotations

import asyncio

import pytest

from amur.web.work import Job, Task
from amur.web.work.clients import client_of
from amur.web.work.line import Line


def _job(name: str, client: str) -> Job:
    return Job(Task("echo", {"name": name}), client)


def _names(jobs: list[Job]) -> list[str]:
    return [str(job.task.told["name"]) for job in jobs]


def test_clients_take_turns_and_the_order_told_is_the_order_kept() -> None:
    line = Line()
    for name in ("a1", "a2", "a3", "b1", "c1", "b2"):
        line.add(_job(name, name[0]))
    told = _names(line.order())
    assert told == ["a1", "b1", "c1", "a2", "b2", "a3"]
    assert _names([line.next() for _ in range(len(line))]) == told
    with pytest.raises(IndexError):
        line.next()


def test_a_job_that_waits_again_comes_first_and_one_that_leaves_leaves_nothing() -> None:
    line, again, other = Line(), _job("again", "a"), _job("other", "a")
    line.add(other)
    line.add(again, first=True)
    assert _names(line.order()) == ["again", "other"]
    assert line.remove(again)
    assert line.remove(other)
    assert not line.remove(other)
    assert (len(line), line.many("a")) == (0, 0)


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::1", "::1"), ("::ffff:192.0.2.7", "192.0.2.7"), ("fe80::1%eth0", "fe80::/64"), ("testclient", "testclient"), ("", ""),
    ],
)  # fmt: skip
def test_a_client_is_an_address_or_the_network_of_a_household(address: str, client: str) -> None:
    assert client_of(address) == client


def test_the_key_of_a_task_does_not_hang_on_the_order_of_what_is_told() -> None:
    first, second = Task("ask", {"a": 1, "b": [2]}), Task("ask", {"b": [2], "a": 1})
    assert first.key == second.key
    assert len({first.key, Task("ask", {"a": 2, "b": [2]}).key, Task("sql", {"a": 1, "b": [2]}).key}) == 3
    assert Task("sql", {"text": "\ud800"}).key


def test_what_json_cannot_say_is_no_task() -> None:
    with pytest.raises(ValueError, match="JSON"):
        _ = Task("ask", {"a": float("nan")}).key


def test_events_tell_each_change_and_leaving_them_is_seen() -> None:
    async def follow() -> None:
        job = _job("x", "a")
        events = job.events()
        assert (await anext(events))["state"] == "waiting"
        assert job.watchers == 1
        job.start()
        job.tell("half", 1, 2)
        told = await anext(events)
        assert (told["event"], told["state"], told["what"], told["done"], told["of"]) == (
            "progress",
            "running",
            "half",
            1,
            2,
        )
        await events.aclose()
        assert job.watchers == 0
        job.end("failed", problem={"title": "no"})
        last = [each async for each in job.events()]
        assert [(each["event"], each["problem"]) for each in last] == [("failed", {"title": "no"})]

    asyncio.run(follow())


def test_waiting_for_a_job_tells_whether_it_has_ended() -> None:
    async def follow() -> None:
        job = _job("x", "a")
        assert not await job.wait(0.01)
        asyncio.get_running_loop().call_later(0.01, job.end, "done", b"1")
        assert await job.wait(10)
        assert job.result == b"1"
        job.end("failed")
        assert job.state == "done"

    asyncio.run(follow())
