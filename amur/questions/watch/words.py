"""The paragraph of the answer, from its numbers, and what to distrust."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amur.questions.answer import Number, Row
from amur.questions.watch.figures import plain
from amur.questions.watch.information import Step
from amur.questions.watch.targets import YEAR, target
from amur.questions.words import percent

if TYPE_CHECKING:
    from amur.questions.watch import Asked
    from amur.questions.watch.ranked import Ranked

AVERAGE = (
    "Information is what one reading would tell on average, with what is already known today taken as told; an indicator "
    "that tells little may still settle the matter on the day it moves far."
)
WINDOW = (
    "Thresholds are judged on the value at the end of the window. A turn that comes inside the window is left out: it would "
    "be news, not a warning."
)
PICKED = (
    "The best of some fifty is flattered by having been picked; those within two errors of each other should be taken as "
    "alike. Counts of events rest on what the record's makers find."
)
NOTES = (AVERAGE, WINDOW, PICKED)


def number(value: float) -> str:
    """Bits with as many digits as they bear."""
    return f"{value:.3f}" if abs(value) < 0.095 else f"{value:.2f}"


def too_rare(asked: Asked, chance: Number) -> str:
    """What is said where the target hardly ever comes true."""
    return (
        f"Nothing can be told about {target(asked.target).title}: of {asked.common.mixture.members:,} futures hardly any come to it, "
        f"or hardly any do not (probability {percent(chance.value)}, 90%: {percent(chance.low90)} to {percent(chance.high90)}). More futures, other weights or another target would "
        "be needed before any indicator could be judged."
    )


def statement(
    asked: Asked,
    found: Ranked,
    best: Sequence[Step],
    rows: Sequence[Row],
    chance: Number,
    first: Number,
) -> str:
    """One paragraph: what tells most, how much that is, what adds to it, where its threshold lies and where we stand."""
    entropy = found.sample.entropy
    top = rows[0]
    share = percent(max(first.value, 0.0) / entropy)
    before = (
        f"Before any reading the probability of {found.of.title} is {percent(chance.value)} (90%: {percent(chance.low90)} to {percent(chance.high90)}), {chance.share_in_words}, so that {number(entropy)} bits are open. "
        if found.of.binary
        else f"Before any reading {number(entropy)} bits are open about {found.of.title}; likeliest is {found.of.classes[_likeliest(found)]}, at {percent(chance.value)}. "
    )
    if not found.found:
        return before + (
            f"Over the next {asked.ahead} quarters no indicator tells anything that could be told from chance: the best, {_lower(top)}, "
            f"comes to {number(first.value)} bits (90%: {number(first.low90)} to {number(first.high90)}), {share} of them."
        )
    many = "one" if len(found.found) == 1 else len(found.found)
    clear = f"Of {len(found.bits)} indicators {many} would clearly tell something within {asked.ahead} quarters"
    titles = {str(row["indicator"]): _lower(row) for row in rows}
    if found.best not in found.found:
        clear += f" ({', '.join(titles[name] for name in found.found[:3])})"
    said = (
        before
        + f"{clear}; the most telling{'' if found.best in found.found else ' by estimate'} is {_tells(top, found, first, share)} "
    )
    said += _beside(best, titles, entropy)
    if first.by_reading:
        low, high = (
            min(first.by_reading, key=lambda name: first.by_reading[name]),
            max(first.by_reading, key=lambda name: first.by_reading[name]),
        )
        said += f"By reading it tells from {_least(first.by_reading[low])} ({low}) to {number(first.by_reading[high])} ({high}). "
    return said + _stands(found, top)


def _beside(best: Sequence[Step], titles: dict[str, str], entropy: float) -> str:
    """What a second and a third indicator add, as far as that is told from chance."""
    clear = []
    for name, each, _ in best[1:]:
        if each.bits <= 1.645 * each.error:
            break
        clear.append((titles[name], each.bits))
    if not clear:
        return "No other clearly adds to it. "
    whole = best[0][1].bits + sum(bits for _, bits in clear)
    added = " and ".join(f"{title} adds {number(bits)}" for title, bits in clear)
    return f"Beside it {added}: together {percent(max(whole, 0) / entropy)} of what is open. "


def _least(bits: float) -> str:
    return f"{number(bits)} bits" if bits >= 0.0005 else "nothing"


def _likeliest(found: Ranked) -> int:
    import numpy as np

    return int(np.argmax(np.bincount(found.told.classes, found.sample.weights)))


def _tells(top: Row, found: Ranked, first: Number, share: str) -> str:
    told = f"{_lower(top)}: {number(first.value)} bits (90%: {number(first.low90)} to {number(first.high90)}; {first.share_in_words}), {share} of what is open."
    high, low = f"{percent(_n(top, 'high_chance'))}", f"{percent(_n(top, 'low_chance'))}"
    if found.of.binary:
        return told + f" When it reads high the probability would be {high}, when low {low}."
    return told + (
        f" A high reading speaks most for {top['high_speaks_for']} ({percent(_n(top, 'chance_before'))} to {high}), "
        f"a low one for {top['low_speaks_for']} ({percent(_n(top, 'low_chance_before'))} to {low})."
    )


def _stands(found: Ranked, top: Row) -> str:
    if top.get("now") is None:
        return "The record has no reading of it yet."
    now = f"{plain(_n(top, 'now'))} in {top['period']}"
    if not found.of.binary or top.get("threshold") is None:
        return f"The record has it at {now} ({top['unit']}); a value for {top['judged']} is usually out by {top['told_by']}."
    return (
        f"Its threshold is {plain(_n(top, 'threshold'))} ({top['unit']}), tripping {top['trips']}; false alarms {percent(_n(top, 'false_alarm'))}, misses {percent(_n(top, 'miss'))}. "
        f"The record has it at {now}: {'tripped' if top['tripped'] else 'not tripped'}."
    )


def _lower(row: Row) -> str:
    """A title inside a sentence: names keep their capital."""
    title = str(row["title"])
    kept = (
        "China",
        "Russia",
        "Russian",
        "United",
        "Chinese",
        "NATO",
        "Power",
        "Moscow",
        "Western",
        "Beijing",
        "Russians",
    )
    return (
        title
        if title.split()[0].removesuffix("'s").removesuffix("-Russia") in kept
        else title[0].lower() + title[1:]
    )


def _n(row: Row, name: str) -> float:
    value = row[name]
    return float(value) if isinstance(value, int | float) else float("nan")


__all__ = ["NOTES", "YEAR", "number", "statement", "too_rare"]
