"""The causal map laid out as numbers, for surfaces that draw it in their own colours: boxes in columns, curves between them.

It is made from what :mod:`amur.book.published` holds and loads no model. Causes stand on the left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from amur.book.published import published
from amur.errors import AmurError, nearest

COLUMNS = {
    "Outside world": ("forcing",),
    "Choices": ("decision",),
    "Politics, economy, war": ("stock",),
    "Pulls, lines, accounts": ("pull", "line", "account"),
    "Flows": ("flow",),
}
ROW, BOX, PAD, TOP, EDGE = 22, 18, 7, 34, 10
LETTER = 6.0
"""Pixels that a letter of a label takes, about."""
SWEEPS = 6
STEPS = 3
"""Steps that a map around one name may take to either side."""
MOST = 260
"""Boxes of a map around one name; one with more is cut off at the step before."""
PLACES = {
    "chn": "China", "rus": "Russia", "wst": "West", "sou": "South", "ind": "India", "vnm": "Vietnam", "oth": "others",
    "ukr": "Ukraine", "cas": "Central Asia", "usa": "America", "eur": "Europe", "lng": "LNG", "gdp": "GDP", "un": "UN",
    "taiwan": "Taiwan", "ukraine": "Ukraine", "malacca": "Malacca", "hormuz": "Hormuz", "casia": "Central Asia",
    "urals": "Urals", "nato": "NATO", "eu": "EU", "zhongnanhai": "Zhongnanhai", "kremlin": "Kremlin",
}  # fmt: skip
"""Parts of names that stand for something with a name of its own."""
WORDS = {"+": "raises", "-": "lowers", "~": "moves either way"}


class Box(NamedTuple):
    """A box: its place among the boxes' ``key``, what it is the box of, and where it stands in pixels."""

    key: str
    name: str
    label: str
    kind: str
    says: str
    x: float
    y: float
    width: float


class Curve(NamedTuple):
    """A curve from box to box (their numbers), the sign of the effect, and its path."""

    source: int
    target: int
    sign: str
    path: str


