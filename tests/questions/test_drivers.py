"""What holds it together and what limits it: families switched off in the model itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from amur.errors import AmurError
from amur.questions import drivers
from amur.questions.answer import Answer
from amur.questions.drivers import FAMILIES, engine, families, numbers, worth
from amur.questions.ensembles import Common
from amur.questions.mixture import Mixture
from amur.system.declare import MECHANISMS

ASKED = drivers.Asked(outcome=("integration", "trade", "momentum"), year=("2013", "now"), pairs=2, futures=256)


@pytest.fixture(scope="module")
def now() -> numbers.Parts:
    """The last year of the record, by family, outcome and parameter set."""
    return numbers.parts(ASKED, 2025)


@pytest.fixture(scope="module")
def found() -> Answer:
    """A whole answer about two years of the past."""
    return drivers.answer(ASKED)


def test_every_mechanism_has_one_home_or_a_reason_for_none() -> None:
    """Motives and what only carries are never off; every family has members; claims are those of the table."""
    home = families.home()
    left = {name for name, made in MECHANISMS.items() if name not in home and made.stage != "motive"}
    assert {name for name in left if name not in families.ALWAYS} == {
        name for name in MECHANISMS if name.split(".")[0] in {"lock-in", "rivalry", "war"} and name in left
    }
    assert all(families.members(family.name) for family in FAMILIES)
    told = {member for family in FAMILIES for member in family.members}
    assert all(
        member in MECHANISMS or any(made.group == member for made in MECHANISMS.values()) for member in told
    )


def test_values_sum_to_the_outcome_with_all_less_that_with_none(now: numbers.Parts) -> None:
    """For every parameter set and outcome, exactly but for rounding."""
    assert now.shared.values.sum(axis=0) == pytest.approx(now.whole - now.rest, abs=1e-9)
    assert np.abs(now.whole - now.rest).max() > 1


def test_a_given_state_is_moved_by_no_family(now: numbers.Parts) -> None:
    """The momentum of the war is the record's: a dummy outcome, to which every family adds nothing at all."""
    assert (now.shared.values[:, 2] == 0).all()
    assert (now.alone[:, 2] == 0).all()


def test_with_everything_at_work_history_is_that_of_the_model(now: numbers.Parts) -> None:
    """The lanes give what an ordinary run through history gives."""
    there = worth.lanes_of(ASKED.common)
    last = there.state(there.ahead)
    assert now.whole[0] == pytest.approx(np.asarray(last.integration)[: there.sets], rel=1e-5)


def test_sanctions_add_nothing_before_there_are_any(found: Answer) -> None:
    """No Western sanctions before 2014; after 2022 they turn trade to China (T6)."""
    before = found.number("adds", outcome="trade", year="2013", family="sanctions")
    after = found.number("adds", outcome="trade", year="2025", family="sanctions")
    assert before.value == pytest.approx(0, abs=1e-3)
    assert after.low90 > 10
    assert after.error < after.value / 10


def test_without_the_common_rival_forces_would_be_less_integrated(few: Common) -> None:
    """G7: and more so the more of the families that draw together go; with nothing off, nothing changes."""
    one = drivers.without(["common-rival"], ["integration"], ["2025"], few)
    two = drivers.without(["common-rival", "trust"], ["integration"], ["2025"], few)
    none = drivers.without([], ["integration"], ["2025"], few)
    key = ("integration", "2025")
    assert (one.pairs[key].without <= one.pairs[key].all + 1e-6).all()
    assert (two.pairs[key].without <= one.pairs[key].without + 1e-6).all()
    assert (none.pairs[key].all == none.pairs[key].without).all()
    assert one.of.members == len(one.pairs[key].all)
    assert one.lost == 0


def test_ahead_choices_and_the_course_of_the_war_stay_those_of_the_twin(few: Common) -> None:
    """With every family at work a window ahead ends where the twin does."""
    there = worth.lanes_of(few)
    _, _, path = there.twin
    told, _ = worth.worth(few, [engine.ALL, 0], ("momentum", "rivalry_wst_rus", "coordination"), 2036)
    at = 4 * (2036 - 2025) - 1
    kept = np.asarray(path.kept["momentum"])[at, : there.sets]
    assert told[engine.ALL][0] == pytest.approx(kept, abs=1e-5)
    assert told[engine.ALL][:2] == pytest.approx(told[0][:2], abs=1e-6)
    assert np.abs(told[engine.ALL][2] - told[0][2]).max() > 0.01


def test_held_at_a_past_year_everything_at_work_is_the_same_and_off_is_not_nothing(few: Common) -> None:
    """Held at 2013 the common rival still draws together a little, as it did then."""
    told, _ = worth.worth(few, [engine.ALL, engine.ALL & ~1], ("integration",), 2025)
    held, _ = worth.worth(few, [engine.ALL, engine.ALL & ~1], ("integration",), 2025, held=2013)
    of = worth.mixture(few)
    assert held[engine.ALL][0] == pytest.approx(told[engine.ALL][0], abs=1e-5)
    whole, off, frozen = (np.average(each[0], weights=of.weights) for each in (told[engine.ALL], told[engine.ALL & ~1], held[engine.ALL & ~1]))  # fmt: skip
    assert off < frozen < whole


def test_sets_that_run_away_count_as_the_mean_of_their_reading() -> None:
    """And a reading of which none is left is refused."""
    of = Mixture(("a", "b"), 3, 1, {"a": 0.5, "b": 0.5})
    cube = np.arange(12, dtype=float).reshape(2, 6)
    assert worth.steady(cube, of) is cube
    cube[1, 0] = np.nan
    steady = worth.steady(cube, of)
    assert steady[:, 0].tolist() == [1.5, 7.5]
    assert steady[:, 1:].tolist() == cube[:, 1:].tolist()
    cube[0, :3] = np.inf
    with pytest.raises(AmurError, match="no parameter set of 'a'"):
        worth.steady(cube, of)


def test_the_answer_says_what_it_found(found: Answer, there_and_back: Callable[[Answer], Answer]) -> None:
    """Its words and chart follow from its numbers, and JSON loses nothing."""
    from amur.charts.answers.drivers import draw

    assert there_and_back(found).as_json() == found.as_json()
    assert found.numbers[0].keys["year"] == "2025"
    strongest = max(
        (row for row in found.tables["parts"] if row["outcome"] == "integration" and row["year"] == 2025),
        key=lambda row: float(row["adds"] or 0),
    )
    assert str(strongest["title"]).lower() in found.statement
    assert "moved by no family" in found.statement
    drawn = draw(found).to_json()
    assert "Military integration" in drawn
    assert str(strongest["title"]) in drawn
    assert len(found.tables["families"]) == len(FAMILIES)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--outcome", "coordinaton"), "coordination"),
        (("--outcome", "line_stage"), "outcome"),
        (("--year", "1980"), "1993"),
        (("--year", "soon"), "1993"),
        (("--held", "2040"), "held"),
        (("--held", "2013", "--year", "2003"), "year"),
        (("--span", "0"), "span"),
        (("--pairs", "1"), "pairs"),
        (("--futures", "4000"), "at most"),
        (("--weights", "vassal=1"), "vassalage"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(
    refused: Callable[..., str], words: tuple[str, ...], said: str
) -> None:
    """With the field that is wrong or what would be right."""
    assert said in refused("ask", "drivers", *words)


def test_a_family_that_there_is_not_is_refused(few: Common) -> None:
    """With the nearest name."""
    with pytest.raises(AmurError, match="common-rvial") as error:
        drivers.without(["common-rvial"], ["integration"], ["2025"], few)
    assert "common-rival" in str(error.value.mend)
