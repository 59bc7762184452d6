"""The last twelve months, chosen from the dated events by a rule."""

from __future__ import annotations

import datetime as dt

from amur.brief import words
from amur.brief.document import Column, Paragraph, Section, Table
from amur.brief.facts import Facts
from amur.brief.sections.parts import section
from amur.brief.words import say
from amur.record import periods
from amur.record.schema import Event

KINDS = {
    "treaty": (1, "Treaty"),
    "summit": (1, "Summit"),
    "contract": (2, "Contract"),
    "pipeline": (2, "Pipeline"),
    "agreement": (2, "Agreement"),
    "arms-deal": (2, "Arms deal"),
    "exercise": (2, "Exercise"),
    "patrol": (2, "Patrol"),
    "integration-marker": (2, "Integration"),
    "secondary-sanction": (2, "Secondary sanction"),
    "price-dispute": (2, "Price"),
    "lethal-aid": (3, "Claim of lethal aid"),
    "un-vote": (3, "UN vote"),
    "label": (3, "Label"),
    "statement": (3, "Statement"),
    "espionage": (3, "Espionage"),
    "friction": (3, "Friction"),
    "payments": (3, "Payments"),
    "logistics": (3, "Border"),
    "nuclear": (3, "Nuclear"),
    "arctic": (3, "Arctic"),
    "tech-cooperation": (3, "Technology"),
    "trade-target": (3, "Trade target"),
    "customs-shock": (3, "Customs"),
    "base": (2, "Base"),
}
"""Kinds of event between the two, with their rank (one: always shown) and how they are named."""

MOST, PER_KIND = 15, 3
RULE = (
    "Rule: all treaties and summits; then events on which a coded decision or a rung of the ladder rests; then contracts, "
    "exercises, patrols, sanctions; then the rest, later ones first; at most three of any kind but the first, fifteen in all."
)


def events(facts: Facts) -> Section | None:
    found = recent(facts)
    if not found:
        year = words.when(facts.end.isoformat())
        return section(
            "events",
            "The last twelve months",
            "",
            [
                Paragraph(
                    (f"The record has no event that names both countries in the twelve months to {year}.",),
                    "missing",
                )
            ],
        )
    chosen = choose(found, grounds(facts))
    rows = tuple(
        ((words.short(event.date),), (KINDS[event.kind][1],), (facts.quote(event),)) for event in chosen
    )
    span = f"{year_before(facts.end).isoformat()} to {facts.end.isoformat()}"
    return section(
        "events",
        "The last twelve months",
        "",
        [
            Table(
                "events",
                say(
                    "{shown} of {all} dated events that name both countries, in the twelve months to {date}",
                    shown=facts.counted(chosen, "events shown", span),
                    all=facts.counted(found, "dated events that name both countries in twelve months", span),
                    date=words.when(facts.end.isoformat()),
                ),
                (Column("Date"), Column("Kind"), Column("What happened, as the record has it")),
                rows,
                "events",
            ),
            Paragraph((RULE,), "missing"),
        ],
    )


def year_before(day: dt.date) -> dt.date:
    """The day after the same day a year earlier: the start of the twelve months that end on ``day``."""
    try:
        return day.replace(year=day.year - 1) + dt.timedelta(days=1)
    except ValueError:  # 29 February
        return dt.date(day.year - 1, 3, 1)


def recent(facts: Facts) -> list[Event]:
    """Events of the last twelve months that name both countries, of the kinds above."""
    since = year_before(facts.end)
    return [
        event
        for event in facts.record.events
        if {"CHN", "RUS"} <= set(event.actors.split(";"))
        and event.kind in KINDS
        and since <= periods.start(event.date) <= facts.end
    ]


def grounds(facts: Facts) -> set[str]:
    """The events on which a coded decision or a rung of the ladder rests."""
    from amur.record.coded.codings import codings
    from amur.record.measures.ladder import read_rules

    named = {
        event
        for coding in codings(facts.record).values()
        for change in coding.changes
        for event in change.events
    }
    return named | {event for event, where in read_rules().names() if where == "event"}


def choose(found: list[Event], named: set[str]) -> list[Event]:
    """The rule, in order of date."""
    later_first = sorted(found, key=lambda e: (e.date, e.event), reverse=True)
    ranked = sorted(later_first, key=lambda e: (e.event not in named, KINDS[e.kind][0]))
    taken: list[Event] = []
    for event in sorted(ranked, key=lambda e: KINDS[e.kind][0] != 1):
        if len(taken) < MOST and (
            KINDS[event.kind][0] == 1 or sum(e.kind == event.kind for e in taken) < PER_KIND
        ):
            taken.append(event)
    return sorted(taken, key=lambda e: (e.date, e.event))


__all__ = ["choose", "events", "recent"]
