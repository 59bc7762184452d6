"""The generated parts of ``docs/codings.md``: rules, judgements, sensitivity and the second coder.

``python -m amur.record.coded.page docs/codings.md`` rewrites those parts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from amur import atomic
from amur.record import pages
from amur.record.coded import rules as coding_rules
from amur.record.coded import second_coder
from amur.record.coded.codings import Coding, Reading, codings
from amur.record.read import read_text
from amur.record.record import Record, load

READINGS: tuple[Reading, ...] = ("main", "lower", "higher")


class Sensitivity(NamedTuple):
    """How much of a coding hangs on contested judgements: quarters coded, quarters contested, quarters that
    change if every lower, or every higher, contested value is taken."""

    quarters: int
    contested: int
    lower: int
    higher: int


def sensitivity(coding: Coding) -> Sensitivity:
    """Count the quarters of a coding that another reading would change."""
    main, lower, higher = (coding.codes(reading) for reading in READINGS)
    return Sensitivity(
        len(main),
        sum(lower[q] != main[q] or higher[q] != main[q] for q in main),
        sum(lower[q] != main[q] for q in main),
        sum(higher[q] != main[q] for q in main),
    )


def refreshed(page: str, record: Record) -> str:
    """The page with its generated parts made anew. AmurError for a part that is not known."""
    coded = codings(record, user=False)
    return pages.refreshed(page, {name: partial(part, coded, record) for name, part in PARTS.items()})


def _decisions(coded: dict[str, Coding], record: Record) -> str:
    judged = [c for c in coded.values() if c.kind in (coding_rules.STATE, coding_rules.ACTS)]
    return "\n\n".join(_decision(c) for c in judged if not c.name.startswith(coding_rules.STAGE))


def _decision(coding: Coding) -> str:
    rule = coding.rule
    kind = "state at the end of the quarter" if coding.convention == "end" else "highest level in the quarter"
    head = [
        f"### `{coding.name}`: {coding.title}",
        (
            f"{rule.asks} Values, in order: {coding_rules.labels(coding.values)} ({kind}). "
            f"Claims: {', '.join(coding.claims)}."
        ),
        (
            f"- *Counts.* {rule.counts}\n- *Does not count.* {rule.excludes}\n- *Begins.* {rule.begins}\n"
            f"- *Ends.* {rule.ends}\n- *Ties.* {rule.ties}"
        ),
    ]
    rows = (
        (
            change.quarter,
            change.value,
            change.reason,
            f"{change.contested.value}: {change.contested.why}" if change.contested else "",
            ", ".join(f"`{event}`" for event in change.events),
        )
        for change in coding.changes
    )
    return "\n\n".join([*head, pages.table(["quarter", "value", "reason", "contested", "events"], rows)])


def _projects(coded: dict[str, Coding], record: Record) -> str:
    projects = [c for name, c in coded.items() if name.startswith(f"{coding_rules.STAGE}.")]
    rule = projects[0].rule
    rows = (
        (
            f"`{c.name.removeprefix(f'{coding_rules.STAGE}.')}`",
            c.title,
            "; ".join(_stages(c)),
            "; ".join(f"{s.first} to {s.last}: {s.other}? {s.why}" for s in c.contested),
        )
        for c in projects
    )
    return "\n\n".join(
        [
            f"Values: {coding_rules.labels(projects[0].values)}. {rule.counts}",
            f"*Does not count.* {rule.excludes} *Begins.* {rule.begins} *Ends.* {rule.ends} *Ties.* {rule.ties}",
            pages.table(["name", "project", "stages", "contested"], rows),
        ]
    )


def _stages(coding: Coding) -> Iterable[str]:
    last = coding.values[0]
    for change in coding.changes:
        if change.value != last:
            yield f"{change.quarter} {change.value}"
        last = change.value


def _sensitivity(coded: dict[str, Coding], record: Record) -> str:
    rows = []
    for coding in coded.values():
        if coding.kind == coding_rules.REFERENCE:
            continue
        found = sensitivity(coding)
        if found.contested:
            counts = (
                " / ".join(f"{last.value:g}" for r in READINGS if (last := coding.count(r).latest))
                if coding.kind == coding_rules.ACTS
                else ""
            )
            rows.append((f"`{coding.name}`", *found, counts))
    header = ["coding", "quarters", "contested", "lower taken", "higher taken", "acts: main / lower / higher"]
    return pages.table(header, rows)


def _second_coder(coded: dict[str, Coding], record: Record) -> str:
    rules = [f"- `{c.decision}`: {c.rule}" for c in second_coder.SECOND_CODERS.values()]
    rows = []
    for name in second_coder.SECOND_CODERS:
        found = [second_coder.agreement(record, coded[name], reading) for reading in READINGS]
        equal = f"{found[0].equal:.0%}"
        rows.append(
            (
                f"`{name}`",
                found[0].quarters,
                equal,
                *("" if one.kappa is None else f"{one.kappa:.2f}" for one in found),
            )
        )
    header = ["coding", "quarters", "equal (main)", "kappa: main", "lower", "higher"]
    return "\n".join(rules) + "\n\n" + pages.table(header, rows)


def _references(coded: dict[str, Coding], record: Record) -> str:
    rows = [
        (f"`{c.name}`", c.title, f"`{c.of}`", coding_rules.labels(c.values))
        for c in coded.values()
        if c.kind in (coding_rules.REFERENCE, coding_rules.VIEW)
    ]
    return pages.table(["name", "title", "read from", "values"], rows)


PARTS: dict[str, Callable[[dict[str, Coding], Record], str]] = {
    "decisions": _decisions,
    "projects": _projects,
    "sensitivity": _sensitivity,
    "second-coder": _second_coder,
    "references": _references,
}


if __name__ == "__main__":
    target = Path(sys.argv[1])
    atomic.write_text(target, refreshed(read_text(target), load(overlay=False)))
