"""History as the record has it: values checked by hand, nothing of later than a cut, everything inside its bounds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from amur.errors import AmurError
from amur.record import load
from amur.system.decisions import OPTIONS, Decisions, Kremlin, Risk, Taiwan, Treaty, Zhongnanhai
from amur.system.declare import MECHANISMS, table
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.given import SOURCES, axis
from amur.system.history import CODED, GIVEN_RULES, RULES, History, forcings, history, states
from amur.system.lines import BUILDING, CONTRACT, OPERATING, lines
from amur.system.model import GIVEN


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


@pytest.fixture(scope="module")
def whole(record) -> History:
    return history(record)


def outside(made: History, name: str, quarter: str) -> float:
    return float(made.quarters.outside[made.labels.index(quarter), Forcings._fields.index(name)])


def option(made: History, name: str, quarter: str) -> int:
    return int(made.quarters.fixed[made.labels.index(quarter), Decisions._fields.index(name)])


def state(made: History, name: str, quarter: str) -> float:
    return float(made.quarters.given[made.labels.index(quarter), GIVEN.index(name)])


def test_there_are_136_quarters_and_every_table_has_its_width(whole):
    made = whole.quarters
    assert (whole.labels[0], whole.labels[-1], len(whole.labels)) == ("1992-Q1", "2025-Q4", 136)
    assert made.outside.shape == (136, len(Forcings._fields))
    assert made.fixed.shape == (136, len(Decisions._fields))
    assert made.given.shape == (136, len(GIVEN))
    assert made.stages.shape == (136, len(lines().names))
    assert made.strength.shape == (136, len(MECHANISMS))
    assert (made.strength == 1).all()
    assert made.cut.shape == made.add.shape == (136, len(CUTTABLE))
    assert (made.cut == 1).all()
    assert (made.add == 0).all()
    assert made.at.tolist() == list(range(136))


def test_every_forcing_has_a_rule_and_lies_inside_its_bounds(whole):
    assert list(SOURCES) == list(Forcings._fields)
    for name, declared in table(Forcings).items():
        values = np.asarray(whole.quarters.outside[:, Forcings._fields.index(name)])
        assert np.isfinite(values).all(), name
        assert (values >= declared.low).all(), name
        assert (values <= declared.high).all(), name


def test_no_level_stands_at_a_bound_of_its_own(whole):
    for name in ("oil_price", "gas_price", "world_trade", "price_level_rus", "oil_supply_rus", "trade_chn_wst"):
        values = np.asarray(whole.quarters.outside[:, Forcings._fields.index(name)])
        declared = table(Forcings)[name]
        assert values.min() > declared.low
        assert values.max() < declared.high


def test_every_rule_says_where_its_numbers_come_from(record):
    for name, rule in SOURCES.items():
        assert rule.how, name
        assert rule.why.endswith("."), name
        assert all(record.timeseries(series).points for series in rule.series), name
        if rule.assumed:
            assert "ssum" in rule.how + rule.why, name


def test_every_decision_and_given_state_has_a_rule():
    assert list(RULES) == list(OPTIONS)
    assert set(GIVEN_RULES) <= set(GIVEN)


@pytest.mark.parametrize(
    ("name", "quarter", "months"),
    [
        ("oil_price", "2008-Q3", ("2008-07", "2008-08", "2008-09")),
        ("oil_price", "2022-Q2", ("2022-04", "2022-05", "2022-06")),
    ],
)
def test_the_oil_price_is_the_mean_of_the_quarter(whole, record, name, quarter, months):
    brent = record.timeseries("energy.price.brent.m").values
    assert outside(whole, name, quarter) == pytest.approx(sum(brent[month] for month in months) / 3, rel=1e-5)


def test_an_annual_level_is_met_between_its_middle_quarters(whole):
    # China's exports of 2021 lie at mid-2021: the root of the product of the second and third quarter is near it.
    second, third = outside(whole, "exports_chn", "2021-Q2"), outside(whole, "exports_chn", "2021-Q3")
    assert (second * third) ** 0.5 == pytest.approx(3316.0, rel=0.03)
    assert outside(whole, "gdp_chn", "1992-Q1") == pytest.approx(428.502, rel=1e-5)
    assert outside(whole, "oil_demand_chn", "2025-Q4") == pytest.approx(577.73, rel=1e-4)


def test_russias_price_level_starts_at_its_product_of_1992(whole):
    assert outside(whole, "price_level_rus", "1992-Q1") == pytest.approx(460.291, rel=1e-5)


def test_the_price_level_times_real_output_gives_the_product_again(whole, record):
    growth = record.timeseries("trade.gdp-growth.rus").values
    middle = np.sqrt(
        outside(whole, "price_level_rus", "2013-Q2") * outside(whole, "price_level_rus", "2013-Q3")
    )
    fell_in_half_a_year = (1 + growth["1992"] / 100) ** (3 / 8)
    output = fell_in_half_a_year * np.prod([1 + growth[str(year)] / 100 for year in range(1993, 2014)])
    assert middle * output == pytest.approx(record.timeseries("trade.gdp.rus").values["2013"], rel=0.01)


def test_steps_and_counts_stand_at_their_quarters(whole):
    assert outside(whole, "gas_west_capacity", "2022-Q1") > 2.5 * outside(whole, "gas_west_capacity", "2022-Q3")
    assert outside(whole, "age_rus", "1999-Q4") == 68
    assert outside(whole, "age_rus", "2000-Q1") == 48
    assert outside(whole, "grievance_spark", "2005-Q2") == pytest.approx(0.5)  # Cossacks in Khabarovsk
    assert outside(whole, "grievance_spark", "2008-Q4") == 0  # the islands change hands in peace
    assert outside(whole, "espionage", "1992-Q3") == 0  # an agreement of the services is no case
    assert outside(whole, "espionage", "2020-Q1") == pytest.approx(0.5)
    assert outside(whole, "exposure", "2021-Q4") == 0
    assert outside(whole, "exposure", "2024-Q4") > 0.4
    assert outside(whole, "stress_rus", "1992-Q1") == 3


def test_decisions_are_those_coded(whole):
    assert [option(whole, "support", quarter) for quarter in ("2014-Q1", "2014-Q2", "2022-Q4", "2023-Q1")] == [
        0,
        1,
        1,
        2,
    ]
    assert [option(whole, "leverage", quarter) for quarter in ("2010-Q4", "2011-Q1", "2012-Q2", "2024-Q1")] == [
        0,
        1,
        0,
        1,
    ]
    assert [
        option(whole, "sanctions", quarter) for quarter in ("2013-Q4", "2014-Q1", "2014-Q3", "2022-Q1")
    ] == [0, 1, 2, 3]
    assert [option(whole, "secondary", quarter) for quarter in ("2018-Q3", "2023-Q4", "2025-Q3")] == [2, 3, 4]
    assert [option(whole, "wedge", quarter) for quarter in ("2021-Q2", "2022-Q1", "2025-Q1")] == [1, 0, 2]


def test_risk_follows_the_wars(whole):
    quarters = ("2008-Q2", "2008-Q3", "2008-Q4", "2014-Q1", "2016-Q1", "2022-Q1")
    expected = [Risk.RESTRAINED, Risk.PROBING, Risk.RESTRAINED, Risk.PROBING, Risk.PROBING, Risk.WAR]
    assert [option(whole, "risk", quarter) for quarter in quarters] == expected


def test_treaty_and_rulers_change_once(whole):
    assert [option(whole, "treaty", quarter) for quarter in ("2001-Q2", "2001-Q3")] == [
        Treaty.NONE,
        Treaty.FRIENDSHIP,
    ]
    assert [option(whole, "kremlin", quarter) for quarter in ("1999-Q4", "2000-Q1")] == [
        Kremlin.WESTERN,
        Kremlin.INCUMBENT,
    ]
    beijing = [option(whole, "zhongnanhai", quarter) for quarter in ("2012-Q3", "2012-Q4")]
    assert beijing == [Zhongnanhai.CAREFUL, Zhongnanhai.INCUMBENT]
    assert option(whole, "taiwan", "1996-Q1") == Taiwan.CRISIS


def test_every_option_fixed_exists(whole):
    fixed = np.asarray(whole.quarters.fixed)
    for place, (name, options) in enumerate(OPTIONS.items()):
        assert set(fixed[:, place].tolist()) <= {int(code) for code in options}, name


def test_given_states_are_those_recorded(whole):
    assert state(whole, "momentum", "2022-Q2") == -1
    assert state(whole, "momentum", "2024-Q4") == pytest.approx(0.81)
    assert state(whole, "aid_ukr", "2021-Q4") == 0
    assert state(whole, "aid_ukr", "2022-Q1") == pytest.approx(4 * 8.456, rel=1e-3)
    assert state(whole, "rivalry_wst_rus", "2014-Q1") == 3
    assert state(whole, "rivalry_usa_chn", "1996-Q1") == 3


def test_stages_of_the_lines_are_those_coded(whole):
    stages = np.asarray(whole.quarters.stages)

    def stage(line: str, quarter: str) -> float:
        return float(stages[whole.labels.index(quarter), lines().names.index(line)])

    assert np.isfinite(stages).all()
    assert [stage("espo-spur", quarter) for quarter in ("2009-Q1", "2010-Q3", "2011-Q1")] == [
        CONTRACT,
        BUILDING,
        OPERATING,
    ]
    assert [stage("power-of-siberia", quarter) for quarter in ("2014-Q2", "2014-Q3", "2019-Q4")] == [
        CONTRACT,
        BUILDING,
        OPERATING,
    ]


@pytest.mark.parametrize(
    ("day", "last"), [("2021-12-31", "2021-Q4"), ("2022-02-20", "2021-Q4"), ("2014-05-01", "2014-Q1")]
)
def test_a_cut_ends_history_with_its_last_full_quarter(record, day, last):
    assert history(record.cut(day)).labels[-1] == last


def test_a_cut_knows_nothing_of_later(record, whole):
    made = history(record.cut("2021-12-31"))
    assert outside(made, "world_trade", "2021-Q4") < outside(
        whole, "world_trade", "2021-Q4"
    )  # 2021 is not out yet
    assert outside(made, "oil_price", "2021-Q4") == pytest.approx(
        outside(whole, "oil_price", "2021-Q4"), rel=0.05
    )
    assert outside(made, "gas_price", "2021-Q4") < 10  # the leap of 2022 lies ahead
    assert outside(made, "oil_supply_rus", "2021-Q4") == pytest.approx(
        260.0, rel=0.02
    )  # 2020 is the last year known
    assert option(made, "support", "2021-Q4") == 1


def test_what_the_years_after_a_cut_hold_makes_no_difference_to_it(record):
    """A record stripped of every observation and event that the cut does not know gives the same numbers."""
    cut = record.cut("2009-12-31")
    known = replace(cut.tables, observations=list(cut.observations), events=list(cut.events))
    assert len(known.observations) < len(record.observations) / 1.5
    bare, to = replace(cut, tables=known), axis("2009-Q4")
    assert np.array_equal(forcings(cut, to), forcings(bare, to))
    for name, values in states(cut, to).items():
        assert np.array_equal(values, states(bare, to)[name])


def test_until_stops_earlier_and_is_checked(record, whole):
    made = history(record, until="2013-Q4")
    assert made.labels[-1] == "2013-Q4"
    assert np.array_equal(made.quarters.outside, whole.quarters.outside[:88])
    for wrong in ("2026-Q1", "1991-Q4", "2013"):
        with pytest.raises(AmurError, match="history does not reach"):
            history(record, until=wrong)
    with pytest.raises(AmurError, match="history does not reach"):
        history(record.cut("2013-06-30"), until="2013-Q3")
    with pytest.raises(AmurError, match="no full quarter"):
        history(record.cut("1992-02-01"))


def test_readings_take_the_contested_codes(record, whole):
    lower, higher = history(record, reading="lower"), history(record, reading="higher")
    place = Decisions._fields.index("support")
    low, main, high = (np.asarray(made.quarters.fixed[:, place]) for made in (lower, whole, higher))
    assert (low <= main).all()
    assert (main <= high).all()
    assert low.sum() < main.sum()
    assert option(lower, "support", "2015-Q1") == 0  # until 2022 support may be read as neutral
    assert set(CODED) < set(Decisions._fields)
    with pytest.raises(AmurError, match="no reading"):
        history(record, reading="middle")  # type: ignore[arg-type]


def test_the_same_record_is_read_once(record):
    assert history(record) is history(record)
