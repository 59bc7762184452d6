"""How fast histories and futures run, beside the same model as others would write it.

    .venv/bin/python -m benchmarks.speed [--members 4096] [--runs 5] [--json]

Ours and the peers of :mod:`benchmarks.peers` take the same parameters, the same history and one machine, in one run;
each keeps the same quantities of each fourth quarter, and all must give the same numbers (else exit status 1). Times
are the shortest of several runs, without compiling. Targets on two quiet cores: 40,000 histories of 136 quarters a
second, 2,000 futures of 80 quarters under 0.15 s, compiling under 8 s; 1,000 times plain Python, 5 times NumPy, 2 times
Numba.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

CHUNK = 512
"""Members that ours runs at once on each thread; the rest of a core's cache is for the state."""
FEW = 6
"""Members for the peers that take one at a time in plain Python."""
FUTURES = 2000


def shortest(work: Callable[[], Any], runs: int) -> float:
    """Seconds of the quickest of several runs."""
    best = float("inf")
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def chunks_of(p: Any) -> list[tuple[Any, Any]]:
    """Parameters and starts as ours takes them."""
    import jax

    from amur.system.start import initial

    parts = [jax.tree.map(lambda each, at=at: each[at : at + CHUNK], p) for at in range(0, len(p[0]), CHUNK)]
    return [(part, initial(part)) for part in parts]


def ours(chunks: list[tuple[Any, Any]], quarters: Any) -> np.ndarray[Any, Any]:
    """Histories as :func:`benchmarks.peers.run_numpy` gives them: (members, years, kept)."""
    import jax

    from amur.system.run import Setting, in_chunks, run
    from benchmarks.peers import KEEP

    setting = Setting(keep=KEEP, motives=False, every=4)
    found = in_chunks(
        lambda chunk: jax.block_until_ready(run(setting, chunk[1], chunk[0], quarters).kept), chunks
    )
    return np.concatenate(
        [np.stack([np.asarray(each[name]) for name in KEEP], -1).transpose(1, 0, 2) for each in found]
    )


def histories(members: int, runs: int) -> dict[str, float]:
    """Histories a second of each contender, and whether their numbers are the same."""
    from amur.system.history import history
    from amur.system.parameters import draw
    from benchmarks import peers

    quarters, p = history().quarters, draw(members, 1)
    chunks, whole = chunks_of(p), peers.members_of(p)
    few, some = (tuple(each[:many] for each in whole) for many in (FEW, CHUNK))
    expected = ours(chunks, quarters)
    found: dict[str, float] = {"members": members}
    contenders: dict[str, tuple[Callable[..., Any], Any]] = {
        "ours": (ours, chunks),
        "plain": (peers.run_plain, few),
        "ema": (peers.run_ema, few),
        "numpy": (peers.run_numpy, some),
        "numpy_whole": (peers.run_numpy, whole),
        "numba": (peers.run_numba, whole),
        "numba_parallel": (partial(peers.run_numba, parallel=True), whole),
    }
    for name, (work, taken) in contenders.items():
        begun = time.perf_counter()
        values = work(taken, quarters)
        print(f"{name}: ready after {time.perf_counter() - begun:.1f} s", file=sys.stderr)
        same(name, values, expected[: len(values)])
        seconds = shortest(lambda work=work, taken=taken: work(taken, quarters), runs)  # type: ignore[misc]
        found[f"{name}_per_second"] = len(values) / seconds
    return found


def same(name: str, values: Any, expected: Any) -> None:
    """Ends the run where a contender gives other numbers; small ones are held against the size usual for them."""
    size = np.abs(expected).mean((0, 1))
    far = np.abs(values - expected) > 1e-3 * (np.abs(expected) + 0.1 * size)
    if far.any() or not np.isfinite(values).all():
        print(f"error: {name} gives other numbers than ours in {far.mean():.2%} of the values", file=sys.stderr)
        raise SystemExit(1)


def futures(runs: int) -> dict[str, float]:
    """Seconds for 2,000 futures of 80 quarters: the first time, and with chances and world drawn before."""
    from amur.futures.plan import plan
    from amur.futures.simulate import pieces_of

    asked = plan(members=FUTURES, until="2045-Q4", seed=1, keep=["trust_rus", "dependence_rus"])
    begun = time.perf_counter()
    list(pieces_of(asked))
    first = time.perf_counter() - begun
    return {"futures_first_seconds": first, "futures_seconds": shortest(lambda: list(pieces_of(asked)), runs)}


COMPILE = """
import time
from amur.system.history import history
from amur.system.parameters import draw
from amur.system.run import Setting, keep_compiled, run
from amur.system.start import initial
keep_compiled()
quarters, p = history().quarters, draw(512, 1)
start = initial(p)
begun = time.perf_counter()
run.lower(Setting(keep=("trust_rus",), motives=False, every=4), start, p, quarters).compile()
print(time.perf_counter() - begun)
"""


def compiling() -> dict[str, float]:
    """Seconds to trace and compile histories in a new process, with an empty cache and with the one it left."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "JAX_COMPILATION_CACHE_DIR": folder,
            "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "0",
            "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
        }
        spent = [
            float(
                subprocess.run(
                    [sys.executable, "-c", COMPILE], check=True, capture_output=True, text=True, env=environment
                ).stdout
            )
            for _ in range(2)
        ]
    return {"compile_seconds": spent[0], "compile_cached_seconds": spent[1]}


def measure(members: int, runs: int) -> dict[str, float]:
    """Everything, by name."""
    found = histories(members, runs)
    mine = found["ours_per_second"]
    found["histories_per_second"] = mine
    found["ratio_plain"] = mine / found["plain_per_second"]
    found["ratio_ema"] = mine / found["ema_per_second"]
    found["ratio_numpy"] = mine / max(found["numpy_per_second"], found["numpy_whole_per_second"])
    found["ratio_numba"] = mine / max(found["numba_per_second"], found["numba_parallel_per_second"])
    return found | futures(runs) | compiling() | {"load": os.getloadavg()[0]}


ROWS = {
    "ours": "ours",
    "numba": "Numba, a loop",
    "numba_parallel": "Numba, parallel",
    "numpy": f"NumPy, {CHUNK} at once",
    "numpy_whole": "NumPy, all at once",
    "plain": "plain Python",
    "ema": "EMA Workbench",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--members", type=int, default=4096)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.members, options.runs)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'histories of 136 quarters':<28}{'a second':>12}{'ours is':>12}")
    for name, title in ROWS.items():
        speed = found[f"{name}_per_second"]
        print(f"{title:<28}{speed:>12,.1f}{found['ours_per_second'] / speed:>11,.1f}x")
    print(
        f"{FUTURES:,} futures of 80 quarters: {found['futures_seconds']:.3f} s, the first time {found['futures_first_seconds']:.1f} s"
    )
    print(
        f"compiling: {found['compile_seconds']:.1f} s, kept from before {found['compile_cached_seconds']:.1f} s; load {found['load']:.1f}"
    )


if __name__ == "__main__":
    main()
