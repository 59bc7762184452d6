"""No test of the page reads answers that were kept before it, leaves any, or sees the evidence of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from amur.questions import kept


@pytest.fixture(scope="session", autouse=True)
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a user who has kept and added nothing, in this process and in those it starts."""
    folder = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMUR_DATA_DIR", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setattr(kept, "_folder", lambda: folder / "cache" / "amur" / "answers")
        yield folder
