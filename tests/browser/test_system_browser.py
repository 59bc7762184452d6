"""The system and the readings as a reader uses them: the map by hand and by keyboard, a reading made with sliders."""

from __future__ import annotations

import re

import pytest
from harness import NARROW, WORKING, Browse, axe, charts_drawn, no_overflow, visit  # type: ignore[import-not-found]
from playwright.sync_api import Page, expect


def test_a_name_of_the_map_lights_what_it_is_joined_to(page: Page) -> None:
    visit(page, "/system?around=trust_rus")
    centre = page.locator("svg.map a[data-n]", has_text="trust Russia").first
    centre.hover()
    expect(page.locator("svg.map")).to_have_class(re.compile("lit"))
    drawn, lit = page.locator("svg.map path[data-e]").count(), page.locator("svg.map path.on").count()
    assert 0 < lit <= drawn
    page.mouse.move(5, 5)
    expect(page.locator("svg.map")).not_to_have_class(re.compile("lit"))


def test_the_map_is_walked_by_keyboard_and_leads_into_the_book(page: Page) -> None:
    visit(page, "/system?group=trust")
    first = page.locator("svg.map a[data-n]").first
    first.focus()
    expect(page.locator("svg.map")).to_have_class(re.compile("lit"))
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/system/(quantities|mechanisms)/"))


def test_the_whole_map_scrolls_in_a_place_of_its_own(browse: Browse) -> None:
    page = browse("/system", NARROW)
    no_overflow(page)
    frame = page.locator(".frame")
    assert frame.evaluate("each => each.scrollWidth > each.clientWidth")
    assert page.locator("svg.map a[data-n]").count() > 150


@pytest.mark.parametrize("dark", [False, True])
def test_a_mechanism_in_light_and_dark(browse: Browse, dark: bool) -> None:
    page = browse("/system/mechanisms/trust.pressure_costs_trust", dark=dark)
    assert axe(page) == []
    box = page.locator("math").first.bounding_box()
    assert box
    assert box["height"] > 20


def test_sliders_make_a_reading_and_its_address(page: Page) -> None:
    visit(page, "/system/readings/new?base=concert")
    mine = page.locator('.set[data-name="threat_amplifies"]')
    before = mine.locator(".strip.posterior .dot").get_attribute("x")
    mine.locator("input[type=range]").first.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    value = mine.locator("input.centre").input_value()
    assert float(value) > 0.3
    assert mine.locator(".strip.posterior .dot").get_attribute("x") != before
    page.wait_for_url(re.compile(r"threat_amplifies="))
    assert "kinship" not in page.url
    expect(page.locator(".checked tbody tr", has_text="threat amplifies")).to_contain_text(
        "+", timeout=1000 * WORKING
    )
    expect(page.locator(".file code")).to_contain_text(f"median = {float(value):g}"[:14])
    page.reload()
    assert page.locator('.set[data-name="threat_amplifies"] input.centre').input_value() == value


def test_words_find_a_parameter_to_set_apart(page: Page) -> None:
    visit(page, "/system/readings/new")
    page.fill("#f-add", "squeeze hurt")
    line = page.locator(".found li:visible button", has_text="squeeze hurt")
    expect(line).to_have_count(1)
    line.click()
    page.wait_for_url(re.compile("add=squeeze_hurt"))
    expect(page.locator('.set[data-name="squeeze_hurt"]')).to_be_visible()
    page.locator('.set[data-name="squeeze_hurt"] .leave').click()
    expect(page.locator('.set[data-name="squeeze_hurt"]')).to_have_count(0)


def test_a_reading_is_made_without_script(browse: Browse) -> None:
    page = browse("/system/readings/new?add=squeeze_hurt", script=False)
    page.fill('input[name="squeeze_hurt"]', "0.02")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("squeeze_hurt=0.02"))
    assert page.locator('input[name="squeeze_hurt"]').input_value() == "0.02"
    no_overflow(page)


def test_the_ledger_of_one_target_is_drawn(browse: Browse) -> None:
    page = browse("/quality/forecasts/oil_chn", NARROW, dark=True)
    assert charts_drawn(page, least=2) == 2
    no_overflow(page)
