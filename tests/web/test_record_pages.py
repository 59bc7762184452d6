"""The record's pages say what the record says: values, sources, units and terms; and take no harm from what they are asked."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from amur.record import load
from amur.record.coded.codings import codings
from amur.record.export import NOTICE
from amur.record.measures import catalogue, measure
from amur.record.own import add, overlay
from amur.record.record import Record
from amur.record.schema import Source
from amur.record.terms import terms_of
from amur.web.app import create
from amur.web.parts import record as front
from amur.web.parts.record_held import link_of, loaded
from amur.web.parts.record_places import PLACES
from amur.web.parts.record_rows import Sought, course, found, spark
from amur.web.parts.record_sql import EXAMPLES
from amur.web.settings import Settings
from amur.web.work import KINDS, Busy, Desk, Job, Task

AT = "http://127.0.0.1:8400"
HTML = {"accept": "text/html"}
TRADE = "trade.total.chn-rus"
ROWS = {
    "columns": [{"name": "series", "type": "VARCHAR"}, {"name": "value", "type": "DOUBLE"}],
    "rows": [{"series": TRADE, "value": 1.5}, {"series": "<script>alert(1)</script>", "value": None}],
    "more": True,
}


class Told:
    """A desk that answers at once with what a test gives it, or not at all."""

    def __init__(self) -> None:
        self.result: Any = ROWS
        self.problem: dict[str, Any] | None = None
        self.state = "done"
        self.tasks: list[Task] = []

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def health(self) -> dict[str, Any]:
        return {"open": True}

    def job(self, key: str) -> Job | None:
        return None

    def submit(self, task: Task, client: str = "") -> Job:
        self.tasks.append(task)
        if self.state == "busy":
            raise Busy(7)
        job = Job(task, client)
        if self.state == "done":
            job.end("done", result=json.dumps(self.result).encode())
        elif self.state == "failed":
            job.end("failed", problem=self.problem)
        return job


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setattr("amur.web.asking.PATIENCE", 0.01)
    return Told()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create(desk=Told()), base_url=AT) as made:
        yield made


@pytest.fixture(scope="module")
def record() -> Record:
    return load(overlay=False)


def told(client: TestClient, path: str, **asked: Any) -> Any:
    answer = client.get(f"/api{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


# ---------------------------------------------------------------- looking up


def test_rows_hold_the_last_value_of_the_record(client: TestClient, record: Record) -> None:
    page = told(client, "/record", q="crude imports", kind="recorded")
    assert page["where"]["total"] == len(page["rows"]) > 3
    for row in page["rows"]:
        last = record.timeseries(row["name"]).latest
        assert last is not None
        assert (row["value"], row["last"], row["unit"]) == (
            last.value,
            last.period,
            record.series[row["name"]].unit,
        )
        assert row["published"]


def test_words_in_titles_come_before_words_elsewhere() -> None:
    ordered = found(loaded(False).entries, Sought("russia gas"))
    missing = [
        sum(word not in f"{each.name} {each.title}".lower() for word in ("russia", "gas")) for each in ordered
    ]
    assert missing == sorted(missing)
    assert set(missing) == {0, 1, 2}


def test_narrowing_keeps_what_fits_and_nothing_else(client: TestClient) -> None:
    every = loaded(True).entries
    for asked in (
        {"topic": "energy"}, {"kind": "measure"}, {"kind": "decision"}, {"frequency": "M"}, {"dimension": "security"},
        {"country": "KAZ", "partner": "CHN"}, {"role": "forcing"},
    ):  # fmt: skip
        page = told(client, "/record", each=5, **asked)
        fitting = [
            each for each in every
            if all(value in each.places if name in ("country", "partner") else getattr(each, name) == value for name, value in asked.items())
        ]  # fmt: skip
        assert page["where"]["total"] == len(fitting) > 0, asked


def test_pages_of_a_list_hold_each_series_once(client: TestClient) -> None:
    first = told(client, "/record", topic="finance", each=20)
    names = [row["name"] for at in range(1, first["where"]["pages"] + 1)
             for row in told(client, "/record", topic="finance", each=20, page=at)["rows"]]  # fmt: skip
    assert len(names) == len(set(names)) == first["where"]["total"]
    assert (
        told(client, "/record", topic="finance", each=20, page=900)["where"]["page"] == first["where"]["pages"]
    )


def test_what_is_looked_up_often_is_there(client: TestClient) -> None:
    assert {row["name"] for row in told(client, "/record")["often"]} == set(front.OFTEN)


def test_every_country_has_a_name(record: Record) -> None:
    codes = {
        code
        for each in record.series.values()
        for code in (*each.reporter.split(";"), *each.partner.split(";"))
    }
    codes |= {code for each in record.events for code in each.actors.split(";")}
    assert codes - {""} <= set(PLACES)


def test_names_are_offered_while_one_is_written(client: TestClient) -> None:
    offered = client.get("/api/record/names", params={"q": "trade total"}).json()
    assert TRADE in [each["name"] for each in offered]
    assert len(client.get("/api/record/names").json()) <= front.HINTS


def test_a_small_picture_is_inside_its_box_and_leaves_gaps_open(record: Record) -> None:
    series = record.timeseries(TRADE)
    runs = course(series)
    assert len(runs) > 1
    assert sum(len(run) for run in runs) == len(series.points)
    picture = str(spark(runs))
    assert picture.count("M") == sum(len(run) > 1 for run in runs)
    numbers = [
        float(each)
        for each in picture.partition('<path d="')[2]
        .partition('"')[0]
        .replace("M", " ")
        .replace("L", " ")
        .split()
    ]
    assert all(0 <= x <= 128 for x in numbers[::2])
    assert all(0 <= y <= 32 for y in numbers[1::2])


# ---------------------------------------------------------------- one series


def test_values_sources_and_terms_are_those_of_the_record(client: TestClient, record: Record) -> None:
    page = told(client, f"/record/series/{TRADE}")
    series = record.timeseries(TRADE)
    assert {point["period"]: point["value"] for point in page["points"]} == series.values
    since = {
        row.period: record.known(row).since.isoformat() for row in record.observations if row.series == TRADE
    }
    assert {point["period"]: point["known"] for point in page["points"]} == since
    assert {each["source"]: each["citation"] for each in page["sources"]} == {
        each.source: each.citation() for each in series.cited()
    }
    assert all(each["terms"] == terms_of(each["source"]).terms for each in page["sources"])
    text = client.get(f"/record/series/{TRADE}", headers=HTML).text
    assert all(f"/record/sources/{each.source}" in text for each in series.cited())


def test_a_cut_knows_no_more_than_was_known(client: TestClient, record: Record) -> None:
    page = told(client, f"/record/series/{TRADE}", as_of="2015-06-30")
    assert {point["period"]: point["value"] for point in page["points"]} == record.cut("2015-06-30").timeseries(
        TRADE
    ).values
    assert page["unknown"] == len(record.timeseries(TRADE)) - len(page["points"]) > 0
    name = "trade.gdp.chn"
    loose = told(client, f"/record/series/{name}", as_of="2015-06-30")
    assert {point["revised"] for point in loose["points"]} == {True}
    assert told(client, f"/record/series/{name}", as_of="2015-06-30", strict=True)["points"] == []
    assert record.cut("2015-06-30", True).timeseries(name).points == ()


def test_a_derived_series_tells_its_recipe_and_what_it_is_made_of(client: TestClient) -> None:
    page = told(client, "/record/series/trade.exports.rus-chn.spliced")
    assert page["kind"] == "derived"
    assert page["recipe"]
    assert {each["name"] for each in page["made_from"]} >= {"trade.exports.rus-chn"}
    assert "exports_rus_chn" in {each["name"] for each in page["model"]["seen"]}
    below = told(client, "/record/series/trade.exports.rus-chn")
    assert "trade.exports.rus-chn.spliced" in {each["name"] for each in below["used_by"]}
    assert {"exports_rus_chn": "trade.exports.rus-chn.spliced"}.items() <= {
        each["name"]: each["through"] for each in below["model"]["seen"]
    }.items()


@pytest.mark.parametrize("dyad", ["RUS-CHN", "IND-RUS"])
def test_a_measure_is_that_of_its_two(client: TestClient, record: Record, dyad: str) -> None:
    page = told(client, "/record/measures/trade.dependence", dyad=dyad)
    assert {point["period"]: point["value"] for point in page["points"]} == measure(
        record, "trade.dependence", dyad
    ).values
    assert {each["dyad"] for each in page["elsewhere"]} <= set(map(str, catalogue()["trade.dependence"].dyads))
    assert [each["value"] for each in page["elsewhere"]] == sorted(
        (each["value"] for each in page["elsewhere"]), reverse=True
    )


def test_a_decision_tells_its_rule_and_events(client: TestClient, record: Record) -> None:
    coding = codings(record, user=False)["china-support"]
    page = told(client, "/record/decisions/china-support")
    assert [point["value"] for point in reversed(page["points"])] == list(coding.codes().values())
    text = client.get("/record/decisions/china-support", headers=HTML).text
    assert all(f"/record/events/{event}" in text for change in coding.changes for event in change.events)


def test_series_beside_each_other_share_a_chart_where_they_share_a_unit(
    client: TestClient, record: Record
) -> None:
    page = told(
        client, f"/record/series/{TRADE}", **{"with": ["trade.exports.chn-rus", "trade.dependence:RUS-CHN"]}
    )
    assert [chart["unit"] for chart in page["charts"]] == ["US$ bn", "percent"]
    assert {row["name"] for row in _rows(client.get(page["charts"][1]["src"]).json())} == {
        "Trade dependence, RUS-CHN"
    }
    rows = _rows(client.get(f"{page['charts'][0]['src']}&width=narrow").json())
    for name in (TRADE, "trade.exports.chn-rus"):
        series = record.timeseries(name)
        assert {row["period"]: row["value"] for row in rows if row["name"] == series.title} == series.values


def _rows(spec: Any) -> list[dict[str, Any]]:
    """All rows of data in a specification."""
    if isinstance(spec, list):
        return [row for each in spec for row in _rows(each)]
    if not isinstance(spec, dict):
        return []
    if isinstance(spec.get("values"), list) and all(isinstance(row, dict) for row in spec["values"]):
        return list(spec["values"])
    sets = [row for rows in spec.get("datasets", {}).values() for row in rows]
    return sets + [row for name, each in spec.items() if name != "datasets" for row in _rows(each)]


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("path", [f"series/{TRADE}", "measures/trade.dependence", "decisions/china-support"])
def test_a_table_carries_every_value_with_citation_and_terms(client: TestClient, path: str) -> None:
    page = told(client, f"/record/{path}")
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/record/{path}.csv").text)))
    assert {row["period"]: float(row["value"]) for row in rows} == {
        point["period"]: point["value"] for point in page["points"]
    }
    assert all(
        row["citation"] and row["terms"] and row["unit"] == page["unit"] for row in rows if row["source"]
    )
    assert any(row["source"] for row in rows)
    told_json = client.get(f"/api/record/{path}.json").json()
    assert told_json["notice"] == NOTICE
    assert len(told_json["observations"]) == len(rows)
    assert {each["source"] for each in told_json["sources"]} == {each["source"] for each in page["sources"]}
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/api/record/{path}.xlsx").content))
    assert book["observations"].max_row == len(rows) + 1
    assert {"sources", "terms", "notice"} <= set(book.sheetnames)


def test_a_file_holds_the_series_drawn_beside_it(client: TestClient) -> None:
    rows = csv.DictReader(
        io.StringIO(client.get(f"/api/record/series/{TRADE}.csv", params={"with": "trade.dependence"}).text)
    )
    assert {row["series"] for row in rows} == {TRADE, "trade.dependence.rus-chn"}


def test_pictures_name_their_sources(client: TestClient, record: Record) -> None:
    picture = client.get(f"/api/record/series/{TRADE}.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    cited = record.timeseries(TRADE).cited()[0]
    assert cited.publisher in picture.text
    assert client.get("/api/record/events.png", params={"kind": "war"}).content.startswith(b"\x89PNG")


def test_charts_are_laid_out_for_a_width(client: TestClient) -> None:
    wide = [
        client.get(f"/api/record/series/{TRADE}.vl.json", params={"width": name}).json()["width"]
        for name in ("narrow", "half", "wide", "full")
    ]
    assert wide == sorted(set(wide))
    assert client.get(f"/api/record/series/{TRADE}.vl.json", params={"width": "huge"}).status_code == 422


# ---------------------------------------------------------------- events and sources


def test_events_are_those_that_fit(client: TestClient, record: Record) -> None:
    page = told(
        client, "/record/events", kind="summit", country="RUS", since="2020", until="2022-02", order="oldest"
    )
    fitting = record.find_events("", "summit", "RUS", "2020", "2022-02")
    assert [each["event"] for _, rows in page["years"] for each in rows] == [each.event for each in fitting]
    assert page["where"]["total"] == len(fitting) > 3
    drawn = _rows(client.get(page["src"]).json())
    assert {row["what"] for row in drawn if "what" in row} == {each.what for each in fitting}


def test_an_event_leads_to_its_source_and_to_what_is_coded_on_it(client: TestClient, record: Record) -> None:
    coding = codings(record, user=False)["china-support"]
    name = next(event for change in coding.changes if change.value == "dual-use" for event in change.events)
    page = told(client, f"/record/events/{name}")
    assert page["citation"] == record.sources[record.event[name].source].citation()
    assert "china-support" in {each["name"] for each in page["decisions"]}


def test_a_source_tells_what_rests_on_it(client: TestClient, record: Record) -> None:
    first = told(client, "/record/sources", each=1)["rows"][0]
    page = told(client, f"/record/sources/{first['source']}")
    of = [row for row in record.observations if row.source == first["source"]]
    assert page["observations"] == first["observations"] == len(of)
    assert {each["name"] for each in page["series"]} == {row.series for row in of}
    assert page["terms"]["family"] == terms_of(first["source"]).family


def test_only_addresses_of_pages_can_be_followed() -> None:
    def source(url: str) -> Source:
        return Source("x", "X", "Y", "", url)

    assert link_of(source("https://example.org/a")) == "https://example.org/a"
    assert [
        link_of(source(url)) for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "")
    ] == [""] * 4


# ---------------------------------------------------------------- one's own evidence


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A set of one's own that replaces a value and adds one, under a name and with a source that are markup."""
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "mine.csv"
    file.write_text(
        f"series,period,value,source,note\n{TRADE},2020,999.5,<b>ministry</b> paper,mine\n{TRADE},1990,1.25,ministry,\n",
        encoding="utf-8",
    )
    overlay.add(add.plan(file, None, name="mine"))
    return "mine"


