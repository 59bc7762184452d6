"""Scoring a frozen ledger by what has come: CRPS, Brier and log scores, calibration, beside the baselines' forecasts.

Quantities and counts are scored by the continuous ranked probability score, from their quantiles (an approximation
within 1%, :func:`~amur.validation.ledger_numbers.crps`) on their scale of comparison: log, logit or as they are. Events
are scored by Brier's score (the squared error of the probability) and the log score (nats lost: minus the log of what
was given to what came). Lower is better in all three.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur.validation.ledger_file import Ledger, read_ledger
from amur.validation.ledger_numbers import crps, inside, linked, pit
from amur.validation.ledger_outcomes import Outcome, outcome, read_outcomes
from amur.validation.ledger_targets import Entry, entries

if TYPE_CHECKING:
    from amur.record import Record

type Row = dict[str, Any]
type Numbers = NDArray[np.float64]

COVERED = (0.5, 0.8, 0.9)
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
"""Edges of the classes of the calibration table."""
CERTAIN = 1e-4
"""A probability is scored as no nearer to 0 or 1 than this."""
OTHERWISE = "asked otherwise, or not at all, by this version of amur"


def resolve(
    path: str | Path,
    record: Record | None = None,
    outcomes: str | Path | None = None,
    day: dt.date | None = None,
) -> dict[str, Any]:
    """What a frozen file is worth on a day (today, unless the record is cut or a day is given).

    ``outcomes`` is a CSV file (target, value, date, source) that goes before the record. The answer has ``resolved``
    (a row each, with its scores), ``open`` (with the day each is due) and ``summary``. AmurError for a file that does
    not fit.
    """
    from amur.record import load

    known = load() if record is None else record
    day = day or known.as_of or dt.date.today()
    ledger = read_ledger(path)
    asked = {entry.id: entry for entry in entries() if _same(entry, ledger.forecasts.get(entry.id))}
    told = read_outcomes(Path(outcomes), asked, day) if outcomes else {}
    came = {name: told.get(name) or outcome(known, entry, day) for name, entry in asked.items()}
    resolved: list[Row] = []
    waiting: list[Row] = []
    for name, forecast in ledger.forecasts.items():
        entry, outcome_of = asked.get(name), came.get(name)
        if entry and outcome_of:
            price = brent(entry, came)
            resolved.append(
                _scored(ledger, forecast, outcome_of) | given_oil(ledger, forecast, outcome_of, price)
            )
        else:
            reason = OTHERWISE if not entry else "by hand" if entry.target.by_hand else ""
            waiting.append({"id": name, "due": forecast["due"], "note": reason})
    return {
        "ledger": str(ledger.path),
        "frozen": ledger.frozen,
        "as_of": day.isoformat(),
        "resolved": resolved,
        "open": waiting,
        "summary": summary(resolved),
    }


def _same(entry: Entry, forecast: Row | None) -> bool:
    """Whether a frozen forecast asks what this version asks under its name."""
    target = entry.target
    return forecast is not None and (target.type, target.unit, target.resolution, entry.due) == tuple(
        forecast[field] for field in ("type", "unit", "resolution", "due")
    )


def _scored(ledger: Ledger, forecast: Row, came: Outcome) -> Row:
    row: Row = {"id": came.id, "type": forecast["type"], "unit": forecast["unit"], **came._asdict()}
    baselines = forecast.get("baselines", {})
    if forecast["type"] == "event":
        row |= {"probability": forecast["probability"], **_event(forecast["probability"], came.value)}
        return row | {
            "baselines": {name: _event(each["probability"], came.value) for name, each in baselines.items()}
        }
    link, floor, levels = forecast["scale"]["link"], forecast["scale"]["floor"], ledger.levels
    value = float(linked(np.array([came.value]), link, floor)[0])
    quantiles = linked(np.array(forecast["quantiles"], np.float64), link, floor)
    row |= {"median": float(np.interp(0.5, levels, np.array(forecast["quantiles"], np.float64)))}
    row |= {"crps": crps(quantiles, levels, value), "pit": pit(quantiles, levels, value)}
    row |= {
        f"inside{share:.0%}".removesuffix("%"): inside(quantiles, levels, value, share) for share in COVERED
    }
    scores = {
        name: {"crps": crps(linked(np.array(each["quantiles"], np.float64), link, floor), levels, value)}
        for name, each in baselines.items()
        if "quantiles" in each
    }
    return row | {"baselines": scores}


def brent(entry: Entry, came: Mapping[str, Outcome | None]) -> float | None:
    """The mean price of Brent over the time of a forecast, as far as it is known."""
    name = "brent_quarter" if entry.target.frequency == "Q" else "brent"
    periods = sorted({quarter[:4] for quarter in entry.quarters}) if name == "brent" else [entry.period]
    prices = [each.value for period in periods if (each := came.get(f"{name}.{period}"))]
    return float(np.mean(prices)) if len(prices) == len(periods) else None


def given_oil(ledger: Ledger, forecast: Row, came: Outcome, price: float | None) -> Row:
    """The scores of a forecast at the oil price that came, and of the unconditional one told as coarsely.

    Between the prices of the file by straight lines in the log; nothing where a price or a forecast is lacking.
    """
    told = {float(at): each for at, each in forecast.get("at_oil", {}).items() if "note" not in each}
    below = max((at for at in told if price and at <= price), default=None)
    above = min((at for at in told if price and at >= price), default=None)
    if price is None or below is None or above is None:
        return {}
    part = 0.0 if below == above else math.log(price / below) / math.log(above / below)

    def between(field: str) -> Numbers:
        low, high = (np.atleast_1d(np.asarray(told[at][field], np.float64)) for at in (below, above))
        return (1 - part) * low + part * high

    if forecast["type"] == "event":
        given = _event(float(between("probability")[0]), came.value)["brier"]
        return {
            "brent": price,
            "score_at_oil": given,
            "score_without": _event(forecast["probability"], came.value)["brier"],
        }
    link, floor = forecast["scale"]["link"], forecast["scale"]["floor"]
    value = float(linked(np.array([came.value]), link, floor)[0])
    plain = np.interp(ledger.few, ledger.levels, np.array(forecast["quantiles"], np.float64))
    at_oil, without = (
        crps(linked(each, link, floor), ledger.few, value) for each in (between("quantiles"), plain)
    )
    return {"brent": price, "score_at_oil": at_oil, "score_without": without}


def _event(probability: float, came: float) -> dict[str, float]:
    given = min(max(probability, CERTAIN), 1 - CERTAIN)
    return {"brier": (probability - came) ** 2, "log": -math.log(given if came else 1 - given)}


def summary(rows: list[Row]) -> dict[str, Any]:
    """The scores together: skill of quantities and counts against each baseline, coverage, and events."""
    amounts = [row for row in rows if row["type"] != "event"]
    events = [row for row in rows if row["type"] == "event"]
    told: dict[str, Any] = {"quantities": len(amounts), "events": len(events)}
    if amounts:
        told["skill"] = {name: skill(amounts, name) for name in _names(amounts)}
        told["coverage"] = {
            f"{share:.0%}".removesuffix("%"): _mean(
                row[f"inside{share:.0%}".removesuffix("%")] for row in amounts
            )
            for share in COVERED
        }
    both = [row for row in rows if "score_at_oil" in row]
    if both:
        gain = better((row["id"], row["score_at_oil"], row["score_without"]) for row in both)
        told["oil"] = {"forecasts": len(both), "skill": gain}
    if events:
        told["brier"] = _mean(row["brier"] for row in events)
        told["log"] = _mean(row["log"] for row in events)
        told["baselines"] = {
            name: {
                score: _mean(row["baselines"][name][score] for row in events if name in row["baselines"])
                for score in ("brier", "log")
            }
            for name in _names(events)
        }
        told["calibration"] = calibration(events)
    return told


def skill(rows: list[Row], baseline: str) -> float | None:
    """Skill of the forecasts of quantities and counts against a baseline, over the rows in which it has one."""
    return better(
        (row["id"], row["crps"], row["baselines"][baseline]["crps"])
        for row in rows
        if baseline in row["baselines"]
    )


def better(scores: Iterable[tuple[str, float, float]]) -> float | None:
    """One less the ratio of mean scores, target by target, then the mean over targets: 0 is no better than the other.

    ``scores`` are forecast, our score and the other's. Targets of which the other missed nothing are left out, since
    nothing can be better; None where none is left.
    """
    by_target: dict[str, list[tuple[float, float]]] = {}
    for name, ours, theirs in scores:
        by_target.setdefault(name.rpartition(".")[0], []).append((ours, theirs))
    sums = [np.sum(pairs, axis=0) for pairs in by_target.values()]
    ratios = [1 - ours / theirs for ours, theirs in sums if theirs > 0]
    return float(np.mean(ratios)) if ratios else None


def calibration(events: list[Row]) -> list[dict[str, float]]:
    """Classes of probability in which there are events: how many, their mean probability, and how often they came."""
    table = []
    for low, high in pairwise(BINS):
        inside_it = [
            row for row in events if low <= row["probability"] < high or row["probability"] == high == 1.0
        ]
        if inside_it:
            told = {"from": low, "to": high, "forecasts": len(inside_it)}
            told |= {"probability": _mean(row["probability"] for row in inside_it)}
            table.append(told | {"came": _mean(row["value"] for row in inside_it)})
    return table


def _names(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row["baselines"]))


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
