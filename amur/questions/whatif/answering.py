"""The answer to a what-if: effects on quantities, end states and decisions, with the paths behind its chart."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Answer, Number, Row
from amur.questions.ensembles import Progress, Run, made, rests, run
from amur.questions.mixture import Mixture
from amur.questions.spread import mean, quantiles
from amur.questions.whatif.asked import Asked, lookable
from amur.questions.whatif.changes import decisions, endstates
from amur.questions.whatif.effects import LEAST, Sizes, leaders, sizes
from amur.questions.whatif.sharing import differs
from amur.questions.whatif.telling import side, statement

MOST = 8
"""Quantities told in full, unless they are named."""
DRAWN = 2
"""Quantities whose paths are kept for the chart."""
ALWAYS = ("dependence_rus", "dependence_chn")
"""Quantities that are told and drawn whatever is done: who depends on whom."""
BASELINE = "baseline"

type Numbers = NDArray[np.floating[Any]]


class Twins(NamedTuple):
    """Runs of the world asked about and of what it is compared with, after the record and before it (the priors)."""

    under: Run
    without: Run
    under_before: Run
    without_before: Run
    baseline: Run


class Ranked(NamedTuple):
    """Quantities looked at in order of the size of their effect, with their sizes and what says the same as another."""

    told: tuple[str, ...]
    names: tuple[str, ...]
    sizes: Sizes
    alike: dict[str, str]


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """Effects of the world asked about against the baseline, or against the other world."""
    twins = _twins(asked, progress)
    of, prior = asked.common.mixture, asked.common.prior
    places = [twins.under.at(date) for date in asked.dates]
    ranked = _ranked(asked, twins, places)
    numbers = _quantities(asked, twins, ranked.told, places)
    first = _strongest_first(asked, ranked, numbers)
    always = _quantities(asked, twins, tuple(name for name in ALWAYS if name not in ranked.told), places)
    pairs = (twins.under, twins.without, twins.under_before, twins.without_before)
    states, by_state = endstates(*pairs, asked.dates, of, prior)
    forced = frozenset(getattr(each, "decision", "") for each in _done(asked))
    chosen, by_option = decisions(*pairs, asked.dates, of, prior, forced)
    world, other = asked.world, asked.other
    claims = (*world.claims, *(other.claims if other else ()))
    top = list(dict.fromkeys(number.name for number in first))[:MOST]
    return Answer(
        "whatif",
        f"What if: {world.title or 'nothing is done'}" + (f", against: {other.title}" if other else ""),
        asked.as_json(),
        statement(asked, first, ranked.sizes, ranked.names, states, by_state, chosen),
        (*first, *states, *chosen, *always),
        {
            "worlds": _worlds(asked),
            "effects": _effects(asked, ranked, (*numbers, *always)),
            "endstates": by_state,
            "decisions": by_option,
            "paths": _paths(asked, twins, tuple(dict.fromkeys((*ranked.told[:DRAWN], *ALWAYS))), of),
        },
        rests(top or ["dependence_rus"], 1, claims),
        made(asked.common),
        tuple(_notes(asked, first)),
    )


def _twins(asked: Asked, progress: Progress | None) -> Twins:
    sides = (asked.world.interventions, asked.other.interventions if asked.other else ())
    wanted = [(side, prior) for prior in (False, True) for side in sides] + [((), False)]
    runs = []
    for done, (interventions, prior) in enumerate(wanted):
        if progress:
            progress("twins", done, len(wanted))
        runs.append(run(asked.common, interventions, prior=prior))
    if progress:
        progress("twins", len(wanted), len(wanted))
    return Twins(*runs)


def _ranked(asked: Asked, twins: Twins, places: list[int]) -> Ranked:
    """Every quantity by the size of its effect where that is largest; what is held or changed itself comes last."""
    names = tuple(lookable())
    weights = asked.common.mixture.weights
    under, without = (_stack(each, names, places) for each in (twins.under, twins.without))
    baseline = without if not asked.other else _stack(twins.baseline, names, places)
    found = sizes(baseline, under - without, weights)
    if asked.quantities:
        strength = {name: _largest(found, names.index(name)) for name in asked.quantities}
        told = sorted(strength, key=lambda name: -strength[name])
        return Ranked(tuple(told), names, found, {})
    direct = {getattr(each, "quantity", "") for each in _done(asked)}
    free = [at for at, name in enumerate(names) if name in twins.under and name not in direct and _state(name)]
    strengths = [_largest(found, at) for at in free]
    lead, alike = leaders((under - without)[free, -1], strengths, weights, MOST)
    return Ranked(
        tuple(names[free[at]] for at in lead),
        names,
        found,
        {names[free[at]]: names[free[leader]] for at, leader in alike.items()},
    )


def _stack(run: Run, names: tuple[str, ...], places: list[int]) -> Numbers:
    """(quantities, dates, members)."""
    return np.stack([run.at_once(name, places) for name in names])


def _largest(found: Sizes, at: int) -> float:
    return float(np.abs(found.relative[at]).max())


def _state(name: str) -> bool:
    from amur.system.state import QUANTITIES

    return name in QUANTITIES


def _done(asked: Asked) -> tuple[Any, ...]:
    return (*asked.world.interventions, *(asked.other.interventions if asked.other else ()))


def _quantities(asked: Asked, twins: Twins, names: tuple[str, ...], places: list[int]) -> tuple[Number, ...]:
    """Mean effects on the quantities named, at each date."""
    of, prior, known = asked.common.mixture, asked.common.prior, lookable()
    numbers: list[Number] = []
    for name in names:
        after = twins.under.at_once(name, places) - twins.without.at_once(name, places)
        before = twins.under_before.at_once(name, places) - twins.without_before.at_once(name, places)
        numbers += [
            mean(name, known[name].meaning, known[name].unit, after[at], of, before[at], prior, {"when": date})
            for at, date in enumerate(asked.dates)
        ]
    return tuple(numbers)


def _strongest_first(asked: Asked, ranked: Ranked, numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    """The numbers of the quantities told, with the strongest date of the strongest quantity before all others."""
    if not numbers:
        return ()
    relative = ranked.sizes.relative[ranked.names.index(ranked.told[0])]
    strongest = int(np.abs(relative).argmax())
    return (numbers[strongest], *numbers[:strongest], *numbers[strongest + 1 :])


def _effects(asked: Asked, ranked: Ranked, numbers: tuple[Number, ...]) -> tuple[Row, ...]:
    """A row to each quantity and date, the largest effects first; those told in full with their spread."""
    known = lookable()
    rank = {name: place + 1 for place, name in enumerate(ranked.told)}
    full = {(each.name, each.keys["when"]): each for each in numbers}
    rows: list[Row] = []
    for at, name in enumerate(ranked.names):
        for when, date in enumerate(asked.dates):
            baseline, effect, spread, relative = (float(each[at, when]) for each in ranked.sizes)
            number = full.get((name, date))
            rows.append({
                "quantity": name, "about": known[name].meaning, "unit": known[name].unit, "when": date,
                "baseline": baseline, "effect": effect, "baseline_sd": spread, "relative": relative,
                "rank": rank.get(name), "moves_with": ranked.alike.get(name),
                "low50": number.low50 if number else None, "high50": number.high50 if number else None,
                "low90": number.low90 if number else None, "high90": number.high90 if number else None,
                "data_share": number.data_share if number else None,
            })  # fmt: skip
    return tuple(sorted(rows, key=lambda row: -abs(float(row["relative"] or 0))))


def _worlds(asked: Asked) -> tuple[Row, ...]:
    from amur.system.interventions import as_json

    told = [("under", asked.world)] + ([("against", asked.other)] if asked.other else [])
    return tuple(
        {"side": place, "title": world.title, "intervention": side(each)}
        for place, world in told
        for each in as_json(world.interventions)
    )


def _paths(asked: Asked, twins: Twins, names: tuple[str, ...], of: Mixture) -> tuple[Row, ...]:
    """Fourth quarters of the baseline and of the worlds, for the strongest quantities."""
    known = lookable()
    runs = {BASELINE: twins.baseline, "under": twins.under} | (
        {"against": twins.without} if asked.other else {}
    )
    places = [at for at, label in enumerate(twins.under.labels) if label.endswith("Q4")]
    rows: list[Row] = []
    for name in names:
        for world, each in runs.items():
            middle, low50, high50, low90, high90 = quantiles(each.at_once(name, places), of.weights)
            rows += [
                {
                    "quantity": name, "about": known[name].meaning, "unit": known[name].unit, "world": world,
                    "year": int(each.labels[place][:4]), "middle": float(middle[at]), "low50": float(low50[at]),
                    "high50": float(high50[at]), "low90": float(low90[at]), "high90": float(high90[at]),
                }
                for at, place in enumerate(places)
            ]  # fmt: skip
    return tuple(rows)


def _notes(asked: Asked, numbers: tuple[Number, ...]) -> list[str]:
    notes = differs(asked.made)
    luck = [each for each in numbers if abs(each.value) < 2 * each.error]
    if luck:
        notes.append(
            f"{len(luck)} of the {len(numbers)} effects on quantities told here are within two Monte Carlo errors of"
            " nothing: more futures would tell them from luck."
        )
    if asked.world.interventions and not asked.quantities and not numbers:
        notes.append(f"No effect reaches {LEAST:g} standard deviations of the baseline at the dates asked.")
    notes.append(
        "Effects are means over futures; their intervals are over parameter sets. What is done is taken as given: how"
        " likely it is, and what else would come with it, is not told here."
    )
    return notes