def test_ones_own_evidence_is_marked_beside_what_it_replaced(
    client: TestClient, own: str, record: Record
) -> None:
    page = told(client, f"/record/series/{TRADE}")
    mine = {
        point["period"]: (point["value"], point["built_in"])
        for point in page["points"]
        if point["origin"] == own
    }
    was = record.timeseries(TRADE).at("2020")
    assert was is not None
    assert mine == {"2020": (999.5, was.value), "1990": (1.25, None)}
    text = client.get(f"/record/series/{TRADE}", headers=HTML).text
    assert "yours" in text
    assert "<b>ministry" not in text
    row = next(row for row in told(client, "/record", q=TRADE)["rows"] if row["name"] == TRADE)
    assert row["own"] == [own]
    lists = told(client, "/record/own")["sets"]
    assert [(each["name"], each["replaced"], each["added_values"]) for each in lists] == [(own, 1, 1)]
    assert client.get("/record/own", headers=HTML).status_code == 200


def test_the_record_is_read_anew_when_ones_own_evidence_changes(client: TestClient, own: str) -> None:
    assert "1990" in {point["period"] for point in told(client, f"/record/series/{TRADE}")["points"]}
    overlay.remove(own)
    assert "1990" not in {point["period"] for point in told(client, f"/record/series/{TRADE}")["points"]}
    assert told(client, "/record/own")["sets"] == []


