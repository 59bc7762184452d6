"""Several readings under way at the same time: what each gives is its own, and all end together."""

import threading
from types import SimpleNamespace

import numpy as np
import pytest

from amur.conditioning import rivals
from amur.errors import AmurError

YEARS = 5
PATIENCE = 20
"""Seconds that another thread may take."""


def readings(*names):
    return [SimpleNamespace(name=name, structure="none" if name == "n" else "full") for name in names]


SEEN = SimpleNamespace(year=np.zeros(3))


@pytest.fixture
def conditioned(monkeypatch):
    """A stand-in for what takes a reading through the evidence; each may have something to do in its years."""
    doing, said = {}, []

    def condition(each, seen, members, seed, width, progress):
        for year in range(YEARS + 1):
            doing.get(each.name, lambda _: None)(year)
            said.append((each.name, year))
            progress(each.name, year, YEARS)
        return f"{each.name} {members} {seed} {width}"

    compiled = []
    monkeypatch.setattr(rivals, "condition", condition)
    monkeypatch.setattr(rivals, "data", lambda seen: seen)
    monkeypatch.setattr(rivals, "slopes", lambda *_: compiled.append(list(said)))
    return SimpleNamespace(doing=doing, said=said, compiled=compiled)


def test_each_is_given_by_its_name_in_the_order_asked(conditioned):
    told = []
    made = rivals.take(readings(*"cab"), SEEN, 256, 3, lambda *each: told.append(each), 1.4)
    assert made == {name: f"{name} 256 3 1.4" for name in "cab"}
    assert list(made) == ["c", "a", "b"]
    assert sorted(told) == [(name, year, YEARS) for name in "abc" for year in range(YEARS + 1)]
    assert rivals.take([], SEEN) == {}


def test_two_are_under_way_at_once(conditioned):
    met = threading.Barrier(2)
    conditioned.doing.update(dict.fromkeys("ab", lambda year: met.wait(PATIENCE) if year == 3 else None))
    assert list(rivals.take(readings(*"ab"), SEEN)) == ["a", "b"]


def test_slopes_are_compiled_once_before_any_year(conditioned):
    assert list(rivals.take(readings(*"nab"), SEEN)) == ["n", "a", "b"]
    (before,) = conditioned.compiled
    assert {year for _, year in before} == {0}
    assert "n" not in {name for name, _ in before}


@pytest.mark.parametrize("error", [AmurError("broken"), KeyboardInterrupt()])
@pytest.mark.parametrize("fails", ["a", "b"])
def test_what_goes_wrong_ends_all_after_their_year(conditioned, error, fails):
    reached, failed = threading.Event(), threading.Event()

    def wrong(year):
        if year == 2:
            assert reached.wait(PATIENCE)
            failed.set()
            raise error

    def slow(year):
        if year == 2:
            reached.set()
            assert failed.wait(PATIENCE)
        if year == 3:
            threading.Event().wait(0.2)  # the other is heard of meanwhile

    conditioned.doing.update({"a": slow, "b": slow, fails: wrong})
    with pytest.raises(type(error)):
        rivals.take(readings(*"abcd"), SEEN)
    assert max(year for _, year in conditioned.said) < YEARS
    assert max((year for name, year in conditioned.said if name in "cd"), default=0) == 0
