"""The page of what-ifs in process: what an address says, what it refuses, what stands on the page, files out and in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from amur import __version__
from amur.errors import AmurError
from amur.questions.answer import Answer, Made, Number, Rests
from amur.questions.whatif import possible
from amur.questions.whatif.sharing import text
from amur.web.app import create
from amur.web.parts.whatif_asked import MOST, WhatIf, address, called, of_file, of_question, reproduced, stamp
from amur.web.settings import Settings
from amur.web.work import Job, Task

DATES = ("2030-Q4", "2036-Q4", "2046-Q4")
HOME = "http://127.0.0.1:8400"
LINES = (
    "hold oil_price 150.123456789 start=2027-Q1 end=2029-Q4 ramp=2 fade=3",
    "hold aid_ukr 20 begin=80 ramp=8",
    "change oil_price -12.5 how=add",
    "force support dual-use start=2027-Q1",
    "scale common-rival 1.5",
    "cut gas_chn 0.3 start=2027-Q1",
    "add lng_chn 4.5 end=2040-Q4",
    "line power-of-siberia-2 built start=2033-Q1",
    "capacity espo-spur 1.5",
    "freeze trade 2021-Q4",
)


def _number(name: str, about: str, when: str, value: float = 0.5) -> Number:
    bounds = (value - 0.2, value + 0.2, value - 0.4, value + 0.4)
    return Number(name, about, "index", value, *bounds, 0.01, 0.1, {"concert": value}, {"when": when})


@cache
def canned() -> Answer:
    """An answer like those of the question, small."""
    quantities = {
        "oil_chn": "Crude to China",
        "dependence_rus": "Dependence of Russia",
        "dependence_chn": "Dependence of China",
    }
    effects = tuple(
        {
            "quantity": name, "about": about, "unit": "index", "when": when, "baseline": 1.0, "effect": 0.5,
            "baseline_sd": 0.5, "relative": 1.0, "rank": 1 if name == "oil_chn" else None, "moves_with": None,
            "low50": 0.3, "high50": 0.7, "low90": 0.1, "high90": 0.9, "data_share": 0.1,
        }
        for name, about in quantities.items()
        for when in DATES
    )  # fmt: skip
    paths = tuple(
        {
            "quantity": name, "about": about, "unit": "index", "world": world, "year": year, "middle": 1.0, "low50": 0.5,
            "high50": 1.5, "low90": 0.0, "high90": 2.0,
        }
        for name, about in quantities.items()
        for world in ("baseline", "under")
        for year in (2026, 2046)
    )  # fmt: skip
    states = tuple(
        {"endstate": "drift", "title": "Drift", "when": when, "without": 0.2, "under": 0.3, "change": 10.0, "low90": 1.0,
         "high90": 20.0, "error": 0.1}
        for when in DATES
    )  # fmt: skip
    decisions = ({
        "decision": "risk", "who": "Moscow", "option": "war", "when": "2030-Q4", "forced": False, "without": 0.5,
        "under": 0.1, "change": -40.0,
    },)  # fmt: skip
    interventions = [{"do": "force", "decision": "ukraine", "option": "ceasefire", "start": "2027-Q1"}]
    asked = {
        "title": "Ceasefire in Ukraine", "interventions": interventions, "claims": ["P11"], "against_title": "",
        "against_interventions": [], "quantity": [], "at": list(DATES), "made": {}, "futures": 2048, "seed": 1,
        "weights": "stacking",
    }  # fmt: skip
    numbers = tuple(_number(name, about, when) for name, about in quantities.items() for when in DATES)
    risk = Number(
        "risk:war", "Moscow, risk: war", "points", -40.0, -50, -30, -60, -20, 1.0, 0.1, {}, {"when": "2030-Q4"}
    )
    return Answer(
        "whatif", "What if: Ceasefire in Ukraine", asked, "Under 'Ceasefire', crude moves. Readings agree.", (*numbers, risk),
        {
            "worlds": ({"side": "under", "title": "Ceasefire in Ukraine", "intervention": "force ukraine ceasefire"},),
            "effects": effects, "endstates": states, "decisions": decisions, "paths": paths,
        },
        Rests(("trade.one",), (), ("trade.total.chn-rus",), ("P11",), ("A source",)),
        Made(__version__, stamp(), 1, 2034, {"concert": 1.0}, "stacking"), ("What is done is taken as given.",),
    )  # fmt: skip


class StandIn:
    """A desk that answers every what-if with one answer, and reads files in this process."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.jobs: dict[str, Job] = {}
        self.slow = False
        self.dropped: list[str] = []

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    def submit(self, task: Task, client: str = "") -> Job:
        self.tasks.append(task)
        job = self.jobs.setdefault(task.key, Job(task))
        if task.kind == "scenario_file":
            from amur.web.work.doing.scenario_file import scenario_file

            try:
                job.end("done", json.dumps(scenario_file(task.told, lambda *told: None)).encode())
            except AmurError as error:
                job.end("failed", problem=error.as_problem())
        elif not self.slow:
            job.end("done", json.dumps(canned().as_json()).encode())
        return job

    def job(self, key: str) -> Job | None:
        return self.jobs.get(key)

    def cancel(self, key: str) -> None:
        self.dropped.append(key)

    def health(self) -> dict[str, Any]:
        return {}


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is at hand, whatever was asked on this machine before."""
    monkeypatch.setattr("amur.questions.at_hand", lambda question, **asked: None)


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[TestClient, StandIn]]:
    desk = StandIn()
    with TestClient(create(desk=desk), base_url=HOME) as client:
        yield client, desk


@pytest.fixture
def desk(opened: tuple[TestClient, StandIn]) -> StandIn:
    opened[1].clear()
    return opened[1]


@pytest.fixture
def client(opened: tuple[TestClient, StandIn], desk: StandIn) -> TestClient:
    return opened[0]


def _asked_by(client: TestClient, where: str) -> WhatIf:
    """What an address asks, as the page reads it."""
    told = client.get(f"/api{where}").json()["asked"]
    return WhatIf(**{name: each for name, each in told.items() if each is not None})


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize("line", LINES)
def test_every_kind_of_intervention_survives_its_address(client: TestClient, line: str):
    asked = WhatIf(do=[line], against_do=[line])
    found = _asked_by(client, address(asked))
    assert (found.do, found.against_do) == ([line], [line])
    assert address(found) == address(asked)


@pytest.mark.parametrize("name", sorted(possible.possible()["scenarios"]))
def test_every_preset_survives_its_address_and_its_file(client: TestClient, name: str):
    asked = WhatIf(scenario=[name])
    assert _asked_by(client, address(asked)).scenario == [name]
    lines = [possible.plain(each) for each in possible.lines_of(name)]
    found = possible.found_scenario(name)
    of = of_file({"title": found["title"], "interventions": lines, "claims": found["claims"]})
    assert address(of) == address(asked)


def test_an_address_says_all_of_it_and_what_made_it():
    asked = WhatIf(
        scenario=["ceasefire"], do=["hold oil_price 150"], against=["europe-returns"], at="2030,2035-Q2", quantity=["oil_chn"],
        futures=1024, seed=7, weights="even", title="A + B",
    )  # fmt: skip
    told = parse_qs(urlsplit(address(asked)).query)
    assert told == {
        "scenario": ["ceasefire"], "do": ["hold oil_price 150"], "against": ["europe-returns"], "at": ["2030,2035-Q2"],
        "quantity": ["oil_chn"], "futures": ["1024"], "seed": ["7"], "weights": ["even"], "title": ["A + B"],
        "v": [__version__], "stamp": [stamp()],
    }  # fmt: skip


def test_what_is_usual_is_not_said():
    asked = WhatIf(scenario=["ceasefire"], at="2030,2036,2046", futures=2048, seed=1, weights="stacking")
    assert set(parse_qs(urlsplit(address(asked)).query)) == {"scenario", "v", "stamp"}


def test_the_model_is_asked_what_the_address_says(client: TestClient, desk: StandIn):
    client.get("/api/whatif?scenario=ceasefire&do=hold+oil_price+150&at=2030,2036&v=0.0.1&stamp=ab")
    assert desk.tasks[-1].told == {
        "question": "whatif",
        "asked": {
            "scenario": ["ceasefire"], "do": ["hold oil_price 150"], "at": "2030,2036",
            "title": "Ceasefire in Ukraine + Brent crude at 150 US$/bbl",
        },
    }  # fmt: skip


def test_a_world_is_called_by_what_is_done():
    assert called(["ceasefire"], []) == "Ceasefire in Ukraine"
    assert called([], ["scale trade 0"]).endswith("at strength 0")
    many = called(["ceasefire"], [f"hold oil_price {price}" for price in (50, 60, 70, 80)])
    assert many.endswith("+ 3 more")
    assert len(called([], [f"hold oil_price {price}" for price in range(40, 60)])) <= 200


def test_what_asks_it_again_is_told():
    told = reproduced(WhatIf(scenario=["ceasefire"], do=["hold oil_price 50 start=2027-Q1"], at="2030,2036"))
    assert told["python"] == (
        "amur.questions.ask('whatif', scenario=['ceasefire'], do=['hold oil_price 50 start=2027-Q1'], at='2030,2036')"
    )
    assert told["command"] == "amur ask whatif ceasefire --do 'hold oil_price 50 start=2027-Q1' --at 2030,2036"
    two = reproduced(WhatIf(scenario=["ceasefire"], against=["europe-returns", "expose"]))
    assert two["command"] == "amur ask whatif ceasefire --against europe-returns,expose"
    assert reproduced(WhatIf(scenario=["ceasefire"], against_do=["scale trade 0"]))["command"] == ""


# ---------------------------------------------------------------- bounds and faults


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("do=hold+oil_prise+150", 400, "quantity"),
        ("do=hold+oil_price", 400, "value"),
        ("do=hold+oil_price+150;+cut+oil_chn+1", 422, "do.0"),
        ("scenario=cease-fire", 400, "scenario"),
        ("scenario=mine.toml", 422, "scenario.0"),
        ("against=../mine", 422, "against.0"),
        ("scenario=ceasefire&quantity=oil_chm", 400, "quantity"),
        ("scenario=ceasefire&at=soon", 422, "at"),
        ("scenario=ceasefire&at=2030,2031,2032,2033,2034,2035,2036,2037,2038", 422, "at"),
        ("scenario=ceasefire&own=x", 422, "own"),
        ("scenario=ceasefire&futures=10", 422, "futures"),
        ("scenario=ceasefire&weights=/etc/passwd", 422, "weights"),
        (f"do=hold+oil_price+{'1' * 200}", 422, "do.0"),
        ("&".join(["do=scale+trade+0"] * (MOST + 1)), 422, "do"),
        ("scenario=ceasefire&" + "&".join(f"quantity=oil_chn{at}" for at in range(13)), 422, "quantity"),
    ],
)
def test_what_cannot_be_asked_names_the_field(
    client: TestClient, desk: StandIn, query: str, status: int, field: str
):
    answer = client.get(f"/api/whatif?{query}")
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert desk.tasks == [], "the model was not troubled with it"


def test_a_fault_leaves_the_levers_on_the_page(client: TestClient):
    answer = client.get("/whatif?do=hold+oil_prise+150", headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert "Did you mean" in answer.text
    assert 'value="hold oil_prise 150"' in answer.text


def test_too_much_at_once_is_refused():
    with pytest.raises(AmurError, match="at once"):
        of_question(WhatIf(scenario=["taiwan-war", "chinese-recession", "role-switch", "without-the-west"], do=["scale trade 0"] * 24))  # fmt: skip


def test_markup_in_names_is_only_text(client: TestClient):
    told = client.get("/whatif?scenario=ceasefire&title=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert(1)" in told


# ---------------------------------------------------------------- pages


def test_the_first_page_waits_for_nothing(client: TestClient, desk: StandIn):
    page = client.get("/whatif")
    assert page.status_code == 200
    assert desk.tasks == []
    for name, each in possible.possible()["scenarios"].items():
        assert f"/whatif?scenario={name}" in page.text
        assert each["title"] in unescape(page.text)
    told = client.get("/api/whatif").json()
    presets = [each for group in told["presets"] for each in group["presets"]]
    assert len(presets) == 46
    assert all(each["effect"]["value"] and each["effect"]["spread"] for each in presets)
    assert {group["group"] for group in told["presets"]} >= {"Scenarios", "Levers of Beijing", "Levers of Moscow", "Levers of the West"}  # fmt: skip


def test_the_page_shows_what_follows(client: TestClient):
    text = client.get("/whatif?scenario=ceasefire").text
    assert "Under &#39;Ceasefire&#39;, crude moves." in text
    assert re.findall(r'data-chart="([\w-]+)"', text) == [
        "paths-oil_chn", "paths-dependence_rus", "paths-dependence_chn", "endstates", "decisions",
    ]  # fmt: skip
    assert "Dependence, both ways" in text
    assert "amur ask whatif ceasefire" in text
    data = json.loads(re.search(r'<script type="application/json" id="page">(.*?)</script>', text, re.S)[1])  # type: ignore[index]
    assert set(data["charts"]["rows"]) == {"paths-oil_chn", "paths-dependence_rus", "paths-dependence_chn", "endstates", "decisions"}  # fmt: skip
    assert set(data["charts"]["layouts"]["paths"]) == {"narrow", "half", "wide", "full"}
    assert {row["world"] for row in data["charts"]["rows"]["endstates"]} == {"Baseline", "What if"}


def test_no_script_and_no_style_stand_in_the_page(client: TestClient):
    text = client.get("/whatif?scenario=ceasefire&do=scale+trade+0").text
    assert not re.search(r"\sstyle=|<style|\son\w+=", text)
    for script in re.findall(r"<script([^>]*)>", text):
        assert "src=" in script or 'type="application/json"' in script


def test_without_a_script_the_levers_are_a_form(client: TestClient):
    text = unescape(
        client.get("/whatif?scenario=ceasefire&do=hold+oil_price+150&against_do=scale+trade+0").text
    )
    form = re.search(r"<noscript>\s*<form.*?</noscript>", text, re.S)[0]  # type: ignore[index]
    assert '<option value="ceasefire" selected>' in form
    assert 'name="do" value="hold oil_price 150"' in form
    assert 'name="against_do" value="scale trade 0"' in form
    assert 'value="hold oil_price"' in form
    # Fields that are left empty say nothing.
    answer = client.get("/api/whatif?scenario=ceasefire&do=&do=hold+oil_price+150&against=&at=&quantity=")
    assert answer.status_code == 200
    assert answer.json()["asked"]["do"] == ["hold oil_price 150"]


def test_a_lever_is_added_in_fields(client: TestClient):
    answer = client.get(
        "/whatif/add?scenario=ceasefire&what=hold+oil_price&value=150&start=2027-Q1&end=&ramp=2",
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {
        "scenario": ["ceasefire"], "do": ["hold oil_price 150 start=2027-Q1 ramp=2"],
    }  # fmt: skip
    wrong = client.get("/whatif/add?what=hold+oil_price&value=", follow_redirects=False)
    assert wrong.status_code == 400


def test_while_it_is_worked_out_the_page_says_so(client: TestClient, desk: StandIn):
    desk.slow = True
    page = client.get("/whatif?scenario=ceasefire", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["retry-after"]) == (202, "1")
    assert f"/api/jobs/{desk.tasks[-1].key}/events" in page.text
    assert '<meta http-equiv="refresh"' in page.text
    part = client.get("/whatif/results?scenario=ceasefire", headers={"accept": "application/json"})
    assert (part.status_code, part.json()["events"]) == (202, f"/api/jobs/{desk.tasks[-1].key}/events")
    assert client.get("/api/whatif?scenario=ceasefire").status_code == 202


def test_the_wish_before_is_dropped(client: TestClient, desk: StandIn):
    desk.slow = True
    before = client.get("/whatif/results?scenario=ceasefire", headers={"accept": "application/json"}).json()[
        "key"
    ]
    client.get(f"/whatif/results?scenario=expose&instead={before}", headers={"accept": "application/json"})
    assert desk.dropped == [before]
    desk.jobs[before].watchers = 1
    client.get(f"/whatif/results?scenario=expose&instead={before}", headers={"accept": "application/json"})
    assert desk.dropped == [before], "somebody else waits for it"


def test_only_the_results_come_where_a_lever_has_moved(client: TestClient):
    told = client.get("/whatif/results?scenario=ceasefire", headers={"accept": "application/json"}).json()
    assert set(told) == {"html", "charts", "address", "shown", "headline"}
    assert told["address"] == address(WhatIf(scenario=["ceasefire"]))
    assert "<html" not in told["html"]
    assert "Crude to China" in told["html"]
    assert told["headline"] == "Crude to China: +0.50 index in 2030"


def test_an_old_address_says_that_numbers_may_be_others(client: TestClient):
    old = client.get("/whatif?scenario=ceasefire&v=0.0.1&stamp=abc123").text
    assert "its numbers may be others" in old
    assert "0.0.1" in old
    same = client.get(address(WhatIf(scenario=["ceasefire"]))).text
    assert "its numbers may be others" not in same


def test_what_there_is_to_do_is_told_to_programs(client: TestClient):
    told = client.get("/api/whatif/possible").json()
    assert set(told["order"]) == set(told["kinds"])
    assert told["quantities"]["oil_price"]["unit"] == "US$/bbl"
    assert len(told["scenarios"]) == 46
    described = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/whatif", "/api/whatif.toml", "/api/whatif.pdf", "/api/whatif/possible"} <= set(described)
    assert "/whatif/file" not in described


def test_the_server_does_not_load_the_model():
    code = (
        "import sys; sys.path.insert(0, 'tests/web'); import test_whatif_page as t;"
        "c = t.TestClient(t.create(desk=t.StandIn()), base_url=t.HOME).__enter__();"
        "a = [c.get(p).status_code for p in ('/whatif', '/whatif?scenario=ceasefire&do=scale+trade+0', '/api/whatif.csv?scenario=ceasefire', '/api/whatif.toml?scenario=ceasefire')];"
        "print(a, 'jax' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[200, 200, 200, 200] False"


# ---------------------------------------------------------------- files


def test_files_are_offered(client: TestClient):
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("svg", b"<svg"), ("toml", b"title")):
        answer = client.get(f"/api/whatif.{ending}?scenario=ceasefire")
        assert answer.status_code == 200
        assert answer.content.startswith(start) or ending == "csv"
        assert f"amur-whatif.{ending}" in answer.headers["content-disposition"]
    assert client.get("/api/whatif.toml?scenario=ceasefire").text == text(canned())
    assert client.get("/api/whatif.toml").status_code == 400


@pytest.mark.parametrize("part", ["endstates", "decisions", "paths-oil_chn", "effects"])
def test_each_chart_is_a_specification(client: TestClient, part: str):
    told = client.get(f"/api/whatif.vl.json?scenario=ceasefire&part={part}&width=half").json()
    assert told["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def _send(client: TestClient, content: bytes, name: str = "mine.toml") -> Any:
    return client.post("/whatif/file", files={"file": (name, content, "application/toml")})


MINE = """
title = "Dear oil"
[[interventions]]
do = "hold"
quantity = "oil_price"
value = 150.25
start = "2027-Q1"
"""


def test_a_file_brought_back_becomes_an_address(client: TestClient):
    answer = _send(client, MINE.encode())
    assert answer.status_code == 200
    assert [each.status_code for each in answer.history] == [303, 303]
    assert parse_qs(urlsplit(str(answer.url)).query) == {
        "do": ["hold oil_price 150.25 start=2027-Q1"],
        "title": ["Dear oil"],
    }


def test_a_form_of_the_page_may_bring_a_file_and_one_of_another_page_may_not(client: TestClient):
    """A browser tells the origin "null" of a form on a page that tells no referrer."""
    file = {"file": ("mine.toml", MINE.encode(), "application/toml")}
    for site, status in (("same-origin", 200), ("cross-site", 403), ("none", 403)):
        answer = client.post("/whatif/file", files=file, headers={"origin": "null", "sec-fetch-site": site})
        assert answer.status_code == status, site


def test_what_was_handed_on_comes_back_as_the_same_address(client: TestClient):
    answer = _send(client, client.get("/api/whatif.toml?scenario=ceasefire").content)
    told = parse_qs(urlsplit(str(answer.url)).query)
    # The canned answer does half of the ceasefire only.
    assert told == {
        "do": ["force ukraine ceasefire start=2027-Q1"], "title": ["Ceasefire in Ukraine"], "claims": ["P11"],
        "v": [__version__], "stamp": [stamp()],
    }  # fmt: skip


def test_a_file_says_all_that_an_address_says():
    lines = [*possible.lines_of("ceasefire"), "hold oil_price 150"]
    options = {
        "title": called(["ceasefire"], ["hold oil_price 150"]), "interventions": [possible.plain(each) for each in lines],
        "against_interventions": [possible.plain("scale trade 0")], "against_title": "No trade", "claims": ["P11", "T8"],
        "futures": 1024, "seed": 1, "weights": "even", "at": ["2030-Q4", "2035-Q2"], "quantity": ["oil_chn"],
        "made": {"version": "0.0.1", "stamp": "ab", "weighed": "…"},
    }  # fmt: skip
    found = of_file(options)
    assert found == WhatIf(
        scenario=["ceasefire"], do=["hold oil_price 150"], against_do=["scale trade 0"], against_title="No trade",
        futures=1024, weights="even", at="2030,2035-Q2", quantity=["oil_chn"], v="0.0.1", stamp="ab",
    )  # fmt: skip


def test_a_file_that_does_too_much_is_refused():
    with pytest.raises(AmurError) as refused:
        of_file({"interventions": [possible.plain("scale trade 0.5")] * (MOST + 1)})
    assert refused.value.field == "interventions"


def test_what_is_wrong_in_a_file_names_file_line_field_and_mend(client: TestClient):
    answer = _send(client, MINE.replace("oil_price", "oil_prise").encode())
    assert answer.status_code == 400
    told = unescape(answer.text)
    assert "mine.toml" in told
    assert "line 5" in told
    assert "quantity" in told
    assert "oil_price" in told


def test_large_and_odd_files_are_refused(client: TestClient, desk: StandIn):
    assert _send(client, b"x" * (2**18 + 1)).status_code == 413
    assert _send(client, b"\xff\xfe\x00").status_code == 400
    assert desk.tasks == []
    assert client.get("/whatif/file/0123456789abcdef").status_code == 404


def test_a_server_for_others_takes_no_files():
    desk = StandIn()
    with TestClient(create(Settings(read_only=True), desk=desk), base_url=HOME) as client:
        assert _send(client, MINE.encode()).status_code == 403
        assert 'action="/whatif/file"' not in client.get("/whatif").text
    assert desk.tasks == []
