"""Charts for the page: laid out for a width, on the page's own ground and in its font, with nothing but the picture.

Title, subtitle and sources stand in the page around a figure, where they wrap, are read aloud and can be copied, so
they are taken out of the picture: :func:`told` gives them as texts.
"""

from __future__ import annotations

from copy import copy
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from amur.charts.saving import VEGA_LITE
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer

type Width = Literal["narrow", "half", "wide", "full"]

WIDTHS: dict[Width, int] = {"narrow": 320, "half": 520, "wide": 720, "full": 1080}
"""Pixels that a picture is laid out for; static/charts.js asks for the one that fits, and stretches it a little."""
FONT = "Source Sans Pro"
SMALLEST = 12
"""Font size in pixels that no text of a picture is below; the page's font is small for its size."""
_first = Lock()
_NAME = "taken_apart"
SIZES = ("fontSize", "labelFontSize", "titleFontSize", "subtitleFontSize")


class Told(NamedTuple):
    """What a chart says in words: ``subtitle`` are its lines joined, ``caption`` and ``sources`` what stands below it."""

    title: str
    subtitle: str
    sources: tuple[str, ...]


def specification(of: Answer | Any, width: Width = "wide", part: str = "") -> dict[str, Any]:
    """The Vega-Lite specification for the page of an answer (or of one further chart of it, ``part``), or of any chart.

    AmurError for an answer without a chart, a part that there is none of, and a width that is not in :data:`WIDTHS`.
    """
    ready()
    from altair.utils.schemapi import debug_mode

    # Whether each piece fits Vega-Lite's schema is for the tests to check: it takes as long as all the rest.
    with debug_mode(False):
        return paged(_chart(of, _pixels(width), part).to_dict(validate=False))


def told(of: Answer | Any, part: str = "") -> Told:
    """Title, subtitle and citations of a chart, for the text around the figure."""
    ready()
    spec = _chart(of, None, part).to_dict(validate=False)
    title = spec.get("title", "")
    title = title if isinstance(title, dict) else {"text": title}
    about = spec.get("usermeta", {}).get("amur", {})
    return Told(_joined(title.get("text")), _joined(title.get("subtitle")), tuple(about.get("citations", ())))


def paged(spec: dict[str, Any]) -> dict[str, Any]:
    """A specification made fit for the page: no ground, the page's font, no heading, nothing for files."""
    made: dict[str, Any] = {
        name: each for name, each in _readable(spec).items() if name not in ("title", "usermeta", "$schema")
    }
    config = made.get("config", {})
    made["config"] = config | {
        "background": None,
        "font": FONT,
        "padding": 2,
        "aria": False,
        "text": {"fontSize": SMALLEST},
        "title": config.get("title", {}) | {"frame": "bounds"},
    }
    made["$schema"] = f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.partition('.')[0]}.json"
    return made


def ready() -> None:
    """Load what draws, once and in one thread: two that load it at the same moment see halves of it.

    Altair's setters (``alt.X("year").axis(...)``) keep the object that they were last taken from in one place for all
    threads, so that charts drawn at the same time got parts of each other. Here each taking is its own.
    """
    with _first:
        from altair.utils.schemapi import _PropertySetter

        taken = _PropertySetter.__get__
        if taken.__name__ == _NAME:
            return

        def apart(self: Any, obj: Any, cls: Any) -> Any:
            return taken(copy(self), obj, cls)  # type: ignore[no-untyped-call]

        apart.__name__ = _NAME
        _PropertySetter.__get__ = apart  # type: ignore[method-assign]


def chart_of(of: Answer, part: str = "") -> Any:
    """A chart of an answer, laid out for a file. AmurError for a part that there is none of."""
    return _chart(of, None, part)


def _chart(of: Any, pixels: int | None, part: str) -> Any:
    """The chart of an answer at a width; a chart is what it is."""
    from amur.charts import answers

    if not hasattr(of, "question"):
        return of
    if not part:
        return answers.chart(of, width=pixels)
    more = answers.more(of, width=pixels)
    if part not in more:
        raise AmurError(
            f"there is no chart '{part}' of '{of.question}'", field="part",
            mend=f"There are {', '.join(more)}." if more else "Leave it out.",
        )  # fmt: skip
    return more[part]()


def _pixels(width: str) -> int:
    found = {str(name): pixels for name, pixels in WIDTHS.items()}.get(width)
    if found is None:
        raise AmurError(f"there is no width '{width}'", field="width", mend=f"There are {', '.join(WIDTHS)}.")
    return found


def _readable(told: Any) -> Any:
    """The same with no text below the smallest size; data are left alone."""
    if isinstance(told, list):
        return [_readable(each) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: max(each, SMALLEST)
        if name in SIZES and isinstance(each, int | float)
        else each
        if name in ("datasets", "data")
        else _readable(each)
        for name, each in told.items()
    }


def _joined(told: Any) -> str:
    return " ".join(told) if isinstance(told, list) else str(told or "")


__all__ = ["FONT", "WIDTHS", "Told", "Width", "paged", "ready", "specification", "told"]
