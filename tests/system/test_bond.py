"""The bond between the two: trust, rival, kinship, leaders, autonomy, the treaty and arms behave as claimed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from amur.system.decisions import (
    OPTIONS,
    Answer,
    Kremlin,
    Leverage,
    Risk,
    Support,
    Taiwan,
    Treaty,
    Ukraine,
    Zhongnanhai,
)
from amur.system.declare import MECHANISMS
from amur.system.history import history
from amur.system.model import DECISIONS, GIVEN, Model
from amur.system.parameters import PARAMETERS, draw
from amur.system.state import QUANTITIES
from amur.system.step import choose, log_odds, odds

GROUPS = {
    "trust",
    "espionage",
    "common-rival",
    "regime-affinity",
    "leaders",
    "status",
    "cover",
    "symbolism",
    "autonomy",
    "divergence",
    "ambiguity",
    "elite-capture",
    "arms-market",
}
OUTSIDE = {
    "democracy_chn": 0.04,
    "democracy_rus": 0.06,
    "gdp_chn": 18700.0,
    "gdp_wst": 48000.0,
    "gdp_sou": 41000.0,
    "espionage": 0.0,
    "exposure": 0.0,
}
# As it stood at the end of 2025, by the record's reading.
TODAY = {
    "trust_rus": 0.3,
    "trust_chn": 0.35,
    "coordination": 0.6,
    "integration": 0.4,
    "border_worry": 0.15,
    "threat_chn": 0.75,
    "threat_rus": 1.0,
    "autonomy_worry": 0.5,
    "divergence": 0.58,
    "europe_tie": 0.2,
    "west_over_rus": 6.0,
    "dependence_rus": 0.36,
    "leverage_chn": 0.45,
    "chn_capital": 15.0,
    "bond": 0.8,
    "rhetoric": 0.45,
}
P = SimpleNamespace(**{name: float(each.prior.quantile(np.array(0.5))) for name, each in PARAMETERS.items()})


def codes(**given: int) -> SimpleNamespace:
    """Decisions, all at their first option but those given."""
    return SimpleNamespace(**(dict.fromkeys(OPTIONS, 0) | given))


def state(was: SimpleNamespace | None = None, **given: float) -> Any:
    """A state, at its start of 1992 but for what is given."""
    values = {
        n: float(q.start) for n, q in QUANTITIES.items() if q.kind != "lines" and not isinstance(q.start, str)
    }
    return SimpleNamespace(**(values | given), was=was or codes())


def outside(**given: float) -> Any:
    """The world outside, as of 2025 but for what is given."""
    return SimpleNamespace(**(OUTSIDE | given))


def change(name: str, now: Any, chosen: Any = None, world: Any = None, p: Any = P) -> dict[str, float]:
    """What one mechanism contributes."""
    made = MECHANISMS[name]
    reads = (
        (now, world or outside(), p)
        if made.stage == "motive"
        else (now, chosen or codes(), world or outside(), p)
    )
    return {key: float(np.asarray(value)) for key, value in made.function(*reads).items()}


def test_trust_is_lost_faster_by_demands_than_by_price_and_price_faster_than_it_is_won() -> None:
    now = state(**TODAY)
    won = change("trust.forbearance_builds_trust", now)["trust_rus"]
    price = change("trust.pressure_costs_trust", now, codes(leverage=Leverage.SQUEEZE))["trust_rus"]
    demand = change("trust.pressure_costs_trust", now, codes(leverage=Leverage.DEMAND))["trust_rus"]
    assert 0 < won < -price < -demand
    assert change("trust.pressure_costs_trust", now)["trust_rus"] == 0


def test_a_war_begun_surprises_once() -> None:
    first = change("trust.surprises_cost_trust", state(codes(risk=Risk.PROBING)), codes(risk=Risk.WAR))
    later = change("trust.surprises_cost_trust", state(codes(risk=Risk.WAR)), codes(risk=Risk.WAR))
    sealed = change("trust.surprises_cost_trust", state(), codes(taiwan=Taiwan.BLOCKADE))
    assert first["trust_chn"] < 0 == first["trust_rus"]
    assert later["trust_chn"] == 0
    assert sealed["trust_rus"] < 0 == sealed["trust_chn"]


def test_asks_are_unmet_only_in_full_war_and_less_with_more_support() -> None:
    unmet = [
        change("trust.unmet_asks_cost_trust", state(), codes(ukraine=Ukraine.FULL, support=s))["trust_rus"]
        for s in Support
    ]
    assert unmet[0] < unmet[1] < unmet[2] < unmet[3] == 0
    assert change("trust.unmet_asks_cost_trust", state(), codes(ukraine=Ukraine.FROZEN))["trust_rus"] == 0


def test_exposure_costs_both_trust_and_nothing_without_it() -> None:
    told = change("trust.exposure_costs_trust", state(), world=outside(exposure=1.0))
    assert told["trust_rus"] < 0
    assert told["trust_chn"] < 0
    assert set(change("trust.exposure_costs_trust", state()).values()) == {0.0}


def test_the_kremlin_takes_spying_more_calmly_than_beijing() -> None:
    hurt = change("espionage.spying_costs_trust", state(alarm=1.0, trust_rus=0.2, trust_chn=0.2))
    assert hurt["trust_chn"] < hurt["trust_rus"] < 0


def test_yielding_to_a_demand_is_resented_and_status_soothes() -> None:
    demanded = codes(leverage=Leverage.DEMAND, answer=Answer.STRATEGIC)
    assert change("trust.yielding_is_resented", state(resentment=0.0), demanded)["resentment"] > 0
    assert change("trust.yielding_is_resented", state(resentment=0.5))["resentment"] < 0
    assert change("status.status_wins_goodwill", state(resentment=0.5))["resentment"] < 0


def test_threat_adds_nothing_without_a_rival_and_amplifies_what_joins() -> None:
    name = "common-rival.threat_draws_together"
    assert set(change(name, state(threat_chn=0.9, threat_rus=0.0)).values()) == {0.0}
    near = change(name, state(**TODAY))
    far = change(
        name, state(**TODAY | {"border_worry": 1.0, "dependence_rus": 0.0}), world=outside(democracy_rus=0.9)
    )
    assert near["coordination"] > 2 * far["coordination"] > 0


def test_by_r12_pressure_pushes_whatever_else_joins_them() -> None:
    made = MECHANISMS["common-rival.threat_draws_together"].rivals["R12"]
    near = made.function(state(**TODAY), codes(), outside(), P)
    far = made.function(state(**TODAY | {"border_worry": 1.0}), codes(), outside(democracy_rus=0.9), P)
    assert float(near["coordination"]) == float(far["coordination"]) > 0
    assert Model(equations={"common-rival.threat_draws_together": "R12"}).mechanisms("change")


def _balance(without: tuple[str, ...] = ()) -> float:
    """Coordination at which its ups and downs balance under the conditions of today."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        now = state(**TODAY | {"coordination": middle})
        rise = sum(
            change(name, now)["coordination"]
            for name, made in MECHANISMS.items()
            if made.group in GROUPS and "coordination" in made.signs and name not in without
        )
        low, high = (middle, high) if rise > 0 else (low, middle)
    return low


