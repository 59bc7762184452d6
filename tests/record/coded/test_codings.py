"""Coded decisions: rules and judgements as data, cut and overridden, and the page that prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from amur.errors import AmurError
from amur.record import periods
from amur.record.coded import page as codings_page
from amur.record.coded import rules as coding_rules
from amur.record.coded import second_coder
from amur.record.coded.codings import Coding, check_user_file, coding, codings
from amur.record.record import Record, load

PAGE = Path(__file__).parents[3] / "docs" / "codings.md"


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


@pytest.fixture(scope="module")
def coded(record: Record) -> dict[str, Coding]:
    return codings(record, user=False)


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("AMUR_DATA_DIR", str(folder))
    return folder


# The coding


def test_every_quarter_is_coded_with_a_value_of_the_scale(coded: dict[str, Coding]) -> None:
    for one in coded.values():
        assert list(one.quarters) == coding_rules.quarters("1992-Q1", "2025-Q4"), one.name
        for q in one.quarters.values():
            assert one.values[q.code] == q.value
            assert q.lower <= q.code <= q.higher


@pytest.mark.parametrize(
    ("name", "quarter", "value", "event"),
    [
        ("china-support", "2014-Q1", "neutral", "2014-03-27.un-vote"),
        ("china-support", "2014-Q2", "economic-political", "2014-05-21.contract"),
        ("china-support", "2022-Q1", "economic-political", "2022-02-04.statement"),
        ("china-support", "2023-Q1", "dual-use", "2023-01.secondary-sanction"),
        ("china-support", "2025-Q4", "dual-use", "2024-10-17.lethal-aid"),
        ("china-leverage", "2011-Q4", "price-squeeze", "2011-03-21.price-dispute"),
        ("china-leverage", "2012-Q2", "forbear", "2012-02-28.price-dispute"),
        ("china-leverage", "2024-Q2", "price-squeeze", "2024-06-02.price-dispute"),
        ("china-squeeze", "2011-Q4", "squeeze", "2011-03-21.price-dispute"),
        ("russia-concession", "2004-Q4", "strategic", "2004-10-14.treaty"),
        ("russia-concession", "2011-Q4", "commercial", "2011-10.price-dispute"),
        ("russia-concession", "2015-Q2", "strategic", "2015-04.arms-deal"),
        ("third-party-arms", "2018-Q4", "arms", "2018-10-05.third-party"),
        ("western-sanctions", "2014-Q3", "sectoral", "2014-07.sanction-eu"),
        ("secondary-sanctions", "2025-Q3", "banks", "2025-07-18.secondary-sanction"),
        ("project-stage.power-of-siberia", "2019-Q4", "operating", "2019-12-02.pipeline"),
        ("project-stage.power-of-siberia-2", "2025-Q4", "memorandum", "2025-09-02.contract.2"),
        ("project-stage.arctic-lng-2", "2024-Q1", "halted", "2023-12-25.arctic"),
    ],
)
def test_known_quarters(coded: dict[str, Coding], name: str, quarter: str, value: str, event: str) -> None:
    found = coded[name].at(quarter)
    assert found.value == value
    assert event in found.events


def test_every_change_cites_events_that_came_no_later(record: Record, coded: dict[str, Coding]) -> None:
    changes = [(one, change) for one in coded.values() for change in one.changes]
    assert len(changes) > 100
    for one, change in changes:
        assert change.events, (one.name, change.quarter)
        for event in change.events:
            assert coding_rules.quarter_of(record.event[event].date) <= change.quarter


def test_confrontation_is_a_condition_of_support(record: Record, coded: dict[str, Coding]) -> None:
    rivalry = record.timeseries("rivalry.wst-rus").values
    supported = [q for q, code in coded["china-support"].codes().items() if code]
    assert supported
    assert all(rivalry[q] >= 2 for q in supported)


def test_a_reference_is_the_series_it_names(record: Record, coded: dict[str, Coding]) -> None:
    for name in ("war-mode", "taiwan-mode", "west-russia-rivalry", "us-china-rivalry"):
        assert coded[name].codes() == record.timeseries(coded[name].of).values


def test_a_view_follows_its_decision(coded: dict[str, Coding]) -> None:
    base, view = coded["china-leverage"].codes("higher"), coded["china-squeeze"].codes("higher")
    assert {q: int(code > 0) for q, code in base.items()} == view


def test_the_series_carries_units_sources_and_reasons(record: Record, coded: dict[str, Coding]) -> None:
    for one in coded.values():
        series = one.series()
        assert series.unit in record.units
        assert len(series) == 136
    point = coded["china-support"].series().at("2014-Q2")
    assert point is not None
    assert point.value == 1
    assert point.sources == (
        record.event["2014-05-20.summit"].source,
        record.event["2014-05-21.contract"].source,
    )
    assert point.note.startswith("economic-political: A joint text")
    assert "contested: neutral" in point.note
    assert [s.source for s in coded["china-support"].series().cited()]


def test_contested_intervals_and_the_readings(coded: dict[str, Coding]) -> None:
    support = coded["china-support"]
    spans = {(c.first, c.last, c.value, c.other) for c in support.contested}
    assert ("2014-Q2", "2021-Q4", "economic-political", "neutral") in spans
    assert ("2024-Q4", "2025-Q4", "dual-use", "lethal") in spans
    assert support.codes("lower")["2018-Q1"] == 0
    assert support.codes("higher")["2018-Q1"] == 1
    assert support.codes("higher")["2025-Q1"] == 3
    assert support.series("higher").series == "decision.china-support.higher"


def test_the_count_of_concessions_grows_by_the_acts(coded: dict[str, Coding]) -> None:
    one = coded["russia-concession"]
    counts = {reading: list(one.count(reading).values.values()) for reading in codings_page.READINGS}
    counted = [c for c in one.changes if c.value != "none"]
    assert counts["main"][-1] == len(counted)
    assert counts["higher"][-1] == sum(c.value != "none" or c.contested is not None for c in one.changes)
    for values in counts.values():
        assert values == sorted(values)
    assert all(low <= high for low, high in zip(counts["lower"], counts["higher"], strict=True))
    with pytest.raises(AmurError, match="coded as a state"):
        coded["china-support"].count()


def test_asking_for_what_is_not_coded(record: Record, coded: dict[str, Coding]) -> None:
    with pytest.raises(AmurError, match=r"Ask for a quarter from 1992-Q1 to 2025-Q4"):
        coded["china-support"].at("2031-Q1")
    with pytest.raises(AmurError, match="china-support"):
        coding(record, "china-suport")


def test_as_json_is_plain(coded: dict[str, Coding]) -> None:
    import json

    for one in coded.values():
        again = json.loads(json.dumps(one.as_json()))
        assert len(again["quarters"]) == len(one.quarters)
        assert again["values"] == list(one.values)


# The cut


def test_a_cut_takes_only_changes_whose_events_are_known(record: Record) -> None:
    day_before = codings(record.cut("2014-05-20"), user=False)["china-support"]
    day_of = codings(record.cut("2014-05-21"), user=False)["china-support"]
    assert list(day_before.quarters)[-1] == "2014-Q2"
    assert day_before.at("2014-Q2").value == "neutral"
    assert day_of.at("2014-Q2").value == "economic-political"


def test_a_spell_that_began_is_carried_to_the_quarter_of_the_cut(record: Record) -> None:
    one = codings(record.cut("2011-09-15"), user=False)["china-leverage"]
    assert one.latest is not None
    assert (one.latest.quarter, one.latest.value) == ("2011-Q3", "price-squeeze")


def test_the_share_published_later_dates_dual_use_back_only_then(record: Record) -> None:
    at = {day: codings(record.cut(day), user=False)["china-support"] for day in ("2023-12-31", "2025-01-31")}
    assert [at["2023-12-31"].at(q).value for q in ("2023-Q1", "2023-Q4")] == ["economic-political", "dual-use"]
    assert at["2025-01-31"].at("2023-Q1").value == "dual-use"


@pytest.mark.parametrize("day", ["2000-06-30", "2014-06-30", "2022-03-31", "2024-12-31"])
def test_no_cut_knows_an_event_of_its_future(record: Record, day: str) -> None:
    cut = record.cut(day)
    for one in codings(cut, user=False).values():
        for q in one.quarters.values():
            assert all(event in cut.event for event in q.events)
            assert periods.start(q.quarter) <= periods.end(day)


def test_a_cut_before_the_first_quarter_codes_nothing(record: Record) -> None:
    assert codings(record.cut("1991-12-31"), user=False)["china-support"].quarters == {}


# The user's own codings


def _csv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["decision,quarter,value,reason", *rows]) + "\n", encoding="utf-8")
    return path


def test_an_override_takes_precedence_and_says_so(record: Record, tmp_path: Path) -> None:
    mine = _csv(
        tmp_path / "mine.csv",
        "china-support,2024-Q4..2025-Q2,lethal,drones are weapons",
        "russia-concession,2002-Q4,commercial,Slavneft",
        "china-leverage,2021-Q4,price-squeeze,closures",
        "war-mode,2025-Q4,ceasefire,what if",
    )
    assert check_user_file(mine) == 6
    result = codings(record, mine)
    support = result["china-support"]
    assert [support.at(q).value for q in ("2024-Q3", "2024-Q4", "2025-Q2", "2025-Q3")] == [
        "dual-use",
        "lethal",
        "lethal",
        "dual-use",
    ]
    assert support.origins == ("mine.csv",)
    assert support.series().origins == ("mine.csv",)
    assert support.at("2024-Q4").lower == 3
    assert [c.first for c in support.contested][-1] == "2025-Q3"
    concessions = result["russia-concession"].count()
    built_in = codings(record, user=False)["russia-concession"].count()
    assert concessions.points[-1].value == built_in.points[-1].value + 1
    assert result["china-squeeze"].at("2021-Q4").origin == "mine.csv"
    assert result["war-mode"].at("2025-Q4").value == "ceasefire"


def test_the_users_own_file_is_honoured_and_can_be_left_out(record: Record, own_data: Path) -> None:
    _csv(own_data / "codings.csv", "china-support,2010-Q1,dual-use,mine")
    assert coding(record, "china-support").at("2010-Q1").origin == "codings.csv"
    assert coding(record, "china-support", user=False).at("2010-Q1").origin == ""


def test_overrides_stop_at_the_cut(record: Record, tmp_path: Path) -> None:
    mine = _csv(tmp_path / "mine.csv", "china-support,2010-Q1..2025-Q4,lethal,mine")
    one = codings(record.cut("2012-01-15"), mine)["china-support"]
    assert list(one.quarters)[-1] == "2012-Q1"
    assert one.at("2012-Q1").value == "lethal"


@pytest.mark.parametrize(
    ("rows", "line", "field", "says"),
    [
        (["china-suport,2010-Q1,lethal,x"], 2, "decision", "china-support"),
        (["china-support,2010-Q1,leathal,x"], 2, "value", "lethal"),
        (["china-support,2010-Q5,lethal,x"], 2, "quarter", "2022-Q1"),
        (["china-support,2010-Q4..2010-Q1,lethal,x"], 2, "quarter", "ends before it begins"),
        (["china-support,1980-Q1,lethal,x"], 2, "quarter", "1992-Q1 to 2025-Q4"),
        (["china-support,2010-Q1,lethal,"], 2, "reason", "empty"),
        (["china-squeeze,2010-Q1,squeeze,x"], 2, "decision", "china-leverage"),
        (
            ["china-support,2010-Q1..2010-Q4,lethal,x", "china-support,2010-Q3,neutral,x"],
            3,
            "quarter",
            "already set on line 2",
        ),
    ],
)
def test_a_broken_override_names_its_place(
    record: Record, tmp_path: Path, rows: list[str], line: int, field: str, says: str
) -> None:
    mine = _csv(tmp_path / "mine.csv", *rows)
    with pytest.raises(AmurError) as caught:
        codings(record, mine)
    assert (caught.value.file, caught.value.line, caught.value.field) == (str(mine), line, field)
    assert says in str(caught.value)


def test_an_override_file_that_is_not_there(record: Record, tmp_path: Path) -> None:
    with pytest.raises(AmurError, match="no such file"):
        codings(record, tmp_path / "none.csv")


# Broken rules and judgements

BROKEN = [
    ('"2014-03-27.un-vote"', '"2014-03-28.un-vote"', "events", "Did you mean"),
    (
        'at = "2014-05-21"\nvalue = "economic-political"',
        'at = "2014-05-21"\nvalue = "warm"',
        "value",
        "neutral",
    ),
    ('at = "2014-03-27"\n', 'at = "1998-03-27"\n', "at", "out of order"),
    ('at = "2008-08-28"\nvalue', 'at = "2008-06-28"\nvalue', "at", "comes before its event"),
    ('at = "2009-02-17"\nvalue = "neutral"', 'at = "2008-Q3"\nvalue = "neutral"', "at", "two changes"),
    ('at = "1999-06-10"', 'at = "1999-13-10"', "at", "not a quarter"),
    ('at = "1999-06-10"', 'at = "1989-Q2"', "at", "outside the coded time"),
    ('value = "economic-political", until = "1999-Q4"', 'value = "neutral"', "value", "value itself"),
    ('until = "1999-Q4"', 'until = "2009-Q4"', "until", "outside the spell"),
    (
        "security.dualuse.chpl-share.chn-rus@2023",
        "security.dualuse.chpl-share.chn-rus@2019",
        "observations",
        "no obs",
    ),
    ('"2019-12-18.un-vote", "2020-12-16.un-vote", ', "", "held", "lapsed"),
    ('held = ["2022-03-19.statement"]', 'held = ["2014-05-21.contract"]', "held", "outside the spell"),
    ("lapse = 8", "lapse = 1", "held", "lapsed"),
    ('series = "taiwan.state"', 'series = "taiwan.stat"', "series", "taiwan.state"),
    ('join = { forbear = "forbear", price-squeeze', "join = { price-squeeze", "join", "every value"),
    ('kind = "state"\nconvention = "peak"', 'kind = "mood"\nconvention = "peak"', "kind", "state, acts"),
    ('reason = "Crimea: China abstains', 'resaon = "Crimea: China abstains', "resaon", "reason"),
    ('until = "2025-Q4"\n\n#', "until = 2025\n\n#", "until", "not a text"),
]


@pytest.mark.parametrize(("old", "new", "field", "says"), BROKEN, ids=[str(n) for n in range(len(BROKEN))])
def test_a_broken_rule_names_its_place(
    record: Record, tmp_path: Path, old: str, new: str, field: str, says: str
) -> None:
    good = coding_rules.RULES.read_text(encoding="utf-8")
    assert old in good
    broken = tmp_path / "codings.toml"
    broken.write_text(good.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AmurError) as caught:
        codings(record, user=False, rules=broken)
    error = caught.value
    assert error.file == str(broken)
    assert error.field == field
    assert says in str(error)
    assert error.line is not None


def test_the_line_of_a_broken_judgement_is_exact(record: Record, tmp_path: Path) -> None:
    lines = coding_rules.RULES.read_text(encoding="utf-8").split("\n")
    for mark in ('at = "2016-09-05"', '{ at = "2016-08", value = "building"'):
        number = next(n for n, line in enumerate(lines, 1) if mark in line)
        broken = tmp_path / f"{number}.toml"
        changed = [line.replace(mark, mark.replace("2016", "2106")) if mark in line else line for line in lines]
        broken.write_text("\n".join(changed), encoding="utf-8")
        with pytest.raises(AmurError, match="outside the coded time") as caught:
            codings(record, user=False, rules=broken)
        assert caught.value.line == number


def test_a_file_that_is_not_toml(record: Record, tmp_path: Path) -> None:
    broken = tmp_path / "codings.toml"
    broken.write_text('from = "1992-Q1"\nuntil = \n', encoding="utf-8")
    with pytest.raises(AmurError, match="is not TOML") as caught:
        codings(record, user=False, rules=broken)
    assert caught.value.line == 2


# Sensitivity, the second coder and the page


def test_sensitivity_counts_what_the_readings_change(coded: dict[str, Coding]) -> None:
    support = coded["china-support"]
    found = codings_page.sensitivity(support)
    spans = [periods.ordinal(c.last) - periods.ordinal(c.first) + 1 for c in support.contested]
    assert found.contested == sum(spans)
    assert found.contested == found.lower + found.higher
    assert found.quarters == 136


def test_kappa_of_a_worked_example() -> None:
    # Cohen's two-by-two table: 20 and 15 agree, 5 and 10 do not; p_o = 0.7, p_e = 0.5, kappa = 0.4.
    one = [1] * 20 + [1] * 5 + [0] * 10 + [0] * 15
    other = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    found = second_coder.cohens_kappa(one, other)
    assert found.equal == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)
    assert second_coder.cohens_kappa([0, 1, 2], [0, 1, 2]).kappa == pytest.approx(1)
    assert second_coder.cohens_kappa([0, 1], [1, 0]).kappa < 0
    assert second_coder.cohens_kappa([1, 1], [1, 1]).kappa is None
    with pytest.raises(ValueError, match="no quarters"):
        second_coder.cohens_kappa([], [])


def test_the_mechanical_coder_agrees_beyond_chance(record: Record, coded: dict[str, Coding]) -> None:
    kappa = {name: second_coder.agreement(record, coded[name]).kappa for name in second_coder.SECOND_CODERS}
    assert set(kappa) == {"china-support", "china-leverage", "russia-concession"}
    assert kappa["china-support"] > 0.6
    assert min(kappa.values()) > 0.2
    assert max(kappa.values()) < 1


def test_the_page_is_what_the_record_gives(record: Record) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert codings_page.refreshed(page, record) == page, "run python -m amur.record.coded.page docs/codings.md"
    for name in codings_page.PARTS:
        assert f"<!-- begin {name} -->" in page


def test_a_part_the_page_does_not_have(record: Record) -> None:
    with pytest.raises(AmurError, match="no generated part"):
        codings_page.refreshed("<!-- begin moods -->\n<!-- end -->", record)
