"""The brief as a document: what it says and what each number rests on, with nothing about how it looks.

Both renderers (:mod:`amur.brief.html`, :mod:`amur.brief.pdf`) and the JSON read the same plain view of it
(:func:`as_json`), so that the three cannot differ in content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple


class Number(NamedTuple):
    """A number as it is printed, with what it means.

    ``text`` holds the unit as a reader expects it ("US$ 228.1 bn"); ``unit`` is that of the record.
    ``name`` is the series, measure or count it comes from, ``sources`` the keys of its notes, ``rests_on``
    the identifiers of all its sources. ``overlay`` names the user's own evidence in it, ``revised`` says
    that the value is of a later vintage than the cut.
    """

    text: str
    value: float
    unit: str
    period: str
    sources: tuple[str, ...]
    name: str
    rests_on: tuple[str, ...] = ()
    overlay: str = ""
    revised: bool = False


class Quote(NamedTuple):
    """What the record says of an event, as it says it: its figures belong to that event and its source."""

    text: str
    date: str
    sources: tuple[str, ...]
    overlay: str = ""


class Cite(NamedTuple):
    """A reference to notes without a number of its own."""

    sources: tuple[str, ...]


Run = str | Number | Quote | Cite
Runs = tuple[Run, ...]


class Paragraph(NamedTuple):
    """Running text. ``style``: body, lead (the opening), missing (what the record lacks), item (of a list)."""

    runs: Runs
    style: str = "body"


class Figure(NamedTuple):
    """A chart: the finding as its title, what is drawn as caption, the same in words for those who cannot see.

    ``spec`` is a Vega-Lite specification; ``width`` half or full of the page; ``text`` stands under it.
    """

    name: str
    finding: Runs
    caption: Runs
    alt: str
    spec: dict[str, Any]
    width: str = "half"
    text: Runs = ()


class Spark(NamedTuple):
    """A small line in a table cell; ``positions`` are years, ``alt`` says it in words."""

    positions: tuple[float, ...]
    values: tuple[float, ...]
    alt: str


class Mark(NamedTuple):
    """A verdict in a table cell: a word and its kind (good, near, bad, none), shown in colour and in words."""

    text: str
    kind: str


Cell = Runs | Spark | Mark


class Column(NamedTuple):
    """A column of a table: its heading and alignment (left, right)."""

    title: str
    align: str = "left"


class Table(NamedTuple):
    """A table with its caption; the first column heads the rows. ``shape`` names its widths for the renderers."""

    name: str
    caption: Runs
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shape: str = "plain"


NOTES = "Notes"
"""The heading of a table's last column where the references of a row stand together instead of at each number."""

Block = Paragraph | Figure | Table


@dataclass(frozen=True)
class Section:
    """A part of the brief. ``dimension`` is one of economic, political, security, societal, or empty."""

    name: str
    title: str
    dimension: str
    blocks: tuple[Block, ...]


class Note(NamedTuple):
    """An endnote: a source, or a series with all the sources it rests on."""

    number: int
    key: str
    text: str
    url: str


