"""Readings as files: the ten are sound, and every fault of a file is one error that says where and how to mend it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amur import claims
from amur.errors import AmurError
from amur.readings import read, reading, readings, template
from amur.readings.check import check, idle
from amur.system.observe import CATEGORIES, OBSERVABLES
from amur.system.parameters import PARAMETERS, draw

TEN = {
    "alliance", "concert", "iranization", "limited-partnership", "necessity",
    "persistence", "proxy", "strategic-rear", "transactional", "vassalage",
}  # fmt: skip
GOOD = """\
title = "Mine"
says = "It is mine."
claims = ["P4"]

[[apart]]
parameter = "trust_gain"
prior = { lognormal = { median = 0.01, factor = 1.3 } }
why = "Because."
claims = ["B9"]

[[apart]]
parameter = "political_yield"
prior = { beta = { mean = 0.8, weight = 20 } }
why = "Because."

[[predicts]]
of = "answer.strategic"
side = "higher"
from = "2014"
to = "2025"
why = "Because."

[[log]]
date = 2026-01-31
what = "first version"
"""


def test_there_are_ten_and_nine_of_them_rest_on_the_model() -> None:
    assert set(readings()) == TEN
    assert [name for name, each in readings().items() if each.structure == "none"] == ["persistence"]


@pytest.mark.parametrize("name", sorted(TEN - {"persistence"}))
def test_each_sets_enough_apart_far_enough_and_sticks_its_neck_out(name: str) -> None:
    found = readings()[name]
    shifts = check(found)
    assert 8 <= len(shifts) <= 25
    # Half of what a reading sets apart lies where at most one draw of the base prior in eight or so does.
    moves = sorted(abs(each.move) for each in shifts)
    assert moves[len(moves) // 2] > 1.2
    assert len(found.predicts) >= 5
    assert len({each.of for each in found.predicts}) == len(found.predicts)
    assert {each.claims[0][0] for each in found.apart} <= {each[0] for each in found.claims}
    assert found.log
    # How model and record may differ is not a matter of readings.
    measured = {scale for made in OBSERVABLES.values() for scale in made.scales}
    assert not measured & set(found.priors)


def test_each_predicts_something_that_a_rival_predicts_the_other_way() -> None:
    told = {(each.of, each.side): name for name, one in readings().items() for each in one.predicts}
    opposite = {"higher": "lower", "lower": "higher"}
    for name, one in readings().items():
        if one.predicts:
            assert any((each.of, opposite[each.side]) in told for each in one.predicts), name


def test_every_reading_of_the_table_of_claims_is_here_and_cites_its_claim() -> None:
    for claim in claims.load():
        if claim.kind == "reading":
            (home,) = [home.partition(":")[2] for home in claim.home if home.startswith("reading:")]
            assert claim.claim in readings()[home].claims


def test_priors_replace_those_of_the_base_and_nothing_else() -> None:
    found = readings()["vassalage"]
    base, under = draw(64, 1), draw(64, 1, dict(found.priors))
    moved = {name for name in PARAMETERS if bool((getattr(base, name) != getattr(under, name)).any())}
    assert moved == set(found.priors)


def test_listing_does_not_load_the_model() -> None:
    told = "from amur.readings import readings; import sys; readings(); sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], timeout=60, check=False).returncode == 0


def test_a_good_file_is_read_and_takes_the_bounds_of_its_base_prior(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace("political_yield", "emboldening"))
    found = reading(file)
    assert (found.name, found.structure, len(check(found))) == ("mine", "model", 2)
    assert found.priors["emboldening"].high == PARAMETERS["emboldening"].prior.high == 2.0
    assert reading(str(file)) == found
    assert found.as_json()["predicts"][0]["from"] == "2014"


BROKEN = [
    ('title = "Mine"\n', "", "title", None, "has no 'title'"),
    ('"It is mine."', '" "', "says", 2, "is empty"),
    ('["P4"]', '["P44"]', "claims", 3, "there is no claim 'P44'"),
    ('claims = ["P4"]', 'claims = ["P4"]\nstructure = "nine"', "structure", 4, "not allowed"),
    ('claims = ["P4"]', 'claims = ["P4"]\nstructure = "none"', "structure", 4, "without structure"),
    ("[[log]]", "[[logs]]", "logs", 23, "not known"),
    ('why = "Because."\nclaims', "claims", "why", 5, "apart has no 'why'"),
    ('"trust_gain"', '"trust_gains"', "parameter", 6, "Did you mean trust_gain"),
    ('"trust_gain"', '"political_yield"', "parameter", 12, "set apart twice"),
    ('"trust_gain"', '"gravity_size"', "parameter", 6, "does not use"),
    ("lognormal = { median", "lognorm = { median", "prior", 7, "Did you mean lognormal"),
    ("median = 0.01, ", "", "prior", 7, "'median' is missing"),
    ("median = 0.01", 'median = "0.01"', "prior", 7, "is not a number"),
    ("factor = 1.3", "factor = 1.3, low = 0", "prior", 7, "'low' is no number of a lognormal prior"),
    ("factor = 1.3", "factor = 0.9", "prior", 7, "factor not above 1"),
    (
        "lognormal = { median = 0.01, factor = 1.3",
        "normal = { middle = 0, spread = 1",
        "prior",
        7,
        "between 0 and inf",
    ),
    ("mean = 0.8", "mean = 1.8", "prior", 13, "between 0 and 1"),
    ("weight = 20", "weight = 20, high = 2", "prior", 13, "lies between 0 and 1"),
    ('"answer.strategic"', '"answer.strategy"', "of", 17, "Did you mean answer.strategic"),
    ('"answer.strategic"', '"dependence_rus"', "of", 17, "only checked"),
    ('"higher"', '"up"', "side", 18, "'up' is not allowed"),
    ('from = "2014"', 'from = "1914"', "from", 19, "not a year"),
    ('to = "2025"', 'to = "2010"', "to", 20, "before 2014"),
    ("date = 2026-01-31", 'date = "today"', "date", 24, "is not a day"),
    ("[[predicts]]", "[predicts]", "predicts", 16, "not a list of tables"),
    ('side = "higher"', 'side = "higher"\nsides = 1', "sides", 19, "Did you mean side"),
]


@pytest.mark.parametrize(("old", "new", "field", "line", "says"), BROKEN, ids=[each[4] for each in BROKEN])
def test_a_fault_names_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, line: int | None, says: str
) -> None:
    assert old in GOOD
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(AmurError) as caught:
        check(read(file))
    assert (caught.value.file, caught.value.field, caught.value.line) == (str(file), field, line)
    assert says in str(caught.value)


def test_an_unknown_name_is_led_to_the_nearest() -> None:
    with pytest.raises(AmurError, match="Did you mean vassalage"):
        reading("vasalage")
    with pytest.raises(AmurError, match="my.toml"):
        reading("my.toml")


def test_a_file_with_the_name_of_one_of_ours_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "proxy.toml"
    file.write_text(GOOD)
    with pytest.raises(AmurError, match="another name"):
        reading(file)


@pytest.mark.parametrize("value", ["nan", "inf", "1e9", f"1{'0' * 400}", "true", "[1]"])
def test_a_number_that_is_none_is_a_fault(tmp_path: Path, value: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace("median = 0.01", f"median = {value}"))
    with pytest.raises(AmurError, match="not a number"):
        read(file)


def test_the_page_tells_of_every_reading_what_it_bets_on() -> None:
    page = (Path(__file__).parents[2] / "docs" / "readings.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(rows) == TEN
    for name, one in readings().items():
        told = [f"`{each.of}` {each.side} {each.start}–{each.end}" for each in one.predicts]
        assert not [each for each in told if each not in rows[name]], name


def test_idle_parameters_are_those_of_rival_equations_alone() -> None:
    assert "necessity_votes" in idle()
    assert "threat_amplifies" not in idle()


@pytest.mark.parametrize("like", ["", "necessity", "persistence"])
def test_a_new_file_is_sound_as_it_stands(tmp_path: Path, like: str) -> None:
    file = template.write("my-own", readings()[like] if like else None, tmp_path)
    found = read(file)
    check(found)
    assert found.name == "my-own"
    if like:
        assert found.as_json()["apart"] == readings()[like].as_json()["apart"]
    with pytest.raises(AmurError, match="--force"):
        template.write("my-own", folder=tmp_path)
    assert template.write("my-own", folder=tmp_path, force=True).read_text() != ""


@pytest.mark.parametrize("name", ["", "Mine", "a/b", "../x", "vassalage", "a b"])
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AmurError):
        template.write(name, folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_every_prediction_is_of_something_fitted() -> None:
    for one in readings().values():
        for each in one.predicts:
            decision, _, option = each.of.partition(".")
            assert OBSERVABLES[each.of].fitted if not option else option in CATEGORIES[decision].options
