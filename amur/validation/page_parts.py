"""The later parts of the page of the validation: forecasters, turning points, decisions, ablations, weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from amur.validation.weak import earns, harms
from amur.validation.words import NAMES, SHOWN, TITLES, interval, share, signed

type Plain = dict[str, Any]


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """A table in Markdown with a blank line after it."""
    cells = [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {row} |" for row in cells), ""]


def forecasters(told: Plain) -> list[str]:
    every = list(dict.fromkeys(each["forecaster"] for each in told["forecasters"]))
    by = {(each["forecaster"], each["setting"], each["group"]): each for each in told["forecasters"]}
    rows = []
    for name in every:
        cells = [by.get((name, setting, group)) for setting in SHOWN for group in TITLES]
        rows.append(
            (
                _forecaster(name),
                *(
                    f"{signed(cell['skill_drift'])} ({share(cell['coverage90'])})" if cell else "–"
                    for cell in cells
                ),
            )
        )
    heads = ("forecaster", *(f"{TITLES[group]}, {NAMES[setting]}" for setting in SHOWN for group in TITLES))
    fell = ", ".join(f"{name} {many}" for name, many in told["fell_back"].items()) or "none"
    return [
        "## Who forecasts best",
        "",
        (
            "Skill against drift, mean over series, and in brackets how much the 90% intervals hold. Readings alone, their mixtures and the"
            f" baselines stand on the same forecasts. Baselines that fell back to drift for want of values or of a fit: {fell}."
        ),
        "",
        *table(heads, rows),
    ]


def _forecaster(name: str) -> str:
    words = {
        "mixture": "**mixture, stacking weights**", "prequential": "mixture, prequential weights",
        "mean": "mean of readings, unweighted",
    }  # fmt: skip
    kind, _, rest = name.partition(":")
    return words.get(name) or (f"reading `{rest}`" if kind == "reading" else f"baseline {name}")


def turning(told: Plain) -> list[str]:
    """Pictures of the two turns, and the chances that were given to what was decided."""
    events = [each for each in told["turning_points"] if each["low"] is None and each["setting"] in SHOWN]
    cells: dict[tuple[str, str, str], list[str]] = {}
    for each in events:
        came = " (came)" if each["actual"] else ""
        cells.setdefault((each["origin"], each["title"], each["setting"]), []).append(
            f"{each['median']:.1%}{came}"
        )
    rows = [
        (origin, NAMES[setting], title, *chances)
        for (origin, title, setting), chances in sorted(cells.items(), key=lambda cell: cell[0][0])
    ]
    heads = ("end of", "setting", "at any time in the year", "1 ahead", "2 ahead", "3 ahead")
    return [
        "## Turning points",
        "",
        (
            "What the mixture conditioned to the end of 2013 and of 2021 gave for the three years after, given the war and the"
            " sanctions as they came, and given nothing."
        ),
        "",
        "![From the end of 2013](validation-2013.svg)",
        "",
        "![From the end of 2021](validation-2021.svg)",
        "",
        *table(heads, rows),
    ]


def decisions(told: Plain) -> list[str]:
    words = {
        "mixture": "mixture",
        "mean": "mean of readings",
        "frequency": "base rate: how often",
        "stay": "base rate: stays",
    }
    rows = [
        (
            NAMES[each["setting"]], each["decision"], words[each["forecaster"]], each["forecasts"], f"{each['log']:.3f}",
            f"{each['brier']:.3f}", signed(each["gain"], 3), signed(each["skill"]),
        )
        for each in told["decisions"]
        if each["setting"] in SHOWN
    ]  # fmt: skip
    heads = (
        "setting",
        "decision",
        "forecaster",
        "quarters",
        "log score",
        "Brier",
        "nats gained",
        "Brier skill",
    )
    calibrated = [
        (NAMES[each["setting"]], each["bin"], f"{each['given']:.1%}", f"{each['came']:.1%}", each["forecasts"])
        for each in told["decisions_calibration"]
        if each["setting"] in SHOWN
    ]
    return [
        "## Decisions",
        "",
        (
            "The four quarters after each origin: what Beijing supports and squeezes, and how Moscow answers. Scores are means, lower is"
            " better; gain and skill are against the better of two base rates that know the coded past."
        ),
        "",
        *table(heads, rows),
        "Calibration of the mixture, all options of all three decisions:",
        "",
        *table(("setting", "chance given", "mean", "came true", "forecasts"), calibrated),
    ]


def ablations(told: Plain) -> list[str]:
    parts = ("flows", "politics", "security", "decisions")
    rows = [
        (
            f"`{each['mechanisms']}`", f"{signed(each['skill'])} ({interval((each['low'], each['high']))})",
            *(signed(each.get(part)) for part in parts), "earns its place" if earns(each) else "harms" if harms(each) else "",
        )
        for each in told["ablations"]
    ]  # fmt: skip
    return [
        "## What each group of mechanisms is worth",
        "",
        (
            "Skill of the whole model against itself without the group, forcings given, every other origin. The posteriors are those of the"
            " whole model: what comes out at nothing may safely be doubted, what comes out large may partly be habit."
        ),
        "",
        *table(("mechanisms", "worth", *parts, ""), rows),
    ]


def weights(told: Plain) -> list[str]:
    of = told["weights"]
    last = {kind: of[kind][-1] for kind in ("stacking", "prequential")}
    rows = sorted(
        (
            (
                f"`{name}`",
                f"{of['log_evidence'][name]:.1f}",
                share(last["stacking"][place]),
                share(last["prequential"][place]),
            )
            for place, name in enumerate(of["readings"])
        ),
        key=lambda row: -last["stacking"][of["readings"].index(row[0].strip("`"))],
    )
    return [
        "## Weights",
        "",
        "![Weights through time](validation-weights.svg)",
        "",
        f"At the end of {of['years'][-1]}:",
        "",
        *table(("reading", "log evidence, nats", "stacking", "prequential"), rows),
    ]
