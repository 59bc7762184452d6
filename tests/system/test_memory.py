"""Memory that is freed is kept: the second large piece is not asked of the system again."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
if sys.argv[1] == "kept":
    import amur.system

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    b"x" * 80_000_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

print(faults(), faults(), faults())
"""


def _faults(how: str) -> list[int]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True)
    return [int(each) for each in done.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of Linux's C library")
def test_memory_that_is_freed_is_used_again():
    pytest.importorskip("resource")
    from amur.system.memory import keep_freed

    if not keep_freed():
        pytest.skip("not glibc")
    first, *later = _faults("kept")
    assert max(later) < first / 10
    assert min(_faults("plain")) > first / 2


def test_another_c_library_is_no_error(monkeypatch):
    from amur.system import memory

    monkeypatch.setattr(memory.sys, "platform", "darwin")
    assert memory.keep_freed() is False
    monkeypatch.undo()

    class Other:
        pass

    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: Other())
    assert memory.keep_freed() is False
