"""A reading taken through the record: prior in, year after year of evidence, posterior and score out.

What was worked out is kept in the user's cache folder under a fingerprint of everything it rests on, so that a run that
was stopped goes on after the year it had reached, and nothing is worked out twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jax.numpy as jnp
import numpy as np
import platformdirs
from numpy.typing import NDArray
from scipy.special import logsumexp
from threadpoolctl import threadpool_limits

from amur import atomic
from amur.conditioning import marks, persistence
from amur.conditioning.coordinates import Coordinates, coordinates, draws
from amur.conditioning.evidence import Evidence
from amur.conditioning.likelihood import Data, data, slopes
from amur.conditioning.posterior import Posterior
from amur.conditioning.result import Conditioned
from amur.conditioning.sampler import STEPS, Target, through_years
from amur.conditioning.stamp import code_stamp
from amur.system.model import Model
from amur.system.run import keep_compiled

if TYPE_CHECKING:
    from amur.readings import Reading

MEMBERS = 512
CHUNK = 256
"""Members that are run at once: every run has this many, or a multiple, so that the model is compiled once."""
BEFORE = "1991"
"""The end of the year before the first: the prior."""

type Numbers = NDArray[np.float64]
type Progress = Callable[[str, int, int], None]


def condition(
    reading: Reading,
    seen: Evidence,
    members: int = MEMBERS,
    seed: int = 1,
    width: float = 1.0,
    steps: int = STEPS,
    progress: Progress | None = None,
    cache: bool = True,
) -> Conditioned:
    """Take a reading through evidence. ``members`` are rounded up to whole chunks; ``width`` scales every prior's spread.

    ``progress`` is told the reading, the years done and all. With ``cache`` a run that was finished before is read again,
    and one that was stopped goes on after its last year. Monte Carlo: the same seed gives the same numbers on the same
    machine, however often the run was stopped.
    """
    if reading.structure == "none":
        return _structureless(reading, seen, seed)
    members = -(-members // CHUNK) * CHUNK
    through = coordinates(reading.priors, width)
    file = _file(through, seen, members, seed, steps) if cache else None
    if file is not None and file.exists():
        return read(file, reading.name, through)
    keep_compiled()
    target = target_in(through, data(seen))
    start = draws(members, seed, through)
    part = file.with_name(file.stem + marks.ENDING) if file else None
    known = marks.read(part) if part else None
    done, mark = known or (marks.Done([], [], [start.astype(np.float16)]), None)
    if progress:
        progress(reading.name, len(done.stages), len(seen.years))
    # The members' own threads keep the processor busy: those of linear algebra would only take it from them.
    with threadpool_limits(1, user_api="blas"):
        for year in through_years(target, start, seen.year, seen.there, seen.years, seed, CHUNK, steps, mark):
            done.stages.append(year.stage)
            done.foretold.append(year.foretold)
            done.points.append(year.at.astype(np.float16))
            if part:
                marks.write(part, done, year.mark)
            if progress:
                progress(reading.name, year.mark.year + 1, len(seen.years))
    predictive = np.full(len(seen.year), np.nan)
    for place, foretold in enumerate(done.foretold):
        predictive[seen.year == place] = foretold
    made = Conditioned(
        reading.name,
        seen.years,
        np.array([stage.evidence for stage in done.stages]),
        seen.by_name(np.where(seen.there, predictive, np.nan)),
        tuple(done.stages),
        Posterior((BEFORE, *seen.years), np.stack(done.points), through),
        seed,
        members,
    )
    if file and part:
        write(file, made)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return made


def target_in(through: Coordinates, seen: Data) -> Target:
    """What the sampler climbs, in coordinates: (places, weights of the data, last year) to log density, slope and each datum's."""
    model = Model()

    def target(at: Numbers, weights: Numbers, until: int) -> tuple[Numbers, Numbers, Numbers]:
        found = slopes(
            model, jnp.asarray(at, jnp.float32), through, seen, jnp.asarray(weights, jnp.float32), jnp.int32(4 * until + 3)
        )  # fmt: skip
        total, slope = (np.asarray(each, np.float64) for each in found[:2])
        items = np.asarray(found[2])  # large: left in single precision
        # Where the model breaks down it says nothing: such a member foretold what came with no probability at all.
        return (
            np.where(np.isfinite(total), total, -np.inf), np.nan_to_num(slope), np.where(np.isnan(items), -np.inf, items)
        )  # fmt: skip

    return target


