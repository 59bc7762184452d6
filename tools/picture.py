"""Draw the picture of the README from the record: ``python tools/picture.py`` writes docs/picture.svg."""

from __future__ import annotations

from pathlib import Path

from amur import charts
from amur.record import load
from amur.record.measures import measure

PICTURE = Path(__file__).parents[1] / "docs" / "picture.svg"


def picture() -> charts.Picture:
    """How much of each one's goods trade is with the other, 1992 on."""
    record = load(overlay=False)
    lines = [measure(record, "trade.dependence", dyad) for dyad in ("RUS-CHN", "CHN-RUS")]
    first, last = (line.latest for line in lines)
    assert first is not None
    assert last is not None
    return charts.line(
        lines,
        title=f"China is {first.value:.0f} percent of Russia's trade, Russia {last.value:.0f} percent of China's",
        subtitle=f"Share of the partner in own goods trade, percent, to {first.period}",
        labels=["Russia on China", "China on Russia"],
        width=640,
        height=260,
        marks=[charts.Mark("2014-03-18", "Crimea"), charts.Mark("2022-02-24", "invasion")],
    )


if __name__ == "__main__":
    print(charts.save(picture(), PICTURE))
