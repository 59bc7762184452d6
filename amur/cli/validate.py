"""``amur validate``: how good the model is, against the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from amur.cli.options import AsJson, said
from amur.cli.telling import teller
from amur.errors import AmurError

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

type Plain = dict[str, Any]


@app.command()
def validate(
    show: Annotated[
        bool, typer.Option("--show", help="Print the published validation; nothing is computed")
    ] = False,
    series: Annotated[
        str, typer.Option("--series", metavar="NAME", help="With --show: one series", callback=said)
    ] = "",
    page: Annotated[
        bool, typer.Option("--page", help="Write the page and its pictures anew from the published numbers")
    ] = False,
    recovery: Annotated[
        bool,
        typer.Option(
            "--recovery",
            help="Instead: records made by each reading, attributed (half an hour), and calibration where it is missing",
        ),
    ] = False,
    calibration: Annotated[
        bool,
        typer.Option("--calibration", help="Instead: calibration of the sampler alone (ten minutes)"),
    ] = False,
    json: AsJson = False,
) -> None:
    """Hindcast from the end of each year since 2005, score against simple forecasters, and publish how good the model is.

    The readings are taken through the record first if that has not been done (`amur condition`). What was finished is
    kept and not done again, so that a stopped command goes on where it was. Numbers go into the package; the page and
    its pictures into the folder docs, where there is one.
    """
    from amur.validation import published

    if series and not show:
        raise AmurError("--series says nothing without --show", field="series", mend="Add --show.")
    if series and (recovery or calibration):
        raise AmurError(
            "--series is of the hindcasts, which --recovery and --calibration are not",
            field="series",
            mend="Leave one of them out.",
        )
    if show and page:
        raise AmurError("--show writes nothing", field="show", mend="Leave out --show or --page.")
    docs = Path(__file__).parents[2] / "docs"
    if recovery or calibration:
        _recover(page, show, json, docs, alone=calibration and not recovery)
        return
    if show:
        told = published.published()
    elif page:
        if not docs.is_dir():
            raise AmurError("there is no folder of docs to write the page to", file=docs)
        told = published.published()
        published.write_page(told, docs)
    else:
        from amur.validation.validate import validate as run

        told = published.publish(run(teller()), docs if docs.is_dir() else None)
    if series:
        _say_series(published.series_of(told, series), json)
        return
    _say(told, json)


def _recover(page: bool, show: bool, json: bool, docs: Path, alone: bool) -> None:
    """Model recovery: show what is published, write its page anew, or run it, or calibration ``alone``."""
    from amur.cli import output
    from amur.validation import recovery, recovery_page

    if not (show or page):
        (recovery_page.recalibrate if alone else recovery_page.rebuild)(teller())
    found, told = recovery.published()
    if not show and docs.is_dir():
        recovery_page.publish_page(docs)
    if json:
        output.print_json(recovery.as_json(found, told))
        return
    if not alone:
        rows = [
            [each.reading, str(each.number + 1), each.said, f"{each.probabilities[each.reading]:.0%}"]
            for each in found
        ]
        output.print_table(["made by", "record", "attributed to", "probability of its maker"], rows)
        output.say()
        output.say(output.paragraph(recovery_page.summary(found, told)))
        output.say()
    output.print_table(recovery_page.RANKED, recovery_page.ranked(told["calibration"]))


def _say(told: Plain, json: bool) -> None:
    from amur.cli import output
    from amur.validation.words import NAMES, TITLES, as_words, interval, share, signed, verdict

    if json:
        output.print_json(told)
        return
    groups = TITLES | {"overall": "All"}
    rows = [
        [
            NAMES[setting], title, str(cell["many"]), signed(cell["skill_drift"]), signed(cell["skill_best"]),
            interval(cell["skill_best_interval"]), share(cell["coverage90"]),
        ]
        for setting in told["settings"]
        for group, title in groups.items()
        for cell in [told["by_setting"][setting][group]]
    ]  # fmt: skip
    output.print_table(
        ["setting", "group", "series", "against drift", "against the best", "90% interval", "90% hold"], rows
    )
    output.say()
    output.print_table(
        ["target", "found", ""], [[each["aim"], as_words(each), verdict(each)] for each in told["targets"]]
    )
    output.say()
    met = sum(each["met"] for each in told["targets"])
    output.say(
        output.paragraph(
            f"Skill of the weighted mixture of readings: one minus its mean CRPS over that of drift, or of the baseline that"
            f" turned out best for the series; 0 is as good, 1 is perfect. {told['forecasts']:,} forecasts from"
            f" {told['origins'][0]} to {told['origins'][-1]}, {told['members']} members of each reading, seed {told['seed']},"
            f" stamp {told['stamp']}. {met} of {len(told['targets'])} targets met. More in docs/validation.md."
        )
    )


def _say_series(told: Plain, json: bool) -> None:
    from amur.cli import output
    from amur.validation.words import NAMES, interval, share, signed

    if json:
        output.print_json(told)
        return
    output.say(output.heading(f"{told['title']} ({told['unit']})"))
    rows = []
    for setting, cell in told["settings"].items():
        for ahead, each in {"all": cell, **cell["horizons"]}.items():
            rows.append(
                [
                    NAMES[setting], ahead, str(each["forecasts"]), signed(each["skill_drift"]), signed(each["skill_best"]),
                    interval(each["skill_best_interval"]), share(each.get("coverage90")),
                ]
            )  # fmt: skip
    heads = [
        "setting",
        "years ahead",
        "forecasts",
        "against drift",
        f"against {told['best_baseline']}",
        "90% interval",
        "90% hold",
    ]
    output.print_table(heads, rows)
    output.say()
    output.say(output.paragraph(f"The best baseline of this series turned out to be {told['best_baseline']}."))
