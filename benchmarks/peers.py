"""The model as others would write it: a loop over runs in plain Python, the same in NumPy, and a scalar Numba loop.

All three are written out from the equations of the mechanisms and the books, which are text that runs, so that nobody
has tuned or hurt them by hand: one long function of local variables, history only (decisions and stages of the lines
as coded, no interventions, so that no strength, cut or motive is computed at all).
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amur.book.step import BLOCKS, SPLITS
from amur.system import equations
from amur.system.decisions import OPTIONS, Kremlin, Zhongnanhai
from amur.system.declare import MECHANISMS
from amur.system.flows import CUTTABLE, Pulls
from amur.system.forcings import Forcings
from amur.system.lines import BUILDING, FOOD_ON_BRIDGES, OLD_LAND, OPERATING, lines
from amur.system.model import GIVEN
from amur.system.parameters import NAMES
from amur.system.state import QUANTITIES

KEEP = (
    "exports_rus_chn",
    "exports_chn_rus",
    "oil_chn",
    "gas_chn",
    "dependence_rus",
    "leverage_chn",
    "trust_rus",
    "trust_chn",
)
"""What every contender keeps of each fourth quarter."""

FAST = {"nsz", "arcp", "contract", "afn", "reassoc"}
"""Numba's fast mathematics, except that it must know NaN: a value that the record does not give."""

type Members = tuple[Numbers, Numbers]
type Numbers = NDArray[np.float32]
type Names = Mapping[str, str]

SYMBOLS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class Scalar:
    """How plain Python writes an expression over single numbers."""

    def number(self, value: float) -> str:
        return repr(value)

    def power(self, base: str, exponent: ast.expr, written: str) -> str:
        return f"({base}**{written})"

    def call(self, name: str, given: list[str]) -> str:
        match name:
            case "where":
                return f"({given[1]} if {given[0]} else {given[2]})"
            case "min" | "max":
                return f"{name}({', '.join(given)})"
            case "clip":
                return f"min(max({given[0]}, {given[1]}), {given[2]})"
            case "abs" | "sigmoid":
                return f"{name}({given[0]})"
        return f"math.{name}({given[0]})"

    def holds(self, comparison: str) -> str:
        return f"({self.number(1.0)} if {comparison} else {self.number(0.0)})"

    def either(self, a: str, b: str) -> str:
        return f"max({a}, {b})"


class Single(Scalar):
    """How Numba is told to stay in single precision: every number is one of the names in :func:`numbers`."""

    def __init__(self) -> None:
        self.numbers: dict[str, np.float32] = {}

    def number(self, value: float) -> str:
        name = "n_" + repr(float(value)).replace(".", "_").replace("-", "m").replace("+", "")
        self.numbers[name] = np.float32(value)
        return name

    def power(self, base: str, exponent: ast.expr, written: str) -> str:
        if isinstance(exponent, ast.Constant) and exponent.value in (2, 3, 4, 5, 6):
            return "(" + "*".join([base] * int(exponent.value)) + ")"
        return f"({base}**{written})"


class Many(Scalar):
    """How NumPy writes an expression over arrays of members."""

    def call(self, name: str, given: list[str]) -> str:
        match name:
            case "where":
                return f"np.where({given[0]} != 0, {given[1]}, {given[2]})"
            case "min" | "max":
                joined = given[0]
                for other in given[1:]:
                    joined = f"np.{name}imum({joined}, {other})"
                return joined
            case "clip":
                return f"np.minimum(np.maximum({given[0]}, {given[1]}), {given[2]})"
            case "sigmoid":
                return f"sigmoid({given[0]})"
        return f"np.{name}({given[0]})"

    def holds(self, comparison: str) -> str:
        return f"np.float32(1) * ({comparison})"

    def either(self, a: str, b: str) -> str:
        return f"np.maximum({a}, {b})"


