"""Skill against the baselines: a table of scored forecasts, and what it says by series, horizon, origin and date.

The table is tidy (:data:`COLUMNS`): one row per forecast, in which ``forecaster`` is the model or a baseline, ``setting``
says what the forecaster knew of the time after the origin (blank for one that uses none of it: it stands beside every
setting), ``origin`` is the last year known and ``target`` the year forecast. Forecasters are compared on the same
forecasts only, those that both have scored.

**Skill** is one minus the mean CRPS of the forecaster over that of the baseline, per series, and then the mean over
series: every series weighs the same, whatever its unit and length. ``"best"`` as a baseline is, for each series, the one
with the lowest mean CRPS over all its origins and horizons. Who that is is known only afterwards; no forecaster could
have picked it, and it is harder to beat than any baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from amur.validation.scores import scores

type Numbers = NDArray[np.float64]

PLACE = ("series", "group", "setting", "origin", "horizon", "target")
COLUMNS = (*PLACE, "forecaster", "crps", "log", "pit", "in50", "in80", "in90")
"""The columns of the table of forecasts; years are whole numbers."""
BEST = "best"
"""The name under which the best baseline of each series goes."""
BLOCK = 3
"""Consecutive origins that are drawn together: their forecasts share years."""
RESAMPLES = 1000
INTERVAL = 0.9
SEED = 20051231  # of the bootstrap: a table rebuilt is the same table


def scored(
    place: dict[str, Any], origin: int, observed: Numbers, samples: Numbers, link: str, rng: np.random.Generator
) -> pd.DataFrame:
    """Rows of one forecast from one origin: ``observed`` (horizons,), ``samples`` (horizons, samples), on the scale.

    ``place`` gives series, group, setting and forecaster. Horizons without an observation make no row.
    """
    values = scores(observed, samples, link, rng)
    told = np.isfinite(values["crps"])
    horizons = np.flatnonzero(told) + 1
    kept = {name: score[told] for name, score in values.items()}
    row = {**place, "origin": origin, "horizon": horizons, "target": origin + horizons, **kept}
    return pd.DataFrame({name: row[name] for name in COLUMNS})


def wide(rows: pd.DataFrame, score: str = "crps") -> pd.DataFrame:
    """One line per thing to forecast (:data:`PLACE`), one column per forecaster, with the score; NaN where none.

    Forecasters without a setting are put beside every setting there is.
    """
    if rows.duplicated([*PLACE, "forecaster"]).any():
        raise ValueError("a forecaster has two rows for one forecast")
    settings = [setting for setting in rows["setting"].unique() if setting != ""] or [""]
    blank = rows[rows["setting"] == ""]
    spread = [rows[rows["setting"] != ""], *(blank.assign(setting=setting) for setting in settings)]
    every = pd.concat([part for part in spread if len(part)])
    return every.pivot(index=list(PLACE), columns="forecaster", values=score).reset_index()


def best_baseline(rows: pd.DataFrame, baselines: Sequence[str]) -> dict[str, str]:
    """For each series the baseline with the lowest mean CRPS, over the forecasts that all baselines made."""
    table = wide(rows).dropna(subset=list(baselines))
    means = table.groupby("series")[list(baselines)].mean()
    return {str(series): str(name) for series, name in means.idxmin(axis=1).items()}


def pairs(rows: pd.DataFrame, forecaster: str, baseline: str, baselines: Sequence[str] = ()) -> pd.DataFrame:
    """The CRPS of a forecaster and a baseline side by side: :data:`PLACE`, ``ours`` and ``theirs``.

    ``baseline`` is one of the table's forecasters or :data:`BEST`, which is picked among ``baselines``.
    """
    table = wide(rows)
    if baseline == BEST:
        if not baselines:
            raise ValueError("the best of which baselines?")
        best = best_baseline(rows, baselines)
        chosen = table["series"].map(best)
        theirs = pd.Series(np.nan, table.index)
        for name in set(best.values()):
            theirs = theirs.mask(chosen == name, table[name])
    else:
        theirs = table[baseline]
    made = table[list(PLACE)].assign(ours=table[forecaster], theirs=theirs)
    return made.dropna(subset=["ours", "theirs"]).reset_index(drop=True)


def skill(
    rows: pd.DataFrame, forecaster: str, baseline: str, by: Iterable[str] = (), *,
    baselines: Sequence[str] = (), pooled: bool = False, resamples: int = RESAMPLES,
) -> pd.DataFrame:  # fmt: skip
    """Skill in each cell of ``by`` (columns of :data:`PLACE`), with its interval; one line in all for no ``by``.

    Columns: those of ``by``, ``forecasts`` and ``many`` (how many forecasts and series), ``skill``, ``low`` and ``high``
    (90% interval of the block bootstrap, NaN for fewer than six origins), ``worse`` (the interval lies below 0).

    ``pooled`` suits cells in which a series has few forecasts, such as one origin, where a single lucky baseline makes
    a ratio that outweighs all others: scores are divided by the baseline's mean over the whole series first and the
    ratio is taken of their sums over series. Over the whole table both are the same if every series has as many
    forecasts.
    """
    along, both = list(by), pairs(rows, forecaster, baseline, baselines)
    if pooled:
        unit = both.groupby(["series", "setting"])["theirs"].transform("mean")
        both[["ours", "theirs"]] = both[["ours", "theirs"]].div(unit.where(unit > 0), axis=0)
        both = both.dropna(subset=["ours", "theirs"])
    lines = []
    for key, cell in both.groupby(along, sort=True) if along else [((), both)]:
        ratio = _one_minus_ratio(cell, pooled)
        low, high = interval(cell, pooled, resamples)
        line = dict(zip(along, key if isinstance(key, tuple) else (key,), strict=True))
        line |= {"forecasts": len(cell), "many": cell["series"].nunique()}
        lines.append({**line, "skill": ratio, "low": low, "high": high, "worse": significantly_worse(high)})
    return pd.DataFrame(lines)


def tables(
    rows: pd.DataFrame, forecaster: str, baseline: str, baselines: Sequence[str] = ()
) -> dict[str, pd.DataFrame]:
    """Skill by setting and group, by series, by horizon, by origin and by target year, each within its setting.

    Horizons are told by group too. The tables by origin and by target year are pooled (see :func:`skill`) and have no
    interval: at most five origins forecast a year.
    """
    cells = {
        "group": ("setting", "group"),
        "series": ("setting", "group", "series"),
        "horizon": ("setting", "group", "horizon"),
        "origin": ("setting", "origin"),
        "target": ("setting", "target"),
    }
    return {
        name: skill(rows, forecaster, baseline, by, baselines=baselines, pooled=name in ("origin", "target"))
        for name, by in cells.items()
    }


def significantly_worse(high: float) -> bool:
    """Whether the 90% interval of skill, which ends at ``high``, lies below 0."""
    return bool(high < 0)


def interval(
    cell: pd.DataFrame, pooled: bool = False, resamples: int = RESAMPLES, level: float = INTERVAL
) -> tuple[float, float]:
    """The central interval of skill when origins are drawn again, in blocks, for all series together.

    Blocks of :data:`BLOCK` consecutive origins, the last followed by the first (circular block bootstrap; Politis and
    Romano 1992): errors of neighbouring origins are alike, and so are those of series in one year. Forecasts five
    years ahead share more than a block holds, so that the interval is still somewhat narrow. NaN for fewer than two
    blocks of origins: they say nothing of how such a skill would vary.
    """
    ours, theirs = (_sums(cell, column) for column in ("ours", "theirs"))
    origins = ours.shape[1]
    if origins < 2 * BLOCK:
        return float("nan"), float("nan")
    drawn = weights(origins, resamples)
    with np.errstate(invalid="ignore", divide="ignore"):
        made = _skills(drawn @ ours.T, drawn @ theirs.T, pooled)
    made = made[np.isfinite(made)]
    if not len(made):
        return float("nan"), float("nan")
    low, high = np.quantile(made, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def weights(origins: int, resamples: int, seed: int = SEED) -> Numbers:
    """How often each origin is drawn in each resample: (resamples, origins), each line summing to the origins."""
    rng = np.random.default_rng(seed)
    starts = rng.integers(origins, size=(resamples, -(-origins // BLOCK)))
    places = (starts[:, :, None] + np.arange(BLOCK)).reshape(resamples, -1)[:, :origins] % origins
    drawn = np.zeros((resamples, origins))
    np.add.at(drawn, (np.arange(resamples)[:, None], places), 1.0)
    return drawn


def coverage(rows: pd.DataFrame, by: Iterable[str] = ("forecaster",)) -> pd.DataFrame:
    """Share of observations inside the 50, 80 and 90% intervals, mean log score and how many forecasts, by columns."""
    grouped = rows.groupby(list(by), sort=True)
    return grouped[["in50", "in80", "in90", "log"]].mean().assign(forecasts=grouped.size()).reset_index()


def _one_minus_ratio(cell: pd.DataFrame, pooled: bool) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        ours, theirs = (_sums(cell, column).sum(axis=1)[None] for column in ("ours", "theirs"))
        return float(_skills(ours, theirs, pooled)[0])


def _sums(cell: pd.DataFrame, column: str) -> Numbers:
    """Sums of a column by series (with its setting) and origin: (series, origins). Both columns have the same rows,
    so that the ratio of sums is that of means."""
    lines, names = pd.factorize(cell["series"] + "/" + cell["setting"])
    places, origins = pd.factorize(cell["origin"], sort=True)
    made = np.zeros((len(names), len(origins)))
    np.add.at(made, (lines, places), cell[column].to_numpy(np.float64))
    return made


def _skills(ours: Numbers, theirs: Numbers, pooled: bool) -> Numbers:
    """One minus the ratio, from sums (resamples, series): over series first, or the mean over those that have any.

    A series whose baseline made no error at all in the cell has no ratio and is left out of the mean.
    """
    if pooled:
        return np.asarray(1 - ours.sum(axis=1) / theirs.sum(axis=1))
    ratio = np.where(theirs > 0, ours / theirs, np.nan)
    there = np.isfinite(ratio)
    return np.asarray(1 - np.where(there, ratio, 0.0).sum(axis=1) / there.sum(axis=1))
