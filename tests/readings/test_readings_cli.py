"""``amur readings``: list, show, new and check, given what is right and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from amur.cli import main

type Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def ran(*words: str) -> tuple[int, str, str]:
        code = main(["readings", *words])
        written = capsys.readouterr()
        return code, written.out, written.err

    return ran


def test_list_and_show(run: Run) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert "G1-G24" in out
    _, out, _ = run("list", "--json")
    told = {each["name"]: each for each in json.loads(out)}
    assert len(told) == 10
    assert told["proxy"]["claims"] == ["P5"]
    _, out, _ = run("show", "transactional")
    assert "market_fear" in out
    assert "first version" in out
    assert json.loads(run("show", "persistence", "--json")[1])["structure"] == "none"


def test_a_user_writes_an_eleventh_and_checks_it(run: Run, tmp_path: Path) -> None:
    assert run("new", "mine", "--from", "concert")[0] == 0
    assert (tmp_path / "mine.toml").is_file()
    code, out, err = run("new", "mine")
    assert (code, out) == (2, "")
    assert "--force" in err
    code, out, _ = run("check", "mine.toml")
    assert code == 0
    assert "two_fronts" in out
    told = json.loads(run("check", "mine.toml", "--json")[1])
    assert told["apart"][0]["move"] > 0
    assert told["predicts"][0]["side"] == "higher"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "vasalage"), "vassalage"),
        (("check", "none.toml"), "none.toml"),
        (("new", "proxy"), "amur's own"),
        (("new", "mine", "--from", ""), "--from"),
    ],
)
def test_a_fault_is_one_line_and_code_2(run: Run, words: tuple[str, ...], says: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1
