"""What each group of mechanisms is worth: hindcasts without it, from the same posteriors.

A group is switched off throughout, in history too, and nothing is fitted anew: parameters that have learnt to live with
a mechanism do worse without it than ones that never knew it would. What comes out at nothing is therefore safe to doubt;
what comes out large may partly be habit. The discrepancy at the origin makes up for a part of any loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from amur.system.declare import MECHANISMS
from amur.system.observe import Observed, observed
from amur.system.run import in_chunks, keep_compiled
from amur.validation import mixtures
from amur.validation.decisions_scored import DECISIONS, LEAST, QUARTERS
from amur.validation.forecasts_of_model import ORIGINS, Forecast, forecast, situation
from amur.validation.hindcasts import MEMBERS, Posteriors, Progress, WeightsAt, forecastable, rows_of
from amur.validation.skill import COLUMNS, skill
from amur.validation.targets import TARGETS

if TYPE_CHECKING:
    from amur.record.record import Record

GROUPS = tuple(dict.fromkeys(made.group for made in MECHANISMS.values()))
WHOLE = "whole"
EVERY_OTHER = ORIGINS[::2]
"""Origins of ablations: half as many take half the time."""


def ablate(
    posteriors: Posteriors,
    weights_at: WeightsAt,
    setting: str = "given",
    origins: Sequence[str] = EVERY_OTHER,
    groups: Sequence[str] = GROUPS,
    members: int = MEMBERS,
    seed: int = 1,
    record: Record | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Scored forecasts of the whole model (``whole``) and of the model without each group (its name).

    Parameter sets are those of the mixture at each origin, the same with and without, and so is all luck. The decisions
    of the year ahead stand beside the targets as a group of their own, by their Brier score.
    """
    keep_compiled()
    seen = observed(record)
    runs = [(origin, group) for origin in origins for group in ("", *groups)]
    at = {origin: situation(setting, origin, record, seen) for origin in origins}
    able = {origin: forecastable(origin, seen) for origin in origins}
    sets = {
        origin: mixtures.pooled(
            {name: by_year[origin] for name, by_year in posteriors.items()}, weights_at(origin), members, seed
        )
        for origin in origins
    }

    def work(run: tuple[str, str]) -> pd.DataFrame:
        origin, group = run
        made = forecast(at[origin], sets[origin], seed, (group,) if group else ())
        tables = [
            rows_of(target, setting, origin, group or WHOLE, target.scaled(made.samples[place]), seen, seed)
            for place, target in enumerate(TARGETS.values())
            if target.name in able[origin]
        ]
        tables.append(_decisions(made, group or WHOLE, seen))
        return pd.concat([table for table in tables if len(table)], ignore_index=True)

    tell = (lambda done: progress(done, len(runs))) if progress else None
    return pd.concat(in_chunks(work, runs, tell, alone=True), ignore_index=True)


def _decisions(made: Forecast, forecaster: str, seen: Observed) -> pd.DataFrame:
    """Decisions of the year ahead as further series: their Brier score stands for the CRPS, whose kin it is."""
    first = 4 * (seen.years.index(made.origin) + 1)
    year, rows = int(made.origin) + 1, []
    for name in DECISIONS:
        chances = np.asarray(made.chances[name][:QUARTERS], np.float64)
        came = np.eye(chances.shape[1])[seen.options[name][first : first + len(chances)]]
        brier = float(((chances - came) ** 2).sum(axis=1).mean())
        log = float(-np.log(np.maximum((chances * came).sum(axis=1), LEAST)).mean())
        place = (name, "decisions", made.setting, int(made.origin), 1, year, forecaster)
        rows.append((*place, brier, log, *[np.nan] * 4))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def worth(rows: pd.DataFrame) -> pd.DataFrame:
    """What each mechanism group adds: skill of the whole model against the model without it, in all and by target group.

    Above 0 the mechanisms earn their place (one minus mean CRPS with over mean CRPS without, mean over series);
    ``low`` and ``high`` are the 90% interval over origins, ``earns`` and ``harms`` say on which side of 0 it lies.
    Columns ``flows``, ``politics``, ``security`` and ``decisions`` are the same within these; sorted by worth.
    """
    lines = []
    for group in [name for name in rows["forecaster"].unique() if name != WHOLE]:
        both = rows[rows["forecaster"].isin((WHOLE, group))]
        whole = skill(both, WHOLE, group).iloc[0]
        parts = skill(both, WHOLE, group, by=["group"]).set_index("group")["skill"]
        low, high = float(whole["low"]), float(whole["high"])
        lines.append(
            {
                "mechanisms": group, "skill": float(whole["skill"]), "low": low, "high": high,
                "earns": low > 0, "harms": high < 0, **parts.to_dict(),
            }
        )  # fmt: skip
    return pd.DataFrame(lines).sort_values("skill", ascending=False, ignore_index=True)
