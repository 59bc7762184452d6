"""Questions to the record in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress

SECONDS, MOST = 10.0, 10_000
"""Seconds and rows that a question may take."""


def sql(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The answer to ``told["text"]`` in at most ``seconds``, with at most ``most`` rows; ``own`` evidence unless false."""
    from amur.record import load
    from amur.record.sql import query

    progress("asking the record", 0, 0)
    own = bool(told.get("own", True))
    seconds = min(float(told.get("seconds", SECONDS)), SECONDS)
    most = min(int(told.get("most", MOST)), MOST)
    try:
        return query(
            load(overlay=own), str(told["text"]), seconds=seconds, most=most, own_codings=own
        ).as_json()
    except AmurError as error:
        if not error.problem.casefold().startswith("out of memory"):
            raise
        # What the engine says then is advice for whoever runs a database.
        raise MemoryError from None