def test_inner_drivers_hold_coordination_up_without_the_west_though_lower() -> None:
    inner = tuple(
        n for n, m in MECHANISMS.items() if m.signs.get("coordination") == "+" and m.group != "common-rival"
    )
    full = _balance()
    alone = _balance(("common-rival.threat_draws_together",))
    threatened = _balance(inner)
    assert 0.3 < alone < full < 0.8
    assert threatened < alone


def test_the_bond_takes_years_and_goes_with_the_man() -> None:
    rulers = codes(kremlin=Kremlin.INCUMBENT, zhongnanhai=Zhongnanhai.INCUMBENT)
    bond, quarters = 0.0, 0
    while bond < 0.5:
        bond += change("leaders.years_together_make_a_bond", state(bond=bond), rulers)["bond"]
        quarters += 1
    assert 12 <= quarters <= 48
    gone = codes(kremlin=Kremlin.EASTERN, zhongnanhai=Zhongnanhai.INCUMBENT)
    for _ in range(8):
        bond += change("leaders.years_together_make_a_bond", state(bond=bond), gone)["bond"]
    assert bond < 0.1


def test_cover_needs_support_and_grows_with_the_risk_run() -> None:
    def cover(**chosen: int) -> float:
        return change("cover.cover_follows_support", state(cover=0.0), codes(**chosen))["cover"]

    assert cover(risk=Risk.WAR) == 0
    assert 0 < cover(support=Support.POLITICAL) < cover(support=Support.POLITICAL, risk=Risk.WAR)


def test_words_move_trade_by_a_tenth_at_the_very_most() -> None:
    p = draw(500, 5)
    moved = MECHANISMS["symbolism.words_move_little"].function(state(rhetoric=1.0), codes(), outside(), p)
    assert 0 < float(np.median(moved["pull_raw_chn"])) < 0.1
    assert float(np.quantile(moved["pull_raw_chn"], 0.9)) < 0.2


