"""The validation in numbers: plain values for the published file, from the tables of scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from amur.conditioning.weights import KINDS, prequential, stacking
from amur.system.observe import observed
from amur.validation import ablations, decisions_scored
from amur.validation.aims import THIN, aims
from amur.validation.baselines import BASELINES
from amur.validation.hindcasts import MEAN, MIXTURE, READING
from amur.validation.skill import BEST, best_baseline, coverage, skill
from amur.validation.targets import GROUPS, TARGETS, left_out
from amur.validation.validate import PREQUENTIAL

if TYPE_CHECKING:
    from amur.record.record import Record
    from amur.validation.validate import Validation

HEADLINE = "given"
"""The setting of the numbers that stand first: forcings as they happened, lines as the model builds them."""
PARTNERSHIP = "politics_security"
"""The name under which politics and security stand together."""
OVERALL = "overall"
PARTS = {**{group: (group,) for group in GROUPS}, PARTNERSHIP: ("politics", "security"), OVERALL: tuple(GROUPS)}
"""What belongs to each group that is told."""
BINS = 10
DIGITS = 4
"""Significant digits that are published."""

type Plain = dict[str, Any]


def as_json(made: Validation, record: Record | None = None) -> Plain:
    """Everything that is published, as plain values; None where a number cannot be given."""
    rows = made.rows
    ours = rows[rows["forecaster"].isin((MIXTURE, *BASELINES))]
    by_setting, series = settings_told(ours), series_told(ours)
    for setting, groups in by_setting.items():
        for name, cell in groups.items():
            cell |= without_thin(series, setting, name)
    told: Plain = {
        "stamp": made.stamp,
        "version": made.version,
        "members": made.members,
        "seed": made.seed,
        "settings": list(made.settings),
        "origins": list(made.origins),
        "forecasts": int((rows["forecaster"] == MIXTURE).sum()),
        **by_setting[HEADLINE],
        "coverage90": by_setting[HEADLINE][OVERALL]["coverage90"],
        "by_setting": by_setting,
        "series": series,
        "horizons": lines(ours, ("setting", "group", "horizon")),
        "by_origin": lines(ours, ("setting", "origin"), pooled=True),
        "by_target": lines(ours, ("setting", "target"), pooled=True),
        "pit": pit(ours),
        "forecasters": forecasters(rows),
        "turning_points": records(made.turns),
        **decisions_told(made.chances),
        "ablations": records(ablations.worth(made.ablated)),
        "weights": weights_told(made),
        "left_out": left_out(observed(record)),
        "fell_back": made.fell,
    }
    near = ours.assign(group=ours["group"].where(ours["horizon"] > 2, ours["group"] + NEAR))
    told["near"] = {
        line["setting"]: line for line in lines(near, ("setting", "group")) if line["group"] == f"flows{NEAR}"
    }
    told["targets"] = aims(told)
    return dict(rounded(told))


NEAR = " 1-2"


def lines(rows: pd.DataFrame, by: Sequence[str], pooled: bool = False) -> list[Plain]:
    """Skill of the mixture against drift and against the best baseline of each series, by columns of the table."""
    made: dict[tuple[Any, ...], Plain] = {}
    for name in ("drift", BEST):
        table = skill(rows, MIXTURE, name, by, baselines=tuple(BASELINES), pooled=pooled)
        for line in table.to_dict("records"):
            key = tuple(line[each] for each in by)
            cell = made.setdefault(
                key, dict(zip(by, key, strict=True)) | {"many": line["many"], "forecasts": line["forecasts"]}
            )
            cell[f"skill_{name}"] = line["skill"]
            cell[f"skill_{name}_interval"] = [line["low"], line["high"]]
            cell[f"worse_{name}"] = line["worse"]
    return list(made.values())


def settings_told(rows: pd.DataFrame) -> dict[str, dict[str, Plain]]:
    """By setting and group (politics and security also together, and all): skill and coverage."""
    made: dict[str, dict[str, Plain]] = {}
    for name, groups in PARTS.items():
        part = rows[rows["group"].isin(groups)]
        covered = _coverage(part, ("setting",))
        for line in lines(part, ("setting",)):
            setting = line.pop("setting")
            made.setdefault(setting, {})[name] = line | covered[setting]
    return made


def series_told(rows: pd.DataFrame) -> dict[str, Plain]:
    """By series: what it is, its best baseline, and skill and coverage by setting, over all years ahead and by year ahead."""
    best = best_baseline(rows, tuple(BASELINES))
    made: dict[str, Plain] = {}
    for name, target in TARGETS.items():
        if name in best:
            made[name] = {
                "title": target.title, "unit": target.unit, "group": target.group, "scale": target.link,
                "best_baseline": best[name], "settings": {},
            }  # fmt: skip
    covered = _coverage(rows, ("series", "setting"))
    for line in lines(rows, ("series", "setting")):
        name, setting = line["series"], line["setting"]
        made[name]["settings"][setting] = _without(line, "series", "setting", "many") | covered[name, setting]
        made[name]["settings"][setting]["horizons"] = {}
    for line in lines(rows, ("series", "setting", "horizon")):
        ahead = made[line["series"]]["settings"][line["setting"]]["horizons"]
        ahead[str(line["horizon"])] = _without(line, "series", "setting", "horizon", "many")
    for each in made.values():
        each["forecasts"] = max(cell["forecasts"] for cell in each["settings"].values())
    return made


def without_thin(series: dict[str, Plain], setting: str, name: str) -> Plain:
    """Mean skill of a group over those of its series that have enough forecasts to judge by."""
    cells = [
        each["settings"][setting]
        for each in series.values()
        if each["group"] in PARTS[name] and each["settings"][setting]["forecasts"] >= THIN
    ]
    told = {f"skill_{kind}_without_thin": _mean(cells, f"skill_{kind}") for kind in ("drift", BEST)}
    return told | {"many_without_thin": len(cells)}


def _mean(cells: Sequence[Plain], key: str) -> float:
    return float(np.mean([cell[key] for cell in cells])) if cells else float("nan")


def pit(rows: pd.DataFrame) -> list[Plain]:
    """By setting and group: the share of observations in each tenth of the forecast distribution (even: a tenth each)."""
    ours = rows[rows["forecaster"] == MIXTURE]
    made = []
    for (setting, group), cell in ours.groupby(["setting", "group"]):
        counts, _ = np.histogram(cell["pit"], bins=BINS, range=(0, 1))
        made.append({"setting": setting, "group": group, "shares": (counts / counts.sum()).tolist()})
    return made


def forecasters(rows: pd.DataFrame) -> list[Plain]:
    """By setting, group and forecaster: skill against drift and coverage; readings, mixtures and baselines side by side."""
    everyone = [
        MIXTURE, PREQUENTIAL, MEAN,
        *(name for name in rows["forecaster"].unique() if name.startswith(READING)), *BASELINES,
    ]  # fmt: skip
    covered = _coverage(rows, ("forecaster", "setting", "group"), ours=False)
    made = []
    for name in everyone:
        # The mixture is kept beside a baseline, so that it stands in every setting.
        both = rows[rows["forecaster"].isin((name, "drift", MIXTURE))]
        for line in skill(both, name, "drift", ("setting", "group")).to_dict("records"):
            # A baseline knows nothing of the time ahead in any setting.
            where = (name, "" if name in BASELINES else line["setting"], line["group"])
            made.append(
                {
                    "forecaster": name, "setting": line["setting"], "group": line["group"],
                    "skill_drift": line["skill"], "skill_drift_interval": [line["low"], line["high"]],
                    "coverage90": covered[where]["coverage90"],
                }
            )  # fmt: skip
    return made


def decisions_told(chances: pd.DataFrame) -> Plain:
    """Scores and calibration of predicted decisions, of the mixtures and of the base rates."""
    wanted = (MIXTURE, MEAN, *decisions_scored.BASE)
    some = chances[chances["forecaster"].isin(wanted)]
    scored = decisions_scored.summary(some).drop(columns=["log_base", "brier_base"], errors="ignore")
    ours = some[some["forecaster"] == MIXTURE]
    calibrated = decisions_scored.reliability(ours, ("setting",)).astype({"bin": str})
    return {"decisions": records(scored), "decisions_calibration": records(calibrated)}


def weights_told(made: Validation) -> Plain:
    """Weights of the readings at the end of each year, both kinds, and their log evidence (nats)."""
    rules = {"stacking": stacking, "prequential": prequential}
    return {
        "readings": list(made.increments),
        "years": list(made.years),
        "log_evidence": {name: float(np.sum(each)) for name, each in made.increments.items()},
        **{kind: rules[kind](made.increments, made.years).values.tolist() for kind in KINDS},
    }


def records(table: pd.DataFrame) -> list[Plain]:
    """The lines of a table as plain values."""
    return [{str(name): value for name, value in line.items()} for line in table.to_dict("records")]


def rounded(told: Any) -> Any:
    """The same with numbers of so many significant digits, plain types only, and None for what is not finite."""
    if isinstance(told, dict):
        return {str(key): rounded(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [rounded(value) for value in told]
    if isinstance(told, bool | np.bool_):
        return bool(told)
    if isinstance(told, int | np.integer):
        return int(told)
    if isinstance(told, float | np.floating):
        return float(f"{told:.{DIGITS}g}") if np.isfinite(told) else None
    return told


def _coverage(rows: pd.DataFrame, by: tuple[str, ...], ours: bool = True) -> dict[Any, Plain]:
    """Shares inside the intervals and the mean log score by columns, of the mixture unless told."""
    some = rows[rows["forecaster"] == MIXTURE] if ours else rows
    made = {}
    for line in coverage(some, by).to_dict("records"):
        key = tuple(line[each] for each in by)
        made[key if len(by) > 1 else key[0]] = {
            "coverage50": line["in50"], "coverage80": line["in80"], "coverage90": line["in90"], "log_score": line["log"],
        }  # fmt: skip
    return made


def _without(line: Plain, *names: str) -> Plain:
    return {key: value for key, value in line.items() if key not in names}
