"""Readings as files: one TOML each, read strictly. Every fault is one AmurError with file, line, field and mend.

What needs the model to judge (names of parameters and observables, supports of priors) is left to
:mod:`amur.readings.check`, so that listing readings is quick.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from amur import claims
from amur.errors import AmurError, nearest
from amur.readings.reading import Apart, Entry, Predicts, Reading
from amur.record.toml import read_toml

FOLDER = Path(__file__).parent
FIELDS = {
    "": ("title", "says", "claims", "structure", "apart", "predicts", "log"),
    "apart": ("parameter", "prior", "why", "claims"),
    "predicts": ("of", "side", "from", "to", "why"),
    "log": ("date", "what"),
}
STRUCTURES = ("model", "none")
SIDES = ("higher", "lower")
PRIORS = {"normal": ("middle", "spread"), "lognormal": ("median", "factor"), "beta": ("mean", "weight")}
BOUNDS = ("low", "high")
YEARS = (1992, 2025)
MOST = 1e6
"""No parameter is so large; beyond it lie slips of the hand."""


@cache
def readings() -> dict[str, Reading]:
    """The readings that come with amur, by name. The model is not loaded."""
    return {file.stem: read(file) for file in sorted(FOLDER.glob("*.toml"))}


def reading(name_or_path: str | Path) -> Reading:
    """A reading by its name, or from a file of one's own (a path that ends in .toml). AmurError with the nearest names."""
    known, asked = readings(), str(name_or_path)
    if asked in known:
        return known[asked]
    if isinstance(name_or_path, Path) or asked.endswith(".toml"):
        path = Path(name_or_path)
        if path.stem in known and path.resolve() != known[path.stem].file.resolve():
            what = f"has the name of a reading of amur's own, '{path.stem}'"
            raise AmurError(what, file=path, mend="Give the file another name.")
        return read(path)
    mend = nearest(asked, list(known)) or "`amur readings list` shows them; a file of your own ends in .toml."
    raise AmurError(f"there is no reading named '{asked}'", field="reading", mend=mend)


def read(file: str | Path) -> Reading:
    """A reading from a file. AmurError names file, line, field and the nearest known name."""
    path = Path(file)
    text, top = read_toml(path)
    whole = _Table(path, text, "", 0, top)
    structure = whole.choice("structure", STRUCTURES, "model")
    title, says = whole.words("title"), whole.words("says")
    whose = whole.claims(required=False)
    apart = tuple(_apart(row) for row in whole.rows("apart"))
    predicts = tuple(_predicts(row) for row in whole.rows("predicts"))
    log = tuple(Entry(row.date("date"), row.words("what")) for row in whole.rows("log"))
    seen: set[str] = set()
    for each in apart:
        if each.parameter in seen:
            what = f"'{each.parameter}' is set apart twice"
            raise AmurError(
                what, file=path, line=each.lines["parameter"], field="parameter", mend="Keep one of the two."
            )
        seen.add(each.parameter)
    if structure == "none" and (apart or predicts):
        whole.fault(
            "structure", "a reading without structure sets nothing apart", "Write model, or leave both out."
        )
    return Reading(path.stem, title, says, whose, structure, apart, predicts, log, path)


def _apart(row: _Table) -> Apart:
    prior = row.get("prior", dict, "a table", "{ lognormal = { median = 2, factor = 1.3 } }")
    if len(prior) != 1 or next(iter(prior)) not in PRIORS:
        wrong = next((kind for kind in prior if kind not in PRIORS), "")
        hint = nearest(wrong, list(PRIORS)) or f"Name one of {', '.join(PRIORS)}."
        row.fault("prior", f"'{wrong}' is not a prior" if wrong else "is not one prior", hint)
    ((kind, numbers),) = prior.items()
    needed, shape = PRIORS[kind], f"{kind} = {{ {', '.join(f'{name} = …' for name in PRIORS[kind])} }}"
    if not isinstance(numbers, dict):
        row.fault("prior", f"'{kind}' has no numbers", f"Write {shape}.")
    for name, value in numbers.items():
        if name not in (*needed, *(BOUNDS if kind == "beta" else ())):
            row.fault("prior", f"'{name}' is no number of a {kind} prior", f"Write {shape}.")
        if type(value) not in (int, float) or not -MOST < value < MOST:
            row.fault("prior", f"'{name}' is not a number, or beyond all measure", "Write it without quotes.")
    if missing := [name for name in needed if name not in numbers]:
        row.fault("prior", f"'{missing[0]}' is missing", f"Write {shape}.")
    named = row.words("parameter")
    return Apart(
        named,
        kind,
        dict(numbers),
        row.words("why"),
        row.claims(required=False),
        row.lines("parameter", "prior"),
    )


