"""Hindcasts: what every reading, their mixture and the simple forecasters said from the end of each year, and what came.

Forecasts of one origin in one setting are one piece of work; it is kept in a folder if one is given, so that a run that
was stopped goes on where it was. Weights are those at the origin: nothing that came later has a say.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from amur import atomic
from amur.conditioning import persistence
from amur.conditioning.evidence import evidence
from amur.system.observe import CATEGORIES, Observed, observed
from amur.system.run import in_chunks, keep_compiled
from amur.validation import baselines, mixtures
from amur.validation.forecasts_of_model import HORIZON, ORIGINS, SETTINGS, Forecast, forecast, situation
from amur.validation.skill import scored
from amur.validation.targets import TARGETS, Target

if TYPE_CHECKING:
    from amur.conditioning.evidence import Evidence
    from amur.record.record import Record

PERSISTENCE = "persistence"
"""The reading that has no parameters and forecasts by itself."""
MIXTURE, MEAN = "mixture", "mean"
"""The forecasters that are made of all readings: weighted at the origin, and all alike."""
READING = "reading:"
"""What the name of a reading begins with among forecasters: a reading and a baseline are both called persistence."""
SIZE = 1000
"""Samples of a mixture and of a baseline."""
MEMBERS = 256
"""Parameter sets of each reading that are run."""

type Posteriors = Mapping[str, Mapping[str, Any]]
"""Reading to year to parameter sets, as conditioning leaves them."""
type WeightsAt = Callable[[str], Mapping[str, float]]
"""Weights of the readings at the end of a year."""
type ByReading = dict[str, Forecast]
type Progress = Callable[[int, int], None]


def run_all(
    posteriors: Posteriors,
    settings: Sequence[str] = SETTINGS,
    origins: Sequence[str] = ORIGINS,
    members: int = MEMBERS,
    seed: int = 1,
    record: Record | None = None,
    folder: str | Path | None = None,
    stamp: str = "",
    progress: Progress | None = None,
) -> dict[tuple[str, str], ByReading]:
    """The forecasts of every reading, by setting and origin; two at a time, in pieces kept in ``folder`` if given.

    ``posteriors`` of a reading must have the years ``origins``. The reading ``persistence`` is added by itself. A piece
    in the folder is used again if it was made of the same posteriors, members, seed and record; ``stamp`` is whatever
    else it depends on (a fingerprint of the code).
    """
    keep_compiled()
    seen = observed(record)
    alone = _alone(record, seen)
    pieces = [(setting, origin) for setting in settings for origin in origins]

    def work(piece: tuple[str, str]) -> ByReading:
        setting, origin = piece
        file = Path(folder) / f"{setting}-{origin}.npz" if folder else None
        print_of = _stamp(posteriors, origin, f"{stamp} {members} {seed}", record) if file else ""
        if file and (kept := _kept(file, print_of, setting, origin)):
            return kept
        at = situation(setting, origin, record, seen)
        made = {
            name: forecast(at, mixtures.thinned(by_year[origin], members), seed)
            for name, by_year in posteriors.items()
        }
        made[PERSISTENCE] = of_persistence(alone, setting, origin, members, seed)
        if file:
            _keep(file, print_of, made)
        return made

    tell = (lambda done: progress(done, len(pieces))) if progress else None
    done = in_chunks(work, pieces, tell, alone=True)
    return dict(zip(pieces, done, strict=True))


def _alone(record: Record | None, seen: Observed) -> Evidence:
    """The evidence with every target in it, those also that conditioning does not look at."""
    from dataclasses import replace

    base = evidence(record)
    more = {name: seen.values[name] for name in TARGETS if name not in base.shown}
    return replace(base, shown=base.shown | more)


def of_persistence(of: Evidence, setting: str, origin: str, members: int, seed: int = 1) -> Forecast:
    """The forecast of the reading without structure, from what it had seen by the origin; the same in every setting."""
    ahead = min(HORIZON, len(of.years) - 1 - of.years.index(origin))
    through = of.years.index(origin) + 1
    last = {
        name: values[: through * (4 if TARGETS[name].observable.frequency == "Q" else 1)]
        for name, values in of.shown.items()
        if name in TARGETS
    }
    able = [name for name, values in last.items() if np.isfinite(values).any()]
    drawn = persistence.samples(of, origin, ahead, members, seed, able)
    samples = np.full((len(TARGETS), HORIZON, members), np.nan, np.float32)
    for place, name in enumerate(TARGETS):
        if name in drawn:
            samples[place, :ahead] = drawn[name]
    codes = persistence.samples(of, origin, ahead, members, seed, tuple(CATEGORIES), quarterly=True)
    chosen = {name: np.asarray(values, np.int8) for name, values in codes.items()}
    chances = {
        name: np.stack(
            [(chosen[name] == code).mean(axis=1) for code in range(len(CATEGORIES[name].options))], axis=1
        ).astype(np.float32)
        for name in CATEGORIES
    }
    return Forecast(setting, origin, samples, chances, chosen)


def score_all(
    forecasts: Mapping[tuple[str, str], ByReading],
    weights_at: WeightsAt,
    record: Record | None = None,
    seed: int = 1,
    progress: Progress | None = None,
) -> tuple[pd.DataFrame, Counter[str]]:
    """Every forecast scored against what came (one row each), and how often a baseline fell back to drift, by baseline.

    Forecasters are the mixture by the weights at the origin, the mean of all readings, each reading alone (``reading:``
    and its name), and the baselines, whose setting is blank. A series is scored from the first origin at which a
    baseline can be made, for all forecasters alike.
    """
    seen = observed(record)
    tables: list[pd.DataFrame] = []
    fell: Counter[str] = Counter()
    able: dict[str, set[str]] = {}
    origins = list(dict.fromkeys(origin for _, origin in forecasts))
    steps = len(origins) + len(forecasts)
    for done, origin in enumerate(origins, start=1):
        simple = _baselines(origin, seen, seed, fell)
        able[origin] = set(simple)
        for name, by in simple.items():
            tables += [rows_of(TARGETS[name], "", origin, each, by[each], seen, seed) for each in by]
        if progress:
            progress(done, steps)
    for done, ((setting, origin), by_reading) in enumerate(forecasts.items(), start=len(origins) + 1):
        together = {
            MIXTURE: mixtures.mixed(by_reading, weights_at(origin), SIZE, seed),
            MEAN: mixtures.mixed(by_reading, mixtures.even(by_reading), SIZE, seed),
            **{f"{READING}{name}": each for name, each in by_reading.items()},
        }
        for place, target in enumerate(TARGETS.values()):
            if target.name in able[origin]:
                tables += [
                    rows_of(
                        target, setting, origin, name, target.scaled(each.samples[place]), seed=seed, seen=seen
                    )
                    for name, each in together.items()
                ]
        if progress:
            progress(done, steps)
    return pd.concat([table for table in tables if len(table)], ignore_index=True), fell


def forecastable(origin: str, seen: Observed) -> tuple[str, ...]:
    """The targets of which enough had been seen by the origin for a baseline, and which are therefore scored."""
    through = seen.years.index(origin) + 1
    return tuple(
        name
        for name, target in TARGETS.items()
        if np.isfinite(target.shown(seen)[:through]).sum() >= baselines.LEAST
    )


def _baselines(
    origin: str, seen: Observed, seed: int, fell: Counter[str]
) -> dict[str, dict[str, NDArray[Any]]]:
    """Samples of the simple forecasters by target and name, (years ahead, samples), on the scale of comparison."""
    made, able = {}, forecastable(origin, seen)
    through = seen.years.index(origin) + 1
    for target in TARGETS.values():
        if target.name not in able:
            continue
        history = target.scaled(target.shown(seen))[:through]
        floor = np.log(target.observable.floor) if target.link == "log" else -np.inf
        made[target.name] = {
            name: each(
                history,
                HORIZON,
                SIZE,
                np.random.default_rng([seed, int(origin), *f"{target.name}:{name}".encode()]),
                target.link,
                lowest=floor,
                fell=fell,
            )
            for name, each in baselines.BASELINES.items()
        }
    return made


def rows_of(
    target: Target, setting: str, origin: str, forecaster: str, samples: NDArray[Any], seen: Observed, seed: int
) -> pd.DataFrame:
    """The rows of one series from one origin by one forecaster, for the years that the record has."""
    first = seen.years.index(origin) + 1
    came = target.scaled(target.shown(seen))[first : first + HORIZON]
    rng = np.random.default_rng([seed, int(origin), *f"pit:{target.name}:{setting}:{forecaster}".encode()])
    place = {"series": target.name, "group": target.group, "setting": setting, "forecaster": forecaster}
    return scored(place, int(origin), came, samples[: len(came)], target.link, rng)


# Pieces on disk


def _stamp(posteriors: Posteriors, origin: str, more: str, record: Record | None) -> str:
    told = hashlib.sha256(f"{more} {list(TARGETS)}".encode())
    for name, by_year in posteriors.items():
        sets = by_year[origin]
        values = sets._asdict() if hasattr(sets, "_asdict") else sets
        for parameter in sorted(values):
            told.update(f"{name}:{parameter}".encode() + np.asarray(values[parameter], np.float32).tobytes())
    told.update(evidence(record).stamp.encode())
    return told.hexdigest()[:16]


def _keep(file: Path, stamp: str, made: ByReading) -> None:
    arrays: dict[str, Any] = {"stamp": np.array(stamp), "readings": np.array(list(made))}
    for name, each in made.items():
        arrays[f"{name}/samples"] = each.samples
        arrays |= {f"{name}/chances/{decision}": values for decision, values in each.chances.items()}
        arrays |= {f"{name}/chosen/{decision}": values for decision, values in each.chosen.items()}
    whole = io.BytesIO()
    np.savez_compressed(whole, **arrays)
    atomic.write_bytes(file, whole.getvalue())


def _kept(file: Path, stamp: str, setting: str, origin: str) -> ByReading | None:
    """What is in the folder, if it was made of the same; a file that cannot be read is made again."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            if str(kept["stamp"]) != stamp:
                return None
            return {
                str(name): Forecast(
                    setting,
                    origin,
                    kept[f"{name}/samples"],
                    {decision: kept[f"{name}/chances/{decision}"] for decision in CATEGORIES},
                    {decision: kept[f"{name}/chosen/{decision}"] for decision in CATEGORIES},
                )
                for name in kept["readings"]
            }
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
