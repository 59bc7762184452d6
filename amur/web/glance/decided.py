"""Decisions as they stand: coded by written rules from dated events, quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amur.record.coded.codings import Coding
    from amur.record.record import Record

SHOWN = {
    "china-support": ("China’s support of Russia", "china"),
    "china-leverage": ("China’s use of its leverage", "china"),
    "russia-concession": ("Russia’s concessions to China", "russia"),
    "third-party-arms": ("Russian arms for China’s rivals", "russia"),
    "project-stage.power-of-siberia-2": ("Pipeline Power of Siberia 2", "third"),
    "western-sanctions": ("Western sanctions on Russia", "fourth"),
    "secondary-sanctions": ("Western measures against Chinese parties", "fourth"),
}
"""Decisions that are shown, as they are called here, and whose they are."""
YEARS = 16
"""Years of their course that are shown."""
SAID = {
    "dual-use": "dual-use",
    "economic-political": "economic and political",
    "banks-threatened": "banks threatened",
}
"""Values that read otherwise than with their hyphens left out."""


def decisions(record: Record, codings: Mapping[str, Coding]) -> list[dict[str, Any]]:
    """Each decision: its value now and since when, why it was coded so, on which events and sources, and its course."""
    made = []
    for name, (title, colour) in SHOWN.items():
        coding = codings.get(name)
        latest = coding.latest if coding else None
        if coding is None or latest is None:
            continue
        spans = spans_of(coding)
        since = f"{int(latest.quarter[:4]) - YEARS + 1}-Q1"
        # A quarter that goes on as before carries the reason of the last one that has its own.
        last = next(
            (each for each in reversed(coding.quarters.values()) if each.reason and each.value == latest.value),
            latest,
        )
        events = [record.event[each] for each in last.events if each in record.event]
        made.append({
            "name": name, "title": title, "whose": colour, "value": latest.value, "words": said(latest.value),
            "quarter": latest.quarter, "since": spans[-1]["from"], "level": latest.code, "most": len(coding.values) - 1,
            "values": list(coding.values), "reason": last.reason, "reason_quarter": last.quarter,
            "events": [{"event": each.event, "date": each.date, "what": each.what} for each in events[:3]],
            "sources": [record.sources[each].citation() for each in last.sources if each in record.sources],
            "contested": said(latest.contested), "link": f"/record/decisions/{name}",
            "spans": [each | {"from": max(each["from"], since)} for each in spans if each["to"] >= since], "origin": latest.origin,
        })  # fmt: skip
    return made


def spans_of(coding: Coding) -> list[dict[str, Any]]:
    """The times in which a decision was as it was, from quarter to quarter."""
    made = []
    for value, group in groupby(coding.quarters.values(), key=lambda each: each.value):
        quarters = list(group)
        made.append({
            "value": said(value), "from": quarters[0].quarter, "to": quarters[-1].quarter,
            "level": quarters[0].code / max(len(coding.values) - 1, 1),
        })  # fmt: skip
    return made


def said(value: str) -> str:
    """A value of a decision in words."""
    return SAID.get(value, value.replace("-", " "))
