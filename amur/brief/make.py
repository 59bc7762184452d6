"""From a record to the two files: the document, its pictures, the page and the print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amur.brief.document import Brief, Number, Spark, as_json, text_of
from amur.errors import AmurError
from amur.record.record import Record

Progress = Callable[[str], None]
NEEDED = ("altair", "vl_convert", "jinja2", "typst")


@dataclass(frozen=True)
class Made:
    """A brief that is ready to be written: the document, its plain view, and the two files' bytes."""

    brief: Brief
    view: dict[str, Any]
    html: bytes
    pdf: bytes

    def headline(self) -> list[dict[str, Any]]:
        """The key figures: name, number as printed, value, unit, period and the identifiers of its sources."""
        rows = next((table.rows for table in self.brief.tables() if table.name == "key-figures"), ())
        found = []
        for row in rows:
            name, cell = text_of(row[0]), row[1]  # type: ignore[arg-type]
            number = next(run for run in cell if isinstance(run, Number))
            found.append(
                {
                    "name": name,
                    "text": number.text,
                    "value": number.value,
                    "unit": number.unit,
                    "period": number.period,
                    "series": number.name,
                    "sources": list(number.rests_on),
                    "overlay": number.overlay,
                    "revised": number.revised,
                }
            )
        return found


def make(record: Record, progress: Progress = lambda step: None) -> Made:
    """The brief of a record. AmurError where an extra is not installed, or the cut is before 1992."""
    check_extras()
    from amur.brief.content import compose
    from amur.brief.html import html
    from amur.brief.pdf import pdf

    progress("reading the record")
    with _unchecked():
        brief = compose(record)
    progress("drawing the figures")
    view, pictures, sparks = drawn(brief)
    progress("setting the page")
    page = html(view, pictures, sparks)
    progress("setting the print")
    return Made(brief, view, page, pdf(view, pictures, sparks))


@contextmanager
def _unchecked() -> Iterator[None]:
    """Figures composed without checking each part by the schema of Vega-Lite, as the tests do: a fifth of the time."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        yield


def drawn(brief: Brief) -> tuple[dict[str, Any], dict[int, str], dict[int, str]]:
    """The plain view of a document, its pictures by figure number and its sparks by the number set in the view."""
    from amur.brief.figures import svg

    view = as_json(brief)
    pictures = {number: svg(figure.spec) for number, figure in enumerate(brief.figures(), 1)}
    sparks: dict[int, str] = {}
    for block in [*view["opening"], *(b for section in view["sections"] for b in section["blocks"])]:
        for row in block.get("rows", []):
            for cell in row:
                if cell["kind"] == "spark":
                    cell["number"] = len(sparks) + 1
                    sparks[cell["number"]] = spark(
                        Spark(tuple(cell["positions"]), tuple(cell["values"]), cell["alt"])
                    )
    return view, pictures, sparks


def spark(line: Spark, width: float = 104, height: float = 17) -> str:
    """A small line as SVG, its last point marked."""
    left, right = line.positions[0], line.positions[-1]
    low, high = min(line.values), max(line.values)
    points = [
        (
            2 + (x - left) / ((right - left) or 1) * (width - 6),
            height - 2.5 - (y - low) / ((high - low) or 1) * (height - 5),
        )
        for x, y in zip(line.positions, line.values, strict=True)
    ]
    path = " ".join(f"{'L' if place else 'M'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(points))
    x, y = points[-1]
    title = line.alt.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spark" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{title}">'
        f'<path d="{path}" fill="none" stroke="#16325c" stroke-width="1.3" stroke-linejoin="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="#b5302a"/></svg>'
    )


def write(made: Made, folder: Path) -> tuple[Path, Path]:
    """Write ``brief.html`` and ``brief.pdf`` into a folder, both or neither. AmurError where that is refused."""
    from amur import atomic

    page, print_ = check_folder(folder)
    atomic.make_folder(folder)
    before = page.read_bytes() if page.is_file() else None
    atomic.write_bytes(page, made.html)
    try:
        atomic.write_bytes(print_, made.pdf)
    except BaseException:
        # The pair belongs together: put the page back as it was.
        if before is None:
            page.unlink(missing_ok=True)
        else:
            atomic.write_bytes(page, before)
        raise
    return page, print_


def check_folder(folder: Path) -> tuple[Path, Path]:
    """Where the two files go. AmurError, before any work is done, for a folder that cannot hold them."""
    import os

    page, print_ = folder / "brief.html", folder / "brief.pdf"
    above = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    if not above.is_dir():
        raise AmurError("is a file, not a folder", file=above, mend="Choose another --out.")
    if not os.access(above, os.W_OK | os.X_OK):
        raise AmurError("cannot be written: you may not write there", file=above, mend="Choose another --out.")
    for path in (page, print_):
        if path.is_dir():
            raise AmurError("cannot be written: it is a folder", file=path, mend="Choose another --out.")
    return page, print_


def check_extras() -> None:
    """AmurError that says what to install where a library of the extra ``brief`` is missing."""
    from importlib.util import find_spec

    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise AmurError(f"the brief needs {', '.join(missing)}", mend="Install it: pip install 'amur[brief]'.")
