"""What of the state can be seen: each observable once, with its place in the record and how the two are joined.

An observable names its series, the function of the state that predicts it (annual rates each quarter), how quarters
become the record's periods, the scale on which the two are compared, and how they differ
(:mod:`amur.system.measurement`): Student-t with a discrepancy that lasts (AR(1)), counts about an expectation with a
factor that lasts, ordered logit for codes. ``fitted`` is false
where the same numbers are already compared in another observable (a ratio of two, say); such a one is only checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp

from amur.system.declare import Array, Parameters, parameter
from amur.system.priors import Beta, LogNormal, Normal
from amur.system.state import QUANTITIES

if TYPE_CHECKING:
    from amur.record.record import Record

type Values = dict[str, float]
type Reading = Callable[["Record"], Values]
type Seen = Any  # the kept quantities by name: ``now.oil_chn`` is (quarters, members)
type Predict = Callable[[Seen, Parameters], Array]

FREEDOM = 5.0  # of the Student-t: tails for a war year or a pandemic, without losing the middle
PANDEMIC = ("2020", "2021")
CALENDAR = 4  # steps to an event that is planned by the year: a variance of about a quarter of the mean
TRADE_THEN = 6.0  # US$ bn/yr, the trade of the two in 1992

parameter(
    "rough_start",
    LogNormal(1.0, 1.8),
    "ratio",
    "Statistics of new states were rough: customs that had just been founded, trade by suitcase, debts paid in goods.",
)
parameter("rough_years", LogNormal(4.0, 1.5), "yr", "And became ordinary in the course of the 1990s.")


@dataclass(frozen=True)
class Observable:
    """A quantity that both the record and the model give.

    ``gather`` turns quarters into the record's period: the mean, or the end. ``link`` is the scale of comparison
    (log, logit, identity or count); below ``floor`` values count as the floor. ``model`` is student, count or ordered,
    with its scale (or breadth, or first cut and step) in the parameters named ``scales`` and, but for codes, what
    lasts of a discrepancy in ``lasting``. ``regular`` is the number of steps to a counted event: 1 where one follows the
    other by chance, more where they keep a calendar. ``without`` lists periods left out, for the reason in the note.
    """

    name: str
    title: str
    unit: str
    series: tuple[str, ...]
    read: Reading = field(repr=False)
    predict: Predict = field(repr=False)
    frequency: str
    gather: str
    link: str
    floor: float
    model: str
    scales: tuple[str, ...]
    claims: tuple[str, ...]
    note: str
    fitted: bool
    without: tuple[str, ...]
    regular: int = 1

    @property
    def lasting(self) -> str:
        """The parameter that says how much of a discrepancy is left a period later."""
        return f"persistence_{self.name}"

    @property
    def states(self) -> tuple[str, ...]:
        """The quantities of the state that it rests on."""
        return tuple(name for name in self.predict.__code__.co_names if name in QUANTITIES)


OBSERVABLES: dict[str, Observable] = {}


def one(name: str, scale: float = 1.0) -> tuple[tuple[str, ...], Reading]:
    """A series of the record, times a scale."""
    return (name,), lambda record: {
        point.period: point.value * scale for point in record.timeseries(name).points
    }


def added(*names: str, scale: float = 1.0) -> tuple[tuple[str, ...], Reading]:
    """The sum of series in the periods that all of them have."""

    def read(record: Record) -> Values:
        each = [record.timeseries(name).values for name in names]
        return {
            period: scale * sum(values[period] for values in each)
            for period in each[0]
            if all(period in values for values in each)
        }

    return names, read


def either(*names: str) -> tuple[tuple[str, ...], Reading]:
    """Several series in one, the earlier named taking precedence."""

    def read(record: Record) -> Values:
        values: Values = {}
        for name in reversed(names):
            values |= record.timeseries(name).values
        return dict(sorted(values.items()))

    return names, read


def observable(
    name: str, title: str, unit: str, source: tuple[tuple[str, ...], Reading], predict: Predict, claims: str, *,
    link: str = "log", spread: float = 0.15, why: str = "", frequency: str = "A", gather: str = "mean", floor: float = 1e-3,
    model: str = "student", note: str = "", fitted: bool = True, without: tuple[str, ...] = (),
    regular: int = 1,
) -> None:  # fmt: skip
    """Declare an observable and the parameters of its scatter; ``spread`` is the prior median of its scale."""
    if model == "student":
        scales: tuple[str, ...] = (f"scale_{name}",)
        reason = why or "How far model and record may lie apart, on the scale of comparison."
        parameter(scales[0], LogNormal(spread, 1.6), link, reason, claims)
        _lasting(name, frequency, "What the model leaves out of it changes slowly.", claims)
    elif model == "count":
        scales = (f"breadth_{name}",)
        reason = why or "Shape of the gamma factor on what is expected: the smaller, the wider than Poisson."
        parameter(scales[0], LogNormal(spread, 1.8), "count", reason, claims)
        _lasting(name, frequency, "A year of many is followed by more than expected, of few by fewer.", claims)
    elif model == "ordered":
        scales = (f"cut_{name}", f"step_{name}")
        parameter(
            scales[0],
            Normal(spread, 0.8),
            "log-odds",
            why or "Where the second code becomes as likely as the first.",
            claims,
        )
        parameter(scales[1], LogNormal(0.7, 1.5), "log-odds", "From one code's threshold to the next.", claims)
    else:
        raise ValueError(f"there is no measurement model {model!r}")
    OBSERVABLES[name] = Observable(
        name,
        title,
        unit,
        *source,
        predict,
        frequency,
        gather,
        link,
        floor,
        model,
        scales,
        tuple(claims.split()),
        note,
        fitted,
        without,
        regular,
    )


def _lasting(name: str, frequency: str, why: str, claims: str) -> None:
    prior = Beta(0.7, 6) if frequency == "A" else Beta(0.9, 12)
    parameter(f"persistence_{name}", prior, "share/year" if frequency == "A" else "share/quarter", why, claims)


def ratio(part: Array, *whole: Array) -> Array:
    """A part of a sum, finite where there is nothing."""
    return part / jnp.maximum(sum(whole[1:], start=whole[0]), 1e-6)


def odds_of(share: Array) -> Array:
    """The log-odds of a share, kept off the ends."""
    inside = jnp.clip(share, 1e-4, 1 - 1e-4)
    return jnp.log(inside / (1 - inside))


def slowly(value: Array, years: Array) -> Array:
    """A quantity (quarters, ...) followed with a lag of ``years``, from its first value on."""
    step = 1 - jnp.exp(-0.25 / years)

    def follow(now: Array, each: Array) -> tuple[Array, Array]:
        now = now + step * (each - now)
        return now, now

    followed: Array = jax.lax.scan(
        follow, jnp.broadcast_to(value[0], jnp.broadcast_shapes(value[0].shape, jnp.shape(step))), value
    )[1]
    return followed


def shut_out(rivalry: Array) -> Array:
    """How far the ground of others is closed to Russia's president: wholly at the height of the West's rivalry with it.

    The same course as where enmity itself closes Western trade (:mod:`amur.system.mechanisms.trade`).
    """
    return (rivalry / 4) ** 6


def chance(log_odds: Array) -> Array:
    """The share with these log-odds."""
    return 1 / (1 + jnp.exp(-log_odds))


# Trade


def _output(record: Record) -> Values:
    """Yearly means of real output from growth rates, 1992-Q1 = 1."""
    from amur.system.given import axis, output

    known = sorted(record.timeseries("trade.gdp-growth.rus").values)
    if not known:
        return {}
    line = output(record, axis(f"{known[-1]}-Q4"))
    return {year: float(line[4 * place : 4 * place + 4].mean()) for place, year in enumerate(known)}


def _gas_to_europe(record: Record) -> Values:
    """Europe with Türkiye: as reported together, later as the sum of two where both are known."""
    together = record.timeseries("energy.gas.pipeline.rus-eur").values
    apart = added("energy.gas.pipeline-reuters.rus-eur", "energy.gas.pipeline.rus-tur")[1](record)
    return dict(sorted((apart | together).items()))


def _statements(record: Record) -> Values:
    """Dated joint statements and labels of the two in a year."""
    over = record.as_of or dt.date(2025, 12, 31)
    dates = [
        event.date
        for event in record.events
        if event.kind in ("statement", "label") and {"CHN", "RUS"} <= set(event.actors.split(";"))
    ]
    years = [str(year) for year in range(1992, over.year + 1) if dt.date(year, 12, 31) <= over]
    return {year: float(sum(date[:4] == year for date in dates)) for year in years}


# fmt: off
observable("exports_rus_chn", "Russia's goods exports to China", "US$ bn", one("trade.exports.rus-chn.spliced"), lambda now, p: now.exports_rus_chn, "G3 T6 P7", spread=0.15, note="China's report: prices with freight, goods through third places counted by origin.")
observable("exports_chn_rus", "China's goods exports to Russia", "US$ bn", one("trade.exports.chn-rus.spliced"), lambda now, p: now.exports_chn_rus, "G3 T6", spread=0.15, note="China's report; shuttle trade of the 1990s is in neither customs.")
observable("exports_rus", "Russia's goods exports to the world", "US$ bn", one("trade.exports.rus-wld"), lambda now, p: now.exports_rus, "P7", spread=0.1)
observable("imports_rus", "Russia's goods imports from the world", "US$ bn", one("trade.imports.rus-wld"), lambda now, p: now.imports_rus, "P7", spread=0.1)
observable("dependence_rus", "China's share of Russia's goods trade", "share", one("trade.share.chn-in-rus-total.calc", 0.01), lambda now, p: now.dependence_rus, "G16 B2", link="logit", fitted=False, note="A ratio of four fitted series; checked only.")
observable("dependence_chn", "Russia's share of China's goods trade", "share", one("trade.share.rus-in-chn-total.calc", 0.01), lambda now, p: now.dependence_chn, "G16 T4", link="logit", fitted=False, note="Of fitted series and forcings; checked only.")
observable("share_exports_chn", "China's share of Russia's goods exports", "share", one("trade.share.chn-in-rus-exports.calc", 0.01), lambda now, p: ratio(now.exports_rus_chn, now.exports_rus), "G16 P4", link="logit", fitted=False, note="Of two fitted series; checked only.")
observable("share_imports_chn", "China's share of Russia's goods imports", "share", one("trade.share.chn-in-rus-imports.calc", 0.01), lambda now, p: ratio(now.exports_chn_rus, now.imports_rus), "G16 G9", link="logit", fitted=False, note="Of two fitted series; checked only.")
observable("west_over_rus", "China's trade with the West over its trade with Russia", "ratio", one("trade.ratio.west-rus.chn"), lambda now, p: now.west_over_rus, "T4", fitted=False, note="Of fitted series and a forcing; checked only.")
observable("output", "Russia's real output, 1992-Q1 = 1", "index", (("trade.gdp-growth.rus",), _output), lambda now, p: now.output_rus, "G24 P7", spread=0.05, note="Level built from growth rates.")

# Energy

parameter("oil_europe_part", Beta(0.85, 30), "share", "Of the West's Russian crude what the European Union took; Japan, Korea and Britain took the rest.", "R5")
parameter("fuel_products", LogNormal(1.35, 1.12), "ratio", "Central bank earnings from oil, products and gas over the model's crude, gas and coal.", "P7")

observable("oil_chn", "Crude oil from Russia to China", "Mt", one("energy.crude.volume.rus-chn"), lambda now, p: now.oil_chn, "G3 B3 P17", spread=0.15, floor=0.1)
observable("oil_europe", "Crude oil from Russia to the European Union", "Mt", one("energy.crude.rus-eun"), lambda now, p: p.oil_europe_part * now.oil_wst, "R5", spread=0.12, floor=1.0)
observable("oil_share_chn", "China's share of Russia's crude exports", "share", one("energy.dep.crude-exports-to-chn.rus", 0.01), lambda now, p: ratio(now.oil_chn, now.oil_chn, now.oil_wst, now.oil_sou), "P4 B3", link="logit", fitted=False, note="Volumes are fitted; checked only.")
observable("oil_piped", "Crude by pipe from Russia to China", "Mt", one("energy.crude.pipeline-total.rus-chn"), lambda now, p: jnp.minimum(now.oil_chn, now.oil_pipe_capacity), "P17 G18", spread=0.1, floor=0.1, fitted=False, note="Two years; checked only.")
observable("coal_chn", "Coal from Russia to China", "Mt", one("energy.coal.volume.rus-chn"), lambda now, p: now.coal_chn, "G3", spread=0.25, floor=0.2)
observable("gas_chn", "Pipeline gas from Russia to China", "bcm", one("energy.gas.pos1.rus-chn"), lambda now, p: now.gas_chn, "G4 R4", spread=0.12, floor=0.1)
observable("lng_chn", "Liquefied gas from Russia to China", "bcm", one("energy.lng.volume-bcm.rus-chn"), lambda now, p: now.lng_chn, "B3 G22", spread=0.35, floor=0.1)
observable("gas_wst", "Pipeline gas from Russia to Europe and Türkiye", "bcm", (("energy.gas.pipeline.rus-eur", "energy.gas.pipeline-reuters.rus-eur", "energy.gas.pipeline.rus-tur"), _gas_to_europe), lambda now, p: now.gas_wst, "R5", spread=0.1, floor=2.0, note="Reported together to 2022; later only where both parts are known.")
observable("concession", "Russian crude at the Chinese border below Brent", "US$/bbl", one("energy.price.crude-vs-brent.rus-chn.q", -1.0), lambda now, p: now.crude_concession, "G18 B9", link="identity", spread=2.5, frequency="Q", note="Unit values of customs lag prices by weeks, hence the wide scale.")
observable("gas_price_chn", "Price of Power of Siberia gas at the border", "US$/1000 m3", one("energy.price.gas.rus-chn"), lambda now, p: now.gas_price_chn, "G4 G18", spread=0.12, floor=10.0)
observable("fuel_earnings", "Russia's export earnings from oil, products and gas", "US$ bn", added("finance.russia.oil-export-earnings", "finance.russia.gas-export-earnings"), lambda now, p: p.fuel_products * now.energy_revenue, "P7 B3", spread=0.15, floor=1.0, fitted=False, note="Most of exports, which are fitted; checked only.")
observable("malacca_share", "Share of China's crude imports through Malacca", "share", one("energy.dep.malacca-share.chn", 0.01), lambda now, p: ratio(now.chn_oil_malacca, now.chn_oil_malacca, now.chn_oil_overland, now.chn_oil_pacific, now.chn_oil_opensea), "P17 P18", link="logit", spread=0.4, note="Published shares differ by what they count, 62 to 84 percent.")
observable("oil_source_rus", "Russia's share of China's crude imports", "share", one("energy.dep.crude-share.rus-chn", 0.01), lambda now, p: ratio(now.oil_chn, now.chn_oil_malacca, now.chn_oil_overland, now.chn_oil_pacific, now.chn_oil_opensea), "P17 G3", link="logit", fitted=False, note="A fitted volume over a forcing; checked only.")
observable("gas_source_rus", "Russia's share of China's gas imports", "share", one("energy.dep.gas-share-total.rus-chn", 0.01), lambda now, p: ratio(now.gas_chn + now.lng_chn, now.chn_gas_overland, now.chn_gas_pacific, now.chn_gas_sea), "P17 G4", link="logit", fitted=False, note="Fitted volumes over a forcing; checked only.")
observable("food_chn", "Farm products from Russia to China", "Mt", one("trade.exports.agri-volume.rus-chn"), lambda now, p: now.food_chn, "P18 P19", spread=0.3, floor=0.05)

# Arms

for _to, _who, _spread in (("chn", "China", 0.6), ("ind", "India", 0.5), ("vnm", "Vietnam", 1.0)):
    observable(f"arms_{_to}", f"Deliveries of major Russian arms to {_who}", "TIV mn", one(f"security.arms.tiv.rus-{_to}"), {"chn": lambda now, p: now.arms_chn, "ind": lambda now, p: now.arms_ind, "vnm": lambda now, p: now.arms_vnm}[_to], "B4 G20", spread=_spread, floor=20.0, note="Lumpy: ships and squadrons are delivered in lots; 20 and less are as one.")
observable("arms_world", "Deliveries of major Russian arms to all", "TIV mn", one("security.arms.tiv.rus-world"), lambda now, p: now.arms_chn + now.arms_ind + now.arms_vnm + now.arms_oth, "B4", spread=0.25, floor=100.0)

# Diplomacy and arms in common

parameter("agree_base", Normal(-1.6, 0.5), "log-odds", "Agreement on contested votes without coordination; a quarter of them in 1992.", "G5 R3")
parameter("agree_coordination", LogNormal(4.0, 1.4), "log-odds", "To full coordination; three quarters of contested votes agreed in 2019.", "G5 R3")
parameter("veto_base", LogNormal(0.05, 1.8), "1/year", "Joint vetoes without coordination: none in the 1990s.", "G5 B10")
parameter("veto_coordination", LogNormal(4.5, 1.4), "log", "To full coordination: about one a year lately.", "G5 B10")
parameter("meeting_base", LogNormal(3.5, 1.3), "1/year", "Meetings of presidents without a bond: summits and the round of regional clubs.", "G6")
parameter("meeting_bond", LogNormal(0.4, 1.7), "log", "To a full bond: the count of meetings has moved little since 2001.", "G6")
parameter("meeting_elsewhere", Beta(0.33, 12), "share", "Of their meetings those on the ground of others, their own clubs apart: 15 of the 46 dated from 2005 to 2019, from Busan to Osaka.", "G6")
parameter("exercise_base", LogNormal(0.4, 1.4), "1/year", "Joint exercises without integration.", "T13 R9")
parameter("exercise_integration", LogNormal(7.0, 1.4), "1/year", "More to full integration, of which there is well under half; three or four a year at present.", "T13 R9")
parameter("patrol_base", LogNormal(0.04, 1.7), "1/year", "Joint patrols without integration: none before 2019.", "T13 R9")
parameter("patrol_integration", LogNormal(10.0, 1.3), "log", "To full integration, of which there is well under half; two to four a year at present.", "T13 R9")
parameter("statement_base", LogNormal(0.4, 1.6), "1/year", "Joint statements and labels in the record without warm words.", "R2 T1")
parameter("statement_rhetoric", LogNormal(3.0, 1.5), "log", "To the warmest words.", "R2 T1")
parameter("stance_rivalry", LogNormal(1.2, 1.4), "log-odds", "The alliance's language on China follows the rivalry of Washington and Beijing.", "P9 P15")
parameter("stance_cohesion", LogNormal(2.0, 1.5), "log-odds", "And the cohesion of the coalition.", "P9 P15")
parameter("influence_base", Normal(-2.25, 0.4), "log-odds", "China's formal influence capacity over Russia at the trade of 1992: a tenth in the 1990s.", "G17 B2")
parameter("influence_trade", LogNormal(0.35, 1.4), "log-odds", "With the logarithm of the two's trade: the index counts ties, and trade is the largest of those it counts.", "G17 B2")
parameter("influence_years", LogNormal(1.5, 1.4), "yr", "The ties it counts follow trade with a lag.", "G17")
parameter("influence_leverage", LogNormal(0.4, 2.0), "log-odds", "To full leverage, beyond what trade brings: dependence, the other half of the index.", "G17 B2")

observable("agreement", "Agreement of China and Russia on contested votes of the General Assembly", "share", one("un.ga.agree.contested.chn-rus", 0.01), lambda now, p: chance(p.agree_base + p.agree_coordination * now.coordination), "G5 R3", link="logit", spread=0.3)
observable("vetoes", "Joint vetoes of China and Russia", "count", one("un.sc.vetoes.chn-rus"), lambda now, p: p.veto_base * jnp.exp(p.veto_coordination * now.coordination), "G5 B10", link="count", model="count", spread=10.0)
observable("meetings", "Meetings of the two presidents", "count", one("dip.meetings.heads-of-state"), lambda now, p: p.meeting_base * jnp.exp(p.meeting_bond * now.bond) * (1 - p.meeting_elsewhere * shut_out(now.rivalry_wst_rus)), "G6", link="count", model="count", spread=10.0, without=PANDEMIC, regular=CALENDAR, note="Without 2020 and 2021, when nobody travelled. Where the rivalry of the West and Russia is at its height, summits on the ground of others are closed to Moscow.")
observable("exercises", "Joint exercises", "count", one("security.exercises.tally.chn-rus"), lambda now, p: p.exercise_base + p.exercise_integration * now.integration, "T13 R9", link="count", model="count", spread=10.0, regular=CALENDAR)
observable("patrols", "Joint air and naval patrols", "count", added("security.patrols.air.chn-rus", "security.patrols.naval.chn-rus"), lambda now, p: p.patrol_base * jnp.exp(p.patrol_integration * now.integration), "T13 R9", link="count", model="count", spread=10.0, regular=CALENDAR)
observable("statements", "Joint statements and labels in the record", "count", ((), _statements), lambda now, p: p.statement_base * jnp.exp(p.statement_rhetoric * now.rhetoric), "R2 T1", link="count", model="count", spread=2.0, note="Dated events of the kinds statement and label; how many the record holds depends on its makers too.")
observable("stance", "NATO's language on China", "code 0-4", one("nato.china-stance"), lambda now, p: p.stance_rivalry * now.rivalry_usa_chn + p.stance_cohesion * now.cohesion_wst, "P9 P15 T8", link="ordered", model="ordered", frequency="Q", spread=4.0, note="The prediction is the place on the latent scale that the cuts divide.")
observable("influence", "China's formal influence capacity over Russia", "index", one("dip.fbic.chn-rus"), lambda now, p: chance(p.influence_base + p.influence_trade * slowly(jnp.log(jnp.maximum(now.exports_rus_chn + now.exports_chn_rus, 0.1) / TRADE_THEN), p.influence_years) + p.influence_leverage * slowly(now.leverage_chn, p.influence_years)), "G17 B2", link="logit", spread=0.1, note="Ties counted (trade, arms, agreements, missions) times dependence on them; it follows trade more than one-sidedness.")

# Money and technology

parameter("machine_tools_lead", Normal(0.8, 0.6), "log-odds", "Machine tools come from China more than other technology does; after 2022 the West sells none.", "G9 P1")
parameter("machine_tools_part", LogNormal(0.12, 1.7), "share", "Machine tools in China's high-priority supplies.", "P1 G9")
parameter("car_base", Normal(0.3, 0.7), "log-odds", "Chinese cars against Chinese goods in general.", "G9 T6")
parameter("car_slope", LogNormal(2.0, 1.4), "log-odds", "Cars turned faster than other goods when Western makers left.", "G9 T6")
parameter("rate_base", LogNormal(2.5, 1.4), "percent/yr", "The key rate without any strain, which has not been seen; about 7 in calm years.", "P7 G24")
parameter("rate_strain", LogNormal(3.0, 1.35), "log", "To full strain on the budget; 19 in 2025.", "P7 G24")
parameter("military_base", LogNormal(0.011, 1.4), "share", "Military spending in output without any capacity for war, which has not been seen; about 3.3 percent in calm years.", "P7")
parameter("military_war", LogNormal(2.7, 1.4), "log", "To full capacity; 7.5 percent of output in 2025.", "P7")

observable("yuan_share", "Share of China-Russia trade settled in the two currencies", "share", one("finance.settle.natcur.chn-rus.spliced", 0.01), lambda now, p: now.yuan_share, "G15", link="logit", spread=0.35, floor=0.005)
observable("chn_capital", "Stock of Chinese direct investment in Russia", "US$ bn", either("finance.invest.fdi-stock.chn-rus.mofcom", "society.fdi.chn-rus.edb"), lambda now, p: now.chn_capital, "G13 B6", spread=0.6, gather="end", floor=0.1, note="Russia's central bank counts a third of it: most comes through third places.")
observable("machine_tools_share", "China's share of Russia's machine tool imports", "share", one("security.dualuse.machine-tools-share.chn-rus", 0.01), lambda now, p: chance(odds_of(now.tech_dependence) + p.machine_tools_lead), "G9 P1", link="logit", spread=0.5)
observable("machine_tools", "Machine tools from China to Russia", "US$ bn", one("security.dualuse.machine-tools.chn-rus", 1e-3), lambda now, p: p.machine_tools_part * now.dualuse_chn, "P1 G9", spread=0.4, floor=0.005)
observable("car_share", "Chinese makes in Russia's car sales", "share", one("society.auto.chinese-share", 0.01), lambda now, p: chance(p.car_base + p.car_slope * odds_of(ratio(now.goods_chn, now.goods_chn, now.goods_wst, now.goods_sou))), "G9 T6", link="logit", spread=0.5)
observable("key_rate", "Key rate of the Bank of Russia", "percent/yr", one("finance.russia.key-rate"), lambda now, p: p.rate_base * jnp.exp(p.rate_strain * now.fiscal_strain), "P7 G24", spread=0.3)
observable("military_share", "Military spending in Russia's output", "share", one("security.milex.gdpshare.rus", 0.01), lambda now, p: p.military_base * jnp.exp(p.military_war * now.war_capacity), "P7", spread=0.2)

# What people think, and the Arctic

parameter("good_base", Normal(1.3, 0.5), "log-odds", "Russians who think well of China when their country looks neither way.", "R10 T11")
parameter("good_orientation", LogNormal(1.0, 1.5), "log-odds", "To an Eastern orientation.", "R10 T11")
parameter("good_worry", LogNormal(0.8, 1.6), "log-odds", "Fear about the border lowers it.", "G1 G2 R10")
parameter("ally_base", Normal(-0.6, 0.5), "log-odds", "Russians who name China among friends and allies, looking neither way.", "T11 R10")
parameter("ally_orientation", LogNormal(2.3, 1.4), "log-odds", "To an Eastern orientation.", "T11")
parameter("friendly_base", Normal(0.35, 0.5), "log-odds", "Russians who call relations with China friendly, looking neither way.", "T11 R10")
parameter("friendly_orientation", LogNormal(2.0, 1.4), "log-odds", "To an Eastern orientation.", "T11")
parameter("america_base", Normal(-0.7, 0.5), "log-odds", "Russians who think well of America when their country looks neither way.", "T11 G24")
parameter("america_orientation", LogNormal(2.7, 1.4), "log-odds", "From a Western to a neutral orientation; four fifths in 1991, a sixth in 2024.", "T11 G24")
parameter("transit_base", LogNormal(1.2, 1.4), "Mt/yr", "Transit on the Northern Sea Route without Chinese access, as in 2013.", "G22")
parameter("transit_access", LogNormal(3.0, 1.5), "log", "To full access; almost all transit now runs between Russia and China.", "G22")

observable("opinion_good", "Russians who think well of China (Levada)", "share", one("society.levada.china-good", 0.01), lambda now, p: chance(p.good_base + p.good_orientation * now.orientation - p.good_worry * now.border_worry), "R10 G1 G2", link="logit", spread=0.3, note="Mean of the polls of the year.")
observable("opinion_ally", "Russians who name China among friends and allies (Levada)", "share", one("society.levada.ally-china", 0.01), lambda now, p: chance(p.ally_base + p.ally_orientation * now.orientation), "T11 R10", link="logit", spread=0.3)
observable("opinion_friendly", "Russians who call relations with China friendly (VCIOM)", "share", one("society.vciom.relations-friendly", 0.01), lambda now, p: chance(p.friendly_base + p.friendly_orientation * now.orientation), "T11 R10", link="logit", spread=0.35)
observable("opinion_america", "Russians who think well of America (Levada)", "share", one("society.levada.us-good", 0.01), lambda now, p: chance(p.america_base - p.america_orientation * now.orientation), "T11 G24", link="logit", spread=0.4, note="Mean of the polls of the year.")
observable("transit", "Transit cargo on the Northern Sea Route", "Mt", one("society.nsr.transit-cargo"), lambda now, p: p.transit_base * jnp.exp(p.transit_access * now.arctic_access), "G22", spread=0.4, floor=0.05)
# fmt: on

KEEP: tuple[str, ...] = tuple(dict.fromkeys(name for made in OBSERVABLES.values() for name in made.states))
