"""Answers that were given before, by a hash of all that they rest on: asked again, they are read and not computed."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from amur import __version__, atomic
from amur.errors import AmurError
from amur.questions.answer import Answer, from_json

PACKAGE = Path(__file__).parents[1]
FLOORS = ("questions", "futures", "system", "conditioning", "readings", "record")
"""Floors of the house whose files an answer rests on."""
MOST = 400
"""Answers kept; the oldest give way."""


def answer(question: str, asked: Mapping[str, Any], make: Callable[[], Answer], cached: bool = True) -> Answer:
    """The answer that was kept for what is asked, or made now and kept. A damaged file is made anew."""
    if cached and (known := before(question, asked)):
        return known
    return from_json(plain(question, asked, lambda: make().as_json(), cached, anew=True))


def before(question: str, asked: Mapping[str, Any]) -> Answer | None:
    """The answer that was kept for what is asked; None where there is none, or it is damaged."""
    told = found(question, asked)
    try:
        return from_json(told) if told else None
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def plain(
    what: str, asked: Any, make: Callable[[], dict[str, Any]], cached: bool = True, anew: bool = False
) -> dict[str, Any]:
    """A plain object that was kept for what is asked, or made now (``anew``: in any case) and kept. A damaged file is
    made anew."""
    if not cached:
        return make()
    kept = None if anew else found(what, asked)
    if kept is not None:
        return kept
    made = make()
    # A read-only home must not cost the answer.
    with contextlib.suppress(AmurError, OSError):
        atomic.write_text(_file(what, asked), json.dumps(made, ensure_ascii=False, separators=(",", ":")))
        _thin()
    return made


def found(what: str, asked: Any) -> dict[str, Any] | None:
    """The plain object that was kept for what is asked; None where there is none, or it is damaged."""
    try:
        kept = json.loads(_file(what, asked).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) else None


def _file(what: str, asked: Any) -> Path:
    return _folder() / f"{what}-{_key(what, asked)}.json"


def _key(question: str, asked: Any) -> str:
    told = json.dumps(
        [question, __version__, evidence_and_code(), evidence_of_ones_own(), asked], sort_keys=True, default=str
    )
    return hashlib.sha256(told.encode()).hexdigest()[:24]


@cache
def evidence_and_code() -> str:
    """A fingerprint of every file of the package that an answer may rest on."""
    told = hashlib.sha256()
    for floor in FLOORS:
        for file in sorted((PACKAGE / floor).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                about = file.stat()
                told.update(f"{file.relative_to(PACKAGE)} {about.st_size} {about.st_mtime_ns}".encode())
    return told.hexdigest()[:16]


def evidence_of_ones_own() -> str:
    """A fingerprint of the user's own evidence, from which futures start too; it may change while a surface runs."""
    from amur.record.own.overlay import data_dir

    folder = data_dir()
    told = hashlib.sha256()
    for file in sorted((*folder.glob("*.*"), *folder.glob("sets/*/*.csv"))):
        if file.is_file():
            about = file.stat()
            told.update(f"{file.relative_to(folder)} {about.st_size} {about.st_mtime_ns}".encode())
    return told.hexdigest()[:16]


def _folder() -> Path:
    return Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "answers"


def _thin() -> None:
    files = sorted(_folder().glob("*.json"), key=lambda file: file.stat().st_mtime)
    for file in files[:-MOST]:
        file.unlink(missing_ok=True)
