"""Simulation-based calibration of the sampler in a reduced setting: do posteriors contain the truth as often as they say?

Truths are drawn from the prior, a record from each truth, a posterior from each record. If sampler and likelihood are
right, the rank of the truth among the posterior's members is uniform (Talts and others 2018), for every parameter and for
the log likelihood (which sees what parameters alone do not; Modrák and others 2023). Few parameters are free
(:data:`FREE`), the others at the middle of their priors; a few series to 2007 are seen; equations, likelihood and sampler are those
that condition the readings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from amur import atomic
from amur.conditioning.condition import CHUNK, folder, target_in
from amur.conditioning.coordinates import coordinates, draws
from amur.conditioning.evidence import Evidence, evidence
from amur.conditioning.forward import parameters, predictions
from amur.conditioning.likelihood import data
from amur.conditioning.sampler import STEPS, Target, through_years
from amur.conditioning.stamp import code_stamp
from amur.system.observe import replicate
from amur.system.parameters import NAMES, Parameters
from amur.system.run import in_chunks, keep_compiled

SERIES = (
    "exports_rus_chn", "exports_chn_rus", "exports_rus", "imports_rus", "output", "arms_chn", "agreement", "meetings",
)  # fmt: skip
UNTIL = "2007"
FREE = (
    "stress_cost", "catch_up", "arms_need_chn", "agree_base", "scale_exports_rus_chn", "persistence_imports_rus",
)  # fmt: skip
"""Four of the mechanisms and two of the measurement models, among those that the record to 2007 teaches most."""
REPLICATES = 64
GRID = 20
"""Places at which the distribution function of the ranks is compared with the uniform one."""

type Numbers = NDArray[np.float64]


class Uniform(NamedTuple):
    """Ranks of one quantity: their mean as a share (0.5 if right), the chance of a distribution function this far off."""

    name: str
    mean: float
    spread: float
    p: float


@dataclass(frozen=True)
class Calibrated:
    """Ranks by quantity (parameters, then ``log_likelihood``), out of ``members``, one a replicate."""

    ranks: dict[str, tuple[int, ...]]
    members: int
    until: str
    series: tuple[str, ...]

    def table(self) -> tuple[Uniform, ...]:
        """A row by quantity."""
        made = []
        for name, ranks in self.ranks.items():
            shares = (np.array(ranks) + 0.5) / (self.members + 1)
            made.append(
                Uniform(
                    name,
                    float(shares.mean()),
                    float(shares.std() * np.sqrt(12)),
                    uniformity(ranks, self.members),
                )
            )
        return tuple(made)


def calibrate(
    replicates: int = REPLICATES, seed: int = 1, progress: Callable[[str, int, int], None] | None = None
) -> Calibrated:
    """Run the calibration; each replicate is kept in the user's cache folder, so that a stopped run goes on."""
    keep_compiled()
    seen = evidence(until=UNTIL).only(*SERIES)
    truths, made_of = _truths(replicates, seed, seen)

    def tell(done: int) -> None:
        if progress:
            progress("calibration", done, replicates)

    def one(number: int) -> dict[str, int]:
        return _kept(number, seed, made_of[number], truths[:, number])

    found = list(in_chunks(one, range(replicates), tell, alone=True))
    names = (*FREE, "log_likelihood")
    return Calibrated({name: tuple(each[name] for each in found) for name in names}, CHUNK - 1, UNTIL, SERIES)


def _truths(replicates: int, seed: int, seen: Evidence) -> tuple[Numbers, list[Evidence]]:
    """True points (free parameters, replicates) and a record of each."""
    through = coordinates()
    whole = np.zeros((len(NAMES), CHUNK))
    places = [NAMES.index(name) for name in FREE]
    whole[places] = draws(CHUNK, seed, through)[places]
    p = parameters(whole, through)
    predicted = predictions(p, seen.quarters)
    plain = Parameters(**{name: np.asarray(getattr(p, name)) for name in NAMES})
    drawn = replicate({name: predicted[name] for name in SERIES}, plain, seed)
    made = []
    for number in range(replicates):
        shown = dict(seen.shown)
        for name in SERIES:
            shown[name] = np.where(np.isfinite(seen.shown[name]), drawn[name][:, number], np.nan)
        made.append(replace(seen, shown=shown))
    return whole[places, :replicates], made


