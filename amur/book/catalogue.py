"""The system as one plain object, made from the declarations: what surfaces show that do not load the model.

It holds the mechanisms with their equations, the parameters with their priors and what the record left of them under
each reading, the causal map, and the pages of the book in Markdown. ``python -m amur.book`` publishes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from amur.book import build, pages
from amur.book.formulas import mathml
from amur.conditioning import store
from amur.conditioning.diagnosed import published as diagnosed
from amur.readings import readings
from amur.readings.check import idle
from amur.system import causes, equations
from amur.system.declare import MECHANISMS, PARAMETERS, Mechanism, Parameter
from amur.system.flows import Pulls
from amur.system.forcings import Forcings
from amur.system.observables import OBSERVABLES
from amur.system.priors import Beta, LogNormal, Normal, Prior
from amur.system.reads import reads
from amur.system.state import QUANTITIES

type Plain = dict[str, Any]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Shares of a prior or a posterior that lie below the values told of it."""
DIGITS = 4
TOOL = Path(__file__).parents[2] / "tools" / "mathml.py"
WIDEST = 3.5
"""Standard scores of the base prior between which a slider moves."""
LEFT_OUT = ("claims", "scenarios", "parameters")
"""Pages of the book that are told otherwise where it is shown."""


def catalogue() -> Plain:
    """All of it. Loads the model; some twenty seconds."""
    from amur.system import model as _declared  # noqa: F401  importing declares every mechanism

    return {
        "stamp": store.published().stamp,
        "levels": list(LEVELS),
        "groups": _groups(),
        "mechanisms": {made.name: _mechanism(made) for made in MECHANISMS.values()},
        "parameters": _parameters(),
        "nodes": _nodes(),
        "edges": [list(edge) for edge in causes.edges()],
        "scenarios": _scenarios(),
        "pages": _pages(),
        "recovered": _recovered(),
    }


def _groups() -> list[Plain]:
    made: dict[str, Plain] = {}
    for each in MECHANISMS.values():
        group = made.setdefault(
            each.group, {"name": each.group, "about": pages._module_says(each), "mechanisms": []}
        )
        group["mechanisms"].append(each.name)
    return list(made.values())


def _mechanism(made: Mechanism) -> Plain:
    more = "\n".join((made.function.__doc__ or "").strip().split("\n")[1:])
    return {
        "group": made.group, "says": made.says, "stage": pages.STAGES[made.stage], "claims": list(made.claims),
        "remark": " ".join(more.split()), "series": pages.series_in(more), **_equation(made),
        "rivals": [
            {"by": rival.by, "says": rival.says, "claims": list(rival.claims), **_equation(rival)}
            for rival in made.rivals.values()
        ],
    }  # fmt: skip


def _equation(made: Mechanism) -> Plain:
    read = reads(made)
    return {
        "equation": equations.parse(made.equation).text,
        "mathml": _formula(made.equation),
        "reads": {
            "state": list(read.state), "decisions": list(read.decisions), "before": list(read.was),
            "outside": list(read.forcings), "pulls": list(read.pulls), "parameters": list(read.parameters),
        },
        "writes": dict(made.signs),
    }  # fmt: skip


def _formula(equation: str) -> str:
    """A formula without styles of its own, which a strict page would not let stand."""
    drawn = mathml(equation)
    return drawn.replace(' style="text-align:right"', ' class="right"').replace(' style="text-align:left"', "")


def _parameters() -> Plain:
    used: dict[str, list[str]] = {}
    for made in MECHANISMS.values():
        for name in reads(made).parameters:
            used.setdefault(name, []).append(made.name)
    runs = {name: run for name, run in store.published().runs.items() if run.members}
    values = {name: run.posterior[run.years[-1]] for name, run in runs.items()}
    taught = diagnosed().mean_contraction()
    out = idle()
    return {
        name: {
            "prior": _prior(one.prior), "unit": one.unit, "why": one.why, "claims": list(one.claims), "group": one.group,
            "mechanisms": used.get(name, []), "idle": out.get(name, ""), "contraction": round(taught[name], 3),
            "range": _range(one), "readings": _apart(name),
            "posterior": {reading: _quantiles(each[name]) for reading, each in values.items()},
        }
        for name, one in PARAMETERS.items()
    }  # fmt: skip


def _prior(of: Prior) -> Plain:
    match of:
        case Normal():
            told: Mapping[str, float] = {"middle": of.middle, "spread": of.spread}
        case LogNormal():
            told = {"median": of.median, "factor": of.factor}
        case Beta():
            told = {"mean": of.mean, "weight": of.weight, "low": of.low, "high": of.high}
        case _:
            raise TypeError(f"no words for {of!r}")
    return {
        "kind": type(of).__name__.lower(),
        "numbers": dict(told),
        "words": of.words,
        "quantiles": [_short(each) for each in of.quantile(np.array(LEVELS))],
    }


