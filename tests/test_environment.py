"""The set-up script: old interpreters, what is missing, and that a second run does nothing."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "tools" / "environment.py"


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | environment,
    )


def test_the_script_is_readable_by_an_old_python():
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 7))
    assert not any(isinstance(node, ast.JoinedStr | ast.AnnAssign) for node in ast.walk(tree))


def test_an_unknown_profile_is_one_line_and_exit_code_2():
    result = run("everything")
    assert result.returncode == 2
    assert result.stderr == "amur set-up: usage: python3 tools/environment.py run|test\n"


def test_a_python_that_does_not_fit_is_said(tmp_path, monkeypatch):
    fake = tmp_path / "python-of-old"
    fake.write_text("#!/bin/sh\necho 3 9 CPython\n")
    fake.chmod(0o755)
    copy = tmp_path / "tools"
    copy.mkdir()
    (copy / "environment.py").write_text(SCRIPT.read_text())
    result = subprocess.run(
        [sys.executable, str(copy / "environment.py"), "run"],
        capture_output=True,
        text=True,
        env=os.environ | {"AMUR_PYTHON": str(fake)},
    )
    assert result.returncode == 2
    assert "is not a CPython from 3.12 to before 3.15" in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_is_done_where_the_environment_is_ready(tmp_path):
    for part in ("tools", "requirements", ".venv/bin"):
        (tmp_path / part).mkdir(parents=True)
    for name in ("tools/environment.py", "pyproject.toml", "requirements/run.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    script = tmp_path / "tools" / "environment.py"
    code = f"import sys; sys.path.insert(0, {str(script.parent)!r}); import environment; print(environment.wanted('run'))"
    digest = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    (tmp_path / ".venv" / "amur-environment.json").write_text(
        json.dumps({"root": str(tmp_path), "run": digest})
    )
    (tmp_path / ".venv" / "bin" / "amur").touch()
    result = subprocess.run([sys.executable, str(script), "run"], capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_two_at_once_wait_for_each_other(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    for part in ("tools", ".tools"):
        (tmp_path / part).mkdir()
    script = tmp_path / "tools" / "environment.py"
    script.write_text(SCRIPT.read_text())
    # With this interpreter named, the set-up stops as soon as its turn has come.
    environment = os.environ | {"AMUR_PYTHON": str(tmp_path / "none")}
    with (tmp_path / ".tools" / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [sys.executable, str(script), "run"], stderr=subprocess.PIPE, text=True, env=environment
        )
        assert process.stderr.readline() == "amur set-up: another set-up is at work here; waiting for it\n"
        assert process.poll() is None
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert "AMUR_PYTHON" in told
    assert "Traceback" not in told
