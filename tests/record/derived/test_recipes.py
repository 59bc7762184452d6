"""Derived series: hand-computed values, units, sources, cuts, and one clear error for every fault."""

import datetime as dt
import itertools
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amur import units
from amur.errors import AmurError
from amur.record import load, periods
from amur.record.derived import expression, recipes
from amur.record.derived.denton import spread
from amur.record.record import Record, Tables, built_in
from amur.record.schema import Observation, Series, Source, Topic
from amur.record.timeseries import TimeSeries


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


def tiny(**series: tuple[str, dict[str, float]]) -> Record:
    """A record of a few series, named with '_' for '.', each (unit, values); every value from its own source."""
    tables = Tables(
        {"trade": Topic("trade", "Trade", "economic", "")},
        built_in().units,
        built_in().releases,
        {},
        {},
        [],
        [],
    )
    for name, (unit, values) in series.items():
        name = name.replace("_", ".")
        frequency = periods.frequency_of(next(iter(values)))
        tables.series[name] = Series(name, name, unit, frequency, "observable", "CHN", "RUS", "d", "trade")
        for period, value in values.items():
            source = f"s-{name}-{period}"
            tables.sources[source] = Source(source, "P", "T", "", "")
            tables.observations.append(Observation(name, period, value, source, ""))
    return Record(tables)


ABOUT = """
title = "t"
unit = "US$ bn"
frequency = "A"
role = "observable"
topic = "trade"
why = "w"
"""


def book(tmp_path: Path, *bodies: str) -> dict[str, recipes.Recipe]:
    """Recipes from texts; the fields of ABOUT are added where a text does not give them."""
    text = ""
    for body in bodies:
        given_fields = {line.split(" =")[0] for line in body.splitlines() if " =" in line}
        about = [line for line in ABOUT.split("\n") if line and line.split(" =")[0] not in given_fields]
        text += "[[recipe]]\n" + body.strip() + "\n" + "\n".join(about) + "\n\n"
    path = tmp_path / f"recipes-{abs(hash(text))}.toml"
    path.write_text(text, encoding="utf-8")
    return recipes.read(path)


def values(record: Record, made: dict[str, recipes.Recipe], name: str = "x") -> dict[str, float]:
    return recipes.derive(record, name, made).values


# --- The shipped recipes -------------------------------------------------------------------------------------


def test_every_recipe_derives_and_its_units_are_what_the_arithmetic_gives(record):
    # recipes.check derives all: a formula whose unit cannot become the declared one is an error there.
    assert recipes.check(record) == len(recipes.recipes()) >= 45


def test_no_recipe_is_empty_or_takes_a_name_of_the_record(record):
    for name in recipes.recipes():
        assert name not in record.series
        series = record.timeseries(name)
        assert series.kind == "derived"
        assert len(series) >= 3, name
        assert [p.period for p in series.points] == sorted(series.values)
        assert all(math.isfinite(p.value) and p.sources for p in series.points), name
        assert {periods.frequency_of(p.period) for p in series.points} == {series.frequency}
        assert all(source in record.sources for p in series.points for source in p.sources)


def test_the_reasons_are_all_given_and_none_is_that_of_a_different_unit():
    for recipe in recipes.recipes().values():
        assert len(recipe.why) > 20
        assert recipe.unit in units.labels()


def test_a_wrong_unit_in_a_recipe_is_found(record, tmp_path):
    made = book(
        tmp_path,
        'series = "x"\nunit = "US$/bbl"\nmethod = "formula"\nformula = "a / b"\n'
        'inputs = { a = "energy.crude.value.rus-chn", b = "energy.crude.volume.rus-chn" }',
    )
    with pytest.raises(AmurError, match=r"recipe 'x'.*cannot be turned into 'US\$/bbl'") as caught:
        recipes.derive(record, "x", made)
    assert caught.value.field == "unit"