@pytest.mark.usefixtures("own")
def test_a_read_only_server_shows_nobodys_own(desk: Told) -> None:
    with TestClient(create(Settings(read_only=True), desk=desk), base_url=AT) as client:
        assert all(not point["origin"] for point in told(client, f"/record/series/{TRADE}")["points"])
        page = client.get("/api/record/own").json()
        assert page["read_only"]
        assert page["sets"] == []
        assert not page["folder"]
        assert "read-only" in client.get("/record/own", headers=HTML).text
        client.get("/api/record/sql", params={"q": "select 1"})
        assert desk.tasks[-1].told["own"] is False


def test_broken_evidence_is_told_and_not_shown(client: TestClient, own: str) -> None:
    file = next((overlay.data_dir() / "sets").glob(f"{own}-*/observations.csv"))
    file.write_text("series,period,value,source,note\nnot.a.series,2020,1,x,\n", encoding="utf-8")
    answer = client.get("/record", headers=HTML)
    assert answer.status_code == 400
    assert f"amur record remove {own}" in answer.text
    page = told(client, "/record/own")
    assert page["problem"]
    assert page["sets"][0]["problem"]


# ---------------------------------------------------------------- names and inputs that are wrong


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/record/series/trade.totl.chn-rus", TRADE),
        ("/record/series/trade.dependence", "/record/measures/trade.dependence"),
        ("/record/series/china-support", "/record/decisions/china-support"),
        ("/record/measures/trade.dependance", "trade.dependence"),
        ("/record/decisions/china-suport", "china-support"),
        ("/record/events/2022-02-24.wars", "2022-02-24.war"),
        ("/record/sources/trade-wdi-2025", "trade-wdi-2026"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(client: TestClient, path: str, hint: str) -> None:
    answer = client.get(f"/api{path}")
    assert answer.status_code == 404
    assert hint in answer.json()["mend"]
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    assert hint in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/record?q=" + "a" * 10_000, 422),
        ("/record?page=0", 422),
        ("/record?each=100000", 422),
        ("/record?nothing=1", 422),
        ("/record?country=<script>", 422),
        ("/record?topic=trad", 400),
        ("/record?q=<script>alert(1)</script>", 200),
        ("/record?q=%F0%9F%98%80%00", 200),
        ("/record/series/..%2f..%2f..%2fetc%2fpasswd", 404),
        ("/record/series/" + "a" * 500, 422),
        ("/record/series/%00", 404),
        ("/record/series/%ed%a0%80", 404),
        ("/record/series/a%0d%0aset-cookie:%20x=1", 404),
        (f"/record/series/{TRADE}?as_of=9999", 422),
        (f"/record/series/{TRADE}?as_of=2021-02-30", 422),
        (f"/record/series/{TRADE}?as_of=1000", 200),
        (f"/record/series/{TRADE}?strict=true", 400),
        (f"/record/series/{TRADE}?since=abc", 422),
        (f"/record/series/{TRADE}?with=nothing", 404),
        (f"/record/series/{TRADE}" + "?with=a" + "&with=a" * 8, 422),
        ("/record/measures/trade.dependence?dyad=AAA-BBB", 400),
        ("/record/measures/trade.dependence?dyad=a", 400),
        ("/record/events?kind=<script>", 400),
        ("/record/events?since=2020-13-45", 422),
        ("/record/events/<script>", 404),
        ("/record/sources/%22%3E%3Cscript%3E", 404),
        ("/record/sql?q=" + "x" * 9000, 422),
        ("/record/sql?rows=100000", 422),
    ],
)
def test_whatever_is_asked_is_answered_and_never_run(client: TestClient, path: str, status: int) -> None:
    for under, accept in (("", "text/html"), ("/api", "application/json")):
        answer = client.get(f"{under}{path}", headers={"accept": accept})
        assert answer.status_code == status, answer.text[:300]
        assert under or "<script>" not in answer.text
        assert "set-cookie" not in answer.headers


