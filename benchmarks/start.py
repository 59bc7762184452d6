"""How long a newcomer waits: whole cold processes of the command, beside what one would otherwise run.

    .venv/bin/python -m benchmarks.start [--runs 7] [--json]

The other way to the same answer is a script that reads the record's CSV files with pandas and joins them;
both are timed in turn in one run, and the ratio of the medians is given. Targets: ``amur --help`` under
0.3 s, any ``amur record`` command under 1 s, on two cores.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(__file__).parents[1] / "amur" / "record" / "data"
MADE = Path(tempfile.gettempdir()) / "amur-benchmark"
"""Where an export and a brief are written; it is removed at the end."""

READ = f"""
import pandas as pd, pathlib
data = pathlib.Path({str(DATA)!r})
def table(name): return pd.concat(pd.read_csv(f) for f in sorted(data.glob("*/" + name + ".csv")))
rows = table("observations").merge(table("series"), on="series").merge(pd.read_csv(data / "sources.csv"), on="source")
"""
OTHERWISE = {
    "help": "pass",
    "summary": READ + "print(len(rows), rows.series.nunique(), rows.source.nunique())",
    "show": READ
    + "print(rows[rows.series == 'trade.total.chn-rus'][['period', 'value', 'publisher']].to_string())",
    "sql": READ + "print(rows[rows.value > 1e6].groupby('series').value.max())",
}
OURS = {
    "help": ["--help"],
    "summary": ["record", "summary"],
    "list": ["record", "list", "gas", "price"],
    "show": ["record", "show", "trade.total.chn-rus"],
    "show derived": ["record", "show", "energy.price.crude-bbl.rus-chn.q"],
    "events": ["record", "events", "--kind", "price-dispute"],
    "sources": ["record", "sources", "world", "bank"],
    "sql": ["record", "sql", "select series, max(value) from observations where value > 1e6 group by series"],
    "sql measures": ["record", "sql", "select measure, count(*) from measures group by measure"],
    "codings": ["record", "codings", "china-support"],
    "check": ["record", "check"],
    "measure": ["measure", "show", "trade.dependence"],
    "numbers": ["numbers"],
    "claims": ["claims"],
    "export": ["record", "export", "--all", "--force", "--to", f"{MADE}/all.csv"],
    "brief": ["brief", "--out", f"{MADE}/brief"],
}


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure(runs: int) -> dict[str, dict[str, float]]:
    """Medians in seconds by command, each beside the other way where there is one."""
    found: dict[str, dict[str, float]] = {}
    for name, words in OURS.items():
        ours = [sys.executable, "-m", "amur", *words]
        other = [sys.executable, "-c", OTHERWISE[name]] if name in OTHERWISE else None
        seconds(ours)  # the first run writes byte code and is not the question
        times: dict[str, list[float]] = {"amur": [], "otherwise": []}
        for _ in range(runs):
            times["amur"].append(seconds(ours))
            if other:
                times["otherwise"].append(seconds(other))
        found[name] = {way: statistics.median(spent) for way, spent in times.items() if spent}
        if other:
            found[name]["ratio"] = found[name]["otherwise"] / found[name]["amur"]
        print(f"{name}: done", file=sys.stderr)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        found = measure(options.runs)
    finally:
        shutil.rmtree(MADE, ignore_errors=True)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'command':<14}{'amur, s':>9}{'pandas, s':>11}{'ratio':>7}")
    for name, row in found.items():
        other = f"{row['otherwise']:>11.2f}{row['ratio']:>7.1f}" if "ratio" in row else ""
        print(f"{name:<14}{row['amur']:>9.2f}{other}")


if __name__ == "__main__":
    main()
