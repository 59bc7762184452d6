"""Diagnostics on runs made by hand: what is known must come out."""

import sys

import numpy as np
import pytest

from amur.conditioning import diagnosed, diagnostics
from amur.conditioning.condition import BEFORE
from amur.conditioning.coordinates import coordinates, draws
from amur.conditioning.evidence import FITTED, evidence
from amur.conditioning.posterior import Posterior
from amur.conditioning.result import Conditioned, Stage
from amur.conditioning.weights import Weights
from amur.errors import AmurError
from amur.system.parameters import NAMES

MEMBERS = 512


def made_up(seed=1, shift=0.0, narrow=1.0):
    """A run whose posterior is its prior, but for the first parameter."""
    through = coordinates()
    prior = draws(MEMBERS, seed, through)
    after = prior.copy()
    after[0] = shift + narrow * after[0]
    stages = (
        Stage("1992", -3.0, (1.0,), 0.8, 0.9, 0.75, 0.2, 0.5),
        Stage("1993", -5.0, (0.4, 1.0), 0.4, 0.6, 0.65, 0.2, 0.7),
    )
    points = np.stack([prior, prior, after]).astype(np.float16)
    posterior = Posterior((BEFORE, "1992", "1993"), points, through)
    return Conditioned(
        "made-up", ("1992", "1993"), np.array([-3.0, -5.0]), {}, stages, posterior, seed, MEMBERS
    )


def test_health_names_the_worst_year():
    told = diagnostics.health(made_up())
    assert (told.ess, told.worst, told.unique, told.temperatures) == (0.4, "1993", 0.6, 3)
    assert told.acceptance == pytest.approx(0.7)
    assert [row["temperatures"] for row in diagnostics.stages(made_up())] == [1, 2]


def test_what_has_no_stages_has_no_health():
    with pytest.raises(AmurError, match="not sampled"):
        diagnostics.health(made_up()._replace(stages=()))


def test_contraction_is_the_share_of_variance_that_went():
    found = diagnostics.contraction(made_up(narrow=0.5))
    assert found[NAMES[0]] == pytest.approx(0.75, abs=0.05)
    assert np.median([abs(value) for value in found.values()]) < 0.1
    before = diagnostics.contraction(made_up(narrow=0.5), "1992")
    assert before[NAMES[0]] == pytest.approx(0, abs=0.25)


@pytest.mark.parametrize(("value", "word"), [(0.9, "data-driven"), (0.3, "informed"), (0.05, "prior-driven"), (-0.2, "prior-driven")])  # fmt: skip
def test_contraction_in_words(value, word):
    assert diagnostics.word(value) == word


def test_runs_that_agree_and_runs_that_do_not():
    same = diagnostics.agreement([made_up(1), made_up(2), made_up(3)])
    assert max(same.values()) < 1.03
    moved = diagnostics.agreement([made_up(1), made_up(2, shift=1.0)])
    assert moved[NAMES[0]] > 1.1
    spread = diagnostics.agreement([made_up(1), made_up(2, narrow=0.3)])
    assert spread[NAMES[0]] > 1.1  # seen by the folded ranks alone
    with pytest.raises(AmurError, match="one run"):
        diagnostics.agreement([made_up()])


def test_rhat_is_that_of_arviz():
    arviz = pytest.importorskip("arviz_stats")
    chains = np.random.default_rng(1).normal(size=(4, 200, 3)) + np.arange(4)[:, None, None] * 0.1
    ours = diagnostics.rhat(chains)
    for place in range(3):
        theirs = float(arviz.rhat(chains[..., place], method="rank"))
        assert ours[place] == pytest.approx(theirs, abs=2e-3)


def test_a_run_goes_to_arviz():
    pytest.importorskip("arviz_base")
    seen = evidence()
    drawn = {name: np.ones((len(seen.shown[name]), MEMBERS)) for name in FITTED}
    tree = diagnostics.to_datatree(made_up(), seen, drawn)
    assert {"posterior", "prior", "posterior_predictive", "observed_data", "sample_stats"} <= set(tree.children)
    assert tree["posterior"]["trust_gain"].dims == ("chain", "draw")
    assert tree["posterior_predictive"]["exports_rus_chn"].dims == ("chain", "draw", "year")
    assert float(tree["observed_data"]["exports_rus_chn"].sel(year="2024")) == pytest.approx(
        seen.shown["exports_rus_chn"][-2]
    )
    assert tree["sample_stats"]["ess"].sel(stage="1993") == 0.4


def test_without_arviz_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "arviz_base", None)
    with pytest.raises(AmurError, match="arviz"):
        diagnostics.to_datatree(made_up(), evidence(), {})


def test_weights_of_those_with_parameters_sum_to_one():
    of = Weights(("a", "persistence", "b"), ("2001",), np.array([[0.2, 0.5, 0.3]]), np.array([0.25, 0.5, 0.25]))
    mixed = diagnosed.mixture(of, ("a", "b"))
    np.testing.assert_allclose(mixed.values, [[0.4, 0.6]])
    np.testing.assert_allclose(mixed.start, [0.5, 0.5])


def test_diagnostics_survive_their_file(tmp_path, monkeypatch):
    monkeypatch.setattr(diagnosed, "FILE", tmp_path / "diagnostics.json")
    check = diagnosed.Check("agreement", 3, 0.5, 0.9, 0.4, 1.0, float("nan"), (0.1, 0.5, 0.7))
    contraction = {"alliance": dict.fromkeys(NAMES, 0.25)}
    agreement = (diagnosed.Agreement("alliance", 3, 1.2, "trust_gain", 0.1),)
    made = diagnosed.Diagnosed("stamp", 512, contraction, agreement, (check,))
    diagnosed.publish(made)
    again = diagnosed.published()
    diagnosed.published.cache_clear()
    assert again.contraction == contraction
    assert again.agreement == agreement
    assert np.isnan(again.checks[0].ahead_p)
    assert again.checks[0].pits == check.pits
    assert again.mean_contraction()["trust_gain"] == 0.25
