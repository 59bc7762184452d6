"""Derived series: splices, quarterly views, conversions and ratios declared as data (``data/recipes.toml``).

A recipe reads the record as it is cut, so a derived series never knows more than the record did that day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from amur import units
from amur.errors import AmurError, nearest, problem_and_mend
from amur.record import periods, schema
from amur.record.derived import expression, methods, views
from amur.record.derived.methods import Method, Part, Target
from amur.record.record import DATA, Record
from amur.record.schema import Series
from amur.record.timeseries import TimeSeries
from amur.record.toml import read_toml

RECIPES = DATA / "recipes.toml"
ABOUT = (
    "series",
    "title",
    "unit",
    "frequency",
    "role",
    "topic",
    "reporter",
    "partner",
    "method",
    "why",
    "note",
)
OPTIONAL = ("reporter", "partner", "note")


@dataclass(frozen=True)
class Recipe:
    """How one derived series is made, and why. ``note`` says what a user must know of its limits."""

    series: str
    title: str
    unit: str
    frequency: str
    role: str
    topic: str
    reporter: str
    partner: str
    how: Method
    why: str
    note: str
    method: str
    file: Path = field(repr=False, default=RECIPES)
    lines: Mapping[str, int] = field(repr=False, default_factory=dict)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The series it reads, recorded or derived."""
        return self.how.inputs

    @property
    def definition(self) -> str:
        """What the series is, in words, with its limits."""
        return f"Derived: {self.how.formula()}. {self.note}".rstrip()

    def as_series(self) -> Series:
        """The derived series as a row of a list of series."""
        return Series(
            self.series,
            self.title,
            self.unit,
            self.frequency,
            self.role,
            self.reporter,
            self.partner,
            self.definition,
            self.topic,
        )

    def fault(self, problem: str, field: str = "", mend: str = "") -> AmurError:
        """An error that names this recipe's file, the line of the field (else of the recipe), and the field."""
        return _fault(self.file, self.lines, self.series, problem, field, mend)


def _fault(
    file: Path, lines: Mapping[str, int], series: str, problem: str, field: str = "", mend: str = ""
) -> AmurError:
    return AmurError(
        f"recipe '{series}': {problem}" if series else problem,
        file=file,
        line=lines.get(field, lines.get("")),
        field=field or None,
        mend=mend,
    )


def recipes() -> dict[str, Recipe]:
    """All declared recipes by the name of the series they make."""
    return read(RECIPES)


def derive(record: Record, name: str, book: Mapping[str, Recipe] | None = None) -> TimeSeries:
    """The derived series of a recipe, computed from the record as it is cut.

    ``book`` is another set of recipes (see :func:`read`). AmurError for unknown names, frequencies or units
    that do not fit, naming the recipe's file, line and field.
    """
    return _derive(record, name, recipes() if book is None else book, {})


def derive_all(record: Record, names: Iterable[str] | None = None) -> dict[str, TimeSeries]:
    """The named derived series (all by default), each made once: quicker than asking for one after the other."""
    made: dict[str, TimeSeries] = {}
    return {name: _derive(record, name, recipes(), made) for name in (recipes() if names is None else names)}


def describe(recipe: Recipe) -> list[str]:
    """How a derived series is made, in lines for a reader."""
    lines = [*recipe.how.lines(), f"unit: {recipe.unit}", f"why: {recipe.why}"]
    return [*lines, f"note: {recipe.note}"] if recipe.note else lines


def check(record: Record, book: Mapping[str, Recipe] | None = None) -> int:
    """Derive everything once and count the recipes; AmurError at the first that is at fault.

    Beyond what :func:`derive` finds: a name already taken by the record, a topic that does not exist.
    """
    made: dict[str, TimeSeries] = {}
    every = recipes() if book is None else book
    for name, recipe in every.items():
        if name in record.series:
            raise recipe.fault("the record already has a series of this name", "series", "Give it another.")
        if recipe.topic not in record.topics:
            hint = nearest(recipe.topic, list(record.topics))
            raise recipe.fault(f"there is no topic '{recipe.topic}'", "topic", hint)
        _derive(record, name, every, made)
    return len(every)


