"""The pages of six questions: the same answer as page, JSON, files and charts; every option by address; nothing of files."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from amur.charts import answers
from amur.questions.choices import choices
from amur.questions.published import published
from amur.web import shapes
from amur.web.app import create
from amur.web.work import Job, Task

AT = "http://127.0.0.1:8400"
HTML = {"accept": "text/html"}
QUESTIONS = ("reading", "dependence", "outlook", "watch", "levers", "drivers")
FILES = ("own", "own_is", "endstates", "rules", "aims")
"""What the command line has and a page never takes: options that name files."""
ALL = {
    "reading": {"weights": "prequential", "as_of": 2014, "reading": ["proxy", "vassalage"], "seed": 2},
    "dependence": {"dyad": "CHN-RUS", "cut": "all-trade", "share": 0.5, "as_of": "2015-06-30", "futures": 512, "seed": 2, "weights": "even"},
    "outlook": {"until": 2036, "quantities": ["gas_chn", "support"], "futures": 512, "seed": 2, "weights": "even"},
    "watch": {"target": "lethal-aid", "ahead": 4, "miss_costs": 2.5, "futures": 512, "seed": 2, "weights": "even"},
    "levers": {"actor": "beijing", "when": "2030", "most": 2, "weight": ["leverage=2", "friction=1"], "futures": 512, "seed": 2, "weights": "even"},
    "drivers": {"outcome": ["trade", "gas_chn"], "year": ["1999", "now"], "held": 1992, "span": 5, "pairs": 2, "futures": 256, "seed": 2, "weights": "even"},
}  # fmt: skip
"""Every option of the command line that is no file, each other than usual."""
BEYOND = {
    "reading": ["weights=even", "as_of=14", "seed=-1", "reading=/etc/passwd"],
    "dependence": ["share=1.1", "share=x", "dyad=RUSSIA", "as_of=yesterday", "cut=mine.toml", "futures=5000"],
    "outlook": ["until=2026", "until=2047", "quantities=a%5Cb", "futures=1"],
    "watch": ["ahead=3", "ahead=13", "miss_costs=-1", "target=../x"],
    "levers": ["most=0", "most=7", "actor=mine.toml", "weight=/x=1"],
    "drivers": ["span=0", "pairs=65", "pairs=1", "held=1991", "year=then", "outcome=x.toml"],
}


class Canned:
    """A desk that notes what it is given, and gives the answers that a test has laid ready; without one it never ends."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.ready: dict[str, Any] | None = None
        self.problem: dict[str, Any] | None = None

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def job(self, key: str) -> Job | None:
        return None

    def submit(self, task: Task, client: str = "") -> Job:
        self.tasks.append(task)
        made = Job(task, client)
        if self.problem:
            made.end("failed", problem=self.problem)
        elif self.ready:
            made.end("done", json.dumps(self.ready).encode())
        else:
            made.tell("Families on and off, to 2013", 1, 10)
        return made


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[TestClient, Canned]]:
    desk = Canned()
    with TestClient(create(desk=desk), base_url=AT) as made:
        yield made, desk


@pytest.fixture
def desk(served: tuple[TestClient, Canned]) -> Canned:
    served[1].tasks, served[1].ready, served[1].problem = [], None, None
    return served[1]


@pytest.fixture
def client(served: tuple[TestClient, Canned], desk: Canned) -> TestClient:
    return served[0]


def canned(question: str, **asked: Any) -> dict[str, Any]:
    """The published answer as if it had been asked otherwise."""
    told = copy.deepcopy(published(question).as_json())
    told["asked"] |= asked
    return told


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def page(client: TestClient, address: str) -> str:
    answered = client.get(address, headers=HTML)
    assert answered.status_code == 200, answered.text[-600:]
    return answered.text


