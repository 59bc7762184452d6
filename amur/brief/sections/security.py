"""Security: exercises, arms, and the markers of an alliance beside real alliances."""

from __future__ import annotations

import re
from collections.abc import Iterable

from amur.brief import figures, words
from amur.brief.document import Cite, Figure, Number, Quote, Run, Runs, Section, text_of
from amur.brief.facts import FEW, Facts
from amur.brief.sections.energy import year_of
from amur.brief.sections.parts import caption, drawn_or_said, lacking, section, span
from amur.brief.words import say, sentences
from amur.record.timeseries import Point


def security(facts: Facts) -> Section | None:
    return section(
        "security",
        "Arms, exercises and the markers of an alliance",
        "security",
        [
            drawn_or_said(exercises(facts), facts.measure("exercises.tally", "CHN-RUS")),
            drawn_or_said(arms(facts), facts.measure("arms.share-of-imports.5y", "CHN-RUS")),
            markers(facts),
        ],
        lacking(
            facts,
            {
                "yearly counts of joint exercises": facts.measure("exercises.tally", "CHN-RUS"),
                "arms deliveries": facts.measure("arms.share-of-imports.5y", "CHN-RUS"),
            },
        ),
    )


def exercises(facts: Facts) -> Figure | None:
    tally, air = facts.measure("exercises.tally", "CHN-RUS"), facts.measure("patrols.air", "CHN-RUS")
    naval, every = (
        facts.measure("patrols.naval", "CHN-RUS"),
        facts.measure("exercises.tally.cumulative", "CHN-RUS"),
    )
    patrols = facts.measure("patrols.all", "CHN-RUS")
    now = facts.number(tally)
    if now is None:
        return None
    stacks = [
        (name, {int(p.period): p.value for p in series.points}, colour)
        for name, series, colour in (
            ("exercises", tally, figures.RUSSIA),
            ("air patrols", air, figures.OTHER),
            ("naval patrols", naval, figures.THIRD),
        )
        if any(p.value for p in series.points)
    ]
    shown = [one for one in (tally, air, naval) if any(p.value for p in one.points)] or [tally]
    drills, rounds = facts.number(tally), facts.number(patrols)
    finding = say(
        "{drills}{rounds} are on record for {year}",
        drills=counted_as(drills, "joint exercise", capital=True),
        rounds=say(" and {n}", n=counted_as(rounds, "patrol"))
        if rounds and rounds.value and rounds.period == now.period
        else "",
        year=year_of(tally),
    )
    csis = facts.series("security.exercises.cumulative-csis.chn-rus")
    return Figure(
        "exercises",
        finding,
        caption(
            facts,
            f"Joint exercises identified in this record (a lower bound) and joint patrols, by year, {span(shown)}.",
            *shown,
        ),
        f"Bars by year, {span(shown)}. {text_of(finding)}.",
        figures.bars(
            stacks or [("", {int(p.period): p.value for p in tally.points}, figures.RUSSIA)],
            unit="number in the year",
        ),
        text=sentences(
            say("Since 2003 the record identifies {every}.", every=counted_as(facts.number(every), "exercise")),
            say(
                "CSIS, which counts patrols and war games too, had {csis} by {month}.",
                csis=facts.number(csis, text=words.figure(csis.latest.value, "count") if csis.latest else ""),
                month=year_of(csis),
            ),
        ),
    )


def counted_as(number: Number | None, noun: str, capital: bool = False) -> Number | None:
    """'one patrol', 'three patrols'."""
    if number is None:
        return None
    count = words.in_words(int(number.value))
    text = f"{count.capitalize() if capital else count}{words.FIXED}{noun}{'' if number.value == 1 else 's'}"
    return number._replace(text=text)


def arms(facts: Facts) -> Figure | None:
    bought, sold = (
        facts.measure("arms.share-of-imports.5y", "CHN-RUS"),
        facts.measure("arms.share-of-exports.5y", "RUS-CHN"),
    )
    india = facts.measure("arms.share-of-exports.5y", "RUS-IND")
    now = facts.number(bought, decimals=0)
    if now is None:
        return None
    finding = say(
        "Russia supplied {now} of China’s arms imports over five years to {year}",
        now=now,
        year=year_of(bought),
    )
    shown = [one for one in (bought, sold, india) if one.points]
    yearly = facts.series("security.arms.tiv.rus-chn")
    peak = max(yearly.points, key=lambda p: p.value) if yearly.points else None
    tools, goods = (
        facts.measure("trade.machine-tool-dependence"),
        facts.measure("trade.high-priority-dependence"),
    )
    return Figure(
        "arms",
        finding,
        caption(
            facts,
            f"Shares in deliveries of major arms, SIPRI volume, five years to the year shown, percent, {span(shown)}.",
            *shown,
        ),
        f"Lines of shares, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("Russia in China’s imports", bought, figures.CHINA),
                figures.line("China in Russia’s exports", sold, figures.RUSSIA),
                figures.line("India in Russia’s exports", india, figures.GREY, (3, 2)),
            ],
            unit="percent of volume, five-year windows",
            top=100,
        ),
        text=sentences(
            say(
                "China takes {sold} of Russia’s arms exports, India {india} ({year}).",
                sold=facts.number(sold, decimals=0),
                india=facts.number(india, sold.latest.period if sold.latest else None, decimals=0),
                year=year_of(sold),
            ),
            say(
                "Deliveries to China were {last} in {year}, against {peak} at their height in {then} (TIV: SIPRI’s measure of volume).",
                last=facts.number(yearly, decimals=0),
                year=year_of(yearly),
                peak=facts.of(peak, yearly, decimals=0) if peak else None,
                then=words.when(peak.period) if peak else None,
            )
            if peak and yearly.latest and peak.period != yearly.latest.period
            else say(
                "Deliveries to China were {last} in {year}, the most so far (TIV: SIPRI’s measure of volume).",
                last=facts.number(yearly, decimals=0),
                year=year_of(yearly),
            ),
            say(
                "War-relevant goods flow the other way: by outside estimates China supplied {goods} of Russia’s high-priority dual-use imports ({year}) and {tools} of its machine tools ({tools_year}).",
                goods=facts.number(goods, decimals=0),
                year=year_of(goods),
                tools=facts.number(tools, decimals=0),
                tools_year=year_of(tools),
            ),
        ),
    )