def _derive(record: Record, name: str, book: Mapping[str, Recipe], made: dict[str, TimeSeries]) -> TimeSeries:
    if name in made:
        return made[name]
    recipe = book[name]
    inputs = {}
    for wanted in recipe.inputs:
        if wanted in record.series:
            inputs[wanted] = record.timeseries(wanted)
        elif wanted in book:
            inputs[wanted] = _derive(record, wanted, book, made)
        else:
            raise _unknown(recipe, wanted, [*record.series, *book])
    try:
        points = recipe.how.points(Target(recipe.unit, recipe.frequency), inputs)
    except AmurError as error:
        raise recipe.fault(error.problem, error.field or "", error.mend) from None
    made[name] = TimeSeries(
        recipe.series,
        recipe.title,
        recipe.unit,
        recipe.frequency,
        recipe.definition,
        tuple(points),
        topic=recipe.topic,
        role=recipe.role,
        reporter=recipe.reporter,
        partner=recipe.partner,
        kind="derived",
        formula=recipe.how.formula(),
        why=recipe.why,
        sources=record.sources,
    )
    return made[name]


def _unknown(recipe: Recipe, name: str, known: list[str]) -> AmurError:
    where = next((f for f in ("input", "by", "indicator", "inputs") if f in recipe.lines), "inputs")
    return recipe.fault(f"there is no series '{name}'", where, nearest(name, known))


@cache
def read(path: Path) -> dict[str, Recipe]:
    """The recipes of a file, each checked. AmurError names file, line, field and the mend."""
    text, tables = read_toml(path, "Close every quote and bracket.")
    for key in tables:
        if key != "recipe":
            raise AmurError(f"'{key}' is not known here", file=path, field=key, mend="Write [[recipe]].")
    found = tables.get("recipe", [])
    if not isinstance(found, list):
        raise AmurError("'recipe' is one table", file=path, field="recipe", mend="Write [[recipe]].")
    lines_of = _lines(text)
    if len(lines_of) != len(found):  # a text of several lines that looks like a header
        lines_of = [{} for _ in found]
    book: dict[str, Recipe] = {}
    for table, lines in zip(found, lines_of, strict=True):
        recipe = _recipe(table, lines, path)
        if recipe.series in book:
            first = book[recipe.series].lines.get("series")
            raise recipe.fault(f"is already on line {first}", "series", "Keep one of the two.")
        book[recipe.series] = recipe
    _refuse_cycles(book)
    return book


