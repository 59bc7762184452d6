"""Prior predictive check: does the prior bracket the record before it has seen it, and does no draw go to nonsense?

History is run under draws of the prior, the scatter of the measurement models is added, and each observable of the
record is asked how often it lies in the middle half and the middle nine tenths of what was drawn. The same members then
run on into the future and are held against bounds that no sensible draw crosses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from amur.system.declare import MECHANISMS, PARAMETERS
from amur.system.observe import KEEP, OBSERVABLES, coverage, observed, predict, replicate
from amur.system.state import Flows

if TYPE_CHECKING:
    from amur.record import Record

NONSENSE: dict[str, tuple[float, float]] = {
    **{name: (0.0, 5000.0) for name in Flows._fields if not name.startswith("arms_")},
    **{name: (0.0, 20_000.0) for name in Flows._fields if name.startswith("arms_")},
    "output_rus": (0.3, 8.0),
    "dependence_rus": (0.0, 0.95),
    "crude_concession": (-15.0, 40.0),
}
"""Bounds that no draw may cross to 2046, in the unit of each quantity (trade in dollars of the day)."""
MOST_OF_WORLD_TRADE = 0.06
"""Russia's exports over the world's: they were 2.9% at their highest, in 2008; twice that is no Russia that we know."""
SPARE = 0.005
"""The share of members that may cross a bound before it counts as nonsense: tails of 500 priors meet now and then."""


@dataclass(frozen=True)
class Bracket:
    """One observable under the prior: how many values the record has and the shares inside 50% and 90% of the draws.

    ``middle90`` is the share inside the 90% range of the predictions alone, without measurement scatter; ``width90``
    the width of the 90% range over that of the record's own spread (1 would be as wide as the record itself).
    ``bands`` are the 5th, 25th, 50th, 75th and 95th percentiles at ``times`` (years), ``shown`` the record's values.
    """

    observable: str
    title: str
    unit: str
    values: int
    inside50: float
    inside90: float
    middle90: float
    width90: float
    fitted: bool
    times: tuple[float, ...] = ()
    bands: tuple[tuple[float, ...], ...] = ()
    shown: tuple[float, ...] = ()


@dataclass(frozen=True)
class PriorCheck:
    """The whole check; ``nonsense`` lists for each quantity the share of members outside its bounds, where any is."""

    brackets: tuple[Bracket, ...]
    nonsense: dict[str, float]
    members: int
    seed: int
    stamp: str

    @property
    def inside90(self) -> float:
        """The share of all values of fitted observables inside the 90% range of their draws."""
        counted = [each for each in self.brackets if each.fitted]
        return sum(each.inside90 * each.values for each in counted) / sum(each.values for each in counted)

    def as_json(self) -> dict[str, Any]:
        """Plain values for ``--json`` and the published file."""
        return {**asdict(self), "inside90": self.inside90}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> PriorCheck:
        """The check from its plain values."""
        brackets = []
        for each in told["brackets"]:
            known: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in each.items()
            }
            known["bands"] = tuple(map(tuple, each["bands"]))
            known["shown"] = tuple(float("nan") if value is None else value for value in each["shown"])
            known = {name: float("nan") if value is None else value for name, value in known.items()}
            brackets.append(Bracket(**known))
        return cls(tuple(brackets), told["nonsense"], told["members"], told["seed"], told["stamp"])


def prior_check(
    record: Record | None = None,
    members: int = 1000,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> PriorCheck:
    """Run the check on a record (default: the one shipped). About a minute for 1,000 members on two cores."""
    from amur.futures.plan import plan
    from amur.futures.simulate import pieces_of

    keep = tuple(dict.fromkeys((*KEEP, *NONSENSE, "world_trade")))
    asked = plan(members=members, seed=seed, start="1992-Q1", keep=keep, record=record)
    past = len(asked.past.labels)
    pieces = list(pieces_of(asked, progress=progress))
    whole = {name: np.concatenate([piece[name] for piece in pieces], axis=-1) for name in keep}
    history = {name: values[:past] for name, values in whole.items()}
    p = _same_draws(asked, members)
    predicted = {name: np.asarray(value) for name, value in predict(history, p, asked.past.labels).items()}
    drawn = replicate(predicted, p, seed)
    shown = observed(record)
    brackets = [_bracket(name, shown.values[name], drawn[name], predicted[name]) for name in OBSERVABLES]
    nonsense = {}
    for name, (low, high) in NONSENSE.items():
        values = whole[name]
        outside = ~(np.isfinite(values) & (values >= low - 1e-3) & (values <= high + 1e-3))
        share = float(outside.any(axis=0).mean())
        if share > 0:
            nonsense[name] = share
    share = float((whole["exports_rus"] > MOST_OF_WORLD_TRADE * whole["world_trade"]).any(axis=0).mean())
    if share > 0:
        nonsense["exports_rus over world_trade"] = share
    return PriorCheck(tuple(brackets), nonsense, members, seed, stamp(record))


def _same_draws(asked: Any, members: int) -> Any:
    """The parameters that the simulation drew, block by block."""
    import jax

    from amur.futures.simulate import _parameters, chunks
    from amur.system.parameters import Parameters

    drawn = [_parameters(asked, part, np.float32) for part in chunks(asked)]
    joined = Parameters(*(np.concatenate(each) for each in zip(*drawn, strict=True)))
    return jax.tree.map(lambda values: values[:members], joined)


def _bracket(name: str, shown: Any, drawn: Any, predicted: Any) -> Bracket:
    made = OBSERVABLES[name]
    inside50, values = coverage(shown, drawn, 0.5, name=name)
    inside90, _ = coverage(shown, drawn, 0.9, name=name)
    middle90, _ = coverage(shown, predicted, 0.9, name=name) if made.model == "student" else (float("nan"), 0)
    bands = np.quantile(np.asarray(drawn, float), [0.05, 0.25, 0.5, 0.75, 0.95], axis=-1)
    low, high = bands[0], bands[-1]
    there = np.isfinite(shown)
    spread = float(np.ptp(np.asarray(shown)[there])) if there.sum() > 1 else float("nan")
    width = float(np.mean((high - low)[there]) / spread) if spread and there.any() else float("nan")
    step = 1.0 if made.frequency == "A" else 0.25
    times = tuple(1992 + step * (place + 0.5) for place in range(len(shown)))
    return Bracket(
        name, made.title, made.unit, values, inside50, inside90, middle90, width, made.fitted,
        times, tuple(map(_short, bands)), _short(shown),
    )  # fmt: skip


def _short(values: Any) -> tuple[float, ...]:
    """Four figures are enough for a picture."""
    return tuple(float(f"{value:.4g}") for value in np.asarray(values, float))


def stamp(record: Record | None = None) -> str:
    """A fingerprint of what the check rests on: priors, equations, observables and what the record tells the model."""
    from amur.futures.plan import plan

    told = hashlib.sha256()
    for name, parameter in sorted(PARAMETERS.items()):
        told.update(f"{name} {parameter.prior.words}\n".encode())
    for name, mechanism in sorted(MECHANISMS.items()):
        told.update(f"{name} {mechanism.equation}\n".encode())
    shown = observed(record)
    for name, made in OBSERVABLES.items():
        told.update(
            f"{name} {made.link} {made.model} {made.scales} {made.regular}\n".encode()
            + np.nan_to_num(shown.values[name], nan=-9e9).tobytes()
        )
    told.update(plan(members=1, record=record).record_hash.encode())
    return told.hexdigest()[:16]
