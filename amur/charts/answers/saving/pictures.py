"""The chart of an answer as a specification that carries what it says, what made it, and its sources."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from amur.questions import again

if TYPE_CHECKING:
    from amur.questions.answer import Answer


def specification(of: Answer) -> dict[str, Any] | None:
    """The Vega-Lite specification; None for a question without a chart."""
    from amur.charts import specification as specified
    from amur.charts.answers import chart

    name = "argument" if of.question.startswith(again.ARGUE) else of.question
    if not name.isidentifier() or not find_spec(f"amur.charts.answers.{name}"):
        return None
    return cited(specified(chart(of)), of)


def cited(spec: dict[str, Any], of: Answer) -> dict[str, Any]:
    """The specification with title, statement, what made the answer and the full citations among its metadata."""
    told = spec.get("usermeta", {}).get("amur", {})
    citations = dict.fromkeys((*told.get("citations", ()), *of.rests.sources, made_in_words(of)))
    empty = dict.fromkeys(("series", "title", "unit", "definition", "formula"), "")
    first, *others = [*told.get("series", ())] or [empty]
    about = {
        "title": of.title,
        "series": [empty | first | {"title": of.title, "definition": of.statement}, *others],
        "citations": list(citations),
    }
    return spec | {"usermeta": {**spec.get("usermeta", {}), "amur": about}}


def made_in_words(of: Answer) -> str:
    """What made the answer, and how it is asked again."""
    made = of.made
    run = f"{made.futures:,} futures, seed {made.seed}" if made.futures else f"no futures run, seed {made.seed}"
    how = again.command(of) or again.python(of)
    return f"Amur {made.version}, posteriors {made.stamp}, {run}, readings weighed by {made.weighed}: {how}"
