"""Kept answers: read when asked again, made anew when damaged or when anything they rest on changed."""

from __future__ import annotations

import json

import pytest

from amur.questions import kept
from amur.questions.answer import Answer, Made, Rests, fact


def answer() -> Answer:
    number = fact("trade", "Trade", "bn US$", 245.0, {"year": "2024"})
    made = Made("1", "x", 1, 256, {"a": 1.0}, "even")
    return Answer("q", "A title", {"a": 1}, "Says.", (number,), {"rows": ({"a": 1.5},)}, Rests(), made)


class Maker:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Answer:
        self.times += 1
        return answer()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_folder", lambda: tmp_path)
    return tmp_path


def test_a_second_asking_reads_and_gives_the_same(folder):
    make = Maker()
    first, second = (kept.answer("q", {"a": 1}, make) for _ in range(2))
    assert make.times == 1
    assert first == second == answer()
    assert len(list(folder.glob("*.json"))) == 1


def test_other_options_are_another_answer(folder):
    make = Maker()
    for asked in ({"a": 1}, {"a": 2}, {"b": 1}):
        kept.answer("q", asked, make)
    assert make.times == 3


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "{}", "null", '{"numbers": 3}', '{"question": "q", "numbers": [{"x": 1}]}', "\udcff"],
)
def test_a_damaged_file_is_made_anew(folder, damage):
    make = Maker()
    kept.answer("q", {"a": 1}, make)
    (file,) = folder.glob("*.json")
    file.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert kept.answer("q", {"a": 1}, make) == answer()
    assert make.times == 2
    assert kept.answer("q", {"a": 1}, make) == answer()
    assert make.times == 2
    assert json.loads(file.read_text())["title"] == "A title"


def test_changed_code_or_evidence_is_asked_again(folder, monkeypatch):
    make = Maker()
    kept.answer("q", {}, make)
    monkeypatch.setattr(kept, "evidence_and_code", lambda: "another")
    kept.answer("q", {}, make)
    assert make.times == 2


def test_evidence_of_ones_own_is_part_of_what_an_answer_rests_on(folder, monkeypatch, tmp_path):
    make = Maker()
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "own"))
    kept.answer("q", {}, make)
    (tmp_path / "own" / "sets" / "mine-1").mkdir(parents=True)
    (tmp_path / "own" / "sets" / "mine-1" / "observations.csv").write_text("series,period,value\n")
    kept.answer("q", {}, make)
    assert make.times == 2


def test_uncached_neither_reads_nor_writes(folder):
    make = Maker()
    for _ in range(2):
        kept.answer("q", {}, make, cached=False)
    assert make.times == 2
    assert not list(folder.iterdir())


def test_a_home_that_cannot_be_written_costs_no_answer(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(kept, "_folder", lambda: tmp_path / "file" / "answers")
    assert kept.answer("q", {}, Maker()) == answer()


def test_the_oldest_give_way(folder, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(5):
        kept.answer("q", {"n": number}, Maker())
    assert len(list(folder.glob("*.json"))) == 3
