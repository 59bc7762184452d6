"""Options that come from a page, checked once more where they are used: none may name a file of the machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amur.errors import AmurError

FILES = ("own", "own_is", "endstates", "rules", "aims", "aims_text")
"""Options that name files or hold fingerprints of them."""
NAMES = ("scenario", "against")
"""Options that hold names, or else files."""
SETTINGS = ("cached", "progress")
"""Arguments of the functions that are no options."""


def options(asked: object) -> dict[str, Any]:
    """Options as they can be asked with. AmurError for one that names a file or is none."""
    if not isinstance(asked, Mapping):
        raise AmurError("the options are not a table", mend="Give names and values.")
    for name, value in asked.items():
        if name in SETTINGS or (name in FILES and value):
            raise AmurError("cannot be asked for here", field=str(name), mend="Leave it out.")
        if name in NAMES and any(of_file(each) for each in _texts(value)):
            raise AmurError("names a file", field=str(name), mend="Name a scenario: `amur scenarios list`.")
    return {str(name): tuple(value) if isinstance(value, list) else value for name, value in asked.items()}


def of_file(text: str) -> bool:
    """Whether words may name a file of the machine."""
    return ".toml" in text.casefold() or any(sign in text for sign in "/\\\0")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)
