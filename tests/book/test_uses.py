"""What the model does with the series of the record, as it is kept, is what the model says."""

from __future__ import annotations

from amur.book import uses


def test_the_file_is_what_the_model_says() -> None:
    assert uses.FILE.read_text(encoding="utf-8") == uses.text(), "run `python -m amur.book.uses`"


def test_every_name_in_it_is_described_in_it() -> None:
    told = uses.uses()
    assert len(told["series"]) > 50
    for each in told["series"].values():
        assert set(each.get("given", ())) <= set(told["forcings"])
        assert set(each.get("seen", ())) <= set(told["observables"])
        assert set(each.get("named", ())) <= set(told["mechanisms"])
    assert {name for each in told["forcings"].values() for name in each["mechanisms"]} <= set(
        told["mechanisms"]
    )
