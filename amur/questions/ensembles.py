"""Ensembles that questions share: futures (or histories) of every reading, as the record left it or as it began.

What is asked is a :class:`Common`; a run is kept in memory, so that twins and further questions cost nothing twice. All
runs keep every quantity and all have one size, so that one compilation serves them all.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur import __version__
from amur.errors import AmurError
from amur.questions import kept
from amur.questions.answer import Made, Rests
from amur.questions.mixture import Mixture, shares

if TYPE_CHECKING:
    from amur.system.interventions import Intervention

FUTURES = 2048
"""Members of a run unless told otherwise: two chunks, with which no core waits."""
ROUNDS = 2
"""Lucks that each parameter set is run with."""
LEAST, MOST = 256, 4608
"""Futures that may be asked for; the most are all published parameter sets twice."""
ROOM = 3 * 2**29
"""Bytes of runs that are kept in memory; the last one always is."""

type Numbers = NDArray[Any]
type Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Common:
    """What every question can be asked with: how many futures, which luck, how the readings are weighed."""

    futures: int = FUTURES
    seed: int = 1
    weights: str = "stacking"

    def __post_init__(self) -> None:
        for name, low, high in (("futures", LEAST, MOST), ("seed", 0, 2**63 - 1)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise AmurError(
                    f"{value!r} is not allowed", field=name, mend=f"Give a whole number from {low} to {high}."
                )
        shares(self.weights, able())

    @property
    def sets(self) -> int:
        """Parameter sets of each reading."""
        return max(self.futures // (ROUNDS * len(able())), 2)

    @cached_property
    def mixture(self) -> Mixture:
        """The members with the readings weighed as asked."""
        return Mixture(able(), self.sets, ROUNDS, shares(self.weights, able()))

    @cached_property
    def prior(self) -> Mixture:
        """The members as they were before the record: the readings weighed alike."""
        return Mixture(able(), self.sets, ROUNDS, shares("even", able()))

    def as_json(self) -> dict[str, Any]:
        """The options by name."""
        return {"futures": self.futures, "seed": self.seed, "weights": self.weights}


class Run:
    """What a run left: ``run["trust_rus"]`` is (quarters, members); decisions and end states are codes."""

    def __init__(self, labels: tuple[str, ...], pieces: Sequence[Mapping[str, Numbers]], members: int) -> None:
        self.labels, self.members = labels, members
        self._pieces = pieces
        self._whole: dict[str, Numbers] = {}

    def __getitem__(self, name: str) -> Numbers:
        if name not in self._whole:
            if name not in self._pieces[0]:
                from amur.errors import nearest

                raise AmurError(f"there is no quantity '{name}'", mend=nearest(name, list(self._pieces[0])))
            self._whole[name] = np.concatenate([piece[name] for piece in self._pieces], axis=-1)[
                ..., : self.members
            ]
        return self._whole[name]

    def at_once(self, name: str, places: Sequence[int]) -> Numbers:
        """A quantity at some of the quarters, (places, members), without joining the others."""
        if name in self._whole:
            return np.asarray(self._whole[name][list(places)])
        parts = [piece[name][list(places)] for piece in self._pieces]
        return np.concatenate(parts, axis=-1)[..., : self.members]

    @property
    def nbytes(self) -> int:
        """The memory that the run takes."""
        parts = (*self._pieces, self._whole)
        return sum(values.nbytes for part in parts for values in part.values())

    def __contains__(self, name: object) -> bool:
        return name in self._pieces[0]

    @property
    def names(self) -> tuple[str, ...]:
        """All that was kept."""
        return tuple(self._pieces[0])

    def at(self, quarter: str) -> int:
        """The place of a quarter (2036-Q4) or of the last quarter of a year (2036). AmurError where it was not run."""
        label = quarter if "-" in quarter else f"{quarter}-Q4"
        if label not in self.labels:
            raise AmurError(
                f"'{quarter}' was not run",
                field="when",
                mend=f"Choose one from {self.labels[0]} to {self.labels[-1]}.",
            )
        return self.labels.index(label)


@cache
def able() -> tuple[str, ...]:
    """The published readings that have a model."""
    from amur.conditioning.shipped import shipped

    return shipped().able


def posterior(common: Common) -> dict[str, Numbers]:
    """Parameter sets as the record left them, by name, over the members of :attr:`Common.mixture`."""
    return parameters_of(common.sets, True)


def before(common: Common) -> dict[str, Numbers]:
    """Parameter sets drawn from the readings' priors, over the members of :attr:`Common.prior`."""
    return parameters_of(common.sets, False)


