"""A second coder that cannot judge: mechanical rules over event kinds, actors and coded series, to hold
against the coding by hand. Where the two part, the rule in words left something to judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from amur.record.coded import rules as coding_rules
from amur.record.coded.codings import Coding, Reading
from amur.record.record import Record
from amur.record.schema import Event

POLITICAL = ("statement", "label", "information")
ECONOMIC = ("contract", "arctic", "nuclear", "agreement", "logistics")
MEASURES = ("secondary-sanction", "export-control")
BROKEN_OFF = ("suspend", "halt", "called off", "sanction", "force majeure", "withdraw", "ends all")
MEMORY = 8
"""Quarters for which an act of support goes on counting: the lapse of the written rule."""
LISTINGS = 3
"""Measures against Chinese parties over Russia within four quarters that make dual-use supply 'at scale'."""
SQUEEZE = 4
"""Quarters that a dispute or a shock at the border goes on counting."""


class Agreement(NamedTuple):
    """How far two codings of the same quarters agree: quarters compared, share of equal codes, Cohen's kappa (None
    where both use one and the same code throughout, so that chance explains everything)."""

    quarters: int
    equal: float
    kappa: float | None


@dataclass(frozen=True)
class SecondCoder:
    """A mechanical rule for a decision, in words and as a function from the record to codes by quarter."""

    decision: str
    rule: str
    code: Callable[[Record, list[str]], dict[str, int]]


def cohens_kappa(one: Iterable[int], other: Iterable[int]) -> Agreement:
    """Agreement of two coders beyond chance: (p_o - p_e) / (1 - p_e), with p_e from the margins of both.

    Unweighted: a miss by one step counts like a miss by two. Source: Cohen 1960, Educational and Psychological Measurement 20(1).
    """
    pairs = list(zip(one, other, strict=True))
    many = len(pairs)
    if not many:
        raise ValueError("no quarters to compare")
    observed = sum(a == b for a, b in pairs) / many
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[code] * second[code] for code in first) / many**2
    return Agreement(many, observed, (observed - chance) / (1 - chance) if chance < 1 else None)


def agreement(record: Record, coding: Coding, reading: Reading = "main") -> Agreement:
    """The coding by hand against the mechanical coder of the same decision. KeyError where there is none."""
    by_hand = coding.codes(reading)
    quarters = list(by_hand)
    mechanical = SECOND_CODERS[coding.name].code(record, quarters)
    return cohens_kappa(by_hand.values(), [mechanical[quarter] for quarter in quarters])


def _dyad(record: Record, *kinds: str) -> list[Event]:
    """Events of these kinds that name both China and Russia."""
    return [e for e in record.events if e.kind in kinds and {"CHN", "RUS"} <= set(e.actors.split(";"))]


def _within(events: Iterable[Event], quarter: str, many: int) -> list[Event]:
    """Events in the quarter or the ones before it, ``many`` quarters in all."""
    earliest = coding_rules.back(quarter, many - 1)
    return [event for event in events if earliest <= coding_rules.quarter_of(event.date) <= quarter]


def _support(record: Record, quarters: list[str]) -> dict[str, int]:
    votes = [e for e in _dyad(record, "un-vote") if "China no, Russia no" in e.what]
    words = _dyad(record, *POLITICAL) + votes
    deals = [e for e in _dyad(record, *ECONOMIC) if not any(word in e.what.lower() for word in BROKEN_OFF)]
    measures = _dyad(record, *MEASURES)
    claimed = {event.date for event in record.events if event.kind == "lethal-aid"}
    acted_on = [event for event in measures if event.date in claimed]
    rivalry = record.timeseries("rivalry.wst-rus").values
    war = record.timeseries("war.ukraine.state").values

    def code(quarter: str) -> int:
        if rivalry.get(quarter, 0) < 2:
            return 0
        if _within(acted_on, quarter, MEMORY):
            return 3
        if war.get(quarter) == 3 and len(_within(measures, quarter, 4)) >= LISTINGS:
            return 2
        return int(bool(_within(words, quarter, MEMORY)) and bool(_within(deals, quarter, MEMORY)))

    return {quarter: code(quarter) for quarter in quarters}


def _leverage(record: Record, quarters: list[str]) -> dict[str, int]:
    acts = _dyad(record, "price-dispute", "customs-shock")
    return {quarter: int(bool(_within(acts, quarter, SQUEEZE))) for quarter in quarters}


def _concession(record: Record, quarters: list[str]) -> dict[str, int]:
    between = [e for e in record.events if e.actors in ("CHN;RUS", "RUS;CHN")]
    strategic = [
        e
        for e in between
        if e.kind == "arms-deal" or (e.kind == "recognition" and e.actors == "RUS;CHN") or "cede" in e.what
    ]
    commercial = [
        e
        for e in between
        if e.kind in ("contract", "arctic", "price-dispute")
        and any(word in e.what.lower() for word in ("percent of", "percent each of", "buys", "discount"))
    ]
    return {q: 2 if _within(strategic, q, 1) else int(bool(_within(commercial, q, 1))) for q in quarters}


SECOND_CODERS = {
    coder.decision: coder
    for coder in (
        SecondCoder(
            "china-support",
            f"Nothing while rivalry.wst-rus is below 2. Lethal if within {MEMORY} quarters a measure against Chinese "
            "parties over Russia came on the day of a lethal-aid event. Else dual-use if the war is full-scale and "
            f"{LISTINGS} or more such measures fall within four quarters. Else economic-political if within {MEMORY} "
            "quarters there are both a joint text (or a vote in which China and Russia both vote no) and a new "
            "economic agreement. Else neutral.",
            _support,
        ),
        SecondCoder(
            "china-leverage",
            f"Price-squeeze for {SQUEEZE} quarters from any event of kind price-dispute or customs-shock that names "
            "both; never political-demand.",
            _leverage,
        ),
        SecondCoder(
            "russia-concession",
            "Strategic in the quarter of an arms deal between the two alone, of a Russian act of recognition towards "
            "China, or of an event that says 'cede'; commercial in the quarter of a contract, Arctic or price event "
            "between the two that speaks of a share, a purchase or a discount.",
            _concession,
        ),
    )
}
