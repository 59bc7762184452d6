"""How much of today's coordination, trade and integration would stand without the confrontation with the West?

History is run again from 1992 without Western rivalry, sanctions, war and offers; everything else as it was. What stands
of a tie is its growth since 1992 in that history over its growth in the one that happened.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from amur.questions.arguments import Argument, Found
from amur.questions.arguments.lab import Both, Lab, Look, Numbers, at
from amur.system.interventions import Force, Hold, Intervention

ARGUMENT = Argument(
    "Natural or by necessity?",
    "How much of today's ties would stand without the confrontation with the West?",
    ("G8", "R1", "R12", "G7"),
    ("coordination", "integration", "exports_rus_chn", "exports_chn_rus"),
)
FIRST, NOW, LATER = "1992-Q4", "2025-Q4", "2036-Q4"
BEGIN = "1992-Q1"

ALONE: tuple[Intervention, ...] = (
    *(Hold(name, 0, start=BEGIN) for name in ("rivalry_usa_chn", "rivalry_wst_rus", "aid_ukr")),
    *(Hold(name, 0, start=BEGIN) for name in ("embargo", "link_controls", "production_controls", "exposure")),
    *(Force(name, "none", start=BEGIN) for name in ("sanctions", "secondary", "wedge")),
    Force("ukraine", "peace", start=BEGIN),
    Force("risk", "restrained", start=BEGIN),
)


def trade(quarter: str) -> Look:
    """Trade both ways in a quarter, US$ bn a year."""
    return lambda run: run["exports_rus_chn"][run.at(quarter)] + run["exports_chn_rus"][run.at(quarter)]


TIES: dict[str, Callable[[str], Look]] = {
    "coordination": lambda quarter: at("coordination", quarter),
    "trade": trade,
    "integration": lambda quarter: at("integration", quarter),
}


def find(lab: Lab) -> Found:
    """G8 holds that the inner drivers would have done most of it, R1 and R12 that the pressure did."""
    looks = [tie(when) for tie in TIES.values() for when in (FIRST, NOW)]
    was, alone = lab.looks(looks, (), BEGIN), lab.looks(looks, ALONE, BEGIN)
    shares: dict[str, Both] = {}
    for place, name in enumerate(TIES):
        first, now, now_alone = was[2 * place], was[2 * place + 1], alone[2 * place + 1]
        shares[name] = first.beside([now, now_alone], _share)
    one, *others = shares.values()
    whole = one.beside(others, lambda *each: np.nanmean(each, axis=0))
    numbers = [
        lab.quantity(
            "stands",
            "share of the ties' growth since 1992 that would stand (mean of the three)",
            "share",
            whole,
        )
    ]
    numbers += [
        lab.quantity(
            "stands", f"share of the growth of {name} since 1992 that would stand", "share", each, tie=name
        )
        for name, each in shares.items()
    ]
    ahead = lab.effects([tie(LATER) for tie in TIES.values()], "without-the-west")
    units = {"coordination": "index", "trade": "US$ bn/yr", "integration": "index"}
    numbers += [
        lab.mean(
            "ahead",
            f"{name} at the end of 2036 with the West gone from now on, less as it stands",
            units[name],
            each,
            tie=name,
        )
        for name, each in zip(TIES, ahead, strict=True)
    ]
    most = whole.of(lambda share: share > 0.5)
    return Found(
        tuple(numbers),
        (
            lab.holds("G8", "more than half of the growth of the ties would stand without the West", most),
            lab.holds("R1 R12", "less than half of it would stand", most.of(np.logical_not)),
            lab.holds("G7", "the confrontation added to every one of the three ties", one.beside(others, lambda *each: np.all(np.array(each) < 1, axis=0))),
        ),
        (
            ("A history without the confrontation is one without its wars and sanctions too; Chinese and world growth are"
            " left as they were, which a world without rivalry might not have had."),
        ),
    )  # fmt: skip


def _share(first: Numbers, now: Numbers, alone: Numbers) -> Numbers:
    grown = now - first
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.clip((alone - first) / grown, 0.0, 1.5)
    # Where nothing grew there is nothing to explain.
    return np.where(grown > 0.02 * np.abs(now), share, np.nan)
