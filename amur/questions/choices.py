"""What the questions can be asked about, by name and in words: kept as a file, so that a surface can offer it without loading
the model.

``python -m amur.questions.choices`` writes it anew; a test holds it to what the model says.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("choices.json")


@cache
def choices() -> dict[str, Any]:
    """``quantities`` and ``decisions`` that can be followed, ``targets`` that indicators may tell about, ``actors`` with their
    levers, aims and costs, ``cuts`` of flows, ``pairs`` of states that the record has measures for; and ``usual``, what each
    question is asked unless told."""
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def made() -> dict[str, Any]:
    """The same, asked of the model."""
    from amur.questions import QUESTIONS
    from amur.questions.dependence.cuts import CUTS
    from amur.questions.dependence.dyads import served
    from amur.questions.dependence.recorded import name as called
    from amur.questions.drivers.said import LABELS
    from amur.questions.levers.actors import actor, actors
    from amur.questions.watch.targets import targets
    from amur.system.decisions import OPTIONS
    from amur.system.declare import table
    from amur.system.forcings import Forcings
    from amur.system.state import QUANTITIES

    pairs = sorted({tuple(sorted(each)) for each in served()})
    return {
        "quantities": [
            {"name": name, "about": each.meaning, "unit": each.unit, "kind": kind}
            for kind, named in (("", QUANTITIES), ("given", table(Forcings)))
            for name, each in named.items()
            if each.kind != "lines"
            for kind in (kind or each.kind,)
        ],
        "decisions": [
            {"name": name, "options": [each.name.lower().replace("_", "-") for each in options]}
            for name, options in OPTIONS.items()
        ],
        "targets": [{"name": each.name, "title": each.title, "kind": each.kind} for each in targets().values()],
        "actors": [_actor(actor(name)) for name in actors()],
        "cuts": [
            {"name": name, "title": each.title, "by": each.by, "in_part": bool(each.flows)} for name, each in CUTS.items()
        ],
        "pairs": [{"name": f"{a}-{b}", "a": called(a), "b": called(b)} for a, b in pairs],
        "outcomes": [{"name": name, "title": title} for name, title in LABELS.items()],
        "usual": {question: _usual(question) for question in QUESTIONS},
    }  # fmt: skip


def _usual(question: str) -> dict[str, Any]:
    """What a question is asked unless told: its options by name."""
    return {
        each.name: plain(each.default_factory() if each.default_factory is not MISSING else each.default)
        for each in fields(import_module(f"amur.questions.{question}").Asked)
    }


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def _actor(of: Any) -> dict[str, Any]:
    return {
        "name": of.name,
        "title": of.title,
        "levers": [
            {"name": each.name, "title": each.title, "political": each.political, "why": each.why}
            for each in of.levers
        ],
        "aims": [_aim(each, "aim") for each in of.aims] + [_aim(each, "cost") for each in of.costs],
    }


def _aim(of: Any, kind: str) -> dict[str, Any]:
    want = "more" if of.want > 0 else "less"
    return {"name": of.name, "about": of.about, "kind": kind, "want": want, "weight": of.weight, "why": of.why}


def text() -> str:
    """The file."""
    return json.dumps(made(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
