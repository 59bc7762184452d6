"""A real server, started once for all tests that look at it, and a real browser.

The browser is one that the machine has (tools/browser.py finds it). Without one these tests are skipped and the run
says so in its last line; with ``AMUR_BROWSER=required`` they fail.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import keeper  # type: ignore[import-not-found]
import pytest
from harness import MIDDLE, Browse, Watch  # type: ignore[import-not-found]
from playwright.sync_api import Browser, Page, sync_playwright

TOOLS = Path(__file__).parents[2] / "tools"
REQUIRED = os.environ.get("AMUR_BROWSER") == "required"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def executable() -> str:
    """The browser of this machine."""
    sys.path.insert(0, str(TOOLS))
    try:
        import browser as finder  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    found = finder.find()
    if found is None:
        reason = f"no browser: {finder.WANTED}"
        (pytest.fail if REQUIRED else pytest.skip)(reason)
    return str(found)


@pytest.fixture(scope="session")
def server(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``amur serve``, which all processes of this run of the tests share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "server"
    folder.mkdir(exist_ok=True)
    yield keeper.address(folder)
    keeper.leave(folder)


# Of a module and not of the session: while it lives, no other test of this process could run an event loop.
@pytest.fixture(scope="module")
def browser(executable: str) -> Iterator[Browser]:
    """The browser, running."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=SWITCHES)
        yield opened
        opened.close()


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test has failed, for its fixtures."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def browse(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Browse]:
    """Opens pages: ``browse(path, size, dark=, motion=, script=)``. The test fails where a page had troubles of its own:
    errors in the console, what its policy forbids, requests that failed, went elsewhere or were answered by 400 and up.
    """
    made = Browse(browser, Watch(server))
    yield made
    made.close()
    if request.node.stash.get(FAILED, False):
        print(*made.watch.troubles, sep="\n")
    else:
        assert made.watch.troubles == []


@pytest.fixture
def page(browse: Browse) -> Page:
    """A blank page, 1280 by 900: ``visit(page, "/outlook")`` goes somewhere."""
    return browse(None, MIDDLE)
