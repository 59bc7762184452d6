"""Model recovery: records made by each reading, and which reading the machinery says they are from.

A record is drawn from a reading's priors: one parameter set; history run with the forcings, wars, sanctions and lines
that were, but with Beijing's support and leverage, Moscow's answer and the treaty drawn by the reading; and every
fitted series as it might have been seen, with the gaps that the real record has. All readings are then conditioned on it
as on the real record. Decisions that were not drawn are no evidence here: they belong to the real world.

A run is shorter than a published one (:data:`MEMBERS`, :data:`STEPS`), because there are hundreds. What is made is kept
record by record in the user's cache folder, so that a run that was stopped goes on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy import special

from amur import atomic
from amur.conditioning import store
from amur.conditioning.condition import condition, folder
from amur.conditioning.coordinates import as_parameters, coordinates, draws
from amur.conditioning.evidence import FITTED, QUARTERS, Evidence, evidence
from amur.conditioning.stamp import code_stamp
from amur.conditioning.weights import stacking
from amur.errors import AmurError
from amur.futures import shocks
from amur.readings import Reading, readings
from amur.system.model import DECISIONS
from amur.system.observables import KEEP
from amur.system.observe import CATEGORIES, predict, replicate
from amur.system.parameters import NAMES, Parameters
from amur.system.run import Setting, in_chunks, keep_compiled, run
from amur.system.start import initial
from amur.system.step import Luck
from amur.validation.forecasts_of_model import FREE

FILE = Path(__file__).with_name("recovery.json")
RECORDS = 1
"""Records drawn from each reading; one more of each takes half an hour of two cores."""
MEMBERS, STEPS = 256, 1
"""Members and two-stage steps of each trajectory."""
DRAWN = 16
"""Parameter sets run at once; the first records whose numbers are all finite are taken."""
TOLD_APART = 0.7
"""Two readings are told apart where at least this share of their records is nearer to its own of the two."""

type Numbers = NDArray[np.float64]
type Progress = Callable[[str, int, int], None]


class Record(NamedTuple):
    """A record that a reading made."""

    reading: str
    number: int
    seen: Evidence


@dataclass(frozen=True)
class Attributed:
    """A record and what was made of it: log evidence by reading, the same of its own reading with another seed."""

    reading: str
    number: int
    evidence: dict[str, float]
    again: float
    stacking: dict[str, float]

    @property
    def probabilities(self) -> dict[str, float]:
        """Posterior probabilities of the readings, all equally likely before."""
        values = special.softmax(list(self.evidence.values()))
        return dict(zip(self.evidence, values.tolist(), strict=True))

    @property
    def said(self) -> str:
        """The reading with the most evidence."""
        return max(self.evidence, key=lambda name: self.evidence[name])


def records(reading: Reading, seen: Evidence, many: int = RECORDS, seed: int = 1) -> tuple[Record, ...]:
    """Records drawn from a reading. AmurError where hardly any of its draws is finite, or it has no model."""
    if reading.structure == "none":
        raise AmurError(
            f"'{reading.name}' has no mechanism to draw from", field="reading", mend="Name one with parameters."
        )
    keep_compiled()
    through = coordinates(reading.priors)
    points = draws(DRAWN, _seed(seed, reading.name), through)
    p = as_parameters(jnp.asarray(points, jnp.float32), through)
    fixed = np.array(seen.quarters.fixed)
    fixed[:, [DECISIONS.index(name) for name in FREE]] = -1
    quarters = jax.tree.map(jnp.asarray, seen.quarters._replace(fixed=fixed))  # type: ignore[arg-type]
    path = run(Setting(keep=KEEP), _start(p), p, quarters, _luck(_seed(seed, reading.name)))
    plain = Parameters(**{name: np.asarray(getattr(p, name)) for name in NAMES})
    predicted = predict(path, p, QUARTERS)
    shown = replicate({name: np.asarray(predicted[name]) for name in FITTED}, plain, _seed(seed, reading.name))
    chosen = {name: np.asarray(path.chosen[name]) for name in FREE}
    good = np.all([np.isfinite(values).all(axis=0) for values in shown.values()], axis=0)
    if good.sum() < many:
        raise AmurError(
            f"of {DRAWN} draws of '{reading.name}' only {good.sum()} are finite", mend="Narrow its priors."
        )
    return tuple(
        Record(reading.name, number, _as_evidence(place, shown, chosen, seen))
        for number, place in enumerate(np.flatnonzero(good)[:many].tolist())
    )


def _as_evidence(
    member: int, shown: Mapping[str, Numbers], chosen: Mapping[str, NDArray[Any]], seen: Evidence
) -> Evidence:
    """One member's record: values where the real one has them, its own decisions in force and in evidence."""
    fixed = np.array(seen.quarters.fixed)
    for name in FREE:
        fixed[:, DECISIONS.index(name)] = chosen[name][:, member]
    values = {
        name: np.where(np.isfinite(real), shown[name][:, member], np.nan) for name, real in seen.shown.items()
    }
    codes = {
        name: chosen[name][:, member].astype(np.int32) if name in FREE else np.full_like(seen.options[name], -1)
        for name in CATEGORIES
    }
    quarters = seen.quarters._replace(fixed=fixed)  # type: ignore[arg-type]
    return replace(seen, shown=values, options=codes, quarters=quarters)


def _luck(seed: int) -> Luck:
    """The chances of decisions alone: the likelihood has no others before the present."""
    every = shocks.shocks(seed, 0, len(QUARTERS))
    quiet = (np.zeros_like(every.noise[..., :DRAWN]), np.zeros_like(every.lines[..., :DRAWN]))
    return Luck(*map(jnp.asarray, (every.options[..., :DRAWN], *quiet)))


_start = jax.jit(initial)


