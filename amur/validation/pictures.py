"""Pictures of the published validation, drawn from its numbers alone; ``total`` is the width they have on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amur.charts.dots import Dot, Dots, dots
from amur.charts.panels import Line, Lines, columns_of, lines
from amur.validation.words import NAMES, SHOWN, TITLES

type Plain = dict[str, Any]

AGAINST = {"drift": "against drift", "best": "against the best baseline"}
EDGE = (-1.0, 1.0)
"""Skill below the left edge is drawn at it."""


def skill_by_series(told: Plain, total: int | None = None) -> Any:
    """A dot for the skill of each series, with its interval, in both settings and against both baselines."""
    panels = []
    for group, title in TITLES.items():
        of_group = [each for each in told["series"].values() if each["group"] == group]
        ordered = sorted(of_group, key=lambda each: -_number(each["settings"]["given"]["skill_best"]))
        for place, (baseline, words) in enumerate(AGAINST.items()):
            made = [
                _dot(each["title"], NAMES[setting], each["settings"][setting], baseline)
                for each in ordered
                for setting in SHOWN
                if setting in each["settings"]
            ]
            panels.append(Dots(f"{title}: {words}", made, labels=place == 0, domain=EDGE))
    return dots(
        panels,
        title="Skill of the weighted mixture of readings, by series",
        subtitle=[
            "One minus mean CRPS over that of the baseline, all years ahead: 0 is as good, 1 is perfect, below 0 is worse.",
            "Lines: 90% interval over origins. What is below −1 is drawn at the edge.",
        ],
        total=total,
    )


def _dot(name: str, kind: str, cell: Plain, baseline: str) -> Dot:
    low, high = (_number(each) for each in cell[f"skill_{baseline}_interval"])
    return Dot(name, kind, _number(cell[f"skill_{baseline}"]), low, high)


def skill_by_horizon(told: Plain, total: int | None = None) -> Any:
    """Skill by years ahead, group and setting, against both baselines."""
    panels = []
    for baseline, words in AGAINST.items():
        for group, title in TITLES.items():
            made = []
            for setting in SHOWN:
                cells = sorted(
                    (c for c in told["horizons"] if c["setting"] == setting and c["group"] == group),
                    key=lambda cell: cell["horizon"],
                )
                bounds = [[_number(n) for n in cell[f"skill_{baseline}_interval"]] for cell in cells]
                made.append(
                    Line(
                        NAMES[setting],
                        [cell["horizon"] for cell in cells],
                        [_number(cell[f"skill_{baseline}"]) for cell in cells],
                        [low for low, _ in bounds],
                        [high for _, high in bounds],
                    )
                )
            panels.append(Lines(f"{title}, {words}", made))
    return lines(
        panels,
        title="Skill by years ahead",
        subtitle="Mean over series; bands: 90% interval over origins. What is below −0.5 is drawn at the edge.",
        x="years ahead",
        domain=(-0.5, 1.0),
        zero=True,
        total=total,
    )


def calibration(told: Plain, total: int | None = None) -> Any:
    """Where in the forecast distribution what came lay: even if forecasts are right."""
    shares = {(each["setting"], each["group"]): each["shares"] for each in told["pit"]}
    panels = [
        (f"{title}, {NAMES[setting]}", shares[setting, group])
        for setting in SHOWN
        for group, title in TITLES.items()
        if (setting, group) in shares
    ]
    return columns_of(
        panels,
        1 / len(panels[0][1]),
        title="Where in the forecast what came lay",
        subtitle=[
            "Share of observations in each tenth of the forecast distribution (PIT). Even columns: honest intervals;",
            "high in the middle: too wide; high at the ends: too sure; high on one side: always too low or too high.",
        ],
        total=total,
    )


def weights(told: Plain, total: int | None = None) -> Any:
    """Weights of the readings through time, both kinds."""
    of = told["weights"]
    years = [int(year) for year in of["years"]]
    panels = [
        Lines(
            name,
            [Line(kind, years, [line[place] for line in of[kind]]) for kind in ("stacking", "prequential")],
        )
        for place, name in enumerate(of["readings"])
    ]
    return lines(
        panels,
        title="Weights of the readings at the end of each year",
        subtitle=[
            "Stacking: the mixture that would have foretold the years so far best; it is the forecast that counts.",
            "Prequential: posterior probability if one of the readings were true.",
        ],
        columns=5,
        domain=(0.0, 1.0),
        share=True,
        width=120,
        height=70,
        total=total,
    )


def turning_points(told: Plain, origin: str, total: int | None = None) -> Any:
    """What was said of the three years after a turn, with what came."""
    cells = [
        each
        for each in told["turning_points"]
        if each["origin"] == origin and each["low"] is not None and each["setting"] in SHOWN
    ]
    panels = []
    for what in dict.fromkeys(each["what"] for each in cells):
        of_series = [each for each in cells if each["what"] == what]
        made = [
            Dot(
                each["year"], NAMES[each["setting"]], _number(each["median"]), _number(each["low"]),
                _number(each["high"]), _number(each["actual"]),
            )
            for each in of_series
        ]  # fmt: skip
        panels.append(Dots(of_series[0]["title"], made, zero=False, unit=of_series[0]["unit"]))
    return dots(
        panels,
        title=f"From the end of {origin}: what was said of the next three years, and what came",
        subtitle="Dot and line: median and middle 90% of the forecast. Cross: the record.",
        columns=3,
        width=200,
        total=total,
    )


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


PICTURES: dict[str, Callable[..., Any]] = {
    "validation-series": skill_by_series,
    "validation-horizons": skill_by_horizon,
    "validation-calibration": calibration,
    "validation-weights": weights,
    "validation-2013": lambda told, total=None: turning_points(told, "2013", total),
    "validation-2021": lambda told, total=None: turning_points(told, "2021", total),
}
"""Each picture of the page by the name of its file; ``total`` lays it out for a width in pixels."""
