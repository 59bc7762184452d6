"""Energy: how much, at what price."""

from __future__ import annotations

from amur.brief import figures, words
from amur.brief.document import Figure, Number, Runs, Section, text_of
from amur.brief.facts import Facts
from amur.brief.sections.parts import caption, drawn_or_said, lacking, section, span
from amur.brief.words import say, sentences
from amur.record.timeseries import TimeSeries


def energy(facts: Facts) -> Section | None:
    return section(
        "energy",
        "Energy and its price",
        "economic",
        [
            drawn_or_said(volumes(facts), facts.series("energy.crude.volume.rus-chn")),
            buyers(facts),
            drawn_or_said(oil_price(facts), facts.measure("price.crude-concession")),
            drawn_or_said(gas_price(facts), facts.measure("price.gas-implied")),
        ],
        lacking(
            facts,
            {
                "crude oil volumes": facts.series("energy.crude.volume.rus-chn"),
                "pipeline gas deliveries": facts.series("energy.gas.pos1.rus-chn"),
                "the price of Russian crude in China": facts.series("energy.price.crude-vs-brent.rus-chn"),
                "the price of Russian gas in China": facts.series("energy.price.gas.rus-chn"),
            },
        ),
    )


def year_of(series: TimeSeries) -> str | None:
    return words.when(series.latest.period) if series.latest else None


def volumes(facts: Facts) -> Figure | None:
    crude, coal = facts.series("energy.crude.volume.rus-chn"), facts.series("energy.coal.volume.rus-chn")
    lng, gas = facts.series("energy.lng.volume.rus-chn"), facts.series("energy.gas.pos1.rus-chn")
    share = facts.measure("energy.crude-import-dependence", "CHN-RUS")
    now, before = facts.number(crude), facts.since(crude, 10)
    if now is None:
        return None
    shown = [one for one in (crude, coal, lng) if one.points]
    finding = say(
        "Russian crude to China {verb} to {now} in {year}, {share} of China’s crude imports",
        verb=words.change(before.value, now.value) + " in ten years" if before else "came",
        now=now,
        year=year_of(crude),
        share=facts.number(share, now.period, decimals=1),
    ) or say("Russian crude to China came to {now} in {year}", now=now, year=year_of(crude))
    contracts = facts.series("energy.gas.contracted.rus-chn")
    return Figure(
        "energy-volumes",
        finding,
        caption(
            facts,
            f"Russian crude oil, coal and liquefied gas imported by China, million tonnes a year, {span(shown)}.",
            *shown,
        ),
        f"Lines of crude oil, coal and liquefied gas, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("crude oil", crude, figures.RUSSIA),
                figures.line("coal", coal, figures.GREY),
                figures.line("liquefied gas", lng, figures.OTHER),
            ],
            unit="million tonnes a year",
        ),
        text=sentences(
            say(
                "The pipeline Power of Siberia delivered {gas} in {year}, against {start} in {first}; "
                "contracts in force are for {contracts}.",
                gas=facts.number(gas),
                year=year_of(gas),
                start=facts.number(gas, gas.points[0].period) if gas.points else None,
                first=words.when(gas.points[0].period) if gas.points else None,
                contracts=facts.number(contracts),
            ),
            europe(facts),
        ),
    )


def europe(facts: Facts) -> Runs:
    """What went to Europe by pipe, for scale: the newest count, and that of ten years before it."""
    pipe = facts.series("energy.gas.pipeline.rus-eur.spliced")
    before = facts.since(pipe, 10)
    now = facts.number(pipe, decimals=0)
    breaks = now is not None and before is not None and with_turkey(now) != with_turkey(before)
    return say(
        "Pipeline gas to Europe was {now} in {year}{ours}, {before} ten years before{theirs}.",
        now=now,
        year=year_of(pipe),
        ours=f" {with_turkey(now)}" if now and breaks else "",
        theirs=f" {with_turkey(before)}" if before and breaks else "",
        before=before._replace(text=words.figure(before.value, pipe.unit, 0)) if before else None,
    )


