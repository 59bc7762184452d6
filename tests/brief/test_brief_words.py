"""Numbers, dates and changes in words."""

from __future__ import annotations

import pytest

from amur.brief import words
from amur.brief.document import Number

N = Number("5", 5.0, "count", "2020", ("a",), "x")


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (228.105, "US$ bn", None, "US$ 228.1 bn"),
        (68.0, "US$ bn", None, "US$ 68 bn"),
        (62.5, "percent", 0, "63%"),
        (0.125, "index", 2, "0.13"),
        (31.588, "percent", None, "31.6%"),
        (-3.11, "US$/bbl", None, "−US$ 3.1 a barrel"),
        (-0.04, "percent", 0, "0%"),
        (3066.0, "TIV mn", None, "3,066 mn TIV"),
        (1234567.0, "units", None, "1,234,567 units"),
        (2014.0, "year", None, "2014"),
        (0.29, "index 0-1", None, "0.29"),
    ],
)
def test_a_number_is_printed_with_its_unit(value: float, unit: str, decimals: int | None, text: str) -> None:
    assert words.figure(value, unit, decimals).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2019", "2019"),
        ("2019-07", "July 2019"),
        ("2019-Q3", "the third quarter of 2019"),
        ("2019-07-04", "4 July 2019"),
        ("2011 to 2020", "2011–2020"),
    ],
)
def test_a_period_is_said_in_words(period: str, text: str) -> None:
    assert words.when(period).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        (100, 101, "was little changed"),
        (100, 103, "edged up"),
        (100, 97, "edged down"),
        (100, 110, "rose"),
        (100, 130, "rose sharply"),
        (100, 210, "more than doubled"),
        (100, 310, "more than tripled"),
        (100, 93, "fell"),
        (100, 75, "fell sharply"),
        (100, 40, "fell by more than half"),
        (-1, 2, "rose"),
        (2, -1, "fell"),
    ],
)
def test_the_verb_follows_from_the_numbers(before: float, after: float, verb: str) -> None:
    assert words.change(before, after) == verb


def test_a_sentence_without_its_number_is_not_said() -> None:
    assert words.say("It was {a} in {b}.", a=N, b=None) == ()
    assert words.say("It was {a} in {b}.", a=N, b="2020") == ("It was ", N, " in 2020.")


def test_sentences_join_with_one_space_and_skip_the_unsaid() -> None:
    assert words.sentences((), ("One.",), (), ("Two ", N)) == ("One. Two ", N)


def test_years_before_keep_the_frequency() -> None:
    assert words.years_before("2020-Q2", 10) == "2010-Q2"
    assert words.years_before("2020-03", 1) == "2019-03"
    assert words.years_before("2020", 10) == "2010"


def test_plain_text_gets_printers_signs() -> None:
    assert words.typeset("China's arms, 2016-2020") == "China’s arms, 2016–2020"
    assert words.typeset("SU-27 and 24-30") == "SU-27 and 24-30"
