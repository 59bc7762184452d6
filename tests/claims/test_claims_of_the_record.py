"""Claims that the record can speak to without a model: one test each, the claim in one line.

A test shows the claimed fact or shows that the record speaks against it; then its line says so.
"""

import pytest

from amur import numbers
from amur.record import load
from amur.record.coded.codings import codings
from amur.record.measures import measure


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


@pytest.fixture(scope="module")
def verdicts(record):
    return {row.id: row.verdict for row in numbers.check(record)}


@pytest.fixture(scope="module")
def decisions(record):
    return codings(record)


def values(record, name, dyad="RUS-CHN"):
    return measure(record, name, dyad).values


def test_p1_help_of_many_kinds_but_no_lethal_weapons(decisions):
    """P1: since 2022 China's support is economic, political and dual-use; lethal aid is claimed, not established."""
    support = decisions["china-support"]
    labels = [support.at(f"{year}-Q{q}").value for year in (2022, 2023, 2024, 2025) for q in (1, 2, 3, 4)]
    assert set(labels) == {"economic-political", "dual-use"}
    assert "lethal" in str(support.as_json())


def test_p3_visits_yield_few_contracts(verdicts):
    """P3: the Russian premier's visit of May 2023 brought five contracts."""
    assert verdicts["contracts-may-2023"] == "confirmed"


def test_p9_the_war_strengthened_western_coalitions(record):
    """P9: NATO grew after 2022 instead of fraying."""
    members = record.timeseries("nato.members").values
    assert members["2025"] > members["2021"]


def test_g1_the_territorial_dispute_was_settled(record, verdicts):
    """G1: settled by the mid-2000s; the record has the last agreement in 2004 and the last protocol in 2008."""
    assert verdicts["border-settled"] == "close"
    assert record.event["2004-10-14.treaty"].date < record.event["2008-07-21.treaty"].date


def test_g3_trade_grew_fourteenfold(verdicts):
    """G3: trade rose from 10.7 to nearly 140 bn dollars between 2001 and 2021."""
    assert verdicts["trade-2001"] == verdicts["trade-growth"] == "confirmed"
    assert verdicts["trade-2021"] == "close"


def test_g5_two_regimes_grew_alike_and_veto_together(record):
    """G5: the distance between the two regimes shrank, and China joins most of its vetoes with Russia."""
    distance = values(record, "regime.distance.libdem", "CHN-RUS")
    assert distance["2024"] < distance["2013"] < distance["1992"]
    assert sum(record.timeseries("un.sc.vetoes.chn-rus").values.values()) > 10


def test_g10_no_binding_guarantee(record):
    """G10: no mutual-defence treaty binds the two, as one binds Russia and North Korea."""
    marker = "alliance.marker.mutual-defence-treaty."
    assert record.timeseries(marker + "chn-rus").latest.value == 0
    assert record.timeseries(marker + "rus-prk").latest.value == 1


def test_g11_interests_diverge(record):
    """G11: China did not vote with Russia on Crimea in 2014."""
    assert "China abstain" in record.event["2014-03-27.un-vote"].what


def test_g16_asymmetry_grows(record, verdicts):
    """G16: Russia's dependence on China grew several times faster than China's on Russia."""
    asymmetry = values(record, "trade.asymmetry")
    assert asymmetry["1992"] < asymmetry["2003"] < asymmetry["2013"] < asymmetry["2021"] < asymmetry["2025"]
    assert verdicts["share-of-china-2021"] == "confirmed"


def test_g18_pipelines_give_the_buyer_power_but_the_discount_does_not_show(record, verdicts):
    """G18: the discount of 1.50 a barrel was granted, yet customs unit values of 2011 and 2012 lie above Brent."""
    assert verdicts["skovorodino-mohe"] == verdicts["discount-2011"] == "confirmed"
    concession = values(record, "price.crude-concession")
    assert concession["2011"] < 0
    assert concession["2022"] > 5


