"""The peers of the benchmark give the numbers that the model gives."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
import pytest

from amur.system.history import history
from amur.system.parameters import draw
from amur.system.run import Setting, run
from amur.system.start import initial
from benchmarks import peers, speed

MEMBERS, QUARTERS = 3, 40


@pytest.fixture(scope="module")
def ours() -> tuple[peers.Members, Any, peers.Numbers]:
    """Parameters, quarters and what the model makes of them."""
    quarters = jax.tree.map(lambda each: each[:QUARTERS], history().quarters)
    p = draw(MEMBERS, 3)
    kept = run(Setting(keep=peers.KEEP, motives=False, every=4), initial(p), p, quarters).kept
    found = np.stack([np.asarray(kept[name]) for name in peers.KEEP], -1).transpose(1, 0, 2)
    return peers.members_of(p), quarters, found


@pytest.mark.parametrize("peer", [peers.run_plain, peers.run_numpy])
def test_peer_gives_the_same_numbers(peer: Any, ours: tuple[peers.Members, Any, peers.Numbers]) -> None:
    members, quarters, expected = ours
    values = peer(members, quarters)
    assert values.shape == (MEMBERS, QUARTERS // 4, len(peers.KEEP))
    np.testing.assert_allclose(values, expected, rtol=1e-3, atol=1e-5)


def test_other_numbers_end_the_benchmark(ours: tuple[peers.Members, Any, peers.Numbers]) -> None:
    expected = ours[2]
    speed.same("a peer", expected, expected)
    with pytest.raises(SystemExit):
        speed.same("a peer", expected * 1.01, expected)
