"""Units of the record: what each label means, and conversions that a library (pint) checks.

Every label in ``record/data/units.csv`` stands for a pint expression over the base units below. Currencies
and constant-price dollars are dimensions of their own, as are barrels of oil and cubic metres of gas: nothing
turns one into another silently. A physical factor that depends on the stuff measured (barrels in a tonne of
crude) is a *bridge*, declared with its standard in ``record/data/bridges.csv`` and used only by name.

pint is imported only when two units differ by more than a percent sign, because that import takes
longer than reading the record.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from amur.errors import AmurError, nearest
from amur.record import schema
from amur.record.read import read_table
from amur.record.schema import Unit

if TYPE_CHECKING:
    import pint

DATA = Path(__file__).parent / "record" / "data"

DEFINITIONS = """
kilo- = 1e3
mega- = 1e6
giga- = 1e9
tera- = 1e12
percent = 0.01
count = [count]
meter = [length]
gram = [mass]
tonne = 1e6 * gram
day = [time]
hour = day / 24
week = 7 * day
year = 365.25 * day
joule = [energy]
watt_hour = 3600 * joule
mmbtu = 1.05505585262e9 * joule
bbl = [oil_volume]
m3 = [gas_volume]
bcm = 1e9 * m3
TEU = [containers]
TIV = [arms]
USD = [us_dollar]
USD_2024 = [us_dollar_of_2024]
USD_2021 = [us_dollar_of_2021]
EUR = [euro]
CNY = [yuan]
RUB = [rouble]
"""
"""Base units in pint's definition language. The British thermal unit is the international table one
(ISO 31-4); a year is a Julian year."""

Product = tuple[tuple[str, int], ...]
"""A unit as pint expressions and their powers, sorted: US$/t times bbl is ((bbl, 1), (USD / tonne, 1))."""

ONE: Product = ()
PERCENT = "percent"


class Bridge(NamedTuple):
    """A physical factor that holds for one stuff by one standard: 7.33 barrels in a tonne of crude."""

    bridge: str
    value: float
    unit: str
    of: str
    standard: str


BRIDGES = schema.Table(
    "bridges",
    Bridge,
    {
        "bridge": schema.identifier,
        "value": schema.number,
        "unit": schema.text,
        "of": schema.text,
        "standard": schema.text,
    },
    ("bridge",),
)


@cache
def labels() -> dict[str, Unit]:
    """The units of the record by label."""
    return {row.unit: row for _, row in read_table(DATA / "units.csv", schema.UNITS)}


@cache
def bridges() -> dict[str, Bridge]:
    """The declared physical factors by name."""
    return {row.bridge: row for _, row in read_table(DATA / "bridges.csv", BRIDGES)}


@cache
def registry() -> pint.UnitRegistry[Any]:
    """pint's registry with the base units of the record and no others."""
    import pint

    result: pint.UnitRegistry[Any] = pint.UnitRegistry(None)
    result.load_definitions([line for line in DEFINITIONS.splitlines() if line])
    return result


def known(label: str) -> Unit:
    """What a label stands for. AmurError names the nearest labels for an unknown one."""
    if label not in labels():
        hint = nearest(label, list(labels()))
        raise AmurError(
            f"the unit '{label}' is not known",
            field="unit",
            mend=hint or "Take one of units.csv.",
        )
    return labels()[label]


def unit(label: str) -> pint.Unit:
    """The pint unit of a label such as 'US$/bbl'."""
    return _pint(product(label))


def product(label: str) -> Product:
    """The unit of a label, ready for :func:`times` and :func:`factor`."""
    expression = known(label).pint
    return ONE if expression == "dimensionless" else ((expression, 1),)


def bridge(name: str) -> Bridge:
    """A declared physical factor. AmurError names the nearest for an unknown one."""
    if name not in bridges():
        hint = nearest(name, list(bridges()))
        raise AmurError(
            f"the bridge '{name}' is not declared",
            field="bridge",
            mend=hint or f"Take one of {', '.join(bridges())}.",
        )
    return bridges()[name]


def times(left: Product, right: Product, power: int = 1) -> Product:
    """The product of two units, the second raised to a power (-1 divides)."""
    powers = dict(left)
    for name, exponent in right:
        powers[name] = powers.get(name, 0) + power * exponent
    return tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent))


