"""What ``amur condition`` does and says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from amur.cli import output
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.conditioning.condition import Progress
    from amur.conditioning.evidence import Evidence
    from amur.conditioning.result import Conditioned

type Runs = Mapping[str, Conditioned]


def published() -> tuple[Runs, Evidence]:
    """The published runs and the evidence they rest on."""
    from amur.conditioning import store
    from amur.conditioning.evidence import evidence

    return store.published().runs, evidence()


def fresh() -> bool:
    """Whether what is published was made of what is here now."""
    from amur.conditioning import store

    return store.FILE.exists() and store.fresh()


def work(
    names: Sequence[str],
    until: str,
    as_of: str,
    without: Sequence[str],
    members: int,
    seed: int,
    progress: Progress,
) -> tuple[Runs, Evidence]:
    """Take the readings named (all unless told) through the evidence asked for."""
    import amur
    from amur.conditioning import rivals
    from amur.conditioning.evidence import evidence
    from amur.readings import reading, readings

    chosen = [reading(name) for name in names] or list(readings().values())
    if twice := [
        each.name for place, each in enumerate(chosen) if each.name in {one.name for one in chosen[:place]}
    ]:
        raise AmurError(f"reading '{twice[0]}' is named twice", field="reading", mend="Name each once.")
    for each in chosen:
        _ = each.priors  # faults of a file show before the work begins
    seen = evidence(amur.record.load(as_of=as_of) if as_of else None, until or None)
    if without:
        seen = seen.without(*without)
    return rivals.take(chosen, seen, members, seed, progress), seen


def publish(runs: Runs, seen: Evidence, progress: Progress) -> None:
    """Write the runs and their diagnostics into the package, and in a checkout the page."""
    from amur.conditioning import diagnosed, shipped, store

    store.publish(runs, seen)
    shipped.publish_seen(seen, store.stamp(seen))
    diagnosed.publish(diagnosed.diagnose(runs, seen, store.stamp(seen), progress))
    _publish_page()


def publish_variants(seen: Evidence, progress: Progress) -> None:
    """Write the variants that are missing into the package, and in a checkout the page, one after the other."""
    from amur.conditioning import variants
    from amur.readings import readings

    for _ in variants.publish(readings().values(), seen, progress):
        _publish_page()


def _publish_page() -> None:
    from pathlib import Path

    from amur.conditioning import page

    docs = Path(__file__).parents[2] / "docs"
    if docs.is_dir():
        page.publish_page(docs)


def save_matrix(runs: Runs, seen: Evidence, file: str) -> None:
    """Write the matrix of competing hypotheses."""
    from amur.conditioning import matrix, rivals

    of = rivals.table(runs, seen)
    matrix.write(file, matrix.matrix(of), of.readings, {"evidence": seen.stamp})


def say(runs: Runs, seen: Evidence, json: bool) -> None:
    """Print evidence and weights by reading."""
    told = summary(runs)
    if json:
        output.print_json({"until": seen.last, "evidence": seen.stamp, "readings": told})
        return
    rows = [
        [
            each["reading"], f"{each['log_evidence']:.1f}", f"{each['bits_per_observation']:+.3f}",
            f"{each['prequential']:.1%}", f"{each['stacking']:.1%}",
            "" if each["ess"] is None else f"{each['ess']:.0%}",
            "" if each["acceptance"] is None else f"{each['acceptance']:.0%}",
        ]
        for each in told
    ]  # fmt: skip
    heads = [
        "reading",
        "log evidence (nats)",
        "bits/obs.",
        "prequential",
        "stacking",
        "least ESS",
        "acceptance",
    ]
    output.print_table(heads, rows)
    output.say()
    output.say(
        output.paragraph(
            f"Evidence from 1992 to {seen.last}, {int(seen.there.sum()):,} observations. Bits per observation are against"
            " the mean of the readings shown. Prequential weights are posterior probabilities if one reading were true and"
            " all were equally likely before; stacking weights are those of the mixture that would have foretold the years"
            " best. Both hold for these readings, these priors and this record, and no reading is true."
        )
    )


def summary(runs: Runs) -> list[dict[str, Any]]:
    """By reading: log evidence, both weights, and how the run went; heaviest by stacking first."""
    import numpy as np

    from amur.conditioning.weights import at_origin

    increments = {name: run.increments for name, run in runs.items()}
    years = next(iter(runs.values())).years
    both = {kind: at_origin(increments, years, years[-1], kind) for kind in ("prequential", "stacking")}
    counted = {
        name: sum(int(np.isfinite(each).sum()) for each in run.predictive.values())
        for name, run in runs.items()
    }
    middle = float(np.mean([run.evidence for run in runs.values()]))
    told = [
        {
            "reading": name,
            "log_evidence": run.evidence,
            "bits_per_observation": (run.evidence - middle) / np.log(2) / max(counted[name], 1),
            **{kind: weights[name] for kind, weights in both.items()},
            "ess": min((stage.ess for stage in run.stages), default=None),
            "acceptance": float(np.mean([stage.acceptance for stage in run.stages])) if run.stages else None,
            "members": run.members,
            "seed": run.seed,
        }
        for name, run in runs.items()
    ]
    return sorted(told, key=lambda each: -float(each["stacking"]))
