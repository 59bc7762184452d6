"""What a run of the tests says at its very end: whether the page was looked at with a browser."""

from __future__ import annotations

from collections.abc import Generator

import pytest

NO_BROWSER = "no browser: "
"""How the reason of a skipped browser test begins."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """The last line, below pytest's own: browser tests that were skipped, and how to have them."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    reasons = [
        str(report.longrepr[2])
        for report in reporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple)
    ]
    skipped = [reason for reason in reasons if NO_BROWSER in reason]
    if skipped:
        how = skipped[0].partition(NO_BROWSER)[2]
        reporter.write_line(
            f"SKIPPED: {len(skipped)} tests that look at the page with a browser. To have them, {how}.",
            yellow=True,
        )