def target_of(seen: Evidence) -> Target:
    """The target in the free parameters alone: others stay at the middle of their priors."""
    whole_target = target_in(coordinates(), data(seen))
    places = [NAMES.index(name) for name in FREE]

    def target(at: Numbers, weights: Numbers, until: int) -> tuple[Numbers, Numbers, Numbers]:
        whole = np.zeros((len(NAMES), at.shape[1]))
        whole[places] = at
        total, slope, items = whole_target(whole, weights, until)
        return total, slope[places], items

    return target


def _kept(number: int, seed: int, seen: Evidence, truth: Numbers) -> dict[str, int]:
    """The ranks of one replicate, read where they are known."""
    words = f"{seen.stamp} {code_stamp()} {FREE} {STEPS} {number} {seed}"
    file = folder() / f"calibration-{hashlib.sha256(words.encode()).hexdigest()[:24]}.json"
    if not file.exists():
        atomic.write_text(file, json.dumps(ranks(seen, truth, 1000 * seed + number)))
    found: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return found


def ranks(seen: Evidence, truth: Numbers, seed: int) -> dict[str, int]:
    """Where the truth stands among the posterior's members (all but the last, whose place it takes): how many are below."""
    target = target_of(seen)
    places = [NAMES.index(name) for name in FREE]
    start = draws(CHUNK, 7_000_000 + seed, coordinates())[places]
    *_, last = through_years(target, start, seen.year, seen.there, seen.years, seed, CHUNK, STEPS)
    points = np.concatenate([last.at[:, :-1], truth[:, None]], axis=1)
    _, _, items = target(points, seen.there.astype(float), len(seen.years) - 1)
    likely = items[seen.there].sum(axis=0)
    below = (points[:, :-1] < points[:, -1:]).sum(axis=1)
    made = dict(zip(FREE, below.tolist(), strict=True))
    return made | {"log_likelihood": int((likely[:-1] < likely[-1]).sum())}


def uniformity(found: tuple[int, ...], members: int, draws_of: int = 2000) -> float:
    """The chance that uniform ranks have a distribution function as far from the uniform one somewhere (0: they are not).

    How far is the least likely of the counts below each place of a grid (Säilynoja, Bürkner and Vehtari 2022); its
    distribution is drawn.
    """
    rng = np.random.default_rng(3)
    chance = rng.integers(0, members + 1, size=(draws_of, len(found)))
    ours, theirs = _furthest(np.array([found]), members)[0], _furthest(chance, members)
    return float((1 + np.sum(theirs <= ours)) / (1 + draws_of))


def _furthest(found: NDArray[Any], members: int) -> Numbers:
    """The smallest two-sided chance of the counts at any place, by row."""
    many, least = found.shape[1], np.ones(len(found))
    for place in np.arange(1, GRID) / GRID:
        cut = int(place * (members + 1))
        below = (found < cut).sum(axis=1)
        at = cut / (members + 1)
        two_sided = 2 * np.minimum(stats.binom.cdf(below, many, at), stats.binom.sf(below - 1, many, at))
        least = np.minimum(least, two_sided)
    return np.asarray(least)


def as_json(made: Calibrated) -> dict[str, Any]:
    """The ranks and what they say, ready for JSON."""
    return asdict(made) | {"table": [row._asdict() for row in made.table()]}


def from_json(told: Mapping[str, Any]) -> Calibrated:
    """The ranks from the published file."""
    ranks_of = {name: tuple(each) for name, each in told["ranks"].items()}
    return Calibrated(ranks_of, told["members"], told["until"], tuple(told["series"]))
