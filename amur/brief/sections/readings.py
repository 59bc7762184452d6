"""Ten readings of the relationship, weighed by how well each foretold the record."""

from __future__ import annotations

from amur.brief import words
from amur.brief.document import NOTES, Cite, Column, Figure, Paragraph, Quote, Runs, Section, Table, noted
from amur.brief.facts import Facts
from amur.brief.figures import CHINA, GREY, OTHER, RUSSIA, THIRD, Line, lines
from amur.brief.sections.answers import note, number, ranged, told
from amur.brief.sections.parts import section
from amur.brief.words import say, sentences
from amur.questions.answer import Answer

DRAWN = (CHINA, RUSSIA, OTHER, THIRD, GREY)
"""Colours of the readings drawn, the weightiest first."""


def readings(facts: Facts) -> Section | None:
    answer = told(facts, "reading")
    if answer is None:
        return None
    return section(
        "readings", "Which reading of it the record bears out", "", [Paragraph(lead(facts, answer)), table(facts, answer), picture(facts, answer)]
    )  # fmt: skip


def lead(facts: Facts, answer: Answer) -> Runs:
    """The reading with most weight, the next, and how sure that is."""
    first, second, *_ = answer.numbers
    row = {str(each["reading"]): each for each in answer.tables["readings"]}[first.keys["reading"]]
    leads = float(row["stacking_leads"] or 0)
    sure = (
        "leads clearly"
        if leads >= 0.9
        else "leads, but not surely"
        if leads >= 0.67
        else "leads by a little only"
    )
    return sentences(
        say(
            "Each reading says what would have come about were it so, and was taken through the record year by year. In the mixture that foretells best "
            + title(first.about)
            + " has most weight, {first}, before "
            + title(second.about)
            + ", {second}.",
            first=ranged(facts, answer, first),
            second=ranged(facts, answer, second),
        ),
        say(
            "Had other years of this kind come, it would lead in {leads} of cases: it " + sure + ".",
            leads=number(facts, answer, first, leads),
        ),
        ("A weight is no probability of being true: no reading is.",),
    )


def title(about: str) -> str:
    """'“Concert”' from what a number is about."""
    return f"“{about.partition(':')[0]}”"


def table(facts: Facts, answer: Answer) -> Table:
    """All readings: what each says, its weight and, if one were true, its probability."""
    found = {(each.name, each.keys.get("reading")): each for each in answer.numbers}
    rows = []
    for row in answer.tables["readings"]:
        name = str(row["reading"])
        weight, true = (ranged(facts, answer, found[kind, name]) for kind in ("stacking", "prequential"))
        says = (Quote(words.typeset(str(row["says"])), "", ()),)
        rows.append(((str(row["title"]),), says, weight, true, noted(weight)))
    return Table(
        "readings",
        ("Rival readings and their weights (in brackets nine tenths of a bootstrap of the years)",),
        (
            Column("Reading"),
            Column("What it says"),
            Column("Weight in the best mixture", "right"),
            Column("Probability, if one is true", "right"),
            Column(NOTES, "right"),
        ),
        tuple(rows),
        "readings",
    )


def picture(facts: Facts, answer: Answer) -> Figure:
    """The weights of the weightiest through the years."""
    names = [str(row["reading"]) for row in answer.tables["readings"]][: len(DRAWN)]
    titles = {str(row["reading"]): str(row["title"]) for row in answer.tables["readings"]}
    course = {
        name: tuple(
            (float(row["year"] or 0), 100 * float(row["weight"] or 0))
            for row in answer.tables["weights"]
            if row["kind"] == "stacking" and row["reading"] == name
        )
        for name in names
    }
    drawn = [Line(titles[name], (course[name],), colour) for name, colour in zip(names, DRAWN, strict=False)]
    ends = {name: points[-1][1] for name, points in course.items()}
    turn = max(
        range(1, len(course[names[0]])), key=lambda at: course[names[0]][at][1] - course[names[0]][at - 1][1]
    )
    keys, _ = note(facts, answer)
    return Figure(
        "weights",
        say("{name} gained most in " + str(int(course[names[0]][turn][0])), name=titles[names[0]]),
        ("Weights of the five weightiest readings in the mixture that foretold the years to each date best; the others share the rest", Cite(keys)),
        "Lines of the weights of readings by year. At the end: " + "; ".join(f"{titles[name]} {ends[name]:.0f} percent" for name in names) + ".",
        lines(drawn, unit="percent of the weight", width="full", height=140),
        "full",
    )  # fmt: skip
