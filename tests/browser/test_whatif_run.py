"""What-ifs in the browser, end to end: levers move, numbers follow, the address gives them again, files go out and come back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from harness import (  # type: ignore[import-not-found]
    MIDDLE,
    NARROW,
    WORKING,
    Browse,
    Size,
    axe,
    charts_drawn,
    no_overflow,
    shot,
)
from playwright.sync_api import Page, expect
from pypdf import PdfReader

FEW = "futures=256"
"""As few futures as can be asked for: these tests are of the page, not of the model."""
CALM = "() => !document.querySelector('#results').hasAttribute('aria-busy')"


def calm(page: Page) -> None:
    """Wait until what the levers say is shown."""
    page.wait_for_selector("#live[data-ready]")
    # A lever rests for a moment before its wish is asked.
    page.wait_for_timeout(400)
    page.wait_for_function(CALM, timeout=1000 * WORKING)
    assert page.inner_text("#problem") == ""


def numbers(page: Page) -> list[str]:
    """Every number that is shown of the answer, also what is folded."""
    texts = page.evaluate(
        "() => [...document.querySelectorAll('#told .lead, #told td, #told th, #told figcaption')].map((each) => each.textContent.trim())"
    )
    return [str(each) for each in texts]


def asked(page: Page) -> dict[str, list[str]]:
    """What the address says, but for what made it."""
    told = parse_qs(urlsplit(page.url).query)
    return {name: each for name, each in told.items() if name not in ("v", "stamp")}


def row(page: Page, place: int = 0, side: str = "under") -> Any:
    return page.locator(f".world.{side} .row").nth(place)


def test_levers_move_the_numbers_and_the_address_gives_them_again(browse: Browse):
    page = browse(f"/whatif?{FEW}", MIDDLE)
    page.wait_for_selector("#live[data-ready]")
    assert page.locator("#gallery .card").count() == 46
    page.fill("#find", "ceasefire in")
    expect(page.locator(".list li:visible")).to_have_count(1)
    page.click(".list a[data-scenario=ceasefire]")
    calm(page)
    assert asked(page)["scenario"] == ["ceasefire"]
    assert "Ceasefire in Ukraine" in page.inner_text("#shown")
    charts_drawn(page, least=5)
    first = numbers(page)
    row(page, 1).locator("input[type=number]").fill("150")
    row(page, 1).locator("input[type=number]").press("Enter")
    calm(page)
    second = numbers(page)
    assert second != first
    assert any(line.startswith("hold aid_ukr 150") for line in asked(page)["do"])
    assert charts_drawn(page, least=5) >= 5
    shot(page, "whatif-ceasefire")
    again = browse(page.url.removeprefix(browse.watch.home), MIDDLE)
    again.wait_for_selector("#live[data-ready]")
    assert numbers(again) == second
    answers = [
        each.request.get("/api/whatif?" + urlsplit(each.url).query).json()["answer"] for each in (page, again)
    ]
    assert answers[0] == answers[1]
    assert asked(again) == asked(page)
    page.click(".undo")
    calm(page)
    assert numbers(page) == first


def test_what_is_shown_is_not_called_work_while_it_is_drawn(browse: Browse):
    browse(
        f"/whatif?scenario=ceasefire&{FEW}", MIDDLE
    )  # worked out before: the answer is there long before its pictures
    page = browse(f"/whatif?{FEW}", MIDDLE)
    page.wait_for_selector("#live[data-ready]")
    page.evaluate(
        """() => { const [charts, script] = [window.amurCharts, document.createElement("script")];
          charts.vega = new Promise((done) => {
            script.src = document.querySelector("[data-vega]").dataset.vega;
            script.onload = () => setTimeout(() => done(window.vegaEmbed), 1500);
          });
          document.head.append(script); }"""
    )
    page.click(".list a[data-scenario=ceasefire]")
    calm(page)
    assert "Ceasefire in Ukraine" in page.inner_text("#shown")


def test_bars_on_the_time_line_are_drawn_and_typed(browse: Browse):
    page = browse(f"/whatif?do=hold+oil_price+150+start%3D2028-Q1&{FEW}", MIDDLE)
    calm(page)
    start, end = (
        row(page).get_by_role("slider", name=re.compile(f"^{name}: Brent")) for name in ("Start", "End")
    )
    start.press("ArrowRight")
    start.press("PageUp")
    calm(page)
    assert asked(page)["do"] == ["hold oil_price 150 start=2029-Q2"]
    assert start.get_attribute("aria-valuetext") == "2029-Q2"
    assert end.get_attribute("aria-valuetext") == "for ever"
    box = row(page).locator(".track").bounding_box()
    assert box
    grip = end.locator(".grip").bounding_box()
    assert grip
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, grip["y"] + 5, steps=4)
    page.mouse.up()
    calm(page)
    ended = parse_end(asked(page)["do"][0])
    assert 2034 <= ended <= 2038
    whole = row(page).get_by_role("slider", name=re.compile("^Start and end together"))
    whole.press("ArrowLeft")
    calm(page)
    assert asked(page)["do"][0].startswith("hold oil_price 150 start=2029-Q1 end=")
    row(page).locator("summary").click()
    row(page).get_by_label("To: Brent crude").fill("2033-Q2")
    row(page).get_by_label("Quarters to full force: Brent crude").fill("4")
    row(page).get_by_label("Quarters to vanish: Brent crude").fill("2")
    row(page).get_by_label("Quarters to vanish: Brent crude").press("Enter")
    calm(page)
    assert asked(page)["do"] == ["hold oil_price 150 start=2029-Q1 end=2033-Q2 ramp=4 fade=2"]
    row(page).get_by_role("button", name="Remove").click()
    page.wait_for_timeout(300)
    assert "do" not in asked(page)
    assert page.locator("#gallery").is_visible()


def parse_end(line: str) -> int:
    found = re.search(r"end=(\d{4})", line)
    assert found, line
    return int(found[1])


def test_two_worlds_stand_side_by_side(browse: Browse):
    page = browse(f"/whatif?scenario=europe-returns&{FEW}", MIDDLE)
    calm(page)
    page.click(".copy")
    calm(page)
    assert asked(page)["against"] == ["europe-returns"]
    assert "nothing that was looked at differs" in page.inner_text("#told")
    page.locator(".list").evaluate("(list) => list.closest('details').open = true")
    page.click(".list a[data-scenario=faster-transition]")
    calm(page)
    assert (asked(page)["scenario"], asked(page)["against"]) == (["faster-transition"], ["europe-returns"])
    assert page.locator(".key.against").inner_text() == "Europe buys Russian energy again"
    charts_drawn(page, least=5)
    assert axe(page) == []
    shot(page, "whatif-against")


def test_a_lever_is_added_from_the_list_and_typed(browse: Browse):
    page = browse(f"/whatif?{FEW}", MIDDLE)
    page.wait_for_selector("#live[data-ready]")
    page.select_option("#add-kind", "cut")
    page.select_option("#add-target", "gas_chn")
    page.click("#add")
    calm(page)
    assert asked(page)["do"] == ["cut gas_chn 0.5 start=2027-Q1"]
    page.click("text=Type it")
    page.fill("#add-line", "hold oil_prise 150")
    page.press("#add-line", "Enter")
    assert "oil_prise" in page.inner_text("#add-said")
    page.fill("#add-line", "scale common-rival 0.5")
    page.press("#add-line", "Enter")
    calm(page)
    assert asked(page)["do"] == ["cut gas_chn 0.5 start=2027-Q1", "scale common-rival 0.5"]
    page.click("text=Dates, quantities, weights, futures")
    page.fill("#l-at", "2030,2035-Q2")
    page.press("#l-at", "Enter")
    page.fill("#l-quantity", "trust_rus")
    page.press("#l-quantity", "Enter")
    calm(page)
    assert (asked(page)["at"], asked(page)["quantity"]) == (["2030,2035-Q2"], ["trust_rus"])
    heads = page.locator("table.effects thead th").all_inner_texts()
    assert heads[1:3] == ["2030", "2035-Q2"]
    assert "Trust of Moscow in Beijing" in page.inner_text("table.effects")


def test_what_is_taken_away_holds_what_is_shown(browse: Browse, tmp_path: Path):
    page = browse(
        f"/whatif?scenario=ceasefire&do=hold+oil_price+150.25+start%3D2027-Q1&at=2030,2036&{FEW}", MIDDLE
    )
    calm(page)
    files: dict[str, Path] = {}
    for ending in ("csv", "svg", "png", "pdf", "html", "toml"):
        with page.expect_download() as coming:
            page.locator(f'.take .files a[href^="/api/whatif.{ending}"]').click()
        files[ending] = tmp_path / coming.value.suggested_filename
        coming.value.save_as(files[ending])
        assert files[ending].name == f"amur-whatif.{ending}"
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert any("dependence_rus" in each.values() for each in rows)
    assert files["svg"].read_text().startswith("<svg")
    assert files["png"].read_bytes().startswith(b"\x89PNG")
    print_ = PdfReader(files["pdf"])
    assert len(print_.pages) >= 2
    words = " ".join(" ".join(each.extract_text() for each in print_.pages).split())
    assert "Ceasefire in Ukraine" in words
    assert "150" in words
    assert "<!doctype html>" in files["html"].read_text().lower()
    shared = files["toml"].read_text()
    assert "value = 150.25" in shared
    before, shown = asked(page), numbers(page)
    page.set_input_files("#file", files["toml"])
    page.click("text=Open it")
    page.wait_for_url(re.compile(r"/whatif\?"), timeout=1000 * WORKING)
    calm(page)
    assert asked(page) == before
    assert numbers(page) == shown


def test_a_file_that_is_wrong_says_where(browse: Browse, tmp_path: Path):
    page = browse("/whatif", MIDDLE)
    file = tmp_path / "mine.toml"
    file.write_text('title = "Mine"\n[[interventions]]\ndo = "hold"\nquantity = "oil_prise"\nvalue = 150\n')
    page.set_input_files("#file", file)
    page.click("text=Open it")
    page.wait_for_selector("main .lead >> text=oil_prise", timeout=1000 * WORKING)
    told = page.inner_text("main")
    assert all(each in told for each in ("mine.toml", "line 4", "quantity", "oil_price"))
    assert [each for each in browse.watch.troubles if "answered 400" not in each] == []
    browse.watch.troubles.clear()


def test_an_old_link_says_so(browse: Browse):
    page = browse(f"/whatif?scenario=ceasefire&{FEW}&v=0.0.1&stamp=abc123", MIDDLE)
    calm(page)
    assert "its numbers may be others than the sender's" in page.inner_text("#told .warn")
    row(page, 1).locator("input[type=range]").press("ArrowRight")
    calm(page)
    assert page.locator("#told .warn").count() == 0, "what is shown now was made here"


def test_everything_is_done_by_keyboard(browse: Browse):
    page = browse(f"/whatif?{FEW}", MIDDLE)
    page.wait_for_selector("#live[data-ready]")

    def tab_to(said: str) -> None:
        """Go on with the tabulator until a control of that name has the focus."""
        for _ in range(160):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "() => { const of = document.activeElement; return of.getAttribute('aria-label') || of.labels?.[0]?.textContent || of.textContent.trim(); }"
            )
            if str(name).startswith(said):
                return
        raise AssertionError(f"'{said}' cannot be reached")

    tab_to("Find a preset")
    page.keyboard.type("exposed")
    tab_to("Covert transfers exposed")
    page.keyboard.press("Enter")
    calm(page)
    assert asked(page)["scenario"] == ["exposure-of-transfers"]
    tab_to("Covert transfers exposed by the West this quarter, held at")
    page.keyboard.press("ArrowLeft")
    calm(page)
    changed = asked(page)["do"][0]
    assert changed.startswith("hold exposure 0.7")
    focus = page.evaluate("() => document.activeElement.type")
    assert focus == "range", "the lever keeps the focus when its row is made anew"
    tab_to("Start: Covert")
    page.keyboard.press("ArrowRight")
    calm(page)
    assert "start=2027-Q2" in asked(page)["do"][0]
    page.keyboard.press("Control+z")
    calm(page)
    assert "start=2027-Q1" in asked(page)["do"][0]


@pytest.mark.parametrize(("size", "dark"), [(NARROW, False), (NARROW, True), (Size(1600, 1000), True)])
def test_it_fits_and_can_be_read(browse: Browse, size: Size, dark: bool):
    page = browse(f"/whatif?scenario=chinese-recession&against=ceasefire&{FEW}", size, dark=dark)
    calm(page)
    charts_drawn(page, least=5)
    no_overflow(page)
    assert axe(page) == []
    shot(page, f"whatif-{size.width}-{'dark' if dark else 'light'}")
    empty = browse("/whatif", size, dark=dark)
    empty.wait_for_selector("#live[data-ready]")
    no_overflow(empty)
    assert axe(empty) == []


def test_without_a_script_it_is_a_form(browse: Browse):
    page = browse(f"/whatif?{FEW}", MIDDLE, script=False)
    page.select_option("#n-scenario", "ceasefire")
    page.fill("#n-do", "hold oil_price 150 start=2027-Q1")
    page.locator("noscript form, form.controls").first.get_by_role("button", name="Ask").click()
    page.wait_for_selector("#told .lead", timeout=1000 * WORKING)
    assert asked(page)["do"] == ["hold oil_price 150 start=2027-Q1"]
    assert page.locator("table.effects tbody tr").count() >= 3
    assert page.locator("#told noscript img, #told img").count() == 1
    page.select_option("#n-what", "cut gas_chn")
    page.fill("#n-value", "0.5")
    page.get_by_role("button", name="Add").click()
    page.wait_for_selector("#told .lead", timeout=1000 * WORKING)
    assert asked(page)["do"] == ["hold oil_price 150 start=2027-Q1", "cut gas_chn 0.5"]
