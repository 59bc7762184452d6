"""A chart as a file: SVG, PNG, PDF, or a page that loads nothing, each carrying the citations."""

from __future__ import annotations

import html
import json
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amur import atomic
from amur.charts.style import FONT, INK, MUTED
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.charts.drawing import Picture

FORMATS = (".svg", ".png", ".html", ".pdf")
VEGA_LITE = "6.1"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
)
"""What a saved page may load: nothing. (Vega turns its expressions into functions, hence 'unsafe-eval'.)"""


def save(chart: Picture, path: str | Path) -> Path:
    """Write a chart as .svg, .png, .html or .pdf, whole or not at all; the path.

    AmurError for another ending and where the file cannot be written.
    """
    path = Path(path)
    return atomic.write_bytes(path, render(chart, format_of(path)))


def format_of(path: str | Path) -> str:
    """The ending of a picture's name, checked: AmurError for one that cannot be drawn."""
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        raise AmurError(
            f"a chart cannot be saved as '{Path(path).name}'", mend=f"End the name in {', '.join(FORMATS)}."
        )
    return ending


def render(chart: Picture, ending: str) -> bytes:
    """The chart as the bytes of an .svg, .png, .html or .pdf file.

    They are the same for the same chart; only the parts of a PDF may come in another order.
    """
    spec = specification(chart)
    return _RENDERERS[ending](spec)


def specification(chart: Picture) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    spec: dict[str, Any] = chart.to_dict()
    spec["$schema"] = f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.partition('.')[0]}.json"
    return spec


def _still(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without the marks that only a pointer can find."""
    layers = [layer for layer in spec.get("layer", []) if layer["mark"].get("opacity") != 0]
    return spec | {"layer": layers} if layers else spec


def svg(spec: dict[str, Any]) -> bytes:
    """An SVG picture with the citations in its ``<title>``, ``<desc>`` and ``<metadata>``."""
    import vl_convert

    about = _about(spec)
    picture: str = vl_convert.vegalite_to_svg(_still(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    told = (
        f"<title>{html.escape(about['title'], quote=False)}</title>"
        f"<desc>{html.escape(_in_words(about), quote=False)}</desc>"
        f"<metadata>{html.escape(json.dumps(about, ensure_ascii=False), quote=False)}</metadata>"
    )
    return re.sub(r"(<svg[^>]*>)", lambda m: m[1] + told, picture, count=1).encode()


def png(spec: dict[str, Any]) -> bytes:
    """A PNG picture at 192 dpi with the citations in its 'Description' text."""
    import vl_convert

    picture: bytes = vl_convert.vegalite_to_png(
        _still(spec), vl_version=VEGA_LITE, scale=2, allowed_base_urls=[]
    )
    header_ends = 8 + 4 + 4 + 13 + 4
    text = b"Description\0\0\0\0\0" + _in_words(_about(spec)).encode()
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    return picture[:header_ends] + chunk + picture[header_ends:]


def pdf(spec: dict[str, Any]) -> bytes:
    """A one-page PDF of the picture, its font inside: for setting into a document."""
    import vl_convert

    result: bytes = vl_convert.vegalite_to_pdf(_still(spec), vl_version=VEGA_LITE, allowed_base_urls=[])
    return result


def page(spec: dict[str, Any]) -> bytes:
    """A page that stands alone: the chart with values under the pointer, definitions and full citations.

    All scripts are inside and a content policy forbids the browser to load anything.
    """
    import vl_convert

    about = _about(spec)
    # '<' cannot end the script it stands in when written as JSON's own escape.
    chart = json.dumps(spec | {"usermeta": {}}, ensure_ascii=False).replace("<", "\\u003c")
    defined = "".join(
        f"<p><b>{html.escape(s['title'])}</b> ({html.escape(s['unit'])}): {html.escape(s['definition'])}"
        + (f" Formula: {html.escape(s['formula'])}" if s["formula"] else "")
        + "</p>\n"
        for s in about["series"]
    )
    cited = "".join(f"<li>{html.escape(citation)}</li>\n" for citation in about["citations"])
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(about["title"] or "Chart")}</title>
<style>
body {{ font: 14px/1.5 {FONT}; color: {INK}; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }}
section {{ font-size: 12px; color: {MUTED}; overflow-wrap: anywhere }}
</style>
<script>{vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VEGA_LITE)}</script>
</head>
<body>
<div id="chart"></div>
<section>
{defined}<p>Sources</p>
<ol>
{cited}</ol>
</section>
<script>
vegaEmbed("#chart", {chart}, {{renderer: "svg", actions: false}});
</script>
</body>
</html>
""".encode()


_RENDERERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    ".svg": svg,
    ".png": png,
    ".html": page,
    ".pdf": pdf,
}


def _about(spec: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = spec.get("usermeta", {}).get("amur", {"title": "", "series": [], "citations": []})
    return about


def _in_words(about: dict[str, Any]) -> str:
    defined = [f"{s['title']} ({s['unit']}): {s['definition']}" for s in about["series"]]
    return "\n".join([*defined, "Sources:", *about["citations"]])