def _range(of: Parameter) -> list[float]:
    """Between which values a slider moves: as far as the base prior goes in seven standard scores."""
    from scipy.special import ndtr

    return [_short(each) for each in of.prior.quantile(ndtr(np.array([-WIDEST, WIDEST])))]


def _apart(name: str) -> Plain:
    """What each reading that sets a parameter apart says of it."""
    return {
        reading.name: _prior(reading.priors[name]) | {"why": each.why, "claims": list(each.claims)}
        for reading in readings().values()
        for each in reading.apart
        if each.parameter == name
    }


def _quantiles(values: Any) -> list[float]:
    return [_short(each) for each in np.quantile(np.asarray(values, np.float64), LEVELS)]


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _nodes() -> Plain:
    from amur.system.declare import table
    from amur.system.given import SOURCES

    declared = {**QUANTITIES, **table(Pulls), **table(Forcings)}
    seen: dict[str, list[str]] = {}
    for one in OBSERVABLES.values():
        for state in one.states:
            seen.setdefault(state, []).append(one.name)
    made: Plain = {}
    for name, node in causes.nodes().items():
        of = declared.get(name)
        rule = SOURCES.get(name)
        told: Plain = {"kind": node.kind, "meaning": node.meaning, "unit": of.unit if of else ""}
        if of:
            told |= {"low": _finite(of.low), "high": _finite(of.high), "claims": list(of.claims)}
        series = list(rule.series) if rule else []
        if rule:
            told |= {"how": rule.how, "why": rule.why}
        told["seen"] = [
            {"name": each, "title": OBSERVABLES[each].title, "unit": OBSERVABLES[each].unit, "fitted": OBSERVABLES[each].fitted}
            for each in seen.get(name, [])
        ]  # fmt: skip
        told["series"] = list(
            dict.fromkeys([*series, *(s for each in seen.get(name, []) for s in OBSERVABLES[each].series)])
        )
        made[name] = told
    return made


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _pages() -> dict[str, str]:
    """Pages by name, in Markdown as they stand in the docs; formulas of the step as MathML."""
    from amur.conditioning import page as conditioning
    from amur.validation import recovery, recovery_page

    whole = build.book()
    made = {
        name.removesuffix(".md"): _with_formulas(text)
        for name, text in whole.items()
        if name.endswith(".md") and not name.startswith("mechanisms-")
    }
    kept = {name: text for name, text in made.items() if name not in (*LEFT_OUT, "index")}
    published = conditioning.gathered()
    kept["conditioning"] = conditioning.page(published, conditioning.told(published))
    kept["recovery"] = recovery_page.page(*recovery.published())
    return kept


def _recovered() -> str:
    from amur.validation import recovery, recovery_page

    return recovery_page.summary(*recovery.published())


def _with_formulas(text: str) -> str:
    """Equations as they run, each with its formula: the LaTeX of the docs is for other readers."""
    from amur.errors import AmurError

    def drawn(found: re.Match[str]) -> str:
        try:
            formula = mathml(equations.parse(found[1], defines=True))
        except AmurError:
            return found[0]
        formula = formula.replace(' style="text-align:right"', ' class="right"').replace(
            ' style="text-align:left"', ""
        )
        return f"{found[0]}\n<details><summary>Set as mathematics</summary>\n\n{formula}\n\n</details>\n"

    without = re.sub(r"\n<details>.*?</details>\n?", "", text, flags=re.DOTALL)
    without = re.sub(
        r"```math\n(.*?)\n```\n", lambda found: f"{_of_latex(found[1])}\n", without, flags=re.DOTALL
    )
    return re.sub(r"(?<=\n)```\n(.*?)\n```\n", drawn, without, flags=re.DOTALL)


def _of_latex(text: str) -> str:
    """A formula of the docs, drawn as their site draws it; the tool for that is part of a checkout."""
    import importlib.util

    found = importlib.util.spec_from_file_location("mathml_of_the_site", TOOL)
    if found is None or found.loader is None:
        raise FileNotFoundError(TOOL)
    tool = importlib.util.module_from_spec(found)
    found.loader.exec_module(tool)
    return str(tool.mathml(text))


def _scenarios() -> Plain:
    from amur.system import scenario_files
    from amur.system.interventions import as_json

    return {
        name: {
            "title": one.title, "kind": one.kind, "actor": one.actor, "what": " ".join(one.what.split()),
            "why": " ".join(one.why.split()), "claims": list(one.claims),
            "interventions": [
                {key: value for key, value in each.items() if value not in ("", None, 0)}
                for each in as_json(one.interventions)
            ],
        }
        for name, one in scenario_files.scenarios().items()
    }  # fmt: skip
