"""What a page was asked, without what goes without saying, so that one question has one address and one answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amur.web.asked import Asked

SHARED: Mapping[str, Any] = {"futures": 2048, "seed": 1, "weights": "stacking"}
"""What questions that run futures are asked unless told."""


def plainly[Of: Asked](asked: Of, usual: Mapping[str, Any]) -> Of:
    """The same question with nothing said that is so in any case; lists without what is empty or said twice."""
    told: dict[str, Any] = {}
    for name, value in asked.told().items():
        held = [each for each in dict.fromkeys(value) if each] if isinstance(value, list) else value
        if held not in ("", [], usual.get(name)):
            told[name] = held
    return type(asked)(**told)
