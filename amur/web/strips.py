"""What a parameter is thought to be, drawn small: the base prior, what readings say instead, and what the record left.

Everything is read from :mod:`amur.book.published`; places are shares of the width of a strip, from 0 to 100.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from amur.book.published import published

type Plain = dict[str, Any]

PAD = 0.04
"""Room at either end of a strip, as a share of what it spans."""
DRIVEN, INFORMED = 0.5, 0.1
"""From which contraction on a parameter is called data-driven, and below which prior-driven."""


def of(name: str) -> Plain:
    """A parameter with its rows: the base prior, then each reading's own prior, where it has one, and its posterior."""
    told = published()["parameters"][name]
    rows: list[Plain] = [{"who": "base prior", "kind": "base", "at": told["prior"]["quantiles"]}]
    for reading, values in told["posterior"].items():
        apart = told["readings"].get(reading)
        if apart:
            rows.append({"who": reading, "kind": "prior", "at": apart["quantiles"], "why": apart["why"]})
        rows.append({"who": reading, "kind": "posterior", "at": values, "apart": bool(apart)})
    place = scaled(told["prior"]["kind"], [each for row in rows for each in row["at"]])
    for row in rows:
        row["places"] = [place(each) for each in row["at"]]
    return {"name": name, **told, "rows": rows, "word": word(told["contraction"])}


def word(contraction: float) -> str:
    """Whether the record or the prior says what a parameter is."""
    return "data-driven" if contraction > DRIVEN else "informed" if contraction >= INFORMED else "prior-driven"


def scaled(kind: str, values: Sequence[float]) -> Callable[[float], float]:
    """Where a value stands on a strip that holds all of some values: on the logarithm for a lognormal."""
    real = math.log if kind == "lognormal" and min(values) > 0 else float
    low, high = real(min(values)), real(max(values))
    wide = (high - low) or 1.0
    low, wide = low - PAD * wide, wide * (1 + 2 * PAD)
    return lambda value: round(100 * (real(value) - low) / wide, 2)


def apart_of(reading: str) -> list[Plain]:
    """The parameters that a reading sets apart, with base prior, its own, and what the record left of it, on one strip."""
    made = []
    for name, told in published()["parameters"].items():
        own: Mapping[str, Any] | None = told["readings"].get(reading)
        if own is None:
            continue
        rows = [
            {"who": "base prior", "kind": "base", "at": told["prior"]["quantiles"]},
            {"who": "this reading", "kind": "prior", "at": own["quantiles"]},
            {"who": "after the record", "kind": "posterior", "at": told["posterior"][reading]},
        ]
        place = scaled(told["prior"]["kind"], [each for row in rows for each in row["at"]])
        for row in rows:
            row["places"] = [place(each) for each in row["at"]]
        made.append(
            {
                "name": name,
                "unit": told["unit"],
                "base": told["prior"],
                "own": own,
                "rows": rows,
                "group": told["group"],
            }
        )
    return made
