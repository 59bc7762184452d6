"""The answer in numbers, tables and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amur.questions import ensembles, spread
from amur.questions.answer import Answer, Number, Row
from amur.questions.watch import ranked as work
from amur.questions.watch.indicators import indicators
from amur.questions.watch.information import Bits, Step
from amur.questions.watch.recorded import latest, told_by
from amur.questions.watch.targets import target, told
from amur.questions.watch.tripwire import Rate, Tripwire, calls
from amur.questions.watch.words import NOTES, statement, too_rare
from amur.system import quarters

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress
    from amur.questions.watch import Asked
    from amur.questions.watch.ranked import Ranked

SHOWN = 10
"""Indicators whose information is given as numbers; the table has all."""
STEPS = 4
LEVELS = np.array([-0.674, 0.674, -1.645, 1.645])


def answered(asked: Asked, progress: Progress | None = None) -> Answer:
    """Run, rank, place thresholds, read the record, and say it."""
    tell = progress or (lambda what, done, many: None)
    common = asked.common
    tell("Indicators read off the futures", 0, STEPS)
    found = work.ranked(common, asked.target, asked.ahead)
    tell("What they would have told before the record", 1, STEPS)
    chance = _chance(asked, found)
    if found is None:
        return _answer(asked, None, (chance,), {}, too_rare(asked, chance), NOTES)
    before = work.ranked(common, asked.target, asked.ahead, prior=True)
    tell("Which of them tell most together", 2, STEPS)
    best = work.best_together(found)
    tell("Thresholds, and where the record stands", 3, STEPS)
    wires = {name: work.wire(found, name, asked.miss_costs) for name in found.bits}
    rows = [_row(asked, found, name, wires[name]) for name in found.bits]
    rows += [_unmodelled(asked, name) for name, each in indicators().items() if not each.modelled]
    numbers = [_bits(asked, found, before, name) for name in list(found.bits)[:SHOWN]]
    if found.of.binary:
        numbers += _rates(found, before, {name: wires[name] for name in (*found.found, *found.bits)[:3]})
    tables: dict[str, tuple[Row, ...]] = {
        "indicators": tuple(rows),
        "together": _together(best),
        "rivals": _rivals(best),
        "target": ({"name": found.of.name, "title": found.of.title, "entropy": found.sample.entropy, "kind": found.of.kind, "binary": found.of.binary},),
    }  # fmt: skip
    tell("Where the record stands", STEPS, STEPS)
    added = _adds(best, work.adds(before, [name for name, _, _ in best]) if before else [])
    everything = (numbers[0], *((chance,) if found.of.binary else ()), *added, *numbers[1:])
    return _answer(
        asked, found, everything, tables, statement(asked, found, best, rows, chance, numbers[0]), NOTES
    )


def _answer(
    asked: Asked,
    found: Ranked | None,
    numbers: tuple[Number, ...],
    tables: dict[str, tuple[Row, ...]],
    said: str,
    notes: tuple[str, ...],
) -> Answer:
    of = target(asked.target)
    claims = [claim for name in (found.bits if found else ()) for claim in indicators()[name].claims]
    return Answer(
        "watch", f"What would tell us {'about ' if of.binary else ''}{of.title}?", asked.as_json(), said, numbers, tables,
        ensembles.rests(of.quantities, 1, (*of.claims, *dict.fromkeys(claims))), ensembles.made(asked.common), notes,
    )  # fmt: skip


def _chance(asked: Asked, found: Ranked | None) -> Number:
    """How probable the target is before any reading; of several the first that is likeliest."""
    of, common = target(asked.target), asked.common
    from_ = work.ensemble(common)
    mine = told(of, from_.run, common.mixture, from_.first, asked.ahead)
    which = 1 if of.binary else int(np.argmax(np.bincount(mine.classes, common.mixture.weights)))
    run = ensembles.run(common, prior=True)
    theirs = told(of, run, common.prior, 0, asked.ahead)
    about = f"Probability of {of.title}" if of.binary else f"Probability of {of.classes[which]}"
    if of.kind == "turn":
        about += ", between the end of the window and 2036"
    return spread.chance(
        "chance", about, (mine.classes == which) & mine.counts, common.mixture,
        (theirs.classes == which) & theirs.counts, common.prior,
    )  # fmt: skip


def _bits(asked: Asked, found: Ranked, before: Ranked | None, name: str) -> Number:
    """The information of one indicator, with its data share and what it tells under each reading."""
    was = before.bits.get(name) if before else None
    told = work.by_reading(found, asked.common, name)
    return _number("information", indicators()[name].title, found.bits[name], name, was, told)


def _number(
    key: str, about: str, each: Bits, name: str, was: Bits | None, told: dict[str, float] | None = None
) -> Number:
    low50, high50, low90, high90 = (max(float(end), 0.0) for end in each.bits + LEVELS * each.error)
    return Number(
        key, about, "bits", each.bits, low50, high50, low90, high90, each.error, changed(each, was), told or {},
        {"indicator": name},
    )  # fmt: skip


def changed(now: Bits, was: Bits | None) -> float:
    """The data share of information: the part of it that the record made or took away, less what chance would.

    The difference of the bits after and before the record over the greater of the two.
    """
    if was is None:
        return 1.0
    apart = abs(max(now.bits, 0.0) - max(was.bits, 0.0)) - 0.8 * float(np.hypot(now.error, was.error))
    return float(np.clip(apart / max(now.bits, was.bits, 1e-9), 0.0, 1.0))


def _adds(best: list[Step], before: list[Bits]) -> list[Number]:
    """What the second and third indicator add."""
    return [
        _number(f"added-{place}", f"Added by {indicators()[name].title}", each, name, before[place - 1] if before else None)
        for place, (name, each, _) in enumerate(best[1:], 2)
    ]  # fmt: skip


def _rates(found: Ranked, before: Ranked | None, wires: dict[str, Tripwire | None]) -> list[Number]:
    """False alarms, misses and what tripping means, for the best indicators; beside what they were before the record."""
    told_of = {
        "false_alarm": "False alarms of", "miss": "Misses of", "tripped": "Probability of the target once tripped:",
        "quiet": "Probability of the target while quiet:",
    }  # fmt: skip
    made = []
    for name, wire in wires.items():
        if wire is None:
            continue
        was = work.at_threshold(before, name, wire) if before else {}
        for key, about in told_of.items():
            rate: Rate = getattr(wire, key)
            share = abs(rate.value - was[key]) if key in was else 1.0
            made.append(
                Number(
                    key.replace("_", "-"), f"{about} {indicators()[name].title}", "probability", rate.value, rate.low50,
                    rate.high50, rate.low90, rate.high90, (rate.high90 - rate.low90) / 3.29, share, {},
                    {"indicator": name}, "probability",
                )
            )  # fmt: skip
    return made


def _row(asked: Asked, found: Ranked, name: str, wire: Tripwire | None) -> Row:
    """All that is known of one indicator, in one row."""
    each, bits = indicators()[name], found.bits[name]
    low, high = work.leanings(found, name)
    row: dict[str, str | float | int | bool | None] = {
        "indicator": name, "title": each.title, "unit": each.unit, "bits": bits.bits, "error": bits.error,
        "low90": max(bits.bits - 1.645 * bits.error, 0.0), "high90": max(bits.bits + 1.645 * bits.error, 0.0),
        "share": bits.bits / found.sample.entropy, "found": bits.bits > work.SURE * bits.error,
        "low_speaks_for": low[0], "low_chance": low[1], "high_speaks_for": high[0], "high_chance": high[1],
        "chance_before": high[2], "low_chance_before": low[2], "more": each.more, "claims": " ".join(each.claims),
    }  # fmt: skip
    row |= _now(asked, name, wire.threshold if wire else each.trip, wire.above if wire else True)
    if wire is not None:
        row |= {"informedness": wire.informedness, "trips_in": wire.share}
        for key in ("false_alarm", "miss", "tripped", "quiet", "likelihood"):
            rate: Rate = getattr(wire, key)
            row |= {f"p_{key}" if key in ("tripped", "quiet") else key: rate.value}
            row |= {f"{key}_low90": rate.low90, f"{key}_high90": rate.high90}
    return row


def _unmodelled(asked: Asked, name: str) -> Row:
    each = indicators()[name]
    return {
        "indicator": name, "title": each.title, "unit": each.unit, "bits": None, "error": None, "found": False,
        "more": each.more, "claims": " ".join(each.claims), **_now(asked, name, each.trip, True, True),
    }  # fmt: skip


def _now(
    asked: Asked, name: str, threshold: float | None, above: bool, reached: bool = False
) -> dict[str, str | float | bool | None]:
    """Where the record stands: value, period, when known, sources; beyond the threshold or how far from it."""
    from amur.system.history import present

    record, each = present(), indicators()[name]
    now = latest(record, each, asked.ahead)
    first = work.ensemble(asked.common).first if each.modelled else 0
    last = quarters.label(first + asked.ahead - 1)
    last = last if each.quarterly else f"{quarters.FIRST_YEAR + first // 4 + asked.ahead // 4 - 1}"
    row: dict[str, str | float | bool | None] = {"threshold": threshold, "trips": "above" if above else "below"}
    row |= {
        "judged": last if each.modelled else "",
        "told_by": told_by(record, each, last).isoformat() if each.modelled else "",
    }
    if now is None:
        return row | {
            "now": None,
            "period": "",
            "known": "",
            "cited": "",
            "tripped": None,
            "away": None,
            "own": "",
        }
    beyond = (
        None
        if threshold is None
        else bool(now.value >= threshold if reached else calls(np.array([now.value]), threshold, above))
    )
    return row | {
        "now": now.value, "period": now.period, "known": now.known.isoformat(), "cited": "; ".join(now.cited[:4]),
        "tripped": beyond, "away": None if threshold is None else now.value - threshold, "own": now.origin,
    }  # fmt: skip


def _together(best: list[Step]) -> tuple[Row, ...]:
    made: list[Row] = []
    so_far = 0.0
    for place, (name, each, _) in enumerate(best, 1):
        so_far += each.bits
        made.append(
            {"place": place, "indicator": name, "title": indicators()[name].title, "adds": each.bits, "error": each.error, "in_all": so_far}
        )  # fmt: skip
    return tuple(made)


def _rivals(best: list[Step]) -> tuple[Row, ...]:
    """What every candidate for the second place would have added to the first."""
    return tuple(
        {"first": best[0][0], "second": name, "title": indicators()[name].title, "adds": each.bits, "error": each.error}
        for name, each in sorted(best[1][2].items(), key=lambda item: -item[1].bits)
    ) if len(best) > 1 else ()  # fmt: skip
