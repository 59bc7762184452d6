"""System: the causal map, every mechanism with its equation and numbers, the claims, the scenarios, the book."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from amur import claims as essays
from amur.book import layout
from amur.book.published import published
from amur.web import strips, texts
from amur.web.asked import Asked
from amur.web.pages import WRONG, shown
from amur.web.problems import API, there
from amur.web.views import environment

router = APIRouter()

type Plain = dict[str, Any]

Name = Annotated[str, InPath(max_length=90, pattern=r"^[a-z0-9_.-]+$", description="Its name")]
BOOK_TITLES = {
    "step": "The step: one quarter, from start to end", "quantities": "Quantities: flows, stocks, accounts, pulls",
    "forcings": "The outside world", "decisions": "Decisions", "lines": "Lines and projects",
    "interventions": "Interventions", "endstates": "End states", "observables": "Observables", "laws": "Laws",
}  # fmt: skip
KINDS = {
    "forcing": "given from outside", "decision": "a choice", "stock": "a state", "flow": "a flow", "account": "an account",
    "pull": "a pull", "line": "lines and projects", "mechanism": "a mechanism",
}  # fmt: skip
WRITES = {"+": "raises", "-": "lowers", "~": "moves either way"}
READS = {
    "state": "state", "decisions": "choices of this quarter", "before": "choices of the quarter before",
    "outside": "outside world", "pulls": "pulls",
}  # fmt: skip
MOST = 80
"""Parameters on one page of the list."""


class AskedOfMap(Asked):
    """Which part of the causal map."""

    group: str = Field("", max_length=60, description="One group of mechanisms, by name")
    around: str = Field("", max_length=60, description="One quantity, forcing or decision, by name")
    steps: int = Field(1, ge=1, le=layout.STEPS, description="How far to look from it, to either side")


class AskedOfParameters(Asked):
    """Which parameters."""

    find: str = Field("", max_length=120, description="Words that name, reason or unit must hold")
    group: str = Field("", max_length=60, description="Declared in this group of mechanisms")
    word: Literal["", "data-driven", "informed", "prior-driven"] = Field(
        "", description="How much the record said of them"
    )
    page: int = Field(1, ge=1, le=50, description=f"Page, {MOST} each")


class AskedOfClaims(Asked):
    """Which claims."""

    find: str = Field("", max_length=120, description="Words that all must occur")
    essay: str = Field("", max_length=60, description="Of one essay, by its letter or name")
    kind: str = Field("", max_length=30, description="Of one kind")


def system(request: Request, asked: Annotated[AskedOfMap, Query()]) -> Plain:
    """The causal map as boxes and curves, the same in words, and the groups of mechanisms."""
    told = published()
    made = _map(asked)
    return {
        "asked": asked.model_dump(), "map": _as_json(made), "listed": layout.listed(made), "groups": _groups(),
        "names": {name: node["kind"] for name, node in told["nodes"].items()}, "kinds": KINDS, "words": layout.WORDS,
        "steps": layout.STEPS,
        "counts": {
            "mechanisms": len(told["mechanisms"]), "groups": len(told["groups"]), "parameters": len(told["parameters"]),
            "claims": len(essays.load()), "scenarios": len(told["scenarios"]), "nodes": len(told["nodes"]),
        },
        "book": BOOK_TITLES,
    }  # fmt: skip


def mechanism(request: Request, name: Name) -> Plain:
    """A mechanism: its sentence, equation, parameters with prior and posterior, claims, what it reads and moves. The name
    of a group gives all its mechanisms."""
    told = published()
    if any(each["name"] == name for each in told["groups"]):
        return _group(name)
    known = [*told["mechanisms"], *(each["name"] for each in told["groups"])]
    there(name, known, f"there is no mechanism '{name}'", "See /system.")
    made = told["mechanisms"][name]
    return {
        "what": "mechanism", "name": name, **made, "words": WRITES, "tables": READS,
        "parameters": [strips.of(each) for each in made["reads"]["parameters"]],
        "claims": _claims(made["claims"]), "titles": _titles(made["series"]),
        "writes": [_written(each, sign) for each, sign in made["writes"].items()],
        "rivals": [each | {"writes": [_written(*pair) for pair in each["writes"].items()]} for each in made["rivals"]],
        "siblings": [each for each in next(g for g in told["groups"] if g["name"] == made["group"])["mechanisms"] if each != name],
    }  # fmt: skip


def quantity(request: Request, name: Name) -> Plain:
    """A quantity, forcing or decision: what it is, where the record sees it, what drives it and what it drives."""
    told = published()
    there(name, told["nodes"], f"there is no quantity '{name}'", "See /system for all.")
    node = told["nodes"][name]
    edges = [(a, b, sign, by) for a, b, sign, by in told["edges"] if name in (a, b)]
    made = layout.around(name)
    return {
        "name": name, **node, "claims": _claims(node.get("claims", [])), "map": _as_json(made), "kinds": KINDS,
        "kind_in_words": KINDS[node["kind"]], "words": layout.WORDS, "titles": _titles(node["series"]),
        "driven": _by(edges, 0, lambda edge: edge[1] == name), "drives": _by(edges, 1, lambda edge: edge[0] == name),
    }  # fmt: skip


def parameters(request: Request, asked: Annotated[AskedOfParameters, Query()]) -> Plain:
    """Every number that is not known: its prior, why, and how much the record said of it."""
    told = published()["parameters"]
    words = asked.find.lower().split()
    found = [
        {"name": name, **{key: each[key] for key in ("prior", "unit", "why", "group", "claims", "contraction", "mechanisms", "idle")},
         "word": strips.word(each["contraction"]), "readings": list(each["readings"])}
        for name, each in told.items()
        if (not asked.group or each["group"] == asked.group)
        and (not asked.word or strips.word(each["contraction"]) == asked.word)
        and all(word in f"{name} {name.replace('_', ' ')} {each['why']} {each['unit']} {each['group']}".lower() for word in words)
    ]  # fmt: skip
    start = (asked.page - 1) * MOST
    return {
        "asked": asked.model_dump(), "many": len(found), "all": len(told), "parameters": found[start : start + MOST],
        "pages": -(-len(found) // MOST), "groups": sorted({each["group"] for each in told.values()}),
    }  # fmt: skip


def parameter(request: Request, name: Name) -> Plain:
    """A parameter: its base prior, what readings say instead, what the record left under each, and who uses it."""
    told = published()["parameters"]
    there(name, told, f"there is no parameter '{name}'", "See /system/parameters.")
    made = strips.of(name)
    return made | {"claims": _claims(made["claims"])}


def claims(request: Request, asked: Annotated[AskedOfClaims, Query()]) -> Plain:
    """The 88 claims of the five essays, each with its homes, tests and status. They are under test here, not endorsed."""
    words = asked.find.lower().split()
    told = published()
    by: dict[str, list[str]] = {}
    for name, made in told["mechanisms"].items():
        for each in dict.fromkeys((*made["claims"], *(c for rival in made["rivals"] for c in rival["claims"]))):
            by.setdefault(each, []).append(name)
    found = [
        each.as_json() | {"homes": [_home(home) for home in each.home], "mechanisms": by.get(each.claim, [])}
        for each in essays.load()
        if (not asked.essay or asked.essay in (each.essay, each.claim[0]))
        and (not asked.kind or each.kind == asked.kind)
        and all(word in " ".join(map(str, each.as_json().values())).lower() for word in words)
    ]
    every = essays.load()
    return {
        "asked": asked.model_dump(), "claims": found, "many": len(every), "kinds": list(essays.KINDS),
        "essays": [each._asdict() for each in essays.essays().values()],
        "status": {word: sum(each.status == word for each in every) for word in ("here", "partly", "to come")},
    }  # fmt: skip


def scenarios(request: Request) -> Plain:
    """The what-ifs and levers that come with the model."""
    told = published()["scenarios"]
    return {"scenarios": [{"name": name, **each} for name, each in told.items()]}


def book(request: Request, page: Name) -> Plain:
    """A page of the system book, in Markdown."""
    there(page, BOOK_TITLES, f"the book has no page '{page}'", f"It has {', '.join(BOOK_TITLES)}.")
    text = published()["pages"][page]
    return {
        "page": page,
        "title": texts.title(text),
        "markdown": text,
        "book": BOOK_TITLES,
        "headings": texts.headings(text),
    }


@router.get(
    f"{API}/system.svg", response_model=None, responses=WRONG | {200: {"content": {"image/svg+xml": {}}}}, tags=["Files"],
    name="system-svg", operation_id="get-system-svg", summary="The causal map as a picture",
)  # fmt: skip
def picture(asked: Annotated[AskedOfMap, Query()]) -> Response:
    """The causal map, or a part of it, as SVG."""
    made = _map(asked)
    text = (
        environment()
        .get_template("system_map.svg.j2")
        .render(map=_as_json(made), words=layout.WORDS, kinds=KINDS)
    )
    return Response(
        text,
        media_type="image/svg+xml",
        headers={"content-disposition": 'inline; filename="amur-causal-map.svg"'},
    )


@router.get(
    f"{API}/system.csv", response_model=None, responses=WRONG | {200: {"content": {"text/csv": {}}}}, tags=["Files"],
    name="system-csv", operation_id="get-system-csv", summary="The edges of the causal map",
)  # fmt: skip
def edges(asked: Annotated[AskedOfMap, Query()]) -> Response:
    """The edges of the causal map, or of a part of it: what drives what, with which sign, by which mechanism."""
    made = _map(asked)
    names = [box.name for box in made.boxes]
    pairs = {(names[curve.source], names[curve.target]) for curve in made.curves}
    inside = {a for pair in pairs for a in pair}
    rows = [
        edge
        for edge in published()["edges"]
        if (edge[0], edge[1]) in pairs or (asked.group and edge[3] in inside)
    ]
    return Response(
        _csv(("source", "target", "sign", "by"), rows),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="amur-causal-map.csv"'},
    )


def _csv(head: tuple[str, ...], rows: list[Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _map(asked: AskedOfMap) -> layout.Map:
    if asked.group:
        return layout.group(asked.group)
    return layout.around(asked.around, asked.steps) if asked.around else layout.whole()


def _as_json(of: layout.Map) -> Plain:
    return of._asdict() | {
        "boxes": [box._asdict() | {"at": _place(box)} for box in of.boxes],
        "curves": [curve._asdict() for curve in of.curves],
    }


def _place(box: layout.Box) -> str:
    """The address of what a box stands for."""
    return f"/system/{'mechanisms' if box.kind == 'mechanism' else 'quantities'}/{box.name}"


def _groups() -> list[Plain]:
    told = published()
    return [
        each | {"claims": sorted({claim for name in each["mechanisms"] for claim in told["mechanisms"][name]["claims"]})}
        for each in told["groups"]
    ]  # fmt: skip


def _group(name: str) -> Plain:
    told = published()
    group = next(each for each in told["groups"] if each["name"] == name)
    members = [
        {"name": each, **made, "moves": list(dict.fromkeys(one.partition("__")[0] for one in made["writes"]))}
        for each, made in told["mechanisms"].items()
        if made["group"] == name
    ]
    return {
        "what": "group", "name": name, "about": group["about"], "map": _as_json(layout.group(name)), "words": layout.WORDS,
        "kinds": KINDS, "mechanisms": members, "claims": _claims(sorted({c for each in members for c in each["claims"]})),
    }  # fmt: skip


def _written(name: str, sign: str) -> Plain:
    """What a mechanism writes: a quantity, or what an option of a decision is worth."""
    node, _, option = name.partition("__")
    return {"name": node, "option": option, "sign": sign, "words": WRITES[sign]}


def _claims(names: list[str]) -> list[Plain]:
    known = {each.claim: each for each in essays.load()}
    return [
        {"claim": name, "statement": known[name].statement, "essay": essays.essays()[known[name].essay].title}
        for name in names
        if name in known
    ]


def _titles(series: list[str]) -> dict[str, str]:
    from amur.record import load

    known = load(overlay=False).series if series else {}
    return {name: known[name].title for name in series if name in known}


def _by(edges: list[Any], end: int, wanted: Any) -> list[Plain]:
    """The other ends of edges, each with sign and the mechanisms that make it."""
    made: dict[str, Plain] = {}
    for edge in filter(wanted, edges):
        each = made.setdefault(edge[end], {"name": edge[end], "sign": edge[2], "by": []})
        each["sign"] = edge[2] if each["sign"] == edge[2] else "~"
        each["by"].append(edge[3])
    return list(made.values())


HOMES = {
    "series": "/record/series/{}", "mechanism": "/system/mechanisms/{}", "scenario": "/whatif?scenario={}",
    "lever": "/whatif?scenario={}", "reading": "/system/readings/{}", "argument": "/arguments/{}",
}  # fmt: skip


def _home(home: str) -> Plain:
    kind, _, name = home.partition(":")
    return {"kind": kind, "name": name, "at": HOMES[kind].format(name) if kind in HOMES else ""}


shown(router, "/system", system, "system.html.j2", "System", "The causal map, the mechanisms, the readings")
shown(router, "/system/mechanisms/{name}", mechanism, "system_mechanism.html.j2", "Mechanism")
shown(router, "/system/quantities/{name}", quantity, "system_quantity.html.j2", "Quantity")
shown(router, "/system/parameters", parameters, "system_parameters.html.j2", "Parameters", "Numbers that are not known: priors, reasons, and what the record said")  # fmt: skip
shown(router, "/system/parameters/{name}", parameter, "system_parameter.html.j2", "Parameter")
shown(router, "/system/claims", claims, "system_claims.html.j2", "Claims", "What the five essays claim, under test here and not endorsed")  # fmt: skip
shown(router, "/system/scenarios", scenarios, "system_scenarios.html.j2", "Scenarios and levers", "What-ifs that come with the model")  # fmt: skip
shown(router, "/system/book/{page}", book, "book.html.j2", "The system book")
