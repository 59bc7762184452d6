"""What a field may hold: each check takes what is right and says of the rest what is wrong; how to mend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.record import schema
from amur.record.schema import Check, Source

SOUND = [
    (schema.text, "a", "a"),
    (schema.identifier, "trade.total-m.chn-rus", "trade.total-m.chn-rus"),
    (schema.number, "12.5", 12.5),
    (schema.number, "-1e3", -1000.0),
    (schema.period, "2019-Q3", "2019-Q3"),
    (schema.date, "2020-02-29", "2020-02-29"),
    (schema.date, "2020-02", "2020-02"),
    (schema.published, "", ""),
    (schema.published, "2020", "2020"),
    (schema.countries, "", ""),
    (schema.countries, "CHN;RUS", "CHN;RUS"),
]
BROKEN = [
    (schema.text, "  "),
    (schema.identifier, "a b"),
    (schema.identifier, ".a"),
    (schema.identifier, ""),
    (schema.identifier, "a\n"),
    (schema.number, ""),
    (schema.number, "1,5"),
    (schema.number, "1_000"),
    (schema.number, "nan"),
    (schema.number, "1e999"),
    (schema.period, "2019-7"),
    (schema.date, "2021-02-29"),
    (schema.date, "2021-13"),
    (schema.date, "2021"),
    (schema.published, "21"),
    (schema.published, "2021-00"),
    (schema.countries, "CHN, RUS"),
    (schema.countries, "chn"),
    (schema.one_of("A", "Q"), "M"),
]


@pytest.mark.parametrize(("check", "text", "value"), SOUND)
def test_what_is_sound_is_taken(check: Check, text: str, value: object) -> None:
    assert check(text) == value


@pytest.mark.parametrize(("check", "text"), BROKEN)
def test_what_is_broken_is_said_with_the_mend(check: Check, text: str) -> None:
    with pytest.raises(ValueError, match=r"[^;]+; \w+ "):
        check(text)


@given(st.floats(-1e18, 1e18))
def test_every_number_is_read_as_it_was_written(value: float) -> None:
    assert schema.number(repr(value)) == value


def test_a_citation_is_one_line() -> None:
    assert Source("s", "TASS", "Trade in 2025", "2026-01-14", "https://tass.com/1").citation() == (
        "TASS: Trade in 2025 (2026-01-14). https://tass.com/1"
    )
    assert Source("s", "TASS", "Trade", "", "").citation() == "TASS: Trade."


def test_every_table_makes_its_row() -> None:
    for table in (
        schema.SOURCES,
        schema.SERIES,
        schema.OBSERVATIONS,
        schema.EVENTS,
        schema.TOPICS,
        schema.UNITS,
    ):
        fields = table.row._fields  # type: ignore[attr-defined]
        assert tuple(table.columns) == fields[: len(table.columns)]
        assert set(table.key) <= set(table.columns)
