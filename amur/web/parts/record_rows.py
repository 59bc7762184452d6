"""Series, measures and decisions as rows of a list: found by words and countries, with their last value and their course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from amur.charts import number, segments
from amur.record import periods
from amur.record.record import built_in
from amur.web.parts.record_held import ROLES, Entry, Held
from amur.web.views import environment

if TYPE_CHECKING:
    from amur.record.timeseries import TimeSeries

POINTS = 96
"""Points of a small picture at most."""
WIDE, HIGH, EDGE = 128.0, 32.0, 3.0
KINDS = ("recorded", "measure", "decision", "derived")
OURS = frozenset(("CHN", "RUS"))
TOPICS = tuple(built_in().topics)


class Sought(NamedTuple):
    """What a reader looks for; what is empty asks for nothing."""

    words: str = ""
    topic: str = ""
    dimension: str = ""
    country: str = ""
    partner: str = ""
    kind: str = ""
    frequency: str = ""
    role: str = ""


def found(entries: Iterable[Entry], sought: Sought) -> list[Entry]:
    """What fits, best first: words in the title before words elsewhere, China and Russia before the rest."""
    words = sought.words.lower().split()
    places = {each for each in (sought.country, sought.partner) if each}
    fitting = [
        each
        for each in entries
        if all(word in each.first or word in each.rest for word in words)
        and places <= each.places
        and all(
            not wanted or wanted == getattr(each, name)
            for name, wanted in sought._asdict().items()
            if name in ("topic", "dimension", "kind", "frequency", "role")
        )
    ]
    return sorted(fitting, key=lambda each: _rank(each, words))


def _rank(each: Entry, words: Sequence[str]) -> tuple[Any, ...]:
    between = bool(each.places) and (each.places <= OURS or (each.kind == "measure" and each.places >= OURS))
    return (
        sum(word not in each.first for word in words),
        not between,
        ROLES.get(each.role, 1),
        KINDS.index(each.kind),
        not (words and each.name.startswith(words[0])),
        -each.many,
        TOPICS.index(each.topic) if each.topic in TOPICS else len(TOPICS),
        each.name,
    )


def row(held: Held, each: Entry) -> dict[str, Any]:
    """A row: what it is, its last value with unit, period and publisher, and its course."""
    series = held.any(each.name)
    last = series.latest
    return {
        "name": each.name, "page": each.page, "kind": each.kind, "title": series.title, "unit": each.unit,
        "frequency": each.frequency, "role": each.role, "topic": each.topic, "dimension": each.dimension,
        "places": sorted(each.places) if len(each.places) <= 2 else [],
        "many": len(series.points),
        "first": series.points[0].period if last else None, "last": last.period if last else None,
        "value": last.value if last else None,
        "said": said(held, each.name, last.value) if last else "",
        "published": held.publishers(last.sources, 1) if last else "",
        "revised": bool(last and last.revised), "own": list(series.origins), "course": course(series),
    }  # fmt: skip


def said(held: Held, name: str, value: float) -> str:
    """A value for reading; that of a decision in its words."""
    return held.decisions[name].values[int(value)] if name in held.decisions else number(value)


def course(series: TimeSeries) -> list[list[list[float]]]:
    """The course of a series as runs without a gap: each point its place in time (0 to 1) and value."""
    if not series.points:
        return []
    first, last = (periods.ordinal(series.points[at].period) for at in (0, -1))
    runs = segments(series)
    step = max(1, len(series.points) // POINTS)
    return [
        [[round((periods.ordinal(p.period) - first) / max(1, last - first), 4), p.value] for p in _thin(run, step)]
        for run in runs
    ]  # fmt: skip


def _thin(run: list[Any], step: int) -> list[Any]:
    kept = run[::step]
    return kept if kept[-1] is run[-1] else [*kept, run[-1]]


def spark(runs: Sequence[Sequence[Sequence[float]]], kind: str = "") -> Markup:
    """A course as a small picture, its last point marked. It says nothing to those who listen: the row does."""
    values = [y for run in runs for _, y in run]
    if not values:
        return Markup('<svg class="spark" aria-hidden="true"></svg>')
    low, high = min(values), max(values)

    def at(point: Sequence[float]) -> str:
        x = EDGE + point[0] * (WIDE - 2 * EDGE)
        y = HIGH - EDGE - ((point[1] - low) / (high - low) if high > low else 0.5) * (HIGH - 2 * EDGE)
        return f"{x:.1f} {y:.1f}"

    lines, dots = [], []
    for run in runs:
        if len(run) == 1:
            dots.append(at(run[0]))
        elif kind == "decision":
            lines.append(_stepped([at(point) for point in run]))
        else:
            lines.append("M" + "L".join(at(point) for point in run))
    path = "".join(lines)
    alone = "".join(f'<circle class="alone" cx="{x}" cy="{y}" r="1.4"/>' for x, y in map(str.split, dots[:60]))
    x, y = at(runs[-1][-1]).split()
    return Markup(
        f'<svg class="spark" viewBox="0 0 {WIDE:g} {HIGH:g}" aria-hidden="true" focusable="false">'
        f'<path d="{escape(path)}"/>{alone}<circle class="end" cx="{x}" cy="{y}" r="2.6"/></svg>'
    )  # fmt: skip


def _stepped(points: Sequence[str]) -> str:
    told = f"M{points[0]}"
    for point in points[1:]:
        x, y = point.split()
        told += f"H{x}V{y}"
    return told


def paged(every: Sequence[Any], page: int, each: int) -> tuple[list[Any], dict[str, int]]:
    """One page of a list, and where it stands in the whole. A page past the end is the last."""
    pages = max(1, -(-len(every) // each))
    page = min(page, pages)
    first = (page - 1) * each
    return list(every[first : first + each]), {
        "page": page, "pages": pages, "total": len(every), "first": first + 1 if every else 0,
        "last": min(first + each, len(every)),
    }  # fmt: skip


environment().filters["spark"] = spark
