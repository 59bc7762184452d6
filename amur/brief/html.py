"""The brief as one HTML page that needs nothing else: no script, no network, pictures inside."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from typing import Any

from amur.brief import FONTS

HERE = Path(__file__).parent
_IDENTIFIER = re.compile(r'\bid="([^"]+)"')


def html(view: dict[str, Any], pictures: dict[int, str], sparks: dict[int, str]) -> bytes:
    """The page for a document's plain view with its pictures (SVG by figure number) and sparks (by spark number)."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((HERE / "brief.html.j2").read_text(encoding="utf-8"))
    page = template.render(
        brief=view,
        pictures={number: inline(picture, f"f{number}") for number, picture in pictures.items()},
        sparks=sparks,
        style=faces() + (HERE / "brief.css").read_text(encoding="utf-8"),
    )
    return page.encode()


def faces() -> str:
    """The page's fonts, carried inside it, so that pictures and tables look as they were laid out."""
    weights = {"Regular": 400, "Semibold": 600}
    carried = {
        name: b64encode((FONTS / f"SourceSansPro-{name}.woff2").read_bytes()).decode() for name in weights
    }
    return "".join(
        f'@font-face {{ font-family: "Source Sans Pro"; font-weight: {weights[name]}; font-display: block; '
        f'src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n'
        for name, font in carried.items()
    )


def inline(picture: str, prefix: str) -> str:
    """An SVG picture made fit to stand in a page with others: identifiers of its own, hidden from screen
    readers (the text beside it says the same), and free to grow with the page."""
    names = set(_IDENTIFIER.findall(picture))
    for name in sorted(names, key=len, reverse=True):
        picture = picture.replace(f'id="{name}"', f'id="{prefix}-{name}"').replace(
            f"#{name})", f"#{prefix}-{name})"
        )
        picture = picture.replace(f'href="#{name}"', f'href="#{prefix}-{name}"')
    picture = re.sub(r'^(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", picture, count=1)
    return re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", picture).replace("<svg ", '<svg aria-hidden="true" ', 1)
