"""What is this relationship: weights with their spread, movers, comparators, nothing from after the date asked for."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from amur.conditioning import shipped as shelf
from amur.conditioning import store
from amur.conditioning.bits import bits as full_bits
from amur.conditioning.bits import movers as full_movers
from amur.conditioning.evidence import evidence
from amur.conditioning.rivals import table
from amur.conditioning.weights import prequential, stack, stacking
from amur.errors import AmurError
from amur.questions import ask
from amur.questions.reading import Asked, own
from amur.questions.reading.make import of_published
from amur.questions.reading.moving import bits, by_block, movers
from amur.questions.reading.weighing import counting, moved, weigh, weights_of
from amur.record import load

TEMPLATE = """title = "My own view"
says = "Something that nobody wrote yet."
structure = "model"
"""


@pytest.fixture(scope="module")
def known():
    return shelf.shipped()


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


@pytest.fixture(scope="module")
def plain(known, record):
    return of_published(known, Asked(), record)


# Weighing, on toys


def toy(years: int = 40, better: float = 0.3) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {"a": rng.normal(-1, 0.5, years) + better, "b": rng.normal(-1, 0.5, years)}


def test_weights_are_those_of_conditioning():
    scores = toy()
    years = tuple(str(1980 + place) for place in range(40))
    for kind, rule in (("stacking", stacking), ("prequential", prequential)):
        found = weigh(kind, scores, {}, 40).values
        np.testing.assert_allclose(found, rule(scores, years).values[-1], atol=1e-7)


def test_a_year_counted_twice_is_as_good_as_two_years():
    scores = np.stack(list(toy(12).values()), axis=1)
    often = np.array([1, 2, 1, 3, 1, 1, 0, 1, 1, 2, 1, 1.0])
    twice = np.repeat(scores, often.astype(int), axis=0)
    for kind in ("stacking", "prequential"):
        np.testing.assert_allclose(weights_of(kind, scores, often), weights_of(kind, twice), atol=1e-7)
    even = np.array([0.5, 0.5])
    np.testing.assert_allclose(stack(scores, even, often=often), stack(twice, even), atol=1e-7)


def test_the_bootstrap_is_as_wide_as_other_years_of_the_kind_would_make_it():
    rng = np.random.default_rng(2)

    def world(years: int) -> dict[str, np.ndarray]:
        # Each year one of the two is right by a nat: the best mixture is nearly even.
        right = rng.random(years) < 0.5
        return {"a": np.where(right, 0.0, -1.0), "b": np.where(right, -1.0, 0.0)}

    others = [weights_of("stacking", np.stack(list(world(40).values()), axis=1))[0] for _ in range(150)]
    told = [weigh("stacking", world(40), {}, 40, seed).quantiles[:, 0] for seed in range(4)]
    wide = np.mean([high - low for low, *_, high in told])
    assert wide == pytest.approx(np.ptp(np.quantile(others, (0.05, 0.95))), rel=0.35)
    few, many = (weigh("stacking", world(years), {}, years).quantiles[:, 0] for years in (20, 320))
    assert many[3] - many[0] < 0.5 * (few[3] - few[0])


def test_monte_carlo_errors_come_from_the_seeds_and_from_nothing_else():
    scores = toy(better=0.0)
    same = {name: np.stack([each, each]) for name, each in scores.items()}
    np.testing.assert_allclose(weigh("prequential", scores, same, 40).errors, 0, atol=1e-12)
    other = same | {"a": np.stack([scores["a"], scores["a"] - 0.02])}
    found = weigh("prequential", scores, other, 40).errors
    assert (found > 0.01).all()
    assert found[0] == pytest.approx(found[1])  # two weights that sum to one move by the same
    assert np.isnan(weigh("prequential", scores, {}, 40).errors).all()


def test_moved_and_counting_know_their_ends():
    assert moved(np.full(10, 0.1)) == pytest.approx(0)
    assert moved(np.eye(10)[3]) == pytest.approx(0.9)
    assert counting(np.full(10, 0.1)) == pytest.approx(10)
    assert counting(np.eye(10)[3]) == 1


# The published readings


def test_what_is_read_without_the_model_is_what_is_published(known):
    full = store.published()
    assert known.stamp == full.stamp
    assert known.years == full.years
    assert known.able == tuple(name for name, run in full.runs.items() if run.members)
    for name, run in full.runs.items():
        assert known.increments[name].tolist() == run.increments.tolist()
        np.testing.assert_array_equal(known.densities[name], np.concatenate(list(run.predictive.values())))
    assert known.weights() == full.weights()


def test_the_file_of_observations_is_the_evidence_in_words(known):
    seen = evidence(load(overlay=False))
    made = shelf.observations(seen)
    assert [each[:7] for each in known.seen] == [each[:7] for each in made]
    assert [each for each in known.seen if not each.stays] == [each for each in made if not each.stays]
    assert [each.place for each in made] == np.flatnonzero(seen.there).tolist()


def test_a_file_of_other_posteriors_is_not_believed(known, monkeypatch):
    monkeypatch.setattr(shelf, "observations", lambda of: ("made anew",))
    assert shelf._seen(known.stamp)[0] == known.seen
    rows, mechanisms, forcings = shelf._seen("another stamp")
    assert rows == ("made anew",)
    assert (mechanisms, forcings) == (known.mechanisms, known.forcings)


def test_bits_and_movers_are_those_of_conditioning(known):
    runs = store.published().runs
    weights = stacking(known.increments, known.years)
    densities = np.stack([known.densities[name] for name in known.readings], axis=1)
    seen, values = bits(known.seen, densities, weights)
    full = full_bits(table(runs, evidence(load(overlay=False))), weights, known.increments)
    np.testing.assert_allclose(values, full.values, atol=1e-9)
    for name in ("concert", "vassalage"):
        place = known.readings.index(name)
        ours, theirs = movers(seen, values[:, place]), full_movers(full, name)
        for here, there in zip(ours, theirs, strict=True):
            assert [(each.seen.name, each.period) for each in here] == [
                (each.name, each.period) for each in there
            ]
            np.testing.assert_allclose([each.bits for each in here], [each.bits for each in there], atol=1e-9)
    blocks = by_block(seen, values)
    assert sum(each[0] for each in blocks.values()) == pytest.approx(values[:, 0].sum())


def test_the_answer_leads_with_the_heaviest_reading_and_orders_the_rest(plain):
    shares = [each.value for each in plain.numbers if each.name == "stacking"]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert len(shares) == 10
    assert sum(each.value for each in plain.numbers if each.name == "prequential") == pytest.approx(1)
    title = plain.tables["readings"][0]["title"]
    assert f"'{title}' has most weight" in plain.statement
    for each in plain.numbers[:20]:
        assert each.low90 <= each.low50 <= each.high50 <= each.high90
        assert np.isfinite(each.error)


def test_weights_through_time_end_at_the_numbers_and_begin_even(plain):
    rows = [row for row in plain.tables["weights"] if row["kind"] == "stacking"]
    ends = {row["reading"]: row["weight"] for row in rows if row["year"] == 2025}
    for number in plain.numbers[:10]:
        assert number.value == pytest.approx(ends[number.keys["reading"]], abs=1e-7)
    assert {row["weight"] for row in rows if row["year"] == 1991} == {0.1}


def test_prequential_may_lead_instead(known, record, plain):
    other = of_published(known, Asked(weights="prequential"), record)
    assert other.numbers[0].name == "prequential"
    assert other.number("stacking", reading="proxy").value == plain.number("stacking", reading="proxy").value
    assert other.numbers[0].data_share > plain.numbers[0].data_share
    assert "is true" in other.statement.split(".")[0]


def test_named_readings_are_told_beside_the_leader(known, record, plain):
    stacking = {name: plain.number("stacking", reading=name).value for name in known.increments}
    leader = max(stacking, key=lambda name: stacking[name])
    named = [name for name in ("concert", "proxy", "persistence") if name != leader][-2:]
    made = of_published(known, Asked(reading=", ".join(named)), record)
    assert [*dict.fromkeys(row["reading"] for row in made.tables["movers"])] == [leader, *named]
    for name in named:
        for side, sign in (("for", 1), ("against", -1)):
            found = [
                row["bits"] for row in made.tables["movers"] if (row["reading"], row["side"]) == (name, side)
            ]
            assert len(found) <= 10
            assert all(sign * each > 0 for each in found)
            assert found == sorted(found, reverse=sign > 0)


def test_what_came_after_the_year_asked_for_changes_nothing(known, record):
    def spoiled(values: np.ndarray, places: list[int]) -> np.ndarray:
        other = values.copy()
        other[..., places] = np.where(np.isnan(other[..., places]), np.nan, other[..., places] - 7.5)
        return other

    asked = Asked(as_of="2013")
    late = [place for place, year in enumerate(known.years) if year > "2013"]
    items = [each.place for each in known.seen if each.period[:4] > "2013"]
    other = replace(
        known,
        increments={name: spoiled(each, late) for name, each in known.increments.items()},
        again={name: spoiled(each, late) for name, each in known.again.items()},
        densities={name: spoiled(each, items) for name, each in known.densities.items()},
        seen=tuple(each._replace(words="?") if each.period[:4] > "2013" else each for each in known.seen),
    )
    assert other.weights() != known.weights()
    was, now = (of_published(each, asked, record) for each in (known, other))
    assert was == now
    assert max(str(row["year"]) for row in was.tables["weights"]) == "2013"
    assert all(str(row["period"])[:4] <= "2013" for row in was.tables["movers"])
    assert {row["year"] for row in was.tables["comparators"]} == {"2013"}


def test_a_copy_of_a_reading_shares_its_weight(known, record, monkeypatch, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(
        own, "conditioned", lambda file, progress: (known.increments["concert"], known.densities["concert"])
    )
    told: list[object] = []
    made = ask("reading", own=str(file), cached=False, progress=lambda *each: told.append(each))
    alone = prequential(known.increments, known.years).at("2025")["concert"]
    for name in ("concert", "mine"):
        assert made.number("prequential", reading=name).value == pytest.approx(alone / (1 + alone))
        assert made.number("stacking", reading=name).error > 0
    assert len([each for each in made.numbers if each.name == "stacking"]) == 11
    assert "Your reading 'My own view' comes" in made.statement
    assert "mine" in {row["reading"] for row in made.tables["movers"]}
    # Of another seed nothing is known for one's own, and something is assumed that is no nought.
    joined = own.joined(known, "mine", known.increments["concert"], known.densities["concert"])
    assert np.ptp(joined.again["mine"].sum(axis=1)) > 0


def test_an_own_reading_that_changed_is_another_question(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(TEMPLATE, encoding="utf-8")
    first = Asked(own=str(file))
    assert Asked(**first.as_json()) == first
    file.write_text(TEMPLATE + '\nclaims = ["P6"]\n', encoding="utf-8")
    assert Asked(own=str(file)) != first
    with pytest.raises(AmurError, match="has changed since"):
        Asked(**first.as_json())


def test_there_and_back(plain, there_and_back):
    assert there_and_back(plain) == plain


def test_it_is_the_same_twice(known, record, plain):
    assert of_published(known, Asked(), record) == plain
    seeded = of_published(known, Asked(seed=2), record)
    assert seeded.numbers[0].value == plain.numbers[0].value
    assert seeded.numbers[0].low90 != plain.numbers[0].low90


def test_asking_loads_no_model():
    script = (
        "import sys; from amur.questions import ask; ask('reading', cached=False); "
        "print([name for name in ('jax', 'pandas', 'altair', 'xarray') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


# The command


def test_the_command_tells_weights_movers_and_comparators(amur):
    ran = amur("ask", "reading", "--reading", "alliance", "--as-of", "2020")
    assert ran.code == 0, ran.err
    for words in (
        "What moved 'alliance'",
        "stacking 90%",
        "Russia–Belarus",
        "Note: Weights hold for these readings",
    ):
        assert words in ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--weights", "even"), "field 'weights'"),
        (("--reading", "concrt"), "Did you mean concert"),
        (("--as-of", "2026"), "from 1996 to 2025"),
        (("--as-of", "1993"), "from 1996 to 2025"),
        (("--as-of", "2013-12-31"), "field 'as_of'"),
        (("--as-of", ""), "is empty"),
        (("--own", "concert"), "ends in .toml"),
        (("--own", "nowhere.toml"), "nowhere.toml"),
        (("--seed", "-1"), "field 'seed'"),
        (("--save", "x.docx"), "cannot be saved"),
    ],
)
def test_bad_input_is_one_line(refused, words, says):
    assert says in refused("ask", "reading", *words)


def test_an_own_reading_without_structure_is_refused(refused, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(TEMPLATE.replace('"model"', '"none"'), encoding="utf-8")
    assert "has no structure" in refused("ask", "reading", "--own", str(file))
