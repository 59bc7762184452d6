"""What the page takes to be installed, and what it may not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

LACKING = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {lacking!r}:
            raise ModuleNotFoundError(f"No module named '{{name}}'", name=name)
sys.meta_path.insert(0, Lacking())
from amur.cli import run
run()
"""


@pytest.mark.parametrize("lacking", ["fastapi", "uvicorn", "httptools"])
def test_without_its_packages_one_line_says_what_to_install(lacking: str) -> None:
    code = LACKING.format(lacking=lacking)
    words = ["serve", "--no-browser", "--port", "0"]
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'amur[web]'" in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("words", ["--help", "record summary", "serve --help"])
def test_no_other_command_loads_a_package_of_the_page(words: str) -> None:
    code = "import sys; from amur.cli import main; main(sys.argv[1:]); print(*sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code, *words.split()], capture_output=True, text=True, check=True
    )
    for each in ("fastapi", "starlette", "uvicorn", "httptools", "jax"):
        assert f" {each} " not in ran.stderr
