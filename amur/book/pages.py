"""The pages of the system book in Markdown, each made from the declarations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from amur import claims as essays
from amur.book.formulas import latex
from amur.book.names import linked
from amur.system import causes, equations
from amur.system.decisions import OPTIONS, WHO
from amur.system.declare import MECHANISMS, PARAMETERS, Mechanism, Quantity, table
from amur.system.flows import Pulls
from amur.system.forcings import Forcings
from amur.system.reads import reads
from amur.system.state import Accounts, Flows, Stocks

STAGES = {
    "motive": "says what the options are worth, before the choices of the quarter",
    "change": "runs after the choices",
    "settle": "runs when all pulls are summed",
}
SIGNS = {"+": "never negative", "-": "never positive", "~": "either sign"}
INTRODUCTION = "Part of the [system book](index.md), made from the declarations of the model by `amur book`.\n"


def rows(columns: Sequence[str], cells: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in cells]
    return "\n".join(lines) + "\n"


def _cell(cell: object) -> str:
    text = f"{cell:.6g}" if isinstance(cell, float) else str(cell)
    return " ".join(text.split()).replace("|", "\\|")


def anchored(name: str) -> str:
    """A name in a table that links can reach."""
    return f'<a id="{name}"></a>`{name}`'


@cache
def _claims() -> dict[str, essays.Claim]:
    return {claim.claim: claim for claim in essays.load()}


def claim_links(names: Iterable[str]) -> str:
    """Claim ids, each a link to what it says."""
    return ", ".join(f"[{name}](claims.md#{name.lower()})" for name in names)


def bounds(declared: Quantity) -> str:
    """The bounds of a quantity in words."""
    return f"{declared.low:g} to {declared.high:g}"


@cache
def _record() -> Any:
    from amur.record.record import load

    return load()


def series_in(text: str) -> list[str]:
    """The series of the record that a text names, in order."""
    words = dict.fromkeys(re.findall(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+", text))
    return [word for word in words if word in _record().series]


def group_page(group: str) -> str:
    """One group of mechanisms."""
    members = [made for made in MECHANISMS.values() if made.group == group]
    about = _module_says(members[0])
    named = dict.fromkeys(
        name for made in members for each in (made, *made.rivals.values()) for name in reads(each).parameters
    )
    text = [
        f"# {group.replace('-', ' ').capitalize()}\n",
        INTRODUCTION,
        f"{about}\n",
        f"![What this group reads and moves](map-{group}.svg)\n",
    ]
    text += [mechanism(made) for made in members]
    text += ["## Parameters\n", parameter_table(name for name in PARAMETERS if name in named)]
    return "\n".join(text)


def _module_says(made: Mechanism) -> str:
    import sys

    return " ".join((sys.modules[made.function.__module__].__doc__ or "").split())


def mechanism(made: Mechanism) -> str:
    """One mechanism: sentence, equation, what it reads and writes, claims, the record, rivals."""
    own = made.name.partition(".")[2]
    text = [
        f'## {own.replace("_", " ")}\n\n<a id="{own}"></a>\n',
        f"**{made.says}**\n",
        _equation(made),
        _facts(made),
    ]
    for rival in made.rivals.values():
        text.append(f"### Another equation, by {rival.by}\n\n{rival.says}\n\n{_equation(rival)}{_facts(rival)}")
        text.append(f'Choose it with `Model(equations={{"{made.name}": "{rival.by}"}})`.\n')
    return "\n".join(text)


def _equation(made: Mechanism) -> str:
    parsed = equations.parse(made.equation)
    return f"```math\n{latex(parsed)}\n```\n\nAs it runs:\n\n```\n{parsed.text}\n```\n"


def _facts(made: Mechanism) -> str:
    read = reads(made)
    by_table = {
        "state": read.state,
        "choices of this quarter": read.decisions,
        "choices of the quarter before": read.was,
        "outside world": read.forcings,
        "pulls": read.pulls,
        "parameters": read.parameters,
    }
    facts = [
        f"- Reads: {_parts(by_table)}.",
        f"- Writes: {', '.join(_written(name, sign) for name, sign in made.signs.items())}.",
    ]
    facts.append(f"- {STAGES[made.stage].capitalize()}. Name: `{made.name}`.")
    for name in made.claims:
        claim = _claims()[name]
        facts.append(
            f"- Claim [{name}](claims.md#{name.lower()}), {essays.essays()[claim.essay].title}: {claim.statement}"
        )
    more = "\n".join((made.function.__doc__ or "").strip().split("\n")[1:])
    if named := series_in(more):
        facts.append(
            f"- The record: {', '.join(f'`{name}` ({_record().series[name].title})' for name in named)}."
        )
    remark = " ".join(more.split())
    return "\n".join(facts) + "\n" + (f"\n{remark}\n" if remark else "")


def _parts(by_table: dict[str, tuple[str, ...]]) -> str:
    told = [f"{what} {', '.join(map(linked, names))}" for what, names in by_table.items() if names]
    return "; ".join(told) or "nothing"


def _written(name: str, sign: str) -> str:
    decision, _, option = name.partition("__")
    said = f"the utility of {option} in {linked(decision)}" if option else linked(name)
    return f"{said} ({SIGNS[sign]})"


def parameter_table(names: Iterable[str]) -> str:
    """Parameters with prior, unit, reason and claims."""
    return rows(
        ["parameter", "prior", "unit", "why", "claims"],
        [
            [linked(one.name), one.prior.words, one.unit, one.why, claim_links(one.claims)]
            for one in (PARAMETERS[name] for name in names)
        ],
    )


def parameters() -> str:
    """Every parameter."""
    cells = [
        [anchored(one.name), one.prior.words, one.unit, one.why, claim_links(one.claims), one.group]
        for one in PARAMETERS.values()
    ]
    return f"# Parameters\n\n{INTRODUCTION}\n{len(cells)} numbers that are not known.\n\n" + rows(
        ["parameter", "prior", "unit", "why", "claims", "declared in"], cells
    )


def quantities() -> str:
    """The tables of the state, and of the pulls."""
    text = ["# Quantities\n", INTRODUCTION]
    for title, of in (("Flows", Flows), ("Stocks", Stocks), ("Accounts", Accounts)):
        told = " ".join((of.__doc__ or "").split())
        text.append(f"## {title}\n\n{re.sub(r':[a-z]+:`([^`]*)`', r'`\1`', told)}\n")
        text.append(
            rows(
                ["name", "meaning", "unit", "bounds", "1992-Q1", "noise", "claims", "moved by"],
                map(_quantity, table(of).values()),
            )
        )
    text.append(f"## Pulls\n\n{Pulls.__doc__}\n")
    cells = [[anchored(q.name), q.meaning, q.unit, _movers(q.name)] for q in table(Pulls).values()]
    text.append(rows(["name", "meaning", "unit", "moved by"], cells))
    return "\n".join(text)


def _quantity(q: Quantity) -> list[object]:
    start = linked(q.start) if isinstance(q.start, str) else f"{q.start:g}"
    told = q.meaning + (" Given in history where the record has it." if q.given else "")
    return [
        anchored(q.name),
        told,
        q.unit,
        bounds(q),
        start,
        linked(q.noise) if q.noise else "",
        claim_links(q.claims),
        _movers(q.name),
    ]


@cache
def _moved() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for made in MECHANISMS.values():
        for name in causes.writes(made):
            found.setdefault(name, []).append(made.name)
    return found


def _movers(name: str) -> str:
    by = [linked(each) for each in _moved().get(name, [])]
    drawn = any(edge.target == name and edge.by == causes.BOOKS for edge in causes.by_books())
    return ", ".join([*by, *(["[the books](step.md)"] if drawn else [])])


def forcings() -> str:
    """What comes from outside: meaning, and where its history is from."""
    from amur.system.given import SOURCES

    cells = []
    for q in table(Forcings).values():
        rule = SOURCES[q.name]
        named = ", ".join(f"`{name}`" for name in rule.series)
        assumed = ", ".join(f"{when}: {value:g}" for when, value in rule.assumed.items())
        cells.append(
            [
                anchored(q.name),
                q.meaning,
                q.unit,
                bounds(q),
                named,
                rule.how,
                rule.why,
                assumed,
                claim_links(q.claims),
            ]
        )
    head = ["name", "meaning", "unit", "bounds", "series", "how", "why", "assumed", "claims"]
    return f"# The outside world\n\n{INTRODUCTION}\nWhat drives the relationship and is not driven by it.\n\n{rows(head, cells)}\n{_ahead()}"


def _ahead() -> str:
    from amur.futures import outside, processes

    told = " ".join((processes.__doc__ or "").split())
    swings = rows(
        ["forcing", "persistence per quarter", "size per quarter"],
        [[f"`{n}`", s.persistence, s.size] for n, s in processes.SWINGS.items()],
    )
    numbers = rows(
        ["number", "prior", "unit", "why"],
        [[f"`{n}`", one.prior.words, one.unit, one.why] for n, one in outside.OUTSIDE.items()],
    )
    return f"## Ahead\n\n{told}\n\n{swings}\n{numbers}"


def decisions() -> str:
    """The choices: who chooses, the options and what speaks for each, the rule for history."""
    from amur.system.history import RULES

    text = [
        "# Decisions\n",
        INTRODUCTION,
        "Each is a quantal response over stated utilities; see [the step](step.md#choices).\n",
    ]
    for name, options in OPTIONS.items():
        text.append(
            f'## {name}\n\n<a id="{name}"></a>\n\n{" ".join((options.__doc__ or "").split())} Chosen by {WHO[name]}.\n'
        )
        text.append(f"In history: {RULES[name]}\n")
        cells = [
            [int(option), f"`{option.name.lower()}`", _speakers(f"{name}__{option.name.lower()}")]
            for option in options
        ]
        text.append(rows(["code", "option", "motives (sign of their utility)"], cells))
    return "\n".join(text)


def _speakers(term: str) -> str:
    return ", ".join(
        f"{linked(made.name)} ({made.signs[term]})" for made in MECHANISMS.values() if term in made.signs
    )


def line_table() -> str:
    """The lines and projects."""
    from amur.system.lines import Row, lines

    cells = [[anchored(row.line), *row[1:]] for row in lines().rows]
    return (
        f"# Lines and projects\n\n{INTRODUCTION}\nTheir stages move as [the step](step.md#lines) says.\n\n"
        + rows([name.replace("_", " ") for name in Row._fields], cells)
    )


def scenarios() -> str:
    """The built-in scenarios and levers."""
    from amur.system import scenario_files
    from amur.system.interventions import as_json

    text = ["# Scenarios and levers\n", INTRODUCTION]
    for name, one in scenario_files.scenarios().items():
        who = f", a lever of {one.actor}" if one.actor else f", a {one.kind}"
        text.append(
            f'## {one.title}\n\n<a id="{name}"></a>`{name}`{who}; claims {claim_links(one.claims)}.\n\n{" ".join(one.what.split())}\n\n{" ".join(one.why.split())}\n'
        )
        done = [
            "; ".join(f"{key} {value}" for key, value in each.items() if value not in ("", None, 0))
            for each in as_json(one.interventions)
        ]
        text.append("\n".join(f"- {each}" for each in done) + "\n")
    return "\n".join(text)


def interventions() -> str:
    """The kinds of interventions with their fields."""
    from dataclasses import MISSING, fields

    from amur.system import interventions as module

    text = ["# Interventions\n", INTRODUCTION, f"{(module.__doc__ or '').partition(chr(10))[2].strip()}\n"]
    kinds = [each for each in vars(module).values() if isinstance(each, type) and hasattr(each, "word")]
    for kind in kinds:
        cells = [
            [f"`{field.name}`", "" if field.default is MISSING else repr(field.default)]
            for field in fields(kind)
        ]
        text.append(
            f'## {kind.__name__}\n\n`do = "{kind.word}"` in files. {" ".join((kind.__doc__ or "").split())}\n\n{rows(["field", "unless told"], cells)}'
        )
    return "\n".join(re.sub(r":[a-z]+:`~?([^`]*)`", r"`\1`", part) for part in text)


def end_states() -> str:
    """The end states and their conditions."""
    from amur.system import endstates

    text = ["# End states\n", INTRODUCTION, "Read from the top; the first that holds names the state.\n"]
    for state in endstates.rules().states:
        ways = [" and ".join(f"`{condition.text}`" for condition in way) for way in state.when]
        told = "\n".join(f"- {way}" for way in ways) or "- otherwise"
        text.append(f"## {state.title}\n\n{state.what} Claims {claim_links(state.claims)}.\n\n{told}\n")
    return "\n".join(text)


def observables() -> str:
    """What of the state is seen in the record, and how."""
    from amur.system.observables import OBSERVABLES

    cells = [
        [anchored(o.name), o.title, o.unit, ", ".join(f"`{s}`" for s in o.series), ", ".join(map(linked, o.states)), f"{o.gather} of {o.frequency}",
         o.link, o.model, ", ".join(map(linked, o.scales)), "fitted" if o.fitted else "checked only", o.note, claim_links(o.claims)]
        for o in OBSERVABLES.values()
    ]  # fmt: skip
    head = [
        "name",
        "title",
        "unit",
        "series",
        "predicted from",
        "periods",
        "scale",
        "model",
        "scales",
        "use",
        "note",
        "claims",
    ]
    return f"# Observables\n\n{INTRODUCTION}\n{rows(head, cells)}"


def claims() -> str:
    """Each claim with the mechanisms that implement it."""
    text = [
        "# Claims\n",
        INTRODUCTION,
        "Claims of the five essays in our own words, under test here and not endorsed.\n",
    ]
    for name, claim in _claims().items():
        by = [
            linked(made.name)
            for made in MECHANISMS.values()
            if name in (*made.claims, *(c for r in made.rivals.values() for c in r.claims))
        ]
        essay = essays.essays()[claim.essay].title
        text.append(
            f'## {name}\n\n<a id="{name.lower()}"></a>{essay}; {claim.kind}. {claim.statement}\n\nMechanisms: {", ".join(by) or "none"}.\n'
        )
    return "\n".join(text)


def laws() -> str:
    """The laws that `amur laws` checks."""
    from amur.system import laws as module

    cells = [[f"`{law.name}`", law.it, ", ".join(f"`{each}`" for each in law.expect)] for law in module.read()]
    return f"# Laws\n\n{INTRODUCTION}\nChecked over sets of runs by `amur laws`.\n\n{rows(['law', 'it says', 'expects'], cells)}"


def index() -> str:
    """The first page: what is in the book, the whole map, the groups."""
    groups = dict.fromkeys(made.group for made in MECHANISMS.values())
    cells = []
    for group in groups:
        members = [made for made in MECHANISMS.values() if made.group == group]
        named = sorted({name for made in members for name in made.claims})
        cells.append(
            [f"[{group}](mechanisms-{group}.md)", _module_says(members[0]), len(members), claim_links(named)]
        )
    pages = "\n".join(f"- [{title}]({name}.md)" for name, title in TITLES.items())
    kinds = [causes.nodes()[name].kind for name in causes.nodes()]
    many = ", ".join(f"{kinds.count(kind)} {kind}s" for kind in dict.fromkeys(kinds))
    return (
        f"# The system book\n\nThe model of the relationship, made from its declarations by `amur book`: {len(MECHANISMS)} mechanisms in {len(groups)} groups, "
        f"{len(PARAMETERS)} parameters, {many}.\n\n[![Who drives whom](map.svg)](map.svg)\n\n{pages}\n\n## Mechanisms\n\n"
        + rows(["group", "about", "mechanisms", "claims"], cells)
    )


TITLES = {
    "step": "The step: one quarter, from start to end",
    "quantities": "Quantities: flows, stocks, accounts, pulls",
    "forcings": "The outside world",
    "decisions": "Decisions",
    "parameters": "Parameters",
    "lines": "Lines and projects",
    "interventions": "Interventions",
    "scenarios": "Scenarios and levers",
    "endstates": "End states",
    "observables": "Observables",
    "laws": "Laws",
    "claims": "Claims",
}
MAKERS: dict[str, Callable[[], str]] = {
    "quantities": quantities,
    "forcings": forcings,
    "decisions": decisions,
    "parameters": parameters,
    "lines": line_table,
    "interventions": interventions,
    "scenarios": scenarios,
    "endstates": end_states,
    "observables": observables,
    "laws": laws,
    "claims": claims,
    "index": index,
}
