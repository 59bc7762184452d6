"""What the validation was meant to reach, set before it was run, and whether it does."""

from __future__ import annotations

from typing import Any

type Plain = dict[str, Any]

COVERAGE = (0.85, 0.95)
"""Between which shares the 90% intervals must hold what came."""
THIN = 30
"""A series with fewer forecasts than this is called thin."""
BY_CHANCE = 0.05
"""The share of cells that are significantly worse by chance if all were as good: half of what a 90% interval leaves."""


def aims(told: Plain) -> list[Plain]:
    """Each aim in words with ``wanted``, ``found``, ``by`` (how far beyond, below 0 short) and ``met``.

    ``told`` are the published numbers. ``kind`` says what is found: a skill, a share of what came (``coverage``), or how
    many ``cells``; ``which`` names series or cells that fall short. ``interval`` is the 90% interval of a mean skill.
    """
    by, nothing = told["by_setting"], "nothing"
    made = []
    if "given" in by:
        given = by["given"]
        made += [
            _at_least("Forcings given: flows, shares and prices against drift", 0.45, given["flows"], "drift"),
            _at_least(
                "Forcings given: flows, shares and prices against the best baseline",
                0.35,
                given["flows"],
                "best",
            ),
            _worst(told, "given"),
            _at_least(
                "Forcings given: politics and security against the best baseline, on average",
                0.05,
                given["politics_security"],
                "best",
            ),
        ]
    if nothing in by:
        made += [
            _at_least(
                "Nothing given: flows one and two years ahead against the best baseline",
                0.10,
                told["near"][nothing],
                "best",
            ),
            _nowhere_worse(told, nothing),
        ]
    for setting, title in (("given", "Forcings given"), (nothing, "Nothing given")):
        if setting in by:
            made += [
                _covered(f"{title}: 90% intervals, {group}", by[setting][group]["coverage90"])
                for group in ("overall", "flows", "politics", "security")
            ]
    return made


def _at_least(aim: str, wanted: float, cell: Plain, baseline: str) -> Plain:
    found = cell[f"skill_{baseline}"]
    return {
        "aim": f"{aim}: mean skill of at least {wanted:.2f}",
        "wanted": wanted,
        "found": found,
        "by": found - wanted,
        "met": found >= wanted,
        "kind": "skill",
        "interval": cell[f"skill_{baseline}_interval"],
        "which": [],
    }


def _worst(told: Plain, setting: str) -> Plain:
    """No series of politics or security below its best baseline."""
    found = {
        name: each["settings"][setting]["skill_best"]
        for name, each in told["series"].items()
        if each["group"] in ("politics", "security")
    }
    least = min(found.values())
    return {
        "aim": "Forcings given: no series of politics or security worse than its best baseline (skill below 0)",
        "wanted": 0.0,
        "found": least,
        "by": least,
        "met": least >= 0,
        "kind": "skill",
        "interval": [],
        "which": sorted((name for name, value in found.items() if value < 0), key=lambda name: found[name]),
    }


def _nowhere_worse(told: Plain, setting: str) -> Plain:
    """No series at any number of years ahead whose interval lies below 0."""
    cells = {
        f"{name}, {ahead} ahead": cell["worse_best"]
        for name, each in told["series"].items()
        for ahead, cell in each["settings"][setting]["horizons"].items()
    }
    worse = [name for name, is_worse in cells.items() if is_worse]
    return {
        "aim": f"Nothing given: no series significantly worse than its best baseline at any horizon ({len(cells)} cells, of"
        f" which chance alone makes about {BY_CHANCE * len(cells):.0f} if all are as good)",
        "wanted": 0,
        "found": len(worse),
        "by": -len(worse),
        "met": not worse,
        "kind": "cells",
        "interval": [],
        "which": worse,
    }


def _covered(aim: str, found: float) -> Plain:
    low, high = COVERAGE
    return {
        "aim": f"{aim}: hold {low:.0%} to {high:.0%} of what came",
        "wanted": list(COVERAGE),
        "found": found,
        "by": min(found - low, high - found),
        "met": low <= found <= high,
        "kind": "coverage",
        "interval": [],
        "which": [],
    }