@pytest.mark.parametrize(
    ("series", "period", "expected"),
    [
        # By hand from the rows of the record.
        ("trade.exports.chn-rus.spliced", "1992", 2.337),  # before customs: China's report to the IMF
        ("trade.exports.chn-rus.spliced", "2008", 32.436),  # a gap of customs
        ("trade.exports.chn-rus.spliced", "2010", 29.61),  # customs
        ("trade.exports.rus-chn.spliced", "2005", 16.344),
        ("trade.total.chn-rus.spliced", "2012", 88.025),
        ("trade.total.chn-rus.spliced", "2024", 244.81),
        ("trade.total.chn-rus.directions", "2024", 115.49 + 129.32),
        ("trade.balance.chn-rus", "2024", 115.49 - 129.32),
        ("trade.exports.chn-rus.rusrep", "2017", 86.94 - 41.671),
        ("trade.exports.chn-rus.importer", "2017", 86.94 - 41.671),  # UN Comtrade's 56.95 left out
        ("trade.exports.chn-rus.importer", "2013", 53.348),
        ("trade.mirror-gap.chn-rus", "2014", 100 * (50.853 / 53.661 - 1)),
        ("trade.exports-q.chn-rus", "2022-Q2", 29.55 - 16.44),
        ("trade.exports-q.chn-rus", "2019-Q1", 4.32 + 2.75 + 3.54),
        ("trade.exports-q.rus-chn", "2025-Q4", 124.796 - 90.05),
        ("trade.total.chn-rus.cny", "2024", 244.81 * 7.1957),
        ("finance.prices.usa", "2024", 1.0),
        ("energy.crude.volume.rus-chn.kbd", "2024", 108.471 * 7330 / 366),
        ("energy.price.crude-bbl.rus-chn", "2024", 575.505 / 7.33),
        ("energy.price.crude-vs-brent-pct.rus-chn", "2024", 100 * (575.505 / 7.33 / 80.52 - 1)),
        ("energy.price.crude-vs-urals.rus-chn", "2024", 575.505 / 7.33 - 68.0),
        ("energy.lng.volume-bcm.rus-chn", "2024", 8.3092 * 1.36),
        ("energy.gas.total.rus-chn", "2024", 31.12 + 8.3092 * 1.36),
        ("energy.gas.total.rus-chn", "2015", 0.1911 * 1.36),  # no pipeline yet
        ("energy.dep.gas-share-total.rus-chn", "2020", 100 * (4.1 + 5.0471 * 1.36) / 141.352),
        ("energy.gas.pos1-vs-plan.rus-chn", "2025", 100 * 38.8 / 38.0),
        ("energy.gas.ratio.eur-chn", "2025", 18 / 38.8),
        ("energy.price.gas-mmbtu.rus-chn", "2024", 258.3529 * 0.028),
        ("energy.price.gas-vs-deu-pct.rus-chn", "2022", 100 * (258.4972 / (24.17 / 0.028) - 1)),
        ("energy.price.gas-mer-pct.rus-chn", "2025", 100 * (248.7 / 401.9 - 1)),
        ("security.arms.tiv5.rus-chn", "2024", 547.0 + 466.75 + 498.5 + 327.0 + 30.0),
        ("finance.settle.natcur-value.chn-rus", "2023", 0.95 * 240.11),
        ("finance.settle.nonwestern.rus-exports.m", "2022-01", 13.0),
        ("finance.russia.oil-gas-revenue.usd", "2024", 11130 / 92.5524),
        ("dip.meetings3.heads-of-state", "2024", (3 + 2 + 3) / 3),
    ],
)
def test_values_computed_by_hand(record, series, period, expected):
    assert record.timeseries(series).at(period).value == pytest.approx(expected, rel=1e-4)


def test_gas_paid_to_russia_in_the_last_quarter_of_2020_rests_on_two_months_and_says_so(record):
    point = record["energy.gas.pipeline-value.rus-chn.q"].at("2020-Q4")
    months = record["energy.gas.pipeline-value.rus-chn.m"].values
    assert point.value == pytest.approx(months["2020-10"] + months["2020-12"])
    assert point.note.startswith("2 of 3 periods")
    assert "2019-Q4" not in record["energy.gas.pipeline-value.rus-chn.q"].values  # one month of three


def test_trade_is_spliced_for_every_year_and_each_point_says_from_what(record):
    for direction in ("chn-rus", "rus-chn"):
        series = record[f"trade.exports.{direction}.spliced"]
        assert list(series.values) == [str(year) for year in range(1992, 2026)]
        assert series.at("2024").note == f"from trade.exports.{direction}"
        assert (
            series.at("1995").sources
            == record[f"trade.exports.{direction}.{older(direction)}"].at("1995").sources
        )
        assert series.at("1995").note.startswith(f"from trade.exports.{direction}.{older(direction)}")


def older(direction: str) -> str:
    return {"chn-rus": "imf", "rus-chn": "cow"}[direction]


def differences(record: Record, left: str, right: str) -> dict[str, float]:
    a, b = record[left].values, record[right].values
    return {period: 100 * (a[period] / b[period] - 1) for period in a if period in b}


def test_the_inputs_of_the_trade_splices_differ_by_less_than_five_percent_where_both_exist(record):
    exports = differences(record, "trade.exports.chn-rus.imf", "trade.exports.chn-rus")
    imports = differences(record, "trade.exports.rus-chn.cow", "trade.exports.rus-chn")
    totals = differences(record, "trade.total.chn-rus.imf", "trade.total.chn-rus")
    assert set(exports) == set(imports) == {"2006", "2007", "2009", "2010", "2014"}
    assert -5 < min(exports.values()) <= max(exports.values()) < -1
    assert 1 < min(imports.values()) <= max(imports.values()) < 4
    assert all(abs(d) < 1 for year, d in totals.items() if year != "2011")
    assert totals["2011"] == pytest.approx(-2.6, abs=0.1)  # customs rounded to 80


