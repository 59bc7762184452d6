"""Which reading foretold the record best: the weights of the readings, and how sure their order is.

Years are drawn again (a Bayesian bootstrap) and each reading's log evidence is disturbed by the Monte Carlo error that
repeated runs have; a reading's chance of coming first is its share of those draws.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Number, Row
from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab
from amur.questions.arguments.verdict import Position

ARGUMENT = Argument(
    "Vassal, proxy or concert?",
    "Which reading of the relationship does the record favour?",
    ("P4", "P5", "P6", "P13", "P14", "T2", "B1", "R1"),
    ("coordination", "dependence_rus", "trust_rus", "crude_concession", "dualuse_chn"),
)
DRAWS, SEED = 400, 3
NOISE = 2.0
"""Nats that the log evidence of one run may lie off: about what two seeds differed by (docs/conditioning.md)."""
CLAIMED = {
    "concert": "P6", "vassalage": "P4", "proxy": "P5", "iranization": "P13", "strategic-rear": "P14",
    "transactional": "T2", "alliance": "B1", "necessity": "R1",
}  # fmt: skip

type Numbers = NDArray[np.float64]


def bootstrap(
    scores: Numbers, draws: int = DRAWS, noise: float = NOISE, seed: int = SEED
) -> tuple[Numbers, Numbers]:
    """Stacking weights and log evidence, (draws, readings) each, of redrawn years; ``scores`` are (years, readings) nats."""
    from amur.conditioning.weights import stack

    rng = np.random.default_rng(seed)
    years, readings = scores.shape
    even = np.full(readings, 1 / readings)
    weights, evidence = np.empty((draws, readings)), np.empty((draws, readings))
    for draw in range(draws):
        share = rng.dirichlet(np.ones(years)) * years
        off = rng.normal(0.0, noise, readings)
        evidence[draw] = share @ scores + off
        picked = rng.choice(years, size=years, p=share / years)
        weights[draw] = stack(scores[picked] + off / years, even)
    return weights, evidence


def repeated(scores: Numbers, draws: int = 100, noise: float = NOISE, seed: int = SEED) -> Numbers:
    """Stacking weights, (draws, readings), if the same years were run again with other seeds."""
    from amur.conditioning.weights import stack

    rng = np.random.default_rng(seed)
    years, readings = scores.shape
    even = np.full(readings, 1 / readings)
    off = rng.normal(0.0, noise / np.sqrt(years), (draws, years, readings))
    return np.stack([stack(scores + each, even) for each in off])


def find(lab: Lab) -> Found:
    """Weights of all readings; that the reading of an essay comes first is its position."""
    from amur.conditioning.store import published

    known = published()
    names = tuple(known.increments)
    scores = np.stack([known.increments[name] for name in names], axis=1)
    weights, evidence = bootstrap(scores)
    stacked, prequential = known.weights("stacking"), known.weights("prequential")
    moved = 0.5 * sum(abs(stacked[name] - 1 / len(names)) for name in names)
    leader = max(stacked, key=lambda name: stacked[name])
    again = repeated(scores)
    numbers = [
        _number(name, stacked[name], weights[:, place], float(again[:, place].std()), moved, stacked)
        for place, name in sorted(enumerate(names), key=lambda pair: -stacked[pair[1]])
    ]
    ranks = (evidence.argmax(axis=1)[:, None] == np.arange(len(names))).mean(axis=0)
    first = sorted(
        (
            Position((claim,), f"'{name}' foretold the record better than every other reading", float(ranks[names.index(name)]), 1 / len(names))
            for name, claim in CLAIMED.items()
            if name in names
        ),
        key=lambda each: -each.after,
    )  # fmt: skip
    second = sorted(stacked, key=lambda name: -stacked[name])[1]
    rows: tuple[Row, ...] = tuple(
        {
            "reading": name,
            "stacking": stacked[name],
            "prequential": prequential[name],
            "log_evidence": float(scores[:, place].sum()),
            "first": float(ranks[place]),
        }
        for place, name in enumerate(names)
    )
    return Found(
        tuple(numbers),
        tuple(first),
        (
            (
                f"No reading is true: weights say which foretold this record best, given these priors. '{leader}' leads"
                f" '{second}'; posterior probabilities (prequential) give it {prequential[leader]:.0%}. Two readings within about"
                f" {2 * NOISE:.0f} nats of log evidence cannot be told apart by one run."
            ),
        ),
        {"readings": rows},
    )


def _number(
    name: str, value: float, draws: Numbers, error: float, moved: float, all_: dict[str, float]
) -> Number:
    low90, low50, high50, high90 = (float(np.quantile(draws, level)) for level in (0.05, 0.25, 0.75, 0.95))
    return Number(
        "weight", f"stacking weight of '{name}'", "share", value, min(low50, value), max(high50, value), min(low90, value),
        max(high90, value), error, moved, all_, {"reading": name},
    )  # fmt: skip
