"""What the numbers of a decomposition say, in words; every name and verb follows from the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amur.questions.answer import Number, as_share, in_words
from amur.questions.drivers.families import ALWAYS, FAMILIES
from amur.questions.drivers.numbers import ADDS, REST, WHOLE, Found, ranks
from amur.questions.words import figure
from amur.system.state import QUANTITIES

if TYPE_CHECKING:
    from amur.questions.drivers import Asked

LABELS = {
    "coordination": "Diplomatic coordination",
    "trade": "Trade both ways",
    "integration": "Military integration",
    "trust_rus": "Moscow's trust in Beijing",
    "trust_chn": "Beijing's trust in Moscow",
    "dependence_rus": "Russia's trade dependence",
}
TITLES = {family.name: family.title for family in FAMILIES}
BEFORE = 2013
"""The year with which the present is compared: the last before Crimea and the present leaders' first year together."""
SURE = 2.0
"""Monte Carlo errors by which a value must stand off nought to be named."""
WORTH_NAMING = 0.02
"""Part of the outcome, or of the largest value, below which a value is not named."""


def title(asked: Asked) -> str:
    """The heading of the answer."""
    if asked.held:
        return f"What has the change since {asked.held} added, and what has it taken away?"
    return "What holds it together, and what limits it?"


def label(outcome: str) -> str:
    """An outcome as it is called in sentences and charts."""
    return LABELS.get(outcome) or QUANTITIES[outcome].meaning


def statement(asked: Asked, found: Found, now: int) -> str:
    """One paragraph: the strongest supports and limits, what changed since 2013, how far it is data, how readings differ."""
    year = min(asked.years, key=lambda each: (abs(each - now), each))
    told, named = [], []
    for outcome in asked.outcomes:
        text, these = _of_one(found, outcome, str(year), asked.held)
        told.append(text)
        named += these
    told[0] = f"In {year}: {told[0]}"
    if BEFORE in asked.years and year > BEFORE:
        told.append(_changed(asked, found, str(year)))
    ahead = [each for each in asked.years if each > now and each != year]
    if ahead:
        told.append(_ahead(asked, found, str(year), str(ahead[-1])))
    share = as_share(named)
    if share is not None:
        told.append(f"The values named are {in_words(share)} (data share {share:.0%} on average).")
    told.append(_readings(named))
    return " ".join(text for text in told if text)


def notes(asked: Asked, lost: int) -> tuple[str, ...]:
    """What to distrust."""
    instead = (
        f"goes on contributing what it did at the end of {asked.held}" if asked.held else "contributes nothing"
    )
    how = (
        f"A family that is off {instead} during the {asked.span} years that end with the year looked at; what came before"
        " stays. Values are averages over the orders in which families may come in (Shapley), so that they sum to the"
        " outcome with all of them less that with none."
    )
    same = (
        "Choices, sanctions in force, rivalries, the course of the war and lines already built are the same with and"
        " without: the answer says what they do to the relationship, not what would have been chosen. Mechanisms of"
        f" choice are therefore in no family, nor are {', '.join(ALWAYS)}."
    )
    made = [how, same]
    if lost:
        made.append(
            f"In {lost} runs with families off a number ran away; their parameter sets count as the mean of the others"
            " of their reading."
        )
    return tuple(made)


def _of_one(found: Found, outcome: str, year: str, held: str) -> tuple[str, list[Number]]:
    whole, rest = found[WHOLE, outcome, year, ""], found[REST, outcome, year, ""]
    worthy = [each for each in ranks(found, outcome, year) if _tells(each, whole, found, outcome, year)]
    up = [each for each in worthy if each.value > 0][:2]
    down = [each for each in worthy if each.value < 0][:1]
    if up and down:
        verbs = "is held up most by", "limited most by"
    else:
        verbs = "is held up most by", "is limited most by"
    if held:
        verbs = (
            "was raised most by the change of",
            "lowered most by that of" if up else "was lowered most by that of",
        )
    said = []
    if up:
        said.append(f"{verbs[0]} {_list(up)}")
    if down:
        said.append(f"{verbs[1]} {_list(down)}")
    level = f"({figure(whole.value)} {_unit(whole)}; {figure(rest.value)} with every family {'held' if held else 'off'})"
    if not said:
        return f"{label(outcome)} {level} is moved by no family that can be told from nought.", []
    return f"{label(outcome)} {level} {' and '.join(said)}.", [*up, *down]


