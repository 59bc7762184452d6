"""Analysis of competing hypotheses with computed cells: observations and dated decisions against readings.

Each cell is a log predictive density: how likely the reading held what then came, given the years before. An observation
that all readings foretold alike says nothing about which is right; the diagnosticity of a row is the spread of its cells,
and rows are sorted by it. The table says where every value comes from.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur import atomic
from amur.conditioning.cells import Cells, Observation, title, unit, value_in_words
from amur.record import periods
from amur.system.history import CODED, FRIENDSHIP_TREATY
from amur.system.observables import OBSERVABLES
from amur.system.observe import CATEGORIES

if TYPE_CHECKING:
    from amur.record.coded.codings import Coding
    from amur.record.record import Record

type Numbers = NDArray[np.float64]

CODINGS = CODED | {"taiwan": "taiwan-mode"}
SERIES = {"wedge": "wedge.usa-rus"}
NATS_IN_A_BIT = float(np.log(2))


class Origin(NamedTuple):
    """Where an observation comes from: ids of series, events and sources of the record, and why it was coded so."""

    series: tuple[str, ...]
    events: tuple[str, ...]
    sources: tuple[str, ...]
    reason: str


class Row(NamedTuple):
    """A row of the matrix: one observation, one change of a decision, or all quarters in which a decision stayed.

    ``cells`` are log predictive densities in nats by reading (a sum for ``kind`` "staying"); ``spread`` is the highest less
    the lowest and ``deviation`` their standard deviation, both in bits. ``period`` is a range for staying.
    """

    kind: str
    name: str
    title: str
    period: str
    value: float
    words: str
    unit: str
    cells: dict[str, float]
    spread: float
    deviation: float
    origin: Origin


def matrix(of: Cells, record: Record | None = None) -> tuple[Row, ...]:
    """The rows, most diagnostic (largest standard deviation) first; sources come from ``record`` (the present one)."""
    from amur.record.coded.codings import codings
    from amur.system.history import present

    record = record or present()
    coded = codings(record)
    rows: list[Row] = []
    staying: dict[str, list[tuple[Observation, Numbers]]] = {}
    for seen, densities in zip(of.rows, of.densities, strict=True):
        if seen.stays:
            staying.setdefault(seen.name, []).append((seen, densities))
        else:
            rows.append(_row(of.readings, seen, densities, record, coded))
    for name, parts in staying.items():
        span = f"{parts[0][0].period} to {parts[-1][0].period}"
        total = np.sum([densities for _, densities in parts], axis=0)
        words = f"stayed in {len(parts)} quarters"
        series = SERIES.get(name, f"decision.{CODINGS[name]}" if name in CODINGS else "")
        measured = _measured(of.readings, total)
        origin = Origin((series,) if series else (), (), (), CATEGORIES[name].source)
        nothing = float("nan")
        rows.append(Row("staying", name, title(name), span, nothing, words, "quarters", *measured, origin))
    return tuple(sorted(rows, key=lambda row: -row.deviation))


def _row(
    readings: tuple[str, ...],
    seen: Observation,
    densities: Numbers,
    record: Record,
    coded: Mapping[str, Coding],
) -> Row:
    name = seen.name
    kind = "decision" if name in CATEGORIES else "series"
    origin = sources(seen, record, coded)
    measured = _measured(readings, densities)
    return Row(
        kind, name, title(name), seen.period, seen.value, value_in_words(seen), unit(name), *measured, origin
    )


def _measured(readings: tuple[str, ...], densities: Numbers) -> tuple[dict[str, float], float, float]:
    """Cells by reading, and their range and standard deviation in bits (0 where one reading stands alone)."""
    made = dict(zip(readings, densities.tolist(), strict=True))
    if not np.isfinite(densities).all():
        return made, float("inf"), float("inf")
    return made, float(np.ptp(densities)) / NATS_IN_A_BIT, float(np.std(densities)) / NATS_IN_A_BIT


def sources(seen: Observation, record: Record, coded: Mapping[str, Coding]) -> Origin:
    """Ids of the series, events and sources behind an observation, and the reason where it was coded."""
    if seen.name in CODINGS:
        at = coded[CODINGS[seen.name]].at(seen.period)
        return Origin((f"decision.{CODINGS[seen.name]}",), at.events, at.sources, at.reason)
    if seen.name == "treaty":
        event = record.event.get(FRIENDSHIP_TREATY)
        events, sources = ((event.event,), (event.source,)) if event else ((), ())
        return Origin((), events, sources, CATEGORIES["treaty"].source)
    if seen.name in CATEGORIES:
        names: tuple[str, ...] = (SERIES[seen.name],)
    else:
        names = OBSERVABLES[seen.name].series
    found = [
        source
        for name in names
        for point in record.timeseries(name).points
        if _within(point.period, seen.period)
        for source in point.sources
    ]
    note = "" if seen.name in CATEGORIES else OBSERVABLES[seen.name].note
    return Origin(names, (), tuple(dict.fromkeys(found)), note)


def _within(period: str, longer: str) -> bool:
    """Whether a period is another or lies inside it."""
    if period == longer:
        return True
    frequency = periods.frequency_of(longer)
    order = "AQM"
    finer = order.index(periods.frequency_of(period)) > order.index(frequency)
    return finer and periods.inside(period, frequency) == longer


def as_json(
    rows: tuple[Row, ...], readings: tuple[str, ...], stamp: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The matrix ready for JSON: what cells and diagnosticity are, the readings, and the rows."""
    return {
        "cells": "log predictive density in nats given the years before",
        "diagnosticity": "standard deviation of a row's cells in bits (deviation), and their range (spread)",
        "readings": list(readings),
        "stamp": dict(stamp or {}),
        "rows": [_plain(row) for row in rows],
    }


def _plain(row: Row) -> dict[str, Any]:
    """Without what JSON has no word for: a value that is none, a cell that is impossible."""
    told = row._asdict()
    told |= {name: _number(told[name]) for name in ("value", "spread", "deviation")}
    cells = {reading: _number(value) for reading, value in row.cells.items()}
    return told | {"cells": cells, "origin": row.origin._asdict()}


def _number(value: float) -> float | None:
    return value if np.isfinite(value) else None


def as_csv(rows: tuple[Row, ...], readings: tuple[str, ...]) -> str:
    """The matrix as CSV: what was seen, one column per reading (nats), diagnosticity (bits) and sources."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    about = ["kind", "name", "title", "period", "value", "words", "unit"]
    writer.writerow([*about, *readings, "deviation", "spread", "series", "events", "sources", "reason"])
    for row in rows:
        cells = [f"{row.cells[reading]:.4f}" for reading in readings]
        value = f"{row.value:.10g}" if np.isfinite(row.value) else ""
        lists = [" ".join(each) for each in row.origin[:3]]
        told = [row.kind, row.name, row.title, row.period, value, row.words, row.unit]
        writer.writerow([*told, *cells, f"{row.deviation:.4f}", f"{row.spread:.4f}", *lists, row.origin.reason])
    return text.getvalue()


def write(
    path: str | Path, rows: tuple[Row, ...], readings: tuple[str, ...], stamp: Mapping[str, Any] | None = None
) -> Path:
    """Write the matrix as CSV or (a name that ends in .json) JSON, whole or not at all; the path."""
    if Path(path).suffix.lower() == ".json":
        told = json.dumps(as_json(rows, readings, stamp), ensure_ascii=False, indent=1, allow_nan=False)
        return atomic.write_text(path, told + "\n")
    return atomic.write_text(path, as_csv(rows, readings))
