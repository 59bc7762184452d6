"""The command forecasts; the model is not run here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run  # type: ignore[import-not-found]

from amur.validation.ledger_numbers import FORMAT, LEVELS
from amur.validation.ledger_targets import entries


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A ledger with every forecast, all quantities from 0.01 to 0.99 and all events even."""
    made: list[dict[str, Any]] = []
    for entry in entries():
        target = entry.target
        told: dict[str, Any] = {
            "id": entry.id,
            "question": target.question,
            "type": target.type,
            "unit": target.unit,
        }
        told |= {"period": entry.period, "due": entry.due, "resolution": target.resolution}
        if target.type == "event":
            told |= {"probability": 0.5, "baselines": {"base_rate": {"probability": 0.25}}}
        else:
            told |= {"scale": {"link": target.link, "floor": target.floor}, "quantiles": list(LEVELS)}
            told |= {"baselines": {"drift": {"quantiles": list(LEVELS)}}}
            told |= {
                "at_oil": {
                    "70": {"members": 99, "quantiles": [0.1, 0.5, 0.9]},
                    "100": {"members": 3, "note": "too few"},
                }
            }
        made.append(told)
    whole = {
        "format": FORMAT,
        "frozen": "2026-01-05",
        "stamp": {},
        "levels": LEVELS,
        "levels_at_oil": [0.1, 0.5, 0.9],
    }
    path = tmp_path / "frozen.json"
    path.write_text(json.dumps(whole | {"forecasts": made}), encoding="utf-8")
    return path


def test_the_list_and_its_words(run: Run) -> None:
    whole = run("forecasts", "list", "--json").json()
    assert len(whole) >= 40
    assert "lethal_aid" in run("forecasts", "list", "lethal").out
    ran = run("forecasts", "list", "unicorn")
    assert (ran.code, ran.out) == (0, "")
    assert "no target fits" in ran.err


def test_show_all_and_one(run: Run, frozen: Path) -> None:
    assert "lethal_aid.2027" in run("forecasts", "show", "--file", str(frozen)).out
    one = run("forecasts", "show", "gas_chn", "--file", str(frozen)).out
    assert all(word in one for word in ("gas_chn.2026", "drift", "Brent at 70", "too few"))
    assert (
        len(run("forecasts", "show", "gas_chn.2026", "--file", str(frozen), "--json").json()["forecasts"]) == 1
    )
    ran = run("forecasts", "show", "gas_chm", "--file", str(frozen))
    assert ran.code == 2
    assert "gas_chn" in ran.err


def test_resolve_says_what_is_open(run: Run, frozen: Path) -> None:
    ran = run("forecasts", "resolve", str(frozen))
    assert ran.code == 0
    assert "Nothing is resolved" in ran.out
    assert "by hand" in ran.out


def test_resolve_scores_a_table_of_outcomes(run: Run, frozen: Path, tmp_path: Path) -> None:
    table = tmp_path / "outcomes.csv"
    table.write_text(
        "target,value,date,source\nlethal_aid.2026,0,2027-01-02,news\nyuan_share.2026,0.5,2027-01-18,a ministry\n"
    )
    words = ("forecasts", "resolve", str(frozen), "--outcomes", str(table), "--as-of", "2027-02-01")
    told = run(*words, "--json").json()
    assert {row["id"] for row in told["resolved"]} == {"lethal_aid.2026", "yuan_share.2026"}
    assert told["summary"]["brier"] == 0.25
    assert told["summary"]["baselines"]["base_rate"]["brier"] == 0.0625
    assert told["summary"]["skill"]["drift"] == 0
    shown = run(*words).out
    assert all(
        word in shown for word in ("a ministry", "skill of the model", "Brier 0.250", "Open on 2027-02-01")
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("resolve", "none.json"), "no such file"),
        (("resolve", "."), "folder"),
        (("resolve", "FROZEN", "--outcomes", "none.csv"), "no such file"),
        (("resolve", "FROZEN", "--as-of", "soon"), "not a date"),
        (("resolve", "FROZEN", "--outcomes", ""), "--outcomes"),
        (("show", "--file", "none.json"), "no such file"),
        (("show", "--file", ""), "--file"),
        (("freeze", "--out", "FROZEN"), "never changed"),
        (("freeze", "--out", ""), "--out"),
        (("freeze", "--members", "3"), "50"),
        (("thaw",), "no such command"),
    ],
)
def test_a_fault_is_one_line_and_code_2(run: Run, frozen: Path, words: tuple[str, ...], says: str) -> None:
    ran = run("forecasts", *(str(frozen) if word == "FROZEN" else word for word in words))
    assert ran.code == 2
    assert ran.out == ""
    assert says.lower() in ran.err.lower()
    assert len(ran.err.strip().splitlines()) == 1
