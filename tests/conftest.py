"""Compiled code that all processes of a run share, and what it says at its very end: whether a browser looked at the page."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import platformdirs
import pytest

NO_BROWSER = "no browser: "
"""How the reason of a skipped browser test begins."""


def pytest_configure() -> None:
    """Nothing is compiled twice: workers, and the processes that tests start, look where the others have left it.

    Set before JAX is loaded, for code that would not ask for it and for users with cache folders of their own.
    """
    compiled = Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "compiled"
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", os.fspath(compiled))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0.5")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "0")
    # Most code is compiled to be run once or twice: a compiler in a hurry takes half the time.
    os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")


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
