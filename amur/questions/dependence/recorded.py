"""The answer from the record alone: any two states, or China and Russia as of a past day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amur import __version__
from amur.errors import AmurError
from amur.questions.answer import Answer, Made, Number, Rests, Row, fact
from amur.questions.dependence import dyads, sectors, times
from amur.questions.dependence.needs import CHINA, RUSSIA
from amur.questions.words import figure
from amur.record import load
from amur.record.measures.registry import Dyad, catalogue
from amur.record.record import Record

if TYPE_CHECKING:
    from amur.questions.dependence.asked import Asked

NAMES = {
    "RUS": "Russia", "CHN": "China", "USA": "the United States", "EUU": "the European Union", "IND": "India",
    "BLR": "Belarus", "KAZ": "Kazakhstan", "IRN": "Iran", "PRK": "North Korea", "MNG": "Mongolia", "DEU": "Germany",
    "JPN": "Japan", "TUR": "Türkiye", "SAU": "Saudi Arabia",
}  # fmt: skip
CLAIMS = ("G16", "G17", "G18", "P4", "P7", "P17", "R5", "T4", "T6", "T7", "B2")


def answer(asked: Asked) -> Answer:
    """How much the two depend on each other by every measure of the record, and by sector for China and Russia."""
    record = load(asked.as_of or None, overlay=False)
    pair = asked.pair
    rows = dyads.measures(record, pair)
    if not rows:
        raise AmurError(
            f"nothing was known of {pair} on {asked.as_of}", field="as_of", mend="Choose a later day."
        )
    both = {pair.a, pair.b} == {"RUS", "CHN"}
    tables: dict[str, tuple[Row, ...]] = {"measures": rows}
    if both:
        tables |= {
            "sectors": sectors.table(record),
            "times": (*times.paces(record), *times.halvings(record)),
        }
    numbers = tuple(
        fact(
            str(row["measure"]), f"{row['title']}, {name(str(row['who']))} on {name(str(row['on']))}",
            str(row["unit"]), float(str(row["value"])), {"dyad": str(row["dyad"]), "period": str(row["period"])},
        )
        for row in rows
    )  # fmt: skip
    return Answer(
        "dependence", _title(pair, asked.as_of), asked.as_json(), statement(rows, pair, tables.get("sectors", ())), numbers, tables,
        _rests(record, rows, both), Made(__version__, "none: the record alone", asked.seed, 0, {}, asked.weights),
        _notes(both, asked.as_of),
    )  # fmt: skip


def name(code: str) -> str:
    """A state in words; its code where it has none."""
    return NAMES.get(code, code)


def _title(pair: Dyad, as_of: str) -> str:
    when = f", as known on {as_of}" if as_of else ""
    return f"Who needs whom: {name(pair.a)} and {name(pair.b)}{when}"


def statement(rows: tuple[Row, ...], pair: Dyad, sectors_: tuple[Row, ...] = ()) -> str:
    """The finding in words, from the measures that there are."""
    told = []
    found: dict[Dyad, float] = {}
    for measure in dyads.TRADE:
        ways = {dyad: dyads.one(rows, measure, dyad) for dyad in (pair, pair.swapped)}
        both = {dyad: row for dyad, row in ways.items() if row}
        if both:
            found = {dyad: float(str(row["value"])) for dyad, row in both.items()}
            title = catalogue()[measure].title.lower()
            parts = [
                f"{figure(found[dyad])}% for {name(dyad.a)} on {name(dyad.b)} ({row['period']})"
                for dyad, row in both.items()
            ]
            verb = "figures of {} are" if len(both) > 1 else "figure of {} is"
            told.append(f"The latest {verb.format(title)} {' and '.join(parts)}.")
            break
    if len(found) == 2:
        more, less = sorted(found, key=lambda dyad: -found[dyad])
        times_ = found[more] / found[less] if found[less] else float("inf")
        told.append(
            f"{_first(name(more.a))} needs {name(more.b)} {figure(times_)} times as much as the other way."
            if times_ > 1.1
            else "By that figure the two need each other about equally."
        )
    else:
        told.append("The record measures that one way only, so it cannot say who needs whom more.")
    shares = [
        row
        for row in rows
        if row["unit"] == "percent"
        and "dependence" in str(row["measure"])
        and row["measure"] not in dyads.TRADE
    ]
    if sectors_:
        told += [highest(sectors_, who) for who in (RUSSIA, CHINA)]
    elif shares:
        top = max(shares, key=lambda row: float(str(row["value"])))
        told.append(
            f"Highest of its sectors: {top['title']}, {figure(float(str(top['value'])))}% for "
            f"{name(str(top['who']))} on {name(str(top['on']))} ({top['period']})."
        )
    return " ".join(told)


def highest(rows: tuple[Row, ...], who: str) -> str:
    """The sector in which one side relies most on the other, by the record, in a sentence; empty where none is known."""
    known = [row for row in rows if row["who"] == who and row["share"] is not None]
    if not known:
        return ""
    top = max(known, key=lambda row: float(str(row["share"])))
    other = CHINA if who == RUSSIA else RUSSIA
    about = str(top["about"]).removeprefix("of ")
    return (
        f"{who} relies most on {other} in {top['sector']}: "
        f"{figure(float(str(top['share'])))}% of {about} ({top['period']})."
    )


def _first(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _rests(record: Record, rows: tuple[Row, ...], both: bool) -> Rests:
    cited = dict.fromkeys(
        record.sources[source].citation()
        for row in rows
        for source in str(row["source"]).split(";")
        if source in record.sources
    )
    own = dict.fromkeys(claim for row in rows for claim in catalogue()[str(row["measure"])].claims)
    claims = dict.fromkeys((*(CLAIMS if both else ()), *own))
    return Rests(
        series=tuple(dict.fromkeys(str(row["measure"]) for row in rows)),
        claims=tuple(claims),
        sources=tuple(cited),
    )


def _notes(both: bool, as_of: str) -> tuple[str, ...]:
    if both:
        told = (
            "Costs of a cut and leverage are left out: the model learned from all years, also from those after "
        )
        return (f"{told}{as_of}. Ask without a day to have them.",)
    return (
        "Costs of a cut, times to replace and leverage are given for China and Russia only: the model holds no other pair.",
    )


def facts(rows: tuple[Row, ...], wanted: tuple[tuple[str, str], ...]) -> tuple[Number, ...]:
    """Some of the measures as facts: by name and pair."""
    made = []
    for measure, dyad in wanted:
        row = dyads.one(rows, measure, Dyad.parse(dyad))
        if row:
            about = f"{row['title']}, {name(str(row['who']))} on {name(str(row['on']))}"
            keys = {"dyad": dyad, "period": str(row["period"])}
            made.append(fact(measure, about, str(row["unit"]), float(str(row["value"])), keys))
    return tuple(made)
