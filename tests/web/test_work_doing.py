"""What worker processes do: what they refuse, what they say of files from outside, and that SQL runs within bounds."""

from __future__ import annotations

import asyncio
import json
import math
import os
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from amur import questions
from amur.errors import AmurError
from amur.questions import ensembles
from amur.web.work import KINDS, LANES, Desk, Limits, Task, faults
from amur.web.work.child import _as_bytes
from amur.web.work.doing import asking, own_reading
from amur.web.work.doing.given import given
from amur.web.work.doing.names import options
from amur.web.work.doing.scenario_file import scenario_file
from amur.web.work.doing.sql import sql

READING = """
title = "A test"
says = "They are what they are."
"""
SCENARIO = """title = "Dear oil"

[[interventions]]
do = "hold"
quantity = "oil_price"
{value} = 150
"""


def silent(what: str, done: int, of: int) -> None:
    """Nobody listens."""


@pytest.mark.parametrize(
    "asked",
    [
        {"own": "/etc/passwd"}, {"endstates": "a.toml"}, {"aims": "a.toml"}, {"rules": "x"}, {"scenario": "mine.toml"},
        {"scenario": ["ceasefire", "../mine.TOML"]}, {"scenario": "a/b"}, {"against": ["a\\b"]}, {"against": "a,b.toml"},
        {"cached": False}, {"progress": 1}, ["scenario"],
    ],
    ids=str,
)  # fmt: skip
def test_nothing_that_names_a_file_is_asked(asked: Any) -> None:
    with pytest.raises(AmurError):
        options(asked)


def test_other_options_are_asked_as_they_are() -> None:
    told = {
        "scenario": ["ceasefire"],
        "title": "War and/or peace",
        "futures": 512,
        "own": "",
        "interventions": [{"do": "hold"}],
    }
    assert options(told) == {**told, "scenario": ("ceasefire",), "interventions": ({"do": "hold"},)}


def test_an_answer_is_told_of_by_its_question_or_by_its_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(question: str, progress: Any, **asked: Any) -> Any:
        for tell in ensembles._BEFORE:
            tell()
        progress("twins", 1, 5)
        for tell in ensembles._BEFORE:
            tell()

        class Made:
            def as_json(self) -> dict[str, Any]:
                return {"question": question, "asked": asked}

        return Made()

    monkeypatch.setattr(questions, "ask", ask)
    told: list[tuple[str, int, int]] = []
    made = asking.ask({"question": "whatif", "asked": {"seed": 3}}, lambda *each: told.append(each))
    assert made == {"question": "whatif", "asked": {"seed": 3}}
    assert told == [("running futures", 1, 0), ("twins", 1, 5), ("twins", 1, 5)]


def test_a_scenario_file_becomes_the_options_of_a_what_if() -> None:
    made = scenario_file({"text": SCENARIO.format(value="value"), "name": "oil.toml"}, silent)
    assert made["title"] == "Dear oil"
    assert made["interventions"] == [{"do": "hold", "quantity": "oil_price", "value": 150}]
    assert json.loads(json.dumps(made)) == made | {"claims": list(made["claims"])}


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (SCENARIO.format(value="valeu"), 6, "valeu"), ("title = 1 2", 1, None), ("x = 1\n" + SCENARIO.format(value="value"), 1, "x"),
        ("[whatif]\nfuturs = 3", None, "futuros"), ("a = " + "[" * 5000, None, None), ("\ud800", None, None),
    ],
)  # fmt: skip
def test_faults_of_a_file_name_it_as_its_owner_does(text: str, line: int | None, field: str | None) -> None:
    with pytest.raises(AmurError) as fault:
        scenario_file({"text": text, "name": "C:\\mine\\my oil.toml"}, silent)
    told = fault.value
    assert told.file == "C:\\mine\\my oil.toml"
    assert "amur-" not in str(told)
    assert line is None or told.line == line
    assert field in (None, "futuros") or told.field == field


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd.toml", "", ".toml", "a" * 5000, "\0", "con.toml", "日本.toml"]
)
def test_a_given_file_lies_in_a_folder_of_its_own_whatever_its_name(name: str) -> None:
    with given("title = 1", name) as path:
        assert path.is_file()
        assert path.suffix == ".toml"
        assert path.parent.name.startswith("amur-")
    assert not path.parent.exists()
    with pytest.raises(AmurError, match="KB"), given("x" * 2**19, name):
        pass


