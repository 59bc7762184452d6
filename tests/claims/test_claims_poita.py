"""Claims of the essay on what each side wants (P), tried on the model: twins that differ in one thing each."""

import pytest
import worlds

from amur.system.interventions import Cut, Force, Hold, Line

FULL = Force("ukraine", "full")
NEAR_COLLAPSE = (Force("ukraine", "full"), Hold("collapse", 0.9))
LAST = "2036-Q4"
LINKS = (
    "kazakh-transit", "kazakh-transit-more", "kazakh-transit-extra", "espo-spur", "espo-second-line",
    "power-of-siberia",
)  # fmt: skip


@pytest.fixture(scope="module")
def base():
    return worlds.futures()


def lethal(*interventions, at="2027-Q4", **named):
    return worlds.odds("support", "lethal", *interventions, at=at, **named)


def test_p2_threats_of_sanctions_deter_weapons():
    """P2: where weapons tempt Beijing most, each rung of secondary sanctions lowers their chance."""
    none, threat, struck = (
        lethal(*NEAR_COLLAPSE, Force("secondary", rung)) for rung in ("none", "threatened", "large-banks")
    )
    assert none > threat > struck
    assert lethal(Force("secondary", "none")) > 3 * lethal(Force("secondary", "large-banks"))


def test_p2_economic_reason_outweighs_ideology():
    """P2: without kinship the chance of weapons hardly falls; without threats and markets to lose it multiplies."""
    usual = lethal()
    without_kinship = lethal(off="support-decision.kinship_counts_a_little")
    without_reason = lethal(
        off=("support-decision.sanctions_deter", "support-decision.western_markets_hold_back")
    )
    assert without_kinship > usual / 2
    assert without_reason > 5 * usual


@pytest.fixture(scope="module")
def war():
    return worlds.futures(FULL)


@pytest.fixture(scope="module")
def war_unpaid():
    return worlds.futures(FULL, *(Cut(f"{fuel}_chn", 1.0) for fuel in ("oil", "gas", "coal", "lng")))


def test_p7_sales_to_china_keep_the_war_going(war, war_unpaid):
    """P7: cut off from Chinese buyers, Russia's budget is strained more and its means of war shrink."""
    assert worlds.effect(war_unpaid, war, "energy_revenue", "2029-Q4") < -30
    assert worlds.effect(war_unpaid, war, "fiscal_strain", "2029-Q4") > 0.02
    assert worlds.effect(war_unpaid, war, "war_capacity", "2029-Q4") < -0.01
    assert worlds.effect(war_unpaid, war, "momentum", "2029-Q4") < 0


def test_p7_even_at_a_discount(war, war_unpaid):
    """P7: what a squeeze on the price takes from the war chest is a small part of what losing the sale would take."""
    squeezed = worlds.futures(FULL, Force("leverage", "squeeze"))
    assert worlds.effect(squeezed, war, "crude_concession", "2029-Q4") > 0.3
    given_away = worlds.effect(squeezed, war, "fiscal_strain", "2029-Q4")
    unsold = worlds.effect(war_unpaid, war, "fiscal_strain", "2029-Q4")
    assert 0 < given_away < 0.2 * unsold


def test_p8_dependence_does_not_make_a_puppet(base):
    """P8: with dependence at a third of its trade Moscow rarely gives way in matters of strategy, or ends a vassal."""
    assert worlds.mean(base, "dependence_rus", "2026-Q1") > 0.3
    assert worlds.share(base, "answer", "strategic", slice(None)) < 0.1
    assert worlds.share(base, "answer", "defy", slice(None)) > 0.5
    meanings = base.endstate.attrs["flag_meanings"].split()
    assert float((base.endstate == meanings.index("vassalage")).mean()) < 0.05


def test_p8_autonomy_keeps_the_bond_loose(base):
    """P8: a Moscow indifferent to its autonomy would join forces further and swear a guarantee far more often."""
    indifferent = worlds.futures(off="autonomy")
    assert worlds.effect(indifferent, base, "integration", LAST) > 0.1
    assert worlds.ever(indifferent, "treaty", "guarantee") > 4 * worlds.ever(base, "treaty", "guarantee")


