"""Charts of the forecast ledger: what is given to each event, and a target beside its baselines and at each oil price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from amur.charts.dots import PALETTE, Dot, Dots, dots
from amur.charts.panels import Line, Lines, lines
from amur.charts.quality import Chart
from amur.validation.ledger_file import Ledger

type Forecast = Mapping[str, Any]

MODEL = "the model"
OURS, THEIRS = PALETTE[0], PALETTE[1]
BASELINES = {
    "ar1": "AR(1)", "ets": "exponential smoothing", "arima": "ARIMA", "conflictology": "conflictology (local bootstrap)",
    "base_rate": "base rate",
}  # fmt: skip
"""Baselines whose names do not say what they are."""


def summary(of: Forecast, levels: Any) -> dict[str, float]:
    """The median, middle half and middle nine tenths of a quantity; the probability of an event."""
    if "probability" in of:
        return {"value": float(of["probability"])}
    found = np.interp([0.05, 0.25, 0.5, 0.75, 0.95], levels, of["quantiles"])
    return dict(zip(("low90", "low50", "value", "high50", "high90"), map(float, found), strict=True))


def rows(found: Sequence[Forecast], ledger: Ledger) -> list[dict[str, Any]]:
    """Every forecast, by the model, by each baseline and at each oil price, one row each."""
    made: list[dict[str, Any]] = []
    for each in found:
        about = {key: each[key] for key in ("id", "question", "unit", "period", "due")}
        made.append(about | {"by": MODEL, "oil": ""} | summary(each, ledger.levels))
        for name, other in each.get("baselines", {}).items():
            if "note" not in other:
                made.append(about | {"by": name, "oil": ""} | summary(other, ledger.levels))
        for price, other in each.get("at_oil", {}).items():
            if "note" not in other:
                made.append(about | {"by": MODEL, "oil": price} | summary(other, ledger.few))
    return made


def events(ledger: Ledger) -> Chart:
    """The chances given to all events, beside the base rate."""
    found = [each for each in ledger.forecasts.values() if each["type"] == "event"]

    def draw(total: int | None) -> Any:
        panels = []
        for year in sorted({each["id"].rpartition(".")[2] for each in found}):
            ordered = sorted(
                (each for each in found if each["id"].endswith(year)), key=lambda each: -each["probability"]
            )
            made = []
            for each in ordered:
                made.append(Dot(each["question"], MODEL, each["probability"]))
                base = each.get("baselines", {}).get("base_rate")
                if base:
                    made.append(Dot(each["question"], "base rate", base["probability"]))
            panels.append(
                Dots(f"By the end of {year}", made, domain=(0.0, 1.0), zero=False, unit="probability")
            )
        return dots(panels, title="The chance of each event", columns=1, width=420, total=total)

    return Chart(
        "The chance of each event, beside how often it came before",
        "The base rate counts since 1992 and knows nothing else.",
        lambda: rows(found, ledger),
        draw,
    )


def beside(found: Sequence[Forecast], ledger: Ledger) -> Chart:
    """A target's forecasts beside those of its baselines, one panel to a period."""
    first = found[0]

    def draw(total: int | None) -> Any:
        panels = []
        for each in found:
            made = [_dot(MODEL, OURS, summary(each, ledger.levels))]
            made += [
                _dot(BASELINES.get(name, name), THEIRS, summary(other, ledger.levels))
                for name, other in each.get("baselines", {}).items()
                if "note" not in other
            ]
            panels.append(Dots(each["period"], made, zero=False, unit=each["unit"]))
        return dots(panels, title=first["question"], columns=2, total=total)

    return Chart(
        f"{first['question']} The model and the baselines",
        "Dot: median, or probability. Line: middle 90%. Baselines know the series' own past and nothing else.",
        lambda: rows(found, ledger),
        draw,
    )


def at_oil(found: Sequence[Forecast], ledger: Ledger) -> Chart:
    """A target's forecasts as they hang on the oil price."""
    first = found[0]

    def draw(total: int | None) -> Any:
        panels = []
        for each in found:
            told = {
                float(price): summary(other, ledger.few)
                for price, other in each["at_oil"].items()
                if "note" not in other
            }
            prices = sorted(told)
            if not prices:
                continue
            ends = (
                ([told[p]["low90"] for p in prices], [told[p]["high90"] for p in prices])
                if "low90" in told[prices[0]]
                else ((), ())
            )
            panels.append(
                Lines(each["period"], [Line(MODEL, prices, [told[p]["value"] for p in prices], *ends)])
            )
        return lines(
            panels, title=first["question"], x="Brent, US$ a barrel", columns=2, width=260, height=150, total=total
        )  # fmt: skip

    return Chart(
        "The same as it hangs on the price of oil",
        "What the model expects where Brent turns out so; not what would follow from setting the price. Band: middle 90%.",
        lambda: [row for row in rows(found, ledger) if row["oil"]],
        draw,
    )


def _dot(name: str, colour: str, told: Mapping[str, float]) -> Dot:
    nan = float("nan")
    return Dot(name, "forecast", told["value"], told.get("low90", nan), told.get("high90", nan), colour=colour)
