"""Elite capture: money makes friends among those who decide."""

from __future__ import annotations

from amur.system.decisions import Decisions
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "capture_gain",
    LogNormal(0.02, 1.6),
    "index/quarter",
    "Half a generation of full Chinese money; nothing in the record measures it.",
    "B7",
)
parameter(
    "capture_capital",
    LogNormal(40.0, 1.4),
    "US$ bn",
    "Chinese investment at which half of what it can buy is bought.",
    "B7",
)
parameter(
    "capture_fades",
    LogNormal(0.012, 1.5),
    "share/quarter",
    "Friends retire or are purged within some twenty years.",
    "B7",
)


@mechanism(
    writes="capture~",
    claims="B7",
    equation="money = 0.5 * (chn_capital / (chn_capital + capture_capital) + dependence_rus); capture += capture_gain * money * (1 - capture) - capture_fades * capture",
)
def money_buys_friends(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Chinese capital and trade make insiders in Moscow rich, and those look kindly on Beijing."""
    money = 0.5 * (now.chn_capital / (now.chn_capital + p.capture_capital) + now.dependence_rus)
    return Change(capture=p.capture_gain * money * (1 - now.capture) - p.capture_fades * now.capture)
