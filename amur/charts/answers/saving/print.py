"""An answer as PDF, set by Typst: a vector picture, fonts inside, tagged for screen readers, same bytes each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur.charts.answers.saving.page import still
from amur.charts.answers.saving.view import view
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer

SIGNS = re.compile(
    r"[^\t\n -\u024f\u0300-\u036f\u0370-\u052f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf\u2190-\u2193\u2212\u2248\u2264\u2265]+"
)
"""What the fonts of the print do not have (Chinese titles of sources above all)."""
LEFT_OUT = "[…]"
TEMPLATE = Path(__file__).with_name("print.typ")


def pdf(of: Answer, spec: dict[str, Any] | None) -> bytes:
    """The PDF, accessible by the standard PDF/UA-1; ``spec`` is the chart's specification (None: no chart)."""
    try:
        made: bytes = _set(of, spec, format="pdf", pdf_standards="ua-1")
    except AmurError:
        # A sign that no font has, in a name of the user's own: better a print with a box than none.
        made = _set(of, spec, format="pdf")
    return made


def pages(of: Answer, spec: dict[str, Any] | None, ppi: float = 110) -> list[bytes]:
    """The same pages as PNG pictures, for looking at."""
    made = _set(of, spec, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _set(of: Answer, spec: dict[str, Any] | None, **how: Any) -> Any:
    from amur.brief.make import check_extras

    check_extras()
    import typst

    from amur.brief import FONTS

    told = printable(view(of) | {"chart": spec is not None})
    files = {"main.typ": TEMPLATE.read_bytes(), "answer.json": json.dumps(told, ensure_ascii=False).encode()}
    if spec is not None:
        files["chart.svg"] = still(spec, "chart").encode()
    try:
        return typst.compile(files, font_paths=[str(FONTS)], ignore_system_fonts=True, **how)
    except typst.TypstError as error:
        raise AmurError(
            f"the PDF could not be set: {error}", mend="Please report this with the command you ran."
        ) from error


def printable(told: Any) -> Any:
    """The same with signs that no font of the print has left out, and marked so."""
    if isinstance(told, str):
        return SIGNS.sub(LEFT_OUT, told)
    if isinstance(told, dict):
        return {name: printable(each) for name, each in told.items()}
    return [printable(each) for each in told] if isinstance(told, list) else told
