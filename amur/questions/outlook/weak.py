"""What validation found to distrust in what an outlook tells."""

from __future__ import annotations

from typing import Any

from amur.system.decisions import OPTIONS
from amur.system.state import QUANTITIES
from amur.validation.aims import THIN
from amur.validation.published import published

type Plain = dict[str, Any]

SETTING = "nothing"
"""The setting that an outlook is in: nothing is given of what lies ahead."""


def notes(names: tuple[str, ...]) -> tuple[str, ...]:
    """Notes on the quantities and decisions shown, from the published scores of hindcasts with nothing given."""
    told = published()
    made = [_decisions(told), _skill(told, names), _unseen(told, names)]
    return tuple(note for note in made if note)


def _decisions(told: Plain) -> str:
    """Whether decisions were foretold any better than by how often they had come before."""
    scored = {
        each["decision"]: each
        for each in told["decisions"]
        if each["forecaster"] == "mixture" and each["setting"] == SETTING
    }
    poor = [name for name, each in scored.items() if each["gain"] <= 0 or each["skill"] <= 0]
    if not poor:
        return ""
    worst = "; ".join(
        f"{name}: {scored[name]['gain']:+.3f} nats a quarter, Brier skill {scored[name]['skill']:+.2f}"
        for name in poor
    )
    return (
        f"By the log or by the Brier score hindcasts foretold {len(poor)} of {len(scored)} decisions no better than how often"
        f" they had come before ({worst}). Chances of end states that rest on decisions are less sure than their intervals say."
    )


def _skill(told: Plain, names: tuple[str, ...]) -> str:
    """Series among those shown of which hindcasts were worse than a simple forecast, or whose intervals held too few."""
    poor = []
    for name in names:
        key = _KEYS.get(name, name)
        cell = told["series"].get(key, {}).get("settings", {}).get(SETTING)
        if not cell or cell["forecasts"] < THIN:
            continue
        said = []
        if cell["skill_best"] < 0:
            said.append(f"skill {cell['skill_best']:+.2f} against the best simple forecast")
        if cell["coverage90"] < 0.8:
            said.append(f"90% intervals held {cell['coverage90']:.0%}")
        if said:
            poor.append(f"{name} ({', '.join(said)})")
    if not poor:
        return ""
    return f"In hindcasts of up to five years with nothing given the model was weak for {', '.join(poor)}; twenty years were never tested."


_KEYS = {"crude_concession": "concession", "output_rus": "output"}


def _unseen(told: Plain, names: tuple[str, ...]) -> str:
    """States shown that no series of the record measures."""
    blind = [
        name
        for name in names
        if name in QUANTITIES and name not in OPTIONS and _KEYS.get(name, name) not in told["series"]
    ]
    if not blind:
        return ""
    return f"Not scored against any series of its own: {', '.join(blind)}. What is told of them rests on what they are seen through, and on judgement."
