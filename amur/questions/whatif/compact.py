"""Interventions in one line: ``hold oil_price 150 start=2027-Q1 ramp=2``.

The kind comes first, then what it must be told in the order of its fields, then the rest as name=value.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import cache

from amur.questions.whatif.lines import Shape, told
from amur.system.interventions import KINDS, Intervention, made


def intervention(text: str) -> Intervention:
    """The intervention that a line of words tells. AmurError names the word that is wrong."""
    kind, values = told(text, shapes())
    return made(kind, values)


@cache
def shapes() -> dict[str, Shape]:
    """The kinds of interventions: what each must be told, and the types of all its fields."""
    return {
        word: Shape(
            tuple(field.name for field in fields(kind) if field.default is MISSING),
            {field.name: str(field.type) for field in fields(kind)},
        )
        for word, kind in KINDS.items()
    }
