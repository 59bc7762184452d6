"""How the page holds when many use it at once, beside the same what-ifs asked one by one on the command line.

    .venv/bin/python -m benchmarks.web [--users 50] [--each 2] [--few 3] [--json]

A real ``amur serve`` with a cache folder of its own answers on loopback. As many users as told, each from an address of
its own where the system has them, ask ``--each`` what-ifs that nobody asked before: an oil price held from 2027. A user
follows the events of what is being worked out as the page does; being told to wait (429) is waiting, no error. Meanwhile
one more visitor loads the first page again and again. Then ``--few`` of the same what-ifs are asked with ``amur ask
whatif``, each in a new process with nothing kept; the numbers must be the same (else exit status 1).

Targets on two quiet cores: no errors, the first page under 1 s for a visitor while all that goes on, a what-if under 1 s
where nobody else asks, and a what-if among many at least 5 times as cheap as on the command line.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 600.0
"""Seconds after which a user gives up, which is an error."""
PRICES = (31, 1)
"""Oil prices that are held, in US dollars: the first, and the step from one what-if to the next."""
ALONE = 3
READY = 300.0


@dataclass
class Told:
    """What a user was told: seconds to each answer, times it was told to wait, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    busy: int = 0
    errors: list[str] = field(default_factory=list)


class User:
    """Someone at an address of the loopback network, with one connection at a time."""

    def __init__(self, home: str, number: int = 0) -> None:
        self.host, self.port = urlsplit(home).hostname or "", urlsplit(home).port or 80
        # Linux answers on all of 127.0.0.0/8; elsewhere all users share one address.
        self.source = (f"127.0.1.{number % 250 + 1}", 0) if number and sys.platform == "linux" else None
        self.told = Told()

    def ask(self, path: str) -> dict[str, Any] | None:
        """The answer at a path, waited for as the page waits; None, and an error told, where there is none."""
        begun = time.perf_counter()
        while time.perf_counter() - begun < PATIENCE:
            try:
                status, headers, body = self.get(path)
                if status == 200:
                    self.told.seconds.append(time.perf_counter() - begun)
                    found: dict[str, Any] = json.loads(body)
                    return found
                if status == 202:
                    self.follow(json.loads(body)["events"])
                elif status == 429:
                    self.told.busy += 1
                    time.sleep(float(headers.get("retry-after", "1")))
                else:
                    self.told.errors.append(f"{status} {path}: {body[:200].decode('utf-8', 'replace')}")
                    return None
            except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
                self.told.errors.append(f"{path}: {type(error).__name__} {error}")
                return None
        self.told.errors.append(f"{path}: nothing in {PATIENCE:g} s")
        return None

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with names in lower case, and body."""
        connection = self._connection()
        try:
            connection.request("GET", path, headers={"accept": "application/json"})
            answer = connection.getresponse()
            self.told.requests += 1
            return answer.status, {name.lower(): each for name, each in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def follow(self, path: str) -> None:
        """Read events until the work has come to an end, however it did."""
        connection = self._connection()
        try:
            connection.request("GET", path, headers={"accept": "text/event-stream"})
            answer = connection.getresponse()
            self.told.requests += 1
            if answer.status == 429:
                self.told.busy += 1
                time.sleep(float(answer.getheader("retry-after") or "1"))
                return
            for line in answer:
                if line.strip() in (b"event: done", b"event: failed", b"event: cancelled"):
                    return
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE, source_address=self.source)


@contextmanager
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a server with nothing kept, and the environment that it runs in."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "XDG_CACHE_HOME": folder,
            "AMUR_DATA_DIR": f"{folder}/data",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "amur", "serve", "--port", "0", "--no-browser"]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            found = re.search(r"https?://[\w.:\[\]-]+", server.stdout.readline())
            if found is None:
                raise SystemExit("the server did not start")
            yield found.group(), environment
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=60)


def do(number: int) -> str:
    """The intervention of a what-if: another for each number."""
    return f"hold oil_price {PRICES[0] + PRICES[1] * number} start=2027-Q1 ramp=2"


def path(number: int) -> str:
    """Where the page's JSON has it."""
    return "/api/whatif?" + urlencode({"do": do(number)})


def first_page(home: str, times: int) -> list[float]:
    """Seconds of the first page, its styles and scripts, as one visitor after the other loads it."""
    found, user = [], User(home)
    for _ in range(times):
        begun = time.perf_counter()
        status, _, page = user.get("/")
        if status != 200:
            raise SystemExit(f"the first page was answered {status}")
        for each in dict.fromkeys(
            re.findall(r'(?:href|src|data-charts|data-vega)="(/static/[^"]+)"', page.decode())
        ):
            user.get(each.replace("&amp;", "&"))
        found.append(time.perf_counter() - begun)
    return found


