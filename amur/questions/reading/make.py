"""The answer about the readings, put together from weights, movers and comparators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur import __version__
from amur.conditioning.shipped import Shipped, shipped
from amur.conditioning.weights import Weights, prequential, stacking
from amur.questions.answer import Answer, Made, Number, Rests, Row, fact
from amur.questions.reading import own
from amur.questions.reading.asked import KINDS, Asked
from amur.questions.reading.comparators import NAMES, Comparison, compare
from amur.questions.reading.moving import bits, by_block, movers
from amur.questions.reading.telling import notes, statement
from amur.questions.reading.weighing import Weighed, counting, moved, weigh
from amur.readings import Reading, reading, readings

if TYPE_CHECKING:
    from amur.questions.ensembles import Progress
    from amur.record.record import Record

type Numbers = NDArray[np.float64]

QUESTION_CLAIMS = ("B1", "B12", "P13", "R9", "T13")
"""Claims that the comparators take up."""


class Told(NamedTuple):
    """All that the words are made from: ``order`` are the readings by leading weight, ``tables`` as in the answer."""

    asked: Asked
    years: tuple[str, ...]
    titles: Mapping[str, str]
    order: tuple[str, ...]
    weighed: Mapping[str, Weighed]
    numbers: tuple[Number, ...]
    tables: Mapping[str, tuple[Row, ...]]
    comparison: Comparison
    share: float


def answer(asked: Asked, progress: Progress | None = None) -> Answer:
    """What is this relationship?"""
    from amur.record import load

    known = shipped()
    if asked.own:
        known = own.joined(known, asked.own_name, *own.conditioned(asked.own, progress))
    # Weights are of the published record; evidence of one's own may not be set beside them unconditioned.
    return of_published(known, asked, load(overlay=False))


def of_published(known: Shipped, asked: Asked, record: Record) -> Answer:
    """The answer from what is published; nothing after the year asked for is looked at."""
    years = tuple(year for year in known.years if year <= (asked.as_of or known.years[-1]))
    increments = {name: each[: len(years)] for name, each in known.increments.items()}
    faces = {
        name: reading(asked.own) if name == asked.own_name else readings()[name] for name in known.readings
    }
    weighed = {kind: weigh(kind, known.increments, known.again, len(years), asked.seed) for kind in KINDS}
    leading = weighed[asked.weights].values
    order = tuple(known.readings[place] for place in np.argsort(-leading, kind="stable"))
    share = moved(leading)
    through = {"stacking": stacking(increments, years), "prequential": prequential(increments, years)}
    comparison = compare(record, years[-1])
    tables = {
        "readings": _readings(known, increments, order, faces, weighed),
        "weights": _through_time(through),
        **_moved(known, asked, through[asked.weights], order[0]),
        "comparators": _comparators(comparison),
    }
    titles = {name: each.title for name, each in faces.items()}
    numbers = (
        *(each for kind in _kinds(asked) for each in _weights(kind, weighed[kind], known, order, titles)),
        _count(weighed[asked.weights], asked.weights),
        *(_distance(each.dyad, each.common) for each in comparison.others),
    )
    told = Told(asked, years, titles, order, weighed, numbers, tables, comparison, share)
    claims = dict.fromkeys(claim for name in order for claim in faces[name].claims)
    seen = [each for each in known.seen if each.period[:4] <= years[-1]]
    sources = dict.fromkeys(source for each in seen for source in each.sources) | dict.fromkeys(
        comparison.sources
    )
    return Answer(
        "reading",
        f"What is this relationship? {_many(len(order))} readings weighed by the record of {years[0]} to {years[-1]}",
        asked.as_json(),
        statement(told),
        numbers,
        tables,
        Rests(
            known.mechanisms, known.forcings, tuple(dict.fromkeys(name for each in seen for name in each.series)),
            (*claims, *(claim for claim in QUESTION_CLAIMS if claim not in claims)),
            tuple(record.sources[source].citation() for source in sources if source in record.sources),
        ),
        Made(
            __version__, known.stamp, asked.seed, 0,
            {name: round(float(leading[known.readings.index(name)]), 4) for name in order}, asked.weights,
        ),
        notes(told, bool(known.again)),
    )  # fmt: skip


def _many(many: int) -> str:
    return {10: "Ten", 11: "Eleven"}.get(many, str(many))


def _kinds(asked: Asked) -> tuple[str, ...]:
    return (asked.weights, *(kind for kind in KINDS if kind != asked.weights))


def _weights(
    kind: str, of: Weighed, known: Shipped, order: tuple[str, ...], titles: Mapping[str, str]
) -> list[Number]:
    """The weight of each reading; its data share is that of all weights together, for one cannot move alone."""
    what = "share of the best mixture" if kind == "stacking" else "probability, if one reading is true"
    made = []
    for name in order:
        place = known.readings.index(name)
        low90, low50, high50, high90 = of.quantiles[:, place].tolist()
        made.append(
            Number(
                kind, f"{titles[name]}: {what}", "weight", float(of.values[place]), low50, high50, low90, high90,
                float(of.errors[place]), moved(of.values), {}, {"reading": name}, "probability",
            )
        )  # fmt: skip
    return made


def _count(of: Weighed, kind: str) -> Number:
    drawn = [counting(each) for each in of.drawn]
    low90, low50, high50, high90 = np.quantile(drawn, (0.05, 0.25, 0.75, 0.95)).tolist()
    error = float(np.std([counting(each) for each in of.again])) * of.small if len(of.again) else float("nan")
    about = "As how many equal readings the weighted ones count"
    return Number(
        "readings", about, "readings", counting(of.values), low50, high50, low90, high90, error, moved(of.values),
        {}, {"weights": kind},
    )  # fmt: skip


def _distance(dyad: str, common: float) -> Number:
    about = f"Distance of China–Russia from {NAMES[dyad]}, on what all comparators share"
    return fact("distance", about, "index 0-1", common, {"dyad": dyad})


def _readings(
    known: Shipped,
    increments: Mapping[str, Numbers],
    order: tuple[str, ...],
    faces: Mapping[str, Reading],
    weighed: Mapping[str, Weighed],
) -> tuple[Row, ...]:
    """One row a reading: what it says, both weights with their errors, how often it leads, its evidence."""
    totals = {name: float(each.sum()) for name, each in increments.items()}
    best = max(totals.values())
    rows: list[Row] = []
    for name in order:
        place = known.readings.index(name)
        row: dict[str, str | float | int | bool | None] = {
            "reading": name,
            "title": faces[name].title,
            "says": faces[name].says,
            "behind": best - totals[name],
        }
        for kind, of in weighed.items():
            low90, low50, high50, high90 = of.quantiles[:, place].tolist()
            error = float(of.errors[place])
            row |= {
                kind: float(of.values[place]), f"{kind}_low50": low50, f"{kind}_high50": high50,
                f"{kind}_low90": low90, f"{kind}_high90": high90, f"{kind}_error": error if error == error else None,
                f"{kind}_leads": float(np.mean(np.argmax(of.drawn, axis=1) == place)),
            }  # fmt: skip
        rows.append(row)
    return tuple(rows)


def _through_time(through: Mapping[str, Weights]) -> tuple[Row, ...]:
    """Both weights of every reading at the end of each year."""
    rows: list[Row] = []
    for kind, of in through.items():
        for year, values in zip((str(int(of.years[0]) - 1), *of.years), (of.start, *of.values), strict=True):
            rows += [
                {"kind": kind, "year": int(year), "reading": name, "weight": float(value)}
                for name, value in zip(of.readings, values, strict=True)
            ]
    return tuple(rows)


def _moved(known: Shipped, asked: Asked, through: Weights, leader: str) -> dict[str, tuple[Row, ...]]:
    """What moved the leading reading and those named most each way, and the bits of each block of evidence."""
    densities = np.stack([known.densities[name] for name in known.readings], axis=1)
    seen, values = bits(known.seen, densities, through)
    rows: list[Row] = []
    for name in dict.fromkeys((leader, *asked.named, *([asked.own_name] if asked.own else []))):
        sides = movers(seen, values[:, known.readings.index(name)])
        for side, found in zip(("for", "against"), sides, strict=True):
            rows += [
                {
                    "reading": name, "side": side, "name": each.seen.name, "title": each.seen.title, "words": each.words,
                    "period": each.period, "bits": each.bits, "series": " ".join(each.seen.series),
                    "events": " ".join(each.seen.events), "sources": " ".join(each.seen.sources),
                }
                for each in found
            ]  # fmt: skip
    blocks: list[Row] = [
        {"block": block, "reading": name, "bits": float(value)}
        for block, of in by_block(seen, values).items()
        for name, value in zip(known.readings, of, strict=True)
    ]
    return {"movers": tuple(rows), "blocks": tuple(blocks)}


def _comparators(of: Comparison) -> tuple[Row, ...]:
    return tuple(
        {
            "dyad": each.dyad, "title": NAMES[each.dyad], "year": of.year, "on_common": each.common,
            "components_common": len(of.common), "distance": each.own, "low": each.low, "high": each.high,
            "components": each.many, "markers_held": each.held, "markers_known": each.known,
        }
        for each in of.others
    )  # fmt: skip