def _lines(text: str) -> list[dict[str, int]]:
    """For each recipe the line of its header (under '') and of each of its fields."""
    blocks: list[dict[str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*\[\[\s*recipe\s*\]\]", line):
            blocks.append({"": number})
        elif blocks and (name := re.match(r"([A-Za-z_]+)\s*=", line)):
            blocks[-1].setdefault(name[1], number)
    return blocks


def _refuse_cycles(book: Mapping[str, Recipe]) -> None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            round_trip = " <- ".join((*trail[trail.index(name) :], name))
            raise book[name].fault(f"is made from itself: {round_trip}", "series", "Break the circle.")
        if name in book and name not in done:
            for wanted in book[name].inputs:
                visit(wanted, (*trail, name))
            done.add(name)

    for name in book:
        visit(name, ())


def _recipe(table: dict[str, Any], lines: dict[str, int], path: Path) -> Recipe:
    given = Fields(dict(table))
    try:
        about = {name: given.text(name, "" if name in OPTIONAL else None) for name in ABOUT}
        for name, check in _CHECKS.items():
            _checked(name, about[name], check)
        units.known(about["unit"])
        build = METHODS.get(about["method"])
        if build is None:
            hint = nearest(about["method"], list(METHODS)) or f"Take one of {', '.join(METHODS)}."
            raise AmurError(f"there is no method '{about['method']}'", field="method", mend=hint)
        how = build(given, about["frequency"])
        given.nothing_left()
    except AmurError as error:
        name = str(table.get("series", ""))
        raise _fault(path, lines, name, error.problem, error.field or "", error.mend) from None
    return Recipe(**about, how=how, file=path, lines=lines)


_CHECKS: dict[str, schema.Check] = {
    "series": schema.identifier,
    "frequency": schema.one_of(*periods.FREQUENCIES),
    "role": schema.one_of(*schema.ROLES),
    "reporter": schema.countries,
    "partner": schema.countries,
}


def _checked(name: str, value: str, check: schema.Check) -> None:
    try:
        check(value)
    except ValueError as error:
        problem, mend = problem_and_mend(error)
        raise AmurError(problem, field=name, mend=mend) from None


class Fields:
    """The fields of a recipe as they are taken one by one; what is left over at the end was mistyped."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table, self.asked = table, list[str]()

    def take(self, name: str, kind: type | tuple[type, ...], must_be: str, default: Any = None) -> Any:
        """One field of a kind; with a default it may be left out."""
        self.asked.append(name)
        if name not in self.table:
            if default is None:
                raise AmurError(f"the field '{name}' is missing", field=name, mend=f"Write {must_be}.")
            return default
        value = self.table.pop(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise AmurError(f"'{name}' is not {must_be}", field=name, mend=f"Write {must_be}.")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        value: str = self.take(name, str, "a text in quotes", default)
        if not value.strip() and default is None:
            raise AmurError(f"'{name}' is empty", field=name, mend="Write a text.")
        return value

    def choice(self, name: str, of: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(name, default)
        if value not in of:
            raise AmurError(f"'{value}' is not allowed", field=name, mend=f"Write one of {', '.join(of)}.")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        value: int = self.take(name, int, "a whole number", default)
        if value < 1 and value != default:
            raise AmurError(f"'{name}' is {value}", field=name, mend="Write a positive whole number.")
        return value

    def texts(self, name: str, default: list[str] | None = None) -> tuple[str, ...]:
        value = self.take(name, (str, list), "a text or a list of texts", default)
        value = [value] if isinstance(value, str) else value
        if not all(isinstance(item, str) for item in value):
            raise AmurError(f"'{name}' holds something other than texts", field=name, mend="Use quotes.")
        return tuple(value)

    def mapping(self, name: str, kind: type, default: dict[str, Any] | None = None) -> dict[str, Any]:
        value: dict[str, Any] = self.take(name, dict, "a table such as {a = …}", default)
        if not all(isinstance(item, kind) for item in value.values()):
            raise AmurError(
                f"'{name}' holds the wrong kind of value", field=name, mend=f"Give a {kind.__name__} each."
            )
        return value

    def nothing_left(self) -> None:
        for name in self.table:
            hint = nearest(name, self.asked)
            raise AmurError(f"the field '{name}' is not known", field=name, mend=hint or "Leave it out.")


def _splice(given: Fields, frequency: str) -> Method:
    parts = tuple(_parts(given.take("inputs", list, "a list of series")))
    if len(parts) < 2:
        raise AmurError("a splice needs two inputs", field="inputs", mend="List them, the preferred first.")
    adjust = given.choice("adjust", ("none", "ratio"))
    overlap = given.texts("overlap", [])
    if overlap and (len(overlap) != 2 or adjust == "none"):
        raise AmurError(
            "'overlap' does not fit",
            field="overlap",
            mend="Give a first and last period, with adjust = 'ratio'.",
        )
    for period in overlap:
        _checked("overlap", period, schema.period)
    return methods.Splice(parts, adjust == "ratio", (overlap[0], overlap[1]) if overlap else None)


def _parts(items: list[Any]) -> Iterator[Part]:
    for item in items:
        if isinstance(item, str):
            yield Part(item)
            continue
        if not isinstance(item, dict):
            raise AmurError(
                "an input is neither a name nor a table", field="inputs", mend="Write {series = …}."
            )
        limits = Fields(dict(item))
        part = Part(
            limits.text("series"),
            limits.text("since", ""),
            limits.text("until", ""),
            limits.texts("without", []),
        )
        limits.nothing_left()
        for period in filter(None, (part.since, part.until, *part.without)):
            _checked("inputs", period, schema.period)
        yield part


def _formula(given: Fields, frequency: str) -> Method:
    names = given.mapping("inputs", str)
    bridges = given.mapping("bridges", str, {})
    zero_before = given.mapping("zero_before", str, {})
    for name in bridges.values():
        units.bridge(name)
    for name, period in zero_before.items():
        _checked("zero_before", period, schema.period)
        if name not in names:
            raise AmurError(
                f"'{name}' is not among the inputs",
                field="zero_before",
                mend=nearest(name, list(names)),
            )
    text = given.text("formula")
    used = expression.names(text)
    for name in (*names, *bridges):
        if name not in used:
            raise AmurError(
                f"the formula does not use '{name}'", field="formula", mend="Use it or leave it out."
            )
    for name in used:
        if name not in names and name not in bridges:
            hint = nearest(name, [*names, *bridges])
            raise AmurError(f"'{name}' is not among the inputs", field="formula", mend=hint or "Name it there.")
    return methods.Formula(text, names, bridges, zero_before)


def _deflate(given: Fields, frequency: str) -> Method:
    names = {"nominal": given.text("input"), "prices": given.text("by")}
    return methods.Formula("nominal / prices", names, {}, {}, kind="deflate")


def _convert(given: Fields, frequency: str) -> Method:
    bridges = given.texts("bridge", [])
    for name in bridges:
        units.bridge(name)
    days = {"": 0, "divide": -1, "multiply": 1}[given.choice("days", ("", "divide", "multiply"), "")]
    return methods.Convert(given.text("input"), bridges, given.text("by", ""), days)


def _quarterly(given: Fields, frequency: str) -> Method:
    _only("Q", frequency)
    how = given.choice("how", (*views.View.HOWS, "repeat", "denton"))
    if how == "repeat":
        return views.Repeat(given.text("input"))
    if how == "denton":
        hold = given.choice("hold", views.Denton.HOLDS)
        return views.Denton(given.text("input"), hold, given.text("indicator", ""))
    return _view(given, how)


def _annual(given: Fields, frequency: str) -> Method:
    _only("A", frequency)
    return _view(given, given.choice("how", views.View.HOWS))


def _view(given: Fields, how: str) -> Method:
    enough = given.number("enough", 0)
    if enough and how != "mean":
        # A sum of January and February is not a quarter, least of all where a cut took March away.
        raise AmurError(
            f"'enough' does not fit a {how}", field="enough", mend="Name the periods under exceptions."
        )
    exceptions = given.mapping("exceptions", int, {})
    for period in exceptions:
        _checked("exceptions", period, schema.period)
    return views.View(given.text("input"), how, enough or None, exceptions)


def _window(given: Fields, frequency: str) -> Method:
    return views.Window(given.text("input"), given.choice("how", views.Window.HOWS), given.number("years"))


def _only(expected: str, frequency: str) -> None:
    if frequency != expected:
        name = periods.FREQUENCIES[expected]
        raise AmurError(
            f"the method {name} makes a {name} series", field="frequency", mend=f"Write {expected}."
        )


METHODS: dict[str, Callable[[Fields, str], Method]] = {
    "splice": _splice,
    "formula": _formula,
    "convert": _convert,
    "quarterly": _quarterly,
    "annual": _annual,
    "window": _window,
    "deflate": _deflate,
}
