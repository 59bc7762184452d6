"""Options that many commands share, so that one word means one thing everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.record import Record


def said(context: typer.Context, parameter: typer.CallbackParam, value: str | None) -> str | None:
    """Refuse an option that was given without a value: an empty variable in a script must not mean 'all of it'."""
    source = context.get_parameter_source(parameter.name or "")
    if value is not None and not value.strip() and source is not None and source.name == "COMMANDLINE":
        raise _empty(parameter)
    return value


def all_said(parameter: typer.CallbackParam, value: list[str] | None) -> list[str] | None:
    """The same for what may be given several times: each must hold more than blanks and separators."""
    if any(not each.strip(" \t\n,;") for each in value or ()):
        raise _empty(parameter)
    return value


def _empty(parameter: typer.CallbackParam) -> AmurError:
    option = parameter.opts[0]
    what = f"{option} a value" if option.startswith("-") else "a name"
    return AmurError("is empty", field=option.removeprefix("--"), mend=f"Give {what}, or leave it out.")


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document")]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="DATE", help="Only what was known on a day, such as 2021-12-31", callback=said
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="With --as-of: leave out values we have only in a later vintage")
]
NoOverlay = Annotated[bool, typer.Option("--no-overlay", help="Without your own evidence")]
Save = Annotated[
    str, typer.Option("--save", metavar="FILE", help="Save a chart as .svg, .png, .html or .pdf", callback=said)
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what is there")]


def new_app() -> typer.Typer:
    """An app of commands in the house's plain style."""
    return typer.Typer(
        rich_markup_mode=None, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False
    )


def loaded(as_of: str = "", strict: bool = False, no_overlay: bool = False) -> Record:
    """The record as the options ask for it."""
    from amur import record

    if strict and not as_of:
        raise AmurError("--strict says nothing without --as-of", field="strict", mend="Add --as-of DATE.")
    return record.load(as_of or None, strict=strict, overlay=not no_overlay)


def save_chart(chart: object, path: str) -> None:
    """Save a chart and say where."""
    import sys

    from amur import charts

    saved = charts.save(chart, path)  # type: ignore[arg-type]
    print(f"Saved {saved}", file=sys.stderr)


def check_picture(path: str) -> None:
    """Refuse a name that no chart can be saved under, and a set-up without charts, before anything is printed."""
    from importlib.util import find_spec

    from amur import charts

    if path:
        charts.format_of(path)
        if not (find_spec("altair") and find_spec("vl_convert")):
            raise AmurError("charts need altair and vl-convert", mend="Run: pip install 'amur[charts]'")
