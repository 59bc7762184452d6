"""Actors: the levers each can pull, its aims and its costs, read from TOML files that a user may copy and change.

A file holds ``title`` and any of ``[[levers]]``, ``[[aims]]`` and ``[[costs]]``; a user's file replaces the sections it
has. Aims and costs are what can be looked at in a run (:mod:`.aims`), each with a weight and a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest
from amur.questions.levers.aims import WAYS, Aim, checked
from amur.record.toml import read_toml
from amur.system.interventions import Intervention
from amur.system.scenario_files import scenario

FOLDER = Path(__file__).parent
SECTIONS = ("levers", "aims", "costs")
HIGHEST, FINEST = 1e6, 1e-6
"""The greatest weight, scale or cost, and the least scale above 0: beyond them points say nothing."""
FIELDS = {
    "levers": ("scenario", "political", "why"),
    "aims": ("name", "about", "of", "how", "want", "weight", "scale", "why", "claims"),
    "costs": ("name", "about", "of", "how", "want", "weight", "scale", "why", "claims"),
}
WANT = ("more", "less")


@dataclass(frozen=True)
class Lever:
    """A lever of an actor: a scenario file, and what it costs at home in points, which is an assumption."""

    name: str
    title: str
    interventions: tuple[Intervention, ...]
    political: float
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Actor:
    """Who acts: levers, aims (``want`` is what the actor wants) and costs (``want`` likewise: it pays where it moves away)."""

    name: str
    title: str
    levers: tuple[Lever, ...]
    aims: tuple[Aim, ...]
    costs: tuple[Aim, ...]

    def weighed(self, told: Mapping[str, float]) -> Actor:
        """The same with other weights of its aims and costs, by name. AmurError for a name it does not have."""
        names = [each.name for each in (*self.aims, *self.costs)]
        for name in told:
            if name not in names:
                mend = nearest(name, names) or f"It has: {', '.join(names)}."
                raise AmurError(f"{self.title} has no aim or cost '{name}'", field="weight", mend=mend)

        def other(aims: tuple[Aim, ...]) -> tuple[Aim, ...]:
            return tuple(replace(each, weight=told.get(each.name, each.weight)) for each in aims)

        return replace(self, aims=other(self.aims), costs=other(self.costs))


def actors() -> tuple[str, ...]:
    """The actors there are, by name."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


@cache
def actor(name: str) -> Actor:
    """A built-in actor. AmurError with the nearest names."""
    if name not in actors():
        mend = nearest(name, list(actors())) or f"There are {', '.join(actors())}."
        raise AmurError(f"there is no actor '{name}'", field="actor", mend=mend)
    return read(FOLDER / f"{name}.toml")


def read(file: str | Path, given: Actor | None = None) -> Actor:
    """The actor of a file; sections that it lacks are those of the actor given. AmurError names file, line, field, mend."""
    path = Path(file)
    text, tables = read_toml(path)
    for name in tables:
        if name not in ("title", *SECTIONS):
            mend = nearest(name, ["title", *SECTIONS]) or f"Use title, {', '.join(SECTIONS)}."
            raise AmurError("is not known here", file=path, line=_line(text, name), field=name, mend=mend)
    title = tables.get("title", given.title if given else path.stem.title())
    if not isinstance(title, str):
        raise AmurError(
            "is not text", file=path, line=_line(text, "title"), field="title", mend='Write: title = "…"'
        )
    if given and not any(name in tables for name in SECTIONS):
        raise AmurError(
            "holds no aims, costs or levers", file=path, mend="Add one under [[aims]], [[costs]] or [[levers]]."
        )
    made: dict[str, tuple[Any, ...]] = {}
    for section in SECTIONS:
        if section in tables:
            made[section] = _section(section, tables[section], text, path)
        elif given:
            made[section] = getattr(given, section)
        else:
            raise AmurError(f"has no [[{section}]]", file=path, mend=f"Add one under [[{section}]].")
    _apart([each.name for each in (*made["aims"], *made["costs"])], text, path)
    return Actor(given.name if given else path.stem, title, made["levers"], made["aims"], made["costs"])


