"""Which reading foretold the record best: the weights of the readings, and how sure their order is.

The weights and their spread are those of the question ``reading``. For a reading's chance of coming first years are drawn
again (a Bayesian bootstrap) and each log evidence is disturbed by the Monte Carlo error that repeated runs have.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Number, Row
from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab
from amur.questions.arguments.verdict import Position
from amur.questions.reading.weighing import Weighed

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


def evidence(scores: Numbers, draws: int = DRAWS, noise: float = NOISE, seed: int = SEED) -> Numbers:
    """Log evidence, (draws, readings), of redrawn years and repeated runs; ``scores`` are (years, readings) nats."""
    rng = np.random.default_rng(seed)
    years, readings = scores.shape
    often = years * rng.dirichlet(np.ones(years), draws)
    return np.asarray(often @ scores + rng.normal(0.0, noise, (draws, readings)))


def find(lab: Lab) -> Found:
    """Weights of all readings; that the reading of an essay comes first is its position."""
    from amur.conditioning.shipped import shipped
    from amur.questions.reading.weighing import moved, weigh

    known = shipped()
    names = tuple(known.increments)
    scores = np.stack([known.increments[name] for name in names], axis=1)
    stacked, prequential = (
        weigh(kind, known.increments, known.again, len(scores)) for kind in ("stacking", "prequential")
    )
    order = [names[place] for place in np.argsort(-stacked.values, kind="stable")]
    numbers = [_number(names, name, stacked, moved(stacked.values)) for name in order]
    ranks = (evidence(scores).argmax(axis=1)[:, None] == np.arange(len(names))).mean(axis=0)
    first = sorted(
        (
            Position((claim,), f"'{name}' foretold the record better than every other reading", float(ranks[names.index(name)]), 1 / len(names))
            for name, claim in CLAIMED.items()
            if name in names
        ),
        key=lambda each: -each.after,
    )  # fmt: skip
    rows: tuple[Row, ...] = tuple(
        {
            "reading": name,
            "stacking": float(stacked.values[place]),
            "prequential": float(prequential.values[place]),
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
                f"No reading is true: weights say which foretold this record best, given these priors. '{order[0]}' leads"
                f" '{order[1]}'; posterior probabilities (prequential) give it {float(prequential.values[names.index(order[0])]):.0%}. Two readings within about"
                f" {2 * NOISE:.0f} nats of log evidence cannot be told apart by one run."
            ),
        ),
        {"readings": rows},
    )


def _number(names: tuple[str, ...], name: str, weighed: Weighed, share: float) -> Number:
    place = names.index(name)
    low90, low50, high50, high90 = weighed.quantiles[:, place].tolist()
    return Number(
        "weight", f"stacking weight of '{name}'", "share", float(weighed.values[place]), low50, high50, low90, high90,
        float(weighed.errors[place]), share, dict(zip(names, weighed.values.tolist(), strict=True)), {"reading": name},
    )  # fmt: skip
