"""Charts of how good the model is, from what is published: skill, calibration, turns, worth of mechanisms, weights.

Each is a :class:`Chart`: a title that says what is seen, a line on how to read it, rows for a table, and ``draw``, which
takes the width of a page in pixels (None: for a file). Nothing is computed and no model is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from amur.charts.dots import Dot, Dots, dots
from amur.charts.panels import Line, Lines, columns_of, lines
from amur.validation import pictures
from amur.validation.published import published
from amur.validation.weak import earns, harms
from amur.validation.words import NAMES, SHOWN

type Plain = dict[str, Any]
type Rows = Sequence[Mapping[str, Any]]

DIAGNOSTICS = Path(__file__).parents[1] / "conditioning" / "diagnostics.json"
SOURCE = "Amur, published validation"
BINS = 10


class Chart(NamedTuple):
    """A chart of the page: what it is called, how it is read, its rows, and how it is drawn for a width."""

    title: str
    about: str
    rows: Callable[[], Rows]
    draw: Callable[[int | None], Any]


def charts() -> dict[str, Chart]:
    """Every chart by name."""
    told = published()
    origins = list(dict.fromkeys(each["origin"] for each in told["turning_points"]))
    made = {
        "series": Chart(
            "Skill of the weighted mixture, by series",
            "One minus its mean error over that of the baseline: 0 is as good, 1 is perfect, below 0 is worse. Lines: 90% interval. What is below −1 is drawn at the edge.",
            partial(_by_series, told), lambda total: pictures.skill_by_series(told, total),
        ),
        "horizons": Chart(
            "Skill by years ahead",
            "Mean over series; bands: 90% interval over origins. What is below −0.5 is drawn at the edge.",
            lambda: _flat(told["horizons"]), lambda total: pictures.skill_by_horizon(told, total),
        ),
        "origins": Chart(
            "Skill by the year a forecast was made",
            "All series together. Where nothing was given it was least before a turn.",
            lambda: _flat(told["by_origin"]), lambda total: _origins(told, total),
        ),
        "calibration": Chart(
            "Where in the forecast what came lay",
            "Share of observations in each tenth of the forecast distribution. Even columns: honest intervals; high in the middle: too wide; high at the ends: too sure.",
            lambda: [{**each, "shares": " ".join(map(str, each["shares"]))} for each in told["pit"]],
            lambda total: pictures.calibration(told, total),
        ),
        "ahead": Chart(
            "Where observations fell in forecasts one step ahead, while the readings were weighed",
            "As above, for every observation and coded decision that the readings were judged by.",
            _transformed, _transforms,
        ),
        "ablations": Chart(
            "What each group of mechanisms is worth",
            "Skill of the whole model against itself without the group, forcings given. Lines: 90% interval.",
            lambda: told["ablations"], lambda total: _ablations(told, total),
        ),
        "chances": Chart(
            "When a chance was given, how often it came true",
            "Decisions in the four quarters after each origin: on the line, chances mean what they say.",
            lambda: told["decisions_calibration"], lambda total: _chances(told, total),
        ),
        "weights": Chart(
            "Weights of the readings through time",
            "At the end of each year. Stacking: the mixture that would have foretold best so far, which is the forecast that counts. Prequential: probability if one reading is true.",
            partial(_weighed, told), lambda total: pictures.weights(told, total),
        ),
        "sure": Chart(
            "How sure the weights are",
            "Lines: the middle 90% of a bootstrap of the years: what the weights would be, had other years of this kind come.",
            _sure_rows, _sure,
        ),
    }  # fmt: skip
    for origin in origins:
        made[f"turn-{origin}"] = Chart(
            f"From the end of {origin}: what was said of the next three years, and what came",
            "Dot and line: median and middle 90% of the forecast. Cross: the record.",
            partial(_turn_rows, told, origin), partial(_turn, told, origin),
        )  # fmt: skip
    return made


def _turn(told: Plain, origin: str, total: int | None) -> Any:
    return pictures.turning_points(told, origin, total)


def _turn_rows(told: Plain, origin: str) -> Rows:
    return [each for each in told["turning_points"] if each["origin"] == origin]


def _flat(rows: Rows) -> Rows:
    """Rows with the ends of intervals as columns of their own."""
    made = []
    for row in rows:
        flat = {key: value for key, value in row.items() if not isinstance(value, list)}
        for key, value in row.items():
            if isinstance(value, list):
                flat |= {f"{key}_low": value[0], f"{key}_high": value[1]}
        made.append(flat)
    return made


def _by_series(told: Plain) -> Rows:
    return _flat(
        [
            {"series": name, "title": each["title"], "group": each["group"], "best_baseline": each["best_baseline"], "setting": setting,
             **{key: value for key, value in cell.items() if key != "horizons"}}
            for name, each in told["series"].items()
            for setting, cell in each["settings"].items()
        ]
    )  # fmt: skip


def _origins(told: Plain, total: int | None) -> Any:
    panels = []
    for baseline, words in pictures.AGAINST.items():
        made = []
        for setting in SHOWN:
            cells = sorted(
                (each for each in told["by_origin"] if each["setting"] == setting),
                key=lambda each: each["origin"],
            )
            made.append(
                Line(
                    NAMES[setting],
                    [each["origin"] for each in cells],
                    [each[f"skill_{baseline}"] for each in cells],
                )
            )
        panels.append(Lines(words[:1].upper() + words[1:], made))
    return lines(
        panels, title="Skill by the year a forecast was made", columns=2, width=300, zero=True, domain=(-0.5, 1.0), total=total
    )  # fmt: skip


def _transformed() -> Rows:
    told = json.loads(DIAGNOSTICS.read_text(encoding="utf-8"))
    return [
        {
            "observable": each["observable"],
            "values": each["values"],
            "inside50": each["ahead50"],
            "inside90": each["ahead90"],
        }
        for each in told["checks"]
    ]


def _transforms(total: int | None) -> Any:
    told = json.loads(DIAGNOSTICS.read_text(encoding="utf-8"))
    values = [value for each in told["checks"] for value in each["pits"]]
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS), BINS - 1)] += 1
    shares = [count / len(values) for count in counts]
    title = f"{len(values):,} observations, one step ahead"
    return columns_of([(title, shares)], 1 / BINS, title=title, columns=1, width=420, height=140, total=total)


def _ablations(told: Plain, total: int | None) -> Any:
    ordered = sorted(told["ablations"], key=lambda each: -each["skill"])
    ends = [each[name] for each in ordered for name in ("low", "high")]
    sides: dict[str, Callable[[Plain], bool]] = {
        "Earns its place": earns,
        "Forecasts are better without": harms,
        "Not to be told from nothing": lambda each: not earns(each) and not harms(each),
    }
    panels = []
    for words, fits in sides.items():
        made = [
            Dot(each["mechanisms"], "worth", each["skill"], each["low"], each["high"])
            for each in ordered
            if fits(each)
        ]
        if made:
            panels.append(Dots(words, made, unit="skill", domain=(min(ends), max(ends))))
    return dots(panels, title="What each group of mechanisms is worth", columns=1, width=420, total=total)


def _chances(told: Plain, total: int | None) -> Any:
    given = Line("what chances should mean", [0.0, 100.0], [0.0, 1.0])
    made = []
    for setting in SHOWN:
        cells = [
            each for each in told["decisions_calibration"] if each["setting"] == setting and each["forecasts"]
        ]
        made.append(
            Lines(
                NAMES[setting][:1].upper() + NAMES[setting][1:],
                [
                    given,
                    Line(
                        "what came true",
                        [100 * each["given"] for each in cells],
                        [each["came"] for each in cells],
                    ),
                ],
            )
        )
    return lines(
        made, title="Chance given, and how often it came", columns=2, x="chance given, %", width=300, height=180, share=True, domain=(0.0, 1.0), total=total
    )  # fmt: skip


def _weighed(told: Plain) -> Rows:
    of = told["weights"]
    return [
        {"year": year, "reading": name, **{kind: of[kind][place][at] for kind in ("stacking", "prequential")}}
        for place, year in enumerate(of["years"])
        for at, name in enumerate(of["readings"])
    ]


def _sure_rows() -> Rows:
    from amur.questions.published import published as answers

    keep = ("reading", "title", "behind")
    return [
        {key: value for key, value in row.items() if key in keep or key.startswith(("stacking", "prequential"))}
        for row in answers("reading").tables["readings"]
    ]


def _sure(total: int | None) -> Any:
    made = [
        Dot(
            str(row["title"]),
            kind,
            float(row[kind]),
            float(row[f"{kind}_low90"]),
            float(row[f"{kind}_high90"]),
        )
        for row in _sure_rows()
        for kind in ("stacking", "prequential")
    ]
    return dots(
        [Dots("Weight at the end of the record", made, domain=(0.0, 1.0), zero=False)],
        title="How sure the weights are",
        columns=1,
        width=420,
        total=total,
    )


def own_evidence(rows: Rows, own: str, titles: Mapping[str, str], total: int | None = None) -> Any:
    """Log evidence to date of one reading over that of each other one, nats, a panel each; ``rows`` are year, reading, nats."""
    sums: dict[str, list[float]] = {}
    years: dict[str, list[int]] = {}
    for row in sorted(rows, key=lambda each: each["year"]):
        line = sums.setdefault(row["reading"], [])
        line.append((line[-1] if line else 0.0) + float(row["nats"]))
        years.setdefault(row["reading"], []).append(int(row["year"]))
    panels = [
        Lines(
            f"over {titles.get(name, name)}",
            [Line("yours", years[own], [a - b for a, b in zip(sums[own], line, strict=True)])],
        )
        for name, line in sums.items()
        if name != own
    ]
    return lines(panels, title="Log evidence to date of your reading", zero=True, height=90, total=total)


__all__ = ["Chart", "charts", "own_evidence"]
