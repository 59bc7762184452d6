"""The page of conditioning is what the published files say."""

from pathlib import Path

import numpy as np
import pytest

from amur.conditioning import diagnosed, page, page_words, pictures, store
from amur.conditioning.weights import prequential

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def published():
    if not (store.FILE.exists() and diagnosed.FILE.exists()):
        pytest.skip("nothing is published")
    return page.gathered()


def test_the_page_is_that_of_the_published_numbers(published):
    written = (DOCS / "conditioning.md").read_text(encoding="utf-8")
    assert written == page.page(published, page.told(published)), "run `amur condition`"


def test_every_picture_of_the_page_is_there(published):
    text = (DOCS / "conditioning.md").read_text(encoding="utf-8")
    for name in page.drawn(published, page.told(published)):
        assert f"conditioning-{name}.svg" in text
        assert (DOCS / f"conditioning-{name}.svg").stat().st_size > 1000


def test_diagnostics_are_of_the_published_runs(published):
    assert published.diagnosed.stamp == published.stamp


def test_numbers_have_their_sign():
    assert [page_words.signed(value, 1) for value in (1.26, -0.04, -3.1)] == ["+1.3", "0.0", "−3.1"]
    assert pictures.signed(-2.7) == "−3"
    assert page_words.chance(float("nan")) == "–"
    assert page_words.chance(0.00001) == "<0.001"


def test_a_table_is_markdown():
    assert page_words.table(["a", "b"], [["x|y", "1"]]) == ["| a | b |", "| --- | --: |", "| x/y | 1 |"]


def test_pictures_carry_what_they_are_given():
    increments = {
        "a": np.array([-1.0, -2.0]),
        "b": np.array([-3.0, -2.0]),
        "persistence": np.array([-2.0, -2.5]),
    }
    drawing = pictures.evidence(increments, ("2001", "2002"), "persistence").to_dict()
    lines = [rows for rows in drawing["datasets"].values() if "reading" in rows[0]]
    assert [row["value"] for row in lines[0]] == [1.0, 1.0, -1.0, -1.0]
    both = prequential(increments, ("2001", "2002"))
    (rows,) = pictures.weights({"Prequential": both}).to_dict()["datasets"].values()
    shown = {(row["year"], row["reading"]): row["weight"] for row in rows}
    assert shown[2000, "a"] == pytest.approx(1 / 3)
    assert shown[2002, "a"] == pytest.approx(both.at("2002")["a"])
