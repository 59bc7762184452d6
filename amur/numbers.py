"""The numbers the essays give, each looked up in or computed from the record: confirmed, close,
contradicted, or not covered.

The numbers and how each is looked up are data (``essays/numbers.toml``); the rule is here. A number is
*confirmed* if the record's value lies in the range that the essay's wording allows, *close* if it misses
that range by no more than its ``close`` (a tenth of the nearer end unless stated), else *contradicted*.
A record value that is itself a lower bound cannot contradict a larger number: that is *not covered*.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from amur.errors import AmurError
from amur.record.record import Record
from amur.record.timeseries import Point

FILE = Path(__file__).parent / "essays" / "numbers.toml"
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
    return [_check_one(record, number) for number in _numbers()]


def _check_one(record: Record, number: dict[str, Any]) -> Checked:
    found = [_evidence(record, number, how) for how in number.get("evidence", [])]
    evidence = tuple(item for item in found if item is not None)
    return Checked(
        **{name: number[name] for name in ("id", "claim", "statement", "wording", "value", "unit")},
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


def _evidence(record: Record, number: dict[str, Any], how: dict[str, Any]) -> Evidence | None:
    looked_up = _look_up(record, how)
    if looked_up is None:
        return None
    value, period, sources, basis, revised = looked_up
    bound = how.get("bound", "")
    verdict = judge(value, number["low"], number.get("high", math.inf), number.get("close"), bound)
    return Evidence(value, period, verdict, basis, how.get("why", ""), bound, sources, revised)


Found = tuple[float, str, tuple[str, ...], str, bool]


def _look_up(record: Record, how: dict[str, Any]) -> Found | None:
    """Value, period, sources, basis and vintage of one piece of evidence, or None where the record has it not."""
    if "first" in how:
        held = [point for point in record.timeseries(how["first"]).points if point.value > 0]
        return (
            (float(held[0].period[:4]), held[0].period, held[0].sources, how["first"], False) if held else None
        )
    if "event" in how or "since" in how:
        event = record.event.get(how.get("event") or how["since"])
        if event is None:
            return None
        value = float(how["says"]) if "says" in how else float(event.date[:4])
        return value, event.date, (event.source,), event.event, False
    terms, under = _points(record, how["sum"]), _points(record, how.get("over", []))
    if terms is None or under is None:
        return None
    value = sum(p.value for p in terms) / (sum(p.value for p in under) if under else 1.0)
    points = [*terms, *under]
    names = list(dict.fromkeys(name for name, _ in [*how["sum"], *how.get("over", [])]))
    return (
        value * how.get("scale", 1.0) + how.get("plus", 0.0),
        _span([p.period for p in points]),
        tuple(dict.fromkeys(source for p in points for source in p.sources)),
        " + ".join(names),
        any(p.revised for p in points),
    )


def _points(record: Record, terms: list[list[str]]) -> list[Point] | None:
    points = [record.timeseries(name).at(period) for name, period in terms]
    return None if None in points else [p for p in points if p is not None]


def _span(periods: list[str]) -> str:
    first, last = min(periods), max(periods)
    return first if first == last else f"{first} to {last}"


@cache
def _numbers() -> list[dict[str, Any]]:
    with FILE.open("rb") as file:
        return list(tomllib.load(file)["number"])


def validate(record: Record) -> int:
    """Check the table of numbers itself against the record; AmurError at the first fault. Returns how many there are."""
    numbers = _numbers()
    for number in numbers:
        for how in number.get("evidence", []):
            _validate_evidence(record, number["id"], how)
    return len(numbers)


def _validate_evidence(record: Record, name: str, how: dict[str, Any]) -> None:
    for series, period in [*how.get("sum", []), *how.get("over", [])]:
        if record.timeseries(series).at(period) is None:
            raise AmurError(
                f"number '{name}': {series} has no value for {period}", file=FILE, mend="Name another period."
            )
    identifier = how.get("event") or how.get("since")
    if identifier and identifier not in record.event:
        raise AmurError(
            f"number '{name}': there is no event '{identifier}'", file=FILE, mend="See `amur record events`."
        )
    if "says" in how and not states(record.event[how["event"]].what, how["says"]):
        raise AmurError(
            f"number '{name}': the event does not state {how['says']}",
            file=FILE,
            mend="Name the event that does.",
        )


def states(text: str, number: float) -> bool:
    """Whether a text states a number, in figures or (up to ten) as a word."""
    figures = [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))]
    return number in figures or (
        number in WORDS and re.search(rf"\b{WORDS[int(number)]}\b", text.lower()) is not None
    )
