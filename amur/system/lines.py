"""The lines: pipelines, plants, bridges and terminals by name, each with stage, time to build, ramp and capacity.

The table is ``lines.csv``. Stages are those of the record's codings ``project-stage.*``; how ready the two are to move
a project on is a mechanism (:mod:`amur.system.mechanisms.infrastructure`), that it then takes years is not.

Capacities are a year's: oil and food and goods in Mt, gas and lng in bcm, a plant in million cars. ``build_years`` are
the years of works, ``ramp_years`` those from the first flow to the full one, both as the record shows them (Power of
Siberia: works from 2014, first gas in December 2019, 38.8 bcm in 2025). A line that has no coding in the record gives
in ``since`` the quarter from which it has stood at its ``stage``. A ``transit`` line passes Russia by: it shows that a
rear is being built, and carries nothing between the two. The ``port`` line reaches the Pacific, not China: its capacity
is the part of the Pacific ports that is there.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.system.declare import Array
from amur.system.state import State

FILE = Path(__file__).with_name("lines.csv")
STAGES = ("none", "idea", "memorandum", "contract", "building", "operating", "halted")
NONE, IDEA, MEMORANDUM, CONTRACT, BUILDING, OPERATING, HALTED = range(7)
CARGOES = ("oil", "gas", "lng", "food", "goods", "plant", "port", "transit")

# Log-odds per quarter that a project takes its next step when nothing speaks for or against it. The gas and
# oil projects of the record waited 32 project-years on paper for three contracts, and 25 from contract to works for six
# starts, in times when sanctions and need already pushed: so the pace without a push is set at half of that.
PACE = -3.4
UNSIGNED = -4.2  # from memorandum to contract: here the price must be agreed

OLD_LAND = 3.0  # Mt/yr of food by the rail crossings of 1992
FOOD_ON_BRIDGES = 0.1  # part of a new bridge's freight that can be food

LEFT_OUT = {
    "angarsk-daqing": "never built; the line from Skovorodino took its place",
    "tianwan-1-2": "a reactor carries no flow of the model",
    "tianwan-3-4": "a reactor carries no flow of the model",
    "tianwan-7-8": "a reactor carries no flow of the model",
    "xudapu-3-4": "a reactor carries no flow of the model",
}
"""Projects coded in the record that are no lines of the model, with the reason."""


class Row(NamedTuple):
    """A row of ``lines.csv``: capacity in the unit of its cargo a year, years to build and to fill."""

    line: str
    title: str
    cargo: str
    capacity: str
    build_years: str
    ramp_years: str
    needs: str
    coding: str
    since: str
    stage: str
    claims: str
    source: str


class Lines(NamedTuple):
    """The table as arrays over the lines; ``needs`` is the place of the line that each depends on, its own if none."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    capacity: NDArray[np.float32]
    build: NDArray[np.float32]
    ramp: NDArray[np.float32]
    needs: NDArray[np.int32]
    cargo: dict[str, NDArray[np.float32]]


class Capacities(NamedTuple):
    """What can be carried this quarter, by cargo, annual rates; ``port`` is the part of the Pacific oil ports built."""

    oil_pipe: Array
    gas_pipe: Array
    lng: Array
    land: Array
    port: Array


@cache
def lines() -> Lines:
    """The table of lines."""
    return read(FILE)


