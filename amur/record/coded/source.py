"""A file of coding rules that knows its lines."""

from __future__ import annotations

import re
from pathlib import Path

from amur.errors import AmurError
from amur.record.toml import read_toml


class Source:
    """A TOML file that knows on which line each table and key stands, so that an error can say so."""

    def __init__(self, path: Path) -> None:
        self.path = path
        content, self.data = read_toml(path)
        self._lines = _line_numbers(content)

    def fault(self, problem: str, *where: str, mend: str = "", field: str = "") -> AmurError:
        """An error at a key, given by its path; an element of a list of tables by its number."""
        return AmurError(
            problem,
            file=self.path,
            line=self.line(*where),
            field=field or (where[-1] if where else ""),
            mend=mend,
        )

    def line(self, *where: str) -> int | None:
        """The line of a key, or of the nearest table around it that has one."""
        for length in range(len(where), 0, -1):
            if where[:length] in self._lines:
                return self._lines[where[:length]]
        return None


def _line_numbers(content: str) -> dict[tuple[str, ...], int]:
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    listed = ""
    in_text = False

    def numbered(array: tuple[str, ...]) -> tuple[str, ...]:
        counts[array] = counts.get(array, -1) + 1
        return (*array, str(counts[array]))

    for number, line in enumerate(content.splitlines(), 1):
        if in_text:
            in_text = '"""' not in line
        elif header := re.match(r"\s*\[\[([^\[\]]+)\]\]", line):
            table = numbered(tuple(part.strip(' "') for part in header[1].split(".")))
            lines[table] = number
        elif header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = tuple(part.strip(' "') for part in header[1].split("."))
            lines[table] = number
        elif re.match(r"\s*\{", line):
            lines[numbered((*table, listed))] = number
        elif key := re.match(r'\s*"?([A-Za-z0-9_-]+)"?\s*=', line):
            listed = key[1]
            lines[(*table, listed)] = number
            in_text = line.count('"""') == 1
    return lines
