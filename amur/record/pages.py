"""Pages of the docs that are partly made from the record.

Prose stands in the page; what can be computed stands between ``<!-- begin NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from amur.errors import AmurError

PART = re.compile(r"(<!-- begin ([a-z-]+) -->\n).*?(<!-- end -->)", re.S)


def refreshed(page: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """The page with its generated parts made anew. AmurError for a part that is not known."""

    def part(found: re.Match[str]) -> str:
        if found[2] not in parts:
            raise AmurError(f"there is no generated part '{found[2]}'", mend=f"Use one of {', '.join(parts)}.")
        return f"{found[1]}{parts[found[2]]()}\n{found[3]}"

    return PART.sub(part, page)


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""

    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    names = list(header)
    return "\n".join([line(names), line("---" for _ in names), *(line(row) for row in rows)])
