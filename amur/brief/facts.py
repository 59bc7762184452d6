"""What a section may ask of the record: series, measures and numbers, each with the notes it needs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from amur.brief import words
from amur.brief.document import Cite, Mark, Number, Quote, Run, Runs, Spark
from amur.errors import AmurError
from amur.record import periods
from amur.record.record import Record
from amur.record.schema import Event, Source
from amur.record.terms import publisher_of
from amur.record.timeseries import Point, TimeSeries

FEW = 2
"""A number resting on so many sources cites each; one on more cites its series, whose note counts them."""


class Facts:
    """A record cut at a date, with the series used so far (their notes are written at the end)."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.used: dict[str, TimeSeries] = {}
        self.measured: dict[tuple[str, str], TimeSeries] = {}
        self.told: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.counts: dict[str, tuple[str, list[Event]]] = {}
        self.end = record.as_of or last_day(record)

    # Series and measures ------------------------------------------------------------------------------

    def series(self, name: str) -> TimeSeries:
        """A recorded or derived series as it is known; empty where the cut leaves nothing."""
        if name not in self.used:
            self.used[name] = self.record.timeseries(name)
        return self.used[name]

    def measure(self, name: str, dyad: str = "RUS-CHN") -> TimeSeries:
        """A measure for a dyad; empty where the cut leaves nothing to compute it from."""
        from amur.record.measures import measure

        if (name, dyad) not in self.measured:
            series = measure(self.record, name, dyad)
            self.measured[name, dyad] = self.used[series.series] = series
        return self.measured[name, dyad]

    def derived(
        self, name: str, title: str, unit: str, points: Iterable[Point], formula: str, like: TimeSeries
    ) -> TimeSeries:
        """A simple quantity of the brief's own (a sum or share), declared with its formula."""
        made = replace(
            like, series=name, title=title, unit=unit, definition=title, points=tuple(points), kind="derived",
            formula=formula,
        )  # fmt: skip
        self.used[name] = made
        return made

    # Numbers ------------------------------------------------------------------------------------------

    def number(
        self,
        series: TimeSeries,
        period: str | None = None,
        *,
        decimals: int | None = None,
        text: str = "",
        sign: bool = False,
    ) -> Number | None:
        """The latest value, or that of a period, as a number of the brief; None where there is none."""
        point = series.latest if period is None else series.at(period)
        if point is None:
            return None
        return self.of(point, series, decimals=decimals, text=text, sign=sign)

    def of(
        self,
        point: Point,
        series: TimeSeries,
        *,
        decimals: int | None = None,
        text: str = "",
        sign: bool = False,
    ) -> Number:
        """A point as a number of the brief."""
        self.used[series.series] = series
        printed = text or words.figure(point.value, series.unit, decimals, sign)
        return Number(
            printed,
            point.value,
            series.unit,
            point.period,
            self.keys(point.sources, series.series),
            series.series,
            point.sources,
            point.origin,
            point.revised and self.record.as_of is not None,
        )

    def made(self, text: str, value: float, unit: str, *parts: Number | None, name: str = "") -> Number | None:
        """A number computed from others (a ratio, a sum): it rests on all their notes."""
        held = [part for part in parts if part is not None]
        if len(held) < len(parts) or not held:
            return None
        spans = sorted({part.period for part in held})
        return Number(
            text,
            value,
            unit,
            spans[0] if len(spans) == 1 else f"{spans[0]} to {spans[-1]}",
            tuple(dict.fromkeys(key for part in held for key in part.sources)),
            name or " and ".join(dict.fromkeys(part.name for part in held)),
            tuple(dict.fromkeys(source for part in held for source in part.rests_on)),
            ";".join(dict.fromkeys(part.overlay for part in held if part.overlay)),
            any(part.revised for part in held),
        )

    def tell(self, text: str, sources: tuple[str, ...]) -> str:
        """The key of a note in the brief's own words, with the sources it stands for."""
        key = f"told:{text}"
        self.told[key] = (text, sources)
        return key

    def made_of(
        self, value: float, unit: str, period: str, keys: tuple[str, ...], name: str, sources: tuple[str, ...]
    ) -> Number:
        """A number that a measure computes outside its series, with the notes and sources given for it."""
        return Number(words.figure(value, unit, 2), value, unit, period, keys, name, sources)

    def counted(self, events: Iterable[Event], what: str, period: str, text: str = "") -> Number | None:
        """How many events: rests on their sources; nothing where there are none."""
        found = list(events)
        if not found:
            return None
        sources = tuple(dict.fromkeys(event.source for event in found))
        overlay = ";".join(dict.fromkeys(event.origin for event in found if event.origin))
        key = f"events:{what}"
        self.counts[key] = (what, found)
        keys = sources if len(sources) <= FEW else (key,)
        return Number(text or f"{len(found)}", float(len(found)), what, period, keys, what, sources, overlay)

    def quote(self, event: Event) -> Quote:
        """What the record says of an event."""
        return Quote(words.typeset(event.what.rstrip(".")), event.date, (event.source,), event.origin)

    def quote_marked(self, event: Event) -> Quote:
        """The same in quotation marks, for running text."""
        quote = self.quote(event)
        return quote._replace(text=f"“{quote.text}”")

    # Notes --------------------------------------------------------------------------------------------

    def keys(self, sources: tuple[str, ...], name: str) -> tuple[str, ...]:
        """The notes a number needs: its sources if they are few, else its series."""
        return sources if 0 < len(sources) <= FEW else (f"series:{name}",)

    def cite(self, *series: TimeSeries) -> Cite:
        """A reference to whole series, for a picture of them: their sources if few, else one note for all."""
        held = [one for one in series if one.points]
        for one in held:
            self.used[one.series] = one
        every = tuple(dict.fromkeys(source for one in held for point in one.points for source in point.sources))
        return Cite(every if len(every) <= FEW else (f"series:{'+'.join(one.series for one in held)}",))

    def together(
        self, *series: TimeSeries, period: str | None = None, decimals: int | None = None
    ) -> list[Number | None]:
        """The latest value of each (or that of a period) under one note for all: for measures that share their sources."""
        numbers = [self.number(one, period, decimals=decimals) for one in series]
        keys = self.cite(*series).sources or (f"series:{'+'.join(one.series for one in series)}",)
        return [number._replace(sources=keys) if number else None for number in numbers]

    def describe(self, key: str) -> tuple[str, str]:
        """The text and address of a note."""
        kind, _, name = key.partition(":")
        if kind == "events" and name:
            what, found = self.counts[key]
            return (
                f"Count of {what}, from {_many(len({e.source for e in found}), 'source')} of the record’s dated events.",
                "",
            )
        if kind == "told" and name:
            text, sources = self.told[key]
            return f"{text}: {self._mainly([self.record.sources[one] for one in sources])}.", ""
        if kind == "series" and name:
            return self._about([self.used[one] for one in name.split("+")]), ""
        source = self.record.sources[key]
        date = f", {words.short(source.published)}" if source.published else ""
        own = " (your own evidence)" if source.origin else ""
        return words.typeset(f"{named(source)}, “{source.title}”{date}{own}."), address(source.url)

    def _about(self, series: list[TimeSeries]) -> str:
        sources = {source for one in series for source in one.cited()}
        first = min(one.points[0].period for one in series)
        last = max(one.points[-1].period for one in series)
        names = words.listed(self._names(series))
        return f"{names}, {words.short(first)}{words.DASH}{words.short(last)}: {self._mainly(sources)}."

    @staticmethod
    def _mainly(sources: Iterable[Source]) -> str:
        """'19 sources, mainly A and B'."""
        publishers: dict[str, int] = {}
        held = sorted(sources)
        for source in held:
            name = publisher_of(source)
            publishers[name] = publishers.get(name, 0) + 1
        ordered = sorted(publishers, key=lambda name: -publishers[name])
        named = words.listed(ordered if len(ordered) <= 3 else ordered[:2])
        return f"{_many(len(held), 'source')}{', mainly' if len(ordered) > 3 else ':'} {named}"

    def _names(self, series: list[TimeSeries]) -> list[str]:
        """How the command line calls them, a measure of several pairs named once: 'trade.dependence RUS-CHN, CHN-RUS'."""
        found: dict[str, list[str]] = {}
        for one in series:
            name, _, pair = (
                self._named(one).partition(" ") if one.kind == "measure" else (self._named(one), "", "")
            )
            found.setdefault(name, []).append(pair)
        return [f"{name} {', '.join(pairs)}".strip() for name, pairs in found.items()]

    @staticmethod
    def _named(series: TimeSeries) -> str:
        """How the command line calls a series; one made for the brief is named by its title."""
        if series.kind == "measure":
            return f"{series.series.rpartition('.')[0]} {series.reporter}-{series.partner}"
        return f"{series.title} ({series.formula})" if series.series.startswith("brief.") else series.series

    # Words --------------------------------------------------------------------------------------------

    def since(self, series: TimeSeries, years: int) -> Number | None:
        """The value some years before the latest, or None."""
        latest = series.latest
        return self.number(series, words.years_before(latest.period, years)) if latest else None

    def overlay_notice(self, *series: TimeSeries) -> str:
        """What a picture says of the user's own evidence in it; empty where there is none."""
        names = dict.fromkeys(origin for one in series for origin in one.origins)
        return f" Includes your own evidence: {', '.join(names)}." if names else ""

    def spark(self, series: TimeSeries, since: int = 0) -> Spark | Runs:
        """A small line of a series; an empty cell where there are fewer than three points."""
        from amur.brief.figures import year

        points = [p for p in series.points if year(p.period) >= since]
        if len(points) < 3:
            return ()
        low, high = min(p.value for p in points), max(p.value for p in points)
        alt = (
            f"{series.title}, {words.short(points[0].period)} to {words.short(points[-1].period)}: "
            f"from {words.figure(points[0].value, series.unit)} to {words.figure(points[-1].value, series.unit)}, "
            f"lowest {words.figure(low, series.unit)}, highest {words.figure(high, series.unit)}."
        )
        return Spark(tuple(year(p.period) for p in points), tuple(p.value for p in points), alt)

    def fresh(self, series: TimeSeries, years: int = 4) -> bool:
        """Whether the latest value is recent enough to speak of where things stand."""
        latest = series.latest
        return latest is not None and periods.end(latest.period).year >= self.end.year - years


