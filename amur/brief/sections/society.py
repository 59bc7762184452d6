"""Society: what people think of each other, and who crosses the border."""

from __future__ import annotations

from amur.brief import figures, words
from amur.brief.document import Figure, Number, Section, text_of
from amur.brief.facts import Facts
from amur.brief.sections.energy import year_of
from amur.brief.sections.parts import caption, drawn_or_said, lacking, section, span
from amur.brief.words import say, sentences


def society(facts: Facts) -> Section | None:
    return section(
        "society",
        "Society",
        "societal",
        [
            drawn_or_said(
                attitudes(facts),
                facts.measure("attitudes.levada.good"),
                facts.measure("attitudes.vciom.friendly"),
            ),
            drawn_or_said(
                people(facts), facts.measure("people.students", "CHN-RUS"), facts.measure("people.students")
            ),
        ],
        lacking(
            facts,
            {
                "Russian attitudes to China": facts.measure("attitudes.levada.good"),
                "students and travel": facts.measure("people.students", "CHN-RUS"),
            },
        ),
    )


def attitudes(facts: Facts) -> Figure | None:
    china, west = facts.measure("attitudes.levada.good"), facts.measure("attitudes.levada.good", "RUS-USA")
    europe = facts.measure("attitudes.levada.good", "RUS-EUU")
    vciom, back = (
        facts.measure("attitudes.vciom.friendly"),
        facts.measure("attitudes.ciss.favourable", "CHN-RUS"),
    )
    now = facts.number(china, decimals=0) or facts.number(vciom, decimals=0)
    if now is None:
        return None
    finding = say(
        "{now} of Russians think well of China{us} ({month})",
        now=facts.number(china, decimals=0),
        us=say(", {us} of the United States", us=facts.number(west, decimals=0)) if facts.fresh(west) else "",
        month=year_of(china),
    ) or say(
        "{now} of Russians called relations with China friendly or good-neighbourly ({year})",
        now=now,
        year=year_of(vciom),
    )
    shown = [one for one in (china, west, europe, vciom) if one.points]
    return Figure(
        "attitudes",
        finding,
        caption(
            facts,
            f"Russians with a good attitude to each (Levada), and calling relations with China friendly (VCIOM), percent, {span([china, vciom, europe])}; readings joined by lines.",
            *shown,
        ),
        f"Lines of attitudes, {span([china, vciom, europe])}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("China (Levada)", china, figures.CHINA, bridge=5),
                figures.line("relations (VCIOM)", vciom, figures.THIRD, (3, 2), bridge=5),
                figures.line("United States", west, figures.RUSSIA, bridge=5, since=2005),
                figures.line("EU", europe, figures.OTHER, (3, 2), bridge=5),
            ],
            unit="percent of Russian adults",
            top=100,
        ),
        text=sentences(
            say(
                "Of Chinese asked by Tsinghua University {back} had a favourable view of Russia ({year}).",
                back=facts.number(back, decimals=0),
                year=year_of(back),
            ),
            say(
                "{vciom} of Russians called relations with China friendly or good-neighbourly in {year}.",
                vciom=facts.number(vciom, decimals=0),
                year=year_of(vciom),
            )
            if china.points
            else (),
        ),
    )


def people(facts: Facts) -> Figure | None:
    out, back = facts.measure("people.students", "CHN-RUS"), facts.measure("people.students", "RUS-CHN")
    trips = facts.measure("people.visits", "CHN-RUS")
    now = facts.number(out)
    if now is None:
        return None
    shown = [one for one in (out, back) if one.points]
    finding = say(
        "{now} Chinese study in Russia, {back} Russians in China ({year})",
        now=whole(now),
        back=whole(facts.number(back, out.latest.period)) if out.latest else None,
        year=year_of(out),
    ) or say("{now} Chinese study in Russia ({year})", now=whole(now), year=year_of(out))
    peak = max(trips.points, key=lambda p: p.value) if trips.points else None
    russians, chinese = facts.series("society.pop.rus"), facts.series("society.pop.chn")
    return Figure(
        "students",
        finding,
        caption(
            facts,
            f"Students in the other country, thousand, {span(shown)} (as officials state them; readings joined by lines).",
            *shown,
        ),
        f"Two lines, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("Chinese in Russia", out, figures.CHINA, bridge=5),
                figures.line("Russians in China", back, figures.RUSSIA, bridge=5),
            ],
            unit="thousand students",
        ),
        text=sentences(
            say(
                "Chinese citizens made {trips} trips to Russia in {year}{peak}.",
                trips=whole(facts.number(trips)),
                year=year_of(trips),
                peak=say(" (most: {n} in {when})", n=whole(facts.of(peak, trips)), when=words.when(peak.period))
                if peak and trips.latest and peak.period != trips.latest.period
                else "",
            ),
            say(
                "Russia has {russians} people, China {chinese} ({year}).",
                russians=facts.number(russians, decimals=0),
                chinese=facts.number(chinese, decimals=0),
                year=year_of(chinese),
            ),
        ),
    )


def whole(number: Number | None) -> Number | None:
    """Thousands written out: 56 thousand as 56,000, 1,760 thousand as 1.76 million."""
    if number is None:
        return None
    value = number.value * 1000
    text = f"{value / 1e6:.2f}{words.FIXED}million" if value >= 1e6 else f"{value:,.0f}"
    return number._replace(text=text)
