"""What the model does with each series of the record: kept as a file, so that it can be told without loading the model.

``python -m amur.book.uses`` writes it anew; a test holds it to what the model says.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "uses.json"
NAMES = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+")


@cache
def uses() -> dict[str, Any]:
    """Series by name (``given``: forcings made of it; ``seen``: observables it is compared with; ``named``: mechanisms
    that name it as their evidence), and what those forcings, observables and mechanisms are."""
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def made() -> dict[str, Any]:
    """The same, asked of the model."""
    from amur.system.given import SOURCES
    from amur.system.observables import OBSERVABLES
    from amur.system.reads import every, reads

    series: dict[str, dict[str, list[str]]] = {}

    def rests(name: str, how: str, what: str) -> None:
        into = series.setdefault(name, {}).setdefault(how, [])
        if what not in into:
            into.append(what)

    readers: dict[str, list[str]] = {}
    mechanisms = {each.name: each for each in reversed(every())}
    for each in reversed(mechanisms.values()):
        for forcing in reads(each).forcings:
            readers.setdefault(forcing, []).append(each.name)
        for name in NAMES.findall(each.function.__doc__ or ""):
            rests(name, "named", each.name)
    for forcing, rule in SOURCES.items():
        for name in rule.series:
            rests(name, "given", forcing)
    for observable in OBSERVABLES.values():
        for name in observable.series:
            rests(name, "seen", observable.name)
    known = _known()
    return {
        "series": {name: told for name, told in sorted(series.items()) if name in known},
        "forcings": {
            name: {"how": rule.how, "why": rule.why, "mechanisms": sorted(readers.get(name, ()))}
            for name, rule in sorted(SOURCES.items())
            if rule.series
        },
        "observables": {
            each.name: {"title": each.title, "unit": each.unit, "fitted": each.fitted, "claims": list(each.claims)}
            for each in OBSERVABLES.values()
        },
        "mechanisms": {
            name: {"says": each.says, "claims": list(each.claims)} for name, each in sorted(mechanisms.items())
        },
    }  # fmt: skip


def _known() -> set[str]:
    from amur.record import load
    from amur.record.derived.recipes import recipes

    return {*load(overlay=False).series, *recipes()}


def text() -> str:
    """The file."""
    return json.dumps(made(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