def test_cow_is_no_substitute_for_chinas_exports(record):
    """It is Russia's count: 18% below China's in 2006, 32% above in 2010. Hence not in that splice."""
    cow = differences(record, "trade.exports.chn-rus.cow", "trade.exports.chn-rus")
    assert cow["2006"] == pytest.approx(-18.0, abs=0.1)
    assert cow["2010"] == pytest.approx(32.1, abs=0.1)
    assert "trade.exports.chn-rus.cow" not in recipes.recipes()["trade.exports.chn-rus.spliced"].inputs


def test_the_two_sides_statistics_differ_by_at_most_fifteen_percent_since_2014(record):
    for name in ("trade.mirror-gap.chn-rus", "trade.mirror-gap.rus-chn"):
        recent = [p.value for p in record[name].points if p.period >= "2014"]
        assert 5 < max(map(abs, recent)) < 15


def test_russias_customs_figures_left_out_are_out_of_line(record):
    gap = differences(record, "trade.exports.chn-rus.fcs", "trade.exports.chn-rus.rusrep")
    assert {year for year, d in gap.items() if abs(d) > 6} == {"2016", "2017"}
    assert 25 < gap["2017"] < gap["2016"] < 29


def test_sums_of_months_give_the_recorded_years(record):
    for name in ("energy.crude.volume.rus-chn", "energy.coal.volume.rus-chn", "energy.lng.volume.rus-chn"):
        assert all(abs(d) < 0.02 for d in differences(record, f"{name}.months", name).values()), name
    value = record["energy.crude.value.rus-chn.m"].values
    for year in ("2005", "2015", "2024"):
        total = sum(value[month] for month in periods.parts(year, "M"))
        assert total == pytest.approx(record["energy.crude.value.rus-chn"].at(year).value, rel=1e-3)


def test_means_of_months_give_the_recorded_quarters_of_the_risk_index(record, tmp_path):
    made = book(
        tmp_path,
        'series = "x"\nunit = "percent of articles"\nfrequency = "Q"\nmethod = "quarterly"\n'
        'input = "gpr.rus"\nhow = "mean"',
    )
    recorded = record["society.gpr.rus.q"].values
    derived = values(record, made)
    assert len(derived) == len(recorded) == 136
    assert all(derived[q] == pytest.approx(recorded[q], abs=2e-4) for q in recorded)


def test_monthly_discounts_derived_are_the_recorded_ones(record, tmp_path):
    made = book(
        tmp_path,
        'series = "x"\nunit = "US$/bbl"\nfrequency = "M"\nmethod = "formula"\nformula = "china / barrels - brent"\n'
        'inputs = { china = "energy.price.crude.rus-chn.m", brent = "energy.price.brent.m" }\n'
        'bridges = { barrels = "crude.bbl-per-t" }',
    )
    recorded = record["energy.price.crude-vs-brent.rus-chn.m"].values
    derived = values(record, made)
    assert derived.keys() == recorded.keys()
    assert all(derived[m] == pytest.approx(recorded[m], abs=0.001) for m in recorded)


def test_shares_of_arms_agree_with_the_recorded_ones_but_where_the_totals_were_revised(record):
    for name, largest in (
        ("rus-in-chn-imports", 6.5),
        ("chn-in-rus-exports", 1.5),
        ("ind-in-rus-exports", 3.3),
    ):
        long, recorded = (record[f"security.arms.share5.{name}{suffix}"].values for suffix in (".long", ""))
        gaps = {year: long[year] - recorded[year] for year in recorded}
        assert max(map(abs, gaps.values())) < largest
        assert all(abs(gaps[year]) < 0.6 for year in gaps if year < "2018")
        assert min(long) == "1996"


def test_the_cross_rate_is_near_the_official_one(record):
    assert (
        max(abs(d) for d in differences(record, "finance.fx.cny-rub.cross.m", "finance.fx.cny-rub.m").values())
        < 5
    )
    assert (
        max(abs(d) for d in differences(record, "finance.fx.cny-rub.cross", "finance.fx.cny-rub").values()) < 1
    )


def test_interpolated_trade_adds_up_and_the_oil_price_is_the_better_guide(record):
    annual = record["trade.exports.rus-chn.spliced"].values
    quarterly = record["trade.exports-q.rus-chn.denton"].values
    for year, total in annual.items():
        assert sum(quarterly[q] for q in periods.parts(year, "Q")) == pytest.approx(total)
    flat = spread(list(annual.values()))
    smooth = dict(zip((q for year in annual for q in periods.parts(year, "Q")), flat, strict=True))
    observed = {q: v for q, v in record["trade.exports-q.rus-chn"].values.items() if q < "2025"}

    def error(path: dict[str, float]) -> float:
        return math.sqrt(sum((path[q] / v - 1) ** 2 for q, v in observed.items()) / len(observed))

    assert error(quarterly) == pytest.approx(0.08, abs=0.01)
    assert error(smooth) == pytest.approx(0.10, abs=0.01)


