"""How numbers are written in statements: as many digits as they bear, intervals in words."""

from __future__ import annotations

import math

from amur.questions.answer import Number


def figure(value: float, kind: str = "quantity", unit: str = "") -> str:
    """A value as text: probabilities in percent, others to about three digits."""
    if not math.isfinite(value):
        return "unknown"
    if kind == "probability" or unit == "probability":
        return percent(value)
    if unit == "year":
        return f"{math.floor(value)}"
    size = abs(value)
    if size >= 100 or (size >= 1 and float(value).is_integer() and kind == "fact"):
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    if size >= 0.095 or value == 0:
        return f"{value:.2f}"
    if 1e-7 <= size < 1e-4:
        # Where Python would begin to write 6.4e-05.
        return f"{value:.{1 - math.floor(math.log10(size))}f}"
    return f"{value:.3f}" if size >= 0.0095 else f"{value:.2g}"


def percent(value: float) -> str:
    """A probability or share in percent: never 0% or 100% where it is neither."""
    if 0 < value < 0.001:
        return "<0.1%"
    if 0.999 < value < 1:
        return ">99.9%"
    fine = 0 < abs(value) < 0.1 or 0.95 < abs(value) < 1
    return f"{value:.1%}" if fine else f"{value:.0%}"


def spread(number: Number) -> str:
    """A number with unit and 90% interval: '103 Mt/yr (90%: 71 to 129)'."""
    unit = "" if number.kind == "probability" or number.unit == "year" else f" {number.unit}"
    low, high = (figure(each, number.kind, number.unit) for each in (number.low90, number.high90))
    return f"{figure(number.value, number.kind, number.unit)}{unit} (90%: {low} to {high})"


def error(number: Number) -> str:
    """The Monte Carlo error of a number, on the scale its value is written in."""
    if not math.isfinite(number.error):
        return "unknown"
    if number.kind == "probability":
        return percent(number.error)
    two = f"{number.error:.2g}"
    return f"{float(two):,.0f}" if number.error >= 9.5 else two
