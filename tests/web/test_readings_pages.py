"""Readings as pages: the ten as they are, and one of one's own as an address, a file, and work for the worker."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from test_frame import AT, StandIn

from amur.book.published import published
from amur.errors import AmurError
from amur.questions.published import published as answers
from amur.readings import read, readings
from amur.web import own
from amur.web.app import create
from amur.web.own import OwnReading
from amur.web.settings import Settings
from amur.web.work import Job
from amur.web.work.doing.reading_file import reading_check, reading_file

HTML = {"accept": "text/html"}
NEW, SCORE = "/api/system/readings/new", "/api/system/readings/score"
MINE = {
    "base": "concert",
    "title": "A firmer concert",
    "threat_amplifies": "0.4",
    "trust_gain": "0.02",
    "drop": ["wait"],
}


def nothing(*_: Any) -> None:
    """Progress that nobody hears."""


def asked(**told: Any) -> OwnReading:
    return OwnReading(**told)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr("amur.web.asking.PATIENCE", 0.01)
    monkeypatch.setattr("amur.web.parts.readings.SOON", 0.01)
    return StandIn()


@pytest.fixture
def client(desk: StandIn) -> Iterator[TestClient]:
    with TestClient(create(desk=desk), base_url=AT, follow_redirects=False) as made:
        yield made


@pytest.fixture
def closed(desk: StandIn) -> Iterator[TestClient]:
    with TestClient(create(Settings(read_only=True), desk=desk), base_url=AT, follow_redirects=False) as made:
        yield made


def test_the_ten_with_their_weights_and_bets(client: TestClient) -> None:
    told = client.get("/api/system/readings").json()["readings"]
    weights = {row["reading"]: row for row in answers("reading").tables["readings"]}
    assert {each["name"] for each in told} == set(readings())
    for each in told:
        assert each["stacking"] == weights[each["name"]]["stacking"]
        assert len(each["predicts"]) == len(readings()[each["name"]].predicts)
    assert [each["stacking"] for each in told] == sorted((each["stacking"] for each in told), reverse=True)


@pytest.mark.parametrize("name", readings())
def test_each_has_a_page_with_what_it_sets_apart(client: TestClient, name: str) -> None:
    told = client.get(f"/api/system/readings/{name}").json()
    assert {each["name"] for each in told["apart"]} == {each.parameter for each in readings()[name].apart}
    assert client.get(f"/system/readings/{name}", headers=HTML).status_code == 200


def test_a_reading_that_is_not_there(client: TestClient) -> None:
    answer = client.get("/api/system/readings/concrt")
    assert answer.status_code == 404
    assert "concert" in answer.json()["mend"]


# ---------------------------------------------------------------- a reading as an address


def test_beginning_with_a_reading_is_that_reading() -> None:
    for name, like in readings().items():
        if like.structure == "model":
            made = own.sets(asked(base=name))
            assert {each.name for each in made} == {each.parameter for each in like.apart}
            assert all(each.of_base for each in made)
            for each in made:
                theirs = next(one for one in like.apart if one.parameter == each.name)
                for key, value in each.numbers.items():
                    assert value == pytest.approx(theirs.numbers[key], rel=1e-4)


def test_quantiles_are_those_of_the_model() -> None:
    told = published()["parameters"]
    for name in readings():
        if readings()[name].structure == "model":
            for each in own.sets(asked(base=name)):
                theirs = told[each.name]["readings"][name]["quantiles"]
                assert each.quantiles == pytest.approx(theirs, rel=2e-3, abs=1e-6)


def test_an_address_sets_adds_and_drops() -> None:
    made = {each.name: each for each in own.sets(OwnReading(**MINE))}  # type: ignore[arg-type]
    theirs = {each.parameter for each in readings()["concert"].apart}
    assert set(made) == theirs - {"wait"} | {"trust_gain"}
    assert made["threat_amplifies"].centre == 0.4
    assert made["threat_amplifies"].width == 1.25
    assert not made["threat_amplifies"].of_base
    assert made["kinship"].of_base


def test_the_shortest_address_says_the_same() -> None:
    first = OwnReading(**MINE | {"kinship": "1.4"})  # type: ignore[arg-type]
    short = own.address(first)
    assert "kinship" not in short
    again = OwnReading(**short)
    assert own.text(again) == own.text(first)
    assert own.address(again) == short


def test_the_text_is_a_reading_file(tmp_path: Path) -> None:
    made = OwnReading(**MINE, says='It "holds" \\ and \n lasts')  # type: ignore[arg-type]
    file = tmp_path / own.name(made)
    file.write_text(own.text(made), encoding="utf-8")
    known = read(file)
    assert known.title == "A firmer concert"
    assert known.says == 'It "holds" \\ and lasts'
    assert {each.parameter for each in known.apart} == {each.name for each in own.sets(made)}


def test_a_file_never_has_the_name_of_one_of_the_ten() -> None:
    assert own.name(asked(title="Concert")) == "my-concert.toml"
    assert own.name(asked(title="…")) == "my-reading.toml"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"base": "concrt"}, "base"),
        ({"base": "persistence"}, "base"),
        ({"threat_amplify": "1"}, "threat_amplify"),
        ({"threat_amplifies": "much"}, "threat_amplifies"),
        ({"threat_amplifies": "nan"}, "threat_amplifies"),
        ({"threat_amplifies": "1000"}, "threat_amplifies"),
        ({f"threat_amplifies{own.WIDTH}": "0.5"}, f"threat_amplifies{own.WIDTH}"),
        ({"add": "trust_gian"}, "add"),
        ({"drop": ["trust_gian"]}, "drop"),
        ({next(name for name, each in published()["parameters"].items() if each["idle"]): "1"}, None),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    client: TestClient, told: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(AmurError) as error:
        own.sets(OwnReading(**told))
    assert error.value.mend
    assert field is None or error.value.field == field
    for at in (NEW, f"{NEW}.toml", SCORE):
        answer = client.get(at, params=told)
        assert answer.status_code == 400
        assert answer.json()["mend"]


def test_too_much_at_once_is_refused(client: TestClient) -> None:
    many = dict.fromkeys(list(published()["parameters"])[: 2 * own.MOST + 1], "1")
    assert client.get(NEW, params=many).status_code == 422


# ---------------------------------------------------------------- the page that makes one


def test_the_page_waits_for_no_check(client: TestClient, desk: StandIn) -> None:
    told = client.get(NEW, params=MINE).json()
    assert told["checked"]["state"] == "waiting"
    assert told["checked"]["events"].startswith("/api/jobs/")
    desk.how = "busy"
    assert client.get(NEW, params=MINE | {"title": "Another"}).json()["checked"]["state"] == "busy"


def test_the_page_tells_what_is_wrong_with_a_reading(client: TestClient, desk: StandIn) -> None:
    desk.how = "failed"
    told = client.get(NEW, params=MINE).json()["checked"]
    assert told["state"] == "failed"
    assert told["problem"]["title"]


def test_the_page_has_a_control_for_every_number(client: TestClient) -> None:
    page = client.get("/system/readings/new", params=MINE, headers=HTML).text
    for each in own.sets(OwnReading(**MINE)):  # type: ignore[arg-type]
        assert f'name="{each.name}" value=' in page
        assert f'name="{each.name}{own.WIDTH}" value=' in page
    assert 'name="drop" value="wait"' in page


def test_leaving_a_parameter_leads_to_a_reading_without_it(client: TestClient) -> None:
    for each in client.get(NEW, params=MINE).json()["sets"]:
        left = client.get(each["leave"].replace("/system", "/api/system", 1)).json()
        assert each["name"] not in {one["name"] for one in left["sets"]}


def test_the_file_can_be_taken_away(client: TestClient) -> None:
    answer = client.get(f"{NEW}.toml", params=MINE)
    assert 'filename="a-firmer-concert.toml"' in answer.headers["content-disposition"]
    assert tomllib.loads(answer.text)["title"] == "A firmer concert"


# ---------------------------------------------------------------- scoring


def test_scoring_is_work_for_the_long_lane(client: TestClient, desk: StandIn) -> None:
    answer = client.get(SCORE, params=MINE)
    assert answer.status_code == 202
    job = desk.jobs[answer.json()["key"]]
    assert job.task.kind == "own_reading"
    assert job.task.told == {"text": own.text(OwnReading(**MINE)), "name": "a-firmer-concert.toml", "asked": {}}  # type: ignore[arg-type]
    page = client.get("/system/readings/score", params=MINE, headers=HTML)
    assert page.status_code == 202
    assert f"/api/jobs/{job.key}/events" in page.text


def test_a_reading_that_sets_nothing_apart_is_not_scored(client: TestClient, desk: StandIn) -> None:
    assert client.get(SCORE).status_code == 400
    assert not desk.jobs


def scored(client: TestClient, desk: StandIn) -> None:
    """Let the work end: with the published answer, whose leading reading stands for one's own."""
    job: Job = desk.jobs[client.get(SCORE, params=MINE).json()["key"]]
    published = answers("reading")
    leader = published.tables["movers"][0]["reading"]
    told = json.loads(json.dumps(published.as_json()).replace(f'"{leader}"', '"a-firmer-concert"'))
    told["asked"] |= {"own": "a-firmer-concert.toml", "own_is": "0" * 12}
    years = range(1992, 1996)
    told["evidence"] = [
        {"year": year, "reading": name, "nats": -8.0 - place}
        for place, name in enumerate(("alliance", "vassalage", "a-firmer-concert"))
        for year in years
    ]
    job.end("done", json.dumps(told).encode())


