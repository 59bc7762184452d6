"""The record: sources, series, observations and events, validated, joined, and cut at a date if asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError, nearest, problem_and_mend
from amur.record import asof, periods, schema
from amur.record.read import read_table
from amur.record.schema import Event, Observation, Series, Source, Topic, Unit
from amur.record.timeseries import Point, TimeSeries

if TYPE_CHECKING:
    import pandas
    import xarray

DATA = Path(__file__).parent / "data"
RELEASES = schema.Table(
    "releases",
    asof.Release,
    {
        "prefix": schema.anything,
        "frequency": schema.one_of("A", "Q", "M"),
        "days": asof.days,
        "why": schema.text,
    },
    ("prefix", "frequency"),
)


@dataclass(frozen=True)
class Tables:
    """The rows of the record as read, before any cut: what an overlay extends and shadows."""

    topics: dict[str, Topic]
    units: dict[str, Unit]
    releases: list[asof.Release]
    sources: dict[str, Source]
    series: dict[str, Series]
    observations: list[Observation]
    events: list[Event]


@cache
def built_in(folder: Path = DATA) -> Tables:
    """The record that came with the package, every row checked. AmurError at the first broken row."""
    topics = {row.topic: row for _, row in read_table(folder / "topics.csv", schema.TOPICS)}
    units = {row.unit: row for _, row in read_table(folder / "units.csv", schema.UNITS)}
    sources = {row.source: row for _, row in read_table(folder / "sources.csv", schema.SOURCES)}
    releases = [row for _, row in read_table(folder / "releases.csv", RELEASES)]
    for frequency in set(periods.FREQUENCIES) - {r.frequency for r in releases if not r.prefix}:
        raise AmurError(
            f"the usual delay of series of frequency {frequency} is missing",
            file=folder / "releases.csv",
            mend="Add a row with an empty prefix.",
        )
    tables = Tables(topics, units, releases, sources, {}, [], [])
    for topic in topics:
        add_rows(tables, folder / topic, topic=topic)
    return tables


def add_rows(tables: Tables, folder: Path, **constant: str) -> None:
    """Add the series, observations and events of a folder to the tables, checking that they fit together."""
    path = folder / "series.csv"
    for line, series in read_table(path, schema.SERIES, **constant):
        _check_new(series.series, tables.series, path, line, "series")
        check_known(series.unit, tables.units, "unit", path, line, "units.csv")
        tables.series[series.series] = series
    origin = {"origin": constant["origin"]} if "origin" in constant else {}
    frequency_of = periods.frequency_of
    path = folder / "observations.csv"
    for line, row in read_table(path, schema.OBSERVATIONS, **origin):
        of = tables.series.get(row.series)
        if of is None or row.source not in tables.sources or frequency_of(row.period) != of.frequency:
            _blame(row, tables, path, line)
        tables.observations.append(row)
    path = folder / "events.csv"
    events = {event.event: event for event in tables.events}
    for line, event in read_table(path, schema.EVENTS, **constant):
        _check_new(event.event, events, path, line, "event")
        check_known(event.source, tables.sources, "source", path, line, "sources.csv")
        tables.events.append(event)


def _check_new(name: str, known: Mapping[str, Series | Event], path: Path, line: int, field: str) -> None:
    """A series or event stands in one topic only: others name it without its topic."""
    if name in known:
        raise AmurError(
            f"the {field} '{name}' is already in topic '{known[name].topic}'",
            file=path,
            line=line,
            field=field,
            mend="Give it another name.",
        )


def _blame(row: Observation, tables: Tables, path: Path, line: int) -> None:
    check_known(row.series, tables.series, "series", path, line, "series.csv")
    check_known(row.source, tables.sources, "source", path, line, "sources.csv")
    check_frequency(row, tables.series[row.series], path, line)


def check_known(name: str, table: dict[str, Any], field: str, path: Path, line: int, where: str) -> None:
    if name not in table:
        hint = nearest(name, list(table))
        raise AmurError(
            f"the {field} '{name}' is not known",
            file=path,
            line=line,
            field=field,
            mend=f"Add it to {where}. {hint}".rstrip(),
        )


def check_frequency(row: Observation, series: Series, path: Path, line: int) -> None:
    """A period must have the frequency of its series."""
    if periods.frequency_of(row.period) != series.frequency:
        kind, example = periods.FREQUENCIES[series.frequency], periods.EXAMPLES[series.frequency]
        raise AmurError(
            f"the series is {kind} but the period is '{row.period}'",
            file=path,
            line=line,
            field="period",
            mend=f"Write a period such as {example}.",
        )


@dataclass(frozen=True)
class Record:
    """What happened, as far as it is known on a date.

    ``as_of`` cuts at a day (None: all there is). ``strict`` then also leaves out values whose source came
    out after that day; otherwise they stay and are marked ``revised``.
    """

    tables: Tables
    as_of: dt.date | None = None
    strict: bool = False

    @property
    def topics(self) -> dict[str, Topic]:
        return self.tables.topics

    @property
    def units(self) -> dict[str, Unit]:
        return self.tables.units

    @property
    def sources(self) -> dict[str, Source]:
        return self.tables.sources

    @property
    def series(self) -> dict[str, Series]:
        return self.tables.series

    @cached_property
    def observations(self) -> list[Observation]:
        """All observations known at ``as_of``."""
        if self.as_of is None:
            return self.tables.observations
        return [row for row in self.tables.observations if self.is_known(row)]

    @cached_property
    def events(self) -> list[Event]:
        """All events up to ``as_of``, by date."""
        events = self.tables.events
        if self.as_of is not None:
            events = [event for event in events if periods.end(event.date) <= self.as_of]
        return sorted(events, key=lambda event: (event.date, event.event))

    @cached_property
    def event(self) -> dict[str, Event]:
        """Events by identifier."""
        return {event.event: event for event in self.events}

    def cut(self, as_of: dt.date | str | None, strict: bool = False) -> Record:
        """The same record as it stood at the end of a day."""
        return replace(self, as_of=as_date(as_of), strict=strict)

    def known(self, row: Observation) -> asof.Known:
        """When this observation was known, and whether the number is of a later vintage."""
        published = self.sources[row.source].published
        return asof.known(row.period, published, self._delays[row.series], self.as_of)

    def is_known(self, row: Observation) -> bool:
        known = self.known(row)
        return self.as_of is None or (known.since <= self.as_of and not (self.strict and known.revised))

    def timeseries(self, name: str) -> TimeSeries:
        """A recorded or derived series with its points. AmurError names the nearest for an unknown one."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> TimeSeries:
        series = self.series.get(name)
        if series is None:
            from amur.record.derived import recipes

            if name in recipes.recipes():
                return recipes.derive(self, name)
            raise self.unknown_series(name)
        points = tuple(
            Point(row.period, row.value, (row.source,), row.note, row.origin, self.known(row).revised)
            for row in self._by_series.get(name, [])
        )
        return TimeSeries(
            series.series,
            series.title,
            series.unit,
            series.frequency,
            series.definition,
            points,
            topic=series.topic,
            role=series.role,
            reporter=series.reporter,
            partner=series.partner,
            sources=self.sources,
        )

    __getitem__ = timeseries

    def __contains__(self, name: str) -> bool:
        """Whether a series is recorded; those that recipes derive are not, though they can be asked for."""
        return name in self.series

    def unknown_series(self, name: str) -> AmurError:
        from amur.record.derived import recipes

        hint = nearest(name, [*self.series, *recipes.recipes()])
        return AmurError(
            f"the series '{name}' is not in the record",
            mend=hint or "See `amur record list`.",
        )

    def find(
        self,
        words: str = "",
        topic: str = "",
        role: str = "",
        frequency: str = "",
        among: Iterable[Series] | None = None,
    ) -> list[Series]:
        """Series whose name, title, definition or countries hold all the words (case ignored).

        ``among`` looks through other series than the recorded ones.
        """
        wanted = words.lower().split()
        every = self.series.values() if among is None else among
        return [s for s in every if self._fits(s, wanted, topic, role, frequency)]

    @staticmethod
    def _fits(s: Series, wanted: list[str], topic: str, role: str, frequency: str) -> bool:
        haystack = " ".join((s.series, s.title, s.definition, s.reporter, s.partner)).lower()
        return (
            all(word in haystack for word in wanted)
            and topic in ("", s.topic)
            and role in ("", s.role)
            and frequency in ("", s.frequency)
        )

    def find_events(
        self, words: str = "", kind: str = "", actor: str = "", since: str = "", until: str = ""
    ) -> list[Event]:
        """Events by words in the identifier and in what happened, kind, actor (ISO3) and dates (inclusive). AmurError for no date."""
        wanted = words.lower().split()
        for name, date in (("since", since), ("until", until)):
            as_date(date or None, field=name)
        first = periods.start(since) if since else dt.date.min
        last = periods.end(until) if until else dt.date.max
        return [
            event
            for event in self.events
            if all(word in f"{event.event} {event.what} {event.note} {event.kind}".lower() for word in wanted)
            and kind in ("", event.kind)
            and (not actor or actor.upper() in event.actors.split(";"))
            and first <= periods.start(event.date) <= last
        ]

    def summary(self) -> dict[str, Any]:
        """Counts of everything, in all and by topic."""
        topics: dict[str, dict[str, Any]] = {
            name: {"title": t.title, "dimension": t.dimension, "series": 0, "observations": 0, "events": 0}
            for name, t in self.topics.items()
        }
        for series in self.series.values():
            topics[series.topic]["series"] += 1
        for name, rows in self._by_series.items():
            topics[self.series[name].topic]["observations"] += len(rows)
        for event in self.events:
            topics[event.topic]["events"] += 1
        years = {int(year) for year in {row.period[:4] for row in self.observations}}
        return {
            "sources": len(self.sources),
            "series": len(self.series),
            "observations": len(self.observations),
            "events": len(self.events),
            "first_year": min(years, default=None),
            "last_year": max(years, default=None),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "topics": topics,
            "overlays": sorted(self.overlays()),
        }

    def overlays(self) -> set[str]:
        """Names of the overlays that contribute anything to this record."""
        rows: Iterable[Series | Observation | Event] = (*self.series.values(), *self.observations, *self.events)
        return {row.origin for row in rows if row.origin}

    def to_pandas(self) -> pandas.DataFrame:
        """All observations, joined with their series and source, one row each; every row has its unit and citation.

        >>> rows = load(overlay=False).to_pandas()
        >>> rows[(rows.series == "trade.total.chn-rus") & (rows.period == "2021")][["value", "unit"]].values.tolist()
        [[146.887, 'US$ bn']]
        """
        import pandas

        # Named here so that a record cut before its first value still has its columns.
        columns = [*Observation._fields, *_JOINED]
        result = pandas.DataFrame(list(self._joined()), columns=columns)
        result.attrs["as_of"] = self.as_of.isoformat() if self.as_of else ""
        return result

    def to_xarray(self, names: Iterable[str] | None = None, *, frequency: str = "A") -> xarray.Dataset:
        """Series of one frequency as variables over ``period`` (its first day), NaN where there is no value.

        ``names`` are recorded or derived series; without them all recorded ones of a ``frequency`` (A, Q, M). Units
        and citations are in the ``attrs`` of each variable. AmurError for an unknown name or several frequencies.

        >>> months = load(overlay=False).to_xarray(["trade.total-m.chn-rus"])
        >>> months["trade.total-m.chn-rus"].attrs["units"]
        'US$ bn'
        """
        import xarray

        if names is None:
            if frequency not in periods.FREQUENCIES:
                raise AmurError(
                    f"'{frequency}' is no frequency", field="frequency", mend="Give one of A, Q and M."
                )
            names = [s.series for s in self.series.values() if s.frequency == frequency]
        chosen = [self.timeseries(name) for name in ([names] if isinstance(names, str) else names)]
        found = {series.frequency for series in chosen}
        if len(found) > 1:
            told = " and ".join(periods.FREQUENCIES[f] for f in periods.FREQUENCIES if f in found)
            raise AmurError(f"these series are {told}", field="names", mend="Take those of one frequency.")
        arrays = [series.to_xarray().drop_vars(("source", "revised")) for series in chosen]
        result = xarray.merge(arrays, join="outer", combine_attrs="override")
        # Else the whole would be described as its first variable is.
        result.attrs = {"as_of": self.as_of.isoformat() if self.as_of else ""}
        return result

    def _joined(self) -> Iterator[dict[str, Any]]:
        for row in self.observations:
            series, source = self.series[row.series], self.sources[row.source]
            yield {
                **row._asdict(),
                "topic": series.topic,
                "title": series.title,
                "unit": series.unit,
                "frequency": series.frequency,
                "reporter": series.reporter,
                "partner": series.partner,
                "revised": self.known(row).revised,
                "citation": source.citation(),
            }

    @cached_property
    def _by_series(self) -> dict[str, list[Observation]]:
        rows: defaultdict[str, list[Observation]] = defaultdict(list)
        for row in self.observations:
            rows[row.series].append(row)
        for group in rows.values():
            group.sort(key=lambda row: row.period)
        return rows

    @cached_property
    def _made(self) -> dict[str, TimeSeries]:
        """The series asked for so far: a record never changes, and measures ask for the same ones often."""
        return {}

    @cached_property
    def _delays(self) -> dict[str, dt.timedelta]:
        return {name: asof.delay_of(series, self.tables.releases) for name, series in self.series.items()}


_JOINED = ("topic", "title", "unit", "frequency", "reporter", "partner", "revised", "citation")
"""What a table of observations has beside their own fields."""


def as_date(value: dt.date | str | None, field: str = "as-of") -> dt.date | None:
    """A cut date from text or from a date (of pandas too); AmurError where it is not one."""
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise AmurError(f"'{value}' is not a date", field=field, mend="Write '2021-12-31'.")
    try:
        return periods.parse_date(value)
    except ValueError as error:
        problem, mend = problem_and_mend(error)
        raise AmurError(problem, field=field, mend=mend) from None


def load(as_of: dt.date | str | None = None, *, strict: bool = False, overlay: bool = True) -> Record:
    """The record, with the user's own evidence unless ``overlay`` is false, cut at ``as_of`` if given.

    >>> import amur
    >>> amur.record.load(overlay=False).timeseries("trade.total.chn-rus").at("2021").value
    146.887
    """
    tables = built_in()
    if overlay:
        from amur.record.own import overlay as users

        tables = users.merged(tables)
    return Record(tables, as_date(as_of), strict)
