"""What does each Western lever do alone, and all together? Synergy is the joint effect less the sum of the single ones."""

from __future__ import annotations

from functools import reduce

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Both, Done, Lab, at, over
from amur.system.interventions import Hold

ARGUMENT = Argument(
    "The wedge",
    "What does each Western lever do alone, and together?",
    ("P21", "P22", "P23", "P24", "T11"),
    ("war_capacity", "trust_rus", "rear_chn", "dualuse_chn", "orientation"),
)
SINGLE: dict[str, Done] = {
    "energy-links": "energy-links", "production-transfer": "production-transfer", "expose": "expose",
    "coordination alone": (Hold("western_coordination", 1.0, start="2027-Q1", ramp=3),),
}  # fmt: skip
JOINT, OFFER = "coordination", "wedge-offer"
WHEN = "2030-Q4"
AIMS = {
    "war_capacity": ("Russia's capacity to wage war at the end of 2030", "index", at("war_capacity", WHEN)),
    "dualuse_chn": ("China's supply of dual-use goods in 2030", "US$ bn/yr", over("dualuse_chn", "2030-Q1", WHEN)),
    "trust_rus": ("trust of Moscow in Beijing at the end of 2030", "index -1 to 1", at("trust_rus", WHEN)),
    "rear_chn": ("Russia's capacity as China's rear at the end of 2036", "index", at("rear_chn", "2036-Q4")),
    "orientation": ("Russia's orientation, + East, at the end of 2030", "index -1 to 1", at("orientation", WHEN)),
}  # fmt: skip


def find(lab: Lab) -> Found:
    """P24 holds that together they do more than the sum; P21 to P23 say what each does; T11 that Moscow may be turned."""
    looks = [look for _, _, look in AIMS.values()]
    without = lab.looks(looks)
    does: dict[str, dict[str, Both]] = {}
    for name, done in {**SINGLE, JOINT: JOINT, OFFER: OFFER}.items():
        under = lab.looks(looks, done)
        does[name] = {aim: a - b for aim, a, b in zip(AIMS, under, without, strict=True)}
    synergy = {
        aim: reduce(Both.__sub__, (does[name][aim] for name in SINGLE), does[JOINT][aim]) for aim in AIMS
    }
    numbers = [
        lab.mean(
            "synergy",
            f"synergy: joint effect less the sum of the single ones, {about}",
            unit,
            synergy[aim],
            aim=aim,
        )
        for aim, (about, unit, _) in AIMS.items()
    ]
    numbers += [
        lab.mean("effect", f"effect on {about}", unit, does[name][aim], lever=name, aim=aim)
        for name in does
        for aim, (about, unit, _) in AIMS.items()
    ]
    beyond, joint = (lab.own(each["war_capacity"]) for each in (synergy, does[JOINT]))
    more = beyond.beside([joint], lambda s, j: (s < 0) & (s < 0.1 * (j - s)))
    return Found(
        tuple(numbers),
        (
            lab.holds("P24", "together the levers take a tenth more of Russia's war capacity than the sum of what each takes", more),
            lab.holds("P21", "hindering links takes at least 0.02 from Russia's capacity as China's rear by 2036", lab.own(does["energy-links"]["rear_chn"]).of(lambda each: each < -0.02)),
            lab.holds("P22", "preventing the transfer of production takes at least 0.02 from Russia's war capacity", lab.own(does["production-transfer"]["war_capacity"]).of(lambda each: each < -0.02)),
            lab.holds("P23", "exposure takes at least 0.05 of Moscow's trust", lab.own(does["expose"]["trust_rus"]).of(lambda each: each < -0.05)),
            lab.holds("T11", "an offer to Moscow turns it West by at least 0.1 while it lasts", lab.own(does[OFFER]["orientation"]).of(lambda each: each < -0.1)),
        ),
        ("What joint levers do beyond their sum rests on one mechanism (western-policy.levers_reinforce) whose strength no record gives.",),
    )  # fmt: skip
