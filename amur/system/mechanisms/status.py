"""Status: to be treated as a great power costs Beijing little and is worth much in Moscow."""

from __future__ import annotations

from amur.system.decisions import Decisions, Leverage
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "status_pace", LogNormal(0.08, 1.5), "share/quarter", "Protocol changes within two or three years.", "B8"
)
parameter(
    "status_courtesy",
    Beta(0.5, 12),
    "index",
    "Status that Beijing accords when it needs nothing; partner of equals since 1996.",
    "B8",
)
parameter("status_goodwill", LogNormal(0.004, 1.7), "index/quarter", "Half of what forbearance does.", "B8")
parameter(
    "status_soothes",
    LogNormal(0.02, 1.6),
    "share/quarter",
    "Honours take some of the sting out of pressure.",
    "B8",
)


@mechanism(
    writes="status~",
    claims="B8",
    equation="due = (status_courtesy + (1 - status_courtesy) * threat_chn) * where(leverage == Leverage.DEMAND, 0.5, 1); status += status_pace * (due - status)",
)
def need_buys_status(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Beijing treats Moscow as a great power, the more so the more it needs a friend; a demand shows otherwise."""
    due = p.status_courtesy + (1 - p.status_courtesy) * now.threat_chn
    due = due * (1 - 0.5 * (chosen.leverage == Leverage.DEMAND))
    return Change(status=p.status_pace * (due - now.status))


@mechanism(
    writes="trust_rus+ resentment-",
    claims="B8",
    equation="trust_rus += status_goodwill * status * (1 - trust_rus); resentment += -status_soothes * status * resentment",
)
def status_wins_goodwill(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Respect shown in public wins goodwill in Moscow and soothes what resentment there is."""
    return Change(
        trust_rus=p.status_goodwill * now.status * (1 - now.trust_rus),
        resentment=-p.status_soothes * now.status * now.resentment,
    )
