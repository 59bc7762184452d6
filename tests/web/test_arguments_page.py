"""The arguments' pages: what is published, filtered without script, with the claims, the pictures and what moved them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from amur.claims import load
from amur.conditioning.shipped import Seen
from amur.questions.arguments import ARGUMENTS, entry, moving
from amur.questions.published import published
from amur.web.app import create
from amur.web.work import Job, Task

AT = "http://127.0.0.1:8400"
HTML = {"accept": "text/html"}


class Noting:
    """A desk that notes what it is given and never ends it."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def submit(self, task: Task, client: str = "") -> Job:
        self.tasks.append(task)
        return Job(task, client)


@pytest.fixture(scope="module")
def desk() -> Noting:
    return Noting()


@pytest.fixture(scope="module")
def client(desk: Noting) -> Iterator[TestClient]:
    with TestClient(create(desk=desk), base_url=AT, raise_server_exceptions=False) as made:
        yield made


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_all_arguments_stand_on_one_page_as_they_are_published(client: TestClient) -> None:
    told = client.get("/api/arguments").json()
    assert [each["name"] for each in told["arguments"]] == list(ARGUMENTS)
    for each in told["arguments"]:
        known = entry(published(f"argue:{each['name']}"))
        for name in ("number", "low90", "high90", "verdict", "data_share"):
            assert each[name] == known[name]
    text = plain(client.get("/arguments", headers=HTML).text)
    for each in told["arguments"]:
        assert each["title"] in text
        assert each["asks"] in text
        assert each["spread"] in text
    positions = [one for each in told["arguments"] for one in each["positions"]]
    assert sum(told["counts"].values()) == len(positions)


@pytest.mark.parametrize("verdict", ["supported", "contradicted", "undecided"])
def test_they_are_sieved_by_verdict(client: TestClient, verdict: str) -> None:
    found = client.get(f"/api/arguments?verdict={verdict}").json()["arguments"]
    assert found
    assert all(any(one["short"] == verdict for one in each["positions"]) for each in found)
    left = set(ARGUMENTS) - {each["name"] for each in found}
    for name in left:
        assert all(
            not str(row["verdict"]).startswith(verdict)
            for row in published(f"argue:{name}").tables["positions"]
        )


