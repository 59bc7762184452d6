"""Finding a browser for the tests of the page, bringing one, and saying at the end of a run that there was none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
NONE = "import sys; sys.path.insert(0, 'tools'); import browser; browser.find = lambda: None; import pytest; "
RUN = "sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', 'tests/browser/test_harness.py', '-k', 'axe', *sys.argv[1:]]))"


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, on a machine with nothing but what a test puts into ``tmp_path``."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    monkeypatch.delitem(sys.modules, "browser", raising=False)
    import browser

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("AMUR_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "PLACES", ())
    found: ModuleType = browser
    return found


def put(folder: Path, name: str, script: str) -> Path:
    """A command of that name that does what the script says."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def test_a_browser_on_the_path_is_found(finder: ModuleType, tmp_path: Path) -> None:
    put(tmp_path, "google-chrome", "echo Google Chrome 150.0.1")
    assert finder.find() == str(tmp_path / "google-chrome")


def test_a_stub_that_only_asks_to_install_is_no_browser(finder: ModuleType, tmp_path: Path) -> None:
    put(tmp_path, "chromium-browser", "echo install the snap >&2; exit 1")
    assert finder.find() is None


def test_the_one_that_is_named_comes_first_and_must_run(
    finder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "chromium", "echo Chromium 150")
    own = put(tmp_path, "own", "echo Chromium 151")
    monkeypatch.setenv("AMUR_CHROMIUM", str(own))
    assert finder.find() == str(own)
    monkeypatch.setenv("AMUR_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(ValueError, match="is not a browser that runs"):
        finder.find()


def test_where_none_can_be_brought_one_line_says_so(
    finder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["browser.py", "bring"])
    assert finder.main() == 1
    assert "no apt-get" in capsys.readouterr().err
    put(tmp_path, "apt-get", "exit 0")
    monkeypatch.setattr(finder.os, "geteuid", lambda: 1000)
    assert finder.main() == 1
    told = capsys.readouterr().err
    assert "takes root or sudo" in told
    assert told.count("\n") == 1


def test_one_is_brought_where_there_is_none(
    finder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, "env", 'shift; exec "$@"')
    made = f"echo '#!/bin/sh\necho Chromium 150' > {tmp_path}/chromium; /bin/chmod 755 {tmp_path}/chromium"
    put(tmp_path, "apt-get", f'case "$*" in *install*) {made};; esac')
    monkeypatch.setattr(finder.os, "geteuid", lambda: 0)
    monkeypatch.setattr(sys, "argv", ["browser.py", "bring"])
    assert finder.main() == 0
    assert capsys.readouterr().out == f"{tmp_path}/chromium\n"


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_the_last_line_of_a_run_says_what_was_not_looked_at(
    tmp_path: Path, workers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    skips = "import pytest\n\n\n@pytest.mark.parametrize('n', range(3))\ndef test(n):\n    pytest.skip({!r})\n"
    (tests / "test_one.py").write_text(skips.format("no browser: plant one"))
    (tests / "test_two.py").write_text(skips.format("something else"))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-ra",
        "-p",
        "xdist",
        "--rootdir",
        str(tmp_path),
        "tests",
        *workers,
    ]
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.rstrip().splitlines()[-1] == (
        "SKIPPED: 3 tests that look at the page with a browser. To have them, plant one."
    )


@pytest.mark.parametrize(("required", "code"), [("", 0), ("required", 1)])
def test_browser_tests_without_a_browser_are_skipped_or_fail_where_they_are_required(
    monkeypatch: pytest.MonkeyPatch, required: str, code: int
) -> None:
    monkeypatch.setenv("AMUR_BROWSER", required)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    ran = subprocess.run([sys.executable, "-c", NONE + RUN], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == code, ran.stdout
    last = ran.stdout.rstrip().splitlines()[-1]
    assert ("apt-get install chromium" in last) is (code == 0)
    assert "apt-get install chromium" in ran.stdout
