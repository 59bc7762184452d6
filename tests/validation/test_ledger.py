"""The ledger's list, its numbers, its baselines, its outcomes and its scores; nothing here runs the model."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from amur.errors import AmurError
from amur.record import Record, load
from amur.record.coded.codings import codings
from amur.record.schema import Observation
from amur.validation import ledger_baselines, ledger_oil
from amur.validation.ledger_file import read_ledger
from amur.validation.ledger_members import Season, parted, season
from amur.validation.ledger_numbers import FORMAT, LEVELS, crps, inside, linked, pit, unlinked
from amur.validation.ledger_outcomes import codes, known_after_2025, outcome, read_outcomes, values
from amur.validation.ledger_resolve import calibration, resolve, skill
from amur.validation.ledger_targets import Entry, entries, targets

LATER = dt.date(2028, 6, 1)
LN2 = math.log(2)


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


@pytest.fixture(scope="module")
def later(record: Record) -> Record:
    """The same with an invented year of Power of Siberia."""
    source = record.observations[0].source
    added = Observation("energy.gas.pos1.rus-chn", "2026", 40.0, source, "invented")
    tables = dataclasses.replace(record.tables, observations=[*record.tables.observations, added])
    return Record(tables)


# The list


def test_the_list_is_as_long_and_wide_as_promised() -> None:
    asked = entries()
    assert len(targets()) >= 40
    assert {entry.period for entry in asked} == {
        "2026",
        "2027",
        *(f"{y}-Q{q}" for y in (2026, 2027) for q in range(1, 5)),
    }
    assert len({entry.id for entry in asked}) == len(asked)
    assert {entry.target.type for entry in asked} == {"quantity", "count", "event"}


def test_every_target_can_be_resolved(record: Record) -> None:
    known = codings(record)
    for target in targets().values():
        assert target.resolution.endswith(".")
        if target.coding:
            # Codes of the model are those of the coding, or beyond its last (a blockade).
            assert min(target.codes) < len(known[target.coding].values)
        elif not target.by_hand and target.type != "event":
            assert len(values(record, target)) >= 4, target.name
    assert [name for name, target in targets().items() if target.by_hand] == [
        "guarantee",
        "large_banks",
        "kremlin",
        "zhongnanhai",
    ]


def test_an_event_has_the_window_from_the_first_quarter() -> None:
    entry = Entry(targets()["lethal_aid"], "2027")
    assert (entry.quarters[0], entry.quarters[-1], entry.due) == ("2026-Q1", "2027-Q4", "2027-12-31")
    assert Entry(targets()["concession"], "2026-Q2").quarters == ("2026-Q2",)


GOOD = '[[target]]\nname = "a"\ntheme = "t"\nquestion = "q"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD, "exactly one source"),
        (GOOD + 'observable = "gas_chm"', "gas_chn"),
        (GOOD + 'observable = "gas_chn"\ntotal = ["gas_chn"]', "exactly one source"),
        (GOOD + 'observable = "gas_chn"\nfrequenzy = "A"', "frequency"),
        (GOOD + 'quarters_of = "gas_chn"', "quarterly series"),
        (GOOD + 'outside = "oil_price"', "series and a frequency"),
        (GOOD + 'decision = "support"\nvalues = ["lethl"]\nwhen = "ever"\ncoding = "china-support"', "lethal"),
        (GOOD + 'decision = "support"\nvalues = []\nwhen = "ever"', "values that count"),
        (GOOD + 'decision = "support"\nvalues = ["lethal"]\nwhen = "soon"', "ever, end"),
        (GOOD + 'decision = "support"\nvalues = ["lethal"]\nwhen = "end"', "one way to be resolved"),
        (GOOD + 'line = "sakhalin-2"\nvalues = ["building"]\nwhen = "end"', "no coding"),
        (
            GOOD + 'code = "stance"\nvalues = ["harsh"]\nwhen = "end"\nseries = "nato.china-stance"',
            "not a code",
        ),
        (GOOD + 'observable = "gas_chn"\n' + GOOD + 'observable = "gas_chn"', "stands twice"),
        ("a = 1", "other than"),
        ("[[target]\n", "TOML"),
    ],
)
def test_a_list_with_a_fault_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AmurError, match=says):
        targets(path)


# Numbers


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0, 2.0, 4.0])
def test_crps_of_a_normal_forecast_is_within_one_percent(value: float) -> None:
    normal = NormalDist()
    # Gneiting and Raftery 2007, equation 5.
    exact = value * (2 * normal.cdf(value) - 1) + 2 * normal.pdf(value) - 1 / math.sqrt(math.pi)
    quantiles = np.array([normal.inv_cdf(level) for level in LEVELS])
    assert crps(quantiles, np.array(LEVELS), value) == pytest.approx(exact, rel=0.01)


def test_pit_and_intervals_by_hand() -> None:
    levels, quantiles = np.array([0.05, 0.5, 0.95]), np.array([0.0, 1.0, 3.0])
    assert pit(quantiles, levels, 2.0) == pytest.approx(0.725)
    assert pit(quantiles, levels, 1.0) == 0.5
    assert pit(quantiles, levels, 9.0) == 0.95
    assert pit(np.array([1.0, 1.0, 3.0]), levels, 1.0) == pytest.approx(0.275)  # of a count the middle
    assert inside(quantiles, levels, 2.9, 0.9)
    assert not inside(quantiles, levels, 3.1, 0.9)


@pytest.mark.parametrize("link", ["log", "logit", "identity"])
def test_scales_are_those_of_the_observables(link: str) -> None:
    from amur.system.observables import OBSERVABLES
    from amur.system.observe import linked as theirs

    made = next(each for each in OBSERVABLES.values() if each.link == link)
    given = np.array([0.0, 0.2, 0.7, 1.0])
    ours = linked(given, link, made.floor)
    assert ours == pytest.approx(np.asarray(theirs(made, given)), rel=1e-5, abs=1e-5)
    assert unlinked(ours, link)[1:3] == pytest.approx(given[1:3])


def test_members_count_by_how_near_their_price_is() -> None:
    oil = 70 * np.exp([0.0, 0.1, -0.1, 0.3])
    weight = ledger_oil.weights(70.0, oil)
    assert weight == pytest.approx(np.array([1, 0.75, 0.75, 0]) / 2.5)
    assert ledger_oil.effective(weight) == pytest.approx(2.5**2 / (1 + 2 * 0.75**2))
    assert ledger_oil.effective(ledger_oil.weights(20.0, oil)) == 0


def test_a_line_in_the_price_is_followed_exactly() -> None:
    oil = np.linspace(55, 75, 40)
    said = 3 + 2 * np.log(oil / 70)
    moved = ledger_oil.adjusted(said, oil, 70.0, ledger_oil.weights(70.0, oil))
    assert moved == pytest.approx(np.full(40, 3.0))


def test_weighted_quantiles_of_equal_weights_are_numpys() -> None:
    said = np.random.default_rng(1).normal(size=101)
    even, levels = np.full(101, 1 / 101), np.array(LEVELS)
    assert ledger_oil.quantiles(said, even, levels) == pytest.approx(np.quantile(said, levels, method="hazen"))
    counts = np.random.default_rng(1).poisson(2.0, 101).astype(float)
    whole = ledger_oil.quantiles(counts, even, levels, whole=True)
    assert (whole == np.quantile(counts, levels, method="inverted_cdf")).all()


# Quarters of a year


def test_four_quarters_make_the_year_and_follow_season_and_flow() -> None:
    year = np.array([100.0, 40.0])
    flow = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 3.0]])
    chance = np.random.default_rng(1)
    calm = parted(year, flow, Season(np.zeros(4), np.zeros(1)), chance)
    assert calm[:, 0] == pytest.approx([25.0] * 4)
    assert calm[:, 1] == pytest.approx([40 / 6] * 3 + [20.0])
    rough = parted(year, flow, Season(np.array([LN2, 0, 0, 0]), np.array([-0.2, 0.2])), chance)
    assert rough.sum(axis=0) == pytest.approx(year)


def test_season_is_that_of_the_record(record: Record) -> None:
    target = targets()["lng_chn_quarter"]
    annual = values(record, targets()["lng_chn"])
    firsts = [
        math.log(4 * 1.36 * value / annual[quarter[:4]])
        for quarter, value in values(record, target).items()
        if quarter.endswith("Q1") and quarter >= "2015"
    ]
    made = season(record, target)
    assert made.mean[0] == pytest.approx(sum(firsts) / (len(firsts) + 1))
    assert made.mean[3] > made.mean[1]  # liquefied gas comes in winter


# Baselines


def test_the_base_rate_by_hand() -> None:
    entry = Entry(targets()["lethal_aid"], "2026")
    never = {f"{year}-Q{q}": 2 for year in range(2016, 2026) for q in range(1, 5)}
    # 39 pairs without a change: 1 change in 39 + 41 quarters.
    assert ledger_baselines.base_rate(never, entry.target, entry) == pytest.approx(1 - (1 - 1 / 80) ** 4)
    held = never | {f"2025-Q{q}": 3 for q in (1, 2, 3, 4)}
    # One change in 39: as many as usual take 41 / 2 quarters; at risk of going 3, none gone; of coming 36, one came.
    go, come = 1 / (3 + 20.5), 2 / (36 + 20.5)
    assert ledger_baselines.base_rate(held, entry.target, entry) == pytest.approx(1 - go * (1 - come) ** 3)
    at_end = entry.target._replace(when="end")
    there = 1.0
    for _ in range(4):
        there = there * (1 - go) + (1 - there) * come
    assert ledger_baselines.base_rate(held, at_end, entry) == pytest.approx(there)


def test_the_seasonal_baseline_repeats_the_records_changes() -> None:
    history = {f"{year}-Q{q}": 10.0 * 2 ** (year - 2014) * q for year in range(2014, 2025) for q in range(1, 5)}
    draws = ledger_baselines.seasonal(history, "2026-Q3", np.random.default_rng(1))
    assert draws == pytest.approx(np.full(len(draws), 10.0 * 2**12 * 3))
    short = {quarter: value for quarter, value in history.items() if quarter >= "2023-Q1"}
    assert np.isnan(ledger_baselines.seasonal(short, "2026-Q3", np.random.default_rng(1))).all()


# Outcomes


def test_the_record_to_2025_settles_nothing(record: Record) -> None:
    assert known_after_2025(record) == []
    assert [entry.id for entry in entries() if outcome(record, entry, LATER)] == []


def test_a_value_counts_once_its_period_is_over(later: Record) -> None:
    entry = Entry(targets()["gas_chn"], "2026")
    assert outcome(later, entry, dt.date(2026, 12, 30)) is None
    came = outcome(later, entry, dt.date(2026, 12, 31))
    assert came == ("gas_chn.2026", 40.0, "2026-12-31", "energy.gas.pos1.rus-chn")
    assert "energy.gas.pos1.rus-chn" in known_after_2025(later)


def test_an_event_is_settled_when_it_comes_or_when_its_window_is_coded(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    ever, end = Entry(targets()["squeeze"], "2026"), Entry(targets()["war_goes_on"], "2026")
    coded: dict[str, int] = {}
    monkeypatch.setattr("amur.validation.ledger_outcomes.codes", lambda record, target: coded)
    coded |= {"2025-Q4": 1, "2026-Q1": 0, "2026-Q2": 1}
    came = outcome(record, ever, dt.date(2026, 8, 1))
    assert came
    assert (came.value, came.date) == (1.0, "2026-06-30")
    coded["2026-Q2"] = 0
    assert outcome(record, ever, LATER) is None  # two quarters are not coded yet
    coded |= {"2026-Q3": 0, "2026-Q4": 3}
    assert outcome(record, end, dt.date(2026, 12, 30)) is None
    settled = outcome(record, end, LATER)
    assert settled
    assert settled.value == 1.0
    coded["2026-Q4"] = 0
    none = outcome(record, ever, LATER)
    assert none
    assert none.value == 0.0


def test_what_only_a_person_can_resolve_is_left_open(record: Record) -> None:
    entry = Entry(targets()["kremlin"], "2026")
    assert outcome(record, entry, LATER) is None
    assert codes(record, entry.target)["2025-Q4"] == 0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("gas_chn.2028,40,2027-01-10,x", "gas_chn.2027"),
        ("gas_chn.2026,-1,2027-01-10,x", "negative"),
        ("gas_chn.2026,abc,2027-01-10,x", "not a number"),
        ("gas_chn.2026,1e400,2027-01-10,x", "not finite"),
        ("gas_chn.2026,40,2026-07-01,x", "too early"),
        ("gas_chn.2026,40,2029-01-01,x", "is after"),
        ("gas_chn.2026,40,2027-02-30,x", "calendar"),
        ("gas_chn.2026,40,2027-01-10,", "empty"),
        ("yuan_share.2026,99.1,2027-01-10,x", "share"),
        ("vetoes.2026,1.5,2027-01-10,x", "count"),
        ("lethal_aid.2026,0.5,2027-01-10,x", "neither 1"),
        ("lethal_aid.2026,0,2026-07-01,x", "too early"),
        ("lethal_aid.2026,1,2025-07-01,x", "too early"),
        ("lethal_aid.2026,1,2026-07-01,x\nlethal_aid.2026,1,2026-07-01,x", "already on line 2"),
        ("lethal_aid.2026,1", "fields"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text(f"target,value,date,source\n{row}\n", encoding="utf-8")
    with pytest.raises(AmurError, match=says) as caught:
        read_outcomes(path, {entry.id: entry for entry in entries()}, LATER)
    assert caught.value.line in (2, 3)


# Frozen files and their scores


def ledger(**changes: Any) -> dict[str, Any]:
    """A small ledger with three forecasts and a baseline each."""

    def forecast(name: str, **more: Any) -> dict[str, Any]:
        entry = next(each for each in entries() if each.id == name)
        target = entry.target
        told: dict[str, Any] = {
            "id": name,
            "question": target.question,
            "type": target.type,
            "unit": target.unit,
            "period": entry.period,
        }
        told |= {"due": entry.due, "resolution": target.resolution}
        if target.type != "event":
            told["scale"] = {"link": target.link, "floor": target.floor}
        return told | more

    made = [
        forecast(
            "gas_chn.2026",
            quantiles=[20.0, 40.0, 80.0],
            baselines={"drift": {"quantiles": [40.0, 80.0, 160.0]}},
        ),
        forecast("lethal_aid.2026", probability=0.2, baselines={"base_rate": {"probability": 0.1}}),
        forecast("kremlin.2026", probability=0.1, baselines={"base_rate": {"probability": 0.2}}),
    ]
    stamp = {"seed": 1}
    told = {
        "format": FORMAT,
        "frozen": "2026-01-05",
        "stamp": stamp,
        "levels": [0.1, 0.5, 0.9],
        "levels_at_oil": [0.1, 0.5, 0.9],
    }
    return told | {"forecasts": made} | changes


def written(path: Path, told: object) -> Path:
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return path


def test_scores_by_hand(tmp_path: Path, later: Record) -> None:
    table = written(
        tmp_path / "outcomes.csv",
        "target,value,date,source\nlethal_aid.2026,1,2026-07-01,x\nkremlin.2026,0,2026-12-31,y\n",
    )
    told = resolve(written(tmp_path / "ledger.json", ledger()), later, table, dt.date(2027, 1, 31))
    gas, aid, kremlin = told["resolved"]
    # Weights of the levels 0.3, 0.4, 0.3; ln 2 apart; the outcome is the median.
    assert gas["crps"] == pytest.approx(2 * (0.3 * 0.1 + 0.3 * 0.1) * LN2)
    # The outcome is the lowest quantile of the baseline.
    assert gas["baselines"]["drift"]["crps"] == pytest.approx(2 * (0.4 * 0.5 * 1 + 0.3 * 0.1 * 2) * LN2)
    assert (gas["median"], gas["pit"], gas["inside50"], gas["source"]) == (
        40.0,
        0.5,
        True,
        "energy.gas.pos1.rus-chn",
    )
    assert (aid["brier"], aid["log"]) == (pytest.approx(0.64), pytest.approx(-math.log(0.2)))
    assert (kremlin["brier"], kremlin["log"]) == (pytest.approx(0.01), pytest.approx(-math.log(0.9)))
    summary = told["summary"]
    assert summary["skill"]["drift"] == pytest.approx(1 - 0.12 / 0.52)
    assert summary["brier"] == pytest.approx((0.64 + 0.01) / 2)
    assert summary["baselines"]["base_rate"]["brier"] == pytest.approx((0.81 + 0.04) / 2)
    assert summary["coverage"]["80"] == 1.0
    assert [(each["from"], each["forecasts"], each["came"]) for each in summary["calibration"]] == [
        (0.05, 1, 0.0),
        (0.2, 1, 1.0),
    ]
    assert told["open"] == []


def test_a_forecast_at_the_oil_price_that_came_by_hand(tmp_path: Path, later: Record) -> None:
    told = ledger()
    gas, aid = told["forecasts"][:2]
    at = {
        "60": {"members": 90, "quantiles": [10.0, 30.0, 70.0]},
        "80": {"members": 90, "quantiles": [30.0, 50.0, 90.0]},
    }
    gas["at_oil"] = at | {"100": {"members": 3, "note": "too few members"}}
    aid["at_oil"] = {"60": {"members": 90, "probability": 0.4}, "80": {"members": 90, "probability": 0.6}}
    brent = gas | {"id": "brent.2026", "quantiles": [60.0, 70.0, 80.0], "at_oil": {}, "unit": "US$/bbl"}
    brent |= {"resolution": targets()["brent"].resolution, "scale": {"link": "log", "floor": 1.0}}
    told["forecasts"].append(brent)
    path = written(tmp_path / "ledger.json", told)

    def scored(price: float) -> dict[str, dict[str, Any]]:
        rows = f"brent.2026,{price},2027-01-02,x\nlethal_aid.2026,1,2026-07-01,x\n"
        table = written(tmp_path / "outcomes.csv", f"target,value,date,source\n{rows}")
        made = resolve(path, later, table, dt.date(2027, 1, 31))
        return {row["id"]: row for row in made["resolved"]} | {"summary": made["summary"]}

    # Half way in the log between 60 and 80 the quantiles are 20, 40 and 80: those that are given without a price.
    half = scored(math.sqrt(60 * 80))
    assert half["gas_chn.2026"]["score_at_oil"] == pytest.approx(half["gas_chn.2026"]["crps"])
    assert half["gas_chn.2026"]["score_without"] == pytest.approx(half["gas_chn.2026"]["crps"])
    assert half["lethal_aid.2026"]["score_at_oil"] == pytest.approx(0.25)
    assert half["lethal_aid.2026"]["score_without"] == pytest.approx(0.64)
    assert half["summary"]["oil"] == {"forecasts": 2, "skill": pytest.approx((0 + 1 - 0.25 / 0.64) / 2)}
    assert "score_at_oil" not in half["brent.2026"]
    assert scored(80.0)["lethal_aid.2026"]["score_at_oil"] == pytest.approx(0.16)
    assert "oil" not in scored(90.0)["summary"]  # between 80 and a price with too few members


def test_what_is_open_is_listed_with_its_day(tmp_path: Path, record: Record) -> None:
    told = resolve(written(tmp_path / "ledger.json", ledger()), record, None, LATER)
    assert told["resolved"] == []
    assert told["summary"] == {"quantities": 0, "events": 0}
    assert [(each["id"], each["due"], each["note"]) for each in told["open"]] == [
        ("gas_chn.2026", "2026-12-31", ""),
        ("lethal_aid.2026", "2026-12-31", ""),
        ("kremlin.2026", "2026-12-31", "by hand"),
    ]


def test_a_forecast_that_was_asked_otherwise_is_not_scored(tmp_path: Path, later: Record) -> None:
    changed = ledger()
    changed["forecasts"][0]["resolution"] = "Another rule."
    told = resolve(written(tmp_path / "ledger.json", changed), later, None, LATER)
    assert told["resolved"] == []
    assert "otherwise" in told["open"][0]["note"]


def test_skill_is_by_target_and_leaves_out_what_nothing_can_beat() -> None:
    def row(name: str, ours: float, theirs: float) -> dict[str, Any]:
        return {"id": name, "crps": ours, "baselines": {"drift": {"crps": theirs}}}

    rows = [row("a.2026", 1, 2), row("a.2027", 2, 2), row("b.2026", 3, 2), row("c.2026", 1, 0)]
    assert skill(rows, "drift") == pytest.approx(((1 - 3 / 4) + (1 - 3 / 2)) / 2)
    assert skill(rows[3:], "drift") is None


def test_a_certainty_that_fails_costs_much_and_not_everything() -> None:
    events = [
        {"probability": 1.0, "value": 1.0},
        {"probability": 0.0, "value": 0.0},
        {"probability": 0.95, "value": 0.0},
    ]
    table = calibration(events)
    assert [(each["from"], each["forecasts"], each["came"]) for each in table] == [
        (0.0, 1, 0.0),
        (0.95, 2, 0.5),
    ]


def broken(place: int, **changes: Any) -> dict[str, Any]:
    made = ledger()
    made["forecasts"][place] |= changes
    return made


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "no forecast ledger"),
        ('{"format": NaN}', "no number"),
        (ledger(format="amur forecast ledger 9"), "no forecast ledger"),
        (ledger(levels=[0.5, 0.1, 0.9]), "rising levels"),
        (ledger(levels=[0.1, "x", 0.9]), "rising levels"),
        (ledger(frozen=None), "when"),
        (ledger(forecasts={}), "no list"),
        (ledger(forecasts=[1]), "not a table"),
        (ledger(forecasts=ledger()["forecasts"] * 2), "stands twice"),
        (broken(0, id=5), "not a text"),
        (broken(0, type="guess"), "no type"),
        (broken(0, scale={"link": "cube", "floor": 0}), "scale"),
        (broken(0, quantiles=[1, 2]), "3 quantiles"),
        (broken(0, quantiles=[3, 2, 1]), "rising"),
        (broken(0, quantiles=[1, 2, 10**400]), "rising"),
        (broken(1, probability=1.5), "probability"),
        (broken(1, probability=True), "probability"),
        (broken(1, baselines={"base_rate": {"probability": -1}}), "base_rate"),
        (broken(1, baselines={"base_rate": 3}), "not a table"),
        (broken(0, at_oil={"nan": {"quantiles": [1, 2, 3]}}), "no price"),
        (broken(0, at_oil={"70": {"quantiles": [1]}}), "3 quantiles"),
    ],
)
def test_a_hostile_file_is_one_error(tmp_path: Path, told: object, says: str) -> None:
    with pytest.raises(AmurError, match=says):
        read_ledger(written(tmp_path / "ledger.json", told))


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AmurError, match="no such file"):
        read_ledger(tmp_path / "none.json")
    with pytest.raises(AmurError, match="folder"):
        read_ledger(tmp_path)
