"""What the composite measures have in common: answers that turn themselves into JSON, and the last year to ask for."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from amur.record import periods
from amur.record.measures.registry import Dyad
from amur.record.record import Record
from amur.record.timeseries import Point

CHINA_RUSSIA = Dyad("CHN", "RUS")


@dataclass(frozen=True)
class Answer:
    """A composite answer of several parts."""

    def as_json(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        return dict(plain(asdict(self)))


def plain(value: Any) -> Any:
    """The same with points as mappings and tuples as lists, as JSON has them."""
    if isinstance(value, Point):
        return plain(value._asdict())
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def last_year(record: Record) -> int:
    """The last calendar year that had ended by the cut, or, without one, the year of the last event."""
    if record.as_of is not None:
        return (record.as_of + dt.timedelta(days=1)).year - 1
    return periods.end(record.events[-1].date).year
