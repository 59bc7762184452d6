"""The outlook in words: every verb and every name follows from the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from amur.questions.answer import Number, Row
from amur.questions.outlook.design import INPUTS
from amur.questions.outlook.sources import shares
from amur.questions.words import figure, percent, spread

TOLD = ("dependence_rus", "trust_rus", "leverage_chn")
"""Headlines whose direction the statement tells."""
MOST_GO = 2 / 3
"""From this share of futures on, a quantity is said to rise or to fall."""


def statement(
    numbers: Sequence[Number],
    directions: Sequence[Row],
    sources: tuple[Row, ...],
    with_them: Sequence[Row],
    states: Sequence[Row],
    weights: dict[str, float],
) -> str:
    """What is likeliest, what comes next, where dependence, trust and leverage go, and what most of the spread comes from."""
    ends = ranked(numbers)
    year = ends[0].keys["year"]
    said = [now(states), likeliest(ends, year), by_reading(ends[0], weights), companions(with_them, ends)]
    said += [course(name, directions) for name in TOLD]
    said += [spread_from(sources, year), data(ends[0])]
    return " ".join(text for text in said if text)


def ranked(numbers: Sequence[Number]) -> list[Number]:
    """The chances of end states at the end of the last year asked for, the likeliest first."""
    year = max(each.keys["year"] for each in numbers if each.name.endswith(" at the end"))
    ends = [each for each in numbers if each.name.endswith(" at the end") and each.keys["year"] == year]
    return sorted(ends, key=lambda each: -each.value)


def title_of(end: Number) -> str:
    """The title of an end state, as it stands inside a sentence."""
    title = end.about.removesuffix(f" at the end of {end.keys['year']}")
    return title[:1].lower() + title[1:]


def likeliest(ends: list[Number], year: str) -> str:
    """The likeliest end state with its interval over parameter sets, and the next."""
    first = ends[0]
    text = f"At the end of {year} the likeliest of {len(ends)} end states is {title_of(first)}, with {spread(first)}"
    if len(ends) > 1:
        next_ = ends[1]
        apart = first.value - next_.value
        near = (
            ", which Monte Carlo error cannot tell from it"
            if apart < 2 * (first.error + next_.error) / 2**0.5
            else ""
        )
        text += f"; next comes {title_of(next_)} with {spread(next_)}{near}"
    return f"{text}."


def now(states: Sequence[Row]) -> str:
    """Where the model has the relationship at the end of the record."""
    at = [row for row in states if row["year"] == 2025]
    row = max(at, key=lambda each: float(each["share"] or 0))
    return f"At the end of 2025 {percent(float(row['share'] or 0))} of members stand in {str(row['endstate']).replace('-', ' ')}."


def by_reading(end: Number, weights: dict[str, float]) -> str:
    """Between which readings the chance lies, of those that have any weight."""
    held = {name: value for name, value in end.by_reading.items() if weights.get(name, 0) > 0}
    if len(held) < 2:
        return ""
    low, high = min(held, key=held.__getitem__), max(held, key=held.__getitem__)
    return f"For {title_of(end)} the readings that have any weight range from {percent(held[low])} ({low}) to {percent(held[high])} ({high})."


def course(name: str, directions: Sequence[Row]) -> str:
    """Where a headline goes, from its median now to that of the last year, and in how many futures it is higher."""
    rows = [row for row in directions if row["quantity"] == name]
    row = max(rows, key=lambda each: str(each["year"]))
    higher = float(row["higher"] or 0)
    if higher >= MOST_GO:
        how = f"rises in {percent(higher)} of futures"
    elif higher <= 1 - MOST_GO:
        how = f"falls in {percent(1 - higher)} of futures"
    else:
        how = f"may go either way (up in {percent(higher)} of futures)"
    medians = f"from a median of {figure(float(row['now'] or 0))} at the end of 2025 to {figure(float(row['then'] or 0))}"
    about = str(row["about"]).partition(" (")[0].partition(":")[0]
    return f"{about} {how}, {medians}."


def spread_from(sources: tuple[Row, ...], year: str) -> str:
    """Which inputs most of what is not known about the end state comes from."""
    found = shares(sources, "endstate", year)
    order = sorted(found, key=lambda each: -found[each])
    first, second = order[0], order[1]
    return (
        f"Of what is open about the end state in {year}, {percent(found[first])} comes from {INPUTS[first]} and"
        f" {percent(found[second])} from {INPUTS[second]}; which reading holds makes {percent(max(found['reading'], 0.0))}."
    )


def data(end: Number) -> str:
    """How much of the first number is data."""
    return f"The chance of {title_of(end)} has a data share of {percent(end.data_share or 0.0)}: {end.share_in_words}."


def companions(rows: Sequence[Row], ends: Sequence[Number]) -> str:
    """What the two likeliest end states go with: the option of a decision that sets their futures apart most."""
    told = []
    for end in ends[:2]:
        mine = [row for row in rows if row["endstate"] == end.keys["endstate"]]
        if mine:
            row = max(mine, key=lambda each: float(each["within"] or 0) - float(each["elsewhere"] or 0))
            told.append(
                f"{title_of(end)} goes with {row['decision']} = {row['option']} ({percent(float(row['within'] or 0))} of its futures"
                f" in {end.keys['year']}, {percent(float(row['elsewhere'] or 0))} of the others)"
            )
    return f"Of the decisions, {'; '.join(told)}." if told else ""
