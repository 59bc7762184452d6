"""Small tasks for tests of the worker processes, which import this module by its name."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from amur.errors import AmurError
from amur.web.work import Kind, Lane

type Progress = Callable[[str, int, int], None]

LANES = {
    "model": Lane(lasting=True, spares=1, warm="work_toys:warm"),
    "small": Lane(slots=2, spares=1),
    "long": Lane(nice=10, queue=4),
}
KINDS = {
    "echo": Kind("work_toys:echo", "model"),
    "steps": Kind("work_toys:steps", "model"),
    "deaf": Kind("work_toys:deaf", "model"),
    "locked": Kind("work_toys:locked", "model"),
    "crash": Kind("work_toys:crash", "model"),
    "short": Kind("work_toys:steps", "model", seconds=0.3),
    "fail": Kind("work_toys:fail", "model"),
    "odd": Kind("work_toys:odd", "model"),
    "pid": Kind("work_toys:pid", "small"),
    "hog": Kind("work_toys:hog", "small", seconds=60, memory=2**30),
    "spin": Kind("work_toys:deaf", "small", seconds=1, memory=2**33),
    "sleep": Kind("work_toys:sleep", "small", seconds=0.5),
    "big": Kind("work_toys:big", "small"),
    "nice": Kind("work_toys:nice", "long"),
    "long": Kind("work_toys:steps", "long"),
}


def warm(progress: Progress) -> None:
    """Say that something is being made ready."""
    progress("getting ready", 1, 2)


def echo(told: Mapping[str, Any], progress: Progress) -> Any:
    """What was told, and the process that says it; each time it is done, a line is written to a file."""
    if "log" in told:
        with Path(told["log"]).open("a", encoding="utf-8") as log:
            log.write(f"{told.get('name', '')}\n")
    return {
        "told": dict(told),
        "pid": os.getpid(),
        "not": float("nan"),
        "jax": "jax" in __import__("sys").modules,
    }


def steps(told: Mapping[str, Any], progress: Progress) -> int:
    """Go on until a file is there, saying how far it is; it may be cancelled between two steps."""
    done = 0
    while not Path(told.get("until", "/no/such/file")).exists():
        progress("steps", done, 0)
        done += 1
        time.sleep(0.02)
    return done


def deaf(told: Mapping[str, Any], progress: Progress) -> None:
    """Go on for ever and hear nothing."""
    progress("deaf", 0, 0)
    while True:
        pass


def crash(told: Mapping[str, Any], progress: Progress) -> str:
    """End the process: the first time only where a file says so, or each time."""
    marker = Path(told["marker"]) if "marker" in told else None
    if marker is None or not marker.exists():
        if marker:
            marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "at last"


def fail(told: Mapping[str, Any], progress: Progress) -> None:
    """Fail as a user's fault does."""
    raise AmurError("it is wrong", field="what", mend="Put it right.")


def odd(told: Mapping[str, Any], progress: Progress) -> None:
    """Fail as a fault of ours does."""
    raise KeyError("nobody's business")


def pid(told: Mapping[str, Any], progress: Progress) -> int:
    """The process, which has not loaded the model."""
    return os.getpid()


def hog(told: Mapping[str, Any], progress: Progress) -> int:
    """Take more memory than there may be."""
    return len(bytearray(2**31))


def sleep(told: Mapping[str, Any], progress: Progress) -> None:
    """Take longer than allowed, without computing."""
    progress("asleep", 0, 0)
    time.sleep(600)


def big(told: Mapping[str, Any], progress: Progress) -> str:
    """An answer of some size."""
    return "x" * int(told["size"])


def nice(told: Mapping[str, Any], progress: Progress) -> int:
    """How much the process stands back."""
    return os.nice(0)


def locked(told: Mapping[str, Any], progress: Progress) -> None:
    """Hold the interpreter, as code of C may, so that no other thread of the process runs."""
    progress("locked", 0, 0)
    ctypes.PyDLL(None).sleep(600)


def leave(progress: Progress) -> None:
    """End before it is ready."""
    os._exit(3)
