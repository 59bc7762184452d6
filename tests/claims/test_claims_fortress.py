"""Claims of the essay on fortress Eurasia (T), tried on the model: with and without, more and less."""

import numpy as np
import pytest
from worlds import ever, futures, history, mean, odds, share

from amur.system.interventions import Change, Force, Hold, Scale

LATER = slice("2031-Q1", "2036-Q4")
COLLAPSE = slice(4, 8)  # 2027, the year of the scenario collapse-aid, in the odds of 2026 to 2029
CLOSED = (Force("sanctions", "comprehensive", start="2026-Q1"), Hold("embargo", 1.0, start="2026-Q1"))
OPEN = (Force("sanctions", "none", start="2026-Q1"), Hold("embargo", -0.8, start="2026-Q1"))


def ending(run, name, at="2036-Q4"):
    """The share of members in an end state."""
    code = run.endstate.attrs["flag_meanings"].split().index(name)
    return float((run.endstate.sel(quarter=at) == code).mean())


def western_trade(factor):
    return Change("trade_chn_wst", factor, start="2026-Q1")


def test_t4_the_less_china_trades_with_the_west_the_sooner_it_arms_moscow_and_uses_force():
    """T4: what China has to lose in the West, many times its trade with Russia, holds it back."""
    assert 5 < mean(history(), "west_over_rus", "2022-Q4") < 12
    arms = [
        odds("support", "lethal", western_trade(factor), scenario="collapse-aid")[COLLAPSE].mean()
        for factor in (0.2, 1, 2)
    ]
    assert arms[0] > 1.15 * arms[1] > 1.3 * arms[2]
    war = [odds("taiwan", "war", western_trade(factor))[4:].mean() for factor in (0.2, 1, 2)]
    assert war[0] > 1.5 * war[1] > 2 * war[2]


@pytest.fixture(scope="module")
def never_barred():
    """History with the sanctions of 2014 kept and those of 2022 not laid."""
    return history(Force("sanctions", "sectoral", start="2022-Q1"), Hold("embargo", 0, start="2022-Q1"))


def test_t6_barred_from_the_west_russia_turns_a_quarter_and_more_of_its_trade_to_china(never_barred):
    """T6: shut out of the West, Russia does a quarter and more of its trade with China; else it would not."""
    barred = mean(history(), "dependence_rus", "2024-Q4")
    assert barred > 0.25
    assert barred > 1.25 * mean(never_barred, "dependence_rus", "2024-Q4")
    assert barred > 1.5 * mean(history(), "dependence_rus", "2021-Q4")


def test_t6_chinese_goods_take_the_place_of_western_ones(never_barred):
    """T6: Chinese firms fill the gaps: against a Russia not barred their part of the goods rises, the West's falls."""

    def part(run, who):
        return mean(run, f"goods_{who}", "2024-Q4") / mean(run, "import_budget", "2024-Q4")

    assert part(history(), "wst") < 0.6 * part(never_barred, "wst")
    assert part(history(), "chn") > 1.2 * part(never_barred, "chn")


def test_t7_dependence_buys_better_terms_but_no_obedience():
    """T7: a Russia with no way back to the West gives way more in business, and not more in strategy."""
    deep, shallow = futures(*CLOSED, reading="T"), futures(*OPEN, reading="T")
    assert mean(deep, "leverage_chn", LATER) > 2 * mean(shallow, "leverage_chn", LATER)
    commercial = [odds("answer", "commercial", *world, reading="T")[8:].mean() for world in (CLOSED, OPEN)]
    strategic = [odds("answer", "strategic", *world, reading="T")[8:].mean() for world in (CLOSED, OPEN)]
    assert commercial[0] > 1.4 * commercial[1]
    assert strategic[0] < 1.02 * strategic[1]


def test_t8_beijing_helps_because_moscow_distracts_the_west():
    """T8: without what distraction of the West is worth, or at peace with Washington, Beijing mostly stays neutral."""
    base = share(futures(), "support", "neutral", LATER)
    assert share(futures(off="support-decision.distraction_pays"), "support", "neutral", LATER) > 2 * base
    assert share(futures(scenario="us-china-detente"), "support", "neutral", LATER) > 1.5 * base


