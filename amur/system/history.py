"""History as the record has it: forcings, decisions as coded, given states and stages of the lines, by quarter."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.record import periods
from amur.system.given import SOURCES, Axis, axis, held

if TYPE_CHECKING:
    from amur.record.coded.codings import Coding, Reading
    from amur.record.record import Record
    from amur.system.step import Quarter

FIRST, LAST = "1992-Q1", "2025-Q4"
READINGS = ("main", "lower", "higher")
FRIENDSHIP_TREATY = "2001-07-16.treaty"
PUTIN, XI = (
    "2000-Q1",
    "2012-Q4",
)  # the first full quarters of the present generations, by the record's leadership
GEORGIA = "2008-Q3"
CODED = {
    "support": "china-support",
    "leverage": "china-leverage",
    "answer": "russia-concession",
    "ukraine": "war-mode",
    "sanctions": "western-sanctions",
    "secondary": "secondary-sanctions",
}
RULES = {
    "support": "Coding china-support.",
    "leverage": "Coding china-leverage.",
    "answer": "Coding russia-concession.",
    "risk": "From coding war-mode: full-scale war is war; a low, frozen or halted war, and the war in Georgia in 2008-Q3, is probing.",
    "ukraine": "Coding war-mode.",
    "taiwan": "Coding taiwan-mode; the record knows no blockade.",
    "sanctions": "Coding western-sanctions.",
    "secondary": "Coding secondary-sanctions; large banks have never been hit.",
    "treaty": "Friendship from the quarter of the treaty of July 2001.",
    "wedge": "Series wedge.usa-rus.",
    "kremlin": "Western-looking until the end of 1999, the present generation after.",
    "zhongnanhai": "Careful until 2012-Q3, the present leader after the congress of November 2012.",
}
GIVEN_RULES = {
    "momentum": "Series war.ukraine.momentum.",
    "aid_ukr": "Series aid.total.all-ukr, four times the quarter; zero before 2022.",
    "rivalry_usa_chn": "Series rivalry.usa-chn.",
    "rivalry_wst_rus": "Series rivalry.wst-rus.",
}


class History(NamedTuple):
    """What came to the relationship from outside, quarter by quarter: ``quarters`` for the run and their labels."""

    quarters: Quarter
    labels: tuple[str, ...]


def history(record: Record | None = None, until: str | None = None, reading: Reading = "main") -> History:
    """History from 1992-Q1 as a record knows it, to the last full quarter before its cut (or ``until``).

    ``reading`` takes the contested codings as coded ("main") or with their lower or higher other values. AmurError
    for a quarter outside the record, or a reading that does not exist.

    >>> from amur.system.history import history
    >>> history(until="1993-Q4").labels[-1]
    '1993-Q4'
    """
    record = record or present()
    if id(record) not in _kept:
        _kept[id(record)] = {}
        weakref.finalize(record, _kept.pop, id(record), None)
    last = _last(record, until)
    key = (last, reading)
    if key not in _kept[id(record)]:
        _kept[id(record)][key] = _made(record, axis(last), reading)
    return _kept[id(record)][key]


_kept: dict[int, dict[tuple[str, str], History]] = {}


@cache
def present() -> Record:
    """The record with the user's own evidence, read once."""
    from amur.record.record import load

    return load()


def _last(record: Record, until: str | None) -> str:
    """The last quarter: that asked for, if it is over by the day of the cut."""
    last = LAST
    if record.as_of is not None:
        quarter = periods.inside(record.as_of.isoformat()[:7], "Q")
        if periods.end(quarter) > record.as_of:
            quarter = periods.from_ordinal(periods.ordinal(quarter) - 1, "Q")
        last = min(last, quarter)
    if last < FIRST:
        raise AmurError(
            f"the record as of {record.as_of} has no full quarter", mend="Cut it at 1992-03-31 or later."
        )
    if until is None:
        return last
    if not periods.SHAPES["Q"].fullmatch(until) or not FIRST <= until <= last:
        raise AmurError(
            f"history does not reach to '{until}'",
            mend=f"Ask for a quarter from {FIRST} to {last}.",
            field="until",
        )
    return until


