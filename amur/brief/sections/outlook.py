"""Where it is heading: end states by their chance, fans of a few quantities, and what most of the spread comes from."""

from __future__ import annotations

from amur.brief import words
from amur.brief.document import NOTES, Cite, Column, Figure, Number, Paragraph, Runs, Section, Table, noted
from amur.brief.facts import Facts
from amur.brief.figures import CHINA, GREY, OTHER, RUSSIA, THIRD
from amur.brief.figures_ahead import areas, fan
from amur.brief.sections.answers import figure, note, number, plain, ranged, told
from amur.brief.sections.parts import section
from amur.brief.words import say, sentences
from amur.questions.answer import Answer

NOW = 2025.5
SINCE = 2010
"""From where pictures of what lies ahead begin."""
COLOURS = (CHINA, RUSSIA, THIRD, "#7d6ba8", OTHER, GREY, "#6f9bc8")
FANS = ("dependence_rus", "trust_rus", "oil_chn", "gas_chn")
LIKELY = 0.0995
"""End states at least so likely at some time are given a date."""


def outlook(facts: Facts) -> Section | None:
    answer = told(facts, "outlook")
    if answer is None:
        return None
    return section(
        "outlook", "Where it may be heading", "",
        [
            Paragraph(lead(facts, answer)), shares(facts, answer), table(facts, answer),
            *(one(facts, answer, name) for name in FANS), Paragraph((warning(),), "missing"),
        ],
    )  # fmt: skip


def lead(facts: Facts, answer: Answer) -> Runs:
    """The likeliest end states, and what the spread between them comes from."""
    first, second, *_ = answer.numbers
    year = first.keys["year"]
    parts = sources(facts, answer, "endstate", year)
    (most, from_most), (next_, from_next), *_ = parts
    reading = dict(parts)["which reading holds"]
    return sentences(
        say(
            f"In the model, {plain(first.keys['endstate'])} is the likeliest form of the relationship at the end of {year}: "
             "{first}; then comes "
            + plain(second.keys["endstate"])
            + ", {second}.",
            first=ranged(facts, answer, first),
            second=ranged(facts, answer, second),
        ),
        say(
            f"Of what is open about it, {{one}} comes from {most} and {{two}} from {next_}"
            + ("" if "which reading holds" in (most, next_) else "; which reading holds makes {three}")
            + ".",
            one=from_most, two=from_next, three=reading,
        ),
        (f"That chance is {first.share_in_words}: the record moved it little.",) if (first.data_share or 0) < 0.2 else (f"That chance is {first.share_in_words}.",),
    )  # fmt: skip


def sources(facts: Facts, answer: Answer, outcome: str, year: str) -> list[tuple[str, Number]]:
    """What the spread of an outcome comes from, the most first."""
    keys, behind = note(facts, answer)
    rows = [row for row in answer.tables["spread"] if row["outcome"] == outcome and row["year"] == year]
    rows.sort(key=lambda row: -float(row["share"] or 0))
    made = []
    for row in rows:
        value = max(float(row["share"] or 0), 0.0)
        name = f"answer.outlook.spread.{outcome}.{row['source']}"
        made.append(
            (str(row["what"]), Number(figure(value, "share"), value, "share", year, keys, name, behind))
        )
    return made


def shares(facts: Facts, answer: Answer) -> Figure:
    """How many members stand in each end state, year by year."""
    rows = [row for row in answer.tables["endstates"] if int(row["year"] or 0) >= SINCE]
    names = list(dict.fromkeys(str(row["endstate"]) for row in rows))
    stacks = [
        (
            plain(name),
            {int(row["year"] or 0): float(row["share"] or 0) for row in rows if row["endstate"] == name},
            COLOURS[place % len(COLOURS)],
        )
        for place, name in enumerate(names)
    ]
    keys, _ = note(facts, answer)
    year = answer.numbers[0].keys["year"]
    return Figure(
        "endstates",
        say(
            f"{plain(answer.numbers[0].keys['endstate']).capitalize()} still holds in {{share}} of futures at the end of {year}"
            if _now(answer) == answer.numbers[0].keys["endstate"]
            else f"{plain(answer.numbers[0].keys['endstate']).capitalize()} holds in {{share}} of futures at the end of {year}",
            share=number(facts, answer, answer.numbers[0]),
        ),
        ("End states by written rules, shares of members by year; left of the dashed line, history as the model has it", Cite(keys)),
        f"Stacked shares of end states from {SINCE} to {year}: "
        + "; ".join(f"{name} {100 * values[int(year)]:.0f} percent at the end" for name, values, _ in stacks) + ".",
        areas(stacks, unit="percent of futures", now=NOW, height=165),
        "full",
    )  # fmt: skip


