"""Tables, small charts and JSON as they are written."""

from __future__ import annotations

import json
import math
import sys
from types import SimpleNamespace

import pytest

from amur.cli import output
from amur.record import Point, TimeSeries, periods


class Terminal:
    """A standard output that says it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(output, "sys", SimpleNamespace(stdout=made, stderr=sys.stderr))
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    return made


COLUMNS = ("name", "n", "text")
ROWS = [("short", 1, "words " * 20), ("a.rather.long-name", 1234.5, "few")]


def test_a_table_in_a_pipe_is_never_cut() -> None:
    lines = output.table(COLUMNS, ROWS, right=("n",), wrap=("text",)).splitlines()
    assert len(lines) == 3
    assert lines[1] == f"short                    1  {('words ' * 20).strip()}"
    assert lines[2] == "a.rather.long-name  1234.5  few"


def test_a_table_in_a_terminal_goes_on_in_the_next_line(terminal: Terminal) -> None:
    lines = output.table(COLUMNS, ROWS, right=("n",), wrap=("text",)).splitlines()
    assert max(map(len, lines)) <= 60
    assert " ".join(lines).count("words") == 20


def test_or_is_cut_with_a_sign(terminal: Terminal) -> None:
    lines = output.table(COLUMNS, ROWS, right=("n",), cut=("text",)).splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) <= 60
    assert lines[1].endswith("…")


def test_or_puts_the_last_column_under_each_row(terminal: Terminal) -> None:
    lines = output.entries(COLUMNS, ROWS, right=("n",)).splitlines()
    assert lines[0].split() == ["name", "n"]
    assert max(map(len, lines)) <= 60
    assert " ".join(lines).count("words") == 20
    assert lines[-1] == "    few"


def test_chinese_characters_take_two_columns() -> None:
    lines = output.table(("a", "b"), [("中国", 1), ("Russia", 2)]).splitlines()
    assert lines[1] == "中国    1"
    assert lines[2] == "Russia  2"


def test_bold_headings_only_in_a_terminal_that_wants_them(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert output.heading("x") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert output.heading("x") == "\033[1mx\033[0m"


def test_json_is_strict(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json(
        {"a": math.nan, "b": [math.inf, 1.5], "c": Point("2000", 1.0, ("s",)), "d": None, 5: True}
    )
    told = json.loads(capsys.readouterr().out, parse_constant=lambda name: pytest.fail(name))
    assert told["a"] is None
    assert told["b"] == [None, 1.5]
    assert told["c"]["sources"] == ["s"]
    assert (told["d"], told["5"]) == (None, True)


def test_ranges() -> None:
    assert periods.ranges(["1996", "2001", "2002", "2003", "2005"]) == "1996, 2001–2003, 2005"
    assert periods.ranges(["2000-Q4", "2001-Q1"]) == "2000-Q4–2001-Q1"
    assert periods.ranges(["2000", "2001-Q1"]) == "2000, 2001-Q1"
    assert periods.ranges([]) == ""


def series(values: dict[str, float], frequency: str = "A") -> TimeSeries:
    points = tuple(Point(period, value, ("s",)) for period, value in values.items())
    return TimeSeries("x", "x", "count", frequency, "x", points)


def test_a_plot_stands_on_nought_and_leaves_gaps_empty() -> None:
    lines = output.plot(series({"2000": 4, "2001": 8, "2003": 2}), 14, high=4).splitlines()
    assert lines[:4] == ["8 ┤  ██", "  │  ██", "  │████", "0 ┤████  ██"]
    assert lines[4] == "   2000–2003" if len(lines[4]) > 10 else lines[4].split() == ["2000", "2003"]


def test_a_plot_too_long_for_the_line_shows_means() -> None:
    months = {f"{year}-{month:02d}": 1.0 for year in range(2000, 2020) for month in range(1, 13)}
    written = output.plot(series(months, "M"), 80)
    assert max(map(len, written.splitlines())) <= 80
    assert "each column is the mean of 4 months" in written


@pytest.mark.parametrize(
    "values", [{"2000": 0.0}, {"2000": -1.0}, {"2000": 5.0, "2001": 5.0}, {"2000": -3.0, "2001": 4.0}]
)
def test_a_plot_of_hardly_anything(values: dict[str, float]) -> None:
    assert "┤" in output.plot(series(values), 40)
    assert len(output.sparkline(series(values).points)) == len(values)


def test_a_sparkline_leaves_gaps() -> None:
    assert output.sparkline(series({"2000": 0, "2001": 7, "2003": 0}).points) == "▁█ ▁"
    assert output.sparkline(()) == ""


def test_counts_in_words() -> None:
    assert (
        output.counted({"series": 1, "events": 1, "sources": 2, "observations": 0})
        == "1 series, 1 event, 2 sources"
    )
