"""What an actor would choose at the present, if something in it were otherwise: exact chances, without drawing luck.

The state at the end of the record is that of each parameter set; some of its quantities or decisions are set to other
values, and the choice is made once from there (quantal response), everything else as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.futures.shocks import BLOCK
from amur.futures.simulate import CHUNK
from amur.questions import ensembles
from amur.questions.arguments.lab import Both, Lab
from amur.questions.ensembles import Common
from amur.system.declare import MECHANISMS
from amur.system.forcings import Forcings
from amur.system.history import history
from amur.system.model import Model
from amur.system.parameters import NAMES, Parameters
from amur.system.run import Setting, keep_compiled, run
from amur.system.start import initial
from amur.system.state import State
from amur.system.step import contributions, log_odds, odds

type Numbers = NDArray[Any]
type Otherwise = Mapping[str, float | Callable[[State], Any]]


def chances(
    common: Common, decision: str, otherwise: Otherwise, decided: Mapping[str, int] | None = None
) -> Both:
    """The chance in one quarter of each option of a decision, (options, members of one luck), after and before the record.

    ``otherwise`` sets quantities of the present state, to a value or to a function of it; ``decided`` what is in force.
    """
    return Both(*(_chances(common.sets, seen, decision, otherwise, decided or {}) for seen in (True, False)))


def yearly(
    lab: Lab, decision: str, least: int, otherwise: Otherwise, decided: Mapping[str, int] | None = None
) -> Both:
    """The chance in a year of an option from ``least`` on, over the members of a lab: no luck of theirs plays a part."""
    found = chances(lab.common, decision, otherwise, decided)
    return found.of(lambda each: np.tile(a_year(each[least:].sum(axis=0)), lab.of.rounds))


def a_year(quarter: Numbers) -> Numbers:
    """The chance in a year of what has a chance in each quarter, the quarters taken alike."""
    return np.asarray(1 - (1 - quarter) ** 4)


def _chances(sets: int, seen: bool, decision: str, otherwise: Otherwise, decided: Mapping[str, int]) -> Numbers:
    now, p, outside = _present(sets, seen)
    told = {
        name: value(now) if callable(value) else jnp.full_like(now.trust_rus, value)
        for name, value in otherwise.items()
    }
    was = now.was._replace(
        **{name: jnp.full_like(getattr(now.was, name), code) for name, code in decided.items()}
    )
    found = _motives(now._replace(was=was, **told), outside, p)
    return np.exp(np.asarray(found[decision], np.float64))


@cache
def _present(sets: int, seen: bool) -> tuple[State, Any, Any]:
    """The state of each parameter set at the end of the record, the parameters, and the forcings of the last quarter."""
    many = sets * len(ensembles.able())
    drawn = ensembles.parameters_of(sets, seen)
    # In as many members at once as futures are run in, so that what was compiled for them serves here too.
    size = BLOCK if many <= BLOCK else CHUNK * BLOCK
    past = history().quarters
    quarters = jax.tree.map(jnp.asarray, past)
    keep_compiled()
    parts = []
    for first in range(0, many, size):
        at = np.arange(first, first + size) % many
        p = Parameters(**{name: jnp.asarray(drawn[name][at], jnp.float32) for name in NAMES})
        parts.append((run(Setting(motives=False), initial(p), p, quarters, held={}).last, p))
    now, p = jax.tree.map(lambda *each: jnp.concatenate(each, axis=-1)[..., :many], *parts)
    return now, p, jnp.asarray(np.asarray(past.outside)[-1])


@jax.jit
def _motives(now: State, outside: Any, p: Any) -> dict[str, Any]:
    utilities, _ = contributions(
        Model(), "motive", (now, Forcings(*outside), p), jnp.ones(len(MECHANISMS)), {}, jnp.int32(0)
    )
    return odds(log_odds(now.was, utilities, p))


__all__ = ["Otherwise", "a_year", "chances", "yearly"]
