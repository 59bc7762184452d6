"""The six questions in a browser: asked by form, opened out, in the dark, on paper, and without script."""

from __future__ import annotations

import re

import pytest
from harness import (  # type: ignore[import-not-found]
    MIDDLE,
    WIDE,
    Browse,
    axe,
    charts_drawn,
    no_overflow,
    shot,
    worked_out,
)
from playwright.sync_api import Page, expect

PAGES = ("reading", "dependence", "outlook", "watch", "levers", "drivers")
OPENED = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
CHARTS = {"reading": 1, "dependence": 4, "outlook": 3, "watch": 1, "levers": 3, "drivers": 6}
"""How many pictures a page shows at least before anything is opened out."""


@pytest.mark.parametrize("name", PAGES)
def test_opened_out_in_the_dark_all_is_drawn_and_readable(browse: Browse, name: str) -> None:
    page = browse(f"/{name}", MIDDLE, dark=True)
    charts_drawn(page, CHARTS[name])
    page.evaluate(OPENED)
    charts_drawn(page, CHARTS[name])
    no_overflow(page)
    assert axe(page) == []
    shot(page, f"{name}-opened-dark")


@pytest.mark.parametrize("name", PAGES)
def test_without_script_there_is_a_picture_and_a_way_to_ask(browse: Browse, name: str) -> None:
    page = browse(f"/{name}", WIDE, script=False)
    pictures = page.locator("noscript img")
    assert pictures.count() >= 1 or page.locator("figure.chart noscript").count() >= 1
    form = page.locator("form.controls")
    assert form.get_attribute("method") == "get"
    assert form.locator("button[type=submit]").is_visible()
    assert form.locator("[name]").count() >= 3


@pytest.mark.parametrize("name", PAGES)
def test_asked_as_it_stands_the_address_stays_short(browse: Browse, name: str) -> None:
    page = browse(f"/{name}")
    with page.expect_navigation():
        page.get_by_role("button", name="Ask").click()
    # Whose levers are asked for is said by a field that is there in any case.
    assert page.url.partition("?")[2] == ""
    expect(page.locator("main .lead").first).to_be_visible()


def sent(page: Page) -> list[str]:
    """What the form of a page would ask, without asking it."""
    told: list[str] = page.evaluate(
        "() => [...new FormData(document.querySelector('form.controls')).entries()].map(([name, value]) => `${name}=${value}`)"
    )
    return told


def test_a_slider_of_an_aim_is_all_that_is_said(browse: Browse) -> None:
    page = browse("/levers")
    assert sent(page) == []
    page.get_by_text("What Washington wants, and how much").click()
    slider = page.locator("[name='weight.taiwan-war']")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.locator("output[for='f-weight.taiwan-war']")).to_have_text("2.05")
    assert sent(page) == ["weight.taiwan-war=2.05"]


def test_boxes_say_what_differs_from_usual(browse: Browse) -> None:
    page = browse("/drivers")
    page.get_by_role("checkbox", name="Trade both ways").uncheck()
    assert [each for each in sent(page) if each.startswith("outcome=")] == [
        "outcome=coordination", "outcome=integration", "outcome=trust_rus", "outcome=trust_chn", "outcome=dependence_rus",
    ]  # fmt: skip
    page.get_by_role("checkbox", name="Trade both ways").check()
    assert sent(page) == []


def test_a_year_of_the_past_is_asked_by_form_and_shown(browse: Browse) -> None:
    """The whole way round: the form, the page that waits, the answer."""
    page = browse("/reading")
    page.get_by_label("At the end of").select_option("2014")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url(re.compile(r"/reading\?as_of=2014$"))
    worked_out(page, "/reading?as_of=2014")
    expect(page.locator("main .lead").first).to_contain_text("1992–2014", timeout=120_000)
    charts_drawn(page, 1)
    assert page.get_by_label("At the end of").input_value() == "2014"


def test_a_wrong_option_is_said_in_words(browse: Browse) -> None:
    page = browse("/")
    page.goto("/watch?ahead=99")
    expect(page.locator("main")).to_contain_text("ahead")
    browse.watch.troubles.clear()


def test_what_is_folded_is_reached_by_keyboard(browse: Browse) -> None:
    page = browse("/watch")
    more = page.locator("details.others > summary").first
    more.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.others").first.get_attribute("open") is not None
    assert page.locator("details.others").first.locator("tbody tr").count() == 39


def test_on_paper_the_controls_are_gone_and_the_shades_stay(browse: Browse) -> None:
    page = browse("/reading")
    page.emulate_media(media="print")
    assert not page.locator("form.controls").is_visible()
    assert not page.locator("nav.within").is_visible()
    assert (
        page.locator(".matrix .down4").first.evaluate("(each) => getComputedStyle(each).printColorAdjust")
        == "exact"
    )
