"""The whole answer for China and Russia: the record by sector, the cost of cuts, the time to replace, leverage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amur.questions import ensembles
from amur.questions.answer import Answer, Number, Row
from amur.questions.dependence import dyads, recorded, sectors, simulated, times
from amur.questions.dependence.asked import Asked
from amur.questions.dependence.books import GOODS_PART, TECH_PART
from amur.questions.dependence.cuts import CUTS
from amur.questions.dependence.leverage import leverage
from amur.questions.dependence.needs import BUYS, CHINA, RUSSIA, SELLS
from amur.questions.dependence.replace import turning
from amur.questions.dependence.says import notes, statement, title
from amur.questions.dependence.simulated import Gdp, Many
from amur.questions.ensembles import Common, Numbers, Progress
from amur.record import load
from amur.record.record import Record

TURNING = (
    (RUSSIA, SELLS, "crude oil", 1.0, "turn_oil"),
    (RUSSIA, SELLS, "liquefied gas", 1.0, "turn_exports"),
    (RUSSIA, SELLS, "coal", 1.0, "turn_exports"),
    (RUSSIA, SELLS, "other goods", GOODS_PART, "turn_exports"),
    (RUSSIA, BUYS, "goods", GOODS_PART, "turn_imports"),
    (RUSSIA, BUYS, "technology", TECH_PART, "turn_imports"),
)
"""Who turns, where, how much of what can be rerouted at once is, and at which speed the rest turns."""
FACTS = (
    ("trade.dependence", "RUS-CHN"), ("trade.dependence", "CHN-RUS"), ("trade.asymmetry", "RUS-CHN"),
    ("trade.dependence-gdp", "RUS-CHN"), ("trade.dependence-gdp", "CHN-RUS"), ("trade.western-multiple", "CHN-RUS"),
)  # fmt: skip
GAP_AT = (1, 4, 8)
"""Quarters after the cut at which China's gap is told, if others add no faster than they ever have."""
GAPS = {"crude oil": ("oil_chn", "oil_demand_chn"), "gas": ("", "gas_demand_chn"),
        "coal": ("coal_chn", "coal_demand_chn")}  # fmt: skip


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """All parts of the answer; the asymmetry of the first cut comes first."""
    common, record = asked.common, load(overlay=False)
    output = gdp(record)
    steps = len(asked.cuts) + 3
    tell = progress or (lambda what, done, many: None)
    told = {}
    for done, name in enumerate(asked.cuts):
        tell(f"A cut: {CUTS[name].title}", done, steps)
        told[name] = simulated.told(common, name, asked.share, output)
    tell("Leverage to 2036", steps - 3, steps)
    through, lever = leverage(common, record)
    tell("Time to replace the other", steps - 2, steps)
    pace = times.paces(record)
    speeds, turned = half_lives(common)
    shares, rows = with_model(common, sectors.table(record))
    missing, gap_rows = (
        gaps(common, pace, asked.share)
        if asked.share and any("oil_chn" in CUTS[name].flows for name in told)
        else ((), ())
    )
    tell("Measures of the record", steps - 1, steps)
    measures = dyads.measures(record, asked.pair)
    main = told[asked.cuts[0]].numbers
    first = [each for each in main if each.name == "asymmetry"][:1]
    numbers = (
        *first, *recorded.facts(measures, FACTS), *[each for each in main if each not in first], *through, *speeds,
        *[each for name in asked.cuts[1:] for each in told[name].numbers], *missing, *shares,
    )  # fmt: skip
    tables: dict[str, tuple[Row, ...]] = {
        "sectors": rows,
        "times": (*turned, *times.built(), *pace, *times.halvings(record)),
        "costs": tuple(row for each in told.values() for row in each.costs),
        "paths": tuple(row for each in told.values() for row in each.paths),
        "regained": tuple(row for each in told.values() for row in each.regained),
        "gap": gap_rows,
        "leverage": lever,
        "measures": measures,
        "gdp": (
            {"russia": output.russia, "china": output.china, "year": output.year, "source": output.source},
        ),
    }
    tell("Measures of the record", steps, steps)
    rests = ensembles.rests(
        ("leverage_chn", "exports_rus", "exports_chn_rus", "imports_rus"), 1, recorded.CLAIMS
    )
    say = (numbers, tables, asked)
    return Answer(
        "dependence", title(*say), asked.as_json(), statement(*say), numbers, tables, rests, ensembles.made(common),
        notes(output, numbers, tables),
    )  # fmt: skip