def load(home: str, users: int, each: int, first: int) -> tuple[list[Told], float, list[float]]:
    """What the users were told, seconds from the first question to the last answer, and the first page's meanwhile."""
    everyone = [User(home, number + 1) for number in range(users)]
    over, meanwhile = threading.Event(), []

    def visit() -> None:
        while not over.wait(0.5):
            meanwhile.extend(first_page(home, 1))

    def use(number: int) -> None:
        for turn in range(each):
            answer = everyone[number].ask(path(first + turn * users + number))
            if answer is not None:
                everyone[number].told.answers.append(answer)

    visitor = threading.Thread(target=visit)
    visitor.start()
    begun = time.perf_counter()
    try:
        with ThreadPoolExecutor(users) as pool:
            list(pool.map(use, range(users)))
    finally:
        spent = time.perf_counter() - begun
        over.set()
        visitor.join()
    return [user.told for user in everyone], spent, meanwhile


def one_by_one(numbers: list[int], environment: dict[str, str]) -> tuple[float, list[dict[str, Any]]]:
    """Seconds of a what-if on the command line (their mean), and the answers."""
    answers, spent = [], []
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            # What is compiled is kept, as it is between the commands of a morning; answers are not.
            compiled = Path(environment["XDG_CACHE_HOME"]) / "amur" / "compiled"
            told = environment | {"XDG_CACHE_HOME": folder, "JAX_COMPILATION_CACHE_DIR": str(compiled)}
            command = [sys.executable, "-m", "amur", "ask", "whatif", "--do", do(number), "--json"]
            begun = time.perf_counter()
            ran = subprocess.run(command, env=told, check=True, capture_output=True)
            spent.append(time.perf_counter() - begun)
        answers.append(json.loads(ran.stdout))
    return statistics.mean(spent), answers


def same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Ends the run where two answers to one what-if differ in their numbers."""
    if numbers(ours) != numbers(theirs):
        print("error: the page and the command line give different numbers", file=sys.stderr)
        raise SystemExit(1)


def numbers(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The numbers of an answer, which a page's JSON has under ``answer``."""
    found: list[dict[str, Any]] = answer.get("answer", answer)["numbers"]
    return found


def warm(home: str) -> float:
    """Seconds until the model is warm: until a what-if is answered."""
    begun = time.perf_counter()
    user = User(home)
    if user.ask(path(0)) is None:
        raise SystemExit(f"no what-if was answered: {user.told.errors}")
    return time.perf_counter() - begun


def measure(users: int, each: int, few: int) -> dict[str, Any]:
    """Everything, by name; times in seconds."""
    with served() as (home, environment):
        found: dict[str, Any] = {"users": users, "first_whatif_seconds": warm(home)}
        found["first_page_seconds"] = statistics.median(first_page(home, 10))
        alone = User(home)
        for number in range(1, 1 + ALONE):
            alone.ask(path(number))
        found["whatif_alone_seconds"] = statistics.median(alone.told.seconds)
        told, spent, meanwhile = load(home, users, each, 1 + ALONE)
        found |= summary(told, spent)
        found["first_page_meanwhile_seconds"] = statistics.median(meanwhile)
        found["first_page_meanwhile_slowest_seconds"] = max(meanwhile)
        shell, answers = one_by_one(list(range(1 + ALONE, 1 + ALONE + few)), environment)
        for number, answer in enumerate(answers):
            if told[number].answers:
                same(told[number].answers[0], answer)
        found["command_line_seconds"] = shell
        found["ratio_alone"] = shell / found["whatif_alone_seconds"]
        found["ratio_among_many"] = shell / (spent / max(found["answers"], 1))
    found["errors"] = sum(len(user.errors) for user in told)
    for error in [each for user in told for each in user.errors][:5]:
        print(f"error: {error}", file=sys.stderr)
    return found


def summary(told: list[Told], spent: float) -> dict[str, float]:
    """How long answers took, how many there were a second, and how often someone was told to wait."""
    seconds = sorted(each for user in told for each in user.seconds)
    if not seconds:
        return {"answers": 0, "told_to_wait": sum(user.busy for user in told)}
    return {
        "answers": len(seconds),
        "median_seconds": statistics.median(seconds),
        "p95_seconds": seconds[min(int(0.95 * len(seconds)), len(seconds) - 1)],
        "slowest_seconds": seconds[-1],
        "answers_a_second": len(seconds) / spent,
        "requests_a_second": sum(user.requests for user in told) / spent,
        "told_to_wait": sum(user.busy for user in told),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--each", type=int, default=2, help="what-ifs that each user asks")
    parser.add_argument("--few", type=int, default=3, help="what-ifs asked on the command line")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.users, options.each, options.few)
    found["load"] = os.getloadavg()[0]
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' '):<38}{value:>10.3f}")
    if found["errors"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
