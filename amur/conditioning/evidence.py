"""What the record shows, laid out as observations that a reading must foretell: one item per value and per coded quarter.

An :class:`Evidence` is a choice of what is looked at (any block may be left out, any date be the last). Its items have one
order everywhere: the fitted observables, period after period, then the coded decisions, quarter after quarter.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError, nearest
from amur.system.history import LAST, history, present
from amur.system.observables import OBSERVABLES
from amur.system.observe import CATEGORIES, linked, observed, years_of
from amur.system.quarters import labels as labels_between
from amur.system.quarters import number

if TYPE_CHECKING:
    from amur.record.coded.codings import Reading as Coding
    from amur.record.record import Record
    from amur.system.step import Quarter

type Numbers = NDArray[np.float64]
type Codes = NDArray[np.int32]

BLOCKS: dict[str, tuple[str, ...]] = {
    "trade": ("exports_rus_chn", "exports_chn_rus", "exports_rus", "imports_rus", "car_share"),
    "energy": ("oil_chn", "oil_europe", "coal_chn", "gas_chn", "lng_chn", "gas_wst", "malacca_share", "food_chn", "transit"),
    "prices": ("concession", "gas_price_chn"),
    "arms": ("arms_chn", "arms_ind", "arms_vnm", "arms_world"),
    "diplomacy": ("agreement", "vetoes", "meetings", "statements", "stance", "influence"),
    "forces": ("exercises", "patrols", "military_share"),
    "money": ("yuan_share", "chn_capital", "key_rate", "output"),
    "technology": ("machine_tools_share", "machine_tools"),
    "opinion": ("opinion_good", "opinion_ally", "opinion_friendly", "opinion_america"),
    "decisions": tuple(CATEGORIES),
}  # fmt: skip
"""Themes whose evidence can be left out together."""

FITTED = tuple(name for name, made in OBSERVABLES.items() if made.fitted)
QUARTERS = labels_between(0, number(LAST) + 1)
YEARS = years_of(QUARTERS)


class Item(NamedTuple):
    """One observation: of which observable or decision, when, in which year (0 is 1992), and its value or code."""

    name: str
    period: str
    year: int
    value: float


@dataclass(frozen=True)
class Evidence:
    """What is looked at: values by fitted observable (NaN: nothing) and codes by decision (-1: nothing).

    All arrays run over :data:`YEARS` or :data:`QUARTERS` to the end of 2025; what came after ``last`` (a year) is empty,
    so that evidence of every date has one shape. ``quarters`` is the history that is run under it.
    """

    shown: dict[str, Numbers]
    options: dict[str, Codes]
    last: str
    quarters: Quarter = field(repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """The quarters, all of them."""
        return QUARTERS

    @property
    def years(self) -> tuple[str, ...]:
        """The years that are looked at."""
        return YEARS[: YEARS.index(self.last) + 1]

    def without(self, *names: str) -> Evidence:
        """The same with observables, decisions or whole blocks left out."""
        gone = _members(names)
        return self._kept(lambda name: name not in gone)

    def only(self, *names: str) -> Evidence:
        """The same with nothing but the observables, decisions or blocks named."""
        wanted = _members(names)
        return self._kept(lambda name: name in wanted)

    def _kept(self, wanted: Any) -> Evidence:
        shown = {
            name: each if wanted(name) else np.full_like(each, np.nan) for name, each in self.shown.items()
        }
        options = {
            name: each if wanted(name) else np.full_like(each, -1) for name, each in self.options.items()
        }
        return replace(self, shown=shown, options=options)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every place where an observation could stand, in the order of the rows of the likelihood."""
        made = []
        for name, values in self.shown.items():
            for period, value in zip(_periods(name), values, strict=True):
                made.append(Item(name, period, YEARS.index(period[:4]), float(value)))
        for name, codes in self.options.items():
            for period, code in zip(QUARTERS, codes, strict=True):
                made.append(Item(name, period, YEARS.index(period[:4]), float(code) if code >= 0 else np.nan))
        return tuple(made)

    @cached_property
    def year(self) -> NDArray[np.int32]:
        """The year of each item (0 is 1992)."""
        return np.array([item.year for item in self.items], np.int32)

    @cached_property
    def there(self) -> NDArray[np.bool_]:
        """Which items hold an observation."""
        return np.array([np.isfinite(item.value) for item in self.items])

    def by_name(self, items: NDArray[Any]) -> dict[str, NDArray[Any]]:
        """An array over items (first axis) taken apart by observable and decision."""
        sizes = [*map(len, self.shown.values()), *map(len, self.options.values())]
        cuts = np.cumsum(sizes)[:-1]
        return dict(zip((*self.shown, *self.options), np.split(np.asarray(items), cuts), strict=True))

    @cached_property
    def stamp(self) -> str:
        """A fingerprint of what is seen and of the history it is seen in."""
        told = hashlib.sha256(self.last.encode())
        for name, each in (*self.shown.items(), *self.options.items()):
            told.update(name.encode() + np.ascontiguousarray(each).tobytes())
        for part in self.quarters:
            if part is not None:
                told.update(np.ascontiguousarray(part).tobytes())
        return told.hexdigest()[:16]


