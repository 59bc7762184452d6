"""Where the model is poor, found in the published numbers."""

from __future__ import annotations

from typing import Any

from amur.validation.aims import COVERAGE, THIN
from amur.validation.words import NAMES, SHOWN, TITLES, interval, listed, signed

type Plain = dict[str, Any]

MANY = 5
"""How many of the worst are told of each kind."""
UNLIKELY = 0.1
SEEN = 0.005
"""A difference of skill below this is none."""
SIDES = (0.75, 0.995)
"""Coverage of a single series that is told: its 90% intervals hold less than this, or more."""


def weaknesses(told: Plain) -> list[str]:
    """Each weakness as a paragraph in words with its numbers; what is not weak is left out."""
    made = [
        *(_worst(told, setting) for setting in SHOWN if setting in told["settings"]),
        *(_groups(told, setting) for setting in SHOWN if setting in told["settings"]),
        _coverage(told),
        _weighting(told),
        _decisions(told),
        _mechanisms(told),
        _turns(told),
        _origins(told),
        _unforeseen(told),
        _thin(told),
    ]
    return [paragraph for paragraph in made if paragraph]


def _worst(told: Plain, setting: str) -> str:
    cells = {
        name: (each, each["settings"][setting])
        for name, each in told["series"].items()
        if setting in each["settings"]
    }
    poor = sorted(
        (pair for pair in cells.values() if pair[1]["skill_best"] < 0), key=lambda pair: pair[1]["skill_best"]
    )
    if not poor:
        return f"**Series, {NAMES[setting]}.** None is worse than its best baseline."
    worst = "; ".join(
        f"{each['title']} {signed(cell['skill_best'])} (against {each['best_baseline']}"
        f"{', the interval lies below 0' if cell['worse_best'] else ''})"
        for each, cell in poor[:MANY]
    )
    sure = sum(cell["worse_best"] for _, cell in poor)
    return (
        f"**Series, {NAMES[setting]}.** {len(poor)} of {len(cells)} are worse than the best baseline picked afterwards,"
        f" {sure} of them beyond chance. Worst: {worst}."
    )


def _groups(told: Plain, setting: str) -> str:
    short = [
        f"{TITLES[group].lower()} {signed(cell['skill_best'])} ({interval(cell['skill_best_interval'])})"
        for group in TITLES
        if (cell := told["by_setting"][setting][group])["skill_best"] < 0
    ]
    if not short:
        return ""
    return f"**Groups, {NAMES[setting]}.** Worse than the best baseline on average: {', '.join(short)}."


def _coverage(told: Plain) -> str:
    low, high = COVERAGE
    groups, series = [], []
    for setting in SHOWN:
        for group, title in TITLES.items():
            share = told["by_setting"][setting][group]["coverage90"]
            if not low <= share <= high:
                groups.append(f"{title.lower()} {share:.1%} ({NAMES[setting]})")
        for each in told["series"].values():
            cell = each["settings"].get(setting)
            if cell and cell["forecasts"] >= THIN and not SIDES[0] <= cell["coverage90"] <= SIDES[1]:
                series.append(f"{each['title']} {cell['coverage90']:.0%} ({NAMES[setting]})")
    if not groups and not series:
        return ""
    text = "**Intervals.** "
    if groups:
        text += f"90% intervals hold too few or too many in: {', '.join(groups)}. "
    if series:
        text += f"Single series far off: {listed(series)}."
    return text.strip()


def _weighting(told: Plain) -> str:
    """Whether weighing the readings beats not weighing them."""
    skills = {
        (each["setting"], each["group"], each["forecaster"]): each["skill_drift"]
        for each in told["forecasters"]
    }
    lost, gains = [], []
    for setting in SHOWN:
        for group, title in TITLES.items():
            gain = skills[setting, group, "mixture"] - skills[setting, group, "mean"]
            gains.append(gain)
            if gain <= -SEEN:
                lost.append(f"{title.lower()} {signed(gain)} ({NAMES[setting]})")
    best = f"at best it adds {signed(max(gains))} of skill against drift"
    if not lost:
        return f"**Weights.** The weighted mixture is nowhere worse than the unweighted mean of readings, but {best}."
    return f"**Weights.** The weighted mixture does worse than the unweighted mean of readings in: {', '.join(lost)}; {best}."


