"""The frame of the page: who may call, what a request may hold, how faults and waiting are told, what browsers may do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from amur.web import security
from amur.web.app import create
from amur.web.pages import NAVIGATION
from amur.web.settings import Settings
from amur.web.work import Busy, Job, Task

AT = "http://127.0.0.1:8400"
HTML = {"accept": "text/html"}
TOLD = {
    "title": "there is no such thing",
    "mend": "Name another.",
    "field": "until",
    "file": None,
    "line": None,
}


class StandIn:
    """A desk whose jobs end as a test wants them to: never, with a problem, broken off, or not taken at all."""

    def __init__(self) -> None:
        self.how = "never"
        self.jobs: dict[str, Job] = {}

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def health(self) -> dict[str, Any]:
        return {"open": True}

    def job(self, key: str) -> Job | None:
        return self.jobs.get(key)

    def submit(self, task: Task, client: str = "") -> Job:
        if self.how == "busy":
            raise Busy(7)
        job = self.jobs.setdefault(task.key, Job(task, client))
        job.passing = self.how == "broken"
        if self.how in ("broken", "failed"):
            job.end("failed", problem=TOLD)
        return job


@pytest.fixture
def desk() -> StandIn:
    return StandIn()


@pytest.fixture
def client(desk: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("amur.web.asking.PATIENCE", 0.01)
    with TestClient(create(desk=desk), base_url=AT) as made:
        yield made


NOT_AT_HAND = "/outlook?until=2031&seed=987654321"


def test_a_request_to_another_name_is_refused(client: TestClient) -> None:
    # A page elsewhere may point its own name at this machine (DNS rebinding).
    answered = client.get("/api/health", headers={"host": "elsewhere.example"})
    assert answered.status_code == 421
    assert "--allow-host" in answered.json()["mend"]
    for name in ("127.0.0.1:8400", "localhost:9", "[::1]:8400"):
        assert client.get("/api/health", headers={"host": name}).status_code == 200


def test_names_that_are_allowed_are_answered(desk: StandIn) -> None:
    settings = Settings(host="192.0.2.7", hosts=("amur.example",))
    with TestClient(create(settings, desk), base_url="http://amur.example") as client:
        assert client.get("/api/health").status_code == 200
        assert client.get("/api/health", headers={"host": "192.0.2.7:8400"}).status_code == 200
        assert client.get("/api/health", headers={"host": "localhost"}).status_code == 421


def test_listening_everywhere_still_answers_this_machine_only_by_its_own_names() -> None:
    known = Settings(host="0.0.0.0", hosts=("amur.example",)).known_hosts
    assert known == {"127.0.0.1", "localhost", "::1", "amur.example"}


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_what_another_page_sends_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    answered = client.post("/api/health", headers=headers)
    assert answered.status_code == 403
    assert answered.json()["field"] == "Origin"
    assert client.get("/api/health", headers=headers).status_code == 200


def test_own_pages_may_send(client: TestClient) -> None:
    # There is nothing to post to at this address: the guard let it through.
    assert (
        client.post("/api/health", headers={"origin": AT, "sec-fetch-site": "same-origin"}).status_code == 405
    )


def test_what_is_too_large_is_refused_whether_it_says_so_or_not(client: TestClient) -> None:
    assert client.post("/api/health", content=b"x" * (2**20 + 1)).status_code == 413

    def piecemeal() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 2**15

    assert client.post("/api/health", content=piecemeal()).status_code == 413
    assert client.post("/api/health", headers={"content-length": "-5"}).status_code == 413
    assert client.get("/api/outlook?weights=" + "x" * 20_000).status_code == 414


def test_a_slow_sender_is_given_up(desk: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    monkeypatch.setattr(security, "BODY_SECONDS", 0.05)
    sent: list[Any] = []

    async def never() -> Any:
        await asyncio.sleep(30)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/health", "raw_path": b"/api/health", "query_string": b"",
        "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1), "scheme": "http",
        "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    asyncio.run(create(desk=desk)(scope, never, send))
    assert sent[0]["status"] == 408


@pytest.mark.parametrize("path", ["/outlook", "/api/outlook", "/nothing", "/static/site.css", "/api/health"])
def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=HTML).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_no_page_has_a_script_or_a_style_inside(client: TestClient) -> None:
    text = client.get("/outlook", headers=HTML).text
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert (
        "http://"
        not in text.replace("http://www.w3.org/2000/svg", "").replace(AT, "").split('<section class="rests"')[0]
    )


def test_faults_are_problems_for_programs_and_pages_for_readers(client: TestClient) -> None:
    for path, status in (("/api/outlook?until=2060", 422), ("/api/outlook?what=1", 422), ("/api/nothing", 404)):
        told = client.get(path)
        assert told.status_code == status
        assert told.headers["content-type"] == "application/problem+json"
        assert told.json()["status"] == status
        assert told.json()["title"]
    page = client.get("/outlook?until=2060", headers=HTML)
    assert page.status_code == 422
    assert page.headers["content-type"].startswith("text/html")
    assert "until" in page.text
    assert "<h1>" in page.text
    assert client.get("/outlook?until=2060", headers={"accept": "application/json"}).json()["field"] == "until"


def test_an_unknown_parameter_is_named(client: TestClient) -> None:
    told = client.get("/api/outlook?untill=2036").json()
    assert told["field"] == "untill"
    assert told["mend"]


@pytest.mark.parametrize("weights", ["../../secret.toml", "mine.toml", "a/b", "a\\b"])
def test_files_of_this_machine_cannot_be_named(client: TestClient, weights: str) -> None:
    assert client.get("/api/outlook", params={"weights": weights}).status_code == 422
    assert client.get("/api/outlook", params={"endstates": weights}).status_code == 422


def test_what_is_at_hand_is_shown_without_the_model_or_the_desk(client: TestClient, desk: StandIn) -> None:
    desk.how = "busy"
    page, told = client.get("/outlook", headers=HTML), client.get("/api/outlook").json()
    assert page.status_code == 200
    assert told["answer"]["statement"][:60] in page.text.replace("&#39;", "'")


def test_the_model_is_never_loaded_into_the_process_of_the_page() -> None:
    code = """
