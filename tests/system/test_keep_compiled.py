"""Compiled code is kept for other processes, and a folder that cannot be written is no error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import jax.numpy as jnp, jax, sys
from amur.system.run import keep_compiled
folder = keep_compiled()
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
print(folder, float(jax.jit(lambda x: jnp.tanh(x) * 3)(1.0)))
"""


def _run(home: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JAX_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=kept | {"XDG_CACHE_HOME": str(home), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_compiled_code_is_kept(tmp_path: Path) -> None:
    folder = Path(_run(tmp_path).rsplit(maxsplit=1)[0])
    assert tmp_path in folder.parents
    before = {each.name for each in folder.rglob("*-cache")}
    assert before
    _run(tmp_path)
    assert {each.name for each in folder.rglob("*-cache")} == before, "the second process compiled again"


def test_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("not a folder")
    assert _run(place).startswith("None ")
