"""What forecasters without a model say of the ledger's targets, written into the same file at the same time.

Of quantities and counts the baselines are those of the hindcasts, over the record's own history of the target. The
quarters of a year are the baseline's year in equal quarters, with season and scatter as the model's; beside them
``seasonal`` takes the last known same quarter and the record's own changes over as many years
since 2015. Of events the
baseline is a chain of two states whose chances to come and to go are counted in the record since 1992.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur.record import periods
from amur.validation.ledger_members import SINCE, parted, season
from amur.validation.ledger_numbers import LEVELS, linked, rounded, unlinked
from amur.validation.ledger_oil import quantiles
from amur.validation.ledger_outcomes import Codes, Values, codes, values
from amur.validation.ledger_targets import QUARTERS, YEARS, Entry, Target

if TYPE_CHECKING:
    from amur.record import Record

type Numbers = NDArray[np.float64]

DRAWS = 4000
FIRST_YEAR = 1992
LEAST_CHANGES = 8
"""Changes that the seasonal baseline needs to have seen."""


def forecasts(record: Record, asked: tuple[Entry, ...], seed: int) -> dict[str, dict[str, Any]]:
    """By forecast and baseline: quantiles (of :data:`~amur.validation.ledger_numbers.LEVELS`) or a probability."""
    told: dict[str, dict[str, Any]] = {}
    drawn: dict[str, dict[str, Numbers]] = {}
    for entry in asked:
        target = entry.target
        if target.type == "event":
            told[entry.id] = {
                "base_rate": {"probability": float(f"{base_rate(codes(record, target), target, entry):.4g}")}
            }
            continue
        if target.name not in drawn:
            drawn[target.name] = _drawn(record, target, seed)
        levels = np.array(LEVELS)
        even = np.full(DRAWS, 1 / DRAWS)
        place = (QUARTERS if target.frequency == "Q" else YEARS).index(entry.period)
        told[entry.id] = {
            name: {"quantiles": rounded(quantiles(draws[place], even, levels, target.type == "count"))}
            for name, draws in drawn[target.name].items()
            if np.isfinite(draws[place]).all()
        }
    return told


def _drawn(record: Record, target: Target, seed: int) -> dict[str, Numbers]:
    """Draws of each baseline, (periods of the ledger, draws), in the unit of the target; NaN where it has none."""
    if target.source != "quarters_of":
        return _along(values(record, target), target, seed)
    year = target._replace(source="observable", frequency="A")
    annual = _along(values(record, year), year, seed)
    flat, of = np.ones((4, DRAWS)), season(record, target)
    made = {}
    for name, draws in annual.items():
        chance = np.random.default_rng([seed, *f"{target.name}:{name}".encode()])
        made[name] = np.concatenate([parted(each / target.factor, flat, of, chance) for each in draws])
    chance = np.random.default_rng([seed, *f"{target.name}:seasonal".encode()])
    history = values(record, target)
    return made | {"seasonal": np.stack([seasonal(history, quarter, chance) for quarter in QUARTERS])}


def _along(history: Values, target: Target, seed: int) -> dict[str, Numbers]:
    """Draws of the baselines of the hindcasts over a history without seasons."""
    from amur.validation.baselines import BASELINES, LEAST

    ahead = YEARS if target.frequency == "A" else QUARTERS
    first = str(FIRST_YEAR) if target.frequency == "A" else f"{FIRST_YEAR}-Q1"
    many = periods.ordinal(ahead[0]) - periods.ordinal(first)
    labels = [periods.from_ordinal(periods.ordinal(first) + place, target.frequency) for place in range(many)]
    known = np.array([history.get(label, np.nan) for label in labels])
    if np.isfinite(known).sum() < LEAST:
        return {}
    scaled = linked(known, target.link, target.floor)
    lowest = float(np.log(target.floor)) if target.link == "log" else -np.inf
    link = "count" if target.type == "count" else target.link
    made = {}
    for name, baseline in BASELINES.items():
        chance = np.random.default_rng([seed, *f"{target.name}:{name}".encode()])
        draws = baseline(scaled, len(ahead), DRAWS, chance, link, lowest=lowest)
        made[name] = np.asarray(unlinked(draws, target.link))
    return made


def base_rate(coded: Codes, target: Target, entry: Entry) -> float:
    """The chance of an event by a chain of two states, from the last coded quarter before the window.

    Chances per quarter are those counted, with one change more in as many quarters as changes either way usually take:
    what never happened stays possible, and a state that is new is not thought fleeting.
    """
    first = entry.quarters[0]
    held = [code in target.codes for quarter, code in sorted(coded.items()) if quarter < first]
    pairs = list(pairwise(held))
    usual = (len(pairs) + 2) / (sum(before != after for before, after in pairs) + 1)

    def change(state: bool) -> float:
        at_risk = [after for before, after in pairs if before == state]
        return (sum(after != state for after in at_risk) + 1) / (len(at_risk) + usual)

    come, go = change(False), change(True)
    last_known = max(quarter for quarter in coded if quarter < first)
    many = periods.ordinal(entry.quarters[-1]) - periods.ordinal(last_known)
    if target.when == "ever":
        begin = 1 - go if held[-1] else come
        return 1 - (1 - begin) * (1 - come) ** (many - 1)
    held_now = float(held[-1])
    for _ in range(many):
        held_now = held_now * (1 - go) + (1 - held_now) * come
    return held_now


def seasonal(history: Values, quarter: str, chance: np.random.Generator) -> Numbers:
    """Draws of a quarter: the last known same quarter times the record's own changes over as many years.

    NaN where the record knows no such quarter, or too few such changes since 2015.
    """
    before = [known for known in history if known[-1] == quarter[-1] and known < quarter]
    if not before:
        return np.full(DRAWS, np.nan)
    last = max(before)
    gap = periods.ordinal(quarter) - periods.ordinal(last)
    changes = [
        np.log(value / history[earlier])
        for known, value in history.items()
        if int(known[:4]) >= SINCE
        and (earlier := periods.from_ordinal(periods.ordinal(known) - gap, "Q")) in history
    ]
    if len(changes) < LEAST_CHANGES:
        return np.full(DRAWS, np.nan)
    return np.asarray(history[last] * np.exp(chance.choice(changes, DRAWS)))
