"""The course of quantities and decisions: fans of yearly means joined to history, shares of options, what the record shows."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Row
from amur.questions.ensembles import Run
from amur.questions.mixture import Mixture
from amur.questions.spread import quantiles
from amur.system.decisions import OPTIONS
from amur.system.declare import Quantity, table
from amur.system.forcings import Forcings
from amur.system.state import QUANTITIES

type Numbers = NDArray[Any]

LEVELS = {"low90": 0.05, "low50": 0.25, "middle": 0.5, "high50": 0.75, "high90": 0.95}


def declared(name: str) -> Quantity:
    """The declaration of a state, flow or forcing: its unit and meaning."""
    return QUANTITIES.get(name) or table(Forcings)[name]


def fans(names: tuple[str, ...], whole: Run, of: Mixture, until: str) -> tuple[Row, ...]:
    """Percentiles of yearly means over the weighted members, 1992 to ``until``, with what the record shows.

    ``whole`` is history and futures. ``seen`` is None where the record is silent or sees it only through other things.
    """
    rows: list[Row] = []
    last = f"{until}-Q4"
    for name in names:
        values = np.asarray(whole[name], np.float64)
        yearly = values.reshape(-1, 4, values.shape[-1]).mean(axis=1)
        shown = seen(name)
        found = quantiles(yearly, of.weights, tuple(LEVELS.values()))
        for place, label in enumerate(whole.labels[3::4]):
            if label > last:
                break
            bands = {band: rounded(found[at, place]) for at, band in enumerate(LEVELS)}
            rows.append({"quantity": name, "year": int(label[:4]), **bands, "seen": shown.get(label[:4])})
    return tuple(rows)


def shares(name: str, whole: Run, of: Mixture, until: str) -> tuple[Row, ...]:
    """The share of the weighted members that has each option of a decision at the end of each year; of history 0 or 1."""
    rows: list[Row] = []
    codes = np.asarray(whole[name])[3::4]
    for place, label in enumerate(whole.labels[3::4]):
        if label > f"{until}-Q4":
            break
        mass = np.bincount(codes[place], weights=of.weights, minlength=len(OPTIONS[name]))
        rows += [
            {
                "decision": name,
                "year": int(label[:4]),
                "option": said(option),
                "share": rounded(mass[int(option)]),
            }
            for option in OPTIONS[name]
        ]
    return tuple(rows)


def said(option: Any) -> str:
    """An option as it is written everywhere: dual-use."""
    return str(option.name.lower().replace("_", "-"))


def states(code: Numbers, names: tuple[str, ...], labels: tuple[str, ...], of: Mixture) -> tuple[Row, ...]:
    """The share of the weighted members that stands in each end state at the end of each year."""
    rows: list[Row] = []
    for place, label in enumerate(labels):
        if label.endswith("Q4"):
            mass = np.bincount(code[place], weights=of.weights, minlength=len(names))
            rows += [
                {"endstate": name, "year": int(label[:4]), "share": rounded(mass[at])}
                for at, name in enumerate(names)
            ]
    return tuple(rows)


@cache
def seen(name: str) -> dict[str, float]:
    """What the record shows of a quantity by year; nothing where no series is of the quantity itself."""
    from amur.record import load
    from amur.system.observables import OBSERVABLES
    from amur.system.observe import observed

    for key, made in OBSERVABLES.items():
        if made.states == (name,) and made.model == "student" and _itself(name, made.predict):
            told = observed(load())
            values = np.asarray(told.values[key], np.float64)
            if made.frequency == "Q":
                values = _means(values[: len(values) // 4 * 4].reshape(-1, 4))
            pairs = zip(told.years, values, strict=False)
            return {year: float(f"{value:.5g}") for year, value in pairs if np.isfinite(value)}
    return {}


def _means(quarters: Numbers) -> NDArray[np.float64]:
    """Means of the quarters that are known of each year, not-a-number where none is."""
    known = np.isfinite(quarters)
    total = np.where(known, quarters, 0).sum(axis=1)
    return np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)


def _itself(name: str, predict: Any) -> bool:
    """Whether an observable is the quantity as it is, without a parameter between them."""
    try:
        return all(predict(SimpleNamespace(**{name: value}), None) == value for value in (0.25, 3.0))
    except (AttributeError, TypeError):
        return False


def rounded(value: float) -> float:
    """A value with five significant digits, as tables hold it."""
    return float(f"{value:.5g}")
