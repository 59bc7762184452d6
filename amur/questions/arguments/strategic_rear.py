"""How much of China's oil, gas and food lost at Malacca could come overland, by year, and what shows it first?

The shares are the model's rear quantities: what Russia and Central Asia bring, or could at once bring, over that plus what
comes by a sea that can be closed. The indicator that shows a rear first is the one that in 2028 goes most with Russia's
capacity as China's rear eight years on.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab, at, over, share_of_time
from amur.system.decisions import Support

ARGUMENT = Argument(
    "The strategic rear",
    "How much of what China would lose at Malacca could come overland, and what shows it first?",
    ("P14", "P16", "P17", "P18", "P19", "P20"),
    ("line_stage", "oil_chn", "gas_chn", "food_chn", "dualuse_chn"),
)
YEARS = ("2025", "2030", "2036", "2046")
SIGNS = {
    "gas_pipe_capacity": "gas pipeline capacity to China", "oil_pipe_capacity": "oil pipeline capacity to China",
    "land_capacity": "rail, bridges and terminals for food", "chn_capital": "Chinese capital in Russia",
    "plants": "Chinese production moved to Russia and Belarus", "yuan_share": "trade settled in the two currencies",
    "dualuse_chn": "dual-use supply", "oil_chn": "crude sold to China", "lng_chn": "liquefied gas sold to China",
    "food_chn": "food sold to China", "exports_rus_chn": "Russian exports to China",
}  # fmt: skip
EARLY, READY = "2028-Q4", "2036-Q4"


def find(lab: Lab) -> Found:
    """P17: overland lowers the exposure. P18: a closed system is possible. P20: the rear is not struck."""
    goods = ("oil", "gas", "food")
    since = {"2025": "2026-Q1"}
    looks = [at(f"rear_{good}", since.get(year, f"{year}-Q4")) for year in YEARS for good in goods]
    found = dict(zip(((year, good) for year in YEARS for good in goods), lab.looks(looks), strict=True))
    numbers = [
        lab.quantity("covered", f"share of {_named(good)} that could come overland at the {_when(year)}", "share", found[year, good], good=good, year=year)
        for good in goods
        for year in YEARS
    ]  # fmt: skip
    ahead = next(each for each in numbers if each.keys == {"good": "oil", "year": "2036"})
    one, *others = (found["2046", good] for good in goods)
    whole = one.beside(others, lambda *each: np.min(each, axis=0))
    struck = lab.effect(over("chn_oil_overland", "2028-Q3", "2029-Q4"), "taiwan-war")
    # What matters is whether the overland flow falls when the seas close.
    unmet = lab.look(over("chn_oil_unmet", "2028-Q3", "2029-Q4"), "malacca-closure")
    supplied = lab.look(share_of_time("support", Support.DUAL_USE, "2026-Q1", "2030-Q4"))
    pipes = lab.look(at("gas_pipe_capacity", READY))
    return Found(
        (
            ahead,
            *(each for each in numbers if each is not ahead),
            lab.quantity("unmet", "crude demand left unmet if Malacca is closed in 2028-29", "Mt/yr", unmet),
            lab.mean("struck", "crude by land in a war over Taiwan, more than without it", "Mt/yr", struck),
            lab.quantity("pipes", "gas pipeline capacity from Russia at the end of 2036", "bcm/yr", pipes),
        ),
        (
            lab.holds("P18", "oil, gas and food could each come overland to nine tenths by 2046: a closed system", whole.of(lambda share: share > 0.9)),
            lab.holds("P14", "Beijing supplies dual-use goods or more in most quarters of 2026 to 2030: China is Russia's rear", lab.own(supplied).of(lambda share: share > 0.5)),
            lab.holds("P17", "more than a third of the oil could come overland by 2036", found["2036", "oil"].of(lambda share: share > 1 / 3)),
            lab.holds("P16 P19", "pipelines from Russia could carry twice as much gas in 2036 as Power of Siberia does (38 bcm a year)", pipes.of(lambda bcm: bcm > 76)),
            lab.holds("P20", "a war over Taiwan does not cut the crude that comes by land", lab.own(struck).of(lambda change: change > -1.0)),
        ),
        ("Overland counts pipes from Russia and Central Asia; crude from Russia's Pacific ports is by sea and can be stopped.",),
        {"signs": _signs(lab)},
    )  # fmt: skip


def _named(good: str) -> str:
    return {"oil": "crude", "gas": "gas", "food": "food"}[good] + " imports at risk"


def _when(year: str) -> str:
    return "beginning of 2026" if year == "2025" else f"end of {year}"


def _signs(lab: Lab) -> tuple[dict[str, str | float], ...]:
    """Rank correlation over the futures of each early sign with the rear that comes of it, strongest first."""
    early = lab.looks([at(name, EARLY) for name in SIGNS])
    ready = lab.look(at("rear_chn", READY))
    made: list[dict[str, str | float]] = []
    for (name, title), seen in zip(SIGNS.items(), early, strict=True):
        made.append(
            {"sign": name, "title": title, "correlation": correlation(seen.after, ready.after, lab.of.weights)}
        )
    return tuple(sorted(made, key=lambda row: -abs(float(row["correlation"]))))


def correlation(one: np.ndarray, other: np.ndarray, weights: np.ndarray) -> float:
    """Weighted rank correlation (Spearman); 0 where either does not vary."""
    ranks = np.stack([stats.rankdata(one), stats.rankdata(other)])
    covariance = np.cov(ranks, aweights=weights)
    spread = np.sqrt(covariance[0, 0] * covariance[1, 1])
    return float(covariance[0, 1] / spread) if spread > 0 else 0.0