def test_real_values_use_the_prices_that_the_record_implies(record):
    prices = record["finance.prices.usa"]
    assert prices.at("1992").value == pytest.approx(325034 / 726638, rel=1e-4)
    # The consumer price index of the USA rose from 140.3 (1992) to 313.7 (2024), yearly means by the BLS.
    assert 1 / prices.at("1992").value == pytest.approx(313.7 / 140.3, rel=0.005)
    real = record["trade.total.chn-rus.real"].at("1992").value
    assert real == pytest.approx(5.849 * 726638 / 325034, rel=1e-4)


def test_nothing_in_euro_becomes_dollars(record):
    euro = {s.series for s in record.series.values() if s.unit.startswith("EUR")}
    for name, recipe in recipes.recipes().items():
        if recipe.unit.startswith("US$"):
            assert not every_input(name) & euro


def every_input(name: str) -> set[str]:
    """All series below a recipe."""
    recipe = recipes.recipes().get(name)
    return {name} if recipe is None else {name}.union(*(every_input(i) for i in recipe.inputs))


def test_a_shipped_recipe_describes_itself(record):
    lines = recipes.describe(recipes.recipes()["energy.price.crude-bbl.rus-chn.q"])
    assert lines[0] == "formula: value / (volume * barrels)"
    assert any("7.33 bbl / tonne" in line and "Statistical Review" in line for line in lines)
    assert any(line.startswith("why: ") for line in lines)
    series = record["trade.exports.chn-rus.importer"]
    assert "without 2016, 2017" in series.definition
    assert series.why
    assert recipes.recipes()["trade.exports.chn-rus.importer"].as_series().definition == series.definition


# --- The methods, by hand ------------------------------------------------------------------------------------


def test_splice_takes_the_first_and_scales_the_later_at_the_overlap(tmp_path):
    record = tiny(
        a=("US$ bn", {"2002": 20.0, "2003": 40.0}),
        b=("US$ mn", {"2001": 8000.0, "2002": 16000.0, "2003": 24000.0}),
    )
    plain = book(tmp_path, 'series = "x"\nmethod = "splice"\ninputs = ["a", "b"]\nadjust = "none"')
    assert values(record, plain) == {"2001": 8.0, "2002": 20.0, "2003": 40.0}
    ratio = book(tmp_path, 'series = "x"\nmethod = "splice"\ninputs = ["a", "b"]\nadjust = "ratio"')
    assert values(record, ratio) == pytest.approx({"2001": 8 * 60 / 40, "2002": 20.0, "2003": 40.0})
    at_2002 = book(
        tmp_path,
        'series = "x"\nmethod = "splice"\ninputs = ["a", "b"]\nadjust = "ratio"\noverlap = ["2002", "2002"]',
    )
    assert values(record, at_2002)["2001"] == pytest.approx(10.0)
    point = recipes.derive(record, "x", at_2002).at("2001")
    assert point.note == "from b, times 1.25"
    assert point.sources == ("s-b-2001",)


def test_splice_says_when_there_is_no_overlap_to_scale_at(tmp_path):
    record = tiny(a=("US$ bn", {"2005": 1.0}), b=("US$ bn", {"2001": 2.0}))
    made = book(tmp_path, 'series = "x"\nmethod = "splice"\ninputs = ["a", "b"]\nadjust = "ratio"')
    point = recipes.derive(record, "x", made).at("2001")
    assert point.value == 2.0
    assert "not adjusted for want of an overlap" in point.note


def test_splice_inputs_may_be_limited(tmp_path):
    record = tiny(
        a=("count", dict.fromkeys(("2001", "2002", "2003", "2004"), 1.0)),
        b=("count", dict.fromkeys(("2001", "2002", "2003", "2004"), 2.0)),
    )
    made = book(
        tmp_path,
        'series = "x"\nunit = "count"\nmethod = "splice"\nadjust = "none"\n'
        'inputs = [{ series = "a", since = "2002", until = "2003", without = ["2003"] }, "b"]',
    )
    assert values(record, made) == {"2001": 2.0, "2002": 1.0, "2003": 2.0, "2004": 2.0}


def test_formula_converts_terms_and_skips_what_is_missing_or_divided_by_zero(tmp_path):
    record = tiny(
        a=("US$ bn", {"2001": 2.0, "2002": 3.0, "2003": 4.0}), b=("US$ mn", {"2001": 500.0, "2002": 0.0})
    )
    made = book(
        tmp_path,
        'series = "x"\nunit = "US$ mn"\nmethod = "formula"\nformula = "a - 2 * -b"\ninputs = { a = "a", b = "b" }',
        'series = "y"\nunit = "percent"\nmethod = "formula"\nformula = "a / b"\ninputs = { a = "a", b = "b" }',
    )
    assert values(record, made) == {"2001": 3000.0, "2002": 3000.0}
    assert values(record, made, "y") == {"2001": pytest.approx(400.0)}
    assert recipes.derive(record, "x", made).at("2001").sources == ("s-a-2001", "s-b-2001")


