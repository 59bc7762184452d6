"""The two files: the same words in both, nothing loaded, the same bytes, both or none."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair
import pypdf
import pytest

from amur import atomic
from amur.brief import figures
from amur.brief import make as making
from amur.brief.make import Made, make, write
from amur.cli import main
from amur.errors import AmurError
from amur.record import Record


class Page(HTMLParser):
    """Text, headings, identifiers, links and whatever else an HTML page refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br", "path", "circle", "line", "rect", "link", "img"):
            self._open.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and tag == "a" and value:
                self.links.append(value)
            elif name in ("src", "href", "xlink:href", "srcset", "data", "poster", "action") and value:
                self.loads.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" in self._open or "svg" in self._open or "title" in self._open:
            return
        if self._open and any(tag in ("h1", "h2", "h3") for tag in self._open):
            self.headings.append((next(t for t in self._open if t in ("h1", "h2", "h3")), data))
        self.text.append(data)


def squashed(text: str) -> str:
    """A text without what the breaking of lines may change."""
    return re.sub(r"[\s\u00ad\u2010\u2060\-]", "", text)


@pytest.fixture(scope="session")
def page(made: Made) -> Page:
    return Page(made.html.decode())


@pytest.fixture(scope="session")
def print_(made: Made) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made.pdf))


def passages(view: dict[str, Any]) -> Iterator[str]:
    """Every text of the document as it must stand in both files, references included."""
    yield from (view["title"], view["subtitle"], view["status"], view["about_sources"])
    for block in [*view["opening"], *(b for section in view["sections"] for b in section["blocks"])]:
        for part in ("runs", "finding", "caption", "text"):
            if block.get(part):
                yield said(block[part])
        for column in block.get("columns", []):
            yield column["title"]
        for row in block.get("rows", []):
            yield from (said(cell["runs"]) if cell["kind"] == "text" else cell.get("text", "") for cell in row)
    yield from (section["title"] for section in view["sections"])
    yield from (f"{note['text']} {note['site']}" for note in view["notes"])


def said(runs: list[dict[str, Any]]) -> str:
    return "".join(
        run["text"] + run["flags"] + ",".join(str(ref["note"]) for ref in run["refs"]) for run in runs
    )


def test_page_and_print_say_the_same(made: Made, page: Page, print_: pypdf.PdfReader) -> None:
    footer = re.compile(re.escape(squashed(f"{made.brief.title} · {made.brief.as_of}")) + r"\d/\d")
    on_page = squashed("".join(page.text))
    printed = footer.sub("", squashed("".join(sheet.extract_text() for sheet in print_.pages)))
    wanted = [squashed(text) for text in passages(made.view)]
    assert len(wanted) > 400
    assert [text for text in wanted if text not in on_page] == []
    assert [text for text in wanted if text not in printed] == []


def test_the_print_has_seven_to_nine_pages(print_: pypdf.PdfReader) -> None:
    assert 7 <= len(print_.pages) <= 9


