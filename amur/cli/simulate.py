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

    import xarray as xr

    from amur.futures.plan import Plan
    from amur.futures.simulate import Progress

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
YEARS = (2030, 2036, 2046)
QUANTILES = (0.05, 0.5, 0.95)


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
    precision: Annotated[int, typer.Option(help="32 or 64 bits")] = 32,
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
    What is shown depends on the model and its priors; it is not a forecast yet, as the record has not judged them.
    """
    if (resume or force) and not save:
        raise AmurError(
            "--resume and --force say nothing without --save", field="save", mend="Add --save FILE."
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
        keep=[name.strip() for name in keep.split(",")] if keep and keep != "all" else keep or None,
        start=start or None,
        annual=annual,
        precision=precision,
        rules=endstates or None,
    )
    if save:
        _save(asked, save, resume, force, as_json)
    else:
        _show(asked, as_json)


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

    runs = {"baseline": replace(asked, interventions=(), scenario="")}
    if asked.interventions:
        runs[asked.scenario or "interventions"] = asked
    with _bar(len(runs)) as progress:
        made = {name: simulate_plan(each, progress) for name, each in runs.items()}
    told = summary(made, asked)
    if as_json:
        output.print_json(told)
        return
    quarters = told["quarters"]
    title = f"{asked.members:,} futures, seed {asked.seed}: median and 90% interval"
    output.say(output.paragraph(title) + "\n")
    many = len(made) > 1
    rows: list[list[object]] = []
    for name, about in told["quantities"].items():
        for run in made:
            cells = [_cell(about[run][quarter]) for quarter in quarters]
            rows.append(
                [
                    name if run == "baseline" else "",
                    *([run] if many else []),
                    *cells,
                    about["unit"] if run == "baseline" else "",
                ]
            )
    columns = ["quantity", *(["run"] if many else []), *quarters, "unit"]
    output.say(output.table(columns, rows, right=quarters) + "\n")
    rows = []
    for name in asked.rules.names:
        for run in made:
            cells = [f"{told['endstates'][run][quarter][name]:.0%}" for quarter in quarters]
            rows.append([name if run == "baseline" else "", *([run] if many else []), *cells])
    output.say(output.table(["end state", *(["run"] if many else []), *quarters], rows, right=quarters))
    output.say(
        "\n"
        + output.paragraph(
            "Conditional on the model and the priors of its parameters, which the record has not yet judged."
        )
    )


def summary(made: dict[str, xr.Dataset], asked: Plan) -> dict[str, Any]:
    """Medians, 90% intervals and end-state shares of each run at a few quarters."""
    import numpy as np

    from amur.futures.plan import HEADLINES
    from amur.system import endstates

    quarters = _quarters(asked)
    names = [name for name in asked.keep if name in HEADLINES] or list(asked.keep)
    first = next(iter(made.values()))
    quantities = {}
    for name in names:
        if first[name].ndim > 2:
            continue
        about: dict[str, Any] = {"unit": first[name].attrs["units"], "meaning": first[name].attrs["long_name"]}
        for run, data in made.items():
            about[run] = {
                quarter: dict(
                    zip(
                        ("low", "median", "high"),
                        np.quantile(data[name].sel(quarter=quarter), QUANTILES).tolist(),
                        strict=True,
                    )
                )
                for quarter in quarters
            }
        quantities[name] = about
    shares = {
        run: {
            quarter: endstates.shares(data["endstate"].sel(quarter=quarter).to_numpy(), asked.rules)
            for quarter in quarters
        }
        for run, data in made.items()
    }
    return {
        "members": asked.members,
        "seed": asked.seed,
        "scenario": asked.scenario,
        "record": asked.record_hash,
        "quarters": quarters,
        "quantities": quantities,
        "endstates": shares,
    }


def _quarters(asked: Plan) -> list[str]:
    wanted = [f"{year}-Q4" for year in YEARS if f"{year}-Q4" in asked.labels]
    return wanted if wanted and wanted[-1] == asked.labels[-1] else [*wanted, asked.labels[-1]]


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
