"""Diplomacy: votes, vetoes, meetings."""

from __future__ import annotations

from amur.brief import figures, words
from amur.brief.document import Figure, Number, Runs, Section, text_of
from amur.brief.facts import Facts
from amur.brief.sections.energy import year_of
from amur.brief.sections.parts import caption, drawn_or_said, lacking, section, span
from amur.brief.words import say, sentences


def diplomacy(facts: Facts) -> Section | None:
    return section(
        "diplomacy",
        "Diplomacy",
        "political",
        [
            drawn_or_said(votes(facts), facts.measure("votes.ga.kappa.contested", "CHN-RUS")),
            drawn_or_said(meetings(facts), facts.measure("votes.sc.vetoes.joint", "CHN-RUS")),
        ],
        lacking(
            facts,
            {
                "votes in the General Assembly": facts.measure("votes.ga.agreement.contested", "CHN-RUS"),
                "meetings of the presidents": facts.measure("meetings.leaders", "CHN-RUS"),
            },
        ),
    )


def votes(facts: Facts) -> Figure | None:
    pair, rival = (
        facts.measure("votes.ga.kappa.contested", "CHN-RUS"),
        facts.measure("votes.ga.kappa.contested", "CHN-USA"),
    )
    west = facts.measure("votes.ga.kappa.contested", "RUS-USA")
    raw = facts.measure("votes.ga.agreement.contested", "CHN-RUS")
    now, before = facts.number(pair), facts.since(pair, 10)
    if now is None:
        return None
    finding = say(
        "In UN votes the two agree {word} chance would have it (kappa {now}, {year}){then}",
        word="well beyond what" if now.value > 0.4 else "beyond what" if now.value > 0.1 else "about as",
        now=now,
        year=year_of(pair),
        then=say("; ten years before: {before}", before=before) or "",
    )
    shown = [pair, west, rival]
    opposite = facts.measure("votes.ga.opposite.contested", "CHN-RUS")
    alike = facts.measure("votes.ga.agreement", "CHN-RUS")
    return Figure(
        "un-votes",
        finding,
        caption(
            facts,
            f"Agreement beyond chance in contested votes of the General Assembly (Cohen’s kappa: one is full agreement, nought is chance), {span(shown)}.{unlike(facts)}",
            *shown,
        ),
        f"Three lines, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("China–Russia", pair, figures.CHINA),
                figures.line("Russia–US", west, figures.RUSSIA, (4, 2)),
                figures.line("China–US", rival, figures.GREY),
            ],
            unit="kappa, contested votes",
        ),
        text=sentences(
            say(
                "They cast the same vote in {raw} of contested roll calls in {year} and opposite votes in {opposite}; over all roll calls in {alike}.",
                raw=facts.number(raw),
                year=year_of(raw),
                opposite=facts.number(opposite),
                alike=facts.number(alike),
            ),
            differences(facts),
        ),
    )


def unlike(facts: Facts) -> str:
    """The break of 2025, where the line reaches it."""
    return (
        " The votes of 2025 are not quite like those before (see the limits)." if facts.end.year >= 2025 else ""
    )


def differences(facts: Facts) -> Runs:
    """In how many roll calls of the last year known China abstained where Russia voted no, and the reverse."""
    apart, other = (facts.series(f"un.ga.joint.{way}.chn-rus") for way in ("an", "na"))
    count = facts.number(apart)
    reverse = facts.number(other, count.period) if count else None
    return say(
        "China abstained in {count} roll calls of {year} in which Russia voted no; the reverse happened in {reverse}.",
        count=count._replace(text=words.in_words(int(count.value)), unit="roll calls") if count else None,
        reverse=reverse._replace(text=words.in_words(int(reverse.value)), unit="roll calls")
        if reverse
        else None,
        year=year_of(apart),
    )


def meetings(facts: Facts) -> Figure | None:
    met, joint = facts.measure("meetings.leaders", "CHN-RUS"), facts.measure("votes.sc.vetoes.joint", "CHN-RUS")
    total = facts.measure("votes.sc.vetoes.joint.cumulative", "CHN-RUS")
    now = facts.number(met)
    if now is None and not any(p.value for p in joint.points):
        return None
    stacks = []
    first = int(met.points[0].period) if met.points else 0
    years = {int(p.period) for p in met.points}
    gaps = [
        str(year)
        for year in range(first, facts.end.year)
        if met.points and year not in years and year < max(years)
    ]
    if met.points:
        stacks.append(
            ("meetings of the presidents", {int(p.period): p.value for p in met.points}, figures.RUSSIA)
        )
    if joint.points:
        stacks.append(
            (
                "joint vetoes",
                {int(p.period): p.value for p in joint.points if int(p.period) >= first},
                figures.CHINA,
            )
        )
    last = [p for p in joint.points if p.value > 0]
    finding = say(
        "The presidents met {now} in {year}; {total} since 1992",
        now=now._replace(text=times(now.value)) if now else None,
        year=year_of(met),
        total=vetoes(facts.number(total)),
    ) or say("On record: {total} since 1992 ({year})", total=vetoes(facts.number(total)), year=year_of(total))
    shown = [one for one in (met, joint) if one.points]
    return Figure(
        "meetings",
        finding,
        caption(
            facts,
            f"Meetings of the two presidents (video included) and joint vetoes in the Security Council, by year, {span([met] if met.points else shown)}{f'; no count of meetings for {words.listed(gaps)}' if gaps else ''}.",
            *shown,
        ),
        f"Bars by year, {span([met] if met.points else shown)}. {text_of(finding)}.",
        figures.bars(stacks, unit="number in the year", beside=True),
        text=sentences(
            say(
                "The last joint veto was cast in {year}.",
                year=words.when(last[-1].period) if last else None,
            ),
            labels(facts),
        ),
    )


def vetoes(number: Number | None) -> Number | None:
    """'no joint veto', 'one joint veto', 'sixteen joint vetoes'."""
    if number is None:
        return None
    count = int(number.value)
    return number._replace(
        text=f"{words.in_words(count) if count else 'no'} joint veto{'es' if count > 1 else ''}"
    )


def times(number: float) -> str:
    """'once', 'twice', 'three times', in words up to ten."""
    names = ("not once", "once", "twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if not float(number).is_integer() or number > 10:
        return f"{number:g} times"
    return names[int(number)] + (" times" if number > 2 else "")


def labels(facts: Facts) -> Runs:
    """What the two last called their relationship."""
    found = facts.record.find_events(kind="label")
    if not found:
        return ()
    last = found[-1]
    return say(
        "The latest event on how they name their relationship, {date}: {what}.",
        date=words.when(last.date),
        what=facts.quote_marked(last),
    )
