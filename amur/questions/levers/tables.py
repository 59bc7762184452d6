"""Tables behind the answer: portfolios, levers alone and in pairs, effects by aim, regret by reading, conditions."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from amur.questions import spread
from amur.questions.answer import Row
from amur.questions.levers.choice import average, synergy
from amur.questions.levers.weighing import Weighed


def tables(found: Weighed) -> dict[str, tuple[Row, ...]]:
    """All tables by name."""
    return {
        "portfolios": portfolios(found),
        "levers": levers(found),
        "pairs": pairs(found),
        "aims": aims(found),
        "regret": regret(found),
        "conditions": tuple(each.row() for each in found.fails),
    }


def portfolios(found: Weighed) -> tuple[Row, ...]:
    """Every portfolio, the best first."""
    choice, of = found.choice, found.of
    gain, cost = (average(each, of.weights) for each in (found.points.gain, found.points.cost))
    rows: list[Row] = []
    for place in np.argsort(-found.net, kind="stable"):
        worst = int(np.argmax(choice.regret[place]))
        told = spread.mean("net", "", "points", found.points.net[place], of)
        rows.append(
            {
                "portfolio": found.name(place), "levers": ", ".join(found.sets[place]), "size": len(found.sets[place]),
                "gain": float(gain[place]), "cost": float(cost[place]), "net": told.value, "low": told.low90,
                "high": told.high90, "error": told.error, "not dominated": bool(choice.front[place]),
                "worst regret": float(choice.regret[place, worst]), "worst reading": of.readings[worst],
                "mean regret": float(choice.expected[place]), "best": bool(place == choice.best),
                "robust": bool(place == choice.robust),
            }
        )  # fmt: skip
    return tuple(rows)


def levers(found: Weighed) -> tuple[Row, ...]:
    """Each lever alone, that which brings most first."""
    rows: list[Row] = []
    for each in sorted(found.actor.levers, key=lambda lever: -found.net[found.singles[lever.name]]):
        place = found.singles[each.name]
        gain, cost, net = (
            spread.mean(name, "", "points", getattr(found.points, name)[place], found.of)
            for name in ("gain", "cost", "net")
        )
        rows.append(
            {
                "lever": each.name, "title": each.title, "gain": gain.value, "low": gain.low90, "high": gain.high90,
                "error": gain.error, "cost": cost.value, "net": net.value, "net error": net.error,
                "political": each.political, "why": each.why,
            }
        )  # fmt: skip
    return tuple(rows)


def pairs(found: Weighed) -> tuple[Row, ...]:
    """The synergy of every two levers that can be pulled at once: joint gain less the sum of the two, the largest first."""
    rows: list[Row] = []
    places = {frozenset(each): place for place, each in enumerate(found.sets) if len(each) == 2}
    for one, other in combinations(found.actor.levers, 2):
        place = places.get(frozenset((one.name, other.name)))
        if place is None:
            continue
        singles = [found.points.gain[found.singles[each.name]] for each in (one, other)]
        told = spread.mean("synergy", "", "points", synergy(singles, found.points.gain[place]), found.of)
        rows.append(
            {
                "one": one.title,
                "other": other.title,
                "synergy": told.value,
                "low": told.low90,
                "high": told.high90,
                "error": told.error,
            }
        )
    return tuple(sorted(rows, key=lambda row: -abs(float(row["synergy"] or 0))))


def aims(found: Weighed) -> tuple[Row, ...]:
    """What the best portfolio and each lever alone do to each aim and cost at each date, in its own unit and in points."""
    places = dict.fromkeys([found.choice.best, found.choice.robust, *found.singles.values()])
    rows: list[Row] = []
    for place in places:
        for row in range(len(found.found.outcomes)):
            aim, date = found.looked(row)
            told = spread.mean(aim.name, "", aim.unit, found.found.change[place, row], found.of)
            scale = float(found.scales.ravel()[row])
            is_aim = aim in found.actor.aims
            rows.append(
                {
                    "portfolio": found.name(place), "best": place == found.choice.best, "name": aim.name, "about": aim.about,
                    "kind": "aim" if is_aim else "cost", "when": date, "change": told.value, "low": told.low90,
                    "high": told.high90, "error": told.error, "unit": aim.unit,
                    "without": float(average(found.found.base[row], found.of.weights)), "want": "more" if aim.want > 0 else "less",
                    "weight": aim.weight, "scale": scale, "points": told.value * aim.want * aim.weight / scale, "why": aim.why,
                    "claims": " ".join(aim.claims),
                }
            )  # fmt: skip
    return tuple(rows)


def regret(found: Weighed) -> tuple[Row, ...]:
    """Net points and regret of the portfolios that no other betters, the best and the robust, under each reading."""
    choice = found.choice
    places = [
        place
        for place in np.argsort(-found.net, kind="stable")
        if choice.front[place] or place == choice.robust
    ]
    return tuple(
        {
            "portfolio": found.name(place), "levers": ", ".join(found.sets[place]), "reading": reading,
            "weight": float(found.of.share[reading]), "net": float(choice.score[place, at]),
            "regret": float(choice.regret[place, at]), "best there": found.name(int(np.argmax(choice.score[:, at]))),
            "best": bool(place == choice.best), "robust": bool(place == choice.robust),
        }
        for place in places
        for at, reading in enumerate(found.of.readings)
    )  # fmt: skip
