"""Laws: what must hold in every run, as readable predicates over sets of runs, checked into a report.

The laws are data (``laws.toml``). Each names runs that share their luck, and what is expected of their quantities:
``closed.chn_oil_malacca <= open.chn_oil_malacca`` in the syntax of the equations (:mod:`amur.system.equations`).
``open_first.x`` is x in the first quarter of the run ``open``, ``open_before.x`` x a quarter earlier.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amur.errors import AmurError
from amur.record.toml import read_toml
from amur.system import equations

FILE = Path(__file__).with_name("laws.toml")
MEMBERS = 64
RUN_FIELDS = ("interventions", "scenario", "all_mechanisms")
UNTIL = "2032-Q4"

type Numbers = NDArray[np.float64]
type Progress = Callable[[str], None]


class Law(NamedTuple):
    """A sentence, the runs it is about, and what is expected of them.

    It must hold in at least ``share`` of the members, in every quarter from ``begin`` to ``end``, up to
    ``tolerance`` (relative to the size of the two sides, and at least that much of 1).
    """

    name: str
    it: str
    runs: Mapping[str, Mapping[str, Any]]
    expect: tuple[str, ...]
    claims: tuple[str, ...] = ()
    tolerance: float = 1e-4
    share: float = 1.0
    begin: str = ""
    end: str = ""


class Verdict(NamedTuple):
    """How a law fared: the share of members in which it holds, and where it is broken most."""

    law: Law
    holds: bool
    share: float
    worst: str
    member: int
    quarter: str
    excess: float


def read(file: str | Path | None = None) -> tuple[Law, ...]:
    """The laws of a file, or the built-in ones. AmurError names file, field and mend."""
    path = Path(file) if file else FILE
    _, tables = read_toml(path)
    rows = tables.get("laws")
    if not isinstance(rows, list) or not rows:
        raise AmurError("holds no [[laws]]", file=path, mend=f"Start from a copy of {FILE.name}.")
    laws = tuple(_law(row, path) for row in rows)
    names = [law.name for law in laws]
    for name in names:
        if names.count(name) > 1:
            raise AmurError(
                f"law '{name}' stands twice", file=path, field="name", mend="Give each law its own name."
            )
    return laws


def _law(row: dict[str, Any], path: Path) -> Law:
    for name in row:
        if name not in Law._fields:
            raise AmurError(
                f"law '{row.get('name', '')}' has no field '{name}'",
                file=path,
                field=name,
                mend=f"Fields: {', '.join(Law._fields)}.",
            )
    for name in ("name", "it", "expect", "runs"):
        if not row.get(name):
            raise AmurError(
                f"law '{row.get('name', '')}' lacks '{name}'", file=path, field=name, mend="Write it."
            )
    expect = (row["expect"],) if isinstance(row["expect"], str) else tuple(row["expect"])
    law = Law(**{**row, "expect": expect, "claims": tuple(row.get("claims", ()))})
    for run, told in law.runs.items():
        for name in told:
            if name not in RUN_FIELDS:
                raise AmurError(
                    f"run '{run}' of law '{law.name}' has no field '{name}'",
                    file=path,
                    field=name,
                    mend=f"Fields: {', '.join(RUN_FIELDS)}.",
                )
    for each in law.expect:
        try:
            comparison(each)
        except AmurError as error:
            raise AmurError(
                f"law '{law.name}': {error.problem}", file=path, field="expect", mend=error.mend
            ) from None
        for name in _named(each):
            if _run_of(name, law.runs) is None:
                raise AmurError(
                    f"law '{law.name}' names '{name}', of no run",
                    file=path,
                    field="expect",
                    mend=f"Runs: {', '.join(law.runs)}.",
                )
    return law


def comparison(text: str) -> ast.Compare:
    """What is expected: one comparison of two expressions."""
    expression = equations.parse(f"holds = {text}", defines=True).lines[0].expression
    if not isinstance(expression, ast.Compare) or len(expression.ops) != 1:
        raise AmurError(f"'{text}' is not one comparison", mend="Write 'a <= b', 'a >= b' or 'a == b'.")
    return expression


def _named(text: str) -> list[str]:
    return [
        name
        for name in equations.parse(f"holds = {text}", defines=True).names
        if name not in equations.constants()
    ]


def _run_of(name: str, runs: Iterable[str]) -> tuple[str, str, str] | None:
    """Run, when (``''``, ``first`` or ``before``) and quantity of a name such as ``closed_first.oil_chn``."""
    run, _, quantity = name.partition(".")
    for when in ("first", "before"):
        if run.endswith(f"_{when}") and run.removesuffix(f"_{when}") in runs:
            return run.removesuffix(f"_{when}"), when, quantity
    return (run, "", quantity) if run in runs and quantity else None


def check(
    laws: Iterable[Law] | None = None, members: int = MEMBERS, seed: int = 1, progress: Progress | None = None
) -> list[Verdict]:
    """Run every law and say how it fared; runs that several laws share are made once."""
    found = []
    chosen = tuple(read() if laws is None else laws)
    # All runs keep the same quantities over the same quarters: then the model is compiled once.
    named = [_run_of(name, law.runs) for law in chosen for each in law.expect for name in _named(each)]
    wanted = tuple(sorted({told[2] for told in named if told}))
    made: dict[str, dict[str, Any]] = {}
    for law in chosen:
        if progress:
            progress(law.name)
        for told in law.runs.values():
            if _key(told) not in made:
                made[_key(told)] = _run(told, wanted, members, seed)
        found.append(_judge(law, {run: made[_key(told)] for run, told in law.runs.items()}))
    return found


def _key(told: Mapping[str, Any]) -> str:
    return repr(sorted(told.items(), key=lambda item: item[0]))


@cache
def _kept() -> frozenset[str]:
    from amur.system.decisions import OPTIONS
    from amur.system.forcings import Forcings
    from amur.system.state import QUANTITIES

    return frozenset({*QUANTITIES, *OPTIONS, *Forcings._fields})


def _run(told: Mapping[str, Any], names: tuple[str, ...], members: int, seed: int) -> dict[str, Any]:
    """One run of the futures: arrays (quarters, members) by name, and the labels of the quarters."""
    from amur.futures.simulate import simulate
    from amur.system.decisions import OPTIONS
    from amur.system.declare import MECHANISMS

    for name in names:
        if name not in _kept():
            raise AmurError(
                f"a law names '{name}', which is not declared", field="expect", mend="See `amur book`."
            )
    done = list(told.get("interventions", ()))
    if "all_mechanisms" in told:
        done += [
            {"do": "scale", "mechanism": name, "strength": float(told["all_mechanisms"])} for name in MECHANISMS
        ]
    keep = [name for name in names if name not in OPTIONS]
    result = simulate(
        members=members, until=UNTIL, seed=seed, interventions=done, scenario=told.get("scenario"),
        keep=keep,
    )  # fmt: skip
    values = {name: np.asarray(result[name].transpose("quarter", ..., "member"), float) for name in names}
    return {"labels": [str(each) for each in result["quarter"].values], **values}


def _judge(law: Law, runs: Mapping[str, dict[str, Any]]) -> Verdict:
    labels = next(iter(runs.values()))["labels"]
    inside = np.array(
        [(not law.begin or label >= law.begin) and (not law.end or label <= law.end) for label in labels]
    )
    broken = np.zeros(0)
    worst = Verdict(law, True, 1.0, "", -1, "", 0.0)
    for text in law.expect:
        excess = _excess(text, law, runs)[inside]
        excess = excess.reshape(len(excess), -1, excess.shape[-1]).max(axis=1)
        each = excess.max(axis=0)
        broken = np.maximum(broken, each) if broken.size else each
        if each.max() > worst.excess:
            member = int(each.argmax())
            quarter = [label for label, at in zip(labels, inside, strict=True) if at][
                int(excess[:, member].argmax())
            ]
            worst = worst._replace(worst=text, member=member, quarter=quarter, excess=float(each.max()))
    share = float(np.mean(broken <= 0))
    return worst._replace(share=share, holds=share >= law.share)


def _excess(text: str, law: Law, runs: Mapping[str, dict[str, Any]]) -> Numbers:
    """By how much what is expected is missed beyond the tolerance, (quarters, …, members); not positive where it holds."""
    compared = comparison(text)
    values = {}
    for name in _named(text):
        run, when, quantity = _run_of(name, law.runs) or ("", "", "")
        series = runs[run][quantity]
        before = np.concatenate([series[:1], series[:-1]])
        values[name] = {"": series, "first": np.broadcast_to(series[:1], series.shape), "before": before}[when]
    left, right = (_side(each, values) for each in (compared.left, compared.comparators[0]))
    shape = np.broadcast_shapes(left.shape, right.shape, next(iter(values.values())).shape)
    left, right = np.broadcast_to(left, shape), np.broadcast_to(right, shape)
    slack = law.tolerance * np.maximum(1.0, np.maximum(np.abs(left), np.abs(right)))
    match compared.ops[0]:
        case ast.LtE() | ast.Lt():
            missed = left - right
        case ast.GtE() | ast.Gt():
            missed = right - left
        case ast.NotEq():
            return np.where(np.abs(left - right) > slack, -1.0, 1.0)
        case _:
            missed = np.abs(left - right)
    return np.where(np.isfinite(missed), missed - slack, np.inf)


def _side(expression: ast.expr, values: Mapping[str, Any]) -> Numbers:
    text = f"side = {ast.unparse(expression)}"
    return np.asarray(equations.parse(text, defines=True).define(values)["side"], float)


def report(verdicts: Iterable[Verdict]) -> str:
    """The verdicts as a Markdown table."""
    from amur import __version__

    told = list(verdicts)
    held = sum(each.holds for each in told)
    lines = [
        f"# Laws\n\n{held} of {len(told)} hold (amur {__version__}).\n",
        "| | law | it says | holds in | broken most |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in told:
        where = (
            f"`{each.worst}` by {each.excess:.3g}, member {each.member}, {each.quarter}" if each.worst else ""
        )
        mark = "holds" if each.holds else "**broken**"
        lines.append(
            f"| {mark} | {each.law.name} | {each.law.it} | {each.share:.1%} (needs {each.law.share:.0%}) | {where.replace('|', chr(92) + '|')} |"
        )
    return "\n".join(lines) + "\n"


def as_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a plain object."""
    return {
        "law": verdict.law.name, "it": verdict.law.it, "holds": verdict.holds, "share": verdict.share,
        "needs": verdict.law.share, "worst": verdict.worst or None, "member": verdict.member if verdict.worst else None,
        "quarter": verdict.quarter or None, "excess": verdict.excess,
    }  # fmt: skip
