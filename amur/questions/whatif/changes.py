"""How the probabilities of end states and of decisions change among twins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Number, Row
from amur.questions.ensembles import Run
from amur.questions.mixture import Mixture
from amur.questions.spread import shift
from amur.system.decisions import OPTIONS, WHO
from amur.system.endstates import rules

MOST = 8
"""Options whose change is told as a number with its spread."""
LEAST = 0.005
"""The least change of a probability that is told so."""

type Hits = NDArray[np.int8]
type Found = tuple[tuple[Number, ...], tuple[Row, ...]]


def endstates(
    under: Run, without: Run, under_before: Run, without_before: Run,
    dates: tuple[str, ...], of: Mixture, prior: Mixture,
) -> Found:  # fmt: skip
    """Changes of the probability of each end state at the dates: numbers, and a row with the probabilities."""
    places = [under.at(date) for date in dates]
    after, now, then, was = (
        run.at_once("endstate", places) for run in (under, without, under_before, without_before)
    )
    numbers: list[Number] = []
    rows: list[Row] = []
    for code, state in enumerate(rules().states):
        for at, date in enumerate(dates):
            change, prior_change = _change(after[at], now[at], code), _change(then[at], was[at], code)
            made = shift(
                f"endstate:{state.name}",
                f"End state: {state.title}",
                change,
                of,
                prior_change,
                prior,
                {"when": date},
            )
            numbers.append(made)
            rows.append({
                "endstate": state.name, "title": state.title, "when": date,
                "without": float((now[at] == code) @ of.weights), "under": float((after[at] == code) @ of.weights),
                "change": made.value, "low90": made.low90, "high90": made.high90, "error": made.error,
            })  # fmt: skip
    return tuple(numbers), tuple(rows)


def decisions(
    under: Run, without: Run, under_before: Run, without_before: Run,
    dates: tuple[str, ...], of: Mixture, prior: Mixture, done: frozenset[str],
) -> Found:  # fmt: skip
    """Changes of the probability that each option is in force at the dates, and that it ever was until the last.

    Rows for all; numbers for the options that change most, but for decisions that are forced themselves (``done``).
    """
    rows: list[dict[str, Any]] = []
    for decision, code, name in _options():
        pair = [hits(run, decision, code, dates) for run in (under, without)]
        for at, when in enumerate(_whens(dates)):
            shares = [float(each[at] @ of.weights) for each in pair]
            rows.append({
                "decision": decision, "who": WHO[decision], "option": name, "when": when, "code": code, "forced": decision in done,
                "without": shares[1], "under": shares[0], "change": 100 * (shares[0] - shares[1]),
            })  # fmt: skip
    strongest: dict[tuple[str, int], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: -abs(row["change"])):
        strongest.setdefault((row["decision"], row["code"]), row)
    told = [row for row in strongest.values() if abs(row["change"]) >= 100 * LEAST and not row["forced"]]
    numbers = []
    for row in told[:MOST]:
        at = _whens(dates).index(row["when"])
        changes = [
            hits(pair[0], row["decision"], row["code"], dates)[at].astype(np.int8)
            - hits(pair[1], row["decision"], row["code"], dates)[at]
            for pair in ((under, without), (under_before, without_before))
        ]
        about = f"{WHO[row['decision']]}, {row['decision']}: {row['option']}"
        name = f"{row['decision']}:{row['option']}"
        numbers.append(shift(name, about, changes[0], of, changes[1], prior, {"when": row["when"]}))
    return tuple(numbers), tuple({key: row[key] for key in row if key != "code"} for row in rows)


def hits(run: Run, decision: str, code: int, dates: tuple[str, ...]) -> Hits:
    """Whether an option is in force at each of the dates, and ever until the last, (dates + 1, members)."""
    whole = run[decision] == code
    places = [run.at(date) for date in dates]
    return np.concatenate([whole[places], whole[: places[-1] + 1].any(axis=0)[None]]).astype(np.int8)


def _whens(dates: tuple[str, ...]) -> list[str]:
    return [*dates, f"ever until {dates[-1]}"]


def _options() -> Iterator[tuple[str, int, str]]:
    for decision, options in OPTIONS.items():
        for option in options:
            yield decision, int(option), option.name.lower().replace("_", "-")


def _change(after: Hits, before: Hits, code: int) -> Hits:
    return np.asarray((after == code).astype(np.int8) - (before == code).astype(np.int8))