def test_what_was_not_yet_there_is_zero_and_what_is_not_known_is_missing(tmp_path):
    record = tiny(pipe=("bcm", {"2020": 4.0}), lng=("bcm", {"2018": 1.0, "2020": 7.0, "2021": 6.0}))
    made = book(
        tmp_path,
        'series = "x"\nunit = "bcm"\nmethod = "formula"\nformula = "p + l"\ninputs = { p = "pipe", l = "lng" }\n'
        'zero_before = { p = "2019" }',
    )
    assert values(record, made) == {"2018": 1.0, "2020": 11.0}


def test_amounts_and_rates_a_day(tmp_path):
    record = tiny(v=("Mt", {"2023": 36.5, "2024": 36.6}), r=("EUR mn/d", {"2024-02": 10.0}))
    made = book(
        tmp_path,
        'series = "x"\nunit = "kb/d"\nmethod = "convert"\ninput = "v"\nbridge = "crude.bbl-per-t"\ndays = "divide"',
        'series = "y"\nunit = "EUR bn"\nfrequency = "M"\nmethod = "convert"\ninput = "r"\ndays = "multiply"',
    )
    assert values(record, made) == pytest.approx({"2023": 733.0, "2024": 733.0})
    assert values(record, made, "y") == {"2024-02": pytest.approx(0.29)}


def test_conversion_by_a_series_of_rates_finds_whether_to_multiply_or_divide(tmp_path):
    record = tiny(
        d=("US$ bn", {"2001": 2.0, "2002": 3.0}), y=("CNY bn", {"2001": 16.0}), fx=("CNY/US$", {"2001": 8.0})
    )
    made = book(
        tmp_path,
        'series = "x"\nunit = "CNY bn"\nmethod = "convert"\ninput = "d"\nby = "fx"',
        'series = "z"\nunit = "US$ mn"\nmethod = "convert"\ninput = "y"\nby = "fx"',
    )
    assert values(record, made) == {"2001": 16.0}
    assert values(record, made, "z") == {"2001": pytest.approx(2000.0)}
    assert recipes.derive(record, "x", made).at("2001").sources == ("s-d-2001", "s-fx-2001")


MONTHS = {f"2020-{month:02d}": float(month) for month in range(1, 12)}  # December is missing


@pytest.mark.parametrize(
    ("frequency", "settings_text", "expected"),
    [
        ("Q", 'how = "sum"', {"2020-Q1": 6.0, "2020-Q2": 15.0, "2020-Q3": 24.0}),
        ("Q", 'how = "mean"', {"2020-Q1": 2.0, "2020-Q2": 5.0, "2020-Q3": 8.0}),
        ("Q", 'how = "mean"\nenough = 2', {"2020-Q1": 2.0, "2020-Q2": 5.0, "2020-Q3": 8.0, "2020-Q4": 10.5}),
        (
            "Q",
            'how = "sum"\nexceptions = { "2020-Q4" = 2 }',
            {"2020-Q1": 6.0, "2020-Q2": 15.0, "2020-Q3": 24.0, "2020-Q4": 21.0},
        ),
        ("Q", 'how = "last"', {"2020-Q1": 3.0, "2020-Q2": 6.0, "2020-Q3": 9.0}),
        ("Q", 'how = "ytd"', {"2020-Q1": 3.0, "2020-Q2": 3.0, "2020-Q3": 3.0}),
        ("A", 'how = "sum"', {}),
        ("A", 'how = "last"', {}),
        ("A", 'how = "mean"\nenough = 11', {"2020": 6.0}),
    ],
)
def test_longer_periods_from_months(tmp_path, frequency, settings_text, expected):
    method = {"Q": "quarterly", "A": "annual"}[frequency]
    made = book(
        tmp_path,
        f'series = "x"\nunit = "kt"\nfrequency = "{frequency}"\nmethod = "{method}"\ninput = "m"\n{settings_text}',
    )
    assert values(tiny(m=("kt", MONTHS)), made) == expected


def test_quarters_of_a_year_repeat_a_rate(tmp_path):
    made = book(
        tmp_path,
        'series = "x"\nunit = "percent"\nfrequency = "Q"\nmethod = "quarterly"\ninput = "g"\nhow = "repeat"',
    )
    assert values(tiny(g=("percent", {"2001": 4.0})), made) == {f"2001-Q{q}": 4.0 for q in (1, 2, 3, 4)}


def test_denton_by_hand():
    # One year: the indicator's shape exactly. Two flat years: no change at all.
    assert spread([20.0], [1.0, 2.0, 3.0, 4.0]) == pytest.approx([2.0, 4.0, 6.0, 8.0])
    assert spread([8.0, 8.0]) == pytest.approx([2.0] * 8)
    assert spread([5.0, 5.0], hold="mean") == pytest.approx([5.0] * 8)
    # Stocks: straight lines between year ends minimize squared changes.
    assert spread([1.0, 2.0], hold="last") == pytest.approx([1, 1, 1, 1, 1.25, 1.5, 1.75, 2])
    # Two years of 4 and 8: steps of (1, 2, 3, 4, 3, 2, 1) c satisfy the first-order conditions; the means of the
    # years then differ by 11 c, and must by 1.
    quarters = spread([4.0, 8.0])
    steps = [later - earlier for earlier, later in itertools.pairwise(quarters)]
    assert steps == pytest.approx([k / 11 for k in (1, 2, 3, 4, 3, 2, 1)])
    assert quarters[0] == pytest.approx(1 - 2.5 / 11)


