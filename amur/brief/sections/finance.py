"""Finance and sanctions: in whose money they trade, and who is listed for it."""

from __future__ import annotations

from amur.brief import figures, words
from amur.brief.document import Figure, Section, text_of
from amur.brief.facts import Facts
from amur.brief.sections.energy import year_of
from amur.brief.sections.events import year_before
from amur.brief.sections.parts import caption, drawn_or_said, lacking, section, span
from amur.brief.words import say, sentences

SANCTIONS = ("sanction-eu", "sanction-us", "sanction-other", "secondary-sanction")


def finance(facts: Facts) -> Section | None:
    return section(
        "finance",
        "Finance and sanctions",
        "economic",
        [
            drawn_or_said(settlement(facts), facts.measure("finance.own-currency-settlement", "CHN-RUS")),
            drawn_or_said(listings(facts), facts.measure("finance.sanctions-standing", "EUU-RUS")),
        ],
        lacking(
            facts,
            {
                "settlement in own currencies": facts.measure("finance.own-currency-settlement", "CHN-RUS"),
                "listings of Chinese parties over Russia": facts.measure(
                    "finance.sanctions-standing", "EUU-CHN"
                ),
            },
        ),
    )


def settlement(facts: Facts) -> Figure | None:
    own, yuan = (
        facts.measure("finance.own-currency-settlement", "CHN-RUS"),
        facts.measure("finance.yuan-settlement-exports.m"),
    )
    west = facts.measure("finance.western-settlement-exports.m", "RUS-WST")
    now = facts.number(own)
    if now is None:
        return None
    shown = [one for one in (own, yuan, west) if one.points]
    first = own.points[0]
    finding = (
        say(
            "By officials’ statements {now} of their trade was settled in yuan and roubles in {year}, {first} in {began}",
            now=now,
            year=year_of(own),
            first=facts.of(first, own),
            began=words.when(first.period),
        )
        if len(own) > 1
        else say(
            "By officials’ statements {now} of their trade was settled in yuan and roubles in {year}",
            now=now,
            year=year_of(own),
        )
    )
    reserves = facts.measure("finance.yuan-reserves")
    moex = facts.measure("finance.yuan-exchange-share.m")
    return Figure(
        "settlement",
        finding,
        caption(
            facts,
            f"Shares in settlement, percent, {span(shown)} (few readings of differing scope, joined by lines).",
            *shown,
        ),
        f"Lines of shares in settlement, {span(shown)}. {text_of(finding)}.",
        figures.lines(
            [
                figures.line("yuan and rouble, mutual trade", own, figures.CHINA, bridge=5),
                figures.line("yuan, Russia’s exports", yuan, figures.RUSSIA, bridge=5),
                figures.line("western, Russia’s exports", west, figures.GREY, bridge=5),
            ],
            unit="percent of settlement",
            top=100,
        ),
        text=sentences(
            say(
                "The yuan settled {yuan} of all Russian exports in {month}; the dollar, the euro and other currencies of sanctioning states {west} in {then}.",
                yuan=facts.number(yuan, decimals=0),
                month=year_of(yuan),
                west=facts.number(west, decimals=0),
                then=year_of(west),
            ),
            say(
                "The yuan made up {moex} of currency trading on the Moscow exchange in {month}.",
                moex=facts.number(moex),
                month=year_of(moex),
            ),
            say(
                "The Bank of Russia last stated a yuan share of {share} in its reserves, for the end of {year}.",
                share=facts.number(reserves),
                year=year_of(reserves),
            ),
        ),
    )


def listings(facts: Facts) -> Figure | None:
    freeze, export = (
        facts.series("finance.sanctions.eu-269.chn"),
        facts.series("finance.sanctions.eu-833-iv.chn"),
    )
    total = facts.measure("finance.sanctions-standing", "EUU-CHN")
    everyone, ships = (
        facts.measure("finance.sanctions-standing", "EUU-RUS"),
        facts.series("finance.sanctions.eu-vessels.cum"),
    )
    now = facts.number(total, decimals=0)
    if now is None or everyone.latest is None:
        return None
    if now.value > 0:
        finding = say(
            "The EU has made {now} listings of Chinese and Hong Kong parties over Russia (to the end of {year})",
            now=now,
            year=year_of(total),
        )
        begun = min(int(p.period) for p in (*freeze.points, *export.points) if p.value) - 3
        chart = figures.bars(
            [
                (
                    "export limits",
                    {int(p.period): p.value for p in export.points if int(p.period) >= begun},
                    figures.GREY,
                ),
                (
                    "asset freezes",
                    {int(p.period): p.value for p in freeze.points if int(p.period) >= begun},
                    figures.CHINA,
                ),
            ],
            unit="new Chinese and Hong Kong listings by the EU",
        )
        drawn = [freeze, export]
        about = "New EU listings of Chinese and Hong Kong parties over Russia, by year (none before those shown; a firm on both lists counts twice)"
    else:
        finding = say(
            "{everyone} persons and entities are on the EU’s list over Ukraine (end of {year}), no Chinese party among them",
            everyone=facts.number(everyone),
            year=year_of(everyone),
        )
        chart = figures.bars(
            [("", {int(p.period): p.value for p in everyone.points}, figures.OTHER)],
            unit="persons and entities on the EU list",
        )
        drawn = [everyone]
        about = "Persons and entities under EU asset freezes over Ukraine, end of year"
    year = facts.end.year
    since = (
        f"{year - 1}-{facts.end:%m-%d}" if (facts.end.month, facts.end.day) != (2, 29) else f"{year - 1}-02-28"
    )
    acts = [e for kind in SANCTIONS for e in facts.record.find_events(kind=kind) if e.date > since]
    secondary = [e for e in acts if e.kind == "secondary-sanction"]
    period = f"{year_before(facts.end).isoformat()} to {facts.end.isoformat()}"
    lending = facts.measure("finance.commitments", "CHN-RUS")
    return Figure(
        "listings",
        finding,
        caption(facts, f"{about}, {span(drawn)}.", *drawn),
        f"Bars by year, {span(drawn)}. {text_of(finding)}.",
        chart,
        text=sentences(
            say(
                "In all {everyone} persons and entities are under EU asset freezes over Ukraine, and {ships} vessels under port bans.",
                everyone=facts.number(everyone),
                ships=facts.number(ships),
            )
            if now.value > 0
            else (),
            say(
                "The record dates {acts} sanctions decisions on either country in the last twelve months, {secondary} of them secondary sanctions on Chinese parties over Russia.",
                acts=facts.counted(acts, "sanctions decisions in the last twelve months", period),
                secondary=facts.counted(
                    secondary, "secondary sanctions decisions in the last twelve months", period
                )
                or "none",
            ),
            say(
                "Official Chinese finance committed to Russia came to {lent} (prices of 2021) in the five years to {year}, the last known.",
                lent=facts.number(
                    lending, text=words.figure(lending.latest.value, "US$ bn", 1) if lending.latest else ""
                ),
                year=year_of(lending),
            ),
        ),
    )
