"""Arithmetic written as text: ``(price - brent) / brent`` over named quantities, checked for units.

The text is parsed by Python's own parser and only numbers, names, ``+ - * /`` and brackets are let through;
nothing is ever evaluated as Python.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from amur import units
from amur.errors import AmurError, nearest

LONGEST = 1000
"""Characters of a formula: longer ones are mistakes, and would nest deeper than Python can follow."""

Value = Callable[[Mapping[str, float]], float]
"""Computes an expression from the values of its names; ZeroDivisionError where a divisor is zero."""


def names(text: str) -> list[str]:
    """The names an expression uses, in order of first use. AmurError where it is not an expression."""
    found = [node for node in ast.walk(_parse(text)) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(n.id for n in sorted(found, key=lambda node: (node.lineno, node.col_offset))))


def compiled(text: str, units_of: Mapping[str, units.Product], target: units.Product) -> Value:
    """The expression as a function of the values of its names, in the target unit.

    Numbers have no unit. AmurError where two terms do not measure the same, or the result is not in a unit
    that the target can hold.
    """
    value, unit = _compile(_parse(text), units_of)
    scale = units.factor(unit, target)
    return value if scale == 1.0 else lambda at: scale * value(at)


def _parse(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise AmurError(
            f"the formula has {len(text)} characters", field="formula", mend="Make it of several recipes."
        )
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        raise AmurError(
            f"'{text}' is not an expression", field="formula", mend="Write it as in (a - b) / b."
        ) from None
    for node in ast.walk(tree):
        _allowed(node)
    return tree


def _allowed(node: ast.AST) -> None:
    signs = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Load)
    value = node.value if isinstance(node, ast.Constant) else None
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18
    if number or isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Name, *signs)):
        return
    what = f"'{ast.unparse(node)}'" if isinstance(node, ast.expr) else f"'{type(node).__name__}'"
    raise AmurError(
        f"{what} is not allowed in a formula",
        field="formula",
        mend="Use numbers, the names of the inputs, + - * / and brackets only.",
    )


def _compile(node: ast.expr, units_of: Mapping[str, units.Product]) -> tuple[Value, units.Product]:
    match node:
        case ast.Constant(value=number):
            constant = float(number)  # type: ignore[arg-type]
            return (lambda _: constant), units.ONE
        case ast.Name(id=name):
            if name not in units_of:
                hint = nearest(name, list(units_of))
                raise AmurError(
                    f"the formula uses '{name}', which is not among the inputs",
                    field="formula",
                    mend=hint or "Name it under inputs or bridges.",
                )
            return (lambda at: at[name]), units_of[name]
        case ast.UnaryOp(operand=operand):
            inner, unit = _compile(operand, units_of)
            return (lambda at: -inner(at)), unit
        case ast.BinOp(left=left, op=op, right=right):
            return _binary(_compile(left, units_of), op, _compile(right, units_of))
    raise AssertionError(node)  # _allowed let nothing else through


def _binary(
    left: tuple[Value, units.Product], op: ast.operator, right: tuple[Value, units.Product]
) -> tuple[Value, units.Product]:
    (a, unit_a), (b, unit_b) = left, right
    if isinstance(op, ast.Mult):
        return (lambda at: a(at) * b(at)), units.times(unit_a, unit_b)
    if isinstance(op, ast.Div):
        return (lambda at: a(at) / b(at)), units.times(unit_a, unit_b, -1)
    # A sum is in the unit of its first term.
    scale = units.factor(unit_b, unit_a) * (1 if isinstance(op, ast.Add) else -1)
    return (lambda at: a(at) + scale * b(at)), unit_a
