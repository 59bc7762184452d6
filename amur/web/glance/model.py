"""What is published of the model: the readings with their weights, and the quantities it follows to the last year known."""

from __future__ import annotations

from typing import Any, NamedTuple

from amur.charts.style import COLOURS
from amur.questions import standing
from amur.questions.answer import Answer, Number
from amur.questions.published import published
from amur.questions.words import figure, percent

KINDS = {
    "stacking": "in the mixture that would have foretold best",
    "prequential": "if exactly one of them is true",
}


class Panel(NamedTuple):
    """A chart of one or two quantities: what it shows, how they are called in it, their colours, whether they are shares."""

    name: str
    title: str
    about: str
    lines: tuple[tuple[str, str, str], ...]
    share: bool = False


CHINA, RUSSIA, THIRD, FOURTH = COLOURS["CHN"], COLOURS["RUS"], COLOURS["EUU"], COLOURS["USA"]
PANELS = (
    Panel("dependence", "Trade dependence", "Share of each one’s goods trade that is with the other. Diamonds: the record.", (
        ("dependence_rus", "Russia on China", RUSSIA), ("dependence_chn", "China on Russia", CHINA)), True),
    Panel("leverage", "Beijing’s leverage", "Russia’s dependence times its lack of other ways out, index from 0 to 1.", (
        ("leverage_chn", "Beijing over Moscow", CHINA),)),
    Panel("together", "Acting together", "Indices from 0 to 1: votes, vetoes and positions; exercises, patrols and bases.", (
        ("coordination", "Diplomatic coordination", THIRD), ("integration", "Military integration", FOURTH))),
    Panel("rear", "Capacity as the other’s rear", "What each could supply the other with in a war, index from 0 to 1.", (
        ("rear_rus", "China as Russia’s rear", CHINA), ("rear_chn", "Russia as China’s rear", RUSSIA))),
    Panel("trust", "Trust", "How each regards the other, from −1 to 1.", (
        ("trust_chn", "Beijing in Moscow", CHINA), ("trust_rus", "Moscow in Beijing", RUSSIA))),
)  # fmt: skip


def readings() -> dict[str, Any]:
    """The readings by weight, each way of weighing with its interval, and the weights year by year."""
    from amur.charts.answers.reading import colours_of

    answer = published("reading")
    rows = [dict(row) for row in answer.tables["readings"]]
    colours = colours_of([str(row["reading"]) for row in rows])
    years = sorted({int(str(row["year"])) for row in answer.tables["weights"]})
    return {
        "rows": [_reading(row, colours[str(row["reading"])]) for row in rows],
        "weights": [dict(row) for row in answer.tables["weights"]],
        "year": years[-1],
        "share": answer.numbers[0].data_share,
        "share_in_words": answer.numbers[0].share_in_words,
        "made": _made(answer),
        "note": answer.notes[0],
    }


def _reading(row: dict[str, Any], colour: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": row["reading"], "title": row["title"], "says": row["says"], "colour": colour,
        "leads": row["stacking_leads"],
    }  # fmt: skip
    for kind in KINDS:
        told[kind] = {
            "value": row[kind], "text": percent(row[kind]),
            **{band: row[f"{kind}_{band}"] for band in ("low50", "high50", "low90", "high90")},
            "spread": f"{percent(row[f'{kind}_low90'])} to {percent(row[f'{kind}_high90'])}",
        }  # fmt: skip
    return told


def panels() -> list[dict[str, Any]]:
    """The quantities, one panel a chart: their numbers in the last year, and their course."""
    answer = standing.published()
    fans: dict[str, list[dict[str, Any]]] = {}
    for row in answer.tables["fans"]:
        fans.setdefault(str(row["quantity"]), []).append(dict(row))
    return [
        {
            "name": each.name, "title": each.title, "about": each.about, "share": each.share,
            "lines": [
                {
                    "quantity": name, "name": said, "colour": colour, "course": fans[name],
                    **quantity(answer.number(name), each.share),
                }
                for name, said, colour in each.lines
            ],
        }
        for each in PANELS
    ]  # fmt: skip


def quantity(of: Number, share: bool) -> dict[str, Any]:
    """A number with its interval in words: shares in percent, indices as they are."""
    kind = "probability" if share else of.kind
    low, high = (figure(each, kind, of.unit) for each in (of.low90, of.high90))
    return {
        "value": of.value, "text": figure(of.value, kind, of.unit).replace("-", "−"), "unit": of.unit, "low90": of.low90,
        "high90": of.high90, "spread": f"{low} to {high}".replace("-", "−"), "error": of.error,
        "data_share": of.data_share, "data_share_in_words": of.share_in_words, "about": of.about,
        "by_reading": dict(of.by_reading),
    }  # fmt: skip


def made() -> dict[str, Any]:
    """What the quantities were made of, and what to distrust."""
    answer = standing.published()
    return _made(answer) | {"note": answer.notes[0], "mechanisms": list(answer.rests.mechanisms)}


def _made(of: Answer) -> dict[str, Any]:
    return {
        "version": of.made.version, "stamp": of.made.stamp, "futures": of.made.futures, "seed": of.made.seed,
        "sources": list(of.rests.sources), "series": list(of.rests.series), "weighed": of.made.weighed,
    }  # fmt: skip
