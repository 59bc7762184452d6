"""What the data cannot bear."""

from __future__ import annotations

from amur.brief import words
from amur.brief.document import Paragraph, Section
from amur.brief.facts import Facts
from amur.brief.sections.parts import section


def limits(facts: Facts) -> Section | None:
    items = [
        text
        for text in (
            vintages(facts),
            splices(facts),
            votes(facts),
            codings(facts),
            thin(facts),
            claims(facts),
            own(facts),
        )
        if text
    ]
    return section(
        "limits", "What these numbers cannot bear", "", [Paragraph((text,), "item") for text in items]
    )


def vintages(facts: Facts) -> str:
    if facts.record.as_of is None:
        return (
            "Vintage. All the record holds is used: values of the last year were in part published after it ended, and long "
            "series (World Bank, SIPRI, geopolitical risk) are those of the latest vintage."
        )
    kind = "left out" if facts.record.strict else "kept and marked with a raised r"
    return (
        f"Vintage. Only what was known on {words.when(facts.end.isoformat())} is used: by its source’s date, or by the usual delay of "
        f"publication. Values that we carry only in a later, revised vintage are {kind}."
    )


def splices(facts: Facts) -> str:
    text = "Splices. Trade joins Chinese customs to earlier reports; the two countries’ statistics differ"
    if facts.end.year >= 2022:
        text += ", and shares of Russia’s trade lean on Chinese figures since Russia stopped publishing. Values of CREA are modelled"
    return f"{text}."


def votes(facts: Facts) -> str:
    if facts.end.year < 2025:
        return ""
    return (
        "Breaks of definition. General Assembly votes of 2025 are not like those before: most fell in December on texts usually "
        "adopted without a vote, so contested votes are shown."
    )


def codings(facts: Facts) -> str:
    return (
        "Judgement. Support, leverage, concessions, the ladder and the markers of alliance are coded from dated events by written "
        "rules; contested cases are kept with both views, and every coding can be overridden."
    )


def thin(facts: Facts) -> str:
    text = "Thin series. Settlement, attitudes, students, travel, investment and Urals prices have few readings. Exercises are a lower bound."
    if facts.end.year >= 2022:
        text += " Claims of lethal aid are claims by governments or media."
    return text


def claims(facts: Facts) -> str:
    ahead = "makes no forecast" if facts.record.as_of else "says what a model makes of them, no more"
    return (
        "Views. The five essays whose numbers are checked above hold opposing views. They are claims under test; this brief "
        f"endorses none of them and {ahead}."
    )


def own(facts: Facts) -> str:
    overlays = sorted(facts.record.overlays())
    if not overlays:
        return ""
    text = f"Your own evidence ({words.listed(overlays)}) is part of this record; what rests on it is marked with a dagger."
    return (
        text
        if facts.record.as_of
        else f"{text} Readings, arguments and the outlook are as published, without it."
    )