# ---------------------------------------------------------------- SQL


@pytest.fixture
def asking(desk: Told) -> Iterator[TestClient]:
    with TestClient(create(Settings(sql_rows=77, sql_seconds=3.0), desk=desk), base_url=AT) as made:
        yield made


def test_an_answer_in_sql_is_shown_linked_and_taken_away(asking: TestClient, desk: Told) -> None:
    assert asking.get("/api/record/sql", params={"q": "select 1"}).json() == ROWS
    assert desk.tasks[-1] == Task("sql", {"text": "select 1", "seconds": 3.0, "most": 77, "own": True})
    page = asking.get("/record/sql", params={"q": "select 1"}, headers=HTML)
    assert page.status_code == 200
    assert f'href="/record/series/{TRADE}"' in page.text
    assert "<script>alert" not in page.text
    assert "there are more" in page.text
    table = asking.get("/api/record/sql.csv", params={"q": "select 1"})
    assert table.headers["amur-more"] == "true"
    assert list(csv.reader(io.StringIO(table.text))) == [
        ["series", "value"],
        [TRADE, "1.5"],
        ["<script>alert(1)</script>", ""],
    ]
    asking.get("/api/record/sql", params={"q": "select 1", "rows": 5})
    assert desk.tasks[-1].told["most"] == 5