def _seed(seed: int, name: str) -> int:
    return int(np.random.SeedSequence([seed, *name.encode()]).generate_state(1)[0])


def attribute(record: Record, among: Sequence[Reading]) -> Attributed:
    """Condition the readings on a record; a moment where it was done before, about three minutes of two cores for ten otherwise."""
    file = _kept(record, among)
    if file.exists():
        return Attributed(**json.loads(file.read_text(encoding="utf-8")))

    def one(job: tuple[Reading, int]) -> Numbers:
        made = condition(job[0], record.seen, MEMBERS, job[1], steps=STEPS, cache=False)
        return np.asarray(made.increments, float)

    own = next(each for each in among if each.name == record.reading)
    jobs = [*((each, 1) for each in among), (own, 2)]
    *found, again = in_chunks(one, jobs, alone=True)
    increments = {each.name: values for each, values in zip(among, found, strict=True)}
    made = Attributed(
        record.reading,
        record.number,
        {name: round(float(each.sum()), 3) for name, each in increments.items()},
        round(float(again.sum()), 3),
        stacking(increments, record.seen.years).at(record.seen.last),
    )
    atomic.write_text(file, json.dumps(asdict(made)))
    return made


def _kept(record: Record, among: Sequence[Reading]) -> Path:
    told = hashlib.sha256(f"{record.seen.stamp} {code_stamp()} {MEMBERS} {STEPS}".encode())
    for each in among:
        told.update(f"{each.name} {sorted((key, prior.words) for key, prior in each.priors.items())}".encode())
    return folder() / f"recovery-{told.hexdigest()[:24]}.json"


def recover(many: int = RECORDS, seed: int = 1, progress: Progress | None = None) -> tuple[Attributed, ...]:
    """Draw records from every reading with a model and attribute each. Half an hour for nine on two quiet cores."""
    return tuple(_recover(many, seed, progress))


def _recover(many: int, seed: int, progress: Progress | None) -> Iterator[Attributed]:
    seen, among = evidence(), tuple(readings().values())
    able = [each for each in among if each.structure != "none"]
    # First one record of each, then the second: what a stopped run has is balanced.
    made = [records(each, seen, many, seed) for each in able]
    for done, record in enumerate(each[number] for number in range(many) for each in made):
        if progress:
            progress("recovery", done, many * len(able))
        yield attribute(record, among)
    if progress:
        progress("recovery", many * len(able), many * len(able))


def confusion(found: Sequence[Attributed]) -> dict[str, dict[str, float]]:
    """Mean posterior probability, by the reading that made the record (rows) and the reading named (columns)."""
    made: dict[str, dict[str, float]] = {}
    for name in dict.fromkeys(each.reading for each in found):
        own = [each.probabilities for each in found if each.reading == name]
        made[name] = {column: float(np.mean([each[column] for each in own])) for column in own[0]}
    return made


def right(found: Sequence[Attributed]) -> float:
    """The share of records attributed to the reading that made them."""
    return float(np.mean([each.said == each.reading for each in found]))


class Pair(NamedTuple):
    """Two readings, how often a record of one of them had more evidence under its own, and the mean difference in nats."""

    first: str
    second: str
    right: float
    nats: float
    records: int


def pairs(found: Sequence[Attributed]) -> tuple[Pair, ...]:
    """Every pair of readings that made records, hardest to tell apart first."""
    names = list(dict.fromkeys(each.reading for each in found))
    made = []
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            gaps = [
                each.evidence[each.reading] - each.evidence[second if each.reading == first else first]
                for each in found
                if each.reading in (first, second)
            ]
            made.append(
                Pair(first, second, float(np.mean(np.array(gaps) > 0)), float(np.mean(gaps)), len(gaps))
            )
    return tuple(sorted(made, key=lambda pair: (pair.right, pair.nats)))


def noise(found: Sequence[Attributed]) -> float:
    """The standard deviation of one run's log evidence (nats), from the records' own readings run twice."""
    gaps = np.array([each.evidence[each.reading] - each.again for each in found])
    return float(np.sqrt(np.mean(gaps**2) / 2))


def publish(found: Sequence[Attributed], calibration: Mapping[str, Any]) -> None:
    """Write what was found into the package, with simulation-based calibration beside it."""
    _write(
        {
            "stamp": store.stamp(),
            "members": MEMBERS,
            "steps": STEPS,
            "integrator": "two-stage",
            "records": [asdict(each) for each in found],
            "calibration": {**calibration, "stamp": store.stamp()},
        }
    )


def publish_calibration(calibration: Mapping[str, Any]) -> None:
    """Write simulation-based calibration beside the records that are published, which keep their own stamp."""
    found, told = published()
    records = [asdict(each) for each in found]
    _write({**told, "records": records, "calibration": {**calibration, "stamp": store.stamp()}})


def _write(told: Mapping[str, Any]) -> None:
    atomic.write_text(FILE, json.dumps(told, allow_nan=False, separators=(",", ":")) + "\n")
    published.cache_clear()


def as_json(found: Sequence[Attributed], told: Mapping[str, Any]) -> dict[str, Any]:
    """What was found with the tables that follow from it, ready for JSON."""
    return {
        **told,
        "right": right(found),
        "noise": noise(found),
        "confusion": confusion(found),
        "pairs": [pair._asdict() for pair in pairs(found)],
        "records": [asdict(each) | {"said": each.said, "probabilities": each.probabilities} for each in found],
    }


@cache
def published() -> tuple[tuple[Attributed, ...], dict[str, Any]]:
    """The published records and all that the file says beside them. AmurError where it is missing."""
    if not FILE.exists():
        raise AmurError("no model recovery has been published", file=FILE, mend="Run: amur validate --recovery")
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Attributed(**each) for each in told.pop("records")), told