def test_a_reading_of_ones_own_lies_where_its_text_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path))
    monkeypatch.setattr(own_reading, "KEPT", 3)
    first = own_reading.laid_down(READING, "../mine")
    assert own_reading.laid_down(READING, "../mine") == first
    assert first.is_relative_to(tmp_path)
    assert first.name == "mine.toml"
    assert own_reading.laid_down(READING + "\n", "../mine") != first
    for number in range(5):
        os.utime(own_reading.laid_down(READING + f"# {number}", "x"), (number + 1, number + 1))
    own_reading.laid_down(READING, "last")
    assert len(list(tmp_path.glob("given/*/*.toml"))) == 3


def test_a_fault_of_a_reading_names_it_as_its_owner_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path))
    for name, text in (("mine.toml", READING + "nonsense = 3"), ("concert.toml", READING)):
        with pytest.raises(AmurError) as fault:
            own_reading.own_reading({"text": text, "name": name}, silent)
        assert fault.value.file == name
        assert str(tmp_path) not in str(fault.value)


def test_sql_is_bounded_whatever_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMUR_DATA_DIR", "/nowhere/to/be/found")
    made = sql({"text": "select range as n from range(100000)", "most": 10**9, "seconds": 10**9}, silent)
    assert len(made["rows"]) == 10_000
    assert made["more"]


def test_results_are_json_that_every_reader_can_read() -> None:
    made = _as_bytes({"a": [math.nan, 1.5, (math.inf, None)], "b": "\ud800ж", 3: True})
    assert json.loads(made) == {"a": [None, 1.5, [None, None]], "b": "?ж", "3": True}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "memory"), (RecursionError(), "nested"), (ModuleNotFoundError("no", name="jax._src"), "needs jax"),
        (ZeroDivisionError("private"), "ZeroDivisionError"),
    ],
)  # fmt: skip
def test_every_fault_is_told_in_plain_words(error: Exception, words: str) -> None:
    told = faults.told(error)
    assert words in told.problem
    assert told.mend
    assert "private" not in str(told)


@pytest.mark.skipif(os.name != "posix", reason="needs limits of POSIX")
def test_sql_runs_in_a_process_without_the_model_and_may_not_take_more_than_it_is_given() -> None:
    # Endless, and nothing of it is kept: it can only meet its bound of time.
    large = "select sum(range % 7) from range(1000000000000)"
    wide = "select string_agg(repeat('x', 1000000), '') as t from range(3000)"
    files = "select * from read_csv('/etc/passwd')"
    # What is to meet its bound of memory has time enough for it, also where the machine is busy.
    asked = {"select count(*) as n from observations": 10, wide: 10, large: 4, files: 10}

    async def follow() -> None:
        desk = Desk(Limits(unwatched=120), kinds={"sql": KINDS["sql"]}, lanes=LANES, evidence=lambda: "")
        await desk.start()
        try:
            jobs = [
                desk.submit(Task("sql", {"text": text, "seconds": seconds, "own": False}))
                for text, seconds in asked.items()
            ]
            for job in jobs:
                assert await job.wait(120)
            assert json.loads(jobs[0].result or b"")["rows"][0]["n"] > 20_000
            assert all(job.problem and job.problem["mend"] for job in jobs[1:])
            assert "more memory" in (jobs[1].problem or {})["title"]
            assert "longer than 4 seconds" in (jobs[2].problem or {})["title"]
        finally:
            await desk.stop()

    asyncio.run(follow())
