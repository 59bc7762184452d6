"""What the record alone says of any two states: every economic measure that it can serve for them, each way."""

from __future__ import annotations

from collections.abc import Mapping

from amur.errors import AmurError
from amur.questions.answer import Row
from amur.record.measures.registry import Dyad, catalogue
from amur.record.record import Record

TRADE = ("trade.dependence", "trade.dependence-gdp", "trade.export-dependence", "trade.import-dependence")
DIMENSION = "economic"
FLOORS = ("trade.", "energy.", "price.", "finance.")


def served() -> Mapping[Dyad, tuple[str, ...]]:
    """The pairs of states for which the record has economic measures, and which."""
    found: dict[Dyad, list[str]] = {}
    for name, made in catalogue().items():
        if made.dimension == DIMENSION and name.startswith(FLOORS):
            for dyad in made.dyads:
                if "WLD" not in dyad:
                    found.setdefault(dyad, []).append(name)
    return {dyad: tuple(names) for dyad, names in found.items()}


def measures(record: Record, pair: Dyad) -> tuple[Row, ...]:
    """The latest of each measure, of the first state with the second and the other way. AmurError where there is none."""
    known = served()
    if pair not in known and pair.swapped not in known:
        names = sorted({str(Dyad(*sorted(each))) for each in known})
        raise AmurError(
            f"the record has no measure of how {pair.a} and {pair.b} depend on each other",
            field="dyad",
            mend=f"It has: {', '.join(names)}.",
        )
    rows: list[Row] = []
    for dyad in (pair, pair.swapped):
        for name in known.get(dyad, ()):
            made = catalogue()[name].of(record, dyad)
            if made.latest is None:
                continue
            point = made.latest
            rows.append(
                {
                    "dyad": str(dyad),
                    "who": dyad.a,
                    "on": dyad.b,
                    "measure": name,
                    "title": catalogue()[name].title,
                    "value": point.value,
                    "unit": made.unit,
                    "period": point.period,
                    "first": made.points[0].period,
                    "source": ";".join(point.sources),
                    "note": point.note,
                    "citation": "; ".join(each.citation() for each in made.cited()[-2:]),
                }
            )
    return tuple(rows)


def one(rows: tuple[Row, ...], name: str, dyad: Dyad) -> Row | None:
    """The row of a measure for a pair, or None."""
    return next((row for row in rows if row["measure"] == name and row["dyad"] == str(dyad)), None)
