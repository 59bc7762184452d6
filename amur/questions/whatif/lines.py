"""An intervention as one line of words, told apart and put together without the model.

``hold oil_price 150 start=2027-Q1``: the kind first, then what it must be told in the order of its fields, then the
rest as name=value. What the words mean, and whether they may be, is for :mod:`.compact` or :mod:`.possible` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amur.errors import AmurError, nearest


class Shape(NamedTuple):
    """A kind of intervention: ``must`` are the fields that have to be told, ``types`` the type of each field by name."""

    must: tuple[str, ...]
    types: Mapping[str, str]


def told(text: str, kinds: Mapping[str, Shape]) -> tuple[str, dict[str, Any]]:
    """The kind and the fields that a line tells. AmurError names the word that is wrong."""
    words = text.split()
    if not words:
        raise AmurError("is empty", field="do", mend='Write, say, "hold oil_price 150 start=2027-Q1".')
    kind, *rest = words
    if kind not in kinds:
        mend = nearest(kind, list(kinds)) or f"Start with one of {', '.join(kinds)}."
        raise AmurError(f"there is no kind of intervention named '{kind}'", field="do", mend=mend)
    must, types = kinds[kind]
    write = f"Write: {kind} {' '.join(name.upper() for name in must)} [NAME=VALUE ...]."
    plain = [word for word in rest if "=" not in word]
    if len(plain) > len(must):
        raise AmurError(f"'{plain[len(must)]}' is one word too many in '{text}'", field="do", mend=write)
    found = dict(zip(must, plain, strict=False))
    for word in rest:
        if "=" in word:
            name, _, value = word.partition("=")
            if name in found:
                raise AmurError(f"'{name}' stands twice in '{text}'", field="do", mend="Leave one out.")
            if not value:
                raise AmurError(
                    f"'{name}' has no value in '{text}'", field=name, mend="Give it one, or leave it out."
                )
            found[name] = value
    lacking = [name for name in must if name not in found]
    if lacking:
        raise AmurError(f"'{text}' lacks {' and '.join(lacking)}", field=lacking[0], mend=write)
    return kind, {name: _typed(name, value, types.get(name, "str")) for name, value in found.items()}


def line(plain: Mapping[str, Any], kinds: Mapping[str, Shape]) -> str:
    """The line that tells an intervention, given as a plain object (``do`` and its fields), to the last digit."""
    must = kinds[plain["do"]].must
    more = [f"{name}={_word(value)}" for name, value in plain.items() if name not in (*must, "do")]
    return " ".join([str(plain["do"]), *(_word(plain[name]) for name in must), *more])


def _word(value: Any) -> str:
    """A value as a word that reads back as the same."""
    return (
        str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
    )


def _typed(name: str, value: str, kind: str) -> object:
    if kind == "str":
        return value
    try:
        return int(value) if kind == "int" else float(value)
    except ValueError:
        what = "a whole number" if kind == "int" else "a number"
        raise AmurError(f"'{value}' is not {what}", field=name, mend=f"Write {name}=2, say.") from None
