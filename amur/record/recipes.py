"""Derived series: splices, quarterly views, conversions and ratios declared as data (``data/recipes.toml``)."""

from __future__ import annotations

from typing import Any

from amur.record.record import Record
from amur.record.timeseries import TimeSeries


def recipes() -> dict[str, Any]:
    """All declared recipes by the name of the series they make."""
    return {}


def derive(record: Record, name: str) -> TimeSeries:
    """The derived series of a recipe, computed from the record as it is cut."""
    raise NotImplementedError(name)
