"""The forecast ledger: dated probabilistic forecasts, frozen before the outcome and never changed.

``freeze`` simulates from the record to the end of 2025 with parameters of the posteriors, and writes for each target
quantiles or a probability: unconditional, and at given oil prices; with what the baselines say. A frozen file is
JSON, one forecast to a line, stamped with what made it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur import __version__, atomic
from amur.errors import AmurError
from amur.validation import ledger_baselines, ledger_oil
from amur.validation.ledger_members import asked_of_model, members_of, with_learnt_scales
from amur.validation.ledger_numbers import FORMAT, LEVELS, linked, rounded, unlinked
from amur.validation.ledger_outcomes import known_after_2025
from amur.validation.ledger_targets import FILE, Entry, entries

if TYPE_CHECKING:
    from amur.record import Record

type Numbers = NDArray[np.float64]
type Progress = Callable[[int, int], None]

NAME = "forecasts-2025-12-31.json"
FEW = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""Levels of the quantiles at an oil price."""
MEMBERS = 4000
LEAST = 50
"""Members that a ledger needs, so that its outer quantiles mean something."""


def freeze(
    out: str | Path = NAME,
    members: int = MEMBERS,
    seed: int = 1,
    *,
    record: Record | None = None,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the ledger to a new file; its path.

    Parameters come from the mixture of the readings by their stacking weights, unless sets of them are given.
    AmurError where the file is there, where the record knows anything of 2026 about a target, or where there are
    too few members.
    """
    path = Path(out)
    _refuse_to_overwrite(path)
    told = ledger(members, seed, record=record, parameters=parameters, progress=progress)
    _refuse_to_overwrite(path)
    return atomic.write_text(path, as_text(told))


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise AmurError("is there, and a frozen file is never changed", file=path, mend="Name another file.")


def ledger(
    members: int = MEMBERS,
    seed: int = 1,
    *,
    record: Record | None = None,
    parameters: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The ledger as it is written, from a record, parameter sets and a seed; see :func:`freeze`."""
    from amur.futures.simulate import simulate
    from amur.record import load

    if members < LEAST:
        raise AmurError(f"{members} members are too few", field="members", mend=f"Take {LEAST} or more.")
    known = load() if record is None else record
    if later := known_after_2025(known):
        shown = ", ".join(later[:5]) + (" and others" if later[5:] else "")
        raise AmurError(
            f"the record already holds outcomes of 2026 or later: {shown}",
            mend="Freeze from a record to the end of 2025 (--no-overlay leaves your own evidence out).",
        )
    made_of: dict[str, Any] = {}
    if parameters is None:
        parameters, made_of = from_posteriors(members, seed, known)
    learnt = with_learnt_scales(parameters, members, seed, known)
    told = simulate(members, seed=seed, parameters=learnt, record=known, progress=progress, **asked_of_model())
    asked = entries()
    said, oil = members_of(told, known, asked, seed)
    baselines = ledger_baselines.forecasts(known, asked, seed)
    return {
        "format": FORMAT,
        "frozen": dt.date.today().isoformat(),
        "record_until": "2025-Q4",
        "stamp": _stamp(told.attrs, known, members, seed) | made_of,
        "levels": list(LEVELS),
        "levels_at_oil": list(FEW),
        "oil": ledger_oil.MEANING,
        "quarters": "Quarters of a flow: the year as seen, parted by the model's quarters, season and scatter of the record.",
        "forecasts": [_forecast(entry, said[entry.id], oil[entry.id], baselines[entry.id]) for entry in asked],
    }


def from_posteriors(members: int, seed: int, record: Record) -> tuple[Mapping[str, Any], dict[str, Any]]:
    """Parameters of the mixture of the readings by their stacking weights, and what the stamp says of them.

    ``fits`` is whether the published posteriors were made of this record, its readings and this code.
    """
    from amur.conditioning import store

    known = store.published()
    weights = {name: round(weight, 4) for name, weight in known.weights("stacking").items()}
    told = {"posterior": known.stamp, "fits": store.fresh(record), "weights": weights}
    return store.ensemble(members, seed, weights="stacking"), told


def _stamp(attributes: Mapping[str, Any], record: Record, members: int, seed: int) -> dict[str, Any]:
    """What made the ledger: enough to make it again, and to see that it was not made otherwise."""
    return {
        "version": __version__,
        "members": members,
        "seed": seed,
        "record": attributes["record"],
        "parameters": attributes["parameters"],
        "targets": hashlib.sha256(FILE.read_bytes()).hexdigest()[:16],
        "overlays": sorted(record.overlays()),
    }


def _forecast(entry: Entry, said: Numbers, oil: Numbers, baselines: Mapping[str, Any]) -> dict[str, Any]:
    target = entry.target
    told: dict[str, Any] = {
        "id": entry.id,
        "question": target.question,
        "theme": target.theme,
        "type": target.type,
        "unit": target.unit,
        "period": entry.period if target.type != "event" else f"{entry.quarters[0]} to {entry.quarters[-1]}",
        "due": entry.due,
        "resolution": target.resolution,
        "by_hand": target.by_hand,
    }
    even = np.full(len(said), 1 / len(said))
    if target.type == "event":
        told["probability"] = _probability(float(said.mean()), len(said))
    else:
        told["scale"] = {"link": target.link, "floor": target.floor}
        told["quantiles"] = rounded(ledger_oil.quantiles(said, even, np.array(LEVELS), target.type == "count"))
    if target.source != "outside":
        told["at_oil"] = {f"{price:g}": _at(entry, said, oil, price) for price in ledger_oil.PRICES}
    return told | {"baselines": dict(baselines)}


def _at(entry: Entry, said: Numbers, oil: Numbers, price: float) -> dict[str, Any]:
    """The forecast at an oil price, with the effective members that it rests on."""
    target = entry.target
    weight = ledger_oil.weights(price, oil)
    many = ledger_oil.effective(weight)
    told: dict[str, Any] = {"members": round(many)}
    if many < ledger_oil.LEAST:
        return told | {"note": "too few members"}
    if target.type == "event":
        return told | {"probability": _probability(float((weight * said).sum()), many)}
    levels = np.array(FEW)
    if target.type == "count":
        return told | {"quantiles": rounded(ledger_oil.quantiles(said, weight, levels, whole=True))}
    moved = ledger_oil.adjusted(linked(said, target.link, target.floor), oil, price, weight)
    return told | {"quantiles": rounded(unlinked(ledger_oil.quantiles(moved, weight, levels), target.link))}


def _probability(share: float, many: float) -> float:
    """A share of members as a probability: half a member to either side, so that nothing is called impossible."""
    return float(f"{(share * many + 0.5) / (many + 1):.4g}")


def as_text(told: Mapping[str, Any]) -> str:
    """The ledger as JSON with each forecast on a line of its own."""
    head = {name: value for name, value in told.items() if name != "forecasts"}
    lines = [json.dumps(each, ensure_ascii=False, allow_nan=False) for each in told["forecasts"]]
    top = json.dumps(head, ensure_ascii=False, allow_nan=False, indent=1).removesuffix("\n}")
    return f'{top},\n "forecasts": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"
