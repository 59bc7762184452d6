"""The equations of the step in the book give what the code gives."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from amur.book.step import BLOCKS, SPLITS, page
from amur.system import equations, examples
from amur.system.accounts import account
from amur.system.flows import CUTTABLE, Limits, settle
from amur.system.lines import advance, capacities, lines
from amur.system.state import Accounts, Flows

MANY = 300


def solved(name: str, values: dict[str, Any]) -> dict[str, Any]:
    return equations.parse(BLOCKS[name], defines=True).define(values)


@pytest.fixture(scope="module")
def world() -> dict[str, Any]:
    """One quarter's books, by the code and by the book."""
    points = examples.points(MANY, seed=31)
    now, _, outside, p, pulls = examples.arguments(points)["settle"]
    random = np.random.default_rng(3)
    cuts = {name: np.where(random.random(MANY) < 0.5, 1.0, random.random(MANY)) for name in CUTTABLE}
    adds = {name: np.where(random.random(MANY) < 0.7, 0.0, random.normal(0, 20, MANY)) for name in CUTTABLE}
    limits = Limits(
        *({name: jnp.asarray(each, jnp.float32) for name, each in both.items()} for both in (cuts, adds))
    )
    can = capacities(now)
    settled = settle(now, pulls, outside, p, limits, can)
    counted = account(settled, outside, p, can)

    values = (
        points.by_name() | {f"cut_{n}": v for n, v in cuts.items()} | {f"add_{n}": v for n, v in adds.items()}
    )
    values |= solved("capacities", values)
    for good, (supply, chn, wst, regain) in SPLITS.items():
        each = {"share_chn": values[chn], "share_wst": values[wst]}
        each |= {
            f"{what}_{to}": values[f"{what}_{good}_{to}"]
            for what in ("cut", "add")
            for to in ("chn", "wst", "sou")
        }
        head = f"supply = {supply}\nregain = {regain}"
        each |= equations.parse(head, defines=True).define(values)
        flows = solved("split", each)
        values |= {f"{good}_{to}": flows[f"flow_{to}"] for to in ("chn", "wst", "sou")}
    for name in ("bounded", "unsplit", "routes", "values", "accounts"):
        told = solved(name, values)
        values |= {k: v for k, v in told.items() if k in Flows._fields + Accounts._fields}
    return {"code": counted, "book": values, "can": can}


@pytest.mark.parametrize("name", [*Flows._fields, *Accounts._fields])
def test_flow_or_account(name: str, world: dict[str, Any]) -> None:
    code, book = np.asarray(getattr(world["code"], name), float), np.asarray(world["book"][name])
    # Differences of large numbers lose digits in single precision.
    np.testing.assert_allclose(book, code, rtol=2e-4, atol=2e-5 * max(1.0, float(np.abs(code).max())))


def test_capacities(world: dict[str, Any]) -> None:
    for name, value in world["can"]._asdict().items():
        np.testing.assert_allclose(world["book"][f"can_{name}"], value, rtol=1e-4, err_msg=name)


@pytest.mark.parametrize("given", [False, True])
def test_lines(given: bool) -> None:
    points = examples.points(MANY, seed=37)
    now, _, _, _, pulls = examples.arguments(points)["settle"]
    random = np.random.default_rng(4)
    luck = random.random(points.state["line_stage"].shape) ** 3
    stages = (
        np.where(random.random(len(luck)) < 0.5, random.integers(0, 7, len(luck)), np.nan)
        if given
        else np.full(len(luck), np.nan)
    )
    after = advance(now, pulls.pull_lines, jnp.asarray(luck, jnp.float32), jnp.asarray(stages, jnp.float32))
    state = points.state
    values = {
        "stage": state["line_stage"],
        "progress": state["line_progress"],
        "ramp": state["line_ramp"],
        "luck": luck,
    }
    values |= {
        "pull_lines": points.pulls["pull_lines"],
        "told": ~np.isnan(stages)[:, None],
        "stage_told": np.nan_to_num(stages)[:, None],
    }
    values["alone"] = (lines().needs == np.arange(len(luck)))[:, None]
    told = solved("advance", values)
    for name in ("line_stage", "line_progress", "line_ramp"):
        np.testing.assert_allclose(told[name], getattr(after, name), rtol=1e-4, atol=1e-5, err_msg=name)


def test_page_holds_every_equation() -> None:
    text = page()
    for block in BLOCKS.values():
        assert equations.parse(block, defines=True).text in text
    assert "{" not in text.replace("\\", "").split("```math")[0]
