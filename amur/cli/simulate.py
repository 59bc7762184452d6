"""``amur simulate``: futures of the relationship from the command line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli import options, output
from amur.cli.options import AsJson, Force
from amur.errors import AmurError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amur.futures.plan import Plan
    from amur.futures.simulate import Progress

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def simulate(
    members: Annotated[int, typer.Option(help="How many futures")] = 2000,
    until: Annotated[
        str, typer.Option(metavar="QUARTER", help="The last quarter", callback=options.said)
    ] = "2046-Q4",
    seed: Annotated[int, typer.Option(help="The same seed gives the same luck")] = 1,
    scenario: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="A scenario or lever; see `amur scenarios list`", callback=options.said
        ),
    ] = "",
    interventions: Annotated[
        str,
        typer.Option(metavar="FILE", help="A file of interventions of your own (.toml)", callback=options.said),
    ] = "",
    start: Annotated[
        str,
        typer.Option(
            metavar="QUARTER",
            help="The first quarter to keep; history starts in 1992-Q1",
            callback=options.said,
        ),
    ] = "",
    keep: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Quantities to keep, with commas between them, or 'all'",
            callback=options.said,
        ),
    ] = "",
    annual: Annotated[bool, typer.Option("--annual", help="Keep fourth quarters only")] = False,
    endstates: Annotated[
        str,
        typer.Option(metavar="FILE", help="Rules for end states of your own (.toml)", callback=options.said),
    ] = "",
    posterior: Annotated[
        bool,
        typer.Option(
            "--posterior", help="From the readings as the record weighs them, not from the base priors"
        ),
    ] = False,
    precision: Annotated[int, typer.Option(help="32 or 64 bits")] = 32,
    observables: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="With --save: what would be seen, by name with commas between them, or 'all'",
            callback=options.said,
        ),
    ] = "",
    save: Annotated[
        str,
        typer.Option(metavar="FILE", help="Save all members as .nc, .zarr or .parquet", callback=options.said),
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an unfinished --save")] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Futures of the relationship: a table of where it may stand, or with --save all of them in a file.

    With --scenario or --interventions the table shows the baseline and its twins: the same luck, another world.
    What is shown depends on the model and its priors, or with --posterior on the readings that the record has judged.
    """
    if (resume or force) and not save:
        raise AmurError(
            "--resume and --force say nothing without --save", field="save", mend="Add --save FILE."
        )
    if observables and not save:
        raise AmurError(
            "--observables says nothing without --save", field="observables", mend="Add --save FILE."
        )
    if scenario and interventions:
        raise AmurError(
            "--scenario and --interventions exclude each other", field="scenario", mend="Choose one."
        )
    from amur.futures.plan import plan

    asked = plan(
        members,
        until,
        seed,
        interventions or (),
        scenario or None,
        keep=_names(keep) if keep else None,
        start=start or None,
        annual=annual,
        precision=precision,
        parameters="posterior" if posterior else None,
        rules=endstates or None,
        observables=_names(observables) if observables else (),
    )
    if save:
        _save(asked, save, resume, force, as_json)
    else:
        _show(asked, as_json)


def _names(told: str) -> list[str] | str:
    names = [name.strip() for name in told.split(",") if name.strip()]
    if not names:
        raise AmurError(f"'{told}' holds no names", mend="Write names with commas between them.")
    return "all" if names == ["all"] else names


def _save(asked: Plan, path: str, resume: bool, force: bool, as_json: bool) -> None:
    from pathlib import Path

    from amur.futures import store

    store.check(Path(path), force)
    with _bar() as progress:
        saved = store.save(asked, path, resume=resume, force=force, progress=progress)
    if as_json:
        output.print_json(
            {"saved": str(saved), "members": asked.members, "quarters": [asked.labels[0], asked.labels[-1]]}
        )
    print(f"Saved {saved}", file=sys.stderr)


