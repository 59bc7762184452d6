"""What the load test tells apart: answers, waiting, and errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks import web

ANSWER = {"answer": {"numbers": [{"name": "x", "value": 1.0}]}}


class Server(BaseHTTPRequestHandler):
    """Answers a path with what ``answers`` has for it, one after the other; the last one again and again."""

    answers: dict[str, list[tuple[int, dict[str, str], str]]]

    def do_GET(self) -> None:
        told = self.answers[self.path]
        status, headers, body = told.pop(0) if len(told) > 1 else told[0]
        self.send_response(status)
        for name, each in headers.items():
            self.send_header(name, each)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def home() -> Iterator[str]:
    pending = json.dumps({"events": "/events"})
    Server.answers = {
        "/slow": [(202, {}, pending), (429, {"Retry-After": "0"}, ""), (200, {}, json.dumps(ANSWER))],
        "/events": [(200, {}, "event: progress\ndata: {}\n\nevent: done\ndata: {}\n\n")],
        "/broken": [(500, {}, "no luck")],
        "/words": [(200, {}, "no JSON")],
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_waiting_is_no_error(home: str) -> None:
    user = web.User(home, 7)
    assert user.ask("/slow") == ANSWER
    assert (len(user.told.seconds), user.told.requests, user.told.busy, user.told.errors) == (1, 4, 1, [])


@pytest.mark.parametrize(("path", "said"), [("/broken", "500 /broken: no luck"), ("/words", "JSONDecodeError")])
def test_what_is_no_answer_is_an_error(home: str, path: str, said: str) -> None:
    user = web.User(home)
    assert user.ask(path) is None
    assert said in user.told.errors[0]


def test_nobody_there_is_an_error() -> None:
    user = web.User("http://127.0.0.1:9")
    assert user.ask("/") is None
    assert user.told.errors


def test_the_summary_counts_everyone() -> None:
    told = [web.Told(seconds=[1.0, 2.0], requests=3, busy=1), web.Told(seconds=[3.0], requests=1)]
    found = web.summary(told, 2.0)
    assert (found["answers"], found["median_seconds"], found["slowest_seconds"]) == (3, 2.0, 3.0)
    assert (found["answers_a_second"], found["requests_a_second"], found["told_to_wait"]) == (1.5, 2.0, 1)
    assert web.summary([web.Told()], 1.0)["answers"] == 0


def test_other_numbers_end_the_benchmark() -> None:
    web.same(ANSWER, ANSWER["answer"])
    with pytest.raises(SystemExit):
        web.same(ANSWER, {"numbers": [{"name": "x", "value": 1.1}]})


def test_no_what_if_is_asked_twice() -> None:
    assert len({web.path(number) for number in range(500)}) == 500
