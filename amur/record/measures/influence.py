"""Bandwidth, dependence and leverage in a dyad: our own measure in the manner of formal bilateral influence.

The Formal Bilateral Influence Capacity index (Moyer and others 2018, 2021) multiplies the bandwidth of the
ties of two states (how much passes between them) by the dependence of one on the other. Its indicators,
weights and scales are not public to us, so nothing here is FBIC: the two halves are defined below on stated
scales from sourced series and the product is called *bilateral leverage*. The published FBIC values in the
record (1994-2023) serve as a check only: :func:`against_fbic`.

Direction as everywhere here: for the dyad ``RUS-CHN``, how much Russia relies on China, hence what leverage
China has over Russia.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import StatisticsError, correlation, mean

from amur.record.measures import flows, security, trade
from amur.record.measures.answers import Answer, last_year
from amur.record.measures.bci import joint_exercises, leaders_meetings
from amur.record.measures.points import by_period, carried, combine, held, merged, scaled
from amur.record.measures.registry import Dyad, declare
from amur.record.measures.running import trailing, window
from amur.record.record import Record
from amur.record.timeseries import Point

LITERATURE = (
    "Moyer, Sweijs, Burrows and Van Manen 2018, Power and Influence in a Globalized World, Atlantic Council; "
    "Hirschman 1945, National Power and the Structure of Foreign Trade; Keohane and Nye 1977, Power and "
    "Interdependence. Scales and weights are ours."
)
COMPONENTS = ("economic", "political", "security")

SMALL_TRADE, LARGE_TRADE = 0.1, 1000.0
"""US$ bn a year that count as 0 and 1 of economic bandwidth, on a logarithmic scale."""

MANY_MEETINGS = 6.0
"""Meetings of the two presidents a year that count as 1 of political bandwidth: the most in the record (2019)."""

MANY_EXERCISES = 8.0
"""Joint exercises and patrols a year that count as 1: the most in the record (2024)."""

LARGE_ARMS = 3000.0
"""Arms deliveries, both ways together, SIPRI TIV mn a year over five years, that count as 1 on a log scale."""

HEAVY_ARMS = 40.0
"""Arms traded for each US$ bn (of 2024) of military spending, TIV mn, that count as full weight."""

MANY_VETOES = 10.0
"""Joint vetoes in five years that count as 1."""

WINDOW = 5
"""Years over which arms and vetoes are summed, as single years are lumpy."""


# Trade, the economic half, for every dyad the record can serve

ECONOMIC_DYADS = (
    "RUS-CHN",
    "CHN-RUS",
    "IRN-CHN",
    "CHN-IRN",
    "KAZ-CHN",
    "CHN-KAZ",
    "PRK-CHN",
    "CHN-PRK",
    "BLR-RUS",
    "RUS-BLR",
)


def goods_trade(record: Record, dyad: Dyad) -> list[Point]:
    """Goods trade of the two, US$ bn a year, as the larger economy counts it where the record has that."""
    larger_first = dyad if dyad.a == "CHN" or (dyad.a == "RUS" and dyad.b != "CHN") else dyad.swapped
    return flows.trade_between(record, larger_first)


def economic_bandwidth(record: Record, dyad: Dyad) -> list[Point]:
    """Goods trade on a logarithmic scale: 0 at US$ 0.1 bn, 1 at US$ 1,000 bn, current dollars."""
    span = math.log(LARGE_TRADE / SMALL_TRADE)
    return combine(
        lambda bn: _unit(math.log(max(bn, SMALL_TRADE) / SMALL_TRADE) / span), goods_trade(record, dyad)
    )


def economic_dependence(record: Record, dyad: Dyad) -> list[Point]:
    """Trade dependence (``trade.dependence``) as a fraction of own trade, 0 to 1."""
    return scaled(trade.trade_dependence.compute(record, dyad), 0.01)


# Politics and security, for China and Russia

TREATIES = ("nonaggression-treaty", "consultation-treaty", "mutual-defence-treaty")


def political_bandwidth(record: Record, dyad: Dyad) -> list[Point]:
    """Mean of the presidents' meetings (1 at six a year) and of the share of three treaty ties in force."""
    meetings = combine(lambda count: _unit(count / MANY_MEETINGS), leaders_meetings(record))
    ties = combine(lambda *held: mean(held), *(marker(record, kind, Dyad("CHN", "RUS")) for kind in TREATIES))
    return combine(lambda met, tied: (met + tied) / 2, meetings, ties)


