"""What has tripped since a date: the record against the published thresholds, without running the model.

A tripwire has tripped when a reading lies beyond its threshold and the one before it did not. The day that counts is that on
which the reading was known, not the period it is of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amur.errors import AmurError, nearest
from amur.questions.watch.indicators import Indicator, indicators
from amur.questions.watch.publish import published
from amur.questions.watch.recorded import Shown, readings
from amur.record.record import as_date

if TYPE_CHECKING:
    from amur.record.record import Record

TRIPPED, BACK, STANDING, CLEARED, QUIET, SILENT = "tripped", "back", "standing", "cleared", "quiet", "silent"
MEANS = {
    TRIPPED: "went beyond its threshold since the date, and is there still",
    BACK: "went beyond its threshold since the date, and is back",
    STANDING: "was beyond its threshold before the date, and is still",
    CLEARED: "was beyond its threshold at the date, and no longer is",
    QUIET: "not beyond its threshold",
    SILENT: "the record has no reading",
}


@dataclass(frozen=True)
class Trip:
    """A tripwire against the record: its status, the reading that tripped it, the last reading, and what tripping means.

    ``found`` is false where the indicator tells nothing that could be told from chance; ``by_hand`` where the threshold was set so.
    """

    indicator: str
    title: str
    unit: str
    target: str
    about: str
    status: str
    threshold: float
    trips: str
    date: str
    period: str
    value: float | None
    now: float | None
    now_period: str
    known: str
    cited: tuple[str, ...]
    own: str
    p_tripped: float | None
    p_quiet: float | None
    false_alarm: float | None
    miss: float | None
    bits: float | None
    share: float | None
    found: bool
    by_hand: bool = False

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object."""
        return asdict(self)


@dataclass(frozen=True)
class Checked:
    """Every tripwire since a day, as the record stood on another (empty: now); of which posteriors the thresholds are."""

    since: str
    as_of: str
    ahead: int
    stamp: str
    trips: tuple[Trip, ...]

    @property
    def tripped(self) -> tuple[Trip, ...]:
        """Those that tripped since the day, whether or not they are back."""
        return tuple(each for each in self.trips if each.status in (TRIPPED, BACK))

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object."""
        return {
            "since": self.since, "as_of": self.as_of, "ahead": self.ahead, "stamp": self.stamp,
            "tripped": len(self.tripped), "trips": [each.as_json() for each in self.trips],
        }  # fmt: skip


def check(record: Record, since: str, target: str = "", every: bool = False) -> Checked:
    """Tripwires against a record since a day, those that tripped first.

    ``target`` takes one target; ``every`` adds those of indicators that tell nothing sure. AmurError for no date or target.
    """
    day = as_date(since, field="since")
    assert day is not None
    if record.as_of and day > record.as_of:
        raise AmurError(
            f"{day} is after {record.as_of}, as of which the record is asked",
            field="since",
            mend="Ask since an earlier day.",
        )
    told = published()
    rows = [row for row in told["rows"] if row["found"] or every]
    if target:
        names = sorted({row["target"] for row in told["rows"]})
        if target not in names:
            raise AmurError(
                f"no published threshold is of '{target}'",
                field="target",
                mend=nearest(target, names) or f"There are {', '.join(names)}.",
            )
        rows = [row for row in rows if row["target"] == target]
    read = {
        name: readings(record, indicators()[name], told["ahead"]) for name in {row["indicator"] for row in rows}
    }
    trips = [_trip(row, read[row["indicator"]], day) for row in rows]
    if not target:
        trips += [
            _by_hand(each, readings(record, each, told["ahead"]), day)
            for each in indicators().values()
            if each.trip is not None
        ]
    order = list(MEANS)
    trips.sort(
        key=lambda each: (
            order.index(each.status),
            -dt.date.fromisoformat(each.date or "0001-01-01").toordinal(),
            -(each.share or 0),
        )
    )
    return Checked(
        since, record.as_of.isoformat() if record.as_of else "", told["ahead"], told["stamp"], tuple(trips)
    )


def since(shown: Sequence[Shown], beyond: Sequence[bool], day: dt.date) -> tuple[str, Shown | None]:
    """The status of readings in time order, and the one that tripped, given which lie beyond the threshold."""
    if not shown:
        return SILENT, None
    first = None
    for place, each in enumerate(shown):
        fresh = place > 0 and not beyond[place - 1]
        if each.known >= day and beyond[place] and fresh:
            first = each
            break
    before = [is_ for each, is_ in zip(shown, beyond, strict=True) if each.known < day]
    if first is not None:
        return (TRIPPED if beyond[-1] else BACK), first
    if beyond[-1]:
        return STANDING, None
    return (CLEARED if before and before[-1] else QUIET), None


def _trip(row: dict[str, Any], shown: Sequence[Shown], day: dt.date) -> Trip:
    threshold, above = row["threshold"], row["trips"] == "above"
    beyond = [each.value > threshold if above else each.value < threshold for each in shown]
    return _made(indicators()[row["indicator"]], row, shown, beyond, day)


def _by_hand(each: Indicator, shown: Sequence[Shown], day: dt.date) -> Trip:
    assert each.trip is not None
    row = {"target": "", "title": each.more, "threshold": each.trip, "trips": "above", "found": False}
    return _made(each, row, shown, [one.value >= each.trip for one in shown], day, True)


def _made(
    each: Indicator,
    row: dict[str, Any],
    shown: Sequence[Shown],
    beyond: list[bool],
    day: dt.date,
    by_hand: bool = False,
) -> Trip:
    status, first = since(shown, beyond, day)
    last = shown[-1] if shown else None
    cited = first or last
    p_tripped, p_quiet, false_alarm, miss = (
        row[name][0] if name in row else None for name in ("tripped", "quiet", "false_alarm", "miss")
    )
    return Trip(
        each.name, each.title, each.unit, row["target"], row["title"], status, row["threshold"], row["trips"],
        first.known.isoformat() if first else "", first.period if first else "", first.value if first else None,
        last.value if last else None, last.period if last else "", last.known.isoformat() if last else "",
        cited.cited[:4] if cited else (), cited.origin if cited else "",
        p_tripped, p_quiet, false_alarm, miss,
        row.get("bits"), row.get("share"), row["found"], by_hand,
    )  # fmt: skip
