"""What happened lately: events of the last twelve months as a time line, and those that count most as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amur.brief import words
from amur.brief.sections.events import KINDS, choose, grounds, recent, year_before
from amur.record import periods

if TYPE_CHECKING:
    from amur.brief.facts import Facts
    from amur.record.schema import Event

LANES = {
    "diplomacy": "Diplomacy", "security": "Security", "energy": "Energy", "trade": "Trade", "finance": "Money",
    "society": "Society", "forcings": "Around them",
}  # fmt: skip
"""Topics of the record as lanes of the time line."""


def happened(facts: Facts) -> dict[str, Any]:
    """The main events of the twelve months to the end of the record, latest first, and all of them on a time line."""
    first = year_before(facts.end)
    chosen = choose(recent(facts), grounds(facts))
    named = {each.event for each in chosen}
    every = [
        each
        for each in facts.record.events
        if first <= periods.start(each.date) <= facts.end and each.topic in LANES
    ]
    return {
        "first": first.isoformat(), "lanes": [lane for topic, lane in LANES.items() if any(each.topic == topic for each in every)], "last": facts.end.isoformat(), "of": len(every),
        "main": [_told(facts, each) for each in reversed(chosen)],
        "dots": [
            {"event": each.event, "lane": LANES[each.topic], "date": each.date, "what": each.what, "main": _between(each),
             "chosen": each.event in named, "source": facts.record.sources[each.source].citation()}
            for each in every
        ],
    }  # fmt: skip


def _between(event: Event) -> bool:
    return {"CHN", "RUS"} <= set(event.actors.split(";"))


def _told(facts: Facts, event: Event) -> dict[str, Any]:
    source = facts.record.sources[event.source]
    return {
        "event": event.event, "date": event.date, "when": words.when(event.date), "kind": event.kind,
        "kind_words": KINDS[event.kind][1], "what": words.typeset(event.what), "topic": event.topic,
        "source": source.publisher, "citation": source.citation(), "url": source.url if source.url.startswith("http") else "",
        "link": f"/record/events/{event.event}", "own": event.origin,
    }  # fmt: skip
