"""Answers as published: shipped with the package, read in milliseconds, stamped with the posteriors that made them.

The brief prints them, so that it need not run the model. They are made anew by one command::

    python -m amur.questions.published

A test fails where they are of other posteriors than those shipped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur import atomic
from amur.errors import AmurError, nearest
from amur.questions.answer import Answer, from_json

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress

FOLDER = Path(__file__).with_name("answers")
QUESTIONS = ("reading", "drivers", "dependence", "outlook", "watch", "levers")
"""Questions whose answers are published, as they are asked without options; and with them every argument."""
DIGITS = 6
"""Significant digits that are kept of a number."""


def names() -> tuple[str, ...]:
    """All that is published: questions, and arguments as ``argue:NAME``."""
    from amur.questions.arguments import ARGUMENTS

    return (*QUESTIONS, *(f"argue:{name}" for name in ARGUMENTS))


@cache
def published(name: str) -> Answer:
    """A published answer; nothing is computed. AmurError for one that there is none of."""
    file = _file(name)
    if name not in names() or not file.is_file():
        mend = nearest(name, list(names())) or "Run: python -m amur.questions.published"
        raise AmurError(f"no answer '{name}' has been published", field="question", mend=mend)
    return from_json(json.loads(file.read_text(encoding="utf-8")))


def same(name: str, asked: Any) -> Answer | None:
    """The published answer to what is asked; None where none is, it is stale, or the user has evidence of their own."""
    from amur.record.own.overlay import data_dir

    if name not in names() or name in stale((name,)) or any(data_dir().glob("sets/*")):
        return None
    made = published(name)
    return made if dict(made.asked) == json.loads(json.dumps(asked, default=str)) else None


def stale(of: Iterable[str] = ()) -> tuple[str, ...]:
    """The answers, of those named or of all, that are missing or of other posteriors than those shipped."""
    from amur.conditioning.shipped import shipped

    stamp = shipped().stamp
    return tuple(
        name for name in of or names() if not _file(name).is_file() or published(name).made.stamp != stamp
    )


def rebuild(progress: Progress | None = None, only: Iterable[str] = ()) -> tuple[str, ...]:
    """Ask all that is published, or only some of it, and write the answers into the package; the names of those written.

    ``progress`` is told what is being answered, how many are done, and of how many. AmurError for a name that is not published.
    """
    told = tuple(only) or names()
    for name in told:
        if name not in names():
            mend = nearest(name, list(names())) or f"Published are {', '.join(names())}."
            raise AmurError(f"'{name}' is not published", field="only", mend=mend)
    for done, name in enumerate(told):
        if progress:
            progress(name, done, len(told))
        write(name, _ask(name))
    if progress:
        progress("published", len(told), len(told))
    return told


def write(name: str, made: Answer) -> Path:
    """Write an answer as published; its file."""
    file = _file(name)
    atomic.make_folder(file.parent)
    atomic.write_text(
        file, json.dumps(short(made.as_json()), ensure_ascii=False, indent=None, separators=(",", ":")) + "\n"
    )
    published.cache_clear()
    return file


def short(told: Any) -> Any:
    """The same with so many significant digits as a reader can use."""
    if isinstance(told, float):
        return float(f"{told:.{DIGITS}g}")
    if isinstance(told, dict):
        return {key: short(value) for key, value in told.items()}
    return [short(value) for value in told] if isinstance(told, list | tuple) else told


def _ask(name: str) -> Answer:
    if name.startswith("argue:"):
        from amur.questions.arguments import argue

        return argue(name.removeprefix("argue:"), cached=False)
    from amur.questions import ask

    return ask(name, cached=False)


def _file(name: str) -> Path:
    return FOLDER / f"{name.replace(':', '-')}.json"


if __name__ == "__main__":
    rebuild(lambda what, done, many: print(f"{what}: {done} of {many}", file=sys.stderr), sys.argv[1:])
