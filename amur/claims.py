"""The 88 claims of the five essays, in our own words, and where each lives in the product.

The claims are claims under test: nothing here endorses them. Each has homes, written ``kind:name``. A home
of a kind in :data:`PRESENT` exists now and is checked to exist; the others are awaited. The status follows:
``here`` (every home exists), ``partly`` (some do), ``to come`` (none does).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from amur.errors import AmurError, nearest
from amur.record import schema
from amur.record.read import read_table
from amur.record.record import Record

ESSAYS = Path(__file__).parent / "essays"
KINDS = ("state", "mechanism", "indicator", "reading", "scenario", "lever", "counterfactual")
PRESENT = (
    "series",
    "measure",
    "coding",
    "number",
    "event",
    "mechanism",
    "scenario",
    "lever",
    "reading",
    "argument",
    "indicator",
)
AWAITED: tuple[str, ...] = ()
SYSTEM = Path(__file__).parent / "system"
READINGS = Path(__file__).parent / "readings"


class Essay(NamedTuple):
    """One of the five essays that the claims are taken from."""

    essay: str
    prefix: str
    title: str
    author: str
    publisher: str
    published: str


class Row(NamedTuple):
    """A row of ``claims.csv`` as written."""

    claim: str
    essay: str
    kind: str
    about: str
    statement: str
    home: str
    test: str


@dataclass(frozen=True)
class Claim:
    """A claim: its id, the essay it is from, what kind it is, what it says, its homes, status and tests.

    ``test`` names the tests that show the behaviour claimed (or that the record speaks against it), with ``;``
    between them.
    """

    claim: str
    essay: str
    kind: str
    about: str
    statement: str
    home: tuple[str, ...]
    status: str
    test: str

    def as_json(self) -> dict[str, Any]:
        return {
            "claim": self.claim,
            "essay": self.essay,
            "kind": self.kind,
            "about": self.about,
            "statement": self.statement,
            "home": "; ".join(self.home),
            "status": self.status,
            "test": self.test,
        }


_ESSAYS = schema.Table(
    "essays",
    Essay,
    {
        "essay": schema.identifier,
        "prefix": schema.one_of("P", "G", "T", "B", "R"),
        "title": schema.text,
        "author": schema.text,
        "publisher": schema.text,
        "published": schema.published,
    },
    ("essay",),
)
_CLAIMS = schema.Table(
    "claims",
    Row,
    {
        "claim": schema.identifier,
        "essay": schema.identifier,
        "kind": schema.one_of(*KINDS),
        "about": schema.identifier,
        "statement": schema.text,
        "home": schema.text,
        "test": schema.anything,
    },
    ("claim",),
)


@cache
def essays() -> dict[str, Essay]:
    """The five essays by name."""
    return {row.essay: row for _, row in read_table(ESSAYS / "essays.csv", _ESSAYS)}


@cache
def load() -> tuple[Claim, ...]:
    """All claims in the order of the essays. AmurError at the first broken row."""
    return tuple(_claim(line, row) for line, row in read_table(ESSAYS / "claims.csv", _CLAIMS))


def _claim(line: int, row: Row) -> Claim:
    file = ESSAYS / "claims.csv"
    if row.essay not in essays() or essays()[row.essay].prefix != row.claim[0]:
        raise AmurError(
            f"'{row.essay}' is not the essay of {row.claim}",
            file=file,
            line=line,
            field="essay",
            mend=f"Write one of {', '.join(essays())}.",
        )
    homes = tuple(home.strip() for home in row.home.split(";"))
    for home in homes:
        kind = home.partition(":")[0]
        if kind not in PRESENT + AWAITED or ":" not in home:
            raise AmurError(
                f"'{home}' is not a home",
                file=file,
                line=line,
                field="home",
                mend=f"Write kind:name with a kind of {', '.join(PRESENT + AWAITED)}.",
            )
    here = sum(home.partition(":")[0] in PRESENT for home in homes)
    status = "here" if here == len(homes) else "partly" if here else "to come"
    return Claim(row.claim, row.essay, row.kind, row.about, row.statement, homes, status, row.test)


def _of_the_system() -> dict[str, list[str]]:
    """The groups of mechanisms, scenarios, levers, readings, arguments and indicators by name (the model is not loaded)."""
    from amur.questions.arguments import ARGUMENTS
    from amur.questions.watch.indicators import indicators

    groups = [file.stem.replace("_", "-") for file in (SYSTEM / "mechanisms").glob("[a-z]*.py")]
    scenarios = [file.stem for file in (SYSTEM / "scenarios").glob("*.toml")]
    readings = [file.stem for file in READINGS.glob("*.toml")]
    return {
        "mechanism": sorted(groups),
        "scenario": sorted(scenarios),
        "lever": sorted(scenarios),
        "reading": sorted(readings),
        "argument": sorted(ARGUMENTS),
        "indicator": sorted(indicators()),
    }


def validate(record: Record) -> int:
    """Check that every home that should exist does; AmurError at the first that does not. Returns the number of claims."""
    from amur import numbers_table
    from amur.record import measures
    from amur.record.coded import rules
    from amur.record.derived import recipes

    known: dict[str, list[str]] = {
        "series": [*record.series, *recipes.recipes()],
        "measure": list(measures.catalogue()),
        "coding": list(rules.read(rules.RULES).definitions),
        "number": [number.id for number in numbers_table.read()],
        "event": list(record.event),
        **_of_the_system(),
    }
    for claim in load():
        for home in claim.home:
            kind, _, name = home.partition(":")
            if kind in known and name not in known[kind]:
                hint = nearest(name, known[kind])
                raise AmurError(
                    f"{claim.claim}: there is no {kind} '{name}'",
                    file=ESSAYS / "claims.csv",
                    field="home",
                    mend=hint,
                )
    return len(load())
