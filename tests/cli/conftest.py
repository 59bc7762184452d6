"""Commands are run inside this process, with a data directory of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from amur.cli import main


class Ran(NamedTuple):
    """What a command gave: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one strict JSON document on standard output."""
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


Run = Callable[..., Ran]


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
