"""What the sections share: putting blocks together and saying what the record lacks."""

from __future__ import annotations

from collections.abc import Iterable

from amur.brief import words
from amur.brief.document import Block, Cite, Figure, Paragraph, Run, Runs, Section
from amur.brief.facts import Facts
from amur.brief.words import sentences
from amur.record.timeseries import TimeSeries


def section(
    name: str, title: str, dimension: str, blocks: Iterable[Block | None], missing: Paragraph | None = None
) -> Section | None:
    """A section of the blocks there are; None where the cut leaves nothing to show."""
    held = [block for block in blocks if block is not None]
    if not held:
        return None
    return Section(name, title, dimension, (*held, missing) if missing else tuple(held))


def drawn_or_said(figure: Figure | None, *series: TimeSeries) -> Figure | Paragraph | None:
    """The picture, or its words alone where the series are too short to draw (fewer than three points each)."""
    if figure is None or any(len(one) >= LEAST for one in series):
        return figure
    return Paragraph(sentences((*figure.finding, "."), figure.text))


LEAST = 3


def lacking(facts: Facts, wanted: dict[str, TimeSeries | None]) -> Paragraph | None:
    """A line naming what the record does not hold at its date; None where nothing is missing."""
    names = [name for name, series in wanted.items() if series is None or not series.points]
    if not names:
        return None
    return Paragraph(
        (f"Not in the record as known on {words.when(facts.end.isoformat())}: {words.listed(names)}.",),
        "missing",
    )


def caption(facts: Facts, text: str, *series: TimeSeries) -> Runs:
    """A caption with its references, and the user's own evidence named where there is any."""
    held = [one for one in series if one.points]
    runs: list[Run] = [text]
    if held:
        cite: Cite = facts.cite(*held)
        runs.append(cite)
    notice = facts.overlay_notice(*held)
    return (*runs, notice) if notice else tuple(runs)


def span(series: Iterable[TimeSeries]) -> str:
    """'1992–2025': the years that series cover together."""
    periods = [point.period[:4] for one in series for point in one.points]
    first, last = min(periods), max(periods)
    return first if first == last else f"{first}{words.DASH}{last}"
