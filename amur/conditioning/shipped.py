"""The published posteriors without the model: weights, evidence and what each observation said, read in milliseconds.

:mod:`amur.conditioning.store` gives parameter sets too, and loads the model (and JAX) for them. What only weighs the
readings needs neither: it is read from the same file here. Beside it lies a file of what was observed, in words and
with its sources, so that observations can be told without building the evidence again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur import atomic
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.conditioning.evidence import Evidence
    from amur.conditioning.weights import Kind

FILE = Path(__file__).with_name("posteriors.npz")
VARIANTS = Path(__file__).with_name("variants.json")
SEEN = Path(__file__).with_name("seen.json")

type Numbers = NDArray[np.float64]


class Seen(NamedTuple):
    """One observation: ``place`` among the items of the evidence, what and when, and in words.

    ``stays`` marks a decision that is as it was. ``series``, ``events`` and ``sources`` are ids of the record, ``reason``
    why a decision was coded so or a note on the observable.
    """

    place: int
    name: str
    period: str
    title: str
    words: str
    block: str
    stays: bool
    series: tuple[str, ...]
    events: tuple[str, ...]
    sources: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Shipped:
    """``increments`` (years) and ``densities`` (items of the evidence; NaN: nothing seen) by reading, in nats.

    ``again`` holds increments of runs with other seeds, by reading, (seeds, years), the published run first; of readings
    that were run once only, twice the same: they are exact. ``able`` are the readings with a model, ``mechanisms`` and
    ``forcings`` the parts of it that all of them share.
    """

    readings: tuple[str, ...]
    able: tuple[str, ...]
    years: tuple[str, ...]
    increments: dict[str, Numbers] = field(repr=False)
    densities: dict[str, Numbers] = field(repr=False)
    again: dict[str, Numbers] = field(repr=False)
    seen: tuple[Seen, ...] = field(repr=False)
    mechanisms: tuple[str, ...] = field(repr=False)
    forcings: tuple[str, ...] = field(repr=False)
    stamp: str
    members: int

    def weights(self, kind: Kind = "stacking") -> dict[str, float]:
        """The weights of the readings at the end of the record."""
        from amur.conditioning.weights import at_origin

        return at_origin(self.increments, self.years, self.years[-1], kind)


@cache
def shipped() -> Shipped:
    """What is published. AmurError where it is missing."""
    if not FILE.exists():
        raise AmurError("no posterior has been published", file=FILE, mend="Run: amur condition")
    with np.load(FILE) as kept:
        told = json.loads(str(kept["about"]))
        names = tuple(told["readings"])
        about = {name: json.loads(str(kept[f"{name}/about"])) for name in names}
        increments = {name: np.asarray(kept[f"{name}/increments"], np.float64) for name in names}
        densities = {name: np.asarray(kept[f"{name}/predictive"], np.float64) for name in names}
    able = tuple(name for name in names if about[name]["members"])
    return Shipped(
        names, able, tuple(about[names[0]]["years"]), increments, densities, _again(increments, able, told["stamp"]),
        *_seen(told["stamp"]), told["stamp"], told["members"],
    )  # fmt: skip


def _again(increments: Mapping[str, Numbers], able: tuple[str, ...], stamp: str) -> dict[str, Numbers]:
    """The runs of each reading with all seeds that are published; nothing where there is one seed only."""
    if not VARIANTS.exists():
        return {}
    told = json.loads(VARIANTS.read_text(encoding="utf-8"))
    seeds = [each for name, each in told["variants"].items() if name.startswith("seed ")]
    if told["stamp"] != stamp or not seeds:
        return {}
    return {
        name: np.stack([own, *(np.array(each[name]) if name in able else own for each in seeds)])
        for name, own in increments.items()
    }


def _seen(stamp: str) -> tuple[tuple[Seen, ...], tuple[str, ...], tuple[str, ...]]:
    """Observations, mechanisms and forcings from their file; made anew, which takes the model, where it is of another stamp."""
    if SEEN.exists():
        told = json.loads(SEEN.read_text(encoding="utf-8"))
        if told["stamp"] == stamp:
            return tuple(_filled(told)), tuple(told["mechanisms"]), tuple(told["forcings"])
    from amur.conditioning.evidence import evidence

    return observations(evidence()), *_parts()


def _parts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Mechanisms and forcings of the model, by name."""
    from amur.system.declare import MECHANISMS
    from amur.system.forcings import Forcings
    from amur.system.model import Model

    Model()  # loading it declares every mechanism
    return tuple(sorted(MECHANISMS)), tuple(sorted(Forcings._fields))


def observations(of: Evidence) -> tuple[Seen, ...]:
    """Every observation of an evidence, in words and with its sources, in the order of its items. Loads the model."""
    from amur.conditioning.cells import Observation, title, value_in_words
    from amur.conditioning.evidence import BLOCKS
    from amur.conditioning.matrix import sources
    from amur.record.coded.codings import codings
    from amur.system.history import present

    record = present()
    coded = codings(record)
    block = {name: theme for theme, names in BLOCKS.items() for name in names}
    made: list[Seen] = []
    last: dict[str, float] = {}
    for place, item in enumerate(of.items):
        if not np.isfinite(item.value):
            continue
        row = Observation(item.name, item.period, item.value, last.get(item.name, np.nan))
        last[item.name] = item.value
        origin = sources(row, record, coded)
        made.append(
            Seen(
                place,
                item.name,
                item.period,
                title(item.name),
                value_in_words(row),
                block[item.name],
                row.stays,
                *origin,
            )
        )
    return tuple(made)


REPEATED = ("title", "block", "series")
"""Fields that are the same for all observations of a name, and stand once in the file."""


def publish_seen(of: Evidence, stamp: str) -> Path:
    """Write the observations beside the posteriors of the same stamp. Nothing else of the file is used."""
    rows = observations(of)
    names = {row.name: [getattr(row, name) for name in REPEATED] for row in rows}
    # Of quarters in which nothing changed, nothing but the decision is ever told.
    short = [
        [row.place, row.name, row.period, row.words, row.stays, *([[], [], ""] if row.stays else row[8:])]
        for row in rows
    ]
    mechanisms, forcings = _parts()
    told = {"stamp": stamp, "mechanisms": mechanisms, "forcings": forcings, "names": names, "rows": short}
    shipped.cache_clear()
    return atomic.write_text(SEEN, json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")


def _filled(told: dict[str, Any]) -> Iterator[Seen]:
    for place, name, period, words, stays, events, sources, reason in told["rows"]:
        title, block, series = told["names"][name]
        yield Seen(
            place,
            name,
            period,
            title,
            words,
            block,
            stays,
            tuple(series),
            tuple(events),
            tuple(sources),
            reason,
        )


__all__ = ["Seen", "Shipped", "observations", "publish_seen", "shipped"]
