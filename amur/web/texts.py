"""Pages written in Markdown, as HTML for the page: links lead to pages here, pictures become charts, tables scroll."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

PAGES = {
    "index.md": "/system", "parameters.md": "/system/parameters", "claims.md": "/system/claims",
    "scenarios.md": "/system/scenarios", "validation.md": "/quality/validation", "weaknesses.md": "/quality/weaknesses",
    "forecasts.md": "/quality/forecasts", "recovery.md": "/quality/recovery", "conditioning.md": "/quality/conditioning",
    "checks.md": "/quality/checks", "readings.md": "/system/readings",
}  # fmt: skip
"""Where pages of the docs stand here."""
BOOK = (
    "step",
    "quantities",
    "forcings",
    "decisions",
    "lines",
    "interventions",
    "endstates",
    "observables",
    "laws",
)
"""Pages of the book that are shown as they are."""
NODES = ("quantities.md", "forcings.md", "decisions.md")
"""Pages whose anchors are names of the causal map, each of which has a page of its own here."""


def shown(markdown: str, pictures: Mapping[str, str] | None = None) -> Markup:
    """A page of Markdown as HTML, without its first heading. ``pictures``: the chart that stands for each picture file.

    It is ours: HTML in it stands as it is.
    """
    return _shown(markdown, tuple((pictures or {}).items()))


@lru_cache(64)
def _shown(markdown: str, pictures: tuple[tuple[str, str], ...]) -> Markup:
    from markdown_it import MarkdownIt

    body = re.sub(r"^# .*\n", "", markdown.lstrip(), count=1)
    body = re.sub(r"^Part of the \[system book\].*\n", "", body, flags=re.MULTILINE)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    html = re.sub(r'(?<=<a )href="([^"]*)"', lambda found: _link(found[1]), html)
    html = re.sub(r'<p><img src="([^"]+)" alt="([^"]*)"\s*/?></p>', _picture(dict(pictures)), html)
    html = html.replace(' style="text-align:right"', ' class="right"').replace(' style="text-align:left"', "")
    html = re.sub(r"<math .*?</math>", _framed, _headed(html), flags=re.DOTALL)
    html = re.sub(r"<pre>", '<pre tabindex="0">', html)
    return Markup(html)


def title(markdown: str) -> str:
    """The first heading of a page."""
    found = re.search(r"^# (.+)$", markdown, re.MULTILINE)
    return found[1] if found else ""


def headings(markdown: str) -> list[tuple[str, str]]:
    """The parts of a page: anchor and words."""
    return [(slug(words), words) for words in re.findall(r"^## (.+)$", markdown, re.MULTILINE)]


def slug(words: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w -]", "", words).strip().lower().replace(" ", "-")


def _link(address: str) -> str:
    page, _, anchor = address.removeprefix("book/").partition("#")
    there = f"#{anchor}" if anchor else ""
    if page in NODES and anchor and _known(anchor):
        return f'href="/system/quantities/{escape(anchor)}"'
    if page == "claims.md" and anchor:
        return f'href="/system/claims#{escape(anchor.upper())}"'
    if page == "parameters.md" and anchor:
        return f'href="/system/parameters/{escape(anchor)}"'
    if page in PAGES:
        return f'href="{PAGES[page]}{escape(there)}"'
    if found := re.fullmatch(r"mechanisms-([\w-]+)\.md", page):
        return f'href="/system/mechanisms/{found[1]}{"." + escape(anchor) if anchor else ""}"'
    if page.removesuffix(".md") in BOOK:
        return f'href="/system/book/{page.removesuffix(".md")}{escape(there)}"'
    if not page or "://" in address:
        return f'href="{escape(address)}"'
    # A page of the docs that is not shown here: its words stand without a link.
    return 'class="elsewhere"'


@cache
def _names() -> frozenset[str]:
    from amur.book.published import published

    return frozenset(published()["nodes"])


def _known(name: str) -> bool:
    return name in _names()


def _picture(pictures: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def made(found: re.Match[str]) -> str:
        name, words = found[1].removesuffix(".svg"), found[2]
        if name not in pictures:
            return ""
        at = pictures[name]
        return (
            f'<figure class="chart" data-spec="{escape(at)}.vl.json" aria-label="{words}"><figcaption><span class="finding">{words}</span>'
            f'</figcaption><div class="drawn"></div><noscript><img src="{escape(at)}.svg" alt="{words}"></noscript>'
            f'<ul class="files" aria-label="Take away: {words}"><li><a href="{escape(at)}.svg">SVG</a></li>'
            f'<li><a href="{escape(at)}.png">PNG</a></li><li><a href="{escape(at)}.csv">CSV</a></li></ul></figure>'
        )

    return made


def _framed(found: re.Match[str]) -> str:
    """A formula in a place that scrolls, and that a keyboard can reach."""
    return f'<div class="formula" tabindex="0" role="group" aria-label="Equation">{found[0]}</div>'


def _headed(html: str) -> str:
    """Headings with anchors; tables in places of their own that scroll, named by the heading above."""
    under, many = "Table", 0
    anchors = set(re.findall(r'<a id="([^"]+)"', html))
    parts: list[str] = []
    for part in re.split(r"(<h[2-4]>.*?</h[2-4]>|<table>.*?</table>)", html, flags=re.DOTALL):
        if part.startswith("<h"):
            words = re.sub(r"<[^>]+>", "", part)
            under, many = words, 0
            # The book has anchors of its own, some of which are as their headings.
            part = part if slug(words) in anchors else part.replace(">", f' id="{slug(words)}">', 1)
        elif part.startswith("<table>"):
            many += 1
            name = under if many == 1 else f"{under}, {many}"
            # The first cell of a row names it.
            rows = re.sub(
                r"(<tr>\s*)<td([^>]*)>(.*?)</td>", r'\1<th scope="row"\2>\3</th>', part, flags=re.DOTALL
            )
            rows = re.sub(r"<th(?! scope)", '<th scope="col"', rows)
            rows = re.sub(r"<th scope=\"col\"([^>]*)></th>", r"<td\1></td>", rows)
            part = f'<div class="sheet" tabindex="0" role="region" aria-label="{name}">{rows}</div>'
        parts.append(part)
    return "".join(parts)


def plain(told: Any) -> str:
    """Words without the marks of Markdown."""
    return re.sub(r"[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", str(told)))
