"""How far long work has come, on one line of a terminal; elsewhere nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable


def teller(unit: str = "") -> Callable[[str, int, int], None]:
    """A function to be told what is being done, how much of it is, and of how much; what goes on at the same time shares the line."""
    under_way: dict[str, str] = {}

    def tell(what: str, done: int, many: int) -> None:
        if not sys.stderr.isatty():
            return
        now = f"{what}: {done} of {many}{unit}"
        if done < many:
            under_way[what] = now
        else:
            under_way.pop(what, None)
            print(f"\r\033[K{now}", file=sys.stderr)
        print(f"\r\033[K{'; '.join(list(under_way.values()))}", end="", file=sys.stderr, flush=True)

    return tell


__all__ = ["teller"]
