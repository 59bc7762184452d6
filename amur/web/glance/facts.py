"""Facts at a glance: the brief's key figures as tiles with a small line, and its opening paragraph with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amur.brief import words
from amur.brief.document import Number, Spark
from amur.brief.sections.standing import KEYS, earlier, series_of, where_things_stand
from amur.record.measures import catalogue
from amur.web.shapes import held

if TYPE_CHECKING:
    from amur.brief.document import Runs
    from amur.brief.facts import Facts
    from amur.record.timeseries import TimeSeries

WIDE, HIGH, EDGE = 240.0, 44.0, 4.0
"""The place of a small line, in pixels."""
COLOURS = {"RUS": "russia", "CHN": "china"}
LEFT_OUT = ("votes.ga.kappa.contested",)
"""Key figures that say for those who know what a tile beside them says for all."""
SAID = 3
"""Publishers named under a tile."""
IN_PARTS = {"brief.drills": "/record/measures/exercises.tally?dyad=CHN-RUS"}
"""Where a quantity of the brief's own has its parts."""


def tiles(facts: Facts) -> list[dict[str, Any]]:
    """The key figures that the record can give: latest value, a year and ten years before, the course, the sources."""
    made = []
    for key in (each for each in KEYS if each.series not in LEFT_OUT):
        series = series_of(facts, key)
        now = facts.number(series, decimals=key.decimals)
        if now is None:
            continue
        spark = facts.spark(series)
        before, long_before = (_plain(earlier(facts, series, key, years)) for years in (1, 10))
        made.append({
            "name": series.series, "title": words.typeset(key.name), "value": now.text, "number": now.value,
            "unit": series.unit, "period": now.period, "when": words.short(now.period), "before": before,
            "long_before": long_before, "link": link(facts, series), "colour": COLOURS.get(series.reporter, "third"),
            "spark": line(spark) if isinstance(spark, Spark) else None, "source": said(facts, now.rests_on),
            "sources": [facts.record.sources[name].citation() for name in now.rests_on],
            "own": list(series.origins),
        })  # fmt: skip
    return made


def paragraph(facts: Facts) -> list[dict[str, Any]]:
    """The brief's opening paragraph as pieces of text, those that are numbers with where they come from."""
    return [_piece(facts, run) for run in where_things_stand(facts)]


def text_of(runs: Runs) -> str:
    """Pieces of the brief as one text."""
    return "".join(run if isinstance(run, str) else getattr(run, "text", "") for run in runs)


def link(facts: Facts, series: TimeSeries) -> str:
    """The page of the record that a series, measure or coded decision has; an empty text where it has none."""
    name = series.series
    if name in IN_PARTS:
        return IN_PARTS[name]
    if series.kind == "measure":
        measure, _, dyad = name.rpartition(".")
        return f"/record/measures/{quote(measure)}?dyad={dyad.upper()}" if measure in catalogue() else ""
    return "" if name.startswith("brief.") else held(name)


def said(facts: Facts, sources: tuple[str, ...]) -> str:
    """Who published what a number rests on, in a few words."""
    from amur.record.terms import publisher_of

    names = list(dict.fromkeys(publisher_of(facts.record.sources[name]) for name in sources))
    more = len(names) - SAID
    return ", ".join(names[:SAID]) + (f" and {more} more" if more > 0 else "")


def line(spark: Spark) -> dict[str, Any]:
    """A small line as the path of an SVG, with its last point, and in words."""
    first, last = spark.positions[0], spark.positions[-1]
    low, high = min(0.0, *spark.values), max(spark.values)
    across = (WIDE - 2 * EDGE) / ((last - first) or 1)
    up = (HIGH - 2 * EDGE) / ((high - low) or 1)
    spots = [
        (round(EDGE + (at - first) * across, 1), round(HIGH - EDGE - (value - low) * up, 1))
        for at, value in zip(spark.positions, spark.values, strict=True)
    ]
    foot = round(HIGH - EDGE + low * up, 1)
    path = "M" + "L".join(f"{x} {y}" for x, y in spots)
    return {
        "path": path, "area": f"{path}L{spots[-1][0]} {foot}L{spots[0][0]} {foot}Z", "x": spots[-1][0], "y": spots[-1][1],
        "from": f"{first:.0f}", "to": f"{int(last)}", "words": spark.alt, "foot": foot,
    }  # fmt: skip


def _piece(facts: Facts, run: Any) -> dict[str, Any]:
    if isinstance(run, str):
        return {"text": run, "link": "", "source": ""}
    text = run.text if hasattr(run, "text") else ""
    if not isinstance(run, Number):
        return {"text": text, "link": "", "source": ""}
    series = facts.used.get(run.name)
    return {
        "text": text, "value": run.value, "unit": run.unit, "period": run.period,
        "link": link(facts, series) if series else "", "source": said(facts, run.rests_on),
    }  # fmt: skip


def _plain(runs: Runs) -> str:
    return text_of(runs)
