"""Formulas of the pages as MathML, which browsers draw by themselves: no script and no fonts are loaded.

Knows the LaTeX that the book uses and no more; anything else is an error, so that no formula appears half.
"""

from __future__ import annotations

import re
from html import escape

TOKEN = re.compile(
    r"(?P<space>\s+)|\\(?P<kind>mathit|textsf|text|operatorname)\{(?P<text>(?:\\.|[^{}\\])*)\}"
    r"|\\(?P<edge>begin|end)\{(?P<name>\w+)\}|\\(?P<command>[A-Za-z]+|.)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>.)",
    re.S,
)
OPERATORS = {"ge": "≥", "le": "≤", "ne": "≠", "cdot": "·", "land": "∧", "lor": "∨", "sum": "∑"}
LETTERS = {"Delta": "Δ", "ell": "ℓ", "varepsilon": "ε"}
NAMED = {"exp", "ln", "max", "min", "tanh"}
GAPS = {",": "0.17em", "qquad": "2em", " ": "0.3em"}
LOOKS = {"mathit": "mi", "textsf": "mtext", "text": "mtext", "operatorname": "mi"}


class UnknownFormulaError(ValueError):
    """A formula uses LaTeX that this module does not know."""


def mathml(latex: str) -> str:
    """A displayed formula. Raises `UnknownFormulaError` naming what is not known."""
    tokens = [each for each in TOKEN.finditer(latex.strip()) if not each["space"]]
    parser = _Parser(tokens)
    inner = "".join(parser.until())
    if parser.at < len(tokens):
        raise UnknownFormulaError(f"'{tokens[parser.at].group()}' closes nothing in {latex!r}")
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{inner}</math>'


class _Parser:
    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens, self.at = tokens, 0

    def peek(self) -> str:
        return self.tokens[self.at].group() if self.at < len(self.tokens) else ""

    def take(self) -> re.Match[str]:
        if self.at >= len(self.tokens):
            raise UnknownFormulaError("the formula ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def until(self) -> list[str]:
        """Terms up to what ends a group, a cell, a row or a pair of brackets, which is left where it is."""
        found: list[str] = []
        while self.peek() and not re.match(r"\}|&|\\\\$|\\right|\\end", self.peek()):
            found.append(self.scripted())
        return found

    def scripted(self) -> str:
        base = self.atom()
        below = above = None
        while self.peek() in ("_", "^"):
            if self.take().group() == "_":
                below = self.atom()
            else:
                above = self.atom()
        if below and above:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        if below:
            return f"<msub>{base}{below}</msub>"
        return f"<msup>{base}{above}</msup>" if above else base

    def atom(self) -> str:
        token = self.take()
        if token["kind"]:
            tag = LOOKS[token["kind"]]
            return f'<{tag} class="{token["kind"]}">{escape(re.sub(r"\\(.)", r"\1", token["text"]))}</{tag}>'
        if token["edge"] == "begin":
            return self.table(token["name"])
        if token["number"]:
            return f"<mn>{token['number']}</mn>"
        if token["command"]:
            return self.command(token["command"])
        sign = token["sign"]
        if sign == "{":
            inner = "".join(self.until())
            self.must("}")
            return f"<mrow>{inner}</mrow>"
        if sign and sign.isalpha():
            return f"<mi>{sign}</mi>"
        if sign and sign in "=+-<>,()[]|":
            return f"<mo>{escape('−' if sign == '-' else sign)}</mo>"
        raise UnknownFormulaError(f"'{token.group()}' is not known")

    def command(self, name: str) -> str:
        if name in OPERATORS:
            return f"<mo>{OPERATORS[name]}</mo>"
        if name in LETTERS or name in NAMED:
            return f"<mi>{LETTERS.get(name, name)}</mi>"
        if name in GAPS:
            return f'<mspace width="{GAPS[name]}"></mspace>'
        if name == "frac":
            return f"<mfrac>{self.atom()}{self.atom()}</mfrac>"
        if name == "sqrt":
            return f"<msqrt>{self.atom()}</msqrt>"
        if name == "mathrel":
            # Half of a sign such as +=, the other half of which follows.
            self.must("{")
            half = escape(self.take().group())
            self.must("}")
            return f'<mo lspace="0.28em" rspace="0">{half}</mo>'
        if name == "textstyle":
            return ""
        if name == "left":
            opened = escape(self.take().group())
            inner = "".join(self.until())
            self.must("\\right")
            closed = escape(self.take().group())
            return f'<mrow><mo stretchy="true">{opened}</mo>{inner}<mo stretchy="true">{closed}</mo></mrow>'
        raise UnknownFormulaError(f"'\\{name}' is not known")

    def must(self, mark: str) -> None:
        if self.take().group() != mark:
            raise UnknownFormulaError(f"'{mark}' is missing")

    def table(self, name: str) -> str:
        if name not in ("aligned", "cases"):
            raise UnknownFormulaError(f"'{name}' is not known")
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append("".join(self.until()))
            mark = self.take().group()
            if mark == "\\\\":
                rows.append([])
            elif mark == rf"\end{{{name}}}":
                break
            elif mark != "&":
                raise UnknownFormulaError(f"'{mark}' stands where a cell of {name} ends")
        body = "".join(
            f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in row)}</mtr>" for row in rows if any(row)
        )
        table = f'<mtable class="{name}"{' displaystyle="true"' if name == "aligned" else ""}>{body}</mtable>'
        return f'<mrow><mo stretchy="true">{{</mo>{table}</mrow>' if name == "cases" else table
