"""The lines: a table that is checked, stages that take years, and the pace at which projects leave the paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from amur import record
from amur.errors import AmurError
from amur.record.coded.codings import codings
from amur.system import lines as table
from amur.system.decisions import Decisions, Leverage, Sanctions, Taiwan
from amur.system.declare import MECHANISMS, PARAMETERS
from amur.system.forcings import Forcings
from amur.system.lines import BUILDING, CONTRACT, HALTED, MEMORANDUM, OPERATING, advance, capacities, lines
from amur.system.parameters import draw
from amur.system.start import initial
from amur.system.state import State

QUARTERS = [f"{year}-Q{quarter}" for year in range(1992, 2026) for quarter in range(1, 5)]
NAMES = lines().names


def start() -> State:
    return initial(draw(1, 1))


def free() -> np.ndarray:
    return np.full(len(NAMES), np.nan, np.float32)


def place(name: str) -> int:
    return NAMES.index(name)


def put(now: State, **stages: int) -> State:
    stage, ramp = np.array(now.line_stage), np.array(now.line_ramp)
    for name, value in stages.items():
        stage[place(name.replace("_", "-"))] = value
        ramp[place(name.replace("_", "-"))] = value == OPERATING
    return now._replace(line_stage=jnp.asarray(stage), line_ramp=jnp.asarray(ramp))


@cache
def past() -> np.ndarray:
    """Stage of every line by quarter, as coded in the record or as the table says."""
    coded = codings(record.load())
    stages = np.zeros((len(QUARTERS), len(NAMES)), np.float32)
    for k, row in enumerate(lines().rows):
        for t, quarter in enumerate(QUARTERS):
            if row.coding:
                stages[t, k] = coded[f"project-stage.{row.coding}"].at(quarter).code
            elif quarter >= row.since:
                stages[t, k] = table.STAGES.index(row.stage)
    return stages


@pytest.fixture(scope="module")
def carried() -> dict[int, tuple[float, float, float, float]]:
    """What the lines could carry on average in each year of the record."""
    now, each = start(), []
    for stages in past():
        now = advance(now, jnp.zeros_like(now.line_stage), None, jnp.asarray(stages))
        each.append([float(value[0]) for value in capacities(now)])
    means = np.array(each).reshape(-1, 4, 5).mean(axis=1)
    return {1992 + number: tuple(mean) for number, mean in enumerate(means)}


def test_every_coded_project_is_a_line_or_left_out_for_a_reason() -> None:
    coded = {
        name.removeprefix("project-stage.")
        for name in codings(record.load())
        if name.startswith("project-stage.")
    }
    used = {row.coding for row in lines().rows if row.coding}
    assert used | set(table.LEFT_OUT) == coded
    assert not used & set(table.LEFT_OUT)


def test_sources_of_the_lines_stand_in_the_record() -> None:
    kept = record.load()
    events = {event.event for event in kept.events}
    for row in lines().rows:
        assert row.source in events or kept.timeseries(row.source).points, row.line


def test_gas_capacity_follows_the_deliveries_by_power_of_siberia(carried: dict[int, tuple[float, ...]]) -> None:
    delivered = {int(p.period): p.value for p in record.load().timeseries("energy.gas.pos1.rus-chn").points}
    for year in range(2020, 2026):
        assert carried[year][1] == pytest.approx(delivered[year], abs=4), year
    assert all(carried[year][1] >= delivered[year] - 1.1 for year in range(2020, 2026))


def test_oil_capacity_is_that_of_the_spur_and_the_transit(carried: dict[int, tuple[float, ...]]) -> None:
    assert [round(carried[year][0]) for year in (2010, 2012, 2014, 2018, 2024)] == [0, 15, 22, 37, 40]


def test_liquefied_gas_capacity_holds_the_exports_of_the_record(carried: dict[int, tuple[float, ...]]) -> None:
    exports = {int(p.period): p.value for p in record.load().timeseries("energy.lng.exports.rus").points}
    for year in (2011, 2013, 2015, 2017, 2020, 2022):
        assert carried[year][2] == pytest.approx(exports[year], rel=0.1), year


def test_a_line_under_works_takes_its_years() -> None:
    now = put(start(), power_of_siberia_2=BUILDING)
    sure = jnp.full_like(now.line_stage, 30.0)
    opened = []
    for _ in range(60):
        now = advance(now, sure, jnp.full_like(now.line_stage, 0.5), free())
        opened.append(float(now.line_stage[place("power-of-siberia-2")][0]) == OPERATING)
    assert opened.index(True) == 24  # six years of works, seen in the quarter after
    assert float(now.line_ramp[place("power-of-siberia-2")][0]) == 1


def test_a_line_opens_and_carries_only_with_the_one_it_needs() -> None:
    sure, half = jnp.full((len(NAMES), 1), -30.0), jnp.full((len(NAMES), 1), 0.5)
    now = put(start(), far_eastern_route_more=BUILDING)
    for _ in range(12):
        now = advance(now, sure, half, free())
    assert float(now.line_progress[place("far-eastern-route-more")][0]) == 1
    assert float(now.line_stage[place("far-eastern-route-more")][0]) == BUILDING
    both = put(now, far_eastern_route=OPERATING, far_eastern_route_more=OPERATING)
    alone = put(now, far_eastern_route=HALTED, far_eastern_route_more=OPERATING)
    assert float(capacities(both).gas_pipe[0]) == 12
    assert float(capacities(alone).gas_pipe[0]) == 0


def test_a_halted_line_carries_nothing_and_resumes_where_it_was() -> None:
    now = put(start(), power_of_siberia=OPERATING)
    stop, go = free(), free()
    stop[place("power-of-siberia")], go[place("power-of-siberia")] = HALTED, OPERATING
    halted = advance(now, jnp.zeros_like(now.line_stage), None, jnp.asarray(stop))
    assert float(capacities(halted).gas_pipe[0]) == 0
    resumed = advance(halted, jnp.zeros_like(now.line_stage), None, jnp.asarray(go))
    assert float(capacities(resumed).gas_pipe[0]) == 39


def readiness(leverage: int = Leverage.FORBEAR, **changes: float) -> np.ndarray:
    """The pulls on the lines at the middle of every prior, under the conditions of 2025 unless changed."""
    middle = type(
        "Middle", (), {n: jnp.asarray([float(d.prior.quantile(np.array(0.5)))]) for n, d in PARAMETERS.items()}
    )()
    conditions = {
        "gas_wst_share": 0.2, "leverage_chn": 0.4, "chn_oil_malacca": 360.0, "chn_oil_overland": 50.0, "chn_oil_pacific": 40.0,
        "chn_oil_opensea": 90.0, "chn_oil_unmet": 0.0, "threat_chn": 0.7, "trust_chn": 0.2, "trust_rus": 0.2,
        "border_worry": 0.15, "payment_friction": 0.4, "gas_pipe_capacity": 39.0,
    }  # fmt: skip
    outside = {
        "gas_cas": 42.0,
        "gas_demand_chn": 180.0,
        "transition": 0.2,
        "link_controls": 0.0,
        "western_coordination": 0.5,
    }
    state = {name: jnp.asarray([changes.get(name, value)]) for name, value in conditions.items()}
    stage = np.zeros((len(NAMES), 1), np.float32) + past()[-1][:, None]
    was = Decisions(**dict.fromkeys(Decisions._fields, jnp.asarray([0])))
    was = was._replace(sanctions=jnp.asarray([Sanctions.COMPREHENSIVE]))
    chosen = was._replace(
        leverage=jnp.asarray([leverage]), taiwan=jnp.asarray([int(changes.get("taiwan", Taiwan.COERCION))])
    )
    now = start()._replace(**state, line_stage=jnp.asarray(stage), was=was)
    forcings = Forcings(**{n: jnp.asarray([changes.get(n, outside.get(n, 1.0))]) for n in Forcings._fields})
    total = np.zeros((len(NAMES), 1))
    for each in MECHANISMS.values():
        if each.group == "infrastructure":
            total = total + np.asarray(each.function(now, chosen, forcings, middle)["pull_lines"])
    return np.asarray(table.odds_of_step(jnp.asarray(stage), jnp.asarray(total)))[:, 0]


def yearly(log_odds: float) -> float:
    return 1 - (1 + np.exp(log_odds)) ** -4.0


def test_the_second_power_of_siberia_may_be_signed_any_year_and_probably_is_not() -> None:
    assert past()[-1][place("power-of-siberia-2")] == MEMORANDUM
    now = yearly(readiness()[place("power-of-siberia-2")])
    assert 0.02 < now < 0.15
    squeezed = yearly(readiness(Leverage.SQUEEZE)[place("power-of-siberia-2")])
    before = yearly(readiness(gas_wst_share=0.85, gas_pipe_capacity=0.0)[place("power-of-siberia-2")])
    crisis = yearly(readiness(taiwan=Taiwan.CRISIS)[place("power-of-siberia-2")])
    assert squeezed < now < crisis
    assert before < now


def test_controls_on_links_hold_back_every_line_on_paper() -> None:
    free_of, under = readiness(), readiness(link_controls=1.0)
    on_paper = np.array(
        [past()[-1][k] <= CONTRACT and row.cargo != "plant" for k, row in enumerate(lines().rows)]
    )
    assert on_paper.sum() >= 5
    assert (under < free_of)[on_paper].all()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("espo-spur,Oil pipeline", "ESPO,Oil pipeline", "line"),
        (",oil,15,2,", ",oils,15,2,", "cargo"),
        (",oil,15,2,", ",oil,-15,2,", "capacity"),
        (",oil,15,2,", ",oil,15,soon,", "build_years"),
        ("espo-spur,espo-second-line", "espo-spurs,espo-second-line", "needs"),
        ("2009-Q1,operating", "2009,operating", "since"),
        ("2009-Q1,operating", "2009-Q1,running", "stage"),
        ("2009-Q1,operating", ",", "since"),
        ("energy.lng.arctic2.rus-chn", "", "source"),
    ],
)
def test_a_fault_in_the_table_names_its_place(tmp_path: Path, old: str, new: str, field: str) -> None:
    text = table.FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "lines.csv"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    number = 1 + next(k for k, line in enumerate(text.splitlines()) if old in line)
    with pytest.raises(AmurError) as fault:
        table.read(file)
    assert (fault.value.file, fault.value.line, fault.value.field) == (str(file), number, field)
    assert isinstance(table.read(table.FILE).names, tuple)
