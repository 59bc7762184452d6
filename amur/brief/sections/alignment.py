"""Measures of alignment over time: published ways of measuring this pair, rebuilt, and coded decisions."""

from __future__ import annotations

from itertools import groupby

from amur.brief import figures, words
from amur.brief.document import Cite, Figure, Number, Quote, Run, Runs, Section, text_of
from amur.brief.facts import Facts
from amur.brief.sections.energy import year_of
from amur.brief.sections.parts import caption, drawn_or_said, section, span
from amur.brief.words import say, sentences
from amur.record.timeseries import TimeSeries


def alignment(facts: Facts) -> Section | None:
    return section(
        "alignment",
        "Alignment over time",
        "",
        [
            drawn_or_said(intensity(facts), facts.measure("cooperation-intensity", "CHN-RUS")),
            ladder(facts),
            support(facts),
            distances(facts),
        ],
    )


def intensity(facts: Facts) -> Figure | None:
    whole = facts.measure("cooperation-intensity", "CHN-RUS")
    parts = [
        (facts.measure(f"cooperation-intensity.{name}", "CHN-RUS"), name, colour)
        for name, colour in (
            ("political", figures.RUSSIA),
            ("economic", figures.THIRD),
            ("military", figures.OTHER),
        )
    ]
    now, before = facts.number(whole, decimals=2), facts.since(whole, 10)
    if now is None:
        return None
    highest = max(whole.points, key=lambda p: p.value)
    finding = say(
        "Cooperation intensity {verb} from {before} to {now} in ten years ({year})",
        verb=words.moved(before.value, now.value, 0.03) if before else None,
        before=before,
        now=now,
        year=year_of(whole),
    ) or say("Cooperation intensity stood at {now} in {year}", now=now, year=year_of(whole))
    shown = [whole, *(series for series, _, _ in parts if series.points)]
    ends = [(n, name) for series, name, _ in parts if (n := facts.number(series, decimals=2)) is not None]
    return Figure(
        "intensity",
        finding,
        caption(
            facts,
            f"Bilateral cooperation intensity after Papageorgiou and Vieira, rebuilt from the record, {span(shown)}: nought and one are the lowest and highest of the published window.",
            whole,
        ),
        f"Four lines, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("all", whole, figures.CHINA),
                *(figures.line(name, series, colour, (3, 2)) for series, name, colour in parts),
            ],
            unit="index",
        ),
        text=sentences(
            say(
                "The highest value was {most} in {when}.",
                most=facts.of(highest, whole, decimals=2),
                when=words.when(highest.period),
            ),
            _by_dimension(ends),
            over(facts),
            ("The index is our rebuilding: the published scores are not public to us.",),
        ),
    )


def over(facts: Facts) -> Runs:
    """Leverage each way: bandwidth of interaction times dependence."""
    china, russia = facts.measure("leverage", "RUS-CHN"), facts.measure("leverage", "CHN-RUS")
    year = china.latest.period if china.latest else None
    both = facts.together(china, russia, period=year, decimals=2) if year else [None, None]
    return say(
        "What each could bring to bear on the other (breadth of ties times dependence, at most one) is {china} for China and {russia} for Russia ({year}); dual-use goods are not in it.",
        china=both[0],
        russia=both[1],
        year=year,
    )


def _by_dimension(ends: list[tuple[Number, str]]) -> Runs:
    if not ends:
        return ()
    runs: list[Run] = []
    for place, (number, name) in enumerate(sorted(ends, key=lambda pair: -pair[0].value)):
        runs += ["By dimension: " if not place else ", ", f"{name} ", number]
    return (*runs, ".")


RUNGS: dict[float, str] = {
    0: "none",
    1: "confidence building",
    2: "consultation",
    3: "arms cooperation",
    4: "regular exercises",
    5: "joint command",
    6: "bases, deployment",
    7: "common defence",
}


