"""The judgements held against the record: what they cite is there, and bears them out."""

from __future__ import annotations

from amur.errors import nearest
from amur.record import periods
from amur.record.coded.rules import REFERENCE, STATE, Change, Definition, Rules, back, quarter_of
from amur.record.coded.source import Source
from amur.record.record import Record
from amur.record.schema import Event


def check_against(rules: Rules, record: Record) -> None:
    """Check the judgements against the record: every event and observation is there, no change comes before
    its events, no spell outlasts its evidence. AmurError at the first that fails."""
    # What a cut leaves out is still known to the record: an unknown identifier is one that no date would bring.
    events = {event.event: event for event in record.tables.events}
    wanted = {o for d in rules.definitions.values() for c in d.changes for o in c.observations}
    there = {(o.series, o.period) for o in record.tables.observations if (o.series, o.period) in wanted}
    for definition in rules.definitions.values():
        for n, change in enumerate(definition.changes):
            where = (*definition.where, "change", str(n))
            _check_events(rules.source, change, where, events)
            for series, period in change.observations:
                if (series, period) not in there:
                    hint = nearest(series, list(record.tables.series))
                    raise rules.source.fault(
                        f"the record has no observation {series}@{period}",
                        *where,
                        "observations",
                        mend=hint if series not in record.tables.series else "Correct the period.",
                    )
            if definition.kind == STATE:
                after = definition.changes[n + 1].quarter if n + 1 < len(definition.changes) else ""
                _check_spell(rules, definition, change, after, where, events)
        if definition.kind == REFERENCE and definition.of not in record.series:
            raise rules.source.fault(
                f"the series '{definition.of}' is not in the record",
                *definition.where,
                "series",
                mend=nearest(definition.of, list(record.series)),
            )


def _check_events(source: Source, change: Change, where: tuple[str, ...], events: dict[str, Event]) -> None:
    for field, names in (("events", change.events), ("held", change.held)):
        for name in names:
            if name not in events:
                raise source.fault(
                    f"the event '{name}' is not in the record",
                    *where,
                    field,
                    mend=nearest(name, list(events)) or "See `amur record events`.",
                )
    for name in change.events:
        event = events[name]
        if quarter_of(event.date) > change.quarter:
            mend = f"Move it to {quarter_of(event.date)}, or cite another event."
            if event.origin:
                mend = f"Correct the date in your evidence '{event.origin}', or take it out."
            raise source.fault(
                f"the change in {change.quarter} comes before its event {name} of {event.date}",
                *where,
                "at",
                mend=mend,
            )


def _check_spell(
    rules: Rules,
    definition: Definition,
    change: Change,
    after: str,
    where: tuple[str, ...],
    events: dict[str, Event],
) -> None:
    """Later events must fall into the spell, and the spell must not outlast its evidence."""
    renewed = sorted(quarter_of(events[name].date) for name in change.held)
    for name in change.held:
        if not change.quarter <= quarter_of(events[name].date) < (after or "9999"):
            raise rules.source.fault(
                f"the event {name} of {events[name].date} is outside the spell that begins in {change.quarter}",
                *where,
                "held",
                mend="Cite it under the change whose spell it falls into.",
            )
    if definition.lapse and change.value != definition.values[0]:
        evidence = [change.quarter, *renewed]
        ends = [*renewed, after or back(rules.last, -1)]
        for last, following in zip(evidence, ends, strict=True):
            if periods.ordinal(following) - periods.ordinal(last) > definition.lapse:
                raise rules.source.fault(
                    f"'{change.value}' has lapsed: no act in the {definition.lapse} quarters from {last}",
                    *where,
                    "held",
                    mend="Cite an event that renewed it, or end the spell.",
                )
