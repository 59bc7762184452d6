"""When a value was known: publication, usual delay, later vintages, plans; and cuts that never leak."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.record import asof, load, periods

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("period", "published", "delay", "as_of", "since", "revised"),
    [
        ("2021", "2022-01-14", 20, None, "2022-01-14", False),  # published before the usual delay
        ("2021", "2022-01-14", 20, "2022-02-01", "2022-01-14", False),
        ("2021", "2023-01-31", 45, "2022-06-30", "2022-02-14", True),  # a speech that looks back a year
        ("2021", "2023-01-31", 45, "2023-06-30", "2022-02-14", False),  # by then it was out
        ("1998", "2026-07-01", 90, None, "1999-03-31", True),  # a later vintage
        ("1998", "2026-07-01", 90, "2003-12-31", "1999-03-31", True),
        ("2025", "2021-06", 90, None, "2025-12-31", False),  # a plan counts from the period's end
        ("2019-Q3", "", 60, None, "2019-11-29", False),  # no date: the usual delay
        (
            "2019-07",
            "2019",
            30,
            None,
            "2019-08-30",
            False,
        ),  # only the year is known: its last day, or the delay
    ],
)
def test_when_a_value_was_known(period, published, delay, as_of, since, revised):
    cut = DAY(as_of) if as_of else None
    assert asof.known(period, published, dt.timedelta(days=delay), cut) == (DAY(since), revised)


def test_a_cut_hides_the_year_that_was_not_yet_published():
    at_the_time = load("2021-12-31", overlay=False)
    assert at_the_time.timeseries("trade.total.chn-rus").latest.period == "2020"
    gdp = at_the_time.timeseries("trade.gdp.rus").latest
    assert (gdp.period, gdp.revised) == ("2020", True)
    assert all(event.date <= "2021-12-31" for event in at_the_time.events)


def test_strict_leaves_out_what_was_printed_later():
    record = load("2021-12-31", overlay=False)
    strict = load("2021-12-31", strict=True, overlay=False)
    assert 0 < len(strict.observations) < len(record.observations)
    assert not any(strict.known(row).revised for row in strict.observations)
    assert len(strict.timeseries("trade.gdp.rus")) == 0


@settings(max_examples=30, deadline=None)
@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2026, 12, 31)), st.dates(dt.date(1990, 1, 1), dt.date(2026, 12, 31))
)
def test_cuts_are_nested_and_never_look_ahead(one, other):
    whole = load(overlay=False)
    early, late = sorted((one, other))
    seen = {(row.series, row.period) for row in whole.cut(early).observations}
    assert seen <= {(row.series, row.period) for row in whole.cut(late).observations}
    assert all(periods.end(period) <= early for _, period in seen)
    assert {e.event for e in whole.cut(early).events} <= {e.event for e in whole.cut(late).events}


@pytest.mark.parametrize("text", ["2021-13-01", "2021-02-30", "yesterday", "20211231", "2021-1-1", ""])
def test_a_date_that_is_none_is_one_error(text):
    with pytest.raises(AmurError, match="date"):
        load(text, overlay=False)
