"""The answer about the readings in words; every verb depends on the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amur.conditioning.weights import STRENGTH
from amur.questions.answer import Number, Row, in_words
from amur.questions.reading.comparators import NAMES
from amur.questions.words import figure, percent

if TYPE_CHECKING:
    from amur.questions.reading.make import Told

CLEARLY, MOSTLY = 0.95, 0.6
"""Shares of the bootstrap in which a reading leads, from which it is said to lead clearly, or to lead at all."""
SHARES = {
    "mostly data": "mostly data",
    "mixed": "part data, part assumption",
    "mostly assumption": "mostly assumption",
}
NAMED, TOLD = 3, 2
"""Readings and observations named in the statement."""


def statement(of: Told) -> str:
    """What was found, with its interval, its data share, what moved it, and how the readings differ."""
    kind = of.asked.weights
    other = next(each for each in of.weighed if each != kind)
    parts = [_lead(of), _rest(of), _other(of, other), _movers(of)]
    parts.append(
        f"The weights are {SHARES[in_words(of.share)]}: the record moved {percent(of.share)} of them away from an even"
        " split among the readings."
    )
    if of.asked.own:
        parts.append(_own(of))
    return " ".join(part for part in (*parts, _alike(of)) if part)


def weight(of: Told, kind: str, name: str) -> Number:
    """The number of a reading's weight."""
    return next(each for each in of.numbers if each.name == kind and each.keys["reading"] == name)


def _interval(of: Number) -> str:
    return f"{percent(of.value)} (90%: {percent(of.low90)} to {percent(of.high90)})"


def _row(of: Told, name: str) -> dict[str, object]:
    return dict(next(row for row in of.tables["readings"] if row["reading"] == name))


def _lead(of: Told) -> str:
    first, kind = of.order[0], of.asked.weights
    leads = float(str(_row(of, first)[f"{kind}_leads"]))
    how = (
        "clearly"
        if leads >= CLEARLY
        else "but not under every choice of years"
        if leads >= MOSTLY
        else "narrowly"
    )
    span = f"{of.years[0]}–{of.years[-1]}"
    told = (
        f"Of {len(of.order)} readings, '{of.titles[first]}' has most weight in the mixture that would have foretold {span}"
        if kind == "stacking"
        else f"If one of {len(of.order)} readings is true, the record of {span} makes it most likely '{of.titles[first]}'"
    )
    return f"{told}: {_interval(weight(of, kind, first))}; it leads {how} ({percent(leads)} of a bootstrap of the years)."


def _rest(of: Told) -> str:
    kind = of.asked.weights
    following = ", ".join(
        f"'{of.titles[name]}' {percent(weight(of, kind, name).value)}" for name in of.order[1:NAMED]
    )
    many = next(each for each in of.numbers if each.name == "readings")
    named = [name for name in of.asked.named if name not in of.order[:NAMED]]
    also = "".join(f"; '{of.titles[name]}' has {_interval(weight(of, kind, name))}" for name in named)
    return (
        f"Next come {following}; together the readings count as {figure(many.value)} equal ones"
        f" ({figure(many.low90)} to {figure(many.high90)}){also}."
    )


def _other(of: Told, kind: str) -> str:
    first = max(of.order, key=lambda name: weight(of, kind, name).value)
    number = weight(of, kind, first)
    same = "also " if first == of.order[0] else ""
    error = f", Monte Carlo error {percent(number.error)}" if number.error == number.error else ""
    if kind == "prequential":
        return f"If exactly one of them is true, it is {same}'{of.titles[first]}' with probability {_interval(number)[:-1]}{error})."
    return f"The mixture that would have foretold the years best leans {same}on '{of.titles[first]}': {_interval(number)[:-1]}{error})."


def _movers(of: Told) -> str:
    first = of.order[0]
    said = []
    for side, joint in (("for", "Most for it spoke"), ("against", "most against it")):
        rows = [row for row in of.tables["movers"] if row["reading"] == first and row["side"] == side][:TOLD]
        if rows:
            listed = "; ".join(_mover(row) for row in rows)
            said.append(f"{joint}: {listed}")
    return ". ".join(part[:1].upper() + part[1:] for part in said) + "." if said else ""


def _mover(row: Row) -> str:
    when = f" in {row['period']}" if row["period"] else ""
    bits = f"{float(str(row['bits'])):+.1f}".replace("-", "−")
    return f"{row['title']}: {row['words']}{when} ({bits} bits)"


def _own(of: Told) -> str:
    own = of.asked.own_name
    place = of.order.index(own) + 1
    behind = float(str(_row(of, own)["behind"]))
    gap = (
        f", {behind:.1f} nats of log evidence behind the best"
        if behind > 0
        else ", with the most log evidence of all"
    )
    return (
        f"Your reading '{of.titles[own]}' comes {_ordinal(place)} of {len(of.order)} with {_interval(weight(of, 'stacking', own))}"
        f" by stacking and {_interval(weight(of, 'prequential', own))} if one is true{gap}."
    )


def _ordinal(place: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(place, f"{place}th")


def _alike(of: Told) -> str:
    others = of.comparison.others
    if len(others) < 2:
        return ""
    near, far = others[0], others[-1]
    held = ""
    if of.comparison.held is not None:
        held = f"; of the markers of an alliance that are coded it holds {of.comparison.held} of {of.comparison.known}"
    return (
        f"Set beside {len(others)} others in {of.comparison.year}, China–Russia lies nearest to {NAMES[near.dyad]}"
        f" (distance {figure(near.common)} of 1) and farthest from {NAMES[far.dyad]} ({figure(far.common)}), on"
        f" {len(of.comparison.common)} components that all of them share{held}."
    )


def notes(of: Told, again: bool) -> tuple[str, ...]:
    """What to distrust."""
    made = [
        (
            "Weights hold for these readings (a better one that nobody wrote gets none), these priors (a reading pays for every"
            " future that it allowed), this model, which all but persistence share, and this record; no reading is true. Stacking"
            f" weights (with an even prior that counts as {STRENGTH:.0f} year) mix readings so as to foretell best; prequential"
            " ones are probabilities if one is true, and run to one reading as data grow even where all are wrong."
        ),
        (
            "Intervals are over a Bayesian bootstrap of the years: what the weights would be had other years of this kind come."
            + (
                " Monte Carlo errors are from conditioning with another seed; with so few runs they are rough."
                if again
                else " How far another seed would move the weights is not published."
            )
        ),
    ]
    if of.asked.as_of:
        made.append(
            f"Evidence to the end of {of.asked.as_of} only, but in the vintage of today: later revisions of those years are in it."
            " `amur condition --as-of DATE` takes what was known then."
        )
    if of.asked.own:
        made.append(
            "Your own reading was run with one seed; its Monte Carlo error is taken to be that of the published ones."
        )
    made.append(
        "Comparators are ordered by the few components that the record has for all of them; their own distances rest on"
        " different components and are not on one scale."
    )
    return tuple(made)
