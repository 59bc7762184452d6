"""What holds of every page, whoever wrote it: the list is the application's own, so none can be forgotten.

A page whose address has a part to fill in is looked at as told in ``FILLED``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi.responses import HTMLResponse
from harness import NARROW, WIDE, Browse, axe, charts_drawn, no_overflow, shot  # type: ignore[import-not-found]
from playwright.sync_api import Page

from amur.web.app import PARTS
from amur.web.pages import NAVIGATION

FILLED = {
    "/arguments/{name}": "/arguments/lethal-aid",
    "/system/mechanisms/{name}": "/system/mechanisms/ambiguity.ambiguity_pays",
    "/system/quantities/{name}": "/system/quantities/dependence_rus",
    "/system/parameters/{name}": "/system/parameters/leverage_trade",
    "/system/book/{page}": "/system/book/decisions",
    "/system/readings/{name}": "/system/readings/concert",
    "/quality/forecasts/{name}": "/quality/forecasts/exports_rus_chn",
    "/quality/{page}": "/quality/weaknesses",
    "/record/series/{name}": "/record/series/trade.total.chn-rus",
    "/record/measures/{name}": "/record/measures/trade.dependence",
    "/record/decisions/{name}": "/record/decisions/china-support",
    "/record/events/{name}": "/record/events/1991-05-16.treaty",
    "/record/sources/{name}": "/record/sources/security-survincity-2013",
}
OTHERS = ("/api", "/record/sql")
"""Pages that are not shown by ``amur.web.pages.shown``."""


def shown() -> list[str]:
    """Addresses of all pages, as their parts register them."""
    found = [
        path for part in PARTS for path in registered(import_module(f"amur.web.parts.{part}").router.routes)
    ]
    return list(dict.fromkeys([*found, *OTHERS]))


def registered(routes: Iterable[Any]) -> Iterator[str]:
    """Addresses among routes, also those of a router that was included, which FastAPI keeps whole."""
    for route in routes:
        if getattr(route, "response_class", None) is HTMLResponse and "GET" in (route.methods or ()):
            yield route.path
        elif inside := getattr(route, "original_router", None):
            yield from registered(inside.routes)


PAGES = [FILLED.get(path, path) for path in shown() if path in FILLED or "{" not in path]


def words(path: str) -> str:
    """The name of a page's pictures."""
    return re.sub(r"\W+", "-", path).strip("-") or "standing"


def test_every_kind_of_page_is_looked_at() -> None:
    unfilled = [path for path in shown() if "{" in path and path not in FILLED]
    assert not unfilled, "name an address for each in FILLED"
    assert {page.path for page in NAVIGATION} <= set(PAGES)


# ---------------------------------------------------------------- wide and light (and without script), narrow and dark


@pytest.mark.parametrize("path", PAGES)
def test_wide_and_light_and_without_script(browse: Browse, path: str) -> None:
    page = browse(path, WIDE)
    heads(page)
    charts = charts_drawn(page)
    no_overflow(page)
    said(page)
    shot(page, f"{words(path)}-wide-light")
    assert axe(page) == []
    for_paper(page)
    links_lead_somewhere(page)
    by_keyboard_alone(page)
    without_script(browse(path, script=False), path, charts)


@pytest.mark.parametrize("path", PAGES)
def test_narrow_and_dark(browse: Browse, path: str) -> None:
    page = browse(path, NARROW, dark=True)
    charts_drawn(page)
    no_overflow(page)
    shot(page, f"{words(path)}-narrow-dark")
    assert axe(page) == []
    dark = page.evaluate(
        "getComputedStyle(document.documentElement).colorScheme + getComputedStyle(document.body).backgroundColor"
    )
    light = "255, 255, 255"
    assert light not in dark, "a dark page has a light ground"
    page.evaluate(OPENED)
    no_overflow(page)
    shot(page, f"{words(path)}-opened-narrow")


OPENED = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"


def heads(page: Page) -> None:
    """One heading, a title that says it, a language, and one main part."""
    told = page.evaluate("""() => ({
      heads: [...document.querySelectorAll("h1")].map((each) => each.textContent.trim()),
      levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((each) => each.checkVisibility())
        .map((each) => Number(each.tagName[1])),
      title: document.title, lang: document.documentElement.lang, mains: document.querySelectorAll("main").length,
      twice: [...document.querySelectorAll("[id]")].map((each) => each.id).filter((id, at, all) => all.indexOf(id) !== at),
    })""")
    assert len(told["heads"]) == 1, told
    assert told["heads"][0] in told["title"], told
    assert told["lang"].startswith("en")
    assert told["mains"] == 1
    assert told["twice"] == [], "an id stands for one thing"
    jumps = [pair for pair in zip(told["levels"], told["levels"][1:], strict=False) if pair[1] > pair[0] + 1]
    assert not jumps, f"levels of headings are left out: {told['levels']}"


def said(page: Page) -> None:
    """Nothing that only a program would say stands in the text."""
    text = page.locator("main").inner_text()
    assert len(text) > 80
    found = re.findall(r"\b(?:NaN|undefined|None(?! (?:yet|of|is)\b)|nan|inf)\b|\[object |\{\{|\}\}|\{%", text)
    assert not found, f"{found} in: {text[max(text.find(found[0]) - 80, 0) :][:200]}" if found else ""


