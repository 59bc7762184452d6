"""The system as published: read in milliseconds, without the model."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from amur import atomic
from amur.errors import AmurError

FILE = Path(__file__).with_name("system.json.gz")

type Plain = dict[str, Any]


@cache
def published() -> Plain:
    """What :func:`amur.book.catalogue.catalogue` made. AmurError where it is missing."""
    if not FILE.is_file():
        raise AmurError("the system has not been published", file=FILE, mend="Run: python -m amur.book")
    told: Plain = json.loads(gzip.decompress(FILE.read_bytes()))
    return told


def publish(made: Plain) -> Path:
    """Write it into the package: the same object gives the same file."""
    text = json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    published.cache_clear()
    return atomic.write_bytes(FILE, gzip.compress(text.encode(), mtime=0))
