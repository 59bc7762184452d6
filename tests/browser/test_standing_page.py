"""The first page as a reader meets it: quick, whole without script, charts that follow the window, lights that tell more."""

from __future__ import annotations

import pytest
from harness import MIDDLE, NARROW, Browse, axe, charts_drawn, no_overflow, shot  # type: ignore[import-not-found]
from playwright.sync_api import expect

from amur.web.glance.pictures import NAMES

SIZES = [(NARROW, False), (MIDDLE, True)]


@pytest.mark.parametrize(("size", "dark"), SIZES)
def test_all_charts_are_drawn_and_nothing_is_wider_than_the_window(
    browse: Browse, size: object, dark: bool
) -> None:
    page = browse("/", size, dark=dark)
    charts_drawn(page, least=len(NAMES))
    no_overflow(page)
    shot(page, f"standing-{size.width}-{'dark' if dark else 'light'}")  # type: ignore[attr-defined]
    assert axe(page) == []


def test_what_counts_most_leads_to_its_place(browse: Browse) -> None:
    page = browse("/")
    strip = page.locator(".strip a")
    assert strip.count() == 6
    for number in range(strip.count()):
        target = strip.nth(number).get_attribute("href") or ""
        strip.nth(number).click()
        expect(page.locator(f"h2{target}")).to_be_in_viewport()


def test_without_script_the_page_is_whole_and_shows_pictures(browse: Browse) -> None:
    page = browse("/", script=False)
    pictures = page.locator("figure.chart noscript img, figure.chart img")
    assert pictures.count() == len(NAMES)
    assert page.locator(".fact .spark").count() == 12
    address = pictures.first.get_attribute("src") or ""
    assert page.context.request.get(address).ok
    page.locator(".board summary").first.click()
    expect(page.locator(".board li").first.get_by_text("beyond").first).to_be_visible()


def test_a_light_tells_its_indicators_with_the_keyboard(browse: Browse) -> None:
    page = browse("/")
    first = page.locator(".board details").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(first.locator("li").first).to_be_visible()
    lit = page.locator(".board .light.lit").count()
    said = [text.split(" of ")[0] for text in page.locator(".board .count").all_inner_texts()]
    assert sum(map(int, said)) == lit


def test_a_past_day_is_asked_for_with_the_form(browse: Browse) -> None:
    page = browse("/")
    page.get_by_label("As it was known on").fill("2021-12-31")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/?as_of=2021-12-31")
    expect(page.locator(".day")).to_contain_text("31")
    assert page.locator("#readings").count() == 0
    assert charts_drawn(page) == 2
    page.get_by_role("link", name="Now").click()
    expect(page.locator("#readings")).to_be_visible()


def test_a_chart_is_taken_away(browse: Browse) -> None:
    page = browse("/")
    figure = page.locator("figure.chart", has_text="Trade dependence")
    with page.expect_download() as waiting:
        figure.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename == "amur-dependence.csv"


def test_on_paper_it_keeps_its_pictures(browse: Browse) -> None:
    page = browse("/")
    drawn = charts_drawn(page)
    page.emulate_media(media="print")
    assert page.locator("figure.chart .drawn svg").count() == drawn
    assert page.locator(".as-of:visible, .files:visible").count() == 0
    assert len(page.pdf(format="A4")) > 20_000
