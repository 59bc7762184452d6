"""The pictures of conditioning: weights through time, evidence against persistence, bits by block, transforms."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.charts.style import COLOURS, DASHES, GRID, INK, MUTED, theme
from amur.conditioning.weights import Weights

type Picture = Any
type Numbers = NDArray[np.float64]

PALETTE = (
    "#16325c", "#b5302a", "#e39b1f", "#3a9a94", "#a3c4e8", "#7d6ba8", "#8a5a2b", "#7fa650", "#d99ab5", "#9aa0a6",
)  # fmt: skip
"""One colour a reading, the countries' six first; the last, grey, is for the reading without structure."""


def palette(readings: Sequence[str]) -> dict[str, str]:
    """A colour for each reading, told apart by lightness too where there are ten or fewer; more begin again."""
    return dict(zip(readings, itertools.cycle(PALETTE), strict=False))


def weights(panels: Mapping[str, Weights]) -> Picture:
    """Weights at the end of each year as stacked areas, one panel a kind, side by side; order and colours are shared."""
    import altair as alt

    drawn = []
    for title, of in panels.items():
        rows = [
            {"year": year, "reading": name, "weight": float(value), "place": place}
            for year, values in zip(
                (int(of.years[0]) - 1, *map(int, of.years)), (of.start, *of.values), strict=True
            )
            for place, (name, value) in enumerate(zip(of.readings, values, strict=True))
        ]
        drawn.append(
            alt.Chart({"values": rows})
            .mark_area(line=False)
            .encode(
                x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False)).axis(format="d", tickCount=6),
                y=alt.Y("weight:Q", title=None, stack="zero", scale=alt.Scale(domain=[0, 1])).axis(format="%"),
                color=_colour(alt, of.readings),
                order=alt.Order("place:Q"),
                tooltip=["reading:N", "year:Q", alt.Tooltip("weight:Q", format=".1%")],
            )
            .properties(width=300, height=220, title=_heading(title))
        )
    return _told(alt.hconcat(*drawn, spacing=24), "Weights of the readings at the end of each year")


