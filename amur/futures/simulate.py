"""Simulations: many futures of the relationship, or its history, as one xarray Dataset with units and citations.

Members are run in chunks of a few blocks, two chunks at once. What depends on the seed alone (luck, the world ahead,
the parameters and where history leaves each member) is kept in memory, so that a second question costs the run only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.futures import describe, processes, shocks
from amur.futures.plan import Plan, plan
from amur.futures.shocks import BLOCK, CACHE
from amur.system import endstates
from amur.system.decisions import OPTIONS
from amur.system.declare import Parameters as Declared
from amur.system.forcings import Forcings
from amur.system.observables import KEEP
from amur.system.parameters import NAMES, Parameters, draw
from amur.system.run import Path, Setting, holding, in_chunks, keep_compiled, run
from amur.system.schedule import HIGH, LOW, Schedule, freezes, schedule
from amur.system.start import initial
from amur.system.state import State
from amur.system.step import Held, Luck, Quarter

if TYPE_CHECKING:
    import xarray as xr

CHUNK = 4
"""Blocks to a chunk; a question of one block is run by itself."""
CACHED = 24
"""Chunks: of longer simulations nothing is kept in memory."""
ROOM = 8 * 2**30
"""Bytes that a simulation may take in memory; more goes to a file."""

_COMPILED: set[object] = set()

type Numbers = NDArray[Any]
type Progress = Callable[[int, int], None]
type Piece = dict[str, Numbers]


class Chunk(NamedTuple):
    """Some of the members: the number of the chunk, its blocks and how many of its members are asked for."""

    number: int
    blocks: tuple[int, ...]
    members: int


class Begun(NamedTuple):
    """Where history leaves the members of a chunk, and what it kept on the way."""

    state: State
    held: Held
    kept: Piece


def simulate(
    *arguments: Any,
    save: str | None = None,
    resume: bool = False,
    force: bool = False,
    progress: Progress | None = None,
    **named: Any,
) -> xr.Dataset:
    """Futures of the relationship, or (``start="1992-Q1"``) its history and futures, as one Dataset.

    Arguments are those of :func:`amur.futures.plan.plan`: members, until, seed, interventions, scenario, model, keep,
    start, annual, precision, parameters, priors, rules, record, observables (True, or names of
    :data:`amur.system.observables.OBSERVABLES`: what would be seen, as ``seen_NAME``), seeds. ``save`` streams to a file (.nc, .zarr) in bounded
    memory and returns it opened lazily; ``resume`` goes on with an unfinished one. ``progress`` is told members done
    and all. The same seed gives the same luck: two calls that differ in their interventions give twins.

    >>> import amur
    >>> futures = amur.simulate(members=64, until="2026-Q4", seed=1)
    >>> dict(futures.sizes)
    {'member': 64, 'quarter': 4}
    """
    asked = plan(*arguments, **named)
    if save is not None:
        from amur.futures import store

        store.save(asked, save, resume=resume, force=force, progress=progress)
        return store.open_lazily(save)
    return simulate_plan(asked, progress)


def simulate_plan(asked: Plan, progress: Progress | None = None) -> xr.Dataset:
    """A plan carried out in memory."""
    _fits(asked)
    pieces = list(pieces_of(asked, progress=progress))
    whole = {name: np.concatenate([piece[name] for piece in pieces], axis=-1) for name in pieces[0]}
    return describe.dataset(asked, whole)


def chunks(asked: Plan) -> list[Chunk]:
    """The members of a plan in chunks of blocks."""
    size = 1 if asked.members <= BLOCK else CHUNK
    first = range(0, -(-asked.members // BLOCK), size)
    return [
        Chunk(number, tuple(range(block, block + size)), min(asked.members - block * BLOCK, size * BLOCK))
        for number, block in enumerate(first)
    ]


def pieces_of(
    asked: Plan, only: list[Chunk] | None = None, progress: Progress | None = None
) -> Iterator[Piece]:
    """The results chunk by chunk, in order: arrays by name, (quarters[, lines], members)."""
    keep_compiled()
    parts = chunks(asked) if only is None else only
    laid = schedule(asked.interventions, asked.until + 1, asked.ahead)
    before = asked.members - sum(part.members for part in parts)
    done = np.cumsum([part.members for part in parts])

    def tell(finished: int) -> None:
        if progress:
            progress(before + int(done[finished - 1]), asked.members)

    running = _running(asked)
    code: tuple[object, ...] = (
        asked.model,
        running.keep,
        running.every,
        asked.precision,
        running.first,
        asked.until,
        len(parts[0].blocks) if parts else 0,
    )
    code += (tuple(freezes(asked.interventions)), _lays(laid.between(0, asked.ahead)))
    new = code not in _COMPILED
    _COMPILED.add(code)
    yield from in_chunks(lambda part: run_chunk(asked, part, laid), parts, tell, alone=new)


def run_chunk(asked: Plan, part: Chunk, laid: Schedule) -> Piece:
    """One chunk: parameters, history, the world ahead, luck, run, and what would be seen."""
    running = _running(asked)
    many = len(chunks(asked)) if asked.members <= CACHED * CHUNK * BLOCK else CACHED + 1
    cached = CACHE.get if many <= CACHED else lambda _, make: make()
    key = (asked.seed, part.blocks, asked.precision)
    lucky = (asked.seed_of("options"), asked.seed_of("noise"))
    with _precision(asked.precision):
        real = jnp.float64 if asked.precision == 64 else jnp.float32
        which = (key, asked.parameters_hash, part.members if asked.parameters else 0)
        p = cached(("parameters", which), lambda: _parameters(asked, part, real))
        past = laid.between(0, asked.ahead)

        def begin(asked: Plan, past: Schedule) -> Begun:
            changed = b"".join(np.ascontiguousarray(each).tobytes() for each in past) if _lays(past) else b""
            story = (
                which,
                asked.record_hash,
                asked.model,
                changed,
                tuple(freezes(asked.interventions).items()),
            )
            kept = asked.states if asked.first < asked.ahead else ()
            return cached(("begun", story, kept, asked.every), lambda: _history(asked, p, past, kept, real))

        begun = begin(running, past)
        pieces = [begun.kept] if running.first < asked.ahead else []
        if asked.until >= asked.ahead:
            quarters = asked.until + 1 - asked.ahead
            luck = cached(
                ("luck", lucky, key[1:], quarters), lambda: _luck(*lucky, part.blocks, quarters, real)
            )
            world = cached(
                ("world", asked.seed_of("world"), key[1:], quarters, asked.record_hash),
                lambda: _world(asked, part.blocks, quarters, real),
            )
            pieces.append(_ahead(running, p, begun, luck, world, laid.between(asked.ahead, asked.until + 1)))
        whole = _joined(pieces)
        looked: Piece = {}
        if asked.observables:
            nothing = replace(running, interventions=())
            factual = begin(nothing, schedule((), asked.ahead, asked.ahead))
            looked = _looked(asked, whole, whole if factual is begun else factual.kept, p, part.blocks)
    if running is not asked:
        kept = {*asked.keep, *OPTIONS}
        whole = {name: values for name, values in whole.items() if name in kept}
    if asked.first < asked.ahead or running is not asked:
        first = asked.first - running.first
        thin = asked.every // running.every
        whole = {name: values[first // running.every :][thin - 1 :: thin] for name, values in whole.items()}
    whole = {name: values[..., : part.members] for name, values in (whole | looked).items()}
    return whole | {"endstate": endstates.classify(whole, asked.rules)}


def _running(asked: Plan) -> Plan:
    """What is run for a plan: all of history with what observables rest on, where they are asked for."""
    if not asked.observables:
        return replace(asked, first=0) if asked.first < asked.ahead else asked
    return replace(asked, first=0, every=1, keep=tuple(dict.fromkeys((*asked.keep, *KEEP))))


def _looked(asked: Plan, whole: Piece, factual: Piece, p: Declared, blocks: tuple[int, ...]) -> Piece:
    from amur.futures import discrepancies

    real = np.float64 if asked.precision == 64 else np.float32
    made = discrepancies.seen(asked, whole, factual, p, blocks)
    return {
        f"{discrepancies.SEEN}{name}": discrepancies.along(asked, name, values).astype(real)
        for name, values in made.items()
    }


def _joined(pieces: list[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}


def _precision(bits: int) -> AbstractContextManager[Any]:
    return jax.enable_x64(True) if bits == 64 else nullcontext()


def _real[T](tree: T, real: Any) -> T:
    """The same arrays on the device, floats in the precision asked for."""

    def on_device(leaf: Any) -> Any:
        kind = np.asarray(leaf).dtype
        return jnp.asarray(leaf, real if np.issubdtype(kind, np.floating) else kind)

    return jax.tree.map(on_device, tree)  # type: ignore[no-any-return]


def _lays(past: Schedule) -> bool:
    nothing = (1, 0, -1, None, None, 1, 1, 0, 1)
    return any(
        not (np.isnan(each).all() if usual is None else (np.asarray(each) == usual).all())
        for each, usual in zip(past, nothing, strict=True)
    )


def _parameters(asked: Plan, part: Chunk, real: Any) -> Declared:
    """Draws of each block, or the parameter sets given, member after member and over again."""
    if asked.parameters is not None:
        many = len(next(iter(asked.parameters.values())))
        at = (np.arange(len(part.blocks) * BLOCK) + part.blocks[0] * BLOCK) % many
        return Parameters(**{name: jnp.asarray(asked.parameters[name][at], real) for name in NAMES})
    drawn = [draw(BLOCK, _block_seed(asked.seed, block), dict(asked.priors), real) for block in part.blocks]
    return Parameters(*(jnp.concatenate(each) for each in zip(*drawn, strict=True)))


def _block_seed(seed: int, block: int) -> int:
    return int(np.random.SeedSequence([seed, block]).generate_state(1, np.uint64)[0])


def _history(asked: Plan, p: Declared, past: Schedule, kept: tuple[str, ...], real: Any) -> Begun:
    start = initial(p)
    held = holding(asked.model, freezes(asked.interventions), start)
    laid = Schedule(*_real(tuple(past), real)) if _lays(past) else None
    setting = Setting(asked.model, kept, motives=bool(held), every=asked.every if kept else 1)
    path = run(setting, start, p, _real(asked.past.quarters, real), None, held, laid)
    if not kept and asked.first >= asked.ahead:
        return Begun(path.last, path.held, {})
    fixed = np.asarray(asked.past.quarters.fixed)
    fixed = np.where(np.asarray(past.fixed) >= 0, past.fixed, fixed)
    outside = np.asarray(asked.past.quarters.outside) * np.asarray(past.scale) + np.asarray(past.shift)
    pieces = {name: np.asarray(values) for name, values in path.kept.items()}
    many = p.trust_gain.shape[0]
    for place, name in enumerate(OPTIONS):
        pieces[name] = _spread(fixed[:, place].astype(np.int8), many)[asked.every - 1 :: asked.every]
    for name in asked.outside:
        column = np.clip(outside, LOW, HIGH)[:, Forcings._fields.index(name)]
        pieces[name] = _spread(column.astype(np.float32), many)[asked.every - 1 :: asked.every]
    return Begun(path.last, path.held, pieces)


def _spread(column: Numbers, many: int) -> Numbers:
    return np.broadcast_to(column[:, None], (len(column), many))


def _luck(options: int, noise: int, blocks: tuple[int, ...], quarters: int, real: Any) -> Luck:
    """The chances of choices by one seed, those of noise and lines by another."""
    drawn = []
    for block in blocks:
        rest = shocks.shocks(noise, block, quarters)
        drawn.append(rest._replace(options=shocks.shocks(options, block, quarters).options))
    joined: list[Any] = [np.concatenate(each, axis=-1) for each in zip(*drawn, strict=True)]
    return Luck(*(_real(each, real) for each in joined))


def _world(asked: Plan, blocks: tuple[int, ...], quarters: int, real: Any) -> jax.Array:
    drawn = [processes.forcings(asked.begin, asked.seed_of("world"), block, quarters) for block in blocks]
    return jnp.asarray(np.concatenate(drawn, axis=-1), real)


def _ahead(asked: Plan, p: Declared, begun: Begun, luck: Luck, world: jax.Array, laid: Schedule) -> Piece:
    quarters = world.shape[0]
    free = _free(asked, quarters)._replace(outside=world)
    setting = Setting(asked.model, asked.states, every=asked.every)
    path: Path = run(
        setting, begun.state, p, free, luck, begun.held, Schedule(*_real(tuple(laid), world.dtype))
    )
    pieces = {name: np.asarray(values) for name, values in path.kept.items()}
    pieces |= {name: np.asarray(values).astype(np.int8) for name, values in path.chosen.items()}
    outside = np.asarray(world) * np.asarray(laid.scale)[..., None]
    outside += np.asarray(laid.shift)[..., None]
    np.clip(outside, LOW[:, None], HIGH[:, None], out=outside)
    for name in asked.outside:
        pieces[name] = outside[asked.every - 1 :: asked.every, Forcings._fields.index(name)]
    return pieces


def _free(asked: Plan, quarters: int) -> Quarter:
    """Quarters in which nothing is fixed."""
    like = asked.past.quarters

    def full(name: str, value: float) -> Any:
        past = getattr(like, name)
        return jnp.full((quarters, *past.shape[1:]), value, past.dtype)

    return Quarter(
        outside=like.outside,
        fixed=full("fixed", -1),
        given=full("given", np.nan),
        stages=full("stages", np.nan),
        strength=full("strength", 1),
        cut=full("cut", 1),
        add=full("add", 0),
        at=jnp.arange(asked.ahead, asked.ahead + quarters, dtype=like.at.dtype),
    )


def _fits(asked: Plan) -> None:
    names = len(asked.keep) * 4 + len(OPTIONS) + 1
    size = asked.members * len(asked.labels) * names
    if size > ROOM:
        raise AmurError(
            f"{asked.members:,} members would take about {size / 2**30:.0f} GiB of memory",
            field="members",
            mend="Save to a file, keep fewer quantities, or keep years only.",
        )


__all__ = ["Chunk", "chunks", "pieces_of", "simulate", "simulate_plan"]
