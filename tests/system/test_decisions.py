"""What Beijing and Moscow choose in named situations: base rates, steepness, directions, and quantal response.

The odds are read off one step from a state written down here; nothing of the mechanisms is called.
The first member of every run has each prior's median, the others are draws.
"""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pygambit
import pytest
from numpy.typing import NDArray

from amur.system.decisions import (
    OPTIONS,
    Answer,
    Decisions,
    Kremlin,
    Leverage,
    Sanctions,
    Secondary,
    Support,
    Taiwan,
    Treaty,
    Ukraine,
    Zhongnanhai,
)
from amur.system.declare import MECHANISMS
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.lines import lines
from amur.system.model import GIVEN, Model, places
from amur.system.parameters import Parameters, draw, middle
from amur.system.start import initial
from amur.system.state import State
from amur.system.step import Quarter, contributions, log_odds, odds, step

type Numbers = NDArray[np.float64]

DRAWS = 300
OTHER = Model(
    equations={
        "support-decision.collapse_calls_for_rescue": "P12",
        "leverage-decision.dependence_is_not_obedience": "G17",
    }
)
# The world of 2025, rounded.
WORLD = {
    "oil_price": 68, "gas_price": 12, "world_trade": 24500, "gdp_chn": 19400, "gdp_wst": 50000, "gdp_sou": 40000,
    "growth_chn": 5, "price_level_rus": 1000, "exports_chn": 3700, "imports_chn": 2600, "trade_chn_wst": 1400,
    "oil_supply_rus": 240, "coal_supply_rus": 190, "food_supply_rus": 70, "gas_west_capacity": 100,
    "oil_demand_chn": 560, "gas_demand_chn": 180, "coal_demand_chn": 500, "food_demand_chn": 150, "oil_cas": 10,
    "gas_cas": 45, "transition": 0.3, "malacca_open": 1, "hormuz_open": 1, "opensea_open": 1, "stress_chn": 1,
    "stress_rus": 1, "democracy_chn": 0.04, "democracy_rus": 0.06, "population_rfe": 8, "population_chn": 1405,
    "age_rus": 73, "age_chn": 72, "western_coordination": 0.6,
}  # fmt: skip
# The relationship of 2025: given quantities as coded, the others judged.
BOND = {
    "rivalry_usa_chn": 3, "rivalry_wst_rus": 4, "threat_chn": 0.65, "threat_rus": 0.8, "cohesion_wst": 0.6,
    "europe_tie": 0.3, "trust_rus": 0.3, "trust_chn": 0.3, "cover": 0.6, "assertiveness": 0.68, "reform": 0.2,
    "orientation": 0.4, "capture": 0.3, "autonomy_worry": 0.45, "collapse": 0.03, "momentum": 0.4,
    "fiscal_strain": 0.5, "war_capacity": 0.6, "leverage_chn": 0.5, "single_buyer": 0.14, "west_over_rus": 6,
    "dependence_rus": 0.33, "rear_chn": 0.25, "orders_chn": 100, "orders_ind": 1300, "orders_vnm": 50,
    "orders_oth": 1500, "share_oil_wst": 0.05, "share_raw_wst": 0.15,
}  # fmt: skip
CHOICES = {
    "support": Support.DUAL_USE, "ukraine": Ukraine.FULL, "taiwan": Taiwan.COERCION, "treaty": Treaty.FRIENDSHIP,
    "sanctions": Sanctions.COMPREHENSIVE, "secondary": Secondary.BANKS,
}  # fmt: skip
# The quiet years around 2005: no confrontation, a poor and careful China.
QUIET = {
    "rivalry_usa_chn": 0, "rivalry_wst_rus": 1, "threat_chn": 0.25, "cover": 0.15, "assertiveness": 0.1,
    "orientation": -0.4, "capture": 0.1, "autonomy_worry": 0.3, "collapse": 0, "momentum": 0, "leverage_chn": 0.05,
    "single_buyer": 0, "west_over_rus": 20, "dependence_rus": 0.09, "rear_chn": 0.1,
}  # fmt: skip
QUIET_WORLD = {"gdp_chn": 2290, "gdp_wst": 25000, "growth_chn": 11, "trade_chn_wst": 430, "transition": 0.02}
QUIET_CHOICES = dict.fromkeys(("support", "ukraine", "taiwan", "sanctions", "secondary"), 0)


@pytest.fixture(scope="module")
def p() -> Parameters:
    medians, draws = middle(), draw(DRAWS, seed=5)._asdict()  # type: ignore[attr-defined]
    both = {name: jnp.concatenate([jnp.full(1, medians[name]), draws[name]]) for name in medians}
    return Parameters(**both)