def _section(section: str, rows: Any, text: str, path: Path) -> tuple[Any, ...]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise AmurError(
            "holds nothing",
            file=path,
            line=_line(text, section),
            field=section,
            mend=f"Write [[{section}]] over each.",
        )
    make = _lever if section == "levers" else _aim
    found = []
    for place, row in enumerate(rows):
        try:
            for name in row:
                if name not in FIELDS[section]:
                    mend = nearest(name, list(FIELDS[section])) or f"Use {', '.join(FIELDS[section])}."
                    raise AmurError("is not known here", field=name, mend=mend)
            found.append(make(row))
        except AmurError as error:
            line = _line_in(text, section, place, error.field or "")
            raise AmurError(error.problem, file=path, line=line, field=error.field, mend=error.mend) from None
    if section == "levers":
        _apart([each.name for each in found], text, path)
    return tuple(found)


def _lever(row: Mapping[str, Any]) -> Lever:
    try:
        found = scenario(_text(row, "scenario"))
    except AmurError as error:
        raise AmurError(error.problem, field="scenario", mend=error.mend) from None
    political = _number(row, "political", 0.0, 0.0)
    return Lever(found.name, found.title, found.interventions, political, _text(row, "why", ""), found.claims)


def _aim(row: Mapping[str, Any]) -> Aim:
    want, how = _text(row, "want"), _text(row, "how", "at")
    for field, value, known in (("want", want, WANT), ("how", how, WAYS)):
        if value not in known:
            raise AmurError(f"'{value}' is not allowed", field=field, mend=f"Choose {' or '.join(known)}.")
    if 0 < (scale := _number(row, "scale", 0.0, 0.0)) < FINEST:
        raise AmurError(
            f"{scale!r} is not allowed", field="scale", mend=f"Give 0, or a number from {FINEST:f} up."
        )
    claims = row.get("claims", [])
    if not isinstance(claims, list) or not all(isinstance(each, str) for each in claims):
        raise AmurError("is not a list of texts", field="claims", mend='Write: claims = ["P2"]')
    return checked(
        Aim(
            _text(row, "name"), _text(row, "about"), _text(row, "of"), how, 1 if want == "more" else -1,
            _number(row, "weight", 1.0, 0.0), scale, _text(row, "why", ""), tuple(claims),
        )
    )  # fmt: skip


def _text(row: Mapping[str, Any], name: str, usual: str | None = None) -> str:
    value = row.get(name, usual)
    if not isinstance(value, str) or (usual is None and not value):
        problem = "is missing" if name not in row else "is not text"
        raise AmurError(problem, field=name, mend=f'Write: {name} = "…"')
    return " ".join(value.split())


def _number(row: Mapping[str, Any], name: str, usual: float, low: float) -> float:
    value = row.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= HIGHEST:
        raise AmurError(
            f"{value!r} is not allowed", field=name, mend=f"Give a number from {low:g} to {HIGHEST:,.0f}."
        )
    return float(value)


def _apart(names: Sequence[str], text: str, path: Path) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            line = _line(text, f'= "{name}"')
            raise AmurError(
                f"'{name}' stands twice", file=path, line=line, field="name", mend="Name each once."
            )


def _line(text: str, word: str) -> int | None:
    return next((number for number, line in enumerate(text.splitlines(), 1) if word in line), None)


def _line_in(text: str, section: str, place: int, field: str) -> int | None:
    """The line of a field of the row at a place in a section; where it is not written, that of the row's head."""
    rows = text.splitlines()
    heads = [at for at, row in enumerate(rows) if re.match(rf"\s*\[\[\s*{section}\s*\]\]", row)]
    if place >= len(heads):
        return _line(text, section)
    for at in range(heads[place] + 1, len(rows)):
        if rows[at].lstrip().startswith("["):
            break
        if re.match(rf"\s*{re.escape(field)}\s*=", rows[at]):
            return at + 1
    return heads[place] + 1
