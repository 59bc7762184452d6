"""The checker of laws finds what is broken and passes what holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from amur.errors import AmurError
from amur.system import laws
from amur.system.laws import Law

LABELS = ["2026-Q1", "2026-Q2", "2026-Q3"]


def judged(expect: str, values: np.ndarray, **fields: object) -> laws.Verdict:
    law = Law("a", "it.", {"now": {}}, (expect,), **fields)  # type: ignore[arg-type]
    return laws._judge(law, {"now": {"labels": LABELS, "oil_chn": values}})


def test_built_in_laws_read_and_say_what_they_are_about() -> None:
    read = laws.read()
    assert len(read) >= 15
    assert all(law.it.endswith(".") for law in read)


def test_a_law_that_holds_and_one_that_does_not() -> None:
    values = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 0.5]])
    assert judged("now.oil_chn >= 0", values).holds
    rising = judged("now.oil_chn >= now_before.oil_chn", values)
    assert not rising.holds
    assert (rising.share, rising.member, rising.quarter) == (0.5, 1, "2026-Q3")
    assert judged("now.oil_chn >= now_before.oil_chn", values, share=0.5).holds
    assert judged("now.oil_chn >= now_first.oil_chn", values, end="2026-Q2").holds


def test_what_is_not_a_number_breaks_a_law() -> None:
    assert not judged("now.oil_chn >= 0", np.array([[1.0], [np.nan], [1.0]])).holds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no .*laws"),
        ("[[laws]]\nname = 'a'\nit = 'b'\nruns.now = {}\nexpect = 'now.oil_chn'", "not one comparison"),
        ("[[laws]]\nname = 'a'\nit = 'b'\nruns.now = {}\nexpect = 'then.oil_chn >= 0'", "of no run"),
        (
            "[[laws]]\nname = 'a'\nit = 'b'\nruns.now = {}\nexpect = 'now.oil_chn >= 0'\nuntil = 3",
            "no field 'until'",
        ),
    ],
)
def test_faults_of_a_file(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "laws.toml"
    file.write_text(text)
    with pytest.raises(AmurError, match=told):
        laws.read(file)
