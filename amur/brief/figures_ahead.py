"""Pictures of the brief that look ahead: shares that fill the whole, and fans of what may come beside what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amur.brief.figures import CHINA, FONT, GREY, RUSSIA, SIZES, _data, _finish, nice, spread, year_ticks
from amur.charts import MUTED

type Points = Sequence[tuple[float, float]]


def areas(
    stacks: Sequence[tuple[str, Mapping[int, float], str]], *, unit: str, now: float, height: int = 0
) -> dict[str, Any]:
    """Shares of a whole by year, one on the other from the top; each (name, share by year, colour) named where it ends.

    ``now`` is where the record ends, as a decimal year; a name without room at the right end is left to the words.
    """
    import altair as alt

    years = sorted({year for _, values, _ in stacks for year in values})
    pixels = SIZES["full"][0] - 40
    room = (max(len(name) for name, _, _ in stacks) * 5.6 + 10) / pixels
    right = years[0] + (years[-1] - years[0]) / (1 - room)
    x = alt.X("x:Q", scale=alt.Scale(domain=[years[0], right], nice=False)).axis(
        title=None, format="d", grid=False, domain=False, labelFlush=False,
        values=year_ticks(years[0], years[-1], pixels * (1 - room)),
    )  # fmt: skip
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, 100], nice=False)).axis(
        title=None, values=[0, 25, 50, 75, 100], grid=False
    )
    tops: dict[int, float] = dict.fromkeys(years, 100.0)
    layers, ends = [], []
    for name, values, colour in stacks:
        feet = {year: tops[year] - 100 * values.get(year, 0.0) for year in years}
        rows = [{"x": year, "low": feet[year], "high": tops[year]} for year in years]
        tops = feet
        base = alt.Chart(_data(rows)).encode(x=x, y=y, y2="high:Q")
        layers.append(base.mark_area(color=colour, opacity=0.88, stroke="white", strokeWidth=0.6))
        if rows[-1]["high"] - rows[-1]["low"] >= 3:
            ends.append((name, (rows[-1]["high"] + rows[-1]["low"]) / 2, colour))
    layers.append(_rule(alt, now, x))
    places = spread([place for _, place, _ in ends], 9, 0, 100)
    for (name, _, colour), place in zip(ends, places, strict=True):
        row = [{"x": years[-1], "low": place, "t": name}]
        layers.append(
            alt.Chart(_data(row))
            .mark_text(align="left", dx=5, color=colour, fontSize=10.5, fontWeight=600, font=FONT)
            .encode(x=x, y=y, text="t:N")
        )
    return _finish(alt.layer(*layers), unit, "full", height)


def fan(
    years: Sequence[int],
    bands: Mapping[str, Sequence[float]],
    seen: Points,
    *,
    unit: str,
    now: float,
    zero: bool = True,
) -> dict[str, Any]:
    """Middle (line), half and nine tenths of futures (bands low50, high50, low90, high90), and the record as dots."""
    import altair as alt

    values = [*bands["low90"], *bands["high90"], *(value for _, value in seen)]
    ticks = nice(values, zero, None)
    pixels = SIZES["half"][0] - 40
    x = alt.X("x:Q", scale=alt.Scale(domain=[years[0], years[-1] + 0.5], nice=False)).axis(
        title=None, format="d", grid=False, values=year_ticks(years[0], years[-1], pixels), labelFlush=False,
    )  # fmt: skip
    scale = alt.Scale(domain=[ticks[0], ticks[-1]], nice=False, zero=False)
    axis = alt.Axis(title=None, values=ticks, format=",.3~f", gridWidth=0.7)

    def up(name: str) -> Any:
        return alt.Y(f"{name}:Q", scale=scale, axis=axis)

    rows = [
        {"x": year, **{name: float(each[place]) for name, each in bands.items()}}
        for place, year in enumerate(years)
    ]
    base = alt.Chart(_data(rows)).encode(x=x)
    layers: list[Any] = [
        base.mark_area(color=RUSSIA, opacity=shade).encode(y=up(low), y2=f"{high}:Q")
        for low, high, shade in (("low90", "high90", 0.16), ("low50", "high50", 0.28))
    ]
    layers.append(base.mark_line(color=RUSSIA, strokeWidth=1.7).encode(y=up("middle")))
    layers.append(_rule(alt, now, x))
    if seen:
        dots = alt.Chart(_data([{"x": at, "y": value} for at, value in seen]))
        layers.append(dots.mark_circle(color=CHINA, size=15, opacity=1).encode(x=x, y=up("y")))
    return _finish(alt.layer(*layers), unit, "half", 0)


def _rule(alt: Any, now: float, x: Any) -> Any:
    """Where the record ends."""
    mark = alt.Chart(_data([{"x": now}])).mark_rule(color=MUTED, strokeDash=[3, 3], strokeWidth=0.9)
    return mark.encode(x=x)


__all__ = ["GREY", "areas", "fan"]