def test_they_are_sieved_by_essay_and_put_in_order(client: TestClient) -> None:
    found = client.get("/api/arguments?essay=moscow-gains&order=data").json()["arguments"]
    assert 0 < len(found) < len(ARGUMENTS)
    assert all(
        any(claim["claim"].startswith("B") for one in each["positions"] for claim in one["claims"])
        for each in found
    )
    shares = [each["data_share"] for each in found]
    assert shares == sorted(shares, reverse=True)
    titles = [each["title"] for each in client.get("/api/arguments?order=title").json()["arguments"]]
    assert titles == sorted(titles)
    moved = client.get("/api/arguments?order=moved").json()["arguments"]
    assert moved[0]["name"] == max(
        ARGUMENTS, key=lambda name: max(abs(row["bits"] or 0) for row in published(f"argue:{name}").tables["positions"])  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("asked", ["verdict=maybe", "essay=none", "order=random", "colour=red"])
def test_what_is_not_known_is_refused(client: TestClient, asked: str) -> None:
    assert client.get(f"/api/arguments?{asked}").status_code == 422
    assert client.get(f"/arguments?{asked}", headers=HTML).status_code == 422


def test_a_form_sent_as_it_stands_shows_all(client: TestClient) -> None:
    answer = client.get("/arguments?verdict=&essay=&order=given", headers=HTML)
    assert answer.status_code == 200
    assert answer.text.count('class="card argument"') == len(ARGUMENTS)


def test_a_sieve_that_leaves_nothing_says_so(client: TestClient) -> None:
    from amur.web.glance import argued
    from amur.web.parts.arguments import Arguments, chosen

    assert chosen(argued.cards()[:0], Arguments(verdict="supported")) == []
    answer = client.get("/arguments?verdict=contradicted&essay=carnegie-2022", headers=HTML)
    found = client.get("/api/arguments?verdict=contradicted&essay=carnegie-2022").json()["arguments"]
    assert answer.text.count('class="card argument"') == len(found)


def test_the_table_has_a_row_for_each_position(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/api/arguments.csv").text)))
    assert len(rows) == sum(len(published(f"argue:{name}").tables["positions"]) for name in ARGUMENTS)
    first = published(f"argue:{ARGUMENTS[0]}").tables["positions"][0]
    assert float(rows[0]["after"]) == first["after"]
    assert all(row["stamp"] for row in rows)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_an_argument_says_what_is_published_of_it(client: TestClient, desk: Noting, name: str) -> None:
    told = client.get(f"/api/arguments/{name}").json()
    known = published(f"argue:{name}")
    assert told["answer"]["numbers"][0]["value"] == known.numbers[0].value
    page = client.get(f"/arguments/{name}", headers=HTML)
    assert page.status_code == 200
    text = plain(page.text)
    claims = {each.claim: each.statement for each in load()}
    for row, one in zip(known.tables["positions"], told["card"]["positions"], strict=True):
        assert one["after"] == row["after"]
        assert one["claims"]
        for claim in str(row["claims"]).split():
            assert claims[claim] in text
    for mechanism in known.rests.mechanisms:
        assert f'href="/system/mechanisms/{mechanism}"' in page.text
    assert known.rests.sources[0][:40] in text
    place = ARGUMENTS.index(name)
    assert (told["previous"] or {}).get("name") == (ARGUMENTS[place - 1] if place else None)
    assert (told["next"] or {}).get("name") == (ARGUMENTS[place + 1] if place + 1 < len(ARGUMENTS) else None)
    assert desk.tasks == []


def test_links_of_an_argument_lead_to_pages_that_exist(client: TestClient) -> None:
    page = unescape(client.get("/arguments/lethal-aid", headers=HTML).text)
    links = sorted(set(re.findall(r'href="(/(?:record|arguments|system/readings)[^"#]*)', page)))
    assert any(link.startswith("/record/events/") for link in links)
    assert any(link.startswith("/record/decisions/") for link in links)
    wrong = {link: code for link in links if (code := client.get(link, headers=HTML).status_code) != 200}
    assert wrong == {}


def test_charts_and_files_of_an_argument(client: TestClient) -> None:
    for part in client.get("/api/arguments/squeeze").json()["charts"]:
        assert client.get(f"/api/arguments/squeeze.vl.json?part={part}&width=narrow").status_code == 200
    assert client.get("/api/arguments/squeeze.vl.json?part=none").status_code == 400
    table = client.get("/api/arguments/squeeze.csv").text
    assert table.startswith("name,about,unit")
    assert client.get("/api/arguments/squeeze.svg").text.startswith("<svg")


def test_another_seed_is_worked_out_and_what_goes_without_saying_is_not(
    client: TestClient, desk: Noting
) -> None:
    assert client.get("/api/arguments/squeeze?seed=1&futures=2048&weights=stacking").status_code == 200
    assert desk.tasks == []
    answer = client.get("/api/arguments/squeeze?seed=9")
    assert answer.status_code == 202
    assert desk.tasks[-1].told == {"name": "squeeze", "asked": {"seed": 9}}
    assert client.get("/arguments/squeeze?seed=9", headers=HTML).status_code == 202
    desk.tasks.clear()


def test_an_argument_that_there_is_none_of(client: TestClient) -> None:
    answer = client.get("/api/arguments/lethal-aidd")
    assert answer.status_code == 404
    assert "lethal-aid" in answer.json()["mend"]
    assert client.get("/arguments/none", headers=HTML).status_code == 404
    assert client.get("/api/arguments/none.csv").status_code == 404


# ---------------------------------------------------------------- what moved the readings


def small(densities: dict[str, list[float]], stays: bool = False) -> Any:
    """Posteriors of a few readings and of as many observations."""
    many = len(next(iter(densities.values())))
    seen = tuple(
        Seen(place, "it", f"{2000 + place}", "It", f"was {place}", "trade", stays, ("s",), (), (), "")
        for place in range(many)
    )
    of = {name: np.array(each) for name, each in densities.items()}
    return SimpleNamespace(able=tuple(densities), densities=of, seen=seen)


def test_a_pull_is_what_the_number_moves_by_when_an_observation_is_seen_once_more() -> None:
    values, weights = {"a": 1.0, "b": 3.0, "c": 4.0}, {"a": 0.5, "b": 0.3, "c": 0.2}
    densities = {"a": [-1.0, -2.0, 0.5], "b": [-1.5, -1.0, 0.5], "c": [-3.0, -1.2, 0.5]}
    up, down = moving.pulls(values, weights, small(densities))
    step = 1e-6
    for each in (*up, *down):
        again = {name: weights[name] * np.exp(step * densities[name][each.seen.place]) for name in weights}
        total = sum(again.values())
        moved = sum(values[name] * again[name] / total for name in values) - sum(
            values[name] * weights[name] for name in values
        )
        assert each.bits == pytest.approx(moved / step, rel=1e-4)
    assert [each.seen.place for each in up] == [1]
    assert [each.seen.place for each in down] == [0]


def test_what_all_readings_foretold_alike_moves_nothing_and_a_number_that_none_differs_on_is_not_moved() -> (
    None
):
    densities = {"a": [-1.0], "b": [-1.0]}
    assert moving.pulls({"a": 1.0, "b": 3.0}, {"a": 0.5, "b": 0.5}, small(densities)) == ((), ())
    apart = {"a": [-1.0], "b": [-2.0]}
    assert moving.pulls({"a": 1.0, "b": 1.0}, {"a": 0.5, "b": 0.5}, small(apart)) == ((), ())
    assert moving.pulls({}, {"a": 1.0}, small(apart)) == ((), ())


def test_what_a_reading_did_not_foretell_is_left_out_and_quarters_that_stayed_count_together() -> None:
    weights, values = {"a": 0.5, "b": 0.5}, {"a": 0.0, "b": 1.0}
    gaps = small({"a": [float("nan"), -1.0], "b": [-1.0, 0.0]})
    up, down = moving.pulls(values, weights, gaps)
    assert ([each.seen.place for each in up], down) == ([1], ())
    up, _ = moving.pulls(values, weights, small({"a": [-1.0, -1.0], "b": [0.0, -0.5]}, stays=True))
    assert [(each.period, each.bits) for each in up] == [("", pytest.approx(0.25 * (1.0 + 0.5)))]


def test_of_published_arguments_each_but_that_of_the_readings_themselves_tells_what_moved_it() -> None:
    told = {name: moving.rows(published(f"argue:{name}")) for name in ARGUMENTS}
    assert [name for name, rows in told.items() if not rows] == ["vassal-proxy-or-concert"]
    for rows in told.values():
        assert all((row["side"] == "up") == (float(str(row["by"])) > 0) for row in rows)