@pytest.mark.parametrize(
    ("problem", "status", "mend"),
    [
        (
            {"title": "there are 2 SQL statements", "mend": "Write one SELECT.", "field": "sql"},
            400,
            "Write one SELECT.",
        ),
        (
            {"title": "syntax error", "mend": "See `amur record sql --schema`.", "field": "sql"},
            400,
            "under the box",
        ),
        (
            {"title": "the question took longer than 10 seconds", "mend": "More `--seconds`."},
            408,
            "Ask for less",
        ),
    ],
)
def test_what_is_wrong_with_a_question_stands_by_its_box(
    asking: TestClient, desk: Told, problem: dict[str, Any], status: int, mend: str
) -> None:
    desk.state, desk.problem = "failed", problem
    answer = asking.get("/api/record/sql", params={"q": "select 'mine'"})
    assert answer.status_code == status
    assert mend in answer.json()["mend"]
    page = asking.get("/record/sql", params={"q": "select 'mine'"}, headers=HTML)
    assert page.status_code == status
    assert mend in page.text
    assert "select &#39;mine&#39;" in page.text


def test_too_many_questions_are_put_off_and_slow_ones_followed(asking: TestClient, desk: Told) -> None:
    desk.state = "busy"
    for path in ("/api/record/sql", "/api/record/sql.csv", "/record/sql"):
        answer = asking.get(path, params={"q": "select 1"})
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "7"
    desk.state = "never"
    answer = asking.get("/api/record/sql", params={"q": "select 1"})
    assert answer.status_code == 202
    page = asking.get("/record/sql", params={"q": "select 1"}, headers=HTML)
    assert page.status_code == 202
    assert answer.json()["events"] in page.text


