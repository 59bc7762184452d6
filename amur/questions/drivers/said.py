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
    """A sentence about one outcome, and the values that it names."""
    whole, rest = found[WHOLE, outcome, year, ""], found[REST, outcome, year, ""]
    worthy = [each for each in ranks(found, outcome, year) if _tells(each, whole, found, outcome, year)]
    up = [each for each in worthy if each.value > 0][:2]
    down = [each for each in worthy if each.value < 0][:1]
    level = f"{label(outcome)} ({figure(whole.value)} {_unit(whole)}; {figure(rest.value)} with every family {'held' if held else 'off'})"
    if not up and not down:
        return f"{level} is moved by no family that can be told from nought.", []
    raised, lowered = ("raised by", "lowered by") if held else ("held up by", "limited by")
    said = [f"{verb} {_list(these)}" for verb, these in ((raised, up), (lowered, down)) if these]
    return f"{level} is most {' and most '.join(said)}.", [*up, *down]


def _tells(each: Number, whole: Number, found: Found, outcome: str, year: str) -> bool:
    top = max(abs(found[ADDS, outcome, year, name].value) for name in TITLES)
    return abs(each.value) > max(SURE * each.error, WORTH_NAMING * max(abs(whole.value), top))


def _list(these: Sequence[Number]) -> str:
    """Families with what they add; the interval of the first."""
    first, *more = these
    told = (
        f"{_small(first.about)} ({signed(first.value)}; 90%: {signed(first.low90)} to {signed(first.high90)})"
    )
    return " and ".join([told, *(f"{_small(each.about)} ({signed(each.value)})" for each in more)])


def signed(value: float) -> str:
    """A number with its sign; what is less than half a thousandth is nought."""
    if abs(value) < 5e-4:
        return "0"
    return f"{'+' if value > 0 else '−'}{figure(abs(value))}"


def _changed(asked: Asked, found: Found, year: str) -> str:
    """What leads now and did not in 2013, and which value changed most for the size of its outcome."""
    then = str(BEFORE)
    new = _new(asked, found, then, year)
    steps: dict[tuple[str, str], float] = {}
    for outcome in asked.outcomes:
        size = max(abs(found[WHOLE, outcome, when, ""].value) for when in (then, year)) or 1.0
        for name in TITLES:
            step = found[ADDS, outcome, year, name].value - found[ADDS, outcome, then, name].value
            steps[outcome, name] = abs(step) / size
    outcome, name = max(steps, key=lambda each: steps[each])
    was, now = (signed(found[ADDS, outcome, when, name].value) for when in (then, year))
    lead = (
        f"Since {BEFORE} these have come to the fore: {'; '.join(new)}"
        if new
        else f"What leads is as in {BEFORE}"
    )
    return (
        f"{lead}. What changed most since for the size of its outcome is {_small(TITLES[name])} for"
        f" {_low(label(outcome))}: {was} then, {now} now."
    )


def _ahead(asked: Asked, found: Found, year: str, later: str) -> str:
    """Whether what leads now leads in the last year asked about."""
    told = _new(asked, found, year, later)
    if not told:
        return f"By {later} the strongest supports and limits are still the same."
    return f"By {later} these come to the fore: {'; '.join(told)}."


def _new(asked: Asked, found: Found, before: str, after: str) -> list[str]:
    """The strongest supports and limits of a year that were not so in another, with both values."""
    told = []
    for outcome in asked.outcomes:
        for sign, what in ((1, "support"), (-1, "limit")):
            was, now = (_first(found, outcome, when, sign) for when in (before, after))
            if now and (not was or was.keys["family"] != now.keys["family"]):
                old = found[ADDS, outcome, before, now.keys["family"]].value
                told.append(
                    f"{_small(now.about)} as {what} of {_low(label(outcome))} ({signed(old)} in {before},"
                    f" {signed(now.value)} in {after})"
                )
    return told


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