def test_t8_the_war_that_distracts_the_west_also_unites_it():
    """T8: full war ties up Western means and draws China in, and leaves the West more united than a truce does."""
    war, truce = (
        futures(Force("ukraine", mode, start="2026-Q1"), reading="T") for mode in ("full", "ceasefire")
    )
    assert mean(war, "aid_ukr", LATER) > 2 * mean(truce, "aid_ukr", LATER)
    assert share(war, "support", "neutral", LATER) < share(truce, "support", "neutral", LATER)
    assert mean(war, "cohesion_wst", LATER) > mean(truce, "cohesion_wst", LATER) + 0.1


def arming(collapse):
    """The chance a quarter of Chinese weapons in 2026, at a nearness of collapse."""
    world = (Force("ukraine", "full", start="2026-Q1"), Hold("collapse", collapse, start="2026-Q1"))
    return float(odds("support", "lethal", *world)[1:4].mean())


def test_t9_weapons_come_only_when_collapse_is_near():
    """T9: the chance of lethal aid stays small until a military collapse is imminent, and then leaps."""
    far, some, near = arming(0.0), arming(0.5), arming(0.9)
    assert far < 0.01
    assert some < 0.06
    assert near > 10 * some
    assert near - some > 10 * (some - far)


def test_t9_a_collapse_for_a_year_makes_weapons_likely_and_they_are_rare_else():
    """T9: in a year on the verge of collapse Beijing arms Moscow oftener than not; in the same year without, hardly."""
    year = slice("2027-Q1", "2027-Q4")
    assert ever(futures(scenario="collapse-aid"), "support", "lethal", year) > 0.5
    assert ever(futures(), "support", "lethal", year) < 0.05


def test_t10_nuclear_weapons_keep_deep_dependence_from_becoming_subjection():
    """T10: without the nuclear floor Moscow would yield in strategy more often, most where it depends most."""
    floor = "leverage-decision.nuclear_floor_holds"
    gap = {}
    for name, world in {"deep": CLOSED, "shallow": OPEN}.items():
        without = odds("answer", "strategic", *world, off=floor)[8:].mean()
        gap[name] = without / odds("answer", "strategic", *world)[8:].mean() - 1
    assert gap["deep"] > 0.3
    assert gap["deep"] > 2 * gap["shallow"] > 0


def test_t11_the_next_leadership_decides_which_way_russia_turns():
    """T11: under a Western successor Russia turns and its quarrel with the West cools, under an Eastern one never."""
    west, east = (futures(scenario=f"putin-exit-{side}") for side in ("west", "east"))
    assert mean(west, "orientation", "2036-Q4") < 0 < mean(east, "orientation", "2036-Q4")
    assert mean(west, "rivalry_wst_rus", "2036-Q4") < 0.6 * mean(east, "rivalry_wst_rus", "2036-Q4")
    assert ending(west, "westward-pivot") > 0.15
    assert ending(east, "westward-pivot") < 0.05
    assert mean(east, "leverage_chn", "2036-Q4") > mean(west, "leverage_chn", "2036-Q4")


def test_t11_most_rule_has_passed_by_2036_and_either_kind_of_heir_is_likely():
    """T11: the choice comes well within twenty years, and which way it goes is open."""
    heirs = [share(futures(), "kremlin", side, "2036-Q4") for side in ("eastern", "western")]
    assert sum(heirs) > 0.5
    assert min(heirs) > 0.2
    assert share(futures(), "kremlin", "incumbent", "2030-Q4") > 0.5


def test_t11_neither_heir_soon_changes_how_much_russia_trades_with_china():
    """T11, against: seven years on, both heirs depend on China alike, and the Eastern one is seldom a vassal.

    The essay sets alignment with the West against subordination to China. In the model orientation turns at once,
    trade hardly: where it goes follows sanctions, size and pipes; and the Eastern course keeps its autonomy.
    """
    west, east = (futures(scenario=f"putin-exit-{side}") for side in ("west", "east"))
    assert abs(mean(east, "dependence_rus", "2036-Q4") - mean(west, "dependence_rus", "2036-Q4")) < 0.05
    assert ending(east, "vassalage") < 0.1


