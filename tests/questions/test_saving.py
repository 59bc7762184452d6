"""Answers as files: everything is in them, nothing is loaded by them, and no text of anybody's breaks out of its place."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shlex
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pypdf
import pytest

from amur.charts.answers import saving
from amur.charts.answers.saving import page as pages
from amur.charts.answers.saving import print as printing
from amur.charts.answers.saving.pictures import cited, specification
from amur.charts.answers.saving.view import view
from amur.errors import AmurError
from amur.questions import again, ask
from amur.questions.answer import Answer, Made, Number, Rests, fact, from_json

NASTY = "</script><script>alert('1')</script> & \"quotes\" {{ 7 * 7 }} #set"
NUMBERS = (
    Number("oil", f"Oil {NASTY}", "Mt/yr", 103.25, 90, 110, 71, 129, 1.25, 0.62, {"proxy": 90.0, "concert": 110.0}, {"year": "2036"}),
    Number("war", "War over Taiwan", "probability", 0.034, 0.01, 0.05, 0.001, 0.12, 0.004, 0.3, {"proxy": 0.02}, {}, "probability"),
    Number("gap", "A gap", "index", float("nan"), 0, 0, 0, 0, float("nan"), 0.1),
    fact("trade", "Trade of 2024", "bn US$", 245.0, {"year": "2024"}),
)  # fmt: skip
MADE = Made("9.9", "abc123", 7, 2048, {"proxy": 0.25, "concert": 0.75}, "proxy=1,concert=3")
ANSWER = Answer(
    "handmade", f"Title {NASTY}", {"what": NASTY, "seed": 7}, f"Says {NASTY} — 中俄.", NUMBERS, {},
    Rests(("trust.a",), ("oil_price",), ("trade.total.chn-rus",), ("P1", "none"), (f"Someone 中俄: {NASTY}. https://x.org/a",)),
    MADE, (f"Note {NASTY}",),
)  # fmt: skip
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"a": NASTY, "b": 1}]},
    "mark": "bar",
    "title": NASTY,
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
}


@pytest.fixture(scope="module")
def reading():
    return ask("reading")


def test_json_is_strict_and_comes_back():
    told = json.loads(saving.render(ANSWER, ".json"), parse_constant=lambda name: pytest.fail(name))
    assert told["numbers"][2]["value"] is None
    told["numbers"][2] |= {"value": 0.0, "error": 0.0}
    whole = replace(ANSWER, numbers=(*NUMBERS[:2], replace(NUMBERS[2], value=0.0, error=0.0), NUMBERS[3]))
    assert from_json(told) == whole


def test_csv_has_a_row_a_number_and_a_column_a_key():
    rows = list(csv.DictReader(io.StringIO(saving.render(ANSWER, ".csv").decode())))
    assert [row["name"] for row in rows] == ["oil", "war", "gap", "trade"]
    oil, _, gap, trade = rows
    assert oil["about"] == NUMBERS[0].about
    assert (oil["key.year"], gap["key.year"]) == ("2036", "")
    assert float(oil["high90"]) == 129
    assert (float(oil["under.concert"]), rows[1]["under.concert"]) == (110, "")
    assert (gap["value"], gap["error"]) == ("", "")
    assert (trade["data_share"], trade["data_share_in_words"]) == ("", "data")
    assert {row["posteriors"] for row in rows} == {"abc123"}
    assert oil["weights"] == "proxy=1,concert=3"


class Tags(HTMLParser):
    """Counts the tags that a browser would open."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen[tag] += 1


@pytest.fixture(scope="module")
def handmade():
    return pages.page(ANSWER, cited(SPEC, ANSWER)).decode()


def test_the_page_says_everything_and_escapes_it(handmade):
    body = handmade.partition("<body>")[2]
    assert "<script>alert" not in handmade
    assert "49" not in re.findall(r"<h1>.*</h1>", handmade)[0]
    for words in (
        "103",
        "71.0 to 129",
        "62%, mostly data",
        "3.4%",
        "record",
        "unknown",
        "2,048",
        "proxy=1,concert=3",
    ):
        assert words in body
    assert "China&#39;s stance in the war" in body  # the statement of claim P1
    assert "中俄" in body