def written(node: ast.expr, names: Callable[[str], str], way: Scalar) -> str:
    """An expression of an equation in the source of a contender."""

    def inside(each: ast.expr) -> str:
        return written(each, names, way)

    match node:
        case ast.Constant(value=value):
            return way.number(float(value))  # type: ignore[arg-type]
        case ast.Name() | ast.Attribute():
            return names(ast.unparse(node))
        case ast.UnaryOp(op=op, operand=operand):
            return f"(-{inside(operand)})" if isinstance(op, ast.USub) else inside(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return way.power(inside(left), right, inside(right))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return way.either(inside(left), inside(right))
        case ast.BinOp(left=left, op=op, right=right):
            symbol = "*" if isinstance(op, ast.BitAnd) else SYMBOLS[type(op)]
            return f"({inside(left)} {symbol} {inside(right)})"
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [inside(each) for each in (left, *others)]
            pairs = [f"{a} {SYMBOLS[type(op)]} {b}" for op, a, b in zip(ops, sides, sides[1:], strict=False)]
            return "(" + " * ".join(f"({way.holds(pair)})" for pair in pairs) + ")"
        case ast.Call(func=ast.Name(id=name), args=given):
            return way.call(name, [inside(each) for each in given])
    raise AssertionError(ast.dump(node))


def naming(way: Scalar, local: Names) -> Callable[[str], str]:
    """The variable of the source for a name in an equation: its own locals first, then the tables."""

    def name_of(name: str) -> str:
        if name in local:
            return local[name]
        if name.startswith("was."):
            return f"w_{name[4:]}"
        if name in equations.constants():
            return way.number(float(equations.constants()[name]))
        kinds: tuple[tuple[str, Any], ...] = (
            ("s", QUANTITIES), ("f", Forcings._fields), ("p", NAMES), ("c", OPTIONS), ("u", Pulls._fields),
        )  # fmt: skip
        for letter, table in kinds:
            if name in table:
                return f"{letter}_{name}"
        if name[:4] in ("cut_", "add_") and name[4:] in CUTTABLE:
            return way.number(float(name.startswith("cut_")))
        raise KeyError(name)

    return name_of


def contributions(way: Scalar) -> list[str]:
    """The statements of the mechanisms: locals ``m12_gap``, changes ``d_trust_rus``, pulls ``u_pull_oil_chn``."""
    source: list[str] = []
    begun: set[str] = set()
    ordered = sorted(MECHANISMS.values(), key=lambda made: made.stage == "settle")
    for number, made in enumerate(ordered):
        if made.stage == "motive" or set(made.signs) == {"pull_lines"}:
            continue  # choices and stages are those of the record
        local: dict[str, str] = {}
        for line in equations.parse(made.equation).lines:
            if line.name == "pull_lines":
                continue
            value = written(line.expression, naming(way, local), way)
            if not line.adds:
                local[line.name] = f"m{number}_{line.name}"
                source.append(f"{local[line.name]} = {value}")
                continue
            target = f"{'u' if line.name in Pulls._fields else 'd'}_{line.name}"
            source.append(f"{target} = {target} + {value}" if target in begun else f"{target} = {value}")
            begun.add(target)
    missing = [f"u_{name} = {way.number(0.0)}" for name in Pulls._fields if f"u_{name}" not in begun]
    return missing + source + moved(way, begun)


def moved(way: Scalar, begun: set[str]) -> list[str]:
    """Every quantity plus its change, in its bounds, or the value that the record gives."""
    source = []
    for name, declared in QUANTITIES.items():
        if f"d_{name}" in begun:
            bounds = [way.number(declared.low), way.number(declared.high)]
            source.append(f"s_{name} = {way.call('clip', [f's_{name} + d_{name}', *bounds])}")
        if name in GIVEN:
            place = GIVEN.index(name)
            source.append(f"if given[t, {place}] == given[t, {place}]: s_{name} = given[t, {place}]")
    return source


def books(way: Scalar) -> list[str]:
    """The statements of the flows and the accounts, from the boxes of the book."""
    can = {f"can_{name}": f"can_{name}" for name in ("oil_pipe", "gas_pipe", "lng", "land", "port")}
    source: list[str] = []
    for good, (supply, chn, wst, regain) in SPLITS.items():
        ends = ("chn", "wst", "sou")
        local = (
            can
            | {f"flow_{to}": f"s_{good}_{to}" for to in ends}
            | {"share_chn": f"s_{chn}", "share_wst": f"s_{wst}"}
        )
        local |= {f"{what}_{to}": way.number(float(what == "cut")) for what in ("cut", "add") for to in ends}
        source += defined(way, f"supply = {supply}\nregain = {regain}\n{BLOCKS['split']}", local)
    for block in ("bounded", "unsplit", "routes", "values", "accounts"):
        source += defined(way, BLOCKS[block], dict(can))
    return source


def defined(way: Scalar, text: str, local: dict[str, str]) -> list[str]:
    source = []
    for line in equations.parse(text, defines=True).lines:
        value = written(line.expression, naming(way, local), way)
        if line.name not in local and line.name not in QUANTITIES:
            local[line.name] = f"b_{line.name}"
        source.append(f"{local.get(line.name, f's_{line.name}')} = {value}")
    return source


LINES_SCALAR = """
can_oil_pipe = can_gas_pipe = can_lng = can_port = ZERO
can_land = OLD
for k in range(len(needs)):
    operating = stages[t, k] == OPERATING
    progress[k] = ONE if operating else min(progress[k] + (built[k] if stages[t, k] == BUILDING else ZERO), ONE)
    running = operating and stages[t, needs[k]] == OPERATING
    ramp[k] = min(ramp[k] + (filled[k] if running else ZERO), ONE)
    carried = ramp[k] if running else ZERO
    can_oil_pipe += loads[k, 0] * carried
    can_gas_pipe += loads[k, 1] * carried
    can_lng += loads[k, 2] * carried
    can_land += loads[k, 3] * carried
    can_port += loads[k, 4] * carried
"""
LINES_MANY = """
operating = stages[t] == OPERATING
progress = np.where(operating[:, None], ONE, np.minimum(progress + (built * (stages[t] == BUILDING))[:, None], ONE))
running = operating & operating[needs]
ramp = np.minimum(ramp + (filled * running)[:, None], ONE)
can_oil_pipe, can_gas_pipe, can_lng, can_land, can_port = (loads * running[:, None]).T @ ramp
can_land = can_land + OLD
"""


def source(way: Scalar) -> str:
    """The whole function, ``history(p, start, outside, fixed, given, stages, progress, ramp, needs, built, filled, loads, out)``."""
    steps = [f"f_{name} = outside[t, {place}]" for place, name in enumerate(Forcings._fields)]
    steps += [f"c_{name} = fixed[t, {place}]" for place, name in enumerate(OPTIONS)]
    steps += contributions(way)
    steps += (LINES_MANY if isinstance(way, Many) else LINES_SCALAR).strip().splitlines()
    steps += books(way)
    steps += [f"w_{name} = c_{name}" for name in OPTIONS]
    steps += ["if t % 4 == 3:"] + [f"    out[t // 4, {place}] = s_{name}" for place, name in enumerate(KEEP)]
    begin = {"kremlin": Kremlin.WESTERN, "zhongnanhai": Zhongnanhai.CAREFUL}
    head = [f"w_{name} = {way.number(float(begin.get(name, 0)))}" for name in OPTIONS]
    head += [f"p_{name} = p[{place}]" for place, name in enumerate(NAMES) if f"p_{name}" in "\n".join(steps)]
    head += [f"s_{name} = start[{place}]" for place, name in enumerate(scalars())]
    body = [
        f"    {line}"
        for line in [*head, "for t in range(outside.shape[0]):", *(f"    {step}" for step in steps)]
    ]
    name = "history(p, start, outside, fixed, given, stages, progress, ramp, needs, built, filled, loads, out)"
    return "\n".join([f"def {name}:", *body])


def scalars() -> list[str]:
    """The quantities that are one number for each member."""
    return [name for name, declared in QUANTITIES.items() if declared.kind != "lines"]


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + math.exp(-min(max(x, -80.0), 80.0)))


