"""The making of what can be done in a what-if (:mod:`.possible`): declarations of the model, and what it is run for.

``python -m amur.questions.whatif.making`` writes the file anew, in a minute or two; a test holds it to the declarations.
"""

from __future__ import annotations

import json
from typing import Any

from amur import atomic
from amur.questions.whatif.lines import line
from amur.questions.whatif.possible import FILE

DIGITS = 4
"""Significant digits kept of what the model was run for."""
SHARES = (0.05, 0.5, 0.95)
"""Shares of futures and years that lie below where a quantity usually runs."""

type Plain = dict[str, Any]


def declared() -> Plain:
    """What the model declares, without running it."""
    from amur.questions.whatif import compact
    from amur.questions.whatif.asked import UNTIL, _ahead
    from amur.system import quarters
    from amur.system.decisions import OPTIONS, WHO
    from amur.system.interventions import WORDS_OF_STAGES
    from amur.system.lines import lines

    return {
        "ahead": quarters.label(_ahead()),
        "until": UNTIL,
        "kinds": {
            word: {"must": list(shape.must), "types": dict(shape.types)}
            for word, shape in compact.shapes().items()
        },
        "quantities": _quantities(),
        "decisions": {
            name: {
                "who": WHO[name],
                "about": _decision(options.__doc__ or name),
                "options": [each.name.lower().replace("_", "-") for each in options],
            }
            for name, options in OPTIONS.items()
        },
        "groups": _groups(),
        "mechanisms": _mechanisms(),
        "lines": {
            row.line: {"title": row.title, "capacity": float(row.capacity), "cargo": row.cargo} for row in lines().rows
        },
        "stages": list(WORDS_OF_STAGES),
        "scenarios": _scenarios(),
    }  # fmt: skip


def _quantities() -> Plain:
    from amur.questions.whatif.asked import lookable
    from amur.system.flows import CUTTABLE
    from amur.system.interventions import OUTSIDE
    from amur.system.model import GIVEN

    return {
        name: {
            "about": each.meaning, "unit": each.unit, "low": _finite(each.low), "high": _finite(each.high),
            "for": [
                *(["hold"] if name in OUTSIDE or name in GIVEN else []), *(["change"] if name in OUTSIDE else []),
                *(["cut"] if name in CUTTABLE else []),
            ],
            "begin": name in GIVEN,
        }
        for name, each in lookable().items()
    }  # fmt: skip


def _groups() -> Plain:
    import sys

    from amur.system.declare import MECHANISMS

    found: Plain = {}
    for each in MECHANISMS.values():
        module = sys.modules[each.function.__module__]
        found.setdefault(each.group, (module.__doc__ or each.group).strip().split("\n")[0])
    return found


def _mechanisms() -> Plain:
    from amur.system.declare import MECHANISMS

    return {name: {"group": each.group, "says": each.says} for name, each in MECHANISMS.items()}


def _scenarios() -> Plain:
    from amur.questions.whatif import compact
    from amur.system.interventions import as_json
    from amur.system.scenario_files import scenarios

    return {
        name: {
            "name": name, "title": each.title, "what": each.what, "why": each.why, "kind": each.kind, "actor": each.actor,
            "claims": list(each.claims), "also": list(each.also),
            "do": [line(one, compact.shapes()) for one in as_json(each.interventions)],
        }
        for name, each in scenarios().items()
    }  # fmt: skip


def measured() -> Plain:
    """What the model is run for: where quantities usually run, and what each scenario or lever does most."""
    from amur.conditioning.shipped import shipped
    from amur.system.scenario_files import scenarios

    return {
        "stamp": shipped().stamp,
        "usual": _usual(),
        "effects": {name: _effect(name) for name in scenarios()},
    }


def _usual() -> Plain:
    import numpy as np

    from amur.questions.ensembles import Common, run
    from amur.questions.spread import quantiles
    from amur.questions.whatif.asked import lookable

    common = Common()
    futures = run(common)
    places = [at for at, label in enumerate(futures.labels) if label.endswith("Q4")]
    weights = np.tile(common.mixture.weights, len(places))
    return {
        name: [
            _short(float(each)) for each in quantiles(futures.at_once(name, places).ravel(), weights, SHARES)
        ]
        for name in lookable()
        if name in futures
    }


def _effect(scenario: str) -> Plain:
    from amur.questions import ask

    made = ask("whatif", scenario=scenario, cached=False)
    first = made.numbers[0]
    state = max(made.tables["endstates"], key=lambda row: abs(float(row["change"] or 0)))
    return {
        "about": first.about, "unit": first.unit, "when": first.keys["when"], "value": _short(first.value),
        "low90": _short(first.low90), "high90": _short(first.high90), "data_share": _short(first.data_share or 0.0),
        "state": state["title"], "state_when": state["when"], "without": _short(float(state["without"] or 0)),
        "under": _short(float(state["under"] or 0)),
    }  # fmt: skip


def _decision(doc: str) -> str:
    """The first sentence of what is said of a decision, without where it is coded."""
    return doc.split("\n")[0].split(" (")[0].rstrip(".")


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def text() -> str:
    """The file, made anew."""
    return json.dumps({**declared(), **measured()}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    atomic.write_text(FILE, text())