def ladder(facts: Facts) -> Figure | None:
    from amur.record.measures.ladder import ladder_at

    strict, wide = facts.measure("alignment.rung", "CHN-RUS"), facts.measure("alignment.rung-wide", "CHN-RUS")
    if strict.latest is None or wide.latest is None:
        return None
    state = ladder_at(facts.record, strict.latest.period)
    reached, at_most = facts.together(strict, wide)
    if reached is None or at_most is None:
        return None
    contested = at_most.value > reached.value
    finding = say(
        "On Korolev’s ladder of alignment they stand on rung {strict} of seven, {name}{wide}",
        strict=reached._replace(text=words.in_words(int(reached.value))),
        name=RUNGS.get(int(reached.value), "below the first"),
        wide=say(
            "; on rung {wide} if contested events count",
            wide=at_most._replace(text=words.in_words(int(at_most.value))),
        )
        if contested
        else "",
    )
    above = [one for one in state.rungs if one.rung > reached.value]
    because = [facts.record.event[one.contested[0].event] for one in above if one.contested]
    base = [one for one in state.rungs if one.rung == reached.value and one.events]
    last = facts.record.event[base[0].events[-1].event] if base else None
    return Figure(
        "ladder",
        finding,
        caption(
            facts,
            f"Rung reached by quarter, {span([strict, wide])}, by dated events of the record{'; dashed: if contested events count' if contested else ''}. Rungs are an order, not distances.",
            strict,
            wide,
        ),
        f"{'Two step lines' if contested else 'A step line'}, {span([strict, wide])}. {text_of(finding)}.",
        figures.lines(
            [
                *([figures.line("contested too", wide, figures.GREY, (3, 2))] if contested else []),
                figures.line("strict", strict, figures.RUSSIA),
            ],
            unit="",
            step=True,
            levels=RUNGS if min(strict.values.values()) == 0 else {k: v for k, v in RUNGS.items() if k},
        ),
        text=sentences(
            say(
                "The latest event behind it, {date}: {what}.",
                date=words.when(last.date),
                what=facts.quote_marked(last),
            )
            if last
            else (),
            say(
                "Contested for the next rung, {date}: {what}.",
                date=words.when(because[0].date),
                what=facts.quote_marked(because[0]),
            )
            if because
            else (),
        ),
    )


LEVELS_SAID: dict[float, str] = {
    0: "neutral", 1: "economic and political", 2: "dual-use goods at scale", 3: "lethal",
}  # fmt: skip
"""The levels in running text."""
LEVELS: dict[float, str] = {0: "neutral", 1: "economic, political", 2: "dual-use at scale", 3: "lethal"}


def support(facts: Facts) -> Figure | None:
    from amur.record.coded.codings import codings

    coded = codings(facts.record)
    aid, push, yielded = (coded[name] for name in ("china-support", "china-leverage", "russia-concession"))
    if aid.latest is None:
        return None
    series, upper = aid.series(), aid.series("higher")
    facts.used |= {one.series: one for one in (series, upper)}
    began = _since(series)
    now = series.latest
    assert now is not None
    always = began == series.points[0].period
    finding: Runs = (
        f"China’s support of Russia against the West is coded as {LEVELS_SAID[int(now.value)]} ",
        facts.of(
            now, series, text="in every quarter of the record" if always else f"since {words.when(began)}"
        ),
    )
    latest = aid.latest
    contested = latest.contested and f" A reasonable coder may say {latest.contested}."
    squeezes = [quarter for quarter, value in push.series().values.items() if value > 0]
    given = [quarter for quarter, value in yielded.series().values.items() if value > 0]
    return Figure(
        "support",
        finding,
        caption(
            facts,
            f"Support by quarter, {span([series])}, coded from dated events by a written rule{' (dashed: with every contested value taken higher)' if upper.values != series.values else ''}.",
            series,
        ),
        f"A step line, {span([series])}. {text_of(finding)}.",
        figures.lines(
            [
                *([figures.line("", upper, figures.GREY, (3, 2))] if upper.values != series.values else []),
                figures.line("", series, figures.CHINA),
            ],
            unit="",
            step=True,
            levels=LEVELS,
        ),
        text=sentences(
            say(
                "The latest judgement: {reason}.{contested}",
                reason=Quote(
                    f"“{words.typeset(latest.reason.rstrip('.'))}”",
                    latest.quarter,
                    facts.keys(latest.sources, series.series),
                )
                if latest.reason and latest.sources
                else None,
                contested=contested or "",
            ),
            say(
                "By the same method China pressed its advantage on Russia (on price or by a demand) in {count} of {all} quarters, last in {last}, and Russia made a concession in {given}, last in {when}.",
                count=_quarters(facts, push.series(), squeezes),
                all=_quarters(facts, push.series(), list(push.quarters)),
                last=words.when(squeezes[-1]) if squeezes else None,
                given=_quarters(facts, yielded.series(), given),
                when=words.when(given[-1]) if given else None,
            ),
        ),
    )