def _made(record: Record, to: Axis, reading: Reading) -> History:
    import jax.numpy as jnp

    from amur.record.coded.codings import codings
    from amur.system.declare import MECHANISMS
    from amur.system.flows import CUTTABLE
    from amur.system.model import DECISIONS, GIVEN
    from amur.system.step import Quarter

    if reading not in READINGS:
        raise AmurError(
            f"there is no reading '{reading}' of the codings",
            mend=f"Choose one of: {', '.join(READINGS)}.",
            field="reading",
        )
    coded = codings(record)
    many = len(to.labels)
    chosen, given = decisions(record, coded, to, reading), states(record, to)
    nothing = np.full(many, np.nan, np.float32)
    quarters = Quarter(
        outside=jnp.asarray(forcings(record, to)),
        fixed=jnp.asarray(np.stack([chosen[name] for name in DECISIONS], 1)),
        given=jnp.asarray(np.stack([given.get(name, nothing) for name in GIVEN], 1)),
        stages=jnp.asarray(stages(coded, to, reading)),
        strength=jnp.ones((many, len(MECHANISMS)), jnp.float32),
        cut=jnp.ones((many, len(CUTTABLE)), jnp.float32),
        add=jnp.zeros((many, len(CUTTABLE)), jnp.float32),
        at=jnp.arange(many, dtype=jnp.int32),
    )
    return History(quarters, to.labels)


def forcings(record: Record, to: Axis) -> NDArray[np.float32]:
    """The forcings by quarter, in the order of :class:`~amur.system.forcings.Forcings`, inside their bounds.

    AmurError where a record (a cut very early, say) holds nothing that a forcing could rest on.
    """
    from amur.system.declare import table
    from amur.system.forcings import Forcings

    columns = []
    for name, declared in table(Forcings).items():
        values = SOURCES[name].make(record, to)
        if not np.isfinite(values).all():
            rests = ", ".join(SOURCES[name].series)
            raise AmurError(
                f"the record knows nothing of {rests} yet, so that {name} has no value",
                mend="Cut the record later.",
            )
        columns.append(np.clip(values, declared.low, declared.high))
    return np.stack(columns, 1).astype(np.float32)


def decisions(
    record: Record, coded: Mapping[str, Coding], to: Axis, reading: Reading = "main"
) -> dict[str, NDArray[np.int32]]:
    """The option in force of each decision by quarter, as :data:`RULES` say."""
    from amur.system.decisions import Kremlin, Risk, Taiwan, Treaty, Ukraine, Zhongnanhai

    def codes(coding: str) -> NDArray[np.int32]:
        return held(coded[coding].codes(reading), to).astype(np.int32)

    labels = np.array(to.labels)
    made = {name: codes(coding) for name, coding in CODED.items()}
    probing = (made["ukraine"] != Ukraine.PEACE) | (labels == GEORGIA)
    made["risk"] = np.where(
        made["ukraine"] == Ukraine.FULL, Risk.WAR, np.where(probing, Risk.PROBING, Risk.RESTRAINED)
    )
    strait = codes("taiwan-mode")
    made["taiwan"] = np.where(strait == Taiwan.BLOCKADE, Taiwan.WAR, strait)  # the coding's fourth value is war
    treaty = record.event.get(FRIENDSHIP_TREATY)
    signed = periods.inside(treaty.date[:7], "Q") if treaty else "9999-Q4"
    made["treaty"] = np.where(labels >= signed, Treaty.FRIENDSHIP, Treaty.NONE)
    made["wedge"] = held(record.timeseries("wedge.usa-rus").values, to).astype(np.int32)
    made["kremlin"] = np.where(labels >= PUTIN, Kremlin.INCUMBENT, Kremlin.WESTERN)
    made["zhongnanhai"] = np.where(labels >= XI, Zhongnanhai.INCUMBENT, Zhongnanhai.CAREFUL)
    return {name: values.astype(np.int32) for name, values in made.items()}


def states(record: Record, to: Axis) -> dict[str, NDArray[np.float32]]:
    """The states that the record gives, by quarter, as :data:`GIVEN_RULES` say."""
    aid = record.timeseries("aid.total.all-ukr").values
    years = {"2021-Q4": 0.0} | {quarter: 4 * value for quarter, value in aid.items()}
    return {
        "momentum": held(record.timeseries("war.ukraine.momentum").values, to).astype(np.float32),
        "aid_ukr": np.where(np.array(to.labels) < "2022-Q1", 0.0, held(years, to)).astype(np.float32),
        "rivalry_usa_chn": held(record.timeseries("rivalry.usa-chn").values, to).astype(np.float32),
        "rivalry_wst_rus": held(record.timeseries("rivalry.wst-rus").values, to).astype(np.float32),
    }


def stages(coded: Mapping[str, Coding], to: Axis, reading: Reading = "main") -> NDArray[np.float32]:
    """The stage of each line by quarter: from its coding ``project-stage.*``, or its own from a quarter on, else none."""
    from amur.system.lines import STAGES, lines

    columns = []
    for row in lines().rows:
        since, stage = getattr(row, "since", ""), getattr(row, "stage", "")
        if row.coding:
            values = held(coded[f"project-stage.{row.coding}"].codes(reading), to)
        elif since:
            values = np.where(np.array(to.labels) >= since, float(STAGES.index(stage)), 0.0)
        else:
            values = np.zeros(len(to.labels))
        columns.append(values)
    return np.stack(columns, 1).astype(np.float32)
