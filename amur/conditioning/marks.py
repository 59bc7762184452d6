"""Where a run through the record is, kept after every year, so that one that was stopped goes on with the same numbers."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from amur import atomic
from amur.conditioning.result import Numbers, Stage
from amur.conditioning.sampler import Mark
from amur.errors import AmurError

ENDING = ".part.npz"
"""How the name of a file of marks ends."""


class Done(NamedTuple):
    """What a run has made so far: stages and log mean densities of each year's items, and members at the end of each year.

    ``points`` begin with the prior.
    """

    stages: list[Stage]
    foretold: list[Numbers]
    points: list[Numbers]


def write(file: Path, done: Done, mark: Mark) -> None:
    """Keep where a run is; that it cannot be kept must not end it."""
    about = {
        "year": mark.year, "step": mark.step, "luck": mark.luck, "items": [len(each) for each in done.foretold],
        "stages": [stage._asdict() for stage in done.stages],
    }  # fmt: skip
    stream = io.BytesIO()
    np.savez(
        stream, about=np.array(json.dumps(about)), at=mark.at, slope=mark.slope, ahead=mark.ahead, points=np.stack(done.points),
        foretold=np.concatenate(done.foretold),
    )  # fmt: skip
    with contextlib.suppress(AmurError, OSError):
        atomic.write_bytes(file, stream.getvalue())


def read(file: Path) -> tuple[Done, Mark] | None:
    """What a run had made and where it was; None where there is none to go on from, or the file is damaged."""
    try:
        with np.load(io.BytesIO(file.read_bytes())) as kept:
            about = json.loads(str(kept["about"]))
            stages = [stage_of(each) for each in about["stages"]]
            foretold = np.split(kept["foretold"], np.cumsum(about["items"])[:-1])
            mark = Mark(about["year"], kept["at"], kept["slope"], kept["ahead"], about["step"], about["luck"])
            return Done(stages, foretold, list(kept["points"])), mark
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def stage_of(told: dict[str, Any]) -> Stage:
    """A stage from JSON."""
    return Stage(**{**told, "temperatures": tuple(told["temperatures"])})


__all__ = ["ENDING", "Done", "read", "stage_of", "write"]
