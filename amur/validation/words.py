"""Numbers and names of the published validation in words, shared by the page, its pictures and the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

type Plain = dict[str, Any]

NAMES = {"given": "forcings given", "given-lines": "forcings and lines given", "nothing": "nothing given"}
"""Settings."""
TITLES = {"flows": "Flows, shares, prices", "politics": "Politics", "security": "Security"}
"""Groups of series."""
SHOWN = ("given", "nothing")
"""The settings that stand in the pictures."""
AFTERWARDS = (
    "Meetings of the presidents, joint exercises and China's influence capacity were given other measurement models after"
    " earlier runs had missed targets; what is met by them was not met unseen."
)
"""What a reader of the targets has to know of how they came to be met."""


def signed(value: float | None, places: int = 2) -> str:
    """A number with its sign, such as a skill; '–' for none."""
    if value is None:
        return "–"
    text = f"{value:+.{places}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names one after the other, so many at most, with how many more there are."""
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return "; ".join([*names[:most], *more])


def interval(bounds: Any) -> str:
    """A 90% interval; '–' for none."""
    low, high = bounds if bounds else (None, None)
    return "–" if low is None or high is None else f"{signed(low)} to {signed(high)}"


def share(value: float | None) -> str:
    """A share in percent; '–' for none."""
    return "–" if value is None else f"{value:.0%}"


def as_words(aim: Plain) -> str:
    """What was found of an aim."""
    kind, found = aim["kind"], aim["found"]
    return signed(found) if kind == "skill" else f"{found:.1%}" if kind == "coverage" else str(found)


def verdict(aim: Plain) -> str:
    """'met', or by how much it was missed."""
    if aim["met"]:
        return "met"
    kind, short = aim["kind"], -aim["by"]
    told = (
        f"{100 * short:.1f} points"
        if kind == "coverage"
        else f"{short:.2f}"
        if kind == "skill"
        else f"{short:.0f}"
    )
    return f"missed by {told}"