@pytest.mark.parametrize(
    "text", ["a + 1e400", "a + 1j", "a + True", "a" + " + a" * 1000, "a if a else a", "(a"]
)
def test_formulas_are_plain_and_short(text):
    with pytest.raises(AmurError) as caught:
        expression.names(text)
    assert caught.value.field == "formula"


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.floats(-1e4, 1e6), min_size=1, max_size=8).filter(lambda ys: any(abs(y) > 1e-3 for y in ys)),
    st.sampled_from(["sum", "mean", "last"]),
    st.data(),
)
def test_denton_always_adds_up(years, hold, data):
    guide = data.draw(st.lists(st.floats(0.5, 20), min_size=4 * len(years), max_size=4 * len(years)))
    quarters = spread(years, guide, hold)
    size = max(map(abs, years))
    for i, year in enumerate(years):
        part = quarters[4 * i : 4 * i + 4]
        got = {"sum": sum(part), "mean": sum(part) / 4, "last": part[-1]}[hold]
        assert got == pytest.approx(year, abs=1e-6 * size)


def test_denton_takes_unbroken_runs_of_years_and_cites_all_it_rests_on(tmp_path):
    record = tiny(y=("US$ bn", {"2001": 4.0, "2003": 8.0, "2004": 8.0}))
    made = book(
        tmp_path,
        'series = "x"\nfrequency = "Q"\nmethod = "quarterly"\ninput = "y"\nhow = "denton"\nhold = "sum"',
    )
    series = recipes.derive(record, "x", made)
    assert series.values["2001-Q3"] == pytest.approx(1.0)
    assert "2002-Q1" not in series.values
    assert series.at("2003-Q1").sources == ("s-y-2003", "s-y-2004")
    assert series.at("2003-Q1").note == "interpolated"


def test_windows_need_every_year(tmp_path):
    record = tiny(a=("count", {"2001": 1.0, "2002": 2.0, "2003": 4.0, "2005": 8.0}))
    made = book(
        tmp_path,
        'series = "x"\nunit = "count"\nmethod = "window"\ninput = "a"\nhow = "sum"\nyears = 2',
        'series = "y"\nunit = "count"\nmethod = "window"\ninput = "a"\nhow = "mean"\nyears = 3',
    )
    assert values(record, made) == {"2002": 3.0, "2003": 6.0}
    assert values(record, made, "y") == {"2003": pytest.approx(7 / 3)}


def test_overlay_and_revision_are_carried_through_every_step(tmp_path):
    record = tiny(a=("US$ bn", {"2001": 1.0, "2002": 2.0}), b=("US$ bn", {"2001": 3.0, "2002": 4.0}))
    rows = record.tables.observations
    rows[0] = rows[0]._replace(origin="mine", note="guess")
    record.tables.sources["s-b-2002"] = Source("s-b-2002", "P", "T", "2026", "")  # long after 2002: revised
    made = book(
        tmp_path,
        'series = "s"\nmethod = "formula"\nformula = "a + b"\ninputs = { a = "a", b = "b" }',
        'series = "x"\nmethod = "window"\ninput = "s"\nhow = "sum"\nyears = 2',
    )
    first, second = recipes.derive(record, "s", made).points
    assert (first.origin, first.revised, first.note) == ("mine", False, "a: guess")
    assert (second.origin, second.revised) == ("", True)
    point = recipes.derive(record, "x", made).at("2002")
    assert (point.value, point.origin, point.revised) == (10.0, "mine", True)
    assert point.sources == ("s-a-2001", "s-b-2001", "s-a-2002", "s-b-2002")
    assert recipes.derive(record, "x", made).origins == ("mine",)


# --- Cuts ----------------------------------------------------------------------------------------------------


def truncated(record: Record, day: dt.date) -> Record:
    """The record with every row taken out by hand that was not known on the day, and no cut."""
    kept = [row for row in record.tables.observations if record.known(row).since <= day]
    return Record(replace(record.tables, observations=kept))


@settings(deadline=None, max_examples=6)
@given(st.dates(dt.date(1994, 1, 1), dt.date(2026, 6, 30)))
def test_a_cut_record_derives_what_a_truncated_record_does(day):
    whole = load(overlay=False)
    cut, by_hand = whole.cut(day), truncated(whole, day)
    made_cut: dict[str, TimeSeries] = {}
    made_by_hand: dict[str, TimeSeries] = {}
    for name in recipes.recipes():
        left = recipes._derive(cut, name, recipes.recipes(), made_cut)
        right = recipes._derive(by_hand, name, recipes.recipes(), made_by_hand)
        # Whether a number was printed after the cut is the one thing only a cut record knows.
        assert [p._replace(revised=False) for p in left.points] == [
            p._replace(revised=False) for p in right.points
        ], name


