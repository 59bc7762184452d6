"""What the questions share on the command line: their options, and how an answer is printed or saved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli.options import said
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.questions.answer import Answer, Number

FORMATS = (".html", ".pdf", ".svg", ".png", ".csv", ".json")

Weights = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="HOW",
        help="How readings are weighed: stacking, prequential, even, or NAME=WEIGHT,...",
        callback=said,
    ),
]
Futures = Annotated[int, typer.Option("--futures", help="Futures to run")]
Seed = Annotated[int, typer.Option("--seed", help="Seed")]
Save = Annotated[
    str,
    typer.Option(
        "--save",
        metavar="FILE",
        help="Save the answer as .html, .pdf, .svg, .png, .csv or .json",
        callback=said,
    ),
]


type Tables = Callable[[Answer], None]


def answer(
    question: str,
    asked: Mapping[str, Any],
    json: bool,
    save: str,
    force: bool,
    tables: Tables | None = None,
    more: Tables | None = None,
) -> Answer:
    """Ask, then print or save; ``tables`` is as in :func:`show`, ``more`` prints what comes after a printed answer."""
    from amur.questions import ask

    check(save, force)
    made = ask(question, progress=tell(), **asked)
    show(made, json, save, tables)
    if more and not (json or save):
        more(made)
    return made


def show(made: Answer, json: bool, save: str, tables: Tables | None = None) -> None:
    """Print an answer, and save it where that is asked for; ``tables`` prints what a question shows in place of its numbers."""
    from amur.cli import output

    if save:
        _save(made, save)
    if json:
        output.print_json(made.as_json())
    elif not save:
        say(made, tables)


def check(save: str, force: bool) -> None:
    """Refuse a file that an answer cannot be saved as, before anything is computed."""
    if not save:
        return
    ending = Path(save).suffix.lower()
    if ending not in FORMATS:
        raise AmurError(
            f"an answer cannot be saved as '{Path(save).name}'",
            field="save",
            mend=f"End the name in {', '.join(FORMATS)}.",
        )
    if Path(save).exists() and not force:
        raise AmurError("exists", file=save, mend="Choose another name, or add --force to overwrite it.")
    from amur.atomic import check_place

    check_place(save)
    if ending not in (".csv", ".json"):
        from amur.cli.options import check_picture

        check_picture(f"x{ending}")


def _save(made: Answer, save: str) -> None:
    from amur.charts.answers.saving import save as write

    print(f"Saved {write(made, save)}", file=sys.stderr)


def say(made: Answer, tables: Tables | None = None) -> None:
    """An answer in a terminal: what it says, its numbers, what to distrust, what made it."""
    from amur.cli import output

    output.say(output.heading(made.title))
    output.say(output.paragraph(made.statement))
    output.say()
    if tables:
        tables(made)
    else:
        numbers(made.numbers)
    for note in made.notes:
        output.say()
        output.say(output.paragraph(f"Note: {note}", hanging=6))
    output.say()
    weighed = "" if made.made.weighed in ("stacking", "prequential", "even") else " of your own"
    kind = made.made.weighed if not weighed else "weights"
    run = f"{made.made.futures:,} futures" if made.made.futures else "No futures run"
    output.say(
        output.paragraph(
            f"{run}, seed {made.made.seed}, readings by {kind}{weighed}; amur {made.made.version},"
            f" posteriors {made.made.stamp}. Rests on {len(made.rests.mechanisms)} mechanisms, {len(made.rests.series)} series"
            f" and claims {' '.join(made.rests.claims[:12])}{' …' if len(made.rests.claims) > 12 else ''}; --json lists all."
        )
    )


SHOWN = 24
"""Numbers printed; all are in --json."""


def numbers(found: Sequence[Number], most: int = SHOWN) -> None:
    """Numbers with unit, spread, Monte Carlo error and data share."""
    from amur.cli import output
    from amur.questions.words import error

    shown = found[:most]
    if not shown:
        return
    keys = list(dict.fromkeys(key for each in shown for key in each.keys))
    # Keys that only some numbers have stand together in one column.
    together = any(set(each.keys) != set(keys) for each in shown)
    rows = [
        (
            each.about, *([", ".join(each.keys.values())] if together else [each.keys[key] for key in keys]), value(each),
            "" if each.kind == "fact" else interval(each), "" if each.kind == "probability" else each.unit,
            "" if each.kind == "fact" else error(each), share(each),
        )
        for each in shown
    ]  # fmt: skip
    columns = ("", *(["of"] if together else keys), "value", "90% interval", "unit", "error", "data share")
    output.say(output.table(columns, rows, right=("value", "90% interval", "error"), wrap=("",)))
    if len(found) > most:
        output.say(f"... and {len(found) - most} more numbers (--json)")


def value(each: Number) -> str:
    """A number's value with as many digits as its kind bears."""
    return _figure(each.value, each)


def interval(each: Number) -> str:
    """The 90% interval of a number."""
    return f"{_figure(each.low90, each)} to {_figure(each.high90, each)}"


def _figure(number: float, each: Number) -> str:
    from amur.questions.words import figure

    return figure(number, each.kind, each.unit)


def share(each: Number) -> str:
    """The data share of a number, and in words."""
    return "record" if each.data_share is None else f"{each.data_share:.0%} {each.share_in_words}"


def tell() -> Callable[[str, int, int], None] | None:
    """Progress on standard error, where someone is watching."""
    if not sys.stderr.isatty():
        return None

    def one(what: str, done: int, many: int) -> None:
        print(
            f"\r\033[K{what}: {done} of {many}", end="\n" if done == many else "", file=sys.stderr, flush=True
        )

    return one
