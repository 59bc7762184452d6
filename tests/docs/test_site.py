"""The site: built without a warning, whole, and at home on a disk without a network."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCES = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
LOADS = {"script", "img", "iframe", "source", "video", "audio", "embed", "object", "image", "use", "input"}
QUIET = {"canonical", "prev", "next", "alternate", "license"}
"""Relations of a link by which nothing is loaded."""


class Loaded(HTMLParser):
    """Everything that a page loads when it is opened, and what its links lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag in LOADS or (tag == "link" and told.get("rel") not in QUIET):
            self.loads += [
                told[name] for name in ("src", "href", "data", "xlink:href", "srcset") if name in told
            ]
        self.loads += re.findall(r"url\(['\"]?([^)'\"]+)", told.get("style", ""))


def in_navigation(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    inner = part.values() if isinstance(part, dict) else part
    return [name for each in inner for name in in_navigation(each)]


def outside(address: str) -> bool:
    return re.match(r"[a-z]+:|//", address) is not None and not address.startswith(("data:", "#"))


def test_it_is_built_without_a_warning(site: Any) -> None:
    assert "WARNING" not in site.said
    assert "Documentation built" in site.said


def test_every_page_is_in_the_navigation_once() -> None:
    assert sorted(in_navigation(SETTINGS["nav"])) == SOURCES


def test_every_page_is_built_and_found_by_searching(site: Any) -> None:
    index = json.loads((site.folder / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    built = {source.removesuffix(".md") + ".html" for source in SOURCES}
    assert built <= found
    assert all((site.folder / name).is_file() for name in built)
    # From a disk the index is read as a script, since pages there may not fetch.
    assert (site.folder / "search" / "search_index.js").read_text(encoding="utf-8").startswith("var __index")


def test_nothing_is_loaded_from_elsewhere(site: Any) -> None:
    pages = sorted(site.folder.rglob("*.html"))
    assert len(pages) > len(SOURCES)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        told = Loaded(text)
        assert told.loads, page.name
        assert not [each for each in told.loads if outside(each)], page.name
        # What the theme loads from elsewhere on demand: diagrams, and counts of a repository.
        assert 'class="mermaid"' not in text, page.name
        assert 'data-md-component="source"' not in text, page.name
        assert "<style>" not in text or "http" not in "".join(re.findall(r"<style>(.*?)</style>", text, re.S))
    for sheet in site.folder.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not [each for each in re.findall(r"url\(['\"]?([^)'\"]+)", text) if outside(each)], sheet.name
        assert "@import" not in text, sheet.name


def test_pictures_load_nothing_either(site: Any) -> None:
    pictures = sorted(site.folder.rglob("*.svg"))
    assert pictures
    for picture in pictures:
        text = picture.read_text(encoding="utf-8")
        assert not re.search(r"<script|<image|@import|<foreignObject|url\(['\"]?http", text), picture.name


def test_links_within_the_site_lead_to_files(site: Any) -> None:
    for page in site.folder.rglob("*.html"):
        # Whoever is lost is served the page of the lost at any address.
        if page.name == "404.html":
            continue
        told = Loaded(page.read_text(encoding="utf-8"))
        for address in [*told.links, *told.loads]:
            path = address.partition("#")[0].partition("?")[0]
            if path and not outside(address):
                assert not path.startswith("/"), (page.name, address)
                assert (page.parent / path).resolve().is_file(), (page.name, address)


def test_every_formula_is_drawn(site: Any) -> None:
    for source in SOURCES:
        text = (DOCS / source).read_text(encoding="utf-8")
        html = (site.folder / source).with_suffix(".html").read_text(encoding="utf-8")
        assert html.count("<math ") == text.count("```math\n"), source
        assert "```" not in html, source


@pytest.mark.parametrize("source", SOURCES)
def test_a_page_has_one_title(source: str) -> None:
    text = re.sub(r"^```.*?^```", "", (DOCS / source).read_text(encoding="utf-8"), flags=re.M | re.S)
    assert len(re.findall(r"^# ", text, re.M)) == 1