def _sigmoids(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.minimum(np.maximum(x, -80), 80)))


def _globals(one: Any) -> dict[str, Any]:
    fixed = {"ONE": one(1), "ZERO": one(0), "OLD": one(OLD_LAND)}
    return fixed | {"math": math, "np": np, "OPERATING": OPERATING, "BUILDING": BUILDING}


@cache
def plain() -> Callable[..., None]:
    """One run in plain Python."""
    space = _globals(float) | {"sigmoid": _sigmoid}
    exec(compile(source(Scalar()), "<plain>", "exec"), space)
    return space["history"]  # type: ignore[no-any-return]


@cache
def vectorised() -> Callable[..., None]:
    """Many runs at once in NumPy."""
    space = _globals(np.float32) | {"sigmoid": _sigmoids}
    exec(compile(source(Many()), "<numpy>", "exec"), space)
    return space["history"]  # type: ignore[no-any-return]


@cache
def compiled() -> tuple[Callable[..., None], Callable[..., None]]:
    """Many runs one after another in Numba, on one thread and on all."""
    import numba

    way = Single()
    text = source(way)
    one, most = np.float32(1), np.float32(80)

    @numba.njit(fastmath=FAST, error_model="numpy")
    def sigmoid(x: Any) -> Any:
        return one / (one + math.exp(-min(max(x, -most), most)))

    space = _globals(np.float32) | way.numbers | {"sigmoid": sigmoid}
    exec(compile(text, "<numba>", "exec"), space)
    history = numba.njit(fastmath=FAST, error_model="numpy")(space["history"])

    def every(
        p: Any,
        start: Any,
        outside: Any,
        fixed: Any,
        given: Any,
        stages: Any,
        needs: Any,
        built: Any,
        filled: Any,
        loads: Any,
        out: Any,
    ) -> None:
        for member in numba.prange(p.shape[0]):
            progress = np.zeros(len(needs), np.float32)
            ramp = np.zeros(len(needs), np.float32)
            history(
                p[member],
                start[member],
                outside,
                fixed,
                given,
                stages,
                progress,
                ramp,
                needs,
                built,
                filled,
                loads,
                out[member],
            )

    return numba.njit(every), numba.njit(parallel=True)(every)


