"""Price: what a single buyer can ask, what sanctions take off a barrel, and a gas price tied to oil."""

from __future__ import annotations

import jax.numpy as jnp

from amur.system.decisions import Decisions, Leverage, Sanctions
from amur.system.declare import Array, Change, Parameters, mechanism, parameter
from amur.system.flows import Pulls
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal, Normal
from amur.system.state import State

# fmt: off
parameter("single_buyer_price", LogNormal(6.0, 1.8), "US$/bbl per share", "With a seventh of energy revenue bound to China the record leaves room for one or two dollars.", "G18")
parameter("bargain_share", Beta(0.3, 8), "share", "What Beijing gets of the loss that Moscow avoids by selling to its only buyer.", "G18")
parameter("fallback_loss", LogNormal(0.2, 1.5), "share", "What a barrel loses when it must leave the pipe for the sea.", "G18 R5")
parameter("squeeze_price", LogNormal(0.5, 2.0), "US$/bbl", "The dispute of 2011 was over 1.50 dollars a barrel, but crude at China's border cost more than Brent in 2012 and little less in 2024, both under a squeeze.", "G18 G19")
parameter("squeeze_gas", LogNormal(0.05, 1.6), "log", "China paid Russia less for gas than Central Asia by a tenth or more.", "G18")
parameter("forbearance_price", LogNormal(1.0, 1.8), "US$/bbl", "A dollar or so of the discount that Beijing could take and leaves.", "G19 B9")
parameter("distress_chn", LogNormal(25, 1.3), "US$/bbl per share", "Discount at China's border in 2022 of 8.5 dollars with half of crude in search of buyers.", "G18 P7")
parameter("distress_elsewhere", LogNormal(28, 1.3), "US$/bbl per share", "Urals fell 25 to 30 dollars below Brent in spring 2022.", "T6 P7")
parameter("sanction_gap", LogNormal(11, 1.25), "US$/bbl", "Urals stayed near 12 dollars below Brent in 2024, when displaced crude had its buyers.", "T6 P7")
parameter("concession_usual", Normal(-0.5, 0.6), "US$/bbl", "Crude at China's border cost half a dollar more than Brent on average in 2000-21.", "G18")
parameter("concession_speed", Beta(0.5, 30), "share/quarter", "Spot cargoes and monthly formulas pass a change on within two quarters.")
parameter("gas_link", LogNormal(3.2, 1.05), "US$/1000 m3 per US$/bbl", "2.7 to 3.2 in customs data of 2020-25, with oil averaged over nine months.", "G4 R4")
parameter("gas_lag", Beta(0.23, 40), "share/quarter", "Oil averaged over nine months, paid in the quarter after.", "R4")
parameter("noise_concession", LogNormal(0.8, 1.3), "US$/bbl per quarter", "Yearly changes before 2022 of one to two dollars either way.")
# fmt: on


def _closed(chosen: Decisions, outside: Forcings) -> Array:
    return jnp.clip((chosen.sanctions == Sanctions.COMPREHENSIVE) + outside.embargo, 0, 1)


CLOSED = "closed = clip((sanctions == Sanctions.COMPREHENSIVE) + embargo, 0, 1)"