def _predicts(row: _Table) -> Predicts:
    start, end = row.year("from"), row.year("to")
    if start > end:
        row.fault("to", f"{end} is before {start}", "Put the later year last.")
    side = row.choice("side", SIDES)
    return Predicts(row.words("of"), side, start, end, row.words("why"), row.lines("of"))


class _Table:
    """A table of a file with its place, so that every fault can name its line."""

    def __init__(self, path: Path, text: str, name: str, place: int, values: Mapping[str, Any]) -> None:
        self.path, self.text, self.name, self.place, self.values = path, text, name, place, values
        for field in values:
            if field not in FIELDS[name]:
                known = list(FIELDS[name])
                self.fault(
                    field,
                    f"'{field}' is not known here",
                    nearest(field, known) or f"Known: {', '.join(known)}.",
                )

    def fault(self, field: str, problem: str, mend: str) -> NoReturn:
        raise AmurError(problem, file=self.path, line=self.line(field), field=field, mend=mend)

    def lines(self, *fields: str) -> dict[str, int | None]:
        return {field: self.line(field) for field in fields}

    def line(self, field: str) -> int | None:
        """The line of a field; where it is not written, that of the table's head."""
        rows = self.text.splitlines()
        first, last = 0, len(rows)
        if self.name:
            heads = [at for at, row in enumerate(rows) if re.match(rf"\s*\[\[\s*{self.name}\s*\]\]", row)]
            if self.place >= len(heads):
                return None
            first = heads[self.place]
        after = (at for at in range(first + 1, len(rows)) if re.match(r"\s*\[\[", rows[at]))
        last = next(after, last) if self.name else len(rows)
        found = (at for at in range(first, last) if re.match(rf"\s*\[*\s*[\"']?{re.escape(field)}\b", rows[at]))
        return next(found, first if self.name else -1) + 1 or None

    def get(self, field: str, kind: type, what: str, example: str) -> Any:
        """A field of a kind, which must be there."""
        if field not in self.values:
            self.fault(field, f"{self.name or 'the file'} has no '{field}'", f"Add {field} = {example}.")
        if not isinstance(self.values[field], kind):
            self.fault(field, f"is not {what}", f"Write {field} = {example}.")
        return self.values[field]

    def words(self, field: str) -> str:
        text = " ".join(self.get(field, str, "text", '"…"').split())
        if not text:
            self.fault(field, "is empty", "Say it in a sentence.")
        return text

    def choice(self, field: str, known: tuple[str, ...], default: str = "") -> str:
        if default and field not in self.values:
            return default
        word = self.words(field)
        if word not in known:
            self.fault(field, f"'{word}' is not allowed", f"Write one of {', '.join(known)}.")
        return word

    def claims(self, required: bool) -> tuple[str, ...]:
        """Claim ids, each of which must exist."""
        if not required and "claims" not in self.values:
            return ()
        given = self.get("claims", list, "a list of claims", '["P4"]')
        known = [claim.claim for claim in claims.load()]
        for each in given:
            if each not in known:
                self.fault(
                    "claims",
                    f"there is no claim '{each}'",
                    nearest(str(each), known) or "`amur claims` lists them.",
                )
        return tuple(given)

    def year(self, field: str) -> int:
        value = self.values.get(field)
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        first, last = YEARS
        if not re.fullmatch(r"\d{4}", text) or not first <= int(text) <= last:
            self.fault(
                field,
                f"'{field}' is not a year of the record",
                f'Write {field} = "2014", from {first} to {last}.',
            )
        return int(text)

    def date(self, field: str) -> dt.date:
        value = self.values.get(field)
        if type(value) is not dt.date:
            self.fault(field, "is not a day", f"Write {field} = 2026-01-31, without quotes.")
        return value

    def rows(self, name: str) -> list[_Table]:
        """The tables of a list of tables."""
        given = self.values.get(name, [])
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            self.fault(name, "is not a list of tables", f"Write [[{name}]] above each.")
        return [_Table(self.path, self.text, name, place, row) for place, row in enumerate(given)]
