"""What an ensemble comes to: medians and intervals, end states, notable turns, and what twins differ by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.futures.plan import HEADLINES
from amur.system import endstates
from amur.system.decisions import Answer, Kremlin, Secondary, Support, Taiwan, Treaty, Ukraine

if TYPE_CHECKING:
    import xarray as xr

    from amur.futures.plan import Plan

YEARS = (2030, 2036, 2046)
QUANTILES = {"low": 0.05, "median": 0.5, "high": 0.95}


class Turn(NamedTuple):
    """Something notable that may come: a decision in one of some options, ever so far or within the last quarters."""

    name: str
    title: str
    decision: str
    options: tuple[int, ...]
    within: int = 0


TURNS = (
    Turn("lethal aid", "China sends Russia lethal aid", "support", (Support.LETHAL,)),
    Turn("guarantee", "China and Russia guarantee each other", "treaty", (Treaty.GUARANTEE,)),
    Turn("strait", "Blockade or war over Taiwan", "taiwan", (Taiwan.BLOCKADE, Taiwan.WAR)),
    Turn("war", "War over Taiwan", "taiwan", (Taiwan.WAR,)),
    Turn("banks", "Large Chinese banks hit by secondary sanctions", "secondary", (Secondary.LARGE_BANKS,)),
    Turn("ceasefire", "Ceasefire or peace in Ukraine", "ukraine", (Ukraine.CEASEFIRE, Ukraine.PEACE)),
    Turn("western", "A Western-looking successor in Moscow", "kremlin", (Kremlin.WESTERN,)),
    Turn("concedes", "Strategic concession to China within the last year", "answer", (Answer.STRATEGIC,), 4),
)
"""What the tables tell beside quantities and end states."""


def summary(made: Mapping[str, xr.Dataset], asked: Plan) -> dict[str, Any]:
    """Of each run at a few quarters: medians and 90% intervals, end states, turns; and what it adds to the first run."""
    quarters = quarters_shown(asked)
    first, *others = made
    names = [name for name in asked.keep if name in HEADLINES] or list(asked.keep)
    told = {}
    for name in names:
        data = made[first][name]
        if data.ndim > 2:
            continue
        about: dict[str, Any] = {"unit": data.attrs["units"], "meaning": data.attrs["long_name"]}
        for run, each in made.items():
            about[run] = {quarter: spread(each[name].sel(quarter=quarter)) for quarter in quarters}
        for run in others:
            about[f"{run} less {first}"] = {
                quarter: spread(made[run][name].sel(quarter=quarter) - data.sel(quarter=quarter))
                for quarter in quarters
            }
        told[name] = about
    return {
        "members": asked.members,
        "seed": asked.seed,
        "scenario": asked.scenario,
        "record": asked.record_hash,
        "quarters": quarters,
        "quantities": told,
        "endstates": {
            run: {
                quarter: endstates.shares(each["endstate"].sel(quarter=quarter).to_numpy(), asked.rules)
                for quarter in quarters
            }
            for run, each in made.items()
        },
        "turns": {
            turn.name: {"meaning": turn.title}
            | {run: turned_by(each, turn, asked) for run, each in made.items()}
            for turn in TURNS
        },
        "turns_by_endstate": {run: by_endstate(each, asked) for run, each in made.items()},
    }


def quarters_shown(asked: Plan) -> list[str]:
    """The fourth quarters of some years, and the last."""
    wanted = [f"{year}-Q4" for year in YEARS if f"{year}-Q4" in asked.labels]
    return wanted if wanted and wanted[-1] == asked.labels[-1] else [*wanted, asked.labels[-1]]


def spread(values: Any) -> dict[str, float]:
    """Median and 90% interval."""
    found = np.quantile(np.asarray(values), list(QUANTILES.values()))
    return dict(zip(QUANTILES, found.tolist(), strict=True))


def ever(data: xr.Dataset, turn: Turn, asked: Plan, until: str) -> NDArray[np.bool_]:
    """The members in which it has come by a quarter, counted from the first quarter ahead."""
    last = asked.labels.index(until) + 1
    ahead = max(asked.ahead - asked.first, 0) // asked.every
    first = max(ahead, last - turn.within // asked.every) if turn.within else ahead
    values = data[turn.decision].to_numpy()[:, first:last]
    return np.asarray(np.isin(values, turn.options).any(axis=1))


def turned_by(data: xr.Dataset, turn: Turn, asked: Plan) -> dict[str, float]:
    """The share of members in which it has come, by quarter."""
    return {quarter: float(ever(data, turn, asked, quarter).mean()) for quarter in quarters_shown(asked)}


def by_endstate(data: xr.Dataset, asked: Plan) -> dict[str, dict[str, float]]:
    """For each end state at the end: its share, and the share of its members in which each turn has come."""
    last = asked.labels[-1]
    states = data["endstate"].sel(quarter=last).to_numpy()
    came = {turn.name: ever(data, turn, asked, last) for turn in TURNS}
    told = {}
    for code, name in enumerate(asked.rules.names):
        there = states == code
        if there.any():
            told[name] = {"share": float(there.mean())} | {
                turn: float(each[there].mean()) for turn, each in came.items()
            }
    return told