def with_turkey(number: Number) -> str:
    """How the newest source counts: Reuters leaves Türkiye out from 2023 on, the Energy Institute did not."""
    return "without Türkiye" if number.period >= "2023" else "with Türkiye"


def buyers(facts: Facts) -> Figure | None:
    """Who buys Russia's fossil fuels, by value, month by month."""
    pairs = (
        ("RUS-CHN", "China", figures.CHINA),
        ("RUS-EUU", "EU", figures.OTHER),
        ("RUS-IND", "India", figures.THIRD),
    )
    held = [
        (facts.measure("energy.fossil-export-dependence.m", pair), name, colour) for pair, name, colour in pairs
    ]
    held = [one for one in held if one[0].points]
    china = facts.measure("energy.fossil-export-dependence.m")
    now = facts.number(china, decimals=0)
    if now is None or len(china) < 6:
        return None
    europe_then = facts.measure("energy.fossil-export-dependence.m", "RUS-EUU")
    finding = say(
        "China bought {now} of Russia’s fossil fuel exports by value in {month}",
        now=now,
        month=words.when(now.period),
    )
    oil, gas = (
        facts.measure("energy.oil-export-dependence"),
        facts.measure("energy.gas-export-value-dependence"),
    )
    return Figure(
        "energy-buyers",
        finding,
        caption(
            facts,
            f"Share of buyers in the value of Russia’s exports of oil, gas and coal, percent by month, {span([china])} (values modelled by CREA from cargoes and market prices).",
            *(one for one, _, _ in held),
        ),
        f"Lines for {words.listed([name for _, name, _ in held])} by month, {span([china])}. {text_of(finding)}.",
        figures.lines([figures.line(name, one, colour) for one, name, colour in held], unit="percent of value"),
        text=sentences(
            say(
                "The EU’s share was {first} in {began} and {last} in {month}.",
                first=facts.number(europe_then, europe_then.points[0].period, decimals=0)
                if europe_then.points
                else None,
                began=words.when(europe_then.points[0].period) if europe_then.points else None,
                last=facts.number(europe_then, decimals=0),
                month=year_of(europe_then),
            ),
            say(
                "Over {year} as a whole China took {oil} of the oil and {gas} of the gas by value.",
                year=year_of(oil),
                oil=facts.number(oil, decimals=0),
                gas=facts.number(gas, decimals=0),
            ),
        ),
    )


def oil_price(facts: Facts) -> Figure | None:
    """What Russian crude cost in China against Brent, beside Urals and what all of Russia's buyers paid."""
    landed, urals = facts.measure("price.crude-concession"), facts.measure("price.urals-concession", "RUS-WLD")
    everyone = facts.measure("price.russian-crude-concession.m", "RUS-WLD")
    now = facts.number(landed)
    if now is None or len(landed) < 2:
        return None
    finding = say(
        "Russian crude cost China {gap} {word} Brent in {year}",
        gap=absolute(now),
        word="less than" if now.value > 0 else "more than",
        year=year_of(landed),
    )
    largest = max(landed.points, key=lambda point: point.value)
    espo = facts.measure("price.espo-concession.m")
    espo_now = facts.number(espo) if facts.fresh(espo, 1) else None
    shown = [one for one in (landed, urals, everyone) if one.points]
    others = ", and Urals, the western grade" if urals.points else ""
    others += "; all of Russia’s crude by month" if everyone.points else ""
    return Figure(
        "oil-price",
        finding,
        caption(
            facts,
            f"Discount of Russian crude against Brent, US$ a barrel (below nought: dearer than Brent), {span(shown)}: delivered in China by its customs{others}. China’s values include freight, Brent does not: the discount at a Russian port is larger.",
            *shown,
        ),
        f"Discounts against Brent, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("in China", landed, figures.CHINA),
                figures.line("Urals", urals, figures.RUSSIA, (4, 2), bridge=2),
                figures.line("all buyers", everyone, figures.GREY),
            ],
            unit="discount against Brent, US$ a barrel",
        ),
        text=sentences(
            say(
                "The largest discount of a year was {most} ({when}).",
                most=facts.of(largest, landed),
                when=words.when(largest.period),
            )
            if largest.value > 0
            else (),
            say(
                "Urals stood {urals} {word} Brent in {year}.",
                urals=absolute(facts.number(urals)),
                word=below(urals),
                year=year_of(urals),
            ),
            say(
                "The eastern grade ESPO, delivered in China, was quoted about {espo} {word} Brent in {month}.",
                espo=absolute(espo_now),
                word=below(espo),
                month=words.when(espo_now.period) if espo_now else None,
            ),
        ),
    )


