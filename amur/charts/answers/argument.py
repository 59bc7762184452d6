"""An argument as a picture: its number under each reading, its other numbers of that unit, and the positions on it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from amur.charts.dots import Dot, Dots, dots
from amur.charts.style import INK
from amur.questions.words import spread

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Number

MOST = 10
"""Numbers drawn beside the first."""
PAGE = 720
"""Width of a panel that none is told for."""
WIDE = 84
"""Characters of a name."""


def draw(of: Answer, width: int | None = None) -> Any:
    """Three panels: the first number by reading, further numbers, and each position's probability before and after."""
    panels = list(_panels(of, width).values())
    first, judged = of.numbers[0], of.tables["verdict"][0]
    subtitle = [
        f"{first.about[:1].upper()}{first.about[1:]}: {spread(first)}; {first.share_in_words}",
        f"{judged['on']}: {judged['verdict']} ({judged['by']})",
        _sources(of),
    ]
    lines = [line for text in subtitle for line in textwrap.wrap(text, 92)]
    return dots(panels, of.title, lines, columns=1, width=330, apart=True, total=width)


def more(of: Answer, width: int | None = None) -> dict[str, Callable[[], Any]]:
    """Each panel as a chart of its own."""

    def part(name: str) -> Any:
        panel = _panels(of, width or PAGE)[name]
        return dots([panel._replace(title="")], panel.title, _sources(of), columns=1, total=width or PAGE)

    return {name: partial(part, name) for name in _panels(of, width or PAGE)}


def _panels(of: Answer, width: int | None) -> dict[str, Dots]:
    """The panels by name; on a page no name is cut, and readings have their colours."""
    first, cut = of.numbers[0], WIDE if width is None else None
    panels = {"readings": _by_reading(first, width is not None)} if first.by_reading else {}
    others = [each for each in of.numbers[1:] if each.unit == first.unit and each.kind != "fact"][:MOST]
    if others:
        panels["numbers"] = Dots(
            "Further numbers",
            _dots(others, cut),
            unit=first.unit,
            zero=_crosses(others),
            domain=_domain(others),
        )
    return panels | {"positions": _positions(of, cut)}


def _by_reading(number: Number, paged: bool) -> Dots:
    told = sorted(number.by_reading.items(), key=lambda pair: -pair[1])
    whole = Dot("all, weighed", "readings weighed", number.value, number.low90, number.high90)
    single = [Dot(name, "readings weighed", value) for name, value in told]
    if paged:
        from amur.charts.answers.reading import colours_of

        known = colours_of(number.by_reading)
        whole = whole._replace(colour=INK)
        single = [dot._replace(name=dot.name.replace("-", " "), colour=known[dot.name]) for dot in single]
    return Dots(
        f"By reading ({number.unit})",
        [whole, *single],
        unit=number.unit,
        zero=_crosses([number]),
        domain=_domain([number]),
    )


def _positions(of: Answer, most: int | None) -> Dots:
    made = []
    for row in of.tables["positions"]:
        name = _cut(f"{row['claims']}: {row['tested']}", most)
        if row["before"] is not None:
            made.append(Dot(name, "before the record", float(str(row["before"]))))
        made.append(Dot(name, "after the record", float(str(row["after"]))))
    return Dots("Probability that a position holds", made, domain=(0.0, 1.0), zero=False, unit="probability")


def _dots(numbers: list[Number], most: int | None) -> list[Dot]:
    """A dot to a number; what tells numbers apart is added where their names are one."""
    names = [each.about for each in numbers]
    return [
        Dot(
            _cut(
                each.about if names.count(each.about) == 1 else ", ".join([*each.keys.values(), each.about]),
                most,
            ),
            "readings weighed",
            each.value,
            each.low90,
            each.high90,
        )
        for each in numbers
    ]


def _domain(numbers: list[Number]) -> tuple[float, float] | None:
    """From nought for probabilities; as the numbers are, for others."""
    if any(each.kind != "probability" and each.unit != "probability" for each in numbers) or _crosses(numbers):
        return None
    return 0.0, max(max(each.high90, *each.by_reading.values()) for each in numbers)


def _crosses(numbers: list[Number]) -> bool:
    return any(each.low90 < 0 < each.high90 for each in numbers)


def _cut(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[: most - 1]}…"


def _sources(of: Answer) -> str:
    return f"amur {of.made.version}, posteriors {of.made.stamp}; {of.made.futures:,} futures, seed {of.made.seed}; middle 90%"
