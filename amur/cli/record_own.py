"""``amur record add``, ``remove``, ``overlays`` and ``codings``: the user's own evidence and judgements."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amur.cli import options, output
from amur.cli.options import AsJson, AsOf, NoOverlay, Save
from amur.errors import AmurError

if TYPE_CHECKING:
    from amur.record.coded.codings import Coding
    from amur.record.own.add import Addition
    from amur.record.own.mapping import Mapping


def add(
    file: Annotated[str, typer.Argument(help="A .csv, .xlsx or .parquet file")],
    name: Annotated[
        str, typer.Option(help="What to call this evidence (else after the file)", callback=options.said)
    ] = "",
    mapping: Annotated[
        str,
        typer.Option(
            metavar="TOML", help="What the columns are, if not the record's own", callback=options.said
        ),
    ] = "",
    save_mapping: Annotated[str, typer.Option(metavar="TOML", help="Keep the answers given as a mapping")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of evidence of the same name")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be added")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before adding")] = False,
    as_json: AsJson = False,
) -> None:
    """Lay a table of your own over the record; the package itself is never changed."""
    from amur.record.own import add as adding
    from amur.record.own import overlay

    chosen: Mapping | str | None = mapping or None
    if not chosen and adding.questions(file):
        chosen = _asked(file)
    plan = adding.plan(file, chosen, name=name)
    if save_mapping and plan.mapping:
        from amur import atomic

        atomic.write_text(save_mapping, plan.mapping.as_toml())
    if plan.replaces and not replace and not dry_run:
        raise AmurError(
            f"there is already evidence named '{plan.name}'",
            field="name",
            mend="Choose another --name, or say --replace to put the new rows in its place.",
        )
    asking = not (yes or dry_run or as_json) and _interactive()
    if not as_json:
        _tell(plan)
    if asking and not typer.confirm("Add this?", default=True):
        output.say("Nothing was added.")
        return
    if not dry_run:
        overlay.add(plan, replacing=replace)
    if as_json:
        output.print_json(plan.as_json() | {"added": not dry_run})
    else:
        output.say("Nothing was added (--dry-run)." if dry_run else f"Added as '{plan.name}'.")


def _interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(file: str) -> Mapping:
    """The mapping made of the user's answers, asked for one by one; an error where nobody can answer."""
    from amur.record.own import add as adding
    from amur.record.own.questions import accept

    told: dict[str, str] = {}
    if not _interactive():
        wanted = "; ".join(question.text for question in adding.questions(file)[:3])
        raise AmurError(
            f"the columns are not the record's own, and nobody is here to ask ({wanted} …)",
            file=file,
            mend="Say what they are in a small file: --mapping FILE.toml; see docs/adding-evidence.md.",
        )
    while still_open := adding.questions(file, told):
        question = still_open[0]
        choices = f" ({', '.join(question.choices)})" if question.choices else ""
        suggested = f" [{question.suggestion}]" if question.suggestion else ""
        try:
            told[question.key] = accept(question, input(f"{question.text}{choices}{suggested} "))
        except EOFError:
            raise KeyboardInterrupt from None
        except AmurError as error:
            print(f"amur: {error}", file=sys.stderr)
    return adding.answer(file, told)


def _tell(plan: Addition) -> None:
    """What would be added, and what it would put in the shade."""
    output.say(f"{plan.file}: {output.counted(plan.counts()) or 'codings of decisions'}")
    for remark in plan.remarks:
        output.say(output.paragraph(remark, "  ", hanging=2))
    if plan.shadowed:
        output.say(f"  In place of values now in force ({len(plan.shadowed):,}), such as:")
        for old, new in plan.shadowed[:5]:
            output.say(output.paragraph(f"{_brief(old)} -> {_brief(new)}", "    ", hanging=2))


def _brief(row: object) -> str:
    """An observation or an event in a few words."""
    value = getattr(row, "value", None)
    if isinstance(value, float):
        return f"{getattr(row, 'series', '')} {getattr(row, 'period', '')}: {output.number(value)}"
    return f"{getattr(row, 'date', '')} {getattr(row, 'what', '')}"


