"""The questions still say what they said, as far as few futures can tell."""

from __future__ import annotations

import json
import math

import pytest
from golden import CASES, FILE, numbers, stamp

GOLDEN = json.loads(FILE.read_text(encoding="utf-8"))
FAR = 6.0
"""Monte Carlo errors, of both together, that a number may lie off: a good number of numbers are compared."""


def test_golden_answers_are_of_the_posteriors_that_are_shipped():
    assert GOLDEN["stamp"] == stamp(), "make them anew: python tests/questions/golden.py"


@pytest.mark.parametrize("name", CASES)
def test_a_question_still_says_what_it_said(name):
    before = {(each[0], tuple(sorted(each[1].items()))): each[2:] for each in GOLDEN["answers"][name]}
    now = {(each[0], tuple(sorted(each[1].items()))): each[2:] for each in numbers(CASES[name], few=True)}
    common = set(before) & set(now)
    assert len(common) >= min(len(before), 4)
    for key in common:
        (was, error), (value, own) = before[key], now[key]
        assert abs(value - was) <= FAR * math.hypot(error, own) + 0.01 * abs(was), (key, was, value)