@settings(deadline=None, max_examples=30)
@given(
    st.dates(dt.date(2003, 1, 1), dt.date(2012, 12, 31)),
    st.dictionaries(st.integers(2000, 2014), st.floats(1, 100), min_size=1),
    st.sampled_from(["splice", "denton", "window"]),
)
def test_data_that_came_after_the_cut_change_nothing(tmp_path_factory, day, late, kind):
    bodies = {
        "splice": 'series = "x"\nmethod = "splice"\ninputs = ["a", "b"]\nadjust = "ratio"',
        "denton": 'series = "x"\nfrequency = "Q"\nmethod = "quarterly"\ninput = "a"\nhow = "denton"\nhold = "sum"',
        "window": 'series = "x"\nmethod = "window"\ninput = "a"\nhow = "mean"\nyears = 3',
    }
    made = book(tmp_path_factory.mktemp("cut"), bodies[kind])
    record = tiny(
        a=("US$ bn", {str(y): float(y - 1990) for y in range(2002, 2012)}),
        b=("US$ bn", {str(y): float(y - 1980) for y in range(1998, 2012)}),
    )
    before = recipes.derive(record.cut(day), "x", made)
    tables = record.tables
    tables.sources["late"] = Source("late", "P", "T", (day + dt.timedelta(days=1)).isoformat(), "")
    kept = [r for r in tables.observations if record.known(r).since <= day]
    known = {(r.series, r.period) for r in kept}
    extra = [Observation("a", str(year), value, "late", "") for year, value in late.items()]
    extra = [row for row in extra if ("a", row.period) not in known and record.known(row).since > day]
    more = Record(replace(tables, observations=[*kept, *extra]), day)
    assert recipes.derive(more, "x", made).points == before.points


def test_a_total_waits_for_its_parts(record):
    """On 20 January 2026 the gas delivered by pipeline in 2025 was known, the LNG was published on the 25th."""
    early, later = record.cut("2026-01-20"), record.cut("2026-01-25")
    assert early["energy.gas.pos1.rus-chn"].at("2025")
    assert not early["energy.lng.volume.rus-chn"].at("2025")
    assert not early["energy.gas.total.rus-chn"].at("2025")
    assert later["energy.gas.total.rus-chn"].at("2025").value == pytest.approx(38.8 + 9.8 * 1.36)
    assert not record.cut("2022-05-31")["trade.exports-q.chn-rus"].at("2022-Q2")


# --- Faults --------------------------------------------------------------------------------------------------


