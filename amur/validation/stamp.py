"""Fingerprints of what the published validation rests on: record, readings, conditioning, and the code that validates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from amur.record.record import Record

HERE = Path(__file__).parent
FUTURES = HERE.parent / "futures"
FORECASTING = (
    *(HERE / f"{name}.py" for name in (
        "ablations", "baselines", "baselines_counts", "baselines_numbers", "decisions_scored", "forecasts_of_model",
        "hindcasts", "mixtures", "scales", "scores", "targets", "turning", "validate", "world",
    )),
    *(FUTURES / f"{name}.py" for name in ("discrepancies", "processes", "shocks")),
    HERE.parent / "conditioning" / "weights.py",
)  # fmt: skip
"""Files whose code moves a forecast or its score."""
TELLING = tuple(HERE / f"{name}.py" for name in ("aims", "skill", "summaries"))
"""Files whose code moves a number that is told of the scores."""


def forecasts_stamp(record: Record | None = None) -> str:
    """A fingerprint of all that moves a forecast or its score: record, readings, model, conditioning, hindcasts."""
    from amur.conditioning import store
    from amur.conditioning.evidence import evidence
    from amur.system.observe import observed

    told = hashlib.sha256(store.stamp(evidence(record)).encode())
    for name, values in observed(record).values.items():
        told.update(name.encode() + np.ascontiguousarray(values, np.float64).tobytes())
    return _with_code(told.hexdigest(), FORECASTING)


def stamp(record: Record | None = None) -> str:
    """A fingerprint of all that moves a published number."""
    return _with_code(forecasts_stamp(record), TELLING)


def _with_code(begun: str, files: Iterable[Path]) -> str:
    from amur.conditioning.stamp import without_words

    told = hashlib.sha256(begun.encode())
    for file in files:
        told.update(without_words(file).encode())
    return told.hexdigest()[:16]