def _decisions(told: Plain) -> str:
    short: list[str] = []
    gained: list[str] = []
    for each in told["decisions"]:
        if each["forecaster"] == "mixture" and each["setting"] in SHOWN:
            words = f"{each['decision']} {signed(each['gain'], 3)} nats a quarter, Brier skill {signed(each['skill'])} ({NAMES[each['setting']]})"
            (short if each["gain"] <= 0 or each["skill"] <= 0 else gained).append(words)
    text = "**Decisions.** "
    if short:
        text += f"No better than the better base rate by log score or by Brier score: {'; '.join(short)}. "
    if gained:
        text += f"Better by both: {'; '.join(gained)}."
    return text.strip()


def _mechanisms(told: Plain) -> str:
    table = told["ablations"]
    harmful = [f"{each['mechanisms']} {signed(each['skill'])}" for each in table if harms(each)]
    unproven = [each["mechanisms"] for each in table if not earns(each) and not harms(each)]
    earning = [each["mechanisms"] for each in table if earns(each)]
    text = f"**Mechanisms.** Of {len(table)} groups {len(earning)} earn their place beyond chance and by enough to be seen ({', '.join(earning) or 'none'}). "
    if unproven:
        text += f"Not to be told from nothing: {', '.join(unproven)}. "
    if harmful:
        text += f"Forecasts are better without: {', '.join(harmful)}."
    return text.strip()


def earns(worth: Plain) -> bool:
    """Whether a group of mechanisms adds skill, beyond chance and enough to be seen."""
    return bool(worth["earns"] and worth["skill"] >= SEEN)


def harms(worth: Plain) -> bool:
    """Whether forecasts are better without it, beyond chance and enough to be seen."""
    return bool(worth["harms"] and worth["skill"] <= -SEEN)


def _turns(told: Plain) -> str:
    parts = []
    for setting in SHOWN:
        cells = [
            each
            for each in told["turning_points"]
            if each["setting"] == setting and each["low"] is not None and each["actual"] is not None
        ]
        outside = [each for each in cells if not each["low"] <= each["actual"] <= each["high"]]
        if cells:
            names = [
                f"{each['title']} in {each['year']}" for each in sorted(outside, key=lambda each: each["year"])
            ]
            parts.append(
                f"{NAMES[setting]}, {len(outside)} of {len(cells)} values lay outside the middle 90% (one in ten is due)"
                + (f": {listed(names)}" if names else "")
            )
    return f"**Turning points.** From the ends of 2013 and 2021: {'. '.join(part[:1].upper() + part[1:] for part in parts)}."


def _unforeseen(told: Plain) -> str:
    """Events that came when they were thought unlikely; each is told of the first such year."""
    first: dict[tuple[str, str, str], str] = {}
    for each in told["turning_points"]:
        if (
            each["low"] is None
            and each["actual"] == 1
            and each["median"] < UNLIKELY
            and each["setting"] in SHOWN
        ):
            first.setdefault(
                (each["origin"], each["title"], each["setting"]),
                f"{each['title']} in {each['year']} ({each['median']:.1%}, {NAMES[each['setting']]})",
            )
    return (
        f"**Hardly foreseen events.** Came with a chance below 10%: {listed([*first.values()])}."
        if first
        else ""
    )


def _origins(told: Plain) -> str:
    """The origins from which least was foretold when nothing was given."""
    cells = [cell for cell in told["by_origin"] if cell["setting"] == "nothing"]
    least = sorted(cells, key=lambda cell: cell["skill_best"])[:MANY]
    if not least:
        return ""
    named = ", ".join(f"{cell['origin']} {signed(cell['skill_best'])}" for cell in least)
    return f"**Before a turn.** With nothing given, skill against the best baseline is least from the ends of {named}."


def _thin(told: Plain) -> str:
    thin = [
        f"{each['title']} ({each['forecasts']})" for each in told["series"].values() if each["forecasts"] < THIN
    ]
    if not thin:
        return ""
    means = [
        f"{TITLES[group].lower()} {signed(cell['skill_best_without_thin'])} instead of {signed(cell['skill_best'])} ({NAMES[setting]})"
        for setting in SHOWN
        for group in TITLES
        if (cell := told["by_setting"][setting][group])["many_without_thin"] < cell["many"]
    ]
    return (
        f"**Thin series.** Fewer than {THIN} forecasts, so that their skill is luck as much as anything: {', '.join(thin)}."
        f" Without them the mean skill against the best baseline is: {', '.join(means)}."
    )
