"""A reading of the user's own, taken through the record and weighed with the ten."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from amur import atomic
from amur.errors import AmurError
from amur.web.work.doing.given import MOST, file_name, told_as
from amur.web.work.doing.names import options

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress

KEPT = 40
"""Readings given before whose files are kept; the oldest give way."""


def own_reading(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The answer to ``amur.questions.ask("reading", own=...)`` with the reading ``told["text"]`` named ``told["name"]``.

    ``told["asked"]`` are further options. Takes minutes; what was worked out is kept, and read when asked again. The
    answer and all faults tell the name that was given, not where the file lies. ``evidence`` beside it is by year.
    """
    from amur.questions import ask

    name = str(told.get("name") or "own.toml")
    file = laid_down(str(told["text"]), name)
    with told_as(file, name):
        made = ask("reading", own=str(file), progress=progress, **options(told.get("asked", {}))).as_json()
        made["evidence"] = by_year(file)
    made["asked"]["own"] = file.name
    return made


def by_year(file: Path) -> list[dict[str, Any]]:
    """Log evidence of each year, nats, of all readings with a model and of the one in a file, which was run before."""
    from amur.conditioning.shipped import shipped
    from amur.questions.reading import own

    known = shipped()
    increments, _ = own.conditioned(file)
    joined = {name: known.increments[name] for name in known.able} | {file.stem: increments}
    return [
        {"year": int(year), "reading": name, "nats": round(float(value), 3)}
        for name, values in joined.items()
        for year, value in zip(known.years, values, strict=True)
    ]


def laid_down(text: str, name: str) -> Path:
    """The reading as a file in the user's cache folder, at a place that is the same for the same text and name."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > MOST:
        raise AmurError(f"has {len(data) >> 10} KB", file=name, mend=f"Give at most {MOST >> 10} KB.")
    folder = Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "given"
    file = folder / hashlib.sha256(data).hexdigest()[:16] / file_name(name)
    atomic.write_bytes(file, data)
    before = sorted(folder.glob("*/*.toml"), key=lambda each: each.stat().st_mtime)
    for old in before[:-KEPT]:
        old.unlink(missing_ok=True)
    return file
