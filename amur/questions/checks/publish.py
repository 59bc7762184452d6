"""The outside checks as published: a file of numbers with a stamp, and a page."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from amur import __version__, atomic
from amur.errors import AmurError

HERE = Path(__file__).parent
FILE = HERE / "checks.json"
PAGE = "checks.md"
CODE = ("worlds", "studies", "experiments", "verdicts")
FUTURES = 2048
"""Histories that are run: parameter sets of every reading, which luck does not touch."""
FROM = "python -m amur.questions.checks"

type Plain = dict[str, Any]


def published() -> Plain:
    """The published checks; nothing is computed. AmurError where there are none."""
    if not FILE.exists():
        raise AmurError("no checks have been published", file=FILE, mend=f"Run: {FROM}")
    told: Plain = json.loads(FILE.read_text(encoding="utf-8"))
    return told


@cache
def stamp() -> str:
    """A fingerprint of what the checks rest on: the published posteriors and the code of the checks."""
    from amur.conditioning.stamp import without_words
    from amur.conditioning.store import published as conditioned

    told = hashlib.sha256(conditioned().stamp.encode())
    for name in CODE:
        told.update(without_words(HERE / f"{name}.py").encode())
    return told.hexdigest()[:16]


def compute(futures: int = FUTURES) -> Plain:
    """All checks, worked out from histories of every reading, weighed by stacking."""
    from amur.questions.checks.experiments import experiments, ratio
    from amur.questions.checks.studies import studies
    from amur.questions.checks.worlds import Histories
    from amur.questions.ensembles import Common

    of = Histories(Common(futures=futures))
    found = experiments(of)
    return {
        "version": __version__,
        "stamp": stamp(),
        "futures": of.common.mixture.members,
        "weights": {name: round(share, 4) for name, share in of.common.mixture.share.items()},
        "checks": [*studies(of), *found],
        "ratios": {name: ratio(found, name) for name in ("dependence_rus", "yuan_share")},
    }


def publish(docs: Path | None = None) -> Plain:
    """Write the numbers into the package and, where there is a folder of docs, the page."""
    text = json.dumps(compute(), ensure_ascii=False, allow_nan=False, indent=1)
    atomic.write_text(FILE, text + "\n")
    told: Plain = json.loads(text)
    if docs is not None:
        write_page(told, docs)
    return told


def write_page(told: Plain, docs: Path) -> None:
    """Write the page from the published numbers."""
    from amur.questions.checks.page import page

    atomic.write_text(docs / PAGE, page(told))
