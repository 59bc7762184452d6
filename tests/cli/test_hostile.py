"""Standard output that is full, closed, left or narrow; words that steer a terminal; options left empty."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from running import Run  # type: ignore[import-not-found]

from amur.cli import output, streams

SERIES = "trade.total.chn-rus"


def shell(words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """A command as a shell runs it; ``amur`` in it is the command line."""
    return subprocess.run(
        [
            "bash",
            "-c",
            f'set -o pipefail; amur() {{ "$PYTHON" -c "from amur.cli import run; run()" "$@"; }}; {words}',
        ],
        capture_output=True,
        env=os.environ | {"PYTHON": sys.executable} | (env or {}),
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["", "--version", "record --help", "record summary", "claims --json"])
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
def test_an_output_that_takes_nothing_is_one_line(words: str, where: str) -> None:
    ran = shell(f"amur {words} {where}")
    assert ran.returncode == 2
    assert ran.stderr.startswith(b"amur: standard output: cannot be written: ")
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize("words", ["", "record list", "record sql 'select * from observations' --csv"])
@pytest.mark.parametrize("reader", ["true", "head -1 > /dev/null"])
def test_a_reader_that_leaves_is_no_fault(words: str, reader: str) -> None:
    ran = shell(f"amur {words} | {reader}")
    assert (ran.returncode, ran.stderr) == (0, b"")


ASCII = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}


def test_a_terminal_without_unicode_still_draws() -> None:
    drawn = shell(f"amur record show {SERIES}", ASCII).stdout.decode("ascii").split("\n\n")[1]
    assert "?" not in drawn
    assert "##" in drawn
    assert len(drawn.splitlines()[0]) == 67


def test_json_and_csv_lose_nothing_without_unicode() -> None:
    for words in ("record sources kremlin --json", f"record show {SERIES} --csv"):
        narrow, wide = shell(f"amur {words}", ASCII).stdout, shell(f"amur {words}", {"PYTHONUTF8": "1"}).stdout
        if "--json" in words:
            assert narrow.isascii()
            assert json.loads(narrow) == json.loads(wide)
        else:
            assert narrow == wide


def test_bytes_that_are_no_text_are_one_line() -> None:
    ran = shell("amur record sql $'select \\'\\xff\\''", {"PYTHONUTF8": "1"})
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize("word", ["a\nb", "a\x1b[31mb", "a\r\x00b", "x" * 5000])
def test_an_error_is_one_plain_short_line(run: Run, word: str) -> None:
    for words in ((word,), ("record", "show", word), ("record", word), ("measure", "show", word)):
        told = run(*words).err
        assert told.count("\n") == 1
        assert told.removesuffix("\n").isprintable()
        assert len(told) < 600


@pytest.mark.parametrize(
    "words",
    [
        ("record", "summary", "--as-of", ""),
        ("numbers", "--as-of", ""),
        ("brief", "--as-of", ""),
        ("measure", "show", "trade.dependence", "--as-of", ""),
        ("record", "events", "--since", ""),
        ("record", "list", "--topic", ""),
        ("record", "show", SERIES, "--save", ""),
        ("record", "add", "x.csv", "--name", ""),
    ],
)
def test_an_option_left_empty_is_not_an_option_left_out(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert f"field '{words[-2].removeprefix('--')}': is empty" in ran.err


def test_a_cut_before_the_record_says_nothing_odd(run: Run) -> None:
    assert "None" not in run("record", "summary", "--as-of", "1950").out
    rows = run("record", "codings", "--as-of", "1950").out.splitlines()[1:]
    assert rows
    assert all(row.split()[-1] == "0" for row in rows)


def test_claims_without_a_hit(run: Run) -> None:
    ran = run("claims", "nosuchword")
    assert (ran.code, ran.out) == (0, "")
    assert "no claim fits" in ran.err


class Terminal:
    """A terminal of so many columns."""

    def __init__(self, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(output, "width", lambda: columns)
        monkeypatch.setattr(output, "readable", lambda: min(100, max(40, columns)))


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
@pytest.mark.parametrize(
    "words",
    [
        f"record show {SERIES}",
        "record show trade.share.energy-in-rus-chn",
        "record summary",
        "record list gas",
        "record events veto",
        "record codings",
        "measure list trade",
        "measure compare trade.dependence",
        "numbers",
        "claims war",
        "record sql SELECT",
        "record source trade-wdi-2026",
    ],
)
def test_nothing_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int, words: str
) -> None:
    Terminal(columns, monkeypatch)
    split = [word.replace("SELECT", "select * from series limit 3") for word in words.split()]
    ran = run(*split)
    assert ran.code == 0
    # An address is left whole, to be opened; so is a chart's own caption in fewer than its columns.
    lines = [line for line in ran.out.splitlines() if "http" not in line]
    if columns >= 60:
        assert max(len(line) for line in lines) <= columns


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize(
    ("words", "pattern"), [("record list", r"\S+\.\S+"), ("record events", r"\d{4}\S+\.\S+")]
)
def test_a_name_is_never_cut(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int, words: str, pattern: str
) -> None:
    told = run(*words.split(), "gas", "--json").json()
    names = {row.get("event") or row["series"] for row in told}
    Terminal(columns, monkeypatch)
    shown = set(re.findall(pattern, run(*words.split(), "gas").out))
    assert len(names) > 5
    assert names <= shown


def test_a_cell_cannot_steer_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("record", "sql", "select chr(27) || '[31mred' as a").out
    assert streams.one_line("a\x1b b\n c") == "a\N{REPLACEMENT CHARACTER} b c"
