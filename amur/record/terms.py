"""What each family of sources allows: licence, citation, and what we carry of it (``data/terms.csv``)."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from amur.record import schema
from amur.record.read import read_table
from amur.record.record import DATA
from amur.record.schema import Source


class Terms(NamedTuple):
    """Terms of a family of sources. ``sources`` are patterns of source names; the first family that fits holds."""

    family: str
    sources: str
    holder: str
    terms: str
    citation: str
    carried: str


TERMS = schema.Table(
    "terms",
    Terms,
    {
        "family": schema.identifier,
        "sources": schema.text,
        "holder": schema.text,
        "terms": schema.text,
        "citation": schema.text,
        "carried": schema.text,
    },
    ("family",),
)


@cache
def families() -> tuple[Terms, ...]:
    """All families, the most particular first and 'quoted', which takes what is left, last."""
    return tuple(row for _, row in read_table(DATA / "terms.csv", TERMS))


OWN = Terms(
    family="own",
    sources="",
    holder="the user",
    terms="The user's own evidence: whoever added it knows its terms",
    citation="The source named beside each number",
    carried="What the user added",
)
"""The family of every source that an overlay brought; the record knows nothing of its terms."""


@cache
def terms_of(source: str, origin: str = "") -> Terms:
    """The family that a source belongs to; ``origin`` is the overlay it came from (empty: built in)."""
    if origin:
        return OWN
    return next(t for t in families() if any(fnmatchcase(source, p) for p in t.sources.split()))


def terms_for(sources: Iterable[Source]) -> list[Terms]:
    """The families that some sources belong to, in the order of the table: what an export must carry."""
    found = {terms_of(source.source, source.origin).family for source in sources}
    return [t for t in (*families(), OWN) if t.family in found]


def publisher_of(source: Source) -> str:
    """Who to name in a caption: the holder of a data set, else the publisher, never the copy it was read from."""
    terms = terms_of(source.source, source.origin)
    of_its_own = terms.family in (families()[-1].family, OWN.family)
    return source.publisher.partition(" (")[0] if of_its_own else terms.holder


def page() -> str:
    """The page of data terms, in Markdown, made from the table."""
    rows = "\n".join(f"| {t.holder} | {t.terms} | {t.citation} | {t.carried} |" for t in families())
    return f"""\
# Data terms

Amur's code is under the Apache License 2.0. The numbers in its record are facts found elsewhere; each keeps its
source, and each family of sources has terms of its own. This page is made from `amur/record/data/terms.csv`
(`python -m amur.record.terms > docs/data-terms.md`). Every export carries the citations that it needs.

Terms change, and what is written here is our reading of them in November 2026: look at the holder's own page
before you republish a series, and ask the holder before commercial use where the table says so.

| holder | terms | cite | what we carry |
|---|---|---|---|
{rows}
"""


if __name__ == "__main__":
    print(page(), end="")
