"""The answer in words, from its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amur.questions.answer import Number, in_words
from amur.questions.levers.weighing import Weighed
from amur.questions.words import figure, percent, spread

CLEAR = 2.0
"""Standard errors from nought at which a number is told from chance."""


def statement(found: Weighed, numbers: Sequence[Number]) -> str:
    """One paragraph: the best portfolio, what it gains and costs, synergy, regret, and when it fails."""
    told = {each.name: each for each in numbers if "when" not in each.keys}
    best = found.choice.best
    if not found.sets[best]:
        next_ = found.name(found.choice.next)
        first = (
            f"By {_own(found)} doing nothing is best: of {len(found.sets) - 1} portfolios none gains more than it"
            f" costs on the whole, {next_} coming nearest ({figure(found.net[found.choice.next])} points)."
        )
        return " ".join([first, _robust(found), _fails(found, told)])
    net = told["net"]
    parts = [
        (
            f"By {_own(found)} the best of {len(found.sets)} portfolios of up to {max(map(len, found.sets))} levers is"
            f" {_quoted(found.name(best))}: it gains {figure(told['gain'].value)} points for the aims and"
            f" {_costs(told['cost'].value)}, net {spread(net)}, {in_words(net.data_share)}{_luck(found, told)}."
        ),
        _moves(found, numbers),
        _alone(found, told),
        _together(told),
        _robust(found),
        _fails(found, told),
    ]
    return " ".join(part for part in parts if part)


def _own(found: Weighed) -> str:
    changed = found.asked.weight or found.asked.aims
    return f"{found.actor.title}'s aims{' as weighed by you' if changed else ''}".replace("s's", "s'")


def _luck(found: Weighed, told: dict[str, Number]) -> str:
    """How much of the win is luck, where it is enough to be seen."""
    net, honest = told["net"], told["honest"]
    if abs(net.value - honest.value) < 0.5 * net.error:
        return ""
    return f"; judged by parameter sets that did not choose it the winner has {figure(honest.value)}"


def _costs(value: float) -> str:
    return f"costs {figure(value)}" if value >= 0 else f"saves {figure(-value)} of costs"


def _quoted(name: str) -> str:
    parts = [f"“{part}”" for part in name.split("; ")]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _moves(found: Weighed, numbers: Sequence[Number]) -> str:
    """The two aims that it moves most, by points, and the cost that weighs most, at the last date."""
    last = found.asked.dates[-1]
    own = {each.name: each for each in numbers if each.keys.get("when") == last}
    place, worth = found.choice.best, {}
    for row in range(len(found.found.outcomes)):
        aim, date = found.looked(row)
        if date == last:
            change = float(found.found.change[place, row] @ found.of.weights)
            worth[aim.name] = change * aim.want * aim.weight / float(found.scales.ravel()[row])
    first = sorted((each.name for each in found.actor.aims), key=lambda name: -abs(worth[name]))[:2]
    moved = " and ".join(
        f"{_named(own[name])} by {_signed(own[name])}{' (against its aims)' if worth[name] < 0 else ''}"
        for name in first
    )
    text = f"By {last} it moves above all {moved}"
    dear = min((each.name for each in found.actor.costs), key=lambda name: worth[name])
    if worth[dear] < -0.01:
        text += f"; its dearest cost is {_named(own[dear])}, {_signed(own[dear])}"
    return text + "."


def _named(number: Number) -> str:
    return number.about.removeprefix("change in ")


def _signed(number: Number) -> str:
    far = max(abs(each) for each in (number.value, number.low90, number.high90))

    def shown(value: float) -> str:
        if abs(value) < 0.002 * far:
            return "0"
        # A change of a probability is told in percentage points, not percent.
        text = f"{abs(value) * 100:.1f}" if _share(number) else figure(abs(value))
        return f"{'-' if value < 0 else '+'}{text}"

    unit = "percentage points" if _share(number) else number.unit
    return f"{shown(number.value)} {unit} (90%: {shown(number.low90)} to {shown(number.high90)})"


def _share(number: Number) -> bool:
    return number.unit in ("probability", "share of quarters")


def _alone(found: Weighed, told: dict[str, Number]) -> str:
    name = found.name(found.most_alone)
    if found.most_alone == found.choice.best:
        return "No lever or set of levers does better than that one lever alone."
    return f"Alone, {_quoted(name)} brings most: {spread(told['alone'])}."


def _together(told: dict[str, Number]) -> str:
    each = told.get("synergy")
    if each is None:
        return ""
    text = f"its gain is {figure(abs(each.value))} points {'more' if each.value > 0 else 'less'} than the sum of its levers'"
    if abs(each.value) < CLEAR * each.error:
        return f"Together its levers do what they do alone: {text}, which chance may explain (error {figure(each.error)})."
    verb = "reinforce" if each.value > 0 else "get in the way of"
    return (
        f"On average its levers {verb} each other: {text} (90%: {figure(each.low90)} to {figure(each.high90)})."
    )


def _robust(found: Weighed) -> str:
    choice, readings = found.choice, found.of.readings
    best, robust = choice.best, choice.robust
    worst = int(np.argmax(choice.regret[best]))
    won = int(np.sum(choice.regret[best] <= 0))
    if won == len(readings):
        return f"It is the best under each of the {won} readings."
    text = (
        f"It is the best under {won} of {len(readings)} readings; its worst regret, {figure(choice.regret[best, worst])}"
        f" points, is under {readings[worst]}"
    )
    if robust == best:
        return f"{text}, the least of all portfolios."
    return f"{text}. The least worst regret, {figure(choice.regret[robust].max())} points, has {_quoted(found.name(robust))}."


def _fails(found: Weighed, told: dict[str, Number]) -> str:
    parts = []
    for kind, against in (("worse than nothing", "nothing"), ("worse than next", "the next best")):
        if kind in told:
            parts.append(f"worse than {against} in {percent(told[kind].value)}")
    text = f"It does {' and '.join(parts)} of the futures."
    if told["worse than next"].value > 0.5:
        text += " It is best on average by what it brings in the few others."
    held = [each for each in found.fails if each.holds]
    if not held:
        return f"{text} No simple condition tells when: what was found in half of the parameter sets did not hold in the other."
    one = held[0]
    whom = "nothing" if one.against == "nothing" else "the next best"
    return (
        f"{text} It does worse than {whom} mostly where {' and '.join(one.words)}: there in"
        f" {percent(one.judged.density)} of the futures against {percent(one.judged.base)} of all, which covers"
        f" {percent(one.judged.coverage)} of such failures."
    )


def notes(found: Weighed) -> tuple[str, ...]:
    """What to distrust."""
    made = [
        (
            "The same is done for every side: the product takes none. Aims, weights and political costs are declared for each"
            " actor from what it says and the essays say of it; they are assumptions. Change them with --weight NAME=2 or --aims FILE."
        ),
        (
            "A point is one standard deviation of an aim among futures in which nothing is done, or ten percentage points of a"
            f" probability, times its weight; the dates {', '.join(found.asked.dates)} count alike. Points of different actors"
            " cannot be compared."
        ),
        (
            "The model has one West: a lever of the West has its full force whoever pulls it. Levers that need the other"
            " side's consent are taken as agreed. Other actors answer only as the mechanisms let them; none plans ahead."
        ),
    ]
    spread_ = found.points.net[found.choice.best].std()
    if found.choice.error > 0.5 * float(found.choice.regret[found.choice.robust].max()):
        made.append(
            f"The worst regret of the robust portfolio has a Monte Carlo error of {figure(found.choice.error)} points: with"
            f" a spread of {figure(float(spread_))} points between futures, near portfolios cannot be told apart. More --futures help."
        )
    return tuple(made)
