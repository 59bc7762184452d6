"""Expected information and tripwires on toys whose answers are known."""

from itertools import pairwise

import numpy as np
import pytest

from amur.questions.watch.information import (
    NESTED,
    Sample,
    binned,
    entropy,
    gain,
    information,
    nested,
    together,
)
from amur.questions.watch.tripwire import at, cut, ratio, shared, tripwire

MANY = 6000


@pytest.fixture
def draw():
    """Random numbers, the same in every test."""
    return np.random.default_rng(7)


def fair(classes, turns=1):
    """A sample of members that all weigh alike, each a parameter set of its own."""
    return Sample(np.asarray(classes), np.ones(len(classes)), np.arange(len(classes)), turns)


def channel(wrong, many=MANY, seed=3):
    """A fair bit, and what a binary symmetric channel makes of it that errs so often."""
    draw = np.random.default_rng(seed)
    bit = draw.integers(0, 2, many)
    return bit, (bit ^ (draw.random(many) < wrong)).astype(float)


@pytest.mark.parametrize("wrong", [0.0, 0.05, 0.2, 0.4, 0.5])
def test_a_binary_symmetric_channel_tells_what_shannon_says(wrong):
    bit, seen = channel(wrong)
    of = fair(bit)
    found = information(binned(seen[None], of.mass), of)
    assert found.bits == pytest.approx(
        1 - entropy(np.array([wrong, 1 - wrong])), abs=max(3 * found.error, 0.003)
    )
    # At an error rate e the table's own error is known: that of log2 of the odds over the members.
    if 0 < wrong < 0.5:
        odds = np.sqrt(wrong * (1 - wrong)) * abs(np.log2((1 - wrong) / wrong)) / np.sqrt(MANY)
        assert found.error == pytest.approx(odds, rel=0.9)


def test_a_useless_indicator_tells_nothing_in_bins_or_codes(draw):
    classes = draw.choice(5, MANY, p=[0.5, 0.2, 0.15, 0.1, 0.05])
    of = fair(classes)
    found = [information(binned(draw.normal(size=(1, MANY)), of.mass), of) for _ in range(30)]
    bits, error = np.array([(each.bits, each.error) for each in found]).T
    assert abs(bits.mean()) < 3 * bits.std() / np.sqrt(len(bits)) + 1e-4
    assert bits.std() < 2 * error.mean()
    assert np.mean([each.chance for each in found]) > 5 * abs(bits.mean())


def test_sets_run_twice_do_not_pass_for_twice_as_many():
    """Two lucks of one set share class and reading: without blocks chance would be underestimated by half."""
    sets = np.tile(np.arange(400), 2)
    found = []
    for seed in range(30):
        draw = np.random.default_rng(seed)
        classes, seen = np.tile(draw.integers(0, 4, 400), 2), np.tile(draw.normal(size=400), 2)
        of = Sample(classes, np.ones(800), sets)
        found.append(information(binned(seen[None], of.mass), of).bits)
    assert abs(np.mean(found)) < 3 * np.std(found) / np.sqrt(len(found)) + 1e-4


def test_weights_and_those_left_out_count_as_they_should(draw):
    bit, seen = channel(0.1)
    noise = draw.normal(size=MANY)
    left = np.arange(MANY) >= MANY // 2
    mixed = np.where(left, noise, seen)
    of = Sample(bit, np.where(left, 0.0, 1.0), np.arange(MANY))
    only = information(binned(mixed[None], of.mass), of)
    assert only.bits == pytest.approx(1 - entropy(np.array([0.1, 0.9])), abs=3 * only.error)


def test_more_noise_never_tells_more(draw):
    truth = draw.normal(size=MANY)
    of = fair((truth > 0.5).astype(int))
    scatter = draw.normal(size=MANY)
    told = [information(binned((truth + size * scatter)[None], of.mass), of) for size in (0, 0.3, 1, 3, 10)]
    for more, less in pairwise(told):
        assert less.bits <= more.bits + 2 * (more.error + less.error)
    assert told[0].bits > 5 * told[-1].bits


def test_a_second_indicator_adds_what_the_first_does_not_hold(draw):
    """Two channels in a row add up; a copy adds nothing; two bits whose sum is odd tell only together."""
    bit, first = channel(0.2)
    second = (bit ^ (draw.random(MANY) < 0.2)).astype(float)
    of = fair(bit)
    one = nested([first[None]], of.mass)
    copy = gain(one, nested([first[None], first[None]], of.mass), of)
    assert abs(copy.bits) < 0.003
    other = gain(one, nested([first[None], second[None]], of.mass), of)
    pairs = np.array([[0.64, 0.16, 0.16, 0.04], [0.04, 0.16, 0.16, 0.64]]) / 2
    joint = entropy(pairs.sum(0)) + 1 - entropy(pairs.ravel())
    assert other.bits == pytest.approx(joint - (1 - entropy(np.array([0.2, 0.8]))), abs=4 * other.error)
    left, right = draw.integers(0, 2, (2, MANY))
    odd = fair(left ^ right)
    alone = nested([left[None].astype(float)], odd.mass)
    assert information(alone, odd).bits < 0.002
    assert gain(alone, nested([left[None].astype(float), right[None].astype(float)], odd.mass), odd).bits > 0.98


