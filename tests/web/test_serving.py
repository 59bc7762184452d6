"""The server against clients that hold it up, and how it starts and stops."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from amur.errors import AmurError
from amur.web import serving
from amur.web.connections import Bounds

SOON = 60.0
SHORT = Bounds(head=0.4, whole=0.8, idle=1, taken=0.5, bytes=2000, one=4, all=8)
GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals of POSIX")


async def _hello(request: Request) -> Response:
    return PlainTextResponse(f"{request.client.host if request.client else ''} {len(await request.body())}")


async def _stream(request: Request) -> Response:
    async def told() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 2**20
            await asyncio.sleep(0)

    return StreamingResponse(told())


async def _follow(request: Request) -> Response:
    over: asyncio.Event = request.app.state.over

    async def told() -> AsyncIterator[bytes]:
        yield b"event: progress\n\n"
        await over.wait()
        yield b"event: cancelled\n\n"

    return StreamingResponse(told(), media_type="text/event-stream")


def application() -> Starlette:
    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.over = asyncio.Event()
        app.state.desk = SimpleNamespace(close=app.state.over.set)
        yield

    routes = [
        Route("/", _hello, methods=["GET", "POST"]), Route("/stream", _stream), Route("/follow", _follow),
    ]  # fmt: skip
    return Starlette(routes=routes, lifespan=life)


@contextmanager
def served(bounds: Bounds = SHORT) -> Iterator[int]:
    """A server in a thread; its port."""
    listening = serving.listen("127.0.0.1", 0)
    made = serving.server(application(), serving.address_of(listening, "127.0.0.1"), bounds)
    thread = threading.Thread(target=made.run, args=([listening],))
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        made.should_exit = True
        thread.join(SOON)
        assert not thread.is_alive()
        listening.close()


@contextmanager
def client(port: int, *, address: str = "127.0.0.1", said: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), SOON, source_address=(address, 0)) as made:
        if said:
            made.sendall(said)
        yield made


def drip(made: socket.socket, drop: bytes) -> bool:
    """Send drops until the server has closed; whether it did."""
    before = time.monotonic()
    while time.monotonic() - before < SOON:
        try:
            made.sendall(drop)
        except OSError:
            return True
        time.sleep(0.05)
    return False


def one(made: socket.socket) -> bytes:
    """One answer of the application to :data:`GET`, or all that comes."""
    told = b""
    while not told.endswith(b" 0") and (more := made.recv(2**16)):
        told += more
    return told


def all_of(made: socket.socket) -> bytes:
    """All that comes until the server closes."""
    told = b""
    try:
        while more := made.recv(2**16):
            told += more
    except ConnectionError:
        pass
    return told


def test_a_request_is_answered_on_a_connection_that_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    with served() as port, client(port) as made:
        for _ in range(2):
            made.sendall(GET)
            told = one(made)
            assert told.startswith(b"HTTP/1.1 200")
            assert told.endswith(b"127.0.0.1 0")
            assert b"server:" not in told
        assert all_of(made) == b"", "a connection that is left idle is closed"
    assert f"http://127.0.0.1:{port}/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"", b""),
        (b"\r\n", b"HTTP/1.1 408"),
        (b"GET / HTTP/1.1\r\nhost: x\r\n", b"HTTP/1.1 408"),
        (b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n1234", b""),
        (GET + b"\r\n\r\n", b"HTTP/1.1 200"),
        (GET + b"GET / HTTP", b"HTTP/1.1 200"),
    ],
    ids=["nothing", "an empty line", "half a head", "half a body", "empty lines after", "half a second"],
)
def test_a_client_that_does_not_go_on_is_closed(said: bytes, told: bytes) -> None:
    with served() as port, client(port, said=said) as made:
        assert all_of(made)[:12] == told


def test_drops_of_a_head_do_not_hold_the_connection() -> None:
    with served() as port, client(port, said=b"GET / HTTP/1.1\r\nhost: x\r\n") as made:
        assert drip(made, b"a: b\r\n")


@pytest.mark.parametrize("said", [b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 500, b"GET /" + b"a" * 9000])
def test_a_head_is_bounded(said: bytes) -> None:
    with served() as port, client(port, said=said) as made:
        assert all_of(made).startswith(b"HTTP/1.1 431")


def test_a_body_is_no_head() -> None:
    head = b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 100000\r\n\r\n"
    with served() as port, client(port, said=head + b"x" * 100_000) as made:
        assert all_of(made).endswith(b"127.0.0.1 100000")


def test_who_asks_is_who_is_connected() -> None:
    forwarded = b"GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.1\r\nforwarded: for=192.0.2.1\r\nconnection: close\r\n\r\n"
    with served() as port, client(port, said=forwarded) as made:
        assert all_of(made).endswith(b"127.0.0.1 0")


@pytest.mark.parametrize("upgrade", [b"websocket", b"h2c"])
def test_nothing_is_upgraded(upgrade: bytes) -> None:
    asked = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: " + upgrade + b"\r\n\r\n"
    with served() as port, client(port, said=asked) as made:
        assert all_of(made).startswith(b"HTTP/1.1 200")


def test_an_answer_that_is_not_taken_is_given_up() -> None:
    with served() as port, client(port, said=b"GET /stream HTTP/1.1\r\nhost: x\r\n\r\n") as made:
        time.sleep(3 * SHORT.taken)
        made.settimeout(SOON)
        all_of(made)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of the machine")
def test_one_client_cannot_take_the_connections_of_another() -> None:
    patient = Bounds(head=SOON, one=4, all=8)
    with served(patient) as port:
        held = [socket.create_connection(("127.0.0.1", port), SOON) for _ in range(100)]
        try:
            refused = held[-1]
            refused.sendall(GET)
            assert all_of(refused).startswith(b"HTTP/1.1 503")
            with client(port, address="127.0.0.2", said=GET) as other:
                assert one(other).endswith(b"127.0.0.2 0")
        finally:
            for each in held:
                each.close()
        for _ in range(1000):
            with client(port, said=GET) as again:
                told = one(again)
            if told.endswith(b"127.0.0.1 0"):
                break
            time.sleep(0.01)
        assert told.endswith(b"127.0.0.1 0"), "places that were left are free again"


def test_those_who_follow_hear_that_the_server_stops() -> None:
    listening = serving.listen("127.0.0.1", 0)
    made = serving.server(application(), "http://x/")
    thread = threading.Thread(target=made.run, args=([listening],))
    thread.start()
    with client(listening.getsockname()[1], said=b"GET /follow HTTP/1.1\r\nhost: x\r\n\r\n") as follower:
        while b"progress" not in follower.recv(2**16):
            pass
        made.should_exit = True
        assert b"event: cancelled" in all_of(follower)
    thread.join(SOON)
    assert not thread.is_alive()


def test_a_port_in_use_names_another() -> None:
    with serving.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AmurError, match=rf"port {port} of 127.0.0.1 is in use.*--port"):
            serving.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x" * 300])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(AmurError, match="no address of this machine"):
        serving.listen(host, 0)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:"), ("0.0.0.0", "http://localhost:")],
)
def test_the_address_told_is_one_that_a_browser_understands(host: str, address: str) -> None:
    bound: Any = SimpleNamespace(getsockname=lambda: (host, 8712))
    assert serving.address_of(bound, host) == f"{address}8712/"


def test_the_browser_is_opened_once_there_is_something_to_see(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    seen = threading.Event()

    def look(address: str) -> bool:
        with socket.create_connection(("127.0.0.1", int(address.split(":")[-1].strip("/"))), SOON) as made:
            made.sendall(GET)
            opened.append(one(made)[:12].decode())
        seen.set()
        return True

    monkeypatch.setattr(webbrowser, "open", look)
    listening = serving.listen("127.0.0.1", 0)
    made = serving.server(application(), serving.address_of(listening, "127.0.0.1"), browser=True)
    thread = threading.Thread(target=made.run, args=([listening],))
    thread.start()
    assert seen.wait(SOON)
    made.should_exit = True
    thread.join(SOON)
    assert opened == ["HTTP/1.1 200"]


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from test_serving import application
from amur.web.serving import serve
from amur.web.settings import Settings

serve(application(), Settings(port=0))
print("stopped", flush=True)
"""


@POSIX
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_in_order_though_somebody_follows(sign: int, tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SCRIPT, encoding="utf-8")
    asked = [sys.executable, script, Path(__file__).parent]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = int(server.stdout.readline().split(":")[2].split("/")[0])
        with client(port, said=b"GET /follow HTTP/1.1\r\nhost: x\r\n\r\n") as follower:
            while b"progress" not in follower.recv(2**16):
                pass
            server.send_signal(sign)
            out, err = server.communicate(timeout=SOON)
    assert (server.returncode, out, err) == (0, "stopped\n", "")
