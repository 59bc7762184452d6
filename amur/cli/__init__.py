"""The command line. Thin: it asks the record and shows the answer.

Commands live in one module each and are imported only when called, so that ``amur --help`` is instant.
"""

from __future__ import annotations

import codecs
import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from amur import __version__

if TYPE_CHECKING:
    from amur.errors import AmurError

COMMANDS = {
    "record": ("amur.cli.record", "The evidence: series, events, sources, SQL, your own data"),
    "measure": ("amur.cli.measure", "Dependence, agreement, alignment and other measures, for any dyad"),
    "simulate": ("amur.cli.simulate", "Futures of the relationship: a table, or all of them in a file"),
    "ask": ("amur.cli.ask", "Seven questions: reading, drivers, dependence, outlook, whatif, watch, levers"),
    "argue": ("amur.cli.argue", "Twelve arguments between the essays, each with a number and a verdict"),
    "watch": ("amur.cli.watch", "Indicators that have tripped since a date, from the record"),
    "scenarios": ("amur.cli.scenarios", "Scenarios and levers: what may be done to the world, and by whom"),
    "readings": ("amur.cli.readings", "Rival readings of the relationship: ten of ours, and your own"),
    "forecasts": ("amur.cli.forecasts", "Forecasts of 2026 and 2027, frozen and scored as data come"),
    "condition": ("amur.cli.condition", "Take the readings through the record, year by year, and weigh them"),
    "validate": ("amur.cli.validate", "How good the model is: hindcasts scored against simple forecasters"),
    "serve": ("amur.cli.serve", "Open the page in the browser: all of it, with charts and what-ifs"),
    "brief": ("amur.cli.brief", "Write the brief: brief.html and brief.pdf"),
    "claims": ("amur.cli.claims", "The 88 claims of the five essays and where each lives"),
    "numbers": ("amur.cli.numbers", "The numbers the essays give, checked against the record"),
    "why": ("amur.cli.why", "What a quantity rests on: mechanisms, parameters, series, claims"),
    "map": ("amur.cli.causal_map", "Draw the causal map: who drives whom"),
    "book": ("amur.cli.book", "Build the system book from the declarations"),
    "prior": ("amur.cli.prior", "Does the prior bracket the record? The published check"),
    "laws": ("amur.cli.laws", "Check what must hold in every run"),
}

MODEL_NEEDS = ("jax", "jaxlib", "scipy", "h5netcdf", "h5py", "zarr")
"""Packages that only the model needs, which an installation may lack."""
WEB_NEEDS = (
    "fastapi",
    "starlette",
    "pydantic",
    "uvicorn",
    "httptools",
    "python_multipart",
    "markdown_it",
    "jinja2",
)
"""Packages that the page needs."""
CHECKOUT_NEEDS = ("scoringrules", "statsforecast", "arviz_base", "arviz_stats")
"""Packages that rebuild what is published, which the environment of a checkout has."""

USAGE = """\
Usage: amur COMMAND [OPTIONS]

An executable, evidence-scored model of the China–Russia relationship.

Commands:
{commands}

Options:
  --version   Print the version
  --help      Print this text; `amur COMMAND --help` tells more

Start with:
  amur brief                            the state of the relationship
  amur record show trade.total.chn-rus  one series, its chart and sources
  amur record list gas price            series by words in their titles
"""


