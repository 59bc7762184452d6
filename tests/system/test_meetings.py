"""Meetings of the presidents: the part of them held on the ground of others is that of the record's dated meetings."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from amur.record import load
from amur.system.declare import PARAMETERS
from amur.system.observables import OBSERVABLES

ELSEWHERE = {
    "2005-11-18.summit": "Busan", "2006-11.summit": "Hanoi", "2009-04-01.summit": "London", "2009-09-23.summit": "New York",
    "2009-11-14.summit": "Singapore", "2010-11-11.summit": "Seoul", "2012-03-28.summit": "New Delhi", "2013-03-27.summit": "Durban",
    "2015-11-15.summit": "Antalya", "2016-10-15.summit": "Goa", "2016-11-20.summit": "Lima", "2017-11-10.summit": "Da Nang",
    "2018-07-26.summit": "Johannesburg", "2018-11-30.summit": "Buenos Aires", "2019-06-28.summit": "Osaka",
}  # fmt: skip
"""Neither in one of the two countries nor at a summit of their own club (the SCO, CICA)."""
WITHOUT_A_PRESIDENT = ("2011-06-16.summit", "2011-10-12.summit", "2015-12-17.summit")
"""Talks with Russia's head of government."""


@pytest.fixture(scope="module")
def meetings():
    return {
        event.event: event
        for event in load(overlay=False).events
        if event.kind == "summit"
        and {"CHN", "RUS"} <= set(event.actors.split(";"))
        and "2005" <= event.date[:4] <= "2019"
        and event.event not in WITHOUT_A_PRESIDENT
    }


def test_the_prior_of_meetings_elsewhere_is_their_part_of_the_dated_ones(meetings):
    for event, place in ELSEWHERE.items():
        assert place in meetings[event].what
    assert (len(ELSEWHERE), len(meetings)) == (15, 46)
    prior = PARAMETERS["meeting_elsewhere"].prior
    assert prior.mean == pytest.approx(len(ELSEWHERE) / len(meetings), abs=0.005)


@pytest.mark.parametrize(("rivalry", "left"), [(0.0, 1.0), (3.0, 1 - 0.3 * 0.75**6), (4.0, 0.7)])
def test_grounds_of_others_are_closed_at_the_height_of_rivalry(rivalry, left):
    p = SimpleNamespace(meeting_base=4.0, meeting_bond=0.0, meeting_elsewhere=0.3)
    now = SimpleNamespace(bond=np.float32(0.5), rivalry_wst_rus=np.float32(rivalry))
    assert float(OBSERVABLES["meetings"].predict(now, p)) == pytest.approx(4 * left, rel=1e-5)
