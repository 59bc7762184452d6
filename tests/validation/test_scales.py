"""The scale of a ratio's discrepancy is learnt from its own past."""

from __future__ import annotations

import numpy as np
import pytest

from amur.system.observables import OBSERVABLES
from amur.system.parameters import draw
from amur.validation.scales import learnt

NAME, MEMBERS, YEARS = "dependence_rus", 400, 30


@pytest.mark.parametrize("true", [0.06, 0.3])
def test_it_comes_near_the_scale_that_made_the_past(true):
    p = draw(MEMBERS, 1)
    p = p._replace(rough_start=np.zeros(MEMBERS, np.float32))
    lasting = 0.7
    rng, off = np.random.default_rng(3), [0.0]
    for _ in range(YEARS - 1):
        off.append(lasting * off[-1] + np.sqrt(1 - lasting**2) * true * rng.standard_t(5))
    shown = 1 / (1 + np.exp(-(np.array(off) - 1.0)))
    predicted = np.full((YEARS, MEMBERS), 1 / (1 + np.exp(1.0)))
    drawn = np.asarray(learnt(OBSERVABLES[NAME], shown, predicted, p, seed=1).scale_dependence_rus)
    before = np.asarray(p.scale_dependence_rus)
    assert np.quantile(drawn, 0.05) < true < np.quantile(drawn, 0.95)
    assert np.log(drawn).std() < 0.6 * np.log(before).std()


def test_with_nothing_seen_it_stays_at_its_prior():
    p = draw(MEMBERS, 1)
    silent = np.full(YEARS, np.nan)
    assert learnt(OBSERVABLES[NAME], silent, np.ones((YEARS, MEMBERS)), p, seed=1) is p
