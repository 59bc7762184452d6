"""What the brief says: one document composed from a record, with nothing about how it looks."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from amur import __version__
from amur.brief import words
from amur.brief.document import Brief, with_notes
from amur.brief.facts import Facts
from amur.brief.sections.alignment import alignment
from amur.brief.sections.arguments import arguments
from amur.brief.sections.diplomacy import diplomacy
from amur.brief.sections.energy import energy
from amur.brief.sections.essays import essays
from amur.brief.sections.events import events
from amur.brief.sections.finance import finance
from amur.brief.sections.limits import limits
from amur.brief.sections.outlook import outlook
from amur.brief.sections.readings import readings
from amur.brief.sections.security import security
from amur.brief.sections.society import society
from amur.brief.sections.standing import opening
from amur.brief.sections.trade import trade
from amur.errors import AmurError
from amur.record.record import Record

FIRST = dt.date(1992, 1, 1)
SECTIONS = (
    trade,
    energy,
    finance,
    diplomacy,
    security,
    society,
    alignment,
    events,
    essays,
    readings,
    arguments,
    outlook,
    limits,
)
TITLE = "China and Russia"


def compose(record: Record) -> Brief:
    """The document for a record as it is cut. AmurError where the cut is before 1992, when the record begins."""
    if record.as_of is not None and record.as_of < FIRST:
        raise AmurError(
            f"there is no brief as of {record.as_of}: the record begins in 1992",
            field="as-of",
            mend="Give a date from 1992-01-01 on.",
        )
    facts = Facts(record)
    start = opening(facts)
    sections = tuple(made for make in SECTIONS if (made := make(facts)) is not None)
    brief = Brief(
        title=TITLE,
        subtitle="The state of the relationship: a brief from the record",
        status=status(facts),
        as_of=f"As of {words.when(facts.end.isoformat())}",
        version=__version__,
        record_hash=fingerprint(record),
        opening=start,
        sections=sections,
        about_sources=(
            "A note that names a series or measure stands for all its sources: amur record show and amur measure show "
            "list them. The publishers ask to be cited."
        ),
        overlays=tuple(sorted(record.overlays())),
    )
    return with_notes(brief, facts.describe)


def status(facts: Facts) -> str:
    """What the record holds at this date, and how to read what follows."""
    record = facts.record
    cited = {row.source for row in record.observations} | {event.source for event in record.events}
    held = (
        f"{len(record.observations):,} observations in {len({row.series for row in record.observations}):,} series and "
        f"{len(record.events):,} dated events from {len(cited):,} sources"
    )
    end = words.when(facts.end.isoformat())
    if record.as_of is None:
        text = f"From the record to {end}: {held}."
    else:
        text = f"What was known on {end}: {held}. A raised r marks a value of a later vintage than that day."
    text += " Raised numbers: sources."
    if record.overlays():
        text += f" A dagger marks what rests on the user’s own evidence ({words.listed(sorted(record.overlays()))})."
    return text


def fingerprint(record: Record) -> str:
    """The first twelve digits of the SHA-256 of everything in the record as it is cut."""
    digest = hashlib.sha256()
    tables: tuple[Iterable[tuple[object, ...]], ...] = (
        record.sources.values(),
        record.series.values(),
        record.observations,
        record.events,
    )
    for table in tables:
        for row in sorted("\x1f".join(map(str, row)) for row in table):
            digest.update(row.encode())
            digest.update(b"\x1e")
    return digest.hexdigest()[:12]
