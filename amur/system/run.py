"""Running the model through many quarters: one scan, the same for history and futures."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import jax

from amur.system.declare import Array, Parameters
from amur.system.model import Model
from amur.system.state import State
from amur.system.step import Held, Luck, Quarter, step


class Setting(NamedTuple):
    """What is fixed when the run is compiled: the model, what to keep, whether decisions are open, their odds wanted."""

    model: Model = Model()
    keep: tuple[str, ...] = ()
    motives: bool = True
    odds: bool = False


class Path(NamedTuple):
    """What a run leaves: kept quantities (quarters, members), decisions, log odds, and the last state."""

    kept: dict[str, Array]
    chosen: dict[str, Array]
    odds: dict[str, Array]
    last: State


@partial(jax.jit, static_argnums=0)
def run(setting: Setting, start: State, p: Parameters, quarters: Quarter, luck: Luck | None = None, held: Held | None = None) -> Path:
    """The path from a start through the quarters given (each field of ``quarters`` has time first)."""

    def forward(carry: tuple[State, Held], each: tuple[Quarter, Luck | None]) -> tuple[tuple[State, Held], tuple[dict[str, Array], dict[str, Array], dict[str, Array]]]:
        now, kept = carry
        after, log_odds, kept = step(setting.model, now, p, each[0], each[1], kept, setting.motives)
        saved = {name: getattr(after, name) for name in setting.keep}
        chosen = after.was._asdict() if setting.motives else {}
        return (after, kept), (saved, chosen, log_odds if setting.odds else {})

    (last, _), (saved, chosen, log_odds) = jax.lax.scan(forward, (start, held or {}), (quarters, luck))
    return Path(saved, chosen, log_odds, last)
