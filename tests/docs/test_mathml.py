"""Formulas: what is known is drawn, and what is not is an error."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

SPACE = "{http://www.w3.org/1998/Math/MathML}"
PAGES = sorted((Path(__file__).parents[2] / "docs").rglob("*.md"))
FORMULAS = sorted(
    {text for page in PAGES for text in re.findall(r"```math\n(.*?)```", page.read_text("utf-8"), re.S)}
)


def drawn(latex: str) -> str:
    """A formula in one line: elements by their names, without the outer one."""
    from mathml import mathml  # type: ignore[import-not-found]

    def told(element: ElementTree.Element) -> str:
        name, inner = element.tag.removeprefix(SPACE), "".join(map(told, element))
        return f"{name}({element.text or ''}{inner})"

    return "".join(map(told, ElementTree.fromstring(mathml(latex))))


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\mathit{trust\_chn}", "mi(trust_chn)"),
        (r"\mathit{risk}_{t-1} < 1.5", "msub(mi(risk)mrow(mi(t)mo(−)mn(1)))mo(<)mn(1.5)"),
        (r"\frac{1}{2} \, e^{x}", "mfrac(mrow(mn(1))mrow(mn(2)))mspace()msup(mi(e)mrow(mi(x)))"),
        (r"x_i^2", "msubsup(mi(x)mi(i)mn(2))"),
        (r"\left|\ln a\right|", "mrow(mo(|)mi(ln)mi(a)mo(|))"),
        (r"\begin{aligned} a &= 1 \\ b &\mathrel{+}= 2 \end{aligned}",
         "mtable(mtr(mtd(mi(a))mtd(mo(=)mn(1)))mtr(mtd(mi(b))mtd(mo(+)mo(=)mn(2))))"),
        (r"\begin{cases} 1 & \text{if } a \\ 0 & \text{else} \end{cases}",
         "mrow(mo({)mtable(mtr(mtd(mn(1))mtd(mtext(if )mi(a)))mtr(mtd(mn(0))mtd(mtext(else)))))"),
    ],
)  # fmt: skip
def test_what_is_known_is_drawn(latex: str, wanted: str) -> None:
    assert drawn(latex) == wanted


@pytest.mark.parametrize(
    "latex", [r"\alpha", r"\frac{1}", r"\left(1", "{1", "1}", r"\begin{matrix}1\end{matrix}", "a ; b", r"\end{cases}"]
)  # fmt: skip
def test_what_is_not_known_is_an_error(latex: str) -> None:
    from mathml import UnknownFormulaError

    with pytest.raises(UnknownFormulaError):
        drawn(latex)


def test_the_formulas_of_the_book_keep_all_their_names_and_numbers() -> None:
    assert len(FORMULAS) > 200
    for latex in FORMULAS:
        plain = re.sub(r"\\(?:begin|end)\{\w+\}", " ", latex).replace(r"\_", "_")
        names = re.findall(r"\{([a-z][\w.]+)\}", plain) + re.findall(r"\d+(?:\.\d+)?", plain)
        told = drawn(latex)
        assert all(told.count(name) >= names.count(name) for name in set(names)), latex
