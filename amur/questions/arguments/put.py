"""An argument put together: numbers and positions found, as an answer with a statement and a verdict."""

from __future__ import annotations

from typing import Any

from amur.claims import essays, load
from amur.questions import ensembles
from amur.questions.answer import Answer, Number, Row
from amur.questions.arguments.lab import Lab
from amur.questions.arguments.verdict import Position
from amur.questions.ensembles import Common
from amur.questions.words import figure, spread


def put(name: str, module: Any, common: Common) -> Answer:
    """Try an argument and say what came of it."""
    about, found = module.ARGUMENT, module.find(Lab(common))
    judged = found.positions[0]
    return Answer(
        f"argue:{name}",
        about.title,
        {"argument": name, **common.as_json()},
        statement(about.asks, found.numbers[0], found.positions),
        found.numbers,
        {
            "verdict": (
                {
                    "on": " ".join(judged.claims),
                    "verdict": judged.verdict,
                    "by": judged.by,
                    "says": judged.says,
                },
            ),
            "positions": tuple(_row(each) for each in found.positions),
            **found.tables,
        },
        ensembles.rests(about.quantities, 1, about.claims),
        ensembles.made(common),
        found.notes,
    )


def statement(asks: str, number: Number, positions: tuple[Position, ...]) -> str:
    """What was asked, the number, and what the record makes of each position."""
    told = [f"{asks} {number.about[:1].upper()}{number.about[1:]}: {spread(number)}"]
    told[0] += f", {number.share_in_words}." if number.data_share is not None else ", from the record itself."
    if number.by_reading:
        low = min(number.by_reading, key=lambda name: number.by_reading[name])
        high = max(number.by_reading, key=lambda name: number.by_reading[name])
        low_, high_ = (figure(number.by_reading[name], number.kind, number.unit) for name in (low, high))
        if low_ != high_:
            told.append(f"Readings put it between {low_} ({low}) and {high_} ({high}).")
    for each in positions:
        verb = "is" if each.verdict != "undecided by the record" else "remains"
        told.append(f"That {each.says} ({', '.join(each.claims)}) {verb} {each.verdict} ({each.by}).")
    return " ".join(told)


def _row(position: Position) -> Row:
    own = [claim for claim in load() if claim.claim in position.claims]
    return {
        "claims": " ".join(position.claims),
        "essays": "; ".join(dict.fromkeys(essays()[claim.essay].title for claim in own)),
        "hold": " ".join(f"{claim.claim}: {claim.statement}." for claim in own),
        "tested": position.says,
        "before": position.before,
        "after": position.after,
        "bits": position.bits,
        "verdict": position.verdict,
        "model": position.model,
        "by": position.by,
    }
