"""What holds for the project as a whole: locks, layout, speed of import, links in the docs."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import amur

ROOT = Path(__file__).parents[1]


def test_locks_have_hashes_and_no_address():
    for lock in ("run.lock", "test.lock", "uv.lock"):
        text = (ROOT / "requirements" / lock).read_text()
        assert "://" not in text, lock
        names = re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.M)
        assert names, lock
        assert text.count("--hash=sha256:") >= len(names), lock


def test_the_test_environment_holds_all_of_the_run_environment():
    pinned = [
        set(re.findall(r"^[\w.-]+==[^\s;]+", (ROOT / "requirements" / f).read_text(), re.M))
        for f in ("run.lock", "test.lock")
    ]
    assert pinned[0] <= pinned[1]


def test_versions_agree():
    assert f"version: {amur.__version__}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {amur.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_declared_dependencies_are_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [d for extra in project["optional-dependencies"].values() for d in extra]
    names = {re.match(r"[\w.-]+", d).group().lower() for d in wanted if not d.startswith("amur[")}
    lock = (ROOT / "requirements" / "run.lock").read_text()
    assert all(re.search(rf"^{re.escape(name)}==", lock, re.M) for name in names)


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
)
def test_links_between_pages_resolve(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text()):
        assert ((ROOT / page).parent / target).exists(), target


def test_the_readme_counts_as_the_record_does():
    from amur.record import load

    told = load(overlay=False).summary()
    readme = " ".join((ROOT / "README.md").read_text().split())
    for name in ("observations in", "series and", "dated events"):
        assert f"{told[{'dated events': 'events'}.get(name, name.split()[0])]:,} {name}" in readme


def test_the_picture_is_what_the_record_gives():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from picture import PICTURE, picture
    finally:
        sys.path.pop(0)
    from amur import charts

    assert PICTURE.read_bytes() == charts.render(picture(), ".svg"), "run python tools/picture.py"


def test_help_imports_nothing_heavy():
    code = "import sys; from amur.cli import main; main(['--help']); print(*sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("typer", "rich", "pandas", "duckdb", "numpy", "pint", "altair"):
        assert f" {heavy} " not in modules


def test_nothing_names_a_path_of_a_machine_or_reads_outside_the_project():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home)/[a-z.]+|\.\./shared")
    for name in filter(None, listed.stdout.split("\0")):
        if name.startswith(("tests/", "requirements/")) or not (ROOT / name).is_file():
            continue
        found = pattern.search((ROOT / name).read_bytes().decode("utf-8", "ignore"))
        assert not found, f"{name}: {found.group()}"