import sys
from amur.web.app import create
from starlette.testclient import TestClient
from test_frame import StandIn, NOT_AT_HAND, AT
with TestClient(create(desk=StandIn()), base_url=AT) as client:
    assert client.get("/outlook").status_code == client.get("/api/outlook.vl.json").status_code == 200
    assert client.get(f"/api{NOT_AT_HAND}").status_code == 202
assert "jax" not in sys.modules, "jax"
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-800:]


def test_what_is_not_at_hand_is_being_worked_out(client: TestClient) -> None:
    told = client.get(f"/api{NOT_AT_HAND}")
    assert told.status_code == 202
    assert told.headers["retry-after"] == "1"
    assert told.json()["events"] == f"/api/jobs/{told.json()['key']}/events"
    assert client.get(f"/api/jobs/{told.json()['key']}").json()["state"] == "waiting"
    page = client.get(NOT_AT_HAND, headers=HTML)
    assert page.status_code == 202
    assert told.json()["events"] in page.text
    assert 'http-equiv="refresh"' in page.text


def test_too_much_at_once_is_told_with_when_to_come_again(client: TestClient, desk: StandIn) -> None:
    desk.how = "busy"
    told = client.get(f"/api{NOT_AT_HAND}")
    assert told.status_code == 429
    assert told.headers["retry-after"] == "7"


def test_a_question_that_cannot_be_put_is_the_askers_fault(client: TestClient, desk: StandIn) -> None:
    desk.how = "failed"
    told = client.get(f"/api{NOT_AT_HAND}")
    assert told.status_code == 400
    assert (told.json()["title"], told.json()["mend"], told.json()["field"]) == (
        TOLD["title"],
        TOLD["mend"],
        "until",
    )


def test_work_that_broke_off_is_not(client: TestClient, desk: StandIn) -> None:
    desk.how = "broken"
    told = client.get(f"/api{NOT_AT_HAND}")
    assert told.status_code == 503
    assert told.headers["retry-after"]


def test_a_stream_ends_with_how_the_job_ended(client: TestClient, desk: StandIn) -> None:
    key = client.get(f"/api{NOT_AT_HAND}").json()["key"]
    desk.jobs[key].end("failed", problem=TOLD)
    answered = client.get(f"/api/jobs/{key}/events")
    assert answered.headers["content-type"].startswith("text/event-stream")
    assert answered.text.startswith("event: failed\n")
    assert client.get("/api/jobs/0123456789abcdef/events").status_code == 404


def test_files_may_be_kept_for_ever_only_under_their_fingerprint(client: TestClient) -> None:
    from amur.web.views import static

    assert "immutable" in client.get(static("site.css")).headers["cache-control"]
    assert "immutable" not in client.get("/static/site.css").headers["cache-control"]
    assert client.get("/static/site.css?v=other").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["..%2fapp.py", "app.py", "%2e%2e/settings.py", "nothing.css", ".css", "a%00.css"]
)
def test_nothing_but_the_pages_own_files_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_every_page_of_the_navigation_has_json_that_the_description_knows(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    for page in NAVIGATION:
        assert ("/api/standing" if page.path == "/" else f"/api{page.path}") in described, page.path


def test_the_description_shows_every_address_and_its_parameters(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    text = client.get("/api", headers=HTML).text
    for path in described:
        assert path in text.replace("&#34;", '"')
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
