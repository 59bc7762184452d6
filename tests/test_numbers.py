"""The numbers of the essays: the rule, the table, and that a cut record does not know what came later."""

import math

import pytest

from amur import numbers
from amur.record import load


@pytest.fixture(scope="module")
def checked():
    return {row.id: row for row in numbers.check(load(overlay=False))}


@pytest.mark.parametrize(
    ("value", "low", "high", "close", "bound", "verdict"),
    [
        (10.67, 10.65, 10.75, None, "", "confirmed"),
        (146.9, 126, 140, None, "", "close"),
        (154.1, 126, 140, None, "", "contradicted"),
        (113.3, 126, 140, None, "", "contradicted"),
        (72, 30, math.inf, None, "lower", "confirmed"),
        (20, 30, math.inf, None, "lower", "not covered"),
        (20, 30, 31, None, "", "contradicted"),
        (40, 30, 31, None, "lower", "contradicted"),
        (2008, 2004, 2006, 3, "", "close"),
        (2010, 2004, 2006, 3, "", "contradicted"),
        (0.1 + 0.2, 0.3, 0.3, None, "", "confirmed"),
    ],
)
def test_the_rule(value, low, high, close, bound, verdict):
    assert numbers.judge(value, low, high, close, bound) == verdict


def test_the_table_holds_against_the_record():
    assert numbers.validate(load(overlay=False)) == len(numbers.check(load(overlay=False))) >= 25


def test_ids_are_unique_and_claims_exist():
    from amur import claims

    rows = numbers.check(load(overlay=False))
    assert len({row.id for row in rows}) == len(rows)
    assert {row.claim for row in rows} <= {claim.claim for claim in claims.load()}


# Worked by hand from the rows of the record.
@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("trade-2001", 10.67, "confirmed"),
        ("trade-2021", 146.887, "close"),
        ("trade-growth", 146.887 / 10.67, "confirmed"),
        ("share-2013", 10.29, "close"),
        ("share-2021", 17.78, "close"),
        ("share-of-china-2021", 2.4, "confirmed"),
        ("arms-to-india", 22.8, "confirmed"),
        ("arms-to-india-growth", 6503.51 / 13524.8, "contradicted"),
        ("arms-to-vietnam-growth", 1664.6 / 3873.55, "contradicted"),
        ("power-of-siberia-capacity", 38, "close"),
        ("power-of-siberia-2", 50, "confirmed"),
        ("skovorodino-mohe", 30, "confirmed"),
        ("discount-2011", 1.5, "confirmed"),
        ("west-over-russia", (759.427 + 684.321 + 235.564) / 190.27, "confirmed"),
        ("exports-double", 129.13 / 79.4, "close"),
        ("quarter-of-trade", 32.99, "contradicted"),
        ("contracts-may-2023", 5, "confirmed"),
        ("exercises", 72, "confirmed"),
    ],
)
def test_values(checked, name, value, verdict):
    assert checked[name].record_value == pytest.approx(value, rel=1e-5)
    assert checked[name].verdict == verdict
    assert checked[name].sources


@pytest.mark.parametrize("name", ["border-length", "gas-deal-length"])
def test_what_the_record_does_not_hold_is_said(checked, name):
    assert checked[name].verdict == "not covered"
    assert checked[name].record_value is None


def test_a_cut_record_does_not_know_what_came_later():
    early = {row.id: row for row in numbers.check(load("2013-12-31", overlay=False))}
    assert early["discount-2011"].verdict == "confirmed"
    for name in ("trade-2021", "quarter-of-trade", "contracts-may-2023", "power-of-siberia-2"):
        assert early[name].verdict == "not covered"


def test_a_number_stated_in_an_event_must_stand_there():
    assert numbers.states("a $1.50 per barrel discount", 1.5)
    assert numbers.states("five documents", 5)
    assert not numbers.states("fifteen documents", 5)
    assert numbers.states("over 2,000 troops", 2000)
