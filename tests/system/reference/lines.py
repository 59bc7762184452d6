"""The lines of the table and how they advance."""

from __future__ import annotations

import csv
from math import exp
from pathlib import Path

import amur.system
from reference.maths import Names, clip

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


def pace(stage: int) -> float:
    """Log odds of the next step in a quarter when nothing pulls."""
    return -4.2 if stage == MEMORANDUM else -3.4


def advance(
    moved: Names, pulled: list[float], stages: list[float | None], luck: list[float] | None
) -> tuple[list[float], list[float], list[float]]:
    """Stage, progress and ramp of every line a quarter later; a stage that is given is taken as it is."""
    before = [round(stage) for stage in moved.line_stage]
    after: list[float] = []
    for at, line in enumerate(LINES):
        told = stages[at]
        if told is not None:
            after.append(told)
            continue
        if luck is None:
            raise ValueError(f"{line.name}: neither a stage nor a chance is given")
        after.append(_drawn(line, at, before, moved.line_progress[at], pulled[at], luck[at]))
    progress, ramp = [], []
    for at, line in enumerate(LINES):
        if after[at] == OPERATING:
            built = 1.0
        elif after[at] == BUILDING:
            built = min(moved.line_progress[at] + 1 / (4 * line.build), 1)
        else:
            built = min(moved.line_progress[at], 1)
        progress.append(built)
        rising = 1 / (4 * line.ramp) if after[at] == OPERATING else 0.0
        ramp.append(min(moved.line_ramp[at] + rising, 1))
    return after, progress, ramp


def _runs(at: int, stages: list[float]) -> bool:
    needs = LINES[at].needs
    return stages[at] == OPERATING and (needs is None or stages[needs] == OPERATING)


def _drawn(line: Names, at: int, before: list[int], progress: float, pulled: float, luck: float) -> int:
    stage, finished = before[at], progress >= 1
    ready = finished and (line.needs is None or before[line.needs] == OPERATING)
    steps = luck * (1 + exp(-clip(pace(stage) + pulled, -30, 30))) < 1
    if stage == BUILDING:
        return OPERATING if ready else BUILDING
    if stage == HALTED:
        if not steps:
            return HALTED
        return OPERATING if finished else BUILDING
    if stage < BUILDING and steps:
        return stage + 1
    return stage


def capacities(stages: list[float], ramp: list[float], opened: list[float] | None = None) -> Names:
    """What the lines can carry, by cargo; ``opened`` is what each can carry over its capacity as built."""
    carried = [ramp[at] * line.capacity if _runs(at, stages) else 0.0 for at, line in enumerate(LINES)]
    if opened is not None:
        carried = [much * part for much, part in zip(carried, opened, strict=True)]

    def total(cargo: str) -> float:
        return sum(carried[at] for at, line in enumerate(LINES) if line.cargo == cargo)

    return Names(
        can_oil_pipe=total("oil"),
        can_gas_pipe=total("gas"),
        can_lng=total("lng"),
        can_land=3 + total("food") + 0.1 * total("goods"),
        can_port=total("port"),
    )