def test_nuclear_weapons_calm_the_worry_that_dependence_brings() -> None:
    def worry(comfort: float, on: float) -> float:
        p = SimpleNamespace(**vars(P) | {"nuclear_comfort": comfort})
        now = state(dependence_rus=on, leverage_chn=0.0)
        return change("autonomy.dependence_worries_moscow", now, p=p)["autonomy_worry"]

    assert worry(0.4, 0.6) > worry(0.4, 0.1)
    assert worry(0.9, 0.6) < worry(0.1, 0.6)


def test_own_wars_divide_and_linked_plans_spare_friction() -> None:
    assert change("divergence.own_wars_divide", state())["divergence"] == 0
    assert change("divergence.own_wars_divide", state(), codes(risk=Risk.WAR))["divergence"] > 0
    apart, linked = (
        change("divergence.projects_in_the_sphere", state(eurasia=e))["divergence"] for e in (0.0, 1.0)
    )
    assert apart > 0 == linked


def test_a_guarantee_would_rally_the_west_and_weld_the_forces() -> None:
    sworn = change("ambiguity.alliance_rallies_the_west", state(**TODAY), codes(treaty=Treaty.GUARANTEE))
    assert sworn["cohesion_wst"] > 0 > sworn["europe_tie"]
    assert sworn["integration"] > 0
    assert set(
        change("ambiguity.alliance_rallies_the_west", state(), codes(treaty=Treaty.FRIENDSHIP)).values()
    ) == {0.0}


def _treaty(now: Any, seed: int = 3) -> np.ndarray:
    """Mean yearly chance over the prior of each treaty from the one in force."""
    p = draw(2000, seed)
    wanted: dict[str, Any] = {}
    for made in MECHANISMS.values():
        if made.stage == "motive" and any(name.startswith("treaty__") for name in made.signs):
            for name, value in made.function(now, outside(), p).items():
                wanted[name] = wanted.get(name, 0.0) + value
    utilities = {name: jnp.broadcast_to(value, (2000,)) for name, value in wanted.items()}
    each = np.exp(np.asarray(odds(log_odds(now.was, utilities, p))["treaty"])).mean(axis=1)
    return np.asarray(1 - (1 - each) ** 4)


def test_today_a_guarantee_is_rare_a_lapse_rarer_than_one_in_a_hundred() -> None:
    chance = _treaty(state(codes(treaty=Treaty.FRIENDSHIP, risk=Risk.WAR, taiwan=Taiwan.CRISIS), **TODAY))
    assert 0.001 < chance[Treaty.GUARANTEE] < 0.02
    assert chance[Treaty.NONE] < 0.01


def test_war_of_the_other_makes_a_guarantee_less_likely_and_threat_more() -> None:
    at_war = _treaty(state(codes(treaty=Treaty.FRIENDSHIP, risk=Risk.WAR), **TODAY))
    at_peace = _treaty(state(codes(treaty=Treaty.FRIENDSHIP), **TODAY))
    calm = _treaty(state(codes(treaty=Treaty.FRIENDSHIP), **TODAY | {"threat_chn": 0.1}))
    tied = _treaty(state(codes(treaty=Treaty.FRIENDSHIP), **TODAY | {"europe_tie": 1.0, "west_over_rus": 20.0}))
    assert at_war[Treaty.GUARANTEE] < at_peace[Treaty.GUARANTEE]
    assert calm[Treaty.GUARANTEE] < at_peace[Treaty.GUARANTEE]
    assert tied[Treaty.GUARANTEE] < at_peace[Treaty.GUARANTEE]


def test_a_treaty_was_slow_to_come_in_the_nineties() -> None:
    early = state(
        coordination=0.22, border_worry=0.6, trust_rus=-0.05, trust_chn=-0.05, threat_chn=0.25, threat_rus=0.05
    )
    chance = _treaty(early)
    assert 0.02 < chance[Treaty.FRIENDSHIP] < 0.5
    assert chance[Treaty.GUARANTEE] < 0.01


def test_demands_cut_arms_to_rivals_only_if_moscow_yields() -> None:
    name = "arms-market.beijing_vetoes_its_rivals_arms"
    cut = change(name, state(), codes(leverage=Leverage.DEMAND, answer=Answer.STRATEGIC))
    assert cut["orders_ind"] < 0
    assert cut["orders_vnm"] < 0
    assert set(change(name, state(), codes(leverage=Leverage.DEMAND)).values()) == {0.0}
    assert set(change(name, state(), codes(answer=Answer.STRATEGIC)).values()) == {0.0}


