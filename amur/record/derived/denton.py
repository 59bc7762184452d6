"""Annual figures spread over quarters so that they add up and follow an indicator as smoothly as can be.

Proportional first-difference method of Denton (1971, Journal of the American Statistical Association 66,
99-102) in the form of Cholette (1984, Survey Methodology 10, 35-49), which fixes no starting value; the
International Monetary Fund's Quarterly National Accounts Manual (2017, chapter 6) recommends it.
"""

from __future__ import annotations

from collections.abc import Sequence

QUARTERS = 4


def spread(annual: Sequence[float], indicator: Sequence[float] | None = None, hold: str = "sum") -> list[float]:
    """Quarterly values for consecutive years, in the unit of the annual ones.

    ``indicator`` has four positive values a year (None: flat, which gives the smoothest path); ``hold`` says
    what ties the quarters of a year to its annual value: their sum, their mean, or the last of them.
    Minimizes the sum of squared changes of the ratio of result to indicator, subject to that tie.
    ValueError for an indicator that is not positive or not of the right length.
    """
    import numpy as np

    many = QUARTERS * len(annual)
    if not many:
        return []
    guide = np.ones(many) if indicator is None else np.asarray(indicator, dtype=float)
    if guide.shape != (many,) or not (guide > 0).all():
        raise ValueError("the indicator needs a positive value in every quarter")
    # Both brought near one, so that the system is well conditioned whatever the units are.
    guide = guide / guide.mean()
    years = np.asarray(annual, dtype=float)
    scale = float(np.abs(years).max()) or 1.0
    weights = {"sum": (1.0, 1.0, 1.0, 1.0), "mean": (0.25, 0.25, 0.25, 0.25), "last": (0.0, 0.0, 0.0, 1.0)}
    tie = np.kron(np.eye(len(years)), np.array(weights[hold])) * guide
    # The path is a level and the sum of the changes so far. The smallest changes that meet the ties are a
    # combination of the ties' own (a minimum-norm solution), so that one unknown a year and the level are enough.
    changes = np.cumsum(tie[:, ::-1], axis=1)[:, ::-1][:, 1:]
    level = tie.sum(axis=1, keepdims=True)
    system = np.block([[changes @ changes.T, level], [level.T, np.zeros((1, 1))]])
    found = np.linalg.solve(system, np.append(years / scale, 0.0))
    ratio = found[-1] + np.append(0.0, np.cumsum(changes.T @ found[:-1]))
    return [float(value) for value in ratio * guide * scale]
