"""Bits per observation and the matrix of competing hypotheses: sums that must hold, words, sources and files."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from amur.conditioning import bits, matrix, weights
from amur.conditioning.cells import cells, stacked, value_in_words
from amur.conditioning.evidence import QUARTERS, YEARS, Evidence, evidence
from amur.errors import AmurError
from amur.record import load

NAN = float("nan")


@pytest.fixture(scope="module")
def seen():
    return evidence().only("oil_chn", "vetoes", "sanctions", "concession", "wedge", "treaty")


@pytest.fixture(scope="module")
def predictive(seen):
    rng = np.random.default_rng(5)
    there = seen.by_name(seen.there)
    return {
        reading: {
            name: np.where(each, rng.normal(level, 0.5, len(each)), NAN) for name, each in there.items()
        }
        for reading, level in {"east": -1.0, "west": -1.1, "habit": -1.3}.items()
    }  # fmt: skip


@pytest.fixture(scope="module")
def increments(predictive):
    sums = {}
    for reading, each in predictive.items():
        sums[reading] = sum(np.nan_to_num(values).reshape(len(YEARS), -1).sum(1) for values in each.values())
    return sums


@pytest.fixture(scope="module")
def table(predictive, seen):
    return cells(predictive, seen)


def test_one_observation_a_year_adds_up_to_the_log_of_the_weights():
    values = np.full(len(YEARS), NAN)
    values[10:20] = 5.0
    one = Evidence({"oil_chn": values}, {}, "2025", None)
    rng = np.random.default_rng(1)
    densities = {r: {"oil_chn": np.where(np.isfinite(values), rng.normal(-1, 1, 34), NAN)} for r in "ab"}
    increments = {r: np.nan_to_num(each["oil_chn"]) for r, each in densities.items()}
    made = weights.prequential(increments, YEARS, {"a": 3, "b": 1})
    found = bits.bits(cells(densities, one), made, increments)
    np.testing.assert_allclose(found.values.sum(0), np.log2(made.values[-1] / made.start))
    np.testing.assert_allclose(found.together, 0, atol=1e-12)
    difference = (increments["a"] - increments["b"]).sum() / np.log(2)
    assert found.values.sum(0) @ [1, -1] == pytest.approx(difference)


def test_singles_and_what_they_say_together_add_up(table, increments):
    made = weights.prequential(increments, YEARS)
    found = bits.bits(table, made, increments)
    total = found.values.sum(0) + found.together.sum(0)
    np.testing.assert_allclose(total, np.log2(made.values[-1] / made.start))
    # no free lunch: weighted by the mixture, densities relative to it average to one
    before = made.before[[int(row.year) - 1992 for row in table.rows]]
    np.testing.assert_allclose((before * 2**found.values).sum(1), 1)


@pytest.mark.parametrize("by", ["series", "year", "block"])
def test_sums_take_the_same_bits_apart(table, increments, by):
    found = bits.bits(table, weights.stacking(increments, YEARS), increments)
    sums = found.sums(by)
    assert sum(each["east"] for each in sums.values()) == pytest.approx(found.values[:, 0].sum())
    assert set(found.sums("block")) == {"energy", "diplomacy", "decisions", "prices"}


def test_the_observation_that_moved_a_reading_is_found_and_told(predictive, seen, increments):
    moved = {reading: dict(each) for reading, each in predictive.items()}
    quarter = next(q for q in range(1, 136) if seen.options["sanctions"][q] != seen.options["sanctions"][q - 1])
    moved["west"]["sanctions"] = moved["west"]["sanctions"].copy()
    moved["west"]["sanctions"][quarter] += 6
    moved["east"]["vetoes"] = moved["east"]["vetoes"].copy()
    moved["east"]["vetoes"][20] -= 9
    third = np.full(3, 1 / 3)
    even = weights.Weights(("east", "west", "habit"), YEARS, np.tile(third, (34, 1)), third)
    found = bits.bits(cells(moved, seen), even, increments)
    best, _ = bits.movers(found, "west", 3)
    _, worst = bits.movers(found, "east", 3)
    assert best[0][:2] == ("sanctions", QUARTERS[quarter])
    assert best[0].words == "Sanctions, a decision of the West: none to targeted"
    assert best[0].bits > best[1].bits > 0 > worst[1].bits > worst[0].bits
    assert (worst[0].name, worst[0].period) == ("vetoes", "2012")
    with pytest.raises(AmurError, match="no reading 'north'"):
        bits.movers(found, "north")


def test_quarters_of_staying_are_one_mover(table, increments):
    found = bits.bits(table, weights.stacking(increments, YEARS), increments)
    best, worst = bits.movers(found, "habit", 10_000)
    staying = {mover.name: mover for mover in (*best, *worst) if not mover.period}
    assert set(staying) == {"sanctions", "wedge", "treaty"}
    place = [n for n, row in enumerate(table.rows) if row.name == "treaty" and row.period != "2001-Q3"]
    assert len(place) == 135
    assert staying["treaty"].bits == pytest.approx(found.values[place, 2].sum())


def test_what_a_reading_did_not_foretell_is_left_out_for_all(predictive, seen, table):
    lacking = {reading: dict(each) for reading, each in predictive.items()}
    lacking["habit"]["vetoes"] = lacking["habit"]["vetoes"].copy()
    lacking["habit"]["vetoes"][0] = NAN
    less = cells(lacking, seen)
    assert [(row.name, row.period) for row in less.left_out] == [("vetoes", "1992")]
    assert len(less.rows) == len(table.rows) - 1
    assert not table.left_out
    del lacking["habit"]["vetoes"]
    with pytest.raises(AmurError, match="habit does not say how likely each value of vetoes was"):
        cells(lacking, seen)


def test_stacking_by_observation_uses_every_observation_so_far(table):
    made = stacked(table, YEARS)
    np.testing.assert_allclose(made.values.sum(1), 1)
    past = np.array([row.year <= "2000" for row in table.rows])
    np.testing.assert_allclose(
        made.values[8], weights.stack(table.densities[past], np.full(3, 1 / 3)), atol=1e-6
    )


def test_readings_of_different_runs_are_not_mixed(table, increments):
    other = weights.prequential({"east": increments["east"]}, YEARS)
    with pytest.raises(AmurError, match="different readings"):
        bits.bits(table, other, increments)
    short = weights.prequential({name: each[:5] for name, each in increments.items()}, YEARS[:5])
    with pytest.raises(AmurError, match="no weights for 1997"):
        bits.bits(table, short, increments)


def test_the_matrix_is_sorted_by_how_much_rows_tell_apart(table):
    rows = matrix.matrix(table)
    assert [row.deviation for row in rows] == sorted((row.deviation for row in rows), reverse=True)
    for row in rows:
        nats = np.array(list(row.cells.values()))
        assert row.spread == pytest.approx((nats.max() - nats.min()) / np.log(2))
        assert row.deviation == pytest.approx(nats.std() / np.log(2))
    total = sum(row.cells["east"] for row in rows)
    assert total == pytest.approx(table.densities[:, 0].sum())
    assert {row.name for row in rows if row.kind == "staying"} == {"sanctions", "wedge", "treaty"}


def test_rows_say_where_they_come_from(table):
    record = load()
    rows = {(row.name, row.period): row for row in matrix.matrix(table)}
    sanctions = rows["sanctions", "2014-Q1"]
    assert sanctions.words == "none to targeted"
    assert sanctions.origin.series == ("decision.western-sanctions",)
    assert sanctions.origin.events
    assert all(event in record.event for event in sanctions.origin.events)
    assert sanctions.origin.reason
    treaty = rows["treaty", "2001-Q3"]
    assert treaty.origin.events == ("2001-07-16.treaty",)
    oil = rows["oil_chn", "2020"]
    assert (oil.unit, oil.origin.series) == ("Mt", ("energy.crude.volume.rus-chn",))
    assert oil.value == record.timeseries("energy.crude.volume.rus-chn").values["2020"]
    known = set(record.sources)
    for row in rows.values():
        assert set(row.origin.sources) <= known
        assert row.origin.sources or row.kind == "staying" or row.origin.reason, row


def test_the_matrix_is_written_whole(table, tmp_path):
    rows = matrix.matrix(table)
    made = json.loads(matrix.write(tmp_path / "ach.json", rows, table.readings, {"stamp": "x"}).read_text())
    assert made["readings"] == ["east", "west", "habit"]
    assert len(made["rows"]) == len(rows)
    assert made["rows"][0]["cells"] == pytest.approx(rows[0].cells)
    assert all(row["value"] is None for row in made["rows"] if row["kind"] == "staying")
    matrix.write(tmp_path / "ach.csv", rows, table.readings)
    with (tmp_path / "ach.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["name"] for line in lines] == [row.name for row in rows]
    assert float(lines[0]["west"]) == pytest.approx(rows[0].cells["west"], abs=1e-4)
    with pytest.raises(AmurError, match="it is a folder"):
        matrix.write(tmp_path, rows, table.readings)


def test_an_impossible_cell_tells_apart_without_end(predictive, seen, tmp_path):
    never = {reading: dict(each) for reading, each in predictive.items()}
    never["west"]["vetoes"] = never["west"]["vetoes"].copy()
    never["west"]["vetoes"][3] = -np.inf
    table = cells(never, seen)
    first = matrix.matrix(table)[0]
    assert (first.name, first.period, first.spread) == ("vetoes", "1995", np.inf)
    text = matrix.write(tmp_path / "m.json", (first,), table.readings).read_text()
    assert json.loads(text)["rows"][0]["cells"]["west"] is None


def test_values_are_told_with_their_units():
    from amur.conditioning.cells import Observation

    assert value_in_words(Observation("oil_chn", "2020", 83.57, NAN)) == "83.6 Mt"
    assert value_in_words(Observation("yuan_share", "2020", 0.25, NAN)) == "25.0%"
    assert value_in_words(Observation("vetoes", "2020", 2.0, NAN)) == "2"
    assert value_in_words(Observation("stance", "2020-Q1", 2.0, 1.0)) == "code 2"
    assert value_in_words(Observation("arms_world", "2002", 5913.0, NAN)) == "5,913 TIV mn"
