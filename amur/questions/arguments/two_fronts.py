"""What does each do while the other is at war, and would their wars come together?

Russia at full war in 2027-28 is set beside a frozen front, and a war over Taiwan in 2028-29 beside a calm Strait; what each
makes of the other's choices is a difference of twins.
"""

from __future__ import annotations

import numpy as np

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Lab, Numbers, ever, over, share_of_time
from amur.questions.ensembles import Run
from amur.system.decisions import Risk, Support, Taiwan, Ukraine
from amur.system.interventions import Force

ARGUMENT = Argument(
    "Two fronts",
    "What does each do when the other is at war?",
    ("R11", "T15", "P18"),
    ("threat_rus", "threat_chn", "coordination", "oil_chn"),
)
FULL = (Force("ukraine", "full", start="2027-Q1", end="2028-Q4"),)
QUIET = (Force("ukraine", "ceasefire", start="2027-Q1", end="2028-Q4"),)
CALM = (Force("taiwan", "calm", start="2028-Q1", end="2029-Q4"),)
FIRST, LAST = "2027-Q1", "2029-Q4"


def at_once(run: Run) -> Numbers:
    """Whether both wars are on in any quarter to the end of 2036."""
    when = slice(0, run.at("2036-Q4") + 1)
    return np.asarray(
        ((run["ukraine"][when] == Ukraine.FULL) & (run["taiwan"][when] >= Taiwan.BLOCKADE)).any(axis=0)
    )


def find(lab: Lab) -> Found:
    """R11: each sets its own clock. T15: neither risks war for the other. P18: then Russia is the rear."""
    strait = lab.effect(ever("taiwan", Taiwan.BLOCKADE, FIRST, LAST), FULL, QUIET)
    war = [
        share_of_time("risk", Risk.WAR, "2028-Q1", "2030-Q4"), share_of_time("support", Support.DUAL_USE, "2028-Q1", "2029-Q4"),
        over("oil_chn", "2028-Q3", LAST), over("food_chn", "2028-Q3", LAST), over("coordination", "2028-Q3", LAST),
    ]  # fmt: skip
    risk, support, oil, food, together = lab.effects(war, "taiwan-war", CALM)
    lethal = lab.look(ever("support", Support.LETHAL, "2027-Q1", "2028-Q4"), FULL)
    together_at_war = lab.look(at_once)
    return Found(
        (
            lab.mean("strait", "change of the probability of a blockade or war over Taiwan by 2029, Russia at full war in 2027-28 against a ceasefire", "probability", strait),
            lab.mean("risk", "change of the share of quarters of 2028-30 in which Russia makes war, Taiwan at war against a calm Strait", "share", risk),
            lab.mean("rear", "crude that Russia sends China in that war, more than in calm", "Mt/yr", oil, good="oil"),
            lab.mean("rear", "food that Russia sends China in that war, more than in calm", "Mt/yr", food, good="food"),
            lab.mean("support", "change of the share of quarters in which Beijing supplies dual-use goods or more, in its own war", "share", support),
            lab.mean("together", "coordination in that war", "index", together),
            lab.chance("lethal", "probability that Beijing arms a Russia at full war in 2027-28", lethal),
            lab.chance("at-once", "probability that both wars are on at once in some quarter to 2036", together_at_war),
        ),
        (
            lab.holds("R11", "a Russian war moves the chance of one over Taiwan by less than ten points either way", lab.own(strait).of(lambda each: np.abs(each) < 0.1)),
            lab.holds("R11", "both wars at once by the end of 2036 are less likely than one in ten", lab.own(together_at_war).of(lambda each: each < 0.1)),
            lab.holds("T15", "Beijing does not arm a Russia at war, nor does Moscow open a war for Beijing (each less than one in ten)", lab.own(lethal).beside([lab.own(risk)], lambda a, b: (a < 0.1) & (b < 0.1))),
            lab.holds("P18", "in a war over Taiwan Russia sends China more oil than in calm", lab.own(oil).of(lambda each: each > 0)),
        ),
        ("A war over Taiwan has not been seen; all of this rests on the mechanisms that the essays assert.",),
    )  # fmt: skip
