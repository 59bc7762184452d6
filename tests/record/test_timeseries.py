"""A series through time: its points, what it cites, and the same as pandas, xarray and pint objects."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur.record import Point, Source, TimeSeries, periods
from amur.record.timeseries import merged_origin

SOURCES = {name: Source(name, name.upper(), "Title", "2020", "") for name in ("a", "b", "c")}
FREQ = {"A": "Y-DEC", "Q": "Q-DEC", "M": "M"}
EARLIEST = {"A": 1990, "Q": 1990 * 4, "M": 1990 * 12}


def series(frequency: str = "A", **values: float) -> TimeSeries:
    points = tuple(
        Point(p.replace("_", "-").lstrip("p"), v, (name,), revised=name == "b")
        for (p, v), name in zip(values.items(), "aba" * 9, strict=False)
    )
    return TimeSeries("x.y", "Title", "US$ bn", frequency, "What it is", points, sources=SOURCES)


@st.composite
def any_series(draw: st.DrawFn) -> TimeSeries:
    frequency = draw(st.sampled_from("AQM"))
    at = draw(st.lists(st.integers(0, 200), unique=True, max_size=12))
    points = tuple(
        Point(periods.from_ordinal(EARLIEST[frequency] + n, frequency), draw(st.floats(-1e9, 1e9)), ("a",))
        for n in sorted(at)
    )
    return TimeSeries("x.y", "Title", "US$ bn", frequency, "What it is", points, sources=SOURCES)


@settings(max_examples=60, deadline=None)
@given(any_series())
def test_pandas_and_xarray_hold_every_point_at_its_place(made: TimeSeries) -> None:
    table, array = made.to_pandas(), made.to_xarray()
    assert isinstance(table.index, pd.PeriodIndex)
    assert table.index.freqstr == FREQ[made.frequency]
    assert table.tolist() == array.values.tolist() == list(made.values.values())
    days = [stamp.date() for stamp in table.index.to_timestamp()]
    assert days == [periods.start(p.period) for p in made.points]
    assert [pd.Timestamp(day).date() for day in array.period.values] == days
    assert [stamp.end_time.date() for stamp in table.index] == [periods.end(p.period) for p in made.points]
    assert (table.dtype, array.dtype, array.period.dtype) == (
        np.float64,
        np.float64,
        np.dtype("datetime64[ns]"),
    )


@pytest.mark.parametrize("frequency", "AQM")
def test_an_empty_series_keeps_its_types_and_description(frequency: str) -> None:
    empty = series(frequency)
    assert empty.latest is None
    assert empty.cited() == []
    assert (len(empty.to_pandas()), empty.to_pandas().index.freqstr) == (0, FREQ[frequency])
    assert empty.to_xarray().sizes == {"period": 0}
    assert empty.to_pandas().attrs["units"] == empty.to_xarray().attrs["units"] == "US$ bn"
    assert empty.to_pint() == {}


def test_units_and_citations_go_along() -> None:
    made = series(p2019=1.0, p2020=2.0)
    for attrs in (made.to_pandas().attrs, made.to_xarray().attrs):
        assert (attrs["units"], attrs["long_name"], attrs["definition"]) == ("US$ bn", "Title", "What it is")
        assert attrs["citations"] == ["A: Title (2020).", "B: Title (2020)."]
    array = made.to_xarray()
    assert array.source.values.tolist() == ["a", "b"]
    assert array.revised.values.tolist() == [False, True]
    assert (made.to_pandas() * 2).attrs["citations"]


def test_quantities_know_their_unit() -> None:
    quantity = series(p2019=1.5).to_pint()["2019"]
    assert quantity.to("megaUSD").magnitude == pytest.approx(1500)
    with pytest.raises(Exception, match="Cannot convert"):
        quantity.to("megaEUR")


def test_points_and_sources() -> None:
    made = series("Q", p2019_Q4=1.0, p2020_Q1=2.0)
    assert made.at("2020-Q1") == made.latest
    assert made.at("2020-Q2") is None
    assert [source.source for source in made.cited()] == ["a", "b"]
    told = made.as_json()
    assert [point["period"] for point in told["points"]] == ["2019-Q4", "2020-Q1"]
    assert len(made) == 2


def test_overlays_are_named_once_each() -> None:
    points = tuple(Point(f"{2000 + n}", 0.0, (), origin=o) for n, o in enumerate(["", "x;y", "x", "z;y"]))
    assert merged_origin(points) == "x;y;z"
    made = TimeSeries("x", "x", "count", "A", "x", points)
    assert made.origins == ("x", "y", "z")


def test_a_real_series_starts_where_the_record_does() -> None:
    from amur.record import load

    series = load(overlay=False)["trade.total-m.chn-rus"]
    first = series.to_xarray().period.values[0]
    assert pd.Timestamp(first).date() == periods.start(series.points[0].period)
