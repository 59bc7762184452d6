"""Where things stand: the page, its JSON and its pictures say the same, each number leads to its source, no model runs."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

import amur.record
from amur.charts import standing as charts
from amur.conditioning.shipped import shipped
from amur.errors import AmurError
from amur.questions import standing
from amur.questions.published import published
from amur.questions.watch.check import check
from amur.web.app import create
from amur.web.drawn import ready
from amur.web.glance.pictures import NAMES
from amur.web.work import Job, Task

AT = "http://127.0.0.1:8400"
HTML = {"accept": "text/html"}
THEN = "2021-12-31"


class Noting:
    """A desk that notes what it is given and never ends it."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def submit(self, task: Task, client: str = "") -> Job:
        self.tasks.append(task)
        return Job(task, client)


DESK = Noting()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create(desk=DESK), base_url=AT, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="module")
def told(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/standing").json()
    return found


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 200
    assert DESK.tasks == []
    return str(answer.text)


def test_the_page_says_what_its_json_says(told: dict[str, Any], page: str) -> None:
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
    said = [told["lead"]]
    said += [each["value"] for each in told["tiles"]]
    said += [row[kind]["text"] for row in told["readings"]["rows"] for kind in ("stacking", "prequential")]
    said += [line[part] for panel in told["panels"] for line in panel["lines"] for part in ("text", "spread")]
    said += [each["what"] for each in told["events"]["main"]]
    said += [each["title"] for each in told["lights"]["tripped"]]
    said += [each[part] for each in told["arguments"] for part in ("title", "asks", "short", "text", "spread")]
    assert len(said) > 120
    assert [each for each in said if re.sub(r"\s+", " ", each) not in text] == []


def test_facts_are_those_of_the_record_with_their_sources(told: dict[str, Any]) -> None:
    record = amur.record.load()
    trade = next(each for each in told["tiles"] if each["name"] == "trade.total.chn-rus.spliced")
    latest = record.timeseries(trade["name"]).latest
    assert latest is not None
    assert trade["number"] == latest.value
    assert trade["period"] == latest.period
    assert set(trade["sources"]) == {record.sources[name].citation() for name in latest.sources}
    assert all(each["sources"] and each["link"] for each in told["tiles"])
    assert len(told["tiles"]) == 12
    numbers = [piece for piece in told["paragraph"] if "value" in piece]
    assert len(numbers) > 10
    assert all(piece["link"] for piece in numbers)


def test_what_is_of_the_model_is_as_published(told: dict[str, Any]) -> None:
    reading, now = published("reading"), standing.published()
    for row, number in zip(told["readings"]["rows"], reading.numbers, strict=False):
        assert row["name"] == number.keys["reading"]
        assert row["stacking"]["value"] == number.value
    lines = {line["quantity"]: line for panel in told["panels"] for line in panel["lines"]}
    assert set(lines) == set(standing.QUANTITIES)
    for number in now.numbers:
        line = lines[number.name]
        assert (line["value"], line["low90"], line["high90"]) == (number.value, number.low90, number.high90)
        assert 0 <= line["data_share"] <= 1
        assert line["course"][-1]["middle"] == pytest.approx(number.value, rel=1e-3)
    assert {each["name"] for each in told["arguments"]} == {
        name.removeprefix("argue:") for name in map(str, published_arguments())
    }


def published_arguments() -> list[str]:
    from amur.questions.arguments import ARGUMENTS

    return [f"argue:{name}" for name in ARGUMENTS]


def test_lights_are_those_that_the_check_finds(told: dict[str, Any]) -> None:
    lights = told["lights"]
    found = check(amur.record.load(), lights["since"])
    assert {each["indicator"] for each in lights["tripped"]} == {each.indicator for each in found.tripped}
    own = [each for each in found.trips if not each.by_hand]
    assert lights["of"] == len(own) == sum(group["of"] for group in lights["board"])
    assert lights["lit"] == sum(each.status in ("tripped", "standing") for each in own)
    assert lights["lit"] == sum(group["lit"] for group in lights["board"])
    assert all(each["sources"] for each in lights["tripped"])


def test_decisions_are_as_coded_and_rest_on_events_and_sources(told: dict[str, Any]) -> None:
    from amur.record.coded.codings import codings

    coded = codings(amur.record.load())
    for each in told["decisions"]:
        latest = coded[each["name"]].latest
        assert latest is not None
        assert each["value"] == latest.value
        assert each["spans"][-1]["to"] == latest.quarter
        assert all(a["to"] < b["from"] for a, b in zip(each["spans"], each["spans"][1:], strict=False))
    assert {"china-support", "china-leverage"} <= {each["name"] for each in told["decisions"]}


def test_links_lead_to_pages_that_exist(client: TestClient, page: str) -> None:
    links = {
        link
        for link in re.findall(r'href="(/[^"#]*)', unescape(page))
        if not link.startswith(("/static", "/api/standing/"))
    }
    assert any(link.startswith("/record/events/") for link in links)
    assert any(link.startswith("/record/measures/") for link in links)
    asked = [link for link in sorted(links) if not link.startswith(("/reading", "/dependence", "/outlook", "/watch", "/levers", "/drivers", "/whatif"))]  # fmt: skip
    # What is being worked out is there.
    found = {link: client.get(link, headers=HTML).status_code for link in asked}
    wrong = {link: code for link, code in found.items() if code not in (200, 202)}
    assert wrong == {}
    anchors = set(re.findall(r'href="#([^"]+)', page))
    assert anchors <= set(re.findall(r'id="([^"]+)', page))


@pytest.mark.parametrize("name", NAMES)
def test_charts_come_for_every_width_and_as_files_with_their_sources(
    client: TestClient, told: dict[str, Any], name: str
) -> None:
    for width in ("narrow", "full"):
        spec = client.get(f"/api/standing/{name}.vl.json?width={width}").json()
        assert "title" not in spec
        assert spec["config"]["background"] is None
    picture = client.get(f"/api/standing/{name}.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.startswith("<svg")
    rows = list(csv.reader(io.StringIO(client.get(f"/api/standing/{name}.csv").text)))
    sources = [row[1] for row in rows if row[0] == "source"]
    assert sources
    assert set(sources) <= set(told["sources"])
    assert unescape(picture.text).count(sources[0].partition(". http")[0][:60]) >= 1
    assert len([row for row in rows if row[0] != "source"]) > 10


def test_a_picture_file_is_a_picture(client: TestClient) -> None:
    answer = client.get("/api/standing/rear.png")
    assert answer.content.startswith(b"\x89PNG")
    assert "amur-rear.png" in answer.headers["content-disposition"]


def test_a_past_day_shows_what_was_known_then_and_no_model(client: TestClient) -> None:
    then = client.get(f"/api/standing?as_of={THEN}").json()
    assert then["as_of"] == THEN
    assert then["readings"] is None
    assert then["panels"] == []
    assert then["arguments"] == []
    assert all(each["period"] <= "2021-12" for each in then["tiles"])
    assert all(each["date"] <= THEN for each in then["events"]["dots"])
    assert (
        next(each for each in then["decisions"] if each["name"] == "china-support")["value"]
        == "economic-political"
    )
    page = client.get(f"/?as_of={THEN}", headers=HTML)
    assert page.status_code == 200
    assert "left out: what is published of them knows more than that day" in page.text
    assert client.get(f"/api/standing/events.vl.json?as_of={THEN}").status_code == 200
    assert client.get(f"/api/standing/rear.vl.json?as_of={THEN}").status_code == 404


@pytest.mark.parametrize(
    ("day", "status"), [("1990-01-01", 400), ("2021-02-30", 400), ("yesterday", 422), ("1994-06-30", 200)]
)
def test_days_without_a_record_are_refused(client: TestClient, day: str, status: int) -> None:
    assert client.get(f"/api/standing?as_of={day}").status_code == status
    assert client.get(f"/?as_of={day}", headers=HTML).status_code == status


def test_a_day_that_the_record_does_not_reach_is_now(client: TestClient, told: dict[str, Any]) -> None:
    later = client.get("/api/standing?as_of=2040-01-01").json()
    assert later["readings"] == told["readings"]
    assert later["tiles"] == told["tiles"]


def test_neither_page_nor_arguments_load_the_model() -> None:
    work = """
import sys
from starlette.testclient import TestClient
from amur.web.app import create
from amur.web.drawn import ready
class Idle:
    async def start(self): ...
    async def stop(self): ...
with TestClient(create(desk=Idle()), base_url="http://127.0.0.1:8400") as client:
    for path in ("/", "/api/standing", "/api/standing/trust.svg", "/arguments", "/arguments/wedge", "/api/arguments/wedge.vl.json"):
        assert client.get(path, headers={"accept": "text/html"}).status_code == 200, path
assert "jax" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------- what is published for it


def test_what_the_model_follows_is_of_the_posteriors_that_ship() -> None:
    """Where this fails: python -m amur.questions.standing"""
    now = standing.published()
    assert now.made.stamp == shipped().stamp
    assert [each.name for each in now.numbers] == list(standing.QUANTITIES)
    assert now.rests.mechanisms
    assert now.rests.sources


def test_its_past_is_that_of_the_outlook() -> None:
    ours = {(row["quantity"], row["year"]): row for row in standing.published().tables["fans"]}
    both = [
        (ours[row["quantity"], row["year"]], row)
        for row in published("outlook").tables["fans"] if (row["quantity"], row["year"]) in ours
    ]  # fmt: skip
    assert len(both) > 100
    for mine, other in both:
        assert mine["middle"] == pytest.approx(other["middle"], rel=0.02, abs=0.005)
        assert mine["seen"] == other["seen"]


# ---------------------------------------------------------------- pictures


def rows_of(spec: Any, field: str) -> list[dict[str, Any]]:
    """The first rows of data in a specification that have a field."""
    if isinstance(spec, list) and spec and isinstance(spec[0], dict) and field in spec[0]:
        return spec
    parts = spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ()
    return next((found for part in parts if (found := rows_of(part, field))), [])


def test_events_of_one_day_stand_beside_each_other() -> None:
    events = [charts.Dated("a", "2025-03-01", f"event {n}", n == 0) for n in range(3)]
    rows = rows_of(charts.timeline(events, "2025-01-01", "2025-12-31", 720).to_dict(), "what")
    assert len({row["y"] for row in rows}) == 3
    assert {row["kind"] for row in rows} == {"between the two", "about them"}


def test_charts_drawn_at_the_same_time_are_each_their_own() -> None:
    ready()

    def draw(scale: int) -> Any:
        bands = {
            band: [scale * step for step in range(20)]
            for band in ("low90", "low50", "middle", "high50", "high90")
        }
        return charts.courses([charts.Course("x", "#b5302a", range(2000, 2020), bands)], 320).to_dict(
            validate=False
        )

    alone = [draw(scale) for scale in range(1, 7)]
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(6) as threads:
            together = list(threads.map(draw, [*range(1, 7)] * 4))
    finally:
        sys.setswitchinterval(switching)
    assert together == alone * 4


def test_strips_have_no_gaps_and_name_what_is_wide_enough() -> None:
    spans = [
        charts.Span("2010-Q1", "2019-Q4", "neutral", 0.0),
        charts.Span("2020-Q1", "2020-Q1", "lethal", 1.0),
    ]
    rows = rows_of(charts.strips([charts.Strip("Support", "#b5302a", spans)], 320).to_dict(), "decision")
    assert rows[0]["end"] == rows[1]["start"] == 2020.0
    assert rows[1]["end"] == 2020.25
    assert [row["text"] for row in rows] == ["neutral", ""]


def test_nothing_to_draw_is_told() -> None:
    for draw in (
        lambda: charts.courses([], 520),
        lambda: charts.weights([], {}, 520),
        lambda: charts.strips([], 520),
        lambda: charts.timeline([], "2025-01-01", "2025-12-31", 520),
    ):
        with pytest.raises(AmurError, match="nothing to draw"):
            draw()
