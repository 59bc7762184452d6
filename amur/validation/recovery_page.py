"""The page of model recovery and calibration, written from the published file alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from amur import atomic
from amur.conditioning import store
from amur.conditioning.page_words import chance, signed, table
from amur.validation import calibration, recovery
from amur.validation.recovery import Attributed, Pair, Progress

RANKED = ["quantity", "mean rank (0.5)", "spread (1)", "uniform (p)"]
HARD = 6
"""Pairs that the page lists at least."""


def publish_page(docs: Path) -> None:
    """Write ``recovery.md`` into a folder of docs, from the published file."""
    atomic.write_text(docs / "recovery.md", page(*recovery.published()))


def rebuild(progress: Progress | None = None) -> None:
    """Attribute records anew and publish what came of it; calibration too where that of the published readings is missing."""
    found = recovery.recover(progress=progress)
    told = recovery.published()[1]["calibration"] if recovery.FILE.exists() else None
    if told is None or moved_on(told):
        told = calibration.as_json(calibration.calibrate(progress=progress))
    recovery.publish(found, told)


def recalibrate(progress: Progress | None = None) -> None:
    """Run calibration alone and publish it beside the records there are."""
    recovery.publish_calibration(calibration.as_json(calibration.calibrate(progress=progress)))


def summary(found: Sequence[Attributed], told: dict[str, Any] | None = None) -> str:
    """What was found in two sentences; a third where the readings have moved on since ``told``."""
    poor = [pair for pair in recovery.pairs(found) if _alike(pair, recovery.noise(found))]
    named = "; ".join(f"{pair.first} and {pair.second}" for pair in poor)
    return (
        f"Of {len(found)} records {recovery.right(found):.0%} were attributed to the reading that made them; it got"
        f" {_own(found):.0%} posterior probability on average. "
        + (f"Not told apart: {named}." if named else "Every pair of readings is told apart.")
        + (" So it was before the readings were last changed." if told and moved_on(told) else "")
    )


def page(found: Sequence[Attributed], told: dict[str, Any]) -> str:
    """The page in Markdown."""
    return "\n".join([*_confusion(found, told), *_pairs(found), *_calibration(told)]).rstrip() + "\n"


def _confusion(found: Sequence[Attributed], told: dict[str, Any]) -> list[str]:
    table_of = recovery.confusion(found)
    columns = list(next(iter(table_of.values())))
    rows = []
    for name, by_column in table_of.items():
        own = [each for each in found if each.reading == name]
        said = sum(each.said == name for each in own)
        cells = [f"**{by_column[each]:.0%}**" if each == name else f"{by_column[each]:.0%}" for each in columns]
        rows.append([name, *cells, f"{said} of {len(own)}"])
    own_stacking = float(np.mean([each.stacking[each.reading] for each in found]))
    guess = 1 / len(columns)
    return [
        "# Model recovery",
        "",
        "*Rebuilt by `amur validate --recovery`.*",
        "",
        *_of_before(told),
        (
            "If a reading were true, would the machinery say so? Records were drawn from each reading's priors: forcings, wars,"
            " sanctions and pipelines as they were; support, leverage, Moscow's answer and the treaty drawn by the reading; every"
            " fitted series as it might have been seen, with the gaps of the real record. All ten readings were then conditioned"
            f" on each of the {len(found)} records. **{recovery.right(found):.0%} were attributed to the reading that made them**"
            f" (a guess: {guess:.0%}); it got {_own(found):.0%} posterior probability on average, and {own_stacking:.0%} of the"
            " stacking weight."
        ),
        "",
        "Rows: the reading that made the record. Columns: mean posterior probability of each reading.",
        "",
        *table(["made by", *columns, "found"], rows),
        "",
        (
            f"Runs were shorter than the published ones ({told['members']} members, {told['steps']} {told['integrator']}"
            f" {'step' if told['steps'] == 1 else 'steps'} a move); the log evidence of one has a Monte Carlo error of {recovery.noise(found):.1f} nats (from the {len(found)} right readings run twice with"
            f" different seeds). {_few(found)}"
        ),
        "",
    ]


def moved_on(told: Mapping[str, Any]) -> bool:
    """Whether readings, measurement or sampler have changed since these numbers were made."""
    return bool(told["stamp"] != store.published().stamp)


def _of_before(told: dict[str, Any]) -> list[str]:
    """That the readings have moved on since, if they have: to make it again takes a while, so it may lag behind."""
    if not moved_on(told):
        return []
    return [
        (
            f"**Made before the last change** of readings, measurement or sampler (stamp {told['stamp']}; the published readings"
            f" are of {store.published().stamp}). The records and what was made of them say how well the machinery did then."
        ),
        "",
    ]


def _own(found: Sequence[Attributed]) -> float:
    return float(np.mean([each.probabilities[each.reading] for each in found]))


def _few(found: Sequence[Attributed]) -> str:
    """How much so many records say."""
    counts = [sum(each.reading == name for each in found) for name in {each.reading for each in found}]
    low, high = min(counts), max(counts)
    if high == 1:
        return "One record a reading is few: a row tells what happened once, and rare confusions are not seen."
    each = f"{low} to {high} records" if low < high else f"{low} records"
    return f"{each} a reading is few: a share of this table is known to within a third or so."


def _pairs(found: Sequence[Attributed]) -> list[str]:
    every = recovery.pairs(found)
    error = recovery.noise(found)
    poor = [pair for pair in every if _alike(pair, error)]
    rows = [
        [f"{pair.first}, {pair.second}", f"{pair.right:.0%}", signed(pair.nats, 1), str(pair.records)]
        for pair in every[: max(HARD, len(poor))]
    ]
    named = "; ".join(f"{pair.first} and {pair.second}" for pair in poor)
    return [
        "## Pairs that cannot be told apart",
        "",
        (
            f"Records of one of two readings, and which of the two has more evidence: of {len(every)} pairs,"
            f" {len(poor)} {'is' if len(poor) == 1 else 'are'} told apart in fewer than {recovery.TOLD_APART:.0%} of their records or by less than the Monte Carlo"
            f" error on average{f': **{named}**' if named else ''}."
            + (" A weight that lies between the two of such a pair says little about which." if named else "")
        ),
        "",
        *table(["pair", "right", "nats for its own, mean", "records"], rows),
        "",
    ]


def _alike(pair: Pair, error: float) -> bool:
    return pair.right < recovery.TOLD_APART or pair.nats < error


def ranked(told: Mapping[str, Any]) -> list[list[str]]:
    """A row by quantity of a published calibration: :data:`RANKED`."""
    made = calibration.from_json(told).table()
    return [[row.name, f"{row.mean:.2f}", f"{row.spread:.2f}", chance(row.p)] for row in made]


def _calibration(told: dict[str, Any]) -> list[str]:
    if not told.get("calibration"):
        return []
    made = calibration.from_json(told["calibration"])
    many = len(next(iter(made.ranks.values())))
    low = [row.name for row in made.table() if row.p < 0.05]
    verdict = (
        f"Ranks are not uniform for {', '.join(low)}."
        if low
        else "No quantity's ranks differ from uniform beyond chance (5%)."
    )
    return [
        "## Simulation-based calibration",
        "",
        *(
            ["**Made before the last change** of readings, measurement or sampler.", ""]
            if moved_on(told["calibration"])
            else []
        ),
        "*Rebuilt by `amur validate --calibration`.*",
        "",
        (
            f"In a reduced setting ({len(made.ranks) - 1} parameters free, the others at the middle of their priors; {len(made.series)} series"
            f" to {made.until}) {many} truths were drawn from the prior, a record from each, and a posterior of {made.members + 1} members from"
            f" each record by the sampler that conditions the readings. If it is right the ranks of the truths are uniform. {verdict}"
        ),
        "",
        *table(RANKED, ranked(told["calibration"])),
        "",
        (
            "`spread` is the standard deviation of the ranks over that of uniform ones: above 1 posteriors are too narrow, below 1 too"
            " wide. p compares the distribution function of the ranks with that of uniform ones, everywhere at once."
            f" Series: {', '.join(made.series)}."
        ),
    ]