@pytest.fixture(scope="module")
def path() -> dict[str, np.ndarray]:
    """The group's own quantities through history under the prior, what other groups move as it roughly was."""
    quarters, labels = history()
    year = np.array([int(label[:4]) + (int(label[-1]) - 1) / 4 for label in labels])
    roughly = {
        "border_worry": ([1992, 2001, 2008, 2015], [0.6, 0.55, 0.3, 0.17]),
        "grievance": ([1992, 2025], [0.35, 0.3]),
        "casia_friction": ([1992, 2025], [0.05, 0.25]),
        "dependence_rus": ([1992, 2005, 2014, 2021, 2023], [0.05, 0.06, 0.12, 0.18, 0.34]),
        "leverage_chn": ([1992, 2008, 2021, 2023], [0.02, 0.05, 0.2, 0.45]),
        "chn_capital": ([1992, 2005, 2015, 2025], [0.1, 2, 9, 16]),
    }
    members = 100
    p = draw(members, 7)
    values = {
        n: jnp.full(members, float(q.start))
        for n, q in QUANTITIES.items()
        if q.kind != "lines" and not isinstance(q.start, str)
    }
    made = [m for m in MECHANISMS.values() if m.group in GROUPS and m.stage == "change"]
    was = codes(kremlin=Kremlin.WESTERN, zhongnanhai=Zhongnanhai.CAREFUL)
    kept: dict[str, list[np.ndarray]] = {}
    from amur.system.forcings import Forcings

    fixed, given, world = (np.asarray(part) for part in (quarters.fixed, quarters.given, quarters.outside))
    for t, at in enumerate(year):
        values |= {name: jnp.full(members, np.interp(at, *points)) for name, points in roughly.items()}
        values |= {
            name: jnp.full(members, v) for name, v in zip(GIVEN, given[t], strict=True) if np.isfinite(v)
        }
        chosen = SimpleNamespace(**dict(zip(DECISIONS, fixed[t], strict=True)))
        now = SimpleNamespace(**values, was=was)
        total: dict[str, Any] = {}
        for each in made:
            for name, value in each.function(now, chosen, Forcings(*world[t]), p).items():
                total[name] = total.get(name, 0.0) + value
        for name, value in total.items():
            if name in values:
                values[name] = jnp.clip(values[name] + value, QUANTITIES[name].low, QUANTITIES[name].high)
        was = chosen
        for name in values:
            kept.setdefault(name, []).append(np.asarray(values[name]))
    return {name: np.stack(each) for name, each in kept.items()} | {"year": year}


ANCHORS = [
    ("coordination", 1993, 0.2, 0.1),
    ("coordination", 2008, 0.45, 0.12),
    ("coordination", 2020, 0.65, 0.12),
    ("integration", 2005, 0.05, 0.05),
    ("integration", 2018, 0.25, 0.08),
    ("integration", 2025, 0.4, 0.1),
    ("orders_chn", 2004, 2700, 700),
    ("orders_chn", 2012, 650, 550),
    ("orders_chn", 2024, 100, 150),
    ("orders_ind", 2017, 1300, 500),
    ("orders_ind", 2024, 450, 250),
    ("orders_vnm", 2013, 700, 350),
    ("orders_vnm", 2024, 10, 120),
]


@pytest.mark.parametrize(("name", "year", "anchor", "off"), ANCHORS)
def test_history_under_the_prior_runs_near_the_record(
    path: dict[str, np.ndarray], name: str, year: int, anchor: float, off: float
) -> None:
    inside = (path["year"] >= year) & (path["year"] < year + 1)
    values = path[name][inside].mean(axis=0)
    assert abs(np.median(values) - anchor) < off
    assert np.quantile(values, 0.9) - np.quantile(values, 0.1) > 0.1 * off


def test_words_cooled_after_2022_and_alarm_rose_from_2020(path: dict[str, np.ndarray]) -> None:
    def at(name: str, year: float) -> float:
        return float(np.median(path[name][np.searchsorted(path["year"], year)]))

    assert at("rhetoric", 2021.75) > at("rhetoric", 2023.25)
    assert at("alarm", 2025.75) > at("alarm", 2019.75) + 0.1
    assert at("divergence", 2025.75) > at("divergence", 2020) + 0.05


def test_choices_of_treaty_follow_their_odds() -> None:
    """Without luck the likeliest option stays: friendship today."""
    now = state(codes(treaty=Treaty.FRIENDSHIP), **TODAY)
    p = draw(50, 1)
    wanted = {"treaty__friendship": jnp.full(50, 2.0), "treaty__guarantee": jnp.full(50, -2.0)}
    picked = choose(log_odds(now.was, wanted, p), np.full(len(OPTIONS), -1), None)
    assert set(np.asarray(picked.treaty).tolist()) == {Treaty.FRIENDSHIP}
