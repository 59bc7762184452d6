"""The page of conditioning, written from the published files alone: weights, what moved them, how well the sampler did."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur import atomic
from amur.conditioning import diagnosed, pictures, rivals, store, variants
from amur.conditioning.bits import Bits, bits
from amur.conditioning.cells import Cells
from amur.conditioning.condition import MEMBERS
from amur.conditioning.diagnosed import Diagnosed
from amur.conditioning.evidence import BLOCKS, Evidence, evidence
from amur.conditioning.matrix import Row, matrix
from amur.conditioning.page_health import health, observables, taught
from amur.conditioning.page_moved import moved, sensitive, table_of
from amur.conditioning.page_words import minus, signed, table
from amur.conditioning.result import Conditioned
from amur.conditioning.weights import Weights, monte_carlo, prequential, pseudo_bma, stacking

RECOVERED = Path(__file__).parents[1] / "validation" / "recovery.json"
"""Written by the floor above, which knows this one; here it is only looked for."""

type Numbers = NDArray[np.float64]

AGAINST = "persistence"
CONDITIONAL = """\
These weights are an answer to a narrow question. They hold **for these readings** (a better one that nobody wrote gets no
weight), **for these priors** (a reading that spreads its prior wide pays for every future it allowed; the widths were set
by people who had seen the record), **for this model** (nine of the ten share its equations, and where those are wrong all
nine are wrong together), **for this measurement model** (what counts as surprising is set by how far record and model
usually lie apart) and **for this record** in its vintage of today: revised data enter as revised, so that a weight of 1998 is
what 1998 looks like now, not what could have been known then (`amur condition --as-of DATE` takes what was known).
Quantities that are given to the model (prices, demand, the course of the war) are not evidence: no reading is asked to
foretell them. Prequential weights ask which reading would be right if one were, and run to one as data grow even where all
are wrong. Stacking weights ask which mixture would have foretold the years best, and are what forecasts are mixed with.
No reading is true."""


class Published(NamedTuple):
    """All that the page is written from."""

    runs: dict[str, Conditioned]
    seen: Evidence
    stamp: str
    diagnosed: Diagnosed
    variants: dict[str, dict[str, Numbers]]


class Told(NamedTuple):
    """What follows from it without running anything."""

    increments: dict[str, Numbers]
    prequential: Weights
    stacking: Weights
    cells: Cells
    bits: Bits
    rows: tuple[Row, ...]


def gathered() -> Published:
    """The published files. AmurError where one is missing."""
    known = store.published()
    made = store.variants(known.stamp)
    # The reading without structure comes last, in tables and pictures.
    runs = dict(sorted(known.runs.items(), key=lambda each: not each[1].members))
    ordered = {name: made[name] for name in variants.CHANGES if name in made}
    return Published(runs, evidence(), known.stamp, diagnosed.published(), ordered)


def told(of: Published) -> Told:
    """Weights, bits and the matrix of the published runs."""
    increments = {name: run.increments for name, run in of.runs.items()}
    both = prequential(increments, of.seen.years), stacking(increments, of.seen.years)
    cells = rivals.table(of.runs, of.seen)
    return Told(increments, *both, cells, bits(cells, both[1], increments), matrix(cells))


def publish_page(docs: Path) -> None:
    """Write ``conditioning.md`` and its pictures into a folder of docs, from the published files."""
    from amur.charts import render

    of = gathered()
    made = told(of)
    for name, picture in drawn(of, made).items():
        atomic.write_bytes(docs / f"conditioning-{name}.svg", render(picture, ".svg"))
    atomic.write_text(docs / "conditioning.md", page(of, made))


def drawn(of: Published, made: Told) -> dict[str, Any]:
    """The pictures by name."""
    years = of.seen.years
    values = {check.observable: np.array(check.pits) for check in of.diagnosed.checks}
    numbers = [each for name, each in values.items() if _kind(name) == "series"]
    counts = [each for name, each in values.items() if _kind(name) == "counts and codes"]
    return {
        "weights": pictures.weights({"Stacking": made.stacking, "Prequential": made.prequential}),
        "evidence": pictures.evidence(made.increments, years, AGAINST),
        "bits": pictures.heat(_in_order(made.bits.sums("block")), made.bits.readings),
        "transforms": pictures.transforms(
            {
                "All": np.concatenate([*numbers, *counts]),
                "Series": np.concatenate(numbers),
                "Counts and codes": np.concatenate(counts),
            }
        ),
    }


def _kind(name: str) -> str:
    from amur.system.observables import OBSERVABLES

    return "series" if OBSERVABLES[name].model == "student" else "counts and codes"


def _in_order(sums: Mapping[str, Mapping[str, float]]) -> dict[str, Mapping[str, float]]:
    return {block: sums[block] for block in BLOCKS if block in sums}


def page(of: Published, made: Told) -> str:
    """The page in Markdown."""
    parts = [
        "# Readings judged by the record",
        "",
        "*Rebuilt by `amur condition` in a checkout; a test fails when it differs from the published numbers.*",
        "",
        *_weights(of, made),
        *moved(made.bits),
        *table_of(made.rows, of.runs),
        *sensitive(of.runs, of.seen, of.variants),
        *health(of.runs, of.diagnosed),
        *taught(of.diagnosed),
        *observables(of.diagnosed),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _weights(of: Published, made: Told) -> list[str]:
    years = of.seen.years
    many = len(made.cells.rows)
    last = {"prequential": made.prequential.at(years[-1]), "stacking": made.stacking.at(years[-1])}
    bootstrapped = pseudo_bma(made.increments, years)
    errors = _errors(of, made)
    base = made.increments[AGAINST].sum() if AGAINST in made.increments else 0.0
    rows = [
        [
            f"[{name}](readings.md)",
            minus(f"{total:.1f}"),
            errors.get(name, "–"),
            signed((total - base) / np.log(2) / many, 3),
            f"{last['prequential'][name]:.1%}",
            f"{bootstrapped[name]:.1%}",
            f"{last['stacking'][name]:.1%}",
        ]
        for name, total in sorted(
            ((name, float(each.sum())) for name, each in made.increments.items()), key=lambda each: -each[1]
        )
    ]
    heads = ["reading", "log evidence", "± (Monte Carlo)", "bits per observation over persistence", "prequential", "bootstrapped", "stacking"]  # fmt: skip
    return [
        (
            f"Ten readings were taken through the record from {years[0]} to {years[-1]}, year by year: {many:,} observations and"
            f" dated decisions, each foretold from those before it. {_leaders(last)}"
        ),
        "",
        "![Weights of the readings at the end of each year](conditioning-weights.svg)",
        "",
        "![Log evidence to date](conditioning-evidence.svg)",
        "",
        *table(heads, rows),
        "",
        "Log evidence is in nats. `bootstrapped` are posterior probabilities averaged over a Bayesian bootstrap of the years"
        " (pseudo-BMA+): what prequential weights would be if other years of this kind had come. "
        + (
            "Monte Carlo errors are standard deviations over the published run and runs with other seeds"
            f" ({store.variant_members()} members each, where the published have {MEMBERS}): with so few runs they are rough, and"
            " for the published runs on the large side."
            if errors
            else "Runs with other seeds have not been published: `amur condition --variants` makes them. Until then differences"
            " of a few nats may be chance of the sampler."
        ),
        "",
        "## What the weights are conditional on",
        "",
        CONDITIONAL,
        "",
        *_recovered(),
    ]


def _recovered() -> list[str]:
    """Where model recovery is told, once it is published."""
    if not RECOVERED.exists():
        return []
    told = "Records simulated from each reading, and whether the same machinery finds their reading again:"
    return [f"{told} [model recovery](recovery.md).", ""]


def _leaders(last: Mapping[str, Mapping[str, float]]) -> str:
    first = max(last["prequential"], key=lambda name: last["prequential"][name])
    mixed = sorted(last["stacking"].items(), key=lambda each: -each[1])
    named = ", ".join(f"{name} {weight:.0%}" for name, weight in mixed if weight >= 0.1)
    return (
        f"If one reading were true it would be **{first}** ({last['prequential'][first]:.1%}); the mixture that would have"
        f" foretold the years best is made of {named or 'all, none above 10%'}."
    )


def seeds(of: Published) -> dict[str, Numbers]:
    """Increments by reading of all seeds that are published, (seeds, years)."""
    again = [of.variants[name] for name in map(variants.SEED.format, variants.SEEDS) if name in of.variants]
    if not again:
        return {}
    return {
        name: np.stack([run.increments, *(each[name] for each in again)])
        for name, run in of.runs.items()
        if run.members
    }


def _errors(of: Published, made: Told) -> dict[str, str]:
    found = seeds(of)
    if not found:
        return {}
    spread = monte_carlo(found, of.seen.years, draws=2).spread
    return {name: f"{value:.1f}" for name, value in spread.items()}