def read(path: Path) -> Lines:
    """A table of lines from a file; AmurError with file, line and field where it does not fit."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != Row._fields:
            raise AmurError(
                "the columns are not those of the lines",
                mend=f"Columns: {','.join(Row._fields)}.",
                file=path,
                line=1,
            )
        rows = tuple(_row(path, number, row) for number, row in enumerate(reader, start=2))
    names = tuple(row.line for row in rows)
    for number, row in enumerate(rows, start=2):
        if names.index(row.line) != number - 2:
            raise AmurError(f"line '{row.line}' stands twice", file=path, line=number, field="line")
        if row.needs and row.needs not in names[: number - 2]:
            mend = nearest(row.needs, names) or "A line stands below the one that it needs."
            raise AmurError(
                f"no line named '{row.needs}' stands above", mend=mend, file=path, line=number, field="needs"
            )
    numbers = {
        field: np.array([float(getattr(row, field)) for row in rows], np.float32)
        for field in ("capacity", "build_years", "ramp_years")
    }
    needs = np.array([names.index(row.needs or row.line) for row in rows], np.int32)
    cargo = {name: np.array([row.cargo == name for row in rows], np.float32) for name in CARGOES}
    return Lines(names, rows, numbers["capacity"], numbers["build_years"], numbers["ramp_years"], needs, cargo)


def _row(path: Path, number: int, values: dict[str, str]) -> Row:
    """A row whose every field fits, by itself."""

    def fault(field: str, problem: str, mend: str = "") -> AmurError:
        return AmurError(problem, mend=mend, file=path, line=number, field=field)

    if None in values or None in values.values():
        raise AmurError("the row has more or fewer fields than the header", file=path, line=number)
    row = Row(**values)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.line):
        raise fault("line", f"'{row.line}' is not a name", "Lower-case words joined by hyphens.")
    if row.cargo not in CARGOES:
        raise fault(
            "cargo",
            f"no cargo named '{row.cargo}'",
            nearest(row.cargo, CARGOES) or f"Known: {', '.join(CARGOES)}.",
        )
    for field, low in (("capacity", 0.0), ("build_years", 0.25), ("ramp_years", 0.25)):
        try:
            value = float(getattr(row, field))
        except ValueError:
            value = float("nan")
        if not low <= value < 1000:
            raise fault(field, f"'{getattr(row, field)}' is not a number from {low:g}")
    if bool(row.coding) == bool(row.since):
        raise fault(
            "since", "a line has either a coding in the record or a quarter since which it stands at its stage"
        )
    if row.since and not re.fullmatch(r"(19|20)\d\d-Q[1-4]", row.since):
        raise fault("since", f"'{row.since}' is not a quarter", "Such as 2009-Q1.")
    if bool(row.since) != bool(row.stage):
        raise fault("stage", "'since' and 'stage' go together")
    if row.stage and row.stage not in STAGES:
        raise fault(
            "stage",
            f"no stage named '{row.stage}'",
            nearest(row.stage, STAGES) or f"Known: {', '.join(STAGES)}.",
        )
    if not row.source:
        raise fault("source", "a line names the series, event or source that it rests on")
    return row


def capacities(now: State, open: Array | None = None) -> Capacities:
    """What the operating lines carry, as far as they are filled; a halted line or one cut off carries nothing.

    ``open`` (lines) is what each can carry over its capacity as built; without it all carry that.
    """
    table = lines()
    built = table.capacity if open is None else table.capacity * open
    operating = now.line_stage == OPERATING
    total = dict.fromkeys(CARGOES, jnp.zeros_like(now.line_ramp[0]))
    for place, (row, needed) in enumerate(zip(table.rows, table.needs, strict=True)):
        # Row by row: one fused loop over the members, without tables of lines by members in between.
        works = operating[place] & operating[needed] if needed != place else operating[place]
        total[row.cargo] = total[row.cargo] + built[place] * now.line_ramp[place] * works
    land = OLD_LAND + total["food"] + FOOD_ON_BRIDGES * total["goods"]
    return Capacities(total["oil"], total["gas"], total["lng"], land, total["port"])


def odds_of_step(stage: Array, readiness: Array) -> Array:
    """Log-odds per quarter that a project at a stage takes its next step: the pace of its stage, and its readiness."""
    pace = jnp.where(stage == MEMORANDUM, UNSIGNED, PACE)
    return pace + readiness


def advance(now: State, readiness: Array, luck: Array | None, given: Array) -> State:
    """Every line one quarter on: to its next stage by chance, built by time, filled by time.

    ``readiness`` (lines, members) is added to the log-odds per quarter of the next step before works start; ``luck``
    uniform numbers of that shape, or None where stages are given; ``given`` (lines) a stage, or NaN. A halted line
    resumes where it was. A line that depends on another opens only when that one operates.
    """
    table = lines()
    stage = now.line_stage
    if luck is not None:
        steps = luck * (1 + jnp.exp(-jnp.clip(odds_of_step(stage, readiness), -30, 30))) < 1
        finished = now.line_progress >= 1
        ready = finished & (
            (stage == OPERATING)[table.needs] | (table.needs == np.arange(len(table.needs)))[:, None]
        )
        drawn = jnp.where(steps & (stage < BUILDING), stage + 1, stage)
        drawn = jnp.where(steps & (stage == HALTED), jnp.where(finished, OPERATING, BUILDING), drawn)
        stage = jnp.where((stage == BUILDING) & ready, OPERATING, drawn)
    told = given[:, None]
    stage = jnp.where(jnp.isnan(told), stage, jnp.nan_to_num(told))
    operating = stage == OPERATING
    built = now.line_progress + (stage == BUILDING) / (4 * table.build[:, None])
    progress = jnp.where(operating, 1.0, jnp.minimum(built, 1.0))
    ramp = jnp.minimum(now.line_ramp + operating / (4 * table.ramp[:, None]), 1.0)
    return now._replace(line_stage=stage, line_progress=progress, line_ramp=ramp)
