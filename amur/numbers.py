"""The numbers the essays give, each looked up in or computed from the record: confirmed, close,
contradicted, or not covered.

The numbers and how each is looked up are data (``essays/numbers.toml``); the rule is here. A number is
*confirmed* if the record's value lies in the range that the essay's wording allows, *close* if it misses
that range by no more than its ``close`` (a tenth of the nearer end unless stated), else *contradicted*.
A record value that is itself a lower bound cannot contradict a larger number: that is *not covered*.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from amur.numbers_table import How, Number, Term, fault, read
from amur.record.record import Record
from amur.record.timeseries import Point, resting_on

VERDICTS = ("confirmed", "close", "contradicted", "not covered")
WORDS = {
    1: "one",
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
}


@dataclass(frozen=True)
class Evidence:
    """What the record says about a number: value, the period it is for, the sources it rests on."""

    value: float
    period: str
    verdict: str
    basis: str
    why: str
    bound: str
    sources: tuple[str, ...]
    revised: bool
    overlay: str


@dataclass(frozen=True)
class Checked:
    """A number of an essay and what the record says about it."""

    id: str
    claim: str
    statement: str
    wording: str
    value: float
    unit: str
    verdict: str
    evidence: tuple[Evidence, ...]

    @property
    def record_value(self) -> float | None:
        """The value that decided the verdict, or None where the record has nothing."""
        return self.evidence[0].value if self.evidence else None

    @property
    def period(self) -> str:
        return self.evidence[0].period if self.evidence else ""

    @property
    def sources(self) -> tuple[str, ...]:
        return self.evidence[0].sources if self.evidence else ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {
            "record_value": self.record_value,
            "period": self.period,
            "sources": self.sources,
        }


def check(record: Record) -> list[Checked]:
    """Every number of the essays against the record as it is cut."""
    return [_check_one(record, number) for number in read()]


def _check_one(record: Record, number: Number) -> Checked:
    found = [_evidence(record, number, how) for how in number.evidence]
    evidence = tuple(item for item in found if item is not None)
    return Checked(
        number.id,
        number.claim,
        number.statement,
        number.wording,
        number.value,
        number.unit,
        verdict=evidence[0].verdict if evidence else "not covered",
        evidence=evidence,
    )


def judge(value: float, low: float, high: float, close: float | None, bound: str) -> str:
    """The verdict for a record value against the range that the wording allows."""
    slack = 1e-9 * max(1.0, abs(value))
    if low - slack <= value <= high + slack:
        return "confirmed"
    end = low if value < low else high
    if abs(value - end) <= (abs(end) / 10 if close is None else close) + slack:
        return "close"
    return "not covered" if bound == "lower" and value < low else "contradicted"


def _evidence(record: Record, number: Number, how: How) -> Evidence | None:
    looked_up = _look_up(record, how)
    if looked_up is None:
        return None
    found, basis = looked_up
    verdict = judge(found.value, number.low, number.high, number.close, how.bound)
    return Evidence(
        found.value,
        found.period,
        verdict,
        basis,
        how.why,
        how.bound,
        found.sources,
        found.revised,
        found.origin,
    )


def _look_up(record: Record, how: How) -> tuple[Point, str] | None:
    """The value that one piece of evidence gives, and what it rests on; None where the record has it not."""
    if how.first:
        held = next((point for point in record.timeseries(how.first).points if point.value > 0), None)
        return (held._replace(value=float(held.period[:4])), how.first) if held else None
    if how.event or how.since:
        event = record.event.get(how.event or how.since)
        if event is None:
            return None
        value = float(event.date[:4]) if how.says is None else how.says
        return Point(event.date, value, (event.source,), origin=event.origin), event.event
    terms, under = _points(record, how.sum), _points(record, how.over)
    if terms is None or under is None:
        return None
    divisor = sum(p.value for p in under) if under else 1.0
    if not divisor:
        return None
    points = [*terms, *under]
    value = sum(p.value for p in terms) / divisor * how.scale + how.plus
    basis = " + ".join(dict.fromkeys(name for name, _ in [*how.sum, *how.over]))
    return resting_on(_span([p.period for p in points]), value, points), basis


def _points(record: Record, terms: tuple[Term, ...]) -> list[Point] | None:
    points = [record.timeseries(name).at(period) for name, period in terms]
    return None if None in points else [p for p in points if p is not None]


def _span(seen: list[str]) -> str:
    first, last = min(seen), max(seen)
    return first if first == last else f"{first} to {last}"


def validate(record: Record) -> int:
    """Check the table of numbers itself against the record; AmurError at the first fault. Returns how many there are."""
    from amur import claims

    known = {claim.claim for claim in claims.load()}
    for number in read():
        if number.claim not in known:
            raise fault(number.line, "claim", f"there is no claim '{number.claim}'", "See `amur claims`.")
        for how in number.evidence:
            _validate_evidence(record, number, how)
    return len(read())


def _validate_evidence(record: Record, number: Number, how: How) -> None:
    if how.first:
        record.timeseries(how.first)
    for terms in (how.sum, how.over):
        for series, period in terms:
            if record.timeseries(series).at(period) is None:
                problem = f"number '{number.id}': {series} has no value for {period}"
                raise fault(how.line, "sum", problem, "Name another period.")
        found = {record.timeseries(series).unit for series, _ in terms}
        if len(found) > 1:
            problem = f"number '{number.id}': adds values in {' and '.join(sorted(found))}"
            raise fault(how.line, "sum", problem, "Add what has one unit.")
    identifier = how.event or how.since
    if identifier and identifier not in record.event:
        problem = f"number '{number.id}': there is no event '{identifier}'"
        raise fault(how.line, "event" if how.event else "since", problem, "See `amur record events`.")
    if how.says is not None and not states(record.event[how.event].what, how.says):
        problem = f"number '{number.id}': the event does not state {how.says:g}"
        raise fault(how.line, "says", problem, "Name the event that does.")


def states(text: str, number: float) -> bool:
    """Whether a text states a number, in figures or (up to ten) as a word."""
    figures = [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))]
    return number in figures or (
        number in WORDS and re.search(rf"\b{WORDS[int(number)]}\b", text.lower()) is not None
    )
