"""The same code on an accelerator, where a machine has one."""

import jax
import numpy as np
import pytest

from amur.system.history import history
from amur.system.parameters import draw
from amur.system.run import Setting, run
from amur.system.start import initial

KEEP = ("exports_rus_chn", "trust_rus", "leverage_chn")


def path(device):
    with jax.default_device(device):
        p = draw(64, 1)
        return run(Setting(keep=KEEP, motives=False), initial(p), p, history().quarters).kept


def test_an_accelerator_gives_the_numbers_of_the_processor():
    others = [device for device in jax.devices() if device.platform != "cpu"]
    if not others:
        pytest.skip("this machine has no accelerator that JAX can use")
    here, there = path(jax.devices("cpu")[0]), path(others[0])
    for name in KEEP:
        np.testing.assert_allclose(np.asarray(there[name]), np.asarray(here[name]), rtol=2e-3, atol=1e-3)