@mechanism(
    writes="pull_concession+",
    claims="G18",
    equation="""exits = min(share_oil_wst + 0.5*(1 - min(share_oil_chn + share_oil_wst, 1)), 1)
pull_concession += single_buyer_price*single_buyer*(1 - exits)""",
)
def single_buyer_lowers_price(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """A seller whose pipes end at one buyer must give way on price, the less so the more other outlets it has.

    The default because both things that it reads, bound revenue and outlets, are in the books. In the record the
    second line to China (2018) came with a premium, so the prior keeps the effect small.
    """
    other = 1 - jnp.minimum(now.share_oil_chn + now.share_oil_wst, 1)
    exits = jnp.minimum(now.share_oil_wst + 0.5 * other, 1)
    return Change(pull_concession=p.single_buyer_price * now.single_buyer * (1 - exits))


@mechanism(
    writes="pull_concession+",
    claims="G18",
    rival_of="price.single_buyer_lowers_price",
    by="bargain",
    equation="""pull_concession += bargain_share*fallback_loss*oil_price*single_buyer""",
)
def bargain_over_the_bound_barrel(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The two split what Moscow would lose by taking bound oil elsewhere, so the discount moves with the oil price.

    A bargain in Nash's sense over the bound part of revenue; other outlets do not matter beyond the cost of moving.
    """
    return Change(pull_concession=p.bargain_share * p.fallback_loss * outside.oil_price * now.single_buyer)


@mechanism(
    writes="pull_concession+ pull_gas_price-",
    claims="G18 G17",
    equation="""squeezed = (leverage != Leverage.FORBEAR)*(1 - exp(-3*leverage_chn))
pull_concession += 2*squeeze_price*squeezed
pull_gas_price += -2*squeeze_gas*squeezed""",
)
def squeeze_takes_more(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """When Beijing uses its leverage, price is where it shows first, and the more leverage the more it gets.

    The record speaks for gas (Chinese terms for new lines) and hardly for crude: in the coded squeezes of 2011-12 and
    2024 crude at China's border was dear beside Brent, or growing dearer.
    """
    squeezed = (chosen.leverage != Leverage.FORBEAR) * (1 - jnp.exp(-3 * now.leverage_chn))
    return Change(pull_concession=2 * p.squeeze_price * squeezed, pull_gas_price=-2 * p.squeeze_gas * squeezed)


@mechanism(
    writes="pull_concession-",
    claims="G19 B9",
    equation="""pull_concession += -forbearance_price*(leverage == Leverage.FORBEAR)*(1 + trust_chn)/2*leverage_chn""",
)
def forbearance_leaves_price(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """While Beijing forbears and trusts Moscow, it leaves part of the discount that it could take."""
    spared = (chosen.leverage == Leverage.FORBEAR) * (1 + now.trust_chn) / 2 * now.leverage_chn
    return Change(pull_concession=-p.forbearance_price * spared)


@mechanism(
    writes="pull_concession+ pull_urals_gap+",
    claims="G18 T6 P7",
    equation=f"""{CLOSED}
pull_concession += distress_chn*closed*share_oil_wst
pull_urals_gap += closed*(sanction_gap + distress_elsewhere*share_oil_wst)""",
)
def barred_barrels_sell_cheap(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Barred crude sells at a discount that shrinks as it finds new buyers, so that Moscow goes on being paid.

    Crude still bound for the West stands for barrels in search of a buyer (series energy.price.crude-vs-brent.rus-chn,
    energy.price.urals-vs-brent: deep in 2022, shallow by 2024).
    """
    closed = _closed(chosen, outside)
    return Change(
        pull_concession=p.distress_chn * closed * now.share_oil_wst,
        pull_urals_gap=closed * (p.sanction_gap + p.distress_elsewhere * now.share_oil_wst),
    )


@mechanism(
    writes="crude_concession~",
    claims="G18 B9",
    equation="crude_concession += concession_speed*(concession_usual + pull_concession - crude_concession)",
)
def concession_settles(now: State, chosen: Decisions, outside: Forcings, p: Parameters, pulls: Pulls) -> Change:
    """Contract prices follow the balance of bargaining within a few quarters."""
    return Change(
        crude_concession=p.concession_speed
        * (p.concession_usual + pulls.pull_concession - now.crude_concession)
    )


@mechanism(
    writes="gas_price_chn~",
    claims="G4 R4",
    equation="gas_price_chn += gas_lag*(gas_link*oil_price*exp(clip(pull_gas_price, -3, 3)) - gas_price_chn)",
)
def gas_follows_oil(now: State, chosen: Decisions, outside: Forcings, p: Parameters, pulls: Pulls) -> Change:
    """Gas for China is priced by formula on oil, with a lag of about nine months, and what was conceded stays off."""
    formula = p.gas_link * outside.oil_price * jnp.exp(jnp.clip(pulls.pull_gas_price, -3, 3))
    return Change(gas_price_chn=p.gas_lag * (formula - now.gas_price_chn))