# ---------------------------------------------------------------- what is published shows at once


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_without_options_needs_no_work(client: TestClient, desk: Canned, question: str) -> None:
    shown = page(client, f"/{question}")
    told = client.get(f"/api/{question}").json()
    of = published(question)
    assert told["answer"]["statement"] == of.statement
    assert all(sentence in words(shown) for sentence in shapes.sentences(of.statement))
    assert all(note in words(shown) for note in of.notes)
    assert desk.tasks == []
    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son[a-z]+=", shown), "the policy forbids it"


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_goes_without_saying_is_the_same_question(client: TestClient, desk: Canned, question: str) -> None:
    """A form without script sends everything: what is usual and what is empty."""
    usual = client.get(f"/api/{question}").json()["usual"]
    told = client.get(f"/api/{question}", params={**usual, "weights": "", "seed": 1})
    assert told.status_code == 200
    assert not any(told.json()["asked"].values()), "nothing was said that is not so in any case"
    assert desk.tasks == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_all_of_it_can_be_taken_away(client: TestClient, question: str) -> None:
    assert published(question).numbers[0].about.split(",")[0] in client.get(f"/api/{question}.csv").text
    assert client.get(f"/api/{question}.svg").text.startswith("<svg")
    shown = page(client, f"/{question}")
    for ending in ("csv", "svg", "png", "pdf", "html"):
        assert f'href="/api/{question}.{ending}"' in shown


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_chart_that_a_page_names_can_be_drawn(client: TestClient, question: str) -> None:
    named = re.findall(r'data-spec="([^"]+)"', page(client, f"/{question}"))
    assert named
    known = answers.more(published(question))
    for address in map(unescape, named):
        part = address.partition("part=")[2]
        assert not part or part in known, f"{question} has no chart {part}"
    spec = client.get(unescape(named[0]), params={"width": "half"})
    assert spec.status_code == 200
    assert spec.json()["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_series_that_were_counted_together_have_a_link_each(client: TestClient) -> None:
    """Patrols in the air and at sea are one observation of two series."""
    links = set(re.findall(r'href="(/record/(?:series|decisions)/[^"]+)"', page(client, "/reading")))
    rows = client.get("/api/reading").json()["answer"]["tables"]["movers"]
    assert {name for row in rows for name in row["series"].split()} <= {
        unescape(each).rsplit("/", 1)[1] for each in links
    } | {f"decision.{unescape(each).rsplit('/', 1)[1]}" for each in links}
    assert {each: client.get(each).status_code for each in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("question", QUESTIONS)
def test_names_in_a_page_lead_to_places_that_it_holds(client: TestClient, question: str) -> None:
    shown = page(client, f"/{question}")
    held = re.findall(r'\sid="([^"]+)"', shown)
    assert len(held) == len(set(held)), "names are given once"
    for name in re.findall(r'href="#([^"]+)"|aria-labelledby="([^"]+)"|\sfor="([^"]+)"', shown):
        assert next(filter(None, name)) in held


# ---------------------------------------------------------------- options


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_option_of_the_command_line_can_be_said(client: TestClient, desk: Canned, question: str) -> None:
    """All are asked of the worker as the question takes them; its own checks are the last word."""
    waiting = client.get(f"/api/{question}", params=ALL[question])
    assert waiting.status_code == 202
    assert waiting.json()["what"] == "Families on and off, to 2013"
    (task,) = desk.tasks
    assert task.told["question"] == question
    options = [name for name in choices()["usual"][question] if name not in FILES]
    assert set(task.told["asked"]) == set(options)
    assert all(task.told["asked"][name] != choices()["usual"][question][name] for name in options)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_is_known_to_the_question(client: TestClient, desk: Canned, question: str) -> None:
    """The types that the question's own checks want: text where the command line has text."""
    client.get(f"/api/{question}", params=ALL[question])
    usual, told = choices()["usual"][question], desk.tasks[0].told["asked"]
    for name, value in told.items():
        assert isinstance(value, type(usual[name])), f"{name} is {value!r}, usually {usual[name]!r}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_working_page_says_what_is_done(client: TestClient, question: str) -> None:
    shown = client.get(f"/{question}", params=ALL[question], headers=HTML)
    assert shown.status_code == 202
    assert "Families on and off, to 2013" in shown.text
    assert "data-events=" in shown.text


@pytest.mark.parametrize(
    ("question", "said"), [(name, each) for name, several in BEYOND.items() for each in several]
)
def test_what_is_out_of_bounds_is_refused_by_name(
    client: TestClient, desk: Canned, question: str, said: str
) -> None:
    refused = client.get(f"/api/{question}?{said}")
    assert refused.status_code == 422
    assert refused.json()["field"].startswith(said.partition("=")[0])
    assert desk.tasks == []


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", [*FILES, "nonsense", "cached"])
def test_files_and_what_is_not_known_are_refused(
    client: TestClient, desk: Canned, question: str, name: str
) -> None:
    for value in ("x", ""):
        refused = client.get(f"/api/{question}", params={name: value})
        assert refused.status_code == 422
        assert refused.json()["field"] == name
    assert desk.tasks == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_fault_of_what_was_asked_is_told_with_the_way_out(
    client: TestClient, desk: Canned, question: str
) -> None:
    desk.problem = {
        "title": "there is no such weight",
        "mend": "Choose even.",
        "field": "weights",
        "file": None,
        "line": None,
    }
    for at, kind in (("/api", "application/json"), ("", "text/html")):
        answered = client.get(f"{at}/{question}?seed=7", headers={"accept": kind})
        assert answered.status_code == 400
        assert "there is no such weight" in unescape(answered.text)
        assert "Choose even." in answered.text


# ---------------------------------------------------------------- each page


def test_reading_tells_both_weights_and_leads_to_what_moved_them(client: TestClient) -> None:
    shown, of = page(client, "/reading"), published("reading")
    for row in of.tables["readings"]:
        assert f'href="/system/readings/{row["reading"]}"' in shown
        assert str(row["says"]) in words(shown)
    for row in of.tables["movers"]:
        for series in str(row["series"]).split():
            held = f"decisions/{series[9:]}" if series.startswith("decision.") else f"series/{series}"
            assert f'href="/record/{held}"' in shown
        for event in str(row["events"]).split():
            assert f'href="/record/events/{event}"' in shown
    assert "CNPC sign" in words(shown), "an event is told in words"
    assert len(re.findall(r'<td class="(?:up|down|level)', shown)) == len(of.tables["blocks"])


def test_reading_of_another_year_keeps_what_was_chosen(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("reading", as_of="2014")
    shown = page(client, "/reading?as_of=2014&reading=proxy&reading=concert")
    assert desk.tasks[0].told["asked"] == {"reading": "proxy,concert", "as_of": "2014"}
    assert '<option value="2014" selected>' in shown
    assert re.search(r'value="proxy" checked', shown)
    assert 'href="/api/reading.csv?reading=proxy&amp;reading=concert&amp;as_of=2014"' in shown


def test_dependence_costs_every_cut_and_names_its_sources(client: TestClient) -> None:
    shown = page(client, "/dependence")
    for cut in choices()["cuts"]:
        assert f'href="/dependence?cut={cut["name"]}"' in shown
    assert 'href="/record/sources/gaps-crea-tracker"' in shown
    assert 'href="/record/series/energy.lng.exports.rus"' in shown
    assert "How much China relies on Russia" in words(shown)


def test_dependence_of_another_pair_stands_on_the_record_alone(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("dependence", dyad="CHN-USA")
    rows = [
        {**row, "dyad": "CHN-USA", "who": "CHN", "on": "USA"} for row in desk.ready["tables"]["measures"][:9]
    ]
    desk.ready["tables"] = {"measures": rows}
    shown = page(client, "/dependence?dyad=CHN-USA")
    assert "How much China relies on the United States" in words(shown)
    assert "What a cut would cost" not in shown
    assert '<option value="CHN-USA" selected>' in shown
    assert "part=chn-usa" in shown


def test_outlook_gives_each_end_state_by_year_and_when_first(client: TestClient) -> None:
    shown, of = page(client, "/outlook"), published("outlook")
    for each in of.numbers:
        if each.name.endswith(" at the end") and each.keys["year"] == "2046":
            assert each.about.partition(" at the end")[0] in words(shown)
    assert 'href="/outlook?until=2036"' in shown
    assert "of 7 states" in words(shown)
    assert 'href="/system/quantities/dependence_rus"' in shown


def test_watch_of_several_kinds_has_no_lights(client: TestClient) -> None:
    shown = page(client, "/watch")
    assert 'class="light' not in shown
    assert "High speaks for" in shown
    assert "39 more indicators" in words(shown)


def test_watch_of_one_kind_has_lights_with_their_errors(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("watch", target="lethal-aid")
    desk.ready["tables"]["target"][0] |= {"binary": True, "kind": "turn"}
    told = {
        "threshold": 2.5,
        "trips": "above",
        "away": 0.5,
        "false_alarm": 0.71,
        "miss": 0.024,
        "p_tripped": 0.04,
        "p_quiet": 0.003,
    }
    rows = desk.ready["tables"]["indicators"]
    for place, row in enumerate(rows):
        row |= {**told, "tripped": place % 2 == 0, "now": row["now"] or 1.0, "found": place < 4}
    rows[1] |= {"now": None, "tripped": None}
    rows[2] |= {
        "threshold": None,
        "tripped": None,
        "false_alarm": None,
        "miss": None,
        "p_tripped": None,
        "p_quiet": None,
    }
    shown = page(client, "/watch?target=lethal-aid")
    lights = re.findall(r'class="light (\w+)( unsure)?">.*?</svg>([\w ]+)<', shown)
    assert {(kind, said) for kind, _, said in lights} == {("on", "Tripped"), ("off", "Not tripped"), ("dark", "No reading"), ("dark", "No threshold")}  # fmt: skip
    assert lights[0] == ("on", "", "Tripped")
    assert any(unsure for _, unsure, _ in lights)
    assert f"Of {len(rows) - 2} indicators with a threshold and a reading" in words(shown)
    assert "4 indicators clearly would tell anything" in words(shown)
    assert "71%, misses 2.4%" in words(shown)


def test_watch_of_what_is_too_rare_offers_others(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("watch", target="rupture")
    desk.ready["tables"] = {}
    shown = page(client, "/watch?target=rupture")
    assert "No indicator can be judged" in shown
    assert 'href="/watch?target=lethal-aid"' in shown
    assert "data-spec" not in shown, "there is nothing to draw"


def test_levers_ask_every_side_alike(client: TestClient) -> None:
    shown = page(client, "/levers")
    sides = [each["name"] for each in choices()["actors"]]
    assert len(sides) == 5
    ways = [f"/levers?actor={side}" if side != "washington" else "/levers" for side in sides]
    assert (
        re.findall(r'<li><a href="(/levers[^"#]*)"', shown.partition('aria-label="Whose levers"')[2])[:5]
        == ways
    )
    for aim in next(each for each in choices()["actors"] if each["name"] == "washington")["aims"]:
        assert f'name="weight.{aim["name"]}"' in shown
        assert aim["why"] in words(shown)


def test_levers_take_weights_from_sliders_or_words(client: TestClient, desk: Canned) -> None:
    """What is as declared goes without saying; what is said last counts; one question has one task."""
    client.get("/api/levers?actor=moscow&weight.front=2&weight.revenue=1&weight.status=0.5")
    client.get("/api/levers?actor=moscow&weight=front=1.5,revenue=1&weight=front=2")
    client.get("/api/levers?actor=moscow&weight=front=3&weight.front=2")
    assert [each.told["asked"]["weight"] for each in desk.tasks] == ["front=2"] * 3
    assert len({each.key for each in desk.tasks}) == 1
    client.get("/api/levers?actor=moscow&weight.front=1&weight.revenue=1.0")
    assert desk.tasks[-1].told["asked"] == {"actor": "moscow"}
    client.get("/api/levers?weight=nothing&weight=odd=x")
    assert desk.tasks[-1].told["asked"] == {"weight": "nothing=,odd=x"}, "the question says what is wrong"


def test_levers_show_the_weights_that_were_chosen(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("levers")
    shown = page(client, "/levers?weight.full-war=2")
    assert re.search(r'name="weight\.full-war"[^>]* value="2"', shown)
    assert re.search(r'name="weight\.war-capacity"[^>]* value="1"', shown)
    assert "part=front&amp;weight" not in shown
    assert "weight=full-war%3D2" in shown, "charts and files are of the same weights"


def test_levers_where_nothing_is_best(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("levers")
    tables = desk.ready["tables"]
    for row in tables["portfolios"]:
        row["best"] = row["levers"] == ""
    assert any(row["best"] for row in tables["portfolios"])
    for row in tables["aims"]:
        row["best"] = False
    tables["conditions"] = []
    shown = page(client, "/levers?seed=3")
    assert "Nothing that Washington can do is better than nothing" in words(shown)
    assert "part=aims" not in shown
    assert "No conditions were found" in shown


def test_drivers_give_every_family_for_each_outcome_and_year(client: TestClient) -> None:
    shown, of = page(client, "/drivers"), published("drivers")
    outcomes = {str(row["outcome"]) for row in of.tables["levels"]}
    for outcome in outcomes:
        assert f'id="of-{outcome}"' in shown
    assert len(re.findall(r'<td class="(?:up|down|level)', shown)) == len(of.tables["parts"])
    for row in of.tables["families"]:
        assert f'id="family-{row["family"]}"' in shown
        for name in str(row["mechanisms"]).split():
            assert f'href="/system/mechanisms/{name}"' in shown


def test_drivers_held_say_so(client: TestClient, desk: Canned) -> None:
    desk.ready = canned("drivers", held="1992")
    shown = words(page(client, "/drivers?held=1992&year=2003&year=&year=now"))
    assert desk.tasks[0].told["asked"] == {"held": "1992", "year": ["2003", "now"]}
    assert "A family is held at what it contributed in 1992" in shown
    assert "with every family held" in shown


def test_pages_load_no_model() -> None:
    code = f"""
import sys
from starlette.testclient import TestClient
from amur.web.app import create
class Desk:
    async def start(self): ...
    async def stop(self): ...
with TestClient(create(desk=Desk()), base_url={AT!r}) as client:
    for name in {QUESTIONS!r}:
        for at in ('/', '/api/'):
            assert client.get(at + name, headers={{'accept': 'text/html'}}).status_code == 200, name
print('jax' in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


# ---------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It leads (90%: 0.3% to 4%). Next come 'A' 1.5%. Of all, 3.", 3),
        ("If one of 10 readings is true, 'Concert' leads.", 1),
        ("It costs US$ 3.5 bn. “Hinder” does.", 2),
    ],
)
def test_sentences(text: str, parts: int) -> None:
    told = shapes.sentences(text)
    assert len(told) == parts
    assert " ".join(told) == text


def test_places_stay_on_their_scale() -> None:
    assert [shapes.place(each, 0, 10, 50) for each in (-1, 0, 5, 10, 99, None)] == [0, 0, 25, 50, 50, 0]
    assert shapes.place(1, 3, 3) == 0


def test_shades_grow_with_size_and_follow_the_sign() -> None:
    assert [shapes.shade(each, 10) for each in (10, -10, 0, None)] == ["up4", "down4", "level", "level"]
    grades = [shapes.shade(each / 10, 1) for each in range(11)]
    assert grades == sorted(grades)
    assert shapes.shade(-150, 5) == "down4"


def test_changes_carry_their_sign_and_shares_are_in_points() -> None:
    assert [shapes.signed(each) for each in (0.5, -0.5, 0.0, None)] == ["+0.50", "−0.50", "0.00", "–"]
    assert shapes.changed(-0.041, "share of quarters") == "−4.10"
    assert shapes.changed(-0.041, "index") == "−0.041"


def test_numbers_in_one_table_have_like_decimals() -> None:
    assert [shapes.among(each, 0.36) for each in (0.36, -0.0006, 1e-9, 0, None)] == [
        "+0.360",
        "−0.001",
        "0",
        "0",
        "–",
    ]
    assert [shapes.among(each, 156.0) for each in (156.0, -9.37)] == ["+156.0", "−9.4"]
    assert shapes.among(-12345.6, 20000) == "−12,346"
