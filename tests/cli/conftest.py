"""Commands are run inside this process, with a data directory of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Ran, Run  # type: ignore[import-not-found]

from amur.cli import main


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or touches the evidence of whoever runs it."""
    monkeypatch.setenv("AMUR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*words: str) -> Ran:
        code = main(list(words))
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return ran