def placed(p: Parameters, state: dict[str, float], was: dict[str, int]) -> State:
    """A state with the values named, everything else as in 1992."""
    one = jnp.ones_like(p.trust_gain)
    codes = dict.fromkeys(OPTIONS, 0) | {name: int(option) for name, option in was.items()}
    now = initial(p)._replace(**{name: one * value for name, value in state.items()})
    return now._replace(was=Decisions(**{name: (one * code).astype(jnp.int32) for name, code in codes.items()}))


def quarter(outside: dict[str, float], off: tuple[str, ...] = ()) -> Quarter:
    """One quarter of that world with nothing fixed, the mechanisms named switched off."""
    strength = np.ones(len(MECHANISMS), np.float32)
    strength[[places()[name] for name in off]] = 0
    return Quarter(
        outside=jnp.asarray([outside.get(name, 0.0) for name in Forcings._fields], jnp.float32),
        fixed=jnp.full(len(OPTIONS), -1),
        given=jnp.full(len(GIVEN), jnp.nan),
        stages=jnp.full(len(lines().names), jnp.nan),
        strength=jnp.asarray(strength),
        cut=jnp.ones(len(CUTTABLE)),
        add=jnp.zeros(len(CUTTABLE)),
        at=jnp.asarray(0),
    )


def chances(
    p: Parameters,
    state: dict[str, float] | None = None,
    was: dict[str, int] | None = None,
    world: dict[str, float] | None = None,
    off: tuple[str, ...] = (),
    model: Model | None = None,
) -> dict[str, Numbers]:
    """Probabilities (options, members) of this quarter's choices in 2025 with the differences named."""
    now = placed(p, {**BOND, **(state or {})}, {**CHOICES, **(was or {})})
    one = quarter({**WORLD, **(world or {})}, off)
    return {
        name: np.exp(np.asarray(each, float))
        for name, each in of_quarter(model or Model(), now, p, one).items()
    }


@partial(jax.jit, static_argnums=0)
def of_quarter(model: Model, now: State, p: Parameters, one: Quarter) -> Any:
    """The log odds of the quarter's step; all else that the step computes is left out when compiled."""
    return step(model, now, p, one)[1]


def a_year(quarterly: Any) -> Any:
    """The chance within a year of what has this chance within a quarter."""
    return 1 - (1 - np.asarray(quarterly)) ** 4


def test_base_rates_of_2025(p: Parameters) -> None:
    now = chances(p)
    lethal, war = a_year(now["support"][Support.LETHAL]), a_year(now["taiwan"][Taiwan.WAR])
    blockade, demand = a_year(now["taiwan"][Taiwan.BLOCKADE]), a_year(now["leverage"][Leverage.DEMAND])
    assert 0.003 < lethal[0] < 0.02
    assert lethal.mean() < 0.03
    assert 0.001 < war[0] < 0.01
    assert war.mean() < 0.02
    assert 0.001 < blockade[0] < 0.01
    assert blockade.mean() < 0.02
    assert 0.001 < demand[0] < 0.02
    assert 0.01 < now["leverage"][Leverage.SQUEEZE, 0] < 0.15
    assert 0.02 < now["answer"][Answer.STRATEGIC, 0] < 0.12
    assert now["answer"][Answer.DEFY, 0] > 0.75
    assert now["support"][Support.DUAL_USE, 0] > 0.9
    assert 0.05 < now["taiwan"][Taiwan.CRISIS, 0] < 0.3


def test_quiet_years_stay_quiet(p: Parameters) -> None:
    quiet = chances(p, QUIET, QUIET_CHOICES, QUIET_WORLD)
    for name, option in (("support", Support.NEUTRAL), ("leverage", Leverage.FORBEAR), ("taiwan", Taiwan.CALM)):
        assert quiet[name][option, 0] > 0.98, name
        assert quiet[name][option].mean() > 0.97, name
    assert a_year(quiet["taiwan"][Taiwan.WAR]).mean() < 1e-3
    assert a_year(quiet["support"][Support.LETHAL]).mean() < 1e-3


