"""The numbers of the answer: net points of the best portfolio first, then what makes them up, regret and synergy."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from amur.questions import spread
from amur.questions.answer import Number
from amur.questions.levers.choice import foregone, honest, synergy
from amur.questions.levers.weighing import Weighed

type Numbers = NDArray[np.float64]
UNIT = "points"


def numbers(found: Weighed) -> tuple[Number, ...]:
    """All numbers, that which counts first."""
    best, robust = found.choice.best, found.choice.robust
    made = [
        _points(found, "net", "the best portfolio: gain less cost", best),
        _points(found, "gain", "what the best portfolio gains for the aims", best),
        _points(found, "cost", "what the best portfolio costs", best),
        _honest(found),
        _points(found, "alone", "the lever that brings most alone: gain less cost", found.most_alone),
        *_synergies(found),
        _regret(found, "regret", "regret of the best portfolio across readings", best),
        *(
            []
            if robust == best
            else [_regret(found, "robust", "regret of the portfolio with the least worst regret", robust)]
        ),
        *_failures(found),
        *_aims(found),
    ]
    return tuple(made)


def _points(found: Weighed, what: str, about: str, place: int) -> Number:
    name = what if what in ("gain", "cost") else "net"
    prior = found.prior(place)
    before = None if prior is None else getattr(found.points_before, name)[prior]
    return _mean(found, what, about, getattr(found.points, name)[place], before)


def _mean(
    found: Weighed,
    name: str,
    about: str,
    values: Numbers,
    before: Numbers | None,
    keys: Mapping[str, str] | None = None,
    unit: str = UNIT,
) -> Number:
    return spread.mean(name, about, unit, values, found.of, before, found.asked.common.prior, keys)


def _honest(found: Weighed) -> Number:
    """The winner judged by parameter sets that did not choose it; its data share is that of the winner."""
    prior = found.prior(found.choice.best)
    before = None if prior is None else found.points_before.net[prior]
    told = honest(found.points.net, found.of)
    return _mean(
        found, "honest", "the best of one half of the parameter sets, judged by the other", told, before
    )


def _synergies(found: Weighed) -> list[Number]:
    """Joint gain of the best portfolio less the sum of its levers'; nothing for fewer than two."""
    levers = found.sets[found.choice.best]
    if len(levers) < 2:
        return []
    gain, before = found.points.gain, found.points_before.gain
    singles = [found.singles[name] for name in levers]
    had = [found.prior_sets.index((name,)) for name in levers]
    at = found.prior(found.choice.best)
    return [
        _mean(
            found, "synergy", "gain of the best portfolio beyond the sum of its levers'",
            synergy([gain[place] for place in singles], gain[found.choice.best]),
            None if at is None else synergy([before[place] for place in had], before[at]),
        )
    ]  # fmt: skip


def _regret(found: Weighed, name: str, about: str, place: int) -> Number:
    """The regret over the readings as weighed; its worst is among those by reading."""
    score = found.choice.score
    told = foregone(found.points.net, score, place, found.of)
    before = None
    at = found.prior(place)
    if at is not None:
        places = [found.prior(int(each)) for each in np.argmax(score, axis=0)]
        net = found.points_before.net
        reading = found.asked.common.prior.reading
        before = net[np.array(places)[reading], np.arange(net.shape[1])] - net[at]
    return _mean(found, name, about, told, before)


def _failures(found: Weighed) -> list[Number]:
    """How often the best portfolio does worse than nothing, and than the next."""
    choice, net = found.choice, found.points.net
    at, next_ = found.prior(choice.best), found.prior(choice.next)
    before = found.points_before.net
    prior = found.asked.common.prior
    made = []
    if found.sets[choice.best]:
        had = None if at is None else before[at] < 0
        about = "futures in which the best portfolio does worse than nothing"
        made.append(spread.chance("worse than nothing", about, net[choice.best] < 0, found.of, had, prior))
    had = None if at is None or next_ is None else before[at] < before[next_]
    about = "futures in which the next best does better"
    made.append(
        spread.chance("worse than next", about, net[choice.best] < net[choice.next], found.of, had, prior)
    )
    return made


def _aims(found: Weighed) -> list[Number]:
    """What the best portfolio does to each aim and cost, in their units, at the last date first."""
    place = found.choice.best
    at = found.prior(place)
    if not found.sets[place]:
        return []
    made = []
    many = len(found.found.outcomes)
    width = many // len(found.asked.dates)
    for row in sorted(range(many), key=lambda each: -(each // width)):
        aim, date = found.looked(row)
        before = None if at is None else found.before.change[at, row]
        about = f"change in {aim.about}"
        made.append(
            _mean(found, aim.name, about, found.found.change[place, row], before, {"when": date}, aim.unit)
        )
    return made
