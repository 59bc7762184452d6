"""The border: settled by treaty, guarded together, and watched with an eye to numbers on the other bank."""

from __future__ import annotations

from amur.system.decisions import Decisions, Treaty
from amur.system.declare import Change, Parameters, mechanism, parameter
from amur.system.forcings import Forcings
from amur.system.priors import LogNormal
from amur.system.state import State

parameter(
    "border_settle",
    LogNormal(0.025, 1.5),
    "share/quarter",
    "From the treaty of 2001 to the last protocol of 2008 the question left politics: half of the worry in seven years.",
    "G1",
)
parameter(
    "border_drills",
    LogNormal(0.02, 1.7),
    "share/quarter",
    "Chinese troops drilled in Siberia in 2018 without an outcry.",
    "G2",
)
parameter(
    "border_fear",
    LogNormal(0.008, 1.7),
    "index/quarter",
    "Some fear of numbers stays: espionage cases, the map of 2023.",
    "R10 T16",
)
parameter(
    "border_crowd",
    LogNormal(150, 1.4),
    "ratio",
    "Chinese to each inhabitant of the Russian Far East at which the imbalance weighs half; the ratio was 145 in 1992, near 177 in 2024.",
    "G2 T16",
)
parameter(
    "border_peace",
    LogNormal(0.003, 1.7),
    "index/quarter",
    "A quiet border of 4,200 km adds to trust year by year; a decade of it about a tenth of the scale.",
    "G1",
)


@mechanism(
    writes="border_worry-",
    claims="G1 G2",
    equation="border_worry += -border_settle * (treaty >= Treaty.FRIENDSHIP) * border_worry",
)
def settlement_calms(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """With the friendship treaty both give up claims, the last islands are divided, and fear of the border fades."""
    return Change(border_worry=-p.border_settle * (chosen.treaty >= Treaty.FRIENDSHIP) * now.border_worry)


@mechanism(
    writes="border_worry-",
    claims="G2",
    equation="border_worry += -border_drills * integration * border_worry",
)
def joint_drills_calm(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Those who drill together fear each other less across the river."""
    return Change(border_worry=-p.border_drills * now.integration * now.border_worry)


@mechanism(
    writes="border_worry+",
    claims="R10 T16 G2",
    equation="""imbalance = population_chn / (population_chn + border_crowd * population_rfe)
        border_worry += border_fear * imbalance * (0.3 + assertiveness) * (1 - border_worry)""",
)
def numbers_frighten(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """An empty Far East beside a crowded and assertive neighbour keeps some worry alive, until both sides shrink."""
    imbalance = outside.population_chn / (outside.population_chn + p.border_crowd * outside.population_rfe)
    return Change(border_worry=p.border_fear * imbalance * (0.3 + now.assertiveness) * (1 - now.border_worry))


@mechanism(
    writes="trust_rus+ trust_chn+",
    claims="G1",
    equation="""quiet = border_peace * (treaty >= Treaty.FRIENDSHIP) * (1 - border_worry)
        trust_rus += quiet * (1 - trust_rus)
        trust_chn += quiet * (1 - trust_chn)""",
)
def quiet_border_builds_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Both want peace on their long border, and each year of it adds a little trust."""
    quiet = p.border_peace * (chosen.treaty >= Treaty.FRIENDSHIP) * (1 - now.border_worry)
    return Change(trust_rus=quiet * (1 - now.trust_rus), trust_chn=quiet * (1 - now.trust_chn))


parameter(
    "border_sour",
    LogNormal(0.004, 1.8),
    "index/quarter",
    "Worry about the border kept trust low in the 1990s; later it hardly shows.",
    "R10",
)


@mechanism(
    writes="trust_rus-",
    claims="R10",
    equation="trust_rus += -border_sour * border_worry * (1 + trust_rus)",
)
def worry_sours_trust(now: State, chosen: Decisions, outside: Forcings, p: Parameters) -> Change:
    """Those in Russia who see the border as a danger trust the neighbour less."""
    return Change(trust_rus=-p.border_sour * now.border_worry * (1 + now.trust_rus))
