"""The whole validation: readings through the record, hindcasts, scores, turning points, decisions and ablations.

Nothing is computed twice: conditioning keeps its runs, hindcasts their pieces, and the tables of scores and ablations
are kept here, all in the user's cache folder and under fingerprints of what they rest on. A run that was stopped goes
on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import platformdirs
from numpy.typing import NDArray

from amur import __version__, atomic
from amur.conditioning import rivals
from amur.conditioning.evidence import evidence
from amur.conditioning.weights import at_origin
from amur.readings import readings
from amur.system.observe import Observed, observed
from amur.validation import ablations, mixtures
from amur.validation.decisions_scored import decision_chances
from amur.validation.forecasts_of_model import ORIGINS, SETTINGS
from amur.validation.hindcasts import (
    MEMBERS,
    SIZE,
    ByReading,
    WeightsAt,
    forecastable,
    rows_of,
    run_all,
    score_all,
)
from amur.validation.stamp import forecasts_stamp, stamp
from amur.validation.targets import TARGETS
from amur.validation.turning import turning_points

if TYPE_CHECKING:
    from amur.record.record import Record

PREQUENTIAL = "prequential"
"""The forecaster that mixes readings by their posterior probabilities at the origin."""

type Progress = Callable[[str, int, int], None]
type Pieces = Mapping[tuple[str, str], ByReading]


class Validation(NamedTuple):
    """All that was scored.

    ``rows`` is the table of scored forecasts (:mod:`amur.validation.skill`), ``turns`` the turning points, ``chances``
    every probability given to an option of a decision, ``ablated`` the scores without each mechanism group. ``increments``
    are the log evidence of ``years`` by reading (nats), from which the weights follow; ``fell`` counts how often a baseline
    fell back to drift.
    """

    rows: pd.DataFrame
    turns: pd.DataFrame
    chances: pd.DataFrame
    ablated: pd.DataFrame
    increments: dict[str, NDArray[np.float64]]
    years: tuple[str, ...]
    fell: dict[str, int]
    settings: tuple[str, ...]
    origins: tuple[str, ...]
    members: int
    seed: int
    stamp: str
    version: str


def validate(
    progress: Progress | None = None,
    members: int = MEMBERS,
    seed: int = 1,
    settings: Sequence[str] = SETTINGS,
    origins: Sequence[str] = ORIGINS,
    record: Record | None = None,
    folder: Path | None = None,
) -> Validation:
    """Run everything that has not been run before. ``progress`` is told what is being done, how much of it, and of how much.

    Readings are taken through the record as ``amur condition`` does, so that its runs are used. The mixture by stacking
    weights at each origin is the forecast that counts; ``members`` are parameter sets of each reading.
    """
    place = folder or Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "validated"
    runs = rivals.take(readings().values(), evidence(record), progress=progress)
    posteriors = {name: run.posterior for name, run in runs.items() if run.members}
    increments = {name: run.increments for name, run in runs.items()}
    years = next(iter(runs.values())).years
    key = _key(forecasts_stamp(record), increments, settings, origins, members, seed)

    def stacked(origin: str) -> dict[str, float]:
        return at_origin(increments, years, origin, "stacking")

    def probable(origin: str) -> dict[str, float]:
        return at_origin(increments, years, origin, "prequential")

    def tell(what: str) -> Callable[[int, int], None] | None:
        return (lambda done, many: progress(what, done, many)) if progress else None

    forecasts = run_all(
        posteriors, settings, origins, members, seed, record,
        folder=place, stamp=forecasts_stamp(record), progress=tell("hindcasts, piece"),
    )  # fmt: skip

    def scores() -> pd.DataFrame:
        rows, fell = score_all(forecasts, stacked, record, seed, tell("scores, table"))
        also = mixture_rows(forecasts, probable, PREQUENTIAL, observed(record), seed)
        fallen = pd.DataFrame({"forecaster": list(fell), "crps": list(map(float, fell.values()))})
        return pd.concat([rows, also, fallen.assign(series=FELL)], ignore_index=True)

    def ablated() -> pd.DataFrame:
        every = [origin for origin in ablations.EVERY_OTHER if origin in origins]
        return ablations.ablate(
            posteriors, stacked, origins=every, members=members, seed=seed, record=record,
            progress=tell("ablations, run"),
        )  # fmt: skip

    rows = _kept(place / f"scores-{key}.csv", scores)
    fallen = rows["series"] == FELL
    fell = {
        str(name): int(many) for name, many in rows.loc[fallen, ["forecaster", "crps"]].itertuples(index=False)
    }
    return Validation(
        rows[~fallen].astype({"origin": int, "horizon": int, "target": int}).reset_index(drop=True),
        turning_points(forecasts, stacked, record, seed=seed),
        decision_chances(forecasts, stacked, record),
        _kept(place / f"ablations-{key}.csv", ablated),
        increments,
        years,
        fell,
        tuple(settings),
        tuple(origins),
        members,
        seed,
        stamp(record),
        __version__,
    )


FELL = "fell back to drift"
"""Lines of the kept table that hold no score but how often a baseline fell back."""


def mixture_rows(
    forecasts: Pieces, weights_at: WeightsAt, name: str, seen: Observed, seed: int = 1
) -> pd.DataFrame:
    """The scored forecasts of one more mixture of the readings, by weights at the origin, under a name."""
    tables = []
    for (setting, origin), by_reading in forecasts.items():
        made = mixtures.mixed(by_reading, weights_at(origin), SIZE, seed)
        able = forecastable(origin, seen)
        tables += [
            rows_of(target, setting, origin, name, target.scaled(made.samples[at]), seen, seed)
            for at, target in enumerate(TARGETS.values())
            if target.name in able
        ]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)


def _key(
    begun: str,
    increments: Mapping[str, NDArray[np.float64]],
    settings: Sequence[str],
    origins: Sequence[str],
    members: int,
    seed: int,
) -> str:
    told = hashlib.sha256(f"{begun} {list(settings)} {list(origins)} {members} {seed}".encode())
    for name, each in increments.items():
        told.update(name.encode() + np.ascontiguousarray(each, np.float64).tobytes())
    return told.hexdigest()[:16]


def _kept(file: Path, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """A table from its file, or made and kept there. A setting that is blank stays blank."""
    if not file.exists():
        atomic.write_text(file, make().to_csv(index=False))
    words: Any = {"series": str, "group": str, "setting": str, "forecaster": str}
    table = pd.read_csv(file, dtype=words)
    return table.fillna(dict.fromkeys(words, ""))


__all__ = ["PREQUENTIAL", "Validation", "mixture_rows", "validate"]
