"""A run through the record that was stopped goes on to the very numbers of one that was not."""

import numpy as np
from scipy import stats

from amur.conditioning import marks
from amur.conditioning.sampler import through_years

YEARS = ("1992", "1993", "1994", "1995")
DIMENSIONS, MEMBERS = 4, 64


def surprising():
    """A target with years that are let in by degrees, a missing item and a year without any, and its years."""
    rng = np.random.default_rng(3)
    year_of = np.array([0, 0, 1, 1, 1, 3, 3], np.int32)
    there = np.array([1, 1, 1, 0, 1, 1, 1], bool)
    loads = rng.normal(size=(len(year_of), DIMENSIONS))
    seen = 2 * rng.normal(size=len(year_of))

    def target(at, weights, until):
        off = seen[:, None] - loads @ at
        items = stats.norm.logpdf(off, scale=0.1)
        total = (weights[:, None] * items).sum(0) - 0.5 * (at**2).sum(0)
        return total, loads.T @ (weights[:, None] * off) / 0.01 - at, items

    return target, np.random.default_rng(5).standard_normal((DIMENSIONS, MEMBERS)), year_of, there


def same(one, other):
    np.testing.assert_equal(one._asdict(), other._asdict())


def test_the_numbers_are_those_of_a_run_that_was_not_stopped_from_every_mark():
    target, start, year_of, there = surprising()
    told = list(through_years(target, start, year_of, there, YEARS, 7, chunk=32))
    assert max(len(year.stage.temperatures) for year in told) > 2, "a year is let in by degrees"
    for place, year in enumerate(told):
        left = list(through_years(target, start, year_of, there, YEARS, 7, 32, mark=year.mark))
        assert len(left) == len(YEARS) - place - 1
        for mine, known in zip(left, told[place + 1 :], strict=True):
            same(mine.stage, known.stage)
            np.testing.assert_array_equal(mine.at, known.at)
            np.testing.assert_array_equal(mine.foretold, known.foretold)


def test_a_mark_is_read_as_it_was_written_and_a_damaged_one_not_at_all(tmp_path):
    target, start, year_of, there = surprising()
    made = list(through_years(target, start, year_of, there, YEARS, 7, 32))
    done = marks.Done(
        [year.stage for year in made[:2]], [year.foretold for year in made[:2]], [start.astype(np.float16)] * 3
    )
    file = tmp_path / f"run{marks.ENDING}"
    marks.write(file, done, made[1].mark)
    read, mark = marks.read(file)
    assert read.stages == done.stages
    for mine, kept in zip(done.foretold, read.foretold, strict=True):
        np.testing.assert_array_equal(mine, kept)
    np.testing.assert_array_equal(np.stack(read.points), np.stack(done.points))
    left = list(through_years(target, start, year_of, there, YEARS, 7, 32, mark=mark))
    same(left[-1].stage, made[-1].stage)
    file.write_bytes(file.read_bytes()[:100])
    assert marks.read(file) is None
    assert marks.read(tmp_path / "none") is None


def test_a_mark_that_cannot_be_written_does_not_end_a_run(tmp_path):
    target, start, year_of, there = surprising()
    year = next(through_years(target, start, year_of, there, YEARS, 7, 32))
    (tmp_path / "file").write_text("no folder")
    done = marks.Done([year.stage], [year.foretold], [start.astype(np.float16)])
    marks.write(tmp_path / "file" / "x", done, year.mark)