def table() -> tuple[Any, ...]:
    """The lines as the contenders take them: needs, built and filled in a quarter, what each adds to the capacities."""
    rows = lines()
    land = rows.cargo["food"] + np.float32(FOOD_ON_BRIDGES) * rows.cargo["goods"]
    kinds = [rows.cargo["oil"], rows.cargo["gas"], rows.cargo["lng"], land, rows.cargo["port"]]
    loads = np.stack([rows.capacity * kind for kind in kinds], 1).astype(np.float32)
    return rows.needs, 1 / (4 * rows.build), 1 / (4 * rows.ramp), loads


def outside_of(quarters: Any) -> tuple[Numbers, ...]:
    """Forcings, choices, given values and stages of the lines, all single precision, by quarter."""
    return tuple(
        np.asarray(getattr(quarters, name), np.float32) for name in ("outside", "fixed", "given", "stages")
    )


def members_of(p: Any) -> Members:
    """Parameters and starts, (members, names)."""
    drawn = np.stack([np.asarray(getattr(p, name), np.float32) for name in NAMES])
    return np.ascontiguousarray(drawn.T), begin(drawn)


def begin(drawn: Numbers) -> Numbers:
    """Where members start in 1992-Q1, (members, quantities), from parameters (names, members)."""
    starts = [QUANTITIES[name].start for name in scalars()]
    columns = [
        drawn[NAMES.index(each)] if isinstance(each, str) else np.full_like(drawn[0], each) for each in starts
    ]
    return np.stack(columns, 1)


