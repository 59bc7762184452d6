"""Which parts of the causal map to draw: the whole, one group of mechanisms, or what stands around one name."""

from __future__ import annotations

from pathlib import Path

from amur import atomic
from amur.book import drawing, names
from amur.book.drawing import Box, Column
from amur.book.layout import COLUMNS
from amur.errors import AmurError, nearest
from amur.system import causes
from amur.system.causes import Edge
from amur.system.declare import MECHANISMS, known
from amur.system.model import Model

FORMATS = (".svg", ".png", ".html")


def whole(to: str = "") -> str:
    """The whole map; ``to`` is the ending of the pages that its nodes link to (.md or .html)."""
    edges = causes.edges()
    used = {name for edge in edges for name in (edge.source, edge.target)}
    columns = [
        Column(
            title,
            tuple(
                _node(node.name, to)
                for node in causes.nodes().values()
                if node.kind in kinds and node.name in used
            ),
        )
        for title, kinds in COLUMNS.items()
    ]
    many = len({edge.by for edge in edges if edge.by != causes.BOOKS})
    note = f"{len(used)} quantities, forcings and decisions; {many} mechanisms and the books. A line leads from what is read to what it moves."
    return drawing.svg("Who drives whom", columns, edges, note)


def group(name: str, to: str = "") -> str:
    """One group of mechanisms: what they read, the mechanisms, what they write."""
    groups = {made.group: None for made in MECHANISMS.values()}
    known(name, groups, "group of mechanisms")
    members = [made for made in MECHANISMS.values() if made.group == name]
    edges: list[Edge] = []
    for made in members:
        signs = {
            (edge.source, edge.target): edge.sign
            for edge in causes.by_mechanisms(Model())
            if edge.by == made.name
        }
        for source in causes.sources(made):
            mine = {sign for (a, _), sign in signs.items() if a == source}
            edges.append(Edge(source, made.name, "~" if len(mine) != 1 else mine.pop(), made.name))
        for target, sign in made.signs.items():
            edges.append(Edge(made.name, f"> {causes.node_of(target)}", sign, made.name))
    read = dict.fromkeys(source for made in members for source in causes.sources(made))
    written = dict.fromkeys(causes.node_of(target) for made in members for target in made.signs)
    middle = tuple(
        Box(
            made.name,
            made.name.partition(".")[2].replace("_", " "),
            "mechanism",
            names.link(made.name, to),
            made.says,
        )
        for made in members
    )
    right = tuple(_node(target, to, f"> {target}") for target in written)
    columns = [
        Column("Reads", tuple(_node(source, to) for source in read)),
        Column("Mechanism", middle),
        Column("Moves", right),
    ]
    return drawing.svg(
        f"Mechanisms: {name}",
        columns,
        edges,
        "Colours on the left: the effect on what is moved, where it has one sign.",
    )


def around(name: str, to: str = "") -> str:
    """What drives one node, and what it drives."""
    known(name, causes.nodes(), "quantity, forcing or decision")
    edges = [edge for edge in causes.edges() if name in (edge.source, edge.target)]
    before = dict.fromkeys(edge.source for edge in edges if edge.target == name and edge.source != name)
    after = dict.fromkeys(edge.target for edge in edges if edge.source == name and edge.target != name)
    drawn = [
        Edge(edge.source, f"> {edge.target}" if edge.source == name else edge.target, edge.sign, edge.by)
        for edge in edges
    ]
    columns = [
        Column("Driven by", tuple(_node(each, to) for each in before)),
        Column("", (_node(name, to),)),
        Column("Drives", tuple(_node(each, to, f"> {each}") for each in after)),
    ]
    return drawing.svg(f"Around {name}", columns, drawn, causes.nodes()[name].meaning)


def _node(name: str, to: str, place: str = "") -> Box:
    node = causes.nodes()[name]
    return Box(place or name, names.plain(name), node.kind, names.link(name, to), f"{name}: {node.meaning}")


def check_name(path: str | Path) -> str:
    """The ending of a map's file name; AmurError for one that cannot be drawn."""
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        mend = nearest(ending, FORMATS) or f"End the name in {', '.join(FORMATS)}."
        raise AmurError(f"a map cannot be saved as '{Path(path).name}'", mend=mend)
    return ending


def save(picture: str, path: str | Path, title: str = "Causal map of Amur") -> Path:
    """Write a map as .svg, .html or .png, whole or not at all; the path. AmurError for another ending."""
    ending = check_name(path)
    if ending == ".svg":
        return atomic.write_text(path, picture)
    if ending == ".html":
        return atomic.write_text(path, drawing.page(title, picture))
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(picture, scale=1.5)
    return atomic.write_bytes(path, drawn)
