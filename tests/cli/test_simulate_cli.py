"""The commands simulate and scenarios."""

from __future__ import annotations

import pytest


def test_scenarios_are_listed_and_shown(run):
    assert "taiwan-war" in run("scenarios", "list", "taiwan").out
    shown = run("scenarios", "show", "succession")
    assert shown.code == 0
    assert "[[interventions]]" in shown.out
    told = run("scenarios", "show", "wedge-offer", "--json").json()
    assert told["kind"] == "lever"
    assert told["interventions"][0]["decision"] == "wedge"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("scenarios", "show", "taiwan-wars"), "taiwan-war"),
        (("simulate", "--scenario", "taiwan-wars"), "taiwan-war"),
        (("simulate", "--members", "0"), "members"),
        (("simulate", "--members", "many"), "--members"),
        (("simulate", "--until", "2001-Q1"), "until"),
        (("simulate", "--keep", "oil_prize"), "oil_price"),
        (("simulate", "--save", "futures.xlsx"), ".nc"),
        (("simulate", "--resume"), "--save"),
        (("simulate", "--interventions", "nowhere.toml"), "nowhere.toml"),
        (("simulate", "--endstates", "nowhere.toml"), "nowhere.toml"),
        (("simulate", "--scenario", ""), "empty"),
        (("simulate", "--seed", "-1"), "seed"),
        (("simulate", "--precision", "16"), "precision"),
        (("simulate", "--start", "2046"), "start"),
        (("simulate", "--annual", "--until", "2030-Q3"), "annual"),
        (("simulate", "--observables", "oil_chn"), "--save"),
        (("simulate", "--observables", "oil_chm", "--save", "futures.zarr"), "oil_chn"),
    ],
)
def test_a_fault_of_the_input_is_one_line_and_code_2(run, words, says):
    ran = run(*words)
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_the_table_shows_the_baseline_and_its_twins(run):
    words = ("simulate", "--members", "64", "--until", "2026-Q4", "--scenario", "without-the-west")
    ran = run(*words)
    assert ran.code == 0, ran.err
    assert "baseline" in ran.out
    assert "without-the-west" in ran.out
    told = run(*words, "--json").json()
    assert told["quarters"] == ["2026-Q4"]
    shares = told["endstates"]["baseline"]["2026-Q4"]
    assert sum(shares.values()) == pytest.approx(1)
    trade = told["quantities"]["exports_rus_chn"]["baseline"]["2026-Q4"]
    assert trade["low"] <= trade["median"] <= trade["high"]
    assert told["quantities"]["coordination"]["without-the-west less baseline"]["2026-Q4"]["median"] < 0
    assert told["turns"]["banks"]["without-the-west"]["2026-Q4"] == 0
    assert all(0 <= told["turns"][turn]["baseline"]["2026-Q4"] <= 1 for turn in told["turns"])
    by = told["turns_by_endstate"]["baseline"]
    assert sum(each["share"] for each in by.values()) == pytest.approx(1)
    assert max(map(len, ran.out.splitlines())) <= 100
