"""The validation as published: a file with its numbers, a page and pictures, rebuilt by one command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur import atomic
from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from amur.validation.validate import Validation

FILE = Path(__file__).with_name("validation.json")
PAGE = "validation.md"
WEAKNESSES = Path(__file__).with_name("weaknesses.md")
"""The weaknesses that no score shows, written by hand; the docs hold a copy."""

type Plain = dict[str, Any]


def published() -> Plain:
    """The published numbers; nothing is computed. AmurError where there are none."""
    if not FILE.exists():
        raise AmurError("no validation has been published", file=FILE, mend="Run: amur validate")
    told: Plain = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def publish(made: Validation, docs: Path | None = None) -> Plain:
    """Write the numbers into the package and, if there is a folder of docs, the page and its pictures there."""
    from amur.validation.summaries import as_json

    told = as_json(made)
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    atomic.write_text(FILE, text + "\n")
    if docs is not None:
        write_page(json.loads(text), docs)
    return told


def write_page(told: Plain, docs: Path) -> None:
    """Write the page and its pictures from the published numbers, and the page of weaknesses beside them."""
    from amur.charts import render
    from amur.validation.page import page
    from amur.validation.pictures import PICTURES

    for name, picture in PICTURES.items():
        atomic.write_bytes(docs / f"{name}.svg", render(picture(told), ".svg"))
    atomic.write_text(docs / PAGE, page(told))
    atomic.write_text(docs / WEAKNESSES.name, WEAKNESSES.read_text(encoding="utf-8"))


def series_of(told: Plain, name: str) -> Plain:
    """What is published of one series. AmurError for one that is not scored, with the reason where there is one."""
    if name in told["series"]:
        return dict(told["series"][name])
    if name in told["left_out"]:
        raise AmurError(f"'{name}' is not scored: {told['left_out'][name]}", field="series")
    mend = nearest(name, [*told["series"]]) or f"Scored: {', '.join(told['series'])}."
    raise AmurError(f"there is no scored series '{name}'", field="series", mend=mend)