def remove(
    name: Annotated[str, typer.Argument(help="The name of the evidence; see `amur record overlays`")],
    as_json: AsJson = False,
) -> None:
    """Take evidence of your own out again."""
    from amur.record.own import overlay

    overlay.remove(name)
    if as_json:
        output.print_json({"removed": name})
    else:
        output.say(f"Removed '{name}'.")


def overlays(as_json: AsJson = False) -> None:
    """The evidence of your own that lies over the record."""
    from amur.record.own import overlay

    listed = overlay.listing()
    if as_json:
        output.print_json([vars(each) for each in listed])
        return
    output.say(f"Kept in {overlay.data_dir()}")
    if not listed:
        output.say(output.paragraph("There is none. `amur record add FILE` adds a table of your own."))
        return
    rows = [
        (
            each.name,
            each.added,
            output.counted(each.counts),
            each.problem or "sound",
            each.file,
        )
        for each in listed
    ]
    output.say(output.table(("name", "added", "holds", "state", "file"), rows, wrap=("state", "holds", "file")))


def codings(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="One decision; else all")] = "",
    override: Annotated[
        str, typer.Option(metavar="CSV", help="Your own codings, for this reading only", callback=options.said)
    ] = "",
    save: Save = "",
    as_json: AsJson = False,
    as_of: AsOf = "",
    no_overlay: NoOverlay = False,
) -> None:
    """Coded decisions, such as China's support of Russia: the rule, each change and the events it rests on."""
    from amur.record.coded import codings as coded

    if save and not name:
        raise AmurError("a chart shows one decision", field="save", mend="Name it; see `amur record codings`.")
    options.check_picture(save)
    record = options.loaded(as_of, no_overlay=no_overlay)
    own = Path(override) if override else None
    found = (
        {name: coded.coding(record, name, own, user=not no_overlay)}
        if name
        else coded.codings(record, own, user=not no_overlay)
    )
    if save:
        from amur import charts

        one = found[name]
        options.save_chart(charts.steps([one.series()], levels=dict(enumerate(one.values)), caption=None), save)
    if as_json:
        output.print_json(found[name].as_json() if name else [each.as_json() for each in found.values()])
    elif name and not save:
        _show_coding(found[name])
    elif not name:
        rows = [
            (each.name, each.title, each.latest.value if each.latest else "", max(0, len(_spells(each)) - 1))
            for each in found.values()
        ]
        columns = ("decision", "title", "now", "changes")
        output.say(output.table(columns, rows, right=("changes",), wrap=("title", "decision")))


def _spells(coding: Coding) -> list[tuple[str, str, str]]:
    """The coded time as spells of one value: first quarter, last quarter, value."""
    runs = [list(run) for _, run in groupby(coding.quarters.values(), key=lambda each: each.value)]
    return [(run[0].quarter, run[-1].quarter, run[0].value) for run in runs]


def _show_coding(coding: Coding) -> None:
    output.say(output.heading(coding.title))
    output.say(output.paragraph(f"{coding.name} · {' < '.join(coding.values)}"))
    series = coding.series()
    if series.points:
        output.say()
        output.say(output.plot(series, output.readable(), high=max(2, 2 * (len(coding.values) - 1))))
    rule = coding.rule._asdict()
    output.say("\nRule")
    for part, text in rule.items():
        if text:
            output.say(output.paragraph(f"{part}: {' '.join(text.split())}", "  ", hanging=2))
    output.say("\nSpells")
    for first, last, value in _spells(coding):
        begun = coding.quarters[first]
        why = f": {begun.reason}" if begun.reason else ""
        own = f" [your own: {begun.origin}]" if begun.origin else ""
        output.say(output.paragraph(f"{first}–{last}  {value}{why}{own}", "  ", hanging=2))
        if begun.events:
            output.say(output.paragraph(f"events: {', '.join(begun.events)}", "    ", hanging=2))
    if coding.contested:
        output.say("\nWhere another coder may differ")
        for span in coding.contested:
            text = f"{span.first}–{span.last}  {span.other} rather than {span.value}: {span.why}"
            output.say(output.paragraph(text, "  ", hanging=2))
    if coding.origins:
        output.say(f"\nIncludes your own codings: {', '.join(coding.origins)} (--no-overlay leaves them out)")