def test_confrontation_brings_help_within_a_few_years(p: Parameters) -> None:
    year_2014 = {
        "rivalry_usa_chn": 2,
        "rivalry_wst_rus": 3,
        "collapse": 0,
        "leverage_chn": 0.15,
        "west_over_rus": 12,
    }
    world = {"gdp_chn": 10500, "trade_chn_wst": 1170, "growth_chn": 7.4}
    was = {"support": Support.NEUTRAL, "ukraine": Ukraine.LOW, "secondary": Secondary.NONE}
    first = chances(p, year_2014, was, world)["support"][:, 0]
    helping = {**was, "support": Support.POLITICAL}
    later = chances(p, year_2014, helping, world)["support"][:, 0]
    assert first[Support.POLITICAL] > 0.05
    assert first[Support.DUAL_USE] < 0.01
    assert later[Support.NEUTRAL] < 0.03


def test_full_war_brings_dual_use_goods(p: Parameters) -> None:
    words = {"support": Support.POLITICAL, "secondary": Secondary.ENTITIES}
    war = chances(p, was=words)["support"][Support.DUAL_USE, 0]
    peace = chances(p, was={**words, "ukraine": Ukraine.PEACE})["support"][Support.DUAL_USE, 0]
    assert war > 0.05
    assert peace < war / 20


def test_weapons_only_when_collapse_is_near(p: Parameters) -> None:
    at = np.linspace(0, 1, 11)
    lethal = np.array([chances(p, {"collapse": near})["support"][Support.LETHAL] for near in at])
    median = lethal[:, 0]
    assert np.all(np.diff(lethal, axis=0) > -1e-6)
    assert median[4] < 2 * median[0], "little happens on the first 40 percent of the way"
    assert median[-1] > 0.2
    assert median[-1] > 50 * median[0]
    steps = np.diff(np.log(median))
    assert steps[5:8].sum() > 0.6 * steps.sum(), "most of the rise falls between 0.5 and 0.8"


def test_other_equation_sends_goods_first(p: Parameters) -> None:
    words = {"support": Support.POLITICAL}
    more = {
        model: np.divide(
            *(chances(p, {"collapse": near}, words, model=model)["support"] for near in (0.35, 0.0))
        )
        for model in (Model(), OTHER)
    }
    assert more[Model()][Support.DUAL_USE, 0] < 1.1, "imminent collapse alone calls for rescue"
    assert more[OTHER][Support.DUAL_USE, 0] > 1.5, "danger counts from the start"


def test_secondary_sanctions_deter_weapons(p: Parameters) -> None:
    for collapse in (0.0, 1.0):
        lethal = np.array(
            [
                chances(p, {"collapse": collapse}, {"secondary": level})["support"][Support.LETHAL]
                for level in Secondary
            ]
        )
        assert np.all(np.diff(lethal, axis=0) < 0)
    # They deter more where the West stands together.
    loose = chances(p, {"cohesion_wst": 0.1})["support"][Support.LETHAL]
    united = chances(p, {"cohesion_wst": 0.9})["support"][Support.LETHAL]
    assert np.all(united < loose)


def test_western_trade_and_europe_hold_back(p: Parameters) -> None:
    now = chances(p)["support"][Support.LETHAL]
    assert np.all(chances(p, world={"trade_chn_wst": 300})["support"][Support.LETHAL] > now)
    assert np.all(chances(p, {"europe_tie": 0.8})["support"][Support.LETHAL] < now)


def test_slowdown_raises_worth_of_partner(p: Parameters) -> None:
    words = {"support": Support.POLITICAL}
    fast, slow = (chances(p, was=words, world={"growth_chn": growth})["support"] for growth in (9, 1))
    assert np.all(slow[Support.NEUTRAL] < fast[Support.NEUTRAL])
    assert np.all(slow[Support.DUAL_USE] > fast[Support.DUAL_USE])


def test_beijing_waits_for_the_battlefield(p: Parameters) -> None:
    words = {"support": Support.POLITICAL}
    open_war = chances(p, {"momentum": 0.0}, words)["support"][Support.DUAL_USE, 0]
    won = chances(p, {"momentum": 0.9}, words)["support"][Support.DUAL_USE, 0]
    assert won > 1.2 * open_war


def test_leverage_and_assertiveness_bring_pressure(p: Parameters) -> None:
    for option in (Leverage.SQUEEZE, Leverage.DEMAND):
        weak, strong = (chances(p, {"leverage_chn": at})["leverage"][option] for at in (0.1, 0.8))
        careful, hard = (chances(p, {"assertiveness": at})["leverage"][option] for at in (0.1, 0.9))
        safe, pressed = (chances(p, {"threat_chn": at})["leverage"][option] for at in (0.1, 0.9))
        assert strong[0] > weak[0]
        assert hard[0] > 2 * careful[0]
        assert safe[0] > pressed[0]


