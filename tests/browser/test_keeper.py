"""One server for all who look at it; it ends when the last has left, or was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import keeper  # type: ignore[import-not-found]
import pytest

SERVER = [
    sys.executable,
    "-c",
    "import os, time; print(f'at http://127.0.0.1:{os.getpid()}', flush=True); time.sleep(600)",
]


def ended(pid: int, within: float = 60) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_all_share_one_server_until_the_last_has_left(tmp_path: Path) -> None:
    found = keeper.address(tmp_path, SERVER)
    pid = int(found.rpartition(":")[2])
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / "users" / str(gone.pid)).touch()
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    (tmp_path / "users" / str(other.pid)).touch()
    assert keeper.address(tmp_path, SERVER) == found
    keeper.leave(tmp_path)
    assert not ended(pid, within=3 * keeper.TURN)
    other.communicate(b"\n")
    assert ended(pid)
    assert not (tmp_path / "address").exists()


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no luck"):
        keeper.address(tmp_path, [sys.executable, "-c", "raise SystemExit('no luck')"])


def test_nothing_of_whoever_runs_the_tests_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMUR_DATA_DIR", "/mine")
    monkeypatch.setenv("XDG_CACHE_HOME", "/mine")
    shows = "import os, time; print('at http://a', os.environ['AMUR_DATA_DIR'], os.environ['XDG_CACHE_HOME'], flush=True); time.sleep(60)"
    keeper.address(tmp_path, [sys.executable, "-c", shows])
    keeper.leave(tmp_path)
    (log,) = tmp_path.glob("server-*.log")
    assert "/mine" not in log.read_text()