def _since(series: TimeSeries) -> str:
    """The first quarter of the spell of the last value."""
    spells = [list(spell) for _, spell in groupby(series.points, key=lambda p: p.value)]
    return spells[-1][0].period


def _quarters(facts: Facts, series: TimeSeries, quarters: list[str]) -> Number | None:
    """How many quarters, as a number resting on the coding."""
    if not quarters or not series.points:
        return None
    point = series.points[-1]
    number = facts.of(point, series)
    return number._replace(
        text=f"{len(quarters)}",
        value=float(len(quarters)),
        unit="quarters",
        period=f"{series.points[0].period} to {point.period}",
        sources=(f"series:{series.series}",),
        name=f"quarters of {series.series}",
    )


def distances(facts: Facts) -> Figure | None:
    """How far the pair lies from China–Iran and from alliances, over the components all have."""
    from amur.record.measures.profiles import all_profile

    year = facts.end.year if (facts.end.month, facts.end.day) == (12, 31) else facts.end.year - 1
    profile = all_profile(facts.record, year)
    held = [(one, one.on_common) for one in profile.distances if one.on_common is not None]
    if len(held) < 2 or len(profile.common) < 3:
        return None
    held.sort(key=lambda pair: pair[1])
    names = {one.other: _name(one.other) for one, _ in held}
    sources = tuple(
        dict.fromkeys(s for one, _ in held for c in one.compared if c.name in profile.common for s in c.sources)
    )
    key = (
        facts.tell(
            f"profile.distance of {words.listed([one.other for one, _ in held])}, {profile.year}", sources
        ),
    )

    def number(value: float) -> Number:
        return facts.made_of(value, "index 0-1", profile.year, key, "distance on common components", sources)

    iran = next((v for one, v in held if one.other.endswith("IRN")), None)
    ends = [
        [names[one.other] for one, v in held if round(v, 2) == round(end, 2)]
        for end in (held[0][1], held[-1][1])
    ]
    few = words.in_words(len(profile.common))
    return Figure(
        "distances",
        say(
            f"Other pairs lie {{near}} to {{far}} from China–Russia ({{year}}), on {few} components: too few to rank them",
            near=number(held[0][1]),
            far=number(held[-1][1]),
            year=profile.year,
        ),
        (
            (
                f"Gower distance (mean difference, from nought, alike, to one) over the {few} components that all pairs have: "
                f"{words.listed([c.replace('-', ' ') for c in profile.common])}, {profile.year}."
            ),
            Cite(key),
        ),
        "Bars: " + ", ".join(f"{names[one.other]} {v:.2f}" for one, v in held) + ".",
        figures.ranking(
            [
                (names[one.other], v, figures.CHINA if one.other.endswith("IRN") else figures.RUSSIA)
                for one, v in held
            ],
            unit="distance, nought is alike",
        ),
        text=sentences(
            say(
                "At the near end stands {near}, at the far end {far}{iran}.",
                near=words.listed(ends[0]),
                far=words.listed(ends[1]),
                iran=say(
                    "; China–Iran, the pair that “Iranization” points to, is at {value}", value=number(iran)
                )
                if iran is not None
                else "",
            )
            if ends[0] != ends[1]
            else (),
            (
                "One treaty more or less would change the order; amur measure shows every pair with all its components.",
            ),
        ),
    )


def _name(dyad: str) -> str:
    a, _, b = dyad.partition("-")
    short = {"USA": "US", "GBR": "Britain"}
    return f"{short.get(a, words.COUNTRIES[a])}–{short.get(b, words.COUNTRIES[b])}"
