"""Units: every label of the record parses, conversions are right, and nothing is bridged silently."""

import subprocess
import sys

import pytest

from amur import units
from amur.errors import AmurError
from amur.record import load
from amur.record.record import built_in
from amur.record.schema import Unit


def test_every_label_of_the_record_and_every_bridge_parses():
    units.check()
    used = {series.unit for series in built_in().series.values()}
    assert used <= set(units.labels())
    for label in used:
        assert units.unit(label).dimensionality is not None


def test_an_expression_that_pint_does_not_know_is_named():
    with pytest.raises(AmurError, match="does not understand 'gigaFRF'"):
        units.check([Unit("FRF bn", "gigaFRF", "money")])


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (1.5, "US$ bn", "US$ mn", 1500.0),
        (2500.0, "kt", "Mt", 2.5),
        (1.2, "mb/d", "kb/d", 1200.0),
        (250.0, "thousand", "million", 0.25),
        (0.42, "index", "percent", 42.0),
        (7.0, "percent of GDP", "percent", 7.0),
        (12.0, "percent", "index", 0.12),
        (3.0, "sorties", "count", 3.0),
        (2.0, "US$ mn of 2024", "US$ bn of 2024", 0.002),
        (0.5, "CNY/kg", "CNY/kg", 0.5),
    ],
)
def test_conversions_that_are_true_by_definition(value, source, target, expected):
    assert units.convert(value, source, target) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("US$ bn", "EUR bn"),
        ("US$ bn", "CNY bn"),
        ("US$ bn", "US$ bn of 2024"),
        ("US$ mn of 2024", "US$ bn of 2021"),
        ("bcm", "kb/d"),
        ("bcm", "TWh"),
        ("Mt", "bcm"),
        ("TIV mn", "US$ mn"),
        ("kTEU", "thousand"),
        ("count", "index"),
        ("US$/t", "US$/bbl"),
    ],
)
def test_different_things_are_not_turned_into_each_other(source, target):
    with pytest.raises(AmurError, match="cannot be turned into"):
        units.convert(1.0, source, target)


def test_bridges_are_used_by_name_with_their_standard_factor():
    assert units.convert(733.0, "US$/t", "US$/bbl", through="crude.bbl-per-t") == pytest.approx(100.0)
    assert units.convert(2.0, "Mt", "bcm", through="lng.bcm-per-mt") == pytest.approx(2.72)
    assert units.convert(2.72, "bcm", "Mt", through="lng.bcm-per-mt") == pytest.approx(2.0)
    # 1 / 0.028 million Btu in a thousand cubic metres (Gazprom in Figures).
    by_volume = units.convert(10.0, "US$/mmbtu", "US$/1000 m3", through="gas.mmbtu-per-m3.gazprom")
    assert by_volume == pytest.approx(10 / 0.028, rel=1e-5)
    # A bcm of 40 MJ/m3 is 40 PJ, that is 40/3.6 TWh.
    assert units.convert(1.0, "bcm", "TWh", through="gas.mj-per-m3.ei") == pytest.approx(40 / 3.6)
    # Two bridges: a tonne of LNG is 1360 m3 of 40 MJ, 54.4 GJ or 51.56 million Btu.
    lng = units.convert(515.6, "US$/t", "US$/mmbtu", through=("lng.bcm-per-mt", "gas.mj-per-m3.ei"))
    assert lng == pytest.approx(10.0, rel=1e-4)


def test_a_bridge_that_leads_elsewhere_is_refused():
    with pytest.raises(AmurError, match="by way of"):
        units.convert(1.0, "US$/t", "US$/bbl", through="lng.bcm-per-mt")


def test_a_list_is_converted_value_by_value():
    assert units.convert([1.0, 2.0], "US$ bn", "US$ mn") == [1000.0, 2000.0]


def test_unknown_names_are_answered_with_the_nearest():
    with pytest.raises(AmurError, match=r"unit 'US bn' is not known.*US\$ bn"):
        units.convert(1.0, "US bn", "US$ mn")
    with pytest.raises(AmurError, match=r"bridge 'crude.bbl-per-tonne' is not declared.*crude.bbl-per-t"):
        units.bridge("crude.bbl-per-tonne")


def test_every_bridge_names_its_standard_and_says_what_it_holds_for():
    for bridge in units.bridges().values():
        assert bridge.of
        assert len(bridge.standard) > 20


def test_sums_over_time_are_for_amounts_only():
    assert units.may_be_summed("US$ bn")
    assert units.may_be_summed("exercises")
    assert not units.may_be_summed("US$/bbl")
    assert not units.may_be_summed("percent")
    assert not units.may_be_summed("kb/d")


def test_the_record_holds_the_crude_factor_of_the_bridge():
    """energy.price.crude-vs-brent was computed at 7.33 barrels a tonne: the bridge gives it back."""
    record = load(overlay=False)
    price, brent = record["energy.price.crude.rus-chn"].values, record["energy.price.brent"].values
    for period, discount in record["energy.price.crude-vs-brent.rus-chn"].values.items():
        barrel = units.convert(price[period], "US$/t", "US$/bbl", through="crude.bbl-per-t")
        assert barrel - brent[period] == pytest.approx(discount, abs=0.006)


def test_pint_is_not_imported_where_units_agree():
    """A share of two amounts in the same unit, a splice and a window need no pint, whose import is slow."""
    program = """
import sys
from amur.record import load
record = load(overlay=False)
for name in ("trade.total.chn-rus.spliced", "security.arms.tiv5.rus-chn", "energy.dep.pos1-share.rus-chn"):
    assert len(record[name])
assert "pint" not in sys.modules
record["energy.price.crude-bbl.rus-chn"]
assert "pint" in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
