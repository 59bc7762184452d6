"""The numbers of an answer as CSV: one row each, their keys as columns, what made them at the end of every row."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING

from amur.questions import again

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Number

SPREAD = ("value", "low50", "high50", "low90", "high90", "error", "data_share")


def sheet(of: Answer) -> str:
    """All numbers, in the order of the answer; empty cells where there is none.

    Columns: name, about, unit, kind, one a key, the value with its intervals, Monte Carlo error and data share, the value
    under each reading, and the stamp.
    """
    keys = list(dict.fromkeys(key for each in of.numbers for key in each.keys))
    readings = list(dict.fromkeys(name for each in of.numbers for name in each.by_reading))
    made = of.made
    stamp = {
        "question": of.question, "version": made.version, "posteriors": made.stamp, "seed": made.seed,
        "futures": made.futures, "weights": made.weighed, "made_by": again.command(of) or again.python(of),
    }  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    told = ["name", "about", "unit", "kind", *(f"key.{key}" for key in keys)]
    writer.writerow([*told, *SPREAD, "data_share_in_words", *(f"under.{name}" for name in readings), *stamp])
    for each in of.numbers:
        writer.writerow(
            [
                each.name, each.about, each.unit, each.kind, *(each.keys.get(key, "") for key in keys), *_spread(each),
                each.share_in_words, *(_cell(each.by_reading.get(name)) for name in readings), *stamp.values(),
            ]
        )  # fmt: skip
    return text.getvalue()


def _spread(of: Number) -> list[str]:
    return [_cell(getattr(of, name)) for name in SPREAD]


def _cell(value: float | None) -> str:
    return "" if value is None or not math.isfinite(value) else f"{value:.10g}"