def evidence(increments: Mapping[str, Numbers], years: Sequence[str], without: str) -> Picture:
    """Log evidence to date over the mean of the readings, nats, as lines; ``without`` is told in words: it lies far off."""
    import altair as alt

    names = [name for name in increments if name != without]
    totals = {name: np.cumsum(each) for name, each in increments.items()}
    middle = np.mean([totals[name] for name in names], axis=0)
    rows = [
        {"year": int(year), "reading": name, "value": float(value)}
        for name in names
        for year, value in zip(years, totals[name] - middle, strict=True)
    ]
    base = alt.Chart({"values": rows}).encode(
        x=alt.X("year:Q", title=None, scale=alt.Scale(nice=False)).axis(format="d", tickCount=8),
        y=alt.Y("value:Q", title=None).axis(tickCount=6),
        color=_colour(alt, tuple(increments), names),
    )
    dashes = [DASHES[1 + (place // 3) % (len(DASHES) - 1)] for place in range(len(names))]
    lines = base.mark_line(strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("reading:N", sort=names, scale=alt.Scale(domain=names, range=dashes)),
        tooltip=["reading:N", "year:Q", alt.Tooltip("value:Q", format="+.1f")],
    )
    nought = alt.Chart({"values": [{"value": 0}]}).mark_rule(color=MUTED, strokeWidth=1).encode(y="value:Q")
    told = "nats over the mean of the readings with a model"
    if without in totals:
        told += f"; {without} ends at {signed(float(totals[without][-1] - middle[-1]))}"
    heading = _heading("Log evidence to date", told)
    return _told(
        alt.layer(nought, lines).properties(width=600, height=280, title=heading), "Log evidence to date"
    )


def heat(sums: Mapping[str, Mapping[str, float]], readings: Sequence[str]) -> Picture:
    """Bits by block (rows) and reading (columns) as a table of colours with the numbers written in."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"block": block, "reading": name, "bits": by_reading[name], "text": signed(by_reading[name])}
        for block, by_reading in sums.items()
        for name in readings
    ]
    # One reading far off must not bleach the others: colours end where all but a few cells lie.
    most = float(np.percentile([abs(row["bits"]) for row in rows], 85)) or 1.0
    base = alt.Chart({"values": rows}).encode(
        x=alt.X("reading:N", sort=list(readings), title=None).axis(
            labelAngle=-30, orient="top", domain=False, ticks=False, labelLimit=140
        ),
        y=alt.Y("block:N", sort=list(sums), title=None),
    )
    scale = alt.Scale(
        domain=[-most, 0, most],
        range=[COLOURS["CHN"], "#ffffff", COLOURS["RUS"]],
        clamp=True,
        interpolate="rgb",
    )
    cells = base.mark_rect(stroke="white").encode(color=alt.Color("bits:Q", scale=scale, legend=None))
    dark = f"abs(datum.bits) > {0.6 * most}"
    written = base.mark_text(fontSize=11).encode(
        text="text:N", color=alt.condition(dark, alt.value("white"), alt.value(INK))
    )
    heading = _heading(
        "Which block of evidence drew weight to which reading",
        "bits against the mixture of all readings, singles summed over years",
    )
    drawing = alt.layer(cells, written).properties(
        width=64 * len(readings), height=24 * len(sums), title=heading
    )
    return _told(drawing, "Bits by block and reading")


def transforms(panels: Mapping[str, Numbers], bins: int = 10) -> Picture:
    """Histograms of transforms, one panel a group; level where forecasts were right, the band is chance (90%)."""
    import altair as alt
    from scipy import stats

    drawn = []
    for title, values in panels.items():
        counts, _ = np.histogram(values, bins=bins, range=(0, 1))
        rows = [
            {
                "from": place / bins,
                "to": (place + 1) / bins,
                "share": float(count) * bins / max(len(values), 1),
                "floor": 0,
            }
            for place, count in enumerate(counts)
        ]
        low, high = stats.binom.ppf([0.05, 0.95], max(len(values), 1), 1 / bins) * bins / max(len(values), 1)
        band = [{"low": float(low), "high": float(high)}]
        x = alt.X("from:Q", title=None, scale=alt.Scale(domain=[0, 1])).axis(tickCount=5)
        bars = (
            alt.Chart({"values": rows})
            .mark_bar(color=COLOURS["RUS"], opacity=0.85, stroke="white", strokeWidth=1)
            .encode(x=x, x2="to:Q", y=alt.Y("share:Q", title=None).axis(tickCount=4), y2="floor:Q")
        )
        chance = alt.Chart({"values": band}).mark_rect(color=GRID).encode(y="low:Q", y2="high:Q")
        drawn.append(
            alt.layer(chance, bars).properties(
                width=190, height=130, title=_heading(title, f"{len(values):,} observations")
            )
        )
    return _told(
        alt.hconcat(*drawn, spacing=24).resolve_scale(y="shared"),
        "Where observations fell in the forecasts one step ahead",
    )


def signed(value: float) -> str:
    """A whole number with its sign, as it is read: +12, −3, 0."""
    whole = round(value)
    return "0" if whole == 0 else f"{whole:+,d}".replace("-", "−")


def _colour(alt: Any, readings: Sequence[str], shown: Sequence[str] | None = None) -> Any:
    of, names = palette(readings), list(shown or readings)
    return alt.Color(
        "reading:N",
        sort=names,
        scale=alt.Scale(domain=names, range=[of[name] for name in names]),
        legend=alt.Legend(orient="right", direction="vertical", columns=1, offset=12),
    )


def _heading(text: str, subtitle: str = "") -> dict[str, Any]:
    return {"text": text, "fontSize": 12} | ({"subtitle": subtitle} if subtitle else {})


def _told(drawing: Any, title: str) -> Any:
    about = {"title": title, "series": [], "citations": ["amur condition"]}
    return drawing.properties(usermeta={"amur": about}, config=theme())
