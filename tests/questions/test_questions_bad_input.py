"""What a newcomer mistypes and a vandal tries: one line that names field or file, exit code 2, nothing computed or written."""

from __future__ import annotations

import json
import os

import pytest

from amur.errors import AmurError
from amur.questions import kept
from amur.questions.answer import Answer, Made, Rests
from amur.questions.whatif import Asked

DIGITS = "9" * 5000
HOLD = ("ask", "whatif", "--do", "hold oil_price 150")


@pytest.fixture(autouse=True)
def nothing_is_computed(monkeypatch):
    """What should have been refused must not reach an answer."""

    def reached(*_, **__):
        raise AssertionError("it was not refused before it was answered")

    monkeypatch.setattr(kept, "answer", reached)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("ask", "drivers", "--year", DIGITS), "year"),
        (("ask", "drivers", "--held", DIGITS), "held"),
        (("ask", "drivers", "--outcome", ""), "outcome"),
        (("ask", "outlook", "--until", DIGITS), "until"),
        (("ask", "outlook", "--quantity", " "), "quantity"),
        (("ask", "outlook", ""), "quantity"),
        (("ask", "reading", "--reading", ""), "reading"),
        (("ask", "levers", "--weight", ""), "weight"),
        (("ask", "whatif", ""), "scenario"),
        (("ask", "whatif", ","), "scenario"),
        (("ask", "whatif", "--scenario-file", ""), "scenario-file"),
        (("ask", "whatif", "--do", ""), "do"),
        (("ask", "whatif", "--do", " ; "), "do"),
        (("ask", "whatif", "--do", "hold oil_price 150 start="), "start"),
        (("ask", "whatif", "--do", "hold oil_price 150 start=2099-Q1"), "start"),
        (("ask", "whatif", "--do", "hold oil_price 150 start=2000-Q1 end=2001-Q1"), "end"),
        ((*HOLD, "--quantity", ""), "quantity"),
        ((*HOLD, "--at", "2002"), "at"),
        ((*HOLD, "--at", "2030,2025-Q4"), "at"),
        (("ask", "whatif", "--checks", "--at", "2030"), "checks"),
        (("ask", "whatif", "--checks", "--seed", "4"), "checks"),
        (("ask", "whatif", "--checks", "--save", "x.pdf"), "checks"),
        (("argue", ""), "name"),
        (("argue", "--save", "x.pdf"), "save"),
        (("argue", "--weights", "x"), "weights"),
        (("argue", "--futures", "3"), "futures"),
        (("argue", "--seed", "-1"), "seed"),
        (("argue", "--again"), "again"),
        (("watch", "--check", "--since", "2025-01-01", "--as-of", "2020-01-01"), "since"),
    ],
)
def test_what_says_nothing_is_refused_before_anything_is_computed(refused, words, field):
    told = refused(*words)
    assert f"field '{field}'" in told
    assert len(told) < 500


def test_the_words_that_a_line_lacks_are_told_as_a_line_is_written(refused):
    assert "Write: hold QUANTITY VALUE" in refused("ask", "whatif", "--do", "hold oil_price")


def test_a_failing_command_asked_for_json_prints_the_problem(amur):
    ran = amur("ask", "whatif", "--do", "", "--json")
    assert ran.code == 2
    assert json.loads(ran.out)["field"] == "do"


OPTIONS = {
    "own": ("ask", "reading", "--own"),
    "aims": ("ask", "levers", "--aims"),
    "endstates": ("ask", "outlook", "--endstates"),
    "scenario": ("ask", "whatif", "--scenario-file"),
}


@pytest.mark.parametrize("option", OPTIONS)
def test_a_file_with_a_number_of_thousands_of_digits_is_one_line(refused, tmp_path, option):
    file = tmp_path / "mine.toml"
    file.write_text(f"x = {DIGITS}\n")
    told = refused(*OPTIONS[option], str(file))
    assert "mine.toml" in told
    assert "shorter numbers" in told


