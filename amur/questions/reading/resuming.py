"""A reading taken through the record with a mark after every year, from which a run that was stopped goes on.

The numbers are those of :func:`amur.conditioning.condition.condition`, bit by bit, however often the run was stopped. Its
own file is part of the stamp of what is published, so what it does between two marks is done once more here; a test
holds the two against each other.
"""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

import amur.conditioning.condition as whole
from amur import atomic
from amur.conditioning import sampler
from amur.conditioning.coordinates import coordinates, draws
from amur.conditioning.likelihood import data
from amur.conditioning.posterior import Posterior
from amur.conditioning.result import Conditioned, Stage
from amur.conditioning.sampler import FARTHEST, STEPS, WISHED, Members, Target
from amur.errors import AmurError
from amur.system.run import keep_compiled

if TYPE_CHECKING:
    from amur.conditioning.coordinates import Coordinates
    from amur.conditioning.evidence import Evidence
    from amur.questions.ensembles import Progress
    from amur.readings import Reading

type Numbers = NDArray[np.float64]

ENDING = ".part.npz"
"""How the name of a file of marks ends."""


class Mark(NamedTuple):
    """Where a run is after a year: the members, the log densities of the next year's items, the luck to come."""

    year: int
    at: Numbers
    next: Numbers
    step: float
    luck: dict[str, Any]


class Done(NamedTuple):
    """What a run has made so far: a stage, the members and the mean predictive densities of each year."""

    stages: list[Stage]
    points: list[NDArray[np.float16]]
    predictive: Numbers


def condition(reading: Reading, seen: Evidence, seed: int = 1, progress: Progress | None = None) -> Conditioned:
    """A reading with a model, taken through evidence; a run that was stopped goes on after its last year."""
    through = coordinates(reading.priors)
    file = whole._file(through, seen, whole.MEMBERS, seed, STEPS)
    if reading.structure == "none" or file.exists():
        return whole.condition(reading, seen, seed=seed, progress=progress)
    keep_compiled()
    target = whole._target(through, data(seen))
    start = draws(whole.MEMBERS, seed, through)
    part = file.with_name(file.stem + ENDING)
    mark, done = _read(part) or (None, Done([], [start.astype(np.float16)], np.full(len(seen.year), np.nan)))
    tell = progress or (lambda what, done, of: None)
    tell(reading.name, len(done.stages), len(seen.years))
    for now, stage, foretold in through_years(
        target, start, seen.year, seen.there, seen.years, seed, mark, whole.CHUNK
    ):
        done.stages.append(stage)
        done.points.append(now.at.astype(np.float16))
        done.predictive[seen.year == now.year] = foretold
        _write(part, now, done)
        tell(reading.name, now.year + 1, len(seen.years))
    made = _made(reading, seen, through, seed, done)
    whole.write(file, made)
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
    return made


def through_years(
    target: Target,
    start: Numbers,
    year_of: NDArray[np.int32],
    there: NDArray[np.bool_],
    labels: tuple[str, ...],
    seed: int,
    mark: Mark | None = None,
    chunk: int = 256,
) -> Iterator[tuple[Mark, Stage, Numbers]]:
    """As :func:`amur.conditioning.sampler.through_years`, from a mark on; with each year its mark, and the log mean
    densities of its items before it was let in."""
    draw = np.random.default_rng([seed, 7])
    if mark is None:
        first = sampler._evaluate(target, start, np.zeros(len(year_of)), 0, chunk).items[year_of == 0]
        at, step, begin = start, 0.25, 0
    else:
        draw.bit_generator.state = mark.luck
        first, at, step, begin = mark.next, mark.at, mark.step, mark.year + 1
    for year in range(begin, len(labels)):
        here, new = year_of == year, (year_of == year) & there
        counted, last = (year_of < year) & there, min(year + 1, len(labels) - 1)
        foretold, of_items = first, first[there[here]]
        done, increment, least, unique = 0.0, 0.0, 1.0, 1.0
        temperatures: list[float] = []
        accepted: list[float] = []
        jumped: list[float] = []
        now: Members | None = None
        while done < 1 - 1e-9:
            of_year = of_items.sum(axis=0)
            more = sampler._next(of_year, 1 - done) if len(temperatures) < FARTHEST else 1 - done
            log_weights = more * of_year
            increment += float(logsumexp(log_weights) - np.log(log_weights.size))
            share = sampler._normal(log_weights)
            least = min(least, float(1 / np.sum(share**2) / share.size))
            picked = sampler._systematic(share, draw)
            unique = float(np.unique(picked).size / picked.size)
            done += more
            temperatures.append(round(done, 4))
            weights = counted + done * new
            now = sampler._evaluate(target, at[:, picked], weights, last, chunk)
            now, taken, jump = sampler._move(target, now, weights, last, step, STEPS, draw, chunk)
            step = float(np.clip(step * np.exp(0.7 * (taken - WISHED)), 0.01, 0.6))
            accepted.append(taken)
            jumped.append(jump)
            at, of_items = now.at, now.items[new]
        assert now is not None
        first = np.array(now.items[year_of == year + 1])
        stage = Stage(
            labels[year], increment, tuple(temperatures), least, unique, float(np.mean(accepted)), step, float(np.sum(jumped))
        )  # fmt: skip
        mean = logsumexp(foretold, axis=1) - np.log(at.shape[1])
        yield Mark(year, at, first, step, dict(draw.bit_generator.state)), stage, mean


def _made(reading: Reading, seen: Evidence, through: Coordinates, seed: int, done: Done) -> Conditioned:
    return Conditioned(
        reading.name,
        seen.years,
        np.array([stage.evidence for stage in done.stages]),
        seen.by_name(np.where(seen.there, done.predictive, np.nan)),
        tuple(done.stages),
        Posterior((whole.BEFORE, *seen.years), np.stack(done.points), through),
        seed,
        whole.MEMBERS,
    )


def _write(file: Path, mark: Mark, done: Done) -> None:
    """Keep where a run is; that it cannot be kept must not end it."""
    about = {
        "year": mark.year, "step": mark.step, "luck": mark.luck, "stages": [stage._asdict() for stage in done.stages],
    }  # fmt: skip
    stream = io.BytesIO()
    np.savez(
        stream, about=np.array(json.dumps(about)), at=mark.at, next=mark.next, points=np.stack(done.points),
        predictive=done.predictive,
    )  # fmt: skip
    with contextlib.suppress(AmurError, OSError):
        atomic.write_bytes(file, stream.getvalue())


def _read(file: Path) -> tuple[Mark, Done] | None:
    """Where a run was stopped; None where it was not, or the file is damaged."""
    try:
        with np.load(io.BytesIO(file.read_bytes())) as kept:
            about = json.loads(str(kept["about"]))
            stages = [
                Stage(**{**each, "temperatures": tuple(each["temperatures"])}) for each in about["stages"]
            ]
            mark = Mark(about["year"], kept["at"], kept["next"], about["step"], about["luck"])
            return mark, Done(stages, list(kept["points"]), kept["predictive"])
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


__all__ = ["Mark", "condition", "through_years"]