def test_arms_for_rivals_invite_a_demand(p: Parameters) -> None:
    few, many = ({"orders_ind": n, "orders_vnm": n / 10} for n in (50, 4000))
    assert np.all(chances(p, many)["leverage"][Leverage.DEMAND] > chances(p, few)["leverage"][Leverage.DEMAND])


def test_squeezes_end(p: Parameters) -> None:
    squeezed = {"leverage": Leverage.SQUEEZE}
    going = chances(p, was=squeezed)["leverage"][Leverage.SQUEEZE]
    given = chances(p, was={**squeezed, "answer": Answer.COMMERCIAL})["leverage"][Leverage.SQUEEZE]
    assert np.all(given < going)
    assert 0.6 < going[0] < 0.95
    # Moscow takes a squeeze as business.
    answer = chances(p, was=squeezed)["answer"]
    assert answer[Answer.COMMERCIAL, 0] > 0.15
    assert answer[Answer.STRATEGIC, 0] < 0.12


def test_dependence_buys_terms_before_politics(p: Parameters) -> None:
    strategic = {
        model: np.array(
            [chances(p, {"leverage_chn": at}, model=model)["answer"][:, 0] for at in (0.0, 0.4, 0.9)]
        )
        for model in (Model(), OTHER)
    }
    default, other = strategic[Model()], strategic[OTHER]
    assert default[2, Answer.STRATEGIC] < default[0, Answer.STRATEGIC], "the nuclear floor"
    assert default[2, Answer.COMMERCIAL] > default[0, Answer.COMMERCIAL]
    assert other[1, Answer.STRATEGIC] > 1.2 * default[1, Answer.STRATEGIC]
    assert other[2, Answer.STRATEGIC] > 1.5 * default[2, Answer.STRATEGIC]


def test_money_moves_terms_more_than_strategy(p: Parameters) -> None:
    easy, strained = (chances(p, {"fiscal_strain": at})["answer"] for at in (0.0, 1.0))
    terms = np.log(strained[Answer.COMMERCIAL] / easy[Answer.COMMERCIAL])
    strategy = np.log(strained[Answer.STRATEGIC] / easy[Answer.STRATEGIC])
    assert np.mean(terms > strategy) > 0.98
    assert np.median(terms) > 0.3


def test_succession_comes_with_age(p: Parameters) -> None:
    off = ("succession.failure_ends_rule",)
    for decision, age in (("kremlin", "age_rus"), ("zhongnanhai", "age_chn")):
        leaves = {
            years: a_year(1 - chances(p, world={age: years, "stress_chn": 0}, off=off)[decision][0, 0])
            for years in (50, 65, 73, 85)
        }
        assert leaves[50] < leaves[65] < leaves[73] < leaves[85]
        assert leaves[65] == pytest.approx(0.03, abs=0.01)
        assert leaves[73] == pytest.approx(0.05, abs=0.015)
        assert leaves[85] == pytest.approx(0.12, abs=0.04)


def test_defeat_and_stress_shorten_rule(p: Parameters) -> None:
    now = chances(p)["kremlin"][Kremlin.INCUMBENT]
    assert np.all(chances(p, {"collapse": 0.9})["kremlin"][Kremlin.INCUMBENT] < now)
    assert np.all(chances(p, world={"stress_rus": 3})["kremlin"][Kremlin.INCUMBENT] < now)


@pytest.mark.parametrize("decision", ["kremlin", "zhongnanhai"])
def test_successors_stay(p: Parameters, decision: str) -> None:
    for successor in (1, 2):
        stays = chances(p, was={decision: successor}, world={"age_rus": 90, "age_chn": 90})[decision][successor]
        assert a_year(1 - stays).max() < 0.005


def test_what_successors_are_like(p: Parameters) -> None:
    def western(**state: float) -> Numbers:
        odds = chances(p, state)["kremlin"]
        return odds[Kremlin.WESTERN] / (odds[Kremlin.WESTERN] + odds[Kremlin.EASTERN])

    assert 0.25 < western()[0] < 0.6
    assert np.all(western(orientation=-0.4) > western())
    assert np.all(western(dependence_rus=0.7, autonomy_worry=0.9) > western())
    assert np.all(western(capture=0.9) < western())
    # What kind comes does not change whether one comes.
    either = [1 - chances(p, {"orientation": at})["kremlin"][Kremlin.INCUMBENT] for at in (-0.8, 0.8)]
    np.testing.assert_allclose(either[0], either[1], rtol=1e-2)
    calm, pressed = (chances(p, {"threat_chn": at})["zhongnanhai"] for at in (0.1, 0.9))
    assert np.all(pressed[Zhongnanhai.ASSERTIVE] > calm[Zhongnanhai.ASSERTIVE])