def gdp(record: Record) -> Gdp:
    """Output of the two in the last year that the record has of both."""
    russia, china = (record.timeseries(f"trade.gdp.{code}") for code in ("rus", "chn"))
    year = max(set(russia.values) & set(china.values))
    cited = "; ".join(each.citation() for each in russia.cited()[-1:])
    return Gdp(
        russia.values[year], china.values[year], year, f"series trade.gdp.rus and trade.gdp.chn: {cited}"
    )


def half_lives(common: Common) -> tuple[tuple[Number, ...], tuple[Row, ...]]:
    """Quarters until half, and nine tenths, of what China stops buying or selling has found another partner."""
    after, before = ensembles.posterior(common), ensembles.before(common)
    numbers: list[Number] = []
    rows: list[Row] = []
    for who, does, sector, part, speed in TURNING:
        many = Many(common, {"sector": sector, "side": who, "does": does})
        made = []
        for name, share, words in (("half-replaced", 0.5, "half"), ("replaced", 0.9, "nine tenths")):
            values, was = (turning(share, part * p["reroute"], p[speed]) for p in (after, before))
            about = f"Until {words} of what the cut takes is replaced"
            made.append(many.number(name, about, "quarters", values, was))
        numbers += made
        half, most = made
        rows.append(
            {
                "who": who,
                "does": does,
                "sector": sector,
                "half": half.value,
                "quarters": most.value,
                "low": most.low90,
                "high": most.high90,
                "basis": "speeds of the model",
                "how": "what finds another partner within the quarter, and the speed at which the rest turns",
                "source": f"parameters reroute and {speed}, {half.share_in_words}",
            }
        )
    return tuple(numbers), tuple(rows)


def with_model(common: Common, rows: tuple[Row, ...]) -> tuple[tuple[Number, ...], tuple[Row, ...]]:
    """Each sector's share in the books of the model in the first quarter ahead, beside what the record has."""
    run, was = ensembles.run(common), ensembles.run(common, prior=True)
    made, numbers = [], []
    for need, row in zip(sectors.NEEDS, rows, strict=True):
        own: dict[str, str | float | int | bool | None] = {
            **row,
            "model": None,
            "model_low": None,
            "model_high": None,
        }
        if need.model:
            many = Many(common, {"who": need.who, "does": need.does, "sector": need.sector})
            about = f"Share of the other, {run.labels[0]}"
            each = many.number("share", about, "percent", part(run, *need.model), part(was, *need.model))
            numbers.append(each)
            own |= {"model": each.value, "model_low": each.low90, "model_high": each.high90}
        made.append(own)
    return tuple(numbers), tuple(made)


def part(run: ensembles.Run, above: tuple[str, ...], below: tuple[str, ...]) -> NDArray[np.float64]:
    """Some flows over others in the first quarter, percent."""
    sums = [sum(np.asarray(run[name][0], np.float64) for name in names) for names in (above, below)]
    return np.asarray(100 * sums[0] / np.maximum(sums[1], 1e-9))


def gaps(common: Common, pace: tuple[Row, ...], share: float) -> tuple[tuple[Number, ...], tuple[Row, ...]]:
    """What China would lack of its needed imports, if all others added to theirs no faster than in their best year."""
    run, was = ensembles.run(common), ensembles.run(common, prior=True)
    numbers: list[Number] = []
    rows: list[Row] = []
    for row in pace:
        if row["who"] != CHINA or row["does"] != BUYS or row["sector"] not in GAPS:
            continue
        flow, need = GAPS[str(row["sector"])]
        yearly = float(str(row["pace"]))
        for quarter in GAP_AT:
            values, before = (
                missing(share * _russian(each, flow, quarter), yearly, quarter, each[need][quarter - 1])
                for each in (run, was)
            )
            many = Many(common, {"sector": str(row["sector"]), "quarter": str(quarter)})
            about = "Of China's needed imports lacking, if others add no faster than in their best year"
            made = many.number("gap", about, "percent", values, before)
            numbers.append(made)
            rows.append({"sector": str(row["sector"]), "quarter": quarter, "middle": made.value,
                         "low90": made.low90, "high90": made.high90})  # fmt: skip
    return tuple(numbers), tuple(rows)


def _russian(run: ensembles.Run, flow: str, quarter: int) -> Numbers:
    names = (flow,) if flow else ("gas_chn", "lng_chn")
    return np.asarray(sum(np.asarray(run[name][quarter - 1], np.float64) for name in names))


def missing(lost: Numbers, yearly: float, quarter: int, need: Numbers) -> NDArray[np.float64]:
    """Percent of a need that is lacking in a quarter, counted from 1, when a supply is lost and others add so much a year."""
    return np.asarray(100 * np.clip(lost - yearly * quarter / 4, 0, None) / np.maximum(need, 1e-9))