def test_what_came_of_it(client: TestClient, desk: StandIn) -> None:
    scored(client, desk)
    told = client.get(SCORE, params=MINE).json()
    assert told["name"] == "a-firmer-concert"
    assert told["movers"]
    page = client.get("/system/readings/score", params=MINE, headers=HTML)
    assert page.status_code == 200
    assert "yours" in page.text
    spec = client.get(f"{SCORE}/evidence.vl.json", params=MINE | {"width": "narrow"}).json()
    assert len(spec["concat"]) == 2
    assert client.get(f"{SCORE}.vl.json", params=MINE).status_code == 200
    assert client.get(f"{SCORE}.csv", params=MINE).status_code == 200


def test_a_server_for_reading_scores_nothing_and_takes_no_files(closed: TestClient, desk: StandIn) -> None:
    assert closed.get(SCORE, params=MINE).status_code == 403
    assert closed.get(f"{SCORE}.vl.json", params=MINE).status_code == 403
    sent = closed.post("/system/readings/file", files={"file": ("mine.toml", b"title = 'x'")})
    assert sent.status_code == 403
    assert not [job for job in desk.jobs.values() if job.task.kind != "reading_check"]
    page = closed.get("/system/readings/new", params=MINE, headers=HTML)
    assert page.status_code == 200
    assert 'formaction="/system/readings/score"' not in page.text
    assert closed.get(f"{NEW}.toml", params=MINE).status_code == 200


