"""Observables: aligned to the record period by period, predicted in the record's units on a real run."""

from __future__ import annotations

from types import SimpleNamespace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from amur.record import load
from amur.record.coded.codings import codings
from amur.system import observe
from amur.system.decisions import OPTIONS
from amur.system.declare import PARAMETERS
from amur.system.history import history
from amur.system.observables import OBSERVABLES, odds_of, ratio, slowly
from amur.system.observe import KEEP, coverage, linked, observed, predict, replicate, years_of
from amur.system.parameters import draw
from amur.system.run import Setting, run
from amur.system.start import initial
from amur.system.state import QUANTITIES

MEMBERS = 3


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


@pytest.fixture(scope="module")
def shown(record) -> observe.Observed:
    return observed(record)


@pytest.fixture(scope="module")
def ran(record):
    quarters, labels = history(record)
    p = draw(MEMBERS, 5)
    path = run(Setting(keep=KEEP, motives=False), initial(p), p, quarters)
    return path, p, labels


@pytest.fixture(scope="module")
def predicted(ran):
    path, p, labels = ran
    return predict(path, p, labels)


def seen(shown: observe.Observed, name: str, period: str) -> float:
    along = shown.years if OBSERVABLES[name].frequency == "A" else shown.quarters
    return float(shown.values[name][along.index(period)])


def test_there_are_more_than_thirty_and_each_is_in_the_record(shown):
    fitted = [made for made in OBSERVABLES.values() if made.fitted]
    assert len(OBSERVABLES) >= 40
    assert len(fitted) >= 30
    for name, values in shown.values.items():
        assert np.isfinite(values).sum() >= 2, name


def test_every_observable_is_declared_in_full(record):
    for name, made in OBSERVABLES.items():
        assert made.title, name
        assert made.claims, name
        assert made.states, name
        assert set(made.states) <= set(QUANTITIES), name
        assert all(scale in PARAMETERS for scale in made.scales), name
        assert made.model in ("student", "count", "ordered"), name
        assert made.model == "ordered" or made.lasting in PARAMETERS, name
        assert made.gather in ("mean", "end"), name
        for series in made.series:
            unit = record.timeseries(series).unit
            assert unit, name
            if made.unit == "share":
                assert unit.startswith("percent"), name
    assert set(KEEP) == {state for made in OBSERVABLES.values() for state in made.states}


@pytest.mark.parametrize(
    ("name", "period", "value"),
    [
        ("exports_chn_rus", "2025", 103.309),
        ("exports_rus_chn", "1992", 3.512),
        ("oil_chn", "2023", 107.0),
        ("oil_europe", "2021", 112.45),
        ("gas_wst", "2024", 53.0),  # Europe without Türkiye 32, Türkiye 21
        ("gas_wst", "2008", 226.22),
        ("gas_chn", "2025", 38.8),
        ("concession", "2000-Q1", 2.3056),
        ("arms_chn", "2005", 3066.0),
        ("agreement", "1992", 0.2564),
        ("vetoes", "2019", 3.0),
        ("exercises", "2024", 4.0),
        ("patrols", "2024", 4.0),  # two in the air, two at sea
        ("yuan_share", "2023", 0.95),
        ("chn_capital", "2017", 13.87),
        ("stance", "2025-Q4", 3.0),
        ("opinion_friendly", "2024", 0.72),
    ],
)
def test_values_are_those_of_the_record_in_the_units_of_the_model(shown, name, period, value):
    assert seen(shown, name, period) == pytest.approx(value, rel=2e-3)


def test_real_output_is_built_from_growth(shown):
    growth = [seen(shown, "output", str(year)) for year in (2008, 2009)]
    assert growth[1] / growth[0] - 1 == pytest.approx(
        -0.05, abs=0.035
    )  # the line through mid-years blunts 2009
    assert seen(shown, "output", "1998") < 0.75 * seen(shown, "output", "1992")


def test_polls_of_a_year_are_averaged(shown, record):
    polls = record.timeseries("society.levada.china-good").points
    years = [point.period[:4] for point in polls]
    most = max(years, key=years.count)
    values = [point.value for point in polls if point.period[:4] == most]
    assert len(values) >= 2
    assert seen(shown, "opinion_good", most) == pytest.approx(np.mean(values) / 100)


def test_the_pandemic_is_left_out_of_meetings_alone(shown):
    assert np.isnan(seen(shown, "meetings", "2020"))
    assert np.isnan(seen(shown, "meetings", "2021"))
    assert seen(shown, "meetings", "2019") == 6
    assert seen(shown, "exercises", "2021") == 3