def body(**changes: str) -> str:
    fields = {"series": '"x"', "method": '"window"', "input": '"a"', "how": '"sum"', "years": "2"} | changes
    return "\n".join(f"{name} = {value}" for name, value in fields.items() if value)


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        (body(frequency='"W"'), "frequency", "'W' is not allowed"),
        (body(role='"hero"'), "role", "'hero' is not allowed"),
        (body(unit='"US$ billion"'), "unit", "'US$ billion' is not known"),
        (body(method='"windows"'), "method", "no method 'windows'"),
        (body(series='"a b"'), "series", "not an identifier"),
        (body(years='"two"'), "years", "not a whole number"),
        (body(years="0"), "years", "'years' is 0"),
        (body(years=""), "years", "is missing"),
        (body(how='"median"'), "how", "'median' is not allowed"),
        (body(whi='"x"'), "whi", "'whi' is not known"),
        (body(title='""'), "title", "'title' is empty"),
        ('series = "x"\nmethod = "splice"\ninputs = ["a"]\nadjust = "none"', "inputs", "needs two inputs"),
        ('series = "x"\nmethod = "splice"\ninputs = ["a", 3]\nadjust = "none"', "inputs", "neither a name nor"),
        ('series = "x"\nmethod = "splice"\ninputs = ["a", "b"]', "adjust", "is missing"),
        (
            'series = "x"\nmethod = "splice"\ninputs = ["a", "b"]\nadjust = "none"\noverlap = ["2001", "2002"]',
            "overlap",
            "does not fit",
        ),
        (
            'series = "x"\nmethod = "formula"\nformula = "a ** 2"\ninputs = { a = "a" }',
            "formula",
            "not allowed in a formula",
        ),
        (
            'series = "x"\nmethod = "formula"\nformula = "__import__(\'os\')"\ninputs = { a = "a" }',
            "formula",
            "not allowed in a formula",
        ),
        (
            'series = "x"\nmethod = "formula"\nformula = "a +"\ninputs = { a = "a" }',
            "formula",
            "not an expression",
        ),
        (
            'series = "x"\nmethod = "formula"\nformula = "a + bb"\ninputs = { a = "a" }',
            "formula",
            "'bb' is not among",
        ),
        (
            'series = "x"\nmethod = "formula"\nformula = "a"\ninputs = { a = "a", b = "b" }',
            "formula",
            "does not use 'b'",
        ),
        (
            'series = "x"\nmethod = "convert"\ninput = "a"\nbridge = "crude.bbl"',
            "bridge",
            "bridge 'crude.bbl' is not declared",
        ),
        (
            'series = "x"\nfrequency = "Q"\nmethod = "quarterly"\ninput = "a"\nhow = "sum"\nenough = 2',
            "enough",
            "does not fit a sum",
        ),
        (
            'series = "x"\nmethod = "quarterly"\ninput = "a"\nhow = "sum"',
            "frequency",
            "makes a quarterly series",
        ),
    ],
)
def test_a_broken_recipe_is_named_with_its_line_and_field(tmp_path, text, field, problem):
    with pytest.raises(AmurError) as caught:
        book(tmp_path, body(series='"fine"'), text)
    error = caught.value
    assert problem in error.problem
    assert error.field == field
    assert error.mend
    lines = Path(error.file).read_text(encoding="utf-8").splitlines()
    second = [i for i, line in enumerate(lines, 1) if line == "[[recipe]]"][1]
    declared = [i for i, line in enumerate(lines, 1) if i > second and line.startswith(f"{field} =")]
    assert error.line == (declared[0] if declared else second)


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        (body(input='"aa"'), "input", "there is no series 'aa'"),
        (body(unit='"EUR bn"'), "unit", "cannot be turned into 'EUR bn'"),
        (body(frequency='"Q"'), "frequency", "'a' is annual"),
        (body(input='"share"', unit='"percent"'), "how", "means nothing"),
        ('series = "x"\nmethod = "convert"\ninput = "a"\nby = "m"', "by", "'m' is monthly"),
        (
            'series = "x"\nunit = "bcm"\nmethod = "convert"\ninput = "a"\nbridge = "lng.bcm-per-mt"',
            "unit",
            "by way of",
        ),
        (
            'series = "x"\nmethod = "formula"\nformula = "a + s"\ninputs = { a = "a", s = "share" }',
            "unit",
            "cannot be turned",
        ),
        (
            'series = "x"\nfrequency = "Q"\nmethod = "quarterly"\ninput = "a"\nhow = "repeat"',
            "how",
            "is not the amount of each quarter",
        ),
        (
            (
                'series = "x"\nfrequency = "Q"\nmethod = "quarterly"\ninput = "a"\nhow = "denton"\nhold = "sum"\n'
                'indicator = "n"'
            ),
            "indicator",
            "positive value",
        ),
    ],
)
def test_a_recipe_that_does_not_fit_its_inputs_is_named_with_its_line_and_field(tmp_path, text, field, problem):
    record = tiny(
        a=("US$ bn", {"2001": 1.0, "2002": 1.0}),
        share=("percent", {"2001": 1.0, "2002": 2.0}),
        m=("CNY/US$", {"2001-01": 8.0}),
        n=("index", {f"2001-Q{q}": float(q - 2) for q in (1, 2, 3, 4)}),
    )
    made = book(tmp_path, text)
    with pytest.raises(AmurError) as caught:
        recipes.derive(record, "x", made)
    assert problem in caught.value.problem
    assert caught.value.field == field
    lines = Path(caught.value.file).read_text(encoding="utf-8").splitlines()
    assert lines[caught.value.line - 1].startswith((f"{field} =", "[[recipe]]"))


def test_an_unknown_input_is_answered_with_the_nearest_names(record, tmp_path):
    made = book(tmp_path, body(input='"trade.total.chn-ruz"'))
    with pytest.raises(
        AmurError, match=r"no series 'trade\.total\.chn-ruz'.*Did you mean trade\.total\.chn-rus"
    ):
        recipes.derive(record, "x", made)


def test_circles_and_repeated_names_are_refused(tmp_path):
    with pytest.raises(AmurError, match="is made from itself: x <- y <- x"):
        book(tmp_path, body(input='"y"'), body(series='"y"', input='"x"'))
    with pytest.raises(AmurError, match="is already on line 2"):
        book(tmp_path, body(), body())


def test_a_name_of_the_record_or_an_unknown_topic_is_found_by_the_check(record, tmp_path):
    taken = book(tmp_path, body(series='"trade.total.chn-rus"', input='"trade.exports.chn-rus"'))
    with pytest.raises(AmurError, match="already has a series of this name"):
        recipes.check(record, taken)
    lost = book(tmp_path, body(input='"trade.total.chn-rus"', topic='"trades"'))
    with pytest.raises(AmurError, match="no topic 'trades'.*Did you mean trade"):
        recipes.check(record, lost)


@pytest.mark.parametrize(
    "text", ["[[recipe]\n", 'x = 1\n[[recipe]]\nseries = "a"\n', '[recipe]\nseries = "a"\n']
)
def test_what_is_not_a_file_of_recipes_is_one_error(tmp_path, text):
    path = tmp_path / "r.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AmurError, match=r"r\.toml"):
        recipes.read(path)


def test_an_unknown_series_offers_derived_names_too(record):
    with pytest.raises(AmurError, match=r"trade\.total\.chn-rus\.spliced"):
        record.timeseries("trade.total.chn-rus.splice")
