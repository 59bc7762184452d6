"""Verdicts on a number beside another: found in the numbers, said in words."""

from __future__ import annotations

NEAR = 1.25
"""Two numbers whose ratio is within this are near each other."""


HARDLY = 0.01
"""A part of a change that is less than this is next to nothing."""


def beside(theirs: float, value: float, low: float, high: float) -> str:
    """How an estimate with its 90% interval stands to a number without one."""
    if low <= theirs <= high:
        return "agree: theirs lies within our 90% interval"
    if theirs * value < 0 and low * high > 0:
        return "disagree on the sign"
    if not value or not theirs:
        return f"disagree: {theirs:g} against {value:.2g}"
    ratio = abs(value / theirs)
    size = f"ours is {ratio:.1f} times theirs" if ratio >= 1 else f"ours is {ratio:.0%} of theirs"
    word = (
        "near, but theirs lies outside our 90% interval"
        if 1 / NEAR <= ratio <= NEAR
        else "disagree on the size"
    )
    return f"{word}: {size}"


def change(seen: float, low: float, high: float) -> str:
    """How the model's own change over a window, as a 90% interval, stands to the record's."""
    if low <= seen <= high:
        return "the model's own change holds the record's"
    sign = 1 if seen >= 0 else -1
    far = max(sign * low, sign * high)
    if far <= 0:
        return "the model changes the other way"
    return f"the model changes {'less' if abs(seen) > far else 'more'} than the record"


def part(effect: float, low: float, high: float, whole: float) -> str:
    """What part of a change an effect makes up."""
    if low <= 0 <= high:
        return "the effect is not told from nothing"
    if not whole:
        return "nothing changed that it could explain"
    share = effect / whole
    if abs(share) < HARDLY:
        return "the effect is next to nothing"
    if share < 0:
        return "it works against the change that was seen"
    if 0.95 <= share <= 1.05:
        return "it makes up all of the model's change"
    if share > 1:
        return f"by itself it would change {share:.1f} times as much as the model saw in all"
    return f"it makes up {share:.0%} of the model's change"