class Map(NamedTuple):
    """A map: its size in pixels, headings (text, x, y), boxes and curves."""

    title: str
    width: float
    height: float
    heads: tuple[tuple[str, float, float], ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


type Placed = tuple[str, str, str]  # key of a box, what it stands for, its kind
type Edges = Mapping[tuple[str, str], str]


@cache
def whole() -> Map:
    """Every quantity, forcing and decision that drives or is driven."""
    told = published()
    edges = merged((a, b, sign) for a, b, sign, _ in told["edges"])
    used = {name for pair in edges for name in pair}
    columns = [
        (title, [(name, name, node["kind"]) for name, node in told["nodes"].items() if node["kind"] in kinds and name in used])
        for title, kinds in COLUMNS.items()
    ]  # fmt: skip
    return _laid("Who drives whom", columns, edges, spread=True)


def group(name: str) -> Map:
    """One group of mechanisms: what they read, the mechanisms, what they move. AmurError for a group there is none of."""
    told = published()
    groups = {each["name"]: each for each in told["groups"]}
    if name not in groups:
        raise AmurError(f"there is no group of mechanisms '{name}'", field="group", mend=_near(name, groups))
    edges: dict[tuple[str, str], str] = {}
    for source, target, sign, by in told["edges"]:
        if by in groups[name]["mechanisms"]:
            _join(edges, source, by, sign)
            _join(edges, by, f"> {target}", sign)
    read = dict.fromkeys(a for a, b in edges if b in groups[name]["mechanisms"])
    moved = dict.fromkeys(b for a, b in edges if a in groups[name]["mechanisms"])
    columns = [
        ("Reads", [(each, each, told["nodes"][each]["kind"]) for each in read]),
        ("Mechanism", [(each, each, "mechanism") for each in groups[name]["mechanisms"]]),
        ("Moves", [(each, each[2:], told["nodes"][each[2:]]["kind"]) for each in moved]),
    ]
    return _laid(f"Mechanisms: {name.replace('-', ' ')}", columns, edges)


def around(name: str, steps: int = 1) -> Map:
    """What drives one node in so many steps, and what it drives. AmurError for a node there is none of."""
    told = published()
    if name not in told["nodes"]:
        problem = f"there is no quantity, forcing or decision '{name}'"
        raise AmurError(problem, field="around", mend=_near(name, told["nodes"]))
    pairs = merged((a, b, sign) for a, b, sign, _ in told["edges"])
    before = _rings(name, pairs, steps, backwards=True)
    after = _rings(name, pairs, steps, backwards=False)
    edges: dict[tuple[str, str], str] = {}
    for (a, b), sign in pairs.items():
        # An edge is drawn where it leads one step nearer to the name, or one step away from it.
        if before.get(a, 0) == before.get(b, 0) + 1 and (b in before or b == name):
            edges[_key(a, name, "<"), _key(b, name, "<")] = sign
        if after.get(b, 0) == after.get(a, 0) + 1 and (a in after or a == name):
            edges[_key(a, name, ">"), _key(b, name, ">")] = sign

    def column(ring: Mapping[str, int], at: int, side: str) -> list[Placed]:
        return [
            (_key(each, name, side), each, told["nodes"][each]["kind"])
            for each, far in ring.items()
            if far == at
        ]

    far = range(1, steps + 1)
    columns = [
        *((_heading(at, "Driven by"), column(before, at, "<")) for at in reversed(far)),
        ("", [(name, name, told["nodes"][name]["kind"])]),
        *((_heading(at, "Drives"), column(after, at, ">")) for at in far),
    ]
    return _laid(f"Around {name.replace('_', ' ')}", columns, edges)


def listed(of: Map) -> list[dict[str, Any]]:
    """The same in words: for every box what drives it and what it drives, with the sign."""
    names = [box.label for box in of.boxes]
    made: list[dict[str, Any]] = [
        {"name": box.name, "label": box.label, "kind": box.kind, "says": box.says, "by": [], "drives": []}
        for box in of.boxes
    ]
    for curve in of.curves:
        made[curve.source]["drives"].append((names[curve.target], of.boxes[curve.target].name, curve.sign))
        made[curve.target]["by"].append((names[curve.source], of.boxes[curve.source].name, curve.sign))
    return made


def merged(edges: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """One edge for each pair: its sign is that on which all agree."""
    made: dict[tuple[str, str], str] = {}
    for source, target, sign in edges:
        _join(made, source, target, sign)
    return made


def _join(edges: dict[tuple[str, str], str], source: str, target: str, sign: str) -> None:
    known = edges.get((source, target), sign)
    edges[source, target] = sign if known == sign else "~"


def _rings(name: str, pairs: Edges, steps: int, backwards: bool) -> dict[str, int]:
    """How many steps each node is from a name, against the edges or along them."""
    found: dict[str, int] = {}
    edge = [name]
    for step in range(1, steps + 1):
        ends = set(edge)
        near = [(a if backwards else b) for a, b in pairs if (b if backwards else a) in ends]
        fresh = [each for each in dict.fromkeys(near) if each != name and each not in found]
        if len(found) + len(fresh) > MOST:
            break
        found |= dict.fromkeys(fresh, step)
        edge = fresh
    return found


def _key(each: str, name: str, side: str) -> str:
    return name if each == name else f"{side} {each}"


def _heading(at: int, words: str) -> str:
    return words if at == 1 else f"{words}, {at} steps"


def label(name: str) -> str:
    """A name of the model as it is read: ``oil_chn`` is oil China."""
    parts = (part.replace("-", "_").split("_") for part in name.split("."))
    return ": ".join(" ".join(PLACES.get(word, word) for word in words) for words in parts)


def _laid(title: str, columns: Sequence[tuple[str, list[Placed]]], edges: Edges, spread: bool = False) -> Map:
    told = published()
    kept = _ordered([(head, boxes) for head, boxes in columns if boxes], edges)
    labels = {
        key: label(name.partition(".")[2] if kind == "mechanism" else name)
        for _, boxes in kept
        for key, name, kind in boxes
    }
    wide = [max(len(labels[key]) for key, _, _ in boxes) * LETTER + 2 * PAD for _, boxes in kept]
    gap = 150.0 if len(kept) <= 3 else 100.0
    tallest = max(len(boxes) for _, boxes in kept)
    made: list[Box] = []
    heads: list[tuple[str, float, float]] = []
    x = float(EDGE)
    for (head, boxes), width in zip(kept, wide, strict=True):
        step = ROW * tallest / len(boxes) if spread else ROW
        top = TOP + (0 if spread else (tallest - len(boxes)) * ROW / 2)
        heads.append((head, x, top - 12))
        for row, (key, name, kind) in enumerate(boxes):
            of = told["mechanisms"] if kind == "mechanism" else told["nodes"]
            says = of[name]["says" if kind == "mechanism" else "meaning"]
            made.append(Box(key, name, labels[key], kind, says, x, top + row * step, width))
        x += width + gap
    place = {box.key: number for number, box in enumerate(made)}
    curves = [
        Curve(place[a], place[b], sign, _path(made[place[a]], made[place[b]]))
        for (a, b), sign in edges.items()
        if a in place and b in place
    ]
    # What bends outward from the last column needs room there.
    return Map(
        title, round(x - gap + 6 * EDGE), TOP + tallest * ROW + EDGE, tuple(heads), tuple(made), tuple(curves)
    )


def _path(a: Box, b: Box) -> str:
    y1, y2 = a.y + BOX / 2, b.y + BOX / 2
    if a.x < b.x:
        start, end = a.x + a.width, b.x
        bend = 0.5 * (end - start)
        return f"M{start:.0f} {y1:.0f}C{start + bend:.0f} {y1:.0f} {end - bend:.0f} {y2:.0f} {end:.0f} {y2:.0f}"
    if a.x > b.x:
        start, end = a.x, b.x + b.width
        bend = 0.5 * (start - end)
        return f"M{start:.0f} {y1:.0f}C{start - bend:.0f} {y1:.0f} {end + bend:.0f} {y2:.0f} {end:.0f} {y2:.0f}"
    side = a.x + a.width
    out = 14 + min(0.06 * abs(y2 - y1), 40)
    return f"M{side:.0f} {y1:.0f}C{side + out:.0f} {y1:.0f} {side + out:.0f} {y2:.0f} {side:.0f} {y2:.0f}"


def _ordered(columns: list[tuple[str, list[Placed]]], edges: Edges) -> list[tuple[str, list[Placed]]]:
    """Columns with each box near the middle of what it is joined to, so that fewer curves cross."""
    near: dict[str, list[str]] = {}
    for a, b in edges:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    for _ in range(SWEEPS):
        height = {key: row / len(boxes) for _, boxes in columns for row, (key, _, _) in enumerate(boxes)}
        columns = [(head, sorted(boxes, key=_middle(near, height))) for head, boxes in columns]
    return columns


def _middle(near: Mapping[str, list[str]], height: Mapping[str, float]) -> Callable[[Placed], float]:
    def of(box: Placed) -> float:
        heights = [height[name] for name in near.get(box[0], ()) if name in height]
        return sum(heights) / len(heights) if heights else height[box[0]]

    return of


def _near(name: str, known: Iterable[str]) -> str:
    return nearest(name, list(known)) or "See /system for all of them."
