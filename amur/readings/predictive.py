"""What a reading expects of the record before it has seen it, beside what the base prior expects.

History is run under draws of the reading's priors and of the base priors with the same seed, so that both share every
draw of what they do not differ in. A prediction holds where the two lie apart on the side that the file says, by more
than twice the error of the sampling. No value of any observable of the record is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.readings.reading import Predicts, Reading

if TYPE_CHECKING:
    from amur.record.record import Record

type Numbers = NDArray[np.float64]

MEMBERS, SEED = 128, 1
LEAST = 1e-6


class Expected(NamedTuple):
    """Values by observable or ``decision.option``, (periods, members), on the scale of comparison; and the periods.

    Rates of counts are in logs. Years and quarters are both there: ``periods[name]`` is the year of each row.
    """

    values: dict[str, Numbers]
    years: dict[str, NDArray[np.int64]]


class Outcome(NamedTuple):
    """Whether a prediction comes out: middles under base prior and reading, their distance apart, and its error.

    ``base`` and ``reading`` are in the unit of the observable (chances for an option): means over members and years
    on the scale of comparison, turned back. ``apart`` is on that scale, ``error`` its standard error over members.
    """

    predicts: Predicts
    base: float
    reading: float
    apart: float
    error: float

    @property
    def holds(self) -> bool:
        """On the side that it says, by more than twice the error."""
        sign = 1 if self.predicts.side == "higher" else -1
        return sign * self.apart > 2 * self.error

    def as_json(self) -> dict[str, Any]:
        """All of it as a plain object."""
        numbers = {"base": self.base, "reading": self.reading, "apart": self.apart, "error": self.error}
        return {**self.predicts.as_json(), **numbers, "holds": self.holds}


def expected(
    reading: Reading | None = None, members: int = MEMBERS, seed: int = SEED, record: Record | None = None
) -> Expected:
    """What a reading (or, without one, the base prior) expects: some 40 s to compile once, then a second each."""
    from amur.system.history import history
    from amur.system.observe import CATEGORIES, KEEP, OBSERVABLES, linked, predict, years_of
    from amur.system.parameters import draw
    from amur.system.run import Setting, keep_compiled, run
    from amur.system.start import initial

    keep_compiled()
    quarters, labels = history(record)
    p = draw(members, seed, dict(reading.priors) if reading else None)
    path = run(Setting(keep=KEEP, odds=True), initial(p), p, quarters)
    by_year = np.array([int(year) for year in years_of(labels)])
    by_quarter = np.array([int(label[:4]) for label in labels])
    values: dict[str, Numbers] = {}
    for name, value in predict(path, p, labels).items():
        made = OBSERVABLES[name]
        there = np.log(np.maximum(value, LEAST)) if made.link == "count" else np.asarray(linked(made, value))
        values[name] = np.asarray(there, float)
    for name, category in CATEGORIES.items():
        chances = np.exp(np.asarray(path.odds[name], float))
        for code, option in enumerate(category.options):
            values[f"{name}.{option}"] = chances[:, code]
    years = {
        name: by_quarter if "." in name or OBSERVABLES[name].frequency == "Q" else by_year for name in values
    }
    return Expected(values, years)


def outcomes(reading: Reading, under: Expected, base: Expected) -> tuple[Outcome, ...]:
    """Each prediction of a reading, judged by what it and the base prior expect (of the same seed and members)."""
    made = []
    for each in reading.predicts:
        along = under.years[each.of]
        inside = (along >= each.start) & (along <= each.end)
        theirs = base.values[each.of][inside].mean(axis=0)
        ours = under.values[each.of][inside].mean(axis=0)
        apart = ours - theirs
        before, after = (_natural(each.of, float(value.mean())) for value in (theirs, ours))
        error = float(apart.std(ddof=1) / np.sqrt(apart.size))
        made.append(Outcome(each, before, after, float(apart.mean()), error))
    return tuple(made)


def _natural(name: str, value: float) -> float:
    from amur.system.observe import OBSERVABLES, unlinked

    if "." in name:
        return value
    made = OBSERVABLES[name]
    if made.link == "count":
        return float(np.exp(value))
    return float(unlinked(made, np.asarray(value)))
