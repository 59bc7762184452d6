"""What the actors choose, and how: quantal response over stated utilities (McKelvey and Palfrey 1995).

An option's probability is ``softmax(precision * (utility + inertia if it is the present one))``. Utilities are sums
of what the motives in :mod:`amur.system.mechanisms` say; an option of which nobody says anything has utility 0.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from amur.system.declare import Array, parameter
from amur.system.priors import LogNormal


class Support(IntEnum):
    """Beijing's support of Moscow against the West (coding china-support)."""

    NEUTRAL = 0
    POLITICAL = 1
    DUAL_USE = 2
    LETHAL = 3


class Leverage(IntEnum):
    """Beijing's use of leverage over Moscow (coding china-leverage)."""

    FORBEAR = 0
    SQUEEZE = 1
    DEMAND = 2


class Answer(IntEnum):
    """Moscow's answer to Beijing's wishes (coding russia-concession)."""

    DEFY = 0
    COMMERCIAL = 1
    STRATEGIC = 2


class Risk(IntEnum):
    """Russian risk-taking toward the West (from war.ukraine.state and rivalry.wst-rus)."""

    RESTRAINED = 0
    PROBING = 1
    WAR = 2


class Ukraine(IntEnum):
    """State of the war in Ukraine (coding war-mode)."""

    PEACE = 0
    LOW = 1
    FROZEN = 2
    FULL = 3
    CEASEFIRE = 4


class Taiwan(IntEnum):
    """State of the Taiwan Strait (coding taiwan-mode, with a blockade apart from war)."""

    CALM = 0
    COERCION = 1
    CRISIS = 2
    BLOCKADE = 3
    WAR = 4


class Sanctions(IntEnum):
    """Western sanctions on Russia (coding western-sanctions)."""

    NONE = 0
    TARGETED = 1
    SECTORAL = 2
    COMPREHENSIVE = 3


class Secondary(IntEnum):
    """Western secondary sanctions on Chinese parties (coding secondary-sanctions); LARGE_BANKS has not been seen."""

    NONE = 0
    ANNOUNCED = 1
    ENTITIES = 2
    THREATENED = 3
    BANKS = 4
    LARGE_BANKS = 5


class Treaty(IntEnum):
    """What binds the two in law."""

    NONE = 0
    FRIENDSHIP = 1
    GUARANTEE = 2


class Wedge(IntEnum):
    """What Washington offers Moscow to leave Beijing's side (series wedge.usa-rus)."""

    NONE = 0
    SIGNAL = 1
    OFFER = 2


class Kremlin(IntEnum):
    """Who rules in Moscow: the generation in power, or a successor who looks East or West."""

    INCUMBENT = 0
    EASTERN = 1
    WESTERN = 2


class Zhongnanhai(IntEnum):
    """Who rules in Beijing: the present assertive leader, or a careful or an assertive successor."""

    INCUMBENT = 0
    CAREFUL = 1
    ASSERTIVE = 2


class Decisions(NamedTuple):
    """The options chosen, as codes: in history as coded from the record, ahead as drawn."""

    support: Array = Support  # type: ignore[assignment]
    leverage: Array = Leverage  # type: ignore[assignment]
    answer: Array = Answer  # type: ignore[assignment]
    risk: Array = Risk  # type: ignore[assignment]
    ukraine: Array = Ukraine  # type: ignore[assignment]
    taiwan: Array = Taiwan  # type: ignore[assignment]
    sanctions: Array = Sanctions  # type: ignore[assignment]
    secondary: Array = Secondary  # type: ignore[assignment]
    treaty: Array = Treaty  # type: ignore[assignment]
    wedge: Array = Wedge  # type: ignore[assignment]
    kremlin: Array = Kremlin  # type: ignore[assignment]
    zhongnanhai: Array = Zhongnanhai  # type: ignore[assignment]


OPTIONS: dict[str, type[IntEnum]] = dict(Decisions._field_defaults)
WHO = {
    "support": "Beijing", "leverage": "Beijing", "answer": "Moscow", "risk": "Moscow", "ukraine": "both sides of the war",
    "taiwan": "Beijing", "sanctions": "the West", "secondary": "the West", "treaty": "Beijing and Moscow",
    "wedge": "Washington", "kremlin": "Moscow", "zhongnanhai": "Beijing",
}  # fmt: skip
TERMS = tuple(f"{name}__{option.name.lower()}" for name, options in OPTIONS.items() for option in options)

parameter(
    "precision_treaty",
    LogNormal(2.0, 1.5),
    "1/utility",
    f"How sharply {WHO['treaty']} picks the best option; quantal response of 2 leaves visible noise.",
)
parameter(
    "inertia_treaty",
    LogNormal(1.5, 1.4),
    "utility",
    "Staying with the present choice is worth this much each quarter; spells in the record last years.",
)

# Beijing, the strait and Moscow's answer: tight, since two loose priors multiply into odds of rare events.
for _name in ("support", "leverage", "answer", "taiwan"):
    parameter(
        f"precision_{_name}",
        LogNormal(2.0, 1.1),
        "1/utility",
        f"Fixes the scale on which the utilities of {WHO[_name]} are stated; the record cannot tell it from theirs.",
    )
parameter(
    "inertia_support",
    LogNormal(1.5, 1.2),
    "utility",
    "Three spells in 136 quarters; a level lapses eight quarters after its last act.",
    "P11",
)
parameter(
    "inertia_leverage",
    LogNormal(1.5, 1.2),
    "utility",
    "Two squeezes of five quarters each; a spell lapses after four.",
    "B9",
)
parameter(
    "inertia_answer",
    LogNormal(0.1, 1.5),
    "utility",
    "A concession is coded in its quarter alone, so that giving once hardly makes giving again likelier.",
)
parameter(
    "inertia_taiwan",
    LogNormal(1.5, 1.1),
    "utility",
    "Calm and coercion last for years; that a crisis does not is a mechanism of its own.",
    "R11",
)
for _name in ("kremlin", "zhongnanhai"):
    parameter(
        f"precision_{_name}",
        LogNormal(1.0, 1.01),
        "1/utility",
        "One, so that the motives of a succession are logs of its chance.",
        "T11",
    )
    parameter(
        f"inertia_{_name}",
        LogNormal(8.0, 1.01),
        "utility",
        "Who rules goes on ruling: without a motive one change in 3,000 quarters.",
        "T11",
    )

# The war and the West: tight for the same reason.
for _name in ("risk", "ukraine", "sanctions", "secondary", "wedge"):
    parameter(
        f"precision_{_name}",
        LogNormal(2.0, 1.15),
        "1/utility",
        f"Fixes the scale on which the utilities of {WHO[_name]} are stated; the record cannot tell it from theirs.",
    )
parameter("inertia_risk", LogNormal(1.5, 1.2), "utility", "Four turns in 136 quarters.", "B11")
parameter(
    "inertia_ukraine",
    LogNormal(1.5, 1.15),
    "utility",
    "Three turns in 136 quarters; that some cannot happen is a mechanism of its own.",
    "P11",
)
parameter(
    "inertia_sanctions",
    LogNormal(2.0, 1.2),
    "utility",
    "Three steps up and none down: sanctions are slow to lift.",
    "P9",
)
parameter(
    "inertia_secondary", LogNormal(2.0, 1.2), "utility", "Four steps up and none down in eight years.", "G14"
)
parameter(
    "inertia_wedge",
    LogNormal(2.2, 1.2),
    "utility",
    "Signals and offers last for three quarters and more.",
    "T11",
)
