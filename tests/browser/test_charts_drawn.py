"""charts.js in a browser, under the page's policy: what it draws, keeps, says, and asks for. No server: requests are answered
here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from harness import NARROW, PATIENCE, TELL, Size, charts_drawn  # type: ignore[import-not-found]
from playwright.sync_api import Browser, BrowserContext, Page, Route

from amur.brief import FONTS
from amur.questions.published import names, published
from amur.web import drawn, vega
from amur.web.security import POLICY

STATIC = Path(vega.__file__).with_name("static")
HOME = "http://charts.test"
FIGURE = (
    '<figure class="chart" data-spec="{src}" id="{name}"><figcaption>{name}: what it says</figcaption></figure>'
)


@dataclass
class Place:
    """A page of figures; ``answers`` are what the addresses of specifications answer, ``asked`` which were asked for."""

    context: BrowserContext
    body: str = ""
    answers: dict[str, Callable[[str], tuple[int, Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def open(self) -> Page:
        page = self.context.new_page()
        page.goto(HOME)
        return page

    def answer(self, route: Route) -> None:
        at = urlsplit(route.request.url)
        kind, status, headers = "text/html", 200, {"content-security-policy": POLICY}
        body: str | bytes = "<!doctype html><title>none</title>"
        if at.path in self.answers:
            width = parse_qs(at.query)["width"][0]
            self.asked.append(f"{at.path} {width}")
            status, told = self.answers[at.path](width)
            kind, body = "application/json", json.dumps(told)
            headers["retry-after"] = "0"
        elif at.path == "/vega.js":
            kind, body = "text/javascript", vega.script()
        elif at.path.startswith("/static/"):
            name = at.path.rpartition("/")[2]
            kind = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}[name.rpartition(".")[2]]
            body = ((FONTS if kind == "font/woff2" else STATIC) / name).read_bytes()
        elif at.path == "/":
            body = (
                '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Charts</title>'
                '<link rel="stylesheet" href="/static/site.css"><link rel="stylesheet" href="/static/charts.css">'
                f'<script type="module" src="/static/charts.js"></script><body data-vega="/vega.js"><main>{self.body}</main>'
            )
        route.fulfill(status=status, content_type=kind, body=body, headers=headers)


@pytest.fixture
def place(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Place]:
    size = getattr(request, "param", Size(1100, 900))
    context = browser.new_context(viewport={"width": size.width, "height": size.height}, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(TELL)
    made = Place(context)
    context.route("**/*", made.answer)
    context.on("console", lambda said: made.troubles.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: made.troubles.append(str(error.error)))
    yield made
    context.close()
    assert made.troubles == []


def bars(colour: str = "#16325c", many: int = 3) -> dict[str, Any]:
    return drawn.paged({
        "data": {"values": [{"x": at, "y": at + 1, "what": f"<b>{at}</b>"} for at in range(many)]},
        "mark": {"type": "bar", "color": colour, "tooltip": True},
        "encoding": {
            "x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"},
            "tooltip": [{"field": "what", "type": "nominal"}],
        },
        "width": 240, "height": 120,
    })  # fmt: skip


def figures(place: Place, **specs: Any) -> None:
    for name, spec in specs.items():
        place.answers[f"/api/{name}.vl.json"] = spec if callable(spec) else lambda _, spec=spec: (200, spec)
        place.body += FIGURE.format(src=f"/api/{name}.vl.json", name=name)


def wait(page: Page, script: str) -> None:
    page.wait_for_function(script, timeout=PATIENCE)


@pytest.mark.parametrize("place", [NARROW, Size(1280, 900)], indirect=True)
def test_every_published_chart_is_drawn_under_the_policy(place: Place) -> None:
    for at, name in enumerate(names()):
        of = published(name)
        place.answers[f"/api/{at}.vl.json"] = lambda width, of=of: (200, drawn.specification(of, width))
        place.body += FIGURE.format(src=f"/api/{at}.vl.json", name=f"chart-{at}")
    page = place.open()
    charts_drawn(page, least=len(names()))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".drawn svg").count() == len(names())


def test_a_chart_is_one_picture_with_a_name(place: Place) -> None:
    figures(place, one=bars())
    page = place.open()
    page.locator("#one[data-drawn]").wait_for()
    picture = page.get_by_role("img", name="one: what it says")
    assert picture.count() == 1
    assert page.locator(".drawn [role], .drawn [aria-label]").count() == 0


def test_a_chart_is_drawn_anew_for_another_width_and_not_for_the_same(place: Place) -> None:
    figures(place, one=bars())
    page = place.open()
    page.locator('#one[data-drawn="wide"]').wait_for()
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator('#one[data-drawn="narrow"]').wait_for()
    page.set_viewport_size({"width": 380, "height": 800})
    page.wait_for_timeout(500)
    assert [each.split()[1] for each in place.asked] == ["wide", "narrow"]


def test_a_new_specification_replaces_the_old_picture_without_a_gap(place: Place) -> None:
    place.body = '<figure class="chart" id="one" aria-label="Handed over"></figure>'
    page = place.open()
    told: dict[str, Any] = page.evaluate(
        """async ([first, second]) => {
          const { draw } = await import("/static/charts.js");
          const figure = document.getElementById("one");
          await draw(figure, first);
          const place = figure.querySelector(".drawn");
          let least = Infinity, high = place.clientHeight, lowest = high;
          const seen = () => [...place.querySelectorAll("svg")].filter((svg) => svg.checkVisibility({ visibilityProperty: true })).length;
          const watch = new MutationObserver(() => { least = Math.min(least, seen()); lowest = Math.min(lowest, place.clientHeight); });
          watch.observe(place, { childList: true, subtree: true, attributes: true });
          await Promise.all([draw(figure, first), draw(figure, second)]);
          await new Promise((done) => setTimeout(done, 50));
          return { least, lowest, high, pictures: place.querySelectorAll("svg").length, bars: place.querySelectorAll(".mark-rect path").length };
        }""",
        [bars(many=2), bars(many=5)],
    )
    assert told["least"] >= 1
    assert told["lowest"] > 0.8 * told["high"]
    assert (told["pictures"], told["bars"]) == (1, 5)


def test_a_chart_that_cannot_be_drawn_says_so_and_others_are_drawn(place: Place) -> None:
    problem = {"title": "Not found", "detail": "there is no series 'x'"}
    figures(place, bad=lambda _: (404, problem), good=bars())
    page = place.open()
    page.locator("#good[data-drawn]").wait_for()
    page.locator("#bad.failed").wait_for()
    assert "there is no series 'x'" in page.locator("#bad .undrawn").inner_text()
    assert page.locator("#good .undrawn").count() == 0
    place.troubles.clear()


def test_a_chart_that_is_being_worked_out_is_asked_for_again(place: Place) -> None:
    answers = [(202, {"key": "k"}), (429, {}), (200, bars())]
    figures(place, slow=lambda _: answers.pop(0))
    page = place.open()
    page.locator("#slow[data-drawn]").wait_for()
    assert len(place.asked) == 3
    place.troubles.clear()


def test_colours_follow_the_theme_at_once(place: Place) -> None:
    figures(place, one=bars())
    page = place.open()
    page.locator("#one[data-drawn]").wait_for()
    fill = "getComputedStyle(document.querySelector('.mark-rect path')).fill"
    light = page.evaluate(fill)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(fill) == "rgb(134, 177, 242)" != light == "rgb(22, 50, 92)"
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("delete document.documentElement.dataset.theme")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--chart-blue')")
        == "#3f76dd"
    )


def test_a_value_under_the_pointer_is_text_and_not_markup(place: Place) -> None:
    figures(place, one=bars())
    page = place.open()
    page.locator("#one[data-drawn]").wait_for()
    page.locator(".mark-rect path").nth(1).hover()
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    assert "<b>1</b>" in tip.inner_text()
    assert tip.locator("b").count() == 0


def test_charts_out_of_view_wait_until_the_page_is_at_rest(place: Place) -> None:
    figures(place, **{f"c{at}": bars() for at in range(12)})
    place.body = place.body.replace("<figure", '<div class="card"><br><br><br><br><br><br></div><figure')
    page = place.open()
    page.locator("#c0[data-drawn]").wait_for()
    assert len(place.asked) < 12
    wait(page, "() => document.querySelectorAll('figure[data-drawn]').length === 12")


def test_printing_waits_for_all_charts(place: Place) -> None:
    figures(place, **{f"c{at}": bars() for at in range(12)})
    place.body = "<button data-print>Print</button>" + place.body.replace(
        "<figure", "<p><br><br><br><br><br></p><figure"
    )
    page = place.open()
    page.evaluate(
        "window.print = () => { window.printed = document.querySelectorAll('figure[data-drawn]').length; }"
    )
    page.get_by_role("button", name="Print").click()
    wait(page, "() => window.printed === 12")