def test_the_page_loads_nothing(handmade):
    assert "default-src 'none'" in html.unescape(handmade)
    outside = handmade.partition("<script>")[0] + handmade.partition("</script>")[2]
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", outside)
    assert "@import" not in outside
    tags = Tags()
    tags.feed(handmade)
    assert tags.seen["script"] == 2  # the charts' library, and the chart
    assert not {"img", "link", "iframe", "object"} & set(tags.seen)


def test_a_page_without_a_chart_has_no_script():
    assert "<script" not in pages.page(ANSWER, None).decode()


def test_the_print_says_the_same_and_is_tagged():
    made = printing.pdf(ANSWER, cited(SPEC, ANSWER))
    read = pypdf.PdfReader(io.BytesIO(made))
    text = " ".join(" ".join(each.extract_text() for each in read.pages).split())
    for words in (
        "Says </script>",
        "{{ 7 * 7 }} #set",
        "103",
        "71.0 to 129",
        "[…]",
        "trust.",
        "amur ask handmade",
    ):
        assert words in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.metadata is not None
    assert "Title" in str(read.metadata.title)
    assert printing.pdf(ANSWER, cited(SPEC, ANSWER)) == made


def test_a_sign_that_no_font_has_costs_no_print():
    assert printing.pdf(replace(ANSWER, statement="A sign: \u0378."), None).startswith(b"%PDF")


def test_an_empty_answer_is_saved_too():
    empty = replace(ANSWER, numbers=(), rests=Rests(), notes=())
    for ending in (".html", ".pdf", ".csv", ".json"):
        assert saving.render(empty, ending)


def test_of_very_many_numbers_the_first_are_shown_at_once_and_none_is_lost():
    many = replace(
        ANSWER, numbers=tuple(fact("n", f"Number {place}", "", float(place)) for place in range(100))
    )
    told = view(many)
    assert (len(told["numbers"]["rows"]), len(told["more"]["rows"])) == (60, 40)
    assert "Number 99" in pages.page(many, None).decode()
    assert printing.pdf(many, None).startswith(b"%PDF")


def test_keys_that_only_some_have_stand_in_one_column():
    heads = view(ANSWER)["numbers"]["heads"]
    assert heads[:3] == ["", "of", "value"]
    same = replace(ANSWER, numbers=(NUMBERS[0], NUMBERS[3]))
    assert view(same)["numbers"]["heads"][:3] == ["", "year", "value"]


def test_pictures_carry_statement_and_sources(reading):
    spec = specification(reading)
    assert spec is not None
    picture = saving.render(reading, ".svg").decode()
    root = ET.fromstring(picture)
    told = json.loads(next(each for each in root if each.tag.endswith("metadata")).text or "")
    assert told["title"] == reading.title
    assert set(reading.rests.sources) <= set(told["citations"])
    assert any(reading.made.stamp in each for each in told["citations"])
    assert "Concert" in picture
    made = saving.render(reading, ".png")
    assert made.startswith(b"\x89PNG")
    assert reading.statement[:60].encode() in made


def test_the_page_of_an_answer_holds_its_chart_and_its_tables(reading):
    made = saving.render(reading, ".html").decode()
    assert 'vegaEmbed("#chart", {' in made
    assert '<noscript><div class="still"><svg' in made
    for each in reading.numbers:
        assert each.about in made.replace("&#39;", "'")
    assert made.count("<tr>") >= len(reading.numbers)


def test_the_command_in_the_file_gives_the_same_numbers(reading, amur):
    words = shlex.split(again.command(reading))
    ran = amur(*words[1:], "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["numbers"] == json.loads(json.dumps(reading.as_json()["numbers"]))


def test_a_question_without_a_chart_is_no_picture_and_other_endings_are_refused():
    for ending, says in ((".svg", "no chart"), (".docx", "cannot be saved"), ("", "cannot be saved")):
        with pytest.raises(AmurError, match=says) as caught:
            saving.render(ANSWER, ending)
        assert caught.value.field == "save"


def test_a_fault_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "a.csv"
    file.write_text("old")
    monkeypatch.setattr("amur.charts.answers.saving.sheet.sheet", lambda of: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        saving.save(ANSWER, file)
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_the_command_saves_and_does_not_overwrite_unasked(amur, refused, tmp_path):
    file = tmp_path / "answer.CSV"
    ran = amur("ask", "reading", "--save", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert "Saved" in ran.err
    assert file.read_text(encoding="utf-8").startswith("name,about,")
    assert "exists" in refused("ask", "reading", "--save", str(file))
    assert amur("ask", "reading", "--save", str(file), "--force").code == 0