@cache
def factor(source: Product, target: Product) -> float:
    """What a number in one unit is multiplied by to be in another. AmurError where they do not measure the same."""
    rest = times(source, target, -1)
    if all(name == PERCENT for name, _ in rest):
        return 1.0 if not rest else float(100 ** -rest[0][1])
    if not fits(source, target):
        raise AmurError(
            f"{written(source)} cannot be turned into {written(target)}",
            field="unit",
            mend="Name the bridge or the series of rates that leads from one to the other.",
        )
    return float(registry().Quantity(1.0, _pint(source)).to(_pint(target)).magnitude)


def fits(source: Product, target: Product) -> bool:
    """Whether two units measure the same kind of thing."""
    return source == target or bool(_pint(source).dimensionality == _pint(target).dimensionality)


def powers_to(source: Product, target: Product, through: Sequence[Product]) -> tuple[int, ...]:
    """Whether each factor on the way from one unit to another multiplies (1) or divides (-1).

    AmurError where no way of using them all leads there.
    """
    for powers in itertools.product((1, -1), repeat=len(through)):
        result = source
        for step, power in zip(through, powers, strict=True):
            result = times(result, step, power)
        if fits(result, target):
            return powers
    way = ", ".join(written(step) for step in through)
    raise AmurError(
        f"{written(source)} does not become {written(target)} by way of {way}",
        field="unit",
        mend="Name a bridge or a series of rates between these two units.",
    )


def factor_through(source: Product, target: Product, names: Sequence[str]) -> float:
    """The factor from one unit to another by way of named bridges; without any, :func:`factor`."""
    if not names:
        return factor(source, target)
    steps = [bridge(name) for name in names]
    units = [((step.unit, 1),) for step in steps]
    result, unit_so_far = 1.0, source
    for step, step_unit, power in zip(steps, units, powers_to(source, target, units), strict=True):
        result, unit_so_far = result * step.value**power, times(unit_so_far, step_unit, power)
    return result * factor(unit_so_far, target)


def convert[Values: (float, list[float])](
    values: Values, source: str, target: str, *, through: str | Sequence[str] = ()
) -> Values:
    """A number, or a list of them, from one unit label to another.

    ``through`` names the bridges to be used (see ``bridges.csv``); without it only conversions that are true
    by definition are made. AmurError for an unknown unit or bridge, or units that do not fit.

    >>> convert(1.5, "US$ bn", "US$ mn")
    1500.0
    >>> round(convert(733.0, "US$/t", "US$/bbl", through="crude.bbl-per-t"), 6)
    100.0
    """
    names = [through] if isinstance(through, str) else list(through)
    by = factor_through(product(source), product(target), names)
    if isinstance(values, list):
        return [value * by for value in values]
    return values * by


def may_be_summed(label: str) -> bool:
    """Whether adding values of successive periods means anything: not for prices, shares, rates and codes."""
    return known(label).kind in ("quantity", "money", "count")


def written(of: Product) -> str:
    """A unit in words for an error, by its label where there is one."""
    if len(of) == 1 and of[0][1] == 1:
        expression = of[0][0]
        return next((f"'{u.unit}'" for u in labels().values() if u.pint == expression), f"'{expression}'")
    return f"'{_expression(of)}'" if of else "a number without unit"


def _expression(of: Product) -> str:
    return " * ".join(f"({name}) ** {power}" if power != 1 else f"({name})" for name, power in of)


@cache
def _pint(of: Product) -> pint.Unit:
    if not of:
        return registry().Unit("")
    return registry().Unit(registry().parse_units(_expression(of)))


def check(expressions: Iterable[Unit] | None = None) -> None:
    """Every label and every bridge parses as pint understands it. AmurError names the first that does not."""
    for row in labels().values() if expressions is None else expressions:
        _parse(row.pint, f"the unit '{row.unit}'", "units.csv")
    for step in bridges().values():
        _parse(step.unit, f"the bridge '{step.bridge}'", "bridges.csv")
        if not (math.isfinite(step.value) and step.value > 0):
            raise AmurError(f"the bridge '{step.bridge}' is not positive", file=DATA / "bridges.csv")


def _parse(expression: str, what: str, file: str) -> None:
    import pint

    try:
        registry().Unit("" if expression == "dimensionless" else expression)
    except (pint.errors.UndefinedUnitError, pint.errors.DefinitionSyntaxError, TypeError) as error:
        raise AmurError(
            f"pint does not understand '{expression}' ({error})",
            file=DATA / file,
            field=what,
            mend="Write it with the base units of amur/units.py.",
        ) from None
