"""The charts of the first page by name, each from the plain rows that the page shows; and the same rows as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from amur.charts import standing as charts
from amur.charts.style import COLOURS
from amur.web.glance.model import KINDS, PANELS

if TYPE_CHECKING:
    from amur.web.glance.whole import Whole

type Name = Literal[
    "stacking", "prequential", "dependence", "leverage", "together", "rear", "trust", "decisions", "events"
]
NAMES: tuple[Name, ...] = (
    "stacking", "prequential", "dependence", "leverage", "together", "rear", "trust", "decisions", "events",
)  # fmt: skip
BANDS = ("low90", "low50", "middle", "high50", "high90")
OWNERS = {"china": COLOURS["CHN"], "russia": COLOURS["RUS"], "third": COLOURS["EUU"], "fourth": COLOURS["USA"]}


def picture(of: Whole, name: str, width: int, alone: bool = False) -> Any:
    """A chart laid out for a width; one that stands ``alone``, as a file, has its title and a legend."""
    told, cited = of.told, of.sources[name]
    title = titles(told)[name] if alone else ""
    if name in KINDS:
        rows = told["readings"]["rows"]
        names = {row["name"]: row["title"] for row in rows}
        weights = [
            {"year": row["year"], "name": names[row["reading"]], "weight": row["weight"]}
            for row in told["readings"]["weights"] if row["kind"] == name
        ]  # fmt: skip
        colours = {row["title"]: row["colour"] for row in rows}
        return charts.weights(weights, colours, width, title, alone, cited)
    if name == "decisions":
        strips = [
            charts.Strip(
                f"{each['title']}: {each['words']}", OWNERS[each["whose"]],
                [charts.Span(span["from"], span["to"], span["value"], span["level"]) for span in each["spans"]],
            )
            for each in told["decisions"]
        ]  # fmt: skip
        return charts.strips(strips, width, title, cited)
    if name == "events":
        shown = told["events"]
        dots = [charts.Dated(each["lane"], each["date"], each["what"], each["main"]) for each in shown["dots"]]
        return charts.timeline(dots, shown["first"], shown["last"], width, shown["lanes"], title, cited)
    panel = next(each for each in told["panels"] if each["name"] == name)
    courses = [
        charts.Course(
            line["name"], line["colour"], [row["year"] for row in line["course"]],
            {band: [row[band] for row in line["course"]] for band in BANDS}, [row["seen"] for row in line["course"]],
        )
        for line in panel["lines"]
    ]  # fmt: skip
    return charts.courses(courses, width, title, panel["share"], cited)


def titles(told: Mapping[str, Any]) -> dict[str, str]:
    """What each chart shows, with its numbers."""
    end = told["when"]
    made = {
        "decisions": f"Decisions by quarter, as coded to {end}",
        "events": f"{told['events']['of']} dated events of the twelve months to {end}",
    }
    if told["readings"]:
        made["stacking"] = f"Weights of the readings {KINDS['stacking']}, 1991 to {told['readings']['year']}"
        made["prequential"] = (
            f"Probabilities of the readings {KINDS['prequential']}, 1991 to {told['readings']['year']}"
        )
    for panel in told["panels"]:
        numbers = ", ".join(f"{line['name']} {line['text']} ({line['spread']})" for line in panel["lines"])
        made[panel["name"]] = f"{panel['title']}: {numbers}"
    return made


def table(of: Whole, name: str) -> str:
    """The rows of a chart as CSV, the citations below them as rows that begin with 'source'."""
    text = io.StringIO()
    rows = _rows(of.told, name)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    writer.writerows(["source", _cell(each)] for each in of.sources[name])
    return text.getvalue()


def _rows(told: Mapping[str, Any], name: str) -> Sequence[dict[str, Any]]:
    if name in KINDS:
        return [row for row in told["readings"]["weights"] if row["kind"] == name]
    if name == "decisions":
        return [{"decision": each["name"], **span} for each in told["decisions"] for span in each["spans"]]
    if name == "events":
        return [
            {key: each[key] for key in ("event", "date", "lane", "what", "source")}
            for each in told["events"]["dots"]
        ]
    panel = next(each for each in told["panels"] if each["name"] == name)
    return [row for line in panel["lines"] for row in line["course"]]


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is kept from being one."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else "" if value is None else value


__all__ = ["NAMES", "PANELS", "Name", "picture", "table", "titles"]