@dataclass(frozen=True)
class Brief:
    """The whole document. ``status`` is the line under the title that says what the record knew and when."""

    title: str
    subtitle: str
    status: str
    as_of: str
    version: str
    record_hash: str
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]
    about_sources: str = ""
    overlays: tuple[str, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def blocks(self) -> Iterator[Block]:
        yield from self.opening
        for section in self.sections:
            yield from section.blocks

    def runs(self) -> Iterator[Run]:
        """Every run in the order of reading."""
        for block in self.blocks():
            for runs in _texts(block):
                yield from runs

    def numbers(self) -> list[Number]:
        return [run for run in self.runs() if isinstance(run, Number)]

    def figures(self) -> list[Figure]:
        return [block for block in self.blocks() if isinstance(block, Figure)]

    def tables(self) -> list[Table]:
        return [block for block in self.blocks() if isinstance(block, Table)]


def _texts(block: Block) -> Iterator[Runs]:
    if isinstance(block, Paragraph):
        yield block.runs
    elif isinstance(block, Figure):
        yield block.finding
        yield block.caption
        yield block.text
    else:
        yield block.caption
        for row in block.rows:
            for cell in row:
                if not isinstance(cell, Spark | Mark):
                    yield cell


def noted(*cells: Runs) -> Runs:
    """The references of a row's cells, each once: what stands under :data:`NOTES`."""
    keys = dict.fromkeys(
        key for cell in cells for run in cell if not isinstance(run, str) for key in run.sources
    )
    return (Cite(tuple(keys)),) if keys else ("–",)


def with_notes(brief: Brief, describe: Any) -> Brief:
    """The brief with its notes numbered in the order of first use; ``describe(key)`` gives (text, address)."""
    keys = dict.fromkeys(key for run in brief.runs() if not isinstance(run, str) for key in run.sources)
    notes = tuple(Note(number, key, *describe(key)) for number, key in enumerate(keys, 1))
    return replace(brief, notes=notes)


# The plain view -------------------------------------------------------------------------------------------


def as_json(brief: Brief) -> dict[str, Any]:
    """The document as plain JSON values: what the renderers draw and ``--json`` prints.

    A reference is shown after the last of neighbouring numbers that rest on the same notes; every number
    keeps its own list of notes. ``anchors`` of a note are the places that refer to it.
    """
    return _View(brief).document()


class _View:
    """Walks the document once, giving references their numbers and anchors."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.number = {note.key: note.number for note in brief.notes}
        self.anchors: dict[int, list[str]] = {note.number: [] for note in brief.notes}
        self.figures = 0
        self.tables = 0
        self.quiet = False

    def document(self) -> dict[str, Any]:
        brief = self.brief
        opening = [self.block(block) for block in brief.opening]
        sections = [
            {
                "name": section.name,
                "title": section.title,
                "dimension": section.dimension,
                "blocks": [self.block(block) for block in section.blocks],
            }
            for section in brief.sections
        ]
        return {
            "title": brief.title,
            "subtitle": brief.subtitle,
            "status": brief.status,
            "as_of": brief.as_of,
            "version": brief.version,
            "record_hash": brief.record_hash,
            "overlays": list(brief.overlays),
            "opening": opening,
            "sections": sections,
            "about_sources": brief.about_sources,
            "notes": [
                {**note._asdict(), "site": site(note.url), "anchors": self.anchors[note.number]}
                for note in brief.notes
            ],
        }

    def block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "style": block.style, "runs": self.runs(block.runs)}
        if isinstance(block, Figure):
            self.figures += 1
            return {
                "kind": "figure",
                "name": block.name,
                "number": self.figures,
                "finding": self.runs(block.finding),
                "caption": self.runs(block.caption),
                "text": self.runs(block.text),
                "alt": block.alt,
                "width": block.width,
            }
        self.tables += 1
        return {
            "kind": "table",
            "name": block.name,
            "number": self.tables,
            "caption": self.runs(block.caption),
            "shape": block.shape,
            "columns": [column._asdict() for column in block.columns],
            "rows": [self.row(row, block.columns[-1].title == NOTES) for row in block.rows],
        }

    def row(self, row: tuple[Cell, ...], gathered: bool) -> list[dict[str, Any]]:
        """Cells; where the references are ``gathered`` in the last, the others show none of their own."""
        if not gathered:
            return [self.cell(cell) for cell in row]
        self.quiet = True
        cells = [self.cell(cell) for cell in row[:-1]]
        self.quiet = False
        return [*cells, self.cell(row[-1])]

    def cell(self, cell: Cell) -> dict[str, Any]:
        if isinstance(cell, Spark):
            return {"kind": "spark", **cell._asdict()}
        if isinstance(cell, Mark):
            return {"kind": "mark", "text": cell.text, "verdict": cell.kind}
        return {"kind": "text", "runs": self.runs(cell)}

    def runs(self, runs: Runs) -> list[dict[str, Any]]:
        return [self.run(run, _next_sources(runs[place + 1 :])) for place, run in enumerate(runs)]

    def run(self, run: Run, following: tuple[str, ...] | None) -> dict[str, Any]:
        if isinstance(run, str):
            return {"kind": "text", "text": run, "flags": "", "refs": []}
        shown = () if self.quiet or run.sources == following else run.sources
        shown = tuple(sorted(shown, key=self.number.__getitem__))
        refs = [self.reference(key) for key in shown]
        if isinstance(run, Cite):
            return {"kind": "cite", "text": "", "flags": "", "refs": refs}
        kind = "number" if isinstance(run, Number) else "quote"
        notes = [self.number[key] for key in run.sources]
        detail = {name: _plain(value) for name, value in run._asdict().items() if name != "text"}
        return {"kind": kind, "text": run.text, "flags": flags(run), "refs": refs, "notes": notes, **detail}

    def reference(self, key: str) -> dict[str, Any]:
        number = self.number[key]
        anchor = f"ref-{number}-{len(self.anchors[number]) + 1}"
        self.anchors[number].append(anchor)
        return {"note": number, "anchor": anchor}


def flags(run: Number | Quote) -> str:
    """Signs after a number: a dagger for the user's own evidence, an r for a vintage later than the cut."""
    return ("†" if run.overlay else "") + ("r" if isinstance(run, Number) and run.revised else "")


def _next_sources(runs: Iterable[Run]) -> tuple[str, ...] | None:
    return next((run.sources for run in runs if not isinstance(run, str)), None)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def site(url: str) -> str:
    """The bare name of the site of an address, as notes print it."""
    from urllib.parse import urlsplit

    return urlsplit(url).netloc.removeprefix("www.")


def text_of(runs: Iterable[Run]) -> str:
    """The words of runs, without references."""
    return "".join(run if isinstance(run, str) else "" if isinstance(run, Cite) else run.text for run in runs)
