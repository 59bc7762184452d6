"""The pages on measures say what the code computes."""

from __future__ import annotations

from pathlib import Path

import pytest

from amur.errors import AmurError
from amur.record.measures import catalogue, page
from amur.record.record import Record, built_in

DOCS = Path(__file__).parents[3] / "docs"
PAGES = sorted(DOCS.glob("measures-*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_generated_parts_are_as_computed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = page.refreshed(text, Record(built_in()))
    assert again == text, "run python -m amur.record.measures.page docs/measures-*.md"


def test_every_part_and_every_measure_is_on_a_page() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    for name in page.PARTS:
        assert text.count(f"<!-- begin {name} -->") == 1
    for measure in catalogue():
        assert f"| `{measure}` |" in text


def test_a_part_that_is_not_known_is_refused() -> None:
    with pytest.raises(AmurError, match="no generated part 'moods'"):
        page.refreshed("<!-- begin moods -->\n<!-- end -->", Record(built_in()))
