"""The book matches the model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amur.book import build, maps
from amur.book.formulas import latex, mathml
from amur.errors import AmurError
from amur.system.declare import MECHANISMS, PARAMETERS
from amur.system.state import QUANTITIES

DOCS = Path(__file__).parents[2] / "docs" / "book"


@pytest.fixture(scope="module")
def book() -> dict[str, str]:
    return build.book()


def test_committed_book_is_what_the_model_gives(book: dict[str, str]) -> None:
    wrong = [
        name
        for name, text in book.items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    assert not wrong, "run `amur book`"
    assert {path.name for path in DOCS.glob("*")} == set(book)


def test_every_mechanism_parameter_and_quantity_has_its_place(book: dict[str, str]) -> None:
    for made in MECHANISMS.values():
        page = book[f"mechanisms-{made.group}.md"]
        assert made.says in page
        assert f'<a id="{made.name.partition(".")[2]}"></a>' in page
    assert all(f'<a id="{name}"></a>' in book["parameters.md"] for name in PARAMETERS)
    assert all(f'<a id="{name}"></a>' in book["quantities.md"] for name in QUANTITIES)


def test_every_link_leads_somewhere(book: dict[str, str]) -> None:
    for name, text in book.items():
        for page, anchor in re.findall(r"\]\(([\w-]+\.(?:md|svg))(?:#([\w.-]+))?\)", text):
            assert page in book, f"{name}: {page}"
            headings = {
                re.sub(r"[^\w -]", "", each).lower().replace(" ", "-")
                for each in re.findall(r"^#+ (.+)$", book[page], re.MULTILINE)
            }
            assert not anchor or f'id="{anchor}"' in book[page] or anchor in headings, (
                f"{name}: {page}#{anchor}"
            )


def test_rendering() -> None:
    text = "gap = max(a - b, 0) / (1 + c)\nx += -k * gap ** 2 * (support == Support.LETHAL)"
    assert latex(text).count("\\\\") == 1
    assert r"\frac{\max\left(\mathit{a} - \mathit{b}, 0\right)}{1 + \mathit{c}}" in latex(text)
    assert "<mfrac>" in mathml(text)


def test_a_map_around_a_name_holds_its_neighbours() -> None:
    drawn = maps.around("trust_rus", ".md")
    assert 'href="quantities.md#trust_rus"' in drawn
    with pytest.raises(AmurError, match="trust_russ"):
        maps.around("trust_russ")
