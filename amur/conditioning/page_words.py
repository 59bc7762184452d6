"""Tables and numbers as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], text: int = 1) -> list[str]:
    """A Markdown table; the first ``text`` columns are words, the rest numbers, set to the right."""
    lines = [_row(heads), _row(["---" if place < text else "--:" for place in range(len(heads))])]
    return lines + [_row(row) for row in rows]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def signed(value: float, digits: int = 0) -> str:
    """A number with its sign, as it is read."""
    written = f"{value:+.{digits}f}"
    return f"{0:.{digits}f}" if float(written) == 0 else minus(written)


def minus(written: str) -> str:
    """A number with the sign that is read as minus."""
    return written.replace("-", "−")


def share(value: float) -> str:
    """A share in whole percent; a dash for none."""
    return f"{value:.0%}" if value == value else "–"


def chance(value: float) -> str:
    """A p-value; a dash for none."""
    return "–" if value != value else "<0.001" if value < 0.001 else f"{value:.3f}"
