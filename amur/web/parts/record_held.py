"""The record as pages hold it: loaded once, with the owner's evidence or without, and cut at dates as they are asked."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.errors import AmurError, nearest
from amur.record import load
from amur.record.derived.recipes import recipes
from amur.record.measures import Dyad, catalogue
from amur.record.schema import Source
from amur.record.terms import publisher_of
from amur.web.parts.record_places import names_of
from amur.web.problems import RefusedError, missing

if TYPE_CHECKING:
    from starlette.requests import Request

    from amur.record.coded.codings import Coding
    from amur.record.record import Record
    from amur.record.timeseries import TimeSeries

CUTS = 6
"""Dates at which the record is kept cut; the one asked longest ago gives way."""
KINDS = {
    "recorded": "recorded", "derived": "derived from others", "measure": "measure", "decision": "coded decision",
}  # fmt: skip
ROLES = {"observable": 0, "": 1, "forcing": 2, "comparator": 3}
FREQUENCIES = {"A": "annual", "Q": "quarterly", "M": "monthly"}


class Entry(NamedTuple):
    """What can be looked up: a series, a measure or a decision, with the words it is found by."""

    name: str
    kind: str
    title: str
    unit: str
    frequency: str
    role: str
    topic: str
    dimension: str
    places: frozenset[str]
    definition: str
    own: str
    many: int
    """How many values it has, where it is recorded."""
    first: str
    """Name and title in lower case: words found here count for more than those of the rest."""
    rest: str

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"/record/{FOLDERS[self.kind]}/{self.name}"


FOLDERS = {"recorded": "series", "derived": "series", "measure": "measures", "decision": "decisions"}


class Held:
    """A record with what was asked of it. Series, measures and decisions are made when they are first asked for."""

    def __init__(self, record: Record, own: bool, whole: Held | None = None) -> None:
        self.record, self.own = record, own
        self.whole = whole or self
        """The same record as it is known now."""
        self._measured: dict[tuple[str, str], TimeSeries] = {}
        self._cuts: OrderedDict[tuple[str, bool], Held] = OrderedDict()
        self._lock = Lock()

    def at(self, as_of: str, strict: bool = False) -> Held:
        """The same as it was known on a day; itself without one. AmurError for no date."""
        if not as_of:
            if strict:
                raise AmurError("says nothing without a day", field="strict", mend="Add as_of=DATE.")
            return self
        record = self.record.cut(as_of, strict)
        key = (str(record.as_of), strict)
        with self._lock:
            found = self._cuts.pop(key, None) or Held(record, self.own, self)
            self._cuts[key] = found
            while len(self._cuts) > CUTS:
                self._cuts.popitem(last=False)
        return found

    def series(self, name: str) -> TimeSeries:
        """A recorded or derived series. 404 with what it may be for an unknown name."""
        if name not in self.record.series and name not in recipes():
            raise self._nowhere(name, "series", [*self.record.series, *recipes()])
        return self.record.timeseries(name)

    def measure(self, name: str, dyad: str = "") -> TimeSeries:
        """A measure for a dyad (none: its usual one). 404 for an unknown name, AmurError for a dyad it cannot serve."""
        if name not in catalogue():
            raise self._nowhere(name, "measure", list(catalogue()))
        one = catalogue()[name]
        asked = Dyad.parse(dyad) if dyad else one.usual
        key = (name, str(asked))
        if key not in self._measured:
            self._measured[key] = one.of(self.record, asked)
        return self._measured[key]

    def decision(self, name: str) -> Coding:
        """A coded decision. 404 for an unknown name."""
        if name not in self.decisions:
            raise self._nowhere(name, "coded decision", list(self.decisions))
        return self.decisions[name]

    def any(self, name: str) -> TimeSeries:
        """A series, a measure (``NAME`` or ``NAME:RUS-CHN``) or a decision, by its name."""
        what, _, dyad = name.partition(":")
        if what in catalogue():
            return self.measure(what, dyad)
        return self.coded(what) if what in self.decisions else self.series(name)

    def coded(self, name: str) -> TimeSeries:
        """The codes of a decision as a series of numbers, which files hold as such."""
        series = self.decision(name).series()
        return replace(series, points=tuple(each._replace(value=float(each.value)) for each in series.points))

    @cached_property
    def decisions(self) -> dict[str, Coding]:
        """The coded decisions by name."""
        from amur.record.coded.codings import codings

        return codings(self.record, user=self.own)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Counts of everything, in all and by topic."""
        return self.record.summary()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be looked up."""
        dimension = {name: topic.dimension for name, topic in self.record.topics.items()}
        many = Counter(row.series for row in self.record.observations)
        made = [
            _entry(s.series, kind, s.title, s.unit, s.frequency, s.role, s.topic, dimension[s.topic],
                   _places(s.reporter, s.partner), s.definition, s.origin, many[s.series])
            for kind, every in (
                ("recorded", self.record.series.values()), ("derived", [each.as_series() for each in recipes().values()]),
            )
            for s in every
        ]  # fmt: skip
        made += [
            _entry(m.name, "measure", m.title, m.unit, m.frequency, "", "", m.dimension,
                   frozenset(place for dyad in m.dyads for place in dyad), m.definition, "")
            for m in catalogue().values()
        ]  # fmt: skip
        made += [
            _entry(name, "decision", each.title, each.unit, "Q", "", "", "", frozenset(), each.rule.asks, "")
            for name, each in self.decisions.items()
        ]
        return tuple(made)

    @cached_property
    def resting(self) -> dict[str, tuple[list[str], int]]:
        """For each source the series of the observations, and the number of events, that rest on it."""
        observed: dict[str, list[str]] = {name: [] for name in self.record.sources}
        happened = dict.fromkeys(self.record.sources, 0)
        for row in self.record.observations:
            observed[row.source].append(row.series)
        for event in self.record.events:
            happened[event.source] += 1
        return {name: (observed[name], happened[name]) for name in self.record.sources}

    def publishers(self, names: tuple[str, ...], most: int = 2) -> str:
        """Who published sources, in a few words: so many are named, the rest counted."""
        known = [publisher_of(self.record.sources[name]) for name in names if name in self.record.sources]
        told = list(dict.fromkeys(known))
        return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")

    def _nowhere(self, name: str, what: str, known: list[str]) -> RefusedError:
        """What else a name may be: another kind, which its address leads to, or one spelled like it."""
        from urllib.parse import quote

        places = {
            "series": name in self.record.series or name in recipes(), "measures": name in catalogue(),
            "decisions": name in self.decisions, "sources": name in self.record.sources,
            "events": name in self.record.event,
        }  # fmt: skip
        other = next((folder for folder, there in places.items() if there), "")
        said = f"there is no {what} '{_short(name)}' in the record"
        if other:
            where = f"/record/{other}/{quote(name)}"
            return RefusedError(
                404, AmurError(said, mend=f"It is at {where}."), {"link": f'<{where}>; rel="related"'}
            )
        hint = nearest(name[:200], known)
        words = re.findall(r"\w+", name.lower())[:8]
        by_words = [each.name for each in self.entries if words and all(word in each.first for word in words)]
        if by_words and not hint:
            hint = f"Did you mean {', '.join(by_words[:3])}?"
        return missing(said, hint or "Look for it at /record.")


def held(request: Request) -> Held:
    """The record for a server: with the owner's evidence, as it is now, unless others may read it."""
    return loaded(own=not request.app.state.settings.read_only)


def link_of(source: Source) -> str:
    """The address of a source where a browser may follow it; else an empty text."""
    return source.url if re.match(r"https?://", source.url) else ""


_held: dict[bool, tuple[str, Held]] = {}
_loading = Lock()


def loaded(own: bool) -> Held:
    from amur.questions.kept import evidence_of_ones_own

    evidence = evidence_of_ones_own() if own else ""
    with _loading:
        known = _held.get(own)
        if known is None or known[0] != evidence:
            known = _held[own] = (evidence, Held(load(overlay=own), own))
        return known[1]


def _entry(
    name: str, kind: str, title: str, unit: str, frequency: str, role: str, topic: str, dimension: str,
    places: frozenset[str], definition: str, own: str, many: int = 0,
) -> Entry:  # fmt: skip
    first = f"{name} {title}".lower()
    rest = " ".join((definition, *places, *map(names_of, places), KINDS[kind], topic, unit)).lower()
    return Entry(
        name, kind, title, unit, frequency, role, topic, dimension, places, definition, own, many, first, rest
    )


def _places(*told: str) -> frozenset[str]:
    return frozenset(place for each in told for place in each.split(";") if place)


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:80]}…"