def _tells(each: Number, whole: Number, found: Found, outcome: str, year: str) -> bool:
    top = max(abs(found[ADDS, outcome, year, name].value) for name in TITLES)
    return abs(each.value) > max(SURE * each.error, WORTH_NAMING * max(abs(whole.value), top))


def _list(these: Sequence[Number]) -> str:
    return " and ".join(
        f"{_small(each.about)} ({signed(each.value)}; 90%: {signed(each.low90)} to {signed(each.high90)})"
        for each in these
    )


def signed(value: float) -> str:
    """A number with its sign."""
    told = figure(abs(value))
    if not any(digit in told for digit in "123456789"):
        return told
    return f"{'+' if value > 0 else '−'}{told}"


def _changed(asked: Asked, found: Found, year: str) -> str:
    """What leads now and did not in 2013, and where values changed most."""
    new, moved = [], []
    for outcome in asked.outcomes:
        for sign, what in ((1, "support"), (-1, "limit")):
            then, now = (_first(found, outcome, when, sign) for when in (str(BEFORE), year))
            if now and then and now.keys["family"] != then.keys["family"]:
                new.append(
                    f"the strongest {what} of {_low(label(outcome))} was then {_small(then.about)} and is now"
                    f" {_small(now.about)}"
                )
            elif now and not then:
                new.append(f"{_small(now.about)} has become a {what} of {_low(label(outcome))}")
        steps = {
            name: found[ADDS, outcome, year, name].value - found[ADDS, outcome, str(BEFORE), name].value
            for name in TITLES
        }
        name = max(steps, key=lambda each: abs(steps[each]))
        was, now_is = (found[ADDS, outcome, when, name].value for when in (str(BEFORE), year))
        moved.append(
            f"{_small(TITLES[name])} for {_low(label(outcome))} (from {signed(was)} to {signed(now_is)})"
        )
    first = (
        f"Since {BEFORE} " + ("; ".join(new) if new else "every strongest support and limit is the same") + "."
    )
    return f"{first} The largest change of each outcome: {'; '.join(moved)}."


def _ahead(asked: Asked, found: Found, year: str, later: str) -> str:
    """Whether what leads now leads in the last year asked about."""
    told = []
    for outcome in asked.outcomes:
        for sign, what in ((1, "support"), (-1, "limit")):
            now, then = (_first(found, outcome, when, sign) for when in (year, later))
            if then and (not now or now.keys["family"] != then.keys["family"]):
                told.append(f"{_small(then.about)} as {what} of {_low(label(outcome))} ({signed(then.value)})")
    if not told:
        return f"By {later} every strongest support and limit is still the same."
    return f"By {later} these come to the fore: {'; '.join(told)}."


def _first(found: Found, outcome: str, year: str, sign: int) -> Number | None:
    whole = found[WHOLE, outcome, year, ""]
    for each in ranks(found, outcome, year):
        if each.value * sign > 0 and _tells(each, whole, found, outcome, year):
            return each
    return None


def _readings(named: Sequence[Number]) -> str:
    """Where the readings differ most, of the values named, against the size of the value."""
    able = [each for each in named if len(each.by_reading) > 1 and each.value]
    if not able:
        return ""

    def apart(each: Number) -> float:
        return (max(each.by_reading.values()) - min(each.by_reading.values())) / abs(each.value)

    most = max(able, key=apart)
    low, high = (pick(most.by_reading, key=most.by_reading.__getitem__) for pick in (min, max))
    about = _low(label(most.keys["outcome"]))
    return (
        f"The readings differ most about {_small(most.about)} and {about}: {signed(most.by_reading[low])} under {low},"
        f" {signed(most.by_reading[high])} under {high}."
    )


def _unit(each: Number) -> str:
    return each.unit.replace(" -1 to 1", "")


def _small(text: str) -> str:
    """A title inside a sentence; a name keeps its capital."""
    return text if text.startswith("Russia") else text[0].lower() + text[1:]


def _low(text: str) -> str:
    return text if text.startswith(("Russia", "Moscow", "Beijing", "China")) else text[0].lower() + text[1:]
