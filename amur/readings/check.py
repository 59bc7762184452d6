"""A reading against the model: are its parameters there, do its priors fit, is what it predicts in the record?"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import numpy as np

from amur.errors import AmurError, nearest
from amur.readings.reading import Apart, Predicts, Reading

if TYPE_CHECKING:
    from amur.system.priors import Prior


class Shift(NamedTuple):
    """How a reading moves a parameter: medians and middle 90 percent of base prior and reading, and the move.

    ``move`` is the reading's median as a standard score of the base prior: 2 is where one draw in forty lies beyond.
    """

    parameter: str
    unit: str
    base: tuple[float, float, float]
    reading: tuple[float, float, float]
    move: float
    why: str


def check(reading: Reading) -> tuple[Shift, ...]:
    """Check all that needs the model, and say how far the reading moves each parameter. AmurError at the first fault."""
    made = priors(reading)
    for each in reading.predicts:
        _check_predicted(reading, each)
    return tuple(_shift(each, made[each.parameter]) for each in reading.apart)


def priors(reading: Reading) -> dict[str, Prior]:
    """The priors that a reading sets apart, by parameter. AmurError for an unknown parameter or a prior that cannot be."""
    return {each.parameter: _prior(reading, each) for each in reading.apart}


def _prior(reading: Reading, each: Apart) -> Prior:
    from amur.system import parameters
    from amur.system.priors import Beta, LogNormal, Normal

    def fault(problem: str, mend: str, field: str = "prior") -> NoReturn:
        raise AmurError(problem, file=reading.file, line=each.lines.get(field), field=field, mend=mend)

    known = parameters.PARAMETERS
    if each.parameter not in known:
        hint = nearest(each.parameter, list(known)) or "docs/book/parameters.md lists them."
        fault(f"there is no parameter '{each.parameter}'", hint, "parameter")
    if each.parameter in idle():
        equation = idle()[each.parameter]
        fault(
            f"'{each.parameter}' belongs to {equation}, an equation that the model does not use unless told",
            "It would move nothing; set parameters of the equation in use apart.",
            "parameter",
        )
    base, got = known[each.parameter].prior, each.numbers
    made: Prior
    if each.kind == "normal":
        if got["spread"] <= 0:
            fault("the spread is not above zero", "Write one standard deviation.")
        made = Normal(got["middle"], got["spread"])
    elif each.kind == "lognormal":
        if got["median"] <= 0 or got["factor"] <= 1:
            fault(
                "the median is not above 0, or the factor not above 1", "A factor of 1.3 is firm, 2 is loose."
            )
        made = LogNormal(got["median"], got["factor"])
    else:
        bounded = base if isinstance(base, Beta) else Beta(0.5, 2)
        low, high = got.get("low", bounded.low), got.get("high", bounded.high)
        if not (0 < got["mean"] < 1 and got["weight"] > 0 and low < high):
            fault(
                "the mean is not between 0 and 1, or the weight not above 0, or low not below high",
                "The mean is a share of the way from low to high; a weight of 4 is loose, 40 firm.",
            )
        made = Beta(got["mean"], got["weight"], low, high)
    if made.low < base.low or made.high > base.high:
        fault(
            f"'{each.parameter}' lies between {base.low:g} and {base.high:g}, the prior between {made.low:g} and"
            f" {made.high:g}",
            f"Its base prior is {base.words}; write one of the same kind.",
        )
    return made


@cache
def idle() -> dict[str, str]:
    """Parameters that only equations out of use read, and the mechanism whose rival form each belongs to."""
    from amur.system.declare import MECHANISMS
    from amur.system.parameters import PARAMETERS

    def read_by(equation: str) -> set[str]:
        return set(re.findall(r"\w+", equation)) & set(PARAMETERS)

    used = set().union(*(read_by(made.equation) for made in MECHANISMS.values()))
    return {
        name: f"{made.name} by {by}"
        for made in MECHANISMS.values()
        for by, rival in made.rivals.items()
        for name in sorted(read_by(rival.equation) - used)
    }


def _check_predicted(reading: Reading, each: Predicts) -> None:
    from amur.system.observe import CATEGORIES, OBSERVABLES

    decision, _, option = each.of.partition(".")
    fitted = [name for name, made in OBSERVABLES.items() if made.fitted]
    if each.of in fitted or (decision in CATEGORIES and option in CATEGORIES[decision].options):
        return
    options = [f"{name}.{option}" for name, made in CATEGORIES.items() for option in made.options]
    problem = f"there is no observable or decision '{each.of}'"
    if each.of in OBSERVABLES:
        problem = f"'{each.of}' is only checked, since other observables hold the same numbers"
    hint = nearest(each.of, [*fitted, *options]) or f"Observables: {', '.join(fitted[:6])} …; or {options[1]}."
    raise AmurError(problem, file=reading.file, line=each.lines.get("of"), field="of", mend=hint)


def _shift(each: Apart, made: Prior) -> Shift:
    from scipy.special import ndtri

    from amur.system import parameters

    declared = parameters.PARAMETERS[each.parameter]
    at = np.array([0.5, 0.05, 0.95])
    base, reading = declared.prior.quantile(at), made.quantile(at)
    grid = np.linspace(1e-6, 1 - 1e-6, 20_001)
    below = float(np.interp(reading[0], declared.prior.quantile(grid), grid))
    return Shift(
        each.parameter,
        declared.unit,
        (float(base[0]), float(base[1]), float(base[2])),
        (float(reading[0]), float(reading[1]), float(reading[2])),
        float(ndtri(below)),
        each.why,
    )
