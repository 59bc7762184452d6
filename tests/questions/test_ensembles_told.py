"""Somebody may be told before every run, and may end what is asked."""

import pytest

from amur.questions import ensembles
from amur.questions.ensembles import Common, before_each_run, run


def test_a_run_is_told_before_it_is_made_and_may_be_refused(few):
    class EnoughError(Exception):
        pass

    def stop():
        raise EnoughError

    never = Common(few.futures, seed=9_999)
    told = []
    with before_each_run(lambda: told.append("run")):
        known = run(few)
        before = len(told)
        assert run(few) is known
        assert len(told) == before, "what is there already is not made again"
        with before_each_run(stop), pytest.raises(EnoughError):
            run(never)
        assert len(told) == before + 1
    assert ensembles._BEFORE == []