def test_the_best_three_are_found_in_turn(draw):
    bits = draw.integers(0, 2, (3, MANY))
    of = fair(bits[0] * 4 + bits[1] * 2 + bits[2])
    values = {
        "strong": bits[0][None] + 0.0,
        "echo": (bits[0] ^ (draw.random(MANY) < 0.05))[None] + 0.0,
        "second": (bits[1] ^ (draw.random(MANY) < 0.1))[None] + 0.0,
        "weak": (bits[2] ^ (draw.random(MANY) < 0.3))[None] + 0.0,
    }
    found = together(values, of, "strong")
    assert [name for name, _, _ in found] == ["strong", "second", "weak"]
    assert found[0][1].bits == pytest.approx(1, abs=0.01)
    assert found[1][2]["echo"].bits < 0.01


def test_bins_have_equal_mass_and_never_part_a_value(draw):
    even = binned(draw.normal(size=MANY), np.ones(MANY))
    assert np.bincount(even).std() < 2
    counts = draw.choice(9, MANY, p=[0.7, 0.1, 0.05, 0.05, 0.02, 0.02, 0.02, 0.02, 0.02]).astype(float)
    codes = binned(counts, np.ones(MANY), 3)
    assert len(np.unique(codes)) > 1
    assert all(len(np.unique(codes[counts == value])) == 1 for value in np.unique(counts))
    top = binned(np.array([0.0] * 10 + [1.0] * 10 + [2.0] * 10 + [3.0] * 70), np.ones(100), 3)
    assert len(np.unique(top)) > 1
    hole = binned(np.array([1.0, np.nan, 2.0]), np.ones(3))
    assert hole[1] not in (hole[0], hole[2])
    assert len(NESTED) == 3


def test_a_threshold_is_where_it_is_known_to_be_and_its_rates_too(draw):
    """Two normal distributions two apart: Youden's cut is half way, where each errs with chance 0.159."""
    true = draw.integers(0, 2, 20000)
    values = (draw.normal(size=20000) + 2 * true)[None]
    wire = tripwire(values, true, np.ones(20000), np.arange(20000))
    assert wire is not None
    assert wire.above
    assert wire.threshold == pytest.approx(1.0, abs=0.15)
    for rate in (wire.false_alarm, wire.miss):
        assert rate.low90 <= rate.value <= rate.high90
        assert rate.value == pytest.approx(0.1587, abs=0.02)
    assert wire.tripped.value == pytest.approx(0.841, abs=0.02)
    assert wire.quiet.value == pytest.approx(0.159, abs=0.02)
    assert wire.likelihood.value == pytest.approx(0.841 / 0.159, rel=0.1)
    assert wire.likelihood.low90 < wire.likelihood.value < wire.likelihood.high90
    down = tripwire(-values, true, np.ones(20000), np.arange(20000))
    assert down is not None
    assert not down.above
    assert at(values, true, np.ones(20000), wire)["miss"] == pytest.approx(wire.miss.value, abs=0.03)


def test_dearer_misses_lower_the_threshold(draw):
    true = draw.integers(0, 2, MANY)
    values = draw.normal(size=MANY) + 2 * true
    mass = np.ones(MANY) / MANY
    cheap, dear = (cut(values, true, mass, costs)[0] for costs in (0.2, 5.0))
    # The best cut of two such normals lies log(1 / cost) / 2 from the middle.
    assert cheap == pytest.approx(1 + np.log(5) / 2, abs=0.25)
    assert dear == pytest.approx(1 - np.log(5) / 2, abs=0.25)


def test_a_useless_indicator_is_not_flattered_by_its_threshold():
    informed = []
    for seed in range(20):
        draw = np.random.default_rng(seed)
        true = (draw.random(1500) < 0.03).astype(int)
        wire = tripwire(draw.normal(size=(1, 1500)), true, np.ones(1500), np.arange(1500))
        assert wire is not None
        informed.append(wire.informedness)
    assert abs(np.mean(informed)) < 3 * np.std(informed) / np.sqrt(20)


def test_what_cannot_be_parted_has_no_tripwire_and_intervals_widen_with_fewer_sets():
    assert tripwire(np.ones((1, 50)), np.arange(50) % 2, np.ones(50), np.arange(50)) is None
    many = shared(np.arange(100) < 20, np.ones(100), np.arange(100))
    few = shared(np.arange(100) < 20, np.ones(100), np.arange(100) // 10)
    assert few.high90 - few.low90 > 2 * (many.high90 - many.low90)
    assert many.low90 < 0.2 < many.high90
    assert ratio(0.5, 0.5, 100, 100).low90 < 1 < ratio(0.5, 0.5, 100, 100).high90
