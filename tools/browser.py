"""Find a browser that the tests of the page can look with, or bring Debian's.

    python3 tools/browser.py          print where one is; where there is none, one line on how to get one and status 1
    python3 tools/browser.py bring    the same, after installing Debian's chromium where there is none

``AMUR_CHROMIUM`` names the one to use: Chromium, Chrome or another browser built on it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMED = "AMUR_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
WANTED = "install one (Debian, Ubuntu: apt-get install chromium) or name yours in " + NAMED
TRIES = 60
"""Seconds that a browser may take to tell its version; a first start on a slow disk takes some."""


def find():
    """The path of a browser that runs, or None. ValueError where the one that is named does not run."""
    named = os.environ.get(NAMED)
    if named:
        path = shutil.which(named)
        if path is None or not runs(path):
            raise ValueError(f"{NAMED} ({named}) is not a browser that runs; name another or unset it")
        return path
    found = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).is_file()]
    return next((path for path in found if path and runs(path)), None)


def runs(path):
    """Whether a browser tells its version: some systems have a script of its name that only asks to install it."""
    if os.name == "nt":
        return True  # there it would open a window
    try:
        told = subprocess.run([path, "--version"], capture_output=True, timeout=TRIES, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return any(character.isdigit() for character in told.decode("utf-8", "replace"))


def bring():
    """Install Debian's chromium. ValueError, in one line, where that cannot be done here."""
    apt = shutil.which("apt-get")
    if apt is None:
        raise ValueError("there is no browser, and no apt-get to install one with; " + WANTED)
    before = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None or subprocess.run([sudo, "-n", "true"], capture_output=True).returncode:
            raise ValueError(
                "there is no browser, and installing one takes root or sudo without a password; " + WANTED
            )
        before = [sudo, "-n"]
    quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(quiet + words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            sys.stderr.write("\n".join(done.stdout.decode("utf-8", "replace").strip().splitlines()[-6:]) + "\n")
            raise ValueError("apt-get could not install chromium (is the network reachable?); " + WANTED)


def main():
    if sys.argv[1:] not in ([], ["bring"]):
        return stop("usage: python3 tools/browser.py [bring]", 2)
    try:
        path = find()
        if path is None and sys.argv[1:]:
            bring()
            path = find()
    except ValueError as error:
        return stop(str(error))
    if path is None:
        return stop("there is no browser; " + WANTED)
    print(path)
    return 0


def stop(text, status=1):
    sys.stderr.write("amur browser: " + text + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
