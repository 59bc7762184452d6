"""The lines: pipelines, plants, bridges and terminals by name, each with stage, time to build, ramp and capacity.

The table is ``lines.csv``. Stages are those of the record's codings ``project-stage.*``; how ready the two are to move
a project on is a mechanism (:mod:`amur.system.mechanisms.infrastructure`), that it then takes years is not.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.system.declare import Array
from amur.system.state import State

FILE = Path(__file__).with_name("lines.csv")
STAGES = ("none", "idea", "memorandum", "contract", "building", "operating", "halted")
NONE, IDEA, MEMORANDUM, CONTRACT, BUILDING, OPERATING, HALTED = range(7)
CARGOES = ("oil", "gas", "lng", "food", "goods", "plant", "power")


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
    claims: str
    source: str


class Lines(NamedTuple):
    """The table as arrays over the lines."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    capacity: NDArray[np.float32]
    build: NDArray[np.float32]
    ramp: NDArray[np.float32]
    cargo: dict[str, NDArray[np.float32]]


class Capacities(NamedTuple):
    """What can be carried this quarter, by cargo, annual rates."""

    oil_pipe: Array
    gas_pipe: Array
    lng: Array
    land: Array


@cache
def lines() -> Lines:
    """The table of lines."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = tuple(Row(**row) for row in csv.DictReader(file))
    number = {field: np.array([float(getattr(row, field)) for row in rows], np.float32) for field in ("capacity", "build_years", "ramp_years")}
    cargo = {name: np.array([row.cargo == name for row in rows], np.float32) for name in CARGOES}
    return Lines(tuple(row.line for row in rows), rows, number["capacity"], number["build_years"], number["ramp_years"], cargo)


def capacities(now: State) -> Capacities:
    """What the operating lines carry, as far as they are built and filled, from ``line_ramp``."""
    table = lines()

    def of(cargo: str) -> Array:
        each = jnp.asarray(table.capacity * table.cargo[cargo])
        return jnp.tensordot(each, now.line_ramp, axes=1)

    return Capacities(of("oil"), of("gas"), of("lng"), 3.0 + of("food"))


def advance(now: State, readiness: Array, luck: Array | None, given: Array) -> State:
    """Every line one quarter on: to its next stage by chance, built by time, filled by time.

    ``readiness`` (lines, members) is the log-odds per quarter of the next step before building starts; ``luck``
    uniform numbers of that shape, or None where stages are given; ``given`` (lines) a stage, or NaN.
    A halted line resumes at the same odds.
    """
    table = lines()
    stage = jnp.round(now.line_stage)
    if luck is not None:
        steps = luck < 1 / (1 + jnp.exp(-readiness))
        waiting = stage < BUILDING
        resumed = jnp.where(now.line_progress >= 1, OPERATING, BUILDING)
        drawn = jnp.where(steps & waiting, stage + 1, stage)
        drawn = jnp.where(steps & (stage == HALTED), resumed, drawn)
        stage = jnp.where((stage == BUILDING) & (now.line_progress >= 1), OPERATING, drawn)
    told = given[:, None]
    stage = jnp.where(jnp.isnan(told), stage, jnp.nan_to_num(told))
    built = now.line_progress + (stage == BUILDING) / (4 * table.build[:, None])
    progress = jnp.where(stage == OPERATING, 1.0, jnp.minimum(built, 1.0))
    filled = now.line_ramp + 1 / (4 * table.ramp[:, None])
    ramp = jnp.where(stage == OPERATING, jnp.minimum(filled, 1.0), jnp.where(stage == HALTED, 0.0, now.line_ramp))
    return now._replace(line_stage=stage, line_progress=progress, line_ramp=ramp)
