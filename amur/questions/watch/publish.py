"""Thresholds as published: made by one function, stamped with what they rest on, so that checking needs no model.

Run ``python -m amur.questions.watch.publish`` after the posteriors, the indicators or how they are judged have changed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from amur import __version__, atomic
from amur.errors import AmurError
from amur.questions.watch.indicators import FOLDER, indicators

FILE = FOLDER / "thresholds.json"
AHEAD, FUTURES, SEED, WEIGHTS = 8, 4096, 1, "stacking"
CODE = ("indicators", "information", "publish", "ranked", "recorded", "seen", "targets", "tripwire")
"""Modules of this folder on which thresholds rest."""
DIGITS = 5


def stamp() -> str:
    """What published thresholds rest on: posteriors, indicators, end states, and how they are judged."""
    from amur.conditioning.stamp import without_words
    from amur.conditioning.store import published
    from amur.system.endstates import FILE as ENDSTATES

    made = hashlib.sha256(published().stamp.encode())
    for file in [*sorted(FOLDER.glob("*.toml")), ENDSTATES]:
        made.update(file.read_bytes())
    for name in CODE:
        made.update(without_words(FOLDER / f"{name}.py").encode())
    return made.hexdigest()[:16]


def make() -> dict[str, Any]:
    """The thresholds of every indicator for every target that it tells about, and for that it tells most about."""
    from amur.questions.ensembles import Common
    from amur.questions.watch import ranked as work
    from amur.questions.watch.targets import targets

    common = Common(FUTURES, SEED, WEIGHTS)
    rows: list[dict[str, Any]] = []
    for target in (each for each in targets().values() if each.binary):
        found = work.ranked(common, target.name, AHEAD)
        for name in found.bits if found else ():
            assert found is not None
            wire = work.wire(found, name)
            if wire is None:
                continue
            bits = found.bits[name]
            rows.append({
                "indicator": name, "target": target.name, "title": target.title, "bits": bits.bits, "error": bits.error,
                "share": bits.bits / found.sample.entropy, "found": name in found.found and wire.informedness > 0,
                "threshold": wire.threshold, "trips": "above" if wire.above else "below",
                "informedness": wire.informedness, **_rates(wire),
            })  # fmt: skip
    kept = [row for row in rows if row["found"]]
    for name in indicators():
        own = [row for row in rows if row["indicator"] == name]
        if own and not any(row["found"] for row in own):
            kept.append(max(own, key=lambda row: row["bits"] / max(row["error"], 1e-9)))
    kept.sort(key=lambda row: (list(indicators()).index(row["indicator"]), not row["found"], -row["share"]))
    return {
        "stamp": stamp(), "version": __version__, "ahead": AHEAD, "futures": common.mixture.members, "seed": SEED,
        "weights": WEIGHTS, "rows": [_rounded(row) for row in kept],
    }  # fmt: skip


def _rates(wire: Any) -> dict[str, list[float]]:
    """Value and 90% interval of each rate."""
    names = ("false_alarm", "miss", "tripped", "quiet", "likelihood")
    return {name: [getattr(wire, name)[place] for place in (0, 3, 4)] for name in names}


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    def less(value: Any) -> Any:
        if isinstance(value, list):
            return [less(each) for each in value]
        return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value

    return {name: less(value) for name, value in row.items()}


def published(file: Path = FILE) -> dict[str, Any]:
    """The thresholds as published. AmurError where the file is missing or damaged."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(told, dict) or not isinstance(told["rows"], list):
            raise ValueError
        return told
    except (OSError, ValueError, KeyError):
        raise AmurError(
            "the published thresholds cannot be read",
            file=file,
            mend="Install amur again, or run: python -m amur.questions.watch.publish",
        ) from None


if __name__ == "__main__":
    told = make()
    head = {name: value for name, value in told.items() if name != "rows"}
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in told["rows"])
    text = json.dumps(head, indent=1)[:-2] + ',\n "rows": [\n' + lines + "\n]}\n"
    atomic.write_text(FILE, text)
    print(f"{len(told['rows'])} thresholds in {FILE.name}, stamp {told['stamp']}")