def marker(record: Record, kind: str, dyad: Dyad) -> list[Point]:
    """An alliance marker by year, 0 or 1: each coded value holds until the next, to the last ended year."""
    coded = held(record, f"alliance.marker.{kind}.{str(dyad).lower()}")
    return carried(coded, str(last_year(record))) if coded else []


def political_dependence(record: Record, dyad: Dyad) -> list[Point]:
    """Vetoes in the Security Council cast together in five years, 1 at ten: diplomatic cover (claim B10).

    Mutual, so the same in both directions: a share of own vetoes, directed though it is, would read China's
    few vetoes, all cast with Russia, as full dependence. The record has no directed political series.
    """
    vetoes = [point._replace(note="") for point in record["un.sc.vetoes.chn-rus"].points]
    return [
        point._replace(
            value=_unit(point.value / MANY_VETOES), note=f"{point.value:g} joint vetoes in {WINDOW} years"
        )
        for point in window(vetoes, WINDOW)
    ]


def security_bandwidth(record: Record, dyad: Dyad) -> list[Point]:
    """Mean of arms deliveries both ways (five-year mean, log scale) and exercises with patrols (1 at eight)."""
    flows = [record[f"security.arms.tiv.{flow}"].points for flow in ("rus-chn", "chn-rus")]
    arms = trailing(
        lambda sold, back: _unit(math.log1p(mean(sold) + mean(back)) / math.log1p(LARGE_ARMS)),
        *flows,
        least=WINDOW - 1,
        until=last_year(record),
        what="arms",
    )
    patrols = [_none_before(record[f"security.patrols.{kind}.chn-rus"].points) for kind in ("air", "naval")]
    drills = combine(lambda *many: _unit(sum(many) / MANY_EXERCISES), joint_exercises(record), *patrols)
    return combine(lambda one, other: (one + other) / 2, arms, drills)


def security_dependence(record: Record, dyad: Dyad) -> list[Point]:
    """What the partner means to ``a`` as supplier and as market of arms, 0 to 1.

    Each is a share times its weight: the partner's share in the arms ``a`` imports (exports) over five years,
    times the imports (exports) for each US$ bn of 2024 that ``a`` spends on its forces, 1 at 40 TIV mn. The
    two are added and stop at 1 (claim B4: the market binds as the supplier does). Without the weight a state
    that hardly imports any more would look as dependent as one that lives on imports. Dual-use goods, on
    which Russia now relies most, are left out: the record has their share for a year or two only.
    """
    a, b = dyad
    spending = record[f"security.milex.const.{a.lower()}"].points
    terms = [
        (security.deliveries(record, b, a).points, security.all_deliveries(record, f"world-{a.lower()}")),
        (security.deliveries(record, a, b).points, security.all_deliveries(record, f"{a.lower()}-world")),
    ]
    found = [
        trailing(_weighted_share, part, whole, spending, least=WINDOW - 1, until=last_year(record), what="arms")
        for part, whole in terms
    ]
    return combine(lambda *shares: _unit(sum(shares)), *found)


def _weighted_share(part: Sequence[float], whole: Sequence[float], spending: Sequence[float]) -> float:
    """Share of one flow in another, times the larger flow for each US$ bn of spending (1 at HEAVY_ARMS)."""
    if not sum(whole):
        return 0.0
    weight = sum(whole) / (sum(spending) / 1000) / HEAVY_ARMS
    return sum(part) / sum(whole) * _unit(weight)


def _none_before(points: Sequence[Point]) -> list[Point]:
    """A count that begins with a year of none, extended back to 1992 by years of none."""
    if not points or points[0].value:
        return list(points)
    years = range(1992, int(points[0].period))
    return [points[0]._replace(period=str(year)) for year in years] + list(points)


# The product


@dataclass(frozen=True)
class Leverage(Answer):
    """Bandwidth and dependence of one directed dyad by component, and their means and product, all 0 to 1."""

    dyad: str
    bandwidth_by: dict[str, tuple[Point, ...]]
    dependence_by: dict[str, tuple[Point, ...]]
    bandwidth: tuple[Point, ...]
    dependence: tuple[Point, ...]
    leverage: tuple[Point, ...]