def for_paper(page: Page) -> None:
    """On paper there is no way to other pages, and the text is there."""
    page.emulate_media(media="print")
    left = page.evaluate(WAYS)
    assert not left, f"on paper there are {left}"
    assert page.locator("h1").is_visible()
    page.emulate_media(media="screen")


WAYS = """() => [...document.querySelectorAll("nav, button")].filter((each) => each.checkVisibility())
  .map((each) => `${each.tagName.toLowerCase()}.${each.className} ${each.getAttribute("aria-label") ?? each.textContent.trim().slice(0, 40)}`)"""


# ---------------------------------------------------------------- keyboard

SEEN = """(box) => box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight
  && box.left < innerWidth"""
FOCUSED = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  // Some fields have several stops inside; to come back to another that was reached is to have been round.
  const inside = at === window.reachedLast, again = Boolean(at.wasReached) && !inside;
  at.wasReached = true;
  window.reachedLast = at;
  let ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  if (!ring && at instanceof SVGElement) {
    // A part of a picture shows it by how it is drawn.
    const look = () => [at, ...at.querySelectorAll("*")].map((each) => getComputedStyle(each))
      .map((each) => [each.stroke, each.strokeWidth, each.fill, each.outline, each.textDecoration].join()).join();
    const focused = look();
    at.blur();
    ring = look() !== focused;
    at.focus();
  }
  return {
    what: `${at.tagName.toLowerCase()} ${at.id || at.getAttribute("name") || at.textContent.trim().slice(0, 40)}`,
    body: at === document.body, href: at.getAttribute("href"), ring: ring || inside, again,
    seen: (SEEN)(box),
  };
}""".replace("SEEN", SEEN)
IN_VIEW = f"() => ({SEEN})(document.activeElement.getBoundingClientRect())"
MISSED = """() => [...document.querySelectorAll("main :is(button, select, textarea, summary, input:not([type=hidden], [type=radio]))")]
  .filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0 && !each.wasReached)
  .map((each) => `${each.tagName.toLowerCase()} ${each.id || each.getAttribute("name") || each.textContent.trim().slice(0, 40)}`)"""
STEPS = 90


def by_keyboard_alone(page: Page) -> None:
    """The first stop leads to the content; every stop is seen and shows it, and none is left out."""
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUSED)
    assert (first["href"] or "").startswith("#"), f"the first stop is {first['what']}, no way to the content"
    assert first["seen"], "the way to the content is not seen when it has the focus"
    page.evaluate("window.stays = true")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    page.wait_for_load_state()
    assert page.evaluate("window.stays"), "the way to the content loads the page anew"
    inside = page.evaluate("document.activeElement.closest('main') !== null || location.hash !== ''")
    assert inside, "the way to the content does not lead there"
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["body"] or at["again"]:
            break
        if not at["seen"]:
            # A picture drawn meanwhile moved what stands below it: to come to it again is to see it.
            page.wait_for_timeout(600)
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            at["seen"] = page.evaluate(IN_VIEW)
        assert at["seen"], f"{at['what']} has the focus and is not seen"
        assert at["ring"], f"{at['what']} does not show that it has the focus"
    else:
        return  # there is more than anyone would step through here
    missed = page.evaluate(MISSED)
    assert not missed, f"not reached: {missed[:8]}"


# ---------------------------------------------------------------- without script


def without_script(page: Page, path: str, charts: int) -> None:
    """The page is whole, and has as many pictures as charts are drawn with script."""
    assert page.locator("h1").is_visible()
    assert len(page.locator("main").inner_text()) > 80
    pictures = page.locator("figure.chart img:visible")
    assert pictures.count() >= charts, f"{charts} charts with script, {pictures.count()} pictures without"
    for number in range(pictures.count()):
        picture = pictures.nth(number)
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) > 20, f"{picture.get_attribute('src')} is not seen"
        assert picture.get_attribute("alt"), "a picture says what it shows"
    no_overflow(page)
    shot(page, f"{words(path)}-no-script")


# ---------------------------------------------------------------- where its links lead

LINKS = """() => [...new Set([...document.querySelectorAll("main a[href], footer a[href], nav a[href]")]
  .map((each) => new URL(each.getAttribute("href"), document.baseURI)).filter((each) => each.origin === location.origin)
  .map((each) => each.pathname + each.search))]"""
OF_ONE_KIND = 4
ANSWERED: dict[str, int] = {}
"""How links were answered that were followed before: most pages have the same way to the others."""
COSTLY = re.compile(r"\.(?:pdf|png|html)(?:\?|$)")
"""Files that take a while to write, and have tests of their own."""


def links_lead_somewhere(page: Page) -> None:
    """Of each kind of link of a page a few are followed."""
    kinds: dict[str, list[str]] = {}
    for link in page.evaluate(LINKS):
        # Those that differ in their last step, or in what they ask, are of one kind.
        folder, _, name = link.partition("?")[0].rpartition("/")
        ending = Path(name).suffix if link.startswith("/api/") else ""
        kinds.setdefault(folder + ending, []).append(link)
    asked = [link for links in kinds.values() for link in links[:OF_ONE_KIND] if not COSTLY.search(link)]
    for link in asked:
        if link not in ANSWERED:
            ANSWERED[link] = page.context.request.get(link, max_retries=3).status
    assert {link: ANSWERED[link] for link in asked if ANSWERED[link] >= 400} == {}
