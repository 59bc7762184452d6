"""What is published of the system is what the model says, and holds all of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from amur.book import layout
from amur.book.catalogue import LEFT_OUT, catalogue
from amur.book.published import published
from amur.errors import AmurError

DOCS = Path(__file__).parents[2] / "docs"


def test_published_system_is_what_the_model_gives() -> None:
    made = json.loads(json.dumps(catalogue()))
    known = published()
    assert set(made) == set(known)
    for part in made:
        assert made[part] == known[part], f"{part}: run python -m amur.book"


def test_reading_it_does_not_load_the_model() -> None:
    told = "import sys; from amur.book import layout; layout.whole(); print('jax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_pages_stand_in_the_docs_too() -> None:
    pages = published()["pages"]
    assert (DOCS / "conditioning.md").read_text(encoding="utf-8") == pages["conditioning"]
    assert (DOCS / "recovery.md").read_text(encoding="utf-8") == pages["recovery"]
    names = {file.stem for file in (DOCS / "book").glob("*.md") if not file.stem.startswith("mechanisms-")}
    assert names - {*LEFT_OUT, "index"} == set(pages) - {"conditioning", "recovery"}


def test_formulas_have_no_styles_of_their_own() -> None:
    told = published()
    assert all("style=" not in each["mathml"] for each in told["mechanisms"].values())
    assert all("style=" not in text for text in told["pages"].values())


def test_a_posterior_lies_where_its_reading_put_the_prior_unless_the_record_speaks() -> None:
    told = published()["parameters"]
    unmoved = {name: each for name, each in told.items() if each["contraction"] < 0.02}
    for name, each in unmoved.items():
        for reading, after in each["posterior"].items():
            before = each["readings"].get(reading, each["prior"])["quantiles"]
            assert before[0] <= after[2] <= before[4], f"{name} under {reading}"


def test_the_whole_map_has_every_edge_once() -> None:
    made = layout.whole()
    told = published()
    pairs = {(a, b) for a, b, _, _ in told["edges"]}
    drawn = [(made.boxes[each.source].name, made.boxes[each.target].name) for each in made.curves]
    assert set(drawn) == pairs
    assert len(drawn) == len(set(drawn))
    assert {box.name for box in made.boxes} == {name for pair in pairs for name in pair}


def test_boxes_lie_inside_and_none_over_another() -> None:
    for made in (layout.whole(), layout.group("trust"), layout.around("trust_rus", 2)):
        places = [(box.x, box.y) for box in made.boxes]
        assert len(places) == len(set(places))
        assert all(box.x >= 0 and box.x + box.width <= made.width for box in made.boxes)
        assert all(box.y >= 0 and box.y + layout.BOX <= made.height for box in made.boxes)


def test_around_a_name_stand_what_drives_it_and_what_it_drives() -> None:
    edges = published()["edges"]
    made = layout.around("trust_rus")
    sides = {side: {box.name for box in made.boxes if box.key.startswith(side)} for side in "<>"}
    assert sides["<"] == {a for a, b, *_ in edges if b == "trust_rus" and a != b}
    assert sides[">"] == {b for a, b, *_ in edges if a == "trust_rus" and a != b}


def test_each_step_looks_further() -> None:
    many = [len(layout.around("trust_rus", steps).boxes) for steps in (1, 2, 3)]
    assert many[0] < many[1] < many[2]


def test_the_map_in_words_says_every_curve_from_both_ends() -> None:
    made = layout.group("price")
    told = layout.listed(made)
    assert (
        sum(len(each["by"]) for each in told) == sum(len(each["drives"]) for each in told) == len(made.curves)
    )


@pytest.mark.parametrize("ask", [lambda: layout.group("trsut"), lambda: layout.around("trust_ru")])
def test_what_is_not_there_is_said_with_what_is_near(ask: object) -> None:
    with pytest.raises(AmurError) as told:
        ask()  # type: ignore[operator]
    assert "trust" in told.value.mend
