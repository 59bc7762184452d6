"""The claims table itself: 88 rows, every home that should exist does, every test named exists."""

import re
from pathlib import Path

import pytest

from amur import claims
from amur.errors import AmurError
from amur.record import load

ROOT = Path(__file__).parents[2]


def test_all_88_claims_are_there():
    ids = [claim.claim for claim in claims.load()]
    expected = [
        f"{p}{i}"
        for p, many in (("P", 24), ("G", 24), ("T", 16), ("B", 12), ("R", 12))
        for i in range(1, many + 1)
    ]
    assert ids == expected


def test_every_home_that_should_exist_does():
    assert claims.validate(load(overlay=False)) == 88


def test_every_test_that_is_named_exists_and_every_test_has_its_claim():
    named = {test: claim.claim for claim in claims.load() for test in claim.test.split("; ") if test}
    found = set()
    for path in sorted((ROOT / "tests" / "claims").glob("test_claims_*.py")):
        for name in re.findall(r"^def (test_[pgtbr]\d+_\w+)", path.read_text(), re.M):
            found.add(f"tests/claims/{path.name}::{name}")
    assert set(named) == found
    for test, claim in named.items():
        assert test.split("::test_")[1].startswith(claim.lower() + "_")


def test_the_status_follows_from_the_homes():
    for claim in claims.load():
        here = [home.split(":")[0] in claims.PRESENT for home in claim.home]
        assert claim.status == ("here" if all(here) else "partly" if any(here) else "to come")


def test_json_has_the_keys_that_others_rely_on():
    for claim in claims.load():
        assert {"claim", "kind", "home", "status", "test"} <= set(claim.as_json())
        assert claim.statement
        assert claim.home


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("P1,poita-2023,mechanism,x,says,nowhere,", "'nowhere' is not a home"),
        ("P1,carnegie-2022,mechanism,x,says,mechanism:x,", "not the essay of P1"),
        ("P1,poita-2023,guess,x,says,mechanism:x,", "'guess' is not allowed"),
    ],
)
def test_a_broken_row_is_one_error(tmp_path, monkeypatch, row, problem):
    (tmp_path / "essays.csv").write_text((claims.ESSAYS / "essays.csv").read_text())
    (tmp_path / "claims.csv").write_text("claim,essay,kind,about,statement,home,test\n" + row + "\n")
    monkeypatch.setattr(claims, "ESSAYS", tmp_path)
    for function in (claims.load, claims.essays):
        function.cache_clear()
    try:
        with pytest.raises(AmurError, match=problem) as caught:
            claims.load()
        assert caught.value.line == 2
    finally:
        monkeypatch.undo()
        for function in (claims.load, claims.essays):
            function.cache_clear()
