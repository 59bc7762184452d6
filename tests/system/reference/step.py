"""One quarter of one member, in the order of the book's page on the step."""

from __future__ import annotations

from reference.maths import Names


def step(
    now: Names,
    was: Names,
    p: Names,
    outside: Names,
    fixed: dict[str, int],
    given: dict[str, float],
    stages: list[float | None],
    strength: dict[str, float],
    cut: dict[str, float],
    add: dict[str, float],
    luck: Names | None,
) -> tuple[Names, Names, dict[str, list[float]]]:
    """The state after the quarter, the options chosen and the log odds of every option."""
    raise NotImplementedError
