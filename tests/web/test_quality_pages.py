"""How good it is, as pages: what is published is told, missed targets first, and every chart can be taken away."""

from __future__ import annotations

import copy
import csv
import html
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from test_frame import AT, StandIn

from amur.charts.quality import charts
from amur.validation.ledger_file import PUBLISHED, read_ledger
from amur.validation.published import WEAKNESSES, published
from amur.validation.words import AFTERWARDS, verdict
from amur.web.app import create
from amur.web.drawn import WIDTHS
from amur.web.parts import quality
from amur.web.parts.quality import PAGES
from amur.web.work import Job, Task

HTML = {"accept": "text/html"}
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def desk() -> StandIn:
    return StandIn()


@pytest.fixture(scope="module")
def client(desk: StandIn) -> Iterator[TestClient]:
    with TestClient(create(desk=desk), base_url=AT) as made:
        yield made


def test_targets_are_told_as_they_were_found(client: TestClient) -> None:
    told = client.get("/api/quality").json()
    known = published()["targets"]
    assert [each["verdict"] for each in told["targets"]] == [verdict(each) for each in known]
    assert told["met"] == sum(each["met"] for each in known)
    page = client.get("/quality", headers=HTML).text
    assert_missed_come_first(page, known)
    assert AFTERWARDS in html.unescape(page)
    assert AFTERWARDS in (DOCS / "validation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("missed", [(13,), (2, 9)])
def test_targets_that_are_missed_come_first(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, missed: tuple[int, ...]
) -> None:
    told = copy.deepcopy(published())
    for place, each in enumerate(told["targets"]):
        each["met"] = place not in missed
        each["by"] = abs(each["by"]) + 0.01 if each["met"] else -abs(each["by"]) - 0.01
    monkeypatch.setattr(quality, "published", lambda: told)
    assert client.get("/api/quality").json()["met"] == len(told["targets"]) - len(missed)
    assert_missed_come_first(client.get("/quality", headers=HTML).text, told["targets"])


def assert_missed_come_first(page: str, targets: list[dict[str, Any]]) -> None:
    missed = [each for each in targets if not each["met"]]
    assert page.count(">missed") == len(missed)
    for each in missed:
        assert verdict(each) in page
    if missed:
        assert page.rindex(">missed") < page.index(">met<")


def test_the_table_of_series_is_of_the_setting_asked_for(client: TestClient) -> None:
    for setting in published()["settings"]:
        told = client.get("/api/quality", params={"setting": setting}).json()["by_series"]
        known = published()["series"]
        assert {each["name"] for each in told} == {
            name for name, each in known.items() if setting in each["settings"]
        }
        assert all(each["value"] == known[each["name"]]["settings"][setting]["skill_best"] for each in told)


@pytest.mark.parametrize("name", charts())
def test_every_chart_is_drawn_for_a_width_and_has_its_rows(client: TestClient, name: str) -> None:
    narrow, wide = (
        client.get(f"/api/quality/{name}.vl.json", params={"width": width}).json()
        for width in ("narrow", "full")
    )
    assert narrow != wide
    assert "title" not in narrow
    assert narrow["config"]["background"] is None
    rows = list(csv.reader(io.StringIO(client.get(f"/api/quality/{name}.csv").text)))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_a_chart_as_a_picture(client: TestClient) -> None:
    assert client.get("/api/quality/ahead.svg").text.startswith("<svg")
    assert client.get("/api/quality/ahead.png").content.startswith(b"\x89PNG")
    assert client.get("/api/quality/nope.svg").status_code == 404
    assert client.get("/api/quality/ahead.pdf").status_code in (404, 422)


@pytest.mark.parametrize("page", PAGES)
def test_longer_pages_are_those_of_the_docs(client: TestClient, page: str) -> None:
    told = client.get(f"/api/quality/{page}").json()["markdown"]
    assert told == (DOCS / f"{page}.md").read_text(encoding="utf-8")
    html = client.get(f"/quality/{page}", headers=HTML)
    assert html.status_code == 200
    assert "style=" not in html.text
    assert ".md" not in html.text.partition("<main")[2].partition("</main>")[0]


def test_weaknesses_stand_in_the_docs_as_they_are_shipped() -> None:
    assert (DOCS / "weaknesses.md").read_text(encoding="utf-8") == WEAKNESSES.read_text(encoding="utf-8")


def test_every_forecast_of_the_ledger_is_listed_and_found(client: TestClient) -> None:
    ledger = read_ledger(PUBLISHED)
    told = client.get("/api/quality/forecasts").json()
    listed = {row["id"]: row for target in told["targets"] for row in target["rows"]}
    assert set(listed) == set(ledger.forecasts)
    for name, each in ledger.forecasts.items():
        if each["type"] == "event":
            assert listed[name]["model"]["value"] == each["probability"]
        else:
            median = each["quantiles"][list(ledger.levels).index(0.5)]
            assert listed[name]["model"]["value"] == pytest.approx(median)
    events = client.get("/api/quality/forecasts", params={"kind": "event"}).json()
    assert events["many"] == sum(each["type"] == "event" for each in ledger.forecasts.values())


def test_what_has_come_due_is_counted_by_the_day(client: TestClient) -> None:
    told = client.get("/api/quality/forecasts").json()
    over = [row for target in told["targets"] for row in target["rows"] if row["due"] < told["today"]]
    assert told["ledger"]["past"] == len(over)
    assert all(row["over"] for row in over)


def test_a_target_has_its_rule_baselines_and_prices(client: TestClient) -> None:
    told = client.get("/api/quality/forecasts/oil_chn").json()
    assert told["series"] == ["energy.crude.volume.rus-chn"]
    assert {"the model", "drift"} <= {row["by"] for row in told["rows"]}
    assert {"50", "100"} <= {row["oil"] for row in told["rows"]}
    for name in told["charts"]:
        for width in WIDTHS:
            assert (
                client.get(f"/api/quality/forecasts/{name}.vl.json", params={"width": width}).status_code == 200
            )
    assert client.get("/api/quality/forecasts/oil_ch").status_code == 404


def test_scores_are_worked_out_by_the_worker(client: TestClient, desk: StandIn) -> None:
    answer = client.get("/api/quality/forecasts/scores")
    assert answer.status_code == 202
    task = Task("ledger", {})
    job: Job = desk.jobs[task.key]
    told = {
        "as_of": "2026-11-22",
        "resolved": [],
        "open": [{"id": "oil_chn.2026", "due": "2026-12-31", "note": ""}],
        "summary": {},
    }
    job.end("done", json.dumps(told).encode())
    page = client.get("/quality/forecasts/scores", headers=HTML)
    assert page.status_code == 200
    assert "Nothing is resolved" in page.text
    assert "/quality/forecasts/oil_chn" in page.text


def test_the_worker_scores_the_published_forecasts() -> None:
    from amur.web.work.doing.forecasts import ledger

    told = ledger({}, lambda *_: None)
    assert len(told["open"]) + len(told["resolved"]) == len(read_ledger(PUBLISHED).forecasts)
    json.dumps(told, allow_nan=False)
