"""The commands of the model, given what is wrong, empty or too much, or installed without what the model needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import Run  # type: ignore[import-not-found]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("map", "--group", "trusts"), "trust"),
        (("map", "--group", ""), "--group"),
        (("map", "--around", ""), "--around"),
        (("map", "--save", ""), "--save"),
        (("book", "--to", ""), "--to"),
        (("book", "--check", "--html"), "exclude"),
        (("laws", "--file", ""), "--file"),
        (("laws", "--save", ""), "--save"),
        (("laws", "qqqq"), "Known"),
        (("prior", "--members", "500"), "--rebuild"),
        (("prior", "--save", "x.foo"), ".svg"),
        (("simulate", "--keep", ","), "no names"),
    ],
)
def test_a_fault_is_one_line_and_code_2(run: Run, words: tuple[str, ...], says: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize("option", ["--interventions", "--endstates"])
def test_a_file_nested_without_end_is_one_line(run: Run, tmp_path: Path, option: str) -> None:
    deep = tmp_path / "deep.toml"
    deep.write_text("a=" + "[" * 200_000, encoding="utf-8")
    ran = run("simulate", option, str(deep))
    assert ran.code == 2
    assert "nested too deeply" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_name_given_twice_is_told_once(run: Run) -> None:
    assert run("why", "trust_rus", "trust_rus", "--steps", "0", "--json").json()["of"] == ["trust_rus"]


WITHOUT_JAX = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("jax", "jaxlib"):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
sys.meta_path.insert(0, Lacking())
from amur.cli import run
run()
"""


@pytest.mark.parametrize("words", ["simulate", "why trust_rus", "laws"])
def test_without_jax_one_line_says_what_to_install(words: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_JAX, *words.split()],
        capture_output=True,
        text=True,
        env=os.environ | {"AMUR_DATA_DIR": str(tmp_path)},
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'amur[model]'" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_edges_of_an_unknown_group_are_a_fault_and_not_an_empty_list(run: Run) -> None:
    ran = run("map", "--json", "--group", "trusts")
    assert ran.code == 2
    assert "Did you mean trust" in ran.json()["mend"]