def _show(asked: Plan, as_json: bool) -> None:
    from dataclasses import replace

    from amur.futures.simulate import simulate_plan
    from amur.futures.summary import summary

    asked = replace(asked, every=1, observables=())
    runs = {"baseline": replace(asked, interventions=(), scenario="")}
    if asked.interventions:
        runs[asked.scenario or "interventions"] = asked
    with _bar(len(runs)) as progress:
        made = {name: simulate_plan(each, progress) for name, each in runs.items()}
    told = summary(made, asked)
    if as_json:
        output.print_json(told)
        return
    output.say(
        output.paragraph(f"{asked.members:,} futures, seed {asked.seed}: median and 90% interval") + "\n"
    )
    _quantities(told)
    _shares("end state", {name: {} for name in asked.rules.names}, told, told["endstates"])
    turns = {run: _by_quarter(told, run) for run in made}
    _shares("has come by", told["turns"], told, turns)
    _by_endstate(told, list(made)[-1])
    output.say(
        output.paragraph(
            "Conditional on the model and on the published readings, mixed by stacking weights (amur condition --show)."
            if asked.parameters is not None
            else "Conditional on the model and the base priors of its parameters; --posterior takes what the record left."
        )
    )


def _quantities(told: dict[str, Any]) -> None:
    """One row for each run, and one for what twins differ by."""
    quarters, rows = told["quarters"], []
    for name, about in told["quantities"].items():
        runs = [run for run in about if run not in ("unit", "meaning")]
        for run in runs:
            first = run == runs[0]
            label = "difference" if " less " in run else run
            cells = [_cell(about[run][quarter]) for quarter in quarters]
            rows.append(
                [name if first else "", *([label] if runs[1:] else []), *cells, about["unit"] if first else ""]
            )
    columns = ["quantity", *(["run"] if len(told["endstates"]) > 1 else []), *quarters, "unit"]
    output.say(output.table(columns, rows, right=quarters) + "\n")


def _by_quarter(told: dict[str, Any], run: str) -> dict[str, dict[str, float]]:
    return {
        quarter: {name: about[run][quarter] for name, about in told["turns"].items()}
        for quarter in told["quarters"]
    }


def _shares(
    head: str, names: dict[str, Any], told: dict[str, Any], of: dict[str, dict[str, dict[str, float]]]
) -> None:
    """Shares of the members by name, run beside run at each quarter."""
    quarters, runs = told["quarters"], list(of)
    columns = [head, *quarters]
    rows = []
    for name in names:
        cells = [" | ".join(f"{of[run][quarter][name]:4.0%}" for run in runs) for quarter in quarters]
        rows.append([names[name].get("meaning", name), *cells])
    if runs[1:]:
        output.say(output.paragraph(f"Shares of the futures: {' | '.join(runs)}"))
    output.say(output.table(columns, rows, right=quarters) + "\n")


def _by_endstate(told: dict[str, Any], run: str) -> None:
    """How often each turn has come on the way to each end state."""
    by = told["turns_by_endstate"][run]
    turns = list(told["turns"])
    rows = [[name, *(f"{about[column]:.0%}" for column in ("share", *turns))] for name, about in by.items()]
    output.say(
        output.paragraph(
            f"How often each has come on the way to each end state of {told['quarters'][-1]}, {run}"
        )
    )
    output.say(output.table(["end state", "share", *turns], rows, right=["share", *turns]) + "\n")


def _cell(told: dict[str, float]) -> str:
    size = max(abs(told["low"]), abs(told["high"]))
    digits = 0 if size >= 20 else 1 if size >= 5 else 2
    low, middle, high = (f"{told[key]:.{digits}f}" for key in ("low", "median", "high"))
    return f"{middle} ({low} to {high})"


@contextmanager
def _bar(runs: int = 1) -> Iterator[Progress]:
    """A progress bar on a terminal's standard error; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    finished = 0
    columns = (TextColumn("futures"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("futures", total=None)

        def tell(done: int, all_of_them: int) -> None:
            nonlocal finished
            bar.update(task, completed=finished + done, total=all_of_them * runs)
            if done == all_of_them:
                finished += done

        yield tell
