"""Building the book: every page, the maps, and where asked the same as HTML."""

from __future__ import annotations

import html as escapes
import re
from pathlib import Path

from amur import atomic
from amur.book import maps, pages, step
from amur.errors import AmurError
from amur.system.declare import MECHANISMS


def book() -> dict[str, str]:
    """The book by file name: pages in Markdown and maps in SVG. The same model gives the same text."""
    from amur.system import model as _declared  # noqa: F401  importing declares every mechanism

    files = {f"{name}.md": make() for name, make in pages.MAKERS.items()}
    files["step.md"] = step.page()
    files["map.svg"] = maps.whole(".md")
    for group in dict.fromkeys(made.group for made in MECHANISMS.values()):
        files[f"mechanisms-{group}.md"] = pages.group_page(group)
        files[f"map-{group}.svg"] = maps.group(group, ".md")
    return {name: _tidy(text) for name, text in sorted(files.items())}


def _tidy(text: str) -> str:
    """No blanks at line ends, no more than one empty line, one line end at the end."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def write(folder: str | Path, form: str = "md") -> list[Path]:
    """Write the book to a folder; the paths. Pages that an earlier build left and that are no more are removed."""
    if form not in ("md", "html"):
        raise AmurError(f"the book has no form '{form}'", field="form", mend="Choose md or html.")
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise AmurError("is not a folder", file=folder, mend="Name a folder for the book.")
    files = book() if form == "md" else site(book())
    paths = [atomic.write_text(folder / name, text) for name, text in files.items()]
    for old in [*folder.glob("mechanisms-*.*"), *folder.glob("map-*.svg")]:
        if old.name not in files and old.suffix in (f".{form}", ".svg"):
            old.unlink()
    return paths


def site(files: dict[str, str]) -> dict[str, str]:
    """The same book as pages for a browser: Markdown rendered, equations as MathML, nothing loaded from elsewhere."""
    made = {}
    for name, text in files.items():
        if name.endswith(".svg"):
            made[name] = text.replace(".md#", ".html#")
        else:
            made[name.replace(".md", ".html")] = as_html(text)
    return made


STYLE = """body{font:16px/1.5 "Liberation Sans",Arial,sans-serif;color:#22262b;max-width:62rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;font-size:.85em}td,th{border:1px solid #e1e4e8;padding:.2em .5em;text-align:left;vertical-align:top}
pre{background:#f6f7f8;padding:.6em;overflow-x:auto}img,svg{max-width:100%}a{color:#16325c}math{font-size:1.05em}"""


def as_html(text: str) -> str:
    """A page of Markdown as a page for a browser."""
    from markdown_it import MarkdownIt

    from amur.book.formulas import mathml

    # In HTML the running text stands beside its MathML, made from it; the LaTeX is for Markdown only.
    def as_mathml(found: re.Match[str]) -> str:
        try:
            return f"\n{mathml(found[1])}\n\n```\n{found[1]}\n```\n"
        except AmurError:
            return f"\n```\n{found[1]}\n```\n"

    without = re.sub(r"```math\n(?:\\begin\{aligned\}).*?```\n", "", text, flags=re.DOTALL)
    without = re.sub(r"<details>.*?</details>", "", without, flags=re.DOTALL)
    whole = re.sub(r"(?<=\n)```\n(.*?)\n```\n", as_mathml, without, flags=re.DOTALL)
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(whole)
    body = re.sub(r'(href="[a-z0-9-]+)\.md', r"\1.html", body)
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escapes.escape(title[1] if title else 'Amur')}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def differences(folder: str | Path) -> list[str]:
    """The files of the book in a folder that are not as the model now has them: changed, missing or left over."""
    folder = Path(folder)
    files = book()
    wrong = [
        name
        for name, text in files.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    return wrong + [path.name for path in sorted(folder.glob("*")) if path.name not in files]