def test_a_cut_shows_nothing_of_later(record):
    before = observed(record.cut("2013-12-31"))
    assert before.years[-1] == "2013"
    assert before.quarters[-1] == "2013-Q4"
    assert np.isnan(seen(before, "exports_rus", "2013"))  # national figures come later
    assert np.isfinite(seen(before, "exports_rus", "2012"))
    for name, values in before.values.items():
        assert len(values) == (22 if OBSERVABLES[name].frequency == "A" else 88)
    assert not np.isfinite(before.values["gas_chn"]).any()


def test_decisions_are_seen_as_coded(shown, record):
    coded = codings(record)["china-support"].codes()
    assert shown.options["support"].tolist() == list(coded.values())
    assert set(shown.options) == set(observe.CATEGORIES)
    for name, category in observe.CATEGORIES.items():
        assert category.options == tuple(option.name.lower() for option in OPTIONS[name])


def test_predictions_have_the_shape_of_what_is_seen(predicted, shown):
    assert set(predicted) == set(shown.values)
    for name, value in predicted.items():
        assert value.shape == (len(shown.values[name]), MEMBERS), name
        assert np.isfinite(np.asarray(value)).all(), name


def test_predictions_stand_in_the_units_of_the_record(predicted, shown):
    """Shares lie in [0, 1], nothing else that is compared in logs or counts is negative, sizes are of the order seen."""
    for name, value in predicted.items():
        made, values = OBSERVABLES[name], np.asarray(value)
        if made.unit == "share":
            assert ((values >= 0) & (values <= 1)).all(), name
        if made.link in ("log", "count"):
            assert (values >= 0).all(), name
    for name in ("exports_rus", "imports_rus", "gas_wst", "exports_chn_rus", "output"):
        recorded = shown.values[name]
        there = np.isfinite(recorded)
        middle = np.median(np.asarray(predicted[name])[there] / recorded[there][:, None])
        assert 1 / 3 < middle < 3, name


def test_years_are_means_of_their_quarters_or_their_end(ran, predicted):
    path, _, labels = ran
    first = labels.index("2010-Q1")
    oil = np.asarray(path.kept["oil_chn"])[first : first + 4]
    assert np.allclose(predicted["oil_chn"][18], oil.mean(0), rtol=1e-5)
    assert np.allclose(predicted["chn_capital"][18], np.asarray(path.kept["chn_capital"])[first + 3], rtol=1e-5)
    assert np.allclose(
        predicted["concession"][first : first + 4], np.asarray(path.kept["crude_concession"])[first : first + 4]
    )


def test_a_ratio_is_that_of_the_flows(ran, predicted):
    path, _, labels = ran
    first = labels.index("2015-Q1")
    part, whole = (
        np.asarray(path.kept[name])[first : first + 4] for name in ("exports_rus_chn", "exports_rus")
    )
    assert np.allclose(predicted["share_exports_chn"][23], (part / whole).mean(0), rtol=1e-4)


def test_more_coordination_means_more_agreement_and_vetoes(ran):
    path, p, labels = ran
    more = {
        name: jnp.minimum(value + 0.2, 1) if name == "coordination" else value
        for name, value in path.kept.items()
    }
    here, there = predict(path.kept, p, labels), predict(more, p, labels)
    for name in here:
        moved = bool((np.asarray(here[name]) != np.asarray(there[name])).any())
        assert moved == (name in ("agreement", "vetoes")), name
    assert (there["agreement"] > here["agreement"]).all()
    assert (there["vetoes"] > here["vetoes"]).all()


def test_predictions_can_be_differentiated(ran):
    path, p, labels = ran

    def total(base):
        return predict(path.kept, p._replace(agree_base=base), labels)["agreement"].sum()

    slope = jax.grad(total)(p.agree_base)
    assert (np.asarray(slope) > 0).all()


def test_what_follows_slowly_is_half_way_after_the_time_it_takes_to():
    years = jnp.array([0.5, 2.0])
    risen = np.asarray(slowly(jnp.concatenate([jnp.zeros((1, 2)), jnp.ones((40, 2))]), years))
    np.testing.assert_allclose(risen[2], 1 - np.exp(-0.5 / np.asarray(years)), rtol=1e-5)
    np.testing.assert_allclose(slowly(jnp.full((9, 2), 0.3), years), 0.3, rtol=1e-6)


def test_influence_follows_trade_with_a_lag(ran):
    path, p, labels = ran
    change = labels.index("2015-Q1")
    more = {**path.kept}
    for name in ("exports_rus_chn", "exports_chn_rus"):
        more[name] = path.kept[name] * np.where(np.arange(len(labels)) < change, 1.0, 1.5)[:, None]
    odds = [odds_of(predict(each, p, labels)["influence"]) for each in (path.kept, more)]
    apart = np.asarray(odds[1] - odds[0])
    first = years_of(labels).index("2015")
    assert np.allclose(apart[:first], 0, atol=1e-5)
    assert (np.diff(apart[first - 1 :], axis=0) > -1e-4).all()
    np.testing.assert_allclose(apart[-1], np.asarray(p.influence_trade) * np.log(1.5), rtol=0.1)


