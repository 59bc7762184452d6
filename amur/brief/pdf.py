"""The brief as PDF, set by Typst: vector pictures, fonts inside, tagged for screen readers, same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from amur.brief import FONTS
from amur.errors import AmurError

TEMPLATE = Path(__file__).parent / "brief.typ"


def pdf(view: dict[str, Any], pictures: dict[int, str], sparks: dict[int, str]) -> bytes:
    """The PDF of a document's plain view with its pictures (SVG by figure number) and sparks (by spark number).

    Accessible by the standard PDF/UA-1.
    """
    made: bytes = _compile(view, pictures, sparks, format="pdf", pdf_standards="ua-1")
    return made


def pages(
    view: dict[str, Any], pictures: dict[int, str], sparks: dict[int, str], ppi: float = 110
) -> list[bytes]:
    """The same pages as PNG pictures, for looking at."""
    made = _compile(view, pictures, sparks, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def _compile(view: dict[str, Any], pictures: dict[int, str], sparks: dict[int, str], **how: Any) -> Any:
    import typst

    files = {"main.typ": TEMPLATE.read_bytes(), "brief.json": json.dumps(view, ensure_ascii=False).encode()}
    files |= {f"figure-{number}.svg": text.encode() for number, text in pictures.items()}
    files |= {f"spark-{number}.svg": text.encode() for number, text in sparks.items()}
    try:
        return typst.compile(files, font_paths=[str(FONTS)], ignore_system_fonts=True, **how)
    except typst.TypstError as error:
        raise AmurError(
            f"the PDF could not be set: {error}", mend="Please report this with the command you ran."
        ) from error
