"""Evidence: which observations a reading must foretell, and what may be left out."""

import numpy as np
import pytest

import amur
from amur.conditioning.evidence import BLOCKS, FITTED, QUARTERS, YEARS, evidence
from amur.errors import AmurError
from amur.system.observe import CATEGORIES


@pytest.fixture(scope="module")
def whole():
    return evidence()


def test_every_fitted_observable_and_decision_is_in_one_block(whole):
    named = [name for names in BLOCKS.values() for name in names]
    assert sorted(named) == sorted((*FITTED, *CATEGORIES))
    assert set(whole.shown) == set(FITTED)
    assert set(whole.options) == set(CATEGORIES)


def test_items_stand_in_the_order_of_the_rows(whole):
    assert len(whole.items) == len(whole.year) == len(whole.there)
    apart = whole.by_name(np.arange(len(whole.items)))
    for name, rows in apart.items():
        assert {whole.items[row].name for row in rows} == {name}
    assert whole.items[0].period == YEARS[0]
    assert whole.items[-1].period == QUARTERS[-1]


def test_values_are_those_of_the_record(whole):
    trade = amur.record.load().timeseries("trade.exports.rus-wld").values
    place = YEARS.index("2013")
    assert whole.shown["exports_rus"][place] == pytest.approx(trade["2013"])


def test_a_date_hides_what_came_after(whole):
    early = evidence(until="2013")
    assert early.years[-1] == "2013"
    assert not early.there[early.year > YEARS.index("2013")].any()
    before = early.there & (early.year <= YEARS.index("2013"))
    assert (before == (whole.there & (whole.year <= YEARS.index("2013")))).all()
    assert early.stamp != whole.stamp


def test_as_of_shows_only_what_was_known():
    cut = evidence(amur.record.load(as_of="2014-06-30"))
    assert cut.last == "2013"
    assert cut.there.sum() < evidence(until="2013").there.sum() + 1
    assert np.asarray(cut.quarters.fixed).shape == np.asarray(evidence().quarters.fixed).shape


def test_blocks_and_names_can_be_left_out_or_kept_alone(whole):
    rest = whole.without("arms", "support")
    gone = {*BLOCKS["arms"], "support"}
    names = np.array([item.name for item in whole.items])
    assert not rest.there[np.isin(names, list(gone))].any()
    assert (rest.there[~np.isin(names, list(gone))] == whole.there[~np.isin(names, list(gone))]).all()
    only = whole.only("arms", "support")
    assert (only.there | rest.there).sum() == whole.there.sum()
    assert not (only.there & rest.there).any()


@pytest.mark.parametrize(("how", "field"), [({"until": "2031"}, "until"), ({"until": "soon"}, "until")])
def test_a_year_outside_the_record_is_refused(how, field):
    with pytest.raises(AmurError) as fault:
        evidence(**how)
    assert fault.value.field == field
    assert "1992" in fault.value.mend


def test_an_unknown_block_is_refused_with_the_nearest(whole):
    with pytest.raises(AmurError, match="arm") as fault:
        whole.without("armss")
    assert "arms" in fault.value.mend