def below(discount: TimeSeries) -> str:
    return "below" if discount.latest and discount.latest.value > 0 else "above"


def absolute(number: Number | None) -> Number | None:
    """A difference printed without its sign, for sentences that say 'less' or 'more'."""
    return number._replace(text=number.text.removeprefix(words.MINUS)) if number else None


def foreseen(series: list[TimeSeries]) -> str:
    """' (forecast or estimate: 2024 and 2025)': the years whose values were stated before the year was over."""
    signs = ("forecast", "estimate", "expected")
    years = sorted({p.period for one in series for p in one.points if any(sign in p.note for sign in signs)})
    return f" (forecast or estimate: {words.listed(years)})" if years else ""


def gas_price(facts: Facts) -> Figure | None:
    """The price of Russian pipeline gas in China beside that for Europe."""
    implied, share = facts.measure("price.gas-implied"), facts.measure("price.gas-concession-share")
    china, europe_ = facts.series("energy.price.gas-mer.rus-chn"), facts.series("energy.price.gas-mer.rus-eur")
    now, gap = facts.number(implied, decimals=0), facts.number(share, decimals=0)
    if now is None:
        return None
    finding = say(
        "China pays {gap} {word} for Russian pipeline gas than Europe and Türkiye, by Moscow’s own outlook ({year})",
        gap=absolute(gap),
        word="less" if gap and gap.value > 0 else "more",
        year=year_of(share),
    ) or say("Russian pipeline gas cost China {now} in {year}", now=now, year=year_of(implied))
    shown = [one for one in (implied, china, europe_) if one.points]
    year = china.latest.period if china.latest else None
    germany = facts.measure("price.gas-concession-germany")
    return Figure(
        "gas-price",
        finding,
        caption(
            facts,
            f"Price of Russian pipeline gas, US$ per thousand cubic metres, {span(shown)}: China by customs value, and both markets by outlooks of the Russian economy ministry{foreseen([china, europe_])}.",
            *shown,
        ),
        f"Prices in China and Europe, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("China, customs", implied, figures.CHINA),
                figures.line("China, ministry", china, figures.CHINA, (3, 2)),
                figures.line("Europe, Türkiye", europe_, figures.OTHER, bridge=5),
            ],
            unit="US$ per thousand cubic metres",
        ),
        text=sentences(
            say(
                "The ministry’s outlook has {now} for China and {other} for Europe and Türkiye in {year}.",
                now=facts.number(china, year, decimals=0),
                other=facts.number(europe_, year, decimals=0) if year else None,
                year=year,
            ),
            say("By Chinese customs the price was {now} in {year}.", now=now, year=year_of(implied))
            if gap
            else (),
            say(
                "That was {germany} {word} than at the German border in {year}.",
                germany=absolute(facts.number(germany, decimals=0)),
                word="less" if germany.latest and germany.latest.value > 0 else "more",
                year=year_of(germany),
            )
            if not gap
            else (),
        ),
    )