def test_t12_costs_move_the_kremlins_prices_and_hardly_its_strategy():
    """T12: full sanctions cost Russia much in trade and bring bargains, but little restraint and no strategic turn."""
    spared, hit = (futures(Force("sanctions", level, start="2026-Q1")) for level in ("none", "comprehensive"))
    assert mean(hit, "import_budget", LATER) < 0.85 * mean(spared, "import_budget", LATER)
    for option in ("restrained", "war"):
        assert abs(share(hit, "risk", option, LATER) - share(spared, "risk", option, LATER)) < 0.05
    bargains = share(hit, "answer", "commercial", LATER) - share(spared, "answer", "commercial", LATER)
    strategy = share(hit, "answer", "strategic", LATER) - share(spared, "answer", "strategic", LATER)
    assert bargains > 0.05
    assert abs(strategy) < bargains / 2


def test_t14_the_services_share_much_and_alarm_each_other_more_since_2020():
    """T14: of what binds them in security, intelligence runs deepest, yet alarm among the services grows since 2020."""
    told = history()
    assert mean(told, "intelligence", "2021-Q4") > 1.3 * mean(told, "integration", "2021-Q4")
    assert mean(told, "alarm", "2025-Q4") > 1.5 * mean(told, "alarm", "2019-Q4")
    assert mean(told, "intelligence", "2025-Q4") < mean(told, "intelligence", "2021-Q4")


def test_t14_spying_closes_the_channel_and_costs_trust_on_both_sides():
    """T14: twins with many public spy cases and with none: less is shared, and both trust less, Moscow mildly."""
    many, none = (futures(Hold("espionage", level, start="2026-Q1")) for level in (0.8, 0.0))
    assert mean(many, "intelligence", "2032-Q4") < 0.8 * mean(none, "intelligence", "2032-Q4")
    lost = {
        who: mean(none, f"trust_{who}", "2032-Q4") - mean(many, f"trust_{who}", "2032-Q4")
        for who in ("rus", "chn")
    }
    assert lost["chn"] > lost["rus"] > 0


def test_t15_neither_goes_to_war_for_the_others_cause():
    """T15: war in Ukraine hardly moves Beijing to force over Taiwan, nor war over Taiwan Moscow to war with the West."""
    war, truce = (Force("ukraine", mode, start="2027-Q1", end="2028-Q4") for mode in ("full", "ceasefire"))
    at = slice("2027-Q1", "2028-Q4")
    assert (
        abs(ever(futures(war), "taiwan", "blockade", at) - ever(futures(truce), "taiwan", "blockade", at))
        < 0.05
    )
    at = slice("2028-Q1", "2029-Q4")
    calm = futures(Force("taiwan", "coercion", start="2028-Q1", end="2029-Q4"))
    assert abs(share(futures(scenario="taiwan-war"), "risk", "war", at) - share(calm, "risk", "war", at)) < 0.05


def test_t15_in_either_war_hardly_a_guarantee_is_given():
    """T15: neither binds itself to the other's war: guarantees are no likelier in it than out of it, and rare."""
    for scenario, at in (
        ("no-risk-for-the-other", slice("2027-Q1", "2032-Q4")),
        ("two-fronts", slice("2028-Q1", "2029-Q4")),
    ):
        assert share(futures(scenario=scenario), "treaty", "guarantee", at) < 0.02
    free = odds("treaty", "guarantee", scenario="two-fronts", off="autonomy.no_war_for_the_other")[8:].mean()
    assert free > 2 * odds("treaty", "guarantee", scenario="two-fronts")[8:].mean()


def fewer(*who):
    return [Change(f"population_{each}", 0.55, start="2026-Q1") for each in who]


def test_t16_a_shrinking_china_calms_fear_at_the_border_a_shrinking_far_east_stirs_it():
    """T16: fewer Chinese across the river worry Russia less; fewer Russians on its own bank worry it more."""
    base = mean(futures(), "border_worry", "2036-Q4")
    assert mean(futures(*fewer("chn")), "border_worry", "2036-Q4") < base - 0.01
    assert mean(futures(*fewer("rfe")), "border_worry", "2036-Q4") > base + 0.01


def test_t16_both_shrinking_alike_changes_nothing_between_them():
    """T16, a finding: if both peoples shrink in step the fear of numbers stays as it is: the ratio counts."""
    both, base = futures(*fewer("chn", "rfe")), futures()
    assert np.isclose(mean(both, "border_worry", "2036-Q4"), mean(base, "border_worry", "2036-Q4"), atol=1e-3)
    assert mean(futures(Scale("border.numbers_frighten", 0.0)), "border_worry", "2036-Q4") < mean(
        base, "border_worry", "2036-Q4"
    )
