"""What-ifs on the command line and as files that are handed on."""

from __future__ import annotations

import json
import tomllib

import pytest

from amur.questions.whatif import Asked, answer, shared

FEW = ("--futures", "256")


@pytest.fixture
def handed(tmp_path, amur):
    """A what-if that was asked on the command line and shared, with what it said."""
    file = tmp_path / "mine.toml"
    ran = amur(
        "ask", "whatif", "ceasefire", "--do", "hold oil_price 120 start=2028-Q1", "--against", "europe-returns",
        "--quantity", "trust_rus,oil_chn", "--at", "2036", *FEW, "--share", str(file), "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    return file, json.loads(ran.out)


def test_a_shared_what_if_gives_the_same_numbers_again(handed, amur):
    file, first = handed
    ran = amur("ask", "whatif", str(file), "--json")
    assert ran.code == 0, ran.err
    again = json.loads(ran.out)
    assert again["numbers"] == first["numbers"]
    assert again["tables"] == first["tables"]
    assert again["statement"] == first["statement"]
    assert not any("shared with" in note for note in again["notes"])


def test_a_shared_what_if_says_what_it_was_made_with(handed):
    file, first = handed
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    assert told["whatif"]["made"]["stamp"] == first["made"]["stamp"]
    assert (told["whatif"]["futures"], told["whatif"]["seed"]) == (256, 1)
    assert len(told["interventions"]) == 3
    assert Asked(**shared(file)).common.futures == 256


def test_another_version_is_told_in_a_note(handed):
    file, _ = handed
    text = file.read_text(encoding="utf-8").replace('stamp = "', 'stamp = "another-')
    file.write_text(text, encoding="utf-8")
    notes = answer(Asked(**shared(file))).notes
    assert any("stamp another-" in note for note in notes)


def test_a_shared_file_is_a_scenario_file(handed):
    from amur.system.scenario_files import read

    file, _ = handed
    assert len(read(file).interventions) == 3


def test_a_plain_scenario_file_holds_no_shared_what_if(tmp_path):
    file = tmp_path / "plain.toml"
    file.write_text('[[interventions]]\ndo = "cut"\nflow = "gas_chn"\nshare = 0.5\n', encoding="utf-8")
    assert shared(file) is None
    assert len(Asked(scenario=str(file)).world.interventions) == 1


def test_the_command_prints_numbers_end_states_and_decisions(amur):
    ran = amur("ask", "whatif", "ceasefire", *FEW)
    assert ran.code == 0, ran.err
    for words in (
        "What if: Ceasefire in Ukraine",
        "data share",
        "Strategic rear",
        "baseline | under",
        "Moscow",
    ):
        assert words in ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "says nothing of what happens"),
        (("ceasefir",), "ceasefire"),
        (("nowhere.toml",), "nowhere.toml"),
        (("ceasefire", "--against", "nobody"), "against"),
        (("ceasefire", "--do", "hold"), "quantity"),
        (("ceasefire", "--at", "2060"), "at"),
        (("ceasefire", "--quantity", "trust"), "quantity"),
        (("ceasefire", "--share", "mine.txt"), "share"),
        (("ceasefire", "--save", "mine.doc"), "save"),
        (("ceasefire", "--checks"), "checks"),
        (("ceasefire", "--futures", "1"), "futures"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_code_2(refused, words, says):
    assert says in refused("ask", "whatif", *words)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[whatif]\nfutures = 10\n", "futures"),
        ("[whatif]\ncolour = 1\n", "colour"),
        ("whatif = 3\n", "whatif"),
        ("[whatif]\nat = 3\n", "whatif"),
        ("[whatif]\nagainst = [{do = 'cut'}]\n", "flow"),
        ("[whatif]\nmade = 3\n", "whatif"),
    ],
)
def test_a_damaged_shared_file_is_one_line_and_code_2(tmp_path, refused, text, says):
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    assert says in refused("ask", "whatif", str(file))


def test_a_file_that_is_there_is_not_overwritten(tmp_path, refused):
    file = tmp_path / "there.toml"
    file.write_text("", encoding="utf-8")
    assert "exists" in refused("ask", "whatif", "ceasefire", "--share", str(file))
    assert not file.read_text(encoding="utf-8")