def main(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit code: 0, 2 for a fault of the input, 130 for Ctrl-C."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = _answer(words)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _left()
    except OSError as error:
        # Files are read and written with errors of their own; what is left is standard output.
        from amur.cli import streams

        streams.leave_output()
        what = error.filename or "standard output"
        print(f"amur: {what}: cannot be written: {error.strerror or error}", file=sys.stderr)
        return 2


def _answer(words: list[str]) -> int:
    if sys.stdout is None:
        raise OSError("it is closed")
    if not words or words[0] in ("--help", "-h", "help"):
        width = max(map(len, COMMANDS))
        lines = [f"  {name:<{width}}  {about}" for name, (_, about) in COMMANDS.items()]
        print(USAGE.format(commands="\n".join(lines)), end="")
        return 0
    if words[0] == "--version":
        print(f"amur {__version__}")
        return 0
    return _run(words)


def _run(words: list[str]) -> int:
    from amur.errors import AmurError, nearest

    try:
        if words[0] not in COMMANDS:
            hint = nearest(words[0], list(COMMANDS)) or "See `amur --help`."
            raise AmurError(f"there is no command '{words[0]}'", mend=hint)
        app = import_module(COMMANDS[words[0]][0]).app
        result = app(words[1:], prog_name=f"amur {words[0]}", standalone_mode=False)
        sys.stdout.flush()
        if result == 130:
            # Typer turns Ctrl-C into this.
            return _stopped()
        return result if isinstance(result, int) else 0
    except AmurError as error:
        return _report(error, words)
    except KeyboardInterrupt:
        return _stopped()
    except SystemExit:
        # Typer's way of telling that the reader of a pipe has left.
        return _left()
    except RecursionError:
        return _report(AmurError("what was given is nested too deeply", mend="Make it flatter."), words)
    except ModuleNotFoundError as error:
        lacking = (error.name or "").partition(".")[0]
        if lacking not in MODEL_NEEDS + WEB_NEEDS + CHECKOUT_NEEDS:
            raise
        mend = f"Run: pip install 'amur[{'web' if lacking in WEB_NEEDS else 'model'}]'"
        if lacking in CHECKOUT_NEEDS:
            mend = "Rebuild in a checkout, where `make test` has set up what that takes."
        return _report(AmurError(f"`amur {words[0]}` needs {lacking}", mend=mend), words)
    except OSError:
        # For main, which knows that it is about the output.
        raise
    except Exception as error:
        # Typer's own exceptions live in a private module; they are known by their names and their manners.
        kind = type(error).__name__
        if kind == "Abort":
            return _stopped()
        if not hasattr(error, "format_message"):
            raise
        if kind == "NoArgsIsHelpError":
            print(error.format_message())
            return 0
        return _report(_as_amur_error(error, words), words)


def _as_amur_error(error: Any, words: list[str]) -> AmurError:
    """A complaint about options and arguments, with the nearest names or where help is to be had."""
    from amur.errors import AmurError

    told = str(error.format_message()).rstrip(".")
    problem, _, hint = told.partition(" Did you mean ")
    context = getattr(error, "ctx", None)
    asked = context.command_path if context else f"amur {words[0]}"
    mend = f"Did you mean {hint}" if hint else f"See `{asked} --help`."
    return AmurError(problem[:1].lower() + problem[1:], mend=mend)


def _report(error: AmurError, words: list[str]) -> int:
    """One line on standard error, and for a program that asked for JSON the problem on standard output."""
    from amur.cli import streams

    print(f"amur: {streams.one_line(str(error))}", file=sys.stderr)
    if "--json" in words:
        import json

        print(json.dumps(error.as_problem(), ensure_ascii=not streams.speaks_unicode(), indent=2))
    return 2


def _left() -> int:
    """The reader of a pipe (head, less) has left; that is no fault. Keep the exit handler quiet too."""
    from amur.cli import streams

    streams.leave_output()
    return 0


def _stopped() -> int:
    print("amur: stopped", file=sys.stderr)
    return 130


def _lookalike(error: UnicodeError) -> tuple[str, int]:
    from amur.cli import streams

    return streams.lookalike(error)


def run() -> None:
    # Looking for garbage among the rows of the record, of which there is none, takes a tenth of a short command.
    gc.set_threshold(100_000, 50, 50)
    # A terminal that cannot show a character shows another in its place, rather than a traceback.
    codecs.register_error("amur", _lookalike)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="amur")
    sys.exit(main())
