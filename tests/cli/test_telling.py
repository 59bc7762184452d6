"""How far long work has come: one line for all that is under way, one more for each that is done."""

import io
import sys

from amur.cli.telling import teller


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_what_is_under_way_shares_a_line(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    tell = teller(" years")
    for told in (("concert", 1, 3), ("proxy", 1, 3), ("concert", 2, 3)):
        tell(*told)
    lines = terminal.getvalue().split("\r\033[K")
    assert lines[-1] == "concert: 2 of 3 years; proxy: 1 of 3 years"
    tell("concert", 3, 3)
    lines = terminal.getvalue().split("\r\033[K")
    assert lines[-2:] == ["concert: 3 of 3 years\n", "proxy: 1 of 3 years"]


def test_nothing_is_said_to_a_file(monkeypatch):
    monkeypatch.setattr(sys, "stderr", kept := io.StringIO())
    teller()("concert", 1, 3)
    assert kept.getvalue() == ""
