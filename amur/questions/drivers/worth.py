"""What coalitions of families are worth: each outcome at the end of each year's window, by parameter set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.questions import ensembles
from amur.questions.drivers.engine import ALL, LANES, values
from amur.questions.drivers.families import FAMILIES, known
from amur.questions.drivers.world import World, quarters_of
from amur.questions.ensembles import Common
from amur.questions.mixture import Mixture
from amur.system.state import QUANTITIES

SPAN = 11
"""Years during which a family is off before it is looked at; from now to 2036."""
SUMS = {"trade": ("exports_rus_chn", "exports_chn_rus")}
"""Outcomes that are sums of quantities."""

type Numbers = NDArray[Any]
type Worth = Mapping[int, Numbers]


@dataclass(frozen=True)
class Pair:
    """One outcome in one year, (sets,) each: ``all`` with every family at work, ``without`` with some of them off."""

    all: Numbers
    without: Numbers


@dataclass(frozen=True)
class Without:
    """What :func:`without` found: pairs by outcome and year, the mixture that weighs the sets, and lanes that ran away."""

    of: Mixture
    pairs: Mapping[tuple[str, str], Pair]
    lost: int = 0
    families: tuple[str, ...] = field(default=())


def without(
    families: Sequence[str],
    outcomes: Sequence[str],
    years: Sequence[str],
    common: Common,
    span: int = SPAN,
    held: int | None = None,
    prior: bool = False,
) -> Without:
    """Outcomes with everything at work and with some families off for the ``span`` years that end with each year.

    A pure function of what it is given. ``held`` is a past year whose contributions take the place of nothing. Which
    families there are says :data:`~.families.FAMILIES`; :func:`known_outcome` says which outcomes.
    """
    off = sum({1 << _place(name) for name in families})
    pairs, lost = {}, 0
    for year in years:
        found, gone = worth(common, [ALL, ALL & ~off], tuple(outcomes), int(year), span, held, prior)
        lost += gone
        for place, outcome in enumerate(outcomes):
            pairs[outcome, str(year)] = Pair(found[ALL][place], found[ALL & ~off][place])
    return Without(mixture(common, prior), pairs, lost, tuple(families))


def worth(
    common: Common,
    coalitions: Sequence[int],
    outcomes: Sequence[str],
    year: int,
    span: int = SPAN,
    held: int | None = None,
    prior: bool = False,
    done: Callable[[int], None] | None = None,
) -> tuple[dict[int, Numbers], int]:
    """The outcomes at the end of a year in each coalition, (outcomes, sets), and how many lanes ran away.

    A set that ran away in some coalition counts in all of them as the mean of the others of its reading does.
    """
    there = lanes_of(common, prior)
    wanted = tuple(dict.fromkeys(name for outcome in outcomes for name in parts_of(outcome)))
    frozen = None if held is None else quarters_of(held, 1)[1]
    window = there.window(*quarters_of(year, span), held=frozen)
    told = tuple(dict.fromkeys(coalitions))
    found = values(window, there.sets, told, wanted, done)
    at = {name: place for place, name in enumerate(wanted)}
    cube = np.stack(
        [[sum(found[each][at[name]] for name in parts_of(outcome)) for outcome in outcomes] for each in told]
    )
    gone = ~np.isfinite(cube).all(axis=1)
    return dict(zip(told, steady(cube, mixture(common, prior)), strict=True)), int(gone.sum())


def steady(cube: Numbers, of: Mixture) -> Numbers:
    """Values (..., sets) in which sets with a value that is none have their reading's mean. AmurError where it has none."""
    bad = ~np.isfinite(cube).reshape(-1, cube.shape[-1]).all(axis=0)
    if not bad.any():
        return cube
    filled = np.array(cube, np.float64)
    for place, reading in enumerate(of.readings):
        own = of.reading == place
        if not (own & ~bad).any():
            raise AmurError(
                f"no parameter set of '{reading}' gives finite numbers with mechanisms off",
                field="futures",
                mend="Ask for more futures.",
            )
        filled[..., own & bad] = filled[..., own & ~bad].mean(axis=-1, keepdims=True)
    return filled


def mixture(common: Common, prior: bool = False) -> Mixture:
    """How the sets are weighed: one luck each, the readings as asked, or alike before the record."""
    share = common.prior.share if prior else common.mixture.share
    return Mixture(ensembles.able(), common.sets, 1, share)


def lanes_of(common: Common, prior: bool = False) -> World:
    """The sets of the readings, one luck each. AmurError where they are more than the lanes."""
    many = common.sets * len(ensembles.able())
    if many > LANES:
        raise AmurError(
            f"{common.futures} are too many for this question",
            field="futures",
            mend=f"Give at most {LANES // len(ensembles.able()) * len(ensembles.able()) * ensembles.ROUNDS}.",
        )
    return _world(common.sets, common.seed, prior)


@cache
def _world(sets: int, seed: int, prior: bool) -> World:
    common = Common(futures=max(sets * len(ensembles.able()) * ensembles.ROUNDS, ensembles.LEAST), seed=seed)
    every = ensembles.before(common) if prior else ensembles.posterior(common)
    many = sets * len(ensembles.able())
    return World({name: values[:many] for name, values in every.items()}, seed)


def parts_of(outcome: str) -> tuple[str, ...]:
    """The quantities that an outcome sums."""
    return SUMS.get(outcome, (outcome,))


def known_outcome(name: str) -> str:
    """The name of an outcome: ``trade``, or any quantity of the model. AmurError with the nearest one for another."""
    able = [*SUMS, *(each for each, declared in QUANTITIES.items() if declared.kind != "lines")]
    if name not in able:
        raise AmurError(
            f"there is no quantity '{name}' to decompose",
            field="outcome",
            mend=nearest(name, able) or "Name one such as coordination, trade, trust_rus or rear_chn.",
        )
    return name


def unit_of(outcome: str) -> str:
    """The unit of an outcome."""
    return QUANTITIES[parts_of(outcome)[0]].unit


def _place(name: str) -> int:
    return [family.name for family in FAMILIES].index(known(name))
