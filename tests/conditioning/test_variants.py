"""The readings judged again with one choice changed: what is asked of the sampler, and what is kept when it is stopped."""

import json
from itertools import islice

import numpy as np
import pytest

from amur.conditioning import diagnosed, store, variants
from amur.conditioning.evidence import BLOCKS, evidence
from amur.errors import AmurError
from amur.readings import readings


@pytest.fixture
def taken(monkeypatch, tmp_path):
    """What the sampler, stood in for by the published runs, was asked; files aside."""
    asked = []

    def take(every, seen, members, seed, progress, width):
        without = [name for name, names in BLOCKS.items() if not seen.only(*names).there.any()]
        asked.append((members, seed, width, without))
        progress("concert", 1, 34)
        shift = len(asked) / 8
        return {
            name: run._replace(increments=run.increments + shift)
            for name, run in store.published().runs.items()
        }

    monkeypatch.setattr(variants, "take", take)
    for module, name in ((store, "VARIANTS"), (diagnosed, "FILE")):
        file = tmp_path / f"{name}.json"
        told = json.loads(getattr(module, name).read_text(encoding="utf-8"))
        file.write_text(json.dumps(told | {"variants": {}, "agreement": []}))
        monkeypatch.setattr(module, name, file)
    diagnosed.published.cache_clear()
    yield asked
    diagnosed.published.cache_clear()


def test_each_changes_one_choice(taken):
    told = []
    for name in variants.CHANGES:
        variants.variant(name, readings().values(), evidence(), 512, lambda *each: told.append(each))
    assert taken[:4] == [(512, 2, 1.0, []), (512, 3, 1.0, []), (512, 1, 0.7, []), (512, 1, 1.4, [])]
    assert taken[4:] == [(512, 1, 1.0, [block]) for block in BLOCKS]
    assert told[0] == ("seed 2, concert", 1, 34)
    with pytest.raises(KeyError):
        variants.variant("seed 4", readings().values(), evidence())


def test_what_was_published_before_a_stop_is_not_done_again(taken):
    made_of = store.stamp()
    first = list(islice(variants.publish(readings().values(), evidence()), 3))
    assert first == ["seed 2", "seed 3", "priors narrower"]
    known = store.variants(made_of)
    assert list(known) == first
    assert all(set(each) == set(readings()) for each in known.values())
    assert store.variant_members() == variants.MEMBERS
    before = len(taken)
    rest = list(variants.publish(readings().values(), evidence()))
    assert rest == list(variants.CHANGES)[3:]
    assert len(taken) - before == len(rest)
    for name, increments in known["seed 3"].items():
        np.testing.assert_array_equal(store.variants(made_of)["seed 3"][name], increments)
    assert list(variants.publish(readings().values(), evidence())) == []


def test_runs_with_other_seeds_are_compared_with_the_published(taken):
    next(variants.publish(readings().values(), evidence()))
    (concert,) = (each for each in diagnosed.published().agreement if each.reading == "concert")
    assert concert.seeds == 1 + len(variants.SEEDS)
    assert concert.most == pytest.approx(
        1, abs=0.06
    )  # the same members each time, whose halves differ by chance
    assert {each.reading for each in diagnosed.published().agreement} == set(readings()) - {"persistence"}


def test_those_of_other_readings_go(taken):
    store.publish_variant("seed 2", {"a": np.ones(2)}, "before", 256)
    store.publish_variant("seed 3", {"a": np.ones(2)}, "before", 256)
    assert list(store.variants("before", 256)) == ["seed 2", "seed 3"]
    assert store.variants("before", 512) == store.variants("now") == {}
    store.publish_variant("seed 3", {"a": np.zeros(2)}, "now", 256)
    assert list(store.variants("now")) == ["seed 3"]


def test_what_is_stale_has_no_variants(taken, monkeypatch):
    monkeypatch.setattr(store, "stamp", lambda seen: "another")
    with pytest.raises(AmurError, match="stale"):
        next(variants.publish(readings().values(), evidence()))
    assert taken == []


def test_all_are_published_of_every_reading_and_year():
    known = store.published()
    made = store.variants(known.stamp, variants.MEMBERS)
    assert set(made) == set(variants.CHANGES), "run `amur condition --variants`"
    for increments in made.values():
        assert set(increments) == set(readings())
        assert {each.shape for each in increments.values()} == {(len(known.years),)}
