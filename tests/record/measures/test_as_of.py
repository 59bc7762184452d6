"""As-of discipline of every measure and coding: a cut gives what a record that ends there would give."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amur.record import periods
from amur.record.coded.codings import codings
from amur.record.measures import bci, catalogue, measure
from amur.record.record import Record, built_in
from amur.record.timeseries import Point, merged_origin

WHOLE = Record(built_in())

days = st.dates(dt.date(1990, 1, 1), dt.date(2026, 6, 30))


def truncated(day: dt.date) -> Record:
    """A record from which all that a cut at the day must not see is gone or turned into nonsense.

    Later events keep identifier and date, which the rules of ladder and codings may name, and nothing else.
    """
    cut = WHOLE.cut(day)
    rows = [row for row in WHOLE.tables.observations if cut.is_known(row)]
    events = [
        event
        if periods.end(event.date) <= day
        else event._replace(kind="nonsense", actors="XXX", what="nonsense")
        for event in WHOLE.tables.events
    ]
    return Record(replace(WHOLE.tables, observations=rows, events=events), day)


def unmarked(points: tuple[Point, ...]) -> list[Point]:
    return [point._replace(revised=False) for point in points]


def assert_sound(found: dict[str, tuple[Point, ...]], day: dt.date | None) -> None:
    for name, points in found.items():
        assert [point.period for point in points] == sorted({point.period for point in points}), name
        for point in points:
            assert math.isfinite(point.value), (name, point)
            assert day is None or periods.end(point.period) <= day, (name, point)


def all_of(record: Record) -> dict[str, tuple[Point, ...]]:
    return {
        f"{name} {dyad}": one.of(record, dyad).points for name, one in catalogue().items() for dyad in one.dyads
    }


def test_every_value_is_a_number() -> None:
    assert_sound(all_of(WHOLE), None)


@settings(max_examples=2, deadline=None)
@given(day=days)
@example(day=dt.date(1985, 12, 31))
@example(day=dt.date(2003, 12, 31))
@example(day=dt.date(2024, 11, 30))
def test_a_cut_sees_nothing_later(day: dt.date) -> None:
    seen = all_of(WHOLE.cut(day))
    assert_sound(seen, day)
    blind = all_of(truncated(day))
    for name, points in seen.items():
        assert unmarked(points) == unmarked(blind[name]), name


@settings(max_examples=2, deadline=None)
@given(day=days)
@example(day=dt.date(1985, 12, 31))
@example(day=dt.date(2021, 12, 31))
def test_a_coding_sees_nothing_later(day: dt.date) -> None:
    seen = codings(WHOLE.cut(day), user=False)
    last = periods.inside(day.isoformat()[:7], "Q")
    for coding in seen.values():
        assert all(quarter <= last for quarter in coding.quarters), coding.name
    blind = truncated(day)
    # An observation that a judgement names must be somewhere in the record: what is not known yet becomes nonsense.
    rows = [row if blind.is_known(row) else row._replace(value=-999.0) for row in WHOLE.tables.observations]
    told = codings(Record(replace(blind.tables, observations=rows), day), user=False)
    assert {name: one.quarters for name, one in seen.items()} == {
        name: one.quarters for name, one in told.items()
    }


def test_a_year_that_has_begun_is_not_a_year() -> None:
    # At the end of November 2024 the months from January to October were known: no value for 2024.
    cut = WHOLE.cut("2024-11-30")
    shares = measure(cut, "energy.fossil-export-dependence", "RUS-CHN")
    assert [(point.period, point.note) for point in shares.points] == [
        ("2022", "March to December only"),
        ("2023", ""),
    ]
    assert not [p for p in measure(cut, "attitudes.levada.good.annual").points if p.period == "2024"]


def test_a_dated_exercise_is_never_read_as_none() -> None:
    # Coalition-2003 of August 2003 is a dated event; the tally of that year was known only in 2004.
    cut = WHOLE.cut("2003-12-31")
    assert {point.period: point.value for point in bci.joint_exercises(cut)} == dict.fromkeys(
        map(str, range(1992, 2003)), 0.0
    )
    assert bci.joint_exercises(WHOLE.cut("2004-06-30"))[-1].value == 1


def test_an_overlay_is_named_once_however_often_it_is_merged() -> None:
    points = [Point("2001", 1, (), origin="mine;yours"), Point("2001", 2, (), origin="mine")]
    assert merged_origin(points) == "mine;yours"


@pytest.mark.parametrize("name", ["trade.dependence", "profile.distance"])
def test_asking_twice_gives_the_same_as_asking_once(name: str) -> None:
    dyad = "CHN-IRN"
    first = measure(WHOLE, name, dyad)
    assert measure(WHOLE, name, dyad) == first == measure(Record(built_in()), name, dyad)
