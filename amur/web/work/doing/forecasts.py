"""The published forecasts, scored by the record as it is now."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress


def ledger(told: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """What has come of the published forecasts by today: ``resolved``, ``open`` and ``summary``."""
    from amur.validation.ledger_file import PUBLISHED
    from amur.validation.ledger_resolve import resolve

    progress("scoring the forecasts", 0, 0)
    made = json.loads(json.dumps(_finite(resolve(PUBLISHED)), default=str))
    return {**made, "ledger": PUBLISHED.name}


def _finite(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {str(key): _finite(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_finite(each) for each in told]
    if hasattr(told, "item"):
        told = told.item()
    return None if isinstance(told, float) and not math.isfinite(told) else told
