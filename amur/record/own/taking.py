"""Taking the rows of a user's table into the shapes of the record, every cell checked on the way."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest, problem_and_mend
from amur.record import schema
from amur.record.own import overlay
from amur.record.own.cells import as_text, frequency_shown, looks_like_period, period_of
from amur.record.own.mapping import Mapping, SeriesPart
from amur.record.own.sheets import Cell, Sheet
from amur.record.record import Tables
from amur.record.schema import Event, Observation, Series, Source

DESCRIPTION = ("title", "unit", "frequency", "role", "reporter", "partner", "definition", "topic")
"""Columns that may stand beside series, period and value to describe a series the record does not have."""

FAR = 5.0
"""A new value this many times the old one, or a fifth of it, is pointed out: most often the unit is another."""


@dataclass(frozen=True)
class Addition(overlay.Evidence):
    """A set of evidence ready to be added, with what the user should see before it is.

    ``shadowed`` pairs the rows now in force with those to take their place; ``replaces`` says that a set of
    this name is there already; ``remarks`` tell what was converted, left out or looks odd.
    """

    shadowed: tuple[tuple[Observation | Event, Observation | Event], ...] = ()
    replaces: bool = False
    remarks: tuple[str, ...] = ()
    mapping: Mapping | None = None

    def as_json(self, rows: int = 10) -> dict[str, Any]:
        """Counts, remarks and the first rows: new ones, and old and new side by side, ready for JSON."""
        keys = {key_of(new) for _, new in self.shadowed}
        rows_of_both: tuple[Observation | Event, ...] = self.observations + self.events
        new = [row for row in rows_of_both if key_of(row) not in keys]
        return {
            "name": self.name,
            "file": self.file,
            "checksum": self.checksum,
            "replaces": self.replaces,
            "codings": bool(self.codings),
            "counts": self.counts() | {"shadowed": len(self.shadowed)},
            "remarks": list(self.remarks),
            "series": [row._asdict() for row in self.series],
            "sources": [row._asdict() for row in self.sources],
            "first_new": [row._asdict() for row in new[:rows]],
            "first_shadowed": [
                {"old": old._asdict(), "new": new._asdict()} for old, new in self.shadowed[:rows]
            ],
        }


class Taking:
    """Takes the rows of one sheet, by one mapping, against the record as it stands."""

    def __init__(self, sheet: Sheet, mapping: Mapping, tables: Tables, name: str) -> None:
        self.sheet, self.mapping, self.tables, self.name = sheet, mapping, tables, name
        self.sources: dict[str, Source] = {}
        self.series: dict[str, Series] = {}
        self.seen: dict[tuple[str, str], int] = {}
        self.missing = 0
        self.converted: dict[str, str] = {}
        for ours, theirs in mapping.columns.items():
            self._check_column(theirs, ours)

    def all(self) -> Addition:
        rows: dict[str, Any]
        if self.mapping.kind == "events":
            rows = {"events": tuple(self._events())}
            old: dict[Any, Any] = {row.event: row for row in self.tables.events}
            taken: tuple[Any, ...] = rows["events"]
        else:
            rows = {"observations": tuple(self._observations())}
            old = {(row.series, row.period): row for row in self.tables.observations}
            taken = rows["observations"]
        if not taken:
            raise self.sheet.error("there is nothing to add: no row holds a value", mend="Check the file.")
        shadowed = tuple((old[key_of(row)], row) for row in taken if key_of(row) in old)
        return Addition(
            self.name,
            sources=tuple(self.sources.values()),
            series=tuple(self.series.values()),
            file=str(self.sheet.file),
            checksum=self.checksum,
            shadowed=shadowed,
            remarks=tuple(self._remarks(shadowed)),
            mapping=self.mapping,
            **rows,
        )

    # Observations

    def _observations(self) -> Iterator[Observation]:
        for line, cells in self.sheet.rows:
            yield from self._row(line, dict(zip(self.sheet.header, cells, strict=True)))

    def _row(self, line: int, cells: dict[str, Cell]) -> Iterator[Observation]:
        if self.mapping.wide:
            part = self._part(line, cells)
            for column in self._period_columns:
                yield from self._value(line, cells, part, column, column, column)
            return
        at = self.mapping.columns.get("period", "")
        if not at:
            raise self._mapping_error("period", "no column is said to hold the period")
        parts = [(part, part.column) for part in self.mapping.series if part.column]
        for part, column in parts or [(self._part(line, cells), self.mapping.columns.get("value", ""))]:
            if not column:
                raise self._mapping_error("value", "no column is said to hold the value")
            self._check_column(column, "column")
            yield from self._value(line, cells, part, column, cells[at], at)

    def _value(
        self, line: int, cells: dict[str, Cell], part: SeriesPart, column: str, period: Cell, period_at: str
    ) -> Iterator[Observation]:
        value = self._number(cells[column], line, column)
        if value is None:
            self.missing += 1
            return
        series = self._series_of(part, period, line, period_at)
        try:
            name = period_of(period, series.frequency)
        except ValueError as error:
            raise self._cell_error(error, line, period_at) from None
        if (series.series, name) in self.seen:
            raise self.sheet.error(
                f"{series.series} {name} is already on line {self.seen[series.series, name]}",
                line,
                period_at,
                "Keep one of the two.",
            )
        self.seen[series.series, name] = line
        value = self._in_unit(value, part, series, line, column)
        source = self._source(cells)
        yield Observation(series.series, name, value, source, self._text(cells, "note"), self.name)

    @cached_property
    def _period_columns(self) -> list[str]:
        mapped = set(self.mapping.columns.values())
        found = [title for title in self.sheet.header if title not in mapped and looks_like_period(title)]
        if not found:
            raise self.sheet.error(
                "no column is called by a period",
                self.mapping.header,
                mend="Name the columns 2019, 2019-Q3 or 2019-07, or leave `wide` out.",
            )
        return found

    def _part(self, line: int, cells: dict[str, Cell]) -> SeriesPart:
        """The part of the mapping that speaks of this row, by what stands in its series column."""
        parts, at = self.mapping.series, self.mapping.columns.get("series", "")
        if not at:
            if len(parts) == 1:
                return parts[0]
            raise self._mapping_error(
                "series", "no column and no [[series]] says which series the values are of"
            )
        label = as_text(cells[at])
        if not label:
            raise self.sheet.error("is empty", line, at, "Write the series of each value.")
        for part in parts:
            if label == (part.label or part.series):
                return part
        if label in self.tables.series and not parts:
            return SeriesPart(label)
        known = [part.label or part.series for part in parts] or list(self.tables.series)
        hint = nearest(label, known) or "Name it in the mapping file under [[series]]."
        raise self.sheet.error(f"the series '{label}' is not known", line, at, hint)

    def _series_of(self, part: SeriesPart, period: Cell, line: int, period_at: str) -> Series:
        known = self.series.get(part.series) or self.tables.series.get(part.series)
        if known is not None:
            if part.frequency and part.frequency != known.frequency:
                raise self._mapping_error(
                    "frequency",
                    f"the series '{part.series}' has frequency {known.frequency} in the record, "
                    f"{part.frequency} here",
                    "Give your series another name.",
                )
            return known
        frequency = part.frequency or frequency_shown(period)
        if not frequency:
            raise self._mapping_error(
                "frequency",
                f"the series '{part.series}' is new and its frequency is not said",
                'Write frequency = "A", "Q" or "M".',
            )
        self.series[part.series] = self._new_series(replace(part, frequency=frequency))
        return self.series[part.series]

    def _new_series(self, part: SeriesPart) -> Series:
        """A series the record does not have, from its description, every field checked."""
        from amur.record.derived import recipes

        if part.series in recipes.recipes():
            raise self._mapping_error(
                "series", f"'{part.series}' is computed from other series", "Give your series another name."
            )
        told = vars(part) | {"role": part.role or "observable", "definition": part.definition or part.title}
        told |= {"reporter": part.reporter.upper(), "partner": part.partner.upper()}
        for field in ("unit", "title", "topic"):
            if not told[field]:
                hint = nearest(part.series, list(self.tables.series)) if field == "unit" else ""
                mend = f'Write {field} = "…" under its [[series]]. {hint}'.rstrip()
                raise self._mapping_error(
                    field, f"the series '{part.series}' is not in the record and its {field} is not said", mend
                )
        for field, check in overlay.TABLES["series"].columns.items():
            try:
                check(told[field])
            except ValueError as error:
                problem, mend = problem_and_mend(error)
                raise self._mapping_error(field, problem, mend) from None
        for field, table in (("unit", self.tables.units), ("topic", self.tables.topics)):
            if told[field] not in table:
                hint = nearest(told[field], list(table)) or f"Write one of {', '.join(table)}."
                raise self._mapping_error(field, f"the {field} '{told[field]}' is not known", hint)
        texts = [" ".join(told[field].split()) for field in overlay.TABLES["series"].columns]
        return Series._make([*texts, self.name])

    def _in_unit(self, value: float, part: SeriesPart, series: Series, line: int, column: str) -> float:
        if not part.unit or part.unit == series.unit:
            return value
        from amur import units

        try:
            result = units.convert(value, part.unit, series.unit)
        except AmurError as error:
            raise self._mapping_error(
                "unit",
                f"the series '{series.series}' is in {series.unit}, the file in {part.unit}: {error.problem}",
                f"Give the values in {series.unit}, or give your series another name.",
            ) from None
        self.converted[series.series] = f"{series.series}: converted from {part.unit} to {series.unit}"
        return float(f"{result:.12g}")

    # Events

    def _events(self) -> Iterator[Event]:
        used = {row.event for row in self.tables.events}
        for line, row in self.sheet.rows:
            cells = dict(zip(self.sheet.header, row, strict=True))
            date, kind = self._date(cells, line), self._text(cells, "kind")
            event = self._text(cells, "event")
            if not event:
                event = _unused(f"{date}.{kind}", used)
            if (event, "") in self.seen:
                raise self.sheet.error(
                    f"{event} is already on line {self.seen[event, '']}", line, "event", "Keep one of the two."
                )
            self.seen[event, ""] = line
            used.add(event)
            actors = ";".join(re.split(r"[;,\s]+", self._text(cells, "actors").upper()))
            topic = self._text(cells, "topic") or self.mapping.topic or self._usual_topic(kind)
            told = {
                "event": event,
                "date": date,
                "kind": kind,
                "actors": actors,
                "what": self._text(cells, "what"),
                "source": self._source(cells),
                "note": self._text(cells, "note"),
                "topic": topic,
            }
            for field, check in overlay.TABLES["events"].columns.items():
                try:
                    check(told[field])
                except ValueError as error:
                    raise self._cell_error(error, line, self.mapping.columns.get(field, field)) from None
            if topic not in self.tables.topics:
                hint = (
                    nearest(topic, list(self.tables.topics)) or f"Write one of {', '.join(self.tables.topics)}."
                )
                raise self.sheet.error(f"the topic '{topic}' is not known", line, "topic", hint)
            yield Event(**told, origin=self.name)

    def _date(self, cells: dict[str, Cell], line: int) -> str:
        at = self.mapping.columns.get("date", "")
        if not at:
            raise self._mapping_error("date", "no column is said to hold the date")
        cell = cells[at]
        if isinstance(cell, dt.date):
            return cell.isoformat()[:10]
        text = as_text(cell)
        if re.fullmatch(r"\d{8}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        text = re.sub(r"[T ].*", "", text)
        try:
            return str(schema.date(text))
        except ValueError as error:
            raise self._cell_error(error, line, at) from None

    def _usual_topic(self, kind: str) -> str:
        """The topic in which the record keeps most events of this kind."""
        topics = [event.topic for event in self.tables.events if event.kind == kind]
        if not topics:
            raise self._mapping_error(
                "topic",
                f"the kind '{kind}' is new and its topic is not said",
                f'Add a column topic, or say topic = "…" in the mapping file: one of {", ".join(self.tables.topics)}.',
            )
        return max(sorted(set(topics)), key=topics.count)

    # Cells

    def _text(self, cells: dict[str, Cell], ours: str) -> str:
        theirs = self.mapping.columns.get(ours, "")
        return " ".join(as_text(cells[theirs]).split()) if theirs else ""

    def _number(self, cell: Cell, line: int, column: str) -> float | None:
        if cell is None or str(cell) in self.mapping.missing:
            return None
        text = str(cell)
        if isinstance(cell, bool | dt.date):
            text = f"{cell} ({'a truth value' if isinstance(cell, bool) else 'a date'})"
        elif isinstance(cell, str):
            decimal, thousands = self.mapping.decimal, self.mapping.thousands
            if thousands == " ":
                # Spreadsheets and statistical offices use several kinds of space.
                text = re.sub(r"\s", "", text)
            elif thousands:
                text = text.replace(thousands, "")
            if decimal == ",":
                if "." in text:
                    text = f"{cell} (with a decimal comma)"
                text = text.replace(",", ".")
            elif re.fullmatch(r"[+-]?\d+,\d+", text):
                raise self.sheet.error(
                    f"'{text}' is not a number",
                    line,
                    column,
                    'Write a decimal point; or say decimal = "," or thousands = "," in the mapping file.',
                )
        try:
            return float(schema.number(text))
        except ValueError as error:
            raise self._cell_error(error, line, column) from None

    # Sources

    @cached_property
    def checksum(self) -> str:
        return checksum_of(self.sheet.file)

    def _source(self, cells: dict[str, Cell]) -> str:
        """The source of a row: one of the record, one made of what the row says, or the file itself."""
        told = self._text(cells, "source")
        if told in self.tables.sources:
            return told
        for source in self.sources.values():
            if source.title == told:
                return source.source
        return self._new_source(told) if told else self._own_source

    def _new_source(self, told: str) -> str:
        url = re.search(r"https?://\S+", told)
        part = self.mapping.source
        name = f"own.{self.name}.{len(self.sources) + 1}"
        publisher = part.publisher or f"as named in {self.sheet.file.name}"
        self.sources[name] = Source(name, publisher, told, "", url[0] if url else "", self.name)
        return name

    @cached_property
    def _own_source(self) -> str:
        part, file = self.mapping.source, self.sheet.file
        changed = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).date().isoformat()
        try:
            published = str(schema.published(part.published or changed))
        except ValueError as error:
            problem, mend = problem_and_mend(error)
            raise self._mapping_error("published", problem, mend) from None
        of_file = f"{file.name}, {changed}, SHA-256 {self.checksum}"
        name = f"own.{self.name}"
        title = f"{part.title} ({of_file})" if part.title else of_file
        publisher = part.publisher or "The user's own file"
        self.sources[name] = Source(name, publisher, title, published, part.url, self.name)
        return name

    # What to say

    def _remarks(self, shadowed: tuple[tuple[Any, Any], ...]) -> Iterator[str]:
        yield from self.converted.values()
        if self.missing:
            yield f"{self.missing} empty or missing values left out"
        used = {*self.mapping.columns.values(), *(part.column for part in self.mapping.series), *DESCRIPTION}
        if self.mapping.wide:
            used |= set(self._period_columns)
        unused = [title for title in self.sheet.header if title and title not in used]
        if unused:
            yield f"columns left aside: {', '.join(unused)}"
        if self.mapping.kind == "observations":
            far = [
                f"{new.series} {new.period}: {old.value:g} becomes {new.value:g}"
                for old, new in shadowed
                if _far(old.value, new.value)
            ]
            if far:
                yield f"far from the value it shadows (is the unit right?): {far[0]}" + (
                    f", and {len(far) - 1} more" if len(far) > 1 else ""
                )

    def _check_column(self, theirs: str, ours: str) -> None:
        if theirs not in self.sheet.header:
            hint = nearest(theirs, list(self.sheet.header)) or f"There is {', '.join(self.sheet.header)}."
            raise self._mapping_error(ours, f"the file has no column '{theirs}'", hint)

    def _cell_error(self, error: ValueError, line: int, column: str) -> AmurError:
        problem, mend = problem_and_mend(error)
        return self.sheet.error(problem, line, column, mend)

    def _mapping_error(self, key: str, problem: str, mend: str = "Say it in the mapping file.") -> AmurError:
        return AmurError(problem, file=self.mapping.file or self.sheet.file, field=key, mend=mend)


def key_of(row: Observation | Event) -> Any:
    return row.event if isinstance(row, Event) else (row.series, row.period)


def _unused(event: str, used: set[str]) -> str:
    number, name = 1, event
    while name in used:
        number += 1
        name = f"{event}.{number}"
    return name


def _far(old: float, new: float) -> bool:
    return bool(old and new) and not 1 / FAR < new / old < FAR


def checksum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
