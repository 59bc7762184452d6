"""The twelve arguments as cards: the question, the number, the verdict, the positions before and after the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amur import claims as essays
from amur.questions.arguments import ARGUMENTS, entry
from amur.questions.published import published
from amur.questions.words import figure, percent

if TYPE_CHECKING:
    from amur.questions.answer import Answer

TONES = {"supported": "good", "contradicted": "bad"}
"""How a verdict is coloured; undecided ones are not. Each is said in words too."""
VERDICTS = ("supported", "contradicted", "undecided by the record")


def cards() -> list[dict[str, Any]]:
    """All arguments as they are published, in their order."""
    return [card(published(f"argue:{name}")) for name in ARGUMENTS]


def card(of: Answer) -> dict[str, Any]:
    """An answered argument: question, number with its interval, verdict, positions, and whose claims are in it."""
    told, number = entry(of), of.numbers[0]
    text = figure(number.value, number.kind, number.unit)
    low, high = (figure(each, number.kind, number.unit) for each in (number.low90, number.high90))
    unit = (
        "" if number.kind == "probability" or number.unit in ("probability", "share", "index") else number.unit
    )
    positions = [position(row) for row in told.pop("positions")]
    return {
        **told, "asks": asks(of), "text": text.replace("-", "−"), "unit_words": unit,
        "spread": f"{low} to {high}".replace("-", "−"), "positions": positions,
        "tone": TONES.get(told["verdict"], "muted"), "short": told["verdict"].removesuffix(" by the record"),
        "essays": sorted({essay for each in positions for essay in each["essays"]}),
        "link": f"/arguments/{told['name']}", "says": positions[0]["says"],
    }  # fmt: skip


def position(row: dict[str, Any]) -> dict[str, Any]:
    """A position: the claims that hold it, in our words, how it was tested, and what the record makes of it."""
    known = {each.claim: each for each in essays.load()}
    titles = essays.essays()
    names = str(row["claims"]).split()
    return {
        "claims": [
            {"claim": name, "statement": known[name].statement, "essay": known[name].essay,
             "title": titles[known[name].essay].title, "author": titles[known[name].essay].author,
             "publisher": titles[known[name].essay].publisher, "published": titles[known[name].essay].published,
             "link": f"/system/claims#{name}"}
            for name in names if name in known
        ],
        "essays": list(dict.fromkeys(known[name].essay for name in names if name in known)),
        "says": row["tested"], "before": row["before"], "after": row["after"], "bits": row["bits"],
        "before_text": None if row["before"] is None else percent(row["before"]), "after_text": percent(row["after"]),
        "verdict": row["verdict"], "short": str(row["verdict"]).removesuffix(" by the record"),
        "tone": TONES.get(str(row["verdict"]), "muted"), "by": str(row["by"]).replace(": -", ": −"), "model": row["model"],
    }  # fmt: skip


def asks(of: Answer) -> str:
    """The question of an argument: its statement begins with it."""
    return f"{of.statement.partition('? ')[0]}?"
