"""Looking at the page as a reader does: in a real browser, narrow and wide, light and dark, with and without script.

A test takes ``browse`` (see conftest.py) and asserts with what is here::

    page = browse("/outlook", NARROW, dark=True)
    charts_drawn(page)
    no_overflow(page)
    assert axe(page) == []
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

PATIENCE = 60_000
"""Milliseconds that anything on a page may take: the machine may be busy with other tests."""
WORKING = 300.0
"""Seconds in which an answer must be worked out that was not at hand."""
GRAVE = ("serious", "critical")
"""What axe may not find."""


class Size(NamedTuple):
    """A window, in CSS pixels."""

    width: int
    height: int


NARROW, MIDDLE, WIDE = Size(360, 800), Size(1280, 900), Size(1600, 1000)

TELL = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `policy: ${event.effectiveDirective} forbids ${event.blockedURI || "something"} (${event.sourceFile || "the page"}:${event.lineNumber})`));
addEventListener("unhandledrejection", (event) => console.error(`unhandled: ${event.reason}`));
"""
"""What the content security policy forbids is said in the console; so is what no script caught."""


@dataclass
class Watch:
    """What went wrong on a page: errors in the console, requests that failed or went elsewhere."""

    home: str
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("console", self._said)
        context.on("weberror", lambda error: self.troubles.append(f"error: {error.error}"))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # A browser says of each answer of 400 and above that it "failed to load"; those are told below, with the address.
        told = message.text
        if message.type == "error" and not told.startswith("Failed to load resource"):
            self.troubles.append(f"console: {told}")

    def _asked(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme not in ("data", "blob") and f"{where.scheme}://{where.netloc}" != self.home:
            self.troubles.append(f"loaded from elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that moves on drops what it waits for; that is meant.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        # Too much at once (429) is asked again.
        if response.status >= 400 and response.status != 429:
            self.troubles.append(f"answered {response.status}: {response.url}")


@dataclass
class Browse:
    """Opens pages, each in a context of its own; ``watch.troubles`` may be emptied by a test that provokes some."""

    browser: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        path: str | None,
        size: Size = MIDDLE,
        *,
        dark: bool = False,
        motion: bool = False,
        script: bool = True,
    ) -> Page:
        """A page at a path of the server (None: a blank one), once its answer is there.

        ``motion`` is whether the reader likes it: most tests are quicker and surer without.
        """
        context = self.browser.new_context(
            base_url=self.watch.home,
            viewport={"width": size.width, "height": size.height},
            color_scheme="dark" if dark else "light",
            reduced_motion="no-preference" if motion else "reduce",
            java_script_enabled=script,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL)
        self.watch.over(context)
        self.contexts.append(context)
        page = context.new_page()
        if path is not None:
            visit(page, path)
        return page

    def close(self) -> None:
        """Close everything that was opened."""
        while self.contexts:
            self.contexts.pop().close()


def visit(page: Page, path: str) -> None:
    """Go to a path once what it shows has been worked out; one that is answered by 400 and up fails the test."""
    answered = page.goto(path, wait_until="load")
    if answered and answered.status == 202:
        page.goto("about:blank")  # it would load itself again under way
        worked_out(page, path)
        answered = page.goto(path, wait_until="load")
    assert answered is None or answered.status < 400, f"{path} was answered {answered.status}"


def worked_out(page: Page, path: str) -> None:
    """Wait until a path answers with something else than that it is being worked out."""
    until = time.monotonic() + WORKING
    while True:
        answered = page.context.request.get(path, headers={"accept": "text/html"}, max_retries=3)
        status, wait = answered.status, answered.headers.get("retry-after", "1")
        answered.dispose()
        if status not in (202, 429):
            return
        assert time.monotonic() < until, f"{path} was not worked out in {WORKING:g} s"
        page.wait_for_timeout(1000 * min(float(wait), 2))


# ---------------------------------------------------------------- charts

CHARTS = """() => [...document.querySelectorAll("figure.chart")]
  .filter((figure) => figure.checkVisibility())"""

STATE = f"""() => {{
  const figures = ({CHARTS})();
  for (const figure of figures) {{
    if (figure.dataset.drawn || figure.classList.contains("failed")) continue;
    figure.scrollIntoView({{ block: "center" }});
    return false;
  }}
  return figures.every((figure) => !figure.hasAttribute("aria-busy"));
}}"""

TOLD = f"""() => ({CHARTS})().map((figure) => {{
  const svg = figure.querySelector(".drawn svg"), box = svg?.getBoundingClientRect(), place = figure.getBoundingClientRect();
  const marks = svg ? [...svg.querySelectorAll("path, rect, circle, line, text, image")] : [];
  const within = (mark) => mark.closest('[class*="mark-"]') && !mark.closest(".background");
  const real = (mark) => mark.tagName === "path" ? (mark.getAttribute("d") || "").length > 6
    : mark.tagName === "text" ? mark.textContent.trim() !== "" : true;
  return {{
    chart: figure.dataset.spec || figure.id || figure.textContent.trim().slice(0, 60),
    drawn: Boolean(svg), width: box?.width ?? 0, height: box?.height ?? 0,
    out: box ? Math.max(box.right - place.right, place.left - box.left) : 0,
    marks: marks.filter((mark) => within(mark) && real(mark)).length,
    wrong: svg ? [...new Set((svg.outerHTML.match(/NaN|undefined|Infinity|\\[object /g) || []))] : [],
    failed: figure.querySelector(".undrawn")?.textContent ?? "",
  }};
}})"""


def charts_drawn(page: Page, least: int = 0) -> int:
    """Every chart that is shown is a picture with marks in it, inside its figure; how many there are.

    ``least``: how many there must be.
    """
    page.wait_for_function(STATE, timeout=PATIENCE)
    told: list[dict[str, Any]] = page.evaluate(TOLD)
    page.evaluate("scrollTo(0, 0)")
    for chart in told:
        name = f"{urlsplit(page.url).path}: the chart {chart['chart']}"
        assert not chart["failed"], f"{name} says: {chart['failed']}"
        assert chart["drawn"], f"{name} is not drawn"
        assert chart["width"] >= 100, f"{name} is {chart['width']:.0f} pixels wide"
        assert chart["height"] >= 20, f"{name} is {chart['height']:.0f} pixels high"
        assert chart["out"] <= 1, f"{name} sticks out of its figure by {chart['out']:.0f} pixels"
        assert chart["marks"], f"{name} has no marks"
        assert not chart["wrong"], f"{name} holds {chart['wrong']}"
    assert len(told) >= least, f"{urlsplit(page.url).path} shows {len(told)} charts, not {least}"
    return len(told)


# ---------------------------------------------------------------- all pages

WIDER = """() => {
  const room = document.documentElement.clientWidth;
  const clipped = (element) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(each).overflowX)) return true;
    return false;
  };
  const told = [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > room + 1 && !clipped(element))
    .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} to ${Math.round(element.getBoundingClientRect().right)}`);
  return { wide: document.documentElement.scrollWidth, room, told };
}"""


def no_overflow(page: Page) -> None:
    """The page is no wider than its window; what is wide scrolls in a place of its own."""
    found = page.evaluate(WIDER)
    said = f"{urlsplit(page.url).path} is {found['wide']} pixels wide in {found['room']}: {found['told'][:6]}"
    assert found["wide"] <= found["room"], said
    assert not found["told"], said


def axe(page: Page, *grades: str) -> list[str]:
    """What axe finds on a page that is serious or critical (or of the grades named), one line each."""
    # The protocol's evaluation stands outside the page's own policy.
    page.evaluate(AXE_SCRIPT)
    # What passes is not sent: of a long page it takes longer than to look.
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [
        f"{urlsplit(page.url).path}: {each['id']} ({each['impact']}): {each['help']}: "
        + "; ".join(f"{' '.join(map(str, node['target']))} [{_reason(node)}]" for node in each["nodes"][:4])
        + (f"; and {len(each['nodes']) - 4} more" if len(each["nodes"]) > 4 else "")
        for each in found
        if each["impact"] in (grades or GRAVE)
    ]


def _reason(node: dict[str, Any]) -> str:
    told = [*node["any"], *node["all"], *node["none"]]
    return str(told[0]["message"]) if told else ""


def shot(page: Page, name: str, *, whole: bool = True) -> None:
    """A picture of the page as NAME.png in the folder that ``AMUR_SHOTS`` names; nothing where it names none."""
    folder = os.environ.get("AMUR_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)
