"""Turning points: what was said of the years after them, beside what came."""

from __future__ import annotations

import numpy as np
import pytest
from made_up import made_up

from amur.system.observe import observed
from amur.validation.turning import COLUMNS, HAPPENINGS, SHOWN, TURNS, YEARS, turning_points


@pytest.fixture(scope="module")
def seen():
    return observed()


@pytest.fixture(scope="module")
def table(seen):
    forecasts = {
        (setting, origin): {"one": made_up(seen, setting, origin)}
        for setting in ("given", "nothing")
        for origin in (*TURNS, "2010")
    }
    return turning_points(forecasts, lambda origin: {"one": 1.0})


def test_both_turns_three_years_each_and_no_other_origin(table):
    assert tuple(table.columns) == COLUMNS
    assert set(table.origin) == set(TURNS)
    assert set(table.year) == {str(int(origin) + ahead) for origin in TURNS for ahead in range(1, YEARS + 1)}
    assert set(SHOWN) <= set(table.what)


def test_what_came_is_the_records_and_lies_where_it_is_said_to(table, seen):
    row = table[(table.what == "exports_rus_chn") & (table.year == "2022") & (table.setting == "given")].iloc[0]
    assert row.actual == seen.values["exports_rus_chn"][seen.years.index("2022")]
    assert row.low < row.actual < row.high
    assert 0.3 < row.place < 0.7


def test_events_that_are_given_are_told_only_where_nothing_is(table):
    assert "full_war" not in set(table[table.setting == "given"].what)
    war = table[(table.what == "full_war") & (table.setting == "nothing")].set_index("year")
    assert war.actual.to_dict() == {"2014": 0, "2015": 0, "2016": 0, "2022": 1, "2023": 1, "2024": 1}
    assert np.allclose(war["median"], war.actual)  # the made-up forecast draws what came
    assert set(HAPPENINGS) <= set(table.what)