def test_p8_more_dependence_means_more_worry():
    """P8: in the history in which the West closed, dependence is higher than in the one without, and so is worry."""
    was = worlds.history()
    open_west = worlds.history(Force("sanctions", "none", start="1992-Q1", end="2025-Q4"))
    assert worlds.effect(was, open_west, "dependence_rus", "2025-Q4") > 0.03
    assert worlds.effect(was, open_west, "autonomy_worry", "2025-Q4") > 0.01


def test_p9_full_war_united_the_west():
    """P9: in the history with the full war the West is far more united in 2023 than with the old frozen war."""
    was = worlds.history()
    frozen = worlds.history(
        Force("ukraine", "frozen", start="2022-Q1", end="2025-Q4"),
        Force("risk", "probing", start="2022-Q1", end="2025-Q4"),
    )
    assert worlds.effect(was, frozen, "cohesion_wst", "2023-Q4") > 0.15
    assert worlds.mean(was, "cohesion_wst", "2023-Q4") > 1.3 * worlds.mean(was, "cohesion_wst", "2021-Q4")


def test_p10_trust_is_short_of_an_alliance():
    """P10: at the trust there is, a guarantee is very unlikely; at the trust of allies it would be much likelier."""

    def guarantee(trust):
        return worlds.odds(
            "treaty", "guarantee", Hold("trust_chn", trust), Hold("trust_rus", trust), at="2028-Q4"
        )

    assert guarantee(0.0) < 0.01
    assert guarantee(-0.5) < guarantee(0.0) < guarantee(0.5) < guarantee(0.9)
    assert guarantee(0.9) > 3 * guarantee(0.0)


def test_p10_exposure_costs_beijing_in_europe_but_does_not_ruin_it(base):
    """P10: what leaks costs China standing in Europe and both their trust.

    Finding: under the base prior three years of exposures take some tenth of that standing; ruin it is not.
    """
    exposed = worlds.futures(scenario="expose")
    lost = -worlds.effect(exposed, base, "europe_tie", "2029-Q4") / worlds.mean(base, "europe_tie", "2029-Q4")
    assert 0.05 < lost < 0.5
    assert worlds.effect(exposed, base, "trust_chn", "2029-Q4") < -0.01


@pytest.mark.parametrize(("step", "now"), [("dual-use", "political"), ("lethal", "dual-use")])
def test_p11_beijing_waits_for_the_battlefield(step, now):
    """P11: Beijing goes further in its support when the front is decided, and least while it stands still."""
    chance = {
        front: worlds.odds("support", step, FULL, Force("support", now), Hold("momentum", front), at="2026-Q4")
        for front in (-0.9, 0.0, 0.9)
    }
    assert chance[0.0] < chance[-0.9]
    assert 1.3 * chance[0.0] < chance[0.9]


def test_p12_defeat_makes_a_dilemma(base):
    """P12: a losing Russia makes weapons many times likelier, sanctions hold them back, and most futures go without."""
    losing = lethal(scenario="russian-defeat", at="2028-Q4")
    unafraid = lethal(Force("secondary", "none"), scenario="russian-defeat", at="2028-Q4")
    struck = lethal(Force("secondary", "large-banks"), scenario="russian-defeat", at="2028-Q4")
    assert losing > 20 * lethal(at="2028-Q4")
    assert unafraid > 1.5 * losing > 1.5 * struck
    assert 0.1 < worlds.ever(worlds.futures(scenario="russian-defeat"), "support", "lethal") < 0.5


def test_p12_rescue_brings_sanctions_on_china():
    """P12: where Beijing arms the loser, secondary sanctions climb higher than where it sends goods only."""
    arms, goods = (
        worlds.futures(Force("support", level, start="2027-Q1"), scenario="russian-defeat")
        for level in ("lethal", "dual-use")
    )
    assert worlds.effect(arms, goods, "secondary", "2028-Q4") > 0.2
    assert worlds.effect(arms, goods, "europe_tie", "2028-Q4") < 0


def test_p15_a_treaty_raises_western_cohesion(base):
    """P15: tying the bond into a guarantee unites the West within two years, costs Europe and brings more sanctions."""
    sworn = worlds.futures(scenario="mutual-guarantee")
    assert worlds.effect(sworn, base, "cohesion_wst", "2030-Q4") > 0.08
    assert worlds.effect(sworn, base, "europe_tie", "2032-Q4") < -0.03
    later = slice("2030-Q1", LAST)
    assert worlds.mean(sworn, "secondary", later) > worlds.mean(base, "secondary", later)


