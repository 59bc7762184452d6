"""``amur forecasts``: what the model says will come, written down before it comes, and scored when it has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amur.cli import options, output
from amur.cli.options import AsJson, AsOf, NoOverlay, said
from amur.errors import AmurError, nearest

if TYPE_CHECKING:
    from amur.validation.ledger_file import Ledger

app = options.new_app()

File = Annotated[
    str,
    typer.Option("--file", metavar="FILE", help="A frozen file instead of the published one", callback=said),
]


@app.callback()
def about() -> None:
    """A ledger of forecasts: frozen before any outcome is known, never changed, scored against baselines later."""


@app.command(
    "list", short_help="What is forecast: the fixed list of targets, all or those that hold some words."
)
def list_targets(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that must all occur", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What is forecast: the fixed list of targets, all or those that hold some words."""
    from amur.validation.ledger_targets import entries, targets

    wanted = [word.lower() for word in words or []]
    found = [
        each
        for each in targets().values()
        if all(word in f"{each.name} {each.theme} {each.type} {each.question}".lower() for word in wanted)
    ]
    ids: dict[str, list[str]] = {}
    for entry in entries():
        ids.setdefault(entry.target.name, []).append(entry.id)
    if as_json:
        fields = ("name", "theme", "type", "question", "unit", "resolution", "by_hand")
        output.print_json(
            [{f: getattr(each, f) for f in fields} | {"forecasts": ids[each.name]} for each in found]
        )
        return
    if not found:
        output.none_fit("target")
        return
    rows = [
        (each.name, each.type, each.unit, "quarters" if each.frequency == "Q" else "years", each.question)
        for each in found
    ]
    output.say(output.table(("target", "type", "unit", "by", "question"), rows, wrap=("question",)))


