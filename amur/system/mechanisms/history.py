"""History: old grievance that incidents and pride stir, and that officials keep down."""

from __future__ import annotations

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "grievance_flare",
    LogNormal(0.04, 1.7),
    "index",
    "One incident, such as the map of 2023, stirs the public for some quarters and no more.",
    "G23",
)
parameter(
    "grievance_pride",
    LogNormal(0.004, 1.7),
    "index/quarter",
    "Nationalism that Beijing encourages at home has old Russian wrongs among its matter.",
    "G23",
)
parameter(
    "grievance_restraint",
    LogNormal(0.015, 1.6),
    "share/quarter",
    "Officials on both sides play history down; half is forgotten in a decade or two.",
    "G23",
)
parameter(
    "grievance_phobia",
    LogNormal(0.004, 1.8),
    "index/quarter",
    "Popular grievance moved the two governments little so far.",
    "G23",
)


@mechanism(
    writes="grievance+",
    claims="G23",
    equation="grievance += grievance_flare * grievance_spark * (1 - grievance)",
)
def incidents_stir(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Incidents over maps, anniversaries and border guards stir old grievance."""
    return Change(grievance=p.grievance_flare * outside.grievance_spark * (1 - now.grievance))


@mechanism(
    writes="grievance+",
    claims="G23 G24",
    equation="grievance += grievance_pride * assertiveness * (1 - grievance)",
)
def pride_stirs(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """An assertive Beijing feeds a nationalism that remembers what Russia once took."""
    return Change(grievance=p.grievance_pride * now.assertiveness * (1 - now.grievance))


@mechanism(
    writes="grievance-",
    claims="G23",
    equation="grievance += -grievance_restraint * coordination * grievance",
)
def officials_keep_it_down(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Governments that work together keep history out of the papers."""
    return Change(grievance=-p.grievance_restraint * now.coordination * now.grievance)


@mechanism(
    writes="trust_rus- trust_chn-",
    claims="G23",
    equation="""phobia = grievance_phobia * grievance
        trust_rus += -phobia * (1 + trust_rus)
        trust_chn += -phobia * (1 + trust_chn)""",
)
def phobia_returns(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Grievance breeds mutual phobia, which wears trust down."""
    phobia = p.grievance_phobia * now.grievance
    return Change(trust_rus=-phobia * (1 + now.trust_rus), trust_chn=-phobia * (1 + now.trust_chn))
