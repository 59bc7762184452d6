"""Beijing's leverage over Moscow, year by year from 1992 to 2036, with trade dependence as measured beside it."""

from __future__ import annotations

from amur.questions import ensembles, spread
from amur.questions.answer import Number, Row
from amur.questions.ensembles import Common
from amur.record.measures import measure
from amur.record.record import Record

UNTIL = 2036
TOLD = (2013, 2021, 2025, 2030, 2036)
"""Years told as numbers: before the turn east, before the war, the last of the record, and two ahead."""
KEPT = ("leverage_chn", "dependence_rus", "dependence_chn")


def leverage(common: Common, record: Record) -> tuple[tuple[Number, ...], tuple[Row, ...]]:
    """The index through time: numbers for some years, and a row with its spread for each."""
    run = ensembles.run(common, start="1992-Q1", annual=True)
    was = ensembles.run(common, start="1992-Q1", annual=True, prior=True)
    numbers = tuple(
        spread.quantity(
            "leverage", "Beijing's leverage over Moscow", "index", run["leverage_chn"][run.at(str(year))],
            common.mixture, was["leverage_chn"][was.at(str(year))], common.prior, {"year": str(year)},
        )
        for year in TOLD
    )  # fmt: skip
    seen = {
        side: measure(record, "trade.dependence", f"{side}-{'CHN' if side == 'RUS' else 'RUS'}").values
        for side in ("RUS", "CHN")
    }
    last = int(max(seen["RUS"]))
    rows: list[Row] = []
    for label in run.labels:
        year = int(label[:4])
        if year > UNTIL:
            break
        row: dict[str, str | float | int | bool | None] = {"year": year, "ahead": year > last}
        for name in KEPT:
            levels = spread.quantiles(run[name][run.at(label)], common.mixture.weights)
            for level, value in zip(("middle", "low50", "high50", "low90", "high90"), levels, strict=True):
                row[f"{name}_{level}"] = float(value)
        for side, values in seen.items():
            row[f"recorded_{side.lower()}"] = values.get(str(year))
        rows.append(row)
    return numbers, tuple(rows)
