"""Watch on the real record and model: indicators as data, what they would tell, and the answer."""

import json
from dataclasses import replace

import numpy as np
import pytest

from amur import claims
from amur.errors import AmurError
from amur.questions.watch import Asked, answer, ranked
from amur.questions.watch.indicators import indicators, read
from amur.questions.watch.information import Sample, binned, information
from amur.questions.watch.recorded import latest, readings
from amur.questions.watch.seen import fitted
from amur.questions.watch.targets import levels, target, targets, told
from amur.questions.watch.words import too_rare
from amur.record import load
from amur.system.decisions import OPTIONS
from amur.system.observables import OBSERVABLES
from amur.system.state import QUANTITIES


@pytest.fixture(scope="module")
def record():
    return load(overlay=False)


@pytest.fixture(scope="module")
def asked(few):
    return Asked("westward-pivot", futures=few.futures)


@pytest.fixture(scope="module")
def found(few):
    made = ranked.ranked(few, "westward-pivot", 8)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def made(asked, found):
    return answer(asked)


def test_indicators_are_many_and_each_rests_on_something_that_exists(record):
    known = {claim.claim for claim in claims.load()}
    assert len(indicators()) >= 20
    for each in indicators().values():
        assert set(each.claims) <= known, each.name
        assert set(each.observable) <= set(OBSERVABLES)
        assert each.decision in ("", *OPTIONS)
        assert each.quantity in ("", *QUANTITIES)
        assert readings(record, each, 8), each.name


def test_every_indicator_that_a_claim_names_is_there():
    named = {
        home.partition(":")[2]
        for claim in claims.load()
        for home in claim.home
        if home.startswith("indicator:")
    }
    assert len(named) >= 6
    assert named <= set(indicators())


def test_what_is_read_in_the_record_is_what_the_observable_reads(record):
    """Otherwise the model would be asked about one thing and the record about another."""
    compared = 0
    for each in indicators().values():
        if not each.observable or each.source != "series" or each.quarterly:
            continue
        mine = {one.period: one.value for one in readings(record, replace(each, shape="level"), 8)}
        theirs = [OBSERVABLES[name].read(record) for name in each.observable]
        for period in set(mine).intersection(*theirs):
            assert mine[period] == pytest.approx(
                each.model_times * sum(part[period] for part in theirs), rel=1e-9
            )
            compared += 1
    assert compared > 300


@pytest.mark.parametrize(
    "name", ["crude", "discount", "korea", "support", "deals", "taiwan", "asks-and-gets", "trade"]
)
def test_a_record_that_is_cut_gives_nothing_that_was_not_known(record, name):
    day = "2021-12-31"
    cut = load(day, overlay=False)
    now = {one.period: one for one in readings(record, indicators()[name], 8)}
    then = readings(cut, indicators()[name], 8)
    assert then
    for one in then:
        assert one.known.isoformat() <= day
        if name in ("crude", "discount", "trade"):
            assert one.value == pytest.approx(now[one.period].value)
    assert then[-1].period < list(now)[-1]


def test_readings_of_the_record_are_those_that_are_known(record):
    assert latest(record, indicators()["power-of-siberia-2"], 8).value == 2
    assert latest(record, indicators()["war-in-ukraine"], 8).value == 3
    assert latest(record, indicators()["asks-and-gets"], 8).value == 0
    assert latest(record, indicators()["recognition"], 8).value == 0
    korea = {one.period: one.value for one in readings(record, indicators()["korea"], 8)}
    assert korea["2025-Q4"] == 3
    bridge = {one.period: one.value for one in readings(record, indicators()["rear-logistics"], 8)}
    assert bridge["2010-Q4"] == 0 < bridge["2016-Q4"] < bridge["2025-Q4"]


def test_the_rate_of_events_is_found_again():
    draw = np.random.default_rng(2)
    quantity = np.linspace(0, 1, 34)[:, None] + 0.02 * draw.normal(size=(34, 40))
    counts = draw.poisson(np.exp(-1 + 3 * np.linspace(0, 1, 34)))
    level, slope, spread = fitted(counts.astype(float), quantity)
    error = np.sqrt(spread[1, 1])
    assert abs((slope - 3) / error).mean() < 2
    assert abs((level + 1) / np.sqrt(spread[0, 0])).mean() < 2
    none, flat, _ = fitted(np.zeros(34), quantity)
    assert np.exp(none + flat * 0.5).max() < 0.2


