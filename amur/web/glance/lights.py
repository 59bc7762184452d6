"""The watch lights: which tripwires are lit, which went on lately, and what they are evidence of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amur.brief import words
from amur.questions.published import published as answered
from amur.questions.watch.check import BACK, CLEARED, STANDING, TRIPPED, Trip, check

if TYPE_CHECKING:
    from amur.record.record import Record

LIT = (TRIPPED, STANDING)
SAID = {TRIPPED: "on", BACK: "on, and off again"}


def lights(record: Record, since: str) -> dict[str, Any]:
    """Those that went on since a day, and for each thing that they are evidence of how many are lit."""
    from amur.questions.watch.publish import published

    found = check(record, since)
    told: dict[str, dict[str, Any]] = {}
    for trip in found.tripped:
        light = told.setdefault(trip.indicator, _light(record, trip, found.ahead))
        light["evidence"].append(_evidence(trip))
    groups: dict[str, list[Trip]] = {}
    for each in found.trips:
        if not each.by_hand:
            groups.setdefault(each.target, []).append(each)
    board = [_group(record, target, trips) for target, trips in groups.items()]
    board.sort(
        key=lambda group: (-int(group["lit"]) / int(group["of"]), -int(group["lit"]), str(group["about"]))
    )
    many = [each for each in found.trips if not each.by_hand]
    return {
        "since": since, "when": words.when(since), "tripped": sorted(told.values(), key=lambda each: str(each["date"]), reverse=True), "board": board,
        "lit": sum(each.status in LIT for each in many), "of": len(many),
        "off": sum(each.status in (BACK, CLEARED) for each in many),
        "ahead": found.ahead, "stamp": found.stamp, "version": published()["version"],
    }  # fmt: skip


def _light(record: Record, of: Trip, ahead: int) -> dict[str, Any]:
    """An indicator that went beyond a threshold: what it read then and now, and since when that is known."""
    return {
        "indicator": of.indicator, "title": words.typeset(of.title), "status": of.status,
        "said": SAID.get(of.status, of.status), "lit": of.status in LIT, "date": of.date,
        "when": words.when(of.date) if of.date else "", "period": of.period, "value": of.value,
        "value_text": reading(of.value, of.unit, ahead), "now": of.now, "now_text": reading(of.now, of.unit, ahead),
        "now_period": of.now_period, "now_when": words.short(of.now_period) if of.now_period else "",
        "sources": _cited(record, of.cited), "by_hand": of.by_hand, "own": of.own, "evidence": [],
    }  # fmt: skip


def _evidence(of: Trip) -> dict[str, Any]:
    """What an indicator beyond a threshold is evidence of, and how likely that is with it beyond and with it not."""
    return {
        "target": of.target, "about": said(of.target, of.about), "threshold": of.threshold, "trips": of.trips,
        "threshold_text": words.figure(of.threshold, _unit(of.unit)), "if_so": of.p_tripped, "if_not": of.p_quiet,
        "false_alarm": of.false_alarm, "miss": of.miss, "share": of.share, "status": of.status,
        "link": f"/watch?target={quote(of.target)}" if of.target else "/watch",
    }  # fmt: skip


def reading(value: float | None, unit: str, ahead: int) -> str:
    """What an indicator reads, as text: '6 in two years', '57.3 bcm a year'."""
    if value is None:
        return "–"
    over = f" in {words.in_words(ahead // 4)} years" if unit == "count over the window" else ""
    return words.figure(value, _unit(unit)) + over


def _unit(unit: str) -> str:
    """The unit as it is printed: counts, codes and stages are bare."""
    return "" if unit.startswith(("count", "code", "stage", "scale", "index", "projects")) else unit


def _group(record: Record, target: str, trips: list[Trip]) -> dict[str, Any]:
    return {
        "target": target, "about": said(target, trips[0].about), "lit": sum(each.status in LIT for each in trips),
        "of": len(trips), "link": f"/watch?target={quote(target)}",
        "lights": [
            {"indicator": each.indicator, "title": words.typeset(each.title), "lit": each.status in LIT,
             "status": each.status, "fresh": each.status in (TRIPPED, BACK)}
            for each in sorted(trips, key=lambda each: (each.status not in LIT, -(each.share or 0)))
        ],
    }  # fmt: skip


def said(target: str, about: str) -> str:
    """What a light is evidence of: 'the reading ‘Proxy’', 'vassalage at some time by 2036'."""
    kind, _, name = target.partition(":")
    titles = {str(row["reading"]): str(row["title"]) for row in answered("reading").tables["readings"]}
    return (
        f"the reading ‘{titles[name]}’"
        if kind == "reading" and name in titles
        else words.typeset(about.replace("-", " "))
    )


def _cited(record: Record, names: tuple[str, ...]) -> list[dict[str, str]]:
    made = []
    for name in names:
        if name in record.event:
            event = record.event[name]
            made.append({"text": f"{words.short(event.date)}: {event.what}", "link": f"/record/events/{name}"})
        elif name in record.sources:
            made.append({"text": record.sources[name].citation(), "link": f"/record/sources/{name}"})
    return made
