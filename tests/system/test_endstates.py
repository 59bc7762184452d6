"""End states: exactly one each, by rules that a user may change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur.errors import AmurError
from amur.system.decisions import OPTIONS
from amur.system.endstates import FILE, classify, rules, shares
from amur.system.state import QUANTITIES

SEVEN = {
    "binding-alliance", "strategic-rear", "vassalage", "limited-partnership", "transactional-drift", "rupture", "westward-pivot",
}  # fmt: skip


def anywhere(many, seed):
    draw = np.random.default_rng(seed)
    path = {}
    for name in rules().needs:
        if name in OPTIONS:
            path[name] = draw.integers(0, len(OPTIONS[name]), many)
        else:
            declared = QUANTITIES[name]
            path[name] = draw.uniform(declared.low, min(declared.high, 5), many)
    return path


def calm():
    """A middling relationship, of which no special rule holds."""
    path = {name: np.array([0.5]) for name in rules().needs}
    codes = {"support": 1, "treaty": 1, "answer": 1, "kremlin": 0}
    path |= {name: np.array([codes[name]]) for name in rules().needs if name in OPTIONS}
    return path | {"dependence_rus": np.array([0.3]), "rivalry_wst_rus": np.array([3.0])}


def named(path):
    return rules().names[int(classify(path)[0])]


def test_there_are_seven():
    assert set(rules().names) == SEVEN


@given(st.integers(0, 10_000))
def test_every_place_has_exactly_one(seed):
    code = classify(anywhere(50, seed))
    assert code.shape == (50,)
    assert ((code >= 0) & (code < len(SEVEN))).all()
    assert sum(shares(code).values()) == pytest.approx(1)


def test_every_end_state_can_be_reached():
    assert set(np.unique(classify(anywhere(200_000, 1)))) == set(range(len(SEVEN)))


def test_where_no_rule_holds_it_is_the_last():
    assert named(calm()) == "limited-partnership"


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"treaty": 2}, "binding-alliance"),
        ({"dependence_rus": 0.5, "leverage_chn": 0.5, "answer": 2}, "vassalage"),
        ({"rear_rus": 0.6, "rear_chn": 0.5, "support": 2}, "strategic-rear"),
        ({"orientation": -0.5, "rivalry_wst_rus": 1}, "westward-pivot"),
        ({"trust_rus": -0.6, "trust_chn": -0.6, "coordination": 0.1}, "rupture"),
        ({"threat_rus": 0.1, "threat_chn": 0.1}, "transactional-drift"),
    ],
)
def test_each_rule_names_its_state(changed, state):
    assert named(calm() | {name: np.array([value]) for name, value in changed.items()}) == state


def test_the_first_rule_that_holds_wins():
    both = {"treaty": 2, "dependence_rus": 0.5, "leverage_chn": 0.5, "answer": 2}
    assert named(calm() | {name: np.array([value]) for name, value in both.items()}) == "binding-alliance"


def test_a_user_may_change_a_threshold(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        FILE.read_text(encoding="utf-8").replace("dependence_rus >= 0.45", "dependence_rus >= 0.25"),
        encoding="utf-8",
    )
    path = calm() | {"leverage_chn": np.array([0.45])}
    assert rules(file).names[int(classify(path, rules(file))[0])] == "vassalage"
    assert named(path) == "limited-partnership"


def test_what_was_not_kept_is_named():
    with pytest.raises(AmurError, match="trust_rus"):
        classify({})


LAST = '\n[[endstates]]\nname = "rest"\ntitle = "Rest"\nwhat = "All else."\nwhen = []\n'


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ('[["trust_rsu >= 0.2"]]', "trust_rus"),
        ('[["trust_rus => 0.2"]]', "not a condition"),
        ('[["trust_rus >= high"]]', "number"),
        ('[["answer == strategy"]]', "strategic"),
        ('["trust_rus >= 0.2"]', "list of lists"),
        ("[]", "Put it last"),
    ],
)
def test_a_fault_names_file_line_and_mend(tmp_path, condition, says):
    file = tmp_path / "mine.toml"
    file.write_text(f'[[endstates]]\nname = "one"\ntitle = "One"\nwhat = "It."\nwhen = {condition}\n{LAST}')
    with pytest.raises(AmurError) as caught:
        rules(file)
    assert (caught.value.file, caught.value.line) == (str(file), 5)
    assert says in str(caught.value)


def test_the_last_rule_must_hold_always(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        LAST.replace("[]", '[["trust_rus >= 0"]]', 1)
        .replace("endstates", "endstates", 1)
        .replace('[[["', '[["')
    )
    with pytest.raises(AmurError):
        rules(file)