def leverage(record: Record, dyad: Dyad) -> Leverage:
    """The split for China and Russia: a year needs all three components of both halves."""
    bandwidths = {
        "economic": economic_bandwidth(record, dyad),
        "political": political_bandwidth(record, dyad),
        "security": security_bandwidth(record, dyad),
    }
    dependences = {
        "economic": economic_dependence(record, dyad),
        "political": political_dependence(record, dyad),
        "security": security_dependence(record, dyad),
    }
    bandwidth, dependence = _means(bandwidths), _means(dependences)
    product = combine(
        lambda wide, deep: wide * deep, _noted(bandwidth, "bandwidth"), _noted(dependence, "dependence")
    )
    return Leverage(
        str(dyad),
        {name: tuple(points) for name, points in bandwidths.items()},
        {name: tuple(points) for name, points in dependences.items()},
        tuple(bandwidth),
        tuple(dependence),
        tuple(product),
    )


def _means(parts: Mapping[str, list[Point]]) -> list[Point]:
    """Mean of the components in years that have all; the note gives each."""
    tables = {name: by_period(points) for name, points in parts.items()}
    found = []
    for year in sorted(set.intersection(*(set(table) for table in tables.values()))):
        values = {name: table[year].value for name, table in tables.items()}
        bare = [table[year]._replace(note="") for table in tables.values()]
        note = ", ".join(f"{name} {value:.2f}" for name, value in values.items())
        found.append(merged(year, mean(values.values()), bare, note))
    return found


def _noted(points: Iterable[Point], name: str) -> list[Point]:
    return [point._replace(note=f"{name} {point.value:.2f} ({point.note})") for point in points]


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


# The check against the published index

FBIC_DYADS = ("RUS-CHN", "IRN-CHN", "PRK-CHN", "KAZ-CHN")
"""Dyads with both a published FBIC series in the record and an economic leverage of ours."""


@dataclass(frozen=True)
class Agreement(Answer):
    """How one measure of ours moves with a published series over their common years.

    ``levels`` and ``changes`` are Pearson correlations of values and of differences between consecutive
    years (None with fewer than five pairs or without variation); ``same_direction`` is the share of those
    differences with the same sign.
    """

    dyad: str
    ours: str
    published: str
    years: int
    first: str
    last: str
    levels: float | None
    changes: float | None
    changes_counted: int
    same_direction: float | None
    growth_ours: float | None
    growth_published: float | None


def against_fbic(record: Record) -> tuple[Agreement, ...]:
    """Our leverage, its halves and the economic part alone against the published FBIC series of the record."""
    china_on_russia = Dyad("RUS", "CHN")
    ours = leverage(record, china_on_russia)
    whole, width = record["dip.fbic.chn-rus"].points, record["dip.fbic-bandwidth.chn-rus"].points
    depth = combine(lambda product, half: product / half, whole, width)
    found = [
        agreement("RUS-CHN", "leverage", ours.leverage, "dip.fbic.chn-rus", whole),
        agreement("RUS-CHN", "leverage.bandwidth", ours.bandwidth, "dip.fbic-bandwidth.chn-rus", width),
        agreement("RUS-CHN", "leverage.dependence", ours.dependence, "dip.fbic / dip.fbic-bandwidth", depth),
    ]
    for name in FBIC_DYADS:
        dyad = Dyad.parse(name)
        series = f"dip.fbic.{str(dyad.swapped).lower()}"
        points = economic_leverage_points(record, dyad)
        found.append(agreement(name, "leverage.economic", points, series, record[series].points))
    return tuple(found)


def agreement(
    dyad: str, name: str, ours: Iterable[Point], published_name: str, published: Iterable[Point]
) -> Agreement:
    """Correlations of two annual series over their common years."""
    left = {point.period: point.value for point in ours}
    right = {point.period: point.value for point in published}
    years = sorted(set(left) & set(right))
    steps = [(a, b) for a, b in pairwise(years) if int(b) == int(a) + 1]
    changes = [(left[b] - left[a], right[b] - right[a]) for a, b in steps]
    same = [one * other > 0 for one, other in changes]
    return Agreement(
        dyad,
        name,
        published_name,
        len(years),
        years[0] if years else "",
        years[-1] if years else "",
        _pearson([(left[year], right[year]) for year in years]),
        _pearson(changes),
        len(changes),
        mean(same) if same else None,
        _growth(left, years),
        _growth(right, years),
    )


