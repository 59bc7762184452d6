"""The system as pages: everything that an answer may link to has one, and the map stands as picture, words and table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from test_frame import AT, StandIn

from amur import claims
from amur.book.published import published
from amur.web import strips, texts
from amur.web.app import create

HTML = {"accept": "text/html"}
PAGES = (
    "/system", "/system?group=trust", "/system?around=trust_rus&steps=2", "/system/mechanisms/trust",
    "/system/mechanisms/trust.pressure_costs_trust", "/system/quantities/trust_rus", "/system/parameters",
    "/system/parameters/threat_amplifies", "/system/claims", "/system/scenarios", *(f"/system/book/{page}" for page in texts.BOOK),
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create(desk=StandIn()), base_url=AT) as made:
        yield made


class Links(HTMLParser):
    """Every address that a page leads to, and every anchor it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.to.append(str(told["href"]))
        if told.get("id"):
            self.anchors.add(str(told["id"]))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_json(client: TestClient, path: str) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 200
    assert client.get(f"/api{path}").status_code == 200
    assert not re.search(r'\sstyle="|<style|<script>', page.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_into_the_system_leads_somewhere(client: TestClient, path: str) -> None:
    found = Links(client.get(path, headers=HTML).text)
    told = published()
    known = {
        "mechanisms": {*told["mechanisms"], *(each["name"] for each in told["groups"])},
        "quantities": set(told["nodes"]), "parameters": set(told["parameters"]),
    }  # fmt: skip
    for address in found.to:
        if part := re.match(r"/system/(mechanisms|quantities|parameters)/([\w.-]+)$", address):
            assert part[2] in known[part[1]], address
        if part := re.match(r"/system/claims#(\w+)$", address):
            assert part[1] in {each.claim for each in claims.load()}, address
        if address.startswith("#"):
            assert address[1:] in found.anchors, address


def test_every_mechanism_has_a_page_that_says_its_sentence(client: TestClient) -> None:
    for name, made in published()["mechanisms"].items():
        told = client.get(f"/api/system/mechanisms/{name}").json()
        assert told["says"] == made["says"]
        assert {each["name"] for each in told["parameters"]} == set(made["reads"]["parameters"])


def test_every_name_of_the_map_has_a_page(client: TestClient) -> None:
    for name in published()["nodes"]:
        assert client.get(f"/api/system/quantities/{name}").json()["name"] == name


def test_claims_are_found_by_words_essay_and_kind(client: TestClient) -> None:
    every = client.get("/api/system/claims").json()
    assert len(every["claims"]) == every["many"] == len(claims.load())
    found = client.get("/api/system/claims", params={"find": "lethal", "essay": "P"}).json()["claims"]
    assert found
    assert all(each["claim"].startswith("P") for each in found)
    anchors = Links(client.get("/system/claims", headers=HTML).text).anchors
    assert {each.claim for each in claims.load()} <= anchors


def test_parameters_are_found_and_counted(client: TestClient) -> None:
    told = client.get("/api/system/parameters", params={"word": "data-driven"}).json()
    assert told["many"] == sum(
        strips.word(each["contraction"]) == "data-driven" for each in published()["parameters"].values()
    )
    assert {each["word"] for each in told["parameters"]} == {"data-driven"}
    first, second = (
        client.get("/api/system/parameters", params={"page": page}).json()["parameters"] for page in (1, 2)
    )
    assert first[0]["name"] != second[0]["name"]


def test_contraction_is_called_as_the_diagnostics_call_it() -> None:
    from amur.conditioning import diagnostics

    assert (strips.DRIVEN, strips.INFORMED) == (diagnostics.DRIVEN, diagnostics.INFORMED)


def test_intervals_stand_in_order_inside_their_strip() -> None:
    for name in published()["parameters"]:
        for row in strips.of(name)["rows"]:
            assert row["places"] == sorted(row["places"])
            assert row["places"][0] >= 0
            assert row["places"][-1] <= 100


def test_the_map_is_taken_away_as_picture_and_table(client: TestClient) -> None:
    picture = client.get("/api/system.svg", params={"group": "trust"})
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.lstrip().startswith("<svg")
    assert "style" not in picture.text
    rows = list(csv.DictReader(io.StringIO(client.get("/api/system.csv", params={"around": "trust_rus"}).text)))
    assert rows
    assert all("trust_rus" in (row["source"], row["target"]) for row in rows)
    whole = list(csv.DictReader(io.StringIO(client.get("/api/system.csv").text)))
    assert len(whole) == len(published()["edges"])


@pytest.mark.parametrize(
    "path", ["/system/mechanisms/trust.presure_costs_trust", "/system/quantities/trust_ru", "/system/parameters/trust_gian", "/system/book/stp"]
)  # fmt: skip
def test_a_name_that_is_not_there_is_told_with_what_is_near(client: TestClient, path: str) -> None:
    answer = client.get(f"/api{path}")
    assert answer.status_code == 404
    assert "Did you mean" in answer.json()["mend"]


@pytest.mark.parametrize("query", ["group=nope", "around=nope", "steps=9", "depth=1"])
def test_a_map_that_cannot_be_drawn(client: TestClient, query: str) -> None:
    assert client.get(f"/api/system?{query}").status_code in (400, 422)


def test_markdown_becomes_a_page() -> None:
    text = "# Head\n\nSee [a claim](claims.md#p4), [trust](quantities.md#trust_rus), [codings](codings.md).\n\n## A part\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n![Told](seen.svg)\n"  # fmt: skip
    html = texts.shown(text, {"seen": "/api/quality/series"})
    assert "<h1" not in html
    assert '<h2 id="a-part">' in html
    assert 'href="/system/claims#P4"' in html
    assert 'href="/system/quantities/trust_rus"' in html
    assert "codings.md" not in html
    assert 'data-spec="/api/quality/series.vl.json"' in html
    assert '<th scope="row">x</th>' in html
    assert "style=" not in html
