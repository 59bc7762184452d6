"""Scenarios and levers: text files that say what is done to the world, why, and which claims it tests.

A file holds ``title``, ``what``, ``why``, ``claims``, ``kind`` (scenario or lever), the ``actor`` of a lever, other
names (``also``) and the ``[[interventions]]``. A user's own file needs only the interventions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from amur.errors import AmurError, nearest
from amur.record.toml import read_toml
from amur.system.interventions import Intervention, as_json, made

FOLDER = Path(__file__).with_name("scenarios")
KINDS = ("scenario", "lever")
FIELDS = ("title", "what", "why", "claims", "kind", "actor", "also", "interventions", "whatif")
_HEAD = re.compile(r"\s*\[\[\s*interventions\s*\]\]")


class Scenario(NamedTuple):
    """What is done, by whom, why, and the claims it bears on."""

    name: str
    title: str
    what: str
    why: str
    claims: tuple[str, ...]
    kind: str
    actor: str
    also: tuple[str, ...]
    interventions: tuple[Intervention, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object."""
        return self._asdict() | {"interventions": as_json(self.interventions)}


@cache
def scenarios() -> dict[str, Scenario]:
    """The built-in scenarios and levers by name."""
    return {file.stem: read(file) for file in sorted(FOLDER.glob("*.toml"))}


def scenario(name: str) -> Scenario:
    """A built-in scenario or lever by its name or another of its names. AmurError with the nearest names."""
    known = scenarios()
    other = {also: each for each in known.values() for also in each.also}
    if name in known:
        return known[name]
    if name in other:
        return other[name]
    mend = nearest(name, [*known, *other]) or "`amur scenarios list` shows them."
    raise AmurError(f"there is no scenario named '{name}'", field="scenario", mend=mend)


def read(file: str | Path) -> Scenario:
    """A scenario from a file. AmurError names file, line, field and the nearest known name."""
    path = Path(file)
    text, tables = read_toml(path)
    for name in tables:
        if name not in FIELDS:
            mend = nearest(name, list(FIELDS)) or f"Known: {', '.join(FIELDS)}."
            raise AmurError(
                f"'{name}' is not known here", file=path, line=_line(text, name), field=name, mend=mend
            )
    rows = tables.get("interventions", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise AmurError(
            "is not a list of tables",
            file=path,
            field="interventions",
            mend="Write [[interventions]] above each.",
        )
    if not rows:
        raise AmurError("holds no interventions", file=path, mend="Add one under [[interventions]].")
    kind = _text(tables, "kind", path, text) or "scenario"
    if kind not in KINDS:
        raise AmurError(
            f"there is no kind '{kind}'",
            file=path,
            line=_line(text, "kind"),
            field="kind",
            mend="Choose scenario or lever.",
        )
    words = {name: _text(tables, name, path, text) for name in ("title", "what", "why", "actor")}
    lists = {name: _list(tables, name, path, text) for name in ("claims", "also")}
    done = tuple(_intervention(row, place, text, path) for place, row in enumerate(rows))
    return Scenario(
        path.stem,
        words["title"] or path.stem,
        words["what"],
        words["why"],
        lists["claims"],
        kind,
        words["actor"],
        lists["also"],
        done,
    )


def _text(tables: Mapping[str, Any], name: str, path: Path, text: str) -> str:
    value = tables.get(name, "")
    if not isinstance(value, str):
        raise AmurError(
            "is not text", file=path, line=_line(text, name), field=name, mend="Write it in quotes."
        )
    return " ".join(value.split())


def _list(tables: Mapping[str, Any], name: str, path: Path, text: str) -> tuple[str, ...]:
    value = tables.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise AmurError(
            "is not a list of texts",
            file=path,
            line=_line(text, name),
            field=name,
            mend=f'Write: {name} = ["…"]',
        )
    return tuple(value)


def _intervention(row: dict[str, Any], place: int, text: str, path: Path) -> Intervention:
    try:
        if "do" not in row:
            raise AmurError("says nothing of what to do", field="do", mend='Add, say, do = "hold".')
        if not isinstance(row["do"], str):
            raise AmurError("is not text", field="do", mend='Write, say, do = "hold".')
        return made(row["do"], {name: value for name, value in row.items() if name != "do"})
    except AmurError as error:
        line = _line_in(text, place, error.field or "")
        raise AmurError(error.problem, file=path, line=line, field=error.field, mend=error.mend) from None


def _line_in(text: str, place: int, field: str) -> int | None:
    """The line of a field of an intervention; where it is not written, that of the intervention's head."""
    rows = text.splitlines()
    heads = [number for number, row in enumerate(rows) if _HEAD.match(row)]
    if place >= len(heads):
        return None
    end = heads[place + 1] if place + 1 < len(heads) else len(rows)
    for number in range(heads[place] + 1, end):
        if re.match(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=", rows[number]):
            return number + 1
    return heads[place] + 1


def _line(text: str, name: str) -> int | None:
    found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(name)}\b", text, re.M)
    return text.count("\n", 0, found.start() + len(found[0])) + 1 if found else None
