"""How fast the questions answer, beside what a user would otherwise do with the futures.

    .venv/bin/python -m benchmarks.questions [--runs 5] [--slow] [--json]

A what-if of 2,048 futures to 2046 with its twins under the priors (for data shares) is timed warm, in one process: with
nothing in memory but compiled code (four runs and the statistics), and as the second what-if of a session (the
baselines are there; two runs). Beside it, in the same run, two calls of ``amur.simulate`` and xarray statistics of the
same quantities at the same dates, without priors, readings or Monte Carlo errors; medians of both must be the same
(else exit status 1). ``--slow`` also times drivers and levers; a cold start of ``amur ask reading`` is a new process.
Times are the shortest of several runs; seconds of processor time say what a machine that others use hides. Targets on two quiet cores: a what-if under 0.5 s, drivers under 20 s, levers
under 60 s, a cold start under 4 s.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

import numpy as np

from benchmarks.speed import shortest

SCENARIO = "ceasefire"
SLOW = ("drivers", "levers")
FEW = 3


def whatif(runs: int) -> dict[str, float]:
    """Seconds of a what-if, and of the same by hand."""
    from amur.questions import ensembles
    from amur.questions.whatif import Asked, answer

    asked = Asked(scenario=SCENARIO)
    begun = time.perf_counter()
    made = answer(asked)
    found = {"futures": float(made.made.futures), "whatif_first_seconds": time.perf_counter() - begun}

    def anew() -> None:
        ensembles._RUNS.clear()
        answer(asked)

    def second() -> None:
        for key in [key for key in ensembles._RUNS if isinstance(key, tuple) and key[2]]:
            del ensembles._RUNS[key]
        answer(asked)

    by_hand(asked)  # compiles
    found["whatif_seconds"] = shortest(anew, runs)
    used = time.process_time()
    anew()
    found["whatif_cpu_seconds"] = time.process_time() - used
    found["whatif_second_seconds"] = shortest(second, runs)
    found["statistics_seconds"] = shortest(lambda: answer(asked), runs)
    # What is done by hand is timed without caches of a plan that it would not have either.
    found["by_hand_seconds"] = shortest(lambda: by_hand(asked), FEW)
    same(asked, made)
    found["ratio_by_hand"] = found["by_hand_seconds"] / found["whatif_seconds"]
    return found


def by_hand(asked: Any) -> Any:
    """Two simulations and, of every quantity, medians and 90% intervals of the differences, as one would write it."""
    import amur
    from amur.questions.ensembles import posterior

    common = asked.common
    told = {
        "members": common.mixture.members,
        "keep": "all",
        "parameters": posterior(common),
        "seed": common.seed,
    }
    without = amur.simulate(**told)
    under = amur.simulate(**told, interventions=asked.world.interventions)
    dates = list(asked.dates)
    names = [
        str(name) for name in without.data_vars if without[name].dtype.kind == "f" and without[name].ndim == 2
    ]
    apart = under[names].sel(quarter=dates) - without[names].sel(quarter=dates)
    return apart.mean("member"), apart.quantile([0.05, 0.25, 0.5, 0.75, 0.95], "member"), without


def same(asked: Any, made: Any) -> None:
    """Ends the run where the weighted mean effect by hand is not that of the answer."""
    import amur
    from amur.questions.ensembles import posterior

    common, first = asked.common, made.numbers[0]
    told = {
        "members": common.mixture.members,
        "keep": [first.name],
        "parameters": posterior(common),
        "seed": common.seed,
    }
    pair = [amur.simulate(**told, interventions=each)[first.name].sel(quarter=first.keys["when"]).to_numpy()
            for each in (asked.world.interventions, ())]  # fmt: skip
    mean = float(np.average(pair[0].astype(float) - pair[1], weights=common.mixture.weights))
    if abs(mean - first.value) > 1e-4 * max(abs(mean), 1e-3):
        print(f"error: {first.name} is {first.value} in the answer and {mean} by hand", file=sys.stderr)
        raise SystemExit(1)


def cold(question: str) -> float:
    """Seconds of ``amur ask QUESTION`` in a new process that keeps no answers from before."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"XDG_CACHE_HOME": folder}
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "amur", "ask", question], check=True, capture_output=True, env=environment
        )
        return time.perf_counter() - begun


def slow() -> dict[str, float]:
    """Seconds of the questions that run many twins, as far as they are there."""
    from amur.questions import ask

    found = {}
    for question in SLOW:
        if importlib.util.find_spec(f"amur.questions.{question}"):
            begun = time.perf_counter()
            ask(question, cached=False)
            found[f"{question}_seconds"] = time.perf_counter() - begun
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow", action="store_true", help="time drivers and levers too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = whatif(options.runs)
    if importlib.util.find_spec("amur.questions.reading"):
        found["cold_reading_seconds"] = cold("reading")
    if options.slow:
        found |= slow()
    found["load"] = os.getloadavg()[0]
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        print(f"{name.replace('_', ' '):<28}{value:>10.3f}")


if __name__ == "__main__":
    main()
