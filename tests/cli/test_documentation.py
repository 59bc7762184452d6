"""Every command and every piece of Python that the pages show is run as it stands there, in an empty folder."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from running import Run  # type: ignore[import-not-found]

from amur.record.record import DATA

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OURS = (
    ("series", "period", "value"),
    ("trade.total.chn-rus", 2025, 228.0),
    ("trade.total.chn-rus", 2030, 300.0),
)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced pieces of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def commands(page: Path) -> list[list[str]]:
    """The words of each `amur` command in fenced and in indented pieces, without comments and redirections."""
    fenced = [line for block in blocks(page, "sh") for line in block.splitlines()]
    indented = re.findall(r"^    (amur .*)", page.read_text(encoding="utf-8"), re.M)
    # What an indented command does stands after a wide gap.
    lines = [*fenced, *(re.split(r" {2,}", line)[0] for line in indented)]
    words = [shlex.split(line.replace("SERIES", "trade.total.chn-rus"), comments=True) for line in lines]
    return [each[1 : each.index(">")] if ">" in each else each[1:] for each in words if each[:1] == ["amur"]]


def workbook(path: Path, rows: Any, sheet: str = "Data") -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that the pages speak of. The mapping is the one that the page of own evidence shows."""
    here = tmp_path / "here"
    here.mkdir()
    (mapping,) = [text for text in blocks(ROOT / "docs" / "adding-evidence.md", "toml") if "[columns]" in text]
    assert tomllib.loads(mapping)["header"] == 3
    (here / "ministry.toml").write_text(mapping, encoding="utf-8")
    mapped = [
        ("Ministry of Education",),
        ("",),
        ("Year", "Turnover", "Students", "Remark"),
        ("2025", "228 105,5", "n/a", "so far"),
        ("2030", "300 000", "21,5", ""),
    ]
    workbook(here / "ministry.xlsx", mapped)
    workbook(here / "my-figures.xlsx", OURS)
    workbook(here / "figures.xlsx", OURS)
    (here / "figures.csv").write_text("\n".join(",".join(map(str, row)) for row in OURS) + "\n")
    shutil.copytree(DATA / "trade", here / "my-topic")
    monkeypatch.chdir(here)
    return here


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: str(page.name))
def test_commands_run_as_they_are_shown(page: Path, run: Run, folder: Path) -> None:
    if page.name == "adding-evidence.md":
        # Here the table has our own columns; the mapping is for the next one.
        workbook(folder / "ministry.xlsx", OURS)
    for words in commands(page):
        if words[0] == "brief":
            # Writing a brief takes seconds and has tests of its own: that its options are there is enough.
            told = run("brief", "--help").out
            assert all(word in told for word in words if word.startswith("--")), words
            continue
        ran = run(*words)
        assert ran.code == 0, (words, ran.err)
        assert "no series fits" not in ran.err
        assert "no event fits" not in ran.err
        if "--save" not in words:
            assert ran.out.strip(), words
        for option in ("--save", "--to"):
            if option in words:
                assert (folder / words[words.index(option) + 1]).exists(), words


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: str(page.name)
)
def test_python_runs_as_it_is_shown(page: Path, folder: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(page, "python"):
        for statement in ast.parse(block).body:
            text = ast.get_source_segment(block, statement) or ""
            if not isinstance(statement, ast.Expr):
                exec(text, names)
                continue
            got = eval(text, names)
            comment = block.splitlines()[(statement.end_lineno or 1) - 1].partition("  # ")[2]
            try:
                promised = ast.literal_eval(comment)
            except (SyntaxError, ValueError):
                continue
            assert got == promised, text


def test_there_are_commands_and_python_to_run() -> None:
    assert sum(len(commands(page)) for page in PAGES) >= 50
    assert sum(len(blocks(page, "python")) for page in PAGES) >= 2


@pytest.mark.parametrize("option", ["--json", "--as-of", "--strict", "--no-overlay", "--save"])
def test_options_that_mean_the_same_everywhere_are_where_they_are_said_to_be(run: Run, option: str) -> None:
    for words in (["record", "show"], ["measure", "show"], ["measure", "compare"]):
        assert option in run(*words, "--help").out
