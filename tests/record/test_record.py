"""The record as Python users have it: found, cut, searched, and as pandas and xarray objects."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import amur
from amur.errors import AmurError
from amur.record import Record, load
from amur.record.record import add_rows, built_in
from amur.record.schema import EVENTS, OBSERVATIONS, SERIES, Observation, Source

ANNUAL, QUARTERLY, MONTHLY = "trade.total.chn-rus", "war.ukraine.state", "trade.total-m.chn-rus"


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


def test_one_import_is_enough() -> None:
    code = "import amur; print(len(amur.record.load(overlay=False).timeseries('trade.total.chn-rus')) > 20)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "True\n"
    with pytest.raises(AttributeError, match="nothing"):
        amur.nothing  # noqa: B018


def test_a_series_is_made_once_and_each_cut_has_its_own(record: Record) -> None:
    assert record[ANNUAL] is record.timeseries(ANNUAL)
    early = record.cut("2010-12-31")
    assert early[ANNUAL].latest.period == "2009"
    assert record[ANNUAL].latest.period > "2020"
    assert early.cut(None)[ANNUAL] == record[ANNUAL]


@pytest.mark.parametrize(
    "date", ["2021-12-31", "2021-12", "2021", dt.date(2021, 12, 31), dt.datetime(2021, 12, 31, 8), pd.Timestamp("2021-12-31")]
)  # fmt: skip
def test_a_cut_takes_any_date(date: object) -> None:
    assert load(date, overlay=False).as_of == dt.date(2021, 12, 31)


@pytest.mark.parametrize("date", [2021, 2021.5, ["2021"]])
def test_what_is_no_date_is_one_error(date: object) -> None:
    with pytest.raises(AmurError, match="is not a date"):
        load(date, overlay=False)


def test_an_unknown_series_names_the_nearest(record: Record) -> None:
    with pytest.raises(AmurError, match=r"Did you mean trade\.total\.chn-rus"):
        record.timeseries("trade.total.chn-russ")


def test_events_are_found_by_words_kind_actor_and_dates(record: Record) -> None:
    found = record.find_events("gas", kind="contract", actor="rus", since="2014", until="2014-12-31")
    assert found
    for event in found:
        assert "gas" in f"{event.what} {event.note}".lower()
        assert (event.kind, event.date[:4]) == ("contract", "2014")
        assert "RUS" in event.actors.split(";")
    assert record.find_events("") == record.events
    with pytest.raises(AmurError, match="field 'since'"):
        record.find_events(since="lately")


def test_the_summary_counts_every_row_once(record: Record) -> None:
    told = record.summary()
    for what in ("series", "observations", "events"):
        assert told[what] == len(getattr(record, what)) == sum(t[what] for t in told["topics"].values())
    years = [int(row.period[:4]) for row in record.observations]
    assert (told["first_year"], told["last_year"]) == (min(years), max(years))
    nothing = record.cut("1900-01-01").summary()
    assert (nothing["observations"], nothing["events"], nothing["first_year"]) == (0, 0, None)


def test_all_rows_as_a_frame_with_unit_and_citation(record: Record) -> None:
    frame = record.to_pandas()
    assert len(frame) == len(record.observations)
    assert frame["value"].dtype == np.float64
    assert frame["revised"].dtype == np.bool_
    assert (frame["unit"] != "").all()
    assert (frame["citation"] != "").all()
    row = frame[(frame.series == ANNUAL) & (frame.period == "2021")].iloc[0]
    assert row.citation == record.sources[row.source].citation()
    cut = record.cut("2010-12-31").to_pandas()
    assert cut.attrs == {"as_of": "2010-12-31"}
    assert cut.period.str[:4].max() <= "2010"


def test_an_empty_frame_keeps_its_columns(record: Record) -> None:
    assert list(record.cut("1900-01-01").to_pandas().columns) == list(record.to_pandas().columns)


@pytest.mark.parametrize(("frequency", "name"), [("A", ANNUAL), ("Q", QUARTERLY), ("M", MONTHLY)])
def test_a_dataset_of_each_frequency(record: Record, frequency: str, name: str) -> None:
    data = record.to_xarray(frequency=frequency)
    wanted = {s.series for s in record.series.values() if s.frequency == frequency}
    assert set(data.data_vars) == wanted
    series = record[name]
    assert data[name].attrs["units"] == series.unit
    assert data[name].attrs["citations"] == [source.citation() for source in series.cited()]
    assert data[name].dropna("period").values.tolist() == list(series.values.values())
    # What is said of one variable is not said of the whole.
    assert data.attrs == {"as_of": ""}


def test_a_dataset_holds_one_frequency_and_known_series(record: Record) -> None:
    with pytest.raises(AmurError, match="annual and monthly"):
        record.to_xarray([ANNUAL, MONTHLY])
    with pytest.raises(AmurError, match="'D' is no frequency"):
        record.to_xarray(frequency="D")
    with pytest.raises(AmurError, match="not in the record"):
        record.to_xarray(["trade.nothing"])
    assert list(record.to_xarray(ANNUAL)) == [ANNUAL]
    assert list(record.to_xarray([ANNUAL + ".spliced"])) == [ANNUAL + ".spliced"]
    assert list(record.to_xarray([])) == []


def test_the_users_own_rows_are_named_wherever_they_go(record: Record) -> None:
    mine = Source("mine", "Me", "My count", "2021", "", origin="notebook")
    rows = [
        Observation(ANNUAL, "2021", 150.0, "mine", "", origin="notebook") if (o.series, o.period) == (ANNUAL, "2021") else o
        for o in record.tables.observations
    ]  # fmt: skip
    own = Record(replace(record.tables, sources=record.sources | {"mine": mine}, observations=rows))
    assert own.overlays() == {"notebook"}
    assert own[ANNUAL].to_pandas().attrs["overlays"] == ["notebook"]
    assert own[ANNUAL].to_pandas()["2021"] == 150.0
    assert own.to_xarray([ANNUAL])[ANNUAL].attrs["overlays"] == ["notebook"]
    assert set(own.to_pandas().origin) == {"", "notebook"}


@pytest.mark.parametrize(
    ("file", "row", "field", "told"),
    [
        ("observations", "no.such,2000,1,{source},", "series", "the series 'no.such' is not known"),
        ("observations", "a.b,2000,1,no-source,", "source", "the source 'no-source' is not known"),
        ("observations", "a.b,2000-Q1,1,{source},", "period", "annual but the period is '2000-Q1'"),
        ("series", "c.d,T,furlongs,A,observable,,,D", "unit", "the unit 'furlongs' is not known"),
        ("events", "e,2000-01-01,visit,CHN,it,no-source,", "source", "the source 'no-source' is not known"),
    ],
)
def test_rows_that_do_not_fit_together_are_one_error(tmp_path, file, row, field, told) -> None:
    built = built_in()
    heads = {
        "series": [
            "series,title,unit,frequency,role,reporter,partner,definition",
            "a.b,T,count,A,observable,,,D",
        ],
        "observations": ["series,period,value,source,note"],
        "events": ["event,date,kind,actors,what,source,note"],
    }
    heads[file].append(row.format(source=next(iter(built.sources))))
    for name, lines in heads.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
    with pytest.raises(AmurError) as raised:
        add_rows(replace(built, series={}, observations=[], events=[]), tmp_path, topic="trade")
    error = raised.value
    assert (error.file, error.line, error.field) == (str(tmp_path / f"{file}.csv"), len(heads[file]), field)
    assert told in str(error)
    assert error.mend


def test_an_event_stands_in_one_topic_only(tmp_path: Path) -> None:
    """Codings cite events by identifier, so that two of one name must not pass."""
    for name, rows in {"series": SERIES.columns, "observations": OBSERVATIONS.columns}.items():
        (tmp_path / f"{name}.csv").write_text(",".join(rows) + "\n")
    built = built_in()
    taken = built.events[0]
    text = ",".join([*EVENTS.columns]) + f"\n{taken.event},{taken.date},x,CHN;RUS,Again.,{taken.source},\n"
    (tmp_path / "events.csv").write_text(text)
    with pytest.raises(AmurError, match=f"is already in topic '{taken.topic}'") as caught:
        add_rows(replace(built, series={}, observations=[]), tmp_path, topic="security")
    assert (caught.value.line, caught.value.field) == (2, "event")
