"""What would tell us? Indicators ranked by the bits each would tell, beside where the record stands and what that means."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from amur.charts import room
from amur.charts.panels import finish, heading
from amur.charts.style import COLOURS, GRID, INK, MUTED
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Row

MOST = 18
"""Indicators drawn; all are in the table."""
STEP = 21
WIDE = 640
"""Width of a page from which what a reading would tell stands beside the dots."""
SURE, UNSURE = "clearly above nought", "not told from chance"
TRIPPED, QUIET = "tripped", "not tripped"


def draw(answer: Answer, width: int | None = None) -> Any:
    """Dots of expected information with 90% intervals, best first; beside each its last reading and its tripwire."""
    import altair as alt

    rows = [row for row in answer.tables.get("indicators", ()) if row["bits"] is not None][:MOST]
    if not rows:
        raise AmurError(
            "there is nothing to draw: the target is too rare for any indicator",
            field="save",
            mend="Choose another target or save it as .json.",
        )
    told = [_row(row, len(answer.tables["indicators"])) for row in rows]
    order = [row["name"] for row in told]
    binary = rows[0].get("false_alarm") is not None
    if width is not None:
        return finish(room.stack([_in_rows(alt, told, binary, width)]), _title(answer), _under(answer, binary))
    columns = [("now", "last reading", 150), ("trip", "trips", 96), ("rates", "false alarms, misses", 140), ("odds", "target if tripped, quiet", 160)] if binary else [
        ("now", "last reading", 150), ("high_for", "a high reading speaks for", 190), ("low_for", "a low reading speaks for", 190),
    ]  # fmt: skip
    parts = [_dots(alt, told, order)]
    parts += [_texts(alt, told, order, name, title, width, binary) for name, title, width in columns]
    whole = alt.concat(*parts, columns=len(parts), spacing=6)
    return finish(whole.resolve_scale(color="independent"), _title(answer), _under(answer, binary))


def _in_rows(alt: Any, told: list[dict[str, Any]], binary: bool, width: int) -> Any:
    """For a page: under each name where the record stands, and beside the dots (or under the name) what it would tell."""
    now = {row["name"]: f"now {row['now']}" for row in told}
    says = {row["name"]: _says(row, binary) for row in told}
    aside = int(0.34 * width) if width >= WIDE else 0
    under = {name: [now[name], *([] if aside else says[name])] for name in now}
    inner = width - aside
    beside = int(0.46 * inner) if width >= room.BESIDE else 0
    letters = int((aside - 16) / room.LETTER)
    wrapped = (
        {name: [line for text in says[name] for line in textwrap.wrap(text, letters)] for name in now}
        if aside
        else {}
    )
    most = max((len(lines) for lines in wrapped.values()), default=0)
    place = room.rows(
        [row["name"] for row in told], inner, max(14, room.LINE * most), beside=beside, under=under, gap=10
    )
    for row in told:
        row["y"] = place.centres[row["name"]]
    domain = room.span((row[name] for row in told for name in ("bits", "low", "high")), zero=True)
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=domain, nice=False, range=place.reach),
        "axis": alt.Axis(title="expected information, bits, with 90%", titleAnchor="start", grid=False, tickCount=room.ticks(place.plot)),
    }  # fmt: skip
    kinds = [SURE, UNSURE]
    base = alt.Chart({"values": tuple(told)}).encode(
        y=room.up(alt, place),
        color=alt.Color(
            "sure:N",
            sort=kinds,
            scale=alt.Scale(domain=kinds, range=[COLOURS["RUS"], "#aab1b9"]),
            legend=room.legend(alt, kinds, width, "circle"),
        ),
    )
    layers = [
        *room.named(alt, place),
        room.upright(alt, place, x),
        base.mark_rule(strokeWidth=1.8).encode(x=alt.X("low:Q", **x), x2="high:Q"),
        base.mark_point(filled=True, size=50, opacity=1).encode(
            x=alt.X("bits:Q", **x),
            tooltip=["name:N", alt.Tooltip("bits:Q", format=".3f"), alt.Tooltip("share:Q", format=".1%")],
        ),
    ]
    beside_them = [
        {
            "y": place.centres[name] + room.LINE * (at - (len(lines) - 1) / 2),
            "text": line,
            "trips": "tripped:" in line,
        }
        for name, lines in wrapped.items()
        for at, line in enumerate(lines)
    ]
    if beside_them:
        text = alt.Chart({"values": tuple(beside_them)}).mark_text(align="left", baseline="middle", fontSize=12)
        layers.append(
            text.encode(
                x=alt.value(inner + 4),
                y=room.up(alt, place),
                text="text:N",
                color=alt.condition("datum.trips", alt.value(COLOURS["CHN"]), alt.value(MUTED)),
            )
        )
    return alt.layer(*layers).properties(width=width, height=place.height)


def _says(row: dict[str, Any], binary: bool) -> list[str]:
    """What a reading of the indicator would tell, in words."""
    if binary:
        state = "tripped:" if row["state"] == TRIPPED else "not tripped;"
        alarms, misses = row["rates"].split(", ")
        tripped, quiet = row["odds"].split(", ")
        return [
            f"{state} trips {row['trip']}",
            f"false alarms {alarms}, misses {misses}; target {tripped} if tripped, {quiet} if quiet",
        ]
    return [f"{side}: {row[f'{side}_for']}" for side in ("high", "low") if row.get(f"{side}_for")]


def _dots(alt: Any, told: list[dict[str, Any]], order: list[str]) -> Any:
    axis = alt.Axis(labelLimit=330, grid=True, gridColor=GRID, ticks=False, domain=False)
    colour = alt.Color(
        "sure:N",
        scale=alt.Scale(domain=[SURE, UNSURE], range=[COLOURS["RUS"], "#aab1b9"]),
        legend=alt.Legend(orient="bottom", direction="horizontal", title=None),
    )
    base = alt.Chart({"values": tuple(told)}).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=axis), color=colour
    )
    across = {"scale": alt.Scale(zero=True, nice=True), "title": "bits"}
    zero = (
        alt.Chart({"values": [{"at": 0}]})
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(x=alt.X("at:Q", **across))
    )
    rule = base.mark_rule(strokeWidth=1.8).encode(x=alt.X("low:Q", **across), x2="high:Q")
    dot = base.mark_point(filled=True, size=46, opacity=1).encode(
        x=alt.X("bits:Q", **across),
        tooltip=["name:N", alt.Tooltip("bits:Q", format=".3f"), alt.Tooltip("share:Q", format=".1%")],
    )
    return alt.layer(zero, rule, dot).properties(
        width=230, height=STEP * len(order), title=heading("expected information, 90%", 230)
    )


def _texts(
    alt: Any, told: list[dict[str, Any]], order: list[str], name: str, title: str, width: int, binary: bool
) -> Any:
    base = alt.Chart({"values": tuple(told)}).encode(y=alt.Y("name:N", sort=order, axis=None))
    style = {"align": "left", "baseline": "middle", "fontSize": 11}
    colour: Any = alt.value(INK)
    if name == "trip":
        colour = alt.Color(
            "state:N", scale=alt.Scale(domain=[TRIPPED, QUIET], range=[COLOURS["CHN"], INK]), legend=None
        )
    marks = base.mark_text(**style).encode(x=alt.value(4), text=f"{name}:N", color=colour)
    return marks.properties(width=width, height=STEP * len(order), title=heading(title, width))


def _row(row: Row, many: int) -> dict[str, Any]:
    from amur.questions.watch.figures import plain
    from amur.questions.words import percent

    def share(name: str) -> str:
        value = row.get(name)
        return percent(float(value)) if isinstance(value, int | float) else ""

    def number(name: str) -> str:
        value = row.get(name)
        return plain(float(value)) if isinstance(value, int | float) else ""

    short = {"count over the window": "in the window", "index, 0-1": "", "index 0-1": "", "index -1 to 1": ""}
    unit = short.get(str(row["unit"]), str(row["unit"]))
    made = {
        "name": row["title"], "bits": row["bits"], "low": row["low90"], "high": row["high90"], "share": row["share"],
        "sure": SURE if row["found"] else UNSURE,
        "now": f"{f'{number("now")} {unit}'.strip()}, {row['period']}" if row.get("now") is not None else "none",
    }  # fmt: skip
    if row.get("false_alarm") is not None:
        return made | {
            "trip": f"{row['trips']} {number('threshold')}", "state": TRIPPED if row["tripped"] else QUIET,
            "rates": f"{share('false_alarm')}, {share('miss')}", "odds": f"{share('p_tripped')}, {share('p_quiet')}",
        }  # fmt: skip
    for side, before in (("high", "chance_before"), ("low", "low_chance_before")):
        if row.get(f"{side}_speaks_for"):
            made[f"{side}_for"] = f"{row[f'{side}_speaks_for']}, {share(before)} to {share(f'{side}_chance')}"
    return made


def _title(answer: Answer) -> str:
    rows = [row for row in answer.tables["indicators"] if row["bits"] is not None]
    target = answer.tables["target"][0]
    found = sum(bool(row["found"]) for row in rows)
    share = f"{float(rows[0]['share'] or 0):.1%}"
    of = f"{'about ' if target['binary'] else ''}{target['title']}"
    if not found:
        return f"No indicator clearly tells {of}"
    few = "One" if found == 1 else str(found)
    return f"{few} of {len(rows)} indicators clearly tell{'s' if found == 1 else ''} {of}; the best estimate is {share} of what is open"


def _under(answer: Answer, binary: bool) -> list[str]:
    target, asked = answer.tables["target"][0], answer.asked
    first = f"Read over {asked['ahead']} quarters from now; {float(target['entropy'] or 0):.2f} bits would settle the matter. Dots are corrected for what chance would seem to tell."
    second = (
        "Trips in red: the last reading in the record lies beyond the threshold (by value at the window's end). "
        if binary else "Chances are those before and after a reading in its highest or lowest third. "
    )  # fmt: skip
    made = f"{answer.made.futures:,} futures, readings weighed by {answer.made.weighed}. Amur {answer.made.version}."
    return [*textwrap.wrap(first, 150), second + made]
