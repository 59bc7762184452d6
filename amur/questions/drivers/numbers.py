"""From the values of coalitions to numbers with their spread, and the tables behind the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur.questions import spread
from amur.questions.answer import Number, Row
from amur.questions.drivers import shapley
from amur.questions.drivers.engine import ALL
from amur.questions.drivers.families import FAMILIES, members
from amur.questions.drivers.worth import mixture, unit_of, worth

if TYPE_CHECKING:
    from amur.questions.drivers import Asked

WHOLE, REST, ADDS, ALONE = "whole", "rest", "adds", "alone"
"""Names of numbers: the outcome with every family at work and with none, what a family adds, what goes without it."""
MANY = len(FAMILIES)
PAIRS_BEFORE = 2
"""Pairs of orders under the priors, for the data share."""

type Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Parts:
    """One year: Shapley values (families, outcomes, sets) by pair of orders, and coalitions that stand for themselves."""

    year: int
    shared: shapley.Shared
    whole: Numbers
    rest: Numbers
    alone: Numbers
    lost: int


def parts(asked: Asked, year: int, prior: bool = False) -> Parts:
    """The decomposition of the outcomes of one year, under the posteriors or the priors of the readings."""
    # Of the priors only the spread over sets is asked, beside which the noise of few orders is nothing.
    told = shapley.orders(MANY, PAIRS_BEFORE if prior else asked.pairs, asked.seed)
    without = [ALL & ~(1 << player) for player in range(MANY)]
    wanted = [*shapley.coalitions(told), *without]
    held = int(asked.held) if asked.held else None
    found, lost = worth(asked.common, wanted, asked.outcomes, year, asked.span, held, prior)
    alone = np.stack([found[ALL] - found[each] for each in without])
    return Parts(year, shapley.shared(told, found), found[ALL], found[0], alone, lost)


type Found = Mapping[tuple[str, str, str, str], Number]


def numbers(asked: Asked, after: Sequence[Parts], before: Sequence[Parts]) -> Found:
    """All numbers by name, outcome, year and family ("" where there is none)."""
    of, prior = mixture(asked.common), mixture(asked.common, prior=True)
    found: dict[tuple[str, str, str, str], Number] = {}
    for now, then in zip(after, before, strict=True):
        errors = now.shared.error(of.weights)
        for place, outcome in enumerate(asked.outcomes):
            keys = {"outcome": outcome, "year": str(now.year)}
            unit = unit_of(outcome)

            def add(name: str, about: str, family: str, values: Numbers, was: Numbers, keys: dict[str, str] = keys, unit: str = unit) -> None:  # fmt: skip
                more = {"family": family} if family else {}
                key = (name, keys["outcome"], keys["year"], family)
                found[key] = spread.mean(name, about, unit, values, of, was, prior, keys | more)

            add(WHOLE, "With every family at work", "", now.whole[place], then.whole[place])
            add(REST, "With every family off", "", now.rest[place], then.rest[place])
            for player, family in enumerate(FAMILIES):
                add(
                    ADDS, family.title, family.name,
                    now.shared.values[player, place], then.shared.values[player, place],
                )  # fmt: skip
                key = (ADDS, outcome, str(now.year), family.name)
                by_orders = float(np.nan_to_num(errors[player, place]))
                found[key] = replace(found[key], error=float(np.hypot(found[key].error, by_orders)))
                add(
                    ALONE, f"{family.title}, off by itself", family.name,
                    now.alone[player, place], then.alone[player, place],
                )  # fmt: skip
    return found


def ordered(asked: Asked, found: Found, now: int) -> tuple[Number, ...]:
    """The numbers: first what families add now (or in the year nearest to it), the strongest of each outcome in turn."""
    years = sorted({int(year) for _, _, year, _ in found}, key=lambda year: (abs(year - now), year))
    made: list[Number] = []
    for year in years:
        ranked = [ranks(found, outcome, str(year)) for outcome in asked.outcomes]
        made += [column[place] for place in range(MANY) for column in ranked]
    for name in (WHOLE, REST, ALONE):
        made += [each for key, each in found.items() if key[0] == name]
    return tuple(made)


def ranks(found: Found, outcome: str, year: str) -> list[Number]:
    """What the families add to an outcome in a year, the strongest for or against it first."""
    own = [found[ADDS, outcome, year, family.name] for family in FAMILIES]
    return sorted(own, key=lambda each: -abs(each.value))


def tables(found: Found, labels: Mapping[str, str], now: int) -> dict[str, tuple[Row, ...]]:
    """Rows for charts and spreadsheets: ``parts``, ``levels`` and ``families``.

    ``labels`` are the outcomes in words; the year nearest to ``now`` is that which the statement is about.
    """
    about = min((int(year) for _, _, year, _ in found), key=lambda year: (abs(year - now), year))
    rows: list[Row] = []
    for (name, outcome, year, family), each in found.items():
        if name == ADDS:
            alone = found[ALONE, outcome, year, family]
            rows.append(
                {
                    "outcome": outcome, "year": int(year), "family": family, "title": each.about, "unit": each.unit,
                    "adds": each.value, "low50": each.low50, "high50": each.high50, "low90": each.low90,
                    "high90": each.high90, "error": each.error, "data_share": each.data_share,
                    "alone": alone.value, "alone_low90": alone.low90, "alone_high90": alone.high90,
                }
            )  # fmt: skip
    levels: list[Row] = [
        {
            "outcome": outcome, "label": labels[outcome], "year": int(year), "now": int(year) == about,
            "unit": each.unit, "whole": each.value,
            "low90": each.low90, "high90": each.high90, "rest": found[REST, outcome, year, ""].value,
        }
        for (name, outcome, year, _), each in found.items()
        if name == WHOLE
    ]  # fmt: skip
    who: list[Row] = [
        {
            "family": family.name, "title": family.title, "about": family.about, "claims": " ".join(family.claims),
            "mechanisms": " ".join(members(family.name)),
        }
        for family in FAMILIES
    ]  # fmt: skip
    return {"parts": tuple(rows), "levels": tuple(levels), "families": tuple(who)}