def test_causes_of_force_in_the_strait(p: Parameters) -> None:
    now = chances(p)["taiwan"][Taiwan.WAR]
    assert np.all(chances(p, {"rear_chn": 0.9})["taiwan"][Taiwan.WAR] > now)
    assert np.all(chances(p, world={"trade_chn_wst": 4000})["taiwan"][Taiwan.WAR] < now)
    assert chances(p, {"assertiveness": 1.0, "rivalry_usa_chn": 4})["taiwan"][Taiwan.WAR][0] > 3 * now[0]
    assert chances(p, was={"taiwan": Taiwan.CRISIS})["taiwan"][Taiwan.WAR][0] > now[0]
    assert chances(p, was={"taiwan": Taiwan.WAR})["taiwan"][Taiwan.WAR][0] > 0.3


def test_detente_brings_calm(p: Parameters) -> None:
    calm = chances(p, {"rivalry_usa_chn": 0})["taiwan"][Taiwan.CALM, 0]
    assert calm > 0.2
    assert calm > 10 * chances(p)["taiwan"][Taiwan.CALM, 0]


def test_ukraine_hardly_moves_taiwan(p: Parameters) -> None:
    war, peace = (chances(p, was={"ukraine": at})["taiwan"][Taiwan.WAR] for at in (Ukraine.FULL, Ukraine.PEACE))
    assert 0.7 < war[0] / peace[0] < 1.6
    assert np.any(war > peace)
    assert np.any(war < peace)


def game_chances(payoffs: Numbers, precision: float) -> Numbers:
    """The logit response of one player with these payoffs."""
    game = pygambit.Game.from_arrays(payoffs)
    (only,) = game.players
    found = pygambit.qre.logit_solve_lambda(game, lam=precision)[0].profile
    return np.array([found[strategy] for strategy in only.strategies])


@pytest.mark.parametrize("decision", ["support", "leverage", "answer", "taiwan"])
def test_choices_are_logit_quantal_responses(p: Parameters, decision: str) -> None:
    """The model's chances are those that Gambit finds for one player with the utilities that the motives give."""
    one = quarter(WORLD)
    now = placed(p, BOND, CHOICES)
    utilities, _ = contributions(Model(), "motive", (now, Forcings(*one.outside), p), one.strength, {}, one.at)
    present = int(CHOICES.get(decision, 0))
    precision = float(getattr(p, f"precision_{decision}")[0])
    terms = [f"{decision}__{option.name.lower()}" for option in OPTIONS[decision]]
    payoffs = np.array([np.ravel(utilities.get(term, jnp.zeros(1)))[0] for term in terms], float)
    payoffs[present] += float(getattr(p, f"inertia_{decision}")[0])
    np.testing.assert_allclose(chances(p)[decision][:, 0], game_chances(payoffs, precision), atol=1e-4)


@pytest.mark.parametrize("precision", [0.5, 1.0, 2.0])
def test_two_players_answer_each_other(precision: float) -> None:
    """At Gambit's logit equilibrium of a game of two, each side's chances are our response to the other's."""
    rng = np.random.default_rng(3)
    beijing, moscow = rng.normal(0, 1, (2, 3, 3))
    game = pygambit.Game.from_arrays(beijing, moscow)
    profile = pygambit.qre.logit_solve_lambda(game, lam=precision)[0].profile
    presses, yields = (
        np.array([profile[strategy] for strategy in player.strategies]) for player in game.players
    )
    expected = {"leverage": beijing @ yields, "answer": presses @ moscow}
    utilities: Any = {
        f"{decision}__{option.name.lower()}": jnp.full(1, value)
        for decision, values in expected.items()
        for option, value in zip(OPTIONS[decision], values, strict=True)
    }
    table: Any = SimpleNamespace(
        **{f"precision_{name}": jnp.full(1, precision) for name in OPTIONS},
        **{f"inertia_{name}": jnp.zeros(1) for name in OPTIONS},
    )
    was = Decisions(*(jnp.zeros(1, jnp.int32) for _ in OPTIONS))
    ours = {name: np.exp(np.asarray(each)) for name, each in odds(log_odds(was, utilities, table)).items()}
    np.testing.assert_allclose(ours["leverage"][:, 0], presses, atol=1e-4)
    np.testing.assert_allclose(ours["answer"][:, 0], yields, atol=1e-4)