@cache
def parameters_of(sets: int, seen: bool) -> dict[str, Numbers]:
    """Parameter sets by name over the members of one ensemble: as the record left them, or (not ``seen``) as they began."""
    parts = [_of_posterior(name, sets) if seen else _of_prior(name, sets) for name in able()]
    made = {name: np.tile(np.concatenate([part[name] for part in parts]), ROUNDS) for name in parts[0]}
    for values in made.values():
        values.setflags(write=False)  # what cannot change need not be told apart anew at every run
    return made


def _of_posterior(reading: str, sets: int) -> dict[str, Numbers]:
    from amur.conditioning.store import published

    run = published().runs[reading]
    # Evenly through the published members, over again where more are asked for than there are.
    at = np.arange(sets) * run.posterior.members // sets if sets <= run.posterior.members else np.arange(sets)
    return {name: values[at % run.posterior.members] for name, values in run.posterior[run.years[-1]].items()}


def _of_prior(reading: str, sets: int) -> dict[str, Numbers]:
    import jax.numpy as jnp

    from amur.conditioning.coordinates import coordinates, draws, values
    from amur.readings import readings
    from amur.system.parameters import NAMES

    through = coordinates(readings()[reading].priors)
    seed = int(np.random.SeedSequence([17, *reading.encode()]).generate_state(1)[0])
    made = np.asarray(values(jnp.asarray(draws(sets, seed, through), jnp.float32), through))
    return dict(zip(NAMES, made, strict=True))


_RUNS: OrderedDict[object, Run] = OrderedDict()
_BEFORE: list[Callable[[], None]] = []


@contextmanager
def before_each_run(tell: Callable[[], None]) -> Iterator[None]:
    """Call something before every run that is made within: to say that one comes, or to end it all by raising."""
    _BEFORE.append(tell)
    try:
        yield
    finally:
        _BEFORE.remove(tell)


def run(
    common: Common,
    interventions: Sequence[Intervention] = (),
    *,
    prior: bool = False,
    until: str = "2046-Q4",
    start: str | None = None,
    annual: bool = False,
    rules: Any = None,
) -> Run:
    """Futures under interventions, or with ``start="1992-Q1"`` history and futures, of all readings; twins share luck.

    ``prior``: of the readings before the record. ``annual`` keeps fourth quarters only (and codes as of then).
    """
    key = (common.futures, common.seed, tuple(interventions), prior, until, start, annual, rules)
    if key in _RUNS:
        _RUNS.move_to_end(key)
        return _RUNS[key]
    for tell in _BEFORE:
        tell()
    from amur.futures.plan import plan
    from amur.futures.simulate import pieces_of

    many = common.mixture.members
    asked = plan(
        members=many,
        until=until,
        seed=common.seed,
        interventions=interventions,
        keep="all",
        start=start,
        annual=annual,
        parameters=before(common) if prior else posterior(common),
        rules=rules,
    )
    made = Run(asked.labels, list(pieces_of(asked)), many)
    _RUNS[key] = made
    while len(_RUNS) > 1 and sum(each.nbytes for each in _RUNS.values()) > ROOM:
        _RUNS.popitem(last=False)
    return made


def made(common: Common) -> Made:
    """What an answer from these ensembles was made of."""
    from amur.conditioning.shipped import shipped

    return Made(
        __version__, shipped().stamp, common.seed, common.mixture.members,
        {name: round(share, 4) for name, share in common.mixture.share.items()}, common.weights,
    )  # fmt: skip


def rests(quantities: Sequence[str], steps: int = 1, claims: Sequence[str] = ()) -> Rests:
    """What quantities rest on, up to so many links away, with the claims that the question itself takes up."""
    told = kept.plain("rests", [sorted(quantities), steps], lambda: _rests(quantities, steps))
    found = {name: tuple(each) for name, each in told.items()}
    return Rests(**found | {"claims": tuple(dict.fromkeys((*claims, *found["claims"])))})


def _rests(quantities: Sequence[str], steps: int) -> dict[str, Any]:
    from amur.record import load
    from amur.system.why import why

    found, record = why(list(quantities), steps=steps), load(overlay=False)
    cited = dict.fromkeys(each.citation() for name in found.series for each in record.timeseries(name).cited())
    return {
        "mechanisms": list(found.mechanisms), "forcings": list(found.forcings), "series": list(found.series),
        "claims": list(found.claims), "sources": list(cited),
    }  # fmt: skip
