"""What has to be asked of the user before a table with other columns than ours can be taken in.

Pure functions: the command line asks, in a loop, the first of the questions still open::

    answers: dict[str, str] = {}
    while open_questions := questions(path, answers):
        answers[open_questions[0].key] = accept(open_questions[0], input(...))
    addition = plan(path, answer(path, answers))

The mapping that :func:`answer` makes can be kept with ``as_toml()`` and used again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from amur.errors import AmurError, nearest, problem_and_mend
from amur.record import periods, schema
from amur.record.own import overlay
from amur.record.own.cells import as_text, frequency_shown, is_number, looks_like_period
from amur.record.own.mapping import Mapping, SeriesPart, SourcePart
from amur.record.own.sheets import Sheet, read_sheet, sheet_names
from amur.record.record import Tables, built_in

MOST_SERIES = 12
"""More series than this in one file are better described in a mapping file than in a dialogue."""


NONE = "-"
"""The answer to an optional question that turns down what is suggested."""


class Question(NamedTuple):
    """One thing to ask. ``suggestion`` is taken for an empty answer; ``choices`` are all that is allowed,
    where there are any; an ``optional`` one may stay empty (``-`` where something is suggested)."""

    key: str
    text: str
    suggestion: str = ""
    choices: tuple[str, ...] = ()
    optional: bool = False


Answers = dict[str, str]


def questions(path: str | Path, answers: Answers | None = None) -> list[Question]:
    """The questions still open about a file, given the answers so far; none where the file explains itself."""
    from amur.record.own.add import CODING_COLUMNS, own_shape

    told = answers or {}
    path = Path(path)
    names = sheet_names(path)
    if len(names) > 1 and "sheet" not in told:
        return [Question("sheet", "Which sheet holds the table?", names[0], tuple(names))]
    sheet = read_sheet(path, told.get("sheet", ""))
    if own_shape(sheet) or set(sheet.header) >= CODING_COLUMNS:
        return []
    return [question for question in _all(sheet, told) if question.key not in told]


def accept(question: Question, text: str) -> str:
    """The answer as it is to be kept. AmurError where it is not one of the choices, or empty and needed."""
    if question.optional and text.strip() == NONE:
        return ""
    text = text.strip() or question.suggestion
    if not text and not question.optional:
        raise AmurError("an answer is needed", field=question.key, mend="Write one.")
    if question.choices and text not in question.choices and not (question.optional and not text):
        hint = nearest(text, question.choices) or f"Choose one of {', '.join(question.choices)}."
        raise AmurError(f"'{text}' is not among the choices", field=question.key, mend=hint)
    try:
        for ending, check in _CHECKS.items():
            if text and question.key.endswith(ending):
                check(text)
    except ValueError as error:
        problem, mend = problem_and_mend(error)
        raise AmurError(problem, field=question.key, mend=mend) from None
    return text


_CHECKS: dict[str, Callable[[str], object]] = {
    ".series": schema.identifier,
    ".reporter": lambda text: schema.countries(text.upper()),
    ".partner": lambda text: schema.countries(text.upper()),
    ".published": schema.published,
}


def answer(path: str | Path, answers: Answers) -> Mapping:
    """The mapping that the answers make; suggestions stand in for what was not answered."""
    sheet = read_sheet(Path(path), answers.get("sheet", ""))
    told = {question.key: question.suggestion for question in _all(sheet, answers)} | answers
    columns = {
        key.removeprefix("columns."): value
        for key, value in told.items()
        if key.startswith("columns.") and value
    }
    source = {key.removeprefix("source."): value for key, value in told.items() if key.startswith("source.")}
    parts: dict[str, dict[str, str]] = {}
    for key, value in told.items():
        if key.startswith("series."):
            _, number, field = key.split(".")
            parts.setdefault(number, {})[field] = value
    labels = _labels(sheet, told)
    kind, decimal = told.get("kind", "observations"), told.get("decimal", ".")
    return Mapping(
        kind=kind,
        sheet=answers.get("sheet", ""),
        decimal=decimal,
        thousands={",": ".", ".": ","}[decimal] if _numbers_with(sheet, ".", ",") else "",
        wide=kind == "observations" and _is_wide(sheet),
        topic=told.get("topic", ""),
        columns=columns,
        series=tuple(SeriesPart(label=labels[int(number)], **part) for number, part in parts.items()),
        source=SourcePart(**source),
    )


def _all(sheet: Sheet, told: Answers) -> Iterator[Question]:
    """Every question about a table, as far as the answers so far decide which there are."""
    header = tuple(title for title in sheet.header if title)
    event_like = _called(header, "what", "event", "description") and _called(header, "date", "day")
    suggested = "events" if event_like else "observations"
    yield Question("kind", "Does the table hold observations or events?", suggested, ("observations", "events"))
    if told.get("kind", suggested) == "events":
        yield from _of_events(sheet, header)
    else:
        yield from _of_observations(sheet, header, told)
    source = _called(header, "source", "url", "citation", "origin")
    yield Question(
        "columns.source", "Which column names the source of a row, if any?", source, header, optional=True
    )
    note = _called(header, "note", "remark", "comment")
    yield Question("columns.note", "Which column holds notes, if any?", note, header, optional=True)
    publisher = "Who published the numbers? (Enter: the file itself is the source)"
    yield Question("source.publisher", publisher, optional=True)
    if told.get("source.publisher"):
        yield Question("source.title", "Under what title?", sheet.file.stem)
        yield Question("source.published", "When (2024, 2024-07 or 2024-07-31)?", optional=True)
        yield Question("source.url", "At what address?", optional=True)


def _of_events(sheet: Sheet, header: tuple[str, ...]) -> Iterator[Question]:
    date = _called(header, "date", "day", "when")
    yield Question("columns.date", "Which column holds the date?", date, header)
    yield Question(
        "columns.what", "Which says what happened?", _called(header, "what", "event", "text"), header
    )
    yield Question(
        "columns.kind", "Which holds the kind (summit, veto …)?", _called(header, "kind", "type"), header
    )
    actors = _called(header, "actors", "countries", "parties")
    yield Question("columns.actors", "Which holds the countries, if any?", actors, header, optional=True)
    topics = tuple(built_in().topics)
    yield Question("topic", "To which topic do the events belong?", "diplomacy", topics)


def _of_observations(sheet: Sheet, header: tuple[str, ...], told: Answers) -> Iterator[Question]:
    texts = [title for title in header if _share(sheet, title, lambda cell: isinstance(cell, str)) > 0.5]
    if not _is_wide(sheet):
        dated = [title for title in header if _share(sheet, title, looks_like_period) > 0.8]
        period = _called(header, "period", "year", "date", "month", "quarter") or next(iter(dated), "")
        yield Question("columns.period", "Which column holds the period?", period, header)
        numeric = [t for t in header if t not in (period, *dated) and _share(sheet, t, is_number) > 0.5]
        value = _called(header, "value", "amount") or next(iter(numeric), "")
        yield Question("columns.value", "Which column holds the value?", value, header)
        texts = [title for title in texts if title not in dated]
    if _numbers_with(sheet, ","):
        shown = "." if _numbers_with(sheet, ".") and not _numbers_with(sheet, ".", ",") else ","
        yield Question("decimal", "Which mark parts whole from fraction in the numbers?", shown, (".", ","))
    several = _called(header, "series", "indicator", "name") or (texts[0] if texts and _is_wide(sheet) else "")
    text = "Which column says which series a row belongs to, if there are several?"
    yield Question("columns.series", text, several, header, optional=True)
    if "columns.series" in told or not header:
        tables = overlay.merged(built_in())
        for number, label in enumerate(_labels(sheet, told)):
            yield from _of_series(sheet, told, tables, number, label)


def _of_series(sheet: Sheet, told: Answers, tables: Tables, number: int, label: str) -> Iterator[Question]:
    key = f"series.{number}"
    which = f" of '{label}'" if label else ""
    suggestion = label if label in tables.series else ""
    text = f"Which series is that{which}? One of the record, or a new name such as own.trade.chn-rus"
    yield Question(f"{key}.series", text, suggestion)
    name = told.get(f"{key}.series", "")
    if not name:
        return
    known = tables.series.get(name)
    unit = known.unit if known else _unit_in(label or told.get("columns.value", ""), tuple(tables.units))
    yield Question(f"{key}.unit", f"In which unit are the values{which}?", unit, tuple(tables.units))
    if known:
        return
    frequency = _frequency(sheet, told)
    yield Question(f"{key}.frequency", "Annual, quarterly or monthly?", frequency, tuple(periods.FREQUENCIES))
    title = label or told.get("columns.value", "") or name
    yield Question(f"{key}.title", f"What is its title, {name}?", title)
    yield Question(f"{key}.definition", "What exactly is measured?", told.get(f"{key}.title", title))
    like = nearest(name, list(tables.series)).removeprefix("Did you mean ").split(",")[0].rstrip("?")
    topic = tables.series[like].topic if like in tables.series else ""
    yield Question(f"{key}.topic", "To which topic does it belong?", topic, tuple(tables.topics))
    yield Question(f"{key}.reporter", "Whose figure is it (ISO3, such as CHN)?", optional=True)
    yield Question(f"{key}.partner", "With which partner (ISO3)?", optional=True)


def _labels(sheet: Sheet, told: Answers) -> list[str]:
    """What stands in the series column, each once; one empty label where there is no such column."""
    at = told.get("columns.series", "")
    if at not in sheet.header:
        return [""]
    index = sheet.header.index(at)
    labels = list(dict.fromkeys(as_text(cells[index]) for _, cells in sheet.rows if cells[index] is not None))
    if len(labels) > MOST_SERIES:
        raise sheet.error(
            f"there are {len(labels)} series in the column '{at}', too many to ask about",
            field=at,
            mend="Describe them in a mapping file: `--mapping FILE.toml`.",
        )
    return labels or [""]


def _is_wide(sheet: Sheet) -> bool:
    return sum(map(looks_like_period, sheet.header)) > 1


def _frequency(sheet: Sheet, told: Answers) -> str:
    """The frequency that most periods show; of days, the one that their distances show."""
    at = told.get("columns.period", "")
    cells = [row[sheet.header.index(at)] for _, row in sheet.rows] if at in sheet.header else [*sheet.header]
    shown = [frequency for frequency in map(frequency_shown, cells) if frequency]
    return max(sorted(set(shown)), key=shown.count) if shown else ""


def _numbers_with(sheet: Sheet, *marks: str) -> bool:
    """Whether any cell is a number written with all these marks."""
    texts = (cell for _, row in sheet.rows for cell in row if isinstance(cell, str))
    return any(all(mark in text for mark in marks) for text in texts if is_number(text))


def _share(sheet: Sheet, title: str, fits: Callable[..., bool]) -> float:
    index = sheet.header.index(title)
    cells = [row[index] for _, row in sheet.rows if row[index] is not None]
    return sum(map(fits, cells)) / len(cells) if cells else 0.0


def _called(header: tuple[str, ...], *words: str) -> str:
    """The first column whose name is, or begins with, one of the words."""
    return next((title for word in words for title in header if title.lower().startswith(word)), "")


def _unit_in(text: str, units: tuple[str, ...]) -> str:
    """The longest unit of the record that stands in a text such as 'Turnover, US$ bn'."""
    found = [unit for unit in units if re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", text)]
    return max(found, key=len, default="")