# ---------------------------------------------------------------- files


def brought(client: TestClient, desk: StandIn, text: str) -> Any:
    sent = client.post("/system/readings/file", files={"file": ("mine.toml", text.encode())})
    assert sent.status_code == 303
    job: Job = desk.jobs[sent.headers["location"].rpartition("/")[2]]
    try:
        job.end("done", json.dumps(reading_file(job.task.told, nothing)).encode())
    except AmurError as error:
        job.end("failed", problem=error.as_problem())
    return client.get(sent.headers["location"])


def test_a_file_that_was_taken_away_can_be_brought_back(client: TestClient, desk: StandIn) -> None:
    text = client.get(f"{NEW}.toml", params=MINE).text
    answer = brought(client, desk, text)
    assert answer.status_code == 303
    again = client.get(answer.headers["location"].replace("/system", "/api/system", 1)).json()
    ours = {each.name: each.numbers for each in own.sets(OwnReading(**MINE))}  # type: ignore[arg-type]
    back = {
        each["parameter"]: next(iter(each["prior"].values())) for each in tomllib.loads(again["text"])["apart"]
    }
    assert back.keys() == ours.keys()
    for name, numbers in ours.items():
        assert back[name] == pytest.approx(numbers, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "mine.toml"),
        ('title = "A"\nsays = "B"\n[[apart]]\nparameter = "threat_amplifies"\nwhy = "x"\n', "prior"),
        ('title = "A"\nsays = "B"\nstructure = "none"\n', "structure"),
        (
            'title = "A"\nsays = "B"\n[[apart]]\nparameter = "threat_amplifies"\nwhy = "x"\nprior = { normal = { middle = 0.1, spread = 0.01 } }\n',
            "lognormal",
        ),
        (
            'title = "A"\nsays = "B"\n[[apart]]\nparameter = "threat_amplify"\nwhy = "x"\nprior = { lognormal = { median = 0.1, factor = 1.2 } }\n',
            "threat_amplifies",
        ),
    ],
)
def test_a_file_that_cannot_be_is_told_with_its_name(
    client: TestClient, desk: StandIn, text: str, said: str
) -> None:
    answer = brought(client, desk, text)
    assert answer.status_code == 400
    assert "mine.toml" in answer.text
    assert said in answer.text
    assert "/tmp" not in answer.text


def test_what_is_no_file_of_a_reading_is_refused(client: TestClient) -> None:
    big = client.post("/system/readings/file", files={"file": ("mine.toml", b"#" * (2**18 + 1))})
    assert big.status_code == 413
    odd = client.post("/system/readings/file", files={"file": ("mine.toml", b"\xff\xfe\x00")})
    assert odd.status_code == 400
    assert client.get("/system/readings/file/" + "0" * 24).status_code == 404


def test_the_model_says_how_far_each_prior_is_moved() -> None:
    made = OwnReading(**MINE)  # type: ignore[arg-type]
    told = reading_check({"text": own.text(made), "name": own.name(made)}, nothing)
    moved = {each["parameter"]: each["move"] for each in told["shifts"]}
    assert set(moved) == {each.name for each in own.sets(made)}
    # Four times the base median, where one standard deviation is a factor of 1.8.
    assert moved["threat_amplifies"] == pytest.approx(2.36, abs=0.02)


def test_the_model_finds_every_centre_that_the_page_allows() -> None:
    for name, told in list(published()["parameters"].items())[::45]:
        if told["idle"]:
            continue
        for centre in own._range(name):
            made = asked(**{name: f"{centre:.5g}"})
            (shift,) = reading_check({"text": own.text(made), "name": own.name(made)}, nothing)["shifts"]
            assert shift["parameter"] == name
