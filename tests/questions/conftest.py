"""What the tests of the questions share: small ensembles, run once, and a cache folder of their own.

All use one setting (256 futures, every quantity kept), so that the model is compiled once and each run is made once.
Ask for a test of a question with ``Asked(..., futures=few.futures)``: it then takes its runs from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from amur.questions import kept
from amur.questions.answer import Answer, from_json
from amur.questions.ensembles import Common, Run, run

FEW = 256


class Ran(NamedTuple):
    """What a command gave: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session", autouse=True)
def own_answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads answers that were kept before it, leaves any, or sees the evidence of whoever runs it."""
    folder = tmp_path_factory.mktemp("answers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "_folder", lambda: folder)
        patch.setenv("AMUR_DATA_DIR", str(folder / "data"))
        yield folder


@pytest.fixture(scope="session")
def few() -> Common:
    """The common options with few futures."""
    return Common(futures=FEW)


@pytest.fixture(scope="session")
def futures(few: Common) -> Run:
    """Futures to 2046 as the record left the readings."""
    return run(few)


@pytest.fixture(scope="session")
def before(few: Common) -> Run:
    """The same under the priors of the readings."""
    return run(few, prior=True)


@pytest.fixture
def amur(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """The command, run inside this process."""
    from amur.cli import main

    def ran(*words: str) -> Ran:
        code = main([str(word) for word in words])
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return ran


@pytest.fixture(scope="session")
def there_and_back() -> Callable[[Answer], Answer]:
    """An answer written as strict JSON and read again."""

    def way(made: Answer) -> Answer:
        told: dict[str, Any] = json.loads(json.dumps(made.as_json(), allow_nan=False))
        return from_json(told)

    return way


@pytest.fixture
def refused(amur: Callable[..., Ran]) -> Callable[..., str]:
    """The one line with which the command refuses, with exit code 2."""

    def said(*words: str) -> str:
        ran = amur(*words)
        assert ran.code == 2, ran
        assert ran.out == ""
        assert "Traceback" not in ran.err
        assert ran.err.strip().count("\n") == 0, ran.err
        return ran.err.strip()

    return said
