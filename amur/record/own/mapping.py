"""How a user's table is to be read: which column is what, in which unit, from which source.

A mapping is a small TOML file. ``docs/adding-evidence.md`` shows one with every key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest
from amur.record.toml import read_toml

KINDS = ("observations", "events")
COLUMNS = {
    "observations": ("series", "period", "value", "source", "note"),
    "events": ("event", "date", "kind", "actors", "what", "source", "note", "topic"),
}


@dataclass(frozen=True)
class SeriesPart:
    """One series of the file: where its values stand (``column`` of values, or ``label`` in the series
    column) and, for a series the record does not have, its unit, frequency and description."""

    series: str
    label: str = ""
    column: str = ""
    unit: str = ""
    frequency: str = ""
    role: str = ""
    title: str = ""
    definition: str = ""
    topic: str = ""
    reporter: str = ""
    partner: str = ""


@dataclass(frozen=True)
class SourcePart:
    """Where the user's numbers come from, for rows that name no source of their own."""

    publisher: str = ""
    title: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True)
class Mapping:
    """How to read a file. ``columns`` gives the name in the file for each of our columns;
    ``wide`` says that periods are columns; ``file`` is where the mapping itself came from."""

    kind: str = "observations"
    sheet: str = ""
    header: int = 1
    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = ()
    wide: bool = False
    topic: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    series: tuple[SeriesPart, ...] = ()
    source: SourcePart = SourcePart()
    file: str = ""

    def as_toml(self) -> str:
        """The text of a mapping file that reads back as this mapping."""
        lines = [
            f"{name} = {_toml(getattr(self, name))}"
            for name in _PLAIN
            if getattr(self, name) != getattr(Mapping, name)
        ]
        lines += _section("[columns]", self.columns)
        for part in self.series:
            lines += _section("[[series]]", vars(part))
        lines += _section("[source]", vars(self.source))
        return "\n".join(lines).strip() + "\n"


_PLAIN = {
    "kind": str,
    "sheet": str,
    "header": int,
    "decimal": str,
    "thousands": str,
    "missing": list,
    "wide": bool,
    "topic": str,
}
_WORDS = {
    str: "a text in quotes",
    int: "a whole number",
    list: 'a list of texts such as ["..", "n/a"]',
    bool: "true or false",
}


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. AmurError names the file, the line and the key of the first fault."""
    content, told = read_toml(path, 'Write lines such as unit = "US$ bn".')
    return _Reader(path, content).mapping(told)


class _Reader:
    """Checks what a mapping file says; knows the file, to say where a fault is."""

    def __init__(self, path: Path, content: str) -> None:
        self.path, self.lines = path, content.splitlines()

    def mapping(self, told: dict[str, Any]) -> Mapping:
        self._known(told, [*_PLAIN, "columns", "series", "source"])
        plain = {key: self._typed(key, told[key], kind) for key, kind in _PLAIN.items() if key in told}
        if "missing" in plain:
            plain["missing"] = tuple(self._typed("missing", text, str) for text in plain["missing"])
        kind = plain.get("kind", "observations")
        if kind not in KINDS:
            raise self._error("kind", f"'{kind}' is not allowed", f"Write one of {', '.join(KINDS)}.")
        if plain.get("decimal", ".") not in (".", ","):
            raise self._error("decimal", "is neither a point nor a comma", 'Write decimal = "." or ",".')
        if plain.get("thousands") and plain["thousands"] == plain.get("decimal", "."):
            raise self._error("thousands", "is the decimal mark as well", "Make them differ, or leave it out.")
        if plain.get("header", 1) < 1:
            raise self._error("header", "lines are counted from 1", "Write header = 1 for the first line.")
        columns = self._texts("columns", told.get("columns", {}), COLUMNS[kind])
        parts = told.get("series", [])
        parts = parts if isinstance(parts, list) else [parts]
        names = [part.name for part in fields(SeriesPart)]
        series = [self._texts("series", part, names) for part in parts]
        for part in series:
            if "series" not in part:
                raise self._error("series", "a [[series]] names no series", 'Add series = "its.name" under it.')
        source = self._texts("source", told.get("source", {}), [part.name for part in fields(SourcePart)])
        return Mapping(
            **plain,
            columns=columns,
            series=tuple(SeriesPart(**part) for part in series),
            source=SourcePart(**source),
            file=str(self.path),
        )

    def _texts(self, section: str, told: Any, known: list[str] | tuple[str, ...]) -> dict[str, str]:
        if not isinstance(told, dict):
            raise self._error(section, "is not a table", f"Write [{section}] and its lines under it.")
        self._known(told, known)
        return {key: self._typed(key, value, str) for key, value in told.items()}

    def _known(self, told: dict[str, Any], known: list[str] | tuple[str, ...]) -> None:
        for key in told:
            if key not in known:
                hint = nearest(key, tuple(known)) or f"Write one of {', '.join(known)}."
                raise self._error(key, f"the key '{key}' is not known", hint)

    def _typed(self, key: str, value: Any, kind: type) -> Any:
        # In Python true is a whole number as well; in a mapping it is not.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._error(key, f"'{value}' is not {_WORDS[kind]}", f"Write {key} = {_EXAMPLES[kind]}.")
        return value

    def _error(self, key: str, problem: str, mend: str) -> AmurError:
        shape = re.compile(rf'^\s*(\[+\s*)?"?{re.escape(key)}"?\s*(\]+|=|\.)')
        line = next((number for number, text in enumerate(self.lines, 1) if shape.match(text)), None)
        return AmurError(problem, file=self.path, line=line, field=key, mend=mend)


_EXAMPLES = {str: '"…"', int: "1", list: '["n/a"]', bool: "true"}


def _section(title: str, values: dict[str, str]) -> list[str]:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items() if value]
    return ["", title, *lines] if lines else []


def _toml(value: object) -> str:
    # JSON texts, numbers, lists and booleans are TOML as well.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )
