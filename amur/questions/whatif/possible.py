"""What can be done in a what-if, by name and in words: kept as a file, so that a surface can offer it, read it back and
refuse what cannot be without loading the model.

:mod:`.making` writes the file. Beside the declarations it holds two things the model was run for: where quantities
usually run in the futures without any what-if, so that a slider has sensible ends, and what each built-in scenario or
lever does most. Both are stamped with the posteriors they are of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from amur.errors import AmurError, nearest
from amur.questions.whatif.lines import Shape, told

FILE = Path(__file__).with_name("possible.json")

type Plain = dict[str, Any]


@cache
def possible() -> Plain:
    """All of it: ``kinds`` of interventions with their fields, ``quantities``, ``decisions``, ``mechanisms`` and their
    ``groups``, ``lines`` and ``stages``, ``scenarios``, and what the model was run for: ``usual`` and ``effects``."""
    found: Plain = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def fresh() -> bool:
    """Whether what the model was run for is of the posteriors that are shipped."""
    from amur.conditioning.shipped import shipped

    return bool(possible()["stamp"] == shipped().stamp)


@cache
def shapes() -> dict[str, Shape]:
    """The kinds of interventions: what each must be told, and the types of all its fields."""
    kinds = possible()["kinds"].items()
    return {word: Shape(tuple(each["must"]), each["types"]) for word, each in kinds}


def plain(text: str) -> Plain:
    """An intervention told in one line as a plain object, its names and fields known. AmurError names what is wrong.

    Whether a number is within its bounds and times make sense is told where it is asked.
    """
    kind, values = told(text, shapes())
    must, types = shapes()[kind]
    for name in values:
        known(name, types, f"field of '{kind}'", name)
    known(str(values[must[0]]), targets(kind), f"{must[0]} for '{kind}'", must[0])
    return {"do": kind, **values}


def lines_of(scenario: str) -> list[str]:
    """What a built-in scenario or lever does, a line each. AmurError with the nearest names."""
    return list(found_scenario(scenario)["do"])


def found_scenario(name: str) -> Plain:
    """A built-in scenario or lever, by its name or another of its names. AmurError with the nearest names."""
    scenarios = possible()["scenarios"]
    also = {other: own for own, each in scenarios.items() for other in each["also"]}
    found: Plain = scenarios[also.get(known(name, [*scenarios, *also], "scenario", "scenario"), name)]
    return found


@cache
def targets(kind: str) -> tuple[str, ...]:
    """What a kind of intervention can be done to."""
    told, quantities = possible(), possible()["quantities"]
    match kind:
        case "hold" | "change":
            return tuple(name for name, each in quantities.items() if kind in each["for"])
        case "cut" | "add":
            return tuple(name for name, each in quantities.items() if "cut" in each["for"])
        case "force":
            return tuple(told["decisions"])
        case "line":
            return tuple(told["lines"])
        case "capacity":
            return tuple(name for name, each in told["lines"].items() if each["capacity"])
    return (*told["groups"], *told["mechanisms"])


def known(name: str, names: Any, what: str, field: str) -> str:
    """The name, if it is among the names. AmurError with the nearest ones."""
    if name not in names:
        mend = nearest(name, list(names)) or "See what there is to do."
        raise AmurError(f"there is no {what} named '{name}'", field=field, mend=mend)
    return name


def said(of: Mapping[str, Any]) -> str:
    """What an intervention does, in words: 'Brent crude at 150 US$/bbl from 2027'."""
    return f"{_what(of)}{_when(of)}"


def _what(of: Mapping[str, Any]) -> str:
    told = possible()
    match of["do"]:
        case "hold":
            about = told["quantities"][of["quantity"]]
            return f"{about['about']} at {of['value']:g} {about['unit']}"
        case "change":
            about = told["quantities"][of["quantity"]]
            by = f"{of['by']:+g} {about['unit']}" if of.get("how") == "add" else f"times {of['by']:g}"
            return f"{about['about']} {by}"
        case "force":
            decision = told["decisions"][of["decision"]]
            return f"{decision['about']}: {str(of['option']).lower().replace('_', '-')}"
        case "scale":
            return f"{_mechanisms(of['mechanism'])} at strength {of['strength']:g}"
        case "cut":
            return f"{told['quantities'][of['flow']]['about']}, cut by {of['share']:.0%}"
        case "add":
            about = told["quantities"][of["flow"]]
            return f"{about['about']} {of['amount']:+g} {about['unit']}"
        case "line":
            return f"{told['lines'][of['line']]['title']}: {of['stage']}"
        case "capacity":
            by = f"{of['by']:+g}" if of.get("how") == "add" else f"times {of['by']:g}"
            return f"{told['lines'][of['line']]['title']}: capacity {by}"
    return f"{_mechanisms(of['mechanism'])} frozen as in {of['at']}"


def _when(of: Mapping[str, Any]) -> str:
    start, end = (
        str(of.get(name, "")).removesuffix("-Q1" if name == "start" else "-Q4") for name in ("start", "end")
    )
    return (f" from {start}" if start else "") + (f" to {end}" if end else "")


def _mechanisms(name: str) -> str:
    mechanism = possible()["mechanisms"].get(name)
    return (
        f"Mechanism '{mechanism['says'].rstrip('.')}'"
        if mechanism
        else f"Mechanisms of {name.replace('-', ' ')}"
    )