def _now(answer: Answer) -> str:
    rows = [row for row in answer.tables["endstates"] if row["year"] == 2025]
    return str(max(rows, key=lambda row: float(row["share"] or 0))["endstate"])


def table(facts: Facts, answer: Answer) -> Table:
    """Chances of end states at three dates, and when they are first entered."""
    found = {(each.name, each.keys.get("year")): each for each in answer.numbers}
    years = sorted({each.keys["year"] for each in answer.numbers if each.name.endswith(" at the end")})
    order = [
        each.keys["endstate"]
        for each in answer.numbers
        if each.name.endswith(" at the end") and each.keys["year"] == years[-1]
    ]
    rows = []
    for name in order:
        ends = [(number(facts, answer, found[f"{name} at the end", year]),) for year in years[:-1]]
        last = ranged(facts, answer, found[f"{name} at the end", years[-1]])
        ever = found[f"{name} ever", years[-1]]
        entered = found.get((f"{name} entered", years[-1]))
        when: Runs = ("–",)
        if entered is not None and ever.value >= LIKELY and name != _now(answer):
            when = ranged(facts, answer, entered)
        cells: list[Runs] = [*ends, last, (number(facts, answer, ever),), when]
        rows.append(((plain(name).capitalize(),), *cells, noted(*cells)))
    return Table(
        "endstates",
        ("Chances of end states; in brackets nine tenths of parameter sets, or of futures for a date",),
        (
            Column("End state"),
            *(Column(f"End of {year}", "right") for year in years),
            Column("At some time", "right"),
            Column("First entered, if so", "right"),
            Column(NOTES, "right"),
        ),
        tuple(rows),
        "endstates",
    )


def one(facts: Facts, answer: Answer, name: str) -> Figure:
    """A fan: where a quantity goes, with the record's values on top where a series is of the quantity itself."""
    rows = [row for row in answer.tables["fans"] if row["quantity"] == name and int(row["year"] or 0) >= 2000]
    last = answer.number(name, year=str(rows[-1]["year"]))
    scale = 100.0 if last.unit == "share" else 1.0
    bands = {
        band: [scale * float(row[band] or 0) for row in rows]
        for band in ("low90", "low50", "middle", "high50", "high90")
    }
    seen = [
        (float(row["year"] or 0), scale * float(row["seen"])) for row in rows if isinstance(row["seen"], float)
    ]
    way = next(
        row
        for row in answer.tables["directions"]
        if row["quantity"] == name and row["year"] == last.keys["year"]
    )
    higher = float(way["higher"] or 0)
    how = "is higher" if higher >= 2 / 3 else "is lower" if higher <= 1 / 3 else "may be higher or lower"
    keys, _ = note(facts, answer)
    title = str(way["about"]).partition(" (")[0].partition(",")[0]
    unit = "percent" if last.unit == "share" else last.unit
    return Figure(
        f"ahead-{name}",
        say(
            words.typeset(title) + f" {how} by {last.keys['year']} than at the end of 2025" + " in {share} of futures",
            share=number(facts, answer, last, max(higher, 1 - higher))._replace(
                text=figure(max(higher, 1 - higher), "share"), unit="share"
            ),
        )
        if how != "may be higher or lower"
        else say(
            words.typeset(title) + f" {how} by {last.keys['year']} (higher in " + "{share} of futures)",
            share=number(facts, answer, last, higher)._replace(text=figure(higher, "share"), unit="share"),
        ),
        (
            "Yearly means: median, middle half and nine tenths of futures"
            + ("; dots: the record" if seen else "; no series of the record is of this itself"),
            Cite(keys),
        ),
        f"A fan of {title} to {rows[-1]['year']}: median {figure(last.value, last.unit)}, nine tenths of futures between"
        f" {figure(last.low90, last.unit)} and {figure(last.high90, last.unit)}.",
        fan([int(row["year"] or 0) for row in rows], bands, seen, unit=unit, now=NOW),
    )  # fmt: skip


def warning() -> str:
    """What to hold against this page."""
    return (
        "What lies ahead is what a model gives under stated assumptions, and no prediction. Its hindcasts foretell flows better than politics, decisions hardly better than how often they "
        "had come before, and were never tested over twenty years; that a successor in Moscow looks West, or that there is war over Taiwan, rests on judgement. "
        "amur ask outlook gives all numbers, and docs/weaknesses.md what to distrust."
    )
