"""The record as a reader uses it: looked through, drawn, taken away, asked in SQL; with a keyboard, and on a telephone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from harness import NARROW, PATIENCE, WIDE, Browse, axe, charts_drawn, no_overflow, shot, visit  # type: ignore[import-not-found]
from playwright.sync_api import Page, expect

from amur.record import load

TRADE = "trade.total.chn-rus"


def test_a_series_is_looked_for_opened_drawn_and_taken_away(page: Page) -> None:
    visit(page, "/record")
    page.get_by_role("searchbox", name="Look for").fill("goods trade china customs")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record?q=goods+trade+china+customs")
    page.get_by_role("link", name="China-Russia goods trade, China customs", exact=True).click()
    page.wait_for_url(f"**/record/series/{TRADE}")
    assert charts_drawn(page) == 1
    with page.expect_download() as waited:
        page.get_by_role("link", name="CSV", exact=True).click()
    table = Path(waited.value.path()).read_text(encoding="utf-8")
    rows = {row["period"]: float(row["value"]) for row in csv.DictReader(io.StringIO(table))}
    assert rows == load(overlay=False).timeseries(TRADE).values
    page.get_by_text("values with their sources").click()
    shown = page.get_by_role("table", name="China-Russia goods trade")
    expect(shown.get_by_role("row")).to_have_count(len(rows) + 1)
    shot(page, "record-series")


def test_a_second_series_is_drawn_beside_it(page: Page) -> None:
    visit(page, f"/record/series/{TRADE}")
    page.get_by_label("Draw beside it").fill("trade.exports.chn-rus")
    page.get_by_label("From").fill("2010")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**with=trade.exports.chn-rus**")
    assert "since=2010" in page.url
    assert charts_drawn(page) == 1
    expect(
        page.locator("figure.chart .drawn svg")
        .get_by_text("China's goods exports to Russia, China customs")
        .first
    ).to_be_visible()
    expect(page.get_by_role("checkbox", name="China's goods exports to Russia, China customs")).to_be_checked()


def test_names_are_offered_while_one_is_written(page: Page) -> None:
    visit(page, f"/record/series/{TRADE}")
    page.get_by_label("Draw beside it").press_sequentially("energy.price.brent")
    # Names are offered for what is written so far, and again for what is written by then.
    expect(page.locator("#names option[value='energy.price.brent']")).to_be_attached()


def test_events_stand_on_a_line_of_time(page: Page) -> None:
    visit(page, "/record/events")
    assert charts_drawn(page) == 1
    page.get_by_label("Kind", exact=True).select_option("lethal-aid")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**kind=lethal-aid**")
    assert charts_drawn(page) == 1
    fitting = load(overlay=False).find_events(kind="lethal-aid")
    expect(page.locator(".events li")).to_have_count(len(fitting))
    page.locator(".events li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lethal aid")


def test_sql_is_asked_with_the_keyboard_alone(page: Page) -> None:
    visit(page, "/record/sql")
    page.get_by_label("One SELECT").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(f"select period, value from observations where series = '{TRADE}' and period = '2021'")
    page.keyboard.press("Control+Enter")
    table = page.get_by_role("table", name="Rows of the answer")
    expect(table).to_be_visible(timeout=PATIENCE)
    expect(table.get_by_role("cell").nth(1)).to_have_text("146.887")
    shot(page, "record-sql")


def test_what_is_wrong_in_sql_is_said_by_the_box(browse: Browse) -> None:
    page = browse("/record/sql")
    page.get_by_label("One SELECT").fill("select valeu from observations")
    page.get_by_role("button", name="Ask").click()
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("valeu", timeout=PATIENCE)
    expect(page.get_by_label("One SELECT")).to_have_value("select valeu from observations")
    browse.watch.troubles.clear()  # It was provoked.


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/record?q=gas",
        f"/record/series/{TRADE}?with=trade.exports.chn-rus&with=trade.dependence",
        "/record/measures/votes.ga.agreement",
        "/record/decisions/china-support",
        "/record/events?kind=summit",
        "/record/sources",
        "/record/own",
        "/record/sql",
    ],
)
def test_pages_fit_and_can_be_read_by_all(browse: Browse, path: str, dark: bool) -> None:
    page = browse(path, NARROW if dark else WIDE, dark=dark)
    charts_drawn(page)
    no_overflow(page)
    for each in page.locator("main details").all():
        each.evaluate("(each) => { each.open = true; }")
    no_overflow(page)
    assert axe(page) == []
    shot(page, f"record-{path.strip('/').replace('/', '-').partition('?')[0]}-{'dark' if dark else 'light'}")


def test_without_script_there_are_pictures_and_everything_works(browse: Browse) -> None:
    page = browse(f"/record/series/{TRADE}", script=False)
    picture = page.locator("figure.chart noscript img, figure.chart img").first
    expect(picture).to_be_visible()
    page.goto("/record?topic=energy&page=2")
    expect(page.locator(".line").first).to_be_visible()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=3**")
