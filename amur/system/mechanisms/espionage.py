"""The services: they share what they know of the rival and spy on each other at once."""

from __future__ import annotations

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import Beta, LogNormal
from amur.system.state import State

parameter(
    "alarm_hurt",
    LogNormal(0.012, 1.6),
    "index/quarter",
    "Full alarm among the services weighs about as much as fear about the border.",
    "G12 T14",
)
parameter(
    "kremlin_calm", Beta(0.6, 10), "share", "Share of the services' alarm that the Kremlin shrugs off.", "G12"
)
parameter(
    "spying_alarms", LogNormal(0.12, 1.6), "share/quarter", "A quarter full of public spy cases.", "T14 G12"
)
parameter(
    "alarm_fades",
    LogNormal(0.02, 1.5),
    "share/quarter",
    "Services forget slowly; cases have come faster since 2020.",
    "T14",
)
parameter(
    "services_share",
    LogNormal(0.02, 1.5),
    "index/quarter",
    "Where policy is coordinated, the services exchange what they know of the common rival.",
    "T14",
)
parameter("alarm_closes", LogNormal(0.05, 1.5), "share/quarter", "Alarmed services hold back.", "G12")


@mechanism(
    writes="trust_rus- trust_chn-",
    claims="G12 T14",
    equation="trust_rus += -alarm_hurt * (1 - kremlin_calm) * alarm * (1 + trust_rus); trust_chn += -alarm_hurt * alarm * (1 + trust_chn)",
)
def spying_costs_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Spying on each other costs trust, though the Kremlin lets little of its services' alarm through."""
    hurt = p.alarm_hurt * now.alarm
    return Change(
        trust_rus=-hurt * (1 - p.kremlin_calm) * (1 + now.trust_rus), trust_chn=-hurt * (1 + now.trust_chn)
    )


@mechanism(
    writes="alarm~",
    claims="T14 G12",
    equation="alarm += spying_alarms * espionage * (1 - alarm) - alarm_fades * alarm",
)
def spy_cases_alarm_the_services(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Each spy case alarms the services on both sides, and they are slow to calm down."""
    return Change(alarm=p.spying_alarms * outside.espionage * (1 - now.alarm) - p.alarm_fades * now.alarm)


@mechanism(
    writes="intelligence~",
    claims="T14 G12",
    equation="intelligence += services_share * coordination * (1 - intelligence) - alarm_closes * alarm * intelligence",
)
def services_share_and_watch(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """The services share what they know where policy runs together, and close up as they catch each other spying."""
    shared = p.services_share * now.coordination * (1 - now.intelligence)
    return Change(intelligence=shared - p.alarm_closes * now.alarm * now.intelligence)