@pytest.mark.parametrize("option", OPTIONS)
def test_a_name_that_no_file_can_have_is_one_line(refused, option):
    assert "cannot be read" in refused(*OPTIONS[option], "a\0b.toml")


LATE = 'title = "Mine"\n[[interventions]]\ndo = "hold"\nquantity = "oil_price"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'{LATE}value = 150\nstart = "2099-Q1"', "mine.toml, field 'start'"),
        (f"{LATE}value = {'9' * 400}", "mine.toml, line 5, field 'value'"),
        ("scenario = 5", "mine.toml, line 1, field 'scenario'"),
    ],
)
def test_what_is_wrong_in_a_scenario_file_is_told_with_the_file(refused, tmp_path, text, says):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    assert says in refused("ask", "whatif", str(file))


def test_an_end_state_with_a_field_that_is_not_known_is_told_those_that_are(refused, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('[[endstates]]\nname = "a"\nzzz = 1')
    assert "Use name, title" in refused("ask", "outlook", "--endstates", str(file))


AIM = '[[aims]]\nname = "a"\nabout = "b"\nof = "trust_rus"\nwant = "more"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no aims, costs or levers"),
        ('title = "Mine"', "holds no aims, costs or levers"),
        (f"{AIM}weight = {'9' * 400}", "line 6, field 'weight'"),
        (f"{AIM}weight = 1e308", "line 6, field 'weight'"),
        (f"{AIM}scale = 1e-308", "line 6, field 'scale'"),
    ],
)
def test_aims_that_say_nothing_or_cannot_be_weighed_are_one_line(refused, tmp_path, text, says):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    assert says in refused("ask", "levers", "--aims", str(file))


@pytest.mark.parametrize(
    "words", [("ask", "drivers", "--save", "x.json"), (*HOLD, "--save", "x.csv"), (*HOLD, "--share", "x.toml")]
)
def test_where_nothing_can_be_written_nothing_is_computed(refused, tmp_path, words):
    (tmp_path / "file").write_text("mine")
    told = refused(*words[:-1], str(tmp_path / "file" / words[-1]))
    assert "cannot be written" in told
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_may_not_be_written_is_told_at_once(refused, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda folder, mode: False)
    assert "you may not write there" in refused("ask", "drivers", "--save", str(tmp_path / "x.json"))


def test_a_frozen_mechanism_has_no_time_to_be_out_of():
    assert len(Asked(do="freeze price at=2024-Q4").world.interventions) == 1


def test_a_what_if_may_begin_in_the_past_and_end_ahead():
    asked = Asked(do="hold oil_price 150 start=2020-Q1 end=2028-Q4")
    assert asked.world.interventions[0].start == "2020-Q1"
    with pytest.raises(AmurError, match="is past"):
        Asked(do="hold oil_price 150 end=2020-Q4")


@pytest.mark.parametrize("damage", ["[]", "3", "[" * 100_000])
def test_a_damaged_plain_object_is_made_anew(tmp_path, monkeypatch, damage):
    monkeypatch.setattr(kept, "_folder", lambda: tmp_path)
    kept._file("rests", 1).write_text(damage)
    for made in ({"a": 1}, {"a": 2}):
        assert kept.plain("rests", 1, lambda made=made: made) == {"a": 1}


def test_a_damaged_answer_that_cannot_be_replaced_costs_no_answer(tmp_path, monkeypatch):
    monkeypatch.undo()  # kept.answer itself is tried
    monkeypatch.setattr(kept, "_folder", lambda: tmp_path)
    file = kept._file("q", {})
    file.write_text("{}")

    def read_only(*_):
        raise AmurError("cannot be written")

    monkeypatch.setattr(kept.atomic, "write_text", read_only)
    monkeypatch.setattr(type(file), "unlink", read_only)
    made = Answer("q", "A title", {}, "Says.", (), {}, Rests(), Made("1", "x", 1, 256, {}, "even"))
    assert kept.answer("q", {}, lambda: made) == made
