"""Does Chinese cover raise Russian risk-taking, and what does that do to Western coalitions?

Futures as they come are set beside the same with Beijing neutral and its cover withdrawn from 2027 (beijing-lets-go).
"""

from __future__ import annotations

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab, at, over, share_of_time
from amur.questions.arguments.verdict import shown
from amur.system.decisions import Risk
from amur.system.interventions import Force

ARGUMENT = Argument(
    "Emboldening",
    "Does Chinese cover make Moscow bolder, and does that unite the West?",
    ("B11", "B8", "P9"),
    ("cover", "cohesion_wst", "war_capacity", "threat_rus"),
)
FIRST, LAST = "2028-Q1", "2036-Q4"


def find(lab: Lab) -> Found:
    """B11: cover emboldens. P9: Russian war strengthens Western coalitions. B8: rank granted wins goodwill."""
    looks = [
        share_of_time("risk", Risk.PROBING, FIRST, LAST), share_of_time("risk", Risk.WAR, FIRST, LAST),
        over("cohesion_wst", FIRST, LAST), over("war_capacity", FIRST, LAST), at("trust_rus", LAST),
    ]  # fmt: skip
    probes, wars, united, capacity, trust = lab.effects(looks, (), "beijing-lets-go")
    war = (Force("ukraine", "full", start="2027-Q1", end="2029-Q4"),)
    peace = (Force("ukraine", "ceasefire", start="2027-Q1", end="2029-Q4"),)
    cohesion = lab.effect(over("cohesion_wst", "2028-Q1", "2029-Q4"), war, peace)
    before, after = _nato()
    return Found(
        (
            lab.mean("probes", "share of quarters of 2028-36 in which Moscow probes or makes war that Chinese cover and support add", "share", probes),
            lab.mean("wars", "share of quarters in which it makes war that they add", "share", wars),
            lab.mean("united", "cohesion of the West that they add", "index", united),
            lab.mean("capacity", "Russia's capacity to wage war that they add", "index", capacity),
            lab.mean("trust", "trust of Moscow in Beijing at the end of 2036 that they add", "index -1 to 1", trust),
            lab.mean("war-unites", "cohesion of the West, 2028-29, that full war in Ukraine adds to a ceasefire", "index", cohesion),
        ),
        (
            lab.holds("B11", "cover and support add at least two points to the share of quarters in which Moscow probes or makes war", lab.own(probes).of(lambda each: each > 0.02)),
            lab.holds("P9", "full war unites the West by at least 0.05 against a ceasefire", lab.own(cohesion).of(lambda each: each > 0.05)),
            shown("P9", f"the Atlantic alliance grew after 2022 (from {before:.0f} to {after:.0f} members)", after > before),
            lab.holds("B8", "to be granted rank and cover is worth trust in Moscow", lab.own(trust).of(lambda each: each > 0)),
        ),
    )  # fmt: skip


def _nato() -> tuple[float, float]:
    """Members of the Atlantic alliance at the end of 2021 and at the last value of the record."""
    from amur.record import load

    points = {point.period: point.value for point in load(overlay=False).timeseries("nato.members").points}
    return points["2021"], points[max(points)]
