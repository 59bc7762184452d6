"""Where each name stands in the book, and how it is said in a picture."""

from __future__ import annotations

from amur.system import causes
from amur.system.declare import MECHANISMS, PARAMETERS

PAGES = {
    "forcing": "forcings",
    "decision": "decisions",
    "pull": "quantities",
    "flow": "quantities",
    "stock": "quantities",
    "account": "quantities",
    "line": "quantities",
}


def place(name: str) -> tuple[str, str]:
    """The page and the anchor of a quantity, forcing, decision, parameter or mechanism; empty if it has none."""
    if name in MECHANISMS:
        group, _, own = name.partition(".")
        return f"mechanisms-{group}", own
    node = causes.nodes().get(causes.node_of(name))
    if node is not None:
        return PAGES[node.kind], node.name
    return ("parameters", name) if name in PARAMETERS else ("", "")


def link(name: str, to: str) -> str:
    """The address of a name in the book, of pages that end in ``to``; empty where the map stands alone."""
    page, anchor = place(name)
    return f"{page}{to}#{anchor}" if page and to else ""


def plain(name: str) -> str:
    """A name as it is read: underscores as blanks."""
    return name.replace("_", " ")


def linked(name: str) -> str:
    """A name in Markdown, linked to its place in the book."""
    page, anchor = place(name)
    return f"[`{name}`]({page}.md#{anchor})" if page else f"`{name}`"
