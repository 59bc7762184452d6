"""The prior predictive check: published, fresh, and honest about where the prior misses."""

import json
import math

import numpy as np
import pytest

from amur.charts import Fan, fans, render
from amur.errors import AmurError
from amur.futures import prior, prior_page
from amur.system.observe import OBSERVABLES


@pytest.fixture(scope="module")
def check():
    return prior_page.published()


def test_the_published_check_is_of_this_model_and_this_record(check):
    assert check.stamp == prior.stamp(), "run `amur prior --rebuild`"


def test_every_observable_is_reported_with_what_the_record_holds(check):
    assert [each.observable for each in check.brackets] == list(OBSERVABLES)
    for each in check.brackets:
        assert each.values == int(np.isfinite(each.shown).sum())
        assert 0 <= each.inside50 <= each.inside90 <= 1


def test_the_prior_brackets_the_record(check):
    assert check.inside90 >= 0.9
    # A prior so wide that it says nothing would bracket anything: half the observables are told within twice their spread.
    widths = [each.width90 for each in check.brackets if each.fitted and math.isfinite(each.width90)]
    assert np.median(widths) < 2


def test_the_shares_inside_are_those_of_the_bands_published(check):
    for each in check.brackets:
        if OBSERVABLES[each.observable].link != "identity" or not each.fitted:
            continue
        shown = np.array(each.shown)
        there = np.isfinite(shown)
        low, high = np.array(each.bands[0])[there], np.array(each.bands[-1])[there]
        slack = 1e-3 * np.abs(shown[there]) + 1e-9  # the bands are published to four figures
        inside = np.mean((shown[there] >= low - slack) & (shown[there] <= high + slack))
        assert inside == pytest.approx(each.inside90, abs=0.03), each.observable


def test_draws_that_go_to_nonsense_are_rare(check):
    assert all(share <= prior.SPARE for share in check.nonsense.values()), check.nonsense


def test_the_check_survives_its_file(check):
    from amur.cli.output import strict

    again = prior.PriorCheck.from_json(json.loads(json.dumps(strict(check.as_json()))))
    assert strict(again.as_json()) == strict(check.as_json())


def test_the_page_names_every_observable_and_what_misses(check):
    page = prior_page.page(check)
    for each in check.brackets:
        assert each.title in page
    for each in check.brackets:
        if each.fitted and each.inside90 < 0.85:
            assert each.title in page.split("Below 85%")[1]


def test_a_fan_shows_bands_and_dots():
    panel = Fan("Trade", "US$ bn", (2000, 2001), tuple((k, k + 1) for k in range(5)), (2.0, float("nan")))
    spec = json.dumps(fans([panel], title="t").to_dict())
    assert '"value": 2.0' in spec
    assert "NaN" not in spec
    assert render(fans([panel]), ".svg").startswith(b"<svg")
    with pytest.raises(AmurError, match="nothing to draw"):
        fans([])
