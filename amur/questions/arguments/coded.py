"""Facts of the coded record: in how many of some quarters something was chosen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from amur.questions.answer import Number, fact
from amur.system.history import history
from amur.system.model import DECISIONS

type Codes = Callable[[str], NDArray[np.int64]]


def quarters(
    of: Callable[[Codes], NDArray[np.bool_]], when: Callable[[Codes], NDArray[np.bool_]]
) -> tuple[int, int]:
    """In how many of the quarters of the record in which ``when`` holds ``of`` holds too, and how many there are."""
    fixed = np.asarray(history().quarters.fixed)

    def codes(name: str) -> NDArray[np.int64]:
        return np.asarray(fixed[:, DECISIONS.index(name)])

    there = when(codes)
    return int((of(codes) & there).sum()), int(there.sum())


def counted(
    name: str, about: str, of: Callable[[Codes], NDArray[np.bool_]], when: Callable[[Codes], NDArray[np.bool_]]
) -> Number:
    """The share of quarters as a fact; what it is about names how many quarters there are."""
    held, many = quarters(of, when)
    return fact(
        name,
        f"{about} ({held} of {many} quarters, {history().labels[0]} to {history().labels[-1]})",
        "share",
        held / max(many, 1),
    )
