"""The briefs that the tests of this folder look at: made once, from the record as it came."""

from __future__ import annotations

import pytest

from amur.brief.content import compose
from amur.brief.document import Brief
from amur.brief.make import Made, make
from amur.record import Record, load


@pytest.fixture(scope="session")
def record() -> Record:
    return load(overlay=False)


@pytest.fixture(scope="session")
def made(record: Record) -> Made:
    return make(record)


@pytest.fixture(scope="session", params=["1995-12-31", "2013-12-31", "2021-12-31"])
def cut(request: pytest.FixtureRequest, record: Record) -> Brief:
    return compose(record.cut(request.param))
