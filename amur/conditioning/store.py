"""The published posteriors: shipped with the package, read in milliseconds, stamped with what they rest on.

One file holds, for every reading, how it foretold each year and each observation, and its members at the end of the
record; a second the increments of evidence of the variants (other seeds, wider and narrower priors, blocks left out).
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amur import __version__, atomic
from amur.conditioning.condition import MEMBERS, as_arrays, from_arrays
from amur.conditioning.coordinates import coordinates
from amur.conditioning.evidence import Evidence, evidence
from amur.conditioning.posterior import Parameters, Posterior
from amur.conditioning.result import Conditioned
from amur.conditioning.stamp import code_stamp
from amur.conditioning.weights import Kind, at_origin
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.record.record import Record

FILE = Path(__file__).with_name("posteriors.npz")
VARIANTS = Path(__file__).with_name("variants.json")
SHIPPED = 256
"""Members of each reading that are shipped."""

type Numbers = NDArray[np.float64]
type Increments = dict[str, list[float]]


@dataclass(frozen=True)
class Published:
    """What was published: runs by reading (their posterior at the end of the record only), and where they came from."""

    runs: dict[str, Conditioned] = field(repr=False)
    stamp: str
    version: str
    members: int
    seed: int

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the record."""
        return next(iter(self.runs.values())).years

    @property
    def increments(self) -> dict[str, Numbers]:
        """Log evidence of each year by reading."""
        return {name: run.increments for name, run in self.runs.items()}

    @property
    def predictive(self) -> dict[str, dict[str, Numbers]]:
        """Log predictive densities of single observations, by reading and name."""
        return {name: run.predictive for name, run in self.runs.items()}

    def weights(self, kind: Kind = "stacking") -> dict[str, float]:
        """The weights of the readings at the end of the record."""
        return at_origin(self.increments, self.years, self.years[-1], kind)


def stamp(seen: Evidence | None = None) -> str:
    """A fingerprint of record, readings and code: what a published posterior must have been made of."""
    from amur.readings import readings

    told = hashlib.sha256(f"{(seen or evidence()).stamp} {code_stamp()}".encode())
    for name, each in readings().items():
        told.update(f"{name} {sorted((key, prior.words) for key, prior in each.priors.items())}\n".encode())
    return told.hexdigest()[:16]


def publish(runs: Mapping[str, Conditioned], seen: Evidence) -> None:
    """Write the runs into the package."""
    arrays: dict[str, Any] = {}
    for name, run in runs.items():
        last = run.posterior.years[-1:]
        points = run.posterior.points[-1:, :, :: max(run.members // SHIPPED, 1)]
        thin = run._replace(posterior=Posterior(last, points, run.posterior.through))
        arrays |= {f"{name}/{key}": value for key, value in as_arrays(thin).items()}
    about = {
        "stamp": stamp(seen),
        "version": __version__,
        "readings": list(runs),
        "members": MEMBERS,
        "seed": 1,
    }
    stream = io.BytesIO()
    np.savez_compressed(stream, about=np.array(json.dumps(about)), **arrays)
    atomic.write_bytes(FILE, stream.getvalue())
    published.cache_clear()


@cache
def published() -> Published:
    """The published runs; nothing is computed. AmurError where they are missing."""
    from amur.readings import readings

    if not FILE.exists():
        raise AmurError("no posterior has been published", file=FILE, mend="Run: amur condition")
    with np.load(FILE) as kept:
        about = json.loads(str(kept["about"]))
        runs = {}
        for name in about["readings"]:
            of_reading = {key.partition("/")[2]: kept[key] for key in kept.files if key.startswith(f"{name}/")}
            runs[name] = from_arrays(of_reading, name, coordinates(readings()[name].priors))
    return Published(runs, about["stamp"], about["version"], about["members"], about["seed"])


def publish_variant(name: str, increments: Mapping[str, Numbers], made_of: str, members: int) -> None:
    """Add a variant's increments of evidence, by reading, to those of the same stamp and as many members; others go."""
    told = {
        "stamp": made_of,
        "members": members,
        "variants": {
            variant: {reading: np.round(each, 3).tolist() for reading, each in by_reading.items()}
            for variant, by_reading in {**variants(made_of, members), name: increments}.items()
        },
    }
    atomic.write_text(VARIANTS, json.dumps(told, separators=(",", ":")) + "\n")


def variants(made_of: str, members: int | None = None) -> dict[str, dict[str, Numbers]]:
    """Increments of the published variants, by variant and reading: those of this stamp, and of so many members if told."""
    told: dict[str, Any] = (
        json.loads(VARIANTS.read_text(encoding="utf-8")) if VARIANTS.exists() else {"stamp": ""}
    )
    if told["stamp"] != made_of or members not in (None, told["members"]):
        return {}
    return {
        variant: {name: np.array(each) for name, each in by_reading.items()}
        for variant, by_reading in told["variants"].items()
    }


def variant_members() -> int:
    """How many members each run of the published variants had; 0 where there are none."""
    return int(json.loads(VARIANTS.read_text(encoding="utf-8"))["members"]) if VARIANTS.exists() else 0


def ensemble(
    members: int = 2000, seed: int = 1, weights: Kind | Mapping[str, float] = "stacking"
) -> Parameters:
    """Parameter sets of the mixture of the readings at the end of the record, for :func:`amur.simulate`.

    Each reading gives as many members as its weight says, drawn from its published ones; persistence, which has no
    parameters, gives none, and its weight goes to the others. AmurError for weights of readings that there are none of.
    """
    known = published()
    mass = known.weights(weights) if isinstance(weights, str) else dict(weights)
    able = {name: run for name, run in known.runs.items() if run.members}
    unknown = set(mass) - set(known.runs)
    if unknown:
        raise AmurError(
            f"there is no published reading '{sorted(unknown)[0]}'",
            field="weights",
            mend=f"Published: {', '.join(known.runs)}.",
        )
    share = np.array([max(mass.get(name, 0.0), 0.0) for name in able])
    if share.sum() <= 0:
        raise AmurError(
            "no reading with parameters has any weight", field="weights", mend="Weigh at least one."
        )
    draw = np.random.default_rng([seed, 11])
    which = draw.choice(len(able), size=members, p=share / share.sum())
    parts: list[Parameters] = []
    for place, run in enumerate(able.values()):
        many = int((which == place).sum())
        sets = run.posterior[run.years[-1]]
        held = run.posterior.members
        rounds = [draw.permutation(held) for _ in range(-(-many // held))] or [np.empty(0, int)]
        taken = np.concatenate(rounds)[:many]
        parts.append({name: values[taken] for name, values in sets.items()})
    order = draw.permutation(members)
    return {name: np.concatenate([part[name] for part in parts])[order] for name in parts[0]}


def fresh(record: Record | None = None) -> bool:
    """Whether the published posteriors were made of the record, readings and code that are here now."""
    return published().stamp == stamp(evidence(record))


__all__ = ["Published", "ensemble", "fresh", "publish", "published", "stamp", "variants"]
