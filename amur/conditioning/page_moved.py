"""The parts of the page that say what moved the weights, and how much they hang on one choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from amur.conditioning import rivals, store
from amur.conditioning.bits import Bits, Mover, movers
from amur.conditioning.condition import MEMBERS
from amur.conditioning.evidence import Evidence
from amur.conditioning.matrix import Row
from amur.conditioning.page_words import signed, table
from amur.conditioning.result import Conditioned
from amur.conditioning.variants import CHANGES
from amur.conditioning.weights import sensitivity

type Numbers = NDArray[np.float64]

HEAD = 15
"""Rows of the matrix that the page shows."""
MOVERS = 3
"""Observations for and against each reading that the page names."""


def moved(of: Bits) -> list[str]:
    """What moved the weights: bits by block, and the observations that spoke most for and against each reading."""
    lines = [
        "## What moved them",
        "",
        "![Which block of evidence drew weight to which reading](conditioning-bits.svg)",
        "",
        (
            "Bits of an observation for a reading are the logarithm (base 2) of its predictive density over that of the mixture of"
            " all readings weighted at the end of the year before. One bit doubles a reading against the mixture. Observations of a"
            " year are scored one by one here; what they say together is in the evidence."
        ),
        "",
    ]
    rows = []
    for name in of.readings:
        most, least = movers(of, name, MOVERS)
        rows.append([name, _listed(most), _listed(least)])
    return [*lines, *table(["reading", "most for it (bits)", "most against it (bits)"], rows, text=3), ""]


def _listed(found: Iterable[Mover]) -> str:
    return "; ".join(
        f"{mover.words}{f', {mover.period}' if mover.period else ''} ({signed(mover.bits, 1)})"
        for mover in found
    )


def table_of(every: Sequence[Row], runs: Mapping[str, Conditioned]) -> list[str]:
    """The head of the matrix of competing hypotheses: what tells the readings with a model apart."""
    able = [name for name, run in runs.items() if run.members]
    spread = [float(np.std([row.cells[name] for name in able]) / np.log(2)) for row in every]
    order = sorted(range(len(every)), key=lambda place: -spread[place])[:HEAD]
    rows = [
        [
            f"{every[place].title}: {every[place].words}",
            every[place].period,
            *(signed(every[place].cells[name], 1) for name in runs),
            f"{spread[place]:.1f}",
        ]
        for place in order
    ]
    return [
        "## The matrix of competing hypotheses",
        "",
        (
            f"Of {len(every)} rows the {HEAD} that set the readings with a model most apart. A cell is the log density (nats) that the"
            " reading gave to what then came, given the years before; diagnosticity is the standard deviation of these cells over the"
            f" readings with a model, in bits. {_flat(spread)} The whole table, with series, events and sources of every row:"
            " `amur condition --show --matrix FILE.csv` (its diagnosticity counts all readings)."
        ),
        "",
        *table(["observation", "when", *runs, "diagnosticity"], rows, text=2),
        "",
    ]


def _flat(spread: Sequence[float]) -> str:
    weak = sum(value < 0.1 for value in spread) / len(spread)
    return f"{weak:.0%} of the rows are below 0.1 bits: they say nothing about which reading is right."


def sensitive(
    runs: Mapping[str, Conditioned], seen: Evidence, variants: Mapping[str, Mapping[str, Numbers]]
) -> list[str]:
    """Weights at the end under other seeds, priors and evidence."""
    unscored = rivals.unscored(runs, seen)
    others: dict[str, Mapping[str, Numbers]] = {**variants, **unscored}
    found = sensitivity({name: run.increments for name, run in runs.items()}, others, seen.years)
    by_name: dict[str, dict[str, Sequence[str]]] = {}
    for each in found:
        second = [name for name, _ in sorted(each.weights.items(), key=lambda pair: -pair[1])][:2]
        words = ", ".join(f"{name} {each.weights[name]:.0%}" for name in second)
        by_name.setdefault(each.name, {})[each.kind] = (words, f"{each.moved:.0%}")
    rows = [[name, *kinds["prequential"], *kinds["stacking"]] for name, kinds in by_name.items()]
    missing = [name for name in CHANGES if name not in variants]
    return [
        "## How much they hang on one choice",
        "",
        (
            "`without` a block the readings learn nothing from it; `not scored on` a block they learn from it, and only its own"
            " forecasts do not count. `moved` is the weight that changes hands."
            + (
                f" All but the latter are runs of their own, of {store.variant_members()} members where the published have {MEMBERS}:"
                " what moves no more than with another seed may be chance of the sampler."
                if variants
                else ""
            )
        ),
        "",
        *table(["variant", "prequential", "moved", "stacking", "moved"], rows, text=2),
        "",
        *(
            [f"Not published yet: {', '.join(missing)}. `amur condition --variants` makes them.", ""]
            if missing
            else []
        ),
    ]
