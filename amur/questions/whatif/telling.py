"""A what-if in words, each of them found in the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amur.questions.answer import Number, Row
from amur.questions.whatif.asked import Asked
from amur.questions.whatif.effects import Sizes
from amur.questions.words import figure, percent

SAYS = 3
"""Effects named in the statement after the first."""


def statement(
    asked: Asked,
    numbers: Sequence[Number],
    sizes: Sizes,
    names: Sequence[str],
    states: Sequence[Number],
    by_state: Sequence[Row],
    chosen: Sequence[Number],
) -> str:
    """What the numbers say, in a paragraph."""
    against = f"'{asked.other.title}'" if asked.other else "the baseline"
    under = f"'{asked.world.title}'" if asked.world.interventions else "nothing done"
    moved = any(each.value for each in (*numbers, *states, *chosen))
    if not moved:
        return f"Under {under}, nothing that was looked at differs from {against} by {', '.join(asked.dates)}."
    parts = []
    if numbers:
        parts.append(_first(numbers[0], under, against, _relative(numbers[0], sizes, names, asked.dates)))
        parts.append(_others(numbers))
    parts.append(_states(states, by_state))
    parts.append(_chosen(chosen))
    return " ".join(part for part in parts if part)


def _first(first: Number, under: str, against: str, relative: float) -> str:
    told = "within luck of nothing, " if abs(first.value) < 2 * first.error else ""
    low, high = _ends(first)
    return (
        f"Under {under}, against {against}, the strongest effect for its usual spread is on"
        f" {lower(first.about)}: {signed(first)} in {year(first.keys['when'])} on average, {told}90% of parameter sets"
        f" from {low} to {high}; that is {figure(abs(relative))} standard deviations of the baseline, and"
        f" {first.share_in_words}. {_readings(first)}"
    )


def _relative(first: Number, sizes: Sizes, names: Sequence[str], dates: Sequence[str]) -> float:
    """The effect over the spread of the baseline."""
    return float(sizes.relative[names.index(first.name), list(dates).index(first.keys["when"])])


def _readings(first: Number) -> str:
    told = sorted(first.by_reading.items(), key=lambda each: each[1])
    (low, least), (high, most) = told[0], told[-1]
    same = least * most > 0
    return (
        f"Readings {'agree on its sign' if same else 'differ on its sign'}: from {_plain(least)} ({low}) to"
        f" {_plain(most)} ({high})."
    )


def _others(numbers: Sequence[Number]) -> str:
    strongest: dict[str, Number] = {}
    for each in numbers:
        if each.name != numbers[0].name and abs(each.value) > abs(
            strongest[each.name].value if each.name in strongest else 0
        ):
            strongest[each.name] = each
    told = [
        f"{lower(each.about)} {signed(each)} in {year(each.keys['when'])}"
        for each in list(strongest.values())[:SAYS]
    ]
    return f"Next come {'; '.join(told)}." if told else ""


def _states(states: Sequence[Number], rows: Sequence[Row]) -> str:
    at = max(range(len(states)), key=lambda place: abs(states[place].value))
    most, row = states[at], rows[at]
    if abs(most.value) < max(2 * most.error, 0.05):
        return "No end state becomes likelier or less likely by more than luck would have it."
    return (
        f"Of the end states, '{row['title']}' moves most: from {percent(float(row['without'] or 0))} to"
        f" {percent(float(row['under'] or 0))} in {year(most.keys['when'])} ({points(most)})."
    )


def _chosen(chosen: Sequence[Number]) -> str:
    if not chosen:
        return "No decision that is left open changes its probability by half a point."
    most = chosen[0]
    when = year(most.keys["when"])
    return (
        f"Of the decisions left open, {most.about} changes most: {points(most)},"
        f" {when if when.startswith('ever') else f'in {when}'}."
    )


def points(each: Number) -> str:
    """A change of a probability with its interval: '+3.1 points, 90%: 1.2 to 5.0'."""
    return f"{_plain(each.value)} points, 90%: {_plain(each.low90)} to {_plain(each.high90)}"


def signed(each: Number) -> str:
    """A value with its sign and unit."""
    return f"{_plain(each.value)} {each.unit}"


def _ends(each: Number) -> tuple[str, str]:
    return _plain(each.low90), _plain(each.high90)


def _plain(value: float) -> str:
    if value and abs(value) < 0.0005:
        return f"{value:+.1g}"
    return f"{'+' if value > 0 else ''}{figure(value)}"


def year(when: str) -> str:
    """2036-Q4 as 2036, a quarter within the year as itself."""
    return when.removesuffix("-Q4")


def lower(about: str) -> str:
    """A meaning within a sentence: its first letter small unless it begins a name."""
    names = (
        "Russia",
        "China",
        "Chinese",
        "Russian",
        "Beijing",
        "Moscow",
        "West",
        "Western",
        "Central",
        "Brent",
        "Great",
    )
    return about if about.startswith(names) else about[:1].lower() + about[1:]


def side(plain: Mapping[str, Any]) -> str:
    """One intervention in one line, as it may be typed."""
    rest = {name: value for name, value in plain.items() if name != "do"}
    must = [name for name in rest if name not in ("start", "end", "ramp", "fade", "begin", "how")]
    words = [f"{rest[name]:g}" if isinstance(rest[name], float) else str(rest[name]) for name in must]
    named = [f"{name}={value}" for name, value in rest.items() if name not in must]
    return " ".join([str(plain["do"]), *words, *named])
