"""Where the spread comes from: shares of the variance of each headline, end state and decision, by what is not known."""

from __future__ import annotations

from typing import Any

import numpy as np

from amur.futures.plan import HEADLINES
from amur.questions.answer import Row
from amur.questions.ensembles import Progress
from amur.questions.outlook.asked import Asked
from amur.questions.outlook.courses import declared, rounded
from amur.questions.outlook.design import AFTER, INPUTS, Piece, runs
from amur.questions.outlook.effects import Effects, apart, effects
from amur.system import endstates
from amur.system.decisions import OPTIONS, WHO

STATE = "endstate"


def sources(asked: Asked, progress: Progress | None = None) -> tuple[Row, ...]:
    """Shares of the variance by outcome, year and input, with Monte Carlo errors; the shares of an outcome sum to 1.

    Of a quantity the variance is that of its value at the end of the year; of an end state or an option that of
    whether it holds; of all end states, or a decision, those of all of them together.
    """
    names = tuple(dict.fromkeys([*(name for name in asked.quantities if name not in OPTIONS), *HEADLINES]))
    ahead = _ahead(asked)

    def reduce(piece: Piece) -> Piece:
        held = piece | {STATE: endstates.classify(piece, asked.by)} if asked.endstates else piece
        return {name: np.asarray(held[name])[ahead] for name in (*names, STATE, *OPTIONS)}

    found, _ = runs(asked.common, reduce, progress)
    rows: list[Row] = []
    for name in names:
        rows += _rows(name, declared(name).meaning, "quantity", asked.years, _effects(found[name]))
    rows += _rows(STATE, "Which end state holds", "endstates", asked.years, _effects(found[STATE], True))
    for place, state in enumerate(asked.by.states):
        one = _effects((found[STATE] == place).astype(np.float32))
        rows += _rows(state.name, state.title, "endstate", asked.years, one)
    for name in OPTIONS:
        about = f"Decision: {name} ({WHO[name]})"
        rows += _rows(name, about, "decision", asked.years, _effects(found[name], True))
    return tuple(rows)


def _ahead(asked: Asked) -> list[int]:
    from amur.questions.outlook.asked import FIRST

    return [4 * (int(year) - FIRST) + 3 for year in asked.years]


def _effects(values: Any, codes: bool = False) -> Effects:
    """Effects on an outcome, (runs, years, members), at each year."""
    return effects(apart(np.moveaxis(values, 1, -1), codes), AFTER)


def _rows(name: str, about: str, kind: str, years: tuple[str, ...], of: Effects) -> list[Row]:
    return [
        {
            "outcome": name, "about": about, "kind": kind, "year": year, "variance": rounded(of.variance[at]), "source": source,
            "what": what, "share": rounded(of.share[place, at]), "error": rounded(of.error[place, at]),
            "alone": rounded(of.alone[place, at]), "last": rounded(of.last[place, at]),
        }
        for at, year in enumerate(years) for place, (source, what) in enumerate(INPUTS.items())
    ]  # fmt: skip


def shares(rows: tuple[Row, ...], outcome: str, year: str) -> dict[str, float]:
    """The shares of one outcome at the end of a year, by input."""
    return {
        str(row["source"]): float(row["share"] or 0)
        for row in rows
        if row["outcome"] == outcome and row["year"] == year
    }
