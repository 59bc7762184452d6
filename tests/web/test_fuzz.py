"""Whatever is asked of the interface, by its own description or against it, is answered as the description says.

Few requests for each address here (``AMUR_FUZZ=200`` asks as many). The model does not run: what is not at hand stays
pending (202).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from amur.web.app import create
from amur.web.settings import Settings
from amur.web.work import Job, Task

FEW, FEWER = int(os.environ.get("AMUR_FUZZ", "4")), 2
COSTLY = (".png", ".pdf", ".html", ".svg", ".vl.json")
"""Endings of what takes long to draw: it is asked with a seed of which no answer is at hand, so that nothing is drawn."""
SEED = 20_020_716


class Waiting(Job):
    """A job that nobody works on, and that says so at once."""

    async def wait(self, seconds: float) -> bool:
        return self.finished


class Idle:
    """A desk that takes everything and does nothing."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def health(self) -> dict[str, Any]:
        return {"open": True}

    def job(self, key: str) -> Job | None:
        return self.jobs.get(key)

    def submit(self, task: Task, client: str = "") -> Job:
        assert task.text
        return self.jobs.setdefault(task.key, Waiting(task, client))


@pytest.fixture(scope="module")
def schema() -> Iterator[Any]:
    """The description of the interface, bound to an application whose desk does nothing."""
    # Loading it takes longer than most tests do.
    import schemathesis
    from schemathesis.python import asgi

    app = create(Settings(hosts=(asgi.HOST,)), desk=Idle())
    yield schemathesis.openapi.from_asgi("/api/openapi.json", app)
    asgi.shutdown_lifespans()


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_every_request_is_answered_as_described(schema: Any, mode: str, subtests: pytest.Subtests) -> None:
    from schemathesis import GenerationMode

    found = [each.ok() for each in schema.get_all_operations()]
    assert found
    for operation in found:
        with subtests.test(operation.label):
            ask(operation, GenerationMode[mode], FEWER if operation.path.endswith(COSTLY) else FEW)


def ask(operation: Any, mode: Any, most: int) -> None:
    """Ask an address in as many ways: as described (positive) or against it (negative)."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    held = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]

    names = {each.name for each in operation.query.items}
    drawn = operation.path.endswith(COSTLY) and "seed" in names and mode.name == "POSITIVE"

    @settings(
        max_examples=most,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        if drawn:
            case.query = {**(case.query or {}), "seed": SEED}
        case.call_and_validate(checks=held, headers={"accept": "application/json"})

    try:
        asked()
    except Unsatisfiable:
        # Nothing can be said against an address that takes nothing.
        assert not names
        assert not operation.path_parameters.items
