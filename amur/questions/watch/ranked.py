"""The work behind the answer: readings of every indicator off an ensemble, and what each would tell about a target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.questions import ensembles
from amur.questions.ensembles import Common
from amur.questions.mixture import Mixture
from amur.questions.watch.indicators import indicators
from amur.questions.watch.information import Bits, Sample, Step, binned, gain, information, nested, together
from amur.questions.watch.seen import Ensemble
from amur.questions.watch.targets import Target, Told, target, told
from amur.questions.watch.tripwire import Tripwire, at, tripwire

type Numbers = NDArray[Any]

SURE = 2.6
"""Errors that information must lie above nought to count as found: one useless indicator in two hundred does."""
FEWEST = 5
"""Futures in which a target must come true, and not, for anything to be told about it."""


@dataclass(frozen=True)
class Ranked:
    """Indicators by what they tell about a target: best first, in ``bits`` and ``values``; ``sample`` is what it rests on."""

    of: Target
    told: Told
    sample: Sample
    bits: dict[str, Bits]
    values: dict[str, Numbers]

    @property
    def best(self) -> str:
        """The indicator that tells most."""
        return next(iter(self.bits))

    @property
    def found(self) -> list[str]:
        """Those whose information lies clearly above nought."""
        return [name for name, each in self.bits.items() if each.bits > SURE * each.error]


@lru_cache(maxsize=4)
def ensemble(common: Common, prior: bool = False) -> Ensemble:
    """Histories and futures of the readings with all that can be read off them; before the record with ``prior``."""
    from amur.system.history import present

    return Ensemble(common, ensembles.run(common, start="1992-Q1", prior=prior), present(), prior)


_VALUES: dict[tuple[Common, bool, int], dict[str, Numbers]] = {}


def values(common: Common, prior: bool, ahead: int) -> dict[str, Numbers]:
    """What would be read of every modelled indicator, (turns, members) each, kept in memory."""
    key = (common, prior, ahead)
    if key not in _VALUES:
        while len(_VALUES) >= 4:
            _VALUES.pop(next(iter(_VALUES)))
        from_ = ensemble(common, prior)
        _VALUES[key] = {name: from_.values(each, ahead) for name, each in indicators().items() if each.modelled}
    return _VALUES[key]


def mixture(common: Common, prior: bool) -> Mixture:
    """The members of an ensemble and their weights."""
    return common.prior if prior else common.mixture


def sample(told: Told, of: Mixture, turns: int, only: int | None = None) -> Sample:
    """The members that count, weighed; of one reading only where its place is given."""
    weights = of.weights * told.counts if only is None else 1.0 * told.counts * (of.reading == only)
    return Sample(told.classes, weights, of.reading * of.sets + of.set, turns)


def enough(told: Told) -> bool:
    """Whether the target comes true, and does not, in enough futures."""
    many = np.bincount(told.classes[told.counts])
    return int((many >= FEWEST).sum()) > 1


def ranked(common: Common, name: str, ahead: int, prior: bool = False) -> Ranked | None:
    """Every indicator's information about a target; None where the target is too rare for any."""
    of, from_, mix = target(name), ensemble(common, prior), mixture(common, prior)
    about = told(of, from_.run, mix, from_.first, ahead)
    if not enough(about):
        return None
    read = values(common, prior, ahead)
    base = sample(about, mix, from_.again)
    bits = {each: information(binned(read[each], base.mass), base) for each in read}
    order = sorted(bits, key=lambda each: -bits[each].bits)
    return Ranked(of, about, base, {each: bits[each] for each in order}, {each: read[each] for each in order})


def best_together(found: Ranked) -> list[Step]:
    """The best indicator, the best second given it, and the best third given both."""
    return together(found.values, found.sample, found.best)


def adds(found: Ranked, names: list[str]) -> list[Bits]:
    """What each of several indicators adds to those named before it."""
    codes = [
        nested([found.values[name] for name in names[:many]], found.sample.mass)
        for many in range(1, len(names) + 1)
    ]
    return [information(codes[0], found.sample), *(gain(*pair, found.sample, 12) for pair in pairwise(codes))]


def at_threshold(found: Ranked, name: str, wire: Tripwire) -> dict[str, float]:
    """The rates of a tripwire that was placed elsewhere, in these futures."""
    return at(found.values[name], found.told.classes, found.sample.weights, wire)


def by_reading(found: Ranked, common: Common, name: str) -> dict[str, float]:
    """The bits that an indicator tells where one reading is right; nothing where readings are the target."""
    if found.of.kind == "reading":
        return {}
    made = {}
    for place, reading in enumerate(common.mixture.readings):
        if not (found.told.counts & (common.mixture.reading == place)).any():
            continue
        own = sample(found.told, common.mixture, found.sample.turns, place)
        made[reading] = information(binned(found.values[name], own.mass), own, 8).bits
    return made


def wire(found: Ranked, name: str, miss_costs: float = 0.0) -> Tripwire | None:
    """The tripwire of an indicator for a target that does or does not come true."""
    if not found.of.binary:
        return None
    return tripwire(
        found.values[name], found.told.classes, found.sample.weights, found.sample.sets, miss_costs or None
    )


def leanings(found: Ranked, name: str) -> tuple[tuple[str, float, float], tuple[str, float, float]]:
    """The class that a reading in its lowest and in its highest third speaks for most: name, chance then, chance before."""
    codes = binned(found.values[name], found.sample.mass, 3)
    classes = np.broadcast_to(found.told.classes, codes.shape)
    base = np.bincount(classes.ravel(), found.sample.mass.ravel(), found.sample.many)
    made = []
    for code in (codes.min(), codes.max()):
        inside = np.bincount(classes.ravel(), (found.sample.mass * (codes == code)).ravel(), found.sample.many)
        chance = inside / max(inside.sum(), 1e-12)
        which = 1 if found.of.binary else int(np.argmax(chance - base))
        made.append((found.of.classes[which], float(chance[which]), float(base[which])))
    return made[0], made[1]
