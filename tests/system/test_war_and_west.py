"""The war, Russia's economy, emboldening and Western policy: base rates of today, signs, and what is steep."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from amur.system.decisions import (
    OPTIONS,
    Decisions,
    Kremlin,
    Risk,
    Sanctions,
    Secondary,
    Support,
    Ukraine,
    Wedge,
)
from amur.system.declare import MECHANISMS, Mechanism
from amur.system.forcings import Forcings
from amur.system.parameters import Parameters, draw
from amur.system.start import initial
from amur.system.state import State
from amur.system.step import log_odds

MEMBERS = 200
TODAY: dict[str, float] = {
    "output_rus": 1.6, "fiscal_strain": 0.65, "war_capacity": 0.6, "momentum": 0.6, "aid_ukr": 82.0, "cohesion_wst": 0.66,
    "rivalry_usa_chn": 3.0, "rivalry_wst_rus": 4.0, "threat_rus": 0.8, "orientation": 0.3, "cover": 0.6, "status": 0.8,
    "assertiveness": 0.7, "energy_revenue": 190.0, "exports_rus_chn": 125.0, "exports_rus": 420.0, "imports_rus": 290.0,
    "import_budget": 290.0, "dualuse_chn": 4.0, "dependence_rus": 0.34, "tech_dependence": 0.5, "europe_tie": 0.2, "reform": 0.3,
}  # fmt: skip
WORLD: dict[str, float] = {
    "gdp_wst": 50_000.0, "gdp_chn": 19_000.0, "price_level_rus": 1_500.0, "trade_chn_wst": 1_350.0, "exports_chn": 3_700.0,
    "imports_chn": 2_600.0, "oil_price": 68.0, "western_coordination": 0.5, "stress_rus": 1.0,
}  # fmt: skip
CHOSEN: dict[str, int] = {
    "support": Support.DUAL_USE, "risk": Risk.WAR, "ukraine": Ukraine.FULL, "sanctions": Sanctions.COMPREHENSIVE,
    "secondary": Secondary.BANKS, "wedge": Wedge.OFFER, "kremlin": Kremlin.INCUMBENT,
}  # fmt: skip


@cache
def parameters() -> Parameters:
    """Draws as NumPy arrays, so that the mechanisms run at once and nothing is compiled."""
    return Parameters(*(np.asarray(values) for values in draw(MEMBERS, 7)))


@cache
def _start() -> State:
    return State(*(np.asarray(values) for values in initial(draw(MEMBERS, 7))[:-1]), was=decisions())


def decisions(**codes: int) -> Decisions:
    return Decisions(
        **{name: np.full(MEMBERS, (CHOSEN | codes).get(name, 0), np.int32) for name in Decisions._fields}
    )


def state(was: dict[str, int] | None = None, **values: float) -> State:
    numbers = {name: np.full(MEMBERS, value, np.float32) for name, value in (TODAY | values).items()}
    return _start()._replace(**numbers, was=decisions(**(was or {})))


def world(**values: float) -> Forcings:
    return Forcings(*(np.float32((WORLD | values).get(name, 0.0)) for name in Forcings._fields))


def odds_of(
    decision: str, was: dict[str, int] | None = None, outside: dict[str, float] | None = None, **values: float
) -> np.ndarray:
    """Mean chance per quarter of each option, by the motives of this decision alone."""
    now, about = state(was, **values), world(**(outside or {}))
    total: dict[str, Any] = {}
    for made in MECHANISMS.values():
        if made.stage == "motive" and any(name.startswith(f"{decision}__") for name in made.signs):
            for name, value in made.function(now, about, parameters()).items():
                total[name] = total.get(name, 0.0) + value
    logits = np.stack(np.broadcast_arrays(*log_odds(now.was, total, parameters())[decision]))
    chances = np.exp(logits - logits.max(axis=0))
    return np.asarray((chances / chances.sum(axis=0)).mean(axis=1))


def change(
    mechanism: str,
    name: str,
    chosen: dict[str, int] | None = None,
    was: dict[str, int] | None = None,
    outside: dict[str, float] | None = None,
    **values: float,
) -> float:
    """The median contribution of a mechanism to a quantity."""
    return _median(
        MECHANISMS[mechanism], name, state(was, **values), decisions(**(chosen or {})), world(**(outside or {}))
    )


def total(
    name: str,
    chosen: dict[str, int] | None = None,
    was: dict[str, int] | None = None,
    outside: dict[str, float] | None = None,
    **values: float,
) -> float:
    """What all mechanisms of these groups together do to a quantity."""
    groups = {"war", "economy", "emboldening", "western-policy", "coalition", "rivalry"}
    reads = state(was, **values), decisions(**(chosen or {})), world(**(outside or {}))
    ours = [made for made in MECHANISMS.values() if made.group in groups and made.stage == "change"]
    return sum(_median(made, name, *reads) for made in ours if name in made.signs)


def _median(made: Mechanism, name: str, now: State, chosen: Decisions, outside: Forcings) -> float:
    value = made.function(now, chosen, outside, parameters())[name]
    return float(np.median(np.broadcast_to(np.asarray(value), (MEMBERS,))))


def a_year(quarterly: float) -> float:
    return 1 - (1 - quarterly) ** 4


def test_full_war_ends_at_a_tenth_to_a_quarter_a_year_now() -> None:
    chances = odds_of("ukraine")
    assert 0.08 < a_year(1 - chances[Ukraine.FULL]) < 0.25
    assert chances[Ukraine.PEACE] < 1e-6
    assert chances[Ukraine.LOW] < 1e-6


@pytest.mark.parametrize(
    ("was", "cannot"),
    [
        (Ukraine.PEACE, (Ukraine.FROZEN, Ukraine.CEASEFIRE)),
        (Ukraine.FROZEN, (Ukraine.CEASEFIRE,)),
        (Ukraine.LOW, (Ukraine.PEACE,)),
        (Ukraine.FULL, (Ukraine.PEACE, Ukraine.LOW)),
    ],
)
def test_impossible_turns_do_not_happen(was: Ukraine, cannot: tuple[Ukraine, ...]) -> None:
    for risk in Risk:
        chances = odds_of("ukraine", {"ukraine": was, "risk": risk})
        assert max(chances[each] for each in cannot) < 1e-5


def test_a_decision_for_war_is_carried_out_and_is_rare() -> None:
    frozen = {"ukraine": Ukraine.FROZEN, "risk": Risk.PROBING, "sanctions": Sanctions.SECTORAL}
    assert odds_of("ukraine", frozen | {"risk": Risk.WAR})[Ukraine.FULL] > 0.25
    assert a_year(odds_of("ukraine", frozen)[Ukraine.FULL]) < 0.03
    assert 0.002 < a_year(odds_of("risk", frozen, momentum=0.0, fiscal_strain=0.4)[Risk.WAR]) < 0.06


def test_a_standstill_strain_and_offers_bring_a_truce_nearer() -> None:
    base = odds_of("ukraine")[Ukraine.CEASEFIRE]
    assert odds_of("ukraine", momentum=0.0)[Ukraine.CEASEFIRE] > base
    assert odds_of("ukraine", fiscal_strain=0.9)[Ukraine.CEASEFIRE] > base
    assert odds_of("ukraine", {"wedge": Wedge.NONE})[Ukraine.CEASEFIRE] < base


def test_cover_means_and_a_divided_west_embolden() -> None:
    calm = {"ukraine": Ukraine.PEACE, "risk": Risk.RESTRAINED, "sanctions": Sanctions.NONE}
    quiet = {
        "momentum": 0.0,
        "threat_rus": 0.3,
        "orientation": 0.0,
        "fiscal_strain": 0.4,
        "cover": 0.1,
        "cohesion_wst": 0.7,
    }

    def probing(was: dict[str, int] | None = None, **values: float) -> float:
        return float(odds_of("risk", calm | (was or {}), **(quiet | values))[Risk.PROBING])

    base = probing()
    assert probing(cover=0.9) > 1.2 * base
    assert probing(fiscal_strain=0.9) < base
    assert probing(cohesion_wst=0.2) > base
    assert probing({"sanctions": Sanctions.COMPREHENSIVE}) < base
    assert probing({"kremlin": Kremlin.WESTERN}) < 0.5 * base


def test_sanctions_follow_war_and_outlast_it() -> None:
    sectoral = {"sanctions": Sanctions.SECTORAL}
    assert odds_of("sanctions", sectoral)[Sanctions.COMPREHENSIVE] > 0.2
    assert (
        a_year(
            1
            - odds_of("sanctions", {"ukraine": Ukraine.CEASEFIRE, "risk": Risk.PROBING})[
                Sanctions.COMPREHENSIVE
            ]
        )
        < 0.25
    )
    peace = {"sanctions": Sanctions.NONE, "ukraine": Ukraine.PEACE, "risk": Risk.RESTRAINED}
    assert a_year(1 - odds_of("sanctions", peace, cohesion_wst=0.4)[Sanctions.NONE]) < 0.05


def test_large_banks_are_struck_rarely_and_sooner_over_arms_than_over_parts() -> None:
    now = odds_of("secondary")[Secondary.LARGE_BANKS]
    arms = odds_of("secondary", {"support": Support.LETHAL})[Secondary.LARGE_BANKS]
    assert a_year(now) < 0.03
    assert arms > 2 * now
    assert odds_of("secondary", outside={"trade_chn_wst": 300.0})[Secondary.LARGE_BANKS] > 2 * now


def test_collapse_is_steep_in_both_its_causes() -> None:
    def rise(**values: float) -> float:
        return change("war.armies_collapse_at_once", "collapse", **({"collapse": 0.0} | values))

    beaten = rise(momentum=-0.8, war_capacity=0.2)
    assert beaten > 0.25
    assert rise(momentum=-0.8, war_capacity=0.5) < 0.02 * beaten
    assert rise(momentum=-0.2, war_capacity=0.2) < 0.05 * beaten
    assert rise(momentum=-0.8, war_capacity=0.2, chosen={"ukraine": Ukraine.FROZEN}) == 0
    assert rise(momentum=0.6, war_capacity=0.6, collapse=0.5) < 0


def test_a_cut_off_russia_can_be_driven_to_collapse_and_chinas_supply_averts_it() -> None:
    names = ("war_capacity", "momentum", "collapse")

    def after_ten_years(support: int, **values: float) -> float:
        now, chosen, outside = state(None, collapse=0.0, **values), decisions(support=support), world()
        ours = [made for made in MECHANISMS.values() if made.group == "war" and made.stage == "change"]
        for _ in range(40):
            moved = {name: getattr(now, name) for name in names}
            for made in ours:
                change = made.function(now, chosen, outside, parameters())
                for name in set(names) & set(change):
                    moved[name] = moved[name] + change[name]
            now = now._replace(**{name: np.asarray(value) for name, value in moved.items()})
        return float(np.mean(now.collapse))

    ruined = {"output_rus": 1.1, "fiscal_strain": 0.92, "aid_ukr": 250.0, "dualuse_chn": 0.0}
    assert after_ten_years(Support.NEUTRAL) < 0.01
    assert after_ten_years(Support.NEUTRAL, **ruined) > 0.15
    assert after_ten_years(Support.LETHAL, **ruined) < 0.05


def test_the_front_turns_with_aid_and_arms() -> None:
    front = "war.the_front_follows_strength"
    assert change(front, "momentum", aid_ukr=0.0) > change(front, "momentum", aid_ukr=200.0)
    assert change(front, "momentum", chosen={"ukraine": Ukraine.CEASEFIRE}, momentum=0.5) < 0
    rear = "war.china_is_the_rear_of_the_war"
    base = change(rear, "war_capacity")
    assert change(rear, "war_capacity", chosen={"support": Support.LETHAL}) > 2 * base > 0
    assert change(rear, "war_capacity", dualuse_chn=0.0) == 0


def test_sales_to_china_pay_for_the_war() -> None:
    ours = "economy.sales_to_china_keep_the_regime"
    assert change(ours, "fiscal_strain") < 0
    assert change(ours, "fiscal_strain", exports_rus_chn=0.0) == 0
    lost = 125.0 / 420.0
    assert total(
        "fiscal_strain", energy_revenue=190.0 * (1 - lost), exports_rus_chn=0.0, exports_rus=295.0
    ) > total("fiscal_strain")


def test_output_falls_with_crises_sanctions_cut_imports_and_lost_exports() -> None:
    base = total("output_rus")
    assert total("output_rus", outside={"stress_rus": 3.0}) < base - 0.02
    assert total("output_rus", imports_rus=150.0) < base
    assert total("output_rus", energy_revenue=90.0) < base
    assert total("output_rus", chosen={"sanctions": Sanctions.NONE}) > base
    assert total("output_rus", dependence_rus=0.05, tech_dependence=0.05) < base
    assert abs(base) / 1.6 < 0.02


def test_war_unites_the_west_and_offers_divide_it() -> None:
    begun = total(
        "cohesion_wst",
        was={"ukraine": Ukraine.FROZEN, "wedge": Wedge.NONE},
        chosen={"wedge": Wedge.NONE},
        cohesion_wst=0.5,
    )
    assert begun > 0.15
    assert total("cohesion_wst") < total("cohesion_wst", chosen={"wedge": Wedge.NONE})
    assert total("cohesion_wst", chosen={"ukraine": Ukraine.PEACE, "risk": Risk.RESTRAINED}) < 0


def test_one_lever_alone_gives_no_synergy_and_three_give_more_than_their_pairs_apart() -> None:
    def joint(**levers: float) -> float:
        chosen = {"sanctions": Sanctions.NONE}
        return change(
            "western-policy.levers_reinforce",
            "pull_dualuse",
            chosen,
            outside={"western_coordination": 1.0} | levers,
        )

    assert joint(link_controls=1.0) == 0
    assert joint(exposure=1.0) == 0
    pair = joint(link_controls=1.0, exposure=1.0)
    assert pair < 0
    assert joint(link_controls=1.0, exposure=1.0, production_controls=1.0) < 2.5 * pair
    assert joint(link_controls=1.0, exposure=1.0, western_coordination=0.0) == 0


def test_support_in_war_and_exposed_transfers_cost_china_europe() -> None:
    cost = "coalition.support_costs_europe"
    levels = [change(cost, "europe_tie", {"support": level}) for level in Support]
    assert levels[0] == 0
    assert levels == sorted(levels, reverse=True)
    assert change(cost, "europe_tie", {"support": Support.NEUTRAL}, outside={"exposure": 1.0}) < 0


def test_rivalries_rest_where_the_record_has_them() -> None:
    assert total("rivalry_usa_chn", rivalry_usa_chn=4.0) < 0 < total("rivalry_usa_chn", rivalry_usa_chn=2.0)
    assert total("rivalry_wst_rus", rivalry_wst_rus=2.5) > 0
    peace = {"ukraine": Ukraine.PEACE, "risk": Risk.RESTRAINED, "sanctions": Sanctions.NONE}
    assert total("rivalry_wst_rus", peace) < 0


def test_every_option_of_the_wests_decisions_has_a_motive() -> None:
    written = {name for made in MECHANISMS.values() if made.stage == "motive" for name in made.signs}
    for decision in ("risk", "ukraine", "sanctions", "secondary", "wedge"):
        options = list(OPTIONS[decision])[1:]
        assert {f"{decision}__{option.name.lower()}" for option in options} <= written
