"""Running the model through many quarters: one scan, the same for history and futures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from amur.system.declare import Array, Parameters
from amur.system.model import Model
from amur.system.schedule import Schedule, over
from amur.system.state import State
from amur.system.step import Held, Luck, Quarter, home, step

YEAR = 4
"""Quarters. To pass over a year at once is cheaper than to pass over each of its quarters."""
THREADS = 2
"""Chunks of members that run at once; compiled code does not hold Python's lock."""


class Setting(NamedTuple):
    """What is fixed when the run is compiled: the model, what to keep, whether decisions are open, their odds wanted.

    ``every`` is the number of quarters from one kept value to the next; the last quarter of each is kept.
    ``slopes`` makes it fit to be differentiated: of each quarter only the state is remembered on the way forward, and
    the rest is worked out again on the way back (a third of the memory and a tenth of the time).
    """

    model: Model = Model()
    keep: tuple[str, ...] = ()
    motives: bool = True
    odds: bool = False
    every: int = 1
    slopes: bool = False


class Path(NamedTuple):
    """What a run leaves: kept quantities (quarters, members), decisions, log odds, the last state, what is held."""

    kept: dict[str, Array]
    chosen: dict[str, Array]
    odds: dict[str, Array]
    last: State
    held: Held


type Carry = tuple[State, Held]
type Each = tuple[Quarter, Luck | None, Schedule | None]
type Saved = tuple[dict[str, Array], dict[str, Array], dict[str, Array]]


@partial(jax.jit, static_argnums=0)
def run(
    setting: Setting,
    start: State,
    p: Parameters,
    quarters: Quarter,
    luck: Luck | None = None,
    held: Held | None = None,
    laid: Schedule | None = None,
    upto: Array | None = None,
) -> Path:
    """The path from a start through the quarters given (each field of ``quarters`` has time first).

    ``laid`` are the interventions of the same quarters; ``held`` the mechanisms held at a past quarter. With ``upto``, the
    number of a quarter, there must be whole years, every quarter is kept, and years that begin after it are passed over:
    nothing happens in them and what they would keep is zero.
    """

    def one(carry: Carry, each: Each, p: Parameters) -> tuple[Carry, Saved]:
        now, kept = carry
        quarter = each[0] if each[2] is None else over(each[0], each[2])
        after, log_odds, kept = step(setting.model, now, p, quarter, each[1], kept, setting.motives)
        saved = {name: getattr(after, name) for name in setting.keep}
        chosen = after.was._asdict() if setting.motives else {}
        return (after, kept), (saved, chosen, log_odds if setting.odds else {})

    quarter_on = jax.checkpoint(one) if setting.slopes else one

    def forward(carry: Carry, each: Each) -> tuple[Carry, Saved]:
        return quarter_on(carry, each, p)

    def last_of(carry: Carry, each: Each) -> tuple[Carry, Saved]:
        carry, saved = jax.lax.scan(forward, carry, each)
        return carry, jax.tree.map(lambda every: every[-1], saved)

    def year(carry: Carry, each: Each) -> tuple[Carry, Saved]:
        assert upto is not None
        shapes = jax.eval_shape(partial(jax.lax.scan, forward), carry, each)[1]
        nothing = jax.tree.map(lambda like: jnp.zeros(like.shape, like.dtype), shapes)
        went_on: tuple[Carry, Saved] = jax.lax.cond(
            each[0].at[0] <= upto, lambda: jax.lax.scan(forward, carry, each), lambda: (carry, nothing)
        )
        return went_on

    through: Each = (quarters, luck, laid)
    begin = (start, held or {})
    if upto is not None:
        (last, kept), in_years = jax.lax.scan(year, begin, _grouped(through, YEAR))
        saved, chosen, log_odds = jax.tree.map(lambda leaf: leaf.reshape(-1, *leaf.shape[2:]), in_years)
    elif setting.every > 1:
        (last, kept), (saved, chosen, log_odds) = jax.lax.scan(last_of, begin, _grouped(through, setting.every))
    else:
        (last, kept), (saved, chosen, log_odds) = jax.lax.scan(forward, begin, through)
    return Path(saved, chosen, log_odds, last, kept)


def _grouped(through: Each, many: int) -> Each:
    grouped: Each = jax.tree.map(lambda leaf: leaf.reshape(-1, many, *leaf.shape[1:]), through)
    return grouped


def holding(model: Model, when: dict[str, int], start: State) -> Held:
    """What a run must carry to hold mechanisms at the quarters given: for each its quarter and an empty contribution."""
    chosen = {home(made): made for stage in ("motive", "change", "settle") for made in model.mechanisms(stage)}
    return {
        chosen[name].name: (
            jnp.asarray(at, jnp.int32),
            {written: _like(written, start) for written in chosen[name].signs},
        )
        for name, at in when.items()
    }


def _like(written: str, start: State) -> Array:
    lines = written in ("pull_lines", "line_stage", "line_progress", "line_ramp")
    return jnp.zeros_like(start.line_stage if lines else start.trust_rus)


def in_chunks[T, R](
    work: Callable[[T], R],
    chunks: Sequence[T],
    done: Callable[[int], None] | None = None,
    *,
    alone: bool = False,
) -> Iterator[R]:
    """The results in order, a few chunks at once and never more than a few waiting; Ctrl-C ends it at once.

    ``done`` is told the number of chunks finished so far. ``alone`` runs the first by itself, so that two threads do not
    compile the same code.
    """
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    waiting: deque[Future[R]] = deque()
    left = iter(chunks)
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="amur")
    try:
        finished = 0
        for chunk in left:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > THREADS or alone:
                alone = False
                result = waiting.popleft().result()
                finished += 1
                if done:
                    done(finished)
                yield result
        while waiting:
            result = waiting.popleft().result()
            finished += 1
            if done:
                done(finished)
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def keep_compiled() -> FilePath | None:
    """Keep compiled code for other processes in the user's cache folder, if that can be written; the folder.

    A folder set by ``JAX_COMPILATION_CACHE_DIR`` is left as it is.
    """
    set_already = jax.config.jax_compilation_cache_dir
    if set_already:
        return FilePath(set_already)
    import platformdirs

    folder = FilePath(platformdirs.user_cache_dir("amur", appauthor=False)) / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return None
    setting: Any = jax.config.update  # it has no types
    setting("jax_compilation_cache_dir", os.fspath(folder))
    setting("jax_persistent_cache_min_compile_time_secs", 0.5)
    setting("jax_persistent_cache_min_entry_size_bytes", 0)
    return folder
