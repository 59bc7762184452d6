"""Keeps one server for all tests that look at it, also those of other processes, and stops it when the last has left.

    python tests/browser/keeper.py FOLDER COMMAND...

A test process says in FOLDER/users/PID that it is there. The server's address is in FOLDER/address once it listens. Whoever is killed does not leave a server behind: a process that is gone is no user.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from filelock import FileLock

TURN = 0.25
"""Seconds between looks at who is there."""
SLOW = 240.0
"""Seconds that a server may take to start: with cold caches, on a machine that does much else."""
LEAVE = 30.0
"""Seconds that a server may take to stop."""
ADDRESS = re.compile(r"https?://[\w.\[\]:-]+")
COMMAND = [sys.executable, "-m", "amur", "serve", "--port", "0", "--no-browser"]


def address(folder: Path, command: Sequence[str] = COMMAND) -> str:
    """The address of the server of this folder, which is started if none runs; this process is one of its users."""
    users = folder / "users"
    with FileLock(folder / "lock"):
        users.mkdir(exist_ok=True)
        (users / str(os.getpid())).touch()
        if not (folder / "address").exists():
            with (folder / "keeper.log").open("ab") as log:
                keeper = subprocess.Popen(
                    [sys.executable, __file__, str(folder), *command],
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            _written(folder, keeper)
            # It is on its own from here, and ends by itself.
            keeper.returncode = 0
        return (folder / "address").read_text()


def leave(folder: Path) -> None:
    """This process needs the server no more."""
    with FileLock(folder / "lock"):
        (folder / "users" / str(os.getpid())).unlink(missing_ok=True)


def _written(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SLOW
    while not (folder / "address").exists():
        if keeper.poll() is not None or time.monotonic() > until:
            told = "".join(each.read_text(errors="replace") for each in sorted(folder.glob("*.log")))
            raise RuntimeError(f"the server did not start; it said:\n{told[-4000:]}")
        time.sleep(TURN)


def main(folder: Path, command: Sequence[str]) -> None:
    said = folder / f"server-{os.getpid()}.log"
    with said.open("wb") as log:
        server = subprocess.Popen(command, env=_environment(folder), stdout=log, stderr=log)
    try:
        found = None
        while found is None:
            if server.poll() is not None:
                raise SystemExit(f"the server ended with {server.returncode}")
            found = ADDRESS.search(said.read_text(errors="replace"))
            time.sleep(TURN)
        (folder / "address.new").write_text(found.group())
        (folder / "address.new").replace(folder / "address")
        while _used(folder, server):
            time.sleep(TURN)
    finally:
        server.terminate()
        try:
            server.wait(LEAVE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _used(folder: Path, server: subprocess.Popen[bytes]) -> bool:
    """Whether anyone is there and the server is too; if not, the address is taken down before another can come by it."""
    with FileLock(folder / "lock"):
        if server.poll() is None and any(map(_alive, (folder / "users").iterdir())):
            return True
        (folder / "address").unlink(missing_ok=True)
        return False


def _alive(user: Path) -> bool:
    try:
        os.kill(int(user.name), 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _environment(folder: Path) -> dict[str, str]:
    """A user of its own, who has kept and added nothing; code that was compiled before is taken over."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    kept = {
        name: each
        for name, each in os.environ.items()
        if not name.startswith(("XDG_", "AMUR_", "PYTEST_", "COV_"))
    }
    compiled = os.environ.get("JAX_COMPILATION_CACHE_DIR") or os.fspath(
        Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "compiled"
    )
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "AMUR_DATA_DIR": str(home / "data" / "amur"),
        "JAX_COMPILATION_CACHE_DIR": compiled,
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0.5",
        "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "0",
        "PYTHONUNBUFFERED": "1",
    }


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(Path(sys.argv[1]), sys.argv[2:])
