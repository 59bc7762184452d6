"""Arguments as a reader meets them: cards sieved without script, a page each with its pictures and neighbours."""

from __future__ import annotations

import pytest
from harness import MIDDLE, NARROW, WIDE, Browse, axe, charts_drawn, no_overflow, shot  # type: ignore[import-not-found]
from playwright.sync_api import expect

from amur.questions.arguments import ARGUMENTS


@pytest.mark.parametrize(("size", "dark"), [(MIDDLE, False), (WIDE, True)])
def test_the_cards_fit(browse: Browse, size: object, dark: bool) -> None:
    page = browse("/arguments", size, dark=dark)
    assert page.locator(".card.argument").count() == len(ARGUMENTS)
    no_overflow(page)
    shot(page, f"arguments-{size.width}-{'dark' if dark else 'light'}")  # type: ignore[attr-defined]
    assert axe(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_cards_are_sieved_with_and_without_script(browse: Browse, script: bool) -> None:
    page = browse("/arguments", script=script)
    page.get_by_label("A position that is").select_option("contradicted")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**verdict=contradicted**")
    cards = page.locator(".card.argument")
    assert 0 < cards.count() < len(ARGUMENTS)
    expect(page.get_by_label("A position that is")).to_have_value("contradicted")
    page.get_by_role("link", name="All", exact=True).click()
    expect(cards).to_have_count(len(ARGUMENTS))


@pytest.mark.parametrize(("size", "dark"), [(NARROW, False), (WIDE, True)])
@pytest.mark.parametrize("name", ["natural-or-necessity", "vassal-proxy-or-concert", "alliance"])
def test_an_argument_fits(browse: Browse, name: str, size: object, dark: bool) -> None:
    page = browse(f"/arguments/{name}", size, dark=dark)
    charts_drawn(page, least=1)
    no_overflow(page)
    shot(page, f"argument-{name}-{size.width}")  # type: ignore[attr-defined]
    assert axe(page) == []


def test_all_arguments_are_reached_one_after_the_other(browse: Browse) -> None:
    page = browse(f"/arguments/{ARGUMENTS[0]}")
    seen = [page.url.rpartition("/")[2]]
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").click()
        page.wait_for_load_state()
        seen.append(page.url.rpartition("/")[2])
        assert len(seen) <= len(ARGUMENTS)
    assert seen == list(ARGUMENTS)


def test_options_lie_folded_and_the_button_with_them(browse: Browse) -> None:
    page = browse("/arguments/squeeze")
    button = page.get_by_role("button", name="Ask")
    expect(button).to_be_hidden()
    page.get_by_text("Weights, futures, seed").click()
    expect(button).to_be_visible()
    page.get_by_label("Seed").fill("1")
    button.click()
    page.wait_for_url("**/arguments/squeeze?**seed=1**")
    expect(page.locator(".headline .value")).to_be_visible()
