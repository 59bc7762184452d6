"""Room on a page: rows of names and what is drawn beside them, laid out in pixels for a width.

Names stand beside their rows where the page is wide enough, and above them where it is not; they wrap and are never cut.
(Data are given to Altair as tuples, here and in all charts: it copies lists again and again, which took most of the time.)
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from amur.charts.style import GRID, INK, MUTED

LETTER = 5.9
"""Pixels that a letter takes at most, on average, in the text of a picture on a page."""
LINE = 15
"""Pixels from one line of text to the next."""
BESIDE = 460
"""Width from which names stand beside their rows."""
EDGE = 10
"""Pixels between a name and what it names."""


AXIS = 44
"""Pixels for the labels of an upright axis."""
GAP = 24
"""Pixels between panels."""


class Rows(NamedTuple):
    """Rows from top to bottom in pixels: where the marks of each are centred, and each line of text.

    ``column`` is the width of the names beside the plot (0: above it); ``texts`` are rows of data: text, y, and whether
    it is said with less weight. All of it, names too, lies inside the view, whose left edge is the picture's: parts
    under each other then need not know of each other's names.
    """

    plot: int
    column: int
    height: int
    centres: Mapping[str, float]
    texts: tuple[dict[str, Any], ...]
    width: int
    above: bool

    @property
    def reach(self) -> list[int]:
        """From where to where the plot goes, pixels of the view."""
        return [self.column, self.column + self.plot]

    def bare(self, width: int, spare: int = 14) -> Rows:
        """The same rows without their names, for a panel beside the one that names them."""
        return Rows(width - spare, 0, self.height, self.centres, (), width, self.column == 0)


def column(names: Iterable[str], width: int, share: float = 0.42) -> int:
    """The width for names beside their rows; 0 where they stand above. Panels under each other share one."""
    longest = int(max(map(len, names), default=0) * LETTER) + EDGE
    return min(int(share * width), longest) if width >= BESIDE or longest <= share * width else 0


def rows(
    names: Sequence[str],
    width: int,
    block: int = 14,
    beside: int | None = None,
    gap: int = 8,
    under: Mapping[str, Sequence[str]] | None = None,
    spare: int = 14,
    whole: int = 0,
) -> Rows:
    """Rows of ``names`` in a ``width``; marks take ``block`` pixels of height.

    ``beside`` is the width of the names' column (default: :func:`column`); ``under`` are further lines below each name;
    ``spare`` is left at the right for what reaches over the plot, such as the last label of an axis; ``whole`` is how far
    names may go that stand above (default: the ``width``).
    """
    more = under or {}
    if beside is None:
        beside = column((text for name in names for text in (name, *more.get(name, ()))), width)
    letters = max(8, int(((beside - EDGE) if beside else whole or width) / LETTER))
    centres, texts, top = {}, [], 0.0
    for name in names:
        lines = [(line, False) for line in textwrap.wrap(name, letters) or [""]]
        lines += [(line, True) for text in more.get(name, ()) for line in textwrap.wrap(text, letters)]
        tall = LINE * len(lines)
        high = max(block, tall) if beside else block + tall
        first = top + (high - tall) / 2 if beside else top
        centres[name] = top + high / 2 if beside else top + tall + block / 2
        texts += [
            {"text": line, "y": first + LINE * (place + 0.5), "less": less}
            for place, (line, less) in enumerate(lines)
        ]
        top += high + gap
    return Rows(width - beside - spare, beside, round(top - gap / 2), centres, tuple(texts), width, not beside)


def span(values: Iterable[float | None], zero: bool = False) -> list[float]:
    """The ends of an axis that holds all values with a little room, and does not pass nought for it."""
    known = [value for value in values if value is not None and value == value] or [0.0, 1.0]
    low, high = min([*known, 0.0] if zero else known), max([*known, 0.0] if zero else known)
    pad = 0.04 * (high - low) or 0.05 * abs(high) or 1.0
    return [
        low - pad if low < 0 or low - pad >= 0 else 0.0,
        high + pad if high > 0 or high + pad <= 0 else 0.0,
    ]


def up(alt: Any, of: Rows, name: str = "y") -> Any:
    """The vertical place of marks: pixels from the top."""
    return alt.Y(
        f"{name}:Q", axis=None, scale=alt.Scale(domain=[0, of.height], nice=False, zero=False, reverse=True)
    )


def named(alt: Any, of: Rows) -> list[Any]:
    """The names as text, and a fine line through the middle of each row."""
    lines = [{"y": y} for y in of.centres.values()]
    guide = (
        alt.Chart({"values": tuple(lines)})
        .mark_rule(color=GRID, strokeWidth=1)
        .encode(y=up(alt, of), x=alt.value(of.reach[0]), x2=alt.value(of.reach[1]))
    )
    made = [guide]
    for less in (False, True):
        texts = [each for each in of.texts if each["less"] is less]
        if texts:
            made.append(
                alt.Chart({"values": tuple(texts)})
                .mark_text(
                    align="right" if of.column else "left",
                    baseline="middle",
                    fontSize=12,
                    color=MUTED if less else INK,
                )
                .encode(y=up(alt, of), x=alt.value(of.column - EDGE if of.column else 0), text="text:N")
            )
    return made


def along(alt: Any, field: str, width: int, many: int = 0, **more: Any) -> Any:
    """Years along the foot of a plot whose upright axis stands inside the view (:func:`beside`)."""
    scale = alt.Scale(nice=False, zero=False, range=[AXIS, width - 12])
    axis = alt.Axis(format="d", tickCount=many or ticks(width), grid=False, labelFlush=False)
    return alt.X(field, title=None, scale=scale, axis=axis, **more)


def beside(alt: Any, **more: Any) -> Any:
    """The upright axis of such a plot."""
    return alt.Axis(offset=-AXIS, title=None, **more)


@dataclass
class Stack:
    """Charts put together as ``altair.concat`` does, without the copies that it makes of every part at every step.

    It is used as such a chart is: :meth:`properties`, ``concat`` and :meth:`to_dict`.
    """

    concat: list[Any]
    columns: int
    spacing: int
    resolve: dict[str, Any]
    title: Any = None
    usermeta: Any = None
    config: Any = None

    def properties(self, **told: Any) -> Stack:
        """The same with a title, a theme, or what travels with it."""
        return replace(self, **told)

    def to_dict(self, validate: bool = True, context: dict[str, Any] | None = None, **_: Any) -> dict[str, Any]:
        """The specification; ``context`` gathers the data of all parts where this is a part itself."""
        top = context is None
        inner = {"datasets": {}, "pre_transform": True} | (context or {}) | {"top_level": False}
        made: dict[str, Any] = {
            "concat": [part.to_dict(validate=validate, context=inner) for part in self.concat],
            "columns": self.columns,
            "spacing": self.spacing,
            "resolve": {"scale": self.resolve},
        }
        for name in ("title", "usermeta", "config"):
            if isinstance(told := getattr(self, name), dict | str):
                made[name] = told
        return made | {"datasets": inner["datasets"]} if top else made


def stack(parts: Sequence[Any], columns: int = 1, spacing: int = 24, alike: bool = False) -> Stack:
    """Parts under each other, each with scales of its own; those that are ``alike`` share their colours, and one legend."""
    own = ("x", "y", "size", "opacity") if alike else ("x", "y", "size", "opacity", "color", "shape")
    return Stack(list(parts), columns, spacing, dict.fromkeys(own, "independent"))


def upright(alt: Any, of: Rows, x: Any, at: float = 0.0, block: int = 14, dash: bool = True) -> Any:
    """An upright line at a value; where names stand above their rows it leaves them free. ``x``: scale and axis."""
    style = {"color": MUTED} | ({"strokeDash": [3, 3]} if dash else {})
    where = alt.X("at:Q", **x)
    if not of.above:
        return alt.Chart({"values": [{"at": at}]}).mark_rule(**style).encode(x=where)
    half = block / 2 - 1
    pieces = [{"at": at, "from": y - half, "to": y + half} for y in of.centres.values()]
    return (
        alt.Chart({"values": tuple(pieces)})
        .mark_rule(**style)
        .encode(x=where, y=up(alt, of, "from"), y2="to:Q")
    )


def columns(many: int, most: int) -> int:
    """How many panels stand in a row where there is room for ``most``: as few rows as can be, none of them much shorter."""
    rows = -(-many // max(1, most))
    return -(-many // max(1, rows))


def untitled(chart: Any) -> Any:
    """The same without a heading of its own: it stands alone, under the title of the figure."""
    import altair as alt

    chart.title = alt.Undefined
    return chart


def ticks(width: int) -> int:
    """Labels that an axis of numbers has room for."""
    return max(2, min(8, width // 62))


def legend(alt: Any, names: Sequence[str], width: int, symbol: str = "") -> Any:
    """A legend above, in as many columns as the width holds; None for one name."""
    if len(names) < 2:
        return None
    widest = max(map(len, names)) * LETTER + 30
    whole = sum(len(name) * LETTER + 34 for name in names)
    columns = len(names) if whole <= width else max(1, min(len(names) - 1, int(width // widest)))
    return alt.Legend(
        orient="top",
        direction="horizontal",
        columns=columns,
        symbolSize=70,
        offset=8,
        title=None,
        labelLimit=width,
        symbolOpacity=1,
        **({"symbolType": symbol} if symbol else {}),
    )


def heading(text: str, of: int | Rows) -> dict[str, Any]:
    """The title of a panel in as many lines as its width needs, from its left edge."""
    width = of if isinstance(of, int) else of.width
    return {
        "text": textwrap.wrap(text, max(12, int(width / 6.3))),
        "fontSize": 12,
        "color": INK,
        "anchor": "start",
        "frame": "group",
        "offset": 8,
    }
