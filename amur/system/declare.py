"""How the parts of the system are declared: quantities, decisions, parameters and mechanisms.

Everything that the model holds is declared once, here or in the file that uses it. Validation, the system
book, priors, sliders and the generated tests read these declarations; nothing repeats them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import jax

from amur.errors import AmurError, nearest
from amur.system.priors import Prior

type Array = jax.Array


@dataclass(frozen=True)
class Quantity:
    """A number that the model carries: its unit, what it means, its bounds and where it starts in 1992-Q1.

    ``start`` is a number or the name of a parameter. ``noise`` names the parameter that gives the standard
    deviation per quarter of its unexplained change in futures (history has none). ``given`` is true where the
    record fixes the quantity in history and interventions may fix it ahead.
    """

    name: str
    unit: str
    meaning: str
    low: float
    high: float
    start: float | str
    claims: tuple[str, ...]
    kind: str
    noise: str
    given: bool


def quantity(
    unit: str,
    meaning: str,
    low: float = float("-inf"),
    high: float = float("inf"),
    start: float | str = 0.0,
    claims: str = "",
    kind: str = "stock",
    noise: str = "",
    given: bool = False,
) -> Any:
    """Declare a field of a table of quantities (:class:`State`, :class:`Forcings`, :class:`Pulls`)."""
    return Quantity("", unit, meaning, low, high, start, tuple(claims.split()), kind, noise, given)


def table(of: type) -> dict[str, Quantity]:
    """The declarations of a table of quantities, by name, in order."""
    from dataclasses import replace

    fields: dict[str, Quantity] = of._field_defaults  # type: ignore[attr-defined]
    return {name: replace(declared, name=name) for name, declared in fields.items()}


@dataclass(frozen=True)
class Parameter:
    """A number that is not known: its prior, unit, the one-line reason for that prior, and the claims behind it."""

    name: str
    prior: Prior
    unit: str
    why: str
    claims: tuple[str, ...]
    group: str


class Parameters:
    """Every parameter by name, ``p.trust_gain``; at run time the named tuple of :mod:`amur.system.parameters`."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Array: ...


PARAMETERS: dict[str, Parameter] = {}


def parameter(name: str, prior: Prior, unit: str, why: str, claims: str = "") -> None:
    """Declare a parameter in the file of the mechanisms that use it.

    Raises ``ValueError`` if the name is taken, so that a quantity has one name everywhere.
    """
    group = _group_of(_caller())
    if name in PARAMETERS:
        raise ValueError(f"parameter {name!r} is declared twice, in {PARAMETERS[name].group} and in {group}")
    PARAMETERS[name] = Parameter(name, prior, unit, why, tuple(claims.split()), group)


class Change(dict[str, Array]):
    """What a mechanism contributes this quarter: changes of state, pulls on flows, utilities of options.

    Contributions to one name from several mechanisms are added. Utilities are written ``decision__option``.
    """


type Function = Callable[..., Change]


@dataclass(frozen=True)
class Mechanism:
    """One sentence of the essays as a function: what it writes with which sign, and whose claim it is.

    ``name`` is ``group.function``. ``signs`` gives for every name written the sign of the contribution:
    ``+`` never negative, ``-`` never positive, ``~`` either. ``by`` names the essay or paper whose equation this
    is, ``rivals`` the other equations for the same mechanism by their author.
    """

    name: str
    group: str
    function: Function
    signs: Mapping[str, str]
    claims: tuple[str, ...]
    equation: str
    by: str
    stage: str
    rivals: Mapping[str, Mechanism]

    @property
    def says(self) -> str:
        """The sentence: the first line of the function's docstring."""
        return (self.function.__doc__ or "").strip().split("\n")[0]


class Reads(NamedTuple):
    """What a mechanism reads, by table; ``was`` the choices of the quarter before, ``pulls`` in the settle stage."""

    state: tuple[str, ...]
    decisions: tuple[str, ...]
    forcings: tuple[str, ...]
    parameters: tuple[str, ...]
    was: tuple[str, ...] = ()
    pulls: tuple[str, ...] = ()


MECHANISMS: dict[str, Mechanism] = {}


def mechanism(
    writes: str,
    claims: str,
    equation: str,
    by: str = "",
    rival_of: str = "",
) -> Callable[[Function], Function]:
    """Declare a mechanism: ``writes="trust_rus- coordination+"`` names what it contributes to, with the sign.

    A mechanism that writes utilities (``support__lethal-``) is a motive: it runs before the choices of the quarter
    and is called with ``(now, outside, p)``. Any other runs after them and is called with
    ``(now, chosen, outside, p)``; one that also takes ``pulls`` runs when all pulls are summed. ``rival_of`` names the mechanism for which this is another equation, then
    selectable as ``Model(equations={name: by})``.
    """

    def declare(function: Function) -> Function:
        group = _group_of(function.__module__)
        signs = {word[:-1]: word[-1] for word in writes.split()}
        if not signs or any(sign not in "+-~" for sign in signs.values()):
            raise ValueError(f"{function.__name__}: writes names with a sign each, such as 'trust_rus-'")
        motive = {"__" in name for name in signs}
        if len(motive) > 1:
            raise ValueError(f"{function.__name__}: a mechanism writes utilities or changes, not both")
        stage = "motive" if motive.pop() else "change"
        if "pulls" in function.__code__.co_varnames[: function.__code__.co_argcount]:
            stage = "settle"
        whose = tuple(claims.split())
        name = f"{group}.{function.__name__}"
        made = Mechanism(name, group, function, signs, whose, equation, by or " ".join(whose), stage, {})
        if rival_of:
            rivals = MECHANISMS[rival_of].rivals
            assert isinstance(rivals, dict)
            rivals[made.by] = made
        else:
            MECHANISMS[name] = made
        return function

    return declare


def _caller() -> str:
    import sys

    return str(sys._getframe(2).f_globals["__name__"])


def _group_of(module: str) -> str:
    """The group of a module: ``amur.system.mechanisms.common_rival`` is ``common-rival``."""
    return module.rpartition(".")[2].replace("_", "-")


def known(name: str, names: Mapping[str, object], what: str) -> str:
    """The name, if it is among the names; otherwise one clear error with the nearest ones."""
    if name in names:
        return name
    mend = nearest(name, list(names)) or f"Known: {', '.join(list(names)[:12])}."
    raise AmurError(f"there is no {what} named '{name}'", mend=mend)
