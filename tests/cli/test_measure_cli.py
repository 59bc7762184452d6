"""``amur measure``: list, one through time, all dyads compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Run  # type: ignore[import-not-found]

from amur.record import load
from amur.record.measures import catalogue, measure


def test_list(run: Run) -> None:
    assert [row["name"] for row in run("measure", "list", "--json").json()] == list(catalogue())
    found = run("measure", "list", "dependence", "trade", "--json").json()
    assert "trade.dependence" in [row["name"] for row in found]
    assert 0 < len(found) < len(catalogue())
    assert "trade.dependence " in run("measure", "list", "trade", "dependence").out


def test_show(run: Run) -> None:
    told = run("measure", "show", "trade.dependence", "--dyad", "chn-rus", "--json").json()
    series = measure(load(), "trade.dependence", "CHN-RUS")
    assert [(p["period"], p["value"]) for p in told["points"]] == list(series.values.items())
    written = run("measure", "show", "trade.dependence").out
    assert "Formula: 100 (X_ab + M_ab) / (X_a + M_a)" in written
    assert "Literature: Hirschman 1945" in written
    assert "RUS-CHN" in written


def test_show_as_of(run: Run) -> None:
    told = run("measure", "show", "trade.dependence", "--as-of", "2010-12-31", "--json").json()
    assert told["points"][-1]["period"] <= "2009"


def test_compare(run: Run, tmp_path: Path) -> None:
    told = run("measure", "compare", "trade.dependence", "--json").json()
    values = [row["value"] for row in told["latest"]]
    assert values == sorted(values, reverse=True)
    served = {str(dyad) for dyad in catalogue()["trade.dependence"].dyads}
    assert {row["dyad"] for row in told["latest"]} | set(told["missing"]) == served
    lines = run("measure", "compare", "trade.dependence").out.splitlines()
    assert [line.split()[0] for line in lines if line[:7] in served] == [row["dyad"] for row in told["latest"]]
    assert run("measure", "compare", "trade.dependence", "--save", str(tmp_path / "c.svg")).code == 0
    assert "RUS-CHN" in (tmp_path / "c.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "measure show trade.dependance",
            "there is no measure 'trade.dependance'. Did you mean trade.dependence",
        ),
        ("measure compare trade.dependance", "Did you mean trade.dependence"),
        ("measure show trade.dependence --dyad RUSCHN", "'RUSCHN' is not a dyad"),
        ("measure show trade.dependence --dyad RUS-FRA", "cannot serve trade.dependence for RUS-FRA"),
        ("measure show trade.dependence --as-of 2021-13-01", "not a date of the calendar"),
        ("measure show trade.dependence --save chart.bmp", "End the name in"),
        ("measure lst", "Did you mean 'list'?"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run: Run, words: str, told: str) -> None:
    ran = run(*words.split())
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "dyad"),
    [
        ("trade.dependence", "RUS-CHN"),
        ("votes.ga.agreement", "CHN-RUS"),
        ("price.russian-crude-concession.m", "RUS-WLD"),
    ],
)
def test_where_no_dyad_is_named_the_usual_one_is_meant(run: Run, name: str, dyad: str) -> None:
    told = run("measure", "show", name, "--json").json()
    assert f"{told['reporter']}-{told['partner']}" == dyad