def test_the_print_is_tagged_titled_and_carries_its_fonts(print_: pypdf.PdfReader) -> None:
    root = print_.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("en")
    assert print_.metadata is not None
    assert print_.metadata.title == "China and Russia"
    assert "/CreationDate" not in print_.metadata
    for sheet in print_.pages:
        for font in sheet["/Resources"]["/Font"].values():
            kind = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert any(name in kind for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_the_bookmarks_are_the_titles_of_the_sections(print_: pypdf.PdfReader, made: Made) -> None:
    """And not these with the dimension run into them."""
    outline: Any = print_.outline
    first, inner = outline
    assert first["/Title"] == made.brief.title
    assert [one["/Title"] for one in inner] == [*(section.title for section in made.brief.sections), "Sources"]


def test_headings_are_in_order(page: Page, made: Made) -> None:
    assert [text for level, text in page.headings if level == "h1"] == [made.brief.title]
    titles = [text for level, text in page.headings if level == "h2"]
    assert [title for title in titles if title in {s.title for s in made.brief.sections}] == [
        section.title for section in made.brief.sections
    ]


def test_references_lead_to_notes_and_back(page: Page, made: Made) -> None:
    assert len(page.ids) == len(set(page.ids))
    within = [link[1:] for link in page.links if link.startswith("#")]
    assert set(within) <= set(page.ids)
    numbers = [note["number"] for note in made.view["notes"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for note in made.view["notes"]:
        assert note["anchors"], note
        assert set(note["anchors"]) <= set(within)
        assert f"note-{note['number']}" in within


def test_the_page_loads_nothing(page: Page, made: Made) -> None:
    text = made.html.decode()
    assert not {"script", "link", "img", "iframe", "object", "embed", "video", "audio"} & set(page.tags)
    assert [value for value in page.loads if not value.startswith("#")] == []
    assert [
        found
        for found in re.findall(r"url\(\s*[\"']?([^)\"']{0,20})", text)
        if not found.startswith(("data:", "#"))
    ] == []
    assert "@import" not in text
    assert "default-src 'none'" in text
    outside = [link for link in page.links if not link.startswith("#")]
    assert outside
    assert all(link.startswith(("https://", "http://")) for link in outside)


def test_every_picture_has_words(made: Made) -> None:
    labels = re.findall(r'<div class="picture" role="img" aria-label="([^"]+)">', made.html.decode())
    assert len(labels) == len(made.brief.figures())
    assert all(len(label) > 40 for label in labels)


def test_the_same_record_gives_the_same_bytes(record: Record) -> None:
    first, second = make(record.cut("1996-06-30")), make(record.cut("1996-06-30"))
    assert first.html == second.html
    assert first.pdf == second.pdf


def test_figures_keep_to_the_schema_of_vega_lite(made: Made) -> None:
    """One figure of each kind; the brief itself is drawn unchecked, which is three times as fast."""
    kinds = {"trade-flows", "ladder", "exercises", "markers", "distances"}
    found = [figure for figure in made.brief.figures() if figure.name in kinds]
    assert len(found) == len(kinds)
    for figure in found:
        spec = figure.spec | {"config": {k: v for k, v in figure.spec["config"].items() if k != "background"}}
        altair.LayerChart.from_dict(spec, validate=True)


def test_names_at_line_ends_do_not_overlap() -> None:
    places = figures.spread([10.0, 10.1, 10.2, 50.0], 3.0, 0.0, 60.0)
    ordered = sorted(places)
    assert all(above - below >= 2.9 for below, above in pairwise(ordered))
    assert places[3] == pytest.approx(50.0)


def test_axes_take_round_values_that_cover_the_data() -> None:
    assert figures.nice([3.0, 97.0], True, None) == [0, 25, 50, 75, 100]
    low_high = figures.nice([-0.41, 0.53], True, None)
    assert low_high[0] <= -0.41
    assert low_high[-1] >= 0.53


# Writing --------------------------------------------------------------------------------------------------


@pytest.fixture
def small(made: Made) -> Made:
    return Made(made.brief, made.view, b"<html>new</html>", b"%PDF new")


def test_both_files_are_written(small: Made, tmp_path: Path) -> None:
    page, printed = write(small, tmp_path / "deep" / "out")
    assert (page.read_bytes(), printed.read_bytes()) == (small.html, small.pdf)


@pytest.mark.parametrize("before", [b"old page", None])
def test_neither_file_changes_if_one_cannot_be_written(
    small: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    if before is not None:
        (tmp_path / "brief.html").write_bytes(before)
    honest = atomic.write_bytes

    def full(path: Path, data: bytes) -> Path:
        if path.name == "brief.pdf":
            raise AmurError("cannot be written: the disk is full", file=path)
        return honest(path, data)

    monkeypatch.setattr(atomic, "write_bytes", full)
    with pytest.raises(AmurError, match="the disk is full"):
        write(small, tmp_path)
    page = tmp_path / "brief.html"
    assert (page.read_bytes() if page.exists() else None) == before
    assert not (tmp_path / "brief.pdf").exists()


def test_a_folder_that_is_a_file_is_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").write_text("a file")
    monkeypatch.setattr(making, "make", lambda *_: pytest.fail("the brief was made for nothing"))
    assert main(["brief", "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "not a folder" in error


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "typst" else object())
    assert main(["brief"]) == 2
    assert "pip install 'amur[brief]'" in capsys.readouterr().err


@pytest.mark.parametrize(("day", "says"), [("1991-12-31", "begins in 1992"), ("tomorrow", "not a date")])
def test_a_bad_date_is_one_clear_error(
    day: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    assert main(["brief", "--as-of", day, "--out", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert not list(tmp_path.glob("brief.*"))


def test_the_command_writes_and_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    assert main(["brief", "--as-of", "1998", "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert 5 <= told.out.count("\n") <= 14
    assert "31 December 1998" in told.out.replace("\N{NO-BREAK SPACE}", " ")
    assert (tmp_path / "out" / "brief.html").read_bytes().startswith(b"<!doctype html>")
    assert (tmp_path / "out" / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_the_command_speaks_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    assert main(["brief", "--as-of", "1998-12-31", "--out", str(tmp_path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert Path(answer["html"]).is_file()
    assert Path(answer["pdf"]).is_file()
    assert answer["counts"]["numbers"] > 20
    for row in answer["headline"]:
        assert row["unit"]
        assert row["period"] <= "1998-12-31"
        assert row["sources"]
    assert answer["document"]["sections"]
