"""Every command and every piece of Python that the pages show is run as it stands there, in an empty folder.

What takes minutes, or installs, is only looked up: the command is there and has the options that are shown.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from outputs import pieces, unlike, unlike_roughly, words  # type: ignore[import-not-found]

from amur.cli import COMMANDS
from amur.record.record import DATA

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = (
    ("series", "period", "value"),
    ("trade.total.chn-rus", 2025, 228.0),
    ("trade.total.chn-rus", 2030, 300.0),
)
LONG = (
    lambda told: told[0] in ("brief", "serve"),
    lambda told: told[0] in ("condition", "validate") and "--show" not in told,
    lambda told: told[0] == "prior" and len(told) > 1,
    lambda told: told[:2] == ["forecasts", "freeze"],
)
"""Commands that take minutes or do not end, and the brief, which takes seconds and has tests of its own."""
FEW = "256"
"""Futures of questions here, so that they take little and share the one compilation that the tests of questions use."""
SMALL = {"drivers": ["--pairs", "2"], "levers": ["--most", "2"]}
PURE = {"simulate", "ask", "argue", "watch", "why", "validate", "condition"}
CHANGING = {"--save", "--to", "--save-mapping", "--share", "--out"}
Run = Callable[..., Any]
_DONE: dict[tuple[str, ...], Any] = {}


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced pieces of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), re.M | re.S)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def lines(page: Path) -> list[str]:
    """The lines of commands, fenced or indented. What an indented command does stands after a wide gap."""
    fenced = [line for piece in pieces(text(page)) for line in piece.commands]
    indented = re.findall(r"^    (amur .*)", text(page), re.M)
    return [*fenced, *(re.split(r" {2,}", line)[0] for line in indented)]


def commands(page: Path) -> list[list[str]]:
    """The words of each `amur` command."""
    told = [words(line.replace("SERIES", "trade.total.chn-rus")) for line in lines(page)]
    return [each[1:] for each in told if each[:1] in (["amur"], [".venv/bin/amur"])]


def spoken(page: Path) -> list[str]:
    """Commands in running text and in pieces of text, which are not run."""
    plain = re.sub(r"^```.*?^```", "", text(page), flags=re.M | re.S)
    inline = re.findall(r"(?<!`)`(amur [^`]+)`(?!`)", plain)
    fenced = [line for block in blocks(page, "text") for line in block.splitlines() if line.startswith("amur ")]
    return [" ".join(line.split()) for line in inline] + [re.split(r" {2,}", line)[0] for line in fenced]


def workbook(path: Path, rows: Any, sheet: str = "Data") -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.fixture(scope="module", autouse=True)
def own_answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Answers that were kept by whoever runs the tests are not read, and none are left."""
    from amur.questions import kept

    folder = tmp_path_factory.mktemp("answers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "_folder", lambda: folder)
        yield


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


def few(told: list[str]) -> list[str]:
    """A question as shown, of few futures. What is published or runs none is asked as it stands."""
    runs = told[0] == "ask" and told[1] != "reading" and told[1:] != ["outlook"] and "--dyad" not in told
    return [*told, "--futures", FEW, *SMALL.get(told[1], [])] if runs else told


def ran(run: Run, told: list[str]) -> Any:
    """A command run, or what it gave when another page asked the same and nothing was written."""
    asked = few(told)
    key = tuple(asked)
    if told[0] not in PURE or CHANGING & set(told):
        return run(*asked)
    if key not in _DONE:
        _DONE[key] = run(*asked)
    return _DONE[key]


def looked_up(run: Run, told: list[str]) -> None:
    """That a command is there and has the options shown. A part with small letters may name a command of commands."""
    assert told[0] in COMMANDS, told
    parts = [told[0]]
    listed = run(told[0], "--help")
    assert listed.code == 0, told
    if (
        "Commands:" in listed.out
        and len(told) > 1
        and re.search(rf"^  {re.escape(told[1])} ", listed.out, re.M)
    ):
        parts.append(told[1])
        listed = run(*parts, "--help")
    for word in told:
        if word.startswith("--"):
            assert re.search(rf"{re.escape(word.partition('=')[0])}\b", listed.out), told


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=name_of)
def test_commands_run_as_they_are_shown(page: Path, run: Run, folder: Path) -> None:
    if page.name == "adding-evidence.md":
        # Here the table has our own columns; the mapping is for the next one.
        workbook(folder / "ministry.xlsx", OURS)
    printed = {}
    for told in commands(page):
        if any(is_long(told) for is_long in LONG):
            looked_up(run, told)
            continue
        given = ran(run, told)
        assert given.code == 0, (told, given.err)
        assert "no series fits" not in given.err
        assert "no event fits" not in given.err
        if "--save" not in told:
            assert given.out.strip(), told
        for option in ("--save", "--to"):
            if option in told:
                assert (folder / told[told.index(option) + 1]).exists(), told
        printed[tuple(told)] = given.out
    before = None
    for piece in pieces(text(page)):
        if piece.shows is None:
            before = tuple(words(piece.commands[-1])[1:])
            continue
        assert before is not None, "output without a command before it"
        told = list(before)
        differ = unlike if few(told) == told else unlike_roughly
        assert not differ(piece.text, printed[before]), f"run python tools/outputs.py {name_of(page)}"


def test_what_is_made_is_there() -> None:
    told = {words(line)[1] for page in PAGES for line in lines(page) if words(line)[:1] == ["make"]}
    assert {"brief", "test", "site"} <= told
    for target in told:
        # -n: say what would be done, and do nothing.
        subprocess.run(["make", "-n", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("page", [page for page in PAGES if spoken(page)], ids=name_of)
def test_commands_that_are_only_spoken_of_are_there(page: Path, run: Run) -> None:
    for line in spoken(page):
        told = words(line.replace("…", ""))[1:]
        if told and told[0] != "COMMAND" and not told[0].startswith("--"):
            looked_up(run, told)


def test_nothing_else_stands_among_the_commands() -> None:
    first = {words(line)[0] for page in PAGES for line in lines(page) if words(line)}
    assert first <= {"amur", ".venv/bin/amur", "make", "pip", "python", "curl"}


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=name_of)
def test_python_runs_as_it_is_shown(page: Path, folder: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(page, "python"):
        for statement in ast.parse(block).body:
            source = ast.get_source_segment(block, statement) or ""
            if not isinstance(statement, ast.Expr):
                exec(source, names)
                continue
            got = eval(source, names)
            comment = block.splitlines()[(statement.end_lineno or 1) - 1].partition("  # ")[2]
            try:
                promised = ast.literal_eval(comment)
            except (SyntaxError, ValueError):
                continue
            assert got == promised, source


def test_there_are_commands_and_python_to_run() -> None:
    assert sum(len(commands(page)) for page in PAGES) >= 50
    assert sum(len(blocks(page, "python")) for page in PAGES) >= 2


@pytest.mark.parametrize("option", ["--json", "--as-of", "--strict", "--no-overlay", "--save"])
def test_options_that_mean_the_same_everywhere_are_where_they_are_said_to_be(run: Run, option: str) -> None:
    for told in (["record", "show"], ["measure", "show"], ["measure", "compare"]):
        assert option in run(*told, "--help").out