def test_targets_are_what_they_say(few, found):
    run, mixture = ranked.ensemble(few).run, few.mixture
    first = ranked.ensemble(few).first
    states = [
        told(target(name), run, mixture, first, 8).classes
        for name in targets()
        if targets()[name].kind == "state"
        and name in told(target("endstate"), run, mixture, first, 8).of.classes
    ]
    assert (np.sum(states, axis=0) == 1).all()
    both, chn, rus = (
        told(target(name), run, mixture, first, 8).classes
        for name in ("rear", "rear-of-china", "rear-of-russia")
    )
    assert (both == chn * rus).all()
    assert levels() == (0.4, 0.5)
    lethal = told(target("lethal-aid"), run, mixture, first, 8)
    early = (run["support"][first : first + 8] == 3).any(0)
    assert (lethal.counts == ~early).all()
    assert told(target("reading"), run, mixture, first, 8).classes.max() == len(mixture.readings) - 1


def test_more_noise_in_a_reading_tells_no_more(few):
    """About where the rivalry itself stands a clean reading tells nearly all, a noisy one next to nothing."""
    from_ = ranked.ensemble(few)
    state = from_.run["rivalry_wst_rus"][from_.first + 7]
    of = Sample((state > np.median(state)).astype(int), few.mixture.weights, np.arange(len(state)), from_.again)
    each = indicators()["rivalry-with-russia"]
    bits = []
    for noise in (1e-3, 0.3, 1.0, 10.0):
        bits.append(information(binned(from_.values(replace(each, noise=noise), 8), of.mass), of).bits)
    assert bits[0] > 0.8 * of.entropy
    assert bits == sorted(bits, reverse=True)
    assert bits[-1] < 0.1


def test_a_longer_window_reads_further_ahead(few):
    """The discount is read in the last quarter of the window, counts over all of it."""
    from_ = ranked.ensemble(few)
    short, long = (from_.values(indicators()["exercises"], ahead) for ahead in (4, 12))
    assert (long >= short).mean() > 0.95
    assert long.mean() > 2 * short.mean()


def test_nothing_is_told_beyond_what_is_open(found):
    for name, each in found.bits.items():
        assert each.bits <= found.sample.entropy, name
    assert list(found.bits.values()) == sorted(found.bits.values(), key=lambda each: -each.bits)


def test_the_answer_has_all_that_an_answer_has(made, there_and_back):
    assert there_and_back(made) == made
    first = made.numbers[0]
    assert first.name == "information"
    assert first.unit == "bits"
    assert first.low90 <= first.value <= first.high90
    assert 0 <= first.data_share <= 1
    assert set(first.by_reading) == set(made.made.weights)
    assert made.number("chance").kind == "probability"
    rows = made.tables["indicators"]
    assert len(rows) == len(indicators())
    for row in rows:
        assert row["period"] is None or row["now"] is None or row["cited"] is not None
        if row.get("false_alarm") is not None:
            assert row["false_alarm_low90"] <= row["false_alarm"] <= row["false_alarm_high90"]
            assert row["tripped"] == (
                row["now"] > row["threshold"] if row["trips"] == "above" else row["now"] < row["threshold"]
            )
    assert next(row for row in rows if row["indicator"] == "recognition")["bits"] is None
    assert made.made.seed == 1
    assert made.rests.series
    assert made.statement.count(".") > 2
    json.dumps(made.as_json(), allow_nan=False)


def test_what_is_too_rare_says_so(few):
    asked = Asked("reach:rupture", futures=few.futures)
    made = answer(asked)
    assert made.tables == {}
    assert made.numbers[0].name == "chance"
    assert made.statement == too_rare(asked, made.numbers[0])
    from amur.charts.answers.watch import draw

    with pytest.raises(AmurError, match="nothing to draw"):
        draw(made)


def test_the_chart_has_the_best_indicators(made):
    from amur.charts.answers import chart

    told_ = json.dumps(chart(made).to_dict())
    assert str(made.tables["indicators"][0]["title"]) in told_
    assert "clearly tell" in told_


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--target", "vasalage"), "target"),
        (("--ahead", "3"), "ahead"),
        (("--miss-costs", "-1"), "miss_costs"),
        (("--futures", "10"), "futures"),
        (("--weights", "nobody"), "weights"),
    ],
)
def test_bad_input_is_one_line(refused, words, field):
    assert f"'{field}'" in refused("ask", "watch", *words)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[x]\ntitle = 'a'\n", "missing or not text"),
        ("[x]\ntitle='a'\nunit='a'\nmore='a'\nwhy='a'\nclaims=['P3']\n", "one kind of source"),
        ("[x]\ntitle='a'\nunit='a'\nmore='a'\nwhy='a'\nclaims=['P3']\nseries=['a']\nshape='b'\n", "no shape"),
        (
            "[x]\ntitle='a'\nunit='a'\nmore='a'\nwhy='a'\nclaims=['P3']\nseries=['a']\nquantity='b'\n",
            "without noise",
        ),
        ("[x]\ntitle='a'\nunits='a'\n", "not known here"),
    ],
)
def test_a_broken_indicator_names_its_line(tmp_path, text, problem):
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(AmurError, match=problem) as caught:
        read(file)
    assert caught.value.line == 1
