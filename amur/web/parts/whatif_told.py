"""What the page of a what-if says: worlds in rows, presets in groups, effects laid out, charts as layouts and rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from amur.charts import twins
from amur.errors import AmurError
from amur.questions.whatif import possible
from amur.questions.words import figure
from amur.web.drawn import WIDTHS, paged
from amur.web.parts.whatif_asked import WhatIf, called

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

FAR = 6.0
"""Standard deviations from which the axis of effects is drawn together toward its ends."""
ALWAYS = ("dependence_rus", "dependence_chn")
"""Quantities that are told whatever is done."""
ABOUT_ALWAYS = "Dependence, both ways"
KINDS = {
    "hold": "Hold a quantity at a level", "change": "Change a quantity", "force": "Force a decision",
    "cut": "Cut a flow", "add": "Add to a flow", "line": "Put a line or project at a stage",
    "capacity": "Change the capacity of a line", "scale": "Scale a mechanism", "freeze": "Freeze a mechanism",
}  # fmt: skip
"""Kinds of interventions in words, in the order in which they are offered."""

type Plain = dict[str, Any]


def worlds(asked: WhatIf) -> list[Plain]:
    """Both worlds: what each is called, its scenarios, and a row to each thing done."""
    sides = (
        ("under", asked.scenario, asked.do, asked.title),
        ("against", asked.against, asked.against_do, asked.against_title),
    )
    return [
        {
            "side": side, "title": title or _called(scenarios or (), do or ()), "scenarios": list(scenarios or ()),
            "rows": _rows(scenarios or (), do or ()),
        }
        for side, scenarios, do, title in sides
    ]  # fmt: skip


def _rows(scenarios: Sequence[str], do: Sequence[str]) -> list[Plain]:
    rows: list[Plain] = []
    for name in scenarios:
        try:
            found = possible.found_scenario(name)
        except AmurError:
            continue
        rows += [{**_row(line), "scenario": found["title"]} for line in found["do"]]
    return rows + [{**_row(line), "scenario": ""} for line in do]


def _row(line: str) -> Plain:
    try:
        return {"line": line, "said": possible.said(possible.plain(line))}
    except AmurError as error:
        return {"line": line, "said": str(error)}


def _called(scenarios: Sequence[str], do: Sequence[str]) -> str:
    try:
        return called(scenarios, do)
    except AmurError:
        return ""


def presets() -> list[Plain]:
    """The built-in scenarios and levers in groups: scenarios first, then levers by who has them."""
    told = possible.possible()
    groups: dict[str, list[Plain]] = {}
    for name, each in told["scenarios"].items():
        group = (
            f"Levers of {each['actor']}" if each["kind"] == "lever" and each["actor"] else _plural(each["kind"])
        )
        groups.setdefault(group, []).append({
            "name": name, "title": each["title"], "what": each["what"], "effect": _effect(name), "state": _state(name),
        })  # fmt: skip
    order = sorted(groups, key=lambda group: (group != "Scenarios", group.casefold()))
    return [
        {"group": group, "presets": sorted(groups[group], key=lambda each: each["title"])} for group in order
    ]


def _plural(kind: str) -> str:
    return f"{kind[:1].upper()}{kind[1:]}s"


def _effect(name: str) -> Plain | None:
    """What a preset does most, in words; None where that is not known of the posteriors that are shipped."""
    if not possible.fresh():
        return None
    each = possible.possible()["effects"][name]
    return {
        "about": each["about"], "value": _signed(each["value"], each["unit"]), "when": _year(each["when"]),
        "spread": f"90%: {_signed(each['low90'])} to {_signed(each['high90'])}", "share": each["data_share"],
    }  # fmt: skip


def _state(name: str) -> Plain | None:
    if not possible.fresh():
        return None
    each = possible.possible()["effects"][name]
    return {
        "title": each["state"],
        "without": each["without"],
        "under": each["under"],
        "when": _year(each["state_when"]),
    }


def doable() -> list[Plain]:
    """All that can be done, by kind, for a form without a script: kind and target in one word each."""
    told = possible.possible()
    return [
        {"kind": kind, "title": words, "targets": [(f"{kind} {name}", _named(told, kind, name)) for name in _offered(kind)]}
        for kind, words in KINDS.items()
    ]  # fmt: skip


def _offered(kind: str) -> tuple[str, ...]:
    # A mechanism of 216 alone is scaled by a line that is typed; a list offers their groups.
    return tuple(possible.possible()["groups"]) if kind in ("scale", "freeze") else possible.targets(kind)


def _named(told: Plain, kind: str, name: str) -> str:
    match kind:
        case "hold" | "change" | "cut" | "add":
            return f"{told['quantities'][name]['about']} ({told['quantities'][name]['unit']})"
        case "force":
            options = ", ".join(told["decisions"][name]["options"])
            return f"{told['decisions'][name]['about']}: {options}"
        case "line" | "capacity":
            return str(told["lines"][name]["title"])
    return str(told["groups"][name]).rstrip(".")


# ---------------------------------------------------------------- results


def charts(of: Answer) -> Plain:
    """Layouts by chart and width, and the rows of each chart."""
    return {
        "layouts": {
            name: {width: paged(shape) for width, shape in each.items()} for name, each in _layouts(of).items()
        },
        "rows": twins.rows(of),
    }


def _layouts(of: Answer) -> dict[str, dict[str, Any]]:
    made = {width: twins.layouts(of, pixels) for width, pixels in WIDTHS.items()}
    return {name: {width: made[width][name] for width in made} for name in ("paths", "endstates", "decisions")}


def warm() -> None:
    """Lay out beforehand what does not depend on an answer."""
    for pixels in WIDTHS.values():
        twins.warm(pixels)


def figures(of: Answer) -> list[Plain]:
    """The quantities whose paths are drawn: chart, title, unit, and the change at the last date in words."""
    told = {str(row["quantity"]): row for row in of.tables["paths"]}
    numbers: dict[str, Any] = {}
    for each in of.numbers:
        if each.name in told:
            numbers[each.name] = max(
                numbers.get(each.name, each), each, key=lambda one: one.keys.get("when", "")
            )
    return [
        {
            "chart": f"paths-{name}", "quantity": name, "title": row["about"], "unit": row["unit"],
            "detail": _change(numbers.get(name)),
        }
        for name, row in told.items()
    ]  # fmt: skip


def headline(of: Answer) -> str:
    """The number that counts, in a line."""
    first = of.numbers[0]
    return f"{first.about}: {_signed(first.value, first.unit)} in {_year(first.keys['when'])}"


def _change(number: Any) -> str:
    if number is None:
        return ""
    return f"{_signed(number.value, number.unit)} in {_year(number.keys['when'])} (90%: {_signed(number.low90)} to {_signed(number.high90)})"


def effects(of: Answer) -> Plain:
    """Effects told with their spread: a row to each quantity, a cell to each date with where its marks stand."""
    rows = [row for row in of.tables["effects"] if row["low90"] is not None]
    dates = sorted({str(row["when"]) for row in rows})
    by = {(str(row["quantity"]), str(row["when"])): row for row in rows}
    ranked = sorted(
        {str(row["quantity"]) for row in rows if row["rank"]}, key=lambda name: _rank(by, name, dates)
    )
    wide = max((abs(_over(row, key)) for row in rows for key in ("low90", "high90")), default=1.0) or 1.0
    made = [(name, "") for name in ranked] + [(name, ABOUT_ALWAYS) for name in ALWAYS if (name, dates[0]) in by]
    # What is among the strongest already is not told twice.
    seen: set[str] = set()
    told = [(name, group) for name, group in made if not (name in seen or seen.add(name))]  # type: ignore[func-returns-value]
    return {
        "dates": [_year(date) for date in dates],
        "rows": [
            {
                "quantity": name, "about": by[name, dates[0]]["about"], "unit": by[name, dates[0]]["unit"], "group": group,
                "cells": [_cell(by[name, date], wide) for date in dates],
                "share": _mean([_number(by[name, date]["data_share"]) for date in dates]),
            }
            for name, group in told
        ],
    }  # fmt: skip


def _rank(by: Mapping[tuple[str, str], Row], name: str, dates: Sequence[str]) -> float:
    return _number(by[name, dates[0]]["rank"])


def _cell(row: Row, wide: float) -> Plain:
    places = {key: _place(_over(row, key), wide) for key in ("low90", "low50", "high50", "high90", "effect")}
    return {
        "value": _signed(_number(row["effect"])),
        "spread": f"{_signed(_number(row['low90']))} to {_signed(_number(row['high90']))}",
        "relative": f"{_number(row['relative']):+.2g}", **places,
    }  # fmt: skip


def _over(row: Row, key: str) -> float:
    """A figure in standard deviations of the baseline."""
    effect, relative = _number(row["effect"]), _number(row["relative"])
    scale = effect / relative if relative else max(_number(row["baseline_sd"]), 1e-9)
    return _number(row[key]) / scale


def _place(value: float, wide: float) -> float:
    """Where a value stands between 0 and 100, nought in the middle; drawn together toward the ends where the axis is long."""
    if wide > FAR:
        value, wide = math.copysign(math.log1p(abs(value)), value), math.log1p(wide)
    return round(50 + 47 * max(-1.0, min(1.0, value / wide)), 2)


def _signed(value: float, unit: str = "") -> str:
    return f"{'+' if value > 0 else ''}{figure(value)}{f' {unit}' if unit else ''}".replace(
        "-", "\u2212", 1 if value < 0 else 0
    )


def _year(when: str) -> str:
    return when.removesuffix("-Q4")


def _mean(of: Sequence[float]) -> float:
    return sum(of) / len(of) if of else 0.0


def _number(value: object) -> float:
    return float(str(value)) if value is not None else 0.0
