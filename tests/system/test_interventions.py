"""Interventions: what they may be, how they become arrays, and what a faulty file is told."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amur import claims
from amur.errors import AmurError
from amur.system import quarters
from amur.system.decisions import Taiwan
from amur.system.declare import MECHANISMS
from amur.system.flows import CUTTABLE
from amur.system.forcings import Forcings
from amur.system.interventions import (
    Add,
    Capacity,
    Change,
    Cut,
    Force,
    Freeze,
    Hold,
    Line,
    Scale,
    as_json,
    as_toml,
    from_json,
    mechanisms_of,
)
from amur.system.lines import OPERATING, capacities, lines
from amur.system.model import DECISIONS, GIVEN, places
from amur.system.scenario_files import read, scenario, scenarios
from amur.system.schedule import freezes, over, schedule, weight
from amur.system.state import QUANTITIES, State
from amur.system.step import Quarter

ONE = next(iter(MECHANISMS))
AHEAD = quarters.number("2026-Q1")
ALL = (
    Hold("oil_price", 150, start="2027-Q1", ramp=2),
    Hold("momentum", -0.5, begin=0.5, start="2027-Q1", end="2028-Q4", ramp=1),
    Change("gas_price", 1.5, end="2027-Q4", fade=3),
    Change("oil_cas", 5, how="add"),
    Force("taiwan", "war", start="2030-Q1", end="2030-Q4"),
    Scale(ONE, 0.5),
    Cut("gas_chn", 0.25),
    Add("oil_chn", 10),
    Line("power-of-siberia-2", "built", start="2033-Q1"),
    Capacity("power-of-siberia", 0.5, start="2028-Q1"),
    Capacity("power-of-siberia", 8, how="add", start="2029-Q1"),
    Freeze("trust", "2013-Q4"),
)


def laid(*interventions):
    return schedule(interventions, 220, AHEAD)


@given(st.integers(0, 400))
def test_quarters_have_numbers_and_names(at):
    assert quarters.number(quarters.label(at)) == at


def test_a_year_means_its_first_quarter_or_its_last():
    assert quarters.label(quarters.number("2030")) == "2030-Q1"
    assert quarters.label(quarters.number("2030", last=True)) == "2030-Q4"


def test_force_comes_in_by_the_ramp_and_goes_by_the_fade():
    change = Change("oil_price", 2.0, start="2027-Q1", end="2027-Q4", ramp=1, fade=1)
    first = quarters.number("2026-Q4")
    assert weight(change, 220, AHEAD)[first : first + 7].tolist() == [0, 0.5, 1, 1, 1, 0.5, 0]


def test_without_a_start_an_intervention_begins_with_the_first_quarter_ahead():
    force = weight(Cut("gas_chn", 1.0), 220, AHEAD)
    assert force[AHEAD - 1] == 0
    assert force[AHEAD] == 1


def test_each_kind_writes_its_own_array_and_no_other():
    empty = laid()
    own = {
        "hold": ("scale", "shift", "given"), "change": ("scale", "shift"), "force": ("fixed",), "scale": ("strength",),
        "cut": ("cut",), "add": ("add",), "line": ("stages",), "capacity": ("open",), "freeze": (),
    }  # fmt: skip
    for each in ALL:
        made = laid(each)
        changed = {
            name
            for name, a, b in zip(made._fields, made, empty, strict=True)
            if not np.array_equal(a, b, equal_nan=True)
        }
        assert changed <= set(own[each.word]), each
        assert changed or each.word == "freeze", each


def test_values_are_laid_where_they_belong():
    made, at = laid(*ALL), quarters.number("2030-Q2")
    assert made.fixed[at, DECISIONS.index("taiwan")] == Taiwan.WAR
    assert made.fixed[quarters.number("2031-Q1"), DECISIONS.index("taiwan")] == -1
    assert made.cut[at, CUTTABLE.index("gas_chn")] == 0.75
    assert made.add[at, CUTTABLE.index("oil_chn")] == 10
    assert made.strength[at, places()[ONE]] == 0.5
    assert made.stages[quarters.number("2033-Q1"), lines().names.index("power-of-siberia-2")] == OPERATING
    line = lines().names.index("power-of-siberia")
    assert made.open[quarters.number("2028-Q1"), line] == 0.5
    assert made.open[quarters.number("2029-Q1"), line] * lines().capacity[line] == pytest.approx(0.5 * 39 + 8)
    path = made.given[quarters.number("2027-Q1") :, GIVEN.index("momentum")]
    assert path[:3].tolist() == [0, -0.5, -0.5]
    assert freezes(ALL) == {name: quarters.number("2013-Q4") for name in mechanisms_of("trust")}


def test_laid_over_a_quarter_forcings_are_scaled_then_shifted_and_the_later_wins():
    place = Forcings._fields.index("oil_price")
    made = laid(
        Change("oil_price", 2.0), Change("oil_price", 5, how="add"), Hold("gas_price", 7), Hold("gas_price", 9)
    )
    at = made.between(AHEAD, AHEAD + 1)
    one = type(at)(*(each[0] for each in at))
    outside = jnp.full((len(Forcings._fields), 3), 50.0)
    quarter = Quarter(
        outside,
        *(jnp.asarray(each) for each in (one.fixed, one.given, one.stages, one.strength, one.cut, one.add)),
        at=jnp.int32(AHEAD),
    )
    result = over(quarter, one)
    assert result.outside[place].tolist() == [105, 105, 105]
    assert result.outside[Forcings._fields.index("gas_price")].tolist() == [9, 9, 9]


def test_a_line_carries_its_capacity_times_what_is_left_of_it():
    many = len(lines().names)
    now = State(**{name: jnp.ones((many, 2)) if made.kind == "lines" else jnp.zeros(2) for name, made in QUANTITIES.items()}, was=None)  # fmt: skip
    now = now._replace(line_stage=jnp.full((many, 2), float(OPERATING)))
    whole = capacities(now)
    made = laid(Capacity("power-of-siberia", 0.25), Capacity("power-of-siberia-2", -100, how="add"))
    less = capacities(now, jnp.asarray(made.open[AHEAD]))
    cargo = lines().capacity
    gone = (
        0.75 * cargo[lines().names.index("power-of-siberia")] + cargo[lines().names.index("power-of-siberia-2")]
    )
    np.testing.assert_allclose(whole.gas_pipe - less.gas_pipe, gone, rtol=1e-6)
    assert (whole.oil_pipe == less.oil_pipe).all()


def test_a_line_whose_cargo_is_not_counted_has_no_capacity_to_change():
    with pytest.raises(AmurError, match="no capacity"):
        Capacity("cku-railway", 2.0)


def test_a_list_survives_json_and_toml(tmp_path):
    assert from_json(as_json(ALL)) == ALL
    file = tmp_path / "mine.toml"
    file.write_text(as_toml(ALL))
    assert read(file).interventions == ALL


def test_a_group_means_all_its_mechanisms():
    assert set(mechanisms_of("trust")) == {name for name, made in MECHANISMS.items() if made.group == "trust"}


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ('[[interventions]]\ndo = "hold"\nquantity = "oil_prize"\nvalue = 3', 3, "quantity", "oil_price"),
        (
            '[[interventions]]\ndo = "hold"\nquantity = "coordination"\nvalue = 0.3',
            3,
            "quantity",
            "cannot be held",
        ),
        ('[[interventions]]\ndo = "hold"\nquantity = "oil_price"\nvalue = "high"', 4, "value", "number"),
        ('[[interventions]]\ndo = "hold"\nquantity = "oil_price"\nvalue = 1e9', 4, "value", "out of range"),
        ('[[interventions]]\ndo = "hold"\nquantity = "oil_price"', 1, "value", "lacks value"),
        (
            '[[interventions]]\ndo = "cut"\nflow = "oil_chn"\nshare = 0.1\n\n[[interventions]]\ndo = "forse"',
            7,
            "do",
            "force",
        ),
        ('[[interventions]]\ndo = "force"\ndecision = "taiwan"\noption = "wars"', 4, "option", "war"),
        ('[[interventions]]\ndo = "scale"\nmechanism = "trust"\nstrength = 3', 4, "strength", "out of range"),
        ('[[interventions]]\ndo = "cut"\nflow = "oil_chn"\nshare = 0.1\nstart = "soon"', 5, "start", "2027-Q1"),
        (
            '[[interventions]]\ndo = "cut"\nflow = "oil_chn"\nshare = 0.1\nstart = "2030"\nend = "2029"',
            6,
            "end",
            "before",
        ),
        ('[[interventions]]\ndo = "cut"\nflow = "oil_chn"\nshare = 0.1\nramp = 1.5', 5, "ramp", "whole number"),
        (
            '[[interventions]]\ndo = "line"\nline = "power-of-siberia-3"\nstage = "built"',
            3,
            "line",
            "power-of-siberia-2",
        ),
        ('[[interventions]]\ndo = "cut"\nflow = "oil_chn"\nshares = 0.1', 4, "shares", "share"),
        ('titel = "x"\n[[interventions]]\ndo = "cut"', 1, "titel", "title"),
        ("title = \n", 1, None, "TOML"),
        ('title = "x"', None, None, "no interventions"),
    ],
)
def test_a_fault_names_file_line_field_and_mend(tmp_path, text, line, field, says):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(AmurError) as caught:
        read(file)
    assert (caught.value.file, caught.value.line, caught.value.field) == (str(file), line, field)
    assert says in str(caught.value)


def test_every_scenario_is_told_and_rests_on_known_claims():
    known = {claim.claim for claim in claims.load()}
    for name, each in scenarios().items():
        assert all((each.title, each.what, each.why, each.claims)), name
        assert set(each.claims) <= known, name
        assert (each.kind == "lever") == bool(each.actor), name
        laid(*each.interventions)


def test_every_scenario_and_lever_that_the_claims_name_exists():
    homes = [home for claim in claims.load() for home in claim.home if home.startswith(("scenario:", "lever:"))]
    assert len(homes) >= 10
    for home in homes:
        scenario(home.partition(":")[2])


def test_an_unknown_scenario_names_the_nearest():
    with pytest.raises(AmurError, match="taiwan-war"):
        scenario("taiwan-wars")