def _pearson(pairs: list[tuple[float, float]]) -> float | None:
    if len(pairs) < 5:
        return None
    try:
        return correlation([one for one, _ in pairs], [other for _, other in pairs])
    except StatisticsError:
        return None


def _growth(values: Mapping[str, float], years: list[str]) -> float | None:
    return values[years[-1]] / values[years[0]] if years and values[years[0]] > 0 else None


# As measures


@declare(
    name="leverage.bandwidth",
    title="Bandwidth of interaction",
    unit="index 0-1",
    dimension="political",
    definition=(
        "How much passes between the two, whoever relies on whom: mean of economic (goods trade, log scale, 0 at "
        "US$ 0.1 bn and 1 at US$ 1,000 bn), political (presidents' meetings, 1 at six; share of three treaty ties "
        "in force) and security bandwidth (arms deliveries both ways over five years, log scale, 1 at 3,000 TIV mn "
        "a year; exercises and patrols, 1 at eight). Years with all three."
    ),
    formula="(economic + political + security) / 3",
    literature=LITERATURE,
    dyads=["CHN-RUS"],
    claims=("G3", "R9"),
)
def interaction_bandwidth(record: Record, dyad: Dyad) -> Iterable[Point]:
    """Bandwidth by year."""
    return leverage(record, dyad).bandwidth


@declare(
    name="leverage.dependence",
    title="Dependence of the first on the second",
    unit="index 0-1",
    dimension="political",
    definition=(
        "How much the first state relies on the second: mean of economic (share of own goods trade), political "
        "(joint vetoes of five years, 1 at ten; mutual, so equal both ways) and security dependence (the other's "
        "share in own arms imports and exports over five years, weighted by arms traded against own military "
        "spending). Years with all three."
    ),
    formula="(economic + political + security) / 3",
    literature=LITERATURE,
    dyads=["RUS-CHN", "CHN-RUS"],
    directed=True,
    claims=("G16", "G17", "B4", "B10", "T7"),
)
def bilateral_dependence(record: Record, dyad: Dyad) -> Iterable[Point]:
    """Dependence of ``a`` on ``b`` by year."""
    return leverage(record, dyad).dependence


@declare(
    name="leverage",
    title="Leverage of the second over the first",
    unit="index 0-1",
    dimension="political",
    definition=(
        "Bandwidth of the dyad times dependence of the first state on the second: what the second could bring to "
        "bear, not whether it does. Our own definition in the manner of FBIC, and not FBIC."
    ),
    formula="leverage.bandwidth x leverage.dependence",
    literature=LITERATURE,
    dyads=["RUS-CHN", "CHN-RUS"],
    directed=True,
    claims=("G16", "G17", "B2", "B10", "P4", "T7"),
)
def bilateral_leverage(record: Record, dyad: Dyad) -> Iterable[Point]:
    """Leverage of ``b`` over ``a`` by year."""
    return leverage(record, dyad).leverage


def economic_leverage_points(record: Record, dyad: Dyad) -> list[Point]:
    """Economic bandwidth times economic dependence of ``a`` on ``b``."""
    return combine(
        lambda wide, deep: wide * deep, economic_bandwidth(record, dyad), economic_dependence(record, dyad)
    )


@declare(
    name="leverage.economic",
    title="Economic leverage of the second over the first",
    unit="index 0-1",
    dimension="economic",
    definition=(
        "Goods trade on a logarithmic scale (0 at US$ 0.1 bn, 1 at US$ 1,000 bn) times trade.dependence of the "
        "first state on the second as a fraction: the one part of leverage that the record can give for "
        "comparators. China-Iran trade from 2019 lacks relabelled oil."
    ),
    formula="log(T / 0.1) / log(1000 / 0.1) x trade.dependence / 100",
    literature=LITERATURE,
    dyads=ECONOMIC_DYADS,
    directed=True,
    claims=("G16", "G17", "P4", "P13"),
)
def bilateral_leverage_economic(record: Record, dyad: Dyad) -> Iterable[Point]:
    """Economic leverage of ``b`` over ``a`` by year."""
    return economic_leverage_points(record, dyad)
