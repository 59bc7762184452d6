"""Ensembles as xarray Datasets: units, meanings, claims, and what made them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from amur import __version__
from amur.futures.discrepancies import RECORD, SEEN
from amur.futures.discrepancies import recorded as shown
from amur.system import quarters
from amur.system.decisions import OPTIONS, WHO
from amur.system.declare import table
from amur.system.forcings import Forcings
from amur.system.interventions import as_json
from amur.system.lines import lines
from amur.system.observables import OBSERVABLES
from amur.system.state import QUANTITIES

if TYPE_CHECKING:
    import xarray as xr

    from amur.futures.plan import Plan

FORCINGS = table(Forcings)


def dataset(asked: Plan, whole: dict[str, Any]) -> xr.Dataset:
    """Arrays (quarters[, lines] or years, members) by name as a Dataset of (member, quarter[, line]) or (member, year)."""
    import xarray as xr

    variables = {name: (dims(name), turned(values), about(asked, name)) for name, values in whole.items()}
    many = next(iter(whole.values())).shape[-1]
    return xr.Dataset(variables | recorded(asked), coordinates(asked, many, used(whole)), attributes(asked))


def dims(name: str) -> tuple[str, ...]:
    """The dimensions of a variable."""
    if name.startswith(SEEN):
        annual = OBSERVABLES[name.removeprefix(SEEN)].frequency == "A"
        return ("member", "year" if annual else "quarter")
    lined = name in QUANTITIES and QUANTITIES[name].kind == "lines"
    return ("member", "quarter", "line") if lined else ("member", "quarter")


def used(names: Iterable[str]) -> set[str]:
    """All dimensions of some variables."""
    return {each for name in names for each in dims(name)}


def turned(values: Any) -> Any:
    """The array with members first (a view)."""
    return np.moveaxis(values, -1, 0)


def coordinates(asked: Plan, many: int, over: set[str], first: int = 0) -> dict[str, Any]:
    """Members by number, quarters by name with the day each begins, lines by name, years."""
    labels = asked.labels
    days = [f"{label[:4]}-{3 * int(label[-1]) - 2:02d}-01" for label in labels]
    told: dict[str, Any] = {
        "member": ("member", np.arange(first, first + many), {"long_name": "member of the ensemble"}),
        "quarter": ("quarter", np.array(labels, dtype="U7"), {"long_name": "quarter"}),
        "date": ("quarter", np.array(days, dtype="datetime64[ns]"), {"long_name": "first day of the quarter"}),
    }
    if "line" in over:
        told["line"] = ("line", np.array(lines().names), {"long_name": "pipeline, plant, bridge or terminal"})
    if "year" in over:
        told["year"] = ("year", np.array(asked.years, np.int32), {"long_name": "year"})
    return told


def recorded(asked: Plan) -> dict[str, Any]:
    """What the record has of the observables, where the run begins in history; NaN where it is silent."""
    if asked.first >= asked.ahead:
        return {}
    told = {}
    for name in asked.observables:
        made = OBSERVABLES[name]
        meaning = {
            "units": made.unit,
            "long_name": f"{made.title}: the record",
            "series": " ".join(made.series),
        }
        told[f"{RECORD}{name}"] = (dims(f"{SEEN}{name}")[1:], shown(asked, name), meaning)
    return told


def about(asked: Plan, name: str) -> dict[str, Any]:
    """What a variable is: unit, meaning, claims; the names of the codes of a decision."""
    if name == "endstate":
        names = " ".join(asked.rules.names)
        claims = dict.fromkeys(claim for state in asked.rules.states for claim in state.claims)
        return _codes("Form that the relationship has, by the rules for end states", names) | {
            "claims": " ".join(claims)
        }
    if name in OPTIONS:
        names = " ".join(option.name.lower().replace("_", "-") for option in OPTIONS[name])
        meaning = (OPTIONS[name].__doc__ or name).split("\n")[0].rstrip(".")
        return _codes(meaning, names) | {"chosen_by": WHO[name]}
    if name.startswith(SEEN):
        made = OBSERVABLES[name.removeprefix(SEEN)]
        told = {"units": made.unit, "long_name": f"{made.title}: what would be seen"}
        told |= {"series": " ".join(made.series), "claims": " ".join(made.claims)}
        return told | ({"note": made.note} if made.note else {})
    declared = QUANTITIES.get(name) or FORCINGS[name]
    return {"units": declared.unit, "long_name": declared.meaning, "claims": " ".join(declared.claims)}


def _codes(meaning: str, names: str) -> dict[str, Any]:
    values = np.arange(len(names.split()), dtype=np.int8)
    return {"long_name": meaning, "units": "code", "flag_values": values, "flag_meanings": names}


def attributes(asked: Plan) -> dict[str, Any]:
    """What made the ensemble, enough to make it again."""
    return {
        "title": "Simulated futures of the relationship of China and Russia",
        "source": f"amur {__version__}",
        "version": __version__,
        "seed": asked.seed,
        **({"seeds": json.dumps(dict(asked.seeds))} if asked.seeds else {}),
        "members": asked.members,
        "first_quarter_ahead": quarters.label(asked.ahead),
        "scenario": asked.scenario,
        "interventions": json.dumps(as_json(asked.interventions), ensure_ascii=False),
        "equations": json.dumps(dict(asked.model.equations)),
        "parameters": asked.parameters_hash or "drawn from their priors",
        "precision": asked.precision,
        "record": asked.record_hash,
        "endstates": json.dumps(
            {state.name: [[each.text for each in way] for way in state.when] for state in asked.rules.states}
        ),
        "history": "Runs of a model, conditional on its mechanisms and priors; not predictions of what will happen.",
    }