def evidence(record: Record | None = None, until: str | None = None, coding: Coding = "main") -> Evidence:
    """All that a record shows to the end of the year ``until`` (its last full year unless told).

    A record cut at a date (``as_of``) shows what was known then. AmurError for a year outside 1992 to 2025.
    """
    record = record or present()
    past = history(record, None, coding)
    full = years_of(past.labels)
    last = until or full[-1]
    if last not in full:
        raise AmurError(
            f"there is no full year '{last}' in the record",
            field="until",
            mend=f"Ask for a year from {full[0]} to {full[-1]}.",
        )
    seen = observed(record, None, coding)
    shown = {name: _long(seen.values[name], len(_periods(name)), np.nan) for name in FITTED}
    for name, values in shown.items():
        values[[period[:4] > last for period in _periods(name)]] = np.nan
    options = {name: _long(codes, len(QUARTERS), -1) for name, codes in seen.options.items()}
    for codes in options.values():
        codes[[period[:4] > last for period in QUARTERS]] = -1
    return Evidence(shown, options, last, _to_the_end(past.quarters))


def _periods(name: str) -> tuple[str, ...]:
    return QUARTERS if name in CATEGORIES or OBSERVABLES[name].frequency == "Q" else YEARS


def _long[T: np.generic](values: NDArray[T], many: int, fill: float) -> NDArray[T]:
    """A copy, filled up to a length (or cut to it)."""
    made = np.full(many, fill, values.dtype)
    made[: min(many, len(values))] = values[:many]
    return made


def _to_the_end(quarters: Quarter) -> Quarter:
    """History in the shape of the whole record; beyond its last quarter that quarter goes on, and is never looked at."""
    many = len(QUARTERS)

    def longer(part: Any) -> Any:
        values = np.asarray(part)
        return np.concatenate([values, np.repeat(values[-1:], many - len(values), axis=0)])

    made = {name: longer(part) for name, part in quarters._asdict().items() if part is not None}
    made["at"] = np.arange(many, dtype=np.int32)
    return quarters._replace(**made)


def _members(names: tuple[str, ...]) -> set[str]:
    every = (*FITTED, *CATEGORIES)
    found: set[str] = set()
    for name in names:
        if name not in BLOCKS and name not in every:
            raise AmurError(
                f"there is no observable, decision or block '{name}'",
                field="without",
                mend=nearest(name, [*BLOCKS, *every]) or f"Blocks: {', '.join(BLOCKS)}.",
            )
        found |= set(BLOCKS.get(name, (name,)))
    return found


def link_of(name: str, values: Numbers) -> Numbers:
    """Values of an observable on its scale of comparison, in double precision; NaN stays NaN."""
    made = OBSERVABLES[name]
    if made.link == "log":
        return np.log(np.maximum(values, made.floor))
    if made.link == "logit":
        inside = np.clip(values, made.floor, 1 - made.floor)
        return np.asarray(np.log(inside / (1 - inside)))
    return np.asarray(values, np.float64)


__all__ = ["BLOCKS", "FITTED", "QUARTERS", "YEARS", "Evidence", "Item", "evidence", "link_of", "linked"]