def _structureless(reading: Reading, seen: Evidence, seed: int) -> Conditioned:
    """The reading without structure; first values, which it cannot foretell, it takes from the base priors."""
    first = firsts(seen)
    return Conditioned(
        reading.name,
        seen.years,
        persistence.increments(seen, first),
        persistence.predictive(seen, first),
        (),
        Posterior((), np.empty((0, 0, 0), np.float16), coordinates()),
        seed,
        0,
    )


def firsts(seen: Evidence, members: int = MEMBERS) -> dict[str, float]:
    """Log density of the first value of every series under the base priors (nats), by name."""
    key = hashlib.sha256(f"firsts {members} {seen.stamp} {code_stamp()}".encode()).hexdigest()[:24]
    file = folder() / f"firsts-{key}.json"
    if file.exists():
        known: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
        return known
    keep_compiled()
    through = coordinates()
    target, at = target_in(through, data(seen)), draws(members, 1, through)
    weights, last = np.zeros(len(seen.year)), len(seen.years) - 1
    parts = [target(at[:, place : place + CHUNK], weights, last)[2] for place in range(0, members, CHUNK)]
    densities = seen.by_name(logsumexp(np.concatenate(parts, axis=1), axis=1) - np.log(members))
    there = seen.by_name(seen.there)
    made = {
        name: float(densities[name][int(np.argmax(there[name]))])
        for name in persistence.firsts(seen)
        if there[name].any()
    }
    atomic.write_text(file, json.dumps(made))
    return made


def folder() -> Path:
    """Where runs are kept: the user's cache folder."""
    path = Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "conditioned"
    path.mkdir(parents=True, exist_ok=True)
    return path


def _file(through: Coordinates, seen: Evidence, members: int, seed: int, steps: int) -> Path:
    told = hashlib.sha256(f"{members} {seed} {steps} {seen.stamp} {code_stamp()}".encode())
    for part in through:
        told.update(np.ascontiguousarray(part).tobytes())
    return folder() / f"{told.hexdigest()[:24]}.npz"


def write(file: Path, made: Conditioned) -> None:
    """Keep a run in a file."""
    stream = io.BytesIO()
    np.savez(stream, **as_arrays(made))
    atomic.write_bytes(file, stream.getvalue())


def read(file: Path, reading: str, through: Coordinates) -> Conditioned:
    """A run from its file."""
    with np.load(file) as kept:
        return from_arrays(kept, reading, through)


def as_arrays(made: Conditioned) -> dict[str, Any]:
    """A run as named arrays."""
    about = {
        "years": made.years, "seed": made.seed, "members": made.members,
        "stages": [stage._asdict() for stage in made.stages], "posterior": made.posterior.years,
        "names": {name: len(values) for name, values in made.predictive.items()},
    }  # fmt: skip
    return {
        "about": np.array(json.dumps(about)),
        "increments": made.increments,
        "predictive": np.concatenate(list(made.predictive.values())).astype(np.float32),
        "points": made.posterior.points,
    }


def from_arrays(kept: Mapping[str, Any], reading: str, through: Coordinates) -> Conditioned:
    """The run that :func:`as_arrays` took apart."""
    about = json.loads(str(kept["about"]))
    cuts = np.cumsum(list(about["names"].values()))[:-1]
    predictive = np.split(np.asarray(kept["predictive"], np.float64), cuts)
    stages = [marks.stage_of(each) for each in about["stages"]]
    return Conditioned(
        reading,
        tuple(about["years"]),
        np.asarray(kept["increments"]),
        dict(zip(about["names"], predictive, strict=True)),
        tuple(stages),
        Posterior(tuple(about["posterior"]), kept["points"], through),
        about["seed"],
        about["members"],
    )


__all__ = ["MEMBERS", "condition", "firsts", "folder", "target_in"]