PAIRS = (
    ("CHN-RUS", "China–Russia"),
    ("RUS-BLR", "Russia–Belarus"),
    ("RUS-PRK", "Russia–North Korea"),
    ("USA-JPN", "United States–Japan"),
    ("USA-GBR", "United States–Britain"),
    ("CHN-PRK", "China–North Korea"),
    ("RUS-IRN", "Russia–Iran"),
)
NAMES = {
    "mutual-defence-treaty": "mutual|defence",
    "consultation-treaty": "consul-|tation",
    "nonaggression-treaty": "non-ag-|gression",
    "joint-command": "joint|command",
    "permanent-basing": "permanent|bases",
    "base-access": "base|access",
    "nuclear-sharing": "nuclear|sharing",
    "integrated-planning-doctrine": "common|doctrine",
    "joint-patrols": "joint|patrols",
    "intelligence-treaty": "intelli-|gence",
}


def markers(facts: Facts) -> Figure | None:
    """Which marks of an alliance each pair has."""
    from amur.record.measures.markers import profile

    year = facts.end.year
    found = {name: profile(facts.record, pair, year) for pair, name in PAIRS}
    own = found["China–Russia"]
    if not own.known:
        return None
    cells = {
        (name, NAMES[marker.marker]): None if marker.held is None else int(marker.held)
        for name, one in found.items()
        for marker in one.markers
    }
    held, known = facts.together(
        facts.measure("alliance.held", "CHN-RUS"), facts.measure("alliance.known", "CHN-RUS")
    )
    lacks = [
        NAMES[name].replace("-|", "").replace("|", " ").replace("agression", "aggression")
        for name in own.absent
    ]
    finding = say(
        "China and Russia hold {held} of the {known} alliance markers coded for them{lacks}",
        held=held,
        known=known,
        lacks=f"; they lack {words.listed(lacks)}" if lacks else "",
    )
    measures = [facts.measure("alliance.held", pair) for pair, _ in PAIRS]
    said = [
        f"{name}: {', '.join(NAMES[m].replace('-|', '').replace('|', ' ') for m in one.held) or 'none'} held"
        + (
            f"; {', '.join(NAMES[m].replace('-|', '').replace('|', ' ') for m in one.absent)} not held"
            if one.absent
            else ""
        )
        + (f"; {len(one.missing)} not coded" if one.missing else "")
        for name, one in found.items()
    ]
    to = " Treaty obligations of most pairs are coded to 2018." if year > 2018 else ""
    cite: Cite = facts.cite(*[one for one in measures if one.points])
    return Figure(
        "markers",
        finding,
        (
            f"Markers of an alliance by their last coding up to {year}: full disc, held; ring, not held; dash, not coded, which is not the same as absent.{to}",
            cite,
            facts.overlay_notice(*measures),
        ),
        ". ".join(said) + ".",
        figures.matrix([name for _, name in PAIRS], list(NAMES.values()), cells, strong="China–Russia"),
        width="full",
        text=reservations(facts, [(one.marker, one.point) for one in own.known]),
    )


QUESTIONED = ("joint-command", "base-access", "intelligence-treaty")
"""Markers judged by what was done or said, not by the text of a treaty: how they were judged is printed."""


def reservations(facts: Facts, marks: Iterable[tuple[str, Point | None]]) -> Runs:
    """What the record adds to the codings of the pair that a reader will question."""
    runs: list[Run] = []
    for marker, point in marks:
        if marker not in QUESTIONED or point is None or not point.note:
            continue
        if any(int(year) > facts.end.year for year in re.findall(r"\b(?:19|20)\d\d\b", point.note)):
            continue  # the note knows what came after the cut
        name = NAMES[marker].replace("-|", "").replace("|", " ")
        said = Quote(
            f"“{words.typeset(point.note)}”", point.period, facts.keys(point.sources, ""), point.origin
        )
        if len(point.sources) <= FEW:
            runs += ["; " if runs else "The record’s own words on China–Russia: ", f"{name}, ", said]
    return (*runs, ".") if runs else ()
