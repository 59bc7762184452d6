"""What looks at the page sees what is wrong with one: a harness that finds nothing proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from harness import MIDDLE, NARROW, Browse, Watch, axe, charts_drawn, no_overflow  # type: ignore[import-not-found]
from playwright.sync_api import Browser, Page, Route

HOME = "http://page.test"
GOOD = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>{}</main></html>"""
DRAWN = """<figure class="chart" data-spec="/c" data-drawn="wide"><div class="drawn"><svg width="200" height="90"
 viewBox="0 0 200 90"><g class="mark-line">{}</g></svg></div></figure>"""

type Shown = Callable[..., Page]


@pytest.fixture
def watched(browser: Browser) -> Iterator[Browse]:
    made = Browse(browser, Watch(HOME))
    yield made
    made.close()


@pytest.fixture
def show(watched: Browse) -> Shown:
    """A page that holds the HTML given, without any server."""

    def shown(html: str, policy: str = "script-src 'self' 'unsafe-inline'", width: int = MIDDLE.width) -> Page:
        def answer(route: Route) -> None:
            first = route.request.url == f"{HOME}/"
            headers = {"content-security-policy": policy, "content-type": "text/html; charset=utf-8"}
            route.fulfill(
                status=200 if first else 404, headers=headers, body=GOOD.format(html) if first else ""
            )

        page = watched(None, MIDDLE._replace(width=width))
        page.context.route("**", answer)
        page.goto(f"{HOME}/")
        return page

    return shown


@pytest.mark.parametrize(
    ("html", "trouble"),
    [
        ("<script>console.error('no luck')</script>", "console: no luck"),
        ("<script>throw new Error('broken')</script>", "error: broken"),
        ("<script>Promise.reject('alone')</script>", "alone"),
        ("<img src='/none.png' alt=''>", f"answered 404: {HOME}/none.png"),
        ("<img src='http://other.test/a.png' alt=''>", "loaded from elsewhere: http://other.test/a.png"),
    ],
)
def test_troubles_of_a_page_are_seen(show: Shown, watched: Browse, html: str, trouble: str) -> None:
    show(html).wait_for_timeout(100)
    assert trouble in "\n".join(watched.watch.troubles)


@pytest.mark.parametrize("html", ["<script>document.title = 'x'</script>", "<p style='color: red'>x</p>"])
def test_what_the_policy_forbids_is_seen(show: Shown, watched: Browse, html: str) -> None:
    show(html, "default-src 'self'").wait_for_timeout(100)
    assert "policy: " in "\n".join(watched.watch.troubles)


def test_a_page_in_order_has_no_troubles(show: Shown, watched: Browse) -> None:
    page = show("<p>Nothing.</p>" + DRAWN.format('<path d="M0,0L100,50L200,10"></path>'))
    assert charts_drawn(page, least=1) == 1
    assert axe(page) == []
    no_overflow(page)
    assert watched.watch.troubles == []


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (DRAWN.format(""), "has no marks"),
        (DRAWN.format('<path d=""></path>'), "has no marks"),
        (DRAWN.format('<path d="M0,NaNL100,50L200,10"></path>'), "holds"),
        (DRAWN.format("<text>x</text>").replace('width="200"', 'width="20"'), "pixels wide"),
        (
            '<figure class="chart failed">A<p class="undrawn">This chart could not be drawn</p></figure>',
            "could not be drawn",
        ),
        ("<p>none</p>", "shows 0 charts"),
    ],
)
def test_charts_that_are_none_are_seen(show: Shown, chart: str, said: str) -> None:
    page = show(chart)
    with pytest.raises(AssertionError, match=said):
        charts_drawn(page, least=1)


def test_what_is_wider_than_the_window_is_seen_and_what_scrolls_in_its_place_is_not(show: Shown) -> None:
    wide = "<table><tr>" + "<td>immeasurable</td>" * 20 + "</tr></table>"
    no_overflow(show(f"<div style='overflow-x: auto' tabindex='0'>{wide}</div>", width=NARROW.width))
    with pytest.raises(AssertionError, match="pixels wide in 360"):
        no_overflow(show(wide, width=NARROW.width))


def test_axe_finds_what_cannot_be_read(show: Shown) -> None:
    found = axe(show("<p style='color: #aaa; background: #fff'>pale</p><input>"))
    assert any("color-contrast" in each for each in found)
    assert any("label" in each for each in found)
