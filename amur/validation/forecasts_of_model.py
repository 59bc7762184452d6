"""What the model forecasts from the end of a year: one run through all quarters, history to there and free after it.

Three settings differ in what is known after the origin:

- ``given``: forcings, given states (battlefield, aid, rivalries) and the decisions of others and of the war are as they
  happened; what is between the two is drawn (support, leverage, Moscow's answer, treaties, the lines).
- ``given-lines``: the same with the lines as they were built.
- ``nothing``: nothing is known. The world follows :mod:`amur.validation.world`, everything else the model.

Every setting has the same shapes, so that one compiled run serves all origins, readings and ablations. Parameters are
those of a posterior at the origin, whatever reading they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.futures import shocks
from amur.futures.discrepancies import discrepancy, scattered
from amur.futures.shocks import BLOCK
from amur.system import measurement
from amur.system.declare import known
from amur.system.history import history, present
from amur.system.model import DECISIONS, Model
from amur.system.observables import KEEP
from amur.system.observe import CATEGORIES, Observed, linked, observed, predict, unlinked
from amur.system.parameters import NAMES, Parameters
from amur.system.run import Path, Setting, run
from amur.system.start import initial
from amur.system.step import Luck, Quarter
from amur.validation.scales import learnt
from amur.validation.targets import TARGETS, Target
from amur.validation.world import World, forcings, past_of, world_at

if TYPE_CHECKING:
    from amur.record.record import Record

type Numbers = NDArray[Any]
type Draws = Mapping[str, Any]

HORIZON = 5
"""Years ahead."""
ORIGINS = tuple(str(year) for year in range(2005, 2025))
"""The years at whose end a hindcast is made."""
SETTINGS = ("given", "given-lines", "nothing")
FREE = ("support", "leverage", "answer", "treaty")
"""The decisions between the two; they are free after the origin even where all others are given."""


class Situation(NamedTuple):
    """What is known at an origin: quarters of the whole record (fixed to the origin), values seen to it, the world ahead.

    ``world`` is None where forcings are given. ``ahead`` is the number of the first quarter after the origin.
    """

    setting: str
    origin: str
    quarters: Quarter
    shown: dict[str, Numbers]
    world: World | None
    labels: tuple[str, ...]

    @property
    def ahead(self) -> int:
        """The number of the first quarter after the origin."""
        return self.labels.index(f"{self.origin}-Q4") + 1

    @property
    def years(self) -> int:
        """Years ahead that the record can judge."""
        return min(HORIZON, (len(self.labels) - self.ahead) // 4)

    @property
    def stop(self) -> int:
        """The number of the quarter after the last one forecast."""
        return self.ahead + 4 * self.years


class Forecast(NamedTuple):
    """Samples of every target: (targets, years ahead, members), in its unit, in the order of TARGETS.

    NaN past the end of the record. ``chances`` has the probability of each option of each coded decision in each
    quarter ahead, (quarters, options), the mean over members of what each would do; ``chosen`` the options drawn,
    (quarters, members). A decision that is given has what happened drawn, and chances all the same.
    """

    setting: str
    origin: str
    samples: NDArray[np.float32]
    chances: dict[str, NDArray[np.float32]]
    chosen: dict[str, NDArray[np.int8]]


def situation(
    setting: str, origin: str, record: Record | None = None, seen: Observed | None = None
) -> Situation:
    """What is known at the end of a year in a setting. AmurError for a setting or year that there is none of.

    ``seen`` saves reading the record's values again. They are of today's vintage in every setting.
    """
    known(setting, dict.fromkeys(SETTINGS), "setting")
    record = record or present()
    whole = history(record)
    if f"{origin}-Q4" not in whole.labels[:-4]:
        raise AmurError(
            f"no hindcast starts at the end of '{origin}'",
            field="origin",
            mend=f"Choose a year from {ORIGINS[0]} to {ORIGINS[-1]}.",
        )
    seen = seen or observed(record)
    ahead = whole.labels.index(f"{origin}-Q4") + 1
    quarters: Quarter = jax.tree.map(np.array, whole.quarters)
    world = None
    if setting == "nothing":
        past = past_of(record, int(origin))
        world = world_at(past)
        quarters = _from(quarters, past.quarters, ahead)
    fixed, given, stages = np.array(quarters.fixed), np.array(quarters.given), np.array(quarters.stages)
    free = DECISIONS if setting == "nothing" else FREE
    fixed[ahead:, [DECISIONS.index(name) for name in free]] = -1
    if setting == "nothing":
        given[ahead:] = np.nan
    if setting != "given-lines":
        stages[ahead:] = np.nan
    shown = {
        name: seen.values[name][: ahead // 4 if target.observable.frequency == "A" else ahead]
        for name, target in TARGETS.items()
    }
    return Situation(
        setting,
        origin,
        quarters._replace(fixed=fixed, given=given, stages=stages),  # type: ignore[arg-type]
        shown,
        world,
        whole.labels,
    )


def _from(whole: Quarter, past: Quarter, ahead: int) -> Quarter:
    """Quarters whose history is that of ``past`` and whose forcings after it hold its last, to be overwritten."""
    outside = np.array(whole.outside)
    outside[:ahead], outside[ahead:] = past.outside, np.asarray(past.outside)[-1]
    made = {"outside": outside}
    for name in ("fixed", "given", "stages"):
        part = np.array(getattr(whole, name))
        part[:ahead] = getattr(past, name)
        made[name] = part
    return whole._replace(**made)  # type: ignore[arg-type]


def forecast(
    at: Situation, sets: Any, seed: int = 1, without: tuple[str, ...] = (), model: Model | None = None
) -> Forecast:
    """Samples of every target from parameter sets (a posterior at the origin), one sample a set.

    The same seed gives the same luck to every set in its place, so that readings and ablations differ by what they
    say. ``without`` names mechanism groups that are switched off, in history too.
    """
    p = parameters(sets)
    members = len(p.trust_gain)
    lucky = int(np.random.SeedSequence([seed, int(at.origin)]).generate_state(1)[0])
    path = through(at, p, lucky, without, model)
    predicted = _predicted(path.kept, p, at.labels)
    samples = np.full((len(TARGETS), HORIZON, members), np.nan, np.float32)
    for place, target in enumerate(TARGETS.values()):
        ahead = _ahead(target, at, np.asarray(predicted[target.name], np.float64), p, lucky)
        samples[place, : at.years] = ahead
    slots = slice(at.ahead, at.stop)
    chances = {name: np.exp(path.odds[name][slots]).mean(axis=-1).astype(np.float32) for name in CATEGORIES}
    chosen = {name: np.asarray(path.chosen[name][slots], np.int8) for name in CATEGORIES}
    return Forecast(at.setting, at.origin, samples, chances, chosen)


def parameters(sets: Any) -> Parameters:
    """Parameter sets as the model takes them."""
    values: Draws = sets._asdict() if hasattr(sets, "_asdict") else sets
    return Parameters(**{name: jnp.asarray(values[name], jnp.float32) for name in NAMES})


def through(
    at: Situation, p: Parameters, seed: int, without: tuple[str, ...] = (), model: Model | None = None
) -> Path:
    """The run itself: history to the origin and on, with the luck and the world of the seed after it."""
    members = len(p.trust_gain)
    changed = {"outside": _outside(at, seed, members), "strength": _strength(at, without)}
    quarters: Quarter = jax.tree.map(jnp.asarray, at.quarters._replace(**changed))  # type: ignore[arg-type]
    setting = Setting(model or Model(), KEEP, motives=True, odds=True)
    path: Path = run(setting, _start(p), p, quarters, luck_after(at, seed, members))
    return path


_start = jax.jit(initial)
_predicted = jax.jit(predict, static_argnums=2)


def _outside(at: Situation, seed: int, members: int) -> Numbers:
    """Forcings (quarters, forcings, members): the same for all members to the origin, and after it where they are given."""
    outside = np.repeat(np.asarray(at.quarters.outside)[..., None], members, axis=-1)
    if at.world is not None:
        drawn = [forcings(at.world, seed, block, 4 * HORIZON) for block in _blocks(members)]
        outside[at.ahead : at.stop] = np.concatenate(drawn, axis=-1)[: at.stop - at.ahead, :, :members]
    return outside


def _strength(at: Situation, without: tuple[str, ...]) -> Numbers:
    from amur.system.declare import MECHANISMS

    groups = {made.group: None for made in MECHANISMS.values()}
    gone = {known(name, groups, "mechanism group") for name in without}
    strength = np.array(at.quarters.strength)
    strength[:, [made.group in gone for made in MECHANISMS.values()]] = 0
    return strength


def luck_after(at: Situation, seed: int, members: int) -> Luck:
    """Chances after the origin; none before it, where options and stages are fixed and nothing is left unexplained."""
    drawn = [shocks.shocks(seed, block, 4 * HORIZON) for block in _blocks(members)]
    made = []
    for each in zip(*drawn, strict=True):
        ahead = np.concatenate(each, axis=-1)[: at.stop - at.ahead, :, :members]
        whole = np.zeros((len(at.labels), *ahead.shape[1:]), np.float32)
        whole[at.ahead : at.stop] = ahead
        made.append(jnp.asarray(whole))
    return Luck(*made)


def _blocks(members: int) -> tuple[int, ...]:
    return tuple(range(-(-members // BLOCK)))


def _ahead(target: Target, at: Situation, predicted: Numbers, p: Parameters, seed: int) -> Numbers:
    """What would be seen of a target: prediction and its discrepancy, which goes on from the last known; by year."""
    made, shown, blocks = target.observable, at.shown[target.name], _blocks(predicted.shape[1])
    first = len(shown)
    until = first + at.years * (1 if made.frequency == "A" else 4)
    value = predicted[first:until]
    if made.model != "student":
        now = measurement.factor_after(made, shown, predicted, p) if made.model == "count" else None
        return target.by_year(scattered(made, value, p, seed, blocks, now))
    if not made.fitted:
        p = learnt(made, shown, predicted, p, seed)
    off = discrepancy(made, shown, predicted, p, seed, blocks, until)
    return target.by_year(unlinked(made, np.asarray(linked(made, value), np.float64) + off))


__all__ = ["HORIZON", "ORIGINS", "SETTINGS", "Forecast", "Situation", "forecast", "parameters", "situation", "through"]  # fmt: skip
