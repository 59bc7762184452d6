"""The page of the published validation, written from its numbers alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amur.validation import page_parts
from amur.validation.aims import THIN
from amur.validation.baselines import DESCRIPTIONS as BASELINES
from amur.validation.page_parts import table
from amur.validation.scores import DESCRIPTIONS as SCORES
from amur.validation.weak import weaknesses
from amur.validation.words import AFTERWARDS, NAMES, TITLES, as_words, interval, listed, share, signed, verdict

type Plain = dict[str, Any]

HOW_TO_READ = Path(__file__).with_name("how_to_read.md")
SETTINGS_IN_WORDS = (
    "**Forcings given**: prices, demand, the war, sanctions and all others' decisions are as they"
    " happened; what is between the two is free, and lines are drawn. It asks whether the mechanisms are"
    " right. **Lines given**: the same with the lines as they were built. **Nothing given**: nothing after"
    " the origin is known; it asks what a forecaster would have had."
)


def page(told: Plain) -> str:
    """The page in Markdown: pictures before tables before prose."""
    parts = [
        *_top(told),
        *_targets(told),
        *_pictures(),
        *_groups(told),
        *_series(told),
        *_horizons(told),
        *_by_year(told),
        *page_parts.forecasters(told),
        *page_parts.turning(told),
        *page_parts.decisions(told),
        *page_parts.ablations(told),
        *page_parts.weights(told),
        "## Where the model is poor",
        "",
        "Found in the numbers above; what numbers cannot show is in [weaknesses](weaknesses.md).",
        "",
        *(f"- {paragraph}" for paragraph in weaknesses(told)),
        "",
        *_how_to_read(),
        *_left_out(told),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _top(told: Plain) -> list[str]:
    met = sum(each["met"] for each in told["targets"])
    flows, partners = told["flows"], told["politics_security"]
    near = told["near"]["nothing"]
    return [
        "# Validation",
        "",
        "*Rebuilt by `amur validate`; a test fails when record, readings or code have moved on.*",
        "",
        (
            f"{told['forecasts']:,} forecasts of {len(told['series'])} yearly series in {len(told['settings'])} settings, made at the end of each year from {told['origins'][0]} to"
            f" {told['origins'][-1]} for one to five years ahead from {told['members']} parameter sets of each reading (seed {told['seed']},"
            f" version {told['version']}, stamp `{told['stamp']}`). What counts is the mixture of the readings, weighted by how well"
            f" they had foretold the years up to the origin. **Of {len(told['targets'])} targets {met} are met.** {AFTERWARDS}"
        ),
        "",
        (
            f"With forcings as they happened, flows, shares and prices have a mean skill of {signed(flows['skill_drift'])} against drift and"
            f" {signed(flows['skill_best'])} against the best baseline of each series; politics and security"
            f" {signed(partners['skill_best'])} against the best. With nothing given, flows one and two years ahead have"
            f" {signed(near['skill_best'])} against the best. The 90% intervals hold {share(told['coverage90'])} of what came (forcings"
            " given). The best baseline is picked afterwards, series by series, among six; nobody could have picked it."
        ),
        "",
    ]


def _targets(told: Plain) -> list[str]:
    rows = []
    for each in told["targets"]:
        found = as_words(each)
        if each["interval"]:
            found += f" ({interval(each['interval'])})"
        named = [_named(told, name) for name in each["which"]]
        rows.append((each["aim"], found, f"**{verdict(each)}**", listed(named, 12)))
    return [
        "## Targets",
        "",
        *table(("target, set beforehand", "found (90% interval)", "", "falls short"), rows),
    ]


def _named(told: Plain, name: str) -> str:
    """A series, or a series so many years ahead, by its title."""
    series, _, ahead = name.partition(", ")
    title = str(told["series"][series]["title"])
    return title + (f", {ahead}" if ahead else "")


def _pictures() -> list[str]:
    return [
        "## Pictures",
        "",
        "![Skill by series](validation-series.svg)",
        "",
        "![Skill by years ahead](validation-horizons.svg)",
        "",
        "![Where in the forecast what came lay](validation-calibration.svg)",
        "",
    ]


def _groups(told: Plain) -> list[str]:
    rows = []
    names = {"overall": "All", **TITLES, "politics_security": "Politics and security"}
    for setting in told["settings"]:
        for group, title in names.items():
            cell = told["by_setting"][setting][group]
            rows.append(
                (
                    NAMES[setting], title, cell["many"], cell["forecasts"], _skill(cell, "drift"), _skill(cell, "best"),
                    signed(cell["skill_best_without_thin"]), share(cell["coverage50"]), share(cell["coverage80"]), share(cell["coverage90"]),
                )
            )  # fmt: skip
    heads = (
        "setting",
        "group",
        "series",
        "forecasts",
        "skill against drift",
        "against the best baseline",
        "without thin series",
        "50%",
        "80%",
        "90%",
    )
    return [
        "## By group",
        "",
        SETTINGS_IN_WORDS,
        "",
        f"*Without thin series*: the same mean over series with {THIN} forecasts or more. The last three columns say how much of what came the 50, 80 and 90% intervals hold.",
        "",
        *table(heads, rows),
    ]


def _skill(cell: Plain, baseline: str) -> str:
    bounds = interval(cell[f"skill_{baseline}_interval"])
    return f"{signed(cell[f'skill_{baseline}'])}" + (f" ({bounds})" if bounds != "–" else "")


def _series(told: Plain) -> list[str]:
    lines = ["## By series", ""]
    for setting in told["settings"]:
        rows = []
        for group in TITLES:
            of_group = [
                each
                for each in told["series"].values()
                if each["group"] == group and setting in each["settings"]
            ]
            for each in sorted(of_group, key=lambda one: -one["settings"][setting]["skill_best"]):
                cell = each["settings"][setting]
                rows.append(
                    (
                        TITLES[group], each["title"], cell["forecasts"], _skill(cell, "drift"), _skill(cell, "best"),
                        each["best_baseline"], share(cell["coverage90"]), "worse" if cell["worse_best"] else "",
                    )
                )  # fmt: skip
        heads = (
            "group",
            "series",
            "forecasts",
            "skill against drift",
            "against the best",
            "which is",
            "90% hold",
            "",
        )
        lines += [f"### {NAMES[setting].capitalize()}", "", *table(heads, rows)]
    lines += ["*Worse*: the 90% interval of the skill against the best baseline lies below 0.", ""]
    return lines


def _horizons(told: Plain) -> list[str]:
    ahead = sorted({cell["horizon"] for cell in told["horizons"]})
    by = {(cell["setting"], cell["group"], cell["horizon"]): cell for cell in told["horizons"]}
    rows = [
        (NAMES[setting], title, words, *(signed(by[setting, group, h][f"skill_{baseline}"]) for h in ahead))
        for setting in told["settings"]
        for group, title in TITLES.items()
        for baseline, words in (("drift", "drift"), ("best", "the best"))
    ]
    heads = ("setting", "group", "against", *(f"{h} ahead" for h in ahead))
    return ["## By years ahead", "", *table(heads, rows)]


def _by_year(told: Plain) -> list[str]:
    lines = []
    for key, column, title in (("by_origin", "origin", "By origin"), ("by_target", "target", "By target year")):
        by = {(cell["setting"], cell[column]): cell for cell in told[key]}
        years = sorted({cell[column] for cell in told[key]})
        rows = [
            (
                year,
                *(
                    signed(by[setting, year][f"skill_{baseline}"]) if (setting, year) in by else "–"
                    for setting in told["settings"]
                    for baseline in ("drift", "best")
                ),
            )
            for year in years
        ]
        heads = [f"{NAMES[setting]}, {words}" for setting in told["settings"] for words in ("drift", "best")]
        lines += [f"## {title}", "", *table((column, *heads), rows)]
    lines += [
        (
            "In these two tables the errors of a series are divided by those its baseline makes over all years, and the ratio is of sums: one"
            " origin alone has too few forecasts of a series for a ratio of its own."
        ),
        "",
    ]
    return lines


def _left_out(told: Plain) -> list[str]:
    rows = list(told["left_out"].items())
    return ["## Series that are not scored", "", *table(("series", "why"), rows)] if rows else []


def _how_to_read() -> list[str]:
    """What no number changes, and what scores and baselines are."""
    return [
        HOW_TO_READ.read_text(encoding="utf-8").rstrip(),
        "",
        "Scores: " + " ".join(f"*{name}*: {words}" for name, words in SCORES.items()),
        "",
        "Baselines:",
        "",
        *(f"- **{name}**: {words}" for name, words in BASELINES.items()),
        "",
    ]
