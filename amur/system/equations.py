"""The equations of the mechanisms as text that can be run: parsed, evaluated and rendered.

An equation is lines ``local = expression`` and ``target += expression`` in the syntax of Python, over the names of
quantities, forcings, parameters and decisions. ``==``, ``<`` and the like give 0 or 1, ``&`` is their product,
``|`` their maximum. The book prints the text and its rendering; a test holds it against the function.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from amur.errors import AmurError, nearest

type Values = Mapping[str, Any]

MOST = 80.0  # beyond this exp overflows single precision


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def _many(combine: Any) -> Callable[..., Any]:
    def combined(first: Any, *others: Any) -> Any:
        for other in others:
            first = combine(first, other)
        return first

    return combined


def _needed(x: Any) -> Any:
    from amur.system.lines import lines

    return x[lines().needs]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "abs": np.abs,
    "min": _many(np.minimum),
    "max": _many(np.maximum),
    "clip": lambda x, low, high: np.minimum(np.maximum(x, low), high),
    "sigmoid": _sigmoid,
    "total": lambda x: np.sum(x, axis=0),
    "needed": _needed,
    "where": lambda condition, a, b: np.where(np.asarray(condition) != 0, a, b),
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
    ast.BitAnd: lambda a, b: a * b,
    ast.BitOr: np.maximum,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}


@dataclass(frozen=True)
class Line:
    """One line of an equation: what it defines or adds to, and the expression."""

    name: str
    adds: bool
    expression: ast.expr


@dataclass(frozen=True)
class Equation:
    """An equation, parsed: its lines in order."""

    text: str
    lines: tuple[Line, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """What it contributes to."""
        return tuple(dict.fromkeys(line.name for line in self.lines if line.adds))

    @property
    def names(self) -> tuple[str, ...]:
        """What it reads, locals apart: ``trust_rus``, ``was.support``, ``Support.LETHAL``."""
        found: dict[str, None] = {}
        known: set[str] = set()
        for line in self.lines:
            found |= {name: None for name in _names(line.expression) if name not in known}
            if not line.adds:
                known.add(line.name)
        return tuple(found)

    def evaluate(self, values: Values) -> dict[str, Any]:
        """The contributions for given values of every name it reads (numbers or arrays)."""
        return self._run(values)[0]

    def define(self, values: Values) -> dict[str, Any]:
        """What its lines ``name = expression`` come to for given values."""
        return self._run(values)[1]

    def _run(self, values: Values) -> tuple[dict[str, Any], dict[str, Any]]:
        local: dict[str, Any] = {}
        total: dict[str, Any] = {}
        for line in self.lines:
            value = _value(line.expression, values, local)
            if line.adds:
                total[line.name] = total[line.name] + value if line.name in total else value
            else:
                local[line.name] = value
        return total, local


@cache
def parse(text: str, defines: bool = False) -> Equation:
    """An equation from its text; AmurError where it does not follow the grammar.

    That of a mechanism contributes to something; one that ``defines`` need not.
    """
    cleaned = "\n".join(part.strip() for part in _joined(text))
    try:
        tree = ast.parse(cleaned)
    except SyntaxError as error:
        raise AmurError(
            f"equation cannot be read: {error.msg}",
            line=error.lineno,
            mend=f"In '{(error.text or '').strip()}'.",
        ) from None
    lines = tuple(_line(statement) for statement in tree.body)
    if not defines and not any(line.adds for line in lines):
        raise AmurError("equation contributes to nothing", mend="Write a line 'target += expression'.")
    return Equation(re.sub(r"\s*;\s*", "\n", cleaned).strip(), lines)


_STARTS = re.compile(r"[A-Za-z_]\w*\s*\+?=(?!=)")


def _joined(text: str) -> list[str]:
    """The lines of the text; one that neither defines nor adds goes on from the line before."""
    lines: list[str] = []
    depth = 0
    for part in (each.strip() for each in text.strip().splitlines()):
        if lines and (depth > 0 or (part and not _STARTS.match(part))):
            lines[-1] += f" {part}"
        elif part:
            lines.append(part)
        depth += part.count("(") - part.count(")")
    return lines


def _line(statement: ast.stmt) -> Line:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            adds = False
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
            adds = True
        case _:
            raise AmurError(
                f"'{ast.unparse(statement)}' is neither 'local = …' nor 'target += …'", line=statement.lineno
            )
    for node in ast.walk(value):
        _check_node(node)
    return Line(name, adds, value)


def _check_node(node: ast.AST) -> None:
    fits = isinstance(
        node,
        ast.Name
        | ast.Attribute
        | ast.BinOp
        | ast.UnaryOp
        | ast.Compare
        | ast.Call
        | ast.Load
        | ast.operator
        | ast.unaryop
        | ast.cmpop,
    ) or (isinstance(node, ast.Constant) and isinstance(node.value, int | float))
    if isinstance(node, ast.Call):
        fits = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords
    elif isinstance(node, ast.BinOp):
        fits = type(node.op) in _ARITHMETIC
    elif isinstance(node, ast.UnaryOp):
        fits = isinstance(node.op, ast.USub | ast.UAdd)
    elif isinstance(node, ast.Compare):
        # In Python & and | bind tighter than comparisons: 'a > 1 & b > 2' would be 'a > (1 & b) > 2'.
        loose = [
            side
            for side in (node.left, *node.comparators)
            if isinstance(side, ast.BinOp) and isinstance(side.op, ast.BitAnd | ast.BitOr)
        ]
        if loose:
            raise AmurError(
                f"'{ast.unparse(node)}' compares what & or | joins", mend="Put brackets around each comparison."
            )
        fits = all(type(op) in _COMPARISONS for op in node.ops)
    elif isinstance(node, ast.Attribute):
        fits = isinstance(node.value, ast.Name)
    if not fits:
        what = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
        raise AmurError(f"an equation may not hold '{what}'", mend=f"Functions: {', '.join(FUNCTIONS)}.")


def _names(expression: ast.expr) -> list[str]:
    """The names in an expression, in order of writing."""
    match expression:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute():
            return [ast.unparse(expression)]
        case ast.Call(args=args):
            return [name for each in args for name in _names(each)]
        case _:
            return [
                n
                for each in ast.iter_child_nodes(expression)
                if isinstance(each, ast.expr)
                for n in _names(each)
            ]


def _value(node: ast.expr, values: Values, local: Values) -> Any:
    match node:
        case ast.Constant(value=number):
            return number
        case ast.Name(id=name):
            return local[name] if name in local else _look_up(name, values)
        case ast.Attribute():
            return _look_up(ast.unparse(node), values)
        case ast.BinOp(left=left, op=op, right=right):
            return _ARITHMETIC[type(op)](_value(left, values, local), _value(right, values, local))
        case ast.UnaryOp(op=op, operand=operand):
            value = _value(operand, values, local)
            return -value if isinstance(op, ast.USub) else value
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [_value(each, values, local) for each in (left, *others)]
            holds: Any = 1.0
            for comparison, a, b in zip(ops, sides, sides[1:], strict=False):
                holds = holds * _COMPARISONS[type(comparison)](a, b)
            return holds
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(_value(each, values, local) for each in args))
    raise AssertionError(ast.dump(node))


def _look_up(name: str, values: Values) -> Any:
    if name in values:
        return values[name]
    option = constants().get(name)
    if option is None:
        raise AmurError(f"equation names '{name}', which is not declared", mend=nearest(name, list(values)))
    return option


@cache
def constants() -> dict[str, Any]:
    """The names with fixed values: options of decisions (``Support.LETHAL``), stages, columns of the table of lines."""
    from amur.system import lines as table
    from amur.system.decisions import OPTIONS

    named: dict[str, Any] = {
        f"{options.__name__}.{option.name}": int(option) for options in OPTIONS.values() for option in options
    }
    named |= {stage.upper(): number for number, stage in enumerate(table.STAGES)}
    rows = table.lines()
    for column in ("capacity", "build", "ramp"):
        named[f"lines.{column}"] = np.asarray(getattr(rows, column), float)[:, None]
    named |= {f"lines.{name}": np.asarray(each, float)[:, None] for name, each in rows.cargo.items()}
    return named
