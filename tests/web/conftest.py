"""No test of the page reads answers that were kept before it, leaves any, or sees the evidence of whoever runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from amur.questions import kept


@pytest.fixture(scope="session", autouse=True)
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a user who has kept and added nothing, in this process and in those it starts; code that was compiled
    before is taken over."""
    folder = tmp_path_factory.mktemp("nobody")
    compiled = Path(platformdirs.user_cache_dir("amur", appauthor=False)) / "compiled"
    with pytest.MonkeyPatch.context() as patch:
        if "JAX_COMPILATION_CACHE_DIR" not in os.environ:
            patch.setenv("JAX_COMPILATION_CACHE_DIR", str(compiled))
            patch.setenv("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0.5")
            patch.setenv("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "0")
        patch.setenv("AMUR_DATA_DIR", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setattr(kept, "_folder", lambda: folder / "cache" / "amur" / "answers")
        yield folder