@app.command(
    short_help="Write the forecasts of 2026 and 2027 to a new file, from the record to the end of 2025."
)
def freeze(
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="The file, which must not be there yet", callback=said)
    ] = "forecasts-2025-12-31.json",
    members: Annotated[int, typer.Option("--members", min=50, max=20_000, help="Futures to simulate")] = 4000,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**63 - 1, help="What chance starts from")] = 1,
    no_overlay: NoOverlay = False,
    as_json: AsJson = False,
) -> None:
    """Write the forecasts of 2026 and 2027 to a new file, from the record to the end of 2025. A file that is there is
    never overwritten, and nothing is frozen once the record holds an outcome of 2026."""
    from amur.validation.ledger import freeze as write
    from amur.validation.ledger_file import read_ledger

    def tell(done: int, many: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == many else ""
            print(f"\r\033[K{done:,} of {many:,} futures", end=end, file=sys.stderr, flush=True)

    path = write(out, members, seed, record=options.loaded(no_overlay=no_overlay), progress=tell)
    if as_json:
        output.print_json({"file": str(path), "members": members, "seed": seed})
        return
    output.say(f"Frozen: {path}")
    if not read_ledger(path).stamp.get("fits", True):
        print(
            "amur: the posteriors were made of another record or other code; run `amur condition`",
            file=sys.stderr,
        )


@app.command(short_help="The frozen forecasts as a table, or all that is known of one target.")
def show(
    target: Annotated[
        str, typer.Argument(metavar="[TARGET]", help="A target, or one of its forecasts such as brent.2026")
    ] = "",
    file: File = "",
    as_json: AsJson = False,
) -> None:
    """The frozen forecasts as a table, or all that is known of one target."""
    ledger = _opened(file)
    found = list(ledger.forecasts.values())
    if target:
        names = {each["id"].rpartition(".")[0] for each in found}
        found = [each for each in found if target in (each["id"], each["id"].rpartition(".")[0])]
        if not found:
            raise AmurError(f"the ledger has no target '{target}'", mend=nearest(target, sorted(names)))
    if as_json:
        output.print_json(
            {"frozen": ledger.frozen, "stamp": ledger.stamp, "levels": ledger.levels, "forecasts": found}
        )
        return
    output.say(
        output.paragraph(f"Frozen on {ledger.frozen}: median with 50% and 90% intervals, or the probability.")
        + "\n"
    )
    rows = [(each["id"], *_cells(each, ledger), each["unit"]) for each in found]
    output.say(output.table(("forecast", "median", "50%", "90%", "unit"), rows, right=("median", "50%", "90%")))
    if target:
        for each in found:
            _details(each, ledger)


@app.command(short_help="Score a frozen file by what the record, or a table of outcomes, tells by now.")
def resolve(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that `amur forecasts freeze` wrote")],
    outcomes: Annotated[
        str,
        typer.Option(
            "--outcomes",
            metavar="FILE.csv",
            help="Outcomes: target,value,date,source; an event is 1 or 0",
            callback=said,
        ),
    ] = "",
    as_of: AsOf = "",
    no_overlay: NoOverlay = False,
    as_json: AsJson = False,
) -> None:
    """Score a frozen file by what the record, or a table of outcomes, tells by now."""
    from amur.validation.ledger_resolve import resolve as score

    record = options.loaded(as_of, no_overlay=no_overlay)
    told = score(file, record, outcomes or None)
    if as_json:
        output.print_json(told)
        return
    _scores(told)
    waiting = [(each["id"], each["due"], each["note"]) for each in told["open"]]
    if waiting:
        output.say(f"\nOpen on {told['as_of']}: {len(waiting)}")
        output.say(output.table(("forecast", "due", ""), waiting))


def _opened(file: str) -> Ledger:
    from amur.validation.ledger_file import PUBLISHED, read_ledger

    if not file and not PUBLISHED.exists():
        raise AmurError(
            "no forecasts have been published yet", mend="Freeze your own: `amur forecasts freeze`."
        )
    return read_ledger(file or PUBLISHED)


def _cells(told: dict[str, Any], ledger: Ledger) -> tuple[str, str, str]:
    """Median, middle half and middle nine tenths; of an event the probability."""
    if told["type"] == "event":
        return f"{told['probability']:.1%}", "", ""
    return _ranges(told["quantiles"], ledger.levels)


def _ranges(quantiles: list[float], levels: Any) -> tuple[str, str, str]:
    import numpy as np

    low, lower, middle, upper, high = np.interp([0.05, 0.25, 0.5, 0.75, 0.95], levels, quantiles)
    return f"{middle:.4g}", f"{lower:.4g} to {upper:.4g}", f"{low:.4g} to {high:.4g}"


def _details(told: dict[str, Any], ledger: Ledger) -> None:
    """Question, resolution, the forecast at oil prices, and those of the baselines."""
    output.say(f"\n{output.heading(told['id'])}")
    output.say(output.paragraph(f"{told['question']} Due {told['due']}. {told['resolution']}"))
    rows = []
    for name, each in told.get("baselines", {}).items():
        probability = each.get("probability")
        cells = (
            _ranges(each["quantiles"], ledger.levels) if probability is None else (f"{probability:.1%}", "", "")
        )
        rows.append((name, *cells, ""))
    for price, each in told.get("at_oil", {}).items():
        cells = (each.get("note", ""), "", "")
        if "probability" in each:
            cells = (f"{each['probability']:.1%}", "", "")
        elif "quantiles" in each:
            cells = _ranges(each["quantiles"], ledger.few)
        rows.append((f"Brent at {price} US$", *cells, each.get("members", "")))
    output.say(
        output.table(("by", "median", "50%", "90%", "members"), rows, right=("median", "50%", "90%", "members"))
    )


def _scores(told: dict[str, Any]) -> None:
    """The rows that are resolved, and the scores together."""
    rows, summary = told["resolved"], told["summary"]
    if not rows:
        output.say(f"Nothing is resolved by {told['as_of']}.")
        return
    table = []
    for row in rows:
        event = row["type"] == "event"
        ours = f"{row['probability']:.1%}" if event else f"{row['median']:.4g}"
        best = min((each["brier" if event else "crps"] for each in row["baselines"].values()), default=None)
        table.append(
            (
                row["id"],
                f"{row['value']:.4g}",
                ours,
                "Brier" if event else "CRPS",
                f"{row['brier' if event else 'crps']:.4f}",
                "" if best is None else f"{best:.4f}",
                row["source"],
            )
        )
    columns = ("forecast", "came", "forecast was", "score", "model", "best baseline", "source")
    output.say(output.table(columns, table, right=columns[1:3] + columns[4:6], wrap=("source",)))
    if summary["quantities"]:
        skills = [(name, "" if value is None else f"{value:+.2f}") for name, value in summary["skill"].items()]
        output.say(
            "\n" + output.table(("baseline", "skill of the model"), skills, right=("skill of the model",))
        )
        inside = ", ".join(
            f"{value:.0%} in the {name}% interval" for name, value in summary["coverage"].items()
        )
        output.say(output.paragraph(f"Of {summary['quantities']} quantities and counts: {inside}."))
    if summary.get("oil", {}).get("skill") is not None:
        oil = summary["oil"]
        told_at = f"{oil['forecasts']} forecasts told at the oil price that came: skill {oil['skill']:+.2f} against themselves without it."
        output.say(output.paragraph(told_at))
    if summary["events"]:
        others = "; ".join(
            f"{name}: Brier {each['brier']:.3f}, log {each['log']:.3f}"
            for name, each in summary["baselines"].items()
        )
        output.say(
            output.paragraph(
                f"Of {summary['events']} events: Brier {summary['brier']:.3f}, log {summary['log']:.3f} nats ({others})."
            )
        )
        classes = [
            (
                f"{each['from']:.0%} to {each['to']:.0%}",
                each["forecasts"],
                f"{each['probability']:.0%}",
                f"{each['came']:.0%}",
            )
            for each in summary["calibration"]
        ]
        head = ("probability", "forecasts", "mean", "came")
        output.say("\n" + output.table(head, classes, right=head[1:]))
