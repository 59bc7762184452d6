"""Take the picture of the README from the page itself: ``python tools/page_picture.py`` writes docs/page.png.

It starts a server of its own and looks at it with the machine's browser (tools/browser.py finds it).
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from browser import find  # type: ignore[import-not-found]
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parents[1] / "docs" / "page.png"
COMMAND = [sys.executable, "-m", "amur", "serve", "--port", "0", "--no-browser"]
WIDTH, HEIGHT = 1360, 1130


def take(address: str) -> None:
    """The first page as it opens, charts drawn."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(find()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    """Serve, look, stop."""
    server = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True)
    try:
        said = server.stdout.readline() if server.stdout else ""
        found = re.search(r"http://\S+", said)
        if found is None:
            sys.exit(f"the server did not start: {said}")
        take(found[0])
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
