"""The luck of the futures, drawn beforehand on the host and shared between questions.

Members come in blocks of fixed size, and every chance has a stream of its own in each block, keyed by seed, block and
name. So the same seed gives the same luck whatever the number of members, the horizon or the size of the chunks they
are run in, and two runs with one seed are twins: they differ only by what was done to them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.system.decisions import TERMS
from amur.system.lines import lines
from amur.system.model import NOISY
from amur.system.step import Luck

BLOCK = 256
"""Members in a block. Part of what a seed means: changing it changes every future."""

KEPT = 768 * 2**20
"""Bytes of luck kept in memory for further questions."""

type Numbers = NDArray[np.float32]
type Draw = Callable[[np.random.Generator, tuple[int, int]], Numbers]


class Shocks(NamedTuple):
    """The chances of one block of members: each (quarters, names, members), float32."""

    options: Numbers
    noise: Numbers
    lines: Numbers

    def luck(self) -> Luck:
        """The same as the step takes it."""
        return Luck(self.options, self.noise, self.lines)  # type: ignore[arg-type]


def stream(seed: int, block: int, name: str) -> np.random.Generator:
    """The stream of random numbers of one chance in one block."""
    return np.random.default_rng([seed, block, *name.encode()])


def normals(generator: np.random.Generator, shape: tuple[int, int]) -> Numbers:
    """Standard normal numbers."""
    return generator.standard_normal(shape, np.float32)


def gumbels(generator: np.random.Generator, shape: tuple[int, int]) -> Numbers:
    """Standard Gumbel numbers: adding one to each logit and taking the largest draws from their softmax."""
    waiting = generator.standard_exponential(shape, np.float32)
    return -np.log(np.maximum(waiting, np.float32(1e-30)))


def uniforms(generator: np.random.Generator, shape: tuple[int, int]) -> Numbers:
    """Numbers between 0 and 1."""
    return generator.random(shape, np.float32)


def drawn(kind: str, names: Iterable[str], draw: Draw, seed: int, block: int, quarters: int) -> Numbers:
    """Chances by name, (quarters, names, members of the block)."""
    names = tuple(names)
    out = np.empty((quarters, len(names), BLOCK), np.float32)
    for place, name in enumerate(names):
        out[:, place] = draw(stream(seed, block, f"{kind}:{name}"), (quarters, BLOCK))
    return out


def shocks(seed: int, block: int, quarters: int) -> Shocks:
    """The luck of one block of members; kept in memory for further questions with the same seed."""
    return CACHE.get(("luck", seed, block, quarters), lambda: _shocks(seed, block, quarters))


def _shocks(seed: int, block: int, quarters: int) -> Shocks:
    return Shocks(
        drawn("option", TERMS, gumbels, seed, block, quarters),
        drawn("noise", NOISY, normals, seed, block, quarters),
        drawn("line", lines().names, uniforms, seed, block, quarters),
    )


class Cache:
    """The most recently used results, as many as fit in a number of bytes; safe to share between threads."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._kept: OrderedDict[object, tuple[object, int]] = OrderedDict()
        self._lock = Lock()

    def get[T](self, key: object, make: Callable[[], T]) -> T:
        """What was made for the key, or made now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]  # type: ignore[return-value]
        made = make()
        size = _bytes(made)
        with self._lock:
            if size <= self.most and key not in self._kept:
                self._kept[key] = (made, size)
                self.size += size
                while self.size > self.most:
                    _, (_, gone) = self._kept.popitem(last=False)
                    self.size -= gone
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.size = 0


def _bytes(made: object) -> int:
    if isinstance(made, dict):
        return sum(map(_bytes, made.values()))
    if isinstance(made, tuple | list):
        return sum(map(_bytes, made))
    return int(getattr(made, "nbytes", 0))


CACHE = Cache(KEPT)
