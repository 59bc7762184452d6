"""Answers that ship with the package: of the posteriors that ship with it, whole, and read without the model."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from amur.conditioning.shipped import shipped
from amur.errors import AmurError
from amur.questions import ask, published
from amur.questions.answer import Answer, Made, Rests, fact


def test_what_is_published_is_of_the_posteriors_that_ship():
    """Where this fails: python -m amur.questions.published"""
    assert published.stale() == ()
    assert len(published.names()) == 18
    for name in published.names():
        made = published.published(name)
        assert made.question == name
        assert made.made.stamp == shipped().stamp
        assert made.numbers
        assert made.statement
        assert made.rests.series


def test_a_published_answer_is_the_one_that_is_given_now():
    """Of the question that needs no futures, to the digits that are kept; the others have golden answers of their own."""
    now = ask("reading", cached=False)
    then = published.published("reading")
    assert [each.name for each in now.numbers] == [each.name for each in then.numbers]
    assert [each.value for each in now.numbers] == pytest.approx(
        [each.value for each in then.numbers], rel=1e-4
    )
    assert now.statement == then.statement


def answered(name):
    made = Made("0", "none", 1, 0, {}, "even")
    return Answer(name, name, {}, "Said.", (fact("x", "x", "1", 1 / 3),), {"t": ({"v": 2 / 3},)}, Rests(), made)


def test_rebuilding_asks_what_it_is_told_and_writes_it_short(monkeypatch, tmp_path):
    asked, seen = [], []
    monkeypatch.setattr(published, "FOLDER", tmp_path / "answers")
    monkeypatch.setattr(published, "_ask", lambda name: asked.append(name) or answered(name))
    published.published.cache_clear()
    try:
        assert set(published.stale()) == set(published.names())
        with pytest.raises(AmurError, match=r"no answer 'outlook' has been published"):
            published.published("outlook")
        done = published.rebuild(lambda *told: seen.append(told), ["outlook", "argue:wedge"])
        assert (*done,) == ("outlook", "argue:wedge") == (*asked,)
        assert seen == [("outlook", 0, 2), ("argue:wedge", 1, 2), ("published", 2, 2)]
        assert sorted(each.name for each in (tmp_path / "answers").iterdir()) == [
            "argue-wedge.json",
            "outlook.json",
        ]
        assert published.published("outlook").numbers[0].value == 0.333333
        assert json.loads((tmp_path / "answers" / "outlook.json").read_text())["tables"]["t"] == [
            {"v": 0.666667}
        ]
        assert "outlook" in published.stale(), "of other posteriors"
    finally:
        published.published.cache_clear()


def test_what_is_not_published_is_refused():
    with pytest.raises(AmurError, match="no answer 'whatif' has been published"):
        published.published("whatif")
    with pytest.raises(AmurError, match="'argue:wedges' is not published. Did you mean argue:wedge"):
        published.rebuild(only=["argue:wedges"])


def test_published_answers_are_read_without_the_model():
    code = "import sys; from amur.questions.published import *; [published(n) for n in names()]; print('jax' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
