"""Answers: there and back as JSON, numbers by name and keys, figures in words, and how they are asked again."""

from __future__ import annotations

import ast
import json
import shlex
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.questions import QUESTIONS, again, ask
from amur.questions.answer import Answer, Made, Number, Rests, as_share, fact
from amur.questions.words import error, figure, percent, spread

NUMBERS = (
    Number("oil", "Oil", "Mt", 103.2, 90, 110, 71, 129, 1.2, 0.62, {"a": 90.0, "b": 110.0}, {"year": "2036"}),
    Number("oil", "Oil", "Mt", 98.0, 90, 110, 71, 129, 1.2, 0.1, {"a": 90.0, "b": 110.0}, {"year": "2046"}),
    Number("war", "War", "probability", 0.004, 0.0, 0.01, 0, 0.02, 0.001, 0.3, {}, {}, "probability"),
    fact("trade", "Trade", "bn US$", 245.0),
)
ANSWER = Answer(
    "q", "Title", {"a": 1, "b": "x"}, "Says.", NUMBERS, {"t": ({"x": 1.0, "y": None}, {"x": 2.0, "y": "z"})},
    Rests(("m",), (), ("s",), ("P1",), ("Someone: a table.",)), Made("1", "s", 1, 256, {"a": 0.5, "b": 0.5}, "even"), ("Note.",),
)  # fmt: skip


def test_an_answer_comes_back_from_json_as_it_was(there_and_back):
    assert there_and_back(ANSWER) == ANSWER


def test_json_says_in_words_how_much_is_data():
    told = ANSWER.as_json()["numbers"]
    assert [each["data_share_in_words"] for each in told] == [
        "mostly data",
        "mostly assumption",
        "mixed",
        "data",
    ]
    assert json.dumps(ANSWER.as_json())


def test_numbers_are_found_by_name_and_keys():
    assert ANSWER.number() == NUMBERS[0]
    assert ANSWER.number("oil", year="2046").value == 98
    with pytest.raises(AmurError, match="no number 'oill'") as caught:
        ANSWER.number("oill")
    assert "oil" in caught.value.mend
    with pytest.raises(AmurError, match="2050"):
        ANSWER.number("oil", year="2050")


def test_the_share_of_several_numbers_is_their_mean():
    assert as_share(NUMBERS) == pytest.approx((0.62 + 0.1 + 0.3) / 3)
    assert as_share([NUMBERS[3]]) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0.00"), (0.1, "0.10"), (0.0123, "0.012"), (0.00004, "0.000040"), (3.14159, "3.14"), (-71.26, "-71.3"), (1234.5, "1,234"), (float("nan"), "unknown")],
)  # fmt: skip
def test_figures_have_as_many_digits_as_they_bear(value, text):
    assert figure(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.0002, "<0.1%"),
        (0.9999, ">99.9%"),
        (0.034, "3.4%"),
        (0.34, "34%"),
        (0.962, "96.2%"),
    ],
)
def test_percents_are_never_nought_or_all_where_they_are_not(value, text):
    assert percent(value) == text


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_no_probability_between_is_written_as_certain(value):
    assert percent(value) not in ("0%", "0.0%", "100%", "100.0%")


def test_spreads_and_errors_are_on_the_scale_of_the_value():
    assert spread(NUMBERS[0]) == "103 Mt (90%: 71.0 to 129)"
    assert spread(NUMBERS[2]).startswith("0.4% (90%")
    assert error(NUMBERS[2]) == "0.1%"
    assert error(NUMBERS[0]) == "1.2"
    assert [error(replace(NUMBERS[0], error=each)) for each in (0.0123, 9.6, 114.0, float("nan"))] == [
        "0.012", "10", "110", "unknown",
    ]  # fmt: skip


def test_asking_again_says_what_differs_from_the_usual():
    of = replace(
        ANSWER, question="reading", asked={"weights": "prequential", "as_of": "2013", "seed": 1, "own": ""}
    )
    assert again.command(of) == "amur ask reading --weights prequential --as-of 2013"
    assert again.python(of) == "amur.questions.ask('reading', weights='prequential', as_of='2013')"
    argued = replace(ANSWER, question="argue:wedge", asked={"seed": 3})
    assert again.command(argued) == "amur argue wedge --seed 3"


def test_words_with_spaces_are_quoted_and_lists_repeated():
    of = replace(ANSWER, asked={"do": ["hold oil_price 150", "cut gas"], "all": True})
    assert again.command(of) == "amur ask q --do 'hold oil_price 150' --do 'cut gas' --all"


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("reading", {"weights": "prequential", "as_of": "2013", "reading": "proxy,concert", "seed": 4}),
        ("outlook", {"quantities": ("trust_rus", "oil_chn"), "until": "2036", "futures": 256}),
        ("dependence", {"cut": "china-stops-buying", "share": 0.5, "weights": "concert=1,proxy=2"}),
        ("drivers", {"outcome": ("trade",), "year": ("2003", "2036"), "pairs": 4}),
        (
            "whatif",
            {"scenario": ("ceasefire",), "at": ("2030", "2040"), "do": ("hold oil_price 150",), "seed": 2},
        ),
        ("watch", {"target": "endstate", "ahead": 6}),
        ("levers", {"actor": "beijing", "most": 2, "weights": "even"}),
    ],
)
def test_what_asks_again_asks_the_very_same(question, options, monkeypatch, amur):
    asked = import_module(f"amur.questions.{question}").Asked
    once = asked(**options)
    of = replace(ANSWER, question=question, asked=once.as_json())
    call = ast.parse(again.python(of), mode="eval").body
    assert isinstance(call, ast.Call)
    assert (
        asked(**{each.arg: ast.literal_eval(each.value) for each in call.keywords}).as_json() == once.as_json()
    )
    if question == "whatif":  # told in full, which no command line can
        assert again.command(of) == ""
        return
    heard: dict[str, Any] = {}

    def hear(name: str, **told: Any) -> Answer:
        heard.update(told)
        raise AmurError("enough")

    monkeypatch.setattr("amur.questions.ask", hear)
    amur(*shlex.split(again.command(of))[1:])
    heard.pop("progress", None)
    assert asked(**heard).as_json() == once.as_json()


@pytest.mark.parametrize("name", ["readings", "", "../x"])
def test_a_question_that_there_is_none_of_is_refused(name):
    with pytest.raises(AmurError, match="no question") as caught:
        ask(name)
    assert caught.value.field == "question"


def test_an_option_that_a_question_does_not_have_is_refused():
    with pytest.raises(AmurError, match="'reading' has no option 'weigths'") as caught:
        ask("reading", weigths="even")
    assert "weights" in caught.value.mend
    assert "reading" in QUESTIONS
