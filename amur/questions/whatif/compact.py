"""Interventions in one line: ``hold oil_price 150 start=2027-Q1 ramp=2``.

The kind comes first, then what it must be told in the order of its fields, then the rest as name=value.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any

from amur.errors import AmurError, nearest
from amur.system.interventions import KINDS, Intervention, made


def intervention(text: str) -> Intervention:
    """The intervention that a line of words tells. AmurError names the word that is wrong."""
    words = text.split()
    if not words:
        raise AmurError("is empty", field="do", mend='Write, say, "hold oil_price 150 start=2027-Q1".')
    kind, *rest = words
    if kind not in KINDS:
        mend = nearest(kind, list(KINDS)) or f"Start with one of {', '.join(KINDS)}."
        raise AmurError(f"there is no kind of intervention named '{kind}'", field="do", mend=mend)
    declared = {field.name: field for field in fields(KINDS[kind])}
    must = [name for name, field in declared.items() if field.default is MISSING]
    plain = [word for word in rest if "=" not in word]
    if len(plain) > len(must):
        raise AmurError(
            f"'{plain[len(must)]}' is one word too many in '{text}'",
            field="do",
            mend=f"Write: {kind} {' '.join(name.upper() for name in must)} [NAME=VALUE ...].",
        )
    told = dict(zip(must, plain, strict=False))
    for word in rest:
        if "=" in word:
            name, _, value = word.partition("=")
            if name in told:
                raise AmurError(f"'{name}' stands twice in '{text}'", field="do", mend="Leave one out.")
            if not value:
                raise AmurError(
                    f"'{name}' has no value in '{text}'", field=name, mend="Give it one, or leave it out."
                )
            told[name] = value
    lacking = [name for name in must if name not in told]
    if lacking:
        raise AmurError(
            f"'{text}' lacks {' and '.join(lacking)}",
            field=lacking[0],
            mend=f"Write: {kind} {' '.join(name.upper() for name in must)} [NAME=VALUE ...].",
        )
    return made(kind, {name: _typed(name, value, declared.get(name)) for name, value in told.items()})


def _typed(name: str, value: str, declared: Field[Any] | None) -> object:
    kind = str(declared.type) if declared else "str"
    if kind == "str":
        return value
    try:
        return int(value) if kind == "int" else float(value)
    except ValueError:
        what = "a whole number" if kind == "int" else "a number"
        raise AmurError(f"'{value}' is not {what}", field=name, mend=f"Write {name}=2, say.") from None
