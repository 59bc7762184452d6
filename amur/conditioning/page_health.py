"""The parts of the page that say how well conditioning went and what it taught."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from amur.conditioning import pits
from amur.conditioning.diagnosed import Check, Diagnosed, title
from amur.conditioning.diagnostics import DRIVEN, INFORMED, Word, word
from amur.conditioning.diagnostics import health as of_run
from amur.conditioning.page_words import chance, share, table
from amur.conditioning.result import Conditioned
from amur.system.observables import OBSERVABLES
from amur.system.parameters import PARAMETERS

ROUGH = {"rough_start", "rough_years"}
"""The parameters that all measurement models of series share."""
TAUGHT = 20
"""Parameters that the page lists."""


def health(runs: Mapping[str, Conditioned], of: Diagnosed) -> list[str]:
    """How the sampler did, by reading, and whether repeated runs agree."""
    agreed = {each.reading: each for each in of.agreement}
    rows = []
    for name, run in runs.items():
        if not run.members:
            continue
        told, again = of_run(run), agreed.get(name)
        rows.append(
            [
                name, f"{told.ess:.0%}", told.worst, f"{told.unique:.0%}", f"{told.acceptance:.0%}", f"{told.moved:.2f}",
                str(told.temperatures), f"{again.most:.2f} ({again.worst})" if again else "–",
                f"{again.above:.0%}" if again else "–",
            ]
        )  # fmt: skip
    heads = ["reading", "least ESS", "in", "least unique", "acceptance", "jump", "temperatures", "largest R-hat", "above 1.05"]  # fmt: skip
    return [
        "## How the sampler did",
        "",
        *table(heads, rows),
        "",
        f"Of {of.members:,} members of each reading. ESS is the effective sample size when a year's weights are applied, as a"
        " share of the members; `unique` are different members after resampling, before they move; `jump` is the mean squared"
        " jump of a year over twice the variance (1 would be independent draws). R-hat is rank-normalised and split, runs with"
        " other seeds standing for chains."
        + (
            ""
            if of.agreement
            else " It needs the runs with other seeds of `amur condition --variants`, which are not published."
        ),
        "",
        "`amur.conditioning.diagnostics.to_datatree` gives a run to ArviZ.",
        "",
    ]


def taught(of: Diagnosed) -> list[str]:
    """How many parameters the prior still drives, and those that the record taught most."""
    mean = of.mean_contraction()
    counts: dict[Word, int] = {"data-driven": 0, "informed": 0, "prior-driven": 0}
    for value in mean.values():
        counts[word(value)] += 1
    measured = {name for made in OBSERVABLES.values() for name in (*made.scales, made.lasting)} | ROUGH
    of_model = [name for name in mean if name not in measured]
    idle = sum(word(mean[name]) == "prior-driven" for name in of_model)
    most = sorted(of_model, key=lambda name: -mean[name])[:TAUGHT]
    rows = [
        [
            name, PARAMETERS[name].why.rstrip("."), f"{mean[name]:.2f}", _range(of, name), word(mean[name]),
        ]
        for name in most
    ]  # fmt: skip
    return [
        "## What the record taught",
        "",
        (
            f"Contraction is one less the posterior variance over the prior's, in a parameter's own coordinate. Averaged over the"
            f" readings, **{counts['prior-driven']} of {len(mean)} parameters are prior-driven** (below {INFORMED}): what the"
            f" model says about them is what people thought before. {counts['informed']} are informed by the record and"
            f" {counts['data-driven']} data-driven (above {DRIVEN}). Scales and persistence of the measurement models are"
            f" what it teaches most; of the {len(of_model)} parameters of mechanisms {idle} are prior-driven, and the"
            f" {TAUGHT} that it taught most are these."
        ),
        "",
        *table(["parameter", "reason for its prior", "contraction", "over readings", ""], rows, text=2),
        "",
    ]


def _range(of: Diagnosed, name: str) -> str:
    each = [values[name] for values in of.contraction.values()]
    return f"{min(each):.2f} to {max(each):.2f}".replace("-", "−")


def observables(of: Diagnosed) -> list[str]:
    """Coverage and transforms by observable."""
    every = np.concatenate([each.pits for each in of.checks])
    rows = [
        [
            title(each), str(each.values), share(each.inside50), share(each.inside90), share(each.ahead50),
            share(each.ahead90), chance(each.ahead_p),
        ]
        for each in sorted(of.checks, key=lambda check: (-(check.ahead50 + check.ahead90), check.observable))
    ]  # fmt: skip
    heads = ["observable", "values", "inside 50%", "inside 90%", "ahead 50%", "ahead 90%", "uniform (p)"]
    return [
        "## Posterior predictive checks",
        "",
        "![Where observations fell in the forecasts one step ahead](conditioning-transforms.svg)",
        "",
        (
            f"Under the stacking mixture. `inside` is under the posterior at the end of the record with discrepancies drawn anew"
            f" (on average {_mean(of.checks, 'inside50')} and {_mean(of.checks, 'inside90')} of the values lie inside 50% and 90%)."
            f" `ahead` is one step ahead, with the members and weights of the end of the year before, given the observations before:"
            f" a forecast, of which **{pits.inside(every, 0.5):.0%} and {pits.inside(every, 0.9):.0%}** came inside 50% and 90%. p is that"
            " of a Kolmogorov-Smirnov test of the transforms one step ahead; with so many series a few are below 0.05 by chance."
        ),
        "",
        *table(heads, rows),
        "",
        *_wide_or_narrow(of.checks),
    ]


def _mean(checks: tuple[Check, ...], of: str) -> str:
    values = sum(each.values for each in checks)
    return f"{sum(getattr(each, of) * each.values for each in checks if each.values) / values:.0%}"


def _wide_or_narrow(checks: tuple[Check, ...]) -> list[str]:
    many = [each for each in checks if each.values >= 10]
    wide = [title(each) for each in many if each.ahead50 > 0.75]
    narrow = [title(each) for each in many if each.ahead90 < 0.8]
    lines = []
    if wide:
        lines.append(f"Too unsure (more than 75% inside the middle half): {'; '.join(wide)}.")
    if narrow:
        lines.append(f"Too sure (fewer than 80% inside 90%): {'; '.join(narrow)}.")
    return [" ".join(lines), ""] if lines else []