def test_g20_arms_to_india_are_large_but_did_not_grow(verdicts):
    """G20: India took 23 percent in 2016-20; the record speaks against growth, to India and to Vietnam alike."""
    assert verdicts["arms-to-india"] == "confirmed"
    assert verdicts["arms-to-india-growth"] == verdicts["arms-to-vietnam-growth"] == "contradicted"


def test_t4_the_west_outweighs_russia_in_chinese_trade(record):
    """T4: about nine times in 2022; the multiple was larger before and is smaller since."""
    multiple = values(record, "trade.western-multiple", "CHN-RUS")
    assert multiple["2021"] > 8.5 > multiple["2024"]
    assert 8.1 <= multiple["2022"] <= 9.9


def test_t5_annexed_territory_is_not_recognised(record):
    """T5: China said in 2023 that it recognises neither annexation."""
    assert "does not recognise annexation" in record.event["2023-04-05.recognition"].what


def test_t6_barred_from_the_west_russia_trades_a_quarter_and_more_with_china(record):
    """T6: China's share of Russian trade passed a quarter; it reached a third in 2023, beyond the claim."""
    share = values(record, "trade.dependence")
    assert share["2021"] < 20 < share["2022"] < 25 < 30 < share["2023"]
    cars = record.timeseries("society.auto.chinese-share").values
    assert cars["2023"] > 5 * cars["2021"]


def test_t13_few_alliance_markers(record):
    """T13: no joint command and no defence treaty; against the claim, joint patrols and use of bases are coded as held."""
    held = {
        name: record.timeseries(f"alliance.marker.{name}.chn-rus").latest.value
        for name in ("joint-command", "mutual-defence-treaty", "joint-patrols", "base-access")
    }
    assert held == {"joint-command": 0, "mutual-defence-treaty": 0, "joint-patrols": 1, "base-access": 1}


def test_t16_both_populations_shrink(record):
    """T16: by the end of the century China has less than half its people, Russia an eighth fewer."""
    for country, most in (("chn", 0.5), ("rus", 0.9)):
        now = record.timeseries(f"society.pop.{country}").latest.value
        assert record.timeseries(f"society.pop.proj2100.{country}").latest.value < most * now


def test_b4_chinese_purchases_no_longer_keep_the_arms_industry_going(record):
    """B4: China took nearly half of Russian arms exports in 2001-05; the record speaks against it for the years since."""
    share = values(record, "arms.share-of-exports.5y")
    assert share["2005"] > 40
    assert share["2015"] < share["2024"] < 20


def test_b12_one_position_on_korea(record):
    """B12: joint statement of 2017, joint draft to ease sanctions in 2021."""
    assert "joint statement" in record.event["2017-07-04.korea"].what
    assert "ease North Korea sanctions" in record.event["2021-11.korea"].what


def test_r3_they_vote_together_more_than_they_commit(record, verdicts):
    """R3: together on the open meeting of January 2022, apart on Crimea; agreement beyond chance peaked before the war."""
    assert "Russia and China against" in record.event["2022-01-31.un-vote"].what
    assert verdicts["crimea-abstention"] == "confirmed"
    kappa = values(record, "votes.ga.kappa.contested", "CHN-RUS")
    assert kappa["1992"] < 0 < kappa["2024"] < kappa["2020"]


def test_r5_gas_once_piped_to_europe_is_not_sold_in_china(record):
    """R5: Europe took 81 bcm less in 2022 than in 2021; Power of Siberia carried 5 more."""
    europe = record.timeseries("energy.gas.pipeline.rus-eur").values
    china = record.timeseries("energy.gas.pos1.rus-chn").values
    assert china["2022"] - china["2021"] < 0.1 * (europe["2021"] - europe["2022"])


def test_r9_many_exercises_little_integration(record, verdicts):
    """R9: more than thirty exercises, while integration on the Belarusian model is absent."""
    assert verdicts["exercises"] == verdicts["belarus-doctrine"] == "confirmed"
    treaties = {dyad: values(record, "alliance.treaties", dyad)["2018"] for dyad in ("CHN-RUS", "RUS-BLR")}
    assert treaties["CHN-RUS"] < treaties["RUS-BLR"]