def test_p16_a_shut_out_russia_deepens_its_rear():
    """P16: under sanctions Chinese plants come, food links are built and China can do more as Russia's rear."""
    shut, open_ = (
        worlds.futures(Force("sanctions", "comprehensive")),
        worlds.futures(Force("sanctions", "none")),
    )
    assert worlds.effect(shut, open_, "plants", LAST) > 0.1
    assert worlds.effect(shut, open_, "chn_food_overland", LAST) > 1
    assert worlds.effect(shut, open_, "rear_rus", LAST) > 0.05


def test_p16_gas_lines_come_of_the_lost_west_and_not_of_sanctions(base):
    """P16: without the push of idle western pipes fewer gas lines are built.

    Finding: sanctions by themselves slow the gas lines a little, since they withhold technology.
    """
    shut, open_ = (
        worlds.futures(Force("sanctions", "comprehensive")),
        worlds.futures(Force("sanctions", "none")),
    )
    unpushed = worlds.futures(off="infrastructure.the_cut_off_build_east")
    assert worlds.effect(base, unpushed, "gas_pipe_capacity", LAST) > 1
    assert -5 < worlds.effect(shut, open_, "gas_pipe_capacity", LAST) < 0


def test_p17_land_routes_lower_the_exposure_at_malacca(base):
    """P17: without the pipes from Russia more crude passes Malacca, and more is missing when it closes."""
    unlinked = tuple(Line(line, "cancelled") for line in LINKS)
    without = worlds.futures(*unlinked)
    assert worlds.effect(without, base, "chn_oil_malacca", "2029-Q4") > 20
    closed, closed_without = (
        worlds.futures(scenario="malacca-closure"),
        worlds.futures(*unlinked, scenario="malacca-closure"),
    )
    assert worlds.effect(closed_without, closed, "chn_oil_unmet", "2029-Q4") > 20
    assert worlds.effect(closed_without, closed, "chn_gas_unmet", "2029-Q4") > 10


def test_p18_russia_turns_into_the_rear():
    """P18: in a Taiwan war Russia turns gas and food to China and covers part of what the sea no longer brings."""
    switched = worlds.futures(scenario="role-switch")
    unmoved = worlds.futures(scenario="role-switch", off="rear.front_and_rear_switch")
    assert worlds.effect(switched, unmoved, "chn_gas_unmet", "2029-Q4") < -5
    assert worlds.effect(switched, unmoved, "chn_food_unmet", "2029-Q4") < -3
    assert worlds.effect(switched, unmoved, "lng_chn", "2029-Q4") > 5


def test_p18_a_closed_system_is_out_of_reach(base):
    """P18: the essay holds a closed system of the two possible; the model does not, by 2030.

    Finding: with the sea shut, Russia and Central Asia replace less than a fifth of the crude, half of the gas and a
    tenth of the food that came by sea or is needed.
    """
    shut = worlds.futures(scenario="role-switch")
    at = "2029-Q4"
    left = {good: worlds.mean(shut, f"chn_{good}_unmet", at) for good in ("oil", "gas", "food")}
    assert left["oil"] > 4 * worlds.mean(shut, "oil_chn", at)
    assert 0.5 < left["gas"] / worlds.mean(shut, "chn_gas_overland", at) < 2
    assert left["food"] > 5 * worlds.mean(shut, "chn_food_overland", at)


def test_p20_the_neutral_rear_is_spared():
    """P20: in a Taiwan war supply through Russia nearly holds; open to strikes it would lose a third and more."""
    spared = worlds.futures(scenario="taiwan-war")
    struck = worlds.futures(scenario="taiwan-war", off="rear.the_nuclear_rear_is_spared")
    peace = worlds.futures()
    at = "2029-Q4"
    for flow in ("oil_chn", "gas_chn"):
        assert worlds.mean(spared, flow, at) > 0.9 * worlds.mean(peace, flow, at)
        assert worlds.mean(struck, flow, at) < 0.75 * worlds.mean(spared, flow, at)
    assert worlds.effect(struck, spared, "chn_oil_unmet", at) > 5


