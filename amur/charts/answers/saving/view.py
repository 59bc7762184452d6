"""What page and print say of an answer, as plain texts ready to be laid out: both say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amur import claims as essays
from amur.questions import again
from amur.questions.words import error, figure

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Number

ABOUT_NUMBERS = (
    "The value of a quantity is its median; 50% and 90% intervals bound the middle of the futures, for a probability of the"
    " parameter sets, unless a note says otherwise. The error is the Monte Carlo standard error of the value. The data share runs from 0% (the record"
    " changed nothing, the number is assumption) to 100%."
)
ABOUT_CLAIMS = "Claims of the five essays, in our own words. They are under test here, not endorsed."


FIRST = 60
"""Numbers that are shown at once; the first are those that count."""


def view(of: Answer) -> dict[str, Any]:
    """Everything that is shown, as texts, lists and tables; ``more`` are the numbers after the first :data:`FIRST`."""
    made = of.made
    return {
        "title": of.title,
        "question": of.question,
        "statement": of.statement,
        "numbers": numbers(of.numbers[:FIRST]),
        "more": numbers(of.numbers[FIRST:]),
        "by_reading": by_reading(of.numbers[:FIRST]),
        "about_numbers": ABOUT_NUMBERS,
        "notes": list(of.notes),
        "about_claims": ABOUT_CLAIMS,
        "claims": claims(of.rests.claims),
        "mechanisms": list(of.rests.mechanisms),
        "forcings": list(of.rests.forcings),
        "series": list(of.rests.series),
        "sources": list(of.rests.sources),
        "command": again.command(of),
        "python": again.python(of),
        "made": [
            ["Amur", made.version],
            ["Posteriors (record, readings and code)", made.stamp],
            ["Futures", f"{made.futures:,}" if made.futures else "none run"],
            ["Seed", str(made.seed)],
            ["Readings weighed by", made.weighed],
            ["Weights", ", ".join(f"{name} {share:.1%}" for name, share in made.weights.items())],
        ],
    }


def numbers(of: Sequence[Number]) -> dict[str, Any]:
    """The table of numbers: heads, and rows of texts."""
    keys = list(dict.fromkeys(key for each in of for key in each.keys))
    # Keys that only some numbers have stand together in one column rather than each in one that is mostly empty.
    together = any(set(each.keys) != set(keys) for each in of)
    estimated = any(each.kind != "fact" for each in of)
    heads = ["", *(["of"] if together else [key.replace("_", " ") for key in keys]), "value", "unit"]
    heads += ["50% interval", "90% interval", "error", "data share"] if estimated else []
    return {
        "heads": heads,
        "right": [head in ("value", "50% interval", "90% interval", "error") for head in heads],
        "rows": [
            [
                each.about,
                *([", ".join(each.keys.values())] if together else [each.keys[key] for key in keys]),
                value(each, each.value),
                _unit(each),
                *(_spread(each) if estimated else ()),
            ]
            for each in of
        ],
    }


def _unit(of: Number) -> str:
    return "" if of.kind == "probability" else of.unit


def _spread(of: Number) -> list[str]:
    if of.kind == "fact":
        return ["", "", "", "record"]
    share = of.share_in_words if of.data_share is None else f"{of.data_share:.0%}, {of.share_in_words}"
    return [_between(of, of.low50, of.high50), _between(of, of.low90, of.high90), error(of), share]


def _between(of: Number, low: float, high: float) -> str:
    return f"{value(of, low)} to {value(of, high)}"


def value(of: Number, told: float) -> str:
    """A value of a number with as many digits as it bears."""
    return figure(told, of.kind, of.unit)


def by_reading(of: Sequence[Number]) -> dict[str, Any]:
    """The numbers under each reading; without rows where no number has any."""
    split = [each for each in of if each.by_reading]
    readings = list(dict.fromkeys(name for each in split for name in each.by_reading))
    rows = [
        [
            ", ".join((each.about, *each.keys.values())),
            *(value(each, each.by_reading[name]) if name in each.by_reading else "" for name in readings),
        ]
        for each in split
    ]
    return {"heads": ["", *readings], "right": [False, *(True for _ in readings)], "rows": rows}


def claims(named: Sequence[str]) -> list[list[str]]:
    """Claims with their statements and the essays they are from; one that there is none of stands alone."""
    known = {each.claim: each for each in essays.load()}
    titles = essays.essays()
    return [
        [name, known[name].statement, _essay(titles[known[name].essay])] if name in known else [name, "", ""]
        for name in named
    ]


def _essay(of: essays.Essay) -> str:
    """The essay by its title, for of some neither author nor publisher is known, and its year."""
    return f"{of.title}, {of.published[:4]}" if of.published else of.title
