"""The causal map as a picture: nodes in columns, causes on the left, edges coloured by sign, every node a link."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from amur.charts.style import COLOURS, FONT, GRID, INK, MUTED
from amur.system.causes import Edge

PLUS, MINUS, EITHER = COLOURS["EUU"], COLOURS["CHN"], "#9aa3ad"
INKS = {"+": PLUS, "-": MINUS, "~": EITHER}
FILLS = {
    "forcing": "#fdf3df",
    "decision": "#f6e3e1",
    "pull": "#f3f4f6",
    "stock": "#e7ecf4",
    "flow": "#e3f1f0",
    "account": "#ece8f4",
    "line": "#eef0f2",
    "mechanism": "#ffffff",
}
ROW, PAD, GAP, HEAD = 19, 8, 150, 74
LETTER = 6.1  # width of a letter at 11 px, about


@dataclass(frozen=True)
class Box:
    """A node as drawn: what it says, what it is, the address behind it and the text under the pointer."""

    name: str
    label: str
    kind: str
    link: str
    tip: str


@dataclass(frozen=True)
class Column:
    """A column of boxes under a heading."""

    title: str
    boxes: tuple[Box, ...]


def svg(title: str, columns: Sequence[Column], edges: Iterable[Edge], note: str = "") -> str:
    """The picture as SVG text: columns from left to right, an edge as a curve from box to box."""
    columns = _ordered([column for column in columns if column.boxes], tuple(edges))
    tallest = max((len(column.boxes) for column in columns), default=1)
    height = HEAD + tallest * ROW + 30
    places: dict[str, tuple[float, float, float]] = {}
    body: list[str] = []
    left = 16.0
    for column in columns:
        wide = max(max(len(box.label) for box in column.boxes), len(column.title)) * LETTER + 2 * PAD
        top = HEAD + (tallest - len(column.boxes)) * ROW / 2
        body.append(f'<text x="{left:.0f}" y="{top - 8:.0f}" class="head">{html.escape(column.title)}</text>')
        for row, box in enumerate(column.boxes):
            y = top + row * ROW
            places[box.name] = (left, y + ROW / 2 - 1, wide)
            body.append(_box(box, left, y, wide))
        left += wide + GAP
    width = max(left - GAP + 16, 640)
    curves = [
        _curve(edge, places) for edge in _merged(edges) if edge.source in places and edge.target in places
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}" font-family="{FONT}">'
        f"<title>{html.escape(title)}</title>"
        f"<style>text{{font-size:11px;fill:{INK}}}.head{{font-weight:bold}}.title{{font-size:17px;font-weight:bold}}"
        f".note{{fill:{MUTED}}}path{{fill:none;stroke-width:1;stroke-opacity:.42}}a:hover rect{{stroke:{INK};stroke-width:1.6}}</style>"
        f'<rect width="100%" height="100%" fill="white"/>'
        f'<text x="16" y="26" class="title">{html.escape(title)}</text>'
        f'<text x="16" y="44" class="note">{html.escape(note)}</text>'
        f"{_legend(width)}<g>{''.join(curves)}</g>{''.join(body)}</svg>\n"
    )


def _legend(width: float) -> str:
    parts = []
    for row, (sign, told) in enumerate((("+", "raises"), ("-", "lowers"), ("~", "either, or by option"))):
        x = width - 330 + row * 90
        parts.append(
            f'<path d="M{x:.0f} 22h22" stroke="{INKS[sign]}" style="stroke-width:3;stroke-opacity:1"/>'
        )
        parts.append(f'<text x="{x + 28:.0f}" y="26">{told}</text>')
    return "".join(parts)


def _box(box: Box, x: float, y: float, wide: float) -> str:
    shape = (
        f"<title>{html.escape(box.tip)}</title>"
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{ROW - 3}" rx="3" fill="{FILLS[box.kind]}" stroke="{GRID}"/>'
        f'<text x="{x + PAD:.0f}" y="{y + 12:.0f}">{html.escape(box.label)}</text>'
    )
    inside = f'<g data-node="{html.escape(box.name)}">{shape}</g>'
    return f'<a href="{html.escape(box.link)}">{inside}</a>' if box.link else inside


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """One edge for each pair: its sign is that on which all agree."""
    signs: dict[tuple[str, str], set[str]] = {}
    for edge in edges:
        signs.setdefault((edge.source, edge.target), set()).add(edge.sign)
    return [Edge(a, b, next(iter(each)) if len(each) == 1 else "~", "") for (a, b), each in signs.items()]


def _curve(edge: Edge, places: Mapping[str, tuple[float, float, float]]) -> str:
    (x1, y1, wide1), (x2, y2, wide2) = places[edge.source], places[edge.target]
    if x1 < x2:
        start, end, bend = x1 + wide1, x2, 0.5 * (x2 - x1 - wide1)
        path = f"M{start:.0f} {y1:.0f}C{start + bend:.0f} {y1:.0f} {end - bend:.0f} {y2:.0f} {end:.0f} {y2:.0f}"
    elif x1 > x2:
        start, end = x1, x2 + wide2
        bend = 0.5 * (start - end)
        path = f"M{start:.0f} {y1:.0f}C{start - bend:.0f} {y1:.0f} {end + bend:.0f} {y2:.0f} {end:.0f} {y2:.0f}"
    else:
        side = x1 + wide1
        out = 18 + 0.08 * abs(y2 - y1)
        path = f"M{side:.0f} {y1:.0f}C{side + out:.0f} {y1:.0f} {side + out:.0f} {y2:.0f} {side:.0f} {y2:.0f}"
    data = f'data-from="{edge.source}" data-to="{edge.target}"'
    return f'<path d="{path}" stroke="{INKS[edge.sign]}" {data}/>'


def _ordered(columns: Sequence[Column], edges: Sequence[Edge]) -> list[Column]:
    """Boxes of each column in the order of the mean height of their neighbours, so that few edges cross."""
    near: dict[str, list[str]] = {}
    for edge in edges:
        near.setdefault(edge.source, []).append(edge.target)
        near.setdefault(edge.target, []).append(edge.source)
    ordered = list(columns)
    for _ in range(6):
        height = {
            box.name: (row + 0.5) / len(column.boxes)
            for column in ordered
            for row, box in enumerate(column.boxes)
        }
        ordered = [
            Column(column.title, tuple(sorted(column.boxes, key=_middle(near, height)))) for column in ordered
        ]
    return ordered


def _middle(near: Mapping[str, list[str]], height: Mapping[str, float]) -> Callable[[Box], float]:
    def of(box: Box) -> float:
        heights = [height[name] for name in near.get(box.name, ()) if name in height]
        return sum(heights) / len(heights) if heights else height[box.name]

    return of


SCRIPT = """
const svg = document.querySelector('svg'), paths = [...svg.querySelectorAll('path[data-from]')];
for (const node of svg.querySelectorAll('[data-node]')) {
  const name = node.dataset.node;
  node.addEventListener('mouseenter', () => { for (const p of paths) {
    const on = p.dataset.from === name || p.dataset.to === name;
    p.style.strokeOpacity = on ? 1 : .05; p.style.strokeWidth = on ? 2 : 1; } });
  node.addEventListener('mouseleave', () => { for (const p of paths) { p.style.strokeOpacity = ''; p.style.strokeWidth = ''; } });
}
"""


def page(title: str, picture: str) -> str:
    """A page that stands alone: the picture, its edges lit up under the pointer; it loads nothing."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'\">"
        f'<title>{html.escape(title)}</title></head><body style="margin:0">{picture}<script>{SCRIPT}</script></body></html>\n'
    )
