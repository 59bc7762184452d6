"""The numbers of the outlook: chances of end states, when they are first entered, medians of headlines, and their direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.futures.plan import HEADLINES
from amur.questions import spread
from amur.questions.answer import Number, Row
from amur.questions.ensembles import Run
from amur.questions.mixture import Mixture
from amur.questions.outlook import passage
from amur.questions.outlook.asked import Asked
from amur.questions.outlook.courses import declared, rounded, said
from amur.system.decisions import OPTIONS

type Numbers = NDArray[Any]

PRESENT = "2025-Q4"
"""The last quarter of the record, with which what lies ahead is compared."""


@dataclass(frozen=True)
class Ahead:
    """The runs of an outlook: ``whole`` is history and futures, ``before`` the futures under the readings' priors.

    ``code`` and ``code_before`` are end states by the rules asked for, (quarters ahead, members); ``stood`` those of the
    last quarter of the record, (members,), and ``stood_before`` the same under the priors.
    """

    asked: Asked
    whole: Run
    before: Run
    code: Numbers
    code_before: Numbers
    stood: Numbers
    stood_before: Numbers

    @property
    def first(self) -> int:
        """The place of the first quarter ahead in ``whole``."""
        return self.whole.labels.index(PRESENT) + 1

    @property
    def labels(self) -> tuple[str, ...]:
        """The quarters ahead, as far as they are asked for."""
        return self.whole.labels[self.first : self.whole.at(self.asked.until) + 1]

    @property
    def of(self) -> Mixture:
        """The weights of the members."""
        return self.asked.common.mixture

    @property
    def prior(self) -> Mixture:
        """The weights of the members under the priors."""
        return self.asked.common.prior

    def at(self, year: str) -> int:
        """The place of the end of a year among the quarters ahead."""
        return self.labels.index(f"{year}-Q4")


def ending(ahead: Ahead) -> list[Number]:
    """The probability of each end state at the end of each year asked for, the last year first."""
    made = []
    for year in reversed(ahead.asked.years):
        at = ahead.at(year)
        for place, state in enumerate(ahead.asked.by.states):
            made.append(
                spread.chance(
                    f"{state.name} at the end", f"{state.title} at the end of {year}", ahead.code[at] == place, ahead.of,
                    ahead.code_before[at] == place, ahead.prior, {"year": year, "endstate": state.name},
                )
            )  # fmt: skip
    return made


def reached(ahead: Ahead) -> list[Number]:
    """The probability that each end state is stood in at any time by the last year, and when it is first entered."""
    made: list[Number] = []
    years = passage.middles(ahead.labels)
    until = ahead.asked.until
    for place, state in enumerate(ahead.asked.by.states):
        keys = {"year": until, "endstate": state.name}
        hits, were = passage.held(ahead.code, place)[-1], passage.held(ahead.code_before, place)[-1]
        made.append(
            spread.chance(
                f"{state.name} ever", f"{state.title} at some time by {until}", hits, ahead.of, were, ahead.prior, keys
            )
        )  # fmt: skip
        dates = passage.entered(ahead.code, place, years, ahead.stood)
        dates_before = passage.entered(ahead.code_before, place, years, ahead.stood_before)
        if np.isfinite(dates[ahead.of.weights > 0]).sum() >= 2 * spread.BATCHES:
            about = f"{state.title}: first entered, of the futures that do by {until}"
            found = spread.quantity(
                f"{state.name} entered", about, "year", dates, ahead.of, dates_before, ahead.prior, keys
            )
            known = {name: value for name, value in found.by_reading.items() if np.isfinite(value)}
            made.append(replace(found, by_reading=known))
    return made


def medians(ahead: Ahead) -> list[Number]:
    """The median of each headline, and of what else was asked for, at the end of each year asked for."""
    names = [name for name in ahead.asked.quantities if name not in OPTIONS]
    made = []
    for name in dict.fromkeys([*names, *HEADLINES]):
        told = declared(name)
        for year in ahead.asked.years:
            values = ahead.whole[name][ahead.first + ahead.at(year)]
            were = ahead.before[name][ahead.before.at(year)]
            made.append(
                spread.quantity(name, told.meaning, told.unit, values, ahead.of, were, ahead.prior, {"year": year})
            )  # fmt: skip
    return made


def chances(ahead: Ahead) -> list[Number]:
    """The probability of each option of the decisions asked for, at the end of each year asked for."""
    made = []
    for name in ahead.asked.quantities:
        for option in OPTIONS.get(name, ()):
            title = f"{name}: {said(option)}"
            for year in ahead.asked.years:
                hits = ahead.whole[name][ahead.first + ahead.at(year)] == int(option)
                were = ahead.before[name][ahead.before.at(year)] == int(option)
                keys = {"year": year, "option": said(option)}
                made.append(spread.chance(title, title, hits, ahead.of, were, ahead.prior, keys))
    return made


def higher(ahead: Ahead, name: str, year: str) -> float:
    """The share of futures in which a quantity is higher at the end of a year than at the end of the record."""
    values = ahead.whole[name]
    now, then = values[ahead.first - 1], values[ahead.first + ahead.at(year)]
    return float(np.average(then > now, weights=ahead.of.weights))


def directions(ahead: Ahead) -> tuple[Row, ...]:
    """Of each headline: its median at the end of the record and later, and how many futures have it higher by then."""
    return tuple(_directions(ahead))


def _directions(ahead: Ahead) -> Iterator[Row]:
    names = [name for name in ahead.asked.quantities if name not in OPTIONS]
    for name in dict.fromkeys([*names, *HEADLINES]):
        now = spread.quantiles(ahead.whole[name][ahead.first - 1], ahead.of.weights, (0.5,))[0]
        for year in ahead.asked.years:
            then = spread.quantiles(ahead.whole[name][ahead.first + ahead.at(year)], ahead.of.weights, (0.5,))[
                0
            ]
            yield {
                "quantity": name, "about": declared(name).meaning, "year": year, "now": rounded(now), "then": rounded(then),
                "higher": rounded(higher(ahead, name, year)),
            }  # fmt: skip


def curves(ahead: Ahead) -> tuple[Row, ...]:
    """First passages through time: how many futures have stood in each end state by the end of each year."""
    rows: list[Row] = []
    for place, state in enumerate(ahead.asked.by.states):
        share = passage.held(ahead.code, place) @ ahead.of.weights
        there = float(ahead.of.weights @ (ahead.stood == place))
        rows += [
            {"endstate": state.name, "title": state.title, "year": int(label[:4]), "reached": rounded(share[at]), "now": rounded(there)}
            for at, label in enumerate(ahead.labels) if label.endswith("Q4")
        ]  # fmt: skip
    return tuple(rows)


def companions(ahead: Ahead) -> tuple[Row, ...]:
    """How often each option of each decision holds at the end of the last year within each end state, and elsewhere.

    An end state that less than one future in a hundred stands in is left out.
    """
    at, weights = len(ahead.labels) - 1, ahead.of.weights
    rows: list[Row] = []
    for place, state in enumerate(ahead.asked.by.states):
        there = ahead.code[at] == place
        if not 0.01 <= weights[there].sum() <= 0.99:
            continue
        for name, options in OPTIONS.items():
            codes = ahead.whole[name][ahead.first + at]
            within, elsewhere = (
                np.bincount(codes[each], weights=weights[each], minlength=len(options)) / weights[each].sum()
                for each in (there, ~there)
            )
            rows += [
                {"endstate": state.name, "decision": name, "option": said(option), "within": rounded(within[int(option)]), "elsewhere": rounded(elsewhere[int(option)])}
                for option in options
            ]  # fmt: skip
    return tuple(rows)
