"""Periods: years, quarters, months; every way there has its way back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.record import periods

ANY = st.tuples(st.integers(1000, 2999), st.sampled_from("AQM"), st.integers(0, 11)).map(
    lambda drawn: periods.from_ordinal(drawn[0] * {"A": 1, "Q": 4, "M": 12}[drawn[1]] + drawn[2] % 4, drawn[1])
)


@pytest.mark.parametrize(
    ("period", "frequency", "first", "last"),
    [
        ("2019", "A", "2019-01-01", "2019-12-31"),
        ("2019-Q1", "Q", "2019-01-01", "2019-03-31"),
        ("2019-Q4", "Q", "2019-10-01", "2019-12-31"),
        ("2020-02", "M", "2020-02-01", "2020-02-29"),
        ("1900-02", "M", "1900-02-01", "1900-02-28"),
    ],
)
def test_by_hand(period: str, frequency: str, first: str, last: str) -> None:
    assert periods.frequency_of(period) == frequency
    assert periods.start(period) == dt.date.fromisoformat(first)
    assert periods.end(period) == dt.date.fromisoformat(last)


@given(ANY)
def test_ordinals_lead_there_and_back(period: str) -> None:
    frequency = periods.frequency_of(period)
    number = periods.ordinal(period)
    assert periods.from_ordinal(number, frequency) == period
    following = periods.from_ordinal(number + 1, frequency)
    assert periods.start(following) == periods.end(period) + dt.timedelta(days=1)
    assert (following > period) == (number + 1 > number)


@given(ANY, st.sampled_from("AQM"))
def test_parts_lie_inside(period: str, frequency: str) -> None:
    order = "AQM"
    if order.index(frequency) < order.index(periods.frequency_of(period)):
        return
    parts = periods.parts(period, frequency)
    assert periods.start(parts[0]) == periods.start(period)
    assert periods.end(parts[-1]) == periods.end(period)
    assert {periods.inside(part, periods.frequency_of(period)) for part in parts} == {period}


@pytest.mark.parametrize("text", ["", "19", "3019", "2019-Q5", "2019-Q0", "2019-13", "2019-00", "2019-1", "2019-07-01", " 2019", "2019\n", "２０１９"])  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period; write 2019"):
        periods.frequency_of(text)


@pytest.mark.parametrize(
    ("text", "day"), [("2021", "2021-12-31"), ("2021-02", "2021-02-28"), ("2021-03-04", "2021-03-04")]
)
def test_a_date_of_the_user_is_its_last_day(text: str, day: str) -> None:
    assert periods.parse_date(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["", "2021-Q1", "0000", "2021-02-30", "2021-1-1", "2021-12-31T00:00", "２０２１"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        periods.parse_date(text)
