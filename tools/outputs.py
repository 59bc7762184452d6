"""What commands print, in the pages: `python tools/outputs.py [PAGE...]` runs them and writes their output anew.

A piece of output is fenced as `text` and stands behind the `sh` piece whose last command printed it, with a mark that
says which of its lines are shown: `<!-- printed -->` all of them, `<!-- printed 1-12 "In words"+3 -->` some, by number or
from the next line that holds these words and three more (`1-` and `"In words"+`: up to a blank line); `…` stands for what is
left out. Tests run the same commands and hold what the pages show against what they print (`unlike`).
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
FENCED = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
MARK = re.compile(r"<!-- printed(?P<lines>[^\n]*)-->\n+\Z")
NUMBER = re.compile(r"(?<![\w.])[-−+]?\d[\d,]*(?:\.\d+)?")
DRAWN = re.compile(r"[▁▂▃▄▅▆▇█─│┤┼└┘┌┐╭╮╰╯·]+")
WORD = re.compile(r"[^\W\d_]{3,}")
LEFT_OUT = "…"
ENOUGH = 0.9


@dataclass(frozen=True)
class Piece:
    """A piece of a page: commands, or what the last of them printed; where its text begins and ends in the page."""

    commands: tuple[str, ...]
    shows: str | None
    """Which lines of the output are shown; None for commands without output."""
    text: str
    begin: int
    end: int


def pieces(page: str) -> Iterator[Piece]:
    """Pieces of commands, each followed by a piece of output where the page shows one."""
    for found in FENCED.finditer(page):
        lines = found["text"].splitlines()
        if found["language"] == "sh":
            yield Piece(tuple(lines), None, found["text"], *found.span("text"))
        mark = MARK.search(page, 0, found.start())
        if found["language"] == "text" and mark:
            yield Piece((), mark["lines"].strip(), found["text"], *found.span("text"))


def words(line: str) -> list[str]:
    """The words of a command line without comments and redirections; the name of the command stays."""
    told = shlex.split(line, comments=True)
    return told[: told.index(">")] if ">" in told else told


def shown(printed: str, lines: str) -> str:
    """The lines of an output that a mark asks for, counted from 1."""
    whole = [line.rstrip() for line in printed.rstrip("\n").split("\n")]
    if not lines:
        return "\n".join(whole) + "\n"
    parts, last = [], 0
    for span in shlex.split(lines):
        begin, stop = _span(span, whole, last)
        if begin > last + 1:
            parts.append(LEFT_OUT)
        parts += whole[begin - 1 : stop]
        last = stop
    if last < len(whole):
        parts.append(LEFT_OUT)
    return "\n".join(parts) + "\n"


def _span(span: str, whole: list[str], after: int) -> tuple[int, int]:
    """The first and the last line, from 1, that a part of a mark asks for."""
    told = re.fullmatch(r"(\d+)(-\d*)?", span) or re.fullmatch(r"(.*?)(\+\d*)?", span)
    assert told
    begin, more = told[1], told[2] or ""
    if begin.isdigit():
        first = int(begin)
    else:
        first = next((at for at in range(after + 1, len(whole) + 1) if begin in whole[at - 1]), 0)
        if not first:
            sys.exit(f"no line behind line {after} holds '{begin}'")
    if more in ("-", "+"):
        # To the end of the paragraph or table.
        return first, next((at for at in range(first, len(whole)) if not whole[at].strip()), len(whole))
    last = int(more[1:]) if more[:1] == "-" else first + int(more[1:] or 0)
    return first, min(last, len(whole))


def unlike(page: str, printed: str) -> list[str]:
    """What a page shows and the command does not print: other words, or (if more than one in ten) other numbers.

    Lines may have another order, since ranks of near equals change with the last digit; numbers may differ by a tenth
    or by two in the last digit, since machines round otherwise.
    """
    real = [_tokens(line) for line in printed.splitlines()]
    stream = [token for line in real for token in line]
    wrong, told, near = [], 0, 0
    for part in re.split(rf"^{LEFT_OUT}$", page, flags=re.M):
        lines = [_tokens(line) for line in part.splitlines() if _tokens(line)]
        whole = [token for line in lines for token in line]
        at = _place(_shape(whole), _shape(stream))
        pairs = [(whole, stream[at : at + len(whole)])] if at >= 0 else []
        for line in lines if at < 0 else []:
            alike = [each for each in real if _shape(each) == _shape(line)]
            if alike:
                pairs.append((line, max(alike, key=lambda each, line=line: _near(line, each)[1])))
            else:
                wrong.append(" ".join(line))
        for ours, theirs in pairs:
            count, good = _near(ours, theirs)
            told, near = told + count, near + good
    if near < ENOUGH * told:
        wrong.append(f"{told - near} of {told} numbers")
    return wrong


def unlike_roughly(page: str, printed: str) -> list[str]:
    """The same for an answer asked again of fewer futures: labels stay, ranks and digits and words of degree may not.

    Nine in ten words of the page must be printed, and where a line has its like, more than half of the numbers be of its size.
    """
    real = [_tokens(line) for line in printed.splitlines()]
    known = {word for line in real for token in line for word in WORD.findall(token)}
    ours = [word for line in page.splitlines() for token in _tokens(line) for word in WORD.findall(token)]
    strange = [word for word in ours if word not in known]
    wrong = [f"words: {' '.join(strange)}"] if len(strange) > (1 - ENOUGH) * len(ours) else []
    told = near = 0
    for line in map(_tokens, page.splitlines()):
        alike = [each for each in real if _shape(each) == _shape(line)]
        if line and alike:
            count, good = max((_near(line, each, 0.5) for each in alike), key=lambda pair: pair[1])
            told, near = told + count, near + good
    return [*wrong, f"{told - near} of {told} numbers"] if 2 * near <= told and told else wrong


def _tokens(line: str) -> list[str]:
    return DRAWN.sub(" ", line).split()


def _shape(tokens: list[str]) -> list[str]:
    return [NUMBER.sub("#", token) for token in tokens]


def _place(part: list[str], whole: list[str]) -> int:
    return next((at for at in range(len(whole) - len(part) + 1) if whole[at : at + len(part)] == part), -1)


def _near(ours: list[str], theirs: list[str], within: float = 0.1) -> tuple[int, int]:
    """How many numbers there are, and how many of them are near."""
    pairs = zip(NUMBER.findall(" ".join(ours)), NUMBER.findall(" ".join(theirs)), strict=True)
    found = [_close(one, other, within) for one, other in pairs]
    return len(found), sum(found)


def _close(one: str, other: str, within: float) -> bool:
    first, second = (float(each.replace(",", "").replace("−", "-")) for each in (one, other))
    digit = 10.0 ** -len(one.partition(".")[2])
    return abs(first - second) <= max(within * max(abs(first), abs(second)), 2.001 * digit)


def renewed(page: str, run: Callable[[list[str]], str]) -> str:
    """The page with every marked output as the commands print it now. ``run`` is given the words behind `amur`."""
    parts, done, before = [], 0, []
    for piece in pieces(page):
        if piece.shows is None:
            before = words(piece.commands[-1])
            continue
        parts += [page[done : piece.begin], shown(run(before[1:]), piece.shows)]
        done = piece.end
    return "".join([*parts, page[done:]])


def _run(command: list[str]) -> str:
    from amur.cli import main

    into = io.StringIO()
    with contextlib.redirect_stdout(into):
        code = main(command)
    if code:
        sys.exit(f"amur {shlex.join(command)}: exit code {code}")
    return into.getvalue()


def rewrite(names: list[str]) -> None:
    """Write the output in these pages anew, in all that show any if none is named."""
    found = [Path(name).resolve() for name in names] or sorted((ROOT / "docs").rglob("*.md"))
    for page in found:
        before = page.read_text(encoding="utf-8")
        if all(piece.shows is None for piece in pieces(before)):
            continue
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            os.environ["AMUR_DATA_DIR"] = str(Path(folder) / "data")
            after = renewed(before, _run)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"{page.name}: written anew")


if __name__ == "__main__":
    rewrite(sys.argv[1:])
