"""Answers as files: a page that loads nothing, a print, a picture with its sources inside, a table, or JSON.

Works for any answer; those whose question has no chart are saved without one where the format allows it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur import atomic
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer

FORMATS = (".html", ".pdf", ".svg", ".png", ".csv", ".json")


def save(of: Answer, path: str | Path) -> Path:
    """Write an answer as .html, .pdf, .svg, .png, .csv or .json, whole or not at all; the path.

    AmurError for another ending, for a picture of a question that has no chart, and where the file cannot be written.
    """
    return atomic.write_bytes(path, render(of, Path(path).suffix.lower()))


def render(of: Answer, ending: str) -> bytes:
    """The answer as the bytes of a file of that ending; the same for the same answer."""
    from amur.charts.answers.saving.pictures import specification

    match ending:
        case ".json":
            return (
                json.dumps(plain(of.as_json()), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
            ).encode()
        case ".csv":
            from amur.charts.answers.saving.sheet import sheet

            return sheet(of).encode()
        case ".svg" | ".png":
            from amur.charts import png, svg

            spec = specification(of)
            if spec is None:
                raise AmurError(
                    f"there is no chart of '{of.question}'", field="save", mend="Save it as .csv or .json."
                )
            return svg(spec) if ending == ".svg" else png(spec)
        case ".html":
            from amur.charts.answers.saving.page import page

            return page(of, specification(of))
        case ".pdf":
            from amur.charts.answers.saving.print import pdf

            return pdf(of, specification(of))
    raise AmurError(
        f"an answer cannot be saved as '{ending or 'a name without ending'}'",
        field="save",
        mend=f"End the name in {', '.join(FORMATS)}.",
    )


def plain(told: Any) -> Any:
    """The same with nothing that JSON cannot say: what is not a number becomes null."""
    if isinstance(told, float):
        return told if told - told == 0 else None
    if isinstance(told, dict):
        return {str(name): plain(each) for name, each in told.items()}
    return [plain(each) for each in told] if isinstance(told, list | tuple) else told


__all__ = ["FORMATS", "plain", "render", "save"]
