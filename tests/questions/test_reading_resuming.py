"""A run through the record that was stopped goes on to the very numbers of one that was not."""

import numpy as np
from scipy import stats

from amur.conditioning import sampler
from amur.questions.reading import resuming

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


def test_the_numbers_are_those_of_the_sampler_from_the_start_and_from_every_mark():
    target, start, year_of, there = surprising()
    told = list(sampler.through_years(target, start, year_of, there, YEARS, 7, chunk=32))
    assert max(len(year.stage.temperatures) for year in told) > 2, "a year is let in by degrees"
    mark = None
    for place, year in enumerate(told):
        made = list(resuming.through_years(target, start, year_of, there, YEARS, 7, mark, 32))
        assert len(made) == len(YEARS) - place
        for (now, stage, _), known in zip(made, told[place:], strict=True):
            same(stage, known.stage)
            np.testing.assert_array_equal(now.at, known.at)
        mean = np.log(np.exp(year.foretold).mean(axis=1))
        np.testing.assert_allclose(made[0][2], mean, rtol=1e-9)
        mark = made[0][0]


def test_a_mark_is_read_as_it_was_written_and_a_damaged_one_not_at_all(tmp_path):
    target, start, year_of, there = surprising()
    made = list(resuming.through_years(target, start, year_of, there, YEARS, 7, None, 32))
    mark = made[1][0]
    done = resuming.Done(
        [each[1] for each in made[:2]], [start.astype(np.float16)] * 3, np.linspace(0, 1, len(year_of))
    )
    file = tmp_path / f"run{resuming.ENDING}"
    resuming._write(file, mark, done)
    read, so_far = resuming._read(file)
    assert so_far.stages == done.stages
    np.testing.assert_array_equal(np.stack(so_far.points), np.stack(done.points))
    left = list(resuming.through_years(target, start, year_of, there, YEARS, 7, read, 32))
    same(left[-1][1], made[-1][1])
    file.write_bytes(file.read_bytes()[:100])
    assert resuming._read(file) is None
    assert resuming._read(tmp_path / "none") is None


def test_a_mark_that_cannot_be_written_does_not_end_a_run(tmp_path):
    target, start, year_of, there = surprising()
    mark, stage, _ = next(resuming.through_years(target, start, year_of, there, YEARS, 7, None, 32))
    (tmp_path / "file").write_text("no folder")
    resuming._write(
        tmp_path / "file" / "x", mark, resuming.Done([stage], [start.astype(np.float16)], np.zeros(7))
    )
