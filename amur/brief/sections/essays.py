"""The numbers that the five essays give, checked against the record."""

from __future__ import annotations

import re

from amur.brief import words
from amur.brief.document import NOTES, Column, Mark, Number, Paragraph, Quote, Runs, Section, Table, noted
from amur.brief.facts import FEW, Facts
from amur.brief.sections.parts import section
from amur.brief.words import say
from amur.numbers import VERDICTS, Checked, check

KIND = {"confirmed": "good", "close": "near", "contradicted": "bad", "not covered": "none"}


def essays(facts: Facts) -> Section | None:
    def row(item: Checked) -> tuple[Runs | Mark, ...]:
        value = record_value(facts, item)
        said = Quote(words.typeset(item.wording), "", (), "")
        where = (
            say("{least}{value} ({period})", least=least(item), value=value, period=words.short(item.period))
            if value
            else ("–",)
        )
        return (
            (item.claim,),
            (Quote(words.typeset(item.statement), "", (), ""),),
            (said,),
            where,
            Mark(item.verdict, KIND[item.verdict]),
            noted(where),
        )

    rows = [
        item for item in check(facts.record) if known_by(item, facts.end.year, facts.record.as_of is not None)
    ]
    if not rows:
        return None
    counts = [(verdict, sum(item.verdict == verdict for item in rows)) for verdict in VERDICTS]
    told = words.listed([f"{words.in_words(number)} {verdict}" for verdict, number in counts if number])
    return section(
        "essays",
        "The essays’ numbers, checked",
        "",
        [
            Table(
                "essays",
                (f"Numbers of five published essays beside the record’s: {told}",),
                (
                    Column("Claim"),
                    Column("What the number is of"),
                    Column("The essay’s wording"),
                    Column("The record"),
                    Column("Verdict"),
                    Column(NOTES, "right"),
                ),
                tuple(row(item) for item in rows),
                "essays",
            ),
            Paragraph(
                (
                    (
                        "Claim: its number in the list that amur claims prints; "
                        f"{told_of_essays({item.claim[0] for item in rows})}. "
                        "Confirmed: the record’s value lies in the range that the wording allows; close: it misses that range by "
                        "no more than a tenth, or, for a date, by one to three years. Numbers are judged, not views: those are claims under test, "
                        "and nothing here endorses them."
                    ),
                ),
                "missing",
            ),
        ],
    )


def least(item: Checked) -> str:
    """'at least ' where what the record has is a lower bound, as the essay's period may end before its count."""
    return "at least " if item.evidence[0].bound == "lower" else ""


def told_of_essays(letters: set[str]) -> str:
    """Which essay each letter of a claim stands for."""
    from amur.claims import essays as five

    return "; ".join(
        f"{one.prefix}: {words.typeset(one.title)}" for one in five().values() if one.prefix in letters
    )


def known_by(item: Checked, last_year: int, cut: bool) -> bool:
    """A cut brief shows only numbers that the record could judge, and none that speak of later years."""
    if not cut:
        return True
    years = [int(found) for found in re.findall(r"\b(?:19|20)\d\d\b", f"{item.statement} {item.wording}")]
    return bool(item.evidence) and all(year <= last_year for year in years)


def record_value(facts: Facts, item: Checked) -> Number | None:
    if item.record_value is None:
        return None
    sources = tuple(item.sources)
    basis = item.evidence[0].basis
    key = f"series:{basis}"
    keys = sources if len(sources) <= FEW or basis not in facts.record.series else (key,)
    if keys == (key,):
        facts.series(basis)
    decimals = 2 if item.unit == "US$ bn" and item.record_value < 100 else None
    return Number(
        words.figure(item.record_value, item.unit, decimals),
        item.record_value,
        item.unit,
        item.period,
        keys,
        basis,
        sources,
        item.evidence[0].overlay,
        item.evidence[0].revised and facts.record.as_of is not None,
    )
