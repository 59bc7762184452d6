"""What the sections that tell of the model share: published answers, their numbers with notes, and who they rest on."""

from __future__ import annotations

import re

from amur.brief import words
from amur.brief.document import Number, Runs
from amur.brief.facts import Facts
from amur.brief.words import say
from amur.questions.answer import Answer
from amur.questions.answer import Number as Found
from amur.questions.published import published

SHARES = ("probability", "share", "weight")
"""Units that are printed in percent."""
RANGE = f"{{value}}{words.FIXED}({{low}}{words.FIXED}to{words.FIXED}{{high}})"
"""A number with its interval, never broken over lines."""
NAME = "answer."
"""What names of numbers from published answers begin with; they may be of years ahead."""


def told(facts: Facts, name: str) -> Answer | None:
    """A published answer; None for a record that is cut, for which the published answers knew too much."""
    return None if facts.record.as_of is not None else published(name)


def note(facts: Facts, answer: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The key of an answer's note, and the identifiers of the sources of all series that it rests on."""
    sources = tuple(dict.fromkeys(one for name in answer.rests.series for one in _sources(facts, name)))
    made = answer.made
    how = f"{made.futures:,} futures, seed {made.seed}" if made.futures else "no futures"
    command = (
        answer.question.replace("argue:", "argue ") if ":" in answer.question else f"ask {answer.question}"
    )
    text = f"Amur’s model (amur {command}; {how}; posteriors {made.stamp}), which rests on {words.in_words(len(answer.rests.series))} series"
    return (facts.tell(text, sources),), sources


def _sources(facts: Facts, name: str) -> tuple[str, ...]:
    if name not in facts.record.series:
        return ()
    return tuple(one.source for one in facts.record.timeseries(name).cited())


def number(facts: Facts, answer: Answer, found: Found, value: float | None = None, period: str = "") -> Number:
    """A number of an answer as a number of the brief: its value, or another of its unit (a bound, say)."""
    keys, sources = note(facts, answer)
    shown = found.value if value is None else value
    return Number(
        figure(shown, found.unit),
        shown,
        found.unit,
        period or found.keys.get("year", f"1992 to {facts.end.year}"),
        keys,
        f"{NAME}{answer.question}.{found.name}",
        sources,
    )


def figure(value: float, unit: str) -> str:
    """A value of an answer as the brief prints it: shares and probabilities in percent."""
    from amur.questions.words import percent

    if unit in SHARES:
        return f"{words.MINUS if value < 0 else ''}{percent(abs(value))}"
    if unit == "year":
        return f"{int(value)}"
    unit = unit.removeprefix("code").removeprefix("index")
    return words.figure(value, unit if unit and unit[0] not in " 0-" else "", None if abs(value) >= 0.1 else 3)


def ranged(facts: Facts, answer: Answer, found: Found, period: str = "") -> Runs:
    """'47% (25% to 72%)': a number with its 90% interval; a unit that is no share is not said again."""
    low, high = (number(facts, answer, found, bound, period) for bound in (found.low90, found.high90))
    if found.unit not in SHARES:
        low, high = (
            each._replace(text=figure(each.value, "year" if found.unit == "year" else ""))
            for each in (low, high)
        )
    return say(RANGE, value=number(facts, answer, found, period=period), low=low, high=high)


def quoted(text: str) -> str:
    """A text of the model's as the brief prints it: with a printer's marks around words that are quoted."""
    return words.typeset(re.sub(r"'([^']+)'", r"“\1”", text))


def plain(name: str) -> str:
    """An identifier as words: limited-partnership to 'limited partnership'."""
    return name.replace("-", " ")
