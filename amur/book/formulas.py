"""Equations rendered: LaTeX for Markdown, MathML for pages."""

from __future__ import annotations

import ast
from collections.abc import Callable

from amur.system.equations import Equation, constants, parse

# How tightly an expression binds, for brackets.
SUM, PRODUCT, SIGN, POWER, ATOM = 1, 2, 3, 4, 5
LOOSE = 0

_SIGNS = {
    ast.Eq: ("=", "="),
    ast.NotEq: (r"\ne", "≠"),
    ast.Lt: ("<", "<"),
    ast.LtE: (r"\le", "≤"),
    ast.Gt: (">", ">"),
    ast.GtE: (r"\ge", "≥"),
}
_NAMED = {"exp": r"\exp", "log": r"\ln", "min": r"\min", "max": r"\max", "tanh": r"\tanh"}


def latex(equation: str | Equation) -> str:
    """An equation as LaTeX, one line under another, aligned."""
    parsed = parse(equation) if isinstance(equation, str) else equation
    rows = []
    for line in parsed.lines:
        left = (
            rf"\Delta\,{_latex_name(line.name)}"
            if line.adds and "__" not in line.name
            else _latex_name(line.name)
        )
        sign = r"\mathrel{+}=" if line.adds else "="
        rows.append(f"{left} &{sign} {_latex(line.expression)[0]}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _latex_name(name: str) -> str:
    if name in constants() and "." in name and name[0].isupper():
        return rf"\textsf{{{_escape(name.partition('.')[2].lower())}}}"
    if name.startswith("was."):
        return rf"\mathit{{{_escape(name[4:])}}}_{{t-1}}"
    return rf"\mathit{{{_escape(name)}}}"


def _escape(text: str) -> str:
    return text.replace("_", r"\_")


def _within(part: tuple[str, int], least: int) -> str:
    text, binds = part
    return text if binds >= least else rf"\left({text}\right)"


def _latex(node: ast.expr) -> tuple[str, int]:
    """The text and how tightly it binds."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return f"{number:g}", ATOM
        case ast.Name() | ast.Attribute():
            return _latex_name(ast.unparse(node)), ATOM
        case ast.UnaryOp(op=op, operand=operand):
            return ("-" if isinstance(op, ast.USub) else "") + _within(_latex(operand), PRODUCT), PRODUCT
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return rf"\frac{{{_latex(left)[0]}}}{{{_latex(right)[0]}}}", ATOM
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return f"{_within(_latex(left), ATOM)}^{{{_latex(right)[0]}}}", POWER
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            plus = isinstance(op, ast.Add)
            return (
                f"{_latex(left)[0]} {'+' if plus else '-'} {_within(_latex(right), _least(right, SUM if plus else PRODUCT))}",
                SUM,
            )
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return rf"{_latex(left)[0]} \lor {_latex(right)[0]}", LOOSE
        case ast.BinOp(left=left, op=op, right=right):
            times = r" \land " if isinstance(op, ast.BitAnd) else r" \, "
            if isinstance(op, ast.Mult) and _is_number(right):
                times = r" \cdot "
            return (
                f"{_within(_latex(left), PRODUCT)}{times}{_within(_latex(right), _least(right, PRODUCT))}",
                PRODUCT,
            )
        case ast.Compare(left=left, ops=ops, comparators=others):
            text = _latex(left)[0] + "".join(
                f" {_SIGNS[type(op)][0]} {_latex(each)[0]}" for op, each in zip(ops, others, strict=True)
            )
            return rf"\left[{text}\right]", ATOM
        case ast.Call(func=ast.Name(id=name), args=args):
            return _latex_call(name, args)
    raise AssertionError(ast.dump(node))


def _latex_call(name: str, args: list[ast.expr]) -> tuple[str, int]:
    texts = [_latex(each)[0] for each in args]
    if name == "where":
        texts[0] = (
            texts[0].removeprefix(r"\left[").removesuffix(r"\right]")
            if isinstance(args[0], ast.Compare)
            else texts[0]
        )
    if name == "sqrt":
        return rf"\sqrt{{{texts[0]}}}", ATOM
    if name == "abs":
        return rf"\left|{texts[0]}\right|", ATOM
    if name == "exp" and len(texts[0]) < 60:
        return f"e^{{{texts[0]}}}", POWER
    if name == "where":
        return (
            rf"\begin{{cases}} {texts[1]} & \text{{if }} {texts[0]} \\ {texts[2]} & \text{{else}} \end{{cases}}",
            ATOM,
        )
    said = _NAMED.get(name, rf"\operatorname{{{name}}}")
    return rf"{said}\left({', '.join(texts)}\right)", ATOM


def _least(right: ast.expr, otherwise: int) -> int:
    """How tightly the right side of an operator must bind to stand without brackets; one with a sign always has them."""
    return ATOM if isinstance(right, ast.UnaryOp) else otherwise


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def mathml(equation: str | Equation, link: Callable[[str], str] | None = None) -> str:
    """An equation as presentation MathML, one row a line; ``link`` gives the address of a name, or ''."""
    parsed = parse(equation) if isinstance(equation, str) else equation
    rows = []
    for line in parsed.lines:
        delta = "<mi>Δ</mi>" if line.adds and "__" not in line.name else ""
        sign = "+=" if line.adds else "="
        left = f"<mrow>{delta}{_ml_name(line.name, link)}</mrow>"
        rows.append(
            f'<mtr><mtd style="text-align:right">{left}</mtd><mtd><mo>{sign}</mo></mtd>'
            f'<mtd style="text-align:left"><mrow>{_ml(line.expression, link)[0]}</mrow></mtd></mtr>'
        )
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mtable>{"".join(rows)}</mtable></math>'


def _ml_name(name: str, link: Callable[[str], str] | None) -> str:
    if name in constants() and "." in name and name[0].isupper():
        return f'<mi mathvariant="sans-serif">{name.partition(".")[2].lower()}</mi>'
    bare = name.removeprefix("was.")
    to = link(bare) if link else ""
    said = f'<mi href="{to}">{bare}</mi>' if to else f"<mi>{bare}</mi>"
    return (
        f"<msub>{said}<mrow><mi>t</mi><mo>-</mo><mn>1</mn></mrow></msub>" if name.startswith("was.") else said
    )


def _ml_within(part: tuple[str, int], least: int) -> str:
    text, binds = part
    return text if binds >= least else f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>"


def _ml(node: ast.expr, link: Callable[[str], str] | None) -> tuple[str, int]:
    def inner(each: ast.expr) -> tuple[str, int]:
        return _ml(each, link)

    match node:
        case ast.Constant(value=int() | float() as number):
            return f"<mn>{number:g}</mn>", ATOM
        case ast.Name() | ast.Attribute():
            return _ml_name(ast.unparse(node), link), ATOM
        case ast.UnaryOp(op=op, operand=operand):
            return ("<mo>-</mo>" if isinstance(op, ast.USub) else "") + _ml_within(
                inner(operand), PRODUCT
            ), PRODUCT
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return f"<mfrac><mrow>{inner(left)[0]}</mrow><mrow>{inner(right)[0]}</mrow></mfrac>", ATOM
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return (
                f"<msup><mrow>{_ml_within(inner(left), ATOM)}</mrow><mrow>{inner(right)[0]}</mrow></msup>",
                POWER,
            )
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            plus = isinstance(op, ast.Add)
            right_text = _ml_within(inner(right), _least(right, SUM if plus else PRODUCT))
            return f"{inner(left)[0]}<mo>{'+' if plus else '-'}</mo>{right_text}", SUM
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"{inner(left)[0]}<mo>∨</mo>{inner(right)[0]}", LOOSE
        case ast.BinOp(left=left, op=op, right=right):
            times = "<mo>∧</mo>" if isinstance(op, ast.BitAnd) else "<mo>·</mo>"
            return (
                f"{_ml_within(inner(left), PRODUCT)}{times}{_ml_within(inner(right), _least(right, PRODUCT))}",
                PRODUCT,
            )
        case ast.Compare(left=left, ops=ops, comparators=others):
            rest = "".join(
                f"<mo>{_xml(_SIGNS[type(op)][1])}</mo>{inner(each)[0]}"
                for op, each in zip(ops, others, strict=True)
            )
            return f"<mrow><mo>[</mo>{inner(left)[0]}{rest}<mo>]</mo></mrow>", ATOM
        case ast.Call(func=ast.Name(id=name), args=args):
            return _ml_call(name, [inner(each)[0] for each in args])
    raise AssertionError(ast.dump(node))


def _ml_call(name: str, texts: list[str]) -> tuple[str, int]:
    rows = [f"<mrow>{text}</mrow>" for text in texts]
    if name == "sqrt":
        return f"<msqrt>{rows[0]}</msqrt>", ATOM
    if name == "abs":
        return f"<mrow><mo>|</mo>{rows[0]}<mo>|</mo></mrow>", ATOM
    if name == "exp":
        return f"<msup><mi>e</mi>{rows[0]}</msup>", POWER
    if name == "where":
        cases = f"<mtr><mtd>{rows[1]}</mtd><mtd><mtext> if </mtext>{rows[0]}</mtd></mtr><mtr><mtd>{rows[2]}</mtd><mtd><mtext> else</mtext></mtd></mtr>"
        return f"<mrow><mo>{{</mo><mtable>{cases}</mtable></mrow>", ATOM
    said = {"log": "ln"}.get(name, name)
    return f"<mrow><mi>{said}</mi><mo>(</mo>{'<mo>,</mo>'.join(rows)}<mo>)</mo></mrow>", ATOM


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
