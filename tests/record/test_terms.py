"""Every source has terms; the page of data terms is the table."""

from pathlib import Path

from amur.record import Source, load, terms

ROOT = Path(__file__).parents[2]


def test_every_source_has_terms_and_every_pattern_has_sources():
    sources = list(load(overlay=False).sources)
    families = {terms.terms_of(source).family for source in sources}
    assert families == {t.family for t in terms.families()}


def test_the_large_databases_are_not_taken_for_quotations():
    by_source: dict[str, int] = {}
    for row in load(overlay=False).observations:
        by_source[row.source] = by_source.get(row.source, 0) + 1
    large = {source for source, many in by_source.items() if many > 140}
    quoted = {source for source in large if terms.terms_of(source).family == "quoted"}
    # Codes carried forward quarter by quarter from one dated source each.
    assert quoted <= {"forcings-app-crimea-2016", "forcings-us-russia-wiki"}


def test_an_export_carries_only_the_terms_it_needs():
    sources = load(overlay=False).sources
    needed = terms.terms_for([sources["trade-cow-4"], sources["trade-wdi-2026"]])
    assert [t.family for t in needed] == ["world-bank", "cow"]


def test_what_the_user_added_has_no_terms_of_others():
    own = Source("security-sipri-mine", "My Institute (Oslo)", "A count", "2025", "", origin="mine")
    assert terms.terms_for([own]) == [terms.OWN]
    assert terms.publisher_of(own) == "My Institute"


def test_the_page_is_the_table():
    assert (ROOT / "docs" / "data-terms.md").read_text() == terms.page()
