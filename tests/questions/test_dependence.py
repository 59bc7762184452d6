"""Who needs whom: on the real record and the real model, with few futures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from amur.questions.answer import Answer
from amur.questions.dependence import Asked, answer, sectors, times
from amur.questions.dependence.books import GOODS_PART, TECH_PART, books
from amur.questions.dependence.cuts import CUTS, laid_over
from amur.questions.dependence.simulated import twins
from amur.questions.ensembles import Common, Run, posterior, run
from amur.record import Record, load

ENERGY = "china-stops-buying"


@pytest.fixture(scope="module")
def told(few: Common) -> Answer:
    return answer(Asked(cut=ENERGY, futures=few.futures))


def test_the_books_are_those_of_the_model(few: Common, futures: Run) -> None:
    """Volumes times prices by sector add up to the totals that the model keeps."""
    made = books(futures, posterior(few), 0, 20)
    to_china = sum(made.to_china.values())
    assert to_china == pytest.approx(futures["exports_rus_chn"][:20].astype(float), rel=1e-4)
    whole = to_china + sum(made.to_others.values())
    assert whole == pytest.approx(futures["exports_rus"][:20].astype(float), rel=1e-4)
    assert made.budget == pytest.approx(made.imports, rel=1e-4)


def test_what_is_rerouted_at_once_is_as_in_the_flows(few: Common) -> None:
    """The parts used for the time to replace are those of the model itself."""
    p = posterior(few)
    plain, cut = run(few), run(few, laid_over("china-stops-selling"))
    for good, part in (("goods", GOODS_PART), ("tech", TECH_PART)):
        found = (cut[f"{good}_sou"][0] - plain[f"{good}_sou"][0]) / plain[f"{good}_chn"][0]
        assert found == pytest.approx(part * p["reroute"], abs=2e-3)


@pytest.mark.parametrize("name", list(CUTS))
def test_no_cut_costs_nothing(few: Common, name: str) -> None:
    made = twins(few, name, 0.0, False)
    assert all(not np.any(part) for part in made.cost)


@pytest.mark.parametrize(("name", "side"), [(ENERGY, "russia"), ("china-stops-selling", "russia"), ("russia-stops-selling", "china")])  # fmt: skip
def test_a_larger_cut_never_costs_the_cut_side_less(few: Common, name: str, side: str) -> None:
    """In every member while chances are the same, and on average over four quarters."""
    made = [twins(few, name, share, False) for share in (0.0, 0.4, 1.0)]
    found = [getattr(each.cost, side) for each in made]
    # A side that paid more than the market would ask is rid of a burden; those members may gain.
    paid = made[0].base.discount[0] >= 0 if side == "china" else np.ones(few.mixture.members, bool)
    assert np.average(paid, weights=few.mixture.weights) > 0.9
    for less, more in pairwise(found):
        assert np.all((more[0] >= less[0] - 1e-5)[paid])
        means = [np.average(each[:4].sum(0), weights=few.mixture.weights) for each in (less, more)]
        assert means[0] < means[1]


def test_turning_never_costs_more_and_heals(told: Answer) -> None:
    for over in ("4 quarters", "8 quarters", "20 quarters"):
        books_, turning = (
            told.number("cost", over=over, side="Russia", way=way) for way in ("books", "turning")
        )
        assert turning.value <= books_.value
    healed = [told.number("regained", way="turning", quarter=each).value for each in ("1", "4", "8", "20")]
    assert healed == sorted(healed)


def test_costs_as_shares_of_output_rest_on_the_record(told: Answer) -> None:
    gdp = load(overlay=False).timeseries("trade.gdp.rus").latest
    assert gdp is not None
    dollars, part = (
        told.number(name, side="Russia", way="books", over="8 quarters") for name in ("cost", "cost-gdp")
    )
    assert part.value == pytest.approx(100 * dollars.value / 2 / gdp.value)
    assert gdp.period in " ".join(told.notes)
    assert "trade.gdp.rus" in " ".join(told.notes)


def test_pipeline_gas_finds_no_other_way_out(told: Answer) -> None:
    rows = [row for row in told.tables["regained"] if row["sector"] == "pipeline gas"]
    assert len(rows) == 20
    assert all(abs(float(str(row["middle"]))) < 0.02 for row in rows)


def test_the_statement_says_the_numbers(told: Answer) -> None:
    first = told.numbers[0]
    assert first.name == "asymmetry"
    assert f"{first.value:.1f}" in told.statement
    assert (first.value > 1) == ("Russia loses" in told.statement)
    assert {"G16", "G17", "G18", "T7", "P17"} <= set(told.rests.claims)
    assert told.rests.sources


def test_every_figure_of_the_record_has_its_source(told: Answer) -> None:
    for row in told.tables["sectors"]:
        assert (row["share"] is None) == (not row["source"])
        assert row["about"]
    for row in told.tables["times"]:
        assert row["source"]
        assert row["how"]


def test_leverage_runs_from_1992_to_2036(told: Answer) -> None:
    rows = told.tables["leverage"]
    assert [row["year"] for row in rows] == list(range(1992, 2037))
    for row in rows:
        low, middle, high = (float(str(row[f"leverage_chn_{each}"])) for each in ("low90", "middle", "high90"))
        assert 0 <= low <= middle <= high <= 1
    assert all(row["recorded_rus"] is None for row in rows if row["ahead"])


def test_there_and_back(told: Answer, there_and_back: Callable[[Answer], Answer]) -> None:
    again = there_and_back(told)
    assert json.dumps(again.as_json()) == json.dumps(told.as_json())


@pytest.mark.parametrize("day", ["2014-12-31", "2021-12-31"])
def test_nothing_later_than_the_day_is_used(day: str) -> None:
    made = answer(Asked(as_of=day))
    periods = [
        str(row["period"])[:4] for name in ("sectors", "measures") for row in made.tables[name] if row["period"]
    ]
    assert periods
    assert max(periods) <= day[:4]
    assert not any(
        year in str(row["how"]) for row in made.tables["times"] for year in ("2022", "2023", "2024", "2025")
    )
    # A record from which every later observation is gone gives the same rows.
    record = load(day, overlay=False)
    trimmed = Record(replace(record.tables, observations=record.observations), record.as_of)
    assert sectors.table(trimmed) == made.tables["sectors"]
    assert (*times.paces(trimmed), *times.halvings(trimmed)) == made.tables["times"]
    assert "costs" not in made.tables
    assert "Ask without a day" in made.notes[0]


def test_another_pair_is_answered_from_the_record() -> None:
    made = answer(Asked(dyad="kaz-chn"))
    assert made.title.endswith("Kazakhstan and China")
    assert {row["dyad"] for row in made.tables["measures"]} == {"KAZ-CHN", "CHN-KAZ"}
    assert "China and Russia only" in made.notes[0]
    assert all(each.kind == "fact" for each in made.numbers)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--dyad", "RUS-BRA"), "dyad"),
        (("--dyad", "Russia"), "dyad"),
        (("--cut", "everything"), "cut"),
        (("--share", "1.5"), "share"),
        (("--cut", "payments-stop", "--share", "0.5"), "share"),
        (("--as-of", "2021-15-01"), "as-of"),
        (("--as-of", "2019-12-31", "--cut", "all-trade"), "cut"),
        (("--as-of", "1980-01-01"), "as_of"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(refused: Callable[..., str], words: tuple[str, ...], field: str) -> None:  # fmt: skip
    assert f"field '{field}'" in refused("ask", "dependence", *words)


def test_chart_and_words_of_the_command(told: Answer, amur: Callable[..., object], tmp_path: object) -> None:
    from amur.charts.answers import chart
    from amur.charts.saving import specification

    for made in (told, answer(Asked(as_of="2020-12-31")), answer(Asked(dyad="RUS-IND"))):
        text = json.dumps(specification(chart(made)))
        assert "percent" in text
    ran = amur("ask", "dependence", "--dyad", "IND-RUS", "--json")
    found = json.loads(ran.out)  # type: ignore[attr-defined]
    assert found["tables"]["measures"]
