"""The first page as one plain object, gathered once for a record."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.brief import words
from amur.brief.content import status
from amur.brief.facts import Facts
from amur.brief.sections.events import year_before
from amur.web.glance import argued, decided, facts, happened, lights, model

if TYPE_CHECKING:
    from amur.web.parts.record_held import Held


class Whole(NamedTuple):
    """What the page shows: ``told`` as plain rows, by part; ``sources`` are the citations behind each picture."""

    told: dict[str, Any]
    sources: dict[str, tuple[str, ...]]


def whole(held: Held) -> Whole:
    """Everything that the page shows of a record, gathered when it is first asked for."""
    with _GATHERING:
        return _whole(held)


_GATHERING = Lock()


@lru_cache(maxsize=4)
def _whole(held: Held) -> Whole:
    """Everything, from the record as it is held and from what is published. Loads no model.

    Of a record that is cut at a day only what rests on the record alone: what is published knows more than that day.
    """
    found = Facts(held.record)
    since = year_before(found.end).isoformat()
    told: dict[str, Any] = {
        "as_of": held.record.as_of.isoformat() if held.record.as_of else "",
        "end": found.end.isoformat(), "when": words.when(found.end.isoformat()), "holds": status(found).partition(": ")[2].partition(". ")[0].removesuffix("."),
        "tiles": facts.tiles(found), "paragraph": facts.paragraph(found),
        "readings": None, "panels": [], "model": None, "arguments": [],
        "decisions": decided.decisions(held.record, held.decisions),
        "lights": lights.lights(held.record, since),
        "events": happened.happened(found),
        "own": list(held.record.overlays()),
    }  # fmt: skip
    if held.record.as_of is None:
        told |= {
            "readings": model.readings(), "panels": model.panels(), "model": model.made(), "arguments": argued.cards(),
        }  # fmt: skip
    told["lead"], told["strip"] = lead(told), strip(told)
    return Whole(told, _sources(told, held))


def lead(of: dict[str, Any]) -> str:
    """Where things stand in a sentence or two, from the numbers alone."""
    decided_ = {each["name"]: each for each in of["decisions"]}
    named = {each["name"]: each for each in of["tiles"]}
    parts = []
    ours, theirs = (named.get(f"trade.dependence.{pair}") for pair in ("rus-chn", "chn-rus"))
    if ours and theirs:
        when = ours["when"] if ours["period"] == theirs["period"] else f"{ours['when']} and {theirs['when']}"
        parts.append(
            f"China takes {ours['value']} of Russia’s goods trade and Russia {theirs['value']} of China’s ({when})"
        )
    if {"china-support", "china-leverage"} <= set(decided_):
        support, leverage = decided_["china-support"], decided_["china-leverage"]
        parts.append(
            f"Beijing’s support is coded as {SUPPORT[support['value']]}, and {LEVERAGE[leverage['value']]}"
        )
    readings = ""
    if of["readings"]:
        first = of["readings"]["rows"][0]
        sure = (
            "clearly" if first["leads"] >= 0.9 else "but not surely" if first["leads"] >= 0.67 else "narrowly"
        )
        readings = (
            f"Of {words.in_words(len(of['readings']['rows']))} readings of what this is, ‘{first['title']}’ has most weight,"
            f" {sure}: {first['stacking']['text']} (90%: {first['stacking']['spread']})"
        )  # fmt: skip
    lit = of["lights"]
    many = len({each["indicator"] for each in lit["tripped"]})
    watch = (
        f"{words.in_words(many).capitalize()} of the indicators watched went beyond a threshold since {lit['when']}"
        if many
        else f"No indicator watched went beyond a threshold since {lit['when']}"
    )
    return " ".join(f"{part}." for part in ("; ".join(parts), readings, watch) if part)


def strip(of: dict[str, Any]) -> list[dict[str, str]]:
    """What counts most, each as a label, a value, a note and where on the page it comes from."""
    made: list[dict[str, str]] = []
    named = {each["name"]: each for each in of["tiles"]}
    ours, theirs = (named.get(f"trade.dependence.{pair}") for pair in ("rus-chn", "chn-rus"))
    if ours and theirs:
        note = f"of Russia’s trade is with China; {theirs['value']} of China’s with Russia"
        made.append(
            {"label": f"Dependence, {ours['when']}", "value": ours["value"], "note": note, "link": "#facts"}
        )
    for each in of["decisions"]:
        if each["name"] in ("china-support", "china-leverage"):
            value = each["words"][:1].upper() + each["words"][1:]
            made.append(
                {"label": each["title"], "value": value, "note": f"since {each['since']}", "link": "#decided"}
            )
    if of["readings"]:
        first = of["readings"]["rows"][0]
        note = f"{first['stacking']['text']} of the weight ({first['stacking']['spread']})"
        made.append({"label": "Leading reading", "value": first["title"], "note": note, "link": "#readings"})
    for panel in of["panels"]:
        for line in panel["lines"]:
            if line["quantity"] == "rear_rus":
                note = f"of 1 (90%: {line['spread']})"
                made.append({"label": line["name"], "value": line["text"], "note": note, "link": "#followed"})
    lit = of["lights"]
    fresh = len(lit["tripped"])
    made.append({
        "label": "Watch lights on", "value": f"{lit['lit']} of {lit['of']}", "link": "#lights",
        "note": f"{words.in_words(fresh)} indicator{'' if fresh == 1 else 's'} since {lit['when']}",
    })  # fmt: skip
    return made


SUPPORT = {
    "neutral": "neutral", "economic-political": "economic and political", "dual-use": "dual-use goods at scale",
    "lethal": "weapons",
}  # fmt: skip
LEVERAGE = {
    "forbear": "it forbears to use its leverage", "price-squeeze": "it squeezes Russia on price",
    "political-demand": "it makes political demands",
}  # fmt: skip


def cited(held: Held, decision: str) -> list[str]:
    """The citations of every quarter of a coded decision."""
    names = dict.fromkeys(one for each in held.decisions[decision].quarters.values() for one in each.sources)
    return [held.record.sources[name].citation() for name in names if name in held.record.sources]


def _sources(told: dict[str, Any], held: Held) -> dict[str, tuple[str, ...]]:
    """The citations behind each picture, and behind the page (``all``)."""
    made: dict[str, tuple[str, ...]] = {
        "decisions": tuple(
            dict.fromkeys(one for each in told["decisions"] for one in cited(held, each["name"]))
        ),
        "events": tuple(dict.fromkeys(each["source"] for each in told["events"]["dots"])),
    }
    made = {name: each for name, each in made.items() if each}
    if told["readings"]:
        made |= dict.fromkeys(("stacking", "prequential"), tuple(told["readings"]["made"]["sources"]))
    made |= {each["name"]: tuple(told["model"]["sources"]) for each in told["panels"]}
    tiles = (one for each in told["tiles"] for one in each["sources"])
    made["all"] = tuple(dict.fromkeys([*tiles, *(one for each in made.values() for one in each)]))
    return made