def run_plain(members: Members, quarters: Any) -> Numbers:
    """Every member after another, (members, years, kept): the lists and floats of plain Python."""

    class Rows(list[Any]):
        """Lists of lists read like an array, without the cost of one."""

        def __getitem__(self, at: Any) -> Any:
            return list.__getitem__(list.__getitem__(self, at[0]), at[1])

        def __setitem__(self, at: Any, value: Any) -> None:
            list.__getitem__(self, at[0])[at[1]] = value

        @property
        def shape(self) -> tuple[int]:
            return (len(self),)

    parameters, starts = members
    needs, built, filled, loads = table()
    seen = [Rows(each.tolist()) for each in outside_of(quarters)]
    found = []
    for one, start in zip(parameters.tolist(), starts.tolist(), strict=True):
        out = Rows([[0.0] * len(KEEP) for _ in range(len(seen[0]) // 4)])
        empty = [0.0] * len(needs), [0.0] * len(needs)
        plain()(
            one,
            start,
            *seen,
            *empty,
            needs.tolist(),
            built.tolist(),
            filled.tolist(),
            Rows(loads.tolist()),
            out,
        )
        found.append(list(out))
    return np.array(found, np.float32)


def run_numpy(members: Members, quarters: Any) -> Numbers:
    """All members at once, (members, years, kept)."""
    parameters, starts = members
    seen = outside_of(quarters)
    needs, built, filled, loads = table()
    out = np.zeros((len(seen[0]) // 4, len(KEEP), len(parameters)), np.float32)
    empty = np.zeros((len(needs), len(parameters)), np.float32)
    vectorised()(
        np.ascontiguousarray(parameters.T),
        np.ascontiguousarray(starts.T),
        *seen,
        empty,
        empty,
        needs,
        built,
        filled,
        loads,
        out,
    )
    return out.transpose(2, 0, 1)


def run_numba(members: Members, quarters: Any, parallel: bool = False) -> Numbers:
    """Every member after another by compiled code, (members, years, kept)."""
    parameters, starts = members
    seen = outside_of(quarters)
    out = np.zeros((len(parameters), len(seen[0]) // 4, len(KEEP)), np.float32)
    compiled()[parallel](parameters, starts, *seen, *table(), out)
    return out


def run_ema(members: Members, quarters: Any) -> Numbers:
    """Every member an experiment of EMA Workbench, whose model is the run in plain Python."""
    import contextlib
    import io
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench import ArrayOutcome, Model, RealParameter, SequentialEvaluator, perform_experiments
    from ema_workbench.em_framework.points import Sample

    def one(**values: float) -> dict[str, Any]:
        drawn = np.array([[values[name] for name in NAMES]], np.float32)
        found = run_plain((drawn, begin(drawn.T)), quarters)[0]
        return {name: found[:, place] for place, name in enumerate(KEEP)}

    model = Model("amur", function=one)
    columns = dict(zip(NAMES, members[0].T, strict=True))
    model.uncertainties = [
        RealParameter(name, float(each.min()) - 1, float(each.max()) + 1) for name, each in columns.items()
    ]
    model.outcomes = [ArrayOutcome(name) for name in KEEP]
    many = len(columns[NAMES[0]])
    samples = [Sample(str(k), **{name: float(each[k]) for name, each in columns.items()}) for k in range(many)]
    with contextlib.redirect_stderr(io.StringIO()), SequentialEvaluator(model) as evaluator:
        _, outcomes = perform_experiments(model, samples, evaluator=evaluator)
    return np.stack([outcomes[name] for name in KEEP], -1).astype(np.float32)