def test_exercises_grow_with_integration_in_proportion(ran):
    path, p, labels = ran
    made = np.asarray(predict(path, p, labels)["exercises"])
    joined = np.asarray(path.kept["integration"]).reshape(-1, 4, MEMBERS).mean(axis=1)
    np.testing.assert_allclose(
        made, np.asarray(p.exercise_base) + np.asarray(p.exercise_integration) * joined, rtol=1e-4
    )


def test_a_path_that_starts_within_a_year_gives_whole_years_only(ran):
    path, p, labels = ran
    later = {name: value[2:13] for name, value in path.kept.items()}
    made = predict(later, p, labels[2:13])
    assert years_of(labels[2:13]) == ("1993", "1994")
    assert made["oil_chn"].shape == (2, MEMBERS)
    assert np.allclose(made["oil_chn"], predict(path, p, labels)["oil_chn"][1:3])


def test_the_scale_of_comparison_keeps_off_the_ends():
    oil, yuan = OBSERVABLES["oil_chn"], OBSERVABLES["yuan_share"]
    assert float(linked(oil, 0.0)) == pytest.approx(np.log(oil.floor))
    assert float(linked(oil, 20.0)) == pytest.approx(np.log(20))
    assert float(linked(yuan, 1.0)) == pytest.approx(np.log((1 - yuan.floor) / yuan.floor), rel=1e-4)
    assert np.isnan(float(linked(oil, np.nan)))
    assert np.isnan(float(linked(yuan, np.nan)))
    assert float(linked(OBSERVABLES["concession"], -3.0)) == -3.0


def test_replicates_scatter_about_the_prediction_as_declared():
    p = draw(4000, 3)
    flat = {
        "exports_rus": np.full((2, 4000), 300.0),
        "vetoes": np.full((2, 4000), 1.5),
        "stance": np.full((2, 4000), 50.0),
    }
    drawn = replicate(flat, p, 1)
    assert np.median(drawn["exports_rus"]) == pytest.approx(300, rel=0.02)
    assert drawn["vetoes"].mean() == pytest.approx(1.5, rel=0.05)
    assert set(np.unique(drawn["vetoes"])) <= set(map(float, range(30)))
    assert (drawn["stance"] == 4).all()
    same, other = replicate(flat, p, 1), replicate(flat, p, 2)
    assert np.array_equal(same["exports_rus"], drawn["exports_rus"])
    assert not np.array_equal(other["exports_rus"], drawn["exports_rus"])
    first, second = np.log(drawn["exports_rus"] / 300)
    assert np.corrcoef(first, second)[0, 1] > 0.4  # discrepancies last


def test_coverage_counts_what_lies_inside():
    drawn = np.tile(np.linspace(0, 100, 1001), (4, 1))
    share, many = coverage(np.array([50.0, 99.0, np.nan, 6.0]), drawn)
    assert many == 3
    assert share == pytest.approx(2 / 3)
    assert coverage(np.array([np.nan]), drawn[:1])[1] == 0


def test_coverage_by_name_counts_below_the_floor_as_the_floor():
    drawn = np.tile(np.linspace(5, 100, 1001), (1, 1))
    assert coverage(np.array([0.0]), drawn)[0] == 0
    assert coverage(np.array([0.0]), drawn, name="arms_vnm")[0] == 1  # 20 and less are as one
    assert coverage(np.array([500.0]), drawn, name="arms_vnm")[0] == 0


def test_predictions_compile(ran, predicted):
    path, p, labels = ran
    compiled = jax.jit(predict, static_argnums=2)(path.kept, p, labels)
    for name, value in predicted.items():
        assert np.allclose(compiled[name], value, rtol=1e-4, atol=1e-5), name


def test_odds_are_those_of_the_run():
    path = SimpleNamespace(odds={name: np.zeros((2, len(options), 3)) for name, options in OPTIONS.items()})
    made = observe.odds(path)
    assert made["support"].shape == (2, 4, 3)
    assert "kremlin" not in made


def test_helpers_are_finite_at_the_ends():
    assert float(ratio(jnp.float32(0), jnp.float32(0))) == 0
    assert np.isfinite(np.asarray(odds_of(jnp.array([0.0, 1.0])))).all()
    assert float(ratio(jnp.float32(1), jnp.float32(1), jnp.float32(3))) == 0.25