def test_the_real_lane_answers_from_the_record_and_from_nothing_else(record: Record) -> None:
    desk = Desk(kinds={"sql": KINDS["sql"]})
    with TestClient(create(desk=desk), base_url=AT) as client:
        asked = {"q": EXAMPLES[0][1]}
        rows = _worked_out(client, asked).json()["rows"]
        assert {row["period"]: row["value"] for row in rows} == record.timeseries(TRADE).values
        refused = _worked_out(client, {"q": "select * from read_csv('/etc/passwd')"})
        assert refused.status_code == 400
        assert "root" not in refused.text


def _worked_out(client: TestClient, asked: dict[str, str]) -> Any:
    for _ in range(600):
        answer = client.get("/api/record/sql", params=asked)
        if answer.status_code != 202:
            return answer
    raise AssertionError("it was never worked out")


def test_every_example_is_a_question_that_the_record_answers(record: Record) -> None:
    from amur.record.sql import query

    for title, text in EXAMPLES:
        assert query(record, text, own_codings=False).rows, title


# ---------------------------------------------------------------- the house


def test_the_pages_of_the_record_never_load_the_model() -> None:
    code = """
import sys
from starlette.testclient import TestClient
from amur.web.parts import record
from fastapi import FastAPI
from amur.web import problems
from amur.web.settings import Settings
app = FastAPI(); app.state.settings = Settings(); problems.register(app); app.include_router(record.router)
client = TestClient(app)
for path in ("", "/series/trade.exports.rus-chn.spliced", "/measures/trade.dependence", "/decisions/china-support", "/events", "/sql"):
    assert client.get(f"/api/record{path}").status_code == 200, path
assert client.get("/api/record/series/trade.total.chn-rus.vl.json").status_code == 200
assert "jax" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
