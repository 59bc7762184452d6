"""The lines of the table and how they advance."""

from __future__ import annotations

import csv
from pathlib import Path

import amur.system
from reference.maths import Names

NONE, IDEA, MEMORANDUM, CONTRACT, BUILDING, OPERATING, HALTED = range(7)


def _read() -> list[Names]:
    table = Path(amur.system.__file__).with_name("lines.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {row["line"]: place for place, row in enumerate(rows)}
    lines = []
    for row in rows:
        line = Names(
            name=row["line"],
            cargo=row["cargo"],
            capacity=float(row["capacity"]),
            build=float(row["build_years"]),
            ramp=float(row["ramp_years"]),
            needs=places[row["needs"]] if row["needs"] else None,
        )
        for cargo in ("oil", "gas", "lng", "food", "goods", "port", "plant", "transit"):
            line[cargo] = 1 if row["cargo"] == cargo else 0
        lines.append(line)
    return lines


LINES = _read()
"""The lines in the order of the table, each with ``capacity``, ``build``, ``ramp``, ``needs`` and 1 for its cargo."""