def named(source: Source) -> str:
    """Who to name in the note of one source: the holder of the data, then the copy it was read from if another's."""
    holder = publisher_of(source)
    if holder in source.publisher or source.publisher in holder:
        return source.publisher
    copied = _COPY.search(source.publisher)
    return f"{holder} ({copied[1] if copied else f'read from {source.publisher}'})"


_COPY = re.compile(r"\b((?:copy|scraped|compiled|processed|transcribed|via) [^()]*)")
"""What a publisher's name says of the copy that was read: 'copy in the MultiATSM package repository'."""


def address(text: str) -> str:
    """The address of a source, made whole where it was written without its scheme; empty if it is none."""
    first = text.split(" ")[0]
    if first.startswith(("https://", "http://")):
        return first
    return f"https://{first}" if "/" in first and "." in first.partition("/")[0] else ""


def last_day(record: Record) -> dt.date:
    """The last day the record speaks of: the end of its newest period or event.

    A value that the user added for a later year (a forecast, say) is used, but does not move this day: nothing else
    is known of that year.
    """
    built_in = [row for row in record.observations if not row.origin]
    days = [periods.end(row.period) for row in built_in or record.observations]
    days += [periods.end(event.date) for event in record.events]
    if not days:
        raise AmurError("the record is empty", mend="Run `amur record check`.")
    return max(days)


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


__all__ = ["Facts", "Mark", "Run", "last_day"]
