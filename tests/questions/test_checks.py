"""Outside checks: verdicts on made-up numbers, and what is published against record, code and page."""

from __future__ import annotations

from pathlib import Path

import pytest

from amur.questions import checks
from amur.questions.checks.experiments import EXPERIMENTS
from amur.questions.checks.page import page
from amur.questions.checks.studies import STUDIES
from amur.questions.checks.verdicts import beside, change, part
from amur.questions.checks.worlds import WORLDS, Histories
from amur.record import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told():
    """The published checks."""
    return checks.published()


@pytest.mark.parametrize(
    ("theirs", "ours", "says"),
    [
        (-10.0, (-9.0, -12.0, -7.0), "agree"),
        (-10.0, (-4.0, -6.0, -3.0), "disagree on the size: ours is 40% of theirs"),
        (22.0, (66.0, 40.0, 90.0), "disagree on the size: ours is 3.0 times theirs"),
        (-10.0, (4.0, 3.0, 6.0), "disagree on the sign"),
        (-10.0, (-9.0, -9.5, -8.5), "near"),
    ],
)
def test_a_verdict_follows_from_the_numbers(theirs, ours, says):
    assert beside(theirs, *ours).startswith(says)


@pytest.mark.parametrize(
    ("seen", "model", "says"),
    [
        (1.0, (0.5, 2.0), "holds"),
        (3.0, (0.5, 2.0), "less"),
        (-3.0, (-2.0, -0.5), "less"),
        (0.1, (0.5, 2.0), "more"),
        (-0.1, (-2.0, -0.5), "more"),
        (-1.0, (0.5, 2.0), "the other way"),
    ],
)
def test_changes_are_told_apart(seen, model, says):
    assert says in change(seen, *model)


@pytest.mark.parametrize(
    ("effect", "whole", "says"),
    [
        ((0.5, 0.2, 0.8), 1.0, "50%"),
        ((0.5, -0.2, 0.8), 1.0, "not told from nothing"),
        ((-0.5, -0.8, -0.2), 1.0, "works against"),
        ((2.0, 1.0, 3.0), 1.0, "2.0 times"),
        ((1.0, 0.9, 1.1), 1.0, "all of"),
        ((1e-6, 1e-7, 1e-5), 1.0, "next to nothing"),
        ((1.0, 0.9, 1.1), 0.0, "nothing changed"),
    ],
)
def test_parts_of_a_change_are_told(effect, whole, says):
    assert says in part(*effect, whole)


def test_the_published_checks_are_of_this_record_and_code(told):
    assert told["stamp"] == checks.stamp(), "run: python -m amur.questions.checks"
    assert [each["name"] for each in told["checks"]] == [each.name for each in (*STUDIES, *EXPERIMENTS)]


def test_the_page_is_that_of_the_published_numbers(told):
    assert (ROOT / "docs" / checks.PAGE).read_text(encoding="utf-8") == page(told)


def test_what_is_told_of_the_record_is_in_the_record(told):
    record = load()
    rows = [row for each in told["checks"] if each["kind"] == "experiment" for row in each["rows"]]
    seen = [row for row in rows if row["record"]]
    assert len(seen) >= 10
    by = {shown.quantity + str(shown.first): shown for each in EXPERIMENTS for shown in each.shown}
    for row in seen:
        values = {point.period: point.value for point in record.timeseries(row["series"]).points}
        times = by[row["quantity"] + str(row["from"])].times
        assert row["record"]["last"] == pytest.approx(times * values[str(row["to"])])


def test_every_check_says_its_source_and_in_what_it_differs(told):
    for each in told["checks"]:
        if each["kind"] == "study":
            assert all(each[key] for key in ("source", "concept", "there"))
            assert each["verdict"] in beside(each["theirs"], *_first(each))
        else:
            assert all(each[key] for key in ("sources", "caution"))
            assert all(row["verdict"] for row in each["rows"])


def _first(each):
    first = each["numbers"][0]
    return first["value"], first["low90"], first["high90"]


def test_a_published_number_comes_out_again_with_fewer_histories(told, few):
    of = Histories(few)
    study = next(each for each in STUDIES if each.name == "gas-embargo")
    published = next(each for each in told["checks"] if each["name"] == study.name)["numbers"][0]
    again = study.ours(of)[0]
    spread = published["high90"] - published["low90"]
    assert again.value == pytest.approx(published["value"], abs=0.25 * spread)
    assert of.loss("gas embargo", "gas embargo", 2023).after.any() == 0


def test_all_worlds_are_other_than_what_happened():
    assert WORLDS["as it happened"] == ()
    assert all(laid for name, laid in WORLDS.items() if name != "as it happened")


def test_the_command_shows_them(amur):
    ran = amur("ask", "whatif", "--checks")
    assert ran.code == 0, ran.err
    assert ran.out.count("Verdict: ") == len(STUDIES) + len(EXPERIMENTS)
