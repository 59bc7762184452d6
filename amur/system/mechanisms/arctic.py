"""The Arctic: gas brings China in, and Moscow keeps the door half shut."""

from __future__ import annotations

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "arctic_open",
    LogNormal(0.012, 1.6),
    "index/quarter",
    "From nothing in 2013 to stakes in two plants, 95 percent of transit cargo (2024) and joint coast guard patrols.",
    "G22",
)
parameter(
    "arctic_guard",
    LogNormal(0.04, 1.6),
    "share/quarter",
    "Chinese research ships were refused and financiers sought elsewhere while there was a choice.",
    "G22",
)
parameter(
    "arctic_route",
    LogNormal(0.8, 1.6),
    "log",
    "What full access, with stakes and ice-class tankers, adds to China's pull on liquefied gas.",
    "G22 B3",
)


@mechanism(
    writes="arctic_access+",
    claims="G22 B3",
    equation="arctic_access += arctic_open * was.sanctions / 3 * (0.5 + lng_chn / (lng_chn + 20)) * (1 - arctic_access)",
)
def gas_opens_the_north(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Sanctions and the gas trade oblige Russia to let Chinese money and ships into its Arctic."""
    need = now.was.sanctions / 3 * (0.5 + now.lng_chn / (now.lng_chn + 20))
    return Change(arctic_access=p.arctic_open * need * (1 - now.arctic_access))


@mechanism(
    writes="arctic_access-",
    claims="G22",
    equation="arctic_access += -arctic_guard * autonomy_worry * (1 - was.sanctions / 4) * arctic_access",
)
def moscow_guards_the_north(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Moscow resists a Chinese say in the Arctic and looks for other money, as far as it has the choice."""
    choice = now.autonomy_worry * (1 - now.was.sanctions / 4)
    return Change(arctic_access=-p.arctic_guard * choice * now.arctic_access)


@mechanism(
    writes="pull_lng_chn+",
    claims="G22 B3",
    equation="pull_lng_chn += arctic_route * arctic_access",
)
def northern_gas_goes_to_china(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Stakes, credit and ice-class tankers turn Arctic gas towards China."""
    return Change(pull_lng_chn=p.arctic_route * now.arctic_access)