def test_p21_hindered_links_keep_china_on_the_sea_but_little(base):
    """P21: measures against links leave less by land and more through Malacca.

    Finding: after ten years gas by land is some 4 percent less and crude through Malacca a tenth of a percent more:
    oil lines stand already and few more are planned.
    """
    hindered = worlds.futures(scenario="energy-links")
    assert (
        -0.1
        < worlds.effect(hindered, base, "chn_gas_overland", LAST) / worlds.mean(base, "chn_gas_overland", LAST)
        < -0.02
    )
    assert worlds.effect(hindered, base, "chn_food_overland", LAST) < 0
    assert worlds.effect(hindered, base, "rear_chn", LAST) < 0
    assert 0 < worlds.effect(hindered, base, "chn_oil_malacca", LAST) < 5


def test_p22_production_that_stays_home_is_missed(base):
    """P22: held-back transfers leave fewer Chinese plants in Russia, fewer dual-use goods and a weaker army."""
    held = worlds.futures(scenario="production-transfer")
    assert worlds.effect(held, base, "plants", LAST) < -0.03
    assert worlds.effect(held, base, "dualuse_chn", LAST) < 0
    assert worlds.effect(held, base, "war_capacity", LAST) < 0


def test_p23_exposure_weakens_trust(base):
    """P23: transfers made public, year after year, lower trust on both sides and bring sanctions on helpers."""
    exposed = worlds.futures(scenario="expose")
    for side in ("trust_rus", "trust_chn"):
        early, late = (worlds.effect(exposed, base, side, at) for at in ("2029-Q4", LAST))
        assert late < early < -0.01
    years = slice("2028-Q1", "2031-Q4")
    assert worlds.mean(exposed, "secondary", years) > worlds.mean(base, "secondary", years)
    assert worlds.effect(exposed, base, "dualuse_chn", "2029-Q4") < 0


@pytest.fixture(scope="module")
def levers(base):
    return {
        name: worlds.futures(scenario=name)
        for name in ("energy-links", "production-transfer", "expose", "coordination")
    } | {"joined": worlds.futures(Hold("western_coordination", 1.0, start="2027-Q1", ramp=3))}


@pytest.mark.parametrize(
    ("what", "times"), [("dualuse_chn", 1.05), ("tech_chn", 1.4), ("war_capacity", 1.4), ("momentum", 1.0)]
)
def test_p24_joint_levers_do_more_than_their_sum(base, levers, what, times):
    """P24: joint effect minus the sum of single effects, coordination itself among them, is a loss for Russia.

    In technology and the means of war the joint effect is half as large again and more, in dual-use goods a twelfth.
    """
    for at in ("2029-Q4", LAST):
        single = [
            worlds.effect(levers[name], base, what, at)
            for name in ("energy-links", "production-transfer", "expose", "joined")
        ]
        joint = worlds.effect(levers["coordination"], base, what, at)
        assert joint < times * sum(single) < 0


def test_p24_for_trust_levers_only_add_up(base, levers):
    """P24: in trust the joint effect is the sum of the single ones, no more.

    Finding: the levers reinforce each other in goods and arms; what exposure does to trust the others do not deepen.
    """
    single = sum(
        worlds.effect(levers[name], base, "trust_rus", LAST)
        for name in ("energy-links", "production-transfer", "expose", "joined")
    )
    joint = worlds.effect(levers["coordination"], base, "trust_rus", LAST)
    assert joint == pytest.approx(single, rel=0.2)


def surplus(what, off=()):
    """The joint effect of the levers beyond the sum of their single effects."""
    without = worlds.futures(off=off)
    single = [
        worlds.futures(scenario=name, off=off) for name in ("energy-links", "production-transfer", "expose")
    ] + [worlds.futures(Hold("western_coordination", 1.0, start="2027-Q1", ramp=3), off=off)]
    joint = worlds.effect(worlds.futures(scenario="coordination", off=off), without, what, LAST)
    return joint - sum(worlds.effect(each, without, what, LAST) for each in single)


def test_p24_the_surplus_rests_on_one_mechanism():
    """P24: what the joint levers do beyond their sum comes from their closing each other's gaps.

    Finding: without that mechanism, whose strength no record gives, next to nothing of the surplus is left.
    """
    for what in ("tech_chn", "war_capacity"):
        left = surplus(what, off="western-policy.levers_reinforce")
        assert abs(left) < 0.2 * -surplus(what)
